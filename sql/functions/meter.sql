-- Meters: when they are read, and what a value is to those before it.  The
-- rules are those of lib/domain/window.h and lib/domain/reading.h; a test
-- compares the two.  No function of schema meter knows of sessions: who may
-- see or send what is settled before, by whoever passes the accounts.
SET ROLE smetka_money;

CREATE OR REPLACE FUNCTION ops.reference(p_number bigint) RETURNS text
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    v_letters text := '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
    -- each number to another one below 31 ^ 7: neighbours look unlike
    v_rest bigint := mod(p_number::numeric * 16180339887, 27512614111);
    v_text text := '';
    v_sum integer := 0;
BEGIN
    FOR i IN 2..8 LOOP
        v_text := v_text || substr(v_letters, (v_rest % 31)::integer + 1, 1);
        v_sum := v_sum + i * (v_rest % 31)::integer;
        v_rest := v_rest / 31;
    END LOOP;
    RETURN v_text || substr(v_letters, (31 - v_sum % 31) % 31 + 1, 1);
END $$;
COMMENT ON FUNCTION ops.reference IS
    'A number to be told by telephone: eight characters of 31 that do not '
    'look alike; the last one makes the sum of all, weighted 2 to 8 and 1, a '
    'multiple of 31, so one wrong or two exchanged are noticed.';

CREATE OR REPLACE FUNCTION meter.day_of(p_month date, p_day integer)
RETURNS date
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN least(p_month + (p_day - 1),
        (p_month + interval '1 month')::date - 1);
END $$;
COMMENT ON FUNCTION meter.day_of IS
    'A day of the month that begins on p_month, cut to its length.';

CREATE OR REPLACE FUNCTION meter.window_on(p_route_id bigint, p_day date,
    OUT opens_on date, OUT closes_on date, OUT next_opens_on date,
    OUT next_closes_on date)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
    v_span record;
BEGIN
    FOR v_span IN
        SELECT d.opens_on, d.closes_on FROM meter.route_dates AS d
        WHERE d.route_id = p_route_id
        UNION ALL
        SELECT meter.day_of(m.month, r.first_day),
            meter.day_of((m.month + make_interval(months =>
                (r.last_day < r.first_day)::integer))::date, r.last_day)
        FROM meter.route AS r
        CROSS JOIN LATERAL (SELECT (date_trunc('month', p_day::timestamp)
                + make_interval(months => n))::date AS month
            FROM generate_series(-1, 13) AS g (n)) AS m
        WHERE r.id = p_route_id AND r.first_day IS NOT NULL
            AND mod(extract(month FROM m.month)::integer - r.base_month + 12,
                r.every_months) = 0
        ORDER BY 1, 2
    LOOP
        IF p_day BETWEEN v_span.opens_on AND v_span.closes_on THEN
            opens_on := v_span.opens_on;
            closes_on := v_span.closes_on;
        ELSIF v_span.opens_on > p_day AND (next_opens_on IS NULL
            OR next_opens_on = v_span.opens_on)
        THEN
            next_opens_on := v_span.opens_on;
            next_closes_on := v_span.closes_on;
        END IF;
    END LOOP;
END $$;
COMMENT ON FUNCTION meter.window_on IS
    'The window of a route that holds a day (nulls: none; of several the one '
    'that opened last), and the next one to open.';

CREATE OR REPLACE FUNCTION meter.step(p_last_milli bigint,
    p_value_milli bigint, p_digits integer) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    v_full bigint := (10 ^ (p_digits + 3))::bigint;
BEGIN
    RETURN CASE WHEN p_value_milli >= p_last_milli
            THEN p_value_milli - p_last_milli
        WHEN p_last_milli > v_full / 10 * 9 AND p_value_milli < v_full / 10
            THEN p_value_milli + v_full - p_last_milli
        WHEN p_last_milli IS NOT NULL THEN 0 END;
END $$;
COMMENT ON FUNCTION meter.step IS
    'What a dial moved; past its end from the last tenth into the first; '
    '0 where it went back.';

CREATE OR REPLACE FUNCTION meter.real(p_step_milli bigint,
    p_factor_milli bigint) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN div(p_step_milli::numeric * p_factor_milli, 1000);
END $$;
COMMENT ON FUNCTION meter.real IS
    'Thousandths of real units of what the dial moved.';

CREATE OR REPLACE FUNCTION meter.rate(p_use_milli bigint, p_days integer)
RETURNS bigint
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN least(div(p_use_milli::numeric * 1000, p_days),
        500000000000000000);
END $$;
COMMENT ON FUNCTION meter.rate IS 'Use a day, in millionths of a unit.';

CREATE OR REPLACE FUNCTION meter.segments(p_register_id bigint, p_from date,
    p_to date)
RETURNS TABLE (from_on date, to_on date, use_milli bigint)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH RECURSIVE chain AS (
        SELECT r.id, r.meter_id, r.kind, r.unit, r.factor_milli, r.digits
        FROM meter.register AS r WHERE r.id = p_register_id
        UNION
        SELECT o.id, o.meter_id, o.kind, o.unit, o.factor_milli, o.digits
        FROM chain AS c
        JOIN meter.meter AS m ON m.replaced_by = c.meter_id
        JOIN meter.register AS o ON o.meter_id = m.id
            AND o.kind = c.kind AND o.unit = c.unit
    ), step AS (
        SELECT lag(g.read_on) OVER w AS from_on, g.read_on AS to_on,
            meter.real(meter.step(lag(g.value_milli) OVER w, g.value_milli,
                c.digits), c.factor_milli) AS use_milli
        FROM chain AS c
        JOIN meter.reading AS g ON g.register_id = c.id
            AND g.state = 'accepted'
            AND g.read_on BETWEEN p_from - 400 AND p_to + 400
        WINDOW w AS (PARTITION BY c.id ORDER BY g.read_on)
    )
    SELECT s.from_on, s.to_on, s.use_milli FROM step AS s
    WHERE s.from_on < p_to AND s.to_on > p_from
    ORDER BY 1, 2;
END $$;
COMMENT ON FUNCTION meter.segments IS
    'What was used between the accepted readings of a register that touch '
    'the days given, and of the meters that it came in place of; in real '
    'units.  A gap of more than 400 days is not seen.';

CREATE OR REPLACE FUNCTION meter.used(p_register_id bigint, p_from date,
    p_to date, OUT use_milli bigint, OUT days integer)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
    SELECT least(coalesce(sum(div(s.use_milli::numeric * p.days,
            s.to_on - s.from_on)), 0), 9223372036854775807),
        coalesce(sum(p.days), 0)
    INTO use_milli, days
    FROM meter.segments(p_register_id, p_from, p_to) AS s
    CROSS JOIN LATERAL (SELECT least(s.to_on, p_to)
        - greatest(s.from_on, p_from) AS days) AS p;
END $$;
COMMENT ON FUNCTION meter.used IS
    'What was used between two days, as far as it is known, and how many of '
    'the days are.';

CREATE OR REPLACE FUNCTION meter.usual(p_register_id bigint, p_last_on date,
    p_read_on date, OUT season_micro bigint, OUT year_micro bigint)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_used record;
BEGIN
    SELECT * INTO v_used FROM meter.used(p_register_id, p_last_on - 365,
        p_last_on);
    IF v_used.days >= 60 THEN
        year_micro := meter.rate(v_used.use_milli, v_used.days);
    END IF;
    IF p_read_on > p_last_on THEN
        SELECT * INTO v_used FROM meter.used(p_register_id, p_last_on - 365,
            p_read_on - 365);
        IF v_used.days > 0 AND 2 * v_used.days >= p_read_on - p_last_on THEN
            season_micro := meter.rate(v_used.use_milli, v_used.days);
        END IF;
    END IF;
END $$;
COMMENT ON FUNCTION meter.usual IS
    'What is usual: use a day in the same season a year before (null: less '
    'than half of its days are known) and in the 12 months before the last '
    'reading (null: less than 60 days are).';

CREATE OR REPLACE FUNCTION meter.before(p_register_id bigint,
    p_skip bigint[], OUT last_milli bigint, OUT last_on date,
    OUT last_source meter.source, OUT true_milli bigint, OUT true_on date)
LANGUAGE plpgsql STABLE AS $$
BEGIN
    SELECT g.value_milli, g.read_on, g.source
    INTO last_milli, last_on, last_source FROM meter.reading AS g
    WHERE g.register_id = p_register_id AND g.state = 'accepted'
        AND (p_skip IS NULL OR g.id <> ALL (p_skip))
    ORDER BY g.read_on DESC LIMIT 1;
    true_milli := last_milli;
    true_on := last_on;
    IF last_source = 'estimated' THEN
        true_milli := NULL;
        true_on := NULL;
        SELECT g.value_milli, g.read_on INTO true_milli, true_on
        FROM meter.reading AS g
        WHERE g.register_id = p_register_id AND g.state = 'accepted'
            AND g.source <> 'estimated'
            AND (p_skip IS NULL OR g.id <> ALL (p_skip))
        ORDER BY g.read_on DESC LIMIT 1;
    END IF;
END $$;
COMMENT ON FUNCTION meter.before IS
    'The last accepted index of a register, and the last one that somebody '
    'read; without the readings in p_skip.';

CREATE OR REPLACE FUNCTION meter.against_usual(p_register_id bigint,
    p_last_on date, p_read_on date, p_day_micro bigint,
    OUT outcome text, OUT usual_micro bigint)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_usual record;
    v_most bigint;
    v_least bigint;
BEGIN
    outcome := 'ok';
    SELECT * INTO v_usual
        FROM meter.usual(p_register_id, p_last_on, p_read_on);
    v_most := greatest(v_usual.season_micro, v_usual.year_micro, 33333);
    v_least := greatest(least(v_usual.season_micro, v_usual.year_micro),
        33333);
    IF v_usual.season_micro IS NULL AND v_usual.year_micro IS NULL THEN
        RETURN;
    END IF;
    usual_micro := v_most;
    IF p_day_micro > 10 * v_most THEN
        outcome := 'very_high';
    ELSIF p_day_micro > 4 * v_most THEN
        outcome := 'high';
    ELSE
        usual_micro := v_least;
        IF v_least > 33333 AND 4 * p_day_micro < v_least THEN
            outcome := 'low';
        END IF;
    END IF;
END $$;
COMMENT ON FUNCTION meter.against_usual IS
    'Part of meter.judge: ok, low (below a quarter), high (above four times) '
    'or very_high (above ten times).  What is usual in the season or in the '
    'year is; nobody is compared with less than a unit in 30 days.';

CREATE OR REPLACE FUNCTION meter.judge(p_register meter.register,
    p_value_milli bigint, p_read_on date, p_today date, p_skip bigint[],
    OUT outcome text, OUT rolled boolean, OUT use_milli bigint,
    OUT days integer, OUT day_micro bigint, OUT usual_micro bigint)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_full bigint := (10 ^ (p_register.digits + 3))::bigint;
    v_last record;
    v_base bigint;
    v_on date;
    v_below boolean := false;
BEGIN
    rolled := false;
    outcome := CASE WHEN p_value_milli < 0 OR p_value_milli >= v_full
            THEN 'too_long'
        WHEN p_value_milli % (10 ^ (3 - p_register.decimals))::bigint <> 0
            THEN 'decimals' END;
    IF outcome IS NOT NULL THEN
        RETURN;
    END IF;
    SELECT * INTO v_last FROM meter.before(p_register.id, p_skip);
    v_base := v_last.last_milli;
    v_on := v_last.last_on;
    IF p_value_milli < v_last.last_milli THEN
        rolled := v_last.last_milli > v_full / 10 * 9
            AND p_value_milli < v_full / 10;
        v_below := NOT rolled AND v_last.last_source = 'estimated'
            AND (v_last.true_milli IS NULL
                OR p_value_milli >= v_last.true_milli);
        IF v_below THEN
            v_base := coalesce(v_last.true_milli, p_value_milli);
            v_on := coalesce(v_last.true_on, v_last.last_on);
        ELSIF NOT rolled THEN
            outcome := 'lower';
            RETURN;
        END IF;
    END IF;
    outcome := CASE WHEN p_read_on <= v_last.last_on THEN 'not_later'
        WHEN p_read_on > p_today THEN 'future' END;
    IF v_last.last_on IS NULL OR outcome = 'not_later' THEN
        outcome := coalesce(outcome, 'ok');
        RETURN;
    END IF;
    use_milli := meter.real(meter.step(v_base, p_value_milli,
        p_register.digits), p_register.factor_milli);
    days := p_read_on - v_on;
    day_micro := meter.rate(use_milli, days);
    IF outcome IS NULL THEN
        outcome := CASE WHEN v_below THEN 'below_estimate'
            WHEN use_milli = 0 THEN 'zero' END;
    END IF;
    IF outcome IS NULL THEN
        SELECT u.outcome, u.usual_micro INTO outcome, usual_micro
        FROM meter.against_usual(p_register.id, v_on, p_read_on, day_micro)
            AS u;
    END IF;
END $$;
COMMENT ON FUNCTION meter.judge IS
    'What a value is to its register, the window apart: ok; too_long, '
    'decimals, lower, not_later, future (cannot be taken); below_estimate, '
    'zero, low, high, very_high (to be confirmed); with its numbers.';

SET ROLE smetka_owner;
