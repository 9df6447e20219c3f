-- Import of sellers; called as smetka_owner by the operator's command line,
-- no other role may.

CREATE OR REPLACE FUNCTION billing.import_seller_stage() RETURNS boolean
LANGUAGE plpgsql SET search_path = '' SET client_min_messages = 'warning' AS $$
BEGIN
    CREATE TEMP TABLE IF NOT EXISTS import_seller (
        line bigint NOT NULL,
        tax_id text NOT NULL,
        name text NOT NULL,
        vat boolean NOT NULL,
        legal_id text,
        street text,
        city text,
        postcode text,
        region text,
        country text NOT NULL,
        email text,
        phone text,
        iban text
    ) ON COMMIT DELETE ROWS;
    TRUNCATE pg_temp.import_seller;
    PERFORM meter.import_refusals();
    RETURN true;
END $$;
COMMENT ON FUNCTION billing.import_seller_stage IS
    'Makes the empty temporary tables that an import of sellers fills.';

CREATE OR REPLACE FUNCTION billing.import_sellers(
    OUT added bigint, OUT changed bigint, OUT refused bigint)
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    INSERT INTO pg_temp.import_refused (line, reason)
    SELECT s.line, 'the same seller stands on an earlier line'
    FROM pg_temp.import_seller AS s WHERE EXISTS (
        SELECT FROM pg_temp.import_seller AS e
        WHERE e.tax_id = s.tax_id AND e.line < s.line);
    DELETE FROM pg_temp.import_seller AS s USING pg_temp.import_refused AS r
        WHERE r.line = s.line;
    refused := (SELECT count(*) FROM pg_temp.import_refused AS r);
    UPDATE billing.seller AS e SET name = s.name, vat = s.vat,
        legal_id = s.legal_id, street = s.street, city = s.city,
        postcode = s.postcode, region = s.region, country = s.country,
        email = s.email, phone = s.phone, iban = s.iban
    FROM pg_temp.import_seller AS s WHERE e.tax_id = s.tax_id
        AND row(e.name, e.vat, e.legal_id, e.street, e.city, e.postcode,
            e.region, e.country, e.email, e.phone, e.iban)
        IS DISTINCT FROM row(s.name, s.vat, s.legal_id, s.street, s.city,
            s.postcode, s.region, s.country, s.email, s.phone, s.iban);
    GET DIAGNOSTICS changed = ROW_COUNT;
    INSERT INTO billing.seller (tax_id, name, vat, legal_id, street, city,
        postcode, region, country, email, phone, iban)
    SELECT s.tax_id, s.name, s.vat, s.legal_id, s.street, s.city,
        s.postcode, s.region, s.country, s.email, s.phone, s.iban
    FROM pg_temp.import_seller AS s WHERE NOT EXISTS (
        SELECT FROM billing.seller AS e WHERE e.tax_id = s.tax_id)
    ORDER BY s.line;
    GET DIAGNOSTICS added = ROW_COUNT;
END $$;
COMMENT ON FUNCTION billing.import_sellers IS
    'Takes in the staged sellers: what is new is added, what differs is '
    'changed.  A seller that is not in the file stays.';
