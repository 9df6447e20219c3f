-- Readings of guests: written first, looked at afterwards.  Whether a client
-- code and a meter exist, and what becomes of the value, is told to nobody:
-- the answer and the work are the same.
SET ROLE smetka_money;

CREATE OR REPLACE FUNCTION meter.guest_submit(p_client_hash bytea,
    p_serial text, p_values bigint[], p_read_on date, p_address_hash bytea,
    p_browser_hash bytea, p_once_key bytea, p_limits jsonb,
    p_now timestamptz, OUT outcome text, OUT reference text,
    OUT retry_after_s integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_gate record;
    v_key text := left(upper(regexp_replace(p_serial, '[^0-9A-Za-z]', '',
        'g')), 40);
BEGIN
    retry_after_s := 0;
    SELECT i.reference, CASE WHEN row(i.client_hash, i.serial_key,
            i.values_milli, i.read_on) = row(p_client_hash, v_key, p_values,
            p_read_on) THEN 'same' ELSE 'conflict' END
    INTO reference, outcome
    FROM meter.inbox AS i WHERE i.once_key = p_once_key;
    IF outcome IS NOT NULL THEN
        RETURN;
    END IF;
    IF v_key = '' OR p_read_on > ops.day(p_now) THEN
        outcome := CASE WHEN v_key = '' THEN 'serial' ELSE 'future' END;
        RETURN;
    END IF;
    SELECT * INTO v_gate
        FROM pay.gate(p_address_hash, p_client_hash, p_limits, p_now);
    IF v_gate.verdict = 'throttled' THEN
        outcome := 'throttled';
        retry_after_s := v_gate.retry_after_s;
    ELSE
        INSERT INTO meter.inbox (received_at, read_on, serial_key, reference,
            client_hash, once_key, values_milli)
        VALUES (p_now, p_read_on, v_key,
            ops.reference(nextval('meter.reference_no')), p_client_hash,
            p_once_key, p_values)
        ON CONFLICT (once_key) DO NOTHING
        RETURNING inbox.reference INTO reference;
        outcome := CASE WHEN reference IS NULL THEN 'busy'
            ELSE 'received' END;
    END IF;
    PERFORM pay.note_lookup('reading', outcome, p_address_hash,
        p_client_hash, p_browser_hash, p_now);
END $$;
COMMENT ON FUNCTION meter.guest_submit IS
    'Takes a reading by client code and serial number, write-only: received '
    'or same (with the reference), conflict (the key, with other content), '
    'busy (its twin is under way: ask again), serial (no letter or digit), '
    'future, throttled.  None of them depends on what exists.';

CREATE OR REPLACE FUNCTION meter.guest_meter(p_client_hash bytea,
    p_serial_key text) RETURNS meter.meter
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_meter meter.meter;
BEGIN
    SELECT m.* INTO v_meter FROM customer.account AS a
    JOIN customer.contract AS c ON c.account_id = a.id
    JOIN customer.supply_point AS p ON p.contract_id = c.id
    JOIN meter.meter AS m ON m.supply_point_id = p.id
    WHERE a.client_code_hash = p_client_hash
        AND m.serial_key = p_serial_key AND m.removed_on IS NULL
    ORDER BY m.id LIMIT 1;
    RETURN v_meter;
END $$;
COMMENT ON FUNCTION meter.guest_meter IS
    'The meter of a client by its serial number; nulls if there is none.';

CREATE OR REPLACE FUNCTION meter.guest_store(p_inbox meter.inbox,
    p_meter meter.meter, p_now timestamptz) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    v_today date := ops.day(p_inbox.received_at);
    v_window record;
    v_sent record;
    v_said record;
    v_state meter.state;
    v_doubts jsonb;
BEGIN
    PERFORM meter.lock_meter(p_meter.id);
    SELECT w.* INTO v_window FROM meter.place AS p
    CROSS JOIN LATERAL meter.window_on(p.route_id, v_today) AS w
    WHERE p.supply_point_id = p_meter.supply_point_id;
    SELECT array_agg(s.id) FILTER (WHERE s.source = 'guest'
            AND s.state IN ('accepted', 'in_check') AND NOT s.billed) AS ids,
        coalesce(bool_or(s.source <> 'guest' AND s.state IN
            ('accepted', 'in_check') OR s.billed), false) AS given,
        count(DISTINCT s.submission_id) AS versions
    INTO v_sent FROM meter.sent_in(p_meter.id,
        coalesce(v_window.opens_on, v_today),
        coalesce(v_window.closes_on, v_today)) AS s;
    IF v_sent.versions >= 20 THEN
        RETURN 'refused';
    END IF;
    SELECT * INTO v_said FROM meter.weigh(p_meter.id, p_inbox.values_milli,
        p_inbox.read_on, v_today, v_sent.ids);
    v_doubts := v_said.doubts;
    IF cardinality(p_inbox.values_milli) <> (SELECT count(*)
        FROM meter.register AS r WHERE r.meter_id = p_meter.id)
    THEN
        v_doubts := v_doubts || '[{"word": "registers"}]'::jsonb;
    END IF;
    IF v_sent.given THEN
        v_doubts := v_doubts || '[{"word": "given"}]'::jsonb;
    END IF;
    v_state := CASE WHEN v_window.opens_on IS NULL
            OR p_inbox.read_on < v_window.opens_on THEN 'informative'
        WHEN v_doubts <> '[]' THEN 'in_check' ELSE 'accepted' END;
    PERFORM meter.store(p_meter, p_inbox.values_milli, p_inbox.read_on,
        'guest', v_state, v_sent.ids, v_doubts, p_inbox.once_key,
        p_inbox.reference, p_inbox.received_at, p_now);
    RETURN 'stored';
END $$;
COMMENT ON FUNCTION meter.guest_store IS
    'Part of meter.inbox_take: whatever is odd about a guest''s value a '
    'person looks at; it replaces no other than a guest''s; outside of the '
    'window it is kept for information.';

CREATE OR REPLACE FUNCTION meter.inbox_take(p_limit integer,
    p_now timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_inbox meter.inbox;
    v_meter meter.meter;
    v_outcome text;
    v_count integer := 0;
BEGIN
    FOR v_inbox IN SELECT i.* FROM meter.inbox AS i
        WHERE i.taken_at IS NULL ORDER BY i.id LIMIT p_limit
        FOR UPDATE SKIP LOCKED
    LOOP
        v_meter := meter.guest_meter(v_inbox.client_hash, v_inbox.serial_key);
        PERFORM pay.count_miss(v_inbox.client_hash, v_inbox.once_key,
            v_meter.id IS NULL, p_now);
        BEGIN
            v_outcome := CASE WHEN v_meter.id IS NULL THEN 'miss'
                ELSE meter.guest_store(v_inbox, v_meter, p_now) END;
        EXCEPTION WHEN integrity_constraint_violation OR data_exception THEN
            v_outcome := 'refused';
        END;
        UPDATE meter.inbox AS i SET taken_at = p_now, outcome = v_outcome
            WHERE i.id = v_inbox.id;
        v_count := v_count + 1;
    END LOOP;
    DELETE FROM meter.inbox AS i USING (
        SELECT d.id FROM meter.inbox AS d
        WHERE d.taken_at < p_now - interval '30 days'
        ORDER BY d.taken_at LIMIT p_limit FOR UPDATE SKIP LOCKED) AS old
    WHERE i.id = old.id;
    RETURN v_count;
END $$;
COMMENT ON FUNCTION meter.inbox_take IS
    'Looks at what guests sent, the oldest first, and says at how many; '
    'forgets what was looked at 30 days ago.  Two callers never take the '
    'same one.';

SET ROLE smetka_owner;
