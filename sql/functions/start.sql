-- The start of a payment, and what the processor is asked.
SET ROLE smetka_money;

CREATE OR REPLACE FUNCTION pay.selection(p_account_ids bigint[],
    p_documents bigint[], p_currency text, p_choice text, p_amount_minor bigint,
    OUT documents bigint[], OUT amounts bigint[], OUT sum_minor bigint)
LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF p_choice = 'other' THEN
        SELECT array_agg(s.document_id), array_agg(s.amount_minor),
            sum(s.amount_minor)
        INTO documents, amounts, sum_minor
        FROM billing.split(p_account_ids, p_currency, p_amount_minor, NULL,
            p_documents) AS s;
    ELSE
        SELECT array_agg(i.document_id), array_agg(i.open_minor),
            sum(i.open_minor)
        INTO documents, amounts, sum_minor
        FROM (SELECT o.document_id, o.open_minor, row_number() OVER (
                PARTITION BY o.account_id
                ORDER BY o.issued_on DESC, o.document_id DESC) AS place
            FROM billing.open_item AS o
            WHERE o.account_id = ANY (p_account_ids)
                AND o.currency = p_currency AND o.open_minor > 0
                AND (p_documents IS NULL
                    OR o.document_id = ANY (p_documents))) AS i
        WHERE p_choice = 'total' OR (i.place = 1 AND p_documents IS NULL);
    END IF;
    sum_minor := coalesce(sum_minor, 0);
END $$;
COMMENT ON FUNCTION pay.selection IS
    'What a choice means now, by invoices: total = all that is open; current '
    '= of each account the invoice issued last that is open; other = a sum, '
    'oldest due first.  With documents: all of these; no current one; a sum '
    'pays these first.';

CREATE OR REPLACE FUNCTION pay.freeze(p_handle pay.guest_handle,
    p_account_ids bigint[], p_documents bigint[], p_amounts bigint[],
    p_sum_minor bigint, p_amount_minor bigint, p_currency text,
    p_choice text, p_once_key bytea, p_processor text, p_lang text,
    p_retry_of uuid, p_now timestamptz) RETURNS uuid
LANGUAGE plpgsql AS $$
DECLARE
    v_intent bigint;
    v_payment uuid;
BEGIN
    INSERT INTO pay.intent (account_id, account_ids, amount_minor,
        surplus_minor, choice, currency, created_at, selected)
    VALUES (p_account_ids[1], p_account_ids, p_amount_minor,
        p_amount_minor - p_sum_minor, p_choice, p_currency, p_now,
        p_handle.login_id IS NOT NULL)
    RETURNING id INTO v_intent;
    INSERT INTO pay.intent_item (intent_id, document_id, amount_minor)
        SELECT v_intent, d, a FROM unnest(p_documents, p_amounts) AS u (d, a);
    INSERT INTO pay.attempt (intent_id, handle_hash, browser_hash, once_key,
        retry_of, processor, amount_minor, currency, email, lang, created_at,
        changed_at, expires_at, next_ask_at)
    VALUES (v_intent, p_handle.handle_hash, p_handle.browser_hash,
        p_once_key, (SELECT a.id FROM pay.attempt AS a
            WHERE a.id = p_retry_of
                AND a.browser_hash = p_handle.browser_hash),
        p_processor, p_amount_minor, p_currency, p_handle.email, p_lang,
        p_now, p_now, p_now + ops.seconds('order.life_s'),
        p_now + ops.seconds('sweep.first_s'))
    RETURNING id INTO v_payment;
    INSERT INTO pay.in_flight (account_id, payment_id)
        SELECT DISTINCT a, v_payment FROM unnest(p_account_ids) AS u (a);
    RETURN v_payment;
END $$;
COMMENT ON FUNCTION pay.freeze IS
    'Part of pay.start: writes the intent, its split and the attempt.';

CREATE OR REPLACE FUNCTION pay.start(p_handle_hash bytea,
    p_browser_hash bytea, p_once_key bytea, p_currency text, p_choice text,
    p_amount_minor bigint, p_shown_minor bigint, p_min_minor bigint,
    p_max_minor bigint, p_processor text, p_lang text, p_retry_of uuid,
    p_now timestamptz, OUT outcome text, OUT payment_id uuid,
    OUT state text, OUT amount_minor bigint, OUT currency text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_handle pay.guest_handle;
    v_accounts bigint[];
    v_documents bigint[];
    v_open record;
    v_pick record;
BEGIN
    currency := p_currency;
    -- the locks make a double click wait for its twin, in another tab too
    PERFORM pg_advisory_xact_lock(hashtextextended(
        'start ' || encode(p_browser_hash, 'hex'), 0));
    SELECT * INTO v_handle FROM pay.guest_handle AS h
        WHERE h.handle_hash = p_handle_hash
            AND h.browser_hash = p_browser_hash FOR NO KEY UPDATE;
    SELECT CASE WHEN i.choice = p_choice AND a.currency = p_currency
            AND (p_choice <> 'other' OR a.amount_minor = p_amount_minor)
            AND (p_choice = 'other' OR p_shown_minor IS NULL
                OR a.amount_minor = p_shown_minor)
            THEN 'same' ELSE 'conflict' END,
        a.id, a.state, a.amount_minor, a.currency
    INTO outcome, payment_id, state, amount_minor, currency
    FROM pay.attempt AS a JOIN pay.intent AS i ON i.id = a.intent_id
    WHERE a.handle_hash = p_handle_hash AND a.once_key = p_once_key
        AND a.browser_hash = p_browser_hash;
    IF FOUND THEN
        RETURN;
    END IF;
    currency := p_currency;
    IF v_handle.id IS NULL OR v_handle.expires_at <= p_now THEN
        outcome := 'gone';
        RETURN;
    END IF;
    SELECT array_agg(g.account_id ORDER BY g.account_no) INTO v_accounts
        FROM pay.guest_handle_account AS g WHERE g.handle_id = v_handle.id;
    IF v_handle.login_id IS NOT NULL THEN
        SELECT coalesce(array_agg(d.document_id), '{}') INTO v_documents
            FROM pay.guest_handle_document AS d
            WHERE d.handle_id = v_handle.id;
    END IF;
    SELECT a.id, a.state, a.amount_minor INTO payment_id, state, amount_minor
        FROM pay.in_flight AS f JOIN pay.attempt AS a ON a.id = f.payment_id
        WHERE f.account_id = ANY (v_accounts)
            AND a.browser_hash = p_browser_hash AND a.currency = p_currency
        ORDER BY a.created_at DESC LIMIT 1;
    IF FOUND THEN
        outcome := 'busy';
        RETURN;
    END IF;
    -- what the page had shown: for another sum it showed the total
    SELECT * INTO v_open FROM pay.selection(v_accounts, v_documents,
        p_currency, CASE p_choice WHEN 'current' THEN 'current' ELSE 'total' END, NULL);
    amount_minor := v_open.sum_minor;
    IF v_open.sum_minor = 0 THEN
        outcome := 'nothing';
        RETURN;
    ELSIF v_open.sum_minor <> p_shown_minor THEN
        outcome := 'changed';
        RETURN;
    END IF;
    v_pick := v_open;
    IF p_choice = 'other' THEN
        amount_minor := p_amount_minor;
        SELECT * INTO v_pick FROM pay.selection(v_accounts, v_documents,
            p_currency, 'other', p_amount_minor);
    END IF;
    IF amount_minor IS NULL OR amount_minor <= 0
        OR amount_minor < p_min_minor OR amount_minor > p_max_minor
    THEN
        outcome := 'range';
        RETURN;
    END IF;
    outcome := 'created';
    state := 'created';
    payment_id := pay.freeze(v_handle, v_accounts, v_pick.documents,
        v_pick.amounts, v_pick.sum_minor, amount_minor, p_currency, p_choice,
        p_once_key, p_processor, p_lang, p_retry_of, p_now);
END $$;
COMMENT ON FUNCTION pay.start IS
    'Starts a payment once a key: created, same, conflict, changed, busy, '
    'nothing, range, gone.  What is paid is frozen here; a sum above all '
    'that is open, as far as the limit allows, will be credit.';

CREATE OR REPLACE FUNCTION pay.asked(p_payment uuid, p_now timestamptz)
RETURNS TABLE (order_no text, amount_minor bigint, currency text,
    email text, lang text, description_hint text, expires_at timestamptz,
    idempotency_key text, state text, created_at timestamptz,
    processor text, processor_ref text, capture_ref text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    UPDATE pay.attempt AS a
        SET state = 'requested', last_cause = 'asked', changed_at = p_now,
            last_ask_at = p_now
        WHERE a.id = p_payment AND a.state = 'created';
    RETURN QUERY
    SELECT a.order_no, a.amount_minor, a.currency, a.email, a.lang,
        c.payment_code_hint, a.expires_at, a.id::text, a.state,
        a.created_at, a.processor, a.processor_ref, s.capture_ref
    FROM pay.attempt AS a
    JOIN pay.intent AS i ON i.id = a.intent_id
    JOIN customer.account AS c ON c.id = i.account_id
    LEFT JOIN pay.settlement AS s ON s.payment_id = a.id
    WHERE a.id = p_payment;
END $$;
COMMENT ON FUNCTION pay.asked IS
    'Notes that the processor is about to be asked; returns what the request '
    'is made of.  The caller asks only where the state is requested.';

SET ROLE smetka_owner;
