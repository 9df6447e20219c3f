-- Import of invoices and credit notes, a batch at a time, from temporary
-- tables; called as smetka_owner by the operator's command line.

CREATE OR REPLACE FUNCTION billing.import_document_tables() RETURNS boolean
LANGUAGE plpgsql SET search_path = '' SET client_min_messages = 'warning' AS $$
BEGIN
    CREATE TEMP TABLE import_document (
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
    CREATE TEMP TABLE import_line (
        seq bigint NOT NULL,
        line_no smallint NOT NULL,
        quantity_micro bigint NOT NULL,
        price_micro bigint,
        net_minor bigint NOT NULL,
        tax_rate_bp integer NOT NULL,
        unit text NOT NULL,
        name text NOT NULL,
        kind text NOT NULL,
        tax_category text
    ) ON COMMIT DELETE ROWS;
    CREATE TEMP TABLE import_register (
        seq bigint NOT NULL,
        no smallint NOT NULL,
        line_no smallint,
        meter text NOT NULL,
        register text NOT NULL,
        unit text NOT NULL,
        old_milli bigint NOT NULL,
        new_milli bigint NOT NULL,
        old_on date,
        new_on date,
        old_read text,
        new_read text,
        factor_milli bigint NOT NULL,
        quantity_milli bigint NOT NULL
    ) ON COMMIT DELETE ROWS;
    CREATE TEMP TABLE import_tax (
        seq bigint NOT NULL,
        category text NOT NULL,
        rate_bp integer NOT NULL,
        base_minor bigint NOT NULL,
        tax_minor bigint NOT NULL
    ) ON COMMIT DELETE ROWS;
    CREATE TEMP TABLE import_original (
        seq bigint NOT NULL,
        media_type text NOT NULL,
        body bytea NOT NULL
    ) ON COMMIT DELETE ROWS;
    CREATE TEMP TABLE import_outcome (
        seq bigint NOT NULL,
        outcome text NOT NULL,
        document_id bigint,
        seller_id integer,
        account_id bigint,
        reason text
    ) ON COMMIT DELETE ROWS;
    -- it is compressed once, in its last place
    ALTER TABLE pg_temp.import_original ALTER body SET STORAGE EXTERNAL;
    RETURN true;
END $$;
COMMENT ON FUNCTION billing.import_document_tables IS
    'Makes the temporary tables that batches of documents fill.';

CREATE OR REPLACE FUNCTION billing.import_document_stage() RETURNS boolean
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    IF to_regclass('pg_temp.import_outcome') IS NULL THEN
        PERFORM billing.import_document_tables();
    ELSIF EXISTS (SELECT FROM pg_temp.import_outcome) THEN
        TRUNCATE pg_temp.import_document, pg_temp.import_line,
            pg_temp.import_register, pg_temp.import_tax,
            pg_temp.import_original, pg_temp.import_outcome;
    END IF;
    -- several times as fast as the default, for originals
    IF 'lz4' = ANY ((SELECT s.enumvals FROM pg_catalog.pg_settings AS s
        WHERE s.name = 'default_toast_compression')::text[])
    THEN
        PERFORM set_config('default_toast_compression', 'lz4', true);
    END IF;
    RETURN true;
END $$;
COMMENT ON FUNCTION billing.import_document_stage IS
    'Makes or empties the temporary tables for the next batch of documents.';

CREATE OR REPLACE FUNCTION billing.import_account(p_code_hash bytea,
    p_contract text, p_points text[], p_client_codes text[],
    p_holder_hashes bytea[], p_fallback_hash bytea) RETURNS bigint
LANGUAGE plpgsql STABLE AS $$
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
COMMENT ON FUNCTION billing.import_account IS
    'The account that a document is for: by payment reference, contract, '
    'metering point, buyer''s identifiers, else as the operator mapped it.  '
    'An identifier that several accounts share finds none.';

CREATE OR REPLACE FUNCTION billing.import_place(p_account bigint,
    p_contract text, p_points text[], OUT contract_id bigint,
    OUT supply_point_id bigint)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_variable
DECLARE
    v_contract bigint;
BEGIN
    SELECT min(c.id) INTO contract_id FROM customer.contract AS c
        WHERE c.account_id = p_account AND c.number = p_contract;
    -- the point that is named, else the only one
    SELECT min(p.id), min(p.contract_id)
    INTO supply_point_id, v_contract
    FROM customer.contract AS c
    JOIN customer.supply_point AS p ON p.contract_id = c.id
    WHERE c.account_id = p_account
        AND (contract_id IS NULL OR c.id = contract_id)
        AND (cardinality(p_points) = 0 OR p.code = ANY (p_points))
    HAVING count(*) = 1;
    contract_id := coalesce(contract_id, v_contract);
END $$;
COMMENT ON FUNCTION billing.import_place IS
    'The contract and the supply point of the account that a document names; '
    'what it does not name, but is the only one there.';

-- What becomes of each document of the batch.
CREATE OR REPLACE FUNCTION billing.import_decide(p_from bigint, p_to bigint)
RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
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
            f.account_id, d.id AS old_id, d.sha256,
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
        LEFT JOIN LATERAL (
            SELECT k.*, (SELECT o.sha256 FROM billing.original AS o
                WHERE o.document_id = k.id) AS sha256
            FROM billing.document AS k
            WHERE k.seller_id = e.id AND k.number = s.number
                AND k.issued_on = s.issued_on
            OFFSET 0 -- looked up by its key, one by one
        ) AS d ON true
        WHERE s.seq BETWEEN p_from AND p_to
        WINDOW w AS (PARTITION BY s.seller, s.number, s.issued_on
            ORDER BY s.seq)
    ) AS t;
END $$;
COMMENT ON FUNCTION billing.import_decide IS
    'Part of import_take: new, same, attach (known, but its original was '
    'missing) or refused, for each staged document.';

CREATE OR REPLACE FUNCTION billing.import_take(p_from bigint, p_to bigint,
    p_now timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    PERFORM billing.import_decide(p_from, p_to);
    INSERT INTO billing.document (id, account_id, net_minor, tax_minor,
        total_minor, payable_minor, seller_id, issued_on, due_on,
        period_from, period_to, kind, number, type_code, currency,
        contract_id, supply_point_id)
    OVERRIDING SYSTEM VALUE
    SELECT o.document_id, o.account_id, s.net_minor, s.tax_minor,
        s.net_minor + s.tax_minor, s.payable_minor, o.seller_id,
        s.issued_on, s.due_on, s.period_from, s.period_to, s.kind, s.number,
        s.type_code, s.currency, p.contract_id, p.supply_point_id
    FROM pg_temp.import_outcome AS o
    JOIN pg_temp.import_document AS s ON s.seq = o.seq
    CROSS JOIN LATERAL billing.import_place(o.account_id, s.contract,
        s.points) AS p
    WHERE o.outcome = 'new' AND o.seq BETWEEN p_from AND p_to;
    INSERT INTO billing.document_line (document_id, line_no, quantity_micro,
        price_micro, net_minor, tax_rate_bp, unit, name, kind, tax_category)
    SELECT o.document_id, l.line_no, l.quantity_micro, l.price_micro,
        l.net_minor, l.tax_rate_bp, l.unit, l.name, l.kind, l.tax_category
    FROM pg_temp.import_outcome AS o
    JOIN pg_temp.import_line AS l ON l.seq = o.seq
    WHERE o.outcome = 'new' AND o.seq BETWEEN p_from AND p_to;
    INSERT INTO billing.document_register (document_id, no, line_no, meter,
        register, unit, old_milli, new_milli, old_on, new_on, old_read,
        new_read, factor_milli, quantity_milli)
    SELECT o.document_id, r.no, r.line_no, r.meter, r.register, r.unit,
        r.old_milli, r.new_milli, r.old_on, r.new_on, r.old_read, r.new_read,
        r.factor_milli, r.quantity_milli
    FROM pg_temp.import_outcome AS o
    JOIN pg_temp.import_register AS r ON r.seq = o.seq
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
COMMENT ON FUNCTION billing.import_take IS
    'Takes in and posts the staged documents of a range.';

CREATE OR REPLACE FUNCTION billing.import_documents(p_now timestamptz)
RETURNS TABLE (seq bigint, outcome text, reason text)
LANGUAGE plpgsql SET search_path = ''
-- a batch is small and the tables are large, whatever the statistics of an
-- empty database say: always by index
SET enable_seqscan = off SET enable_mergejoin = off SET jit = off AS $$
#variable_conflict use_column
DECLARE
    v_seq bigint;
BEGIN
    BEGIN
        PERFORM billing.import_take(min(s.seq), max(s.seq), p_now)
        FROM pg_temp.import_document AS s;
    EXCEPTION WHEN integrity_constraint_violation OR data_exception
        OR deadlock_detected THEN
        -- one of them breaks a rule, or another connection is taking the
        -- same documents: see to them one by one
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
COMMENT ON FUNCTION billing.import_documents IS
    'Takes in the staged batch and says what became of each document.  One '
    'that the tables refuse does not take the others down with it.';
