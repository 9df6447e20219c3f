-- Payments that the company received itself and reports to the portal.

CREATE TABLE billing.received (
    txn_id bigint NOT NULL UNIQUE REFERENCES billing.journal_txn,
    account_id bigint NOT NULL REFERENCES customer.account,
    amount_minor bigint NOT NULL CHECK (amount_minor > 0),
    received_on date NOT NULL,
    method text NOT NULL CHECK (method IN ('bank', 'cash', 'other')),
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    reference text NOT NULL CHECK (length(reference) BETWEEN 1 AND 140),
    invoice text CHECK (length(invoice) BETWEEN 1 AND 60),
    PRIMARY KEY (method, reference)
);
CREATE INDEX received_account ON billing.received (account_id, received_on);
COMMENT ON TABLE billing.received IS
    'Payments at the company''s bank or desks, as imported; insert-only.';
COMMENT ON COLUMN billing.received.txn_id IS 'Its posting.';
COMMENT ON COLUMN billing.received.account_id IS 'Who paid.';
COMMENT ON COLUMN billing.received.amount_minor IS 'How much.';
COMMENT ON COLUMN billing.received.received_on IS 'When it came in.';
COMMENT ON COLUMN billing.received.method IS 'Where it came in.';
COMMENT ON COLUMN billing.received.currency IS 'The currency.';
COMMENT ON COLUMN billing.received.reference IS
    'The company''s number of the payment; each is posted once.';
COMMENT ON COLUMN billing.received.invoice IS
    'Number of the invoice that the payer named.';
CREATE TRIGGER received_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE
    ON billing.received EXECUTE FUNCTION ops.refuse_change();

ALTER TABLE billing.received ENABLE ROW LEVEL SECURITY;
ALTER TABLE billing.received FORCE ROW LEVEL SECURITY;
CREATE POLICY operator ON billing.received TO smetka_owner
    USING (true) WITH CHECK (true);
COMMENT ON POLICY operator ON billing.received IS
    'The operator''s command line sees all.';
