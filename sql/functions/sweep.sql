-- Asking the processor until the truth is known.
SET ROLE smetka_money;

CREATE OR REPLACE FUNCTION pay.sweep_claim(p_limit integer,
    p_lease_s integer, p_now timestamptz)
RETURNS TABLE (payment_id uuid, state text, processor text,
    processor_ref text, order_no text, amount_minor bigint, currency text,
    asked_count integer, expires_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_horizon interval := ops.seconds('sweep.first_s') * 17280;
    v_wait interval := ops.seconds('sweep.first_s') * 360;
    v_due pay.attempt;
BEGIN
    FOR v_due IN
        WITH claimed AS (
        UPDATE pay.attempt AS a
        SET asked_count = a.asked_count + 1, last_ask_at = p_now,
            lease_until = p_now + make_interval(secs => p_lease_s),
            -- the schedule has ended: ask this once more, then a person
            needs_person = a.needs_person
                OR p_now >= a.created_at + v_horizon,
            next_ask_at = CASE WHEN p_now < a.created_at + v_horizon
                THEN p_now + make_interval(secs => p_lease_s) END
        FROM (SELECT d.id FROM pay.attempt AS d
            WHERE d.next_ask_at <= p_now
                AND d.state IN ('created', 'requested', 'open', 'pending')
            ORDER BY d.next_ask_at LIMIT p_limit FOR UPDATE SKIP LOCKED)
            AS due
        WHERE a.id = due.id
        RETURNING a.*
        )
        SELECT c.* FROM claimed AS c ORDER BY c.created_at, c.order_no
    LOOP
        IF p_now >= v_due.created_at + v_wait AND pay.shown(v_due.state,
            v_due.reason, v_due.changed_at, v_due.unreachable_since, p_now)
            IN ('processing', 'unknown')
        THEN
            PERFORM notify.queue('still_checking:' || v_due.id, v_due.email,
                'still_checking', v_due.lang,
                jsonb_build_object('payment_id', v_due.id), p_now);
            -- only who reads that is owed the end of it by mail
            UPDATE pay.attempt AS a SET told_to_wait = true
                WHERE a.id = v_due.id;
        END IF;
        IF v_due.needs_person THEN
            PERFORM pay.task_open('unknown_result', v_due.id::text, v_due.id,
                format('order %s of %s %s is %s', v_due.order_no,
                    v_due.amount_minor, v_due.currency, v_due.state), p_now);
        END IF;
        RETURN QUERY SELECT v_due.id, v_due.state, v_due.processor,
            v_due.processor_ref, v_due.order_no, v_due.amount_minor,
            v_due.currency, v_due.asked_count, v_due.expires_at;
    END LOOP;
END $$;
COMMENT ON FUNCTION pay.sweep_claim IS
    'Takes attempts that are due to be asked about, for the length of a '
    'lease; two callers never get the same one.  Past 48 hours one goes to '
    'the persons'' queue: it never ends silently.';

CREATE OR REPLACE FUNCTION pay.ask_failed(p_payment uuid, p_now timestamptz)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    UPDATE pay.attempt AS a
    SET unreachable_since = coalesce(a.unreachable_since, p_now),
        told_to_wait = true, lease_until = NULL,
        next_ask_at = CASE WHEN NOT a.needs_person
            THEN pay.next_ask(a, p_now) END
    WHERE a.id = p_payment AND a.final_at IS NULL;
END $$;
COMMENT ON FUNCTION pay.ask_failed IS
    'The processor could not be asked: notes since when, asks again later.';

CREATE OR REPLACE FUNCTION pay.want_ask(p_payment uuid, p_now timestamptz)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    UPDATE pay.attempt AS a
    SET next_ask_at = greatest(p_now, a.lease_until,
        a.last_ask_at + interval '2 seconds')
    WHERE a.id = p_payment AND a.final_at IS NULL
        AND (a.next_ask_at > p_now OR a.next_ask_at IS NULL);
END $$;
COMMENT ON FUNCTION pay.want_ask IS
    'Somebody waits for the answer: ask now, but not twice in two seconds.';

SET ROLE smetka_owner;
