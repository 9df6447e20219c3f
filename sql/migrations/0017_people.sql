-- Delegates, the profile of a log-in, legal representatives; what of these a
-- person of the company decides is a row of ops.review.

ALTER TABLE auth.login_account
    ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY UNIQUE;
COMMENT ON COLUMN auth.login_account.id IS
    'What a review of a representative is about.';
CREATE INDEX login_account_invited_by ON auth.login_account (invited_by)
    WHERE invited_by IS NOT NULL;

ALTER TABLE auth.token DROP CONSTRAINT token_kind_check;
ALTER TABLE auth.token ADD CONSTRAINT token_kind_check
    CHECK (kind IN ('activate', 'reset', 'agree', 'have_account', 'invite',
        'email', 'email_cancel'));
COMMENT ON COLUMN auth.token.login_id IS
    'For whom, where that exists; of an invitation: by whom.';

ALTER TABLE customer.account
    ADD COLUMN paperless boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN customer.account.paperless IS
    'The bill comes by e-mail and into the account, not on paper.';

ALTER TABLE customer.party
    ADD COLUMN address text CHECK (length(address) BETWEEN 1 AND 200),
    ADD COLUMN seat text CHECK (length(seat) BETWEEN 1 AND 200),
    ADD COLUMN vat_number text CHECK (length(vat_number) BETWEEN 1 AND 20);
COMMENT ON COLUMN customer.party.address IS
    'Where letters go; null: to the place that is supplied.';
COMMENT ON COLUMN customer.party.seat IS 'Registered seat of a business.';
COMMENT ON COLUMN customer.party.vat_number IS 'VAT number, as it is printed.';

ALTER TABLE ops.review DROP CONSTRAINT review_kind_check;
ALTER TABLE ops.review ADD CONSTRAINT review_kind_check
    CHECK (kind IN ('reading', 'representative', 'business_data', 'address'));
COMMENT ON COLUMN ops.review.kind IS
    'What is decided: reading, representative (of a customer), '
    'business_data, address (where letters go).  A kind that is not named '
    'here cannot be opened, and one that ops.review_decide() does not know '
    'cannot be decided.';

-- it shows a column more; the functions are made again after this
DROP FUNCTION IF EXISTS self.places(bytea, timestamptz);
