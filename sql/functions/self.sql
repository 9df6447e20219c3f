-- What a customer who is logged in sees.  Each function begins with auth.act(),
-- which opens the rows of the accounts that the session may see; row-level
-- security keeps the rest away, whatever a query forgets.
SET ROLE smetka_self;

CREATE OR REPLACE FUNCTION self.places(p_session bytea, p_now timestamptz)
RETURNS TABLE (account uuid, code_hint text, holder text, address text,
    utilities text, currency text, open_minor bigint, overdue_minor bigint,
    credit_minor bigint, open_count bigint, oldest_due_on date,
    next_due_on date, last_payment_on date, as_of timestamptz,
    nickname text, may_pay boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_today date := ops.day(p_now);
BEGIN
    PERFORM auth.act(p_session, 'see', p_now);
    RETURN QUERY
    SELECT a.public_id, a.payment_code_hint, p.name, s.address, s.utilities,
        coalesce(b.currency, a.currency), coalesce(o.open_minor, 0)::bigint,
        coalesce(o.overdue_minor, 0)::bigint, coalesce(b.credit_minor, 0),
        coalesce(o.open_count, 0), o.oldest_due_on, o.next_due_on,
        b.last_payment_on, (SELECT max(f.as_of) FROM billing.feed AS f),
        n.nickname, n.may_pay
    FROM customer.account AS a
    JOIN customer.party AS p ON p.id = a.party_id
    LEFT JOIN auth.own_places(p_session, p_now) AS n ON n.account_id = a.id
    LEFT JOIN billing.balance AS b ON b.account_id = a.id
    LEFT JOIN LATERAL (
        SELECT sum(i.open_minor) AS open_minor, count(*) AS open_count,
            sum(i.open_minor) FILTER (WHERE i.due_on < v_today)
                AS overdue_minor,
            min(i.due_on) AS oldest_due_on,
            min(i.due_on) FILTER (WHERE i.due_on >= v_today) AS next_due_on
        FROM billing.open_item AS i
        WHERE i.account_id = a.id AND i.currency = b.currency
            AND i.open_minor > 0) AS o ON true
    LEFT JOIN LATERAL (
        SELECT min(sp.address) AS address,
            string_agg(DISTINCT c.utility, ',') AS utilities
        FROM customer.contract AS c
        LEFT JOIN customer.supply_point AS sp ON sp.contract_id = c.id
        WHERE c.account_id = a.id) AS s ON true
    ORDER BY coalesce(n.nickname, s.address), a.id, b.currency LIMIT 2000;
END $$;
COMMENT ON FUNCTION self.places IS
    'The accounts that the session sees, a row per account and currency: '
    'what is owed, what is credit, when it is due; nickname: what its viewer '
    'calls it; may_pay: the viewer may.';

CREATE OR REPLACE FUNCTION self.waiting(p_session bytea,
    p_now timestamptz)
RETURNS TABLE (place uuid, kind text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    PERFORM auth.act(p_session, 'see', p_now);
    RETURN QUERY
    SELECT a.public_id, w.kind FROM (
        SELECT * FROM auth.waiting(auth.acting())
        UNION ALL SELECT * FROM meter.waiting(auth.acting())) AS w
    JOIN customer.account AS a ON a.id = w.account_id
    ORDER BY a.id, w.kind;
END $$;
COMMENT ON FUNCTION self.waiting IS
    'What was asked for the places of the session''s log-in and is not '
    'decided yet, each kind once a place.';

SET ROLE smetka_owner;
