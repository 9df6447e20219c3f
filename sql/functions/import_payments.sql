-- Import of payments that the company received at its bank or its desks;
-- called as smetka_owner by the operator's command line.

CREATE OR REPLACE FUNCTION billing.import_payment_stage() RETURNS boolean
LANGUAGE plpgsql SET search_path = '' SET client_min_messages = 'warning' AS $$
BEGIN
    CREATE TEMP TABLE IF NOT EXISTS import_payment (
        seq bigint NOT NULL,
        method text NOT NULL,
        reference text NOT NULL,
        code_hash bytea,
        client_code text,
        invoice text,
        amount_minor bigint NOT NULL,
        currency text NOT NULL,
        received_on date NOT NULL
    ) ON COMMIT DELETE ROWS;
    TRUNCATE pg_temp.import_payment;
    RETURN true;
END $$;
COMMENT ON FUNCTION billing.import_payment_stage IS
    'Makes the empty temporary table that a batch of payments fills.';

CREATE OR REPLACE FUNCTION billing.import_payment(p_account bigint,
    p_method text, p_reference text, p_amount_minor bigint, p_currency text,
    p_received_on date, p_invoice text, p_now timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_txn bigint;
    v_first bigint := 0;
    v_document bigint;
    v_allocated bigint;
BEGIN
    PERFORM billing.lock_balances(ARRAY[p_account], p_currency);
    INSERT INTO billing.journal_txn (kind, posted_at)
        VALUES ('payment', p_now) RETURNING id INTO v_txn;
    IF p_invoice IS NOT NULL THEN
        -- the payer named an invoice: that one first
        UPDATE billing.open_item AS o
        SET open_minor = o.open_minor - least(o.open_minor, p_amount_minor)
        FROM (SELECT i.document_id, i.open_minor FROM billing.open_item AS i
            JOIN billing.document AS d ON d.id = i.document_id
            WHERE i.account_id = p_account AND i.currency = p_currency
                AND d.number = p_invoice AND i.open_minor > 0
            ORDER BY d.issued_on DESC LIMIT 1) AS w
        WHERE o.document_id = w.document_id
        RETURNING o.document_id, w.open_minor - o.open_minor
        INTO v_document, v_first;
        v_first := coalesce(v_first, 0);
    END IF;
    IF v_first > 0 THEN
        INSERT INTO billing.journal_entry
            (txn_id, line_no, account, account_id, currency, amount_minor)
        VALUES (v_txn, 2, 'receivable', p_account, p_currency, -v_first);
        INSERT INTO pay.allocation (txn_id, document_id, amount_minor)
        VALUES (v_txn, v_document, v_first);
    END IF;
    SELECT a.allocated_minor INTO v_allocated FROM billing.allocate(v_txn,
        NULL, ARRAY[p_account], p_currency, p_amount_minor - v_first, NULL)
        AS a;
    v_allocated := v_allocated + v_first;
    INSERT INTO billing.journal_entry
        (txn_id, line_no, account, account_id, currency, amount_minor)
    SELECT v_txn, l.line_no, l.account, l.account_id, p_currency, l.amount
    FROM (VALUES
        (1, 'bank'::billing.journal_account, NULL::bigint, p_amount_minor),
        (3, 'credit', p_account, v_allocated - p_amount_minor)
    ) AS l (line_no, account, account_id, amount)
    WHERE l.amount <> 0;
    UPDATE billing.balance AS b
    SET credit_minor = b.credit_minor + p_amount_minor - v_allocated,
        last_payment_on = greatest(b.last_payment_on, p_received_on)
    WHERE b.account_id = p_account AND b.currency = p_currency;
    INSERT INTO billing.received (method, reference, account_id, txn_id,
        amount_minor, currency, received_on, invoice)
    VALUES (p_method, p_reference, p_account, v_txn, p_amount_minor,
        p_currency, p_received_on, p_invoice);
END $$;
COMMENT ON FUNCTION billing.import_payment IS
    'Posts one received payment: bank against the named invoice, then the '
    'oldest due, what is left over becomes credit.';

CREATE OR REPLACE FUNCTION billing.import_payments(p_now timestamptz)
RETURNS TABLE (seq bigint, outcome text, reason text)
LANGUAGE plpgsql SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_row record;
BEGIN
    FOR v_row IN
        SELECT s.*, coalesce(a.id, c.id) AS account_id
        FROM pg_temp.import_payment AS s
        LEFT JOIN customer.account AS a ON a.payment_code_hash = s.code_hash
        LEFT JOIN customer.account AS c ON c.client_code = s.client_code
        ORDER BY s.seq
    LOOP
        seq := v_row.seq;
        outcome := 'refused';
        reason := NULL;
        IF v_row.account_id IS NULL THEN
            reason := 'no account has this payment_code or client_code';
        ELSE
            SELECT CASE WHEN row(r.account_id, r.amount_minor, r.currency,
                    r.received_on, r.invoice) IS NOT DISTINCT FROM
                    row(v_row.account_id, v_row.amount_minor,
                    v_row.currency, v_row.received_on, v_row.invoice)
                THEN 'same' ELSE 'refused' END
            INTO outcome
            FROM billing.received AS r WHERE r.method = v_row.method
                AND r.reference = v_row.reference;
            IF outcome IS NULL THEN
                PERFORM billing.import_payment(v_row.account_id,
                    v_row.method, v_row.reference, v_row.amount_minor,
                    v_row.currency, v_row.received_on, v_row.invoice, p_now);
                outcome := 'new';
            ELSIF outcome = 'refused' THEN
                reason := 'this reference was taken in with other content';
            END IF;
        END IF;
        RETURN NEXT;
    END LOOP;
END $$;
COMMENT ON FUNCTION billing.import_payments IS
    'Posts the staged payments and says what became of each; a reference '
    'that was posted before is left alone.';
