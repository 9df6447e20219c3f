-- What an e-invoice that is written here says of seller and buyer.

ALTER TABLE billing.seller
    ADD COLUMN vat boolean NOT NULL DEFAULT true,
    ADD COLUMN legal_id text CHECK (length(legal_id) BETWEEN 1 AND 60),
    ADD COLUMN street text CHECK (length(street) BETWEEN 1 AND 150),
    ADD COLUMN city text CHECK (length(city) BETWEEN 1 AND 50),
    ADD COLUMN postcode text CHECK (length(postcode) BETWEEN 1 AND 20),
    ADD COLUMN region text CHECK (region ~ '^[A-Z]{2}-[A-Z0-9]{1,3}$'),
    ADD COLUMN country text CHECK (country ~ '^[A-Z]{2}$'),
    ADD COLUMN email text CHECK (length(email) <= 254),
    ADD COLUMN phone text CHECK (length(phone) <= 16),
    ADD COLUMN iban text CHECK (length(iban) <= 34);
COMMENT ON COLUMN billing.seller.vat IS
    'The tax number is registered for VAT (BT-31, else BT-32).';
COMMENT ON COLUMN billing.seller.legal_id IS
    'Number in the trade register (BT-30).';
COMMENT ON COLUMN billing.seller.street IS 'Street and number (BT-35).';
COMMENT ON COLUMN billing.seller.city IS 'Town (BT-37).';
COMMENT ON COLUMN billing.seller.postcode IS 'Post code (BT-38).';
COMMENT ON COLUMN billing.seller.region IS
    'County, a code of ISO 3166-2 (BT-39).';
COMMENT ON COLUMN billing.seller.country IS
    'Country (BT-40); null: not known, and no e-invoice can be written.';
COMMENT ON COLUMN billing.seller.email IS
    'Where customers write (BT-43); null: company.email.';
COMMENT ON COLUMN billing.seller.phone IS
    'Where customers call (BT-42); null: company.phone.';
COMMENT ON COLUMN billing.seller.iban IS
    'Where customers pay to (BT-84); null: company.iban.';

ALTER TABLE customer.party
    ADD COLUMN street text CHECK (length(street) BETWEEN 1 AND 150),
    ADD COLUMN city text CHECK (length(city) BETWEEN 1 AND 50),
    ADD COLUMN postcode text CHECK (length(postcode) BETWEEN 1 AND 20),
    ADD COLUMN region text CHECK (region ~ '^[A-Z]{2}-[A-Z0-9]{1,3}$'),
    ADD COLUMN country text CHECK (country ~ '^[A-Z]{2}$');
COMMENT ON COLUMN customer.party.street IS
    'Street and number of the customer, as bills have it (BT-50).';
COMMENT ON COLUMN customer.party.city IS 'Town (BT-52).';
COMMENT ON COLUMN customer.party.postcode IS 'Post code (BT-53).';
COMMENT ON COLUMN customer.party.region IS
    'County, a code of ISO 3166-2 (BT-54).';
COMMENT ON COLUMN customer.party.country IS
    'Country (BT-55); null: the seller''s.';

-- it shows more columns; the functions are made again after this
DROP FUNCTION IF EXISTS self.invoice(bytea, uuid, timestamptz);
