-- Messages to be sent, and the log of look-ups.

CREATE TABLE notify.outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    dedupe_key text NOT NULL UNIQUE CHECK (length(dedupe_key) <= 200),
    channel text NOT NULL CHECK (channel IN ('mail', 'sms')),
    recipient text NOT NULL CHECK (length(recipient) BETWEEN 1 AND 254),
    template text NOT NULL CHECK (template ~ '^[a-z_]{1,40}$'),
    language text NOT NULL CHECK (language IN ('ro', 'bg', 'en')),
    args jsonb NOT NULL DEFAULT '{}',
    state text NOT NULL DEFAULT 'queued' CHECK (state IN
        ('queued', 'sending', 'sent', 'failed', 'dead')),
    attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    next_try_at timestamptz,
    last_error text CHECK (length(last_error) <= 500),
    created_at timestamptz NOT NULL,
    sent_at timestamptz,
    CHECK ((state = 'sent') = (sent_at IS NOT NULL)),
    CHECK ((state IN ('queued', 'sending')) = (next_try_at IS NOT NULL))
) WITH (fillfactor = 80);
CREATE INDEX outbox_due ON notify.outbox (next_try_at)
    WHERE next_try_at IS NOT NULL;
COMMENT ON TABLE notify.outbox IS
    'Messages, written in the transaction that they report.';
COMMENT ON COLUMN notify.outbox.id IS 'Key.';
COMMENT ON COLUMN notify.outbox.dedupe_key IS
    'What the message is about; it is sent once.';
COMMENT ON COLUMN notify.outbox.channel IS 'How it goes.';
COMMENT ON COLUMN notify.outbox.recipient IS 'Where it goes.';
COMMENT ON COLUMN notify.outbox.template IS 'What it says.';
COMMENT ON COLUMN notify.outbox.language IS 'In which language.';
COMMENT ON COLUMN notify.outbox.args IS
    'What the template is filled from; never a secret.';
COMMENT ON COLUMN notify.outbox.state IS 'How far it is.';
COMMENT ON COLUMN notify.outbox.attempts IS 'How often it was tried.';
COMMENT ON COLUMN notify.outbox.next_try_at IS
    'When it is due; while it is sent, when the lease ends.';
COMMENT ON COLUMN notify.outbox.last_error IS 'Why the last try failed.';
COMMENT ON COLUMN notify.outbox.created_at IS 'When it was written.';
COMMENT ON COLUMN notify.outbox.sent_at IS 'When it was handed over.';

CREATE TABLE log.lookup (
    at timestamptz NOT NULL,
    page text NOT NULL CHECK (length(page) <= 20),
    outcome text NOT NULL CHECK (length(outcome) <= 20),
    address_hash bytea,
    code_hash bytea,
    browser_hash bytea
);
CREATE INDEX lookup_at ON log.lookup USING brin (at);
COMMENT ON TABLE log.lookup IS 'Look-ups by code; keyed hashes only.';
COMMENT ON COLUMN log.lookup.at IS 'When.';
COMMENT ON COLUMN log.lookup.page IS 'From which page.';
COMMENT ON COLUMN log.lookup.outcome IS 'What was answered.';
COMMENT ON COLUMN log.lookup.address_hash IS 'Hash of the network address.';
COMMENT ON COLUMN log.lookup.code_hash IS 'Hash of the code typed.';
COMMENT ON COLUMN log.lookup.browser_hash IS 'Hash of the browser''s cookie.';
CREATE TRIGGER lookup_is_kept BEFORE UPDATE ON log.lookup
    EXECUTE FUNCTION ops.refuse_change();
