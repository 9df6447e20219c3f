-- What charts of a place show: sums and consumption, period by period.
SET ROLE smetka_self;

CREATE OR REPLACE FUNCTION self.used(p_document bigint)
RETURNS TABLE (kind text, unit text, milli bigint, estimated boolean,
    from_on date, to_on date)
LANGUAGE sql STABLE AS $$
    WITH register AS (
        SELECT CASE WHEN r.register ~ '^(\d+-\d+:)?2\.' THEN 'given'
                ELSE 'use' END AS kind, r.unit, sum(r.quantity_milli)::bigint
                AS milli, coalesce(bool_or(r.new_read = 'estimated'), false)
                AS estimated, min(r.old_on) + 1 AS from_on, max(r.new_on)
                AS to_on
        FROM billing.document_register AS r
        WHERE r.document_id = p_document GROUP BY 1, 2)
    SELECT * FROM register
    UNION ALL
    SELECT 'use', l.unit, round(min(l.quantity_micro) / 1000.0)::bigint, false,
        NULL, NULL
    FROM billing.document_line AS l
    WHERE l.document_id = p_document AND l.kind = 'use'
        AND NOT EXISTS (SELECT FROM register)
    GROUP BY l.unit HAVING min(l.quantity_micro) = max(l.quantity_micro)
$$;
COMMENT ON FUNCTION self.used IS
    'What was used as a document bills it, by unit, in thousandths: the '
    'registers of the meters, where given is what went back into the network '
    '(OBIS 2.x); of a document without registers the quantity on which its '
    'lines of use agree, for the same kWh stand in several lines.';

CREATE OR REPLACE FUNCTION self.paid(p_account bigint)
RETURNS TABLE (paid_on date, currency text, minor bigint)
LANGUAGE sql STABLE AS $$
    SELECT r.received_on, r.currency, r.amount_minor
    FROM billing.received AS r WHERE r.account_id = p_account
    UNION ALL
    SELECT ops.day(s.settled_at), s.currency, p.amount_minor
    FROM billing.document AS d
    JOIN pay.allocation AS p ON p.document_id = d.id
    JOIN pay.settlement AS s ON s.payment_id = p.payment_id
    WHERE d.account_id = p_account
    UNION ALL
    SELECT ops.day(s.settled_at), s.currency, s.credit_minor
    FROM pay.intent AS i JOIN pay.attempt AS a ON a.intent_id = i.id
    JOIN pay.settlement AS s ON s.payment_id = a.id
    WHERE i.account_id = p_account AND s.credit_minor > 0
$$;
COMMENT ON FUNCTION self.paid IS
    'What was paid to an account by every way, before refunds; of a payment '
    'for several accounts its own part.';

CREATE OR REPLACE FUNCTION self.charts(p_session bytea, p_place uuid,
    p_now timestamptz)
RETURNS TABLE (place uuid, name text, code_hint text, chosen boolean,
    kind text, utility text, unit text, from_on date, to_on date,
    value bigint, estimated boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    PERFORM auth.act(p_session, 'see', p_now);
    RETURN QUERY
    WITH mine AS MATERIALIZED (
        SELECT a.id, a.public_id, a.payment_code_hint, coalesce(n.nickname,
            s.address, '') AS name, s.utility,
            row_number() OVER (ORDER BY coalesce(n.nickname, s.address), a.id)
                AS no
        FROM customer.account AS a
        LEFT JOIN auth.own_places(p_session, p_now) AS n
            ON n.account_id = a.id
        LEFT JOIN LATERAL (
            SELECT min(sp.address) AS address,
                CASE WHEN count(DISTINCT c.utility) = 1
                    THEN min(c.utility) END AS utility
            FROM customer.contract AS c
            LEFT JOIN customer.supply_point AS sp ON sp.contract_id = c.id
            WHERE c.account_id = a.id) AS s ON true
        ORDER BY no LIMIT 2000),
    bill AS MATERIALIZED (
        SELECT d.id, CASE d.kind WHEN 'invoice' THEN 1 ELSE -1 END AS sign,
            d.payable_minor, d.currency, d.issued_on, d.period_from,
            d.period_to, coalesce((SELECT c.utility
                FROM customer.contract AS c WHERE c.id = d.contract_id),
                m.utility, '') AS utility
        FROM mine AS m JOIN billing.document AS d ON d.account_id = m.id
        WHERE NOT d.cancelled AND (m.public_id = p_place
            OR p_place IS NULL AND m.no = 1)
        ORDER BY d.issued_on DESC, d.id DESC LIMIT 300),
    figure AS (
        SELECT 1 AS place, 'billed' AS kind, '' AS utility, b.currency
            AS unit, b.period_from AS from_on, coalesce(b.period_to,
            b.issued_on) AS to_on, b.sign * b.payable_minor AS value,
            false AS estimated
        FROM bill AS b
        UNION ALL
        SELECT 2, 'paid', '', p.currency, NULL, p.paid_on, p.minor, false
        FROM mine AS m CROSS JOIN LATERAL self.paid(m.id) AS p
        WHERE m.public_id = p_place OR p_place IS NULL AND m.no = 1
        UNION ALL
        SELECT 3, u.kind, b.utility, u.unit,
            coalesce(b.period_from, u.from_on),
            coalesce(b.period_to, u.to_on, b.issued_on), b.sign * u.milli,
            u.estimated
        FROM bill AS b CROSS JOIN LATERAL self.used(b.id) AS u)
    SELECT m.public_id, m.name, m.payment_code_hint, c.chosen, f.kind,
        f.utility, f.unit, f.from_on, f.to_on, f.value, f.estimated
    FROM mine AS m
    CROSS JOIN LATERAL (SELECT m.public_id = p_place
        OR p_place IS NULL AND m.no = 1) AS c (chosen)
    LEFT JOIN figure AS f ON c.chosen
    ORDER BY m.no, f.place, f.utility, f.kind DESC, f.unit,
        coalesce(f.from_on, f.to_on), f.to_on, f.value DESC;
END $$;
COMMENT ON FUNCTION self.charts IS
    'A row for each place of the session''s log-in; for the chosen one, which '
    'is the first without p_place, a row for each figure of its last 300 '
    'documents: billed and paid in minor units of unit, use and given in '
    'thousandths of unit.  A figure without from_on is of one day.  The rows '
    'of a chart, which are of one kind, utility and unit, stand together in '
    'the order of their days.  No row is chosen: it is not theirs.';

CREATE OR REPLACE FUNCTION self.shown(p_session bytea, p_place uuid,
    p_now timestamptz)
RETURNS TABLE (meter uuid, kind text, serial text, register integer,
    code text, register_kind text, unit text, read_on date, milli bigint,
    source text, state text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    PERFORM auth.act(p_session, 'see', p_now);
    RETURN QUERY
    SELECT s.* FROM meter.shown(ARRAY(SELECT a.id FROM customer.account AS a
        WHERE a.public_id = p_place), ops.day(p_now) - 800) AS s;
END $$;
COMMENT ON FUNCTION self.shown IS
    'What the meters of a place of the session''s log-in showed in the last '
    'two years; nothing of one that is not theirs.';

SET ROLE smetka_owner;
