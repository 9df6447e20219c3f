-- Schemas by domain, and what the operation of the site itself needs.

CREATE SCHEMA ops;
CREATE SCHEMA customer;
CREATE SCHEMA billing;
CREATE SCHEMA pay;
CREATE SCHEMA notify;
CREATE SCHEMA log;
CREATE SCHEMA audit;

COMMENT ON SCHEMA ops IS 'Migrations, settings and budgets of the site.';
COMMENT ON SCHEMA customer IS 'Parties, accounts, contracts, supply points.';
COMMENT ON SCHEMA billing IS 'Documents, what is open on them, the journal.';
COMMENT ON SCHEMA pay IS 'Guest handles, payments, settlements, receipts.';
COMMENT ON SCHEMA notify IS 'Messages to be sent.';
COMMENT ON SCHEMA log IS 'What was looked up, by keyed hashes only.';
COMMENT ON SCHEMA audit IS 'Stable read-only views for checks from outside.';

CREATE TABLE ops.migration (
    name text PRIMARY KEY,
    sha256 bytea NOT NULL CHECK (octet_length(sha256) = 32),
    applied_at timestamptz NOT NULL
);
COMMENT ON TABLE ops.migration IS 'Migrations that were applied.';
COMMENT ON COLUMN ops.migration.name IS 'File name, such as 0001_ops.sql.';
COMMENT ON COLUMN ops.migration.sha256 IS
    'Hash of the file as applied; an applied file is never edited.';
COMMENT ON COLUMN ops.migration.applied_at IS 'When it was applied.';

CREATE TABLE ops.setting (
    name text PRIMARY KEY CHECK (name IN
        ('sweep.first_s', 'order.life_s', 'unknown.after_s')),
    value bigint NOT NULL CHECK (value BETWEEN 1 AND 604800)
);
COMMENT ON TABLE ops.setting IS
    'The few settings that rules inside the database depend on.';
COMMENT ON COLUMN ops.setting.name IS 'Name, as in the settings file.';
COMMENT ON COLUMN ops.setting.value IS 'Value, in seconds.';
INSERT INTO ops.setting (name, value) VALUES
    ('sweep.first_s', 10), ('order.life_s', 3600), ('unknown.after_s', 120);

CREATE TABLE ops.budget (
    kind text NOT NULL
        CHECK (kind IN ('address', 'identifier', 'link')),
    key bytea NOT NULL CHECK (octet_length(key) <= 32),
    used integer NOT NULL CHECK (used >= 0),
    ends_at timestamptz NOT NULL,
    PRIMARY KEY (kind, key)
) WITH (fillfactor = 60);
CREATE INDEX budget_ends_at ON ops.budget (ends_at);
COMMENT ON TABLE ops.budget IS
    'Counters in fixed windows against guessing; a look-up removes old rows.';
COMMENT ON COLUMN ops.budget.kind IS
    'address: look-ups of one address; identifier: failures on one code; '
    'link: pay links opened by one address.';
COMMENT ON COLUMN ops.budget.key IS 'Keyed hash of the address or code.';
COMMENT ON COLUMN ops.budget.used IS 'How many in this window.';
COMMENT ON COLUMN ops.budget.ends_at IS 'When the window ends.';

CREATE TABLE ops.miss (
    slot smallint PRIMARY KEY CHECK (slot BETWEEN 0 AND 15),
    used integer NOT NULL DEFAULT 0 CHECK (used >= 0),
    ends_at timestamptz NOT NULL DEFAULT '-infinity'
) WITH (fillfactor = 10);
INSERT INTO ops.miss (slot) SELECT s FROM generate_series(0, 15) AS g (s);
COMMENT ON TABLE ops.miss IS
    'Failures of all look-ups in an hour, spread over 16 rows so that '
    'look-ups do not queue for one.';
COMMENT ON COLUMN ops.miss.slot IS 'Which of the rows; taken at random.';
COMMENT ON COLUMN ops.miss.used IS 'How many in this window.';
COMMENT ON COLUMN ops.miss.ends_at IS 'When the window ends.';

-- For tables whose rows are evidence.  Grants forbid it as well; this holds
-- for the owner too.
CREATE FUNCTION ops.refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    RAISE EXCEPTION '% on %.% is refused: its rows are never changed',
        TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
COMMENT ON FUNCTION ops.refuse_change() IS
    'Trigger of insert-only tables: refuses UPDATE, DELETE and TRUNCATE.';
