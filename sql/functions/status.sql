-- What is shown of a payment, and its receipt.
SET ROLE smetka_money;

CREATE OR REPLACE FUNCTION pay.shown(p_state text, p_reason text,
    p_changed_at timestamptz, p_unreachable_since timestamptz,
    p_now timestamptz) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_since timestamptz;
BEGIN
    IF p_state = 'settled' THEN
        RETURN 'settled';
    ELSIF p_state = 'closed' THEN
        -- an order that never came to be took no money either
        RETURN CASE p_reason WHEN 'never_created' THEN 'cancelled'
            ELSE p_reason END;
    END IF;
    v_since := p_now - ops.seconds('unknown.after_s');
    IF p_unreachable_since <= v_since
        OR (p_state = 'requested' AND p_changed_at <= v_since)
    THEN
        RETURN 'unknown';
    END IF;
    RETURN CASE p_state WHEN 'pending' THEN 'processing' ELSE 'started' END;
END $$;
COMMENT ON FUNCTION pay.shown IS
    'The word that a payer is shown for the state of an attempt.';

CREATE OR REPLACE FUNCTION pay.shown_settled(p_payment uuid) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_gone bigint;
BEGIN
    IF EXISTS (SELECT FROM pay.dispute AS d
        WHERE d.payment_id = p_payment AND d.state = 'open')
    THEN
        RETURN 'disputed';
    ELSIF EXISTS (SELECT FROM pay.dispute AS d
        WHERE d.payment_id = p_payment AND d.state = 'lost')
    THEN
        RETURN 'charged_back';
    END IF;
    SELECT sum(r.amount_minor) INTO v_gone FROM pay.refund AS r
        WHERE r.payment_id = p_payment
            AND r.state IN ('accepted', 'succeeded');
    RETURN CASE WHEN v_gone IS NULL THEN 'settled'
        WHEN v_gone >= (SELECT s.amount_minor FROM pay.settlement AS s
            WHERE s.payment_id = p_payment) THEN 'refunded'
        ELSE 'partly_refunded' END;
END $$;
COMMENT ON FUNCTION pay.shown_settled IS
    'The word that a payer is shown for a settled payment, after what became '
    'of its money since.';

CREATE OR REPLACE FUNCTION pay.status(p_payment uuid, p_browser_hash bytea,
    p_by_link boolean, p_now timestamptz)
RETURNS TABLE (payment_id uuid, shown text, state text, reason text,
    amount_minor bigint, settled_minor bigint, currency text, email text,
    created_at timestamptz, final_at timestamptz, expires_at timestamptz,
    redirect_url text, processor text, processor_ref text, receipt_no text,
    surplus_minor bigint, code_hint text, lang text, ask_by timestamptz,
    mine boolean, duplicate boolean, refundable_minor bigint,
    refunding_minor bigint, refunded_minor bigint, refunded_at timestamptz,
    refund_failed boolean, disputed_minor bigint, selected boolean,
    code_count integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT a.id, CASE WHEN a.state = 'settled'
            THEN pay.shown_settled(a.id) ELSE pay.shown(a.state, a.reason,
                a.changed_at, a.unreachable_since, p_now) END,
        a.state, a.reason, a.amount_minor, coalesce(s.amount_minor, 0),
        coalesce(s.currency, a.currency), a.email, a.created_at, a.final_at,
        a.expires_at, a.redirect_url, a.processor, a.processor_ref,
        r.receipt_no, coalesce(s.credit_minor, 0), c.payment_code_hint,
        a.lang, a.created_at + ops.seconds('sweep.first_s') * 17280,
        coalesce(a.browser_hash = p_browser_hash, false),
        coalesce(s.duplicate, false),
        CASE WHEN s.credit_minor > 0 THEN pay.surplus(a.id) ELSE 0 END,
        coalesce(b.going, 0)::bigint, coalesce(b.gone, 0)::bigint, b.gone_at,
        coalesce(b.failed, false),
        coalesce((SELECT sum(d.amount_minor) FROM pay.dispute AS d
            WHERE d.payment_id = a.id AND d.state <> 'won'), 0)::bigint,
        i.selected, cardinality(i.account_ids)
    FROM pay.attempt AS a
    JOIN pay.intent AS i ON i.id = a.intent_id
    JOIN customer.account AS c ON c.id = i.account_id
    LEFT JOIN pay.settlement AS s ON s.payment_id = a.id
    LEFT JOIN pay.receipt AS r ON r.payment_id = a.id
    LEFT JOIN LATERAL (SELECT
            sum(f.amount_minor) FILTER (WHERE f.state = 'requested') AS going,
            sum(f.amount_minor) FILTER (WHERE f.state IN
                ('accepted', 'succeeded')) AS gone,
            max(f.changed_at) FILTER (WHERE f.state IN
                ('accepted', 'succeeded')) AS gone_at,
            bool_or(f.state = 'failed') AS failed
        FROM pay.refund AS f WHERE f.payment_id = a.id) AS b
        ON a.state = 'settled'
    WHERE a.id = p_payment
        AND (p_by_link OR a.browser_hash = p_browser_hash);
END $$;
COMMENT ON FUNCTION pay.status IS
    'A payment for who started it, or for who holds the mailed link; to '
    'anybody else there is no such payment.';

CREATE OR REPLACE FUNCTION pay.receipt(p_payment uuid)
RETURNS TABLE (receipt_no text, settled_at timestamptz,
    document_number text, issued_on date, allocated_minor bigint,
    account_hint text, amount_minor bigint, currency text, processor text,
    processor_ref text, email text, lang text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT r.receipt_no, s.settled_at, l.number, l.issued_on, l.part,
        c.payment_code_hint, s.amount_minor, s.currency, a.processor,
        s.processor_ref, a.email, a.lang
    FROM pay.settlement AS s
    JOIN pay.receipt AS r ON r.payment_id = s.payment_id
    JOIN pay.attempt AS a ON a.id = s.payment_id
    JOIN pay.intent AS i ON i.id = a.intent_id
    CROSS JOIN LATERAL (
        SELECT d.number, d.issued_on, d.due_on, d.account_id,
            p.amount_minor AS part
        FROM pay.allocation AS p
        JOIN billing.document AS d ON d.id = p.document_id
        WHERE p.payment_id = s.payment_id
        UNION ALL
        SELECT NULL, NULL, NULL, i.account_id, s.credit_minor
        WHERE s.credit_minor > 0) AS l
    JOIN customer.account AS c ON c.id = l.account_id
    WHERE s.payment_id = p_payment
    ORDER BY l.due_on NULLS LAST, l.issued_on, l.number;
END $$;
COMMENT ON FUNCTION pay.receipt IS
    'What a settled payment paid: a row an invoice, and one without an '
    'invoice for what became credit.';

CREATE OR REPLACE FUNCTION pay.status_email(p_payment uuid,
    p_browser_hash bytea, p_email text, p_now timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_attempt pay.attempt;
BEGIN
    UPDATE pay.attempt AS a SET email = p_email, email_fixed = true
        WHERE a.id = p_payment AND a.browser_hash = p_browser_hash
            AND NOT a.email_fixed
        RETURNING a.* INTO v_attempt;
    IF v_attempt.id IS NULL THEN
        -- a double click, or a COMMIT whose answer was lost: it is done
        RETURN EXISTS (SELECT FROM pay.attempt AS a
            WHERE a.id = p_payment AND a.browser_hash = p_browser_hash
                AND a.email_fixed AND a.email = p_email);
    END IF;
    -- what has not left yet goes to the right address at once
    UPDATE notify.outbox AS o SET recipient = p_email
        WHERE o.state = 'queued' AND o.dedupe_key IN ('receipt:' || p_payment,
            'not_paid:' || p_payment, 'still_checking:' || p_payment);
    IF v_attempt.state = 'settled' AND NOT EXISTS (
        SELECT FROM notify.outbox AS o WHERE o.state = 'queued'
            AND o.dedupe_key = 'receipt:' || p_payment)
    THEN
        PERFORM notify.queue('receipt:' || p_payment || ':corrected',
            p_email, 'receipt', v_attempt.lang,
            jsonb_build_object('payment_id', p_payment), p_now);
    END IF;
    RETURN true;
END $$;
COMMENT ON FUNCTION pay.status_email IS
    'Corrects the address of a payment, once, by who started it; a receipt '
    'that went to the wrong one is sent again.';

SET ROLE smetka_owner;
