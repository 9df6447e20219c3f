--
-- PostgreSQL database dump
--

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: audit; Type: SCHEMA; Schema: -; Owner: smetka_owner
--

CREATE SCHEMA audit;

ALTER SCHEMA audit OWNER TO smetka_owner;

--
-- Name: SCHEMA audit; Type: COMMENT; Schema: -; Owner: smetka_owner
--

COMMENT ON SCHEMA audit IS 'Stable read-only views for checks from outside.';

--
-- Name: billing; Type: SCHEMA; Schema: -; Owner: smetka_owner
--

CREATE SCHEMA billing;

ALTER SCHEMA billing OWNER TO smetka_owner;

--
-- Name: SCHEMA billing; Type: COMMENT; Schema: -; Owner: smetka_owner
--

COMMENT ON SCHEMA billing IS 'Documents, what is open on them, the journal.';

--
-- Name: customer; Type: SCHEMA; Schema: -; Owner: smetka_owner
--

CREATE SCHEMA customer;

ALTER SCHEMA customer OWNER TO smetka_owner;

--
-- Name: SCHEMA customer; Type: COMMENT; Schema: -; Owner: smetka_owner
--

COMMENT ON SCHEMA customer IS 'Parties, accounts, contracts, supply points.';

--
-- Name: log; Type: SCHEMA; Schema: -; Owner: smetka_owner
--

CREATE SCHEMA log;

ALTER SCHEMA log OWNER TO smetka_owner;

--
-- Name: SCHEMA log; Type: COMMENT; Schema: -; Owner: smetka_owner
--

COMMENT ON SCHEMA log IS 'What was looked up, by keyed hashes only.';

--
-- Name: notify; Type: SCHEMA; Schema: -; Owner: smetka_owner
--

CREATE SCHEMA notify;

ALTER SCHEMA notify OWNER TO smetka_owner;

--
-- Name: SCHEMA notify; Type: COMMENT; Schema: -; Owner: smetka_owner
--

COMMENT ON SCHEMA notify IS 'Messages to be sent.';

--
-- Name: ops; Type: SCHEMA; Schema: -; Owner: smetka_owner
--

CREATE SCHEMA ops;

ALTER SCHEMA ops OWNER TO smetka_owner;

--
-- Name: SCHEMA ops; Type: COMMENT; Schema: -; Owner: smetka_owner
--

COMMENT ON SCHEMA ops IS 'Migrations, settings and budgets of the site.';

--
-- Name: pay; Type: SCHEMA; Schema: -; Owner: smetka_owner
--

CREATE SCHEMA pay;

ALTER SCHEMA pay OWNER TO smetka_owner;

--
-- Name: SCHEMA pay; Type: COMMENT; Schema: -; Owner: smetka_owner
--

COMMENT ON SCHEMA pay IS 'Guest handles, payments, settlements, receipts.';

--
-- Name: document_kind; Type: TYPE; Schema: billing; Owner: smetka_owner
--

CREATE TYPE billing.document_kind AS ENUM (
    'invoice',
    'credit_note'
);

ALTER TYPE billing.document_kind OWNER TO smetka_owner;

--
-- Name: TYPE document_kind; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON TYPE billing.document_kind IS 'The two kinds of documents.  An enum, since there are millions.';

--
-- Name: journal_account; Type: TYPE; Schema: billing; Owner: smetka_owner
--

CREATE TYPE billing.journal_account AS ENUM (
    'receivable',
    'credit',
    'processor_clearing',
    'disputed',
    'bank',
    'fees',
    'revenue',
    'vat',
    'suspense'
);

ALTER TYPE billing.journal_account OWNER TO smetka_owner;

--
-- Name: TYPE journal_account; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON TYPE billing.journal_account IS 'Accounts of the journal.';

--
-- Name: allocate(bigint, uuid, bigint[], text, bigint, bigint); Type: FUNCTION; Schema: billing; Owner: smetka_money
--

CREATE FUNCTION billing.allocate(p_txn_id bigint, p_payment_id uuid, p_account_ids bigint[], p_currency text, p_amount_minor bigint, p_intent_id bigint, OUT chosen_minor bigint, OUT allocated_minor bigint) RETURNS record
    LANGUAGE plpgsql
    AS $$
#variable_conflict use_column
BEGIN
    WITH part AS MATERIALIZED (
        SELECT * FROM billing.split(p_account_ids, p_currency,
            p_amount_minor, p_intent_id)
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

ALTER FUNCTION billing.allocate(p_txn_id bigint, p_payment_id uuid, p_account_ids bigint[], p_currency text, p_amount_minor bigint, p_intent_id bigint, OUT chosen_minor bigint, OUT allocated_minor bigint) OWNER TO smetka_money;

--
-- Name: FUNCTION allocate(p_txn_id bigint, p_payment_id uuid, p_account_ids bigint[], p_currency text, p_amount_minor bigint, p_intent_id bigint, OUT chosen_minor bigint, OUT allocated_minor bigint); Type: COMMENT; Schema: billing; Owner: smetka_money
--

COMMENT ON FUNCTION billing.allocate(p_txn_id bigint, p_payment_id uuid, p_account_ids bigint[], p_currency text, p_amount_minor bigint, p_intent_id bigint, OUT chosen_minor bigint, OUT allocated_minor bigint) IS 'Lowers open invoices by a sum, notes and journals it: lines 11 and on of the posting.  The caller holds the balances'' locks and posts the other side.';

--
-- Name: apply_credit(bigint, text, timestamp with time zone); Type: FUNCTION; Schema: billing; Owner: smetka_money
--

CREATE FUNCTION billing.apply_credit(p_account_id bigint, p_currency text, p_now timestamp with time zone) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION billing.apply_credit(p_account_id bigint, p_currency text, p_now timestamp with time zone) OWNER TO smetka_money;

--
-- Name: FUNCTION apply_credit(p_account_id bigint, p_currency text, p_now timestamp with time zone); Type: COMMENT; Schema: billing; Owner: smetka_money
--

COMMENT ON FUNCTION billing.apply_credit(p_account_id bigint, p_currency text, p_now timestamp with time zone) IS 'Uses the credit of an account for its open invoices, oldest due first; returns how much.';

--
-- Name: import_account(bytea, text, text[], text[], bytea[], bytea); Type: FUNCTION; Schema: billing; Owner: smetka_owner
--

CREATE FUNCTION billing.import_account(p_code_hash bytea, p_contract text, p_points text[], p_client_codes text[], p_holder_hashes bytea[], p_fallback_hash bytea) RETURNS bigint
    LANGUAGE plpgsql STABLE
    AS $$
DECLARE
    v_account bigint;
BEGIN
    SELECT a.id INTO v_account FROM customer.account AS a
        WHERE a.payment_code_hash = p_code_hash;
    IF v_account IS NULL AND p_contract IS NOT NULL THEN
        SELECT c.account_id INTO v_account FROM customer.contract AS c
            WHERE c.number = p_contract;
    END IF;
    IF v_account IS NULL AND cardinality(p_points) > 0 THEN
        SELECT min(c.account_id) INTO v_account
        FROM customer.supply_point AS p
        JOIN customer.contract AS c ON c.id = p.contract_id
        WHERE p.code = ANY (p_points)
        HAVING min(c.account_id) = max(c.account_id);
    END IF;
    IF v_account IS NULL AND cardinality(p_client_codes) > 0 THEN
        SELECT min(a.id) INTO v_account FROM customer.account AS a
        WHERE a.client_code = ANY (p_client_codes)
        HAVING min(a.id) = max(a.id);
    END IF;
    IF v_account IS NULL AND cardinality(p_holder_hashes) > 0 THEN
        SELECT min(a.id) INTO v_account FROM customer.party AS p
        JOIN customer.account AS a ON a.party_id = p.id
        WHERE p.id_hash = ANY (p_holder_hashes)
        HAVING min(a.id) = max(a.id);
    END IF;
    IF v_account IS NULL AND p_fallback_hash IS NOT NULL THEN
        SELECT a.id INTO v_account FROM customer.account AS a
            WHERE a.payment_code_hash = p_fallback_hash;
    END IF;
    RETURN v_account;
END $$;

ALTER FUNCTION billing.import_account(p_code_hash bytea, p_contract text, p_points text[], p_client_codes text[], p_holder_hashes bytea[], p_fallback_hash bytea) OWNER TO smetka_owner;

--
-- Name: FUNCTION import_account(p_code_hash bytea, p_contract text, p_points text[], p_client_codes text[], p_holder_hashes bytea[], p_fallback_hash bytea); Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON FUNCTION billing.import_account(p_code_hash bytea, p_contract text, p_points text[], p_client_codes text[], p_holder_hashes bytea[], p_fallback_hash bytea) IS 'The account that a document is for: by payment reference, contract, metering point, buyer''s identifiers, else as the operator mapped it.  An identifier that several accounts share finds none.';

--
-- Name: import_decide(bigint, bigint); Type: FUNCTION; Schema: billing; Owner: smetka_owner
--

CREATE FUNCTION billing.import_decide(p_from bigint, p_to bigint) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
BEGIN
    INSERT INTO billing.seller (tax_id, name)
    SELECT DISTINCT ON (s.seller) s.seller, s.seller_name
    FROM pg_temp.import_document AS s
    WHERE s.seq BETWEEN p_from AND p_to AND NOT EXISTS (
        SELECT FROM billing.seller AS e WHERE e.tax_id = s.seller)
    ORDER BY s.seller
    ON CONFLICT DO NOTHING;

    INSERT INTO pg_temp.import_outcome (seq, outcome, document_id, seller_id,
        account_id, reason)
    SELECT t.seq, CASE
            WHEN t.account_id IS NULL THEN 'refused'
            WHEN t.place > 1 THEN CASE WHEN t.content = t.first_content
                THEN 'same' ELSE 'refused' END
            WHEN t.old_id IS NULL THEN 'new'
            WHEN NOT t.equal THEN 'refused'
            WHEN t.sha256 IS NULL AND t.has_original THEN 'attach'
            WHEN t.has_original AND t.sha256 <> t.content THEN 'refused'
            ELSE 'same' END,
        CASE WHEN t.old_id IS NULL AND t.place = 1
                AND t.account_id IS NOT NULL
            THEN nextval('billing.document_id_seq') ELSE t.old_id END,
        t.seller_id, t.account_id,
        CASE WHEN t.account_id IS NULL THEN
                'no account has this payment reference, contract, metering '
                'point or buyer'
            WHEN t.place > 1 THEN
                'the same number and date stand in an earlier document with '
                'other content'
            ELSE 'the same seller, number and date were taken in with other '
                'content' END
    FROM (
        SELECT s.seq, s.content, s.has_original, e.id AS seller_id,
            f.account_id, d.id AS old_id, o.sha256,
            row_number() OVER w AS place,
            first_value(s.content) OVER w AS first_content,
            row(d.account_id, d.kind, d.currency, d.net_minor, d.tax_minor,
                d.payable_minor, d.due_on) IS NOT DISTINCT FROM
            row(f.account_id, s.kind, s.currency, s.net_minor, s.tax_minor,
                s.payable_minor, s.due_on) AS equal
        FROM pg_temp.import_document AS s
        JOIN billing.seller AS e ON e.tax_id = s.seller
        CROSS JOIN LATERAL billing.import_account(s.code_hash, s.contract,
            s.points, s.client_codes, s.holder_hashes, s.fallback_hash)
            AS f (account_id)
        LEFT JOIN billing.document AS d ON d.seller_id = e.id
            AND d.number = s.number AND d.issued_on = s.issued_on
        LEFT JOIN billing.original AS o ON o.document_id = d.id
        WHERE s.seq BETWEEN p_from AND p_to
        WINDOW w AS (PARTITION BY s.seller, s.number, s.issued_on
            ORDER BY s.seq)
    ) AS t;
END $$;

ALTER FUNCTION billing.import_decide(p_from bigint, p_to bigint) OWNER TO smetka_owner;

--
-- Name: FUNCTION import_decide(p_from bigint, p_to bigint); Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON FUNCTION billing.import_decide(p_from bigint, p_to bigint) IS 'Part of import_take: new, same, attach (known, but its original was missing) or refused, for each staged document.';

--
-- Name: import_documents(timestamp with time zone); Type: FUNCTION; Schema: billing; Owner: smetka_owner
--

CREATE FUNCTION billing.import_documents(p_now timestamp with time zone) RETURNS TABLE(seq bigint, outcome text, reason text)
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
#variable_conflict use_column
DECLARE
    v_seq bigint;
BEGIN
    BEGIN
        PERFORM billing.import_take(min(s.seq), max(s.seq), p_now)
        FROM pg_temp.import_document AS s;
    EXCEPTION WHEN integrity_constraint_violation OR data_exception THEN
        -- one of them breaks a rule: find out which, one by one
        FOR v_seq IN SELECT s.seq FROM pg_temp.import_document AS s
            ORDER BY s.seq
        LOOP
            BEGIN
                PERFORM billing.import_take(v_seq, v_seq, p_now);
            EXCEPTION WHEN integrity_constraint_violation
                OR data_exception THEN
                INSERT INTO pg_temp.import_outcome (seq, outcome, reason)
                VALUES (v_seq, 'refused', SQLERRM);
            END;
        END LOOP;
    END;
    RETURN QUERY SELECT o.seq, o.outcome, o.reason
    FROM pg_temp.import_outcome AS o ORDER BY o.seq;
END $$;

ALTER FUNCTION billing.import_documents(p_now timestamp with time zone) OWNER TO smetka_owner;

--
-- Name: FUNCTION import_documents(p_now timestamp with time zone); Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON FUNCTION billing.import_documents(p_now timestamp with time zone) IS 'Takes in the staged batch and says what became of each document.  One that the tables refuse does not take the others down with it.';

--
-- Name: import_payment(bigint, text, text, bigint, text, date, text, timestamp with time zone); Type: FUNCTION; Schema: billing; Owner: smetka_owner
--

CREATE FUNCTION billing.import_payment(p_account bigint, p_method text, p_reference text, p_amount_minor bigint, p_currency text, p_received_on date, p_invoice text, p_now timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION billing.import_payment(p_account bigint, p_method text, p_reference text, p_amount_minor bigint, p_currency text, p_received_on date, p_invoice text, p_now timestamp with time zone) OWNER TO smetka_owner;

--
-- Name: FUNCTION import_payment(p_account bigint, p_method text, p_reference text, p_amount_minor bigint, p_currency text, p_received_on date, p_invoice text, p_now timestamp with time zone); Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON FUNCTION billing.import_payment(p_account bigint, p_method text, p_reference text, p_amount_minor bigint, p_currency text, p_received_on date, p_invoice text, p_now timestamp with time zone) IS 'Posts one received payment: bank against the named invoice, then the oldest due, what is left over becomes credit.';

--
-- Name: import_payment_stage(); Type: FUNCTION; Schema: billing; Owner: smetka_owner
--

CREATE FUNCTION billing.import_payment_stage() RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO ''
    SET client_min_messages TO 'warning'
    AS $$
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

ALTER FUNCTION billing.import_payment_stage() OWNER TO smetka_owner;

--
-- Name: FUNCTION import_payment_stage(); Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON FUNCTION billing.import_payment_stage() IS 'Makes the empty temporary table that a batch of payments fills.';

--
-- Name: import_payments(timestamp with time zone); Type: FUNCTION; Schema: billing; Owner: smetka_owner
--

CREATE FUNCTION billing.import_payments(p_now timestamp with time zone) RETURNS TABLE(seq bigint, outcome text, reason text)
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION billing.import_payments(p_now timestamp with time zone) OWNER TO smetka_owner;

--
-- Name: FUNCTION import_payments(p_now timestamp with time zone); Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON FUNCTION billing.import_payments(p_now timestamp with time zone) IS 'Posts the staged payments and says what became of each; a reference that was posted before is left alone.';

--
-- Name: import_stage(); Type: FUNCTION; Schema: billing; Owner: smetka_owner
--

CREATE FUNCTION billing.import_stage() RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO ''
    SET client_min_messages TO 'warning'
    AS $$
BEGIN
    CREATE TEMP TABLE IF NOT EXISTS import_document (
        seq bigint NOT NULL,
        content bytea NOT NULL,
        has_original boolean NOT NULL,
        seller text NOT NULL,
        seller_name text NOT NULL,
        number text NOT NULL,
        kind billing.document_kind NOT NULL,
        type_code text NOT NULL,
        currency text NOT NULL,
        issued_on date NOT NULL,
        due_on date NOT NULL,
        period_from date,
        period_to date,
        net_minor bigint NOT NULL,
        tax_minor bigint NOT NULL,
        payable_minor bigint NOT NULL,
        code_hash bytea,
        contract text,
        points text[] NOT NULL,
        client_codes text[] NOT NULL,
        holder_hashes bytea[] NOT NULL,
        fallback_hash bytea
    ) ON COMMIT DELETE ROWS;
    CREATE TEMP TABLE IF NOT EXISTS import_line (
        seq bigint NOT NULL,
        line_no smallint NOT NULL,
        quantity_micro bigint NOT NULL,
        price_micro bigint,
        net_minor bigint NOT NULL,
        tax_rate_bp integer NOT NULL,
        unit text NOT NULL,
        name text NOT NULL
    ) ON COMMIT DELETE ROWS;
    CREATE TEMP TABLE IF NOT EXISTS import_tax (
        seq bigint NOT NULL,
        category text NOT NULL,
        rate_bp integer NOT NULL,
        base_minor bigint NOT NULL,
        tax_minor bigint NOT NULL
    ) ON COMMIT DELETE ROWS;
    CREATE TEMP TABLE IF NOT EXISTS import_original (
        seq bigint NOT NULL,
        media_type text NOT NULL,
        body bytea NOT NULL
    ) ON COMMIT DELETE ROWS;
    CREATE TEMP TABLE IF NOT EXISTS import_outcome (
        seq bigint NOT NULL,
        outcome text NOT NULL,
        document_id bigint,
        seller_id integer,
        account_id bigint,
        reason text
    ) ON COMMIT DELETE ROWS;
    -- it is compressed once, in its last place
    ALTER TABLE pg_temp.import_original ALTER body SET STORAGE EXTERNAL;
    TRUNCATE pg_temp.import_document, pg_temp.import_line,
        pg_temp.import_tax, pg_temp.import_original, pg_temp.import_outcome;
    RETURN true;
END $$;

ALTER FUNCTION billing.import_stage() OWNER TO smetka_owner;

--
-- Name: FUNCTION import_stage(); Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON FUNCTION billing.import_stage() IS 'Makes the empty temporary tables that a batch of documents fills.';

--
-- Name: import_take(bigint, bigint, timestamp with time zone); Type: FUNCTION; Schema: billing; Owner: smetka_owner
--

CREATE FUNCTION billing.import_take(p_from bigint, p_to bigint, p_now timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
BEGIN
    PERFORM billing.import_decide(p_from, p_to);
    INSERT INTO billing.document (id, account_id, net_minor, tax_minor,
        total_minor, payable_minor, seller_id, issued_on, due_on,
        period_from, period_to, kind, number, type_code, currency)
    OVERRIDING SYSTEM VALUE
    SELECT o.document_id, o.account_id, s.net_minor, s.tax_minor,
        s.net_minor + s.tax_minor, s.payable_minor, o.seller_id,
        s.issued_on, s.due_on, s.period_from, s.period_to, s.kind, s.number,
        s.type_code, s.currency
    FROM pg_temp.import_outcome AS o
    JOIN pg_temp.import_document AS s ON s.seq = o.seq
    WHERE o.outcome = 'new' AND o.seq BETWEEN p_from AND p_to;
    INSERT INTO billing.document_line (document_id, line_no, quantity_micro,
        price_micro, net_minor, tax_rate_bp, unit, name)
    SELECT o.document_id, l.line_no, l.quantity_micro, l.price_micro,
        l.net_minor, l.tax_rate_bp, l.unit, l.name
    FROM pg_temp.import_outcome AS o
    JOIN pg_temp.import_line AS l ON l.seq = o.seq
    WHERE o.outcome = 'new' AND o.seq BETWEEN p_from AND p_to;
    INSERT INTO billing.document_tax (document_id, category, rate_bp,
        base_minor, tax_minor)
    SELECT o.document_id, t.category, t.rate_bp, sum(t.base_minor),
        sum(t.tax_minor)
    FROM pg_temp.import_outcome AS o
    JOIN pg_temp.import_tax AS t ON t.seq = o.seq
    WHERE o.outcome = 'new' AND o.seq BETWEEN p_from AND p_to
    GROUP BY o.document_id, t.category, t.rate_bp;
    INSERT INTO billing.original (document_id, sha256, media_type,
        received_at, body)
    SELECT o.document_id, s.content, b.media_type, p_now, b.body
    FROM pg_temp.import_outcome AS o
    JOIN pg_temp.import_document AS s ON s.seq = o.seq
    JOIN pg_temp.import_original AS b ON b.seq = o.seq
    WHERE o.outcome IN ('new', 'attach') AND o.seq BETWEEN p_from AND p_to;
    PERFORM billing.post_batch(array_agg(o.document_id), p_now)
    FROM pg_temp.import_outcome AS o
    WHERE o.outcome = 'new' AND o.seq BETWEEN p_from AND p_to
    HAVING count(*) > 0;
END $$;

ALTER FUNCTION billing.import_take(p_from bigint, p_to bigint, p_now timestamp with time zone) OWNER TO smetka_owner;

--
-- Name: FUNCTION import_take(p_from bigint, p_to bigint, p_now timestamp with time zone); Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON FUNCTION billing.import_take(p_from bigint, p_to bigint, p_now timestamp with time zone) IS 'Takes in and posts the staged documents of a range.';

--
-- Name: lock_balances(bigint[], text); Type: FUNCTION; Schema: billing; Owner: smetka_money
--

CREATE FUNCTION billing.lock_balances(p_account_ids bigint[], p_currency text) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO billing.balance (account_id, currency)
    SELECT DISTINCT a.id, p_currency FROM unnest(p_account_ids) AS a (id)
    ORDER BY a.id
    ON CONFLICT DO NOTHING;
    PERFORM FROM billing.balance AS b
        WHERE b.account_id = ANY (p_account_ids) AND b.currency = p_currency
        ORDER BY b.account_id FOR NO KEY UPDATE;
END $$;

ALTER FUNCTION billing.lock_balances(p_account_ids bigint[], p_currency text) OWNER TO smetka_money;

--
-- Name: FUNCTION lock_balances(p_account_ids bigint[], p_currency text); Type: COMMENT; Schema: billing; Owner: smetka_money
--

COMMENT ON FUNCTION billing.lock_balances(p_account_ids bigint[], p_currency text) IS 'Makes and locks the balances of accounts, in the order of their ids; whatever changes open items or credit there holds these locks.';

--
-- Name: post_batch(bigint[], timestamp with time zone); Type: FUNCTION; Schema: billing; Owner: smetka_money
--

CREATE FUNCTION billing.post_batch(p_document_ids bigint[], p_now timestamp with time zone) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION billing.post_batch(p_document_ids bigint[], p_now timestamp with time zone) OWNER TO smetka_money;

--
-- Name: FUNCTION post_batch(p_document_ids bigint[], p_now timestamp with time zone); Type: COMMENT; Schema: billing; Owner: smetka_money
--

COMMENT ON FUNCTION billing.post_batch(p_document_ids bigint[], p_now timestamp with time zone) IS 'Posts documents: journal, open items, use of credit.  One that was posted before is left alone.  Returns how many were posted.';

--
-- Name: post_document(bigint, timestamp with time zone); Type: FUNCTION; Schema: billing; Owner: smetka_money
--

CREATE FUNCTION billing.post_document(p_document_id bigint, p_now timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
BEGIN
    RETURN billing.post_batch(ARRAY[p_document_id], p_now) = 1;
END $$;

ALTER FUNCTION billing.post_document(p_document_id bigint, p_now timestamp with time zone) OWNER TO smetka_money;

--
-- Name: FUNCTION post_document(p_document_id bigint, p_now timestamp with time zone); Type: COMMENT; Schema: billing; Owner: smetka_money
--

COMMENT ON FUNCTION billing.post_document(p_document_id bigint, p_now timestamp with time zone) IS 'Posts one document; false where it was posted before.';

--
-- Name: post_entries(bigint[], timestamp with time zone); Type: FUNCTION; Schema: billing; Owner: smetka_money
--

CREATE FUNCTION billing.post_entries(p_documents bigint[], p_now timestamp with time zone) RETURNS bigint[]
    LANGUAGE plpgsql
    AS $$
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

ALTER FUNCTION billing.post_entries(p_documents bigint[], p_now timestamp with time zone) OWNER TO smetka_money;

--
-- Name: FUNCTION post_entries(p_documents bigint[], p_now timestamp with time zone); Type: COMMENT; Schema: billing; Owner: smetka_money
--

COMMENT ON FUNCTION billing.post_entries(p_documents bigint[], p_now timestamp with time zone) IS 'Part of post_batch: journals those documents that were not yet, makes open items of what is owed and credit of what is given; returns them.';

--
-- Name: split(bigint[], text, bigint, bigint); Type: FUNCTION; Schema: billing; Owner: smetka_money
--

CREATE FUNCTION billing.split(p_account_ids bigint[], p_currency text, p_amount_minor bigint, p_intent_id bigint) RETURNS TABLE(document_id bigint, account_id bigint, chosen_minor bigint, amount_minor bigint)
    LANGUAGE plpgsql STABLE
    AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH item AS (
        SELECT o.document_id, o.account_id, o.open_minor,
            least(coalesce(i.amount_minor, 0), o.open_minor) AS want,
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

ALTER FUNCTION billing.split(p_account_ids bigint[], p_currency text, p_amount_minor bigint, p_intent_id bigint) OWNER TO smetka_money;

--
-- Name: FUNCTION split(p_account_ids bigint[], p_currency text, p_amount_minor bigint, p_intent_id bigint); Type: COMMENT; Schema: billing; Owner: smetka_money
--

COMMENT ON FUNCTION billing.split(p_account_ids bigint[], p_currency text, p_amount_minor bigint, p_intent_id bigint) IS 'How a sum meets the open invoices of accounts: what the intent chose first, each up to what is open, then the oldest due, then by date of issue and number.  What is not returned is left over.';

--
-- Name: txn_sums_to_zero(); Type: FUNCTION; Schema: billing; Owner: smetka_owner
--

CREATE FUNCTION billing.txn_sums_to_zero() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
BEGIN
    IF EXISTS (
        SELECT FROM billing.journal_entry AS e WHERE e.txn_id = NEW.txn_id
        GROUP BY e.currency HAVING sum(e.amount_minor) <> 0
    ) THEN
        RAISE EXCEPTION 'journal transaction % does not sum to zero',
            NEW.txn_id USING ERRCODE = 'check_violation',
            CONSTRAINT = 'journal_sums_to_zero';
    END IF;
    RETURN NULL;
END $$;

ALTER FUNCTION billing.txn_sums_to_zero() OWNER TO smetka_owner;

--
-- Name: FUNCTION txn_sums_to_zero(); Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON FUNCTION billing.txn_sums_to_zero() IS 'Deferred check of the journal: debit equals credit.';

--
-- Name: import_accounts(); Type: FUNCTION; Schema: customer; Owner: smetka_owner
--

CREATE FUNCTION customer.import_accounts(OUT added bigint, OUT changed bigint, OUT refused bigint) RETURNS record
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
DECLARE
    v_last bigint;
BEGIN
    ANALYZE pg_temp.import_account;
    PERFORM customer.import_refuse();
    v_last := coalesce((SELECT max(a.id) FROM customer.account AS a), 0);
    changed := customer.import_changed() + customer.import_places(0, v_last);
    added := customer.import_added();
    PERFORM customer.import_places(v_last, 9223372036854775807);
    refused := (SELECT count(DISTINCT r.line) FROM pg_temp.import_refused AS r);
END $$;

ALTER FUNCTION customer.import_accounts(OUT added bigint, OUT changed bigint, OUT refused bigint) OWNER TO smetka_owner;

--
-- Name: FUNCTION import_accounts(OUT added bigint, OUT changed bigint, OUT refused bigint); Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON FUNCTION customer.import_accounts(OUT added bigint, OUT changed bigint, OUT refused bigint) IS 'Takes in the staged accounts: what is new is added, what differs is changed, what contradicts is noted in import_refused.';

--
-- Name: import_added(); Type: FUNCTION; Schema: customer; Owner: smetka_owner
--

CREATE FUNCTION customer.import_added() RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
DECLARE
    v_added bigint;
BEGIN
    WITH one AS MATERIALIZED (
        SELECT o.*, nextval('customer.party_id_seq') AS party_id
        FROM (SELECT DISTINCT ON (s.client_code) s.*
            FROM pg_temp.import_account AS s
            WHERE NOT EXISTS (SELECT FROM customer.account AS a
                WHERE a.client_code = s.client_code)
            ORDER BY s.client_code, s.line) AS o
    ), party AS (
        INSERT INTO customer.party (id, kind, name, id_kind, id_hash,
            id_sealed, email, phone, language)
        OVERRIDING SYSTEM VALUE
        SELECT o.party_id, o.kind, o.name, o.id_kind, o.id_hash, o.id_sealed,
            o.email, o.phone, o.language
        FROM one AS o
    )
    INSERT INTO customer.account (party_id, payment_code_hash,
        payment_code_sealed, payment_code_hint, client_code,
        client_code_hash, currency, active)
    SELECT o.party_id, o.code_hash, o.code_sealed, o.code_hint,
        o.client_code, o.client_hash, o.currency, o.active
    FROM one AS o;
    GET DIAGNOSTICS v_added = ROW_COUNT;
    RETURN v_added;
END $$;

ALTER FUNCTION customer.import_added() OWNER TO smetka_owner;

--
-- Name: FUNCTION import_added(); Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON FUNCTION customer.import_added() IS 'Adds the staged accounts that are new; returns how many.';

--
-- Name: import_changed(); Type: FUNCTION; Schema: customer; Owner: smetka_owner
--

CREATE FUNCTION customer.import_changed() RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
DECLARE
    v_changed bigint;
BEGIN
    WITH one AS MATERIALIZED (
        SELECT DISTINCT ON (s.client_code) s.*, a.id AS account_id, a.party_id
        FROM pg_temp.import_account AS s
        JOIN customer.account AS a ON a.client_code = s.client_code
        ORDER BY s.client_code, s.line
    ), party AS (
        UPDATE customer.party AS p SET kind = o.kind, name = o.name,
            id_kind = o.id_kind, id_hash = o.id_hash,
            id_sealed = o.id_sealed, email = o.email, phone = o.phone,
            language = o.language
        FROM one AS o WHERE p.id = o.party_id
            AND row(p.kind, p.name, p.id_kind, p.id_hash, p.email, p.phone,
                p.language) IS DISTINCT FROM row(o.kind, o.name, o.id_kind,
                o.id_hash, o.email, o.phone, o.language)
        RETURNING o.account_id
    ), account AS (
        UPDATE customer.account AS a
        SET currency = o.currency, active = o.active
        FROM one AS o WHERE a.id = o.account_id
            AND row(a.currency, a.active)
                IS DISTINCT FROM row(o.currency, o.active)
        RETURNING a.id
    )
    SELECT count(*) INTO v_changed
    FROM (SELECT account_id FROM party UNION SELECT id FROM account) AS c;
    RETURN v_changed;
END $$;

ALTER FUNCTION customer.import_changed() OWNER TO smetka_owner;

--
-- Name: FUNCTION import_changed(); Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON FUNCTION customer.import_changed() IS 'Brings existing accounts to what the stage says; returns how many.';

--
-- Name: import_places(bigint, bigint); Type: FUNCTION; Schema: customer; Owner: smetka_owner
--

CREATE FUNCTION customer.import_places(p_after bigint, p_to bigint) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
DECLARE
    v_contracts bigint;
    v_points bigint;
BEGIN
    INSERT INTO customer.contract (account_id, number, utility)
    SELECT DISTINCT ON (s.contract) a.id, s.contract, s.utility
    FROM pg_temp.import_account AS s
    JOIN customer.account AS a ON a.client_code = s.client_code
    WHERE a.id > p_after AND a.id <= p_to
        AND s.contract IS NOT NULL AND NOT EXISTS (
        SELECT FROM customer.contract AS c WHERE c.number = s.contract)
    ORDER BY s.contract, s.line;
    GET DIAGNOSTICS v_contracts = ROW_COUNT;
    INSERT INTO customer.supply_point AS p
        (contract_id, code, address, meter_serials)
    SELECT DISTINCT ON (c.id, s.point) c.id, s.point, s.address, s.meters
    FROM pg_temp.import_account AS s
    JOIN customer.contract AS c ON c.number = s.contract
    WHERE c.account_id > p_after AND c.account_id <= p_to
        AND s.point IS NOT NULL
    ORDER BY c.id, s.point, s.line DESC
    ON CONFLICT (code, contract_id) DO UPDATE
        SET address = EXCLUDED.address, meter_serials = EXCLUDED.meter_serials
        WHERE row(p.address, p.meter_serials) IS DISTINCT FROM
            row(EXCLUDED.address, EXCLUDED.meter_serials);
    GET DIAGNOSTICS v_points = ROW_COUNT;
    RETURN v_contracts + v_points;
END $$;

ALTER FUNCTION customer.import_places(p_after bigint, p_to bigint) OWNER TO smetka_owner;

--
-- Name: FUNCTION import_places(p_after bigint, p_to bigint); Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON FUNCTION customer.import_places(p_after bigint, p_to bigint) IS 'Adds or updates the staged contracts and supply points of accounts within the ids given; returns how many rows changed.';

--
-- Name: import_reasons(integer); Type: FUNCTION; Schema: customer; Owner: smetka_owner
--

CREATE FUNCTION customer.import_reasons(p_limit integer) RETURNS TABLE(line bigint, reason text)
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY SELECT DISTINCT ON (r.line) r.line, r.reason
    FROM pg_temp.import_refused AS r ORDER BY r.line, r.reason LIMIT p_limit;
END $$;

ALTER FUNCTION customer.import_reasons(p_limit integer) OWNER TO smetka_owner;

--
-- Name: FUNCTION import_reasons(p_limit integer); Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON FUNCTION customer.import_reasons(p_limit integer) IS 'Why lines were refused, in their order.';

--
-- Name: import_refuse(); Type: FUNCTION; Schema: customer; Owner: smetka_owner
--

CREATE FUNCTION customer.import_refuse() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
BEGIN
    INSERT INTO pg_temp.import_refused (line, reason)
    SELECT t.line, t.reason FROM (
        SELECT s.line, CASE
            WHEN row(s.code_hash, s.kind, s.name, s.id_kind, s.id_hash,
                    s.email, s.phone, s.language, s.currency, s.active)
                IS DISTINCT FROM lag(row(s.code_hash, s.kind, s.name,
                    s.id_kind, s.id_hash, s.email, s.phone, s.language,
                    s.currency, s.active)) OVER w
                AND row_number() OVER w > 1
            THEN 'the same client_code stands on an earlier line with other '
                'data of the account' END AS reason
        FROM pg_temp.import_account AS s
        WINDOW w AS (PARTITION BY s.client_code ORDER BY s.line)
    ) AS t WHERE t.reason IS NOT NULL;

    INSERT INTO pg_temp.import_refused (line, reason)
    SELECT s.line, 'this payment_code belongs to another client_code of the '
        'file'
    FROM pg_temp.import_account AS s
    JOIN (SELECT c.code_hash, min(c.client_code) AS first_code
        FROM pg_temp.import_account AS c GROUP BY c.code_hash
        HAVING min(c.client_code) <> max(c.client_code)) AS o
        ON o.code_hash = s.code_hash AND o.first_code <> s.client_code;

    INSERT INTO pg_temp.import_refused (line, reason)
    SELECT s.line, 'this contract belongs to another client_code of the file'
    FROM pg_temp.import_account AS s
    JOIN (SELECT c.contract, min(c.client_code) AS first_code
        FROM pg_temp.import_account AS c WHERE c.contract IS NOT NULL
        GROUP BY c.contract
        HAVING min(c.client_code) <> max(c.client_code)) AS o
        ON o.contract = s.contract AND o.first_code <> s.client_code;

    INSERT INTO pg_temp.import_refused (line, reason)
    SELECT s.line, 'the account exists with another payment code'
    FROM pg_temp.import_account AS s
    JOIN customer.account AS a ON a.client_code = s.client_code
    WHERE a.payment_code_hash <> s.code_hash
    UNION ALL
    SELECT s.line, 'this payment_code belongs to another account'
    FROM pg_temp.import_account AS s
    JOIN customer.account AS a ON a.payment_code_hash = s.code_hash
    WHERE a.client_code IS DISTINCT FROM s.client_code;

    INSERT INTO pg_temp.import_refused (line, reason)
    SELECT s.line, 'this contract belongs to another account'
    FROM pg_temp.import_account AS s
    JOIN customer.contract AS c ON c.number = s.contract
    JOIN customer.account AS a ON a.id = c.account_id
    WHERE a.client_code IS DISTINCT FROM s.client_code;

    DELETE FROM pg_temp.import_account AS s USING pg_temp.import_refused AS r
        WHERE r.line = s.line;
END $$;

ALTER FUNCTION customer.import_refuse() OWNER TO smetka_owner;

--
-- Name: FUNCTION import_refuse(); Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON FUNCTION customer.import_refuse() IS 'Notes the staged accounts that contradict the file or the database and takes them out of the stage.';

--
-- Name: import_stage(); Type: FUNCTION; Schema: customer; Owner: smetka_owner
--

CREATE FUNCTION customer.import_stage() RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO ''
    SET client_min_messages TO 'warning'
    AS $$
BEGIN
    CREATE TEMP TABLE IF NOT EXISTS import_account (
        line bigint NOT NULL,
        client_code text NOT NULL,
        client_hash bytea NOT NULL,
        code_hash bytea NOT NULL,
        code_sealed bytea NOT NULL,
        code_hint text NOT NULL,
        kind text NOT NULL,
        name text NOT NULL,
        id_kind text,
        id_hash bytea,
        id_sealed bytea,
        email text,
        phone text,
        language text NOT NULL,
        currency text NOT NULL,
        active boolean NOT NULL,
        contract text,
        utility text,
        point text,
        address text,
        meters text[] NOT NULL
    ) ON COMMIT DELETE ROWS;
    CREATE TEMP TABLE IF NOT EXISTS import_refused (
        line bigint NOT NULL,
        reason text NOT NULL
    ) ON COMMIT DELETE ROWS;
    TRUNCATE pg_temp.import_account, pg_temp.import_refused;
    RETURN true;
END $$;

ALTER FUNCTION customer.import_stage() OWNER TO smetka_owner;

--
-- Name: FUNCTION import_stage(); Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON FUNCTION customer.import_stage() IS 'Makes the empty temporary tables that an import of accounts fills.';

--
-- Name: outbox_claim(integer, integer, timestamp with time zone); Type: FUNCTION; Schema: notify; Owner: smetka_money
--

CREATE FUNCTION notify.outbox_claim(p_limit integer, p_lease_s integer, p_now timestamp with time zone) RETURNS TABLE(id bigint, channel text, recipient text, template text, language text, args jsonb, attempts integer, created_at timestamp with time zone)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    UPDATE notify.outbox AS o
    SET state = 'sending', attempts = o.attempts + 1,
        next_try_at = p_now + make_interval(secs => p_lease_s)
    FROM (SELECT d.id FROM notify.outbox AS d
        WHERE d.next_try_at <= p_now ORDER BY d.next_try_at
        LIMIT p_limit FOR UPDATE SKIP LOCKED) AS due
    WHERE o.id = due.id
    RETURNING o.id, o.channel, o.recipient, o.template, o.language, o.args,
        o.attempts, o.created_at;
END $$;

ALTER FUNCTION notify.outbox_claim(p_limit integer, p_lease_s integer, p_now timestamp with time zone) OWNER TO smetka_money;

--
-- Name: FUNCTION outbox_claim(p_limit integer, p_lease_s integer, p_now timestamp with time zone); Type: COMMENT; Schema: notify; Owner: smetka_money
--

COMMENT ON FUNCTION notify.outbox_claim(p_limit integer, p_lease_s integer, p_now timestamp with time zone) IS 'Takes due messages for the length of a lease; two callers never get the same one.';

--
-- Name: outbox_done(bigint, text, text, timestamp with time zone); Type: FUNCTION; Schema: notify; Owner: smetka_money
--

CREATE FUNCTION notify.outbox_done(p_id bigint, p_outcome text, p_error text, p_now timestamp with time zone) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
BEGIN
    IF p_outcome NOT IN ('sent', 'retry', 'failed') THEN
        RAISE EXCEPTION 'no outcome named %', p_outcome
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    UPDATE notify.outbox AS o
    SET state = n.state, last_error = left(p_error, 500),
        sent_at = CASE n.state WHEN 'sent' THEN p_now END,
        -- 30 s doubled at each try, at most 4 hours
        next_try_at = CASE n.state WHEN 'queued' THEN p_now + least(
            interval '4 hours',
            interval '30 seconds' * power(2, least(o.attempts, 10) - 1)) END
    FROM (SELECT d.id, CASE p_outcome WHEN 'retry' THEN CASE
                WHEN d.created_at <= p_now - interval '72 hours' THEN 'dead'
                ELSE 'queued' END
            ELSE p_outcome END AS state
        FROM notify.outbox AS d WHERE d.id = p_id FOR UPDATE) AS n
    WHERE o.id = n.id AND o.state = 'sending';
END $$;

ALTER FUNCTION notify.outbox_done(p_id bigint, p_outcome text, p_error text, p_now timestamp with time zone) OWNER TO smetka_money;

--
-- Name: FUNCTION outbox_done(p_id bigint, p_outcome text, p_error text, p_now timestamp with time zone); Type: COMMENT; Schema: notify; Owner: smetka_money
--

COMMENT ON FUNCTION notify.outbox_done(p_id bigint, p_outcome text, p_error text, p_now timestamp with time zone) IS 'Ends a try: sent, retry (later; dead after 72 hours), failed.';

--
-- Name: queue(text, text, text, text, jsonb, timestamp with time zone); Type: FUNCTION; Schema: notify; Owner: smetka_money
--

CREATE FUNCTION notify.queue(p_dedupe_key text, p_recipient text, p_template text, p_language text, p_args jsonb, p_now timestamp with time zone) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    v_id bigint;
BEGIN
    IF p_recipient IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO notify.outbox (dedupe_key, channel, recipient, template,
        language, args, next_try_at, created_at)
    VALUES (p_dedupe_key, 'mail', p_recipient, p_template, p_language,
        p_args, p_now, p_now)
    ON CONFLICT (dedupe_key) DO NOTHING
    RETURNING id INTO v_id;
    RETURN v_id;
END $$;

ALTER FUNCTION notify.queue(p_dedupe_key text, p_recipient text, p_template text, p_language text, p_args jsonb, p_now timestamp with time zone) OWNER TO smetka_money;

--
-- Name: FUNCTION queue(p_dedupe_key text, p_recipient text, p_template text, p_language text, p_args jsonb, p_now timestamp with time zone); Type: COMMENT; Schema: notify; Owner: smetka_money
--

COMMENT ON FUNCTION notify.queue(p_dedupe_key text, p_recipient text, p_template text, p_language text, p_args jsonb, p_now timestamp with time zone) IS 'Writes a mail, once a key; nothing where no address is known.';

--
-- Name: day(timestamp with time zone); Type: FUNCTION; Schema: ops; Owner: smetka_money
--

CREATE FUNCTION ops.day(p_now timestamp with time zone) RETURNS date
    LANGUAGE sql STABLE
    AS $$ SELECT (p_now AT TIME ZONE 'Europe/Bucharest')::date $$;

ALTER FUNCTION ops.day(p_now timestamp with time zone) OWNER TO smetka_money;

--
-- Name: FUNCTION day(p_now timestamp with time zone); Type: COMMENT; Schema: ops; Owner: smetka_money
--

COMMENT ON FUNCTION ops.day(p_now timestamp with time zone) IS 'The calendar day of the companies served: Romania and Bulgaria keep one.';

--
-- Name: figures(timestamp with time zone); Type: FUNCTION; Schema: ops; Owner: smetka_money
--

CREATE FUNCTION ops.figures(p_now timestamp with time zone, OUT created bigint, OUT requested bigint, OUT open bigint, OUT pending bigint, OUT attempts_oldest_s bigint, OUT unmatched bigint, OUT outbox_depth bigint, OUT outbox_oldest_s bigint, OUT feed_age_s bigint) RETURNS record
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
#variable_conflict use_column
BEGIN
    SELECT count(*) FILTER (WHERE a.state = 'created'),
        count(*) FILTER (WHERE a.state = 'requested'),
        count(*) FILTER (WHERE a.state = 'open'),
        count(*) FILTER (WHERE a.state = 'pending'),
        coalesce(extract(epoch FROM p_now - min(a.created_at)), 0)
    INTO created, requested, open, pending, attempts_oldest_s
    FROM pay.attempt AS a
    WHERE a.id IN (SELECT f.payment_id FROM pay.in_flight AS f);
    SELECT count(*) INTO unmatched FROM pay.unmatched;
    SELECT count(*),
        coalesce(extract(epoch FROM p_now - min(o.created_at)), 0)
    INTO outbox_depth, outbox_oldest_s
    FROM notify.outbox AS o WHERE o.next_try_at IS NOT NULL;
    SELECT coalesce(extract(epoch FROM p_now - max(f.as_of)), 0)
    INTO feed_age_s FROM billing.feed AS f;
END $$;

ALTER FUNCTION ops.figures(p_now timestamp with time zone, OUT created bigint, OUT requested bigint, OUT open bigint, OUT pending bigint, OUT attempts_oldest_s bigint, OUT unmatched bigint, OUT outbox_depth bigint, OUT outbox_oldest_s bigint, OUT feed_age_s bigint) OWNER TO smetka_money;

--
-- Name: FUNCTION figures(p_now timestamp with time zone, OUT created bigint, OUT requested bigint, OUT open bigint, OUT pending bigint, OUT attempts_oldest_s bigint, OUT unmatched bigint, OUT outbox_depth bigint, OUT outbox_oldest_s bigint, OUT feed_age_s bigint); Type: COMMENT; Schema: ops; Owner: smetka_money
--

COMMENT ON FUNCTION ops.figures(p_now timestamp with time zone, OUT created bigint, OUT requested bigint, OUT open bigint, OUT pending bigint, OUT attempts_oldest_s bigint, OUT unmatched bigint, OUT outbox_depth bigint, OUT outbox_oldest_s bigint, OUT feed_age_s bigint) IS 'Counts of what is under way, for monitoring; each is small or indexed.';

--
-- Name: refuse_change(); Type: FUNCTION; Schema: ops; Owner: smetka_owner
--

CREATE FUNCTION ops.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
BEGIN
    RAISE EXCEPTION '% on %.% is refused: its rows are never changed',
        TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

ALTER FUNCTION ops.refuse_change() OWNER TO smetka_owner;

--
-- Name: FUNCTION refuse_change(); Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON FUNCTION ops.refuse_change() IS 'Trigger of insert-only tables: refuses UPDATE, DELETE and TRUNCATE.';

--
-- Name: seconds(text); Type: FUNCTION; Schema: ops; Owner: smetka_money
--

CREATE FUNCTION ops.seconds(p_name text) RETURNS interval
    LANGUAGE plpgsql STABLE
    AS $$
BEGIN
    RETURN (SELECT make_interval(secs => s.value)
        FROM ops.setting AS s WHERE s.name = p_name);
END $$;

ALTER FUNCTION ops.seconds(p_name text) OWNER TO smetka_money;

--
-- Name: FUNCTION seconds(p_name text); Type: COMMENT; Schema: ops; Owner: smetka_money
--

COMMENT ON FUNCTION ops.seconds(p_name text) IS 'A setting, as a length of time.';

--
-- Name: set(text, bigint); Type: FUNCTION; Schema: ops; Owner: smetka_money
--

CREATE FUNCTION ops.set(p_name text, p_value bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
BEGIN
    UPDATE ops.setting AS s SET value = p_value
        WHERE s.name = p_name AND s.value <> p_value;
    IF NOT FOUND AND NOT EXISTS
        (SELECT FROM ops.setting AS s WHERE s.name = p_name)
    THEN
        RAISE EXCEPTION 'no setting named %', p_name
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
END $$;

ALTER FUNCTION ops.set(p_name text, p_value bigint) OWNER TO smetka_money;

--
-- Name: FUNCTION set(p_name text, p_value bigint); Type: COMMENT; Schema: ops; Owner: smetka_money
--

COMMENT ON FUNCTION ops.set(p_name text, p_value bigint) IS 'Sets one of the settings that rules inside the database depend on.';

--
-- Name: spend(text, bytea, integer, interval, timestamp with time zone); Type: FUNCTION; Schema: ops; Owner: smetka_money
--

CREATE FUNCTION ops.spend(p_kind text, p_key bytea, p_n integer, p_window interval, p_now timestamp with time zone, OUT used integer, OUT ends_at timestamp with time zone) RETURNS record
    LANGUAGE plpgsql
    AS $$
#variable_conflict use_column
BEGIN
    INSERT INTO ops.budget AS b (kind, key, used, ends_at)
    VALUES (p_kind, p_key, p_n, p_now + p_window)
    ON CONFLICT (kind, key) DO UPDATE SET
        used = CASE WHEN b.ends_at > p_now THEN b.used ELSE 0 END + p_n,
        ends_at = CASE WHEN b.ends_at > p_now THEN b.ends_at
            ELSE p_now + p_window END
    RETURNING b.used, b.ends_at INTO used, ends_at;
END $$;

ALTER FUNCTION ops.spend(p_kind text, p_key bytea, p_n integer, p_window interval, p_now timestamp with time zone, OUT used integer, OUT ends_at timestamp with time zone) OWNER TO smetka_money;

--
-- Name: FUNCTION spend(p_kind text, p_key bytea, p_n integer, p_window interval, p_now timestamp with time zone, OUT used integer, OUT ends_at timestamp with time zone); Type: COMMENT; Schema: ops; Owner: smetka_money
--

COMMENT ON FUNCTION ops.spend(p_kind text, p_key bytea, p_n integer, p_window interval, p_now timestamp with time zone, OUT used integer, OUT ends_at timestamp with time zone) IS 'Adds to a counter in its fixed window; atomic.  Callers take the kinds in the order address, identifier, global_miss, so none can deadlock.';

--
-- Name: spent(text, bytea, timestamp with time zone); Type: FUNCTION; Schema: ops; Owner: smetka_money
--

CREATE FUNCTION ops.spent(p_kind text, p_key bytea, p_now timestamp with time zone) RETURNS bigint
    LANGUAGE plpgsql STABLE
    AS $$
BEGIN
    IF p_key IS NULL THEN
        RETURN (SELECT coalesce(sum(b.used), 0) FROM ops.budget AS b
            WHERE b.kind = p_kind AND b.ends_at > p_now);
    END IF;
    RETURN coalesce((SELECT b.used FROM ops.budget AS b
        WHERE b.kind = p_kind AND b.key = p_key AND b.ends_at > p_now), 0);
END $$;

ALTER FUNCTION ops.spent(p_kind text, p_key bytea, p_now timestamp with time zone) OWNER TO smetka_money;

--
-- Name: FUNCTION spent(p_kind text, p_key bytea, p_now timestamp with time zone); Type: COMMENT; Schema: ops; Owner: smetka_money
--

COMMENT ON FUNCTION ops.spent(p_kind text, p_key bytea, p_now timestamp with time zone) IS 'What a counter stands at; without a key, the sum of the kind.';

--
-- Name: tidy(timestamp with time zone); Type: FUNCTION; Schema: ops; Owner: smetka_money
--

CREATE FUNCTION ops.tidy(p_now timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM ops.budget AS b USING (
        SELECT d.kind, d.key FROM ops.budget AS d
        WHERE d.ends_at < p_now ORDER BY d.ends_at LIMIT 4
        FOR UPDATE SKIP LOCKED) AS old
    WHERE b.kind = old.kind AND b.key = old.key;
    DELETE FROM pay.guest_handle AS h USING (
        SELECT d.id FROM pay.guest_handle AS d
        WHERE d.expires_at < p_now - interval '10 minutes'
        ORDER BY d.expires_at LIMIT 2 FOR UPDATE SKIP LOCKED) AS old
    WHERE h.id = old.id;
    DELETE FROM pay.step_up AS s USING (
        SELECT d.token_hash FROM pay.step_up AS d
        WHERE d.expires_at < p_now ORDER BY d.expires_at LIMIT 2
        FOR UPDATE SKIP LOCKED) AS old
    WHERE s.token_hash = old.token_hash;
END $$;

ALTER FUNCTION ops.tidy(p_now timestamp with time zone) OWNER TO smetka_money;

--
-- Name: FUNCTION tidy(p_now timestamp with time zone); Type: COMMENT; Schema: ops; Owner: smetka_money
--

COMMENT ON FUNCTION ops.tidy(p_now timestamp with time zone) IS 'Removes a few rows past their time.  Each look-up calls it and removes more than it adds, so the tables stay as large as the traffic.';

--
-- Name: apply(text, text, uuid, text, text, text, bigint, text, text, text, timestamp with time zone, text, bytea, timestamp with time zone); Type: FUNCTION; Schema: pay; Owner: smetka_money
--

CREATE FUNCTION pay.apply(p_processor text, p_event_key text, p_payment uuid, p_order_no text, p_processor_ref text, p_kind text, p_amount_minor bigint, p_currency text, p_reason text, p_redirect_url text, p_expires_at timestamp with time zone, p_source text, p_body_hash bytea, p_now timestamp with time zone, OUT outcome text, OUT payment_id uuid, OUT state text) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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
    INSERT INTO pay.processor_event (processor, event_key, payment_id,
        order_no, processor_ref, kind, amount_minor, currency, reason,
        source, outcome, body_hash, received_at, applied_at)
    VALUES (p_processor, p_event_key, v_attempt.id, p_order_no,
        p_processor_ref, p_kind, p_amount_minor, p_currency, p_reason,
        p_source, v_weighed.outcome, p_body_hash, p_now,
        CASE WHEN v_weighed.outcome <> 'unmatched' THEN p_now END)
    ON CONFLICT (processor, event_key) DO NOTHING
    RETURNING id INTO v_event;
    IF v_event IS NULL THEN
        outcome := 'duplicate';
        RETURN;
    END IF;
    outcome := v_weighed.outcome;
    IF outcome = 'unmatched' THEN
        IF p_kind = 'captured' THEN
            PERFORM pay.quarantine(v_event, p_processor, coalesce(
                p_processor_ref, p_order_no, p_event_key), p_amount_minor,
                p_currency, v_weighed.reason, p_now);
        END IF;
        RETURN;
    END IF;
    PERFORM pay.note_answer(v_attempt, p_processor_ref, p_redirect_url,
        p_expires_at, p_source, p_now);
    IF outcome = 'applied' AND v_to IS NOT NULL THEN
        PERFORM pay.move(v_attempt, v_to, p_reason,
            p_source || ' ' || p_event_key, p_now);
        state := v_to;
        IF v_to = 'settled' THEN
            PERFORM pay.settle(v_attempt, v_event, p_amount_minor,
                p_currency, p_processor_ref, p_now);
        END IF;
    END IF;
END $$;

ALTER FUNCTION pay.apply(p_processor text, p_event_key text, p_payment uuid, p_order_no text, p_processor_ref text, p_kind text, p_amount_minor bigint, p_currency text, p_reason text, p_redirect_url text, p_expires_at timestamp with time zone, p_source text, p_body_hash bytea, p_now timestamp with time zone, OUT outcome text, OUT payment_id uuid, OUT state text) OWNER TO smetka_money;

--
-- Name: FUNCTION apply(p_processor text, p_event_key text, p_payment uuid, p_order_no text, p_processor_ref text, p_kind text, p_amount_minor bigint, p_currency text, p_reason text, p_redirect_url text, p_expires_at timestamp with time zone, p_source text, p_body_hash bytea, p_now timestamp with time zone, OUT outcome text, OUT payment_id uuid, OUT state text); Type: COMMENT; Schema: pay; Owner: smetka_money
--

COMMENT ON FUNCTION pay.apply(p_processor text, p_event_key text, p_payment uuid, p_order_no text, p_processor_ref text, p_kind text, p_amount_minor bigint, p_currency text, p_reason text, p_redirect_url text, p_expires_at timestamp with time zone, p_source text, p_body_hash bytea, p_now timestamp with time zone, OUT outcome text, OUT payment_id uuid, OUT state text) IS 'The one way an attempt moves: applied, duplicate, ignored (a higher state stands), unmatched.  A message is safe to send any number of times.';

--
-- Name: ask_failed(uuid, timestamp with time zone); Type: FUNCTION; Schema: pay; Owner: smetka_money
--

CREATE FUNCTION pay.ask_failed(p_payment uuid, p_now timestamp with time zone) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
BEGIN
    UPDATE pay.attempt AS a
    SET unreachable_since = coalesce(a.unreachable_since, p_now),
        told_to_wait = true, lease_until = NULL,
        next_ask_at = CASE WHEN NOT a.needs_person
            THEN pay.next_ask(a, p_now) END
    WHERE a.id = p_payment AND a.final_at IS NULL;
END $$;

ALTER FUNCTION pay.ask_failed(p_payment uuid, p_now timestamp with time zone) OWNER TO smetka_money;

--
-- Name: FUNCTION ask_failed(p_payment uuid, p_now timestamp with time zone); Type: COMMENT; Schema: pay; Owner: smetka_money
--

COMMENT ON FUNCTION pay.ask_failed(p_payment uuid, p_now timestamp with time zone) IS 'The processor could not be asked: notes since when, asks again later.';

--
-- Name: asked(uuid, timestamp with time zone); Type: FUNCTION; Schema: pay; Owner: smetka_money
--

CREATE FUNCTION pay.asked(p_payment uuid, p_now timestamp with time zone) RETURNS TABLE(order_no text, amount_minor bigint, currency text, email text, lang text, description_hint text, expires_at timestamp with time zone, idempotency_key text, state text, created_at timestamp with time zone, processor text, processor_ref text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
#variable_conflict use_column
BEGIN
    UPDATE pay.attempt AS a
        SET state = 'requested', last_cause = 'asked', changed_at = p_now,
            last_ask_at = p_now
        WHERE a.id = p_payment AND a.state = 'created';
    RETURN QUERY
    SELECT a.order_no, a.amount_minor, a.currency, a.email, a.lang,
        c.payment_code_hint, a.expires_at, a.id::text, a.state,
        a.created_at, a.processor, a.processor_ref
    FROM pay.attempt AS a
    JOIN pay.intent AS i ON i.id = a.intent_id
    JOIN customer.account AS c ON c.id = i.account_id
    WHERE a.id = p_payment;
END $$;

ALTER FUNCTION pay.asked(p_payment uuid, p_now timestamp with time zone) OWNER TO smetka_money;

--
-- Name: FUNCTION asked(p_payment uuid, p_now timestamp with time zone); Type: COMMENT; Schema: pay; Owner: smetka_money
--

COMMENT ON FUNCTION pay.asked(p_payment uuid, p_now timestamp with time zone) IS 'Notes that the processor is about to be asked; returns what the request is made of.  The caller asks only where the state is requested.';

--
-- Name: attempt_moves(); Type: FUNCTION; Schema: pay; Owner: smetka_owner
--

CREATE FUNCTION pay.attempt_moves() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'created' OR NEW.seq <> 0 THEN
            RAISE EXCEPTION 'an attempt begins as created'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.id <> OLD.id OR NEW.intent_id <> OLD.intent_id
        OR NEW.amount_minor <> OLD.amount_minor
        OR NEW.currency <> OLD.currency OR NEW.processor <> OLD.processor
        OR NEW.order_no <> OLD.order_no OR NEW.once_key <> OLD.once_key
        OR NEW.handle_hash <> OLD.handle_hash
        OR NEW.browser_hash <> OLD.browser_hash
        OR NEW.created_at <> OLD.created_at OR NEW.seq <> OLD.seq
    THEN
        RAISE EXCEPTION 'what was frozen in attempt % cannot change', OLD.id
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state = OLD.state THEN
        RETURN NEW;
    END IF;
    NEW.seq := OLD.seq + 1;
    -- the foreign key to pay.edge refuses what is no edge
    INSERT INTO pay.attempt_event
        (payment_id, seq, from_state, to_state, cause, at)
    VALUES (OLD.id, NEW.seq, OLD.state, NEW.state, NEW.last_cause,
        NEW.changed_at);
    IF NEW.final_at IS NOT NULL THEN
        DELETE FROM pay.in_flight AS f WHERE f.payment_id = OLD.id;
    END IF;
    RETURN NEW;
END $$;

ALTER FUNCTION pay.attempt_moves() OWNER TO smetka_owner;

--
-- Name: FUNCTION attempt_moves(); Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON FUNCTION pay.attempt_moves() IS 'Trigger: an attempt moves along pay.edge only, and each move is noted.';

--
-- Name: count_miss(bytea, bytea, boolean, timestamp with time zone); Type: FUNCTION; Schema: pay; Owner: smetka_money
--

CREATE FUNCTION pay.count_miss(p_code_hash bytea, p_random bytea, p_miss boolean, p_now timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    -- a hit adds nothing, in the same two statements
    PERFORM ops.spend('identifier', p_code_hash, p_miss::integer,
        interval '1 hour', p_now);
    PERFORM ops.spend('global_miss',
        set_byte('\x00', 0, get_byte(p_random, 0) & 15), p_miss::integer,
        interval '1 hour', p_now);
END $$;

ALTER FUNCTION pay.count_miss(p_code_hash bytea, p_random bytea, p_miss boolean, p_now timestamp with time zone) OWNER TO smetka_money;

--
-- Name: FUNCTION count_miss(p_code_hash bytea, p_random bytea, p_miss boolean, p_now timestamp with time zone); Type: COMMENT; Schema: pay; Owner: smetka_money
--

COMMENT ON FUNCTION pay.count_miss(p_code_hash bytea, p_random bytea, p_miss boolean, p_now timestamp with time zone) IS 'Counts a failure on a code and on all codes; the latter in one of 16 rows, so that look-ups do not queue for one.';

--
-- Name: find_account(bytea, bytea, timestamp with time zone); Type: FUNCTION; Schema: pay; Owner: smetka_money
--

CREATE FUNCTION pay.find_account(p_code_hash bytea, p_second_hash bytea, p_now timestamp with time zone) RETURNS bigint
    LANGUAGE plpgsql STABLE
    AS $$
DECLARE
    v_account bigint;
    v_second boolean;
BEGIN
    SELECT a.id INTO v_account FROM customer.account AS a
        WHERE a.payment_code_hash = p_code_hash;
    -- asked for a miss as well: the same work
    SELECT true INTO v_second FROM billing.document AS d
        WHERE d.account_id = v_account
            AND d.issued_on > ops.day(p_now) - 366
            AND sha256(convert_to(right(d.number, 4), 'UTF8'))
                = p_second_hash
        LIMIT 1;
    IF p_second_hash IS NOT NULL AND v_second IS NULL THEN
        RETURN NULL;
    END IF;
    RETURN v_account;
END $$;

ALTER FUNCTION pay.find_account(p_code_hash bytea, p_second_hash bytea, p_now timestamp with time zone) OWNER TO smetka_money;

--
-- Name: FUNCTION find_account(p_code_hash bytea, p_second_hash bytea, p_now timestamp with time zone); Type: COMMENT; Schema: pay; Owner: smetka_money
--

COMMENT ON FUNCTION pay.find_account(p_code_hash bytea, p_second_hash bytea, p_now timestamp with time zone) IS 'The account of a code.  p_second_hash, where a second factor is asked, is the SHA-256 of the last four characters of a document of the last year.';

--
-- Name: order_no; Type: SEQUENCE; Schema: pay; Owner: smetka_owner
--

CREATE SEQUENCE pay.order_no
    START WITH 1000000001
    INCREMENT BY 1
    MINVALUE 1000000001
    NO MAXVALUE
    CACHE 1;

ALTER TABLE pay.order_no OWNER TO smetka_owner;

--
-- Name: SEQUENCE order_no; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON SEQUENCE pay.order_no IS 'Order numbers shown to processors.';

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: attempt; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.attempt (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    intent_id bigint NOT NULL,
    handle_hash bytea NOT NULL,
    browser_hash bytea NOT NULL,
    once_key bytea NOT NULL,
    retry_of uuid,
    processor text NOT NULL,
    order_no text DEFAULT (nextval('pay.order_no'::regclass))::text NOT NULL,
    processor_ref text,
    redirect_url text,
    amount_minor bigint NOT NULL,
    currency text NOT NULL,
    email text,
    email_fixed boolean DEFAULT false NOT NULL,
    lang text NOT NULL,
    state text DEFAULT 'created'::text NOT NULL,
    reason text,
    last_cause text DEFAULT 'start'::text NOT NULL,
    seq integer DEFAULT 0 NOT NULL,
    told_to_wait boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    final_at timestamp with time zone,
    expires_at timestamp with time zone NOT NULL,
    next_ask_at timestamp with time zone,
    last_ask_at timestamp with time zone,
    asked_count integer DEFAULT 0 NOT NULL,
    lease_until timestamp with time zone,
    unreachable_since timestamp with time zone,
    needs_person boolean DEFAULT false NOT NULL,
    CONSTRAINT attempt_amount_minor_check CHECK ((amount_minor > 0)),
    CONSTRAINT attempt_asked_count_check CHECK ((asked_count >= 0)),
    CONSTRAINT attempt_browser_hash_check CHECK ((octet_length(browser_hash) = 32)),
    CONSTRAINT attempt_check CHECK (((state = 'closed'::text) = (reason IS NOT NULL))),
    CONSTRAINT attempt_check1 CHECK (((state = ANY (ARRAY['closed'::text, 'settled'::text])) = (final_at IS NOT NULL))),
    CONSTRAINT attempt_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT attempt_email_check CHECK ((length(email) <= 254)),
    CONSTRAINT attempt_handle_hash_check CHECK ((octet_length(handle_hash) = 32)),
    CONSTRAINT attempt_lang_check CHECK ((lang = ANY (ARRAY['ro'::text, 'bg'::text, 'en'::text]))),
    CONSTRAINT attempt_once_key_check CHECK (((octet_length(once_key) >= 8) AND (octet_length(once_key) <= 64))),
    CONSTRAINT attempt_processor_check CHECK (((length(processor) >= 1) AND (length(processor) <= 20))),
    CONSTRAINT attempt_processor_ref_check CHECK ((length(processor_ref) <= 200)),
    CONSTRAINT attempt_reason_check CHECK ((reason = ANY (ARRAY['never_created'::text, 'declined'::text, 'cancelled'::text, 'expired'::text]))),
    CONSTRAINT attempt_redirect_url_check CHECK ((length(redirect_url) <= 4000)),
    CONSTRAINT attempt_seq_check CHECK ((seq >= 0))
)
WITH (fillfactor='80');

ALTER TABLE ONLY pay.attempt FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.attempt OWNER TO smetka_owner;

--
-- Name: TABLE attempt; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.attempt IS 'One order at one processor.';

--
-- Name: COLUMN attempt.id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.id IS 'Public id; also the idempotency key at the processor.';

--
-- Name: COLUMN attempt.intent_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.intent_id IS 'What is paid.';

--
-- Name: COLUMN attempt.handle_hash; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.handle_hash IS 'Hash of the handle it was started from.';

--
-- Name: COLUMN attempt.browser_hash; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.browser_hash IS 'Hash of the cookie of who started it.';

--
-- Name: COLUMN attempt.once_key; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.once_key IS 'Key of the form; a second POST of it finds this attempt.';

--
-- Name: COLUMN attempt.retry_of; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.retry_of IS 'The attempt that this one follows.';

--
-- Name: COLUMN attempt.processor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.processor IS 'Name of the processor.';

--
-- Name: COLUMN attempt.order_no; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.order_no IS 'Our number of the order there.';

--
-- Name: COLUMN attempt.processor_ref; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.processor_ref IS 'Its number of the order.';

--
-- Name: COLUMN attempt.redirect_url; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.redirect_url IS 'Its page for the payer.';

--
-- Name: COLUMN attempt.amount_minor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.amount_minor IS 'What was asked for.';

--
-- Name: COLUMN attempt.currency; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.currency IS 'Currency.';

--
-- Name: COLUMN attempt.email; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.email IS 'Where the receipt goes.';

--
-- Name: COLUMN attempt.email_fixed; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.email_fixed IS 'Whether the address was corrected, which is allowed once.';

--
-- Name: COLUMN attempt.lang; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.lang IS 'Language of pages and mails.';

--
-- Name: COLUMN attempt.state; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.state IS 'Where it is; pay.edge rules.';

--
-- Name: COLUMN attempt.reason; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.reason IS 'Why it was closed.';

--
-- Name: COLUMN attempt.last_cause; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.last_cause IS 'What brought it to its state: source and event.';

--
-- Name: COLUMN attempt.seq; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.seq IS 'How many moves it has made.';

--
-- Name: COLUMN attempt.told_to_wait; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.told_to_wait IS 'Whether the payer was told to wait, and is owed an answer by mail.';

--
-- Name: COLUMN attempt.created_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.created_at IS 'When it was started.';

--
-- Name: COLUMN attempt.changed_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.changed_at IS 'When it moved last.';

--
-- Name: COLUMN attempt.final_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.final_at IS 'When it was settled or closed.';

--
-- Name: COLUMN attempt.expires_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.expires_at IS 'When its page at the processor ends.';

--
-- Name: COLUMN attempt.next_ask_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.next_ask_at IS 'When the processor is to be asked next.';

--
-- Name: COLUMN attempt.last_ask_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.last_ask_at IS 'When it was asked last.';

--
-- Name: COLUMN attempt.asked_count; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.asked_count IS 'How often the sweep asked.';

--
-- Name: COLUMN attempt.lease_until; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.lease_until IS 'Until when one process has it to ask about.';

--
-- Name: COLUMN attempt.unreachable_since; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.unreachable_since IS 'Since when the processor could not be asked.';

--
-- Name: COLUMN attempt.needs_person; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.needs_person IS 'The schedule of asking has ended without an answer.';

--
-- Name: find_attempt(text, uuid, text, text); Type: FUNCTION; Schema: pay; Owner: smetka_money
--

CREATE FUNCTION pay.find_attempt(p_processor text, p_payment uuid, p_order_no text, p_processor_ref text) RETURNS pay.attempt
    LANGUAGE plpgsql
    AS $$
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

ALTER FUNCTION pay.find_attempt(p_processor text, p_payment uuid, p_order_no text, p_processor_ref text) OWNER TO smetka_money;

--
-- Name: FUNCTION find_attempt(p_processor text, p_payment uuid, p_order_no text, p_processor_ref text); Type: COMMENT; Schema: pay; Owner: smetka_money
--

COMMENT ON FUNCTION pay.find_attempt(p_processor text, p_payment uuid, p_order_no text, p_processor_ref text) IS 'Finds and locks the attempt of a message.';

--
-- Name: guest_handle; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.guest_handle (
    id bigint NOT NULL,
    handle_hash bytea NOT NULL,
    browser_hash bytea NOT NULL,
    email text,
    lang text NOT NULL,
    choice text,
    choice_minor bigint,
    choice_currency text,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT guest_handle_browser_hash_check CHECK ((octet_length(browser_hash) = 32)),
    CONSTRAINT guest_handle_choice_check CHECK ((choice = ANY (ARRAY['total'::text, 'current'::text, 'other'::text]))),
    CONSTRAINT guest_handle_choice_currency_check CHECK ((choice_currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT guest_handle_choice_minor_check CHECK ((choice_minor > 0)),
    CONSTRAINT guest_handle_email_check CHECK ((length(email) <= 254)),
    CONSTRAINT guest_handle_handle_hash_check CHECK ((octet_length(handle_hash) = 32)),
    CONSTRAINT guest_handle_lang_check CHECK ((lang = ANY (ARRAY['ro'::text, 'bg'::text, 'en'::text])))
);

ALTER TABLE ONLY pay.guest_handle FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.guest_handle OWNER TO smetka_owner;

--
-- Name: TABLE guest_handle; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.guest_handle IS 'A guest''s way to the bills that a code opened, for one browser.  A miss makes a row as well, expired at once, so that it costs the same.';

--
-- Name: COLUMN guest_handle.id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.guest_handle.id IS 'Key.';

--
-- Name: COLUMN guest_handle.handle_hash; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.guest_handle.handle_hash IS 'Keyed hash of the handle in the address.';

--
-- Name: COLUMN guest_handle.browser_hash; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.guest_handle.browser_hash IS 'Keyed hash of the browser''s cookie; no other browser sees the bill.';

--
-- Name: COLUMN guest_handle.email; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.guest_handle.email IS 'Where the receipt goes.';

--
-- Name: COLUMN guest_handle.lang; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.guest_handle.lang IS 'Language of the pages.';

--
-- Name: COLUMN guest_handle.choice; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.guest_handle.choice IS 'What a pay link proposes to pay.';

--
-- Name: COLUMN guest_handle.choice_minor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.guest_handle.choice_minor IS 'The sum that a pay link proposes.';

--
-- Name: COLUMN guest_handle.choice_currency; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.guest_handle.choice_currency IS 'Its currency.';

--
-- Name: COLUMN guest_handle.created_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.guest_handle.created_at IS 'When it was made.';

--
-- Name: COLUMN guest_handle.expires_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.guest_handle.expires_at IS 'When it ends.';

--
-- Name: freeze(pay.guest_handle, bigint[], bigint[], bigint[], bigint, bigint, text, text, bytea, text, text, uuid, timestamp with time zone); Type: FUNCTION; Schema: pay; Owner: smetka_money
--

CREATE FUNCTION pay."freeze"(p_handle pay.guest_handle, p_account_ids bigint[], p_documents bigint[], p_amounts bigint[], p_sum_minor bigint, p_amount_minor bigint, p_currency text, p_choice text, p_once_key bytea, p_processor text, p_lang text, p_retry_of uuid, p_now timestamp with time zone) RETURNS uuid
    LANGUAGE plpgsql
    AS $$
DECLARE
    v_intent bigint;
    v_payment uuid;
BEGIN
    INSERT INTO pay.intent (account_id, account_ids, amount_minor,
        surplus_minor, choice, currency, created_at)
    VALUES (p_account_ids[1], p_account_ids, p_amount_minor,
        p_amount_minor - p_sum_minor, p_choice, p_currency, p_now)
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

ALTER FUNCTION pay."freeze"(p_handle pay.guest_handle, p_account_ids bigint[], p_documents bigint[], p_amounts bigint[], p_sum_minor bigint, p_amount_minor bigint, p_currency text, p_choice text, p_once_key bytea, p_processor text, p_lang text, p_retry_of uuid, p_now timestamp with time zone) OWNER TO smetka_money;

--
-- Name: FUNCTION "freeze"(p_handle pay.guest_handle, p_account_ids bigint[], p_documents bigint[], p_amounts bigint[], p_sum_minor bigint, p_amount_minor bigint, p_currency text, p_choice text, p_once_key bytea, p_processor text, p_lang text, p_retry_of uuid, p_now timestamp with time zone); Type: COMMENT; Schema: pay; Owner: smetka_money
--

COMMENT ON FUNCTION pay."freeze"(p_handle pay.guest_handle, p_account_ids bigint[], p_documents bigint[], p_amounts bigint[], p_sum_minor bigint, p_amount_minor bigint, p_currency text, p_choice text, p_once_key bytea, p_processor text, p_lang text, p_retry_of uuid, p_now timestamp with time zone) IS 'Part of pay.start: writes the intent, its split and the attempt.';

--
-- Name: gate(bytea, bytea, jsonb, timestamp with time zone); Type: FUNCTION; Schema: pay; Owner: smetka_money
--

CREATE FUNCTION pay.gate(p_address_hash bytea, p_code_hash bytea, p_limits jsonb, p_now timestamp with time zone, OUT verdict text, OUT retry_after_s integer) RETURNS record
    LANGUAGE plpgsql
    AS $$
DECLARE
    v_soft bigint := coalesce((p_limits->>'per_address')::integer, 10);
    v_hard bigint := coalesce((p_limits->>'hard_factor')::integer, 10);
    v_window integer := coalesce((p_limits->>'window_s')::integer, 600);
    v_global bigint := coalesce((p_limits->>'global_misses')::integer, 2000);
    v_each bigint :=
        coalesce((p_limits->>'failures_per_identifier')::integer, 5);
    v_used record;
    v_missed bigint;
    v_failed bigint;
BEGIN
    SELECT * INTO v_used FROM ops.spend('address', p_address_hash, 1,
        make_interval(secs => v_window), p_now);
    v_missed := ops.spent('global_miss', NULL, p_now);
    v_failed := ops.spent('identifier', p_code_hash, p_now);
    verdict := CASE
        WHEN v_used.used > v_soft * v_hard OR v_missed >= v_global * v_hard
            OR v_failed >= v_each * v_hard THEN 'throttled'
        WHEN v_used.used > v_soft OR v_missed >= v_global
            OR v_failed >= v_each
            OR coalesce((p_limits->>'always_mail')::boolean, false)
            THEN 'step_up'
        ELSE 'ok' END;
    retry_after_s := CASE WHEN v_used.used > v_soft
        THEN ceil(extract(epoch FROM v_used.ends_at - p_now))
        ELSE v_window END;
END $$;

ALTER FUNCTION pay.gate(p_address_hash bytea, p_code_hash bytea, p_limits jsonb, p_now timestamp with time zone, OUT verdict text, OUT retry_after_s integer) OWNER TO smetka_money;

--
-- Name: FUNCTION gate(p_address_hash bytea, p_code_hash bytea, p_limits jsonb, p_now timestamp with time zone, OUT verdict text, OUT retry_after_s integer); Type: COMMENT; Schema: pay; Owner: smetka_money
--

COMMENT ON FUNCTION pay.gate(p_address_hash bytea, p_code_hash bytea, p_limits jsonb, p_now timestamp with time zone, OUT verdict text, OUT retry_after_s integer) IS 'Counts a look-up against its address and says how it may be answered: ok, step_up (past a soft limit), throttled (past a hard one).';

--
-- Name: guest_add(bytea, bytea, bytea, bytea, jsonb, timestamp with time zone); Type: FUNCTION; Schema: pay; Owner: smetka_money
--

CREATE FUNCTION pay.guest_add(p_handle_hash bytea, p_browser_hash bytea, p_code_hash bytea, p_address_hash bytea, p_limits jsonb, p_now timestamp with time zone, OUT outcome text, OUT retry_after_s integer) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
DECLARE
    v_gate record;
    v_handle bigint;
    v_account bigint;
    v_count integer;
    v_same boolean;
BEGIN
    SELECT * INTO v_gate
        FROM pay.gate(p_address_hash, p_code_hash, p_limits, p_now);
    retry_after_s := v_gate.retry_after_s;
    IF v_gate.verdict <> 'ok' THEN
        outcome := 'throttled';
    ELSE
        retry_after_s := 0;
        SELECT h.id INTO v_handle FROM pay.guest_handle AS h
            WHERE h.handle_hash = p_handle_hash
                AND h.browser_hash = p_browser_hash
                AND h.expires_at > p_now FOR NO KEY UPDATE;
        v_account := pay.find_account(p_code_hash, NULL, p_now);
        PERFORM pay.count_miss(p_code_hash, p_handle_hash,
            v_account IS NULL, p_now);
        SELECT count(*), coalesce(bool_or(g.account_id = v_account), false)
            INTO v_count, v_same FROM pay.guest_handle_account AS g
            WHERE g.handle_id = v_handle;
        outcome := CASE WHEN v_handle IS NULL THEN 'gone'
            WHEN v_account IS NULL THEN 'miss' WHEN v_same THEN 'same'
            WHEN v_count >= 5 THEN 'full' ELSE 'ok' END;
        IF outcome = 'ok' THEN
            PERFORM pay.put_account(v_handle, v_count + 1, v_account);
        END IF;
    END IF;
    PERFORM pay.note_lookup('add', outcome, p_address_hash, p_code_hash,
        p_browser_hash, p_now);
END $$;

ALTER FUNCTION pay.guest_add(p_handle_hash bytea, p_browser_hash bytea, p_code_hash bytea, p_address_hash bytea, p_limits jsonb, p_now timestamp with time zone, OUT outcome text, OUT retry_after_s integer) OWNER TO smetka_money;

--
-- Name: FUNCTION guest_add(p_handle_hash bytea, p_browser_hash bytea, p_code_hash bytea, p_address_hash bytea, p_limits jsonb, p_now timestamp with time zone, OUT outcome text, OUT retry_after_s integer); Type: COMMENT; Schema: pay; Owner: smetka_money
--

COMMENT ON FUNCTION pay.guest_add(p_handle_hash bytea, p_browser_hash bytea, p_code_hash bytea, p_address_hash bytea, p_limits jsonb, p_now timestamp with time zone, OUT outcome text, OUT retry_after_s integer) IS 'Adds a second code to a handle, five in all: ok, miss, same, full, gone, throttled.';

--
-- Name: guest_bill(bytea, bytea, timestamp with time zone); Type: FUNCTION; Schema: pay; Owner: smetka_money
--

CREATE FUNCTION pay.guest_bill(p_handle_hash bytea, p_browser_hash bytea, p_now timestamp with time zone) RETURNS TABLE(account_no integer, code_hint text, currency text, total_minor bigint, overdue_minor bigint, credit_minor bigint, open_count integer, oldest_due_on date, current_minor bigint, current_due_on date, current_number_tail text, current_issued_on date, last_payment_on date, as_of timestamp with time zone, email text, choice text, choice_minor bigint, own_payment uuid, own_state text, own_started_at timestamp with time zone, other_started_at timestamp with time zone, expires_at timestamp with time zone)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
#variable_conflict use_column
DECLARE
    v_day date := ops.day(p_now);
    v_row record;
    v_item record;
    v_document bigint;
BEGIN
    FOR v_row IN
        SELECT g.account_no, g.account_id, g.code_hint,
            coalesce(b.currency, g.currency) AS currency,
            coalesce(b.credit_minor, 0) AS credit_minor, b.last_payment_on,
            h.email, h.choice, h.choice_minor, h.expires_at,
            (SELECT max(f.as_of) FROM billing.feed AS f) AS as_of,
            EXISTS (SELECT FROM pay.in_flight AS f
                WHERE f.account_id = g.account_id) AS in_flight
        FROM pay.guest_handle AS h
        JOIN pay.guest_handle_account AS g ON g.handle_id = h.id
        LEFT JOIN billing.balance AS b ON b.account_id = g.account_id
        WHERE h.handle_hash = p_handle_hash
            AND h.browser_hash = p_browser_hash AND h.expires_at > p_now
        ORDER BY g.account_no, b.currency
    LOOP
        account_no := v_row.account_no;
        code_hint := v_row.code_hint;
        currency := v_row.currency;
        credit_minor := v_row.credit_minor;
        last_payment_on := v_row.last_payment_on;
        email := v_row.email;
        choice := v_row.choice;
        choice_minor := v_row.choice_minor;
        expires_at := v_row.expires_at;
        as_of := v_row.as_of;
        total_minor := 0;
        overdue_minor := 0;
        open_count := 0;
        oldest_due_on := NULL;
        current_minor := 0;
        current_due_on := NULL;
        current_number_tail := NULL;
        current_issued_on := NULL;
        FOR v_item IN
            SELECT i.document_id, i.open_minor, i.due_on, i.issued_on,
                i.number_tail
            FROM billing.open_item AS i
            WHERE i.account_id = v_row.account_id
                AND i.currency = v_row.currency AND i.open_minor > 0
        LOOP
            total_minor := total_minor + v_item.open_minor;
            open_count := open_count + 1;
            IF v_item.due_on < v_day THEN
                overdue_minor := overdue_minor + v_item.open_minor;
            END IF;
            oldest_due_on := least(oldest_due_on, v_item.due_on);
            IF current_issued_on IS NULL
                OR v_item.issued_on > current_issued_on
                OR (v_item.issued_on = current_issued_on
                    AND v_item.document_id > v_document)
            THEN
                v_document := v_item.document_id;
                current_minor := v_item.open_minor;
                current_due_on := v_item.due_on;
                current_number_tail := v_item.number_tail;
                current_issued_on := v_item.issued_on;
            END IF;
        END LOOP;
        own_payment := NULL;
        own_state := NULL;
        own_started_at := NULL;
        other_started_at := NULL;
        IF v_row.in_flight THEN
            SELECT o.id, o.shown, o.created_at, x.created_at
            INTO own_payment, own_state, own_started_at, other_started_at
            FROM pay.started(v_row.account_id, v_row.currency,
                p_browser_hash, p_now, true) AS o
            CROSS JOIN pay.started(v_row.account_id, v_row.currency,
                p_browser_hash, p_now, false) AS x;
        END IF;
        RETURN NEXT;
    END LOOP;
END $$;

ALTER FUNCTION pay.guest_bill(p_handle_hash bytea, p_browser_hash bytea, p_now timestamp with time zone) OWNER TO smetka_money;

--
-- Name: FUNCTION guest_bill(p_handle_hash bytea, p_browser_hash bytea, p_now timestamp with time zone); Type: COMMENT; Schema: pay; Owner: smetka_money
--

COMMENT ON FUNCTION pay.guest_bill(p_handle_hash bytea, p_browser_hash bytea, p_now timestamp with time zone) IS 'The bill of a handle, for the browser it was made for: a row an account and currency.';

--
-- Name: guest_email(bytea, bytea, text, timestamp with time zone); Type: FUNCTION; Schema: pay; Owner: smetka_money
--

CREATE FUNCTION pay.guest_email(p_handle_hash bytea, p_browser_hash bytea, p_email text, p_now timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
BEGIN
    UPDATE pay.guest_handle AS h SET email = p_email
        WHERE h.handle_hash = p_handle_hash
            AND h.browser_hash = p_browser_hash AND h.expires_at > p_now;
    RETURN FOUND;
END $$;

ALTER FUNCTION pay.guest_email(p_handle_hash bytea, p_browser_hash bytea, p_email text, p_now timestamp with time zone) OWNER TO smetka_money;

--
-- Name: FUNCTION guest_email(p_handle_hash bytea, p_browser_hash bytea, p_email text, p_now timestamp with time zone); Type: COMMENT; Schema: pay; Owner: smetka_money
--

COMMENT ON FUNCTION pay.guest_email(p_handle_hash bytea, p_browser_hash bytea, p_email text, p_now timestamp with time zone) IS 'Sets the address that the receipt goes to.';

--
-- Name: guest_link(uuid, bytea, bytea, bytea, text, text, text, bigint, text, jsonb, timestamp with time zone); Type: FUNCTION; Schema: pay; Owner: smetka_money
--

CREATE FUNCTION pay.guest_link(p_account uuid, p_handle_hash bytea, p_browser_hash bytea, p_address_hash bytea, p_email text, p_lang text, p_choice text, p_amount_minor bigint, p_currency text, p_limits jsonb, p_now timestamp with time zone, OUT outcome text, OUT retry_after_s integer) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
DECLARE
    v_account bigint;
    v_used record;
BEGIN
    -- a signed link cannot be guessed: only a flood is turned away
    SELECT * INTO v_used FROM ops.spend('link', p_address_hash, 1,
        make_interval(secs => coalesce((p_limits->>'window_s')::integer,
        600)), p_now);
    retry_after_s := 0;
    IF v_used.used > coalesce((p_limits->>'per_address')::bigint, 10)
        * coalesce((p_limits->>'hard_factor')::bigint, 10)
    THEN
        outcome := 'throttled';
        retry_after_s := ceil(extract(epoch FROM v_used.ends_at - p_now));
    ELSE
        SELECT a.id INTO v_account FROM customer.account AS a
            WHERE a.public_id = p_account;
        outcome := CASE WHEN v_account IS NULL THEN 'miss' ELSE 'ok' END;
        PERFORM pay.make_handle(v_account, p_handle_hash, p_browser_hash,
            p_email, p_lang, p_choice, p_amount_minor, p_currency, p_now);
    END IF;
    PERFORM pay.note_lookup('link', outcome, p_address_hash, NULL,
        p_browser_hash, p_now);
END $$;

ALTER FUNCTION pay.guest_link(p_account uuid, p_handle_hash bytea, p_browser_hash bytea, p_address_hash bytea, p_email text, p_lang text, p_choice text, p_amount_minor bigint, p_currency text, p_limits jsonb, p_now timestamp with time zone, OUT outcome text, OUT retry_after_s integer) OWNER TO smetka_money;

--
-- Name: FUNCTION guest_link(p_account uuid, p_handle_hash bytea, p_browser_hash bytea, p_address_hash bytea, p_email text, p_lang text, p_choice text, p_amount_minor bigint, p_currency text, p_limits jsonb, p_now timestamp with time zone, OUT outcome text, OUT retry_after_s integer); Type: COMMENT; Schema: pay; Owner: smetka_money
--

COMMENT ON FUNCTION pay.guest_link(p_account uuid, p_handle_hash bytea, p_browser_hash bytea, p_address_hash bytea, p_email text, p_lang text, p_choice text, p_amount_minor bigint, p_currency text, p_limits jsonb, p_now timestamp with time zone, OUT outcome text, OUT retry_after_s integer) IS 'Opens a bill by a pay link whose signature was verified: ok, miss, throttled.';

--
-- Name: guest_open(bytea, bytea, bytea, bytea, text, bytea, text, bytea, bytea, jsonb, timestamp with time zone); Type: FUNCTION; Schema: pay; Owner: smetka_money
--

CREATE FUNCTION pay.guest_open(p_code_hash bytea, p_handle_hash bytea, p_browser_hash bytea, p_address_hash bytea, p_email text, p_email_hash bytea, p_lang text, p_step_up_hash bytea, p_second_hash bytea, p_limits jsonb, p_now timestamp with time zone, OUT outcome text, OUT retry_after_s integer) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
DECLARE
    v_gate record;
    v_account bigint;
BEGIN
    SELECT * INTO v_gate
        FROM pay.gate(p_address_hash, p_code_hash, p_limits, p_now);
    retry_after_s := v_gate.retry_after_s;
    IF v_gate.verdict = 'throttled' THEN
        outcome := 'throttled';
        PERFORM pay.note_lookup('pay', outcome, p_address_hash, p_code_hash,
            p_browser_hash, p_now);
        RETURN;
    END IF;
    v_account := pay.find_account(p_code_hash, p_second_hash, p_now);
    PERFORM pay.count_miss(p_code_hash, p_handle_hash, v_account IS NULL,
        p_now);
    IF v_gate.verdict = 'step_up' THEN
        outcome := 'step_up';
        PERFORM pay.mail_step_up(v_account, p_step_up_hash, p_email, p_lang,
            p_now);
    ELSE
        outcome := CASE WHEN v_account IS NULL THEN 'miss' ELSE 'ok' END;
        retry_after_s := 0;
        PERFORM pay.make_handle(v_account, p_handle_hash, p_browser_hash,
            p_email, p_lang, NULL, NULL, NULL, p_now);
    END IF;
    PERFORM pay.note_lookup('pay', outcome, p_address_hash, p_code_hash,
        p_browser_hash, p_now);
END $$;

ALTER FUNCTION pay.guest_open(p_code_hash bytea, p_handle_hash bytea, p_browser_hash bytea, p_address_hash bytea, p_email text, p_email_hash bytea, p_lang text, p_step_up_hash bytea, p_second_hash bytea, p_limits jsonb, p_now timestamp with time zone, OUT outcome text, OUT retry_after_s integer) OWNER TO smetka_money;

--
-- Name: FUNCTION guest_open(p_code_hash bytea, p_handle_hash bytea, p_browser_hash bytea, p_address_hash bytea, p_email text, p_email_hash bytea, p_lang text, p_step_up_hash bytea, p_second_hash bytea, p_limits jsonb, p_now timestamp with time zone, OUT outcome text, OUT retry_after_s integer); Type: COMMENT; Schema: pay; Owner: smetka_money
--

COMMENT ON FUNCTION pay.guest_open(p_code_hash bytea, p_handle_hash bytea, p_browser_hash bytea, p_address_hash bytea, p_email text, p_email_hash bytea, p_lang text, p_step_up_hash bytea, p_second_hash bytea, p_limits jsonb, p_now timestamp with time zone, OUT outcome text, OUT retry_after_s integer) IS 'Opens a bill by its code: ok, miss, step_up, throttled.  A hit and a miss run the same statements.';

--
-- Name: mail_step_up(bigint, bytea, text, text, timestamp with time zone); Type: FUNCTION; Schema: pay; Owner: smetka_money
--

CREATE FUNCTION pay.mail_step_up(p_account_id bigint, p_step_up_hash bytea, p_email text, p_lang text, p_now timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    v_id bigint;
BEGIN
    INSERT INTO pay.step_up (token_hash, account_id, email, lang, expires_at)
    VALUES (p_step_up_hash, p_account_id, p_email, p_lang,
        p_now + interval '20 minutes');
    v_id := notify.queue('step_up:' || encode(p_step_up_hash, 'hex'), p_email,
        'step_up', p_lang, jsonb_build_object('token_hash',
        encode(p_step_up_hash, 'hex')), p_now);
    -- a miss does the work and mails nothing
    IF p_account_id IS NULL THEN
        DELETE FROM notify.outbox AS o WHERE o.id = v_id;
    END IF;
END $$;

ALTER FUNCTION pay.mail_step_up(p_account_id bigint, p_step_up_hash bytea, p_email text, p_lang text, p_now timestamp with time zone) OWNER TO smetka_money;

--
-- Name: FUNCTION mail_step_up(p_account_id bigint, p_step_up_hash bytea, p_email text, p_lang text, p_now timestamp with time zone); Type: COMMENT; Schema: pay; Owner: smetka_money
--

COMMENT ON FUNCTION pay.mail_step_up(p_account_id bigint, p_step_up_hash bytea, p_email text, p_lang text, p_now timestamp with time zone) IS 'Instead of an answer: a link by mail, if there is something to open.';

--
-- Name: make_handle(bigint, bytea, bytea, text, text, text, bigint, text, timestamp with time zone); Type: FUNCTION; Schema: pay; Owner: smetka_money
--

CREATE FUNCTION pay.make_handle(p_account_id bigint, p_handle_hash bytea, p_browser_hash bytea, p_email text, p_lang text, p_choice text, p_choice_minor bigint, p_choice_currency text, p_now timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    v_id bigint;
BEGIN
    INSERT INTO pay.guest_handle (handle_hash, browser_hash, email, lang,
        choice, choice_minor, choice_currency, created_at, expires_at)
    VALUES (p_handle_hash, p_browser_hash, p_email, p_lang, p_choice,
        nullif(p_choice_minor, 0), p_choice_currency, p_now,
        CASE WHEN p_account_id IS NULL THEN p_now
            ELSE p_now + interval '30 minutes' END)
    RETURNING id INTO v_id;
    PERFORM pay.put_account(v_id, 1, p_account_id);
END $$;

ALTER FUNCTION pay.make_handle(p_account_id bigint, p_handle_hash bytea, p_browser_hash bytea, p_email text, p_lang text, p_choice text, p_choice_minor bigint, p_choice_currency text, p_now timestamp with time zone) OWNER TO smetka_money;

--
-- Name: FUNCTION make_handle(p_account_id bigint, p_handle_hash bytea, p_browser_hash bytea, p_email text, p_lang text, p_choice text, p_choice_minor bigint, p_choice_currency text, p_now timestamp with time zone); Type: COMMENT; Schema: pay; Owner: smetka_money
--

COMMENT ON FUNCTION pay.make_handle(p_account_id bigint, p_handle_hash bytea, p_browser_hash bytea, p_email text, p_lang text, p_choice text, p_choice_minor bigint, p_choice_currency text, p_now timestamp with time zone) IS 'Makes a handle for 30 minutes; for a miss one that is over at once.';

--
-- Name: move(pay.attempt, text, text, text, timestamp with time zone); Type: FUNCTION; Schema: pay; Owner: smetka_money
--

CREATE FUNCTION pay.move(p_attempt pay.attempt, p_to text, p_reason text, p_cause text, p_now timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    AS $$
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
    IF p_to = 'closed' AND p_attempt.told_to_wait THEN
        PERFORM notify.queue('not_paid:' || p_attempt.id, p_attempt.email,
            'not_paid', p_attempt.lang,
            jsonb_build_object('payment_id', p_attempt.id), p_now);
    END IF;
END $$;

ALTER FUNCTION pay.move(p_attempt pay.attempt, p_to text, p_reason text, p_cause text, p_now timestamp with time zone) OWNER TO smetka_money;

--
-- Name: FUNCTION move(p_attempt pay.attempt, p_to text, p_reason text, p_cause text, p_now timestamp with time zone); Type: COMMENT; Schema: pay; Owner: smetka_money
--

COMMENT ON FUNCTION pay.move(p_attempt pay.attempt, p_to text, p_reason text, p_cause text, p_now timestamp with time zone) IS 'Part of pay.apply: moves the attempt; its trigger checks and notes it.';

--
-- Name: next_ask(pay.attempt, timestamp with time zone); Type: FUNCTION; Schema: pay; Owner: smetka_money
--

CREATE FUNCTION pay.next_ask(p_attempt pay.attempt, p_now timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE
    AS $$
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

ALTER FUNCTION pay.next_ask(p_attempt pay.attempt, p_now timestamp with time zone) OWNER TO smetka_money;

--
-- Name: FUNCTION next_ask(p_attempt pay.attempt, p_now timestamp with time zone); Type: COMMENT; Schema: pay; Owner: smetka_money
--

COMMENT ON FUNCTION pay.next_ask(p_attempt pay.attempt, p_now timestamp with time zone) IS 'When to ask about an attempt next, at the latest 48 h after its start; the whole schedule scales with sweep.first_s.';

--
-- Name: note_answer(pay.attempt, text, text, timestamp with time zone, text, timestamp with time zone); Type: FUNCTION; Schema: pay; Owner: smetka_money
--

CREATE FUNCTION pay.note_answer(p_attempt pay.attempt, p_processor_ref text, p_redirect_url text, p_expires_at timestamp with time zone, p_source text, p_now timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    AS $$
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

ALTER FUNCTION pay.note_answer(p_attempt pay.attempt, p_processor_ref text, p_redirect_url text, p_expires_at timestamp with time zone, p_source text, p_now timestamp with time zone) OWNER TO smetka_money;

--
-- Name: FUNCTION note_answer(p_attempt pay.attempt, p_processor_ref text, p_redirect_url text, p_expires_at timestamp with time zone, p_source text, p_now timestamp with time zone); Type: COMMENT; Schema: pay; Owner: smetka_money
--

COMMENT ON FUNCTION pay.note_answer(p_attempt pay.attempt, p_processor_ref text, p_redirect_url text, p_expires_at timestamp with time zone, p_source text, p_now timestamp with time zone) IS 'Part of pay.apply: keeps what the processor told of the order.';

--
-- Name: note_lookup(text, text, bytea, bytea, bytea, timestamp with time zone); Type: FUNCTION; Schema: pay; Owner: smetka_money
--

CREATE FUNCTION pay.note_lookup(p_page text, p_outcome text, p_address_hash bytea, p_code_hash bytea, p_browser_hash bytea, p_now timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO log.lookup
        (at, page, outcome, address_hash, code_hash, browser_hash)
    VALUES (p_now, p_page, p_outcome, p_address_hash, p_code_hash,
        p_browser_hash);
    PERFORM ops.tidy(p_now);
END $$;

ALTER FUNCTION pay.note_lookup(p_page text, p_outcome text, p_address_hash bytea, p_code_hash bytea, p_browser_hash bytea, p_now timestamp with time zone) OWNER TO smetka_money;

--
-- Name: FUNCTION note_lookup(p_page text, p_outcome text, p_address_hash bytea, p_code_hash bytea, p_browser_hash bytea, p_now timestamp with time zone); Type: COMMENT; Schema: pay; Owner: smetka_money
--

COMMENT ON FUNCTION pay.note_lookup(p_page text, p_outcome text, p_address_hash bytea, p_code_hash bytea, p_browser_hash bytea, p_now timestamp with time zone) IS 'Logs a look-up, by hashes only.';

--
-- Name: put_account(bigint, integer, bigint); Type: FUNCTION; Schema: pay; Owner: smetka_money
--

CREATE FUNCTION pay.put_account(p_handle_id bigint, p_account_no integer, p_account_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    v_account record;
BEGIN
    SELECT a.payment_code_hint, a.currency INTO v_account
        FROM customer.account AS a WHERE a.id = p_account_id;
    INSERT INTO pay.guest_handle_account
        (handle_id, account_no, account_id, code_hint, currency)
    VALUES (p_handle_id, p_account_no, p_account_id,
        v_account.payment_code_hint, v_account.currency);
END $$;

ALTER FUNCTION pay.put_account(p_handle_id bigint, p_account_no integer, p_account_id bigint) OWNER TO smetka_money;

--
-- Name: FUNCTION put_account(p_handle_id bigint, p_account_no integer, p_account_id bigint); Type: COMMENT; Schema: pay; Owner: smetka_money
--

COMMENT ON FUNCTION pay.put_account(p_handle_id bigint, p_account_no integer, p_account_id bigint) IS 'Puts an account on a handle, or for a miss a row that stands for none.';

--
-- Name: quarantine(bigint, text, text, bigint, text, text, timestamp with time zone); Type: FUNCTION; Schema: pay; Owner: smetka_money
--

CREATE FUNCTION pay.quarantine(p_event_id bigint, p_processor text, p_ref text, p_amount_minor bigint, p_currency text, p_reason text, p_now timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    AS $$
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
        amount_minor, currency, reason, received_at)
    VALUES (p_event_id, v_txn, p_processor, p_ref, p_amount_minor,
        p_currency, p_reason, p_now);
EXCEPTION WHEN unique_violation THEN
    -- another message about the same money: it is there already
    RETURN;
END $$;

ALTER FUNCTION pay.quarantine(p_event_id bigint, p_processor text, p_ref text, p_amount_minor bigint, p_currency text, p_reason text, p_now timestamp with time zone) OWNER TO smetka_money;

--
-- Name: FUNCTION quarantine(p_event_id bigint, p_processor text, p_ref text, p_amount_minor bigint, p_currency text, p_reason text, p_now timestamp with time zone); Type: COMMENT; Schema: pay; Owner: smetka_money
--

COMMENT ON FUNCTION pay.quarantine(p_event_id bigint, p_processor text, p_ref text, p_amount_minor bigint, p_currency text, p_reason text, p_now timestamp with time zone) IS 'Part of pay.apply: money for which there is no attempt goes to suspense and to a person, once a reference.';

--
-- Name: receipt(uuid); Type: FUNCTION; Schema: pay; Owner: smetka_money
--

CREATE FUNCTION pay.receipt(p_payment uuid) RETURNS TABLE(receipt_no text, settled_at timestamp with time zone, document_number text, issued_on date, allocated_minor bigint, account_hint text, amount_minor bigint, currency text, processor text, processor_ref text, email text, lang text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION pay.receipt(p_payment uuid) OWNER TO smetka_money;

--
-- Name: FUNCTION receipt(p_payment uuid); Type: COMMENT; Schema: pay; Owner: smetka_money
--

COMMENT ON FUNCTION pay.receipt(p_payment uuid) IS 'What a settled payment paid: a row an invoice, and one without an invoice for what became credit.';

--
-- Name: selection(bigint[], text, text, bigint); Type: FUNCTION; Schema: pay; Owner: smetka_money
--

CREATE FUNCTION pay.selection(p_account_ids bigint[], p_currency text, p_choice text, p_amount_minor bigint, OUT documents bigint[], OUT amounts bigint[], OUT sum_minor bigint) RETURNS record
    LANGUAGE plpgsql STABLE
    AS $$
BEGIN
    IF p_choice = 'other' THEN
        SELECT array_agg(s.document_id), array_agg(s.amount_minor),
            sum(s.amount_minor)
        INTO documents, amounts, sum_minor
        FROM billing.split(p_account_ids, p_currency, p_amount_minor, NULL)
            AS s;
    ELSE
        SELECT array_agg(i.document_id), array_agg(i.open_minor),
            sum(i.open_minor)
        INTO documents, amounts, sum_minor
        FROM (SELECT o.document_id, o.open_minor, row_number() OVER (
                PARTITION BY o.account_id
                ORDER BY o.issued_on DESC, o.document_id DESC) AS place
            FROM billing.open_item AS o
            WHERE o.account_id = ANY (p_account_ids)
                AND o.currency = p_currency AND o.open_minor > 0) AS i
        WHERE p_choice = 'total' OR i.place = 1;
    END IF;
    sum_minor := coalesce(sum_minor, 0);
END $$;

ALTER FUNCTION pay.selection(p_account_ids bigint[], p_currency text, p_choice text, p_amount_minor bigint, OUT documents bigint[], OUT amounts bigint[], OUT sum_minor bigint) OWNER TO smetka_money;

--
-- Name: FUNCTION selection(p_account_ids bigint[], p_currency text, p_choice text, p_amount_minor bigint, OUT documents bigint[], OUT amounts bigint[], OUT sum_minor bigint); Type: COMMENT; Schema: pay; Owner: smetka_money
--

COMMENT ON FUNCTION pay.selection(p_account_ids bigint[], p_currency text, p_choice text, p_amount_minor bigint, OUT documents bigint[], OUT amounts bigint[], OUT sum_minor bigint) IS 'What a choice means now, by invoices: total = all that is open; current = of each account the invoice issued last that is open; other = a sum, oldest due first.';

--
-- Name: settle(pay.attempt, bigint, bigint, text, text, timestamp with time zone); Type: FUNCTION; Schema: pay; Owner: smetka_money
--

CREATE FUNCTION pay.settle(p_attempt pay.attempt, p_event_id bigint, p_amount_minor bigint, p_currency text, p_processor_ref text, p_now timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    v_intent pay.intent;
    v_txn bigint;
    v_done record;
    v_wanted bigint;
    v_rest bigint;
    v_twin boolean;
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
    INSERT INTO pay.settlement (payment_id, txn_id, event_id, processor_ref,
        amount_minor, currency, credit_minor, amount_differs,
        currency_differs, late, duplicate, settled_at)
    VALUES (p_attempt.id, v_txn, p_event_id, p_processor_ref,
        p_amount_minor, p_currency, v_rest,
        p_amount_minor <> p_attempt.amount_minor,
        p_currency <> p_attempt.currency, p_attempt.state = 'closed',
        v_twin AND p_currency = p_attempt.currency, p_now);
    INSERT INTO pay.receipt (payment_id, receipt_no, issued_at)
    VALUES (p_attempt.id, 'R' || to_char(v_day, 'YYYY') || '-'
        || to_char(nextval('pay.receipt_no'), 'FM00000000'), p_now);
    PERFORM notify.queue('receipt:' || p_attempt.id, p_attempt.email,
        'receipt', p_attempt.lang,
        jsonb_build_object('payment_id', p_attempt.id), p_now);
END $$;

ALTER FUNCTION pay.settle(p_attempt pay.attempt, p_event_id bigint, p_amount_minor bigint, p_currency text, p_processor_ref text, p_now timestamp with time zone) OWNER TO smetka_money;

--
-- Name: FUNCTION settle(p_attempt pay.attempt, p_event_id bigint, p_amount_minor bigint, p_currency text, p_processor_ref text, p_now timestamp with time zone); Type: COMMENT; Schema: pay; Owner: smetka_money
--

COMMENT ON FUNCTION pay.settle(p_attempt pay.attempt, p_event_id bigint, p_amount_minor bigint, p_currency text, p_processor_ref text, p_now timestamp with time zone) IS 'Part of pay.apply: posts what was really taken.  Chosen invoices first, each up to what is open now, then the oldest due, the rest is credit of the first account; receipt and mail in the same transaction.';

--
-- Name: shown(text, text, timestamp with time zone, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: pay; Owner: smetka_money
--

CREATE FUNCTION pay.shown(p_state text, p_reason text, p_changed_at timestamp with time zone, p_unreachable_since timestamp with time zone, p_now timestamp with time zone) RETURNS text
    LANGUAGE plpgsql STABLE
    AS $$
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

ALTER FUNCTION pay.shown(p_state text, p_reason text, p_changed_at timestamp with time zone, p_unreachable_since timestamp with time zone, p_now timestamp with time zone) OWNER TO smetka_money;

--
-- Name: FUNCTION shown(p_state text, p_reason text, p_changed_at timestamp with time zone, p_unreachable_since timestamp with time zone, p_now timestamp with time zone); Type: COMMENT; Schema: pay; Owner: smetka_money
--

COMMENT ON FUNCTION pay.shown(p_state text, p_reason text, p_changed_at timestamp with time zone, p_unreachable_since timestamp with time zone, p_now timestamp with time zone) IS 'The word that a payer is shown for the state of an attempt.';

--
-- Name: start(bytea, bytea, bytea, text, text, bigint, bigint, bigint, bigint, text, text, uuid, timestamp with time zone); Type: FUNCTION; Schema: pay; Owner: smetka_money
--

CREATE FUNCTION pay.start(p_handle_hash bytea, p_browser_hash bytea, p_once_key bytea, p_currency text, p_choice text, p_amount_minor bigint, p_shown_minor bigint, p_min_minor bigint, p_max_minor bigint, p_processor text, p_lang text, p_retry_of uuid, p_now timestamp with time zone, OUT outcome text, OUT payment_id uuid, OUT state text, OUT amount_minor bigint, OUT currency text) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
#variable_conflict use_column
DECLARE
    v_handle pay.guest_handle;
    v_accounts bigint[];
    v_open record;
    v_pick record;
BEGIN
    currency := p_currency;
    -- the lock makes a double click wait for its twin
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
    SELECT * INTO v_open FROM pay.selection(v_accounts, p_currency,
        CASE p_choice WHEN 'current' THEN 'current' ELSE 'total' END, NULL);
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
        SELECT * INTO v_pick FROM pay.selection(v_accounts, p_currency,
            'other', p_amount_minor);
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

ALTER FUNCTION pay.start(p_handle_hash bytea, p_browser_hash bytea, p_once_key bytea, p_currency text, p_choice text, p_amount_minor bigint, p_shown_minor bigint, p_min_minor bigint, p_max_minor bigint, p_processor text, p_lang text, p_retry_of uuid, p_now timestamp with time zone, OUT outcome text, OUT payment_id uuid, OUT state text, OUT amount_minor bigint, OUT currency text) OWNER TO smetka_money;

--
-- Name: FUNCTION start(p_handle_hash bytea, p_browser_hash bytea, p_once_key bytea, p_currency text, p_choice text, p_amount_minor bigint, p_shown_minor bigint, p_min_minor bigint, p_max_minor bigint, p_processor text, p_lang text, p_retry_of uuid, p_now timestamp with time zone, OUT outcome text, OUT payment_id uuid, OUT state text, OUT amount_minor bigint, OUT currency text); Type: COMMENT; Schema: pay; Owner: smetka_money
--

COMMENT ON FUNCTION pay.start(p_handle_hash bytea, p_browser_hash bytea, p_once_key bytea, p_currency text, p_choice text, p_amount_minor bigint, p_shown_minor bigint, p_min_minor bigint, p_max_minor bigint, p_processor text, p_lang text, p_retry_of uuid, p_now timestamp with time zone, OUT outcome text, OUT payment_id uuid, OUT state text, OUT amount_minor bigint, OUT currency text) IS 'Starts a payment once a key: created, same, conflict, changed, busy, nothing, range, gone.  What is paid is frozen here; a sum above all that is open, as far as the limit allows, will be credit.';

--
-- Name: started(bigint, text, bytea, timestamp with time zone, boolean); Type: FUNCTION; Schema: pay; Owner: smetka_money
--

CREATE FUNCTION pay.started(p_account_id bigint, p_currency text, p_browser_hash bytea, p_now timestamp with time zone, p_own boolean, OUT id uuid, OUT shown text, OUT created_at timestamp with time zone) RETURNS record
    LANGUAGE plpgsql STABLE
    AS $$
#variable_conflict use_column
BEGIN
    SELECT a.id, pay.shown(a.state, a.reason, a.changed_at,
        a.unreachable_since, p_now), a.created_at
    INTO id, shown, created_at
    FROM pay.in_flight AS f JOIN pay.attempt AS a ON a.id = f.payment_id
    WHERE f.account_id = p_account_id AND a.currency = p_currency
        AND (a.browser_hash = p_browser_hash) = p_own
    ORDER BY a.created_at DESC LIMIT 1;
END $$;

ALTER FUNCTION pay.started(p_account_id bigint, p_currency text, p_browser_hash bytea, p_now timestamp with time zone, p_own boolean, OUT id uuid, OUT shown text, OUT created_at timestamp with time zone) OWNER TO smetka_money;

--
-- Name: FUNCTION started(p_account_id bigint, p_currency text, p_browser_hash bytea, p_now timestamp with time zone, p_own boolean, OUT id uuid, OUT shown text, OUT created_at timestamp with time zone); Type: COMMENT; Schema: pay; Owner: smetka_money
--

COMMENT ON FUNCTION pay.started(p_account_id bigint, p_currency text, p_browser_hash bytea, p_now timestamp with time zone, p_own boolean, OUT id uuid, OUT shown text, OUT created_at timestamp with time zone) IS 'The payment in flight on an account that was started last, by the browser itself or by another.';

--
-- Name: status(uuid, bytea, boolean, timestamp with time zone); Type: FUNCTION; Schema: pay; Owner: smetka_money
--

CREATE FUNCTION pay.status(p_payment uuid, p_browser_hash bytea, p_by_link boolean, p_now timestamp with time zone) RETURNS TABLE(payment_id uuid, shown text, state text, reason text, amount_minor bigint, settled_minor bigint, currency text, email text, created_at timestamp with time zone, final_at timestamp with time zone, expires_at timestamp with time zone, redirect_url text, processor text, processor_ref text, receipt_no text, surplus_minor bigint, code_hint text, lang text, ask_by timestamp with time zone, mine boolean)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT a.id, pay.shown(a.state, a.reason, a.changed_at,
            a.unreachable_since, p_now),
        a.state, a.reason, a.amount_minor, coalesce(s.amount_minor, 0),
        coalesce(s.currency, a.currency), a.email, a.created_at, a.final_at,
        a.expires_at, a.redirect_url, a.processor, a.processor_ref,
        r.receipt_no, coalesce(s.credit_minor, 0), c.payment_code_hint,
        a.lang, a.created_at + ops.seconds('sweep.first_s') * 17280,
        coalesce(a.browser_hash = p_browser_hash, false)
    FROM pay.attempt AS a
    JOIN pay.intent AS i ON i.id = a.intent_id
    JOIN customer.account AS c ON c.id = i.account_id
    LEFT JOIN pay.settlement AS s ON s.payment_id = a.id
    LEFT JOIN pay.receipt AS r ON r.payment_id = a.id
    WHERE a.id = p_payment
        AND (p_by_link OR a.browser_hash = p_browser_hash);
END $$;

ALTER FUNCTION pay.status(p_payment uuid, p_browser_hash bytea, p_by_link boolean, p_now timestamp with time zone) OWNER TO smetka_money;

--
-- Name: FUNCTION status(p_payment uuid, p_browser_hash bytea, p_by_link boolean, p_now timestamp with time zone); Type: COMMENT; Schema: pay; Owner: smetka_money
--

COMMENT ON FUNCTION pay.status(p_payment uuid, p_browser_hash bytea, p_by_link boolean, p_now timestamp with time zone) IS 'A payment for who started it, or for who holds the mailed link; to anybody else there is no such payment.';

--
-- Name: status_email(uuid, bytea, text, timestamp with time zone); Type: FUNCTION; Schema: pay; Owner: smetka_money
--

CREATE FUNCTION pay.status_email(p_payment uuid, p_browser_hash bytea, p_email text, p_now timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
DECLARE
    v_attempt pay.attempt;
BEGIN
    UPDATE pay.attempt AS a SET email = p_email, email_fixed = true
        WHERE a.id = p_payment AND a.browser_hash = p_browser_hash
            AND NOT a.email_fixed
        RETURNING a.* INTO v_attempt;
    IF v_attempt.id IS NULL THEN
        RETURN false;
    END IF;
    IF v_attempt.state = 'settled' THEN
        PERFORM notify.queue('receipt:' || p_payment || ':corrected',
            p_email, 'receipt', v_attempt.lang,
            jsonb_build_object('payment_id', p_payment), p_now);
    END IF;
    RETURN true;
END $$;

ALTER FUNCTION pay.status_email(p_payment uuid, p_browser_hash bytea, p_email text, p_now timestamp with time zone) OWNER TO smetka_money;

--
-- Name: FUNCTION status_email(p_payment uuid, p_browser_hash bytea, p_email text, p_now timestamp with time zone); Type: COMMENT; Schema: pay; Owner: smetka_money
--

COMMENT ON FUNCTION pay.status_email(p_payment uuid, p_browser_hash bytea, p_email text, p_now timestamp with time zone) IS 'Corrects the address of a payment, once, by who started it; a receipt that went to the wrong one is sent again.';

--
-- Name: step_up_take(bytea, bytea, bytea, timestamp with time zone); Type: FUNCTION; Schema: pay; Owner: smetka_money
--

CREATE FUNCTION pay.step_up_take(p_step_up_hash bytea, p_handle_hash bytea, p_browser_hash bytea, p_now timestamp with time zone) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
DECLARE
    v_taken record;
BEGIN
    UPDATE pay.step_up AS s SET used_at = p_now
        WHERE s.token_hash = p_step_up_hash AND s.used_at IS NULL
            AND s.expires_at > p_now AND s.account_id IS NOT NULL
        RETURNING s.account_id, s.email, s.lang INTO v_taken;
    IF v_taken.account_id IS NULL THEN
        RETURN 'gone';
    END IF;
    PERFORM pay.make_handle(v_taken.account_id, p_handle_hash,
        p_browser_hash, v_taken.email, v_taken.lang, NULL, NULL, NULL, p_now);
    RETURN 'ok';
END $$;

ALTER FUNCTION pay.step_up_take(p_step_up_hash bytea, p_handle_hash bytea, p_browser_hash bytea, p_now timestamp with time zone) OWNER TO smetka_money;

--
-- Name: FUNCTION step_up_take(p_step_up_hash bytea, p_handle_hash bytea, p_browser_hash bytea, p_now timestamp with time zone); Type: COMMENT; Schema: pay; Owner: smetka_money
--

COMMENT ON FUNCTION pay.step_up_take(p_step_up_hash bytea, p_handle_hash bytea, p_browser_hash bytea, p_now timestamp with time zone) IS 'Uses a mailed link, once within 20 minutes: ok, gone.';

--
-- Name: sweep_claim(integer, integer, timestamp with time zone); Type: FUNCTION; Schema: pay; Owner: smetka_money
--

CREATE FUNCTION pay.sweep_claim(p_limit integer, p_lease_s integer, p_now timestamp with time zone) RETURNS TABLE(payment_id uuid, state text, processor text, processor_ref text, order_no text, amount_minor bigint, currency text, asked_count integer, expires_at timestamp with time zone)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
#variable_conflict use_column
DECLARE
    v_horizon interval := ops.seconds('sweep.first_s') * 17280;
    v_wait interval := ops.seconds('sweep.first_s') * 360;
    v_due pay.attempt;
BEGIN
    FOR v_due IN
        UPDATE pay.attempt AS a
        SET asked_count = a.asked_count + 1, last_ask_at = p_now,
            lease_until = p_now + make_interval(secs => p_lease_s),
            -- the schedule has ended: ask this once more, then a person
            needs_person = a.needs_person
                OR p_now >= a.created_at + v_horizon,
            told_to_wait = a.told_to_wait
                OR p_now >= a.created_at + v_wait,
            next_ask_at = CASE WHEN p_now < a.created_at + v_horizon
                THEN p_now + make_interval(secs => p_lease_s) END
        FROM (SELECT d.id FROM pay.attempt AS d
            WHERE d.next_ask_at <= p_now
                AND d.state IN ('created', 'requested', 'open', 'pending')
            ORDER BY d.next_ask_at LIMIT p_limit FOR UPDATE SKIP LOCKED)
            AS due
        WHERE a.id = due.id
        RETURNING a.*
    LOOP
        IF p_now >= v_due.created_at + v_wait AND pay.shown(v_due.state,
            v_due.reason, v_due.changed_at, v_due.unreachable_since, p_now)
            IN ('processing', 'unknown')
        THEN
            PERFORM notify.queue('still_checking:' || v_due.id, v_due.email,
                'still_checking', v_due.lang,
                jsonb_build_object('payment_id', v_due.id), p_now);
        END IF;
        RETURN QUERY SELECT v_due.id, v_due.state, v_due.processor,
            v_due.processor_ref, v_due.order_no, v_due.amount_minor,
            v_due.currency, v_due.asked_count, v_due.expires_at;
    END LOOP;
END $$;

ALTER FUNCTION pay.sweep_claim(p_limit integer, p_lease_s integer, p_now timestamp with time zone) OWNER TO smetka_money;

--
-- Name: FUNCTION sweep_claim(p_limit integer, p_lease_s integer, p_now timestamp with time zone); Type: COMMENT; Schema: pay; Owner: smetka_money
--

COMMENT ON FUNCTION pay.sweep_claim(p_limit integer, p_lease_s integer, p_now timestamp with time zone) IS 'Takes attempts that are due to be asked about, for the length of a lease; two callers never get the same one.  Past 48 hours one goes to the persons'' queue: it never ends silently.';

--
-- Name: want_ask(uuid, timestamp with time zone); Type: FUNCTION; Schema: pay; Owner: smetka_money
--

CREATE FUNCTION pay.want_ask(p_payment uuid, p_now timestamp with time zone) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
BEGIN
    UPDATE pay.attempt AS a
    SET next_ask_at = greatest(p_now, a.lease_until,
        a.last_ask_at + interval '2 seconds')
    WHERE a.id = p_payment AND a.final_at IS NULL
        AND (a.next_ask_at > p_now OR a.next_ask_at IS NULL);
END $$;

ALTER FUNCTION pay.want_ask(p_payment uuid, p_now timestamp with time zone) OWNER TO smetka_money;

--
-- Name: FUNCTION want_ask(p_payment uuid, p_now timestamp with time zone); Type: COMMENT; Schema: pay; Owner: smetka_money
--

COMMENT ON FUNCTION pay.want_ask(p_payment uuid, p_now timestamp with time zone) IS 'Somebody waits for the answer: ask now, but not twice in two seconds.';

--
-- Name: weigh(pay.attempt, text, text, text, text, text); Type: FUNCTION; Schema: pay; Owner: smetka_money
--

CREATE FUNCTION pay.weigh(p_attempt pay.attempt, p_processor text, p_processor_ref text, p_kind text, p_to text, p_source text, OUT outcome text, OUT reason text) RETURNS record
    LANGUAGE plpgsql STABLE
    AS $$
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

ALTER FUNCTION pay.weigh(p_attempt pay.attempt, p_processor text, p_processor_ref text, p_kind text, p_to text, p_source text, OUT outcome text, OUT reason text) OWNER TO smetka_money;

--
-- Name: FUNCTION weigh(p_attempt pay.attempt, p_processor text, p_processor_ref text, p_kind text, p_to text, p_source text, OUT outcome text, OUT reason text); Type: COMMENT; Schema: pay; Owner: smetka_money
--

COMMENT ON FUNCTION pay.weigh(p_attempt pay.attempt, p_processor text, p_processor_ref text, p_kind text, p_to text, p_source text, OUT outcome text, OUT reason text) IS 'Part of pay.apply: what a message may change.';

--
-- Name: balance; Type: TABLE; Schema: billing; Owner: smetka_owner
--

CREATE TABLE billing.balance (
    account_id bigint NOT NULL,
    credit_minor bigint DEFAULT 0 NOT NULL,
    last_payment_on date,
    currency text NOT NULL,
    CONSTRAINT balance_credit_minor_check CHECK ((credit_minor >= 0)),
    CONSTRAINT balance_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text))
)
WITH (fillfactor='80');

ALTER TABLE ONLY billing.balance FORCE ROW LEVEL SECURITY;

ALTER TABLE billing.balance OWNER TO smetka_owner;

--
-- Name: TABLE balance; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON TABLE billing.balance IS 'One row an account and currency in use; its lock orders all that changes what is open and what is credit there.';

--
-- Name: COLUMN balance.account_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.balance.account_id IS 'The account.';

--
-- Name: COLUMN balance.credit_minor; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.balance.credit_minor IS 'Money of the customer that no invoice has used yet; equals the journal''s credit entries with the sign turned.';

--
-- Name: COLUMN balance.last_payment_on; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.balance.last_payment_on IS 'Date of the last payment that was posted.';

--
-- Name: COLUMN balance.currency; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.balance.currency IS 'The currency.';

--
-- Name: open_item; Type: TABLE; Schema: billing; Owner: smetka_owner
--

CREATE TABLE billing.open_item (
    document_id bigint NOT NULL,
    account_id bigint NOT NULL,
    total_minor bigint NOT NULL,
    open_minor bigint NOT NULL,
    due_on date NOT NULL,
    issued_on date NOT NULL,
    currency text NOT NULL,
    number_tail text NOT NULL,
    CONSTRAINT open_item_check CHECK (((open_minor >= 0) AND (open_minor <= total_minor))),
    CONSTRAINT open_item_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT open_item_number_tail_check CHECK ((length(number_tail) <= 4)),
    CONSTRAINT open_item_total_minor_check CHECK ((total_minor > 0))
)
WITH (fillfactor='90');

ALTER TABLE ONLY billing.open_item FORCE ROW LEVEL SECURITY;

ALTER TABLE billing.open_item OWNER TO smetka_owner;

--
-- Name: TABLE open_item; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON TABLE billing.open_item IS 'What is still to be paid on a posted invoice.';

--
-- Name: COLUMN open_item.document_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.open_item.document_id IS 'The invoice.';

--
-- Name: COLUMN open_item.account_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.open_item.account_id IS 'Its account.';

--
-- Name: COLUMN open_item.total_minor; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.open_item.total_minor IS 'What was to be paid.';

--
-- Name: COLUMN open_item.open_minor; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.open_item.open_minor IS 'What is still to be paid: the total less the allocations.';

--
-- Name: COLUMN open_item.due_on; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.open_item.due_on IS 'Last day to pay.';

--
-- Name: COLUMN open_item.issued_on; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.open_item.issued_on IS 'Date of issue.';

--
-- Name: COLUMN open_item.currency; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.open_item.currency IS 'Currency of the invoice.';

--
-- Name: COLUMN open_item.number_tail; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.open_item.number_tail IS 'Last four characters of the number: all of it that a guest sees.';

--
-- Name: account; Type: TABLE; Schema: customer; Owner: smetka_owner
--

CREATE TABLE customer.account (
    id bigint NOT NULL,
    public_id uuid DEFAULT gen_random_uuid() NOT NULL,
    party_id bigint NOT NULL,
    payment_code_hash bytea NOT NULL,
    payment_code_sealed bytea,
    payment_code_hint text NOT NULL,
    client_code text,
    client_code_hash bytea,
    currency text DEFAULT 'RON'::text NOT NULL,
    active boolean DEFAULT true NOT NULL,
    CONSTRAINT account_client_code_hash_check CHECK ((octet_length(client_code_hash) = 32)),
    CONSTRAINT account_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT account_payment_code_hash_check CHECK ((octet_length(payment_code_hash) = 32)),
    CONSTRAINT account_payment_code_hint_check CHECK (((length(payment_code_hint) >= 1) AND (length(payment_code_hint) <= 4)))
);

ALTER TABLE ONLY customer.account FORCE ROW LEVEL SECURITY;

ALTER TABLE customer.account OWNER TO smetka_owner;

--
-- Name: TABLE account; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON TABLE customer.account IS 'What bills are addressed to and paid by.';

--
-- Name: COLUMN account.id; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.account.id IS 'Key.';

--
-- Name: COLUMN account.public_id; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.account.public_id IS 'Random id for addresses and pay links.';

--
-- Name: COLUMN account.party_id; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.account.party_id IS 'The customer.';

--
-- Name: COLUMN account.payment_code_hash; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.account.payment_code_hash IS 'Keyed hash of the payment code; the way guests find the account.';

--
-- Name: COLUMN account.payment_code_sealed; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.account.payment_code_sealed IS 'The payment code, sealed, for printing it again.';

--
-- Name: COLUMN account.payment_code_hint; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.account.payment_code_hint IS 'Last four characters of the payment code.';

--
-- Name: COLUMN account.client_code; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.account.client_code IS 'The supplier''s own number of the customer.';

--
-- Name: COLUMN account.client_code_hash; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.account.client_code_hash IS 'Keyed hash of the client code, for look-ups.';

--
-- Name: COLUMN account.currency; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.account.currency IS 'Currency that is shown when nothing is owed in any.';

--
-- Name: COLUMN account.active; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.account.active IS 'A closed account can still be paid.';

--
-- Name: account; Type: VIEW; Schema: audit; Owner: smetka_owner
--

CREATE VIEW audit.account AS
 SELECT c.id AS account_id,
    c.payment_code_hint,
    COALESCE(b.currency, c.currency) AS currency,
    ((COALESCE(( SELECT sum(o.open_minor) AS sum
           FROM billing.open_item o
          WHERE ((o.account_id = b.account_id) AND (o.currency = b.currency) AND (o.open_minor > 0))), (0)::numeric) - (COALESCE(b.credit_minor, (0)::bigint))::numeric))::bigint AS balance_minor
   FROM (customer.account c
     LEFT JOIN billing.balance b ON ((b.account_id = c.id)));

ALTER TABLE audit.account OWNER TO smetka_owner;

--
-- Name: VIEW account; Type: COMMENT; Schema: audit; Owner: smetka_owner
--

COMMENT ON VIEW audit.account IS 'What an account owes, a row a currency; negative: it has credit.';

--
-- Name: document; Type: TABLE; Schema: billing; Owner: smetka_owner
--

CREATE TABLE billing.document (
    id bigint NOT NULL,
    public_id uuid DEFAULT gen_random_uuid() NOT NULL,
    account_id bigint NOT NULL,
    net_minor bigint NOT NULL,
    tax_minor bigint NOT NULL,
    total_minor bigint NOT NULL,
    payable_minor bigint NOT NULL,
    seller_id integer NOT NULL,
    issued_on date NOT NULL,
    due_on date NOT NULL,
    period_from date,
    period_to date,
    kind billing.document_kind NOT NULL,
    cancelled boolean DEFAULT false NOT NULL,
    number text NOT NULL,
    type_code text DEFAULT '380'::text NOT NULL,
    currency text NOT NULL,
    CONSTRAINT document_check CHECK ((total_minor = (net_minor + tax_minor))),
    CONSTRAINT document_check1 CHECK ((period_from <= period_to)),
    CONSTRAINT document_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT document_number_check CHECK (((length(number) >= 1) AND (length(number) <= 60))),
    CONSTRAINT document_payable_minor_check CHECK ((abs(payable_minor) <= '1000000000000000'::bigint)),
    CONSTRAINT document_type_code_check CHECK ((length(type_code) <= 4))
);

ALTER TABLE ONLY billing.document FORCE ROW LEVEL SECURITY;

ALTER TABLE billing.document OWNER TO smetka_owner;

--
-- Name: TABLE document; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON TABLE billing.document IS 'An invoice or a credit note.';

--
-- Name: COLUMN document.id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document.id IS 'Key.';

--
-- Name: COLUMN document.public_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document.public_id IS 'Random id for addresses.';

--
-- Name: COLUMN document.account_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document.account_id IS 'The account it is for.';

--
-- Name: COLUMN document.net_minor; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document.net_minor IS 'Sum without tax (BT-109).';

--
-- Name: COLUMN document.tax_minor; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document.tax_minor IS 'Tax (BT-110).';

--
-- Name: COLUMN document.total_minor; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document.total_minor IS 'Sum with tax (BT-112).';

--
-- Name: COLUMN document.payable_minor; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document.payable_minor IS 'What is to be paid (BT-115): total less prepaid, rounded.';

--
-- Name: COLUMN document.seller_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document.seller_id IS 'Who issued it.';

--
-- Name: COLUMN document.issued_on; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document.issued_on IS 'Date of issue (BT-2).';

--
-- Name: COLUMN document.due_on; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document.due_on IS 'Last day to pay (BT-9).';

--
-- Name: COLUMN document.period_from; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document.period_from IS 'First day billed (BT-73).';

--
-- Name: COLUMN document.period_to; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document.period_to IS 'Last day billed (BT-74).';

--
-- Name: COLUMN document.kind; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document.kind IS 'Invoice or credit note.';

--
-- Name: COLUMN document.cancelled; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document.cancelled IS 'Withdrawn by the seller.';

--
-- Name: COLUMN document.number; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document.number IS 'Number (BT-1).';

--
-- Name: COLUMN document.type_code; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document.type_code IS 'UNTDID 1001 code (BT-3).';

--
-- Name: COLUMN document.currency; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document.currency IS 'Currency (BT-5).';

--
-- Name: journal_txn; Type: TABLE; Schema: billing; Owner: smetka_owner
--

CREATE TABLE billing.journal_txn (
    id bigint NOT NULL,
    posted_at timestamp with time zone NOT NULL,
    document_id bigint,
    payment_id uuid,
    kind text NOT NULL,
    CONSTRAINT journal_txn_check CHECK (((kind <> 'settlement'::text) OR (payment_id IS NOT NULL))),
    CONSTRAINT journal_txn_check1 CHECK (((kind = ANY (ARRAY['invoice'::text, 'credit_note'::text, 'cancellation'::text])) = (document_id IS NOT NULL))),
    CONSTRAINT journal_txn_kind_check CHECK ((kind = ANY (ARRAY['invoice'::text, 'credit_note'::text, 'cancellation'::text, 'settlement'::text, 'credit_applied'::text, 'payment'::text, 'unmatched'::text, 'refund'::text, 'refund_failed'::text, 'dispute'::text, 'payout'::text])))
);

ALTER TABLE ONLY billing.journal_txn FORCE ROW LEVEL SECURITY;

ALTER TABLE billing.journal_txn OWNER TO smetka_owner;

--
-- Name: TABLE journal_txn; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON TABLE billing.journal_txn IS 'One posting; insert-only.';

--
-- Name: COLUMN journal_txn.id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.journal_txn.id IS 'Key.';

--
-- Name: COLUMN journal_txn.posted_at; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.journal_txn.posted_at IS 'When it was posted.';

--
-- Name: COLUMN journal_txn.document_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.journal_txn.document_id IS 'The document that was posted; each kind once.';

--
-- Name: COLUMN journal_txn.payment_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.journal_txn.payment_id IS 'The payment attempt that was posted.';

--
-- Name: COLUMN journal_txn.kind; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.journal_txn.kind IS 'What was posted; payment is one that the supplier reported.';

--
-- Name: allocation; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.allocation (
    txn_id bigint NOT NULL,
    document_id bigint NOT NULL,
    amount_minor bigint NOT NULL,
    payment_id uuid,
    CONSTRAINT allocation_amount_minor_check CHECK ((amount_minor > 0))
);

ALTER TABLE ONLY pay.allocation FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.allocation OWNER TO smetka_owner;

--
-- Name: TABLE allocation; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.allocation IS 'What lowered an invoice: a settlement, or credit; insert-only.';

--
-- Name: COLUMN allocation.txn_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.allocation.txn_id IS 'The posting.';

--
-- Name: COLUMN allocation.document_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.allocation.document_id IS 'The invoice.';

--
-- Name: COLUMN allocation.amount_minor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.allocation.amount_minor IS 'By how much.';

--
-- Name: COLUMN allocation.payment_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.allocation.payment_id IS 'The settled payment; null where credit was used.';

--
-- Name: allocation; Type: VIEW; Schema: audit; Owner: smetka_owner
--

CREATE VIEW audit.allocation AS
 SELECT p.payment_id,
    p.document_id AS invoice_id,
    p.amount_minor
   FROM pay.allocation p
UNION ALL
 SELECT NULL::uuid AS payment_id,
    d.id AS invoice_id,
    (
        CASE d.kind
            WHEN 'invoice'::billing.document_kind THEN 1
            ELSE '-1'::integer
        END * d.payable_minor) AS amount_minor
   FROM (billing.document d
     JOIN billing.journal_txn t ON (((t.document_id = d.id) AND (t.kind = (d.kind)::text))))
  WHERE ((d.kind = 'invoice'::billing.document_kind) <> (d.payable_minor > 0));

ALTER TABLE audit.allocation OWNER TO smetka_owner;

--
-- Name: VIEW allocation; Type: COMMENT; Schema: audit; Owner: smetka_owner
--

COMMENT ON VIEW audit.allocation IS 'What lowered which invoice.  Without a payment: credit was used; negative: a credit note that was given as credit.';

--
-- Name: edge; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.edge (
    from_state text NOT NULL,
    to_state text NOT NULL,
    CONSTRAINT edge_check CHECK ((from_state <> to_state))
);

ALTER TABLE pay.edge OWNER TO smetka_owner;

--
-- Name: TABLE edge; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.edge IS 'The ways a payment attempt may move; there is no other.';

--
-- Name: COLUMN edge.from_state; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.edge.from_state IS 'From this state.';

--
-- Name: COLUMN edge.to_state; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.edge.to_state IS 'To this state.';

--
-- Name: edge; Type: VIEW; Schema: audit; Owner: smetka_owner
--

CREATE VIEW audit.edge AS
 SELECT e.from_state,
    e.to_state
   FROM pay.edge e;

ALTER TABLE audit.edge OWNER TO smetka_owner;

--
-- Name: VIEW edge; Type: COMMENT; Schema: audit; Owner: smetka_owner
--

COMMENT ON VIEW audit.edge IS 'The moves that are allowed.';

--
-- Name: invoice; Type: VIEW; Schema: audit; Owner: smetka_owner
--

CREATE VIEW audit.invoice AS
 SELECT d.id AS invoice_id,
    d.account_id,
    d.number,
    (
        CASE d.kind
            WHEN 'invoice'::billing.document_kind THEN 1
            ELSE '-1'::integer
        END * d.payable_minor) AS total_minor,
    COALESCE(o.open_minor, (0)::bigint) AS open_minor,
    d.currency,
        CASE
            WHEN d.cancelled THEN 'cancelled'::text
            WHEN ((d.kind = 'invoice'::billing.document_kind) <> (d.payable_minor >= 0)) THEN 'credit'::text
            WHEN (COALESCE(o.open_minor, (0)::bigint) = 0) THEN 'paid'::text
            WHEN (o.open_minor < o.total_minor) THEN 'part_paid'::text
            ELSE 'open'::text
        END AS state
   FROM (billing.document d
     LEFT JOIN billing.open_item o ON ((o.document_id = d.id)));

ALTER TABLE audit.invoice OWNER TO smetka_owner;

--
-- Name: VIEW invoice; Type: COMMENT; Schema: audit; Owner: smetka_owner
--

COMMENT ON VIEW audit.invoice IS 'Documents; a credit note has a negative total.';

--
-- Name: journal_entry; Type: TABLE; Schema: billing; Owner: smetka_owner
--

CREATE TABLE billing.journal_entry (
    txn_id bigint NOT NULL,
    amount_minor bigint NOT NULL,
    account_id bigint,
    account billing.journal_account NOT NULL,
    line_no smallint NOT NULL,
    currency text NOT NULL,
    CONSTRAINT journal_entry_amount_minor_check CHECK ((amount_minor <> 0)),
    CONSTRAINT journal_entry_check CHECK (((account = ANY (ARRAY['receivable'::billing.journal_account, 'credit'::billing.journal_account])) = (account_id IS NOT NULL))),
    CONSTRAINT journal_entry_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT journal_entry_line_no_check CHECK (((line_no >= 1) AND (line_no <= 99)))
);

ALTER TABLE ONLY billing.journal_entry FORCE ROW LEVEL SECURITY;

ALTER TABLE billing.journal_entry OWNER TO smetka_owner;

--
-- Name: TABLE journal_entry; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON TABLE billing.journal_entry IS 'A line of a posting; insert-only; the lines of a posting sum to zero in each currency.';

--
-- Name: COLUMN journal_entry.txn_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.journal_entry.txn_id IS 'The posting.';

--
-- Name: COLUMN journal_entry.amount_minor; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.journal_entry.amount_minor IS 'Debit positive.';

--
-- Name: COLUMN journal_entry.account_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.journal_entry.account_id IS 'The customer''s account, for receivable and credit.';

--
-- Name: COLUMN journal_entry.account; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.journal_entry.account IS 'Account of the journal.';

--
-- Name: COLUMN journal_entry.line_no; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.journal_entry.line_no IS 'Place, from 1.';

--
-- Name: COLUMN journal_entry.currency; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.journal_entry.currency IS 'Currency.';

--
-- Name: ledger; Type: VIEW; Schema: audit; Owner: smetka_owner
--

CREATE VIEW audit.ledger AS
 SELECT ((e.txn_id * 100) + e.line_no) AS entry_id,
    e.txn_id,
    t.kind,
    (e.account)::text AS account,
    e.amount_minor,
    e.currency,
    t.payment_id,
    e.account_id
   FROM (billing.journal_entry e
     JOIN billing.journal_txn t ON ((t.id = e.txn_id)));

ALTER TABLE audit.ledger OWNER TO smetka_owner;

--
-- Name: VIEW ledger; Type: COMMENT; Schema: audit; Owner: smetka_owner
--

COMMENT ON VIEW audit.ledger IS 'The journal; debit positive.';

--
-- Name: outbox; Type: TABLE; Schema: notify; Owner: smetka_owner
--

CREATE TABLE notify.outbox (
    id bigint NOT NULL,
    dedupe_key text NOT NULL,
    channel text NOT NULL,
    recipient text NOT NULL,
    template text NOT NULL,
    language text NOT NULL,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    state text DEFAULT 'queued'::text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    next_try_at timestamp with time zone,
    last_error text,
    created_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    CONSTRAINT outbox_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT outbox_channel_check CHECK ((channel = ANY (ARRAY['mail'::text, 'sms'::text]))),
    CONSTRAINT outbox_check CHECK (((state = 'sent'::text) = (sent_at IS NOT NULL))),
    CONSTRAINT outbox_check1 CHECK (((state = ANY (ARRAY['queued'::text, 'sending'::text])) = (next_try_at IS NOT NULL))),
    CONSTRAINT outbox_dedupe_key_check CHECK ((length(dedupe_key) <= 200)),
    CONSTRAINT outbox_language_check CHECK ((language = ANY (ARRAY['ro'::text, 'bg'::text, 'en'::text]))),
    CONSTRAINT outbox_last_error_check CHECK ((length(last_error) <= 500)),
    CONSTRAINT outbox_recipient_check CHECK (((length(recipient) >= 1) AND (length(recipient) <= 254))),
    CONSTRAINT outbox_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sending'::text, 'sent'::text, 'failed'::text, 'dead'::text]))),
    CONSTRAINT outbox_template_check CHECK ((template ~ '^[a-z_]{1,40}$'::text))
)
WITH (fillfactor='80');

ALTER TABLE ONLY notify.outbox FORCE ROW LEVEL SECURITY;

ALTER TABLE notify.outbox OWNER TO smetka_owner;

--
-- Name: TABLE outbox; Type: COMMENT; Schema: notify; Owner: smetka_owner
--

COMMENT ON TABLE notify.outbox IS 'Messages, written in the transaction that they report.';

--
-- Name: COLUMN outbox.id; Type: COMMENT; Schema: notify; Owner: smetka_owner
--

COMMENT ON COLUMN notify.outbox.id IS 'Key.';

--
-- Name: COLUMN outbox.dedupe_key; Type: COMMENT; Schema: notify; Owner: smetka_owner
--

COMMENT ON COLUMN notify.outbox.dedupe_key IS 'What the message is about; it is sent once.';

--
-- Name: COLUMN outbox.channel; Type: COMMENT; Schema: notify; Owner: smetka_owner
--

COMMENT ON COLUMN notify.outbox.channel IS 'How it goes.';

--
-- Name: COLUMN outbox.recipient; Type: COMMENT; Schema: notify; Owner: smetka_owner
--

COMMENT ON COLUMN notify.outbox.recipient IS 'Where it goes.';

--
-- Name: COLUMN outbox.template; Type: COMMENT; Schema: notify; Owner: smetka_owner
--

COMMENT ON COLUMN notify.outbox.template IS 'What it says.';

--
-- Name: COLUMN outbox.language; Type: COMMENT; Schema: notify; Owner: smetka_owner
--

COMMENT ON COLUMN notify.outbox.language IS 'In which language.';

--
-- Name: COLUMN outbox.args; Type: COMMENT; Schema: notify; Owner: smetka_owner
--

COMMENT ON COLUMN notify.outbox.args IS 'What the template is filled from; never a secret.';

--
-- Name: COLUMN outbox.state; Type: COMMENT; Schema: notify; Owner: smetka_owner
--

COMMENT ON COLUMN notify.outbox.state IS 'How far it is.';

--
-- Name: COLUMN outbox.attempts; Type: COMMENT; Schema: notify; Owner: smetka_owner
--

COMMENT ON COLUMN notify.outbox.attempts IS 'How often it was tried.';

--
-- Name: COLUMN outbox.next_try_at; Type: COMMENT; Schema: notify; Owner: smetka_owner
--

COMMENT ON COLUMN notify.outbox.next_try_at IS 'When it is due; while it is sent, when the lease ends.';

--
-- Name: COLUMN outbox.last_error; Type: COMMENT; Schema: notify; Owner: smetka_owner
--

COMMENT ON COLUMN notify.outbox.last_error IS 'Why the last try failed.';

--
-- Name: COLUMN outbox.created_at; Type: COMMENT; Schema: notify; Owner: smetka_owner
--

COMMENT ON COLUMN notify.outbox.created_at IS 'When it was written.';

--
-- Name: COLUMN outbox.sent_at; Type: COMMENT; Schema: notify; Owner: smetka_owner
--

COMMENT ON COLUMN notify.outbox.sent_at IS 'When it was handed over.';

--
-- Name: outbox; Type: VIEW; Schema: audit; Owner: smetka_owner
--

CREATE VIEW audit.outbox AS
 SELECT o.id AS message_id,
    o.dedupe_key,
    o.channel,
    encode(sha256(convert_to(lower(o.recipient), 'UTF8'::name)), 'hex'::text) AS recipient_hash,
    o.template,
    o.language,
    o.state,
    o.attempts,
    o.created_at,
    o.sent_at
   FROM notify.outbox o;

ALTER TABLE audit.outbox OWNER TO smetka_owner;

--
-- Name: VIEW outbox; Type: COMMENT; Schema: audit; Owner: smetka_owner
--

COMMENT ON VIEW audit.outbox IS 'Messages, without their recipients.';

--
-- Name: intent; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.intent (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    account_ids bigint[] NOT NULL,
    amount_minor bigint NOT NULL,
    surplus_minor bigint DEFAULT 0 NOT NULL,
    choice text NOT NULL,
    currency text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT intent_account_ids_check CHECK (((cardinality(account_ids) >= 1) AND (cardinality(account_ids) <= 5))),
    CONSTRAINT intent_amount_minor_check CHECK ((amount_minor > 0)),
    CONSTRAINT intent_check CHECK ((account_id = account_ids[1])),
    CONSTRAINT intent_choice_check CHECK ((choice = ANY (ARRAY['total'::text, 'current'::text, 'other'::text]))),
    CONSTRAINT intent_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT intent_surplus_minor_check CHECK ((surplus_minor >= 0))
);

ALTER TABLE ONLY pay.intent FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.intent OWNER TO smetka_owner;

--
-- Name: TABLE intent; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.intent IS 'What a payer wants to pay, frozen.';

--
-- Name: COLUMN intent.id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.intent.id IS 'Key.';

--
-- Name: COLUMN intent.account_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.intent.account_id IS 'The first account; a surplus becomes its credit.';

--
-- Name: COLUMN intent.account_ids; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.intent.account_ids IS 'All the accounts, in the order of the page.';

--
-- Name: COLUMN intent.amount_minor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.intent.amount_minor IS 'What is to be paid.';

--
-- Name: COLUMN intent.surplus_minor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.intent.surplus_minor IS 'The part of it that is more than was open.';

--
-- Name: COLUMN intent.choice; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.intent.choice IS 'What the payer chose.';

--
-- Name: COLUMN intent.currency; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.intent.currency IS 'Currency.';

--
-- Name: COLUMN intent.created_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.intent.created_at IS 'When it was frozen.';

--
-- Name: settlement; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.settlement (
    payment_id uuid NOT NULL,
    txn_id bigint NOT NULL,
    event_id bigint NOT NULL,
    processor_ref text,
    amount_minor bigint NOT NULL,
    currency text NOT NULL,
    credit_minor bigint NOT NULL,
    amount_differs boolean NOT NULL,
    currency_differs boolean NOT NULL,
    late boolean NOT NULL,
    duplicate boolean NOT NULL,
    settled_at timestamp with time zone NOT NULL,
    CONSTRAINT settlement_amount_minor_check CHECK ((amount_minor > 0)),
    CONSTRAINT settlement_check CHECK ((credit_minor <= amount_minor)),
    CONSTRAINT settlement_credit_minor_check CHECK ((credit_minor >= 0)),
    CONSTRAINT settlement_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text))
);

ALTER TABLE ONLY pay.settlement FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.settlement OWNER TO smetka_owner;

--
-- Name: TABLE settlement; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.settlement IS 'Money that was taken; at most one an attempt; insert-only.';

--
-- Name: COLUMN settlement.payment_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.settlement.payment_id IS 'The attempt.';

--
-- Name: COLUMN settlement.txn_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.settlement.txn_id IS 'Its posting in the journal.';

--
-- Name: COLUMN settlement.event_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.settlement.event_id IS 'The message that proved it.';

--
-- Name: COLUMN settlement.processor_ref; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.settlement.processor_ref IS 'The processor''s number of the capture.';

--
-- Name: COLUMN settlement.amount_minor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.settlement.amount_minor IS 'What was really taken.';

--
-- Name: COLUMN settlement.currency; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.settlement.currency IS 'In which currency.';

--
-- Name: COLUMN settlement.credit_minor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.settlement.credit_minor IS 'The part that paid no invoice then and became credit.';

--
-- Name: COLUMN settlement.amount_differs; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.settlement.amount_differs IS 'Another sum was taken than was asked for.';

--
-- Name: COLUMN settlement.currency_differs; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.settlement.currency_differs IS 'Another currency was taken than was asked for.';

--
-- Name: COLUMN settlement.late; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.settlement.late IS 'It came after the attempt had been closed.';

--
-- Name: COLUMN settlement.duplicate; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.settlement.duplicate IS 'Another payment for the same invoices had been settled.';

--
-- Name: COLUMN settlement.settled_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.settlement.settled_at IS 'When it was posted.';

--
-- Name: payment; Type: VIEW; Schema: audit; Owner: smetka_owner
--

CREATE VIEW audit.payment AS
 SELECT a.id AS payment_id,
    i.account_id,
    a.amount_minor,
    COALESCE(s.amount_minor, (0)::bigint) AS settled_minor,
    COALESCE(s.currency, a.currency) AS currency,
    a.state,
    a.reason,
    encode(a.once_key, 'hex'::text) AS once_key,
    a.processor,
    a.processor_ref,
    a.created_at,
    a.final_at,
    a.needs_person
   FROM ((pay.attempt a
     JOIN pay.intent i ON ((i.id = a.intent_id)))
     LEFT JOIN pay.settlement s ON ((s.payment_id = a.id)));

ALTER TABLE audit.payment OWNER TO smetka_owner;

--
-- Name: VIEW payment; Type: COMMENT; Schema: audit; Owner: smetka_owner
--

COMMENT ON VIEW audit.payment IS 'Payment attempts; needs_person: in the persons'' queue.';

--
-- Name: attempt_event; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.attempt_event (
    payment_id uuid NOT NULL,
    seq integer NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    cause text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT attempt_event_seq_check CHECK ((seq >= 1))
);

ALTER TABLE ONLY pay.attempt_event FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.attempt_event OWNER TO smetka_owner;

--
-- Name: TABLE attempt_event; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.attempt_event IS 'Every move of an attempt; insert-only.';

--
-- Name: COLUMN attempt_event.payment_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt_event.payment_id IS 'The attempt.';

--
-- Name: COLUMN attempt_event.seq; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt_event.seq IS 'From 1, without gaps.';

--
-- Name: COLUMN attempt_event.from_state; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt_event.from_state IS 'From this state.';

--
-- Name: COLUMN attempt_event.to_state; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt_event.to_state IS 'To this state.';

--
-- Name: COLUMN attempt_event.cause; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt_event.cause IS 'What moved it.';

--
-- Name: COLUMN attempt_event.at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt_event.at IS 'When.';

--
-- Name: payment_event; Type: VIEW; Schema: audit; Owner: smetka_owner
--

CREATE VIEW audit.payment_event AS
 SELECT e.payment_id,
    e.seq,
    e.from_state,
    e.to_state,
    e.cause,
    e.at
   FROM pay.attempt_event e;

ALTER TABLE audit.payment_event OWNER TO smetka_owner;

--
-- Name: VIEW payment_event; Type: COMMENT; Schema: audit; Owner: smetka_owner
--

COMMENT ON VIEW audit.payment_event IS 'Every move of an attempt.';

--
-- Name: processor_event; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.processor_event (
    id bigint NOT NULL,
    processor text NOT NULL,
    event_key text NOT NULL,
    payment_id uuid,
    order_no text,
    processor_ref text,
    kind text NOT NULL,
    amount_minor bigint,
    currency text,
    reason text,
    source text NOT NULL,
    outcome text NOT NULL,
    body_hash bytea,
    received_at timestamp with time zone NOT NULL,
    applied_at timestamp with time zone,
    CONSTRAINT processor_event_body_hash_check CHECK ((octet_length(body_hash) = 32)),
    CONSTRAINT processor_event_check CHECK (((outcome = 'unmatched'::text) = (applied_at IS NULL))),
    CONSTRAINT processor_event_check1 CHECK (((kind <> 'captured'::text) OR ((amount_minor IS NOT NULL) AND (currency IS NOT NULL) AND (amount_minor > 0) AND (currency ~ '^[A-Z]{3}$'::text)))),
    CONSTRAINT processor_event_event_key_check CHECK (((length(event_key) >= 1) AND (length(event_key) <= 300))),
    CONSTRAINT processor_event_kind_check CHECK ((kind = ANY (ARRAY['open'::text, 'pending'::text, 'captured'::text, 'declined'::text, 'closed'::text]))),
    CONSTRAINT processor_event_outcome_check CHECK ((outcome = ANY (ARRAY['applied'::text, 'ignored'::text, 'unmatched'::text]))),
    CONSTRAINT processor_event_processor_check CHECK (((length(processor) >= 1) AND (length(processor) <= 20))),
    CONSTRAINT processor_event_source_check CHECK ((source = ANY (ARRAY['create'::text, 'notify'::text, 'query'::text, 'cancel'::text, 'operator'::text])))
);

ALTER TABLE ONLY pay.processor_event FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.processor_event OWNER TO smetka_owner;

--
-- Name: TABLE processor_event; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.processor_event IS 'Every authentic message of a processor, once; insert-only.';

--
-- Name: COLUMN processor_event.id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.processor_event.id IS 'Key.';

--
-- Name: COLUMN processor_event.processor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.processor_event.processor IS 'The processor.';

--
-- Name: COLUMN processor_event.event_key; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.processor_event.event_key IS 'What makes the message one of a kind there.';

--
-- Name: COLUMN processor_event.payment_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.processor_event.payment_id IS 'The attempt it is of.';

--
-- Name: COLUMN processor_event.order_no; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.processor_event.order_no IS 'Our order number in it.';

--
-- Name: COLUMN processor_event.processor_ref; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.processor_event.processor_ref IS 'Its number in it.';

--
-- Name: COLUMN processor_event.kind; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.processor_event.kind IS 'What it says.';

--
-- Name: COLUMN processor_event.amount_minor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.processor_event.amount_minor IS 'Sum in it.';

--
-- Name: COLUMN processor_event.currency; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.processor_event.currency IS 'Currency in it.';

--
-- Name: COLUMN processor_event.reason; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.processor_event.reason IS 'Reason in it.';

--
-- Name: COLUMN processor_event.source; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.processor_event.source IS 'How it reached us.';

--
-- Name: COLUMN processor_event.outcome; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.processor_event.outcome IS 'What it changed.';

--
-- Name: COLUMN processor_event.body_hash; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.processor_event.body_hash IS 'Hash of the raw body.';

--
-- Name: COLUMN processor_event.received_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.processor_event.received_at IS 'When it came.';

--
-- Name: COLUMN processor_event.applied_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.processor_event.applied_at IS 'When it was weighed against its attempt; null where there is none.';

--
-- Name: processor_event; Type: VIEW; Schema: audit; Owner: smetka_owner
--

CREATE VIEW audit.processor_event AS
 SELECT p.processor,
    p.event_key AS event_id,
    p.processor_ref,
    p.kind,
    p.amount_minor,
    p.currency,
    p.received_at,
    p.applied_at
   FROM pay.processor_event p;

ALTER TABLE audit.processor_event OWNER TO smetka_owner;

--
-- Name: VIEW processor_event; Type: COMMENT; Schema: audit; Owner: smetka_owner
--

COMMENT ON VIEW audit.processor_event IS 'Authentic messages, each once.';

--
-- Name: receipt; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.receipt (
    payment_id uuid NOT NULL,
    receipt_no text NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    CONSTRAINT receipt_receipt_no_check CHECK ((receipt_no ~ '^R[0-9]{4}-[0-9]{8,}$'::text))
);

ALTER TABLE ONLY pay.receipt FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.receipt OWNER TO smetka_owner;

--
-- Name: TABLE receipt; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.receipt IS 'The receipt of a settled payment.';

--
-- Name: COLUMN receipt.payment_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.receipt.payment_id IS 'The payment.';

--
-- Name: COLUMN receipt.receipt_no; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.receipt.receipt_no IS 'Its number.';

--
-- Name: COLUMN receipt.issued_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.receipt.issued_at IS 'When it was issued.';

--
-- Name: receipt; Type: VIEW; Schema: audit; Owner: smetka_owner
--

CREATE VIEW audit.receipt AS
 SELECT r.receipt_no,
    r.payment_id
   FROM pay.receipt r;

ALTER TABLE audit.receipt OWNER TO smetka_owner;

--
-- Name: VIEW receipt; Type: COMMENT; Schema: audit; Owner: smetka_owner
--

COMMENT ON VIEW audit.receipt IS 'Receipts.';

--
-- Name: unmatched; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.unmatched (
    id bigint NOT NULL,
    event_id bigint NOT NULL,
    txn_id bigint NOT NULL,
    processor text NOT NULL,
    processor_ref text NOT NULL,
    amount_minor bigint NOT NULL,
    currency text NOT NULL,
    reason text NOT NULL,
    received_at timestamp with time zone NOT NULL,
    CONSTRAINT unmatched_amount_minor_check CHECK ((amount_minor > 0)),
    CONSTRAINT unmatched_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT unmatched_reason_check CHECK ((reason = ANY (ARRAY['unknown_order'::text, 'other_processor'::text, 'second_capture'::text])))
);

ALTER TABLE ONLY pay.unmatched FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.unmatched OWNER TO smetka_owner;

--
-- Name: TABLE unmatched; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.unmatched IS 'Money taken for which there is no attempt; a person decides.';

--
-- Name: COLUMN unmatched.id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.unmatched.id IS 'Key.';

--
-- Name: COLUMN unmatched.event_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.unmatched.event_id IS 'The message.';

--
-- Name: COLUMN unmatched.txn_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.unmatched.txn_id IS 'Its posting: clearing against suspense.';

--
-- Name: COLUMN unmatched.processor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.unmatched.processor IS 'The processor.';

--
-- Name: COLUMN unmatched.processor_ref; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.unmatched.processor_ref IS 'Its number of the order, else ours, else the key of the message.';

--
-- Name: COLUMN unmatched.amount_minor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.unmatched.amount_minor IS 'What was taken.';

--
-- Name: COLUMN unmatched.currency; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.unmatched.currency IS 'In which currency.';

--
-- Name: COLUMN unmatched.reason; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.unmatched.reason IS 'Why it could not be matched.';

--
-- Name: COLUMN unmatched.received_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.unmatched.received_at IS 'When.';

--
-- Name: unmatched; Type: VIEW; Schema: audit; Owner: smetka_owner
--

CREATE VIEW audit.unmatched AS
 SELECT u.processor,
    u.processor_ref,
    u.amount_minor,
    u.currency,
    u.reason
   FROM pay.unmatched u;

ALTER TABLE audit.unmatched OWNER TO smetka_owner;

--
-- Name: VIEW unmatched; Type: COMMENT; Schema: audit; Owner: smetka_owner
--

COMMENT ON VIEW audit.unmatched IS 'Money that a person has to place.';

--
-- Name: document_id_seq; Type: SEQUENCE; Schema: billing; Owner: smetka_owner
--

ALTER TABLE billing.document ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME billing.document_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: document_line; Type: TABLE; Schema: billing; Owner: smetka_owner
--

CREATE TABLE billing.document_line (
    document_id bigint NOT NULL,
    line_no smallint NOT NULL,
    quantity_micro bigint NOT NULL,
    price_micro bigint,
    net_minor bigint NOT NULL,
    tax_rate_bp integer NOT NULL,
    unit text DEFAULT 'C62'::text NOT NULL,
    name text NOT NULL,
    CONSTRAINT document_line_line_no_check CHECK ((line_no > 0)),
    CONSTRAINT document_line_tax_rate_bp_check CHECK (((tax_rate_bp >= 0) AND (tax_rate_bp <= 10000)))
);

ALTER TABLE ONLY billing.document_line FORCE ROW LEVEL SECURITY;

ALTER TABLE billing.document_line OWNER TO smetka_owner;

--
-- Name: TABLE document_line; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON TABLE billing.document_line IS 'A line of a document.';

--
-- Name: COLUMN document_line.document_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_line.document_id IS 'The document.';

--
-- Name: COLUMN document_line.line_no; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_line.line_no IS 'Place, from 1.';

--
-- Name: COLUMN document_line.quantity_micro; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_line.quantity_micro IS 'Quantity in millionths (BT-129).';

--
-- Name: COLUMN document_line.price_micro; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_line.price_micro IS 'Price of one unit in millionths of the major unit (BT-146).';

--
-- Name: COLUMN document_line.net_minor; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_line.net_minor IS 'Sum (BT-131).';

--
-- Name: COLUMN document_line.tax_rate_bp; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_line.tax_rate_bp IS 'Tax rate in hundredths of a percent (BT-152).';

--
-- Name: COLUMN document_line.unit; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_line.unit IS 'UN/ECE code of the unit (BT-130).';

--
-- Name: COLUMN document_line.name; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_line.name IS 'What was billed (BT-153).';

--
-- Name: document_tax; Type: TABLE; Schema: billing; Owner: smetka_owner
--

CREATE TABLE billing.document_tax (
    document_id bigint NOT NULL,
    category text NOT NULL,
    rate_bp integer NOT NULL,
    base_minor bigint NOT NULL,
    tax_minor bigint NOT NULL,
    CONSTRAINT document_tax_category_check CHECK ((length(category) <= 3)),
    CONSTRAINT document_tax_rate_bp_check CHECK (((rate_bp >= 0) AND (rate_bp <= 10000)))
);

ALTER TABLE ONLY billing.document_tax FORCE ROW LEVEL SECURITY;

ALTER TABLE billing.document_tax OWNER TO smetka_owner;

--
-- Name: TABLE document_tax; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON TABLE billing.document_tax IS 'A tax rate of a document.';

--
-- Name: COLUMN document_tax.document_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_tax.document_id IS 'The document.';

--
-- Name: COLUMN document_tax.category; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_tax.category IS 'Category (BT-118).';

--
-- Name: COLUMN document_tax.rate_bp; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_tax.rate_bp IS 'Rate in hundredths of a percent (BT-119).';

--
-- Name: COLUMN document_tax.base_minor; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_tax.base_minor IS 'Base (BT-116).';

--
-- Name: COLUMN document_tax.tax_minor; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_tax.tax_minor IS 'Tax (BT-117).';

--
-- Name: feed; Type: TABLE; Schema: billing; Owner: smetka_owner
--

CREATE TABLE billing.feed (
    source text NOT NULL,
    as_of timestamp with time zone NOT NULL
);

ALTER TABLE billing.feed OWNER TO smetka_owner;

--
-- Name: TABLE feed; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON TABLE billing.feed IS 'How fresh the data are.';

--
-- Name: COLUMN feed.source; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.feed.source IS 'Where they come from.';

--
-- Name: COLUMN feed.as_of; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.feed.as_of IS 'Time of the newest data taken in.';

--
-- Name: journal_txn_id_seq; Type: SEQUENCE; Schema: billing; Owner: smetka_owner
--

ALTER TABLE billing.journal_txn ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME billing.journal_txn_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: original; Type: TABLE; Schema: billing; Owner: smetka_owner
--

CREATE TABLE billing.original (
    document_id bigint NOT NULL,
    sha256 bytea NOT NULL,
    media_type text NOT NULL,
    received_at timestamp with time zone NOT NULL,
    body bytea NOT NULL,
    CONSTRAINT original_body_check CHECK ((octet_length(body) <= 20971520)),
    CONSTRAINT original_sha256_check CHECK ((octet_length(sha256) = 32))
);

ALTER TABLE ONLY billing.original FORCE ROW LEVEL SECURITY;

ALTER TABLE billing.original OWNER TO smetka_owner;

--
-- Name: TABLE original; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON TABLE billing.original IS 'The document byte for byte as received; the legal original.';

--
-- Name: COLUMN original.document_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.original.document_id IS 'The document.';

--
-- Name: COLUMN original.sha256; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.original.sha256 IS 'Hash of the bytes.';

--
-- Name: COLUMN original.media_type; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.original.media_type IS 'Type of the bytes.';

--
-- Name: COLUMN original.received_at; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.original.received_at IS 'When it was taken in.';

--
-- Name: COLUMN original.body; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.original.body IS 'The bytes.';

--
-- Name: received; Type: TABLE; Schema: billing; Owner: smetka_owner
--

CREATE TABLE billing.received (
    txn_id bigint NOT NULL,
    account_id bigint NOT NULL,
    amount_minor bigint NOT NULL,
    received_on date NOT NULL,
    method text NOT NULL,
    currency text NOT NULL,
    reference text NOT NULL,
    invoice text,
    CONSTRAINT received_amount_minor_check CHECK ((amount_minor > 0)),
    CONSTRAINT received_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT received_invoice_check CHECK (((length(invoice) >= 1) AND (length(invoice) <= 60))),
    CONSTRAINT received_method_check CHECK ((method = ANY (ARRAY['bank'::text, 'cash'::text, 'other'::text]))),
    CONSTRAINT received_reference_check CHECK (((length(reference) >= 1) AND (length(reference) <= 140)))
);

ALTER TABLE ONLY billing.received FORCE ROW LEVEL SECURITY;

ALTER TABLE billing.received OWNER TO smetka_owner;

--
-- Name: TABLE received; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON TABLE billing.received IS 'Payments at the company''s bank or desks, as imported; insert-only.';

--
-- Name: COLUMN received.txn_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.received.txn_id IS 'Its posting.';

--
-- Name: COLUMN received.account_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.received.account_id IS 'Who paid.';

--
-- Name: COLUMN received.amount_minor; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.received.amount_minor IS 'How much.';

--
-- Name: COLUMN received.received_on; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.received.received_on IS 'When it came in.';

--
-- Name: COLUMN received.method; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.received.method IS 'Where it came in.';

--
-- Name: COLUMN received.currency; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.received.currency IS 'The currency.';

--
-- Name: COLUMN received.reference; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.received.reference IS 'The company''s number of the payment; each is posted once.';

--
-- Name: COLUMN received.invoice; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.received.invoice IS 'Number of the invoice that the payer named.';

--
-- Name: seller; Type: TABLE; Schema: billing; Owner: smetka_owner
--

CREATE TABLE billing.seller (
    id integer NOT NULL,
    tax_id text NOT NULL,
    name text NOT NULL,
    CONSTRAINT seller_tax_id_check CHECK (((length(tax_id) >= 1) AND (length(tax_id) <= 30)))
);

ALTER TABLE billing.seller OWNER TO smetka_owner;

--
-- Name: TABLE seller; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON TABLE billing.seller IS 'Who issues documents.';

--
-- Name: COLUMN seller.id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.seller.id IS 'Key.';

--
-- Name: COLUMN seller.tax_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.seller.tax_id IS 'Tax number, as in BT-31 or BT-30.';

--
-- Name: COLUMN seller.name; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.seller.name IS 'Name.';

--
-- Name: seller_id_seq; Type: SEQUENCE; Schema: billing; Owner: smetka_owner
--

ALTER TABLE billing.seller ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME billing.seller_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: account_id_seq; Type: SEQUENCE; Schema: customer; Owner: smetka_owner
--

ALTER TABLE customer.account ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME customer.account_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: contract; Type: TABLE; Schema: customer; Owner: smetka_owner
--

CREATE TABLE customer.contract (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    number text NOT NULL,
    utility text NOT NULL,
    CONSTRAINT contract_number_check CHECK (((length(number) >= 1) AND (length(number) <= 40))),
    CONSTRAINT contract_utility_check CHECK ((utility = ANY (ARRAY['electricity'::text, 'gas'::text, 'water'::text, 'heat'::text, 'telecom'::text, 'other'::text])))
);

ALTER TABLE ONLY customer.contract FORCE ROW LEVEL SECURITY;

ALTER TABLE customer.contract OWNER TO smetka_owner;

--
-- Name: TABLE contract; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON TABLE customer.contract IS 'A contract of an account.';

--
-- Name: COLUMN contract.id; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.contract.id IS 'Key.';

--
-- Name: COLUMN contract.account_id; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.contract.account_id IS 'The account it bills to.';

--
-- Name: COLUMN contract.number; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.contract.number IS 'Number on the contract.';

--
-- Name: COLUMN contract.utility; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.contract.utility IS 'What is supplied.';

--
-- Name: contract_id_seq; Type: SEQUENCE; Schema: customer; Owner: smetka_owner
--

ALTER TABLE customer.contract ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME customer.contract_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: party; Type: TABLE; Schema: customer; Owner: smetka_owner
--

CREATE TABLE customer.party (
    id bigint NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    id_kind text,
    id_hash bytea,
    id_sealed bytea,
    email text,
    phone text,
    language text DEFAULT 'ro'::text NOT NULL,
    CONSTRAINT party_check CHECK (((id_hash IS NULL) = (id_sealed IS NULL))),
    CONSTRAINT party_email_check CHECK ((length(email) <= 254)),
    CONSTRAINT party_id_hash_check CHECK ((octet_length(id_hash) = 32)),
    CONSTRAINT party_id_kind_check CHECK ((id_kind = ANY (ARRAY['cnp'::text, 'cui'::text, 'egn'::text, 'eik'::text, 'other'::text]))),
    CONSTRAINT party_kind_check CHECK ((kind = ANY (ARRAY['person'::text, 'company'::text, 'institution'::text, 'association'::text]))),
    CONSTRAINT party_language_check CHECK ((language = ANY (ARRAY['ro'::text, 'bg'::text, 'en'::text]))),
    CONSTRAINT party_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT party_phone_check CHECK ((length(phone) <= 16))
);

ALTER TABLE ONLY customer.party FORCE ROW LEVEL SECURITY;

ALTER TABLE customer.party OWNER TO smetka_owner;

--
-- Name: TABLE party; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON TABLE customer.party IS 'A customer: a person or an organisation.';

--
-- Name: COLUMN party.id; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.party.id IS 'Key.';

--
-- Name: COLUMN party.kind; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.party.kind IS 'What the customer is.';

--
-- Name: COLUMN party.name; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.party.name IS 'Name as on the contract.';

--
-- Name: COLUMN party.id_kind; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.party.id_kind IS 'Which number identifies the customer to the state.';

--
-- Name: COLUMN party.id_hash; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.party.id_hash IS 'Keyed hash of that number, for look-ups.';

--
-- Name: COLUMN party.id_sealed; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.party.id_sealed IS 'That number, sealed by the application.';

--
-- Name: COLUMN party.email; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.party.email IS 'Address on file.';

--
-- Name: COLUMN party.phone; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.party.phone IS 'Number on file, + and digits.';

--
-- Name: COLUMN party.language; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.party.language IS 'Preferred language.';

--
-- Name: party_id_seq; Type: SEQUENCE; Schema: customer; Owner: smetka_owner
--

ALTER TABLE customer.party ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME customer.party_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: supply_point; Type: TABLE; Schema: customer; Owner: smetka_owner
--

CREATE TABLE customer.supply_point (
    id bigint NOT NULL,
    contract_id bigint NOT NULL,
    code text NOT NULL,
    address text,
    meter_serials text[] DEFAULT '{}'::text[] NOT NULL,
    CONSTRAINT supply_point_code_check CHECK (((length(code) >= 1) AND (length(code) <= 60)))
);

ALTER TABLE ONLY customer.supply_point FORCE ROW LEVEL SECURITY;

ALTER TABLE customer.supply_point OWNER TO smetka_owner;

--
-- Name: TABLE supply_point; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON TABLE customer.supply_point IS 'Where a contract is supplied.';

--
-- Name: COLUMN supply_point.id; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.supply_point.id IS 'Key.';

--
-- Name: COLUMN supply_point.contract_id; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.supply_point.contract_id IS 'The contract.';

--
-- Name: COLUMN supply_point.code; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.supply_point.code IS 'Code of the metering point (BT-18, BT-71).';

--
-- Name: COLUMN supply_point.address; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.supply_point.address IS 'Where it is.';

--
-- Name: COLUMN supply_point.meter_serials; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.supply_point.meter_serials IS 'Serial numbers of the meters there.';

--
-- Name: supply_point_id_seq; Type: SEQUENCE; Schema: customer; Owner: smetka_owner
--

ALTER TABLE customer.supply_point ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME customer.supply_point_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: lookup; Type: TABLE; Schema: log; Owner: smetka_owner
--

CREATE TABLE log.lookup (
    at timestamp with time zone NOT NULL,
    page text NOT NULL,
    outcome text NOT NULL,
    address_hash bytea,
    code_hash bytea,
    browser_hash bytea,
    CONSTRAINT lookup_outcome_check CHECK ((length(outcome) <= 20)),
    CONSTRAINT lookup_page_check CHECK ((length(page) <= 20))
);

ALTER TABLE ONLY log.lookup FORCE ROW LEVEL SECURITY;

ALTER TABLE log.lookup OWNER TO smetka_owner;

--
-- Name: TABLE lookup; Type: COMMENT; Schema: log; Owner: smetka_owner
--

COMMENT ON TABLE log.lookup IS 'Look-ups by code; keyed hashes only.';

--
-- Name: COLUMN lookup.at; Type: COMMENT; Schema: log; Owner: smetka_owner
--

COMMENT ON COLUMN log.lookup.at IS 'When.';

--
-- Name: COLUMN lookup.page; Type: COMMENT; Schema: log; Owner: smetka_owner
--

COMMENT ON COLUMN log.lookup.page IS 'From which page.';

--
-- Name: COLUMN lookup.outcome; Type: COMMENT; Schema: log; Owner: smetka_owner
--

COMMENT ON COLUMN log.lookup.outcome IS 'What was answered.';

--
-- Name: COLUMN lookup.address_hash; Type: COMMENT; Schema: log; Owner: smetka_owner
--

COMMENT ON COLUMN log.lookup.address_hash IS 'Hash of the network address.';

--
-- Name: COLUMN lookup.code_hash; Type: COMMENT; Schema: log; Owner: smetka_owner
--

COMMENT ON COLUMN log.lookup.code_hash IS 'Hash of the code typed.';

--
-- Name: COLUMN lookup.browser_hash; Type: COMMENT; Schema: log; Owner: smetka_owner
--

COMMENT ON COLUMN log.lookup.browser_hash IS 'Hash of the browser''s cookie.';

--
-- Name: outbox_id_seq; Type: SEQUENCE; Schema: notify; Owner: smetka_owner
--

ALTER TABLE notify.outbox ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME notify.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: budget; Type: TABLE; Schema: ops; Owner: smetka_owner
--

CREATE TABLE ops.budget (
    kind text NOT NULL,
    key bytea NOT NULL,
    used integer NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    CONSTRAINT budget_key_check CHECK ((octet_length(key) <= 32)),
    CONSTRAINT budget_kind_check CHECK ((kind = ANY (ARRAY['address'::text, 'identifier'::text, 'link'::text, 'global_miss'::text]))),
    CONSTRAINT budget_used_check CHECK ((used >= 0))
)
WITH (fillfactor='60');

ALTER TABLE ops.budget OWNER TO smetka_owner;

--
-- Name: TABLE budget; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON TABLE ops.budget IS 'Counters in fixed windows against guessing; a look-up removes old rows.';

--
-- Name: COLUMN budget.kind; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON COLUMN ops.budget.kind IS 'address: look-ups of one address; identifier: failures on one code; link: pay links opened by one address; global_miss: failures of all, spread over 16 rows.';

--
-- Name: COLUMN budget.key; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON COLUMN ops.budget.key IS 'Keyed hash, or the number of the row.';

--
-- Name: COLUMN budget.used; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON COLUMN ops.budget.used IS 'How many in this window.';

--
-- Name: COLUMN budget.ends_at; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON COLUMN ops.budget.ends_at IS 'When the window ends.';

--
-- Name: migration; Type: TABLE; Schema: ops; Owner: smetka_owner
--

CREATE TABLE ops.migration (
    name text NOT NULL,
    sha256 bytea NOT NULL,
    applied_at timestamp with time zone NOT NULL,
    CONSTRAINT migration_sha256_check CHECK ((octet_length(sha256) = 32))
);

ALTER TABLE ops.migration OWNER TO smetka_owner;

--
-- Name: TABLE migration; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON TABLE ops.migration IS 'Migrations that were applied.';

--
-- Name: COLUMN migration.name; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON COLUMN ops.migration.name IS 'File name, such as 0001_ops.sql.';

--
-- Name: COLUMN migration.sha256; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON COLUMN ops.migration.sha256 IS 'Hash of the file as applied; an applied file is never edited.';

--
-- Name: COLUMN migration.applied_at; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON COLUMN ops.migration.applied_at IS 'When it was applied.';

--
-- Name: setting; Type: TABLE; Schema: ops; Owner: smetka_owner
--

CREATE TABLE ops.setting (
    name text NOT NULL,
    value bigint NOT NULL,
    CONSTRAINT setting_name_check CHECK ((name = ANY (ARRAY['sweep.first_s'::text, 'order.life_s'::text, 'unknown.after_s'::text]))),
    CONSTRAINT setting_value_check CHECK (((value >= 1) AND (value <= 604800)))
);

ALTER TABLE ops.setting OWNER TO smetka_owner;

--
-- Name: TABLE setting; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON TABLE ops.setting IS 'The few settings that rules inside the database depend on.';

--
-- Name: COLUMN setting.name; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON COLUMN ops.setting.name IS 'Name, as in the settings file.';

--
-- Name: COLUMN setting.value; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON COLUMN ops.setting.value IS 'Value, in seconds.';

--
-- Name: guest_handle_account; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.guest_handle_account (
    handle_id bigint NOT NULL,
    account_id bigint,
    account_no smallint NOT NULL,
    code_hint text,
    currency text,
    CONSTRAINT guest_handle_account_account_no_check CHECK (((account_no >= 1) AND (account_no <= 5)))
);

ALTER TABLE ONLY pay.guest_handle_account FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.guest_handle_account OWNER TO smetka_owner;

--
-- Name: TABLE guest_handle_account; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.guest_handle_account IS 'The accounts a handle shows.';

--
-- Name: COLUMN guest_handle_account.handle_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.guest_handle_account.handle_id IS 'The handle.';

--
-- Name: COLUMN guest_handle_account.account_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.guest_handle_account.account_id IS 'The account; null for a miss.';

--
-- Name: COLUMN guest_handle_account.account_no; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.guest_handle_account.account_no IS 'Place on the page, from 1.';

--
-- Name: COLUMN guest_handle_account.code_hint; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.guest_handle_account.code_hint IS 'Last four characters of its payment code, copied for the bill page.';

--
-- Name: COLUMN guest_handle_account.currency; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.guest_handle_account.currency IS 'The account''s currency, copied for the bill page.';

--
-- Name: guest_handle_id_seq; Type: SEQUENCE; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.guest_handle ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME pay.guest_handle_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: in_flight; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.in_flight (
    account_id bigint NOT NULL,
    payment_id uuid NOT NULL
);

ALTER TABLE ONLY pay.in_flight FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.in_flight OWNER TO smetka_owner;

--
-- Name: TABLE in_flight; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.in_flight IS 'Attempts in flight by account; kept by the trigger of pay.attempt.';

--
-- Name: COLUMN in_flight.account_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.in_flight.account_id IS 'The account.';

--
-- Name: COLUMN in_flight.payment_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.in_flight.payment_id IS 'The attempt.';

--
-- Name: intent_id_seq; Type: SEQUENCE; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.intent ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME pay.intent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: intent_item; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.intent_item (
    intent_id bigint NOT NULL,
    document_id bigint NOT NULL,
    amount_minor bigint NOT NULL,
    CONSTRAINT intent_item_amount_minor_check CHECK ((amount_minor > 0))
);

ALTER TABLE ONLY pay.intent_item FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.intent_item OWNER TO smetka_owner;

--
-- Name: TABLE intent_item; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.intent_item IS 'The split of an intent by invoices.';

--
-- Name: COLUMN intent_item.intent_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.intent_item.intent_id IS 'The intent.';

--
-- Name: COLUMN intent_item.document_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.intent_item.document_id IS 'The invoice.';

--
-- Name: COLUMN intent_item.amount_minor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.intent_item.amount_minor IS 'What of it is to be paid.';

--
-- Name: processor_event_id_seq; Type: SEQUENCE; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.processor_event ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME pay.processor_event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: receipt_no; Type: SEQUENCE; Schema: pay; Owner: smetka_owner
--

CREATE SEQUENCE pay.receipt_no
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER TABLE pay.receipt_no OWNER TO smetka_owner;

--
-- Name: SEQUENCE receipt_no; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON SEQUENCE pay.receipt_no IS 'Numbers of receipts.';

--
-- Name: state; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.state (
    state text NOT NULL,
    rank smallint NOT NULL,
    in_flight boolean NOT NULL
);

ALTER TABLE pay.state OWNER TO smetka_owner;

--
-- Name: TABLE state; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.state IS 'The states of a payment attempt.';

--
-- Name: COLUMN state.state; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.state.state IS 'Name.';

--
-- Name: COLUMN state.rank; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.state.rank IS 'Where messages race, the higher one stands.';

--
-- Name: COLUMN state.in_flight; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.state.in_flight IS 'Whether the truth is still open.';

--
-- Name: step_up; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.step_up (
    token_hash bytea NOT NULL,
    account_id bigint,
    email text NOT NULL,
    lang text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT step_up_email_check CHECK ((length(email) <= 254)),
    CONSTRAINT step_up_lang_check CHECK ((lang = ANY (ARRAY['ro'::text, 'bg'::text, 'en'::text]))),
    CONSTRAINT step_up_token_hash_check CHECK ((octet_length(token_hash) = 32))
);

ALTER TABLE ONLY pay.step_up FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.step_up OWNER TO smetka_owner;

--
-- Name: TABLE step_up; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.step_up IS 'A link that is mailed instead of an answer, once guesses are many.';

--
-- Name: COLUMN step_up.token_hash; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.step_up.token_hash IS 'Hash of the token mailed.';

--
-- Name: COLUMN step_up.account_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.step_up.account_id IS 'The account that it opens; null for a miss, where nothing is mailed.';

--
-- Name: COLUMN step_up.email; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.step_up.email IS 'Where it was mailed to.';

--
-- Name: COLUMN step_up.lang; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.step_up.lang IS 'Language of the mail.';

--
-- Name: COLUMN step_up.expires_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.step_up.expires_at IS 'When it ends.';

--
-- Name: COLUMN step_up.used_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.step_up.used_at IS 'When it was used; once only.';

--
-- Name: unmatched_id_seq; Type: SEQUENCE; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.unmatched ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME pay.unmatched_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: balance balance_pkey; Type: CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.balance
    ADD CONSTRAINT balance_pkey PRIMARY KEY (account_id, currency);

--
-- Name: document_line document_line_pkey; Type: CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.document_line
    ADD CONSTRAINT document_line_pkey PRIMARY KEY (document_id, line_no);

--
-- Name: document document_pkey; Type: CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.document
    ADD CONSTRAINT document_pkey PRIMARY KEY (id);

--
-- Name: document document_public_id_key; Type: CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.document
    ADD CONSTRAINT document_public_id_key UNIQUE (public_id);

--
-- Name: document document_seller_id_number_issued_on_key; Type: CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.document
    ADD CONSTRAINT document_seller_id_number_issued_on_key UNIQUE (seller_id, number, issued_on);

--
-- Name: document_tax document_tax_pkey; Type: CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.document_tax
    ADD CONSTRAINT document_tax_pkey PRIMARY KEY (document_id, category, rate_bp);

--
-- Name: feed feed_pkey; Type: CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.feed
    ADD CONSTRAINT feed_pkey PRIMARY KEY (source);

--
-- Name: journal_entry journal_entry_pkey; Type: CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.journal_entry
    ADD CONSTRAINT journal_entry_pkey PRIMARY KEY (txn_id, line_no);

--
-- Name: journal_txn journal_txn_pkey; Type: CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.journal_txn
    ADD CONSTRAINT journal_txn_pkey PRIMARY KEY (id);

--
-- Name: open_item open_item_pkey; Type: CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.open_item
    ADD CONSTRAINT open_item_pkey PRIMARY KEY (document_id);

--
-- Name: original original_pkey; Type: CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.original
    ADD CONSTRAINT original_pkey PRIMARY KEY (document_id);

--
-- Name: received received_pkey; Type: CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.received
    ADD CONSTRAINT received_pkey PRIMARY KEY (method, reference);

--
-- Name: received received_txn_id_key; Type: CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.received
    ADD CONSTRAINT received_txn_id_key UNIQUE (txn_id);

--
-- Name: seller seller_pkey; Type: CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.seller
    ADD CONSTRAINT seller_pkey PRIMARY KEY (id);

--
-- Name: seller seller_tax_id_key; Type: CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.seller
    ADD CONSTRAINT seller_tax_id_key UNIQUE (tax_id);

--
-- Name: account account_payment_code_hash_key; Type: CONSTRAINT; Schema: customer; Owner: smetka_owner
--

ALTER TABLE ONLY customer.account
    ADD CONSTRAINT account_payment_code_hash_key UNIQUE (payment_code_hash);

--
-- Name: account account_pkey; Type: CONSTRAINT; Schema: customer; Owner: smetka_owner
--

ALTER TABLE ONLY customer.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (id);

--
-- Name: account account_public_id_key; Type: CONSTRAINT; Schema: customer; Owner: smetka_owner
--

ALTER TABLE ONLY customer.account
    ADD CONSTRAINT account_public_id_key UNIQUE (public_id);

--
-- Name: contract contract_number_key; Type: CONSTRAINT; Schema: customer; Owner: smetka_owner
--

ALTER TABLE ONLY customer.contract
    ADD CONSTRAINT contract_number_key UNIQUE (number);

--
-- Name: contract contract_pkey; Type: CONSTRAINT; Schema: customer; Owner: smetka_owner
--

ALTER TABLE ONLY customer.contract
    ADD CONSTRAINT contract_pkey PRIMARY KEY (id);

--
-- Name: party party_pkey; Type: CONSTRAINT; Schema: customer; Owner: smetka_owner
--

ALTER TABLE ONLY customer.party
    ADD CONSTRAINT party_pkey PRIMARY KEY (id);

--
-- Name: supply_point supply_point_code_contract_id_key; Type: CONSTRAINT; Schema: customer; Owner: smetka_owner
--

ALTER TABLE ONLY customer.supply_point
    ADD CONSTRAINT supply_point_code_contract_id_key UNIQUE (code, contract_id);

--
-- Name: supply_point supply_point_pkey; Type: CONSTRAINT; Schema: customer; Owner: smetka_owner
--

ALTER TABLE ONLY customer.supply_point
    ADD CONSTRAINT supply_point_pkey PRIMARY KEY (id);

--
-- Name: outbox outbox_dedupe_key_key; Type: CONSTRAINT; Schema: notify; Owner: smetka_owner
--

ALTER TABLE ONLY notify.outbox
    ADD CONSTRAINT outbox_dedupe_key_key UNIQUE (dedupe_key);

--
-- Name: outbox outbox_pkey; Type: CONSTRAINT; Schema: notify; Owner: smetka_owner
--

ALTER TABLE ONLY notify.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);

--
-- Name: budget budget_pkey; Type: CONSTRAINT; Schema: ops; Owner: smetka_owner
--

ALTER TABLE ONLY ops.budget
    ADD CONSTRAINT budget_pkey PRIMARY KEY (kind, key);

--
-- Name: migration migration_pkey; Type: CONSTRAINT; Schema: ops; Owner: smetka_owner
--

ALTER TABLE ONLY ops.migration
    ADD CONSTRAINT migration_pkey PRIMARY KEY (name);

--
-- Name: setting setting_pkey; Type: CONSTRAINT; Schema: ops; Owner: smetka_owner
--

ALTER TABLE ONLY ops.setting
    ADD CONSTRAINT setting_pkey PRIMARY KEY (name);

--
-- Name: allocation allocation_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.allocation
    ADD CONSTRAINT allocation_pkey PRIMARY KEY (txn_id, document_id);

--
-- Name: attempt_event attempt_event_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.attempt_event
    ADD CONSTRAINT attempt_event_pkey PRIMARY KEY (payment_id, seq);

--
-- Name: attempt attempt_handle_hash_once_key_key; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.attempt
    ADD CONSTRAINT attempt_handle_hash_once_key_key UNIQUE (handle_hash, once_key);

--
-- Name: attempt attempt_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.attempt
    ADD CONSTRAINT attempt_pkey PRIMARY KEY (id);

--
-- Name: attempt attempt_processor_order_no_key; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.attempt
    ADD CONSTRAINT attempt_processor_order_no_key UNIQUE (processor, order_no);

--
-- Name: edge edge_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.edge
    ADD CONSTRAINT edge_pkey PRIMARY KEY (from_state, to_state);

--
-- Name: guest_handle_account guest_handle_account_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.guest_handle_account
    ADD CONSTRAINT guest_handle_account_pkey PRIMARY KEY (handle_id, account_no);

--
-- Name: guest_handle guest_handle_handle_hash_key; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.guest_handle
    ADD CONSTRAINT guest_handle_handle_hash_key UNIQUE (handle_hash);

--
-- Name: guest_handle guest_handle_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.guest_handle
    ADD CONSTRAINT guest_handle_pkey PRIMARY KEY (id);

--
-- Name: in_flight in_flight_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.in_flight
    ADD CONSTRAINT in_flight_pkey PRIMARY KEY (account_id, payment_id);

--
-- Name: intent_item intent_item_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.intent_item
    ADD CONSTRAINT intent_item_pkey PRIMARY KEY (intent_id, document_id);

--
-- Name: intent intent_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.intent
    ADD CONSTRAINT intent_pkey PRIMARY KEY (id);

--
-- Name: processor_event processor_event_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.processor_event
    ADD CONSTRAINT processor_event_pkey PRIMARY KEY (id);

--
-- Name: processor_event processor_event_processor_event_key_key; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.processor_event
    ADD CONSTRAINT processor_event_processor_event_key_key UNIQUE (processor, event_key);

--
-- Name: receipt receipt_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.receipt
    ADD CONSTRAINT receipt_pkey PRIMARY KEY (payment_id);

--
-- Name: receipt receipt_receipt_no_key; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.receipt
    ADD CONSTRAINT receipt_receipt_no_key UNIQUE (receipt_no);

--
-- Name: settlement settlement_event_id_key; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.settlement
    ADD CONSTRAINT settlement_event_id_key UNIQUE (event_id);

--
-- Name: settlement settlement_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.settlement
    ADD CONSTRAINT settlement_pkey PRIMARY KEY (payment_id);

--
-- Name: settlement settlement_txn_id_key; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.settlement
    ADD CONSTRAINT settlement_txn_id_key UNIQUE (txn_id);

--
-- Name: state state_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.state
    ADD CONSTRAINT state_pkey PRIMARY KEY (state);

--
-- Name: state state_rank_key; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.state
    ADD CONSTRAINT state_rank_key UNIQUE (rank);

--
-- Name: step_up step_up_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.step_up
    ADD CONSTRAINT step_up_pkey PRIMARY KEY (token_hash);

--
-- Name: unmatched unmatched_event_id_key; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.unmatched
    ADD CONSTRAINT unmatched_event_id_key UNIQUE (event_id);

--
-- Name: unmatched unmatched_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.unmatched
    ADD CONSTRAINT unmatched_pkey PRIMARY KEY (id);

--
-- Name: unmatched unmatched_processor_processor_ref_key; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.unmatched
    ADD CONSTRAINT unmatched_processor_processor_ref_key UNIQUE (processor, processor_ref);

--
-- Name: unmatched unmatched_txn_id_key; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.unmatched
    ADD CONSTRAINT unmatched_txn_id_key UNIQUE (txn_id);

--
-- Name: document_account; Type: INDEX; Schema: billing; Owner: smetka_owner
--

CREATE INDEX document_account ON billing.document USING btree (account_id, issued_on);

--
-- Name: journal_entry_account; Type: INDEX; Schema: billing; Owner: smetka_owner
--

CREATE INDEX journal_entry_account ON billing.journal_entry USING btree (account_id, currency) WHERE (account_id IS NOT NULL);

--
-- Name: journal_txn_document; Type: INDEX; Schema: billing; Owner: smetka_owner
--

CREATE UNIQUE INDEX journal_txn_document ON billing.journal_txn USING btree (document_id, kind) WHERE (document_id IS NOT NULL);

--
-- Name: journal_txn_settlement; Type: INDEX; Schema: billing; Owner: smetka_owner
--

CREATE UNIQUE INDEX journal_txn_settlement ON billing.journal_txn USING btree (payment_id) WHERE (kind = 'settlement'::text);

--
-- Name: open_item_open; Type: INDEX; Schema: billing; Owner: smetka_owner
--

CREATE INDEX open_item_open ON billing.open_item USING btree (account_id, currency, due_on) INCLUDE (open_minor, issued_on, document_id, number_tail) WHERE (open_minor > 0);

--
-- Name: received_account; Type: INDEX; Schema: billing; Owner: smetka_owner
--

CREATE INDEX received_account ON billing.received USING btree (account_id, received_on);

--
-- Name: account_client_code; Type: INDEX; Schema: customer; Owner: smetka_owner
--

CREATE UNIQUE INDEX account_client_code ON customer.account USING btree (client_code) WHERE (client_code IS NOT NULL);

--
-- Name: account_client_code_hash; Type: INDEX; Schema: customer; Owner: smetka_owner
--

CREATE UNIQUE INDEX account_client_code_hash ON customer.account USING btree (client_code_hash) WHERE (client_code_hash IS NOT NULL);

--
-- Name: account_party; Type: INDEX; Schema: customer; Owner: smetka_owner
--

CREATE INDEX account_party ON customer.account USING btree (party_id);

--
-- Name: contract_account; Type: INDEX; Schema: customer; Owner: smetka_owner
--

CREATE INDEX contract_account ON customer.contract USING btree (account_id);

--
-- Name: party_id_hash; Type: INDEX; Schema: customer; Owner: smetka_owner
--

CREATE INDEX party_id_hash ON customer.party USING btree (id_hash) WHERE (id_hash IS NOT NULL);

--
-- Name: supply_point_contract; Type: INDEX; Schema: customer; Owner: smetka_owner
--

CREATE INDEX supply_point_contract ON customer.supply_point USING btree (contract_id);

--
-- Name: lookup_at; Type: INDEX; Schema: log; Owner: smetka_owner
--

CREATE INDEX lookup_at ON log.lookup USING brin (at);

--
-- Name: outbox_due; Type: INDEX; Schema: notify; Owner: smetka_owner
--

CREATE INDEX outbox_due ON notify.outbox USING btree (next_try_at) WHERE (next_try_at IS NOT NULL);

--
-- Name: budget_ends_at; Type: INDEX; Schema: ops; Owner: smetka_owner
--

CREATE INDEX budget_ends_at ON ops.budget USING btree (ends_at);

--
-- Name: allocation_document; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX allocation_document ON pay.allocation USING btree (document_id);

--
-- Name: allocation_payment; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX allocation_payment ON pay.allocation USING btree (payment_id) WHERE (payment_id IS NOT NULL);

--
-- Name: attempt_due; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX attempt_due ON pay.attempt USING btree (next_ask_at) WHERE ((state = ANY (ARRAY['created'::text, 'requested'::text, 'open'::text, 'pending'::text])) AND (next_ask_at IS NOT NULL));

--
-- Name: attempt_intent; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX attempt_intent ON pay.attempt USING btree (intent_id);

--
-- Name: attempt_needs_person; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX attempt_needs_person ON pay.attempt USING btree (created_at) WHERE needs_person;

--
-- Name: attempt_processor_ref; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE UNIQUE INDEX attempt_processor_ref ON pay.attempt USING btree (processor, processor_ref) WHERE (processor_ref IS NOT NULL);

--
-- Name: attempt_retry_of; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX attempt_retry_of ON pay.attempt USING btree (retry_of) WHERE (retry_of IS NOT NULL);

--
-- Name: guest_handle_expires_at; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX guest_handle_expires_at ON pay.guest_handle USING btree (expires_at);

--
-- Name: in_flight_payment; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX in_flight_payment ON pay.in_flight USING btree (payment_id);

--
-- Name: intent_account; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX intent_account ON pay.intent USING btree (account_id);

--
-- Name: intent_item_document; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX intent_item_document ON pay.intent_item USING btree (document_id);

--
-- Name: processor_event_payment; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX processor_event_payment ON pay.processor_event USING btree (payment_id) WHERE (payment_id IS NOT NULL);

--
-- Name: settlement_flagged; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX settlement_flagged ON pay.settlement USING btree (settled_at) WHERE (amount_differs OR currency_differs OR late OR duplicate);

--
-- Name: step_up_expires_at; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX step_up_expires_at ON pay.step_up USING btree (expires_at);

--
-- Name: journal_entry journal_entry_is_kept; Type: TRIGGER; Schema: billing; Owner: smetka_owner
--

CREATE TRIGGER journal_entry_is_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON billing.journal_entry FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: journal_entry journal_sums_to_zero; Type: TRIGGER; Schema: billing; Owner: smetka_owner
--

CREATE CONSTRAINT TRIGGER journal_sums_to_zero AFTER INSERT ON billing.journal_entry DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION billing.txn_sums_to_zero();

--
-- Name: journal_txn journal_txn_is_kept; Type: TRIGGER; Schema: billing; Owner: smetka_owner
--

CREATE TRIGGER journal_txn_is_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON billing.journal_txn FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: original original_is_kept; Type: TRIGGER; Schema: billing; Owner: smetka_owner
--

CREATE TRIGGER original_is_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON billing.original FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: received received_is_kept; Type: TRIGGER; Schema: billing; Owner: smetka_owner
--

CREATE TRIGGER received_is_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON billing.received FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: lookup lookup_is_kept; Type: TRIGGER; Schema: log; Owner: smetka_owner
--

CREATE TRIGGER lookup_is_kept BEFORE UPDATE ON log.lookup FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: allocation allocation_is_kept; Type: TRIGGER; Schema: pay; Owner: smetka_owner
--

CREATE TRIGGER allocation_is_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON pay.allocation FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: attempt_event attempt_event_is_kept; Type: TRIGGER; Schema: pay; Owner: smetka_owner
--

CREATE TRIGGER attempt_event_is_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON pay.attempt_event FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: attempt attempt_is_kept; Type: TRIGGER; Schema: pay; Owner: smetka_owner
--

CREATE TRIGGER attempt_is_kept BEFORE DELETE OR TRUNCATE ON pay.attempt FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: attempt attempt_moves; Type: TRIGGER; Schema: pay; Owner: smetka_owner
--

CREATE TRIGGER attempt_moves BEFORE INSERT OR UPDATE ON pay.attempt FOR EACH ROW EXECUTE FUNCTION pay.attempt_moves();

--
-- Name: intent intent_is_kept; Type: TRIGGER; Schema: pay; Owner: smetka_owner
--

CREATE TRIGGER intent_is_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON pay.intent FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: intent_item intent_item_is_kept; Type: TRIGGER; Schema: pay; Owner: smetka_owner
--

CREATE TRIGGER intent_item_is_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON pay.intent_item FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: processor_event processor_event_is_kept; Type: TRIGGER; Schema: pay; Owner: smetka_owner
--

CREATE TRIGGER processor_event_is_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON pay.processor_event FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: receipt receipt_is_kept; Type: TRIGGER; Schema: pay; Owner: smetka_owner
--

CREATE TRIGGER receipt_is_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON pay.receipt FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: settlement settlement_is_kept; Type: TRIGGER; Schema: pay; Owner: smetka_owner
--

CREATE TRIGGER settlement_is_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON pay.settlement FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: unmatched unmatched_is_kept; Type: TRIGGER; Schema: pay; Owner: smetka_owner
--

CREATE TRIGGER unmatched_is_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON pay.unmatched FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: balance balance_account_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.balance
    ADD CONSTRAINT balance_account_id_fkey FOREIGN KEY (account_id) REFERENCES customer.account(id);

--
-- Name: document document_account_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.document
    ADD CONSTRAINT document_account_id_fkey FOREIGN KEY (account_id) REFERENCES customer.account(id);

--
-- Name: document_line document_line_document_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.document_line
    ADD CONSTRAINT document_line_document_id_fkey FOREIGN KEY (document_id) REFERENCES billing.document(id);

--
-- Name: document document_seller_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.document
    ADD CONSTRAINT document_seller_id_fkey FOREIGN KEY (seller_id) REFERENCES billing.seller(id);

--
-- Name: document_tax document_tax_document_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.document_tax
    ADD CONSTRAINT document_tax_document_id_fkey FOREIGN KEY (document_id) REFERENCES billing.document(id);

--
-- Name: journal_entry journal_entry_account_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.journal_entry
    ADD CONSTRAINT journal_entry_account_id_fkey FOREIGN KEY (account_id) REFERENCES customer.account(id);

--
-- Name: journal_entry journal_entry_txn_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.journal_entry
    ADD CONSTRAINT journal_entry_txn_id_fkey FOREIGN KEY (txn_id) REFERENCES billing.journal_txn(id);

--
-- Name: journal_txn journal_txn_document_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.journal_txn
    ADD CONSTRAINT journal_txn_document_id_fkey FOREIGN KEY (document_id) REFERENCES billing.document(id);

--
-- Name: journal_txn journal_txn_payment_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.journal_txn
    ADD CONSTRAINT journal_txn_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES pay.attempt(id);

--
-- Name: open_item open_item_account_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.open_item
    ADD CONSTRAINT open_item_account_id_fkey FOREIGN KEY (account_id) REFERENCES customer.account(id);

--
-- Name: open_item open_item_document_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.open_item
    ADD CONSTRAINT open_item_document_id_fkey FOREIGN KEY (document_id) REFERENCES billing.document(id);

--
-- Name: original original_document_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.original
    ADD CONSTRAINT original_document_id_fkey FOREIGN KEY (document_id) REFERENCES billing.document(id);

--
-- Name: received received_account_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.received
    ADD CONSTRAINT received_account_id_fkey FOREIGN KEY (account_id) REFERENCES customer.account(id);

--
-- Name: received received_txn_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.received
    ADD CONSTRAINT received_txn_id_fkey FOREIGN KEY (txn_id) REFERENCES billing.journal_txn(id);

--
-- Name: account account_party_id_fkey; Type: FK CONSTRAINT; Schema: customer; Owner: smetka_owner
--

ALTER TABLE ONLY customer.account
    ADD CONSTRAINT account_party_id_fkey FOREIGN KEY (party_id) REFERENCES customer.party(id);

--
-- Name: contract contract_account_id_fkey; Type: FK CONSTRAINT; Schema: customer; Owner: smetka_owner
--

ALTER TABLE ONLY customer.contract
    ADD CONSTRAINT contract_account_id_fkey FOREIGN KEY (account_id) REFERENCES customer.account(id);

--
-- Name: supply_point supply_point_contract_id_fkey; Type: FK CONSTRAINT; Schema: customer; Owner: smetka_owner
--

ALTER TABLE ONLY customer.supply_point
    ADD CONSTRAINT supply_point_contract_id_fkey FOREIGN KEY (contract_id) REFERENCES customer.contract(id);

--
-- Name: allocation allocation_document_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.allocation
    ADD CONSTRAINT allocation_document_id_fkey FOREIGN KEY (document_id) REFERENCES billing.open_item(document_id);

--
-- Name: allocation allocation_payment_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.allocation
    ADD CONSTRAINT allocation_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES pay.settlement(payment_id) DEFERRABLE INITIALLY DEFERRED;

--
-- Name: allocation allocation_txn_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.allocation
    ADD CONSTRAINT allocation_txn_id_fkey FOREIGN KEY (txn_id) REFERENCES billing.journal_txn(id);

--
-- Name: attempt_event attempt_event_from_state_to_state_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.attempt_event
    ADD CONSTRAINT attempt_event_from_state_to_state_fkey FOREIGN KEY (from_state, to_state) REFERENCES pay.edge(from_state, to_state);

--
-- Name: attempt_event attempt_event_payment_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.attempt_event
    ADD CONSTRAINT attempt_event_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES pay.attempt(id);

--
-- Name: attempt attempt_intent_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.attempt
    ADD CONSTRAINT attempt_intent_id_fkey FOREIGN KEY (intent_id) REFERENCES pay.intent(id);

--
-- Name: attempt attempt_retry_of_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.attempt
    ADD CONSTRAINT attempt_retry_of_fkey FOREIGN KEY (retry_of) REFERENCES pay.attempt(id);

--
-- Name: attempt attempt_state_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.attempt
    ADD CONSTRAINT attempt_state_fkey FOREIGN KEY (state) REFERENCES pay.state(state);

--
-- Name: edge edge_from_state_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.edge
    ADD CONSTRAINT edge_from_state_fkey FOREIGN KEY (from_state) REFERENCES pay.state(state);

--
-- Name: edge edge_to_state_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.edge
    ADD CONSTRAINT edge_to_state_fkey FOREIGN KEY (to_state) REFERENCES pay.state(state);

--
-- Name: guest_handle_account guest_handle_account_handle_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.guest_handle_account
    ADD CONSTRAINT guest_handle_account_handle_id_fkey FOREIGN KEY (handle_id) REFERENCES pay.guest_handle(id) ON DELETE CASCADE;

--
-- Name: in_flight in_flight_account_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.in_flight
    ADD CONSTRAINT in_flight_account_id_fkey FOREIGN KEY (account_id) REFERENCES customer.account(id);

--
-- Name: in_flight in_flight_payment_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.in_flight
    ADD CONSTRAINT in_flight_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES pay.attempt(id);

--
-- Name: intent intent_account_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.intent
    ADD CONSTRAINT intent_account_id_fkey FOREIGN KEY (account_id) REFERENCES customer.account(id);

--
-- Name: intent_item intent_item_document_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.intent_item
    ADD CONSTRAINT intent_item_document_id_fkey FOREIGN KEY (document_id) REFERENCES billing.open_item(document_id);

--
-- Name: intent_item intent_item_intent_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.intent_item
    ADD CONSTRAINT intent_item_intent_id_fkey FOREIGN KEY (intent_id) REFERENCES pay.intent(id);

--
-- Name: processor_event processor_event_payment_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.processor_event
    ADD CONSTRAINT processor_event_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES pay.attempt(id);

--
-- Name: receipt receipt_payment_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.receipt
    ADD CONSTRAINT receipt_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES pay.settlement(payment_id);

--
-- Name: settlement settlement_event_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.settlement
    ADD CONSTRAINT settlement_event_id_fkey FOREIGN KEY (event_id) REFERENCES pay.processor_event(id);

--
-- Name: settlement settlement_payment_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.settlement
    ADD CONSTRAINT settlement_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES pay.attempt(id);

--
-- Name: settlement settlement_txn_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.settlement
    ADD CONSTRAINT settlement_txn_id_fkey FOREIGN KEY (txn_id) REFERENCES billing.journal_txn(id);

--
-- Name: unmatched unmatched_event_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.unmatched
    ADD CONSTRAINT unmatched_event_id_fkey FOREIGN KEY (event_id) REFERENCES pay.processor_event(id);

--
-- Name: unmatched unmatched_txn_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.unmatched
    ADD CONSTRAINT unmatched_txn_id_fkey FOREIGN KEY (txn_id) REFERENCES billing.journal_txn(id);

--
-- Name: balance; Type: ROW SECURITY; Schema: billing; Owner: smetka_owner
--

ALTER TABLE billing.balance ENABLE ROW LEVEL SECURITY;

--
-- Name: document; Type: ROW SECURITY; Schema: billing; Owner: smetka_owner
--

ALTER TABLE billing.document ENABLE ROW LEVEL SECURITY;

--
-- Name: document_line; Type: ROW SECURITY; Schema: billing; Owner: smetka_owner
--

ALTER TABLE billing.document_line ENABLE ROW LEVEL SECURITY;

--
-- Name: document_tax; Type: ROW SECURITY; Schema: billing; Owner: smetka_owner
--

ALTER TABLE billing.document_tax ENABLE ROW LEVEL SECURITY;

--
-- Name: journal_entry; Type: ROW SECURITY; Schema: billing; Owner: smetka_owner
--

ALTER TABLE billing.journal_entry ENABLE ROW LEVEL SECURITY;

--
-- Name: journal_txn; Type: ROW SECURITY; Schema: billing; Owner: smetka_owner
--

ALTER TABLE billing.journal_txn ENABLE ROW LEVEL SECURITY;

--
-- Name: open_item; Type: ROW SECURITY; Schema: billing; Owner: smetka_owner
--

ALTER TABLE billing.open_item ENABLE ROW LEVEL SECURITY;

--
-- Name: balance operator; Type: POLICY; Schema: billing; Owner: smetka_owner
--

CREATE POLICY operator ON billing.balance TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON balance; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON POLICY operator ON billing.balance IS 'The operator''s command line sees all.';

--
-- Name: document operator; Type: POLICY; Schema: billing; Owner: smetka_owner
--

CREATE POLICY operator ON billing.document TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON document; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON POLICY operator ON billing.document IS 'The operator''s command line sees all.';

--
-- Name: document_line operator; Type: POLICY; Schema: billing; Owner: smetka_owner
--

CREATE POLICY operator ON billing.document_line TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON document_line; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON POLICY operator ON billing.document_line IS 'The operator''s command line sees all.';

--
-- Name: document_tax operator; Type: POLICY; Schema: billing; Owner: smetka_owner
--

CREATE POLICY operator ON billing.document_tax TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON document_tax; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON POLICY operator ON billing.document_tax IS 'The operator''s command line sees all.';

--
-- Name: journal_entry operator; Type: POLICY; Schema: billing; Owner: smetka_owner
--

CREATE POLICY operator ON billing.journal_entry TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON journal_entry; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON POLICY operator ON billing.journal_entry IS 'The operator''s command line sees all.';

--
-- Name: journal_txn operator; Type: POLICY; Schema: billing; Owner: smetka_owner
--

CREATE POLICY operator ON billing.journal_txn TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON journal_txn; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON POLICY operator ON billing.journal_txn IS 'The operator''s command line sees all.';

--
-- Name: open_item operator; Type: POLICY; Schema: billing; Owner: smetka_owner
--

CREATE POLICY operator ON billing.open_item TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON open_item; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON POLICY operator ON billing.open_item IS 'The operator''s command line sees all.';

--
-- Name: original operator; Type: POLICY; Schema: billing; Owner: smetka_owner
--

CREATE POLICY operator ON billing.original TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON original; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON POLICY operator ON billing.original IS 'The operator''s command line sees all.';

--
-- Name: received operator; Type: POLICY; Schema: billing; Owner: smetka_owner
--

CREATE POLICY operator ON billing.received TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON received; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON POLICY operator ON billing.received IS 'The operator''s command line sees all.';

--
-- Name: original; Type: ROW SECURITY; Schema: billing; Owner: smetka_owner
--

ALTER TABLE billing.original ENABLE ROW LEVEL SECURITY;

--
-- Name: received; Type: ROW SECURITY; Schema: billing; Owner: smetka_owner
--

ALTER TABLE billing.received ENABLE ROW LEVEL SECURITY;

--
-- Name: account; Type: ROW SECURITY; Schema: customer; Owner: smetka_owner
--

ALTER TABLE customer.account ENABLE ROW LEVEL SECURITY;

--
-- Name: contract; Type: ROW SECURITY; Schema: customer; Owner: smetka_owner
--

ALTER TABLE customer.contract ENABLE ROW LEVEL SECURITY;

--
-- Name: account operator; Type: POLICY; Schema: customer; Owner: smetka_owner
--

CREATE POLICY operator ON customer.account TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON account; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON POLICY operator ON customer.account IS 'The operator''s command line sees all.';

--
-- Name: contract operator; Type: POLICY; Schema: customer; Owner: smetka_owner
--

CREATE POLICY operator ON customer.contract TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON contract; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON POLICY operator ON customer.contract IS 'The operator''s command line sees all.';

--
-- Name: party operator; Type: POLICY; Schema: customer; Owner: smetka_owner
--

CREATE POLICY operator ON customer.party TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON party; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON POLICY operator ON customer.party IS 'The operator''s command line sees all.';

--
-- Name: supply_point operator; Type: POLICY; Schema: customer; Owner: smetka_owner
--

CREATE POLICY operator ON customer.supply_point TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON supply_point; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON POLICY operator ON customer.supply_point IS 'The operator''s command line sees all.';

--
-- Name: party; Type: ROW SECURITY; Schema: customer; Owner: smetka_owner
--

ALTER TABLE customer.party ENABLE ROW LEVEL SECURITY;

--
-- Name: supply_point; Type: ROW SECURITY; Schema: customer; Owner: smetka_owner
--

ALTER TABLE customer.supply_point ENABLE ROW LEVEL SECURITY;

--
-- Name: lookup; Type: ROW SECURITY; Schema: log; Owner: smetka_owner
--

ALTER TABLE log.lookup ENABLE ROW LEVEL SECURITY;

--
-- Name: lookup operator; Type: POLICY; Schema: log; Owner: smetka_owner
--

CREATE POLICY operator ON log.lookup TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON lookup; Type: COMMENT; Schema: log; Owner: smetka_owner
--

COMMENT ON POLICY operator ON log.lookup IS 'The operator''s command line sees all.';

--
-- Name: outbox operator; Type: POLICY; Schema: notify; Owner: smetka_owner
--

CREATE POLICY operator ON notify.outbox TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON outbox; Type: COMMENT; Schema: notify; Owner: smetka_owner
--

COMMENT ON POLICY operator ON notify.outbox IS 'The operator''s command line sees all.';

--
-- Name: outbox; Type: ROW SECURITY; Schema: notify; Owner: smetka_owner
--

ALTER TABLE notify.outbox ENABLE ROW LEVEL SECURITY;

--
-- Name: allocation; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.allocation ENABLE ROW LEVEL SECURITY;

--
-- Name: attempt; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.attempt ENABLE ROW LEVEL SECURITY;

--
-- Name: attempt_event; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.attempt_event ENABLE ROW LEVEL SECURITY;

--
-- Name: guest_handle; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.guest_handle ENABLE ROW LEVEL SECURITY;

--
-- Name: guest_handle_account; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.guest_handle_account ENABLE ROW LEVEL SECURITY;

--
-- Name: in_flight; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.in_flight ENABLE ROW LEVEL SECURITY;

--
-- Name: intent; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.intent ENABLE ROW LEVEL SECURITY;

--
-- Name: intent_item; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.intent_item ENABLE ROW LEVEL SECURITY;

--
-- Name: allocation operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.allocation TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON allocation; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.allocation IS 'The operator''s command line sees all.';

--
-- Name: attempt operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.attempt TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON attempt; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.attempt IS 'The operator''s command line sees all.';

--
-- Name: attempt_event operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.attempt_event TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON attempt_event; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.attempt_event IS 'The operator''s command line sees all.';

--
-- Name: guest_handle operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.guest_handle TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON guest_handle; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.guest_handle IS 'The operator''s command line sees all.';

--
-- Name: guest_handle_account operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.guest_handle_account TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON guest_handle_account; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.guest_handle_account IS 'The operator''s command line sees all.';

--
-- Name: in_flight operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.in_flight TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON in_flight; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.in_flight IS 'The operator''s command line sees all.';

--
-- Name: intent operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.intent TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON intent; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.intent IS 'The operator''s command line sees all.';

--
-- Name: intent_item operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.intent_item TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON intent_item; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.intent_item IS 'The operator''s command line sees all.';

--
-- Name: processor_event operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.processor_event TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON processor_event; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.processor_event IS 'The operator''s command line sees all.';

--
-- Name: receipt operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.receipt TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON receipt; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.receipt IS 'The operator''s command line sees all.';

--
-- Name: settlement operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.settlement TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON settlement; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.settlement IS 'The operator''s command line sees all.';

--
-- Name: step_up operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.step_up TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON step_up; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.step_up IS 'The operator''s command line sees all.';

--
-- Name: unmatched operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.unmatched TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON unmatched; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.unmatched IS 'The operator''s command line sees all.';

--
-- Name: processor_event; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.processor_event ENABLE ROW LEVEL SECURITY;

--
-- Name: receipt; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.receipt ENABLE ROW LEVEL SECURITY;

--
-- Name: settlement; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.settlement ENABLE ROW LEVEL SECURITY;

--
-- Name: step_up; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.step_up ENABLE ROW LEVEL SECURITY;

--
-- Name: unmatched; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.unmatched ENABLE ROW LEVEL SECURITY;

--
-- Name: SCHEMA audit; Type: ACL; Schema: -; Owner: smetka_owner
--

GRANT USAGE ON SCHEMA audit TO smetka_audit;

--
-- Name: SCHEMA billing; Type: ACL; Schema: -; Owner: smetka_owner
--

GRANT USAGE ON SCHEMA billing TO smetka_money;

--
-- Name: SCHEMA customer; Type: ACL; Schema: -; Owner: smetka_owner
--

GRANT USAGE ON SCHEMA customer TO smetka_money;

--
-- Name: SCHEMA log; Type: ACL; Schema: -; Owner: smetka_owner
--

GRANT USAGE ON SCHEMA log TO smetka_money;

--
-- Name: SCHEMA notify; Type: ACL; Schema: -; Owner: smetka_owner
--

GRANT USAGE ON SCHEMA notify TO smetka_money;
GRANT USAGE ON SCHEMA notify TO smetka_jobs;

--
-- Name: SCHEMA ops; Type: ACL; Schema: -; Owner: smetka_owner
--

GRANT USAGE ON SCHEMA ops TO smetka_money;
GRANT USAGE ON SCHEMA ops TO smetka_jobs;

--
-- Name: SCHEMA pay; Type: ACL; Schema: -; Owner: smetka_owner
--

GRANT USAGE ON SCHEMA pay TO smetka_money;
GRANT USAGE ON SCHEMA pay TO smetka_portal;
GRANT USAGE ON SCHEMA pay TO smetka_pay;
GRANT USAGE ON SCHEMA pay TO smetka_jobs;

--
-- Name: SCHEMA public; Type: ACL; Schema: -; Owner: pg_database_owner
--

REVOKE USAGE ON SCHEMA public FROM PUBLIC;

--
-- Name: FUNCTION allocate(p_txn_id bigint, p_payment_id uuid, p_account_ids bigint[], p_currency text, p_amount_minor bigint, p_intent_id bigint, OUT chosen_minor bigint, OUT allocated_minor bigint); Type: ACL; Schema: billing; Owner: smetka_money
--

REVOKE ALL ON FUNCTION billing.allocate(p_txn_id bigint, p_payment_id uuid, p_account_ids bigint[], p_currency text, p_amount_minor bigint, p_intent_id bigint, OUT chosen_minor bigint, OUT allocated_minor bigint) FROM PUBLIC;

--
-- Name: FUNCTION apply_credit(p_account_id bigint, p_currency text, p_now timestamp with time zone); Type: ACL; Schema: billing; Owner: smetka_money
--

REVOKE ALL ON FUNCTION billing.apply_credit(p_account_id bigint, p_currency text, p_now timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION import_account(p_code_hash bytea, p_contract text, p_points text[], p_client_codes text[], p_holder_hashes bytea[], p_fallback_hash bytea); Type: ACL; Schema: billing; Owner: smetka_owner
--

REVOKE ALL ON FUNCTION billing.import_account(p_code_hash bytea, p_contract text, p_points text[], p_client_codes text[], p_holder_hashes bytea[], p_fallback_hash bytea) FROM PUBLIC;

--
-- Name: FUNCTION import_decide(p_from bigint, p_to bigint); Type: ACL; Schema: billing; Owner: smetka_owner
--

REVOKE ALL ON FUNCTION billing.import_decide(p_from bigint, p_to bigint) FROM PUBLIC;

--
-- Name: FUNCTION import_documents(p_now timestamp with time zone); Type: ACL; Schema: billing; Owner: smetka_owner
--

REVOKE ALL ON FUNCTION billing.import_documents(p_now timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION import_payment(p_account bigint, p_method text, p_reference text, p_amount_minor bigint, p_currency text, p_received_on date, p_invoice text, p_now timestamp with time zone); Type: ACL; Schema: billing; Owner: smetka_owner
--

REVOKE ALL ON FUNCTION billing.import_payment(p_account bigint, p_method text, p_reference text, p_amount_minor bigint, p_currency text, p_received_on date, p_invoice text, p_now timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION import_payment_stage(); Type: ACL; Schema: billing; Owner: smetka_owner
--

REVOKE ALL ON FUNCTION billing.import_payment_stage() FROM PUBLIC;

--
-- Name: FUNCTION import_payments(p_now timestamp with time zone); Type: ACL; Schema: billing; Owner: smetka_owner
--

REVOKE ALL ON FUNCTION billing.import_payments(p_now timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION import_stage(); Type: ACL; Schema: billing; Owner: smetka_owner
--

REVOKE ALL ON FUNCTION billing.import_stage() FROM PUBLIC;

--
-- Name: FUNCTION import_take(p_from bigint, p_to bigint, p_now timestamp with time zone); Type: ACL; Schema: billing; Owner: smetka_owner
--

REVOKE ALL ON FUNCTION billing.import_take(p_from bigint, p_to bigint, p_now timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION lock_balances(p_account_ids bigint[], p_currency text); Type: ACL; Schema: billing; Owner: smetka_money
--

REVOKE ALL ON FUNCTION billing.lock_balances(p_account_ids bigint[], p_currency text) FROM PUBLIC;

--
-- Name: FUNCTION post_batch(p_document_ids bigint[], p_now timestamp with time zone); Type: ACL; Schema: billing; Owner: smetka_money
--

REVOKE ALL ON FUNCTION billing.post_batch(p_document_ids bigint[], p_now timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION post_document(p_document_id bigint, p_now timestamp with time zone); Type: ACL; Schema: billing; Owner: smetka_money
--

REVOKE ALL ON FUNCTION billing.post_document(p_document_id bigint, p_now timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION post_entries(p_documents bigint[], p_now timestamp with time zone); Type: ACL; Schema: billing; Owner: smetka_money
--

REVOKE ALL ON FUNCTION billing.post_entries(p_documents bigint[], p_now timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION split(p_account_ids bigint[], p_currency text, p_amount_minor bigint, p_intent_id bigint); Type: ACL; Schema: billing; Owner: smetka_money
--

REVOKE ALL ON FUNCTION billing.split(p_account_ids bigint[], p_currency text, p_amount_minor bigint, p_intent_id bigint) FROM PUBLIC;

--
-- Name: FUNCTION txn_sums_to_zero(); Type: ACL; Schema: billing; Owner: smetka_owner
--

REVOKE ALL ON FUNCTION billing.txn_sums_to_zero() FROM PUBLIC;

--
-- Name: FUNCTION import_accounts(OUT added bigint, OUT changed bigint, OUT refused bigint); Type: ACL; Schema: customer; Owner: smetka_owner
--

REVOKE ALL ON FUNCTION customer.import_accounts(OUT added bigint, OUT changed bigint, OUT refused bigint) FROM PUBLIC;

--
-- Name: FUNCTION import_added(); Type: ACL; Schema: customer; Owner: smetka_owner
--

REVOKE ALL ON FUNCTION customer.import_added() FROM PUBLIC;

--
-- Name: FUNCTION import_changed(); Type: ACL; Schema: customer; Owner: smetka_owner
--

REVOKE ALL ON FUNCTION customer.import_changed() FROM PUBLIC;

--
-- Name: FUNCTION import_places(p_after bigint, p_to bigint); Type: ACL; Schema: customer; Owner: smetka_owner
--

REVOKE ALL ON FUNCTION customer.import_places(p_after bigint, p_to bigint) FROM PUBLIC;

--
-- Name: FUNCTION import_reasons(p_limit integer); Type: ACL; Schema: customer; Owner: smetka_owner
--

REVOKE ALL ON FUNCTION customer.import_reasons(p_limit integer) FROM PUBLIC;

--
-- Name: FUNCTION import_refuse(); Type: ACL; Schema: customer; Owner: smetka_owner
--

REVOKE ALL ON FUNCTION customer.import_refuse() FROM PUBLIC;

--
-- Name: FUNCTION import_stage(); Type: ACL; Schema: customer; Owner: smetka_owner
--

REVOKE ALL ON FUNCTION customer.import_stage() FROM PUBLIC;

--
-- Name: FUNCTION outbox_claim(p_limit integer, p_lease_s integer, p_now timestamp with time zone); Type: ACL; Schema: notify; Owner: smetka_money
--

REVOKE ALL ON FUNCTION notify.outbox_claim(p_limit integer, p_lease_s integer, p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION notify.outbox_claim(p_limit integer, p_lease_s integer, p_now timestamp with time zone) TO smetka_jobs;

--
-- Name: FUNCTION outbox_done(p_id bigint, p_outcome text, p_error text, p_now timestamp with time zone); Type: ACL; Schema: notify; Owner: smetka_money
--

REVOKE ALL ON FUNCTION notify.outbox_done(p_id bigint, p_outcome text, p_error text, p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION notify.outbox_done(p_id bigint, p_outcome text, p_error text, p_now timestamp with time zone) TO smetka_jobs;

--
-- Name: FUNCTION queue(p_dedupe_key text, p_recipient text, p_template text, p_language text, p_args jsonb, p_now timestamp with time zone); Type: ACL; Schema: notify; Owner: smetka_money
--

REVOKE ALL ON FUNCTION notify.queue(p_dedupe_key text, p_recipient text, p_template text, p_language text, p_args jsonb, p_now timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION day(p_now timestamp with time zone); Type: ACL; Schema: ops; Owner: smetka_money
--

REVOKE ALL ON FUNCTION ops.day(p_now timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION figures(p_now timestamp with time zone, OUT created bigint, OUT requested bigint, OUT open bigint, OUT pending bigint, OUT attempts_oldest_s bigint, OUT unmatched bigint, OUT outbox_depth bigint, OUT outbox_oldest_s bigint, OUT feed_age_s bigint); Type: ACL; Schema: ops; Owner: smetka_money
--

REVOKE ALL ON FUNCTION ops.figures(p_now timestamp with time zone, OUT created bigint, OUT requested bigint, OUT open bigint, OUT pending bigint, OUT attempts_oldest_s bigint, OUT unmatched bigint, OUT outbox_depth bigint, OUT outbox_oldest_s bigint, OUT feed_age_s bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION ops.figures(p_now timestamp with time zone, OUT created bigint, OUT requested bigint, OUT open bigint, OUT pending bigint, OUT attempts_oldest_s bigint, OUT unmatched bigint, OUT outbox_depth bigint, OUT outbox_oldest_s bigint, OUT feed_age_s bigint) TO smetka_jobs;

--
-- Name: FUNCTION refuse_change(); Type: ACL; Schema: ops; Owner: smetka_owner
--

REVOKE ALL ON FUNCTION ops.refuse_change() FROM PUBLIC;

--
-- Name: FUNCTION seconds(p_name text); Type: ACL; Schema: ops; Owner: smetka_money
--

REVOKE ALL ON FUNCTION ops.seconds(p_name text) FROM PUBLIC;

--
-- Name: FUNCTION set(p_name text, p_value bigint); Type: ACL; Schema: ops; Owner: smetka_money
--

REVOKE ALL ON FUNCTION ops.set(p_name text, p_value bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION ops.set(p_name text, p_value bigint) TO smetka_jobs;

--
-- Name: FUNCTION spend(p_kind text, p_key bytea, p_n integer, p_window interval, p_now timestamp with time zone, OUT used integer, OUT ends_at timestamp with time zone); Type: ACL; Schema: ops; Owner: smetka_money
--

REVOKE ALL ON FUNCTION ops.spend(p_kind text, p_key bytea, p_n integer, p_window interval, p_now timestamp with time zone, OUT used integer, OUT ends_at timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION spent(p_kind text, p_key bytea, p_now timestamp with time zone); Type: ACL; Schema: ops; Owner: smetka_money
--

REVOKE ALL ON FUNCTION ops.spent(p_kind text, p_key bytea, p_now timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION tidy(p_now timestamp with time zone); Type: ACL; Schema: ops; Owner: smetka_money
--

REVOKE ALL ON FUNCTION ops.tidy(p_now timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION apply(p_processor text, p_event_key text, p_payment uuid, p_order_no text, p_processor_ref text, p_kind text, p_amount_minor bigint, p_currency text, p_reason text, p_redirect_url text, p_expires_at timestamp with time zone, p_source text, p_body_hash bytea, p_now timestamp with time zone, OUT outcome text, OUT payment_id uuid, OUT state text); Type: ACL; Schema: pay; Owner: smetka_money
--

REVOKE ALL ON FUNCTION pay.apply(p_processor text, p_event_key text, p_payment uuid, p_order_no text, p_processor_ref text, p_kind text, p_amount_minor bigint, p_currency text, p_reason text, p_redirect_url text, p_expires_at timestamp with time zone, p_source text, p_body_hash bytea, p_now timestamp with time zone, OUT outcome text, OUT payment_id uuid, OUT state text) FROM PUBLIC;
GRANT ALL ON FUNCTION pay.apply(p_processor text, p_event_key text, p_payment uuid, p_order_no text, p_processor_ref text, p_kind text, p_amount_minor bigint, p_currency text, p_reason text, p_redirect_url text, p_expires_at timestamp with time zone, p_source text, p_body_hash bytea, p_now timestamp with time zone, OUT outcome text, OUT payment_id uuid, OUT state text) TO smetka_pay;
GRANT ALL ON FUNCTION pay.apply(p_processor text, p_event_key text, p_payment uuid, p_order_no text, p_processor_ref text, p_kind text, p_amount_minor bigint, p_currency text, p_reason text, p_redirect_url text, p_expires_at timestamp with time zone, p_source text, p_body_hash bytea, p_now timestamp with time zone, OUT outcome text, OUT payment_id uuid, OUT state text) TO smetka_jobs;

--
-- Name: FUNCTION ask_failed(p_payment uuid, p_now timestamp with time zone); Type: ACL; Schema: pay; Owner: smetka_money
--

REVOKE ALL ON FUNCTION pay.ask_failed(p_payment uuid, p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION pay.ask_failed(p_payment uuid, p_now timestamp with time zone) TO smetka_pay;
GRANT ALL ON FUNCTION pay.ask_failed(p_payment uuid, p_now timestamp with time zone) TO smetka_jobs;

--
-- Name: FUNCTION asked(p_payment uuid, p_now timestamp with time zone); Type: ACL; Schema: pay; Owner: smetka_money
--

REVOKE ALL ON FUNCTION pay.asked(p_payment uuid, p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION pay.asked(p_payment uuid, p_now timestamp with time zone) TO smetka_pay;
GRANT ALL ON FUNCTION pay.asked(p_payment uuid, p_now timestamp with time zone) TO smetka_jobs;

--
-- Name: FUNCTION attempt_moves(); Type: ACL; Schema: pay; Owner: smetka_owner
--

REVOKE ALL ON FUNCTION pay.attempt_moves() FROM PUBLIC;

--
-- Name: FUNCTION count_miss(p_code_hash bytea, p_random bytea, p_miss boolean, p_now timestamp with time zone); Type: ACL; Schema: pay; Owner: smetka_money
--

REVOKE ALL ON FUNCTION pay.count_miss(p_code_hash bytea, p_random bytea, p_miss boolean, p_now timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION find_account(p_code_hash bytea, p_second_hash bytea, p_now timestamp with time zone); Type: ACL; Schema: pay; Owner: smetka_money
--

REVOKE ALL ON FUNCTION pay.find_account(p_code_hash bytea, p_second_hash bytea, p_now timestamp with time zone) FROM PUBLIC;

--
-- Name: SEQUENCE order_no; Type: ACL; Schema: pay; Owner: smetka_owner
--

GRANT USAGE ON SEQUENCE pay.order_no TO smetka_money;

--
-- Name: TABLE attempt; Type: ACL; Schema: pay; Owner: smetka_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE pay.attempt TO smetka_money;

--
-- Name: FUNCTION find_attempt(p_processor text, p_payment uuid, p_order_no text, p_processor_ref text); Type: ACL; Schema: pay; Owner: smetka_money
--

REVOKE ALL ON FUNCTION pay.find_attempt(p_processor text, p_payment uuid, p_order_no text, p_processor_ref text) FROM PUBLIC;

--
-- Name: TABLE guest_handle; Type: ACL; Schema: pay; Owner: smetka_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE pay.guest_handle TO smetka_money;

--
-- Name: FUNCTION "freeze"(p_handle pay.guest_handle, p_account_ids bigint[], p_documents bigint[], p_amounts bigint[], p_sum_minor bigint, p_amount_minor bigint, p_currency text, p_choice text, p_once_key bytea, p_processor text, p_lang text, p_retry_of uuid, p_now timestamp with time zone); Type: ACL; Schema: pay; Owner: smetka_money
--

REVOKE ALL ON FUNCTION pay."freeze"(p_handle pay.guest_handle, p_account_ids bigint[], p_documents bigint[], p_amounts bigint[], p_sum_minor bigint, p_amount_minor bigint, p_currency text, p_choice text, p_once_key bytea, p_processor text, p_lang text, p_retry_of uuid, p_now timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION gate(p_address_hash bytea, p_code_hash bytea, p_limits jsonb, p_now timestamp with time zone, OUT verdict text, OUT retry_after_s integer); Type: ACL; Schema: pay; Owner: smetka_money
--

REVOKE ALL ON FUNCTION pay.gate(p_address_hash bytea, p_code_hash bytea, p_limits jsonb, p_now timestamp with time zone, OUT verdict text, OUT retry_after_s integer) FROM PUBLIC;

--
-- Name: FUNCTION guest_add(p_handle_hash bytea, p_browser_hash bytea, p_code_hash bytea, p_address_hash bytea, p_limits jsonb, p_now timestamp with time zone, OUT outcome text, OUT retry_after_s integer); Type: ACL; Schema: pay; Owner: smetka_money
--

REVOKE ALL ON FUNCTION pay.guest_add(p_handle_hash bytea, p_browser_hash bytea, p_code_hash bytea, p_address_hash bytea, p_limits jsonb, p_now timestamp with time zone, OUT outcome text, OUT retry_after_s integer) FROM PUBLIC;
GRANT ALL ON FUNCTION pay.guest_add(p_handle_hash bytea, p_browser_hash bytea, p_code_hash bytea, p_address_hash bytea, p_limits jsonb, p_now timestamp with time zone, OUT outcome text, OUT retry_after_s integer) TO smetka_portal;

--
-- Name: FUNCTION guest_bill(p_handle_hash bytea, p_browser_hash bytea, p_now timestamp with time zone); Type: ACL; Schema: pay; Owner: smetka_money
--

REVOKE ALL ON FUNCTION pay.guest_bill(p_handle_hash bytea, p_browser_hash bytea, p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION pay.guest_bill(p_handle_hash bytea, p_browser_hash bytea, p_now timestamp with time zone) TO smetka_portal;

--
-- Name: FUNCTION guest_email(p_handle_hash bytea, p_browser_hash bytea, p_email text, p_now timestamp with time zone); Type: ACL; Schema: pay; Owner: smetka_money
--

REVOKE ALL ON FUNCTION pay.guest_email(p_handle_hash bytea, p_browser_hash bytea, p_email text, p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION pay.guest_email(p_handle_hash bytea, p_browser_hash bytea, p_email text, p_now timestamp with time zone) TO smetka_portal;

--
-- Name: FUNCTION guest_link(p_account uuid, p_handle_hash bytea, p_browser_hash bytea, p_address_hash bytea, p_email text, p_lang text, p_choice text, p_amount_minor bigint, p_currency text, p_limits jsonb, p_now timestamp with time zone, OUT outcome text, OUT retry_after_s integer); Type: ACL; Schema: pay; Owner: smetka_money
--

REVOKE ALL ON FUNCTION pay.guest_link(p_account uuid, p_handle_hash bytea, p_browser_hash bytea, p_address_hash bytea, p_email text, p_lang text, p_choice text, p_amount_minor bigint, p_currency text, p_limits jsonb, p_now timestamp with time zone, OUT outcome text, OUT retry_after_s integer) FROM PUBLIC;
GRANT ALL ON FUNCTION pay.guest_link(p_account uuid, p_handle_hash bytea, p_browser_hash bytea, p_address_hash bytea, p_email text, p_lang text, p_choice text, p_amount_minor bigint, p_currency text, p_limits jsonb, p_now timestamp with time zone, OUT outcome text, OUT retry_after_s integer) TO smetka_portal;

--
-- Name: FUNCTION guest_open(p_code_hash bytea, p_handle_hash bytea, p_browser_hash bytea, p_address_hash bytea, p_email text, p_email_hash bytea, p_lang text, p_step_up_hash bytea, p_second_hash bytea, p_limits jsonb, p_now timestamp with time zone, OUT outcome text, OUT retry_after_s integer); Type: ACL; Schema: pay; Owner: smetka_money
--

REVOKE ALL ON FUNCTION pay.guest_open(p_code_hash bytea, p_handle_hash bytea, p_browser_hash bytea, p_address_hash bytea, p_email text, p_email_hash bytea, p_lang text, p_step_up_hash bytea, p_second_hash bytea, p_limits jsonb, p_now timestamp with time zone, OUT outcome text, OUT retry_after_s integer) FROM PUBLIC;
GRANT ALL ON FUNCTION pay.guest_open(p_code_hash bytea, p_handle_hash bytea, p_browser_hash bytea, p_address_hash bytea, p_email text, p_email_hash bytea, p_lang text, p_step_up_hash bytea, p_second_hash bytea, p_limits jsonb, p_now timestamp with time zone, OUT outcome text, OUT retry_after_s integer) TO smetka_portal;

--
-- Name: FUNCTION mail_step_up(p_account_id bigint, p_step_up_hash bytea, p_email text, p_lang text, p_now timestamp with time zone); Type: ACL; Schema: pay; Owner: smetka_money
--

REVOKE ALL ON FUNCTION pay.mail_step_up(p_account_id bigint, p_step_up_hash bytea, p_email text, p_lang text, p_now timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION make_handle(p_account_id bigint, p_handle_hash bytea, p_browser_hash bytea, p_email text, p_lang text, p_choice text, p_choice_minor bigint, p_choice_currency text, p_now timestamp with time zone); Type: ACL; Schema: pay; Owner: smetka_money
--

REVOKE ALL ON FUNCTION pay.make_handle(p_account_id bigint, p_handle_hash bytea, p_browser_hash bytea, p_email text, p_lang text, p_choice text, p_choice_minor bigint, p_choice_currency text, p_now timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION move(p_attempt pay.attempt, p_to text, p_reason text, p_cause text, p_now timestamp with time zone); Type: ACL; Schema: pay; Owner: smetka_money
--

REVOKE ALL ON FUNCTION pay.move(p_attempt pay.attempt, p_to text, p_reason text, p_cause text, p_now timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION next_ask(p_attempt pay.attempt, p_now timestamp with time zone); Type: ACL; Schema: pay; Owner: smetka_money
--

REVOKE ALL ON FUNCTION pay.next_ask(p_attempt pay.attempt, p_now timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION note_answer(p_attempt pay.attempt, p_processor_ref text, p_redirect_url text, p_expires_at timestamp with time zone, p_source text, p_now timestamp with time zone); Type: ACL; Schema: pay; Owner: smetka_money
--

REVOKE ALL ON FUNCTION pay.note_answer(p_attempt pay.attempt, p_processor_ref text, p_redirect_url text, p_expires_at timestamp with time zone, p_source text, p_now timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION note_lookup(p_page text, p_outcome text, p_address_hash bytea, p_code_hash bytea, p_browser_hash bytea, p_now timestamp with time zone); Type: ACL; Schema: pay; Owner: smetka_money
--

REVOKE ALL ON FUNCTION pay.note_lookup(p_page text, p_outcome text, p_address_hash bytea, p_code_hash bytea, p_browser_hash bytea, p_now timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION put_account(p_handle_id bigint, p_account_no integer, p_account_id bigint); Type: ACL; Schema: pay; Owner: smetka_money
--

REVOKE ALL ON FUNCTION pay.put_account(p_handle_id bigint, p_account_no integer, p_account_id bigint) FROM PUBLIC;

--
-- Name: FUNCTION quarantine(p_event_id bigint, p_processor text, p_ref text, p_amount_minor bigint, p_currency text, p_reason text, p_now timestamp with time zone); Type: ACL; Schema: pay; Owner: smetka_money
--

REVOKE ALL ON FUNCTION pay.quarantine(p_event_id bigint, p_processor text, p_ref text, p_amount_minor bigint, p_currency text, p_reason text, p_now timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION receipt(p_payment uuid); Type: ACL; Schema: pay; Owner: smetka_money
--

REVOKE ALL ON FUNCTION pay.receipt(p_payment uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION pay.receipt(p_payment uuid) TO smetka_pay;
GRANT ALL ON FUNCTION pay.receipt(p_payment uuid) TO smetka_jobs;

--
-- Name: FUNCTION selection(p_account_ids bigint[], p_currency text, p_choice text, p_amount_minor bigint, OUT documents bigint[], OUT amounts bigint[], OUT sum_minor bigint); Type: ACL; Schema: pay; Owner: smetka_money
--

REVOKE ALL ON FUNCTION pay.selection(p_account_ids bigint[], p_currency text, p_choice text, p_amount_minor bigint, OUT documents bigint[], OUT amounts bigint[], OUT sum_minor bigint) FROM PUBLIC;

--
-- Name: FUNCTION settle(p_attempt pay.attempt, p_event_id bigint, p_amount_minor bigint, p_currency text, p_processor_ref text, p_now timestamp with time zone); Type: ACL; Schema: pay; Owner: smetka_money
--

REVOKE ALL ON FUNCTION pay.settle(p_attempt pay.attempt, p_event_id bigint, p_amount_minor bigint, p_currency text, p_processor_ref text, p_now timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION shown(p_state text, p_reason text, p_changed_at timestamp with time zone, p_unreachable_since timestamp with time zone, p_now timestamp with time zone); Type: ACL; Schema: pay; Owner: smetka_money
--

REVOKE ALL ON FUNCTION pay.shown(p_state text, p_reason text, p_changed_at timestamp with time zone, p_unreachable_since timestamp with time zone, p_now timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION start(p_handle_hash bytea, p_browser_hash bytea, p_once_key bytea, p_currency text, p_choice text, p_amount_minor bigint, p_shown_minor bigint, p_min_minor bigint, p_max_minor bigint, p_processor text, p_lang text, p_retry_of uuid, p_now timestamp with time zone, OUT outcome text, OUT payment_id uuid, OUT state text, OUT amount_minor bigint, OUT currency text); Type: ACL; Schema: pay; Owner: smetka_money
--

REVOKE ALL ON FUNCTION pay.start(p_handle_hash bytea, p_browser_hash bytea, p_once_key bytea, p_currency text, p_choice text, p_amount_minor bigint, p_shown_minor bigint, p_min_minor bigint, p_max_minor bigint, p_processor text, p_lang text, p_retry_of uuid, p_now timestamp with time zone, OUT outcome text, OUT payment_id uuid, OUT state text, OUT amount_minor bigint, OUT currency text) FROM PUBLIC;
GRANT ALL ON FUNCTION pay.start(p_handle_hash bytea, p_browser_hash bytea, p_once_key bytea, p_currency text, p_choice text, p_amount_minor bigint, p_shown_minor bigint, p_min_minor bigint, p_max_minor bigint, p_processor text, p_lang text, p_retry_of uuid, p_now timestamp with time zone, OUT outcome text, OUT payment_id uuid, OUT state text, OUT amount_minor bigint, OUT currency text) TO smetka_pay;

--
-- Name: FUNCTION started(p_account_id bigint, p_currency text, p_browser_hash bytea, p_now timestamp with time zone, p_own boolean, OUT id uuid, OUT shown text, OUT created_at timestamp with time zone); Type: ACL; Schema: pay; Owner: smetka_money
--

REVOKE ALL ON FUNCTION pay.started(p_account_id bigint, p_currency text, p_browser_hash bytea, p_now timestamp with time zone, p_own boolean, OUT id uuid, OUT shown text, OUT created_at timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION status(p_payment uuid, p_browser_hash bytea, p_by_link boolean, p_now timestamp with time zone); Type: ACL; Schema: pay; Owner: smetka_money
--

REVOKE ALL ON FUNCTION pay.status(p_payment uuid, p_browser_hash bytea, p_by_link boolean, p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION pay.status(p_payment uuid, p_browser_hash bytea, p_by_link boolean, p_now timestamp with time zone) TO smetka_pay;
GRANT ALL ON FUNCTION pay.status(p_payment uuid, p_browser_hash bytea, p_by_link boolean, p_now timestamp with time zone) TO smetka_jobs;

--
-- Name: FUNCTION status_email(p_payment uuid, p_browser_hash bytea, p_email text, p_now timestamp with time zone); Type: ACL; Schema: pay; Owner: smetka_money
--

REVOKE ALL ON FUNCTION pay.status_email(p_payment uuid, p_browser_hash bytea, p_email text, p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION pay.status_email(p_payment uuid, p_browser_hash bytea, p_email text, p_now timestamp with time zone) TO smetka_pay;

--
-- Name: FUNCTION step_up_take(p_step_up_hash bytea, p_handle_hash bytea, p_browser_hash bytea, p_now timestamp with time zone); Type: ACL; Schema: pay; Owner: smetka_money
--

REVOKE ALL ON FUNCTION pay.step_up_take(p_step_up_hash bytea, p_handle_hash bytea, p_browser_hash bytea, p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION pay.step_up_take(p_step_up_hash bytea, p_handle_hash bytea, p_browser_hash bytea, p_now timestamp with time zone) TO smetka_portal;

--
-- Name: FUNCTION sweep_claim(p_limit integer, p_lease_s integer, p_now timestamp with time zone); Type: ACL; Schema: pay; Owner: smetka_money
--

REVOKE ALL ON FUNCTION pay.sweep_claim(p_limit integer, p_lease_s integer, p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION pay.sweep_claim(p_limit integer, p_lease_s integer, p_now timestamp with time zone) TO smetka_jobs;

--
-- Name: FUNCTION want_ask(p_payment uuid, p_now timestamp with time zone); Type: ACL; Schema: pay; Owner: smetka_money
--

REVOKE ALL ON FUNCTION pay.want_ask(p_payment uuid, p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION pay.want_ask(p_payment uuid, p_now timestamp with time zone) TO smetka_pay;
GRANT ALL ON FUNCTION pay.want_ask(p_payment uuid, p_now timestamp with time zone) TO smetka_jobs;

--
-- Name: FUNCTION weigh(p_attempt pay.attempt, p_processor text, p_processor_ref text, p_kind text, p_to text, p_source text, OUT outcome text, OUT reason text); Type: ACL; Schema: pay; Owner: smetka_money
--

REVOKE ALL ON FUNCTION pay.weigh(p_attempt pay.attempt, p_processor text, p_processor_ref text, p_kind text, p_to text, p_source text, OUT outcome text, OUT reason text) FROM PUBLIC;

--
-- Name: TABLE balance; Type: ACL; Schema: billing; Owner: smetka_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE billing.balance TO smetka_money;

--
-- Name: TABLE open_item; Type: ACL; Schema: billing; Owner: smetka_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE billing.open_item TO smetka_money;

--
-- Name: TABLE account; Type: ACL; Schema: customer; Owner: smetka_owner
--

GRANT SELECT ON TABLE customer.account TO smetka_money;

--
-- Name: TABLE account; Type: ACL; Schema: audit; Owner: smetka_owner
--

GRANT SELECT ON TABLE audit.account TO smetka_audit;

--
-- Name: TABLE document; Type: ACL; Schema: billing; Owner: smetka_owner
--

GRANT SELECT ON TABLE billing.document TO smetka_money;

--
-- Name: TABLE journal_txn; Type: ACL; Schema: billing; Owner: smetka_owner
--

GRANT SELECT,INSERT ON TABLE billing.journal_txn TO smetka_money;

--
-- Name: TABLE allocation; Type: ACL; Schema: pay; Owner: smetka_owner
--

GRANT SELECT,INSERT ON TABLE pay.allocation TO smetka_money;

--
-- Name: TABLE allocation; Type: ACL; Schema: audit; Owner: smetka_owner
--

GRANT SELECT ON TABLE audit.allocation TO smetka_audit;

--
-- Name: TABLE edge; Type: ACL; Schema: pay; Owner: smetka_owner
--

GRANT SELECT ON TABLE pay.edge TO smetka_money;

--
-- Name: TABLE edge; Type: ACL; Schema: audit; Owner: smetka_owner
--

GRANT SELECT ON TABLE audit.edge TO smetka_audit;

--
-- Name: TABLE invoice; Type: ACL; Schema: audit; Owner: smetka_owner
--

GRANT SELECT ON TABLE audit.invoice TO smetka_audit;

--
-- Name: TABLE journal_entry; Type: ACL; Schema: billing; Owner: smetka_owner
--

GRANT SELECT,INSERT ON TABLE billing.journal_entry TO smetka_money;

--
-- Name: TABLE ledger; Type: ACL; Schema: audit; Owner: smetka_owner
--

GRANT SELECT ON TABLE audit.ledger TO smetka_audit;

--
-- Name: TABLE outbox; Type: ACL; Schema: notify; Owner: smetka_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE notify.outbox TO smetka_money;

--
-- Name: TABLE outbox; Type: ACL; Schema: audit; Owner: smetka_owner
--

GRANT SELECT ON TABLE audit.outbox TO smetka_audit;

--
-- Name: TABLE intent; Type: ACL; Schema: pay; Owner: smetka_owner
--

GRANT SELECT,INSERT ON TABLE pay.intent TO smetka_money;

--
-- Name: TABLE settlement; Type: ACL; Schema: pay; Owner: smetka_owner
--

GRANT SELECT,INSERT ON TABLE pay.settlement TO smetka_money;

--
-- Name: TABLE payment; Type: ACL; Schema: audit; Owner: smetka_owner
--

GRANT SELECT ON TABLE audit.payment TO smetka_audit;

--
-- Name: TABLE attempt_event; Type: ACL; Schema: pay; Owner: smetka_owner
--

GRANT SELECT,INSERT ON TABLE pay.attempt_event TO smetka_money;

--
-- Name: TABLE payment_event; Type: ACL; Schema: audit; Owner: smetka_owner
--

GRANT SELECT ON TABLE audit.payment_event TO smetka_audit;

--
-- Name: TABLE processor_event; Type: ACL; Schema: pay; Owner: smetka_owner
--

GRANT SELECT,INSERT ON TABLE pay.processor_event TO smetka_money;

--
-- Name: TABLE processor_event; Type: ACL; Schema: audit; Owner: smetka_owner
--

GRANT SELECT ON TABLE audit.processor_event TO smetka_audit;

--
-- Name: TABLE receipt; Type: ACL; Schema: pay; Owner: smetka_owner
--

GRANT SELECT,INSERT ON TABLE pay.receipt TO smetka_money;

--
-- Name: TABLE receipt; Type: ACL; Schema: audit; Owner: smetka_owner
--

GRANT SELECT ON TABLE audit.receipt TO smetka_audit;

--
-- Name: TABLE unmatched; Type: ACL; Schema: pay; Owner: smetka_owner
--

GRANT SELECT,INSERT ON TABLE pay.unmatched TO smetka_money;

--
-- Name: TABLE unmatched; Type: ACL; Schema: audit; Owner: smetka_owner
--

GRANT SELECT ON TABLE audit.unmatched TO smetka_audit;

--
-- Name: TABLE feed; Type: ACL; Schema: billing; Owner: smetka_owner
--

GRANT SELECT ON TABLE billing.feed TO smetka_money;

--
-- Name: TABLE lookup; Type: ACL; Schema: log; Owner: smetka_owner
--

GRANT INSERT ON TABLE log.lookup TO smetka_money;

--
-- Name: TABLE budget; Type: ACL; Schema: ops; Owner: smetka_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE ops.budget TO smetka_money;

--
-- Name: TABLE setting; Type: ACL; Schema: ops; Owner: smetka_owner
--

GRANT SELECT,UPDATE ON TABLE ops.setting TO smetka_money;

--
-- Name: TABLE guest_handle_account; Type: ACL; Schema: pay; Owner: smetka_owner
--

GRANT SELECT,INSERT ON TABLE pay.guest_handle_account TO smetka_money;

--
-- Name: TABLE in_flight; Type: ACL; Schema: pay; Owner: smetka_owner
--

GRANT SELECT,INSERT,DELETE ON TABLE pay.in_flight TO smetka_money;

--
-- Name: TABLE intent_item; Type: ACL; Schema: pay; Owner: smetka_owner
--

GRANT SELECT,INSERT ON TABLE pay.intent_item TO smetka_money;

--
-- Name: SEQUENCE receipt_no; Type: ACL; Schema: pay; Owner: smetka_owner
--

GRANT USAGE ON SEQUENCE pay.receipt_no TO smetka_money;

--
-- Name: TABLE state; Type: ACL; Schema: pay; Owner: smetka_owner
--

GRANT SELECT ON TABLE pay.state TO smetka_money;

--
-- Name: TABLE step_up; Type: ACL; Schema: pay; Owner: smetka_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE pay.step_up TO smetka_money;

--
-- PostgreSQL database dump complete
--

