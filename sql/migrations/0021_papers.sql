-- What an e-invoice that is written here says of seller and buyer; payments
-- that a customer misses, and those that are late.

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

-- a payment at a bank or a desk has an address of its own, too
ALTER TABLE billing.received
    ADD COLUMN public_id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE;
COMMENT ON COLUMN billing.received.public_id IS 'Random id for addresses.';

CREATE TABLE pay.missing (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    public_id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
    login_id bigint NOT NULL REFERENCES auth.login,
    account_id bigint NOT NULL REFERENCES customer.account,
    unmatched_id bigint REFERENCES pay.unmatched,
    amount_minor bigint NOT NULL CHECK (amount_minor > 0),
    created_at timestamptz NOT NULL,
    paid_on date NOT NULL,
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    how text NOT NULL CHECK (how IN ('bank', 'desk', 'post', 'card')),
    reference text NOT NULL CHECK (length(reference) <= 60),
    note text NOT NULL CHECK (length(note) <= 500)
);
CREATE INDEX missing_login ON pay.missing (login_id, created_at);
CREATE INDEX missing_account ON pay.missing (account_id);
COMMENT ON TABLE pay.missing IS
    'Payments that a customer made and does not find; what came of it is in '
    'ops.review (missing_payment).';
COMMENT ON COLUMN pay.missing.id IS 'Key; the number is made of it.';
COMMENT ON COLUMN pay.missing.public_id IS 'Random id for addresses.';
COMMENT ON COLUMN pay.missing.login_id IS 'Who asks.';
COMMENT ON COLUMN pay.missing.account_id IS 'What was paid for.';
COMMENT ON COLUMN pay.missing.unmatched_id IS
    'Money without an owner that has this reference, sum and time; for the '
    'company''s eyes alone.';
COMMENT ON COLUMN pay.missing.amount_minor IS 'How much was paid.';
COMMENT ON COLUMN pay.missing.created_at IS 'When it was told.';
COMMENT ON COLUMN pay.missing.paid_on IS 'When it was paid.';
COMMENT ON COLUMN pay.missing.currency IS 'The currency.';
COMMENT ON COLUMN pay.missing.how IS
    'bank (transfer), desk, post (office) or card.';
COMMENT ON COLUMN pay.missing.reference IS
    'What stands on the paper of it; may be empty.';
COMMENT ON COLUMN pay.missing.note IS 'What the customer adds.';
ALTER TABLE pay.missing ENABLE ROW LEVEL SECURITY;
ALTER TABLE pay.missing FORCE ROW LEVEL SECURITY;
CREATE POLICY operator ON pay.missing TO smetka_owner
    USING (true) WITH CHECK (true);
COMMENT ON POLICY operator ON pay.missing IS
    'The operator''s command line sees all.';

ALTER TABLE ops.review DROP CONSTRAINT review_kind_check;
ALTER TABLE ops.review ADD CONSTRAINT review_kind_check
    CHECK (kind IN ('reading', 'representative', 'business_data', 'address',
        'missing_payment'));
COMMENT ON COLUMN ops.review.kind IS
    'What is decided: reading, representative (of a customer), '
    'business_data, address (where letters go), missing_payment.  A kind '
    'that is not named here cannot be opened, and one that '
    'ops.review_decide() does not know cannot be decided.';

ALTER TABLE pay.task DROP CONSTRAINT task_kind_check;
ALTER TABLE pay.task ADD CONSTRAINT task_kind_check
    CHECK (kind IN ('unknown_result', 'unmatched', 'amount_differs',
        'currency_differs', 'duplicate', 'late', 'refund_failed',
        'refund_unknown', 'refund_silent', 'refund_differs',
        'refund_excess', 'dispute', 'charged_back', 'dispute_unknown',
        'missing_here', 'missing_there', 'compare_differs',
        'payout_differs', 'not_posted'));

-- they show more columns; the functions are made again after this
DROP FUNCTION IF EXISTS self.invoice(bytea, uuid, timestamptz);
DROP FUNCTION IF EXISTS self.payments(bytea, integer, integer, timestamptz);
