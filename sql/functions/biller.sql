-- Billing at a payment operator's counter (the pull protocol of ePay.bg): it
-- asks what a customer owes and says what was paid.  All money goes the way of
-- every other payment: an intent, an attempt, pay.apply.
SET ROLE smetka_money;

CREATE OR REPLACE FUNCTION pay.order_money(p_processor text,
    p_order_no text)
RETURNS TABLE (amount_minor bigint, currency text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT a.amount_minor, a.currency FROM pay.attempt AS a
    WHERE a.processor = p_processor AND a.order_no = p_order_no;
$$;
COMMENT ON FUNCTION pay.order_money IS
    'Sum and currency of an order, for processors that say "paid" without '
    'naming them.';

CREATE OR REPLACE FUNCTION pay.biller_account(p_code_hash bytea)
RETURNS bigint
LANGUAGE sql STABLE AS $$
    SELECT a.id FROM customer.account AS a
    WHERE a.payment_code_hash = p_code_hash;
$$;
COMMENT ON FUNCTION pay.biller_account IS
    'The account of a payment code that an operator names.';

CREATE OR REPLACE FUNCTION pay.biller_due(p_code_hash bytea,
    p_currency text)
RETURNS TABLE (invoice uuid, open_minor bigint, due_on date,
    issued_on date, number_tail text, code_hint text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_account bigint := pay.biller_account(p_code_hash);
BEGIN
    IF v_account IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT d.public_id, o.open_minor, o.due_on, o.issued_on, o.number_tail,
        a.payment_code_hint
    FROM customer.account AS a
    LEFT JOIN billing.open_item AS o ON o.account_id = a.id
        AND o.currency = p_currency AND o.open_minor > 0
    LEFT JOIN billing.document AS d ON d.id = o.document_id
    WHERE a.id = v_account
    ORDER BY o.due_on, o.issued_on, d.number;
END $$;
COMMENT ON FUNCTION pay.biller_due IS
    'What a payment code owes, a row an open invoice; one row without an '
    'invoice where nothing is due, none where there is no such code.  No more '
    'than a guest''s bill page shows.';

CREATE OR REPLACE FUNCTION pay.biller_split(p_account_id bigint,
    p_currency text, p_total_minor bigint, p_invoices uuid[],
    OUT documents bigint[], OUT amounts bigint[], OUT sum_minor bigint)
LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF cardinality(p_invoices) = 0 THEN
        SELECT s.documents, s.amounts, s.sum_minor
        INTO documents, amounts, sum_minor
        FROM pay.selection(ARRAY[p_account_id], NULL, p_currency, 'other',
            p_total_minor) AS s;
        RETURN;
    END IF;
    -- the invoices that were named, up to what is open and what was paid
    SELECT array_agg(p.document_id), array_agg(p.part), sum(p.part)
    INTO documents, amounts, sum_minor
    FROM (SELECT i.document_id, greatest(0, least(i.open_minor,
            p_total_minor - (sum(i.open_minor) OVER (ORDER BY i.place))::bigint
            + i.open_minor)) AS part
        FROM (SELECT o.document_id, o.open_minor, row_number() OVER (
                ORDER BY o.due_on, o.issued_on, o.document_id) AS place
            FROM billing.open_item AS o
            JOIN billing.document AS d ON d.id = o.document_id
            WHERE o.account_id = p_account_id AND o.currency = p_currency
                AND o.open_minor > 0 AND d.public_id = ANY (p_invoices))
            AS i) AS p
    WHERE p.part > 0;
    sum_minor := coalesce(sum_minor, 0);
END $$;
COMMENT ON FUNCTION pay.biller_split IS
    'Part of pay.biller_confirm: which invoices a sum is for.';

CREATE OR REPLACE FUNCTION pay.biller_confirm(p_processor text,
    p_tid text, p_code_hash bytea, p_currency text, p_total_minor bigint,
    p_invoices uuid[], p_lang text, p_body_hash bytea, p_now timestamptz,
    OUT outcome text, OUT payment_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_key bytea := convert_to(p_tid, 'UTF8');
    v_account bigint := pay.biller_account(p_code_hash);
    v_handle pay.guest_handle;
    v_pick record;
BEGIN
    -- the operator's number of the transaction stands for the browser that
    -- other payments come from
    v_handle.handle_hash := sha256(convert_to(
        'biller ' || p_processor || ' ' || p_tid, 'UTF8'));
    v_handle.browser_hash := v_handle.handle_hash;
    PERFORM pg_advisory_xact_lock(hashtextextended(
        'biller ' || p_processor || ' ' || p_tid, 0));
    SELECT CASE WHEN a.amount_minor = p_total_minor
            AND a.currency = p_currency AND i.account_id = v_account
            THEN 'duplicate' ELSE 'conflict' END, a.id
    INTO outcome, payment_id
    FROM pay.attempt AS a JOIN pay.intent AS i ON i.id = a.intent_id
    WHERE a.handle_hash = v_handle.handle_hash AND a.once_key = v_key;
    IF FOUND THEN
        RETURN;
    ELSIF v_account IS NULL THEN
        outcome := 'unknown';
        RETURN;
    END IF;
    -- what is open is looked at under the lock under which it is lowered
    PERFORM billing.lock_balances(ARRAY[v_account], p_currency);
    SELECT * INTO v_pick FROM pay.biller_split(v_account, p_currency,
        p_total_minor, p_invoices);
    payment_id := pay.freeze(v_handle, ARRAY[v_account], v_pick.documents,
        v_pick.amounts, v_pick.sum_minor, p_total_minor, p_currency, 'other',
        v_key, p_processor, p_lang, NULL, p_now);
    PERFORM pay.asked(payment_id, p_now);
    SELECT CASE a.outcome WHEN 'applied' THEN 'ok' ELSE a.outcome END
    INTO outcome
    FROM pay.apply(p_processor, 'biller:' || p_tid, payment_id, NULL, p_tid,
        'captured', p_total_minor, p_currency, NULL, NULL, NULL, 'notify',
        p_body_hash, p_now) AS a;
END $$;
COMMENT ON FUNCTION pay.biller_confirm IS
    'Money that an operator took for a payment code, once a transaction '
    'number: ok, duplicate (that number, same content), conflict (other '
    'content), unknown (no such code).  Named invoices first, the rest oldest '
    'due first, what is more becomes credit.';

SET ROLE smetka_owner;
