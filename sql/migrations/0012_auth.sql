-- Log-ins: who may see and do what with which account, sessions, mailed
-- links, what happened to a log-in.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles AS r
        WHERE r.rolname = 'smetka_self')
    THEN
        RAISE EXCEPTION 'apply sql/roles.sql first: it has new roles';
    END IF;
END $$;

CREATE SCHEMA auth;
COMMENT ON SCHEMA auth IS 'Log-ins, sessions, rights.';
CREATE SCHEMA self;
COMMENT ON SCHEMA self IS
    'What a customer who is logged in sees and does; no tables.';

ALTER TABLE ops.budget DROP CONSTRAINT budget_kind_check;
ALTER TABLE ops.budget ADD CONSTRAINT budget_kind_check
    CHECK (kind IN ('address', 'identifier', 'link', 'email', 'login',
        'login_address', 'login_device', 'login_code'));
COMMENT ON COLUMN ops.budget.kind IS
    'address: look-ups of one address; identifier: failures on one code; '
    'link: pay links opened by one address; email: links mailed to one '
    'mailbox; login: passwords tried on one log-in from browsers that it '
    'does not know, login_address: from one address, login_device: from one '
    'browser that it knows; login_code: second factors tried.';

CREATE TABLE auth.login (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    public_id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
    email_key bytea NOT NULL UNIQUE CHECK (octet_length(email_key) = 32),
    email text NOT NULL CHECK (length(email) <= 254),
    password text NOT NULL CHECK (password LIKE '$argon2id$%'),
    language text NOT NULL CHECK (language IN ('ro', 'bg', 'en')),
    source text NOT NULL CHECK (source IN ('web', 'office')),
    must_change boolean NOT NULL DEFAULT false,
    password_ends_at timestamptz,
    totp_sealed bytea CHECK (octet_length(totp_sealed) <= 100),
    totp_used bigint NOT NULL DEFAULT -1,
    event_seq integer NOT NULL DEFAULT 0,
    event_hash bytea NOT NULL DEFAULT '\x'
        CHECK (octet_length(event_hash) IN (0, 32)),
    created_at timestamptz NOT NULL,
    password_at timestamptz NOT NULL,
    closed_at timestamptz,
    CHECK (must_change OR password_ends_at IS NULL)
);
COMMENT ON TABLE auth.login IS 'Somebody who can log in.';
COMMENT ON COLUMN auth.login.id IS 'Key.';
COMMENT ON COLUMN auth.login.public_id IS 'Random id for addresses.';
COMMENT ON COLUMN auth.login.email_key IS
    'Keyed hash of the address in lower case, by which it is found.';
COMMENT ON COLUMN auth.login.email IS
    'Address, where mail goes; for an account issued at a desk it may be a '
    'user name without an @ until its holder gives one.';
COMMENT ON COLUMN auth.login.password IS
    'Argon2id of the peppered password; lib/auth/password.h.';
COMMENT ON COLUMN auth.login.language IS 'Language of mail.';
COMMENT ON COLUMN auth.login.source IS 'Where it was made.';
COMMENT ON COLUMN auth.login.must_change IS
    'The password was handed out on paper and opens only the page that '
    'changes it.';
COMMENT ON COLUMN auth.login.password_ends_at IS
    'When a handed-out password ends.';
COMMENT ON COLUMN auth.login.totp_sealed IS
    'Secret of the second factor, sealed; none: it is off.';
COMMENT ON COLUMN auth.login.totp_used IS
    'Last step whose code was used; only grows.';
COMMENT ON COLUMN auth.login.event_seq IS 'Events written so far.';
COMMENT ON COLUMN auth.login.event_hash IS
    'Hash of the last event, which the next one continues.';
COMMENT ON COLUMN auth.login.created_at IS 'Since when.';
COMMENT ON COLUMN auth.login.password_at IS 'When the password was set.';
COMMENT ON COLUMN auth.login.closed_at IS 'Closed: logs in no more.';

CREATE TABLE auth.login_account (
    login_id bigint NOT NULL REFERENCES auth.login,
    account_id bigint NOT NULL REFERENCES customer.account,
    role text NOT NULL CHECK (role IN
        ('holder', 'representative', 'delegate')),
    state text NOT NULL CHECK (state IN
        ('asked', 'active', 'refused', 'ended')),
    scope text[] NOT NULL DEFAULT '{}' CHECK (scope <@ ARRAY['see', 'pay',
        'read_meter', 'request']),
    invited_by bigint REFERENCES auth.login,
    nickname text CHECK (length(nickname) BETWEEN 1 AND 60),
    created_at timestamptz NOT NULL,
    ends_at timestamptz,
    PRIMARY KEY (login_id, account_id),
    CHECK ((role = 'delegate') = (ends_at IS NOT NULL)),
    CHECK ((role = 'delegate') = (scope <> '{}')),
    CHECK ((role = 'delegate') = (invited_by IS NOT NULL))
);
CREATE INDEX login_account_account ON auth.login_account (account_id);
COMMENT ON TABLE auth.login_account IS
    'What a log-in may do with an account; auth.rights() reads it and '
    'nothing else does.';
COMMENT ON COLUMN auth.login_account.login_id IS 'Who.';
COMMENT ON COLUMN auth.login_account.account_id IS 'With which account.';
COMMENT ON COLUMN auth.login_account.role IS
    'holder: by client code and a bill; representative: of a company, by an '
    'authority on file; delegate: invited by one of these.';
COMMENT ON COLUMN auth.login_account.state IS
    'asked: waits for the owner''s or the staff''s yes and opens nothing.';
COMMENT ON COLUMN auth.login_account.scope IS
    'What a delegate may do; the others may do all.';
COMMENT ON COLUMN auth.login_account.invited_by IS 'Who invited a delegate.';
COMMENT ON COLUMN auth.login_account.nickname IS
    'What this log-in calls the account.';
COMMENT ON COLUMN auth.login_account.created_at IS 'Since when.';
COMMENT ON COLUMN auth.login_account.ends_at IS 'When a delegate''s end.';

CREATE TABLE auth.token (
    number bytea PRIMARY KEY CHECK (octet_length(number) = 32),
    kind text NOT NULL CHECK (kind IN ('activate', 'reset', 'agree',
        'have_account', 'invite', 'email')),
    login_id bigint REFERENCES auth.login,
    account_id bigint REFERENCES customer.account,
    email_key bytea CHECK (octet_length(email_key) = 32),
    email text CHECK (length(email) <= 254),
    password text CHECK (password LIKE '$argon2id$%'),
    language text NOT NULL CHECK (language IN ('ro', 'bg', 'en')),
    args jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX token_expires ON auth.token (expires_at);
CREATE INDEX token_login ON auth.token (login_id)
    WHERE login_id IS NOT NULL;
COMMENT ON TABLE auth.token IS
    'Mailed links of one use.  The number opens nothing by itself: the link '
    'carries a part that only the programs can make.';
COMMENT ON COLUMN auth.token.number IS 'Random number of the link.';
COMMENT ON COLUMN auth.token.kind IS 'What it does.';
COMMENT ON COLUMN auth.token.login_id IS 'For whom, where that exists.';
COMMENT ON COLUMN auth.token.account_id IS
    'About which account; none: the data were wrong, and it opens nothing.';
COMMENT ON COLUMN auth.token.email_key IS 'Log-in that it will make.';
COMMENT ON COLUMN auth.token.email IS 'Address that it was mailed to.';
COMMENT ON COLUMN auth.token.password IS 'Password of the log-in to be.';
COMMENT ON COLUMN auth.token.language IS 'Language of who asked.';
COMMENT ON COLUMN auth.token.args IS 'What else it carries.';
COMMENT ON COLUMN auth.token.created_at IS 'When it was asked for.';
COMMENT ON COLUMN auth.token.expires_at IS 'Until when it opens.';
COMMENT ON COLUMN auth.token.used_at IS 'When it was used.';

CREATE TABLE auth.session (
    key bytea PRIMARY KEY CHECK (octet_length(key) = 32),
    public_id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
    login_id bigint NOT NULL REFERENCES auth.login,
    stage text NOT NULL CHECK (stage IN ('code', 'change', 'in')),
    kept boolean NOT NULL,
    agent text NOT NULL CHECK (length(agent) <= 60),
    started_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    confirmed_at timestamptz NOT NULL,
    idle interval NOT NULL CHECK (idle > interval '0'),
    ends_at timestamptz NOT NULL
) WITH (fillfactor = 70);
CREATE INDEX session_login ON auth.session (login_id);
CREATE INDEX session_ends ON auth.session (ends_at);
COMMENT ON TABLE auth.session IS 'A browser that is logged in.';
COMMENT ON COLUMN auth.session.key IS 'Keyed hash of the cookie.';
COMMENT ON COLUMN auth.session.public_id IS 'Id in the list of sessions.';
COMMENT ON COLUMN auth.session.login_id IS 'Who.';
COMMENT ON COLUMN auth.session.stage IS
    'code: the second factor is due; change: a new password is due; in.';
COMMENT ON COLUMN auth.session.kept IS '"Keep me in" was ticked.';
COMMENT ON COLUMN auth.session.agent IS 'Kind of browser, for the list.';
COMMENT ON COLUMN auth.session.started_at IS 'Since when.';
COMMENT ON COLUMN auth.session.seen_at IS
    'Last request, to about a minute.';
COMMENT ON COLUMN auth.session.confirmed_at IS
    'When the password was last typed.';
COMMENT ON COLUMN auth.session.idle IS
    'Ends when nothing was asked for so long.';
COMMENT ON COLUMN auth.session.ends_at IS 'Ends then in any case.';

CREATE TABLE auth.device (
    login_id bigint NOT NULL REFERENCES auth.login,
    browser_hash bytea NOT NULL CHECK (octet_length(browser_hash) = 32),
    ends_at timestamptz NOT NULL,
    trusted boolean NOT NULL,
    PRIMARY KEY (login_id, browser_hash)
);
CREATE INDEX device_ends ON auth.device (ends_at);
COMMENT ON TABLE auth.device IS
    'Browsers that a log-in was used from: guesses made elsewhere do not '
    'hold them up.';
COMMENT ON COLUMN auth.device.login_id IS 'Who.';
COMMENT ON COLUMN auth.device.browser_hash IS
    'Keyed hash of the browser''s cookie.';
COMMENT ON COLUMN auth.device.ends_at IS 'Until when it is known.';
COMMENT ON COLUMN auth.device.trusted IS
    'The second factor was given here and is not asked again.';

CREATE TABLE auth.event (
    login_id bigint NOT NULL REFERENCES auth.login,
    seq integer NOT NULL,
    at timestamptz NOT NULL,
    kind text NOT NULL CHECK (kind ~ '^[a-z_]{1,30}$'),
    detail text NOT NULL CHECK (length(detail) <= 200),
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    PRIMARY KEY (login_id, seq)
);
COMMENT ON TABLE auth.event IS
    'What happened to a log-in and its data; insert-only, each row hashed '
    'with the one before it.';
COMMENT ON COLUMN auth.event.login_id IS 'Whose.';
COMMENT ON COLUMN auth.event.seq IS 'From 1, without gaps.';
COMMENT ON COLUMN auth.event.at IS 'When.';
COMMENT ON COLUMN auth.event.kind IS 'What.';
COMMENT ON COLUMN auth.event.detail IS 'Of what: an account, a browser.';
COMMENT ON COLUMN auth.event.hash IS
    'SHA-256 of the hash before it and of "seq|microseconds|kind|detail".';
CREATE TRIGGER event_is_kept BEFORE UPDATE OR DELETE ON auth.event
    EXECUTE FUNCTION ops.refuse_change();

DO $$
DECLARE
    v_table regclass;
BEGIN
    FOR v_table IN
        SELECT c.oid::regclass FROM pg_catalog.pg_class AS c
        JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND n.nspname = 'auth' ORDER BY 1
    LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', v_table);
        EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', v_table);
        EXECUTE format('CREATE POLICY operator ON %s TO smetka_owner '
            'USING (true) WITH CHECK (true)', v_table);
        EXECUTE format('COMMENT ON POLICY operator ON %s IS %L', v_table,
            'The operator''s command line sees all.');
    END LOOP;
END $$;

-- What the functions of schema self may see: rows of the accounts that
-- auth.act() has found for this transaction.  Without it there are none.
CREATE FUNCTION auth.acting() RETURNS bigint[]
LANGUAGE sql STABLE AS $$
    SELECT nullif(pg_catalog.current_setting('smetka.accounts', true),
        '')::bigint[]
$$;
COMMENT ON FUNCTION auth.acting IS
    'The accounts that this transaction is about; set by auth.act().';
ALTER FUNCTION auth.acting() OWNER TO smetka_owner;

DO $$
DECLARE
    v_rule record;
BEGIN
    FOR v_rule IN SELECT * FROM (VALUES
        ('customer.account',
            'id = ANY ((SELECT auth.acting())::bigint[])'),
        ('customer.contract',
            'account_id = ANY ((SELECT auth.acting())::bigint[])'),
        ('customer.supply_point', 'EXISTS (SELECT FROM customer.contract '
            'AS c WHERE c.id = contract_id)'),
        ('customer.party', 'EXISTS (SELECT FROM customer.account AS a '
            'WHERE a.party_id = party.id)'),
        ('billing.document',
            'account_id = ANY ((SELECT auth.acting())::bigint[])'),
        ('billing.document_line', 'EXISTS (SELECT FROM billing.document '
            'AS d WHERE d.id = document_id)'),
        ('billing.document_tax', 'EXISTS (SELECT FROM billing.document '
            'AS d WHERE d.id = document_id)'),
        ('billing.original', 'EXISTS (SELECT FROM billing.document '
            'AS d WHERE d.id = document_id)'),
        ('billing.open_item',
            'account_id = ANY ((SELECT auth.acting())::bigint[])'),
        ('billing.balance',
            'account_id = ANY ((SELECT auth.acting())::bigint[])'),
        ('billing.received',
            'account_id = ANY ((SELECT auth.acting())::bigint[])'))
        AS r (name, rule)
    LOOP
        EXECUTE format('CREATE POLICY customer ON %s FOR SELECT '
            'TO smetka_self USING (%s)', v_rule.name, v_rule.rule);
        EXECUTE format('COMMENT ON POLICY customer ON %s IS %L', v_rule.name,
            'A customer sees what belongs to the accounts acted on.');
    END LOOP;
END $$;
