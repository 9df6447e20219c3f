-- What pages show of meters besides what is in meter_read.sql.
SET ROLE smetka_money;

CREATE OR REPLACE FUNCTION meter.page(p_accounts bigint[], p_meter uuid,
    p_find text, p_limit integer, p_skip integer)
RETURNS TABLE (meter uuid, account_id bigint, place bigint, matches bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT m.public_id, c.account_id, row_number() OVER w, count(*) OVER ()
    FROM customer.contract AS c
    JOIN customer.supply_point AS p ON p.contract_id = c.id
    JOIN meter.meter AS m ON m.supply_point_id = p.id
    WHERE c.account_id = ANY (p_accounts)
        AND (p_meter IS NULL OR m.public_id = p_meter)
        AND (p_find IS NULL OR strpos(lower(m.serial), lower(p_find)) > 0
            OR strpos(lower(p.address), lower(p_find)) > 0)
    WINDOW w AS (ORDER BY m.removed_on DESC NULLS FIRST, p.address, m.serial,
        m.id)
    ORDER BY 3 LIMIT p_limit OFFSET p_skip;
END $$;
COMMENT ON FUNCTION meter.page IS
    'Meters of the accounts by address, those that are gone last; filtered '
    'by public id or a part of serial number or address; place: the order; '
    'matches: how many there are in all.';

CREATE OR REPLACE FUNCTION meter.since_bill(p_register meter.register,
    p_read_on date, p_value_milli bigint, OUT use_milli bigint,
    OUT days integer, OUT since_on date)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_base record;
BEGIN
    SELECT g.value_milli, g.read_on INTO v_base FROM meter.reading AS g
    WHERE g.register_id = p_register.id AND g.state = 'accepted'
        AND g.read_on < p_read_on
    ORDER BY g.billed DESC, g.read_on DESC LIMIT 1;
    use_milli := meter.real(meter.step(v_base.value_milli, p_value_milli,
        p_register.digits), p_register.factor_milli);
    days := p_read_on - v_base.read_on;
    since_on := v_base.read_on;
END $$;
COMMENT ON FUNCTION meter.since_bill IS
    'What an index says was used since the index before it that a bill used '
    'last; where none did, since the one before it.  Nulls: there is none.';

CREATE OR REPLACE FUNCTION meter.so_far(p_meters uuid[])
RETURNS TABLE (meter uuid, register integer, use_milli bigint, days integer,
    since_on date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT m.public_id, r.no::integer, u.use_milli, u.days, u.since_on
    FROM meter.meter AS m
    JOIN meter.register AS r ON r.meter_id = m.id
    CROSS JOIN LATERAL meter.before(r.id, NULL) AS b
    CROSS JOIN LATERAL meter.since_bill(r, b.last_on, b.last_milli) AS u
    WHERE m.public_id = ANY (p_meters);
END $$;
COMMENT ON FUNCTION meter.so_far IS
    'What the last index of each register says was used since the bill '
    'before it.';

CREATE OR REPLACE FUNCTION meter.sent_so_far(p_accounts bigint[],
    p_submission uuid)
RETURNS TABLE (register integer, use_milli bigint, days integer,
    since_on date, supply_point_id bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT r.no::integer, u.use_milli, u.days, u.since_on, p.id
    FROM meter.submission AS s
    JOIN meter.meter AS m ON m.id = s.meter_id
    JOIN customer.supply_point AS p ON p.id = m.supply_point_id
    JOIN customer.contract AS c ON c.id = p.contract_id
    JOIN meter.reading AS g ON g.submission_id = s.id
    JOIN meter.register AS r ON r.id = g.register_id
    CROSS JOIN LATERAL meter.since_bill(r, g.read_on, g.value_milli) AS u
    WHERE s.public_id = p_submission AND c.account_id = ANY (p_accounts);
END $$;
COMMENT ON FUNCTION meter.sent_so_far IS
    'What a submission says was used since the bill before it, a row a '
    'register, and where.';

CREATE OR REPLACE FUNCTION meter.windows(p_accounts bigint[],
    p_now timestamptz)
RETURNS TABLE (account_id bigint, due bigint, sent bigint, meter uuid,
    closes_on date, next_opens_on date, next_closes_on date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH here AS MATERIALIZED (
        SELECT c.account_id, m.id, m.public_id, l.route_id
        FROM customer.contract AS c
        JOIN customer.supply_point AS p ON p.contract_id = c.id
        JOIN meter.place AS l ON l.supply_point_id = p.id
        JOIN meter.meter AS m ON m.supply_point_id = p.id
            AND m.removed_on IS NULL
        WHERE c.account_id = ANY (p_accounts)
    ), route AS MATERIALIZED (
        SELECT d.route_id, w.opens_on, w.closes_on, w.next_opens_on,
            w.next_closes_on
        FROM (SELECT DISTINCT h.route_id FROM here AS h) AS d
        CROSS JOIN LATERAL meter.window_on(d.route_id, ops.day(p_now)) AS w
    ), state AS (
        SELECT h.account_id, h.public_id, t.*, t.opens_on IS NOT NULL
            AND EXISTS (SELECT FROM meter.sent_in(h.id, t.opens_on,
                t.closes_on) AS s WHERE s.state IN ('accepted', 'in_check'))
            AS sent
        FROM here AS h JOIN route AS t ON t.route_id = h.route_id
    ), sum AS (
        SELECT s.account_id,
            count(*) FILTER (WHERE s.opens_on IS NOT NULL AND NOT s.sent)
                AS due,
            count(*) FILTER (WHERE s.sent) AS sent,
            (array_agg(s.public_id ORDER BY s.closes_on) FILTER
                (WHERE s.opens_on IS NOT NULL AND NOT s.sent))[1] AS meter,
            min(s.closes_on) FILTER (WHERE NOT s.sent) AS closes_on,
            min(s.next_opens_on) AS next_opens_on
        FROM state AS s GROUP BY s.account_id
    )
    SELECT s.account_id, s.due, s.sent, s.meter, s.closes_on,
        s.next_opens_on, (SELECT min(n.next_closes_on) FROM state AS n
            WHERE n.account_id = s.account_id
                AND n.next_opens_on = s.next_opens_on)
    FROM sum AS s;
END $$;
COMMENT ON FUNCTION meter.windows IS
    'For each of the accounts with meters that are read at set times: how '
    'many wait for an index now (due), one of them, until when the first of '
    'these may be sent; how many were sent; which window opens next.';

CREATE OR REPLACE FUNCTION meter.attach(p_accounts bigint[],
    p_submission uuid, p_media_type text, p_file bytea, p_now timestamptz)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    PERFORM ops.attach(v.id, p_media_type, p_file, p_now)
    FROM meter.submission AS s
    JOIN meter.meter AS m ON m.id = s.meter_id
    JOIN customer.supply_point AS p ON p.id = m.supply_point_id
    JOIN customer.contract AS c ON c.id = p.contract_id
    JOIN ops.review AS v ON v.kind = 'reading' AND v.subject_id = s.id
        AND v.state = 'open'
    WHERE s.public_id = p_submission AND c.account_id = ANY (p_accounts);
END $$;
COMMENT ON FUNCTION meter.attach IS
    'Puts a file beside the review of a submission, if one is open.';

CREATE OR REPLACE FUNCTION meter.waiting(p_accounts bigint[])
RETURNS TABLE (account_id bigint, kind text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT DISTINCT c.account_id, v.kind
    FROM customer.contract AS c
    JOIN customer.supply_point AS p ON p.contract_id = c.id
    JOIN meter.meter AS m ON m.supply_point_id = p.id
    JOIN meter.submission AS s ON s.meter_id = m.id
    JOIN ops.review AS v ON v.kind = 'reading' AND v.subject_id = s.id
        AND v.state = 'open'
    WHERE c.account_id = ANY (p_accounts)
$$;
COMMENT ON FUNCTION meter.waiting IS
    'Accounts with a reading that a person looks at.';

SET ROLE smetka_owner;
