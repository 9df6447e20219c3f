-- A customer who is logged in pays invoices of their choice: a handle made from
-- a session, with the documents that were chosen.

ALTER TABLE pay.guest_handle
    ADD COLUMN login_id bigint REFERENCES auth.login;
COMMENT ON COLUMN pay.guest_handle.login_id IS
    'Who was logged in and chose the documents of guest_handle_document; '
    'null: a guest, who sees all that the accounts owe.';

ALTER TABLE pay.guest_handle_account
    ADD COLUMN selected boolean NOT NULL DEFAULT false;
ALTER TABLE pay.guest_handle_account
    DROP CONSTRAINT guest_handle_account_account_no_check;
ALTER TABLE pay.guest_handle_account
    ADD CONSTRAINT guest_handle_account_account_no_check
    CHECK (account_no BETWEEN 1 AND CASE WHEN selected THEN 200 ELSE 5 END);
COMMENT ON COLUMN pay.guest_handle_account.selected IS
    'Of a handle made from a session: 200 accounts instead of 5.';

CREATE TABLE pay.guest_handle_document (
    handle_id bigint NOT NULL REFERENCES pay.guest_handle ON DELETE CASCADE,
    document_id bigint NOT NULL REFERENCES billing.open_item,
    PRIMARY KEY (handle_id, document_id)
);
COMMENT ON TABLE pay.guest_handle_document IS
    'The documents that a handle made from a session is for.';
COMMENT ON COLUMN pay.guest_handle_document.handle_id IS 'The handle.';
COMMENT ON COLUMN pay.guest_handle_document.document_id IS 'The document.';
ALTER TABLE pay.guest_handle_document ENABLE ROW LEVEL SECURITY;
ALTER TABLE pay.guest_handle_document FORCE ROW LEVEL SECURITY;
CREATE POLICY operator ON pay.guest_handle_document TO smetka_owner
    USING (true) WITH CHECK (true);
COMMENT ON POLICY operator ON pay.guest_handle_document IS
    'The operator''s command line sees all.';

ALTER TABLE pay.intent ADD COLUMN selected boolean NOT NULL DEFAULT false;
ALTER TABLE pay.intent DROP CONSTRAINT intent_account_ids_check;
ALTER TABLE pay.intent ADD CONSTRAINT intent_account_ids_check
    CHECK (cardinality(account_ids)
        BETWEEN 1 AND CASE WHEN selected THEN 200 ELSE 5 END);
COMMENT ON COLUMN pay.intent.selected IS
    'Of documents that somebody who was logged in chose.';

-- a line an account paid: 11 to 210; money that goes back has some beyond
ALTER TABLE billing.journal_entry DROP CONSTRAINT journal_entry_line_no_check;
ALTER TABLE billing.journal_entry ADD CONSTRAINT journal_entry_line_no_check
    CHECK (line_no BETWEEN 1 AND 999);

-- these take or return more than before
DROP FUNCTION IF EXISTS billing.split(bigint[], text, bigint, bigint);
DROP FUNCTION IF EXISTS pay.selection(bigint[], text, text, bigint);
DROP FUNCTION IF EXISTS pay.status(uuid, bytea, boolean, timestamptz);
DROP FUNCTION IF EXISTS self.places(bytea, timestamptz);
DROP FUNCTION IF EXISTS self.invoices(bytea, uuid, date, date, text, text,
    integer, integer, timestamptz);

-- the bill of one place is a selection now
DROP FUNCTION IF EXISTS self.pay_open(bytea, uuid, bytea, bytea, text, text,
    timestamptz);
DROP FUNCTION IF EXISTS pay.open_for(bigint, bytea, bytea, text, text,
    timestamptz);
