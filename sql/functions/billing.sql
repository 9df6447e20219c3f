-- Posting of documents, and the one rule by which money meets invoices.
SET ROLE smetka_money;

CREATE OR REPLACE FUNCTION billing.lock_balances(p_account_ids bigint[],
    p_currency text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO billing.balance (account_id, currency)
    SELECT DISTINCT a.id, p_currency FROM unnest(p_account_ids) AS a (id)
    ORDER BY a.id
    ON CONFLICT DO NOTHING;
    PERFORM FROM billing.balance AS b
        WHERE b.account_id = ANY (p_account_ids) AND b.currency = p_currency
        ORDER BY b.account_id FOR NO KEY UPDATE;
END $$;
COMMENT ON FUNCTION billing.lock_balances IS
    'Makes and locks the balances of accounts, in the order of their ids; '
    'whatever changes open items or credit there holds these locks.';

CREATE OR REPLACE FUNCTION billing.split(p_account_ids bigint[],
    p_currency text, p_amount_minor bigint, p_intent_id bigint,
    p_documents bigint[])
RETURNS TABLE (document_id bigint, account_id bigint, chosen_minor bigint,
    amount_minor bigint)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH item AS (
        SELECT o.document_id, o.account_id, o.open_minor,
            CASE WHEN o.document_id = ANY (p_documents) THEN o.open_minor
                ELSE least(coalesce(i.amount_minor, 0), o.open_minor)
                END AS want,
            row_number() OVER (ORDER BY o.due_on, o.issued_on, d.number,
                o.document_id) AS place
        FROM billing.open_item AS o
        JOIN billing.document AS d ON d.id = o.document_id
        LEFT JOIN pay.intent_item AS i ON i.intent_id = p_intent_id
            AND i.document_id = o.document_id
        WHERE o.account_id = ANY (p_account_ids)
            AND o.currency = p_currency AND o.open_minor > 0
    ), chosen AS (
        SELECT t.document_id, t.account_id, t.place, t.open_minor,
            greatest(0, least(t.want, p_amount_minor
                - (sum(t.want) OVER (ORDER BY t.place))::bigint
                + t.want)) AS first
        FROM item AS t
    ), rest AS (
        SELECT c.*, c.open_minor - c.first AS room,
            (p_amount_minor - sum(c.first) OVER ())::bigint AS left_over
        FROM chosen AS c
    ), both_parts AS (
        SELECT r.document_id, r.account_id, r.first, r.first
            + greatest(0, least(r.room, r.left_over
                - (sum(r.room) OVER (ORDER BY r.place))::bigint
                + r.room)) AS part
        FROM rest AS r
    )
    SELECT b.document_id, b.account_id, b.first, b.part
    FROM both_parts AS b WHERE b.part > 0;
END $$;
COMMENT ON FUNCTION billing.split IS
    'How a sum meets the open invoices of accounts: what the intent or '
    'p_documents chose first, each up to what is open, then the oldest due, '
    'then by date of issue and number.  What is not returned is left over.';

CREATE OR REPLACE FUNCTION billing.allocate(p_txn_id bigint,
    p_payment_id uuid, p_account_ids bigint[], p_currency text,
    p_amount_minor bigint, p_intent_id bigint,
    OUT chosen_minor bigint, OUT allocated_minor bigint)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
    WITH part AS MATERIALIZED (
        SELECT * FROM billing.split(p_account_ids, p_currency,
            p_amount_minor, p_intent_id, NULL)
    ), lowered AS (
        UPDATE billing.open_item AS o
        SET open_minor = o.open_minor - p.amount_minor
        FROM part AS p WHERE o.document_id = p.document_id
    ), noted AS (
        INSERT INTO pay.allocation
            (txn_id, document_id, amount_minor, payment_id)
        SELECT p_txn_id, p.document_id, p.amount_minor, p_payment_id
        FROM part AS p
    ), posted AS (
        INSERT INTO billing.journal_entry
            (txn_id, line_no, account, account_id, currency, amount_minor)
        SELECT p_txn_id, 10 + row_number() OVER (ORDER BY p.account_id),
            'receivable', p.account_id, p_currency, -sum(p.amount_minor)
        FROM part AS p GROUP BY p.account_id
    )
    SELECT coalesce(sum(p.chosen_minor), 0), coalesce(sum(p.amount_minor), 0)
    INTO chosen_minor, allocated_minor FROM part AS p;
END $$;
COMMENT ON FUNCTION billing.allocate IS
    'Lowers open invoices by a sum, notes and journals it: lines 11 and on '
    'of the posting.  The caller holds the balances'' locks and posts the '
    'other side.';

CREATE OR REPLACE FUNCTION billing.apply_credit(p_account_id bigint,
    p_currency text, p_now timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_credit bigint;
    v_used bigint;
    v_txn bigint;
BEGIN
    SELECT b.credit_minor INTO v_credit FROM billing.balance AS b
        WHERE b.account_id = p_account_id AND b.currency = p_currency
        FOR NO KEY UPDATE;
    IF coalesce(v_credit, 0) = 0 OR NOT EXISTS (
        SELECT FROM billing.open_item AS o
        WHERE o.account_id = p_account_id AND o.currency = p_currency
            AND o.open_minor > 0)
    THEN
        RETURN 0;
    END IF;
    INSERT INTO billing.journal_txn (kind, posted_at)
        VALUES ('credit_applied', p_now) RETURNING id INTO v_txn;
    SELECT a.allocated_minor INTO v_used FROM billing.allocate(v_txn, NULL,
        ARRAY[p_account_id], p_currency, v_credit, NULL) AS a;
    INSERT INTO billing.journal_entry
        (txn_id, line_no, account, account_id, currency, amount_minor)
    VALUES (v_txn, 1, 'credit', p_account_id, p_currency, v_used);
    UPDATE billing.balance AS b SET credit_minor = b.credit_minor - v_used
        WHERE b.account_id = p_account_id AND b.currency = p_currency;
    RETURN v_used;
END $$;
COMMENT ON FUNCTION billing.apply_credit IS
    'Uses the credit of an account for its open invoices, oldest due first; '
    'returns how much.';

CREATE OR REPLACE FUNCTION billing.post_entries(p_documents bigint[],
    p_now timestamptz) RETURNS bigint[]
LANGUAGE plpgsql AS $$
DECLARE
    v_posted bigint[];
BEGIN
    WITH doc AS MATERIALIZED (
        SELECT d.id, d.kind, d.account_id, d.currency,
            CASE d.kind WHEN 'invoice' THEN 1 ELSE -1 END AS sign,
            d.payable_minor, d.tax_minor, d.due_on, d.issued_on, d.number
        FROM billing.document AS d
        WHERE d.id = ANY (p_documents) AND NOT d.cancelled
            AND d.payable_minor <> 0
    ), txn AS (
        INSERT INTO billing.journal_txn (kind, posted_at, document_id)
        SELECT d.kind::text, p_now, d.id FROM doc AS d ORDER BY d.id
        ON CONFLICT (document_id, kind) WHERE document_id IS NOT NULL
            DO NOTHING
        RETURNING id, document_id
    ), fresh AS MATERIALIZED (
        SELECT t.id AS txn_id, d.*, d.sign * d.payable_minor AS owed
        FROM txn AS t JOIN doc AS d ON d.id = t.document_id
    ), entry AS (
        INSERT INTO billing.journal_entry
            (txn_id, line_no, account, account_id, currency, amount_minor)
        SELECT f.txn_id, l.line_no, l.account, l.account_id, f.currency,
            l.amount
        FROM fresh AS f CROSS JOIN LATERAL (VALUES
            (1, CASE WHEN f.owed > 0 THEN 'receivable' ELSE 'credit' END
                ::billing.journal_account, f.account_id, f.owed),
            (2, 'revenue', NULL,
                f.sign * (f.tax_minor - f.payable_minor)),
            (3, 'vat', NULL, -f.sign * f.tax_minor)
        ) AS l (line_no, account, account_id, amount)
        WHERE l.amount <> 0
    ), item AS (
        INSERT INTO billing.open_item (document_id, account_id, currency,
            total_minor, open_minor, due_on, issued_on, number_tail)
        SELECT f.id, f.account_id, f.currency, f.owed, f.owed, f.due_on,
            f.issued_on, right(f.number, 4)
        FROM fresh AS f WHERE f.owed > 0
    ), credit AS (
        UPDATE billing.balance AS b
        SET credit_minor = b.credit_minor + c.sum_minor
        FROM (SELECT f.account_id, f.currency,
                (-sum(f.owed))::bigint AS sum_minor
            FROM fresh AS f WHERE f.owed < 0
            GROUP BY f.account_id, f.currency) AS c
        WHERE b.account_id = c.account_id AND b.currency = c.currency
    )
    SELECT array_agg(f.id) INTO v_posted FROM fresh AS f;
    RETURN v_posted;
END $$;
COMMENT ON FUNCTION billing.post_entries IS
    'Part of post_batch: journals those documents that were not yet, makes '
    'open items of what is owed and credit of what is given; returns them.';

CREATE OR REPLACE FUNCTION billing.post_batch(p_document_ids bigint[],
    p_now timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_posted bigint[];
    v_row record;
BEGIN
    INSERT INTO billing.balance (account_id, currency)
    SELECT DISTINCT d.account_id, d.currency FROM billing.document AS d
        WHERE d.id = ANY (p_document_ids) ORDER BY 1, 2
    ON CONFLICT DO NOTHING;
    PERFORM FROM billing.balance AS b
        WHERE (b.account_id, b.currency) IN (
            SELECT d.account_id, d.currency FROM billing.document AS d
            WHERE d.id = ANY (p_document_ids))
        ORDER BY b.account_id, b.currency FOR NO KEY UPDATE;
    v_posted := billing.post_entries(p_document_ids, p_now);
    FOR v_row IN
        SELECT b.account_id, b.currency FROM billing.balance AS b
        WHERE b.credit_minor > 0 AND (b.account_id, b.currency) IN (
            SELECT d.account_id, d.currency FROM billing.document AS d
            WHERE d.id = ANY (v_posted))
        ORDER BY 1, 2
    LOOP
        PERFORM billing.apply_credit(v_row.account_id, v_row.currency, p_now);
    END LOOP;
    RETURN coalesce(cardinality(v_posted), 0);
END $$;
COMMENT ON FUNCTION billing.post_batch IS
    'Posts documents: journal, open items, use of credit.  One that was '
    'posted before is left alone.  Returns how many were posted.';

CREATE OR REPLACE FUNCTION billing.post_document(p_document_id bigint,
    p_now timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    RETURN billing.post_batch(ARRAY[p_document_id], p_now) = 1;
END $$;
COMMENT ON FUNCTION billing.post_document IS
    'Posts one document; false where it was posted before.';

SET ROLE smetka_owner;
