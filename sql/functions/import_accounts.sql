-- Import of accounts.  The operator's command line copies the file into
-- temporary tables and calls these as smetka_owner; no other role may.

CREATE OR REPLACE FUNCTION customer.import_account_stage() RETURNS boolean
LANGUAGE plpgsql SET search_path = '' SET client_min_messages = 'warning' AS $$
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
        street text,
        city text,
        postcode text,
        region text,
        country text,
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
COMMENT ON FUNCTION customer.import_account_stage IS
    'Makes the empty temporary tables that an import of accounts fills.';

-- Every rule that needs more than one record to be seen.
CREATE OR REPLACE FUNCTION customer.import_refuse() RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    INSERT INTO pg_temp.import_refused (line, reason)
    SELECT t.line, t.reason FROM (
        SELECT s.line, CASE
            WHEN row(s.code_hash, s.kind, s.name, s.id_kind, s.id_hash,
                    s.email, s.phone, s.language, s.street, s.city,
                    s.postcode, s.region, s.country, s.currency, s.active)
                IS DISTINCT FROM lag(row(s.code_hash, s.kind, s.name,
                    s.id_kind, s.id_hash, s.email, s.phone, s.language,
                    s.street, s.city, s.postcode, s.region, s.country,
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
COMMENT ON FUNCTION customer.import_refuse IS
    'Notes the staged accounts that contradict the file or the database and '
    'takes them out of the stage.';

CREATE OR REPLACE FUNCTION customer.import_changed() RETURNS bigint
LANGUAGE plpgsql SET search_path = '' AS $$
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
            language = o.language, street = o.street, city = o.city,
            postcode = o.postcode, region = o.region, country = o.country
        FROM one AS o WHERE p.id = o.party_id
            AND row(p.kind, p.name, p.id_kind, p.id_hash, p.email, p.phone,
                p.language, p.street, p.city, p.postcode, p.region,
                p.country) IS DISTINCT FROM row(o.kind, o.name, o.id_kind,
                o.id_hash, o.email, o.phone, o.language, o.street, o.city,
                o.postcode, o.region, o.country)
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
COMMENT ON FUNCTION customer.import_changed IS
    'Brings existing accounts to what the stage says; returns how many.';

CREATE OR REPLACE FUNCTION customer.import_added() RETURNS bigint
LANGUAGE plpgsql SET search_path = '' AS $$
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
            id_sealed, email, phone, language, street, city, postcode,
            region, country)
        OVERRIDING SYSTEM VALUE
        SELECT o.party_id, o.kind, o.name, o.id_kind, o.id_hash, o.id_sealed,
            o.email, o.phone, o.language, o.street, o.city, o.postcode,
            o.region, o.country
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
COMMENT ON FUNCTION customer.import_added IS
    'Adds the staged accounts that are new; returns how many.';

CREATE OR REPLACE FUNCTION customer.import_places(p_after bigint,
    p_to bigint) RETURNS bigint
LANGUAGE plpgsql SET search_path = '' AS $$
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
COMMENT ON FUNCTION customer.import_places IS
    'Adds or updates the staged contracts and supply points of accounts '
    'within the ids given; returns how many rows changed.';

CREATE OR REPLACE FUNCTION customer.import_accounts(
    OUT added bigint, OUT changed bigint, OUT refused bigint)
LANGUAGE plpgsql SET search_path = '' AS $$
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
COMMENT ON FUNCTION customer.import_accounts IS
    'Takes in the staged accounts: what is new is added, what differs is '
    'changed, what contradicts is noted in import_refused.';

CREATE OR REPLACE FUNCTION customer.import_reasons(p_limit integer)
RETURNS TABLE (line bigint, reason text)
LANGUAGE plpgsql SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY SELECT DISTINCT ON (r.line) r.line, r.reason
    FROM pg_temp.import_refused AS r ORDER BY r.line, r.reason LIMIT p_limit;
END $$;
COMMENT ON FUNCTION customer.import_reasons IS
    'Why lines were refused, in their order.';
