-- Mailed links are counted by the address that they go to.

ALTER TABLE ops.budget DROP CONSTRAINT budget_kind_check;
ALTER TABLE ops.budget ADD CONSTRAINT budget_kind_check
    CHECK (kind IN ('address', 'identifier', 'link', 'email'));
COMMENT ON COLUMN ops.budget.kind IS
    'address: look-ups of one address; identifier: failures on one code; '
    'link: pay links opened by one address; email: links mailed to one '
    'mailbox.';
COMMENT ON COLUMN ops.budget.key IS
    'Keyed hash of the address, code or mailbox.';
DROP FUNCTION IF EXISTS pay.mail_step_up(bigint, bytea, text, text,
    timestamptz);
