-- Activation letters.

CREATE TABLE auth.letter (
    account_id bigint PRIMARY KEY REFERENCES customer.account,
    code_hash bytea NOT NULL CHECK (octet_length(code_hash) = 32),
    created_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL CHECK (ends_at > created_at)
);
COMMENT ON TABLE auth.letter IS
    'The code that was last posted for an account, until a log-in has it.';
COMMENT ON COLUMN auth.letter.account_id IS 'Which account.';
COMMENT ON COLUMN auth.letter.code_hash IS 'SHA-256 of the code.';
COMMENT ON COLUMN auth.letter.created_at IS 'When it was made.';
COMMENT ON COLUMN auth.letter.ends_at IS 'Good before that.';
ALTER TABLE auth.letter ENABLE ROW LEVEL SECURITY;
ALTER TABLE auth.letter FORCE ROW LEVEL SECURITY;
CREATE POLICY operator ON auth.letter TO smetka_owner
    USING (true) WITH CHECK (true);
COMMENT ON POLICY operator ON auth.letter IS
    'The operator''s command line sees all.';

-- it takes the kind of proof now
DROP FUNCTION IF EXISTS auth.find_contract(bytea, text, integer, timestamptz);
