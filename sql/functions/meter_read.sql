-- What customers see of their meters.
SET ROLE smetka_money;

CREATE OR REPLACE FUNCTION meter.list(p_accounts bigint[], p_now timestamptz)
RETURNS TABLE (meter uuid, account_id bigint, point_code text, address text,
    serial text, kind text, installed_on date, removed_on date,
    register integer, code text, register_kind text, unit text,
    digits integer, decimals integer, factor_milli bigint,
    last_milli bigint, last_on date, last_source text,
    true_milli bigint, true_on date, sent_milli bigint, sent_on date,
    sent_state text, sent_reference text, sent_billed boolean,
    year_micro bigint, read_method text, read_every_months integer,
    keeps_outside boolean, note_ro text, note_bg text, note_en text,
    opens_on date, closes_on date, next_opens_on date, next_closes_on date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH place AS MATERIALIZED (
        SELECT p.id, p.code, p.address, c.account_id, l.route_id
        FROM customer.contract AS c
        JOIN customer.supply_point AS p ON p.contract_id = c.id
        LEFT JOIN meter.place AS l ON l.supply_point_id = p.id
        WHERE c.account_id = ANY (p_accounts)
    ), route AS MATERIALIZED (
        SELECT r.*, w.opens_on, w.closes_on, w.next_opens_on,
            w.next_closes_on
        FROM (SELECT DISTINCT p.route_id FROM place AS p) AS d
        JOIN meter.route AS r ON r.id = d.route_id
        CROSS JOIN LATERAL meter.window_on(r.id, ops.day(p_now)) AS w
    )
    SELECT m.public_id, p.account_id, p.code, p.address, m.serial, m.kind,
        m.installed_on, m.removed_on, r.no::integer, r.code, r.kind, r.unit,
        r.digits::integer, r.decimals::integer, r.factor_milli,
        b.last_milli, b.last_on, b.last_source::text, b.true_milli,
        b.true_on, s.value_milli, s.read_on, s.state::text, s.reference,
        s.billed,
        CASE WHEN y.days >= 60 THEN meter.rate(y.use_milli, y.days) END,
        t.read_method, t.read_every_months::integer, t.keeps_outside,
        t.note_ro, t.note_bg, t.note_en, t.opens_on, t.closes_on,
        t.next_opens_on, t.next_closes_on
    FROM place AS p
    JOIN meter.meter AS m ON m.supply_point_id = p.id
    JOIN meter.register AS r ON r.meter_id = m.id
    LEFT JOIN route AS t ON t.id = p.route_id
    CROSS JOIN LATERAL meter.before(r.id, NULL) AS b
    CROSS JOIN LATERAL meter.used(r.id, b.last_on - 365, b.last_on) AS y
    LEFT JOIN LATERAL (
        SELECT g.value_milli, g.read_on, g.state, g.billed, n.reference
        FROM meter.sent_in(m.id, t.opens_on, t.closes_on) AS i
        JOIN meter.reading AS g ON g.id = i.id
        JOIN meter.submission AS n ON n.id = g.submission_id
        WHERE i.register_id = r.id AND i.state <> 'replaced'
        ORDER BY g.id DESC LIMIT 1) AS s ON true
    ORDER BY p.account_id, p.code, m.removed_on DESC NULLS FIRST, m.serial,
        m.id, r.no;
END $$;
COMMENT ON FUNCTION meter.list IS
    'The meters of the accounts, a row a register: the last accepted index, '
    'the last one that somebody read, what was sent in the window that is '
    'open, average use a day over the 12 months before the last index, how '
    'and when it is read.';

CREATE OR REPLACE FUNCTION meter.figures(p_accounts bigint[], p_meter uuid,
    p_read_on date, p_now timestamptz)
RETURNS TABLE (register integer, code text, register_kind text, unit text,
    digits integer, decimals integer, factor_milli bigint,
    last_milli bigint, last_on date, last_source text, true_milli bigint,
    true_on date, season_micro bigint, year_micro bigint,
    opens_on date, closes_on date, next_opens_on date, next_closes_on date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_meter meter.meter := meter.find(p_accounts, p_meter);
    v_window record;
    v_skip bigint[];
BEGIN
    SELECT w.* INTO v_window FROM meter.place AS p
    CROSS JOIN LATERAL meter.window_on(p.route_id, ops.day(p_now)) AS w
    WHERE p.supply_point_id = v_meter.supply_point_id;
    SELECT array_agg(s.id) INTO v_skip
    FROM meter.sent_in(v_meter.id, v_window.opens_on, v_window.closes_on)
        AS s WHERE s.state IN ('accepted', 'in_check') AND NOT s.billed;
    RETURN QUERY
    SELECT r.no::integer, r.code, r.kind, r.unit, r.digits::integer,
        r.decimals::integer, r.factor_milli, b.last_milli, b.last_on,
        b.last_source::text, b.true_milli, b.true_on, u.season_micro,
        u.year_micro, v_window.opens_on, v_window.closes_on,
        v_window.next_opens_on, v_window.next_closes_on
    FROM meter.register AS r
    CROSS JOIN LATERAL meter.before(r.id, v_skip) AS b
    CROSS JOIN LATERAL meter.usual(r.id, b.last_on, p_read_on) AS u
    WHERE r.meter_id = v_meter.id ORDER BY r.no;
END $$;
COMMENT ON FUNCTION meter.figures IS
    'What sm_reading_check() needs about a meter for a value read on a day: '
    'as if what was sent in the open window, and would be replaced, were not '
    'there.  No row: not theirs.';

CREATE OR REPLACE FUNCTION meter.history(p_accounts bigint[], p_meter uuid,
    p_since date)
RETURNS TABLE (register integer, reading_id bigint, read_on date,
    value_milli bigint, use_milli bigint, days integer, source text,
    state text, billed boolean, reason text, reference text,
    received_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_meter meter.meter := meter.find(p_accounts, p_meter);
BEGIN
    RETURN QUERY
    WITH one AS (
        SELECT r.no, g.id, g.read_on, g.value_milli,
            meter.real(meter.step(lag(g.value_milli) OVER w, g.value_milli,
                r.digits), r.factor_milli) AS use_milli,
            g.read_on - lag(g.read_on) OVER w AS days, g.source, g.state,
            g.billed, g.reason, g.submission_id, g.received_at
        FROM meter.register AS r
        JOIN meter.reading AS g ON g.register_id = r.id
            AND g.state = 'accepted' AND g.read_on >= p_since - 400
        WHERE r.meter_id = v_meter.id
        WINDOW w AS (PARTITION BY r.id ORDER BY g.read_on)
        UNION ALL
        SELECT r.no, g.id, g.read_on, g.value_milli, NULL, NULL, g.source,
            g.state, g.billed, g.reason, g.submission_id, g.received_at
        FROM meter.register AS r
        JOIN meter.reading AS g ON g.register_id = r.id
            AND g.state <> 'accepted' AND g.read_on >= p_since
        WHERE r.meter_id = v_meter.id
    )
    SELECT o.no::integer, o.id, o.read_on, o.value_milli, o.use_milli,
        o.days, o.source::text, o.state::text, o.billed, o.reason,
        s.reference, o.received_at
    FROM one AS o
    LEFT JOIN meter.submission AS s ON s.id = o.submission_id
    WHERE o.read_on >= p_since
    ORDER BY o.read_on DESC, o.no, o.id DESC;
END $$;
COMMENT ON FUNCTION meter.history IS
    'All versions of what a meter showed since a day, the newest first; use '
    'and days of those that count, since the one before.';

CREATE OR REPLACE FUNCTION meter.sent(p_accounts bigint[],
    p_submission uuid, p_now timestamptz)
RETURNS TABLE (meter uuid, serial text, kind text, reference text,
    read_on date, received_at timestamptz, source text, register integer,
    code text, register_kind text, unit text, decimals integer,
    value_milli bigint, state text, reason text, use_milli bigint,
    days integer, correctable_until date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT m.public_id, m.serial, m.kind, s.reference, s.read_on,
        s.received_at, s.source::text, r.no::integer, r.code, r.kind, r.unit,
        r.decimals::integer, g.value_milli, g.state::text, g.reason,
        meter.real(meter.step(b.value_milli, g.value_milli, r.digits),
            r.factor_milli),
        g.read_on - b.read_on,
        CASE WHEN g.state IN ('accepted', 'in_check') AND NOT g.billed
            AND s.read_on BETWEEN w.opens_on AND w.closes_on
            THEN w.closes_on END
    FROM meter.submission AS s
    JOIN meter.meter AS m ON m.id = s.meter_id
    JOIN customer.supply_point AS p ON p.id = m.supply_point_id
    JOIN customer.contract AS c ON c.id = p.contract_id
    JOIN meter.reading AS g ON g.submission_id = s.id
    JOIN meter.register AS r ON r.id = g.register_id
    LEFT JOIN meter.place AS l ON l.supply_point_id = p.id
    CROSS JOIN LATERAL meter.window_on(l.route_id, ops.day(p_now)) AS w
    LEFT JOIN LATERAL (
        SELECT x.value_milli, x.read_on FROM meter.reading AS x
        WHERE x.register_id = r.id AND x.state = 'accepted'
            AND x.read_on < g.read_on
        ORDER BY x.read_on DESC LIMIT 1) AS b ON true
    WHERE s.public_id = p_submission AND c.account_id = ANY (p_accounts)
    ORDER BY r.no;
END $$;
COMMENT ON FUNCTION meter.sent IS
    'A submission, a row a register: what came, what became of it, what was '
    'used since the index before, and until when it can be corrected.';

CREATE OR REPLACE FUNCTION meter.received(p_submission uuid)
RETURNS TABLE (serial text, reference text, read_on date, state text,
    kind text, unit text, decimals integer, value_milli bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT m.serial, s.reference, s.read_on, g.state::text, r.kind, r.unit,
        r.decimals::integer, g.value_milli
    FROM meter.submission AS s
    JOIN meter.meter AS m ON m.id = s.meter_id
    JOIN meter.reading AS g ON g.submission_id = s.id
    JOIN meter.register AS r ON r.id = g.register_id
    WHERE s.public_id = p_submission ORDER BY r.no;
END $$;
COMMENT ON FUNCTION meter.received IS
    'What the mail about a submission says, a row a register.';

SET ROLE smetka_owner;
