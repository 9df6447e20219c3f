-- Meters, what they showed, when customers may send it, and what waits for a
-- person's decision.

CREATE SCHEMA meter;
COMMENT ON SCHEMA meter IS 'Meters, readings, and when they are read.';

-- How and when -------------------------------------------------------------

CREATE TABLE meter.route (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE CHECK (length(code) BETWEEN 1 AND 40),
    first_day smallint CHECK (first_day BETWEEN 1 AND 31),
    last_day smallint CHECK (last_day BETWEEN 1 AND 31),
    every_months smallint NOT NULL DEFAULT 1
        CHECK (every_months IN (1, 2, 3, 4, 6, 12)),
    base_month smallint NOT NULL DEFAULT 1
        CHECK (base_month BETWEEN 1 AND 12),
    read_method text NOT NULL
        CHECK (read_method IN ('self', 'remote', 'visit')),
    read_every_months smallint
        CHECK (read_every_months BETWEEN 1 AND 60),
    keeps_outside boolean NOT NULL DEFAULT false,
    note_ro text CHECK (length(note_ro) <= 500),
    note_bg text CHECK (length(note_bg) <= 500),
    note_en text CHECK (length(note_en) <= 500),
    CHECK ((first_day IS NULL) = (last_day IS NULL))
);
COMMENT ON TABLE meter.route IS
    'A route: places that are read in one way and at one time.';
COMMENT ON COLUMN meter.route.id IS 'Key.';
COMMENT ON COLUMN meter.route.code IS 'The company''s name of it.';
COMMENT ON COLUMN meter.route.first_day IS
    'First day of the month on which customers may send a reading, cut to '
    'the month''s length; null: only on the dates of route_dates.';
COMMENT ON COLUMN meter.route.last_day IS
    'Last day, likewise; below the first it is of the next month.';
COMMENT ON COLUMN meter.route.every_months IS
    'The window opens every so many months.';
COMMENT ON COLUMN meter.route.base_month IS
    'One of the months in which it opens.';
COMMENT ON COLUMN meter.route.read_method IS
    'How the company learns what the meter shows: self (from the customer), '
    'remote, visit.';
COMMENT ON COLUMN meter.route.read_every_months IS
    'How often the company reads the meter itself; null: never.';
COMMENT ON COLUMN meter.route.keeps_outside IS
    'A reading that comes outside of the window is kept, for information.';
COMMENT ON COLUMN meter.route.note_ro IS
    'What customers should know about it besides, in Romanian.';
COMMENT ON COLUMN meter.route.note_bg IS 'The same in Bulgarian.';
COMMENT ON COLUMN meter.route.note_en IS 'The same in English.';

CREATE TABLE meter.route_dates (
    route_id bigint NOT NULL REFERENCES meter.route,
    opens_on date NOT NULL,
    closes_on date NOT NULL,
    PRIMARY KEY (route_id, opens_on),
    CHECK (opens_on <= closes_on)
);
COMMENT ON TABLE meter.route_dates IS 'Windows that the company sets by date.';
COMMENT ON COLUMN meter.route_dates.route_id IS 'The route.';
COMMENT ON COLUMN meter.route_dates.opens_on IS 'First day.';
COMMENT ON COLUMN meter.route_dates.closes_on IS 'Last day.';

CREATE TABLE meter.place (
    supply_point_id bigint PRIMARY KEY REFERENCES customer.supply_point,
    route_id bigint NOT NULL REFERENCES meter.route
);
CREATE INDEX place_route ON meter.place (route_id);
COMMENT ON TABLE meter.place IS 'Which route a supply point is on.';
COMMENT ON COLUMN meter.place.supply_point_id IS 'The supply point.';
COMMENT ON COLUMN meter.place.route_id IS 'Its route.';

-- Meters -------------------------------------------------------------------

CREATE TABLE meter.meter (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    public_id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
    supply_point_id bigint NOT NULL REFERENCES customer.supply_point,
    replaced_by bigint REFERENCES meter.meter,
    installed_on date,
    removed_on date,
    kind text NOT NULL
        CHECK (kind IN ('electricity', 'gas', 'water', 'heat')),
    serial text NOT NULL CHECK (length(serial) BETWEEN 1 AND 40),
    serial_key text NOT NULL GENERATED ALWAYS AS
        (upper(regexp_replace(serial, '[^0-9A-Za-z]', '', 'g'))) STORED,
    UNIQUE (supply_point_id, serial),
    CHECK (installed_on <= removed_on),
    CHECK (replaced_by IS NULL OR removed_on IS NOT NULL),
    CHECK (replaced_by <> id)
);
CREATE INDEX meter_serial ON meter.meter (serial_key);
CREATE INDEX meter_replaced_by ON meter.meter (replaced_by)
    WHERE replaced_by IS NOT NULL;
COMMENT ON TABLE meter.meter IS 'A meter at a supply point.';
COMMENT ON COLUMN meter.meter.id IS 'Key.';
COMMENT ON COLUMN meter.meter.public_id IS 'Random id for addresses.';
COMMENT ON COLUMN meter.meter.supply_point_id IS 'Where it is.';
COMMENT ON COLUMN meter.meter.replaced_by IS
    'The meter that came in its place; what was usual goes over to it.';
COMMENT ON COLUMN meter.meter.installed_on IS 'First day there.';
COMMENT ON COLUMN meter.meter.removed_on IS
    'Last day there; null: it is there.';
COMMENT ON COLUMN meter.meter.kind IS 'What it measures.';
COMMENT ON COLUMN meter.meter.serial IS 'Serial number as printed on it.';
COMMENT ON COLUMN meter.meter.serial_key IS
    'The same as it is looked up: letters and digits, in capitals.';

CREATE TABLE meter.register (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    meter_id bigint NOT NULL REFERENCES meter.meter,
    factor_milli bigint NOT NULL DEFAULT 1000
        CHECK (factor_milli BETWEEN 1 AND 100000000),
    no smallint NOT NULL CHECK (no BETWEEN 1 AND 8),
    digits smallint NOT NULL CHECK (digits BETWEEN 1 AND 9),
    decimals smallint NOT NULL DEFAULT 0 CHECK (decimals BETWEEN 0 AND 3),
    kind text NOT NULL DEFAULT 'single'
        CHECK (kind IN ('single', 'day', 'night', 'import', 'export')),
    unit text NOT NULL CHECK (unit ~ '^[A-Z0-9]{2,3}$'),
    code text NOT NULL DEFAULT '' CHECK (length(code) <= 20),
    UNIQUE (meter_id, no)
);
COMMENT ON TABLE meter.register IS 'One of the figures that a meter shows.';
COMMENT ON COLUMN meter.register.id IS 'Key.';
COMMENT ON COLUMN meter.register.meter_id IS 'The meter.';
COMMENT ON COLUMN meter.register.factor_milli IS
    'Thousandths of real units that one unit of the dial stands for '
    '(transformers): 1000 is the dial itself.';
COMMENT ON COLUMN meter.register.no IS 'Place on the meter, from 1.';
COMMENT ON COLUMN meter.register.digits IS 'Digits before the decimals.';
COMMENT ON COLUMN meter.register.decimals IS 'Decimals of the dial.';
COMMENT ON COLUMN meter.register.kind IS
    'What it counts: single, day, night, import, export.';
COMMENT ON COLUMN meter.register.unit IS
    'UN/ECE Recommendation 20 code of the unit: KWH, MTQ, GJ, ...';
COMMENT ON COLUMN meter.register.code IS
    'What the meter calls it, such as 1.8.1; may be empty.';

-- Readings -----------------------------------------------------------------

CREATE SEQUENCE meter.reference_no AS bigint;
COMMENT ON SEQUENCE meter.reference_no IS 'Numbers of submissions.';

CREATE TYPE meter.source AS ENUM ('read', 'self_read', 'estimated', 'sms',
    'csv', 'guest', 'office');
COMMENT ON TYPE meter.source IS
    'Where a reading comes from: read (by the company), self_read (by the '
    'customer in the portal), estimated (by the company), sms, csv (a file '
    'of many), guest (without log-in), office (told to the staff).';

CREATE TYPE meter.state AS ENUM ('accepted', 'in_check', 'replaced',
    'refused', 'informative');
COMMENT ON TYPE meter.state IS
    'accepted counts; in_check waits for a person; replaced by a later '
    'version; refused by a person; informative came outside of the window.';

CREATE TABLE meter.submission (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    public_id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
    meter_id bigint NOT NULL REFERENCES meter.meter,
    received_at timestamptz NOT NULL,
    read_on date NOT NULL,
    source meter.source NOT NULL,
    reference text NOT NULL UNIQUE
        CHECK (reference ~ '^[2-9A-HJKMNP-Z]{8}$'),
    once_key bytea NOT NULL CHECK (octet_length(once_key) BETWEEN 16 AND 32),
    UNIQUE (meter_id, once_key)
);
COMMENT ON TABLE meter.submission IS
    'What a customer sent about a meter in one go: a reading a register.';
COMMENT ON COLUMN meter.submission.id IS 'Key.';
COMMENT ON COLUMN meter.submission.public_id IS 'Random id for addresses.';
COMMENT ON COLUMN meter.submission.meter_id IS 'The meter.';
COMMENT ON COLUMN meter.submission.received_at IS 'When it came.';
COMMENT ON COLUMN meter.submission.read_on IS 'The day it was read.';
COMMENT ON COLUMN meter.submission.source IS 'Which way it came.';
COMMENT ON COLUMN meter.submission.reference IS
    'Number to be told by telephone: eight characters, the last one checks.';
COMMENT ON COLUMN meter.submission.once_key IS
    'Key of the form: the same key again is the same submission.';
CREATE TRIGGER submission_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE
    ON meter.submission EXECUTE FUNCTION ops.refuse_change();

CREATE TABLE meter.reading (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    register_id bigint NOT NULL REFERENCES meter.register,
    value_milli bigint NOT NULL
        CHECK (value_milli BETWEEN 0 AND 999999999999),
    received_at timestamptz NOT NULL,
    submission_id bigint REFERENCES meter.submission,
    corrects bigint REFERENCES meter.reading,
    document_id bigint REFERENCES billing.document,
    read_on date NOT NULL,
    source meter.source NOT NULL,
    state meter.state NOT NULL,
    billed boolean NOT NULL DEFAULT false,
    reason text CHECK (length(reason) <= 200),
    CHECK (billed OR document_id IS NULL),
    CHECK (NOT billed OR state IN ('accepted', 'replaced'))
) WITH (fillfactor = 95);
-- what counts: at most one a register and day; the order, the last one and
-- what was used are read from this index alone
CREATE UNIQUE INDEX reading_counts ON meter.reading (register_id, read_on)
    INCLUDE (value_milli, source) WHERE state = 'accepted';
CREATE INDEX reading_versions ON meter.reading (register_id, read_on)
    WHERE state <> 'accepted';
CREATE INDEX reading_submission ON meter.reading (submission_id)
    WHERE submission_id IS NOT NULL;
COMMENT ON TABLE meter.reading IS
    'What a register showed on a day.  All versions are kept: only the '
    'state, its reason and whether it is billed ever change.';
COMMENT ON COLUMN meter.reading.id IS 'Key.';
COMMENT ON COLUMN meter.reading.register_id IS 'The register.';
COMMENT ON COLUMN meter.reading.value_milli IS
    'The index, in thousandths of the register''s unit, as the dial shows.';
COMMENT ON COLUMN meter.reading.received_at IS 'When it came here.';
COMMENT ON COLUMN meter.reading.submission_id IS
    'What it was sent with; null: the company''s own.';
COMMENT ON COLUMN meter.reading.corrects IS
    'The version that this one replaced.';
COMMENT ON COLUMN meter.reading.document_id IS 'The bill that used it.';
COMMENT ON COLUMN meter.reading.read_on IS 'The day it was read.';
COMMENT ON COLUMN meter.reading.source IS 'Where it comes from.';
COMMENT ON COLUMN meter.reading.state IS 'What it counts for.';
COMMENT ON COLUMN meter.reading.billed IS
    'A bill used it: it cannot be corrected here any more.';
COMMENT ON COLUMN meter.reading.reason IS
    'Why it is in its state, for the customer to read.';

-- Legal moves of a reading: a row that is in check is decided or replaced, one
-- that counts is replaced while no bill used it.
CREATE FUNCTION meter.reading_keeps() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    IF row(NEW.id, NEW.register_id, NEW.value_milli, NEW.received_at,
            NEW.submission_id, NEW.corrects, NEW.read_on, NEW.source)
        IS DISTINCT FROM row(OLD.id, OLD.register_id, OLD.value_milli,
            OLD.received_at, OLD.submission_id, OLD.corrects, OLD.read_on,
            OLD.source)
        OR (OLD.billed AND (NOT NEW.billed OR NEW.state <> OLD.state
            OR NEW.document_id IS DISTINCT FROM
                coalesce(OLD.document_id, NEW.document_id)))
        OR (NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
            ('in_check', 'accepted'), ('in_check', 'refused'),
            ('in_check', 'replaced'), ('accepted', 'replaced'),
            ('informative', 'replaced')))
    THEN
        RAISE EXCEPTION 'reading % keeps what it says', OLD.id
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
COMMENT ON FUNCTION meter.reading_keeps() IS
    'Trigger: of a reading only the state, its reason and the bill change, '
    'and the state only by legal moves.';
CREATE TRIGGER reading_keeps BEFORE UPDATE ON meter.reading
    FOR EACH ROW EXECUTE FUNCTION meter.reading_keeps();
CREATE TRIGGER reading_is_kept BEFORE DELETE OR TRUNCATE ON meter.reading
    EXECUTE FUNCTION ops.refuse_change();

-- What guests send is only written here; whether it is anybody's is found out
-- afterwards, by jobs, so that neither an answer nor its time says anything.
CREATE TABLE meter.inbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    received_at timestamptz NOT NULL,
    taken_at timestamptz,
    read_on date NOT NULL,
    outcome text CHECK (outcome IN ('stored', 'miss', 'refused')),
    serial_key text NOT NULL CHECK (length(serial_key) BETWEEN 1 AND 40),
    reference text NOT NULL UNIQUE
        CHECK (reference ~ '^[2-9A-HJKMNP-Z]{8}$'),
    client_hash bytea NOT NULL CHECK (octet_length(client_hash) = 32),
    once_key bytea NOT NULL UNIQUE
        CHECK (octet_length(once_key) BETWEEN 16 AND 32),
    values_milli bigint[] NOT NULL
        CHECK (cardinality(values_milli) BETWEEN 1 AND 8),
    CHECK ((taken_at IS NULL) = (outcome IS NULL))
);
CREATE INDEX inbox_waits ON meter.inbox (id) WHERE taken_at IS NULL;
CREATE INDEX inbox_taken ON meter.inbox (taken_at)
    WHERE taken_at IS NOT NULL;
COMMENT ON TABLE meter.inbox IS
    'Readings that guests sent, until they are looked at; kept for 30 days.';
COMMENT ON COLUMN meter.inbox.id IS 'Key.';
COMMENT ON COLUMN meter.inbox.received_at IS 'When it came.';
COMMENT ON COLUMN meter.inbox.taken_at IS 'When it was looked at.';
COMMENT ON COLUMN meter.inbox.read_on IS 'The day it was read.';
COMMENT ON COLUMN meter.inbox.outcome IS
    'stored as a reading; miss: no such client and meter; refused: it could '
    'not be one.';
COMMENT ON COLUMN meter.inbox.serial_key IS 'The serial number that was typed.';
COMMENT ON COLUMN meter.inbox.reference IS
    'The number that the guest was told; the submission gets it.';
COMMENT ON COLUMN meter.inbox.client_hash IS
    'Keyed hash of the client code that was typed.';
COMMENT ON COLUMN meter.inbox.once_key IS 'Key of the form.';
COMMENT ON COLUMN meter.inbox.values_milli IS
    'The values in the order of the registers, in thousandths.';

-- What waits for a person ---------------------------------------------------

CREATE TABLE ops.review (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subject_id bigint NOT NULL,
    created_at timestamptz NOT NULL,
    decided_at timestamptz,
    kind text NOT NULL CHECK (kind IN
        ('reading', 'representative', 'business_data')),
    state text NOT NULL DEFAULT 'open' CHECK (state IN
        ('open', 'approved', 'refused', 'withdrawn')),
    decided_by text CHECK (length(decided_by) BETWEEN 1 AND 100),
    note text CHECK (length(note) <= 200),
    args jsonb NOT NULL DEFAULT '{}',
    CHECK ((state = 'open') = (decided_at IS NULL)),
    CHECK ((state IN ('approved', 'refused')) = (decided_by IS NOT NULL))
);
CREATE UNIQUE INDEX review_open ON ops.review (kind, subject_id)
    WHERE state = 'open';
COMMENT ON TABLE ops.review IS
    'What somebody sent and a person of the company has to decide.';
COMMENT ON COLUMN ops.review.id IS 'Key; staff say it.';
COMMENT ON COLUMN ops.review.subject_id IS
    'What it is about: for a reading the submission.';
COMMENT ON COLUMN ops.review.created_at IS 'Since when it waits.';
COMMENT ON COLUMN ops.review.decided_at IS 'When it ended.';
COMMENT ON COLUMN ops.review.kind IS
    'What is decided: reading, representative (of a customer), '
    'business_data.  A kind that is not named here cannot be opened, and one '
    'that ops.review_decide() does not know cannot be decided.';
COMMENT ON COLUMN ops.review.state IS
    'open, approved, refused; withdrawn: its sender replaced it.';
COMMENT ON COLUMN ops.review.decided_by IS 'Who decided.';
COMMENT ON COLUMN ops.review.note IS
    'Why; of a refusal the customer reads it.';
COMMENT ON COLUMN ops.review.args IS 'What the decision needs to know.';

-- Row security, as in 0006 ---------------------------------------------------

DO $$
DECLARE
    v_table regclass;
BEGIN
    FOR v_table IN
        SELECT c.oid::regclass FROM pg_catalog.pg_class AS c
        JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND ((n.nspname = 'meter'
                AND c.relname NOT IN ('route', 'route_dates'))
            OR (n.nspname = 'ops' AND c.relname = 'review'))
        ORDER BY 1
    LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', v_table);
        EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', v_table);
        EXECUTE format('CREATE POLICY operator ON %s TO smetka_owner '
            'USING (true) WITH CHECK (true)', v_table);
        EXECUTE format('COMMENT ON POLICY operator ON %s IS %L', v_table,
            'The operator''s command line sees all.');
    END LOOP;
END $$;
