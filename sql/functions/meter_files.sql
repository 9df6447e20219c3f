-- What files about a customer's meters hold: each index, and coming windows.
SET ROLE smetka_money;

CREATE OR REPLACE FUNCTION meter.shown(p_accounts bigint[], p_since date)
RETURNS TABLE (meter uuid, kind text, serial text, register integer,
    code text, register_kind text, unit text, read_on date, milli bigint,
    source text, state text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT m.public_id, m.kind, m.serial, r.no::integer, r.code, r.kind,
        r.unit, g.read_on, meter.real(g.value_milli, r.factor_milli),
        g.source::text, g.state::text
    FROM customer.contract AS c
    JOIN customer.supply_point AS p ON p.contract_id = c.id
    JOIN meter.meter AS m ON m.supply_point_id = p.id
    JOIN meter.register AS r ON r.meter_id = m.id
    JOIN meter.reading AS g ON g.register_id = r.id
        AND g.state IN ('accepted', 'in_check') AND g.read_on >= p_since
    WHERE c.account_id = ANY (p_accounts)
    ORDER BY m.kind, m.id, r.no, g.read_on, g.id LIMIT 2000;
END $$;
COMMENT ON FUNCTION meter.shown IS
    'What the meters of the accounts showed since a day, in thousandths of '
    'real units: what counts, and what a person is still to decide; the '
    'first 2000.';

CREATE OR REPLACE FUNCTION meter.readings(p_accounts bigint[],
    p_after bigint, p_limit integer)
RETURNS TABLE (id bigint, place text, kind text, serial text, code text,
    unit text, read_on date, milli bigint, source text, state text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT g.id, p.address, m.kind, m.serial, r.code, r.unit, g.read_on,
        g.value_milli, g.source::text, g.state::text
    FROM customer.contract AS c
    JOIN customer.supply_point AS p ON p.contract_id = c.id
    JOIN meter.meter AS m ON m.supply_point_id = p.id
    JOIN meter.register AS r ON r.meter_id = m.id
    JOIN meter.reading AS g ON g.register_id = r.id
    WHERE c.account_id = ANY (p_accounts) AND g.id > p_after
    ORDER BY g.id LIMIT p_limit;
END $$;
COMMENT ON FUNCTION meter.readings IS
    'All that is kept of what the meters of the accounts showed, in '
    'thousandths as on the dial, by key after p_after.';

CREATE OR REPLACE FUNCTION meter.ahead(p_accounts bigint[], p_today date,
    p_until date)
RETURNS TABLE (account_id bigint, opens_on date, closes_on date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH RECURSIVE place AS MATERIALIZED (
        SELECT DISTINCT c.account_id, l.route_id
        FROM customer.contract AS c
        JOIN customer.supply_point AS p ON p.contract_id = c.id
        JOIN meter.place AS l ON l.supply_point_id = p.id
        WHERE c.account_id = ANY (p_accounts)
            AND EXISTS (SELECT FROM meter.meter AS m
                WHERE m.supply_point_id = p.id AND m.removed_on IS NULL)
    ), ahead AS (
        SELECT r.route_id, w.opens_on, w.closes_on, w.next_opens_on, 1 AS n
        FROM (SELECT DISTINCT p.route_id FROM place AS p) AS r
        CROSS JOIN LATERAL meter.window_on(r.route_id, p_today) AS w
        UNION ALL
        SELECT a.route_id, w.opens_on, w.closes_on, w.next_opens_on, a.n + 1
        FROM ahead AS a
        CROSS JOIN LATERAL meter.window_on(a.route_id, a.next_opens_on) AS w
        WHERE a.next_opens_on < p_until AND a.n < 40
    )
    SELECT DISTINCT p.account_id, a.opens_on, a.closes_on
    FROM place AS p JOIN ahead AS a ON a.route_id = p.route_id
    WHERE a.opens_on IS NOT NULL
    ORDER BY 1, 2, 3;
END $$;
COMMENT ON FUNCTION meter.ahead IS
    'The windows of the accounts'' places with a meter, from the one that is '
    'open today to those that open before a day; places with the same are '
    'one.';

SET ROLE smetka_owner;
