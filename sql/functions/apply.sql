-- The one way an attempt moves, and what it posts when money was taken.
SET ROLE smetka_money;

CREATE OR REPLACE FUNCTION pay.next_ask(p_attempt pay.attempt,
    p_now timestamptz) RETURNS timestamptz
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_first interval := ops.seconds('sweep.first_s');
    v_next timestamptz;
BEGIN
    -- 10 s, 30 s, 2 min, 10 min, 1 h after the start, then hourly
    v_next := CASE WHEN p_attempt.asked_count < 5
        THEN p_attempt.created_at + v_first
            * (ARRAY[1, 3, 12, 60, 360])[p_attempt.asked_count + 1]
        ELSE p_now + v_first * 360 END;
    v_next := greatest(v_next, p_now + v_first);
    -- once soon after the page there has ended
    IF p_attempt.expires_at > p_now THEN
        v_next := least(v_next, p_attempt.expires_at + v_first);
    END IF;
    RETURN least(v_next, greatest(p_attempt.created_at + v_first * 17280,
        p_now));
END $$;
COMMENT ON FUNCTION pay.next_ask IS
    'When to ask about an attempt next, at the latest 48 h after its start; '
    'the whole schedule scales with sweep.first_s.';

CREATE OR REPLACE FUNCTION pay.settle_tasks(p_attempt pay.attempt,
    p_amount_minor bigint, p_currency text, p_credit_minor bigint,
    p_late boolean, p_twin boolean, p_now timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pay.task_open(t.kind, p_attempt.id::text, p_attempt.id,
        format('asked %s %s, taken %s %s, credit %s', p_attempt.amount_minor,
            p_attempt.currency, p_amount_minor, p_currency, p_credit_minor),
        p_now)
    FROM (VALUES ('amount_differs', p_currency = p_attempt.currency
            AND p_amount_minor <> p_attempt.amount_minor),
        ('currency_differs', p_currency <> p_attempt.currency),
        ('duplicate', p_twin), ('late', p_late)) AS t (kind, holds)
    WHERE t.holds;
    PERFORM pay.task_close(t.kind, t.key, 'settled', p_now)
    FROM (VALUES ('unknown_result', p_attempt.id::text),
        ('missing_here', p_attempt.processor || ' '
            || p_attempt.processor_ref)) AS t (kind, key);
END $$;
COMMENT ON FUNCTION pay.settle_tasks IS
    'Part of pay.settle: what a person is to know of a settlement.';

CREATE OR REPLACE FUNCTION pay.settle(p_attempt pay.attempt,
    p_event_id bigint, p_amount_minor bigint, p_currency text,
    p_processor_ref text, p_capture_ref text, p_now timestamptz)
RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_intent pay.intent;
    v_txn bigint;
    v_done record;
    v_wanted bigint;
    v_rest bigint;
    v_twin boolean;
    v_late boolean := p_attempt.state = 'closed';
    v_day date := ops.day(p_now);
BEGIN
    SELECT * INTO v_intent FROM pay.intent AS i
        WHERE i.id = p_attempt.intent_id;
    PERFORM billing.lock_balances(v_intent.account_ids, p_currency);
    INSERT INTO billing.journal_txn (kind, posted_at, payment_id)
        VALUES ('settlement', p_now, p_attempt.id) RETURNING id INTO v_txn;
    SELECT * INTO v_done FROM billing.allocate(v_txn, p_attempt.id,
        v_intent.account_ids, p_currency, p_amount_minor, v_intent.id);
    v_rest := p_amount_minor - v_done.allocated_minor;
    INSERT INTO billing.journal_entry
        (txn_id, line_no, account, account_id, currency, amount_minor)
    SELECT v_txn, l.line_no, l.account, l.account_id, p_currency, l.amount
    FROM (VALUES (1, 'processor_clearing'::billing.journal_account,
            NULL::bigint, p_amount_minor),
        (2, 'credit', v_intent.account_id, -v_rest))
        AS l (line_no, account, account_id, amount)
    WHERE l.amount <> 0;
    UPDATE billing.balance AS b
    SET last_payment_on = v_day, credit_minor = b.credit_minor
        + CASE b.account_id WHEN v_intent.account_id THEN v_rest ELSE 0 END
    WHERE b.account_id IN (SELECT e.account_id
            FROM billing.journal_entry AS e WHERE e.txn_id = v_txn)
        AND b.currency = p_currency;
    -- invoices of this payment that another settled payment was for too
    v_wanted := least(p_amount_minor,
        v_intent.amount_minor - v_intent.surplus_minor);
    v_twin := v_done.chosen_minor < v_wanted AND EXISTS (
        SELECT FROM pay.intent_item AS i
        JOIN pay.intent_item AS o ON o.document_id = i.document_id
        JOIN pay.attempt AS a ON a.intent_id = o.intent_id
        WHERE i.intent_id = v_intent.id AND a.id <> p_attempt.id
            AND a.state = 'settled');
    v_twin := v_twin AND p_currency = p_attempt.currency;
    INSERT INTO pay.settlement (payment_id, txn_id, event_id, processor_ref,
        capture_ref, amount_minor, currency, credit_minor, amount_differs,
        currency_differs, late, duplicate, settled_at)
    VALUES (p_attempt.id, v_txn, p_event_id, p_processor_ref, p_capture_ref,
        p_amount_minor, p_currency, v_rest,
        p_amount_minor <> p_attempt.amount_minor,
        p_currency <> p_attempt.currency, v_late, v_twin, p_now);
    PERFORM pay.settle_tasks(p_attempt, p_amount_minor, p_currency, v_rest,
        v_late, v_twin, p_now);
    INSERT INTO pay.receipt (payment_id, receipt_no, issued_at)
    VALUES (p_attempt.id, 'R' || to_char(v_day, 'YYYY') || '-'
        || to_char(nextval('pay.receipt_no'), 'FM00000000'), p_now);
    PERFORM notify.queue('receipt:' || p_attempt.id, p_attempt.email,
        'receipt', p_attempt.lang,
        jsonb_build_object('payment_id', p_attempt.id), p_now);
    -- more came than was owed, and the payer had not meant that
    IF v_rest > v_intent.surplus_minor THEN
        PERFORM notify.queue('surplus:' || p_attempt.id, p_attempt.email,
            'surplus', p_attempt.lang, jsonb_build_object('payment_id',
                p_attempt.id, 'amount_minor', v_rest), p_now);
    END IF;
END $$;
COMMENT ON FUNCTION pay.settle IS
    'Part of pay.apply: posts what was really taken.  Chosen invoices first, '
    'each up to what is open now, then the oldest due, the rest is credit of '
    'the first account; receipt and mail in the same transaction.';

CREATE OR REPLACE FUNCTION pay.quarantine(p_event_id bigint,
    p_processor text, p_ref text, p_capture_ref text, p_amount_minor bigint,
    p_currency text, p_reason text, p_now timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_txn bigint;
BEGIN
    INSERT INTO billing.journal_txn (kind, posted_at)
        VALUES ('unmatched', p_now) RETURNING id INTO v_txn;
    INSERT INTO billing.journal_entry
        (txn_id, line_no, account, currency, amount_minor)
    VALUES (v_txn, 1, 'processor_clearing', p_currency, p_amount_minor),
        (v_txn, 2, 'suspense', p_currency, -p_amount_minor);
    INSERT INTO pay.unmatched (event_id, txn_id, processor, processor_ref,
        capture_ref, amount_minor, currency, reason, received_at)
    VALUES (p_event_id, v_txn, p_processor, p_ref, p_capture_ref,
        p_amount_minor, p_currency, p_reason, p_now);
    PERFORM pay.task_open('unmatched', p_processor || ' ' || p_ref, NULL,
        format('%s %s taken, %s', p_amount_minor, p_currency, p_reason),
        p_now);
EXCEPTION WHEN unique_violation THEN
    -- another message about the same money: it is there already
    RETURN;
END $$;
COMMENT ON FUNCTION pay.quarantine IS
    'Part of pay.apply: money for which there is no attempt goes to suspense '
    'and to a person, once a reference.';

CREATE OR REPLACE FUNCTION pay.find_attempt(p_processor text,
    p_payment uuid, p_order_no text, p_processor_ref text)
RETURNS pay.attempt
LANGUAGE plpgsql AS $$
DECLARE
    v_attempt pay.attempt;
BEGIN
    IF p_payment IS NOT NULL THEN
        SELECT * INTO v_attempt FROM pay.attempt AS a
            WHERE a.id = p_payment FOR UPDATE;
    END IF;
    IF v_attempt.id IS NULL AND p_order_no IS NOT NULL THEN
        SELECT * INTO v_attempt FROM pay.attempt AS a
            WHERE a.processor = p_processor AND a.order_no = p_order_no
            FOR UPDATE;
    END IF;
    IF v_attempt.id IS NULL AND p_processor_ref IS NOT NULL THEN
        SELECT * INTO v_attempt FROM pay.attempt AS a
            WHERE a.processor = p_processor
                AND a.processor_ref = p_processor_ref FOR UPDATE;
    END IF;
    RETURN v_attempt;
END $$;
COMMENT ON FUNCTION pay.find_attempt IS
    'Finds and locks the attempt of a message.';

CREATE OR REPLACE FUNCTION pay.weigh(p_attempt pay.attempt,
    p_processor text, p_processor_ref text, p_kind text, p_to text,
    p_source text, OUT outcome text, OUT reason text)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    -- an attempt was asked for before anything can be said of it
    v_from text := CASE WHEN p_attempt.state = 'created'
        AND p_to <> 'closed' THEN 'requested' ELSE p_attempt.state END;
BEGIN
    IF p_attempt.id IS NULL THEN
        reason := 'unknown_order';
    ELSIF p_attempt.processor <> p_processor THEN
        reason := 'other_processor';
    ELSIF p_kind = 'captured' AND EXISTS (SELECT FROM pay.settlement AS s
        WHERE s.payment_id = p_attempt.id
            AND s.processor_ref <> p_processor_ref)
    THEN
        reason := 'second_capture';
    END IF;
    outcome := CASE WHEN reason IS NOT NULL THEN 'unmatched'
        WHEN p_kind = 'declined' THEN 'applied'
        WHEN EXISTS (SELECT FROM pay.edge AS e
            JOIN pay.state AS f ON f.state = e.from_state
            JOIN pay.state AS t ON t.state = e.to_state
            -- only an answer given now may take an attempt back
            WHERE e.from_state = v_from AND e.to_state = p_to
                AND (t.rank > f.rank OR p_source IN ('query', 'operator')))
            THEN 'applied'
        ELSE 'ignored' END;
END $$;
COMMENT ON FUNCTION pay.weigh IS
    'Part of pay.apply: what a message may change.';

CREATE OR REPLACE FUNCTION pay.note_answer(p_attempt pay.attempt,
    p_processor_ref text, p_redirect_url text, p_expires_at timestamptz,
    p_source text, p_now timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE pay.attempt AS a
    SET processor_ref = CASE WHEN EXISTS (SELECT FROM pay.attempt AS o
                WHERE o.processor = a.processor AND o.id <> a.id
                    AND o.processor_ref = p_processor_ref)
            THEN a.processor_ref
            ELSE coalesce(p_processor_ref, a.processor_ref) END,
        redirect_url = coalesce(p_redirect_url, a.redirect_url),
        expires_at = coalesce(p_expires_at, a.expires_at),
        unreachable_since = NULL, lease_until = NULL,
        next_ask_at = CASE WHEN a.final_at IS NOT NULL OR a.needs_person
                THEN NULL
            WHEN p_source = 'query' THEN pay.next_ask(a, p_now)
            ELSE a.next_ask_at END
    WHERE a.id = p_attempt.id AND a.state <> 'settled';
END $$;
COMMENT ON FUNCTION pay.note_answer IS
    'Part of pay.apply: keeps what the processor told of the order.';

CREATE OR REPLACE FUNCTION pay.move(p_attempt pay.attempt, p_to text,
    p_reason text, p_cause text, p_now timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_final boolean := p_to IN ('settled', 'closed');
BEGIN
    IF p_attempt.state = 'created' AND p_to <> 'closed' THEN
        UPDATE pay.attempt AS a SET state = 'requested',
            last_cause = p_cause, changed_at = p_now
        WHERE a.id = p_attempt.id;
    END IF;
    UPDATE pay.attempt AS a
    SET state = p_to, reason = CASE p_to WHEN 'closed' THEN p_reason END,
        last_cause = p_cause, changed_at = p_now,
        final_at = CASE WHEN v_final THEN p_now END,
        needs_person = a.needs_person AND NOT v_final,
        next_ask_at = CASE WHEN NOT v_final THEN a.next_ask_at END,
        told_to_wait = a.told_to_wait OR p_to = 'pending'
    WHERE a.id = p_attempt.id;
    IF p_to = 'closed' THEN
        PERFORM pay.task_close('unknown_result', p_attempt.id::text,
            p_reason, p_now);
    END IF;
    IF p_to = 'closed' AND p_attempt.told_to_wait THEN
        PERFORM notify.queue('not_paid:' || p_attempt.id, p_attempt.email,
            'not_paid', p_attempt.lang,
            jsonb_build_object('payment_id', p_attempt.id), p_now);
    END IF;
END $$;
COMMENT ON FUNCTION pay.move IS
    'Part of pay.apply: moves the attempt; its trigger checks and notes it.';

CREATE OR REPLACE FUNCTION pay.apply(p_processor text, p_event_key text,
    p_payment uuid, p_order_no text, p_processor_ref text, p_kind text,
    p_amount_minor bigint, p_currency text, p_reason text,
    p_redirect_url text, p_expires_at timestamptz, p_source text,
    p_body_hash bytea, p_now timestamptz, p_capture_ref text DEFAULT NULL,
    OUT outcome text, OUT payment_id uuid, OUT state text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_attempt pay.attempt;
    v_to text := CASE p_kind WHEN 'captured' THEN 'settled'
        WHEN 'declined' THEN NULL ELSE p_kind END;
    v_weighed record;
    v_event bigint;
BEGIN
    v_attempt := pay.find_attempt(p_processor, p_payment, p_order_no,
        p_processor_ref);
    SELECT * INTO v_weighed FROM pay.weigh(v_attempt, p_processor,
        p_processor_ref, p_kind, v_to, p_source);
    payment_id := v_attempt.id;
    state := v_attempt.state;
    v_event := pay.note_event(p_processor, p_event_key, v_attempt.id,
        p_order_no, p_processor_ref, p_kind, p_amount_minor, p_currency,
        p_reason, p_source, v_weighed.outcome, p_body_hash, p_now);
    IF v_event IS NULL THEN
        outcome := 'duplicate';
        -- the same answer again is still an answer: the next is asked later
        IF p_source = 'query' AND v_attempt.final_at IS NULL THEN
            PERFORM pay.note_answer(v_attempt, p_processor_ref,
                p_redirect_url, p_expires_at, p_source, p_now);
        END IF;
        RETURN;
    END IF;
    outcome := v_weighed.outcome;
    IF outcome = 'unmatched' THEN
        IF p_kind = 'captured' THEN
            PERFORM pay.quarantine(v_event, p_processor, coalesce(
                p_processor_ref, p_order_no, p_event_key), p_capture_ref,
                p_amount_minor, p_currency, v_weighed.reason, p_now);
        END IF;
        RETURN;
    END IF;
    PERFORM pay.note_answer(v_attempt, p_processor_ref, p_redirect_url,
        p_expires_at, p_source, p_now);
    IF outcome = 'applied' AND v_to IS NOT NULL THEN
        -- an order that ended before its time was closed by somebody
        PERFORM pay.move(v_attempt, v_to, CASE WHEN p_reason = 'expired'
            AND p_now < v_attempt.expires_at - interval '30 seconds'
            THEN 'cancelled' ELSE p_reason END,
            p_source || ' ' || p_event_key, p_now);
        state := v_to;
        IF v_to = 'settled' THEN
            PERFORM pay.settle(v_attempt, v_event, p_amount_minor,
                p_currency, p_processor_ref, p_capture_ref, p_now);
        END IF;
    END IF;
END $$;
COMMENT ON FUNCTION pay.apply IS
    'The one way an attempt moves: applied, duplicate, ignored (a higher '
    'state stands), unmatched.  A message is safe to send any number '
    'of times.';

SET ROLE smetka_owner;
