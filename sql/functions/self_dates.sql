-- The dates that a customer may put into a calendar.
SET ROLE smetka_self;

CREATE OR REPLACE FUNCTION self.dates(p_session bytea, p_now timestamptz)
RETURNS TABLE (id uuid, bill boolean, from_on date, to_on date, place text,
    number text, open_minor bigint, currency text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_today date := ops.day(p_now);
BEGIN
    PERFORM auth.act(p_session, 'see', p_now);
    RETURN QUERY
    WITH mine AS MATERIALIZED (
        SELECT a.id, a.public_id, coalesce(n.nickname, (SELECT min(p.address)
            FROM customer.contract AS c
            JOIN customer.supply_point AS p ON p.contract_id = c.id
            WHERE c.account_id = a.id), '…' || a.payment_code_hint) AS name
        FROM customer.account AS a
        LEFT JOIN auth.own_places(p_session, p_now) AS n
            ON n.account_id = a.id)
    SELECT d.public_id, true, o.due_on, o.due_on, m.name, d.number,
        o.open_minor, o.currency
    FROM mine AS m
    JOIN billing.open_item AS o ON o.account_id = m.id AND o.open_minor > 0
    JOIN billing.document AS d ON d.id = o.document_id
    UNION ALL
    SELECT m.public_id, false, w.opens_on, w.closes_on, m.name, NULL, NULL,
        NULL
    FROM meter.ahead(auth.acting(), v_today,
        (v_today + interval '12 months')::date) AS w
    JOIN mine AS m ON m.id = w.account_id
    ORDER BY 3, 4, 1 LIMIT 5000;
END $$;
COMMENT ON FUNCTION self.dates IS
    'When open bills of the session''s log-in are due (bill: id of the bill), '
    'and when readings may be sent in the next 12 months (id of the place).';

SET ROLE smetka_owner;
