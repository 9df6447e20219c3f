-- Import of routes, meters and their readings; called as smetka_owner by the
-- operator's command line, no other role may.

CREATE OR REPLACE FUNCTION meter.import_refusals() RETURNS void
LANGUAGE plpgsql SET search_path = '' SET client_min_messages = 'warning' AS $$
BEGIN
    CREATE TEMP TABLE IF NOT EXISTS import_refused (
        line bigint NOT NULL,
        reason text NOT NULL
    ) ON COMMIT DELETE ROWS;
    TRUNCATE pg_temp.import_refused;
END $$;
COMMENT ON FUNCTION meter.import_refusals IS
    'Makes the empty temporary table that says why lines were refused.';

-- Routes ---------------------------------------------------------------------

CREATE OR REPLACE FUNCTION meter.import_route_stage() RETURNS boolean
LANGUAGE plpgsql SET search_path = '' SET client_min_messages = 'warning' AS $$
BEGIN
    CREATE TEMP TABLE IF NOT EXISTS import_route (
        line bigint NOT NULL,
        code text NOT NULL,
        first_day smallint,
        last_day smallint,
        every_months smallint NOT NULL,
        base_month smallint NOT NULL,
        opens_on date,
        closes_on date,
        method text NOT NULL,
        read_every smallint,
        keeps boolean NOT NULL,
        note_ro text,
        note_bg text,
        note_en text
    ) ON COMMIT DELETE ROWS;
    TRUNCATE pg_temp.import_route;
    PERFORM meter.import_refusals();
    RETURN true;
END $$;
COMMENT ON FUNCTION meter.import_route_stage IS
    'Makes the empty temporary tables that an import of routes fills.';

CREATE OR REPLACE FUNCTION meter.import_route_dates() RETURNS bigint
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_count bigint;
BEGIN
    INSERT INTO meter.route_dates AS d (route_id, opens_on, closes_on)
    SELECT r.id, s.opens_on, max(s.closes_on) FROM pg_temp.import_route AS s
    JOIN meter.route AS r ON r.code = s.code
    WHERE s.opens_on IS NOT NULL GROUP BY r.id, s.opens_on
    ON CONFLICT (route_id, opens_on) DO UPDATE
        SET closes_on = EXCLUDED.closes_on
        WHERE d.closes_on <> EXCLUDED.closes_on;
    GET DIAGNOSTICS v_count = ROW_COUNT;
    RETURN v_count;
END $$;
COMMENT ON FUNCTION meter.import_route_dates IS
    'Adds or updates the staged windows by date; returns how many.';

CREATE OR REPLACE FUNCTION meter.import_routes(
    OUT added bigint, OUT changed bigint, OUT refused bigint)
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    INSERT INTO pg_temp.import_refused (line, reason)
    SELECT t.line, 'the same route stands on an earlier line with other data'
    FROM (SELECT s.line, row(s.first_day, s.last_day, s.every_months,
                s.base_month, s.method, s.read_every, s.keeps, s.note_ro,
                s.note_bg, s.note_en) AS said,
            first_value(row(s.first_day, s.last_day, s.every_months,
                s.base_month, s.method, s.read_every, s.keeps, s.note_ro,
                s.note_bg, s.note_en)) OVER w AS first_said
        FROM pg_temp.import_route AS s
        WINDOW w AS (PARTITION BY s.code ORDER BY s.line)) AS t
    WHERE t.said IS DISTINCT FROM t.first_said;
    DELETE FROM pg_temp.import_route AS s USING pg_temp.import_refused AS r
        WHERE r.line = s.line;
    refused := (SELECT count(*) FROM pg_temp.import_refused AS r);
    WITH one AS (
        SELECT DISTINCT ON (s.code) s.* FROM pg_temp.import_route AS s
        ORDER BY s.code, s.line
    )
    UPDATE meter.route AS r SET first_day = o.first_day,
        last_day = o.last_day, every_months = o.every_months,
        base_month = o.base_month, read_method = o.method,
        read_every_months = o.read_every, keeps_outside = o.keeps,
        note_ro = o.note_ro, note_bg = o.note_bg, note_en = o.note_en
    FROM one AS o WHERE r.code = o.code AND row(r.first_day, r.last_day,
            r.every_months, r.base_month, r.read_method,
            r.read_every_months, r.keeps_outside, r.note_ro, r.note_bg,
            r.note_en)
        IS DISTINCT FROM row(o.first_day, o.last_day, o.every_months,
            o.base_month, o.method, o.read_every, o.keeps, o.note_ro,
            o.note_bg, o.note_en);
    GET DIAGNOSTICS changed = ROW_COUNT;
    INSERT INTO meter.route (code, first_day, last_day, every_months,
        base_month, read_method, read_every_months, keeps_outside, note_ro,
        note_bg, note_en)
    SELECT DISTINCT ON (s.code) s.code, s.first_day, s.last_day,
        s.every_months, s.base_month, s.method, s.read_every, s.keeps,
        s.note_ro, s.note_bg, s.note_en
    FROM pg_temp.import_route AS s WHERE NOT EXISTS (SELECT
        FROM meter.route AS r WHERE r.code = s.code)
    ORDER BY s.code, s.line;
    GET DIAGNOSTICS added = ROW_COUNT;
    changed := changed + meter.import_route_dates();
END $$;
COMMENT ON FUNCTION meter.import_routes IS
    'Takes in the staged routes and their dates; a date that was taken in '
    'before and is not in the file stays.';

-- Meters ---------------------------------------------------------------------

CREATE OR REPLACE FUNCTION meter.import_meter_stage() RETURNS boolean
LANGUAGE plpgsql SET search_path = '' SET client_min_messages = 'warning' AS $$
BEGIN
    CREATE TEMP TABLE IF NOT EXISTS import_meter (
        line bigint NOT NULL,
        point text NOT NULL,
        contract text NOT NULL,
        serial text NOT NULL,
        kind text NOT NULL,
        installed_on date,
        removed_on date,
        replaced_by text,
        route text,
        no smallint NOT NULL,
        code text NOT NULL,
        register_kind text NOT NULL,
        unit text NOT NULL,
        digits smallint NOT NULL,
        decimals smallint NOT NULL,
        factor_milli bigint NOT NULL,
        read_on date,
        value_milli bigint,
        source text NOT NULL,
        billed boolean NOT NULL,
        invoice text,
        point_id bigint,
        account_id bigint,
        meter_id bigint,
        register_id bigint,
        document_id bigint,
        outcome text NOT NULL DEFAULT 'same'
    ) ON COMMIT DELETE ROWS;
    TRUNCATE pg_temp.import_meter;
    PERFORM meter.import_refusals();
    RETURN true;
END $$;
COMMENT ON FUNCTION meter.import_meter_stage IS
    'Makes the empty temporary tables that an import of meters fills.';

CREATE OR REPLACE FUNCTION meter.import_drop() RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    DELETE FROM pg_temp.import_meter AS s USING pg_temp.import_refused AS r
        WHERE r.line = s.line;
END $$;
COMMENT ON FUNCTION meter.import_drop IS
    'Takes the lines that were refused out of the stage.';

CREATE OR REPLACE FUNCTION meter.import_known() RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    UPDATE pg_temp.import_meter AS s
    SET meter_id = m.id, register_id = r.id
    FROM meter.meter AS m
    LEFT JOIN meter.register AS r ON r.meter_id = m.id
    WHERE m.supply_point_id = s.point_id AND m.serial = s.serial
        AND r.no = s.no;
    UPDATE pg_temp.import_meter AS s SET meter_id = m.id
    FROM meter.meter AS m
    WHERE s.meter_id IS NULL AND m.supply_point_id = s.point_id
        AND m.serial = s.serial;
END $$;
COMMENT ON FUNCTION meter.import_known IS
    'Finds the meters and registers of the stage that exist.';

CREATE OR REPLACE FUNCTION meter.import_find() RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    WITH place AS (
        SELECT k.point, k.contract, min(p.id) AS point_id,
            min(c.account_id) AS account_id, count(*) AS points
        FROM (SELECT DISTINCT s.point, s.contract
            FROM pg_temp.import_meter AS s) AS k
        JOIN customer.supply_point AS p ON p.code = k.point
        JOIN customer.contract AS c ON c.id = p.contract_id
            AND k.contract IN ('', c.number)
        GROUP BY k.point, k.contract
    ), found AS (
        UPDATE pg_temp.import_meter AS s
        SET point_id = p.point_id, account_id = p.account_id
        FROM place AS p WHERE p.point = s.point AND p.contract = s.contract
            AND p.points = 1
    )
    INSERT INTO pg_temp.import_refused (line, reason)
    SELECT s.line, CASE WHEN p.points IS NULL
        THEN 'no such supply_point, or not of this contract'
        ELSE 'several contracts have this supply_point: name the contract'
        END
    FROM pg_temp.import_meter AS s
    LEFT JOIN place AS p ON p.point = s.point AND p.contract = s.contract
    WHERE p.points IS DISTINCT FROM 1;
    UPDATE pg_temp.import_meter AS s SET document_id = d.id
    FROM billing.document AS d
    WHERE d.account_id = s.account_id AND d.number = s.invoice;
    INSERT INTO pg_temp.import_refused (line, reason)
    SELECT s.line, 'the account has no such invoice'
    FROM pg_temp.import_meter AS s
    WHERE s.invoice IS NOT NULL AND s.document_id IS NULL
    UNION ALL
    SELECT s.line, 'no such route' FROM pg_temp.import_meter AS s
    WHERE s.route IS NOT NULL AND NOT EXISTS (SELECT FROM meter.route AS r
        WHERE r.code = s.route);
    PERFORM meter.import_drop();
    PERFORM meter.import_known();
END $$;
COMMENT ON FUNCTION meter.import_find IS
    'Finds what the staged rows name; what is not found is refused.';

CREATE OR REPLACE FUNCTION meter.import_refuse() RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    -- within the file; what a line does not say, it does not contradict
    INSERT INTO pg_temp.import_refused (line, reason)
    SELECT s.line, 'the same meter stands on an earlier line with other data'
    FROM pg_temp.import_meter AS s
    JOIN (SELECT f.point_id, f.serial, (array_agg(f.kind ORDER BY f.line))[1]
                AS kind,
            (array_agg(f.installed_on ORDER BY f.line) FILTER (WHERE
                f.installed_on IS NOT NULL))[1] AS installed_on,
            (array_agg(f.removed_on ORDER BY f.line) FILTER (WHERE
                f.removed_on IS NOT NULL))[1] AS removed_on,
            (array_agg(f.replaced_by ORDER BY f.line) FILTER (WHERE
                f.replaced_by IS NOT NULL))[1] AS replaced_by,
            (array_agg(f.route ORDER BY f.line) FILTER (WHERE
                f.route IS NOT NULL))[1] AS route
        FROM pg_temp.import_meter AS f GROUP BY f.point_id, f.serial) AS o
        ON o.point_id = s.point_id AND o.serial = s.serial
    WHERE s.kind <> o.kind OR s.installed_on <> o.installed_on
        OR s.removed_on <> o.removed_on OR s.replaced_by <> o.replaced_by
        OR s.route <> o.route
    UNION ALL
    SELECT t.line, 'the same register stands on an earlier line with other '
        'data'
    FROM (SELECT s.line, row(s.code, s.register_kind, s.unit, s.digits,
            s.decimals, s.factor_milli) AS said, first_value(row(s.code,
            s.register_kind, s.unit, s.digits, s.decimals, s.factor_milli))
            OVER (PARTITION BY s.point_id, s.serial, s.no ORDER BY s.line)
            AS first_said
        FROM pg_temp.import_meter AS s) AS t
    WHERE t.said <> t.first_said
    UNION ALL
    SELECT t.line, 'a reading of that day stands on an earlier line'
    FROM (SELECT s.line, row_number() OVER (PARTITION BY s.point_id,
            s.serial, s.no, s.read_on ORDER BY s.line) AS place
        FROM pg_temp.import_meter AS s WHERE s.read_on IS NOT NULL) AS t
    WHERE t.place > 1;
    -- against the database
    INSERT INTO pg_temp.import_refused (line, reason)
    SELECT s.line, 'the meter exists as one of another kind'
    FROM pg_temp.import_meter AS s
    JOIN meter.meter AS m ON m.id = s.meter_id WHERE m.kind <> s.kind
    UNION ALL
    SELECT s.line, 'the register exists with another kind, unit, digits, '
        'decimals or factor'
    FROM pg_temp.import_meter AS s
    JOIN meter.register AS r ON r.id = s.register_id
    WHERE row(r.kind, r.unit, r.digits, r.decimals, r.factor_milli)
        <> row(s.register_kind, s.unit, s.digits, s.decimals, s.factor_milli)
    UNION ALL
    SELECT s.line, 'a reading of that day was taken in with another value'
    FROM pg_temp.import_meter AS s
    JOIN meter.reading AS g ON g.register_id = s.register_id
        AND g.read_on = s.read_on AND g.state = 'accepted'
    WHERE g.value_milli <> s.value_milli
    UNION ALL
    SELECT s.line, 'the meter that replaced it is neither in the file nor '
        'at this supply_point'
    FROM pg_temp.import_meter AS s WHERE s.replaced_by IS NOT NULL
        AND NOT EXISTS (SELECT FROM meter.meter AS m
            WHERE m.supply_point_id = s.point_id
                AND m.serial = s.replaced_by)
        AND s.point_id || ' ' || s.replaced_by NOT IN (
            SELECT f.point_id || ' ' || f.serial
            FROM pg_temp.import_meter AS f);
    PERFORM meter.import_drop();
END $$;
COMMENT ON FUNCTION meter.import_refuse IS
    'Notes the staged rows that contradict the file or the database.';

CREATE OR REPLACE FUNCTION meter.import_refuse_lower() RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    INSERT INTO pg_temp.import_refused (line, reason)
    SELECT DISTINCT coalesce(t.line, t.last_line),
        'an index is lower than the one before it'
    FROM (
        SELECT a.line, lag(a.line) OVER w AS last_line, a.value_milli,
            lag(a.value_milli) OVER w AS last_milli, a.source,
            lag(a.source) OVER w AS last_source,
            (10 ^ (a.digits + 3))::bigint AS full_milli
        FROM (
            SELECT s.line, s.point_id, s.serial, s.no, s.digits, s.read_on,
                s.value_milli, s.source
            FROM pg_temp.import_meter AS s WHERE s.read_on IS NOT NULL
            UNION ALL
            SELECT NULL, k.point_id, k.serial, k.no, k.digits, g.read_on,
                g.value_milli, g.source::text
            FROM (SELECT DISTINCT s.point_id, s.serial, s.no, s.digits,
                    s.register_id
                FROM pg_temp.import_meter AS s
                WHERE s.register_id IS NOT NULL
                    AND s.read_on IS NOT NULL) AS k
            JOIN meter.reading AS g ON g.register_id = k.register_id
                AND g.state = 'accepted'
            LEFT JOIN pg_temp.import_meter AS x
                ON x.register_id = k.register_id AND x.read_on = g.read_on
            WHERE x.line IS NULL) AS a
        WINDOW w AS (PARTITION BY a.point_id, a.serial, a.no
            ORDER BY a.read_on)) AS t
    WHERE t.value_milli < t.last_milli
        AND coalesce(t.line, t.last_line) IS NOT NULL
        AND 'estimated' NOT IN (t.source, t.last_source)
        AND NOT (t.last_milli > t.full_milli / 10 * 9
            AND t.value_milli < t.full_milli / 10);
    PERFORM meter.import_drop();
END $$;
COMMENT ON FUNCTION meter.import_refuse_lower IS
    'Notes staged readings that go back, unless the dial rolled over or one '
    'of the two is an estimate.';

CREATE OR REPLACE FUNCTION meter.import_judge() RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    UPDATE pg_temp.import_meter AS s SET outcome = 'added'
    WHERE s.register_id IS NULL OR (s.read_on IS NOT NULL AND NOT EXISTS (
        SELECT FROM meter.reading AS g WHERE g.register_id = s.register_id
            AND g.read_on = s.read_on AND g.state = 'accepted'));
    UPDATE pg_temp.import_meter AS s SET outcome = 'changed'
    FROM meter.register AS r
    JOIN meter.meter AS m ON m.id = r.meter_id
    LEFT JOIN meter.place AS p ON p.supply_point_id = m.supply_point_id
    LEFT JOIN meter.route AS o ON o.id = p.route_id
    LEFT JOIN meter.meter AS n ON n.id = m.replaced_by
    WHERE s.outcome = 'same' AND r.id = s.register_id
        AND (s.installed_on IS NOT NULL
                AND m.installed_on IS DISTINCT FROM s.installed_on
            OR s.removed_on IS NOT NULL
                AND m.removed_on IS DISTINCT FROM s.removed_on
            OR s.replaced_by IS NOT NULL
                AND n.serial IS DISTINCT FROM s.replaced_by
            OR s.route IS NOT NULL AND o.code IS DISTINCT FROM s.route
            OR s.code <> r.code
            OR s.billed AND EXISTS (SELECT FROM meter.reading AS g
                WHERE g.register_id = s.register_id
                    AND g.read_on = s.read_on AND g.state = 'accepted'
                    AND (NOT g.billed OR g.document_id IS NULL
                        AND s.document_id IS NOT NULL)));
END $$;
COMMENT ON FUNCTION meter.import_judge IS
    'Says of each staged row whether it brings something new, changes '
    'something, or is known.';

CREATE OR REPLACE FUNCTION meter.import_put() RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    INSERT INTO meter.meter (supply_point_id, kind, serial, installed_on,
        removed_on)
    SELECT s.point_id, min(s.kind), s.serial, max(s.installed_on),
        max(s.removed_on)
    FROM pg_temp.import_meter AS s WHERE s.meter_id IS NULL
    GROUP BY s.point_id, s.serial ORDER BY min(s.line);
    PERFORM meter.import_known();
    UPDATE meter.meter AS m
    SET installed_on = coalesce(o.installed_on, m.installed_on),
        removed_on = coalesce(o.removed_on, m.removed_on),
        replaced_by = coalesce(n.id, m.replaced_by)
    FROM (SELECT s.meter_id, s.point_id, max(s.installed_on)
                AS installed_on, max(s.removed_on) AS removed_on,
            max(s.replaced_by) AS replaced_by
        FROM pg_temp.import_meter AS s GROUP BY s.meter_id, s.point_id) AS o
    LEFT JOIN meter.meter AS n ON n.supply_point_id = o.point_id
        AND n.serial = o.replaced_by
    WHERE m.id = o.meter_id AND row(m.installed_on, m.removed_on,
            m.replaced_by)
        IS DISTINCT FROM row(coalesce(o.installed_on, m.installed_on),
            coalesce(o.removed_on, m.removed_on),
            coalesce(n.id, m.replaced_by));
    INSERT INTO meter.register (meter_id, no, code, kind, unit, digits,
        decimals, factor_milli)
    SELECT DISTINCT ON (s.meter_id, s.no) s.meter_id, s.no, s.code,
        s.register_kind, s.unit, s.digits, s.decimals, s.factor_milli
    FROM pg_temp.import_meter AS s WHERE s.register_id IS NULL
    ORDER BY s.meter_id, s.no, s.line;
    UPDATE meter.register AS r SET code = s.code
    FROM pg_temp.import_meter AS s
    WHERE r.id = s.register_id AND r.code <> s.code;
    PERFORM meter.import_known();
    INSERT INTO meter.place AS p (supply_point_id, route_id)
    SELECT s.point_id, max(r.id) FROM pg_temp.import_meter AS s
    JOIN meter.route AS r ON r.code = s.route GROUP BY s.point_id
    ON CONFLICT (supply_point_id) DO UPDATE SET route_id = EXCLUDED.route_id
        WHERE p.route_id <> EXCLUDED.route_id;
END $$;
COMMENT ON FUNCTION meter.import_put IS
    'Adds or updates the staged meters, registers and routes of places.';

CREATE OR REPLACE FUNCTION meter.import_readings(p_now timestamptz)
RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    UPDATE meter.reading AS g SET billed = true,
        document_id = coalesce(g.document_id, s.document_id)
    FROM pg_temp.import_meter AS s
    WHERE s.outcome = 'changed' AND s.billed
        AND g.register_id = s.register_id AND g.read_on = s.read_on
        AND g.state = 'accepted' AND (NOT g.billed
            OR g.document_id IS NULL AND s.document_id IS NOT NULL);
    INSERT INTO meter.reading (register_id, value_milli, received_at,
        document_id, read_on, source, state, billed)
    SELECT s.register_id, s.value_milli, p_now, s.document_id, s.read_on,
        s.source::meter.source, 'accepted', s.billed
    FROM pg_temp.import_meter AS s
    WHERE s.read_on IS NOT NULL AND s.outcome = 'added'
        AND NOT EXISTS (SELECT FROM meter.reading AS g
            WHERE g.register_id = s.register_id AND g.read_on = s.read_on
                AND g.state = 'accepted')
    ORDER BY s.register_id, s.read_on;
END $$;
COMMENT ON FUNCTION meter.import_readings IS
    'Adds the staged readings and notes which were billed.';

CREATE OR REPLACE FUNCTION meter.import_meters(p_now timestamptz,
    OUT added bigint, OUT changed bigint, OUT refused bigint)
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    ANALYZE pg_temp.import_meter;
    PERFORM meter.import_find();
    -- whoever sends a reading meanwhile waits, or is waited for
    PERFORM FROM meter.register AS r WHERE r.id IN (
        SELECT s.register_id FROM pg_temp.import_meter AS s)
        ORDER BY r.id FOR NO KEY UPDATE;
    PERFORM meter.import_refuse();
    PERFORM meter.import_refuse_lower();
    PERFORM meter.import_judge();
    SELECT count(*) FILTER (WHERE s.outcome = 'added'),
        count(*) FILTER (WHERE s.outcome = 'changed')
    INTO added, changed FROM pg_temp.import_meter AS s;
    PERFORM meter.import_put();
    PERFORM meter.import_readings(p_now);
    refused := (SELECT count(DISTINCT r.line)
        FROM pg_temp.import_refused AS r);
END $$;
COMMENT ON FUNCTION meter.import_meters IS
    'Takes in the staged meters, registers and readings: what is new is '
    'added, what differs is changed, what contradicts is noted in '
    'import_refused.';
