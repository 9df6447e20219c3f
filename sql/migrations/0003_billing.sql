-- Documents as the supplier issued them, what is open on them, the journal.

CREATE TABLE billing.seller (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tax_id text NOT NULL UNIQUE CHECK (length(tax_id) BETWEEN 1 AND 30),
    name text NOT NULL
);
COMMENT ON TABLE billing.seller IS 'Who issues documents.';
COMMENT ON COLUMN billing.seller.id IS 'Key.';
COMMENT ON COLUMN billing.seller.tax_id IS 'Tax number, as in BT-31 or BT-30.';
COMMENT ON COLUMN billing.seller.name IS 'Name.';

CREATE TABLE billing.feed (
    source text PRIMARY KEY,
    as_of timestamptz NOT NULL
);
COMMENT ON TABLE billing.feed IS 'How fresh the data are.';
COMMENT ON COLUMN billing.feed.source IS 'Where they come from.';
COMMENT ON COLUMN billing.feed.as_of IS 'Time of the newest data taken in.';

CREATE TYPE billing.document_kind AS ENUM ('invoice', 'credit_note');
COMMENT ON TYPE billing.document_kind IS
    'The two kinds of documents.  An enum, since there are millions.';

CREATE TABLE billing.document (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    public_id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
    account_id bigint NOT NULL REFERENCES customer.account,
    net_minor bigint NOT NULL,
    tax_minor bigint NOT NULL,
    total_minor bigint NOT NULL,
    payable_minor bigint NOT NULL,
    seller_id integer NOT NULL REFERENCES billing.seller,
    issued_on date NOT NULL,
    due_on date NOT NULL,
    period_from date,
    period_to date,
    kind billing.document_kind NOT NULL,
    cancelled boolean NOT NULL DEFAULT false,
    number text NOT NULL CHECK (length(number) BETWEEN 1 AND 60),
    type_code text NOT NULL DEFAULT '380' CHECK (length(type_code) <= 4),
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    UNIQUE (seller_id, number, issued_on),
    CHECK (total_minor = net_minor + tax_minor),
    CHECK (period_from <= period_to),
    CHECK (abs(payable_minor) <= 1000000000000000)
);
CREATE INDEX document_account ON billing.document (account_id, issued_on);
COMMENT ON TABLE billing.document IS 'An invoice or a credit note.';
COMMENT ON COLUMN billing.document.id IS 'Key.';
COMMENT ON COLUMN billing.document.public_id IS 'Random id for addresses.';
COMMENT ON COLUMN billing.document.account_id IS 'The account it is for.';
COMMENT ON COLUMN billing.document.net_minor IS 'Sum without tax (BT-109).';
COMMENT ON COLUMN billing.document.tax_minor IS 'Tax (BT-110).';
COMMENT ON COLUMN billing.document.total_minor IS 'Sum with tax (BT-112).';
COMMENT ON COLUMN billing.document.payable_minor IS
    'What is to be paid (BT-115): total less prepaid, rounded.';
COMMENT ON COLUMN billing.document.seller_id IS 'Who issued it.';
COMMENT ON COLUMN billing.document.issued_on IS 'Date of issue (BT-2).';
COMMENT ON COLUMN billing.document.due_on IS 'Last day to pay (BT-9).';
COMMENT ON COLUMN billing.document.period_from IS 'First day billed (BT-73).';
COMMENT ON COLUMN billing.document.period_to IS 'Last day billed (BT-74).';
COMMENT ON COLUMN billing.document.kind IS 'Invoice or credit note.';
COMMENT ON COLUMN billing.document.cancelled IS 'Withdrawn by the seller.';
COMMENT ON COLUMN billing.document.number IS 'Number (BT-1).';
COMMENT ON COLUMN billing.document.type_code IS 'UNTDID 1001 code (BT-3).';
COMMENT ON COLUMN billing.document.currency IS 'Currency (BT-5).';

CREATE TABLE billing.document_line (
    document_id bigint NOT NULL REFERENCES billing.document,
    line_no smallint NOT NULL CHECK (line_no > 0),
    quantity_micro bigint NOT NULL,
    price_micro bigint,
    net_minor bigint NOT NULL,
    tax_rate_bp integer NOT NULL CHECK (tax_rate_bp BETWEEN 0 AND 10000),
    unit text NOT NULL DEFAULT 'C62',
    name text NOT NULL,
    PRIMARY KEY (document_id, line_no)
);
COMMENT ON TABLE billing.document_line IS 'A line of a document.';
COMMENT ON COLUMN billing.document_line.document_id IS 'The document.';
COMMENT ON COLUMN billing.document_line.line_no IS 'Place, from 1.';
COMMENT ON COLUMN billing.document_line.quantity_micro IS
    'Quantity in millionths (BT-129).';
COMMENT ON COLUMN billing.document_line.price_micro IS
    'Price of one unit in millionths of the major unit (BT-146).';
COMMENT ON COLUMN billing.document_line.net_minor IS 'Sum (BT-131).';
COMMENT ON COLUMN billing.document_line.tax_rate_bp IS
    'Tax rate in hundredths of a percent (BT-152).';
COMMENT ON COLUMN billing.document_line.unit IS
    'UN/ECE code of the unit (BT-130).';
COMMENT ON COLUMN billing.document_line.name IS 'What was billed (BT-153).';

CREATE TABLE billing.document_tax (
    document_id bigint NOT NULL REFERENCES billing.document,
    category text NOT NULL CHECK (length(category) <= 3),
    rate_bp integer NOT NULL CHECK (rate_bp BETWEEN 0 AND 10000),
    base_minor bigint NOT NULL,
    tax_minor bigint NOT NULL,
    PRIMARY KEY (document_id, category, rate_bp)
);
COMMENT ON TABLE billing.document_tax IS 'A tax rate of a document.';
COMMENT ON COLUMN billing.document_tax.document_id IS 'The document.';
COMMENT ON COLUMN billing.document_tax.category IS 'Category (BT-118).';
COMMENT ON COLUMN billing.document_tax.rate_bp IS
    'Rate in hundredths of a percent (BT-119).';
COMMENT ON COLUMN billing.document_tax.base_minor IS 'Base (BT-116).';
COMMENT ON COLUMN billing.document_tax.tax_minor IS 'Tax (BT-117).';

CREATE TABLE billing.original (
    document_id bigint PRIMARY KEY REFERENCES billing.document,
    sha256 bytea NOT NULL CHECK (octet_length(sha256) = 32),
    media_type text NOT NULL,
    received_at timestamptz NOT NULL,
    body bytea NOT NULL CHECK (octet_length(body) <= 20971520)
);
COMMENT ON TABLE billing.original IS
    'The document byte for byte as received; the legal original.';
COMMENT ON COLUMN billing.original.document_id IS 'The document.';
COMMENT ON COLUMN billing.original.sha256 IS 'Hash of the bytes.';
COMMENT ON COLUMN billing.original.media_type IS 'Type of the bytes.';
COMMENT ON COLUMN billing.original.received_at IS 'When it was taken in.';
COMMENT ON COLUMN billing.original.body IS 'The bytes.';
CREATE TRIGGER original_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE
    ON billing.original EXECUTE FUNCTION ops.refuse_change();

CREATE TABLE billing.open_item (
    document_id bigint PRIMARY KEY REFERENCES billing.document,
    account_id bigint NOT NULL REFERENCES customer.account,
    total_minor bigint NOT NULL CHECK (total_minor > 0),
    open_minor bigint NOT NULL,
    due_on date NOT NULL,
    issued_on date NOT NULL,
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    number_tail text NOT NULL CHECK (length(number_tail) <= 4),
    CHECK (open_minor BETWEEN 0 AND total_minor)
) WITH (fillfactor = 90);
-- the bill page reads nothing but this index
CREATE INDEX open_item_open ON billing.open_item (account_id, currency, due_on)
    INCLUDE (open_minor, issued_on, document_id, number_tail)
    WHERE open_minor > 0;
COMMENT ON TABLE billing.open_item IS
    'What is still to be paid on a posted invoice.';
COMMENT ON COLUMN billing.open_item.document_id IS 'The invoice.';
COMMENT ON COLUMN billing.open_item.account_id IS 'Its account.';
COMMENT ON COLUMN billing.open_item.total_minor IS 'What was to be paid.';
COMMENT ON COLUMN billing.open_item.open_minor IS
    'What is still to be paid: the total less the allocations.';
COMMENT ON COLUMN billing.open_item.due_on IS 'Last day to pay.';
COMMENT ON COLUMN billing.open_item.issued_on IS 'Date of issue.';
COMMENT ON COLUMN billing.open_item.currency IS 'Currency of the invoice.';
COMMENT ON COLUMN billing.open_item.number_tail IS
    'Last four characters of the number: all of it that a guest sees.';

CREATE TABLE billing.balance (
    account_id bigint NOT NULL REFERENCES customer.account,
    credit_minor bigint NOT NULL DEFAULT 0 CHECK (credit_minor >= 0),
    last_payment_on date,
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    PRIMARY KEY (account_id, currency)
) WITH (fillfactor = 80);
COMMENT ON TABLE billing.balance IS
    'One row an account and currency in use; its lock orders all that '
    'changes what is open and what is credit there.';
COMMENT ON COLUMN billing.balance.account_id IS 'The account.';
COMMENT ON COLUMN billing.balance.credit_minor IS
    'Money of the customer that no invoice has used yet; equals the '
    'journal''s credit entries with the sign turned.';
COMMENT ON COLUMN billing.balance.last_payment_on IS
    'Date of the last payment that was posted.';
COMMENT ON COLUMN billing.balance.currency IS 'The currency.';

CREATE TYPE billing.journal_account AS ENUM ('receivable', 'credit',
    'processor_clearing', 'disputed', 'bank', 'fees', 'revenue', 'vat',
    'suspense');
COMMENT ON TYPE billing.journal_account IS 'Accounts of the journal.';

CREATE TABLE billing.journal_txn (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    posted_at timestamptz NOT NULL,
    document_id bigint REFERENCES billing.document,
    payment_id uuid,
    kind text NOT NULL CHECK (kind IN ('invoice', 'credit_note',
        'cancellation', 'settlement', 'credit_applied', 'payment',
        'unmatched', 'refund', 'refund_failed', 'dispute', 'payout')),
    CHECK (kind <> 'settlement' OR payment_id IS NOT NULL),
    CHECK ((kind IN ('invoice', 'credit_note', 'cancellation'))
        = (document_id IS NOT NULL))
);
CREATE UNIQUE INDEX journal_txn_settlement ON billing.journal_txn (payment_id)
    WHERE kind = 'settlement';
CREATE UNIQUE INDEX journal_txn_document
    ON billing.journal_txn (document_id, kind)
    WHERE document_id IS NOT NULL;
COMMENT ON TABLE billing.journal_txn IS 'One posting; insert-only.';
COMMENT ON COLUMN billing.journal_txn.id IS 'Key.';
COMMENT ON COLUMN billing.journal_txn.posted_at IS 'When it was posted.';
COMMENT ON COLUMN billing.journal_txn.document_id IS
    'The document that was posted; each kind once.';
COMMENT ON COLUMN billing.journal_txn.payment_id IS
    'The payment attempt that was posted.';
COMMENT ON COLUMN billing.journal_txn.kind IS
    'What was posted; payment is one that the supplier reported.';

CREATE TABLE billing.journal_entry (
    txn_id bigint NOT NULL REFERENCES billing.journal_txn,
    amount_minor bigint NOT NULL CHECK (amount_minor <> 0),
    account_id bigint REFERENCES customer.account,
    account billing.journal_account NOT NULL,
    line_no smallint NOT NULL CHECK (line_no BETWEEN 1 AND 99),
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    PRIMARY KEY (txn_id, line_no),
    CHECK ((account IN ('receivable', 'credit')) = (account_id IS NOT NULL))
);
CREATE INDEX journal_entry_account
    ON billing.journal_entry (account_id, currency)
    WHERE account_id IS NOT NULL;
COMMENT ON TABLE billing.journal_entry IS
    'A line of a posting; insert-only; the lines of a posting sum to zero '
    'in each currency.';
COMMENT ON COLUMN billing.journal_entry.txn_id IS 'The posting.';
COMMENT ON COLUMN billing.journal_entry.amount_minor IS 'Debit positive.';
COMMENT ON COLUMN billing.journal_entry.account_id IS
    'The customer''s account, for receivable and credit.';
COMMENT ON COLUMN billing.journal_entry.account IS 'Account of the journal.';
COMMENT ON COLUMN billing.journal_entry.line_no IS 'Place, from 1.';
COMMENT ON COLUMN billing.journal_entry.currency IS 'Currency.';

CREATE TRIGGER journal_txn_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE
    ON billing.journal_txn EXECUTE FUNCTION ops.refuse_change();
CREATE TRIGGER journal_entry_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE
    ON billing.journal_entry EXECUTE FUNCTION ops.refuse_change();

-- A deferred trigger runs at COMMIT with the rights of the session's role,
-- which cannot read the journal: hence SECURITY DEFINER.
CREATE FUNCTION billing.txn_sums_to_zero() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
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
COMMENT ON FUNCTION billing.txn_sums_to_zero() IS
    'Deferred check of the journal: debit equals credit.';
CREATE CONSTRAINT TRIGGER journal_sums_to_zero
    AFTER INSERT ON billing.journal_entry DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION billing.txn_sums_to_zero();
