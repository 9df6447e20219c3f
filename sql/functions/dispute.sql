-- Payments that the payer's bank contests.
SET ROLE smetka_money;

CREATE OR REPLACE FUNCTION pay.dispute_begin(p_processor text,
    p_payment uuid, p_unmatched bigint, p_ref text, p_amount_minor bigint,
    p_fee_minor bigint, p_currency text, p_now timestamptz)
RETURNS pay.dispute
LANGUAGE plpgsql AS $$
DECLARE
    v_dispute pay.dispute;
    v_txn bigint;
BEGIN
    INSERT INTO billing.journal_txn (kind, posted_at, payment_id)
        VALUES ('dispute', p_now, p_payment) RETURNING id INTO v_txn;
    INSERT INTO billing.journal_entry
        (txn_id, line_no, account, currency, amount_minor)
    SELECT v_txn, l.line_no, l.account, p_currency, l.amount
    FROM (VALUES (1, 'disputed'::billing.journal_account, p_amount_minor),
        (2, 'fees', p_fee_minor),
        (3, 'processor_clearing', -p_amount_minor - p_fee_minor))
        AS l (line_no, account, amount)
    WHERE l.amount <> 0;
    INSERT INTO pay.dispute (payment_id, unmatched_id, processor,
        processor_ref, amount_minor, fee_minor, currency, txn_id, opened_at,
        changed_at)
    VALUES (p_payment, CASE WHEN p_payment IS NULL THEN p_unmatched END,
        p_processor, p_ref, p_amount_minor, p_fee_minor, p_currency, v_txn,
        p_now, p_now)
    RETURNING * INTO v_dispute;
    PERFORM pay.task_open('dispute', p_processor || ' ' || p_ref, p_payment,
        format('%s %s contested; evidence is due at the processor',
            p_amount_minor, p_currency), p_now);
    RETURN v_dispute;
END $$;
COMMENT ON FUNCTION pay.dispute_begin IS
    'Part of pay.dispute_apply: the processor has taken the money into '
    'dispute, and its fee.';

CREATE OR REPLACE FUNCTION pay.dispute_decide(p_dispute pay.dispute,
    p_to text, p_cause text, p_now timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_txn bigint;
BEGIN
    INSERT INTO billing.journal_txn (kind, posted_at, payment_id)
        VALUES ('dispute', p_now, p_dispute.payment_id)
        RETURNING id INTO v_txn;
    INSERT INTO billing.journal_entry
        (txn_id, line_no, account, currency, amount_minor)
    SELECT v_txn, l.line_no, l.account, p_dispute.currency, l.amount
    FROM (VALUES (1, 'disputed'::billing.journal_account,
            -p_dispute.amount_minor),
        (4, 'processor_clearing', CASE p_to WHEN 'won'
            THEN p_dispute.amount_minor ELSE 0 END),
        (5, 'suspense', CASE WHEN p_to = 'lost'
                AND p_dispute.payment_id IS NULL
            THEN p_dispute.amount_minor ELSE 0 END))
        AS l (line_no, account, amount)
    WHERE l.amount <> 0;
    UPDATE pay.dispute AS d SET state = p_to, decided_txn_id = v_txn,
        last_cause = p_cause, changed_at = p_now
        WHERE d.id = p_dispute.id;
    IF p_to = 'lost' AND p_dispute.payment_id IS NOT NULL THEN
        PERFORM pay.take(v_txn, p_dispute.payment_id,
            p_dispute.amount_minor, p_now);
        PERFORM pay.task_open('charged_back', p_dispute.id::text,
            p_dispute.payment_id, format('%s %s charged back',
                p_dispute.amount_minor, p_dispute.currency), p_now);
    END IF;
    PERFORM pay.task_close('dispute', p_dispute.processor || ' '
        || p_dispute.processor_ref, p_to, p_now);
END $$;
COMMENT ON FUNCTION pay.dispute_decide IS
    'Part of pay.dispute_apply: the money is back, or gone from the customer.';

CREATE OR REPLACE FUNCTION pay.dispute_apply(p_processor text,
    p_event_key text, p_payment uuid, p_order_no text, p_processor_ref text,
    p_capture_ref text, p_dispute_ref text, p_state text,
    p_amount_minor bigint, p_fee_minor bigint, p_currency text,
    p_source text, p_body_hash bytea, p_now timestamptz,
    OUT outcome text, OUT payment_id uuid, OUT state text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_dispute pay.dispute;
    v_money record;
BEGIN
    -- one message about a dispute at a time: both could open it
    PERFORM pg_advisory_xact_lock(hashtextextended('dispute ' || p_processor
        || ' ' || p_dispute_ref, 0));
    SELECT * INTO v_dispute FROM pay.dispute AS d
        WHERE d.processor = p_processor AND d.processor_ref = p_dispute_ref;
    SELECT * INTO v_money FROM pay.find_money(p_processor,
        coalesce(v_dispute.payment_id, p_payment), p_order_no,
        p_processor_ref, CASE WHEN v_dispute.id IS NULL
            THEN p_capture_ref END, p_now);
    payment_id := coalesce(v_dispute.payment_id, v_money.payment_id);
    IF v_money.is_early AND v_dispute.id IS NULL THEN
        outcome := 'early';
        RETURN;
    END IF;
    outcome := CASE WHEN v_dispute.id IS NULL THEN
            CASE WHEN payment_id IS NULL AND v_money.unmatched_id IS NULL
                OR coalesce(p_amount_minor, 0) <= 0
            THEN 'unmatched' ELSE 'applied' END
        WHEN EXISTS (SELECT FROM pay.dispute_edge AS e
            WHERE e.from_state = v_dispute.state AND e.to_state = p_state)
        THEN 'applied' ELSE 'ignored' END;
    IF pay.note_event(p_processor, p_event_key, payment_id, p_order_no,
        p_dispute_ref, 'dispute', p_amount_minor, p_currency, p_state,
        p_source, outcome, p_body_hash, p_now) IS NULL
    THEN
        outcome := 'duplicate';
    END IF;
    IF outcome = 'unmatched' THEN
        PERFORM pay.task_open('dispute_unknown', p_processor || ' '
            || p_dispute_ref, NULL, format('dispute of %s %s, %s, of money '
                'that is not known here', p_amount_minor, p_currency,
                p_state), p_now);
    ELSIF outcome = 'applied' THEN
        IF v_dispute.id IS NULL THEN
            v_dispute := pay.dispute_begin(p_processor, payment_id,
                v_money.unmatched_id, p_dispute_ref, p_amount_minor,
                greatest(0, coalesce(p_fee_minor, 0)), p_currency, p_now);
        END IF;
        IF p_state <> 'open' THEN
            PERFORM pay.dispute_decide(v_dispute, p_state,
                p_source || ' ' || p_event_key, p_now);
        END IF;
    END IF;
    state := CASE outcome WHEN 'applied' THEN p_state
        ELSE v_dispute.state END;
END $$;
COMMENT ON FUNCTION pay.dispute_apply IS
    'The one way a dispute moves: applied, duplicate, ignored, unmatched, '
    'early (as pay.refund_apply).  One that we learn of when it is decided '
    'is opened and decided at once.';

SET ROLE smetka_owner;
