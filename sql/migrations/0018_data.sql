-- Tokens with which programs of a customer read, and the end of a log-in.

ALTER TABLE ops.budget DROP CONSTRAINT budget_kind_check;
ALTER TABLE ops.budget ADD CONSTRAINT budget_kind_check
    CHECK (kind IN ('address', 'identifier', 'link', 'email', 'login',
        'login_address', 'login_device', 'login_code', 'token'));
COMMENT ON COLUMN ops.budget.kind IS
    'address: look-ups of one address; identifier: failures on one code; '
    'link: pay links opened by one address; email: links mailed to one '
    'mailbox; login: passwords tried on one log-in from browsers that it '
    'does not know, login_address: from one address, login_device: from one '
    'browser that it knows; login_code: second factors tried; token: '
    'requests with one token.';

CREATE TABLE auth.api_token (
    key bytea PRIMARY KEY CHECK (octet_length(key) = 32),
    public_id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
    login_id bigint NOT NULL REFERENCES auth.login,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    scope text[] NOT NULL CHECK (scope <> '{}' AND scope <@ ARRAY['see']),
    created_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    seen_at timestamptz,
    CHECK (ends_at > created_at
        AND ends_at <= created_at + interval '368 days'),
    UNIQUE (login_id, name)
) WITH (fillfactor = 70);
CREATE INDEX api_token_ends ON auth.api_token (ends_at);
COMMENT ON TABLE auth.api_token IS
    'What a program of a customer reads with.  One that is revoked or past '
    'its end is removed; that it was is in auth.event.';
COMMENT ON COLUMN auth.api_token.key IS 'Keyed hash of the token.';
COMMENT ON COLUMN auth.api_token.public_id IS 'Id in the list of tokens.';
COMMENT ON COLUMN auth.api_token.login_id IS 'Whose.';
COMMENT ON COLUMN auth.api_token.name IS 'What its owner calls it.';
COMMENT ON COLUMN auth.api_token.scope IS
    'Actions that it may do, of those that its owner may: see alone, for a '
    'token never writes.';
COMMENT ON COLUMN auth.api_token.created_at IS 'Since when.';
COMMENT ON COLUMN auth.api_token.ends_at IS 'Ends then; a year at most.';
COMMENT ON COLUMN auth.api_token.seen_at IS
    'Last request, to about a minute; null: never.';
ALTER TABLE auth.api_token ENABLE ROW LEVEL SECURITY;
ALTER TABLE auth.api_token FORCE ROW LEVEL SECURITY;
CREATE POLICY operator ON auth.api_token TO smetka_owner
    USING (true) WITH CHECK (true);
COMMENT ON POLICY operator ON auth.api_token IS
    'The operator''s command line sees all.';

ALTER TABLE auth.login ADD COLUMN closes_at timestamptz;
CREATE INDEX login_closes ON auth.login (closes_at)
    WHERE closes_at IS NOT NULL;
COMMENT ON COLUMN auth.login.closes_at IS
    'Its holder asked for its end, which comes then unless it is called off.';
COMMENT ON COLUMN auth.login.closed_at IS
    'Closed: logs in no more, and of its holder only hashes are left.';

ALTER TABLE auth.token DROP CONSTRAINT token_kind_check;
ALTER TABLE auth.token ADD CONSTRAINT token_kind_check
    CHECK (kind IN ('activate', 'reset', 'agree', 'have_account', 'invite',
        'email', 'email_cancel', 'closing'));

-- it shows a column more; the functions are made again after this
DROP FUNCTION IF EXISTS auth.session_of(bytea, timestamptz);
