-- Money that goes back to the payer, and what it leaves owed.
SET ROLE smetka_money;

CREATE OR REPLACE FUNCTION pay.left_of(p_payment uuid,
    OUT amount_minor bigint, OUT surplus_minor bigint)
LANGUAGE plpgsql STABLE AS $$
BEGIN
    SELECT s.amount_minor - t.gone + f.back, s.credit_minor - t.credit + f.back
    INTO amount_minor, surplus_minor
    FROM pay.settlement AS s
    CROSS JOIN LATERAL (SELECT
            coalesce(sum(b.credit_minor + b.reopened_minor), 0) AS gone,
            coalesce(sum(b.credit_minor), 0) AS credit
        FROM pay.take_back AS b WHERE b.payment_id = s.payment_id) AS t
    -- a refund that failed came back as credit
    CROSS JOIN LATERAL (SELECT
            coalesce(sum(b.credit_minor + b.reopened_minor), 0) AS back
        FROM pay.refund AS r JOIN pay.take_back AS b ON b.txn_id = r.txn_id
        WHERE r.payment_id = s.payment_id
            AND r.failed_txn_id IS NOT NULL) AS f
    WHERE s.payment_id = p_payment;
END $$;
COMMENT ON FUNCTION pay.left_of IS
    'What of a settled payment has not gone back, and how much of that was '
    'surplus, credited to its first account.';

CREATE OR REPLACE FUNCTION pay.reopen(p_txn_id bigint,
    p_account_ids bigint[], p_currency text, p_payment uuid,
    p_amount_minor bigint) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    v_done bigint;
BEGIN
    -- the newest debt first: what was due first stays paid
    WITH place AS (
        SELECT a.txn_id, a.document_id, o.account_id, a.amount_minor
            - coalesce((SELECT sum(r.amount_minor) FROM pay.reopening AS r
                WHERE r.allocation_txn_id = a.txn_id
                    AND r.document_id = a.document_id), 0) AS room,
            row_number() OVER (ORDER BY o.due_on DESC, o.issued_on DESC,
                a.document_id DESC, a.txn_id DESC) AS no
        FROM billing.open_item AS o
        JOIN pay.allocation AS a ON a.document_id = o.document_id
        JOIN billing.journal_txn AS t ON t.id = a.txn_id
        WHERE o.account_id = ANY (p_account_ids) AND o.currency = p_currency
            AND CASE WHEN p_payment IS NULL THEN t.kind = 'credit_applied'
                ELSE a.payment_id = p_payment END
    ), part AS MATERIALIZED (
        SELECT p.txn_id, p.document_id, p.account_id, greatest(0, least(
            p.room, p_amount_minor - (sum(p.room) OVER (ORDER BY p.no)
            - p.room)::bigint)) AS minor
        FROM place AS p WHERE p.room > 0
    ), opened AS (
        UPDATE billing.open_item AS o SET open_minor = o.open_minor + d.minor
        FROM (SELECT p.document_id, sum(p.minor)::bigint AS minor
            FROM part AS p WHERE p.minor > 0 GROUP BY p.document_id) AS d
        WHERE o.document_id = d.document_id
    ), noted AS (
        INSERT INTO pay.reopening
            (txn_id, allocation_txn_id, document_id, amount_minor)
        SELECT p_txn_id, p.txn_id, p.document_id, p.minor
        FROM part AS p WHERE p.minor > 0
    ), posted AS (
        INSERT INTO billing.journal_entry
            (txn_id, line_no, account, account_id, currency, amount_minor)
        SELECT p_txn_id, CASE WHEN p_payment IS NULL THEN 500 ELSE 10 END
                + row_number() OVER (ORDER BY p.account_id),
            'receivable', p.account_id, p_currency, sum(p.minor)
        FROM part AS p WHERE p.minor > 0 GROUP BY p.account_id
    )
    SELECT coalesce(sum(p.minor), 0) INTO v_done FROM part AS p;
    RETURN v_done;
END $$;
COMMENT ON FUNCTION pay.reopen IS
    'Part of pay.take: undoes allocations of a payment, or, without one, uses '
    'of credit, up to a sum; returns what it found.';

CREATE OR REPLACE FUNCTION pay.take(p_txn_id bigint, p_payment uuid,
    p_amount_minor bigint, p_now timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_settled pay.settlement;
    v_accounts bigint[];
    v_left record;
    v_have bigint;
    v_credit bigint;
    v_part bigint;
    v_rest bigint;
    v_reopened bigint := 0;
    v_account bigint;
BEGIN
    SELECT * INTO v_settled FROM pay.settlement AS s
        WHERE s.payment_id = p_payment;
    SELECT i.account_ids INTO v_accounts FROM pay.attempt AS a
        JOIN pay.intent AS i ON i.id = a.intent_id WHERE a.id = p_payment;
    PERFORM billing.lock_balances(v_accounts, v_settled.currency);
    SELECT * INTO v_left FROM pay.left_of(p_payment);
    v_have := least(p_amount_minor, v_left.amount_minor);
    -- the surplus, as far as no bill has used it
    SELECT greatest(0, least(v_have, v_left.surplus_minor, b.credit_minor))
    INTO v_credit FROM billing.balance AS b
        WHERE b.account_id = v_accounts[1]
            AND b.currency = v_settled.currency;
    UPDATE billing.balance AS b SET credit_minor = b.credit_minor - v_credit
        WHERE b.account_id = v_accounts[1]
            AND b.currency = v_settled.currency;
    v_rest := v_have - v_credit;
    -- then the invoices that it paid, then those that its surplus paid
    IF v_rest > 0 THEN
        v_part := pay.reopen(p_txn_id, v_accounts, v_settled.currency,
            p_payment, v_rest);
        v_reopened := v_part;
        v_rest := v_rest - v_part;
    END IF;
    IF v_rest > 0 THEN
        v_part := pay.reopen(p_txn_id, v_accounts[1:1], v_settled.currency,
            NULL, v_rest);
        v_reopened := v_reopened + v_part;
        v_rest := v_rest - v_part;
    END IF;
    -- more than the payment had brought
    v_rest := v_rest + p_amount_minor - v_have;
    INSERT INTO billing.journal_entry
        (txn_id, line_no, account, account_id, currency, amount_minor)
    SELECT p_txn_id, l.line_no, l.account, l.account_id, v_settled.currency,
        l.amount
    FROM (VALUES (2, 'credit'::billing.journal_account, v_accounts[1],
            v_credit), (3, 'suspense', NULL, v_rest))
        AS l (line_no, account, account_id, amount)
    WHERE l.amount <> 0;
    INSERT INTO pay.take_back (txn_id, payment_id, credit_minor,
        reopened_minor, suspense_minor)
    VALUES (p_txn_id, p_payment, v_credit, v_reopened, v_rest);
    IF v_rest > 0 THEN
        PERFORM pay.task_open('refund_excess', p_txn_id::text, p_payment,
            format('%s %s more went back than was there', v_rest,
                v_settled.currency), p_now);
    END IF;
    -- credit of another source meets what is owed again
    FOREACH v_account IN ARRAY v_accounts LOOP
        PERFORM billing.apply_credit(v_account, v_settled.currency, p_now);
    END LOOP;
END $$;
COMMENT ON FUNCTION pay.take IS
    'Takes a sum back from what a payment had paid: its own surplus as far as '
    'it is still credit, then its invoices (owed again, the newest due '
    'first), then invoices that credit of its account had paid.  Posts these '
    'debits; the caller posts the other side.';

CREATE OR REPLACE FUNCTION pay.give(p_txn_id bigint, p_payment uuid,
    p_currency text, p_amount_minor bigint, p_now timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_account bigint;
    v_suspense bigint;
BEGIN
    SELECT i.account_id INTO v_account FROM pay.attempt AS a
        JOIN pay.intent AS i ON i.id = a.intent_id WHERE a.id = p_payment;
    PERFORM billing.lock_balances(ARRAY[v_account], p_currency);
    -- what had come out of suspense goes back there
    SELECT coalesce(sum(b.suspense_minor), 0) INTO v_suspense
        FROM pay.refund AS r JOIN pay.take_back AS b ON b.txn_id = r.txn_id
        WHERE r.failed_txn_id = p_txn_id;
    INSERT INTO billing.journal_entry
        (txn_id, line_no, account, account_id, currency, amount_minor)
    SELECT p_txn_id, l.line_no, l.account, l.account_id, p_currency, l.amount
    FROM (VALUES (2, 'credit'::billing.journal_account, v_account,
            v_suspense - p_amount_minor), (3, 'suspense', NULL, -v_suspense))
        AS l (line_no, account, account_id, amount)
    WHERE l.amount <> 0;
    UPDATE billing.balance AS b
        SET credit_minor = b.credit_minor + p_amount_minor - v_suspense
        WHERE b.account_id = v_account AND b.currency = p_currency;
    PERFORM billing.apply_credit(v_account, p_currency, p_now);
END $$;
COMMENT ON FUNCTION pay.give IS
    'Credits the first account of a payment with money that came back; the '
    'caller posts the other side.';

CREATE OR REPLACE FUNCTION pay.refund_ask_at(p_refund pay.refund,
    p_now timestamptz) RETURNS timestamptz
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN p_now + ops.seconds('sweep.first_s')
        * least(360, power(3, least(p_refund.asked_count, 6)));
END $$;
COMMENT ON FUNCTION pay.refund_ask_at IS
    'When to ask about a refund next: 10 s, 30 s, ... then hourly; scales '
    'with sweep.first_s.';

CREATE OR REPLACE FUNCTION pay.refundable(p_payment uuid) RETURNS bigint
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN coalesce((SELECT l.amount_minor
        - coalesce((SELECT sum(r.amount_minor) FROM pay.refund AS r
            WHERE r.payment_id = p_payment AND r.state = 'requested'), 0)
        - coalesce((SELECT sum(d.amount_minor) FROM pay.dispute AS d
            WHERE d.payment_id = p_payment AND d.state = 'open'), 0)
        FROM pay.left_of(p_payment) AS l), 0);
END $$;
COMMENT ON FUNCTION pay.refundable IS
    'What of a payment can still be given back: what is left of it, without '
    'what is on its way or contested.';

CREATE OR REPLACE FUNCTION pay.surplus(p_payment uuid) RETURNS bigint
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN greatest(0, coalesce((SELECT least(least(l.surplus_minor,
            b.credit_minor) - coalesce((SELECT sum(r.amount_minor)
                FROM pay.refund AS r WHERE r.payment_id = p_payment
                    AND r.state = 'requested'), 0),
            pay.refundable(p_payment))
        FROM pay.attempt AS a
        JOIN pay.intent AS i ON i.id = a.intent_id
        JOIN pay.settlement AS s ON s.payment_id = a.id
        JOIN billing.balance AS b ON b.account_id = i.account_id
            AND b.currency = s.currency
        CROSS JOIN pay.left_of(a.id) AS l
        WHERE a.id = p_payment), 0));
END $$;
COMMENT ON FUNCTION pay.surplus IS
    'What a payment brought beyond the bills, no bill has used and is not on '
    'its way back: what its payer may have back without asking anybody.';

CREATE OR REPLACE FUNCTION pay.refund_request(p_payment uuid,
    p_amount_minor bigint, p_origin text, p_note text, p_now timestamptz,
    OUT outcome text, OUT refund_id uuid, OUT amount_minor bigint,
    OUT currency text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_attempt pay.attempt;
    v_most bigint;
BEGIN
    SELECT * INTO v_attempt FROM pay.attempt AS a
        WHERE a.id = p_payment FOR UPDATE;
    SELECT s.currency INTO currency FROM pay.settlement AS s
        WHERE s.payment_id = p_payment;
    IF currency IS NULL THEN
        outcome := 'not_settled';
        RETURN;
    END IF;
    PERFORM billing.lock_balances((SELECT i.account_ids FROM pay.intent AS i
        WHERE i.id = v_attempt.intent_id), currency);
    SELECT r.id, r.amount_minor INTO refund_id, amount_minor
        FROM pay.refund AS r WHERE r.payment_id = p_payment
            AND r.state = 'requested' AND r.origin <> 'processor';
    IF FOUND THEN
        outcome := 'same';
        RETURN;
    END IF;
    v_most := CASE p_origin WHEN 'payer' THEN pay.surplus(p_payment)
        ELSE pay.refundable(p_payment) END;
    amount_minor := coalesce(p_amount_minor, v_most);
    IF v_most <= 0 THEN
        outcome := 'nothing';
        RETURN;
    ELSIF amount_minor < 1 OR amount_minor > v_most THEN
        outcome := 'range';
        amount_minor := v_most;
        RETURN;
    END IF;
    INSERT INTO pay.refund (payment_id, processor, amount_minor, currency,
        origin, note, created_at, changed_at, next_ask_at)
    VALUES (p_payment, v_attempt.processor, amount_minor, currency, p_origin,
        p_note, p_now, p_now, p_now)
    RETURNING id INTO refund_id;
    outcome := 'created';
END $$;
COMMENT ON FUNCTION pay.refund_request IS
    'Asks for money to go back to where it came from: created, same (one is '
    'on its way already), nothing, range (amount_minor is the most), '
    'not_settled.  A payer gets surplus back, an operator any part; without '
    'an amount, all of that.';

CREATE OR REPLACE FUNCTION pay.payer_refund(p_payment uuid,
    p_browser_hash bytea, p_by_link boolean, p_now timestamptz)
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM pay.attempt AS a WHERE a.id = p_payment
        AND (p_by_link OR a.browser_hash = p_browser_hash))
    THEN
        RETURN 'gone';
    END IF;
    RETURN (SELECT r.outcome FROM pay.refund_request(p_payment, NULL,
        'payer', NULL, p_now) AS r);
END $$;
COMMENT ON FUNCTION pay.payer_refund IS
    'A payer wants the surplus back: who started the payment or holds its '
    'mailed link.  Outcomes as pay.refund_request, and gone.';

CREATE OR REPLACE FUNCTION pay.refund_claim(p_limit integer,
    p_lease_s integer, p_now timestamptz)
RETURNS TABLE (refund_id uuid, payment_id uuid, state text, asked integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_due pay.refund;
    v_first interval := ops.seconds('sweep.first_s');
BEGIN
    FOR v_due IN
        WITH claimed AS (
        UPDATE pay.refund AS r
        SET asked_count = r.asked_count + 1,
            first_asked_at = coalesce(r.first_asked_at, p_now),
            next_ask_at = p_now + make_interval(secs => p_lease_s)
        FROM (SELECT d.id FROM pay.refund AS d
            WHERE d.next_ask_at <= p_now
            ORDER BY d.next_ask_at LIMIT p_limit FOR UPDATE SKIP LOCKED)
            AS due
        WHERE r.id = due.id
        RETURNING r.*
        )
        SELECT c.* FROM claimed AS c ORDER BY c.created_at, c.id
    LOOP
        -- past 48 hours unasked, or 30 days undecided: ask once more, and a
        -- person knows
        IF p_now >= v_due.created_at + v_first
            * (CASE v_due.state WHEN 'requested' THEN 17280 ELSE 259200 END)
        THEN
            UPDATE pay.refund AS r SET needs_person = true, next_ask_at = NULL
                WHERE r.id = v_due.id;
            PERFORM pay.task_open('refund_silent', v_due.id::text,
                v_due.payment_id, format('refund of %s %s is %s',
                    v_due.amount_minor, v_due.currency, v_due.state), p_now);
        END IF;
        RETURN QUERY SELECT v_due.id, v_due.payment_id, v_due.state,
            v_due.asked_count;
    END LOOP;
END $$;
COMMENT ON FUNCTION pay.refund_claim IS
    'Takes refunds that are due to be asked for or about, for the length of '
    'a lease; two callers never get the same one.';

CREATE OR REPLACE FUNCTION pay.refund_asked(p_refund uuid)
RETURNS TABLE (payment_id uuid, state text, refund_ref text,
    refund_minor bigint, currency text, asked_at timestamptz,
    others integer, others_minor bigint, order_no text, processor text, processor_ref text,
    capture_ref text, settled_minor bigint, lang text,
    started_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT r.payment_id, r.state, r.processor_ref, r.amount_minor, r.currency,
        coalesce(r.first_asked_at, r.created_at),
        o.no, o.minor,
        a.order_no, r.processor,
        coalesce(a.processor_ref, s.processor_ref), s.capture_ref,
        s.amount_minor, a.lang, a.created_at
    FROM pay.refund AS r
    JOIN pay.settlement AS s ON s.payment_id = r.payment_id
    JOIN pay.attempt AS a ON a.id = r.payment_id
    CROSS JOIN LATERAL (SELECT count(*)::integer AS no,
            coalesce(sum(f.amount_minor) FILTER (
                WHERE f.state <> 'failed'), 0)::bigint AS minor
        FROM pay.refund AS f WHERE f.payment_id = r.payment_id
            AND f.id <> r.id AND f.state <> 'requested') AS o
    WHERE r.id = p_refund;
END $$;
COMMENT ON FUNCTION pay.refund_asked IS
    'All that a request for a refund is a pure function of.';

CREATE OR REPLACE FUNCTION pay.refund_ask_failed(p_refund uuid,
    p_now timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    UPDATE pay.refund AS r SET next_ask_at = pay.refund_ask_at(r, p_now)
        WHERE r.id = p_refund AND r.state IN ('requested', 'accepted')
            AND NOT r.needs_person;
END $$;
COMMENT ON FUNCTION pay.refund_ask_failed IS
    'The processor could not be asked: again later.';

CREATE OR REPLACE FUNCTION pay.find_money(p_processor text,
    p_payment uuid, p_order_no text, p_processor_ref text,
    p_capture_ref text, p_now timestamptz, OUT payment_id uuid,
    OUT unmatched_id bigint, OUT is_early boolean)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    v_attempt pay.attempt;
    v_capture text;
BEGIN
    is_early := false;
    SELECT s.payment_id INTO payment_id FROM pay.settlement AS s
        JOIN pay.attempt AS a ON a.id = s.payment_id
        WHERE s.capture_ref = p_capture_ref AND a.processor = p_processor;
    IF payment_id IS NULL THEN
        SELECT u.id INTO unmatched_id FROM pay.unmatched AS u
            WHERE u.processor = p_processor
                AND u.capture_ref = p_capture_ref;
    END IF;
    IF unmatched_id IS NULL THEN
        v_attempt := pay.find_attempt(p_processor,
            coalesce(payment_id, p_payment), p_order_no, p_processor_ref);
        IF v_attempt.processor <> p_processor THEN
            v_attempt := NULL;
        END IF;
    END IF;
    IF payment_id IS NULL AND v_attempt.state = 'settled' THEN
        SELECT s.capture_ref INTO v_capture FROM pay.settlement AS s
            WHERE s.payment_id = v_attempt.id;
        -- of another capture of the same order it says nothing
        IF v_capture = p_capture_ref OR v_capture IS NULL
            OR p_capture_ref IS NULL
        THEN
            payment_id := v_attempt.id;
        END IF;
    ELSIF payment_id IS NULL AND v_attempt.id IS NOT NULL THEN
        -- that money was taken has not reached us yet: ask at once
        is_early := true;
        PERFORM pay.want_ask(v_attempt.id, p_now);
    ELSIF payment_id IS NULL AND unmatched_id IS NULL THEN
        SELECT u.id INTO unmatched_id FROM pay.unmatched AS u
            WHERE u.processor = p_processor
                AND u.processor_ref = p_processor_ref;
    END IF;
END $$;
COMMENT ON FUNCTION pay.find_money IS
    'Finds the money that a message about a refund or dispute is of, and '
    'locks its attempt.  is_early: the order is ours and not known to be '
    'paid, so the message has to come again.';

CREATE OR REPLACE FUNCTION pay.note_event(p_processor text,
    p_event_key text, p_payment uuid, p_order_no text, p_processor_ref text,
    p_kind text, p_amount_minor bigint, p_currency text, p_reason text,
    p_source text, p_outcome text, p_body_hash bytea, p_now timestamptz)
RETURNS bigint
LANGUAGE sql AS $$
    INSERT INTO pay.processor_event (processor, event_key, payment_id,
        order_no, processor_ref, kind, amount_minor, currency, reason,
        source, outcome, body_hash, received_at, applied_at)
    VALUES (p_processor, p_event_key, p_payment, p_order_no,
        p_processor_ref, p_kind, p_amount_minor, p_currency, p_reason,
        p_source, p_outcome, p_body_hash, p_now,
        CASE WHEN p_outcome <> 'unmatched' THEN p_now END)
    ON CONFLICT (processor, event_key) DO NOTHING
    RETURNING id
$$;
COMMENT ON FUNCTION pay.note_event IS
    'Keeps a message of the processor, once its key; null if it came before.';

CREATE OR REPLACE FUNCTION pay.refund_post(p_refund pay.refund, p_to text,
    p_reason text, p_ref text, p_cause text, p_now timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_txn bigint;
    v_failed boolean := p_to = 'failed';
    v_email text;
    v_lang text;
BEGIN
    IF NOT v_failed AND p_refund.txn_id IS NULL
        OR v_failed AND p_refund.txn_id IS NOT NULL
    THEN
        INSERT INTO billing.journal_txn (kind, posted_at, payment_id)
        VALUES (CASE WHEN v_failed THEN 'refund_failed' ELSE 'refund' END,
            p_now, p_refund.payment_id) RETURNING id INTO v_txn;
        INSERT INTO billing.journal_entry
            (txn_id, line_no, account, currency, amount_minor)
        VALUES (v_txn, 1, 'processor_clearing', p_refund.currency,
            CASE WHEN v_failed THEN 1 ELSE -1 END * p_refund.amount_minor);
    END IF;
    UPDATE pay.refund AS r
    SET state = p_to, reason = CASE WHEN v_failed THEN p_reason END,
        processor_ref = coalesce(r.processor_ref, p_ref),
        last_cause = p_cause, changed_at = p_now,
        needs_person = false, asked_count = 0,
        txn_id = CASE WHEN v_failed THEN r.txn_id
            ELSE coalesce(r.txn_id, v_txn) END,
        failed_txn_id = CASE WHEN v_failed THEN v_txn END,
        -- of unmatched money there is no order to ask about
        next_ask_at = CASE WHEN p_to = 'accepted'
                AND p_refund.payment_id IS NOT NULL
            THEN p_now + ops.seconds('sweep.first_s') * 360 END
    WHERE r.id = p_refund.id;
    IF v_txn IS NOT NULL AND p_refund.payment_id IS NULL THEN
        INSERT INTO billing.journal_entry
            (txn_id, line_no, account, currency, amount_minor)
        VALUES (v_txn, 2, 'suspense', p_refund.currency,
            CASE WHEN v_failed THEN -1 ELSE 1 END * p_refund.amount_minor);
    ELSIF v_txn IS NOT NULL AND v_failed THEN
        PERFORM pay.give(v_txn, p_refund.payment_id, p_refund.currency,
            p_refund.amount_minor, p_now);
    ELSIF v_txn IS NOT NULL THEN
        PERFORM pay.take(v_txn, p_refund.payment_id, p_refund.amount_minor,
            p_now);
    END IF;
    PERFORM pay.task_close('refund_silent', p_refund.id::text, p_to, p_now);
    IF v_failed THEN
        PERFORM pay.task_open('refund_failed', p_refund.id::text,
            p_refund.payment_id, format('refund of %s %s failed: %s',
                p_refund.amount_minor, p_refund.currency, p_reason), p_now);
    END IF;
    SELECT a.email, a.lang INTO v_email, v_lang FROM pay.attempt AS a
        WHERE a.id = p_refund.payment_id;
    -- one mail when it is on its way, one if it did not come to be
    PERFORM notify.queue(CASE WHEN v_failed THEN 'refund_failed:'
            ELSE 'refunded:' END || p_refund.id, v_email,
        CASE WHEN v_failed THEN 'refund_failed' ELSE 'refunded' END, v_lang,
        jsonb_build_object('payment_id', p_refund.payment_id,
            'amount_minor', p_refund.amount_minor), p_now);
END $$;
COMMENT ON FUNCTION pay.refund_post IS
    'Part of pay.refund_apply: moves the refund, posts it when the processor '
    'accepts it and posts it back if it fails after that.';

CREATE OR REPLACE FUNCTION pay.refund_apply(p_processor text,
    p_event_key text, p_refund uuid, p_payment uuid, p_order_no text,
    p_processor_ref text, p_capture_ref text, p_refund_ref text,
    p_state text, p_amount_minor bigint, p_currency text, p_reason text,
    p_source text, p_body_hash bytea, p_now timestamptz,
    OUT outcome text, OUT payment_id uuid, OUT state text,
    OUT refund_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_refund pay.refund;
    v_money record;
    v_differs boolean;
BEGIN
    -- one message about a refund at a time: both could make it
    PERFORM pg_advisory_xact_lock(hashtextextended('refund ' || p_processor
        || ' ' || coalesce(p_refund_ref, p_refund::text, p_order_no, ''), 0));
    SELECT * INTO v_refund FROM pay.refund AS r
        WHERE r.processor = p_processor
            AND (r.id = p_refund OR r.processor_ref = p_refund_ref)
        ORDER BY (r.id = p_refund) DESC NULLS LAST LIMIT 1;
    -- the attempt's row is locked before the refund's, as everywhere
    SELECT * INTO v_money FROM pay.find_money(p_processor,
        coalesce(v_refund.payment_id, p_payment), p_order_no,
        p_processor_ref, CASE WHEN v_refund.id IS NULL THEN p_capture_ref END,
        p_now);
    payment_id := coalesce(v_refund.payment_id, v_money.payment_id);
    -- one without a name is told by its sum: it is one that was made before,
    -- else ours that is asked for
    IF p_refund IS NULL AND p_refund_ref IS NULL THEN
        SELECT * INTO v_refund FROM pay.refund AS r
            WHERE (r.payment_id = v_money.payment_id
                    OR r.unmatched_id = v_money.unmatched_id)
                AND r.amount_minor = p_amount_minor
                AND r.currency = p_currency AND r.state <> 'failed'
            ORDER BY r.state = 'requested', r.created_at LIMIT 1;
    END IF;
    IF v_money.is_early AND v_refund.id IS NULL THEN
        outcome := 'early';
        RETURN;
    END IF;
    IF v_refund.id IS NOT NULL THEN
        SELECT * INTO v_refund FROM pay.refund AS r
            WHERE r.id = v_refund.id FOR UPDATE;
    ELSIF payment_id IS NULL AND v_money.unmatched_id IS NULL
        OR p_amount_minor IS NULL OR p_amount_minor <= 0
    THEN
        outcome := 'unmatched';
        IF pay.note_event(p_processor, p_event_key, payment_id, p_order_no,
            p_refund_ref, 'refund', p_amount_minor, p_currency, p_state,
            p_source, outcome, p_body_hash, p_now) IS NULL
        THEN
            outcome := 'duplicate';
        ELSE
            PERFORM pay.task_open('refund_unknown', p_processor || ' '
                || coalesce(p_refund_ref, p_event_key), payment_id,
                format('refund of %s %s, %s, of money that is not known here',
                    p_amount_minor, p_currency, p_state), p_now);
        END IF;
        RETURN;
    END IF;
    outcome := CASE WHEN v_refund.id IS NULL THEN 'applied'
        WHEN EXISTS (SELECT FROM pay.refund_edge AS e
            WHERE e.from_state = v_refund.state AND e.to_state = p_state)
        THEN 'applied' ELSE 'ignored' END;
    IF pay.note_event(p_processor, p_event_key, payment_id, p_order_no,
        p_refund_ref, 'refund', p_amount_minor, p_currency, p_state,
        p_source, outcome, p_body_hash, p_now) IS NULL
    THEN
        outcome := 'duplicate';
    END IF;
    IF v_refund.id IS NULL AND outcome = 'applied' THEN
        INSERT INTO pay.refund (payment_id, unmatched_id, processor,
            processor_ref, amount_minor, currency, origin, created_at,
            changed_at)
        VALUES (payment_id, CASE WHEN payment_id IS NULL
                THEN v_money.unmatched_id END, p_processor, p_refund_ref,
            p_amount_minor, p_currency, 'processor', p_now, p_now)
        RETURNING * INTO v_refund;
    END IF;
    refund_id := v_refund.id;
    state := v_refund.state;
    IF outcome <> 'applied' THEN
        -- a person had said that it failed, and it went back all the same
        IF v_refund.state = 'failed' AND v_refund.txn_id IS NULL
            AND v_refund.last_cause LIKE 'operator%'
            AND p_source <> 'operator' AND p_state IN ('accepted', 'succeeded')
        THEN
            PERFORM pay.task_open('refund_differs', v_refund.id::text,
                payment_id, format('resolved as failed, and %s %s went back',
                    p_amount_minor, p_currency), p_now);
        END IF;
        UPDATE pay.refund AS r
        SET next_ask_at = pay.refund_ask_at(r, p_now),
            processor_ref = coalesce(r.processor_ref, p_refund_ref)
        WHERE r.id = v_refund.id AND p_source = 'query'
            AND r.state IN ('requested', 'accepted') AND NOT r.needs_person;
        RETURN;
    END IF;
    v_differs := p_amount_minor <> v_refund.amount_minor
        OR p_currency <> v_refund.currency;
    IF v_differs THEN
        -- what really goes back counts, while nothing is posted
        IF v_refund.state = 'requested' AND p_amount_minor > 0
            AND p_currency = v_refund.currency AND p_state <> 'failed'
        THEN
            UPDATE pay.refund AS r SET amount_minor = p_amount_minor
                WHERE r.id = v_refund.id RETURNING * INTO v_refund;
        END IF;
        PERFORM pay.task_open('refund_differs', v_refund.id::text,
            payment_id, format('the processor says %s %s', p_amount_minor,
                p_currency), p_now);
    END IF;
    PERFORM pay.refund_post(v_refund, p_state, p_reason, p_refund_ref,
        p_source || ' ' || p_event_key, p_now);
    state := p_state;
END $$;
COMMENT ON FUNCTION pay.refund_apply IS
    'The one way a refund moves, ours or one made at the processor: applied, '
    'duplicate, ignored, unmatched, early (the payment is not settled here '
    'yet: nothing is kept and the message has to come again).';

SET ROLE smetka_owner;
