-- Readings as they come from customers.
SET ROLE smetka_money;

CREATE OR REPLACE FUNCTION meter.find(p_accounts bigint[], p_meter uuid)
RETURNS meter.meter
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_meter meter.meter;
BEGIN
    SELECT m.* INTO v_meter FROM meter.meter AS m
    JOIN customer.supply_point AS p ON p.id = m.supply_point_id
    JOIN customer.contract AS c ON c.id = p.contract_id
    WHERE m.public_id = p_meter AND c.account_id = ANY (p_accounts);
    RETURN v_meter;
END $$;
COMMENT ON FUNCTION meter.find IS
    'A meter of the accounts by its public id; nulls if it is not theirs.';

CREATE OR REPLACE FUNCTION meter.lock_meter(p_meter_id bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM meter.register AS r WHERE r.meter_id = p_meter_id
        ORDER BY r.id FOR NO KEY UPDATE;
END $$;
COMMENT ON FUNCTION meter.lock_meter IS
    'Locks the registers of a meter: orders all that changes its readings.';

-- What stands in the window and would be replaced by a newer version.
CREATE OR REPLACE FUNCTION meter.sent_in(p_meter_id bigint, p_opens date,
    p_closes date)
RETURNS TABLE (id bigint, register_id bigint, submission_id bigint,
    source meter.source, state meter.state, billed boolean)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT g.id, g.register_id, g.submission_id, g.source, g.state, g.billed
    FROM meter.register AS r
    JOIN meter.reading AS g ON g.register_id = r.id
        AND g.read_on BETWEEN p_opens AND p_closes
        AND g.state = 'accepted' AND g.submission_id IS NOT NULL
    WHERE r.meter_id = p_meter_id
    UNION ALL
    SELECT g.id, g.register_id, g.submission_id, g.source, g.state, g.billed
    FROM meter.register AS r
    JOIN meter.reading AS g ON g.register_id = r.id
        AND g.read_on BETWEEN p_opens AND p_closes
        AND g.state <> 'accepted' AND g.submission_id IS NOT NULL
    WHERE r.meter_id = p_meter_id;
END $$;
COMMENT ON FUNCTION meter.sent_in IS
    'All versions that customers sent about a meter for days of a window.';

CREATE OR REPLACE FUNCTION meter.tell(p_submission_id bigint, p_email text,
    p_lang text, p_now timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM notify.queue('reading:' || s.public_id, p_email,
        'reading_received', p_lang, jsonb_build_object('submission_id',
            s.public_id, 'reference', s.reference), p_now)
    FROM meter.submission AS s WHERE s.id = p_submission_id;
END $$;
COMMENT ON FUNCTION meter.tell IS
    'Writes the mail reading_received about a submission.';

CREATE OR REPLACE FUNCTION meter.store(p_meter meter.meter,
    p_values bigint[], p_read_on date, p_source meter.source,
    p_state meter.state, p_replaces bigint[], p_doubts jsonb,
    p_once_key bytea, p_reference text, p_received timestamptz,
    p_now timestamptz, OUT submission_id bigint, OUT public_id uuid,
    OUT reference text)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
    UPDATE meter.reading AS g SET state = 'replaced', reason = NULL
        WHERE g.id = ANY (p_replaces);
    UPDATE ops.review AS v SET state = 'withdrawn', decided_at = p_now
        FROM meter.reading AS g
        WHERE g.id = ANY (p_replaces) AND v.kind = 'reading'
            AND v.subject_id = g.submission_id AND v.state = 'open';
    INSERT INTO meter.submission (meter_id, received_at, read_on, source,
        reference, once_key)
    VALUES (p_meter.id, p_received, p_read_on, p_source,
        coalesce(p_reference, ops.reference(nextval('meter.reference_no'))),
        p_once_key)
    RETURNING id, submission.public_id, submission.reference
        INTO submission_id, public_id, reference;
    INSERT INTO meter.reading (register_id, value_milli, received_at,
        submission_id, corrects, read_on, source, state)
    SELECT r.id, v.value_milli, p_received, submission_id,
        (SELECT max(g.id) FROM meter.reading AS g
            WHERE g.id = ANY (p_replaces) AND g.register_id = r.id),
        p_read_on, p_source, p_state
    FROM unnest(p_values) WITH ORDINALITY AS v (value_milli, place)
    JOIN (SELECT o.id, row_number() OVER (ORDER BY o.no) AS place
        FROM meter.register AS o WHERE o.meter_id = p_meter.id) AS r
        ON r.place = v.place
    ORDER BY r.place;
    IF p_state = 'in_check' THEN
        INSERT INTO ops.review (kind, subject_id, created_at, args)
        VALUES ('reading', submission_id, p_now, jsonb_build_object(
            'serial', p_meter.serial, 'reference', reference,
            'read_on', p_read_on, 'source', p_source, 'values_milli',
            to_jsonb(p_values), 'doubts', p_doubts));
    END IF;
END $$;
COMMENT ON FUNCTION meter.store IS
    'Writes a submission with a reading a register, in the order of their '
    'numbers; older versions become replaced, and what is in check goes to '
    'the reviews.  The meter is locked.';

CREATE OR REPLACE FUNCTION meter.same(p_meter_id bigint, p_once_key bytea,
    p_values bigint[], p_read_on date, OUT outcome text, OUT public_id uuid,
    OUT reference text, OUT state text)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
    SELECT CASE WHEN s.read_on = p_read_on
            AND array_agg(g.value_milli ORDER BY r.no) = p_values
            THEN 'same' ELSE 'conflict' END,
        s.public_id, s.reference, min(g.state::text)
    INTO outcome, public_id, reference, state
    FROM meter.submission AS s
    JOIN meter.reading AS g ON g.submission_id = s.id
    JOIN meter.register AS r ON r.id = g.register_id
    WHERE s.meter_id = p_meter_id AND s.once_key = p_once_key
    GROUP BY s.id;
END $$;
COMMENT ON FUNCTION meter.same IS
    'Whether a key was used before: same, conflict (with other content), or '
    'null.';

CREATE OR REPLACE FUNCTION meter.weigh(p_meter_id bigint, p_values bigint[],
    p_read_on date, p_today date, p_skip bigint[], OUT refused text,
    OUT register integer, OUT level integer, OUT check_it boolean,
    OUT doubts jsonb)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_register meter.register;
    v_said record;
    v_place integer := 0;
BEGIN
    level := 0;
    check_it := false;
    doubts := '[]';
    FOR v_register IN SELECT r.* FROM meter.register AS r
        WHERE r.meter_id = p_meter_id ORDER BY r.no
    LOOP
        v_place := v_place + 1;
        CONTINUE WHEN p_values[v_place] IS NULL;
        SELECT * INTO v_said FROM meter.judge(v_register, p_values[v_place],
            p_read_on, p_today, p_skip);
        CONTINUE WHEN v_said.outcome = 'ok';
        doubts := doubts || jsonb_strip_nulls(jsonb_build_object('register',
            v_register.no, 'word', v_said.outcome, 'use_milli',
            v_said.use_milli, 'days', v_said.days, 'day_micro',
            v_said.day_micro, 'usual_micro', v_said.usual_micro));
        register := coalesce(register, v_register.no);
        IF v_said.outcome IN ('too_long', 'decimals', 'lower', 'not_later',
            'future')
        THEN
            IF refused IS NULL THEN
                refused := v_said.outcome;
                register := v_register.no;
            END IF;
        ELSE
            level := greatest(level,
                1 + (v_said.outcome = 'very_high')::integer);
            check_it := check_it OR v_said.outcome <> 'zero';
        END IF;
    END LOOP;
END $$;
COMMENT ON FUNCTION meter.weigh IS
    'Judges a value of each register: refused and at which, how firmly the '
    'sender must stand by them (level), whether a person has to look, and '
    'all that was found.';

CREATE OR REPLACE FUNCTION meter.submit(p_accounts bigint[], p_meter uuid,
    p_values bigint[], p_read_on date, p_source text, p_confirm integer,
    p_once_key bytea, p_email text, p_lang text, p_now timestamptz,
    OUT outcome text, OUT submission_id uuid, OUT reference text,
    OUT state text, OUT register integer, OUT doubts jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_meter meter.meter := meter.find(p_accounts, p_meter);
    v_today date := ops.day(p_now);
    v_window record;
    v_said record;
    v_sent record;
    v_stored record;
BEGIN
    IF p_source NOT IN ('self_read', 'sms', 'csv', 'office')
        OR p_values IS NULL OR p_read_on IS NULL OR p_confirm IS NULL
    THEN
        RAISE EXCEPTION 'a submission lacks what it needs'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF v_meter.id IS NULL THEN
        outcome := 'unknown';
        RETURN;
    END IF;
    PERFORM meter.lock_meter(v_meter.id);
    SELECT s.outcome, s.public_id, s.reference, s.state
    INTO outcome, submission_id, reference, state
    FROM meter.same(v_meter.id, p_once_key, p_values, p_read_on) AS s;
    IF outcome IS NOT NULL THEN
        RETURN;
    END IF;
    SELECT w.*, r.keeps_outside INTO v_window FROM meter.route AS r
    JOIN meter.place AS p ON p.route_id = r.id
    CROSS JOIN LATERAL meter.window_on(r.id, v_today) AS w
    WHERE p.supply_point_id = v_meter.supply_point_id;
    SELECT array_agg(s.id) FILTER (WHERE s.state IN
            ('accepted', 'in_check') AND NOT s.billed) AS ids,
        coalesce(bool_or(s.billed), false) AS billed,
        count(DISTINCT s.submission_id) AS versions
    INTO v_sent FROM meter.sent_in(v_meter.id,
        coalesce(v_window.opens_on, p_read_on),
        coalesce(v_window.closes_on, p_read_on)) AS s;
    IF v_window.opens_on IS NULL THEN
        v_sent.ids := NULL;
    END IF;
    SELECT * INTO v_said FROM meter.weigh(v_meter.id, p_values, p_read_on,
        v_today, v_sent.ids);
    register := v_said.register;
    doubts := v_said.doubts;
    outcome := CASE
        WHEN v_meter.removed_on < p_read_on THEN 'removed'
        WHEN array_position(p_values, NULL) IS NOT NULL
            OR cardinality(p_values) <> (SELECT count(*)
                FROM meter.register AS r WHERE r.meter_id = v_meter.id)
            THEN 'registers'
        WHEN v_sent.billed AND v_window.opens_on IS NOT NULL THEN 'billed'
        WHEN v_said.refused IS NOT NULL THEN v_said.refused
        WHEN v_sent.versions >= 20 THEN 'many'
        WHEN p_source = 'office' AND v_said.level > p_confirm THEN 'confirm'
        WHEN p_source = 'office' THEN 'accepted'
        WHEN v_window.opens_on IS NULL AND v_window.keeps_outside
            THEN 'informative'
        WHEN v_window.opens_on IS NULL THEN 'closed'
        WHEN p_read_on < v_window.opens_on THEN 'early'
        WHEN v_said.level > p_confirm THEN 'confirm'
        WHEN v_said.check_it THEN 'in_check'
        ELSE 'accepted' END;
    IF outcome NOT IN ('accepted', 'in_check', 'informative') THEN
        RETURN;
    END IF;
    state := outcome;
    SELECT * INTO v_stored FROM meter.store(v_meter, p_values, p_read_on,
        p_source::meter.source, state::meter.state, v_sent.ids, doubts,
        p_once_key, NULL, p_now, p_now);
    submission_id := v_stored.public_id;
    reference := v_stored.reference;
    PERFORM meter.tell(v_stored.submission_id, p_email, p_lang, p_now);
END $$;
COMMENT ON FUNCTION meter.submit IS
    'Takes a value of each register of a meter, in the order of their '
    'numbers, once a key.  Stored: accepted, in_check, informative (the '
    'window is closed), or same (this key was used so).  Not stored: '
    'conflict (the key, with other content), unknown, removed, registers '
    '(not a value each), billed (what was sent in this window), too_long, '
    'decimals, lower, not_later, future (of register), many (versions), '
    'closed, early (before the window), confirm (p_confirm is below what '
    'doubts ask for: 1, very_high 2).  What the office sends waits for no '
    'window and for no other person.';

SET ROLE smetka_owner;
