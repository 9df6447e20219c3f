--
-- PostgreSQL database dump
--

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: audit; Type: SCHEMA; Schema: -; Owner: smetka_owner
--

CREATE SCHEMA audit;

ALTER SCHEMA audit OWNER TO smetka_owner;

--
-- Name: SCHEMA audit; Type: COMMENT; Schema: -; Owner: smetka_owner
--

COMMENT ON SCHEMA audit IS 'Stable read-only views for checks from outside.';

--
-- Name: auth; Type: SCHEMA; Schema: -; Owner: smetka_owner
--

CREATE SCHEMA auth;

ALTER SCHEMA auth OWNER TO smetka_owner;

--
-- Name: SCHEMA auth; Type: COMMENT; Schema: -; Owner: smetka_owner
--

COMMENT ON SCHEMA auth IS 'Log-ins, sessions, rights.';

--
-- Name: billing; Type: SCHEMA; Schema: -; Owner: smetka_owner
--

CREATE SCHEMA billing;

ALTER SCHEMA billing OWNER TO smetka_owner;

--
-- Name: SCHEMA billing; Type: COMMENT; Schema: -; Owner: smetka_owner
--

COMMENT ON SCHEMA billing IS 'Documents, what is open on them, the journal.';

--
-- Name: customer; Type: SCHEMA; Schema: -; Owner: smetka_owner
--

CREATE SCHEMA customer;

ALTER SCHEMA customer OWNER TO smetka_owner;

--
-- Name: SCHEMA customer; Type: COMMENT; Schema: -; Owner: smetka_owner
--

COMMENT ON SCHEMA customer IS 'Parties, accounts, contracts, supply points.';

--
-- Name: log; Type: SCHEMA; Schema: -; Owner: smetka_owner
--

CREATE SCHEMA log;

ALTER SCHEMA log OWNER TO smetka_owner;

--
-- Name: SCHEMA log; Type: COMMENT; Schema: -; Owner: smetka_owner
--

COMMENT ON SCHEMA log IS 'What was looked up, by keyed hashes only.';

--
-- Name: meter; Type: SCHEMA; Schema: -; Owner: smetka_owner
--

CREATE SCHEMA meter;

ALTER SCHEMA meter OWNER TO smetka_owner;

--
-- Name: SCHEMA meter; Type: COMMENT; Schema: -; Owner: smetka_owner
--

COMMENT ON SCHEMA meter IS 'Meters, readings, and when they are read.';

--
-- Name: notify; Type: SCHEMA; Schema: -; Owner: smetka_owner
--

CREATE SCHEMA notify;

ALTER SCHEMA notify OWNER TO smetka_owner;

--
-- Name: SCHEMA notify; Type: COMMENT; Schema: -; Owner: smetka_owner
--

COMMENT ON SCHEMA notify IS 'Messages to be sent.';

--
-- Name: ops; Type: SCHEMA; Schema: -; Owner: smetka_owner
--

CREATE SCHEMA ops;

ALTER SCHEMA ops OWNER TO smetka_owner;

--
-- Name: SCHEMA ops; Type: COMMENT; Schema: -; Owner: smetka_owner
--

COMMENT ON SCHEMA ops IS 'Migrations, settings and budgets of the site.';

--
-- Name: pay; Type: SCHEMA; Schema: -; Owner: smetka_owner
--

CREATE SCHEMA pay;

ALTER SCHEMA pay OWNER TO smetka_owner;

--
-- Name: SCHEMA pay; Type: COMMENT; Schema: -; Owner: smetka_owner
--

COMMENT ON SCHEMA pay IS 'Guest handles, payments, settlements, receipts.';

--
-- Name: self; Type: SCHEMA; Schema: -; Owner: smetka_owner
--

CREATE SCHEMA self;

ALTER SCHEMA self OWNER TO smetka_owner;

--
-- Name: SCHEMA self; Type: COMMENT; Schema: -; Owner: smetka_owner
--

COMMENT ON SCHEMA self IS 'What a customer who is logged in sees and does; no tables.';

--
-- Name: document_kind; Type: TYPE; Schema: billing; Owner: smetka_owner
--

CREATE TYPE billing.document_kind AS ENUM (
    'invoice',
    'credit_note'
);

ALTER TYPE billing.document_kind OWNER TO smetka_owner;

--
-- Name: TYPE document_kind; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON TYPE billing.document_kind IS 'The two kinds of documents.  An enum, since there are millions.';

--
-- Name: journal_account; Type: TYPE; Schema: billing; Owner: smetka_owner
--

CREATE TYPE billing.journal_account AS ENUM (
    'receivable',
    'credit',
    'processor_clearing',
    'disputed',
    'bank',
    'fees',
    'revenue',
    'vat',
    'suspense'
);

ALTER TYPE billing.journal_account OWNER TO smetka_owner;

--
-- Name: TYPE journal_account; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON TYPE billing.journal_account IS 'Accounts of the journal.';

--
-- Name: source; Type: TYPE; Schema: meter; Owner: smetka_owner
--

CREATE TYPE meter.source AS ENUM (
    'read',
    'self_read',
    'estimated',
    'sms',
    'csv',
    'guest',
    'office'
);

ALTER TYPE meter.source OWNER TO smetka_owner;

--
-- Name: TYPE source; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON TYPE meter.source IS 'Where a reading comes from: read (by the company), self_read (by the customer in the portal), estimated (by the company), sms, csv (a file of many), guest (without log-in), office (told to the staff).';

--
-- Name: state; Type: TYPE; Schema: meter; Owner: smetka_owner
--

CREATE TYPE meter.state AS ENUM (
    'accepted',
    'in_check',
    'replaced',
    'refused',
    'informative'
);

ALTER TYPE meter.state OWNER TO smetka_owner;

--
-- Name: TYPE state; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON TYPE meter.state IS 'accepted counts; in_check waits for a person; replaced by a later version; refused by a person; informative came outside of the window.';

--
-- Name: acting(); Type: FUNCTION; Schema: auth; Owner: smetka_owner
--

CREATE FUNCTION auth.acting() RETURNS bigint[]
    LANGUAGE sql STABLE
    AS $$
    SELECT nullif(pg_catalog.current_setting('smetka.accounts', true),
        '')::bigint[]
$$;

ALTER FUNCTION auth.acting() OWNER TO smetka_owner;

--
-- Name: FUNCTION acting(); Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON FUNCTION auth.acting() IS 'The accounts that this transaction is about; set by auth.act().';

--
-- Name: txn_sums_to_zero(); Type: FUNCTION; Schema: billing; Owner: smetka_owner
--

CREATE FUNCTION billing.txn_sums_to_zero() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION billing.txn_sums_to_zero() OWNER TO smetka_owner;

--
-- Name: FUNCTION txn_sums_to_zero(); Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON FUNCTION billing.txn_sums_to_zero() IS 'Deferred check of the journal: debit equals credit.';

--
-- Name: reading_keeps(); Type: FUNCTION; Schema: meter; Owner: smetka_owner
--

CREATE FUNCTION meter.reading_keeps() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

ALTER FUNCTION meter.reading_keeps() OWNER TO smetka_owner;

--
-- Name: FUNCTION reading_keeps(); Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON FUNCTION meter.reading_keeps() IS 'Trigger: of a reading only the state, its reason and the bill change, and the state only by legal moves.';

--
-- Name: refuse_change(); Type: FUNCTION; Schema: ops; Owner: smetka_owner
--

CREATE FUNCTION ops.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
BEGIN
    RAISE EXCEPTION '% on %.% is refused: its rows are never changed',
        TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

ALTER FUNCTION ops.refuse_change() OWNER TO smetka_owner;

--
-- Name: FUNCTION refuse_change(); Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON FUNCTION ops.refuse_change() IS 'Trigger of insert-only tables: refuses UPDATE, DELETE and TRUNCATE.';

--
-- Name: attempt_moves(); Type: FUNCTION; Schema: pay; Owner: smetka_owner
--

CREATE FUNCTION pay.attempt_moves() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'created' OR NEW.seq <> 0 THEN
            RAISE EXCEPTION 'an attempt begins as created'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.id <> OLD.id OR NEW.intent_id <> OLD.intent_id
        OR NEW.amount_minor <> OLD.amount_minor
        OR NEW.currency <> OLD.currency OR NEW.processor <> OLD.processor
        OR NEW.order_no <> OLD.order_no OR NEW.once_key <> OLD.once_key
        OR NEW.handle_hash <> OLD.handle_hash
        OR NEW.browser_hash <> OLD.browser_hash
        OR NEW.created_at <> OLD.created_at OR NEW.seq <> OLD.seq
    THEN
        RAISE EXCEPTION 'what was frozen in attempt % cannot change', OLD.id
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state = OLD.state THEN
        RETURN NEW;
    END IF;
    NEW.seq := OLD.seq + 1;
    -- the foreign key to pay.edge refuses what is no edge
    INSERT INTO pay.attempt_event
        (payment_id, seq, from_state, to_state, cause, at)
    VALUES (OLD.id, NEW.seq, OLD.state, NEW.state, NEW.last_cause,
        NEW.changed_at);
    IF NEW.final_at IS NOT NULL THEN
        DELETE FROM pay.in_flight AS f WHERE f.payment_id = OLD.id;
    END IF;
    RETURN NEW;
END $$;

ALTER FUNCTION pay.attempt_moves() OWNER TO smetka_owner;

--
-- Name: FUNCTION attempt_moves(); Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON FUNCTION pay.attempt_moves() IS 'Trigger: an attempt moves along pay.edge only, and each move is noted.';

--
-- Name: dispute_moves(); Type: FUNCTION; Schema: pay; Owner: smetka_owner
--

CREATE FUNCTION pay.dispute_moves() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'open' OR NEW.seq <> 0 THEN
            RAISE EXCEPTION 'a dispute begins as open'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.id <> OLD.id OR NEW.amount_minor <> OLD.amount_minor
        OR NEW.fee_minor <> OLD.fee_minor OR NEW.currency <> OLD.currency
        OR NEW.payment_id IS DISTINCT FROM OLD.payment_id
        OR NEW.unmatched_id IS DISTINCT FROM OLD.unmatched_id
        OR NEW.processor <> OLD.processor
        OR NEW.processor_ref <> OLD.processor_ref
        OR NEW.txn_id <> OLD.txn_id OR NEW.opened_at <> OLD.opened_at
        OR NEW.seq <> OLD.seq
    THEN
        RAISE EXCEPTION 'what was frozen in dispute % cannot change', OLD.id
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state <> OLD.state THEN
        NEW.seq := OLD.seq + 1;
        INSERT INTO pay.dispute_event
            (dispute_id, seq, from_state, to_state, cause, at)
        VALUES (OLD.id, NEW.seq, OLD.state, NEW.state, NEW.last_cause,
            NEW.changed_at);
    END IF;
    RETURN NEW;
END $$;

ALTER FUNCTION pay.dispute_moves() OWNER TO smetka_owner;

--
-- Name: FUNCTION dispute_moves(); Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON FUNCTION pay.dispute_moves() IS 'Trigger: a dispute moves along its edges only, and each move is noted.';

--
-- Name: refund_moves(); Type: FUNCTION; Schema: pay; Owner: smetka_owner
--

CREATE FUNCTION pay.refund_moves() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'requested' OR NEW.seq <> 0 THEN
            RAISE EXCEPTION 'a refund begins as requested'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.id <> OLD.id OR NEW.currency <> OLD.currency
        OR NEW.payment_id IS DISTINCT FROM OLD.payment_id
        OR NEW.unmatched_id IS DISTINCT FROM OLD.unmatched_id
        OR NEW.processor <> OLD.processor OR NEW.origin <> OLD.origin
        OR NEW.created_at <> OLD.created_at OR NEW.seq <> OLD.seq
        OR (NEW.amount_minor <> OLD.amount_minor AND OLD.state <> 'requested')
    THEN
        RAISE EXCEPTION 'what was frozen in refund % cannot change', OLD.id
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state <> OLD.state THEN
        NEW.seq := OLD.seq + 1;
        INSERT INTO pay.refund_event
            (refund_id, seq, from_state, to_state, cause, at)
        VALUES (OLD.id, NEW.seq, OLD.state, NEW.state, NEW.last_cause,
            NEW.changed_at);
    END IF;
    RETURN NEW;
END $$;

ALTER FUNCTION pay.refund_moves() OWNER TO smetka_owner;

--
-- Name: FUNCTION refund_moves(); Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON FUNCTION pay.refund_moves() IS 'Trigger: a refund moves along its edges only, and each move is noted.';

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: api_token; Type: TABLE; Schema: auth; Owner: smetka_owner
--

CREATE TABLE auth.api_token (
    key bytea NOT NULL,
    public_id uuid DEFAULT gen_random_uuid() NOT NULL,
    login_id bigint NOT NULL,
    name text NOT NULL,
    scope text[] NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone,
    CONSTRAINT api_token_check CHECK (((ends_at > created_at) AND (ends_at <= (created_at + '368 days'::interval)))),
    CONSTRAINT api_token_key_check CHECK ((octet_length(key) = 32)),
    CONSTRAINT api_token_name_check CHECK (((length(name) >= 1) AND (length(name) <= 60))),
    CONSTRAINT api_token_scope_check CHECK (((scope <> '{}'::text[]) AND (scope <@ ARRAY['see'::text])))
)
WITH (fillfactor='70');

ALTER TABLE ONLY auth.api_token FORCE ROW LEVEL SECURITY;

ALTER TABLE auth.api_token OWNER TO smetka_owner;

--
-- Name: TABLE api_token; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON TABLE auth.api_token IS 'What a program of a customer reads with.  One that is revoked or past its end is removed; that it was is in auth.event.';

--
-- Name: COLUMN api_token.key; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.api_token.key IS 'Keyed hash of the token.';

--
-- Name: COLUMN api_token.public_id; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.api_token.public_id IS 'Id in the list of tokens.';

--
-- Name: COLUMN api_token.login_id; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.api_token.login_id IS 'Whose.';

--
-- Name: COLUMN api_token.name; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.api_token.name IS 'What its owner calls it.';

--
-- Name: COLUMN api_token.scope; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.api_token.scope IS 'Actions that it may do, of those that its owner may: see alone, for a token never writes.';

--
-- Name: COLUMN api_token.created_at; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.api_token.created_at IS 'Since when.';

--
-- Name: COLUMN api_token.ends_at; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.api_token.ends_at IS 'Ends then; a year at most.';

--
-- Name: COLUMN api_token.seen_at; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.api_token.seen_at IS 'Last request, to about a minute; null: never.';

--
-- Name: device; Type: TABLE; Schema: auth; Owner: smetka_owner
--

CREATE TABLE auth.device (
    login_id bigint NOT NULL,
    browser_hash bytea NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    trusted boolean NOT NULL,
    CONSTRAINT device_browser_hash_check CHECK ((octet_length(browser_hash) = 32))
);

ALTER TABLE ONLY auth.device FORCE ROW LEVEL SECURITY;

ALTER TABLE auth.device OWNER TO smetka_owner;

--
-- Name: TABLE device; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON TABLE auth.device IS 'Browsers that a log-in was used from: guesses made elsewhere do not hold them up.';

--
-- Name: COLUMN device.login_id; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.device.login_id IS 'Who.';

--
-- Name: COLUMN device.browser_hash; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.device.browser_hash IS 'Keyed hash of the browser''s cookie.';

--
-- Name: COLUMN device.ends_at; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.device.ends_at IS 'Until when it is known.';

--
-- Name: COLUMN device.trusted; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.device.trusted IS 'The second factor was given here and is not asked again.';

--
-- Name: event; Type: TABLE; Schema: auth; Owner: smetka_owner
--

CREATE TABLE auth.event (
    login_id bigint NOT NULL,
    seq integer NOT NULL,
    at timestamp with time zone NOT NULL,
    kind text NOT NULL,
    detail text NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT event_detail_check CHECK ((length(detail) <= 200)),
    CONSTRAINT event_hash_check CHECK ((octet_length(hash) = 32)),
    CONSTRAINT event_kind_check CHECK ((kind ~ '^[a-z_]{1,30}$'::text))
);

ALTER TABLE ONLY auth.event FORCE ROW LEVEL SECURITY;

ALTER TABLE auth.event OWNER TO smetka_owner;

--
-- Name: TABLE event; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON TABLE auth.event IS 'What happened to a log-in and its data; insert-only, each row hashed with the one before it.';

--
-- Name: COLUMN event.login_id; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.event.login_id IS 'Whose.';

--
-- Name: COLUMN event.seq; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.event.seq IS 'From 1, without gaps.';

--
-- Name: COLUMN event.at; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.event.at IS 'When.';

--
-- Name: COLUMN event.kind; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.event.kind IS 'What.';

--
-- Name: COLUMN event.detail; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.event.detail IS 'Of what: an account, a browser.';

--
-- Name: COLUMN event.hash; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.event.hash IS 'SHA-256 of the hash before it and of "seq|microseconds|kind|detail".';

--
-- Name: letter; Type: TABLE; Schema: auth; Owner: smetka_owner
--

CREATE TABLE auth.letter (
    account_id bigint NOT NULL,
    code_hash bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    CONSTRAINT letter_check CHECK ((ends_at > created_at)),
    CONSTRAINT letter_code_hash_check CHECK ((octet_length(code_hash) = 32))
);

ALTER TABLE ONLY auth.letter FORCE ROW LEVEL SECURITY;

ALTER TABLE auth.letter OWNER TO smetka_owner;

--
-- Name: TABLE letter; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON TABLE auth.letter IS 'The code that was last posted for an account, until a log-in has it.';

--
-- Name: COLUMN letter.account_id; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.letter.account_id IS 'Which account.';

--
-- Name: COLUMN letter.code_hash; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.letter.code_hash IS 'SHA-256 of the code.';

--
-- Name: COLUMN letter.created_at; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.letter.created_at IS 'When it was made.';

--
-- Name: COLUMN letter.ends_at; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.letter.ends_at IS 'Good before that.';

--
-- Name: login; Type: TABLE; Schema: auth; Owner: smetka_owner
--

CREATE TABLE auth.login (
    id bigint NOT NULL,
    public_id uuid DEFAULT gen_random_uuid() NOT NULL,
    email_key bytea NOT NULL,
    email text NOT NULL,
    password text NOT NULL,
    language text NOT NULL,
    source text NOT NULL,
    must_change boolean DEFAULT false NOT NULL,
    password_ends_at timestamp with time zone,
    totp_sealed bytea,
    totp_used bigint DEFAULT '-1'::integer NOT NULL,
    event_seq integer DEFAULT 0 NOT NULL,
    event_hash bytea DEFAULT '\x'::bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    password_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    closes_at timestamp with time zone,
    CONSTRAINT login_check CHECK ((must_change OR (password_ends_at IS NULL))),
    CONSTRAINT login_email_check CHECK ((length(email) <= 254)),
    CONSTRAINT login_email_key_check CHECK ((octet_length(email_key) = 32)),
    CONSTRAINT login_event_hash_check CHECK ((octet_length(event_hash) = ANY (ARRAY[0, 32]))),
    CONSTRAINT login_language_check CHECK ((language = ANY (ARRAY['ro'::text, 'bg'::text, 'en'::text]))),
    CONSTRAINT login_password_check CHECK ((password ~~ '$argon2id$%'::text)),
    CONSTRAINT login_source_check CHECK ((source = ANY (ARRAY['web'::text, 'office'::text]))),
    CONSTRAINT login_totp_sealed_check CHECK ((octet_length(totp_sealed) <= 100))
);

ALTER TABLE ONLY auth.login FORCE ROW LEVEL SECURITY;

ALTER TABLE auth.login OWNER TO smetka_owner;

--
-- Name: TABLE login; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON TABLE auth.login IS 'Somebody who can log in.';

--
-- Name: COLUMN login.id; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.login.id IS 'Key.';

--
-- Name: COLUMN login.public_id; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.login.public_id IS 'Random id for addresses.';

--
-- Name: COLUMN login.email_key; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.login.email_key IS 'Keyed hash of the address in lower case, by which it is found.';

--
-- Name: COLUMN login.email; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.login.email IS 'Address, where mail goes; for an account issued at a desk it may be a user name without an @ until its holder gives one.';

--
-- Name: COLUMN login.password; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.login.password IS 'Argon2id of the peppered password; lib/auth/password.h.';

--
-- Name: COLUMN login.language; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.login.language IS 'Language of mail.';

--
-- Name: COLUMN login.source; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.login.source IS 'Where it was made.';

--
-- Name: COLUMN login.must_change; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.login.must_change IS 'The password was handed out on paper and opens only the page that changes it.';

--
-- Name: COLUMN login.password_ends_at; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.login.password_ends_at IS 'When a handed-out password ends.';

--
-- Name: COLUMN login.totp_sealed; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.login.totp_sealed IS 'Secret of the second factor, sealed; none: it is off.';

--
-- Name: COLUMN login.totp_used; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.login.totp_used IS 'Last step whose code was used; only grows.';

--
-- Name: COLUMN login.event_seq; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.login.event_seq IS 'Events written so far.';

--
-- Name: COLUMN login.event_hash; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.login.event_hash IS 'Hash of the last event, which the next one continues.';

--
-- Name: COLUMN login.created_at; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.login.created_at IS 'Since when.';

--
-- Name: COLUMN login.password_at; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.login.password_at IS 'When the password was set.';

--
-- Name: COLUMN login.closed_at; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.login.closed_at IS 'Closed: logs in no more, and of its holder only hashes are left.';

--
-- Name: COLUMN login.closes_at; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.login.closes_at IS 'Its holder asked for its end, which comes then unless it is called off.';

--
-- Name: login_account; Type: TABLE; Schema: auth; Owner: smetka_owner
--

CREATE TABLE auth.login_account (
    login_id bigint NOT NULL,
    account_id bigint NOT NULL,
    role text NOT NULL,
    state text NOT NULL,
    scope text[] DEFAULT '{}'::text[] NOT NULL,
    invited_by bigint,
    nickname text,
    created_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone,
    id bigint NOT NULL,
    CONSTRAINT login_account_check CHECK (((role = 'delegate'::text) = (ends_at IS NOT NULL))),
    CONSTRAINT login_account_check1 CHECK (((role = 'delegate'::text) = (scope <> '{}'::text[]))),
    CONSTRAINT login_account_check2 CHECK (((role = 'delegate'::text) = (invited_by IS NOT NULL))),
    CONSTRAINT login_account_nickname_check CHECK (((length(nickname) >= 1) AND (length(nickname) <= 60))),
    CONSTRAINT login_account_role_check CHECK ((role = ANY (ARRAY['holder'::text, 'representative'::text, 'delegate'::text]))),
    CONSTRAINT login_account_scope_check CHECK ((scope <@ ARRAY['see'::text, 'pay'::text, 'read_meter'::text, 'request'::text])),
    CONSTRAINT login_account_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'active'::text, 'refused'::text, 'ended'::text])))
);

ALTER TABLE ONLY auth.login_account FORCE ROW LEVEL SECURITY;

ALTER TABLE auth.login_account OWNER TO smetka_owner;

--
-- Name: TABLE login_account; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON TABLE auth.login_account IS 'What a log-in may do with an account; auth.rights() reads it and nothing else does.';

--
-- Name: COLUMN login_account.login_id; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.login_account.login_id IS 'Who.';

--
-- Name: COLUMN login_account.account_id; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.login_account.account_id IS 'With which account.';

--
-- Name: COLUMN login_account.role; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.login_account.role IS 'holder: by client code and a bill; representative: of a company, by an authority on file; delegate: invited by one of these.';

--
-- Name: COLUMN login_account.state; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.login_account.state IS 'asked: waits for the owner''s or the staff''s yes and opens nothing.';

--
-- Name: COLUMN login_account.scope; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.login_account.scope IS 'What a delegate may do; the others may do all.';

--
-- Name: COLUMN login_account.invited_by; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.login_account.invited_by IS 'Who invited a delegate.';

--
-- Name: COLUMN login_account.nickname; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.login_account.nickname IS 'What this log-in calls the account.';

--
-- Name: COLUMN login_account.created_at; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.login_account.created_at IS 'Since when.';

--
-- Name: COLUMN login_account.ends_at; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.login_account.ends_at IS 'When a delegate''s end.';

--
-- Name: COLUMN login_account.id; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.login_account.id IS 'What a review of a representative is about.';

--
-- Name: login_account_id_seq; Type: SEQUENCE; Schema: auth; Owner: smetka_owner
--

ALTER TABLE auth.login_account ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME auth.login_account_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: login_id_seq; Type: SEQUENCE; Schema: auth; Owner: smetka_owner
--

ALTER TABLE auth.login ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME auth.login_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: session; Type: TABLE; Schema: auth; Owner: smetka_owner
--

CREATE TABLE auth.session (
    key bytea NOT NULL,
    public_id uuid DEFAULT gen_random_uuid() NOT NULL,
    login_id bigint NOT NULL,
    stage text NOT NULL,
    kept boolean NOT NULL,
    agent text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone NOT NULL,
    idle interval NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    CONSTRAINT session_agent_check CHECK ((length(agent) <= 60)),
    CONSTRAINT session_idle_check CHECK ((idle > '00:00:00'::interval)),
    CONSTRAINT session_key_check CHECK ((octet_length(key) = 32)),
    CONSTRAINT session_stage_check CHECK ((stage = ANY (ARRAY['code'::text, 'change'::text, 'in'::text])))
)
WITH (fillfactor='70');

ALTER TABLE ONLY auth.session FORCE ROW LEVEL SECURITY;

ALTER TABLE auth.session OWNER TO smetka_owner;

--
-- Name: TABLE session; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON TABLE auth.session IS 'A browser that is logged in.';

--
-- Name: COLUMN session.key; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.session.key IS 'Keyed hash of the cookie.';

--
-- Name: COLUMN session.public_id; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.session.public_id IS 'Id in the list of sessions.';

--
-- Name: COLUMN session.login_id; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.session.login_id IS 'Who.';

--
-- Name: COLUMN session.stage; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.session.stage IS 'code: the second factor is due; change: a new password is due; in.';

--
-- Name: COLUMN session.kept; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.session.kept IS '"Keep me in" was ticked.';

--
-- Name: COLUMN session.agent; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.session.agent IS 'Kind of browser, for the list.';

--
-- Name: COLUMN session.started_at; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.session.started_at IS 'Since when.';

--
-- Name: COLUMN session.seen_at; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.session.seen_at IS 'Last request, to about a minute.';

--
-- Name: COLUMN session.confirmed_at; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.session.confirmed_at IS 'When the password was last typed.';

--
-- Name: COLUMN session.idle; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.session.idle IS 'Ends when nothing was asked for so long.';

--
-- Name: COLUMN session.ends_at; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.session.ends_at IS 'Ends then in any case.';

--
-- Name: token; Type: TABLE; Schema: auth; Owner: smetka_owner
--

CREATE TABLE auth.token (
    number bytea NOT NULL,
    kind text NOT NULL,
    login_id bigint,
    account_id bigint,
    email_key bytea,
    email text,
    password text,
    language text NOT NULL,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT token_email_check CHECK ((length(email) <= 254)),
    CONSTRAINT token_email_key_check CHECK ((octet_length(email_key) = 32)),
    CONSTRAINT token_kind_check CHECK ((kind = ANY (ARRAY['activate'::text, 'reset'::text, 'agree'::text, 'have_account'::text, 'invite'::text, 'email'::text, 'email_cancel'::text, 'closing'::text]))),
    CONSTRAINT token_language_check CHECK ((language = ANY (ARRAY['ro'::text, 'bg'::text, 'en'::text]))),
    CONSTRAINT token_number_check CHECK ((octet_length(number) = 32)),
    CONSTRAINT token_password_check CHECK ((password ~~ '$argon2id$%'::text))
);

ALTER TABLE ONLY auth.token FORCE ROW LEVEL SECURITY;

ALTER TABLE auth.token OWNER TO smetka_owner;

--
-- Name: TABLE token; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON TABLE auth.token IS 'Mailed links of one use.  The number opens nothing by itself: the link carries a part that only the programs can make.';

--
-- Name: COLUMN token.number; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.token.number IS 'Random number of the link.';

--
-- Name: COLUMN token.kind; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.token.kind IS 'What it does.';

--
-- Name: COLUMN token.login_id; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.token.login_id IS 'For whom, where that exists; of an invitation: by whom.';

--
-- Name: COLUMN token.account_id; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.token.account_id IS 'About which account; none: the data were wrong, and it opens nothing.';

--
-- Name: COLUMN token.email_key; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.token.email_key IS 'Log-in that it will make.';

--
-- Name: COLUMN token.email; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.token.email IS 'Address that it was mailed to.';

--
-- Name: COLUMN token.password; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.token.password IS 'Password of the log-in to be.';

--
-- Name: COLUMN token.language; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.token.language IS 'Language of who asked.';

--
-- Name: COLUMN token.args; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.token.args IS 'What else it carries.';

--
-- Name: COLUMN token.created_at; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.token.created_at IS 'When it was asked for.';

--
-- Name: COLUMN token.expires_at; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.token.expires_at IS 'Until when it opens.';

--
-- Name: COLUMN token.used_at; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON COLUMN auth.token.used_at IS 'When it was used.';

--
-- Name: balance; Type: TABLE; Schema: billing; Owner: smetka_owner
--

CREATE TABLE billing.balance (
    account_id bigint NOT NULL,
    credit_minor bigint DEFAULT 0 NOT NULL,
    last_payment_on date,
    currency text NOT NULL,
    CONSTRAINT balance_credit_minor_check CHECK ((credit_minor >= 0)),
    CONSTRAINT balance_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text))
)
WITH (fillfactor='80');

ALTER TABLE ONLY billing.balance FORCE ROW LEVEL SECURITY;

ALTER TABLE billing.balance OWNER TO smetka_owner;

--
-- Name: TABLE balance; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON TABLE billing.balance IS 'One row an account and currency in use; its lock orders all that changes what is open and what is credit there.';

--
-- Name: COLUMN balance.account_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.balance.account_id IS 'The account.';

--
-- Name: COLUMN balance.credit_minor; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.balance.credit_minor IS 'Money of the customer that no invoice has used yet; equals the journal''s credit entries with the sign turned.';

--
-- Name: COLUMN balance.last_payment_on; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.balance.last_payment_on IS 'Date of the last payment that was posted.';

--
-- Name: COLUMN balance.currency; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.balance.currency IS 'The currency.';

--
-- Name: document; Type: TABLE; Schema: billing; Owner: smetka_owner
--

CREATE TABLE billing.document (
    id bigint NOT NULL,
    public_id uuid DEFAULT gen_random_uuid() NOT NULL,
    account_id bigint NOT NULL,
    net_minor bigint NOT NULL,
    tax_minor bigint NOT NULL,
    total_minor bigint NOT NULL,
    payable_minor bigint NOT NULL,
    seller_id integer NOT NULL,
    issued_on date NOT NULL,
    due_on date NOT NULL,
    period_from date,
    period_to date,
    kind billing.document_kind NOT NULL,
    cancelled boolean DEFAULT false NOT NULL,
    number text NOT NULL,
    type_code text DEFAULT '380'::text NOT NULL,
    currency text NOT NULL,
    contract_id bigint,
    supply_point_id bigint,
    CONSTRAINT document_check CHECK ((total_minor = (net_minor + tax_minor))),
    CONSTRAINT document_check1 CHECK ((period_from <= period_to)),
    CONSTRAINT document_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT document_number_check CHECK (((length(number) >= 1) AND (length(number) <= 60))),
    CONSTRAINT document_payable_minor_check CHECK ((abs(payable_minor) <= '1000000000000000'::bigint)),
    CONSTRAINT document_type_code_check CHECK ((length(type_code) <= 4))
);

ALTER TABLE ONLY billing.document FORCE ROW LEVEL SECURITY;

ALTER TABLE billing.document OWNER TO smetka_owner;

--
-- Name: TABLE document; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON TABLE billing.document IS 'An invoice or a credit note.';

--
-- Name: COLUMN document.id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document.id IS 'Key.';

--
-- Name: COLUMN document.public_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document.public_id IS 'Random id for addresses.';

--
-- Name: COLUMN document.account_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document.account_id IS 'The account it is for.';

--
-- Name: COLUMN document.net_minor; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document.net_minor IS 'Sum without tax (BT-109).';

--
-- Name: COLUMN document.tax_minor; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document.tax_minor IS 'Tax (BT-110).';

--
-- Name: COLUMN document.total_minor; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document.total_minor IS 'Sum with tax (BT-112).';

--
-- Name: COLUMN document.payable_minor; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document.payable_minor IS 'What is to be paid (BT-115): total less prepaid, rounded.';

--
-- Name: COLUMN document.seller_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document.seller_id IS 'Who issued it.';

--
-- Name: COLUMN document.issued_on; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document.issued_on IS 'Date of issue (BT-2).';

--
-- Name: COLUMN document.due_on; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document.due_on IS 'Last day to pay (BT-9).';

--
-- Name: COLUMN document.period_from; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document.period_from IS 'First day billed (BT-73).';

--
-- Name: COLUMN document.period_to; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document.period_to IS 'Last day billed (BT-74).';

--
-- Name: COLUMN document.kind; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document.kind IS 'Invoice or credit note.';

--
-- Name: COLUMN document.cancelled; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document.cancelled IS 'Withdrawn by the seller.';

--
-- Name: COLUMN document.number; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document.number IS 'Number (BT-1).';

--
-- Name: COLUMN document.type_code; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document.type_code IS 'UNTDID 1001 code (BT-3).';

--
-- Name: COLUMN document.currency; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document.currency IS 'Currency (BT-5).';

--
-- Name: COLUMN document.contract_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document.contract_id IS 'The contract it is for; null: not known, or several.';

--
-- Name: COLUMN document.supply_point_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document.supply_point_id IS 'The supply point it is for; null: not known, or several.';

--
-- Name: document_id_seq; Type: SEQUENCE; Schema: billing; Owner: smetka_owner
--

ALTER TABLE billing.document ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME billing.document_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: document_line; Type: TABLE; Schema: billing; Owner: smetka_owner
--

CREATE TABLE billing.document_line (
    document_id bigint NOT NULL,
    line_no smallint NOT NULL,
    quantity_micro bigint NOT NULL,
    price_micro bigint,
    net_minor bigint NOT NULL,
    tax_rate_bp integer NOT NULL,
    unit text DEFAULT 'C62'::text NOT NULL,
    name text NOT NULL,
    kind text DEFAULT 'other'::text NOT NULL,
    tax_category text,
    CONSTRAINT document_line_kind_check CHECK ((kind = ANY (ARRAY['use'::text, 'fixed'::text, 'other'::text]))),
    CONSTRAINT document_line_line_no_check CHECK ((line_no > 0)),
    CONSTRAINT document_line_tax_category_check CHECK (((length(tax_category) >= 1) AND (length(tax_category) <= 3))),
    CONSTRAINT document_line_tax_rate_bp_check CHECK (((tax_rate_bp >= 0) AND (tax_rate_bp <= 10000)))
);

ALTER TABLE ONLY billing.document_line FORCE ROW LEVEL SECURITY;

ALTER TABLE billing.document_line OWNER TO smetka_owner;

--
-- Name: TABLE document_line; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON TABLE billing.document_line IS 'A line of a document.';

--
-- Name: COLUMN document_line.document_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_line.document_id IS 'The document.';

--
-- Name: COLUMN document_line.line_no; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_line.line_no IS 'Place, from 1.';

--
-- Name: COLUMN document_line.quantity_micro; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_line.quantity_micro IS 'Quantity in millionths (BT-129).';

--
-- Name: COLUMN document_line.price_micro; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_line.price_micro IS 'Price of one unit in millionths of the major unit (BT-146).';

--
-- Name: COLUMN document_line.net_minor; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_line.net_minor IS 'Sum (BT-131).';

--
-- Name: COLUMN document_line.tax_rate_bp; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_line.tax_rate_bp IS 'Tax rate in hundredths of a percent (BT-152).';

--
-- Name: COLUMN document_line.unit; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_line.unit IS 'UN/ECE code of the unit (BT-130).';

--
-- Name: COLUMN document_line.name; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_line.name IS 'What was billed (BT-153).';

--
-- Name: COLUMN document_line.kind; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_line.kind IS 'How it moves: by use, fixed by time, or other; made of the unit.';

--
-- Name: COLUMN document_line.tax_category; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_line.tax_category IS 'Tax category (BT-151); null: not known.';

--
-- Name: document_register; Type: TABLE; Schema: billing; Owner: smetka_owner
--

CREATE TABLE billing.document_register (
    document_id bigint NOT NULL,
    old_milli bigint NOT NULL,
    new_milli bigint NOT NULL,
    factor_milli bigint DEFAULT 1000 NOT NULL,
    quantity_milli bigint NOT NULL,
    old_on date,
    new_on date,
    no smallint NOT NULL,
    line_no smallint,
    old_read text,
    new_read text,
    unit text DEFAULT 'C62'::text NOT NULL,
    meter text DEFAULT ''::text NOT NULL,
    register text DEFAULT ''::text NOT NULL,
    CONSTRAINT document_register_check CHECK ((old_on <= new_on)),
    CONSTRAINT document_register_factor_milli_check CHECK ((factor_milli > 0)),
    CONSTRAINT document_register_meter_check CHECK ((length(meter) <= 60)),
    CONSTRAINT document_register_new_read_check CHECK ((new_read = ANY (ARRAY['measured'::text, 'estimated'::text, 'self_read'::text]))),
    CONSTRAINT document_register_no_check CHECK ((no > 0)),
    CONSTRAINT document_register_old_read_check CHECK ((old_read = ANY (ARRAY['measured'::text, 'estimated'::text, 'self_read'::text]))),
    CONSTRAINT document_register_register_check CHECK ((length(register) <= 60))
);

ALTER TABLE ONLY billing.document_register FORCE ROW LEVEL SECURITY;

ALTER TABLE billing.document_register OWNER TO smetka_owner;

--
-- Name: TABLE document_register; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON TABLE billing.document_register IS 'A register of a meter over the billed period, as the document has it.';

--
-- Name: COLUMN document_register.document_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_register.document_id IS 'The document.';

--
-- Name: COLUMN document_register.old_milli; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_register.old_milli IS 'Index at the beginning, in thousandths.';

--
-- Name: COLUMN document_register.new_milli; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_register.new_milli IS 'Index at the end, in thousandths; lower than the first where the meter went over its last digit.';

--
-- Name: COLUMN document_register.factor_milli; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_register.factor_milli IS 'What the difference is multiplied with, in thousandths.';

--
-- Name: COLUMN document_register.quantity_milli; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_register.quantity_milli IS 'What was billed of it, in thousandths of the unit.';

--
-- Name: COLUMN document_register.old_on; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_register.old_on IS 'Day of the first index; null: not said.';

--
-- Name: COLUMN document_register.new_on; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_register.new_on IS 'Day of the last index; null: not said.';

--
-- Name: COLUMN document_register.no; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_register.no IS 'Place, from 1.';

--
-- Name: COLUMN document_register.line_no; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_register.line_no IS 'The line that bills it; null: none in particular.';

--
-- Name: COLUMN document_register.old_read; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_register.old_read IS 'How the first index became known; null: not said.';

--
-- Name: COLUMN document_register.new_read; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_register.new_read IS 'How the last index became known; null: not said.';

--
-- Name: COLUMN document_register.unit; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_register.unit IS 'UN/ECE code of the unit.';

--
-- Name: COLUMN document_register.meter; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_register.meter IS 'Serial number of the meter; empty: not said.';

--
-- Name: COLUMN document_register.register; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_register.register IS 'Which register of it ("1.8.1"); empty: the only one.';

--
-- Name: document_tax; Type: TABLE; Schema: billing; Owner: smetka_owner
--

CREATE TABLE billing.document_tax (
    document_id bigint NOT NULL,
    category text NOT NULL,
    rate_bp integer NOT NULL,
    base_minor bigint NOT NULL,
    tax_minor bigint NOT NULL,
    CONSTRAINT document_tax_category_check CHECK ((length(category) <= 3)),
    CONSTRAINT document_tax_rate_bp_check CHECK (((rate_bp >= 0) AND (rate_bp <= 10000)))
);

ALTER TABLE ONLY billing.document_tax FORCE ROW LEVEL SECURITY;

ALTER TABLE billing.document_tax OWNER TO smetka_owner;

--
-- Name: TABLE document_tax; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON TABLE billing.document_tax IS 'A tax rate of a document.';

--
-- Name: COLUMN document_tax.document_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_tax.document_id IS 'The document.';

--
-- Name: COLUMN document_tax.category; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_tax.category IS 'Category (BT-118).';

--
-- Name: COLUMN document_tax.rate_bp; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_tax.rate_bp IS 'Rate in hundredths of a percent (BT-119).';

--
-- Name: COLUMN document_tax.base_minor; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_tax.base_minor IS 'Base (BT-116).';

--
-- Name: COLUMN document_tax.tax_minor; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.document_tax.tax_minor IS 'Tax (BT-117).';

--
-- Name: feed; Type: TABLE; Schema: billing; Owner: smetka_owner
--

CREATE TABLE billing.feed (
    source text NOT NULL,
    as_of timestamp with time zone NOT NULL
);

ALTER TABLE billing.feed OWNER TO smetka_owner;

--
-- Name: TABLE feed; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON TABLE billing.feed IS 'How fresh the data are.';

--
-- Name: COLUMN feed.source; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.feed.source IS 'Where they come from.';

--
-- Name: COLUMN feed.as_of; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.feed.as_of IS 'Time of the newest data taken in.';

--
-- Name: journal_entry; Type: TABLE; Schema: billing; Owner: smetka_owner
--

CREATE TABLE billing.journal_entry (
    txn_id bigint NOT NULL,
    amount_minor bigint NOT NULL,
    account_id bigint,
    account billing.journal_account NOT NULL,
    line_no smallint NOT NULL,
    currency text NOT NULL,
    CONSTRAINT journal_entry_amount_minor_check CHECK ((amount_minor <> 0)),
    CONSTRAINT journal_entry_check CHECK (((account = ANY (ARRAY['receivable'::billing.journal_account, 'credit'::billing.journal_account])) = (account_id IS NOT NULL))),
    CONSTRAINT journal_entry_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT journal_entry_line_no_check CHECK (((line_no >= 1) AND (line_no <= 999)))
);

ALTER TABLE ONLY billing.journal_entry FORCE ROW LEVEL SECURITY;

ALTER TABLE billing.journal_entry OWNER TO smetka_owner;

--
-- Name: TABLE journal_entry; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON TABLE billing.journal_entry IS 'A line of a posting; insert-only; the lines of a posting sum to zero in each currency.';

--
-- Name: COLUMN journal_entry.txn_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.journal_entry.txn_id IS 'The posting.';

--
-- Name: COLUMN journal_entry.amount_minor; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.journal_entry.amount_minor IS 'Debit positive.';

--
-- Name: COLUMN journal_entry.account_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.journal_entry.account_id IS 'The customer''s account, for receivable and credit.';

--
-- Name: COLUMN journal_entry.account; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.journal_entry.account IS 'Account of the journal.';

--
-- Name: COLUMN journal_entry.line_no; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.journal_entry.line_no IS 'Place, from 1.';

--
-- Name: COLUMN journal_entry.currency; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.journal_entry.currency IS 'Currency.';

--
-- Name: journal_txn; Type: TABLE; Schema: billing; Owner: smetka_owner
--

CREATE TABLE billing.journal_txn (
    id bigint NOT NULL,
    posted_at timestamp with time zone NOT NULL,
    document_id bigint,
    payment_id uuid,
    kind text NOT NULL,
    CONSTRAINT journal_txn_check CHECK (((kind <> 'settlement'::text) OR (payment_id IS NOT NULL))),
    CONSTRAINT journal_txn_check1 CHECK (((kind = ANY (ARRAY['invoice'::text, 'credit_note'::text, 'cancellation'::text])) = (document_id IS NOT NULL))),
    CONSTRAINT journal_txn_kind_check CHECK ((kind = ANY (ARRAY['invoice'::text, 'credit_note'::text, 'cancellation'::text, 'settlement'::text, 'credit_applied'::text, 'payment'::text, 'unmatched'::text, 'refund'::text, 'refund_failed'::text, 'dispute'::text, 'payout'::text])))
);

ALTER TABLE ONLY billing.journal_txn FORCE ROW LEVEL SECURITY;

ALTER TABLE billing.journal_txn OWNER TO smetka_owner;

--
-- Name: TABLE journal_txn; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON TABLE billing.journal_txn IS 'One posting; insert-only.';

--
-- Name: COLUMN journal_txn.id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.journal_txn.id IS 'Key.';

--
-- Name: COLUMN journal_txn.posted_at; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.journal_txn.posted_at IS 'When it was posted.';

--
-- Name: COLUMN journal_txn.document_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.journal_txn.document_id IS 'The document that was posted; each kind once.';

--
-- Name: COLUMN journal_txn.payment_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.journal_txn.payment_id IS 'The payment attempt that was posted.';

--
-- Name: COLUMN journal_txn.kind; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.journal_txn.kind IS 'What was posted; payment is one that the supplier reported.';

--
-- Name: journal_txn_id_seq; Type: SEQUENCE; Schema: billing; Owner: smetka_owner
--

ALTER TABLE billing.journal_txn ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME billing.journal_txn_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: open_item; Type: TABLE; Schema: billing; Owner: smetka_owner
--

CREATE TABLE billing.open_item (
    document_id bigint NOT NULL,
    account_id bigint NOT NULL,
    total_minor bigint NOT NULL,
    open_minor bigint NOT NULL,
    due_on date NOT NULL,
    issued_on date NOT NULL,
    currency text NOT NULL,
    number_tail text NOT NULL,
    CONSTRAINT open_item_check CHECK (((open_minor >= 0) AND (open_minor <= total_minor))),
    CONSTRAINT open_item_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT open_item_number_tail_check CHECK ((length(number_tail) <= 4)),
    CONSTRAINT open_item_total_minor_check CHECK ((total_minor > 0))
)
WITH (fillfactor='90');

ALTER TABLE ONLY billing.open_item FORCE ROW LEVEL SECURITY;

ALTER TABLE billing.open_item OWNER TO smetka_owner;

--
-- Name: TABLE open_item; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON TABLE billing.open_item IS 'What is still to be paid on a posted invoice.';

--
-- Name: COLUMN open_item.document_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.open_item.document_id IS 'The invoice.';

--
-- Name: COLUMN open_item.account_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.open_item.account_id IS 'Its account.';

--
-- Name: COLUMN open_item.total_minor; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.open_item.total_minor IS 'What was to be paid.';

--
-- Name: COLUMN open_item.open_minor; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.open_item.open_minor IS 'What is still to be paid: the total less the allocations.';

--
-- Name: COLUMN open_item.due_on; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.open_item.due_on IS 'Last day to pay.';

--
-- Name: COLUMN open_item.issued_on; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.open_item.issued_on IS 'Date of issue.';

--
-- Name: COLUMN open_item.currency; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.open_item.currency IS 'Currency of the invoice.';

--
-- Name: COLUMN open_item.number_tail; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.open_item.number_tail IS 'Last four characters of the number: all of it that a guest sees.';

--
-- Name: original; Type: TABLE; Schema: billing; Owner: smetka_owner
--

CREATE TABLE billing.original (
    document_id bigint NOT NULL,
    sha256 bytea NOT NULL,
    media_type text NOT NULL,
    received_at timestamp with time zone NOT NULL,
    body bytea NOT NULL,
    CONSTRAINT original_body_check CHECK ((octet_length(body) <= 20971520)),
    CONSTRAINT original_sha256_check CHECK ((octet_length(sha256) = 32))
);

ALTER TABLE ONLY billing.original FORCE ROW LEVEL SECURITY;

ALTER TABLE billing.original OWNER TO smetka_owner;

--
-- Name: TABLE original; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON TABLE billing.original IS 'The document byte for byte as received; the legal original.';

--
-- Name: COLUMN original.document_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.original.document_id IS 'The document.';

--
-- Name: COLUMN original.sha256; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.original.sha256 IS 'Hash of the bytes.';

--
-- Name: COLUMN original.media_type; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.original.media_type IS 'Type of the bytes.';

--
-- Name: COLUMN original.received_at; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.original.received_at IS 'When it was taken in.';

--
-- Name: COLUMN original.body; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.original.body IS 'The bytes.';

--
-- Name: received; Type: TABLE; Schema: billing; Owner: smetka_owner
--

CREATE TABLE billing.received (
    txn_id bigint NOT NULL,
    account_id bigint NOT NULL,
    amount_minor bigint NOT NULL,
    received_on date NOT NULL,
    method text NOT NULL,
    currency text NOT NULL,
    reference text NOT NULL,
    invoice text,
    public_id uuid DEFAULT gen_random_uuid() NOT NULL,
    CONSTRAINT received_amount_minor_check CHECK ((amount_minor > 0)),
    CONSTRAINT received_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT received_invoice_check CHECK (((length(invoice) >= 1) AND (length(invoice) <= 60))),
    CONSTRAINT received_method_check CHECK ((method = ANY (ARRAY['bank'::text, 'cash'::text, 'other'::text]))),
    CONSTRAINT received_reference_check CHECK (((length(reference) >= 1) AND (length(reference) <= 140)))
);

ALTER TABLE ONLY billing.received FORCE ROW LEVEL SECURITY;

ALTER TABLE billing.received OWNER TO smetka_owner;

--
-- Name: TABLE received; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON TABLE billing.received IS 'Payments at the company''s bank or desks, as imported; insert-only.';

--
-- Name: COLUMN received.txn_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.received.txn_id IS 'Its posting.';

--
-- Name: COLUMN received.account_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.received.account_id IS 'Who paid.';

--
-- Name: COLUMN received.amount_minor; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.received.amount_minor IS 'How much.';

--
-- Name: COLUMN received.received_on; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.received.received_on IS 'When it came in.';

--
-- Name: COLUMN received.method; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.received.method IS 'Where it came in.';

--
-- Name: COLUMN received.currency; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.received.currency IS 'The currency.';

--
-- Name: COLUMN received.reference; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.received.reference IS 'The company''s number of the payment; each is posted once.';

--
-- Name: COLUMN received.invoice; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.received.invoice IS 'Number of the invoice that the payer named.';

--
-- Name: COLUMN received.public_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.received.public_id IS 'Random id for addresses.';

--
-- Name: seller; Type: TABLE; Schema: billing; Owner: smetka_owner
--

CREATE TABLE billing.seller (
    id integer NOT NULL,
    tax_id text NOT NULL,
    name text NOT NULL,
    vat boolean DEFAULT true NOT NULL,
    legal_id text,
    street text,
    city text,
    postcode text,
    region text,
    country text,
    email text,
    phone text,
    iban text,
    CONSTRAINT seller_city_check CHECK (((length(city) >= 1) AND (length(city) <= 50))),
    CONSTRAINT seller_country_check CHECK ((country ~ '^[A-Z]{2}$'::text)),
    CONSTRAINT seller_email_check CHECK ((length(email) <= 254)),
    CONSTRAINT seller_iban_check CHECK ((length(iban) <= 34)),
    CONSTRAINT seller_legal_id_check CHECK (((length(legal_id) >= 1) AND (length(legal_id) <= 60))),
    CONSTRAINT seller_phone_check CHECK ((length(phone) <= 16)),
    CONSTRAINT seller_postcode_check CHECK (((length(postcode) >= 1) AND (length(postcode) <= 20))),
    CONSTRAINT seller_region_check CHECK ((region ~ '^[A-Z]{2}-[A-Z0-9]{1,3}$'::text)),
    CONSTRAINT seller_street_check CHECK (((length(street) >= 1) AND (length(street) <= 150))),
    CONSTRAINT seller_tax_id_check CHECK (((length(tax_id) >= 1) AND (length(tax_id) <= 30)))
);

ALTER TABLE billing.seller OWNER TO smetka_owner;

--
-- Name: TABLE seller; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON TABLE billing.seller IS 'Who issues documents.';

--
-- Name: COLUMN seller.id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.seller.id IS 'Key.';

--
-- Name: COLUMN seller.tax_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.seller.tax_id IS 'Tax number, as in BT-31 or BT-30.';

--
-- Name: COLUMN seller.name; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.seller.name IS 'Name.';

--
-- Name: COLUMN seller.vat; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.seller.vat IS 'The tax number is registered for VAT (BT-31, else BT-32).';

--
-- Name: COLUMN seller.legal_id; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.seller.legal_id IS 'Number in the trade register (BT-30).';

--
-- Name: COLUMN seller.street; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.seller.street IS 'Street and number (BT-35).';

--
-- Name: COLUMN seller.city; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.seller.city IS 'Town (BT-37).';

--
-- Name: COLUMN seller.postcode; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.seller.postcode IS 'Post code (BT-38).';

--
-- Name: COLUMN seller.region; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.seller.region IS 'County, a code of ISO 3166-2 (BT-39).';

--
-- Name: COLUMN seller.country; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.seller.country IS 'Country (BT-40); null: not known, and no e-invoice can be written.';

--
-- Name: COLUMN seller.email; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.seller.email IS 'Where customers write (BT-43); null: company.email.';

--
-- Name: COLUMN seller.phone; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.seller.phone IS 'Where customers call (BT-42); null: company.phone.';

--
-- Name: COLUMN seller.iban; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON COLUMN billing.seller.iban IS 'Where customers pay to (BT-84); null: company.iban.';

--
-- Name: seller_id_seq; Type: SEQUENCE; Schema: billing; Owner: smetka_owner
--

ALTER TABLE billing.seller ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME billing.seller_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: account; Type: TABLE; Schema: customer; Owner: smetka_owner
--

CREATE TABLE customer.account (
    id bigint NOT NULL,
    public_id uuid DEFAULT gen_random_uuid() NOT NULL,
    party_id bigint NOT NULL,
    payment_code_hash bytea NOT NULL,
    payment_code_sealed bytea,
    payment_code_hint text NOT NULL,
    client_code text,
    client_code_hash bytea,
    currency text DEFAULT 'RON'::text NOT NULL,
    active boolean DEFAULT true NOT NULL,
    paperless boolean DEFAULT false NOT NULL,
    CONSTRAINT account_client_code_hash_check CHECK ((octet_length(client_code_hash) = 32)),
    CONSTRAINT account_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT account_payment_code_hash_check CHECK ((octet_length(payment_code_hash) = 32)),
    CONSTRAINT account_payment_code_hint_check CHECK (((length(payment_code_hint) >= 1) AND (length(payment_code_hint) <= 4)))
);

ALTER TABLE ONLY customer.account FORCE ROW LEVEL SECURITY;

ALTER TABLE customer.account OWNER TO smetka_owner;

--
-- Name: TABLE account; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON TABLE customer.account IS 'What bills are addressed to and paid by.';

--
-- Name: COLUMN account.id; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.account.id IS 'Key.';

--
-- Name: COLUMN account.public_id; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.account.public_id IS 'Random id for addresses and pay links.';

--
-- Name: COLUMN account.party_id; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.account.party_id IS 'The customer.';

--
-- Name: COLUMN account.payment_code_hash; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.account.payment_code_hash IS 'Keyed hash of the payment code; the way guests find the account.';

--
-- Name: COLUMN account.payment_code_sealed; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.account.payment_code_sealed IS 'The payment code, sealed, for printing it again.';

--
-- Name: COLUMN account.payment_code_hint; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.account.payment_code_hint IS 'Last four characters of the payment code.';

--
-- Name: COLUMN account.client_code; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.account.client_code IS 'The supplier''s own number of the customer.';

--
-- Name: COLUMN account.client_code_hash; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.account.client_code_hash IS 'Keyed hash of the client code, for look-ups.';

--
-- Name: COLUMN account.currency; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.account.currency IS 'Currency that is shown when nothing is owed in any.';

--
-- Name: COLUMN account.active; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.account.active IS 'A closed account can still be paid.';

--
-- Name: COLUMN account.paperless; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.account.paperless IS 'The bill comes by e-mail and into the account, not on paper.';

--
-- Name: account_id_seq; Type: SEQUENCE; Schema: customer; Owner: smetka_owner
--

ALTER TABLE customer.account ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME customer.account_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: contract; Type: TABLE; Schema: customer; Owner: smetka_owner
--

CREATE TABLE customer.contract (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    number text NOT NULL,
    utility text NOT NULL,
    CONSTRAINT contract_number_check CHECK (((length(number) >= 1) AND (length(number) <= 40))),
    CONSTRAINT contract_utility_check CHECK ((utility = ANY (ARRAY['electricity'::text, 'gas'::text, 'water'::text, 'heat'::text, 'telecom'::text, 'other'::text])))
);

ALTER TABLE ONLY customer.contract FORCE ROW LEVEL SECURITY;

ALTER TABLE customer.contract OWNER TO smetka_owner;

--
-- Name: TABLE contract; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON TABLE customer.contract IS 'A contract of an account.';

--
-- Name: COLUMN contract.id; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.contract.id IS 'Key.';

--
-- Name: COLUMN contract.account_id; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.contract.account_id IS 'The account it bills to.';

--
-- Name: COLUMN contract.number; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.contract.number IS 'Number on the contract.';

--
-- Name: COLUMN contract.utility; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.contract.utility IS 'What is supplied.';

--
-- Name: contract_id_seq; Type: SEQUENCE; Schema: customer; Owner: smetka_owner
--

ALTER TABLE customer.contract ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME customer.contract_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: party; Type: TABLE; Schema: customer; Owner: smetka_owner
--

CREATE TABLE customer.party (
    id bigint NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    id_kind text,
    id_hash bytea,
    id_sealed bytea,
    email text,
    phone text,
    language text DEFAULT 'ro'::text NOT NULL,
    address text,
    seat text,
    vat_number text,
    street text,
    city text,
    postcode text,
    region text,
    country text,
    CONSTRAINT party_address_check CHECK (((length(address) >= 1) AND (length(address) <= 200))),
    CONSTRAINT party_check CHECK (((id_hash IS NULL) = (id_sealed IS NULL))),
    CONSTRAINT party_city_check CHECK (((length(city) >= 1) AND (length(city) <= 50))),
    CONSTRAINT party_country_check CHECK ((country ~ '^[A-Z]{2}$'::text)),
    CONSTRAINT party_email_check CHECK ((length(email) <= 254)),
    CONSTRAINT party_id_hash_check CHECK ((octet_length(id_hash) = 32)),
    CONSTRAINT party_id_kind_check CHECK ((id_kind = ANY (ARRAY['cnp'::text, 'cui'::text, 'egn'::text, 'eik'::text, 'other'::text]))),
    CONSTRAINT party_kind_check CHECK ((kind = ANY (ARRAY['person'::text, 'company'::text, 'institution'::text, 'association'::text]))),
    CONSTRAINT party_language_check CHECK ((language = ANY (ARRAY['ro'::text, 'bg'::text, 'en'::text]))),
    CONSTRAINT party_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT party_phone_check CHECK ((length(phone) <= 16)),
    CONSTRAINT party_postcode_check CHECK (((length(postcode) >= 1) AND (length(postcode) <= 20))),
    CONSTRAINT party_region_check CHECK ((region ~ '^[A-Z]{2}-[A-Z0-9]{1,3}$'::text)),
    CONSTRAINT party_seat_check CHECK (((length(seat) >= 1) AND (length(seat) <= 200))),
    CONSTRAINT party_street_check CHECK (((length(street) >= 1) AND (length(street) <= 150))),
    CONSTRAINT party_vat_number_check CHECK (((length(vat_number) >= 1) AND (length(vat_number) <= 20)))
);

ALTER TABLE ONLY customer.party FORCE ROW LEVEL SECURITY;

ALTER TABLE customer.party OWNER TO smetka_owner;

--
-- Name: TABLE party; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON TABLE customer.party IS 'A customer: a person or an organisation.';

--
-- Name: COLUMN party.id; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.party.id IS 'Key.';

--
-- Name: COLUMN party.kind; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.party.kind IS 'What the customer is.';

--
-- Name: COLUMN party.name; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.party.name IS 'Name as on the contract.';

--
-- Name: COLUMN party.id_kind; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.party.id_kind IS 'Which number identifies the customer to the state.';

--
-- Name: COLUMN party.id_hash; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.party.id_hash IS 'Keyed hash of that number, for look-ups.';

--
-- Name: COLUMN party.id_sealed; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.party.id_sealed IS 'That number, sealed by the application.';

--
-- Name: COLUMN party.email; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.party.email IS 'Address on file.';

--
-- Name: COLUMN party.phone; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.party.phone IS 'Number on file, + and digits.';

--
-- Name: COLUMN party.language; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.party.language IS 'Preferred language.';

--
-- Name: COLUMN party.address; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.party.address IS 'Where letters go; null: to the place that is supplied.';

--
-- Name: COLUMN party.seat; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.party.seat IS 'Registered seat of a business.';

--
-- Name: COLUMN party.vat_number; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.party.vat_number IS 'VAT number, as it is printed.';

--
-- Name: COLUMN party.street; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.party.street IS 'Street and number of the customer, as bills have it (BT-50).';

--
-- Name: COLUMN party.city; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.party.city IS 'Town (BT-52).';

--
-- Name: COLUMN party.postcode; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.party.postcode IS 'Post code (BT-53).';

--
-- Name: COLUMN party.region; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.party.region IS 'County, a code of ISO 3166-2 (BT-54).';

--
-- Name: COLUMN party.country; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.party.country IS 'Country (BT-55); null: the seller''s.';

--
-- Name: party_id_seq; Type: SEQUENCE; Schema: customer; Owner: smetka_owner
--

ALTER TABLE customer.party ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME customer.party_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: supply_point; Type: TABLE; Schema: customer; Owner: smetka_owner
--

CREATE TABLE customer.supply_point (
    id bigint NOT NULL,
    contract_id bigint NOT NULL,
    code text NOT NULL,
    address text,
    meter_serials text[] DEFAULT '{}'::text[] NOT NULL,
    CONSTRAINT supply_point_code_check CHECK (((length(code) >= 1) AND (length(code) <= 60)))
);

ALTER TABLE ONLY customer.supply_point FORCE ROW LEVEL SECURITY;

ALTER TABLE customer.supply_point OWNER TO smetka_owner;

--
-- Name: TABLE supply_point; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON TABLE customer.supply_point IS 'Where a contract is supplied.';

--
-- Name: COLUMN supply_point.id; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.supply_point.id IS 'Key.';

--
-- Name: COLUMN supply_point.contract_id; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.supply_point.contract_id IS 'The contract.';

--
-- Name: COLUMN supply_point.code; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.supply_point.code IS 'Code of the metering point (BT-18, BT-71).';

--
-- Name: COLUMN supply_point.address; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.supply_point.address IS 'Where it is.';

--
-- Name: COLUMN supply_point.meter_serials; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON COLUMN customer.supply_point.meter_serials IS 'Serial numbers of the meters there.';

--
-- Name: supply_point_id_seq; Type: SEQUENCE; Schema: customer; Owner: smetka_owner
--

ALTER TABLE customer.supply_point ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME customer.supply_point_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: lookup; Type: TABLE; Schema: log; Owner: smetka_owner
--

CREATE TABLE log.lookup (
    at timestamp with time zone NOT NULL,
    page text NOT NULL,
    outcome text NOT NULL,
    address_hash bytea,
    code_hash bytea,
    browser_hash bytea,
    CONSTRAINT lookup_outcome_check CHECK ((length(outcome) <= 20)),
    CONSTRAINT lookup_page_check CHECK ((length(page) <= 20))
);

ALTER TABLE ONLY log.lookup FORCE ROW LEVEL SECURITY;

ALTER TABLE log.lookup OWNER TO smetka_owner;

--
-- Name: TABLE lookup; Type: COMMENT; Schema: log; Owner: smetka_owner
--

COMMENT ON TABLE log.lookup IS 'Look-ups by code; keyed hashes only.';

--
-- Name: COLUMN lookup.at; Type: COMMENT; Schema: log; Owner: smetka_owner
--

COMMENT ON COLUMN log.lookup.at IS 'When.';

--
-- Name: COLUMN lookup.page; Type: COMMENT; Schema: log; Owner: smetka_owner
--

COMMENT ON COLUMN log.lookup.page IS 'From which page.';

--
-- Name: COLUMN lookup.outcome; Type: COMMENT; Schema: log; Owner: smetka_owner
--

COMMENT ON COLUMN log.lookup.outcome IS 'What was answered.';

--
-- Name: COLUMN lookup.address_hash; Type: COMMENT; Schema: log; Owner: smetka_owner
--

COMMENT ON COLUMN log.lookup.address_hash IS 'Hash of the network address.';

--
-- Name: COLUMN lookup.code_hash; Type: COMMENT; Schema: log; Owner: smetka_owner
--

COMMENT ON COLUMN log.lookup.code_hash IS 'Hash of the code typed.';

--
-- Name: COLUMN lookup.browser_hash; Type: COMMENT; Schema: log; Owner: smetka_owner
--

COMMENT ON COLUMN log.lookup.browser_hash IS 'Hash of the browser''s cookie.';

--
-- Name: inbox; Type: TABLE; Schema: meter; Owner: smetka_owner
--

CREATE TABLE meter.inbox (
    id bigint NOT NULL,
    received_at timestamp with time zone NOT NULL,
    taken_at timestamp with time zone,
    read_on date NOT NULL,
    outcome text,
    serial_key text NOT NULL,
    reference text NOT NULL,
    client_hash bytea NOT NULL,
    once_key bytea NOT NULL,
    values_milli bigint[] NOT NULL,
    CONSTRAINT inbox_check CHECK (((taken_at IS NULL) = (outcome IS NULL))),
    CONSTRAINT inbox_client_hash_check CHECK ((octet_length(client_hash) = 32)),
    CONSTRAINT inbox_once_key_check CHECK (((octet_length(once_key) >= 16) AND (octet_length(once_key) <= 32))),
    CONSTRAINT inbox_outcome_check CHECK ((outcome = ANY (ARRAY['stored'::text, 'miss'::text, 'refused'::text]))),
    CONSTRAINT inbox_reference_check CHECK ((reference ~ '^[2-9A-HJKMNP-Z]{8}$'::text)),
    CONSTRAINT inbox_serial_key_check CHECK (((length(serial_key) >= 1) AND (length(serial_key) <= 40))),
    CONSTRAINT inbox_values_milli_check CHECK (((cardinality(values_milli) >= 1) AND (cardinality(values_milli) <= 8)))
);

ALTER TABLE ONLY meter.inbox FORCE ROW LEVEL SECURITY;

ALTER TABLE meter.inbox OWNER TO smetka_owner;

--
-- Name: TABLE inbox; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON TABLE meter.inbox IS 'Readings that guests sent, until they are looked at; kept for 30 days.';

--
-- Name: COLUMN inbox.id; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.inbox.id IS 'Key.';

--
-- Name: COLUMN inbox.received_at; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.inbox.received_at IS 'When it came.';

--
-- Name: COLUMN inbox.taken_at; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.inbox.taken_at IS 'When it was looked at.';

--
-- Name: COLUMN inbox.read_on; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.inbox.read_on IS 'The day it was read.';

--
-- Name: COLUMN inbox.outcome; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.inbox.outcome IS 'stored as a reading; miss: no such client and meter; refused: it could not be one.';

--
-- Name: COLUMN inbox.serial_key; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.inbox.serial_key IS 'The serial number that was typed.';

--
-- Name: COLUMN inbox.reference; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.inbox.reference IS 'The number that the guest was told; the submission gets it.';

--
-- Name: COLUMN inbox.client_hash; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.inbox.client_hash IS 'Keyed hash of the client code that was typed.';

--
-- Name: COLUMN inbox.once_key; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.inbox.once_key IS 'Key of the form.';

--
-- Name: COLUMN inbox.values_milli; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.inbox.values_milli IS 'The values in the order of the registers, in thousandths.';

--
-- Name: inbox_id_seq; Type: SEQUENCE; Schema: meter; Owner: smetka_owner
--

ALTER TABLE meter.inbox ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME meter.inbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: meter; Type: TABLE; Schema: meter; Owner: smetka_owner
--

CREATE TABLE meter.meter (
    id bigint NOT NULL,
    public_id uuid DEFAULT gen_random_uuid() NOT NULL,
    supply_point_id bigint NOT NULL,
    replaced_by bigint,
    installed_on date,
    removed_on date,
    kind text NOT NULL,
    serial text NOT NULL,
    serial_key text GENERATED ALWAYS AS (upper(regexp_replace(serial, '[^0-9A-Za-z]'::text, ''::text, 'g'::text))) STORED NOT NULL,
    CONSTRAINT meter_check CHECK ((installed_on <= removed_on)),
    CONSTRAINT meter_check1 CHECK (((replaced_by IS NULL) OR (removed_on IS NOT NULL))),
    CONSTRAINT meter_check2 CHECK ((replaced_by <> id)),
    CONSTRAINT meter_kind_check CHECK ((kind = ANY (ARRAY['electricity'::text, 'gas'::text, 'water'::text, 'heat'::text]))),
    CONSTRAINT meter_serial_check CHECK (((length(serial) >= 1) AND (length(serial) <= 40)))
);

ALTER TABLE ONLY meter.meter FORCE ROW LEVEL SECURITY;

ALTER TABLE meter.meter OWNER TO smetka_owner;

--
-- Name: TABLE meter; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON TABLE meter.meter IS 'A meter at a supply point.';

--
-- Name: COLUMN meter.id; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.meter.id IS 'Key.';

--
-- Name: COLUMN meter.public_id; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.meter.public_id IS 'Random id for addresses.';

--
-- Name: COLUMN meter.supply_point_id; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.meter.supply_point_id IS 'Where it is.';

--
-- Name: COLUMN meter.replaced_by; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.meter.replaced_by IS 'The meter that came in its place; what was usual goes over to it.';

--
-- Name: COLUMN meter.installed_on; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.meter.installed_on IS 'First day there.';

--
-- Name: COLUMN meter.removed_on; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.meter.removed_on IS 'Last day there; null: it is there.';

--
-- Name: COLUMN meter.kind; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.meter.kind IS 'What it measures.';

--
-- Name: COLUMN meter.serial; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.meter.serial IS 'Serial number as printed on it.';

--
-- Name: COLUMN meter.serial_key; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.meter.serial_key IS 'The same as it is looked up: letters and digits, in capitals.';

--
-- Name: meter_id_seq; Type: SEQUENCE; Schema: meter; Owner: smetka_owner
--

ALTER TABLE meter.meter ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME meter.meter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: place; Type: TABLE; Schema: meter; Owner: smetka_owner
--

CREATE TABLE meter.place (
    supply_point_id bigint NOT NULL,
    route_id bigint NOT NULL
);

ALTER TABLE ONLY meter.place FORCE ROW LEVEL SECURITY;

ALTER TABLE meter.place OWNER TO smetka_owner;

--
-- Name: TABLE place; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON TABLE meter.place IS 'Which route a supply point is on.';

--
-- Name: COLUMN place.supply_point_id; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.place.supply_point_id IS 'The supply point.';

--
-- Name: COLUMN place.route_id; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.place.route_id IS 'Its route.';

--
-- Name: reading; Type: TABLE; Schema: meter; Owner: smetka_owner
--

CREATE TABLE meter.reading (
    id bigint NOT NULL,
    register_id bigint NOT NULL,
    value_milli bigint NOT NULL,
    received_at timestamp with time zone NOT NULL,
    submission_id bigint,
    corrects bigint,
    document_id bigint,
    read_on date NOT NULL,
    source meter.source NOT NULL,
    state meter.state NOT NULL,
    billed boolean DEFAULT false NOT NULL,
    reason text,
    CONSTRAINT reading_check CHECK ((billed OR (document_id IS NULL))),
    CONSTRAINT reading_check1 CHECK (((NOT billed) OR (state = ANY (ARRAY['accepted'::meter.state, 'replaced'::meter.state])))),
    CONSTRAINT reading_reason_check CHECK ((length(reason) <= 200)),
    CONSTRAINT reading_value_milli_check CHECK (((value_milli >= 0) AND (value_milli <= '999999999999'::bigint)))
)
WITH (fillfactor='95');

ALTER TABLE ONLY meter.reading FORCE ROW LEVEL SECURITY;

ALTER TABLE meter.reading OWNER TO smetka_owner;

--
-- Name: TABLE reading; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON TABLE meter.reading IS 'What a register showed on a day.  All versions are kept: only the state, its reason and whether it is billed ever change.';

--
-- Name: COLUMN reading.id; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.reading.id IS 'Key.';

--
-- Name: COLUMN reading.register_id; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.reading.register_id IS 'The register.';

--
-- Name: COLUMN reading.value_milli; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.reading.value_milli IS 'The index, in thousandths of the register''s unit, as the dial shows.';

--
-- Name: COLUMN reading.received_at; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.reading.received_at IS 'When it came here.';

--
-- Name: COLUMN reading.submission_id; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.reading.submission_id IS 'What it was sent with; null: the company''s own.';

--
-- Name: COLUMN reading.corrects; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.reading.corrects IS 'The version that this one replaced.';

--
-- Name: COLUMN reading.document_id; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.reading.document_id IS 'The bill that used it.';

--
-- Name: COLUMN reading.read_on; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.reading.read_on IS 'The day it was read.';

--
-- Name: COLUMN reading.source; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.reading.source IS 'Where it comes from.';

--
-- Name: COLUMN reading.state; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.reading.state IS 'What it counts for.';

--
-- Name: COLUMN reading.billed; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.reading.billed IS 'A bill used it: it cannot be corrected here any more.';

--
-- Name: COLUMN reading.reason; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.reading.reason IS 'Why it is in its state, for the customer to read.';

--
-- Name: reading_id_seq; Type: SEQUENCE; Schema: meter; Owner: smetka_owner
--

ALTER TABLE meter.reading ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME meter.reading_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: reference_no; Type: SEQUENCE; Schema: meter; Owner: smetka_owner
--

CREATE SEQUENCE meter.reference_no
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER TABLE meter.reference_no OWNER TO smetka_owner;

--
-- Name: SEQUENCE reference_no; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON SEQUENCE meter.reference_no IS 'Numbers of submissions.';

--
-- Name: register; Type: TABLE; Schema: meter; Owner: smetka_owner
--

CREATE TABLE meter.register (
    id bigint NOT NULL,
    meter_id bigint NOT NULL,
    factor_milli bigint DEFAULT 1000 NOT NULL,
    no smallint NOT NULL,
    digits smallint NOT NULL,
    decimals smallint DEFAULT 0 NOT NULL,
    kind text DEFAULT 'single'::text NOT NULL,
    unit text NOT NULL,
    code text DEFAULT ''::text NOT NULL,
    CONSTRAINT register_code_check CHECK ((length(code) <= 20)),
    CONSTRAINT register_decimals_check CHECK (((decimals >= 0) AND (decimals <= 3))),
    CONSTRAINT register_digits_check CHECK (((digits >= 1) AND (digits <= 9))),
    CONSTRAINT register_factor_milli_check CHECK (((factor_milli >= 1) AND (factor_milli <= 100000000))),
    CONSTRAINT register_kind_check CHECK ((kind = ANY (ARRAY['single'::text, 'day'::text, 'night'::text, 'import'::text, 'export'::text]))),
    CONSTRAINT register_no_check CHECK (((no >= 1) AND (no <= 8))),
    CONSTRAINT register_unit_check CHECK ((unit ~ '^[A-Z0-9]{2,3}$'::text))
);

ALTER TABLE ONLY meter.register FORCE ROW LEVEL SECURITY;

ALTER TABLE meter.register OWNER TO smetka_owner;

--
-- Name: TABLE register; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON TABLE meter.register IS 'One of the figures that a meter shows.';

--
-- Name: COLUMN register.id; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.register.id IS 'Key.';

--
-- Name: COLUMN register.meter_id; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.register.meter_id IS 'The meter.';

--
-- Name: COLUMN register.factor_milli; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.register.factor_milli IS 'Thousandths of real units that one unit of the dial stands for (transformers): 1000 is the dial itself.';

--
-- Name: COLUMN register.no; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.register.no IS 'Place on the meter, from 1.';

--
-- Name: COLUMN register.digits; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.register.digits IS 'Digits before the decimals.';

--
-- Name: COLUMN register.decimals; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.register.decimals IS 'Decimals of the dial.';

--
-- Name: COLUMN register.kind; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.register.kind IS 'What it counts: single, day, night, import, export.';

--
-- Name: COLUMN register.unit; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.register.unit IS 'UN/ECE Recommendation 20 code of the unit: KWH, MTQ, GJ, ...';

--
-- Name: COLUMN register.code; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.register.code IS 'What the meter calls it, such as 1.8.1; may be empty.';

--
-- Name: register_id_seq; Type: SEQUENCE; Schema: meter; Owner: smetka_owner
--

ALTER TABLE meter.register ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME meter.register_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: route; Type: TABLE; Schema: meter; Owner: smetka_owner
--

CREATE TABLE meter.route (
    id bigint NOT NULL,
    code text NOT NULL,
    first_day smallint,
    last_day smallint,
    every_months smallint DEFAULT 1 NOT NULL,
    base_month smallint DEFAULT 1 NOT NULL,
    read_method text NOT NULL,
    read_every_months smallint,
    keeps_outside boolean DEFAULT false NOT NULL,
    note_ro text,
    note_bg text,
    note_en text,
    CONSTRAINT route_base_month_check CHECK (((base_month >= 1) AND (base_month <= 12))),
    CONSTRAINT route_check CHECK (((first_day IS NULL) = (last_day IS NULL))),
    CONSTRAINT route_code_check CHECK (((length(code) >= 1) AND (length(code) <= 40))),
    CONSTRAINT route_every_months_check CHECK ((every_months = ANY (ARRAY[1, 2, 3, 4, 6, 12]))),
    CONSTRAINT route_first_day_check CHECK (((first_day >= 1) AND (first_day <= 31))),
    CONSTRAINT route_last_day_check CHECK (((last_day >= 1) AND (last_day <= 31))),
    CONSTRAINT route_note_bg_check CHECK ((length(note_bg) <= 500)),
    CONSTRAINT route_note_en_check CHECK ((length(note_en) <= 500)),
    CONSTRAINT route_note_ro_check CHECK ((length(note_ro) <= 500)),
    CONSTRAINT route_read_every_months_check CHECK (((read_every_months >= 1) AND (read_every_months <= 60))),
    CONSTRAINT route_read_method_check CHECK ((read_method = ANY (ARRAY['self'::text, 'remote'::text, 'visit'::text])))
);

ALTER TABLE meter.route OWNER TO smetka_owner;

--
-- Name: TABLE route; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON TABLE meter.route IS 'A route: places that are read in one way and at one time.';

--
-- Name: COLUMN route.id; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.route.id IS 'Key.';

--
-- Name: COLUMN route.code; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.route.code IS 'The company''s name of it.';

--
-- Name: COLUMN route.first_day; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.route.first_day IS 'First day of the month on which customers may send a reading, cut to the month''s length; null: only on the dates of route_dates.';

--
-- Name: COLUMN route.last_day; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.route.last_day IS 'Last day, likewise; below the first it is of the next month.';

--
-- Name: COLUMN route.every_months; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.route.every_months IS 'The window opens every so many months.';

--
-- Name: COLUMN route.base_month; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.route.base_month IS 'One of the months in which it opens.';

--
-- Name: COLUMN route.read_method; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.route.read_method IS 'How the company learns what the meter shows: self (from the customer), remote, visit.';

--
-- Name: COLUMN route.read_every_months; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.route.read_every_months IS 'How often the company reads the meter itself; null: never.';

--
-- Name: COLUMN route.keeps_outside; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.route.keeps_outside IS 'A reading that comes outside of the window is kept, for information.';

--
-- Name: COLUMN route.note_ro; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.route.note_ro IS 'What customers should know about it besides, in Romanian.';

--
-- Name: COLUMN route.note_bg; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.route.note_bg IS 'The same in Bulgarian.';

--
-- Name: COLUMN route.note_en; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.route.note_en IS 'The same in English.';

--
-- Name: route_dates; Type: TABLE; Schema: meter; Owner: smetka_owner
--

CREATE TABLE meter.route_dates (
    route_id bigint NOT NULL,
    opens_on date NOT NULL,
    closes_on date NOT NULL,
    CONSTRAINT route_dates_check CHECK ((opens_on <= closes_on))
);

ALTER TABLE meter.route_dates OWNER TO smetka_owner;

--
-- Name: TABLE route_dates; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON TABLE meter.route_dates IS 'Windows that the company sets by date.';

--
-- Name: COLUMN route_dates.route_id; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.route_dates.route_id IS 'The route.';

--
-- Name: COLUMN route_dates.opens_on; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.route_dates.opens_on IS 'First day.';

--
-- Name: COLUMN route_dates.closes_on; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.route_dates.closes_on IS 'Last day.';

--
-- Name: route_id_seq; Type: SEQUENCE; Schema: meter; Owner: smetka_owner
--

ALTER TABLE meter.route ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME meter.route_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: submission; Type: TABLE; Schema: meter; Owner: smetka_owner
--

CREATE TABLE meter.submission (
    id bigint NOT NULL,
    public_id uuid DEFAULT gen_random_uuid() NOT NULL,
    meter_id bigint NOT NULL,
    received_at timestamp with time zone NOT NULL,
    read_on date NOT NULL,
    source meter.source NOT NULL,
    reference text NOT NULL,
    once_key bytea NOT NULL,
    CONSTRAINT submission_once_key_check CHECK (((octet_length(once_key) >= 16) AND (octet_length(once_key) <= 32))),
    CONSTRAINT submission_reference_check CHECK ((reference ~ '^[2-9A-HJKMNP-Z]{8}$'::text))
);

ALTER TABLE ONLY meter.submission FORCE ROW LEVEL SECURITY;

ALTER TABLE meter.submission OWNER TO smetka_owner;

--
-- Name: TABLE submission; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON TABLE meter.submission IS 'What a customer sent about a meter in one go: a reading a register.';

--
-- Name: COLUMN submission.id; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.submission.id IS 'Key.';

--
-- Name: COLUMN submission.public_id; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.submission.public_id IS 'Random id for addresses.';

--
-- Name: COLUMN submission.meter_id; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.submission.meter_id IS 'The meter.';

--
-- Name: COLUMN submission.received_at; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.submission.received_at IS 'When it came.';

--
-- Name: COLUMN submission.read_on; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.submission.read_on IS 'The day it was read.';

--
-- Name: COLUMN submission.source; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.submission.source IS 'Which way it came.';

--
-- Name: COLUMN submission.reference; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.submission.reference IS 'Number to be told by telephone: eight characters, the last one checks.';

--
-- Name: COLUMN submission.once_key; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON COLUMN meter.submission.once_key IS 'Key of the form: the same key again is the same submission.';

--
-- Name: submission_id_seq; Type: SEQUENCE; Schema: meter; Owner: smetka_owner
--

ALTER TABLE meter.submission ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME meter.submission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: outbox; Type: TABLE; Schema: notify; Owner: smetka_owner
--

CREATE TABLE notify.outbox (
    id bigint NOT NULL,
    dedupe_key text NOT NULL,
    channel text NOT NULL,
    recipient text NOT NULL,
    template text NOT NULL,
    language text NOT NULL,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    state text DEFAULT 'queued'::text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    next_try_at timestamp with time zone,
    last_error text,
    created_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    CONSTRAINT outbox_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT outbox_channel_check CHECK ((channel = ANY (ARRAY['mail'::text, 'sms'::text]))),
    CONSTRAINT outbox_check CHECK (((state = 'sent'::text) = (sent_at IS NOT NULL))),
    CONSTRAINT outbox_check1 CHECK (((state = ANY (ARRAY['queued'::text, 'sending'::text])) = (next_try_at IS NOT NULL))),
    CONSTRAINT outbox_dedupe_key_check CHECK ((length(dedupe_key) <= 200)),
    CONSTRAINT outbox_language_check CHECK ((language = ANY (ARRAY['ro'::text, 'bg'::text, 'en'::text]))),
    CONSTRAINT outbox_last_error_check CHECK ((length(last_error) <= 500)),
    CONSTRAINT outbox_recipient_check CHECK (((length(recipient) >= 1) AND (length(recipient) <= 254))),
    CONSTRAINT outbox_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sending'::text, 'sent'::text, 'failed'::text, 'dead'::text]))),
    CONSTRAINT outbox_template_check CHECK ((template ~ '^[a-z_]{1,40}$'::text))
)
WITH (fillfactor='80');

ALTER TABLE ONLY notify.outbox FORCE ROW LEVEL SECURITY;

ALTER TABLE notify.outbox OWNER TO smetka_owner;

--
-- Name: TABLE outbox; Type: COMMENT; Schema: notify; Owner: smetka_owner
--

COMMENT ON TABLE notify.outbox IS 'Messages, written in the transaction that they report.';

--
-- Name: COLUMN outbox.id; Type: COMMENT; Schema: notify; Owner: smetka_owner
--

COMMENT ON COLUMN notify.outbox.id IS 'Key.';

--
-- Name: COLUMN outbox.dedupe_key; Type: COMMENT; Schema: notify; Owner: smetka_owner
--

COMMENT ON COLUMN notify.outbox.dedupe_key IS 'What the message is about; it is sent once.';

--
-- Name: COLUMN outbox.channel; Type: COMMENT; Schema: notify; Owner: smetka_owner
--

COMMENT ON COLUMN notify.outbox.channel IS 'How it goes.';

--
-- Name: COLUMN outbox.recipient; Type: COMMENT; Schema: notify; Owner: smetka_owner
--

COMMENT ON COLUMN notify.outbox.recipient IS 'Where it goes.';

--
-- Name: COLUMN outbox.template; Type: COMMENT; Schema: notify; Owner: smetka_owner
--

COMMENT ON COLUMN notify.outbox.template IS 'What it says.';

--
-- Name: COLUMN outbox.language; Type: COMMENT; Schema: notify; Owner: smetka_owner
--

COMMENT ON COLUMN notify.outbox.language IS 'In which language.';

--
-- Name: COLUMN outbox.args; Type: COMMENT; Schema: notify; Owner: smetka_owner
--

COMMENT ON COLUMN notify.outbox.args IS 'What the template is filled from; never a secret.';

--
-- Name: COLUMN outbox.state; Type: COMMENT; Schema: notify; Owner: smetka_owner
--

COMMENT ON COLUMN notify.outbox.state IS 'How far it is.';

--
-- Name: COLUMN outbox.attempts; Type: COMMENT; Schema: notify; Owner: smetka_owner
--

COMMENT ON COLUMN notify.outbox.attempts IS 'How often it was tried.';

--
-- Name: COLUMN outbox.next_try_at; Type: COMMENT; Schema: notify; Owner: smetka_owner
--

COMMENT ON COLUMN notify.outbox.next_try_at IS 'When it is due; while it is sent, when the lease ends.';

--
-- Name: COLUMN outbox.last_error; Type: COMMENT; Schema: notify; Owner: smetka_owner
--

COMMENT ON COLUMN notify.outbox.last_error IS 'Why the last try failed.';

--
-- Name: COLUMN outbox.created_at; Type: COMMENT; Schema: notify; Owner: smetka_owner
--

COMMENT ON COLUMN notify.outbox.created_at IS 'When it was written.';

--
-- Name: COLUMN outbox.sent_at; Type: COMMENT; Schema: notify; Owner: smetka_owner
--

COMMENT ON COLUMN notify.outbox.sent_at IS 'When it was handed over.';

--
-- Name: outbox_id_seq; Type: SEQUENCE; Schema: notify; Owner: smetka_owner
--

ALTER TABLE notify.outbox ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME notify.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: attachment; Type: TABLE; Schema: ops; Owner: smetka_owner
--

CREATE TABLE ops.attachment (
    id bigint NOT NULL,
    review_id bigint NOT NULL,
    received_at timestamp with time zone NOT NULL,
    media_type text NOT NULL,
    sha256 bytea NOT NULL,
    body bytea NOT NULL,
    CONSTRAINT attachment_body_check CHECK (((octet_length(body) >= 1) AND (octet_length(body) <= 5242880))),
    CONSTRAINT attachment_media_type_check CHECK ((media_type = ANY (ARRAY['application/pdf'::text, 'image/jpeg'::text, 'image/png'::text]))),
    CONSTRAINT attachment_sha256_check CHECK ((octet_length(sha256) = 32))
);
ALTER TABLE ONLY ops.attachment ALTER COLUMN body SET STORAGE EXTERNAL;

ALTER TABLE ONLY ops.attachment FORCE ROW LEVEL SECURITY;

ALTER TABLE ops.attachment OWNER TO smetka_owner;

--
-- Name: TABLE attachment; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON TABLE ops.attachment IS 'A file that somebody sent for a review: the document that gives the authority, the photo of a meter.  Nobody sees it but who decides.';

--
-- Name: COLUMN attachment.id; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON COLUMN ops.attachment.id IS 'Key.';

--
-- Name: COLUMN attachment.review_id; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON COLUMN ops.attachment.review_id IS 'What it is for.';

--
-- Name: COLUMN attachment.received_at; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON COLUMN ops.attachment.received_at IS 'When it came.';

--
-- Name: COLUMN attachment.media_type; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON COLUMN ops.attachment.media_type IS 'What it is by its first bytes, whatever its sender called it.';

--
-- Name: COLUMN attachment.sha256; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON COLUMN ops.attachment.sha256 IS 'Of the bytes.';

--
-- Name: COLUMN attachment.body; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON COLUMN ops.attachment.body IS 'The bytes as they came.';

--
-- Name: attachment_id_seq; Type: SEQUENCE; Schema: ops; Owner: smetka_owner
--

ALTER TABLE ops.attachment ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME ops.attachment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: budget; Type: TABLE; Schema: ops; Owner: smetka_owner
--

CREATE TABLE ops.budget (
    kind text NOT NULL,
    key bytea NOT NULL,
    used integer NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    CONSTRAINT budget_key_check CHECK ((octet_length(key) <= 32)),
    CONSTRAINT budget_kind_check CHECK ((kind = ANY (ARRAY['address'::text, 'identifier'::text, 'link'::text, 'email'::text, 'login'::text, 'login_address'::text, 'login_device'::text, 'login_code'::text, 'token'::text]))),
    CONSTRAINT budget_used_check CHECK ((used >= 0))
)
WITH (fillfactor='60');

ALTER TABLE ops.budget OWNER TO smetka_owner;

--
-- Name: TABLE budget; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON TABLE ops.budget IS 'Counters in fixed windows against guessing; a look-up removes old rows.';

--
-- Name: COLUMN budget.kind; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON COLUMN ops.budget.kind IS 'address: look-ups of one address; identifier: failures on one code; link: pay links opened by one address; email: links mailed to one mailbox; login: passwords tried on one log-in from browsers that it does not know, login_address: from one address, login_device: from one browser that it knows; login_code: second factors tried; token: requests with one token.';

--
-- Name: COLUMN budget.key; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON COLUMN ops.budget.key IS 'Keyed hash of the address, code or mailbox.';

--
-- Name: COLUMN budget.used; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON COLUMN ops.budget.used IS 'How many in this window.';

--
-- Name: COLUMN budget.ends_at; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON COLUMN ops.budget.ends_at IS 'When the window ends.';

--
-- Name: migration; Type: TABLE; Schema: ops; Owner: smetka_owner
--

CREATE TABLE ops.migration (
    name text NOT NULL,
    sha256 bytea NOT NULL,
    applied_at timestamp with time zone NOT NULL,
    CONSTRAINT migration_sha256_check CHECK ((octet_length(sha256) = 32))
);

ALTER TABLE ops.migration OWNER TO smetka_owner;

--
-- Name: TABLE migration; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON TABLE ops.migration IS 'Migrations that were applied.';

--
-- Name: COLUMN migration.name; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON COLUMN ops.migration.name IS 'File name, such as 0001_ops.sql.';

--
-- Name: COLUMN migration.sha256; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON COLUMN ops.migration.sha256 IS 'Hash of the file as applied; an applied file is never edited.';

--
-- Name: COLUMN migration.applied_at; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON COLUMN ops.migration.applied_at IS 'When it was applied.';

--
-- Name: miss; Type: TABLE; Schema: ops; Owner: smetka_owner
--

CREATE TABLE ops.miss (
    slot smallint NOT NULL,
    used integer DEFAULT 0 NOT NULL,
    ends_at timestamp with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL,
    CONSTRAINT miss_slot_check CHECK (((slot >= 0) AND (slot <= 15))),
    CONSTRAINT miss_used_check CHECK ((used >= 0))
)
WITH (fillfactor='10');

ALTER TABLE ops.miss OWNER TO smetka_owner;

--
-- Name: TABLE miss; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON TABLE ops.miss IS 'Failures of all look-ups in an hour, spread over 16 rows so that look-ups do not queue for one.';

--
-- Name: COLUMN miss.slot; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON COLUMN ops.miss.slot IS 'Which of the rows; taken at random.';

--
-- Name: COLUMN miss.used; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON COLUMN ops.miss.used IS 'How many in this window.';

--
-- Name: COLUMN miss.ends_at; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON COLUMN ops.miss.ends_at IS 'When the window ends.';

--
-- Name: review; Type: TABLE; Schema: ops; Owner: smetka_owner
--

CREATE TABLE ops.review (
    id bigint NOT NULL,
    subject_id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    kind text NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    decided_by text,
    note text,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT review_check CHECK (((state = 'open'::text) = (decided_at IS NULL))),
    CONSTRAINT review_check1 CHECK (((state = ANY (ARRAY['approved'::text, 'refused'::text])) = (decided_by IS NOT NULL))),
    CONSTRAINT review_decided_by_check CHECK (((length(decided_by) >= 1) AND (length(decided_by) <= 100))),
    CONSTRAINT review_kind_check CHECK ((kind = ANY (ARRAY['reading'::text, 'representative'::text, 'business_data'::text, 'address'::text, 'missing_payment'::text]))),
    CONSTRAINT review_note_check CHECK ((length(note) <= 200)),
    CONSTRAINT review_state_check CHECK ((state = ANY (ARRAY['open'::text, 'approved'::text, 'refused'::text, 'withdrawn'::text])))
);

ALTER TABLE ONLY ops.review FORCE ROW LEVEL SECURITY;

ALTER TABLE ops.review OWNER TO smetka_owner;

--
-- Name: TABLE review; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON TABLE ops.review IS 'What somebody sent and a person of the company has to decide.';

--
-- Name: COLUMN review.id; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON COLUMN ops.review.id IS 'Key; staff say it.';

--
-- Name: COLUMN review.subject_id; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON COLUMN ops.review.subject_id IS 'What it is about: for a reading the submission.';

--
-- Name: COLUMN review.created_at; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON COLUMN ops.review.created_at IS 'Since when it waits.';

--
-- Name: COLUMN review.decided_at; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON COLUMN ops.review.decided_at IS 'When it ended.';

--
-- Name: COLUMN review.kind; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON COLUMN ops.review.kind IS 'What is decided: reading, representative (of a customer), business_data, address (where letters go), missing_payment.  A kind that is not named here cannot be opened, and one that ops.review_decide() does not know cannot be decided.';

--
-- Name: COLUMN review.state; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON COLUMN ops.review.state IS 'open, approved, refused; withdrawn: its sender replaced it.';

--
-- Name: COLUMN review.decided_by; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON COLUMN ops.review.decided_by IS 'Who decided.';

--
-- Name: COLUMN review.note; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON COLUMN ops.review.note IS 'Why; of a refusal the customer reads it.';

--
-- Name: COLUMN review.args; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON COLUMN ops.review.args IS 'What the decision needs to know.';

--
-- Name: review_id_seq; Type: SEQUENCE; Schema: ops; Owner: smetka_owner
--

ALTER TABLE ops.review ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME ops.review_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: setting; Type: TABLE; Schema: ops; Owner: smetka_owner
--

CREATE TABLE ops.setting (
    name text NOT NULL,
    value bigint NOT NULL,
    CONSTRAINT setting_name_check CHECK ((name = ANY (ARRAY['sweep.first_s'::text, 'order.life_s'::text, 'unknown.after_s'::text, 'handle.life_s'::text]))),
    CONSTRAINT setting_value_check CHECK (((value >= 1) AND (value <= 604800)))
);

ALTER TABLE ops.setting OWNER TO smetka_owner;

--
-- Name: TABLE setting; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON TABLE ops.setting IS 'The few settings that rules inside the database depend on.';

--
-- Name: COLUMN setting.name; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON COLUMN ops.setting.name IS 'Name, as in the settings file.';

--
-- Name: COLUMN setting.value; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON COLUMN ops.setting.value IS 'Value, in seconds.';

--
-- Name: allocation; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.allocation (
    txn_id bigint NOT NULL,
    document_id bigint NOT NULL,
    amount_minor bigint NOT NULL,
    payment_id uuid,
    CONSTRAINT allocation_amount_minor_check CHECK ((amount_minor > 0))
);

ALTER TABLE ONLY pay.allocation FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.allocation OWNER TO smetka_owner;

--
-- Name: TABLE allocation; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.allocation IS 'What lowered an invoice: a settlement, or credit; insert-only.';

--
-- Name: COLUMN allocation.txn_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.allocation.txn_id IS 'The posting.';

--
-- Name: COLUMN allocation.document_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.allocation.document_id IS 'The invoice.';

--
-- Name: COLUMN allocation.amount_minor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.allocation.amount_minor IS 'By how much.';

--
-- Name: COLUMN allocation.payment_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.allocation.payment_id IS 'The settled payment; null where credit was used.';

--
-- Name: order_no; Type: SEQUENCE; Schema: pay; Owner: smetka_owner
--

CREATE SEQUENCE pay.order_no
    START WITH 1000000001
    INCREMENT BY 1
    MINVALUE 1000000001
    NO MAXVALUE
    CACHE 1;

ALTER TABLE pay.order_no OWNER TO smetka_owner;

--
-- Name: SEQUENCE order_no; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON SEQUENCE pay.order_no IS 'Order numbers shown to processors.';

--
-- Name: attempt; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.attempt (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    intent_id bigint NOT NULL,
    handle_hash bytea NOT NULL,
    browser_hash bytea NOT NULL,
    once_key bytea NOT NULL,
    retry_of uuid,
    processor text NOT NULL,
    order_no text DEFAULT (nextval('pay.order_no'::regclass))::text NOT NULL,
    processor_ref text,
    redirect_url text,
    amount_minor bigint NOT NULL,
    currency text NOT NULL,
    email text,
    email_fixed boolean DEFAULT false NOT NULL,
    lang text NOT NULL,
    state text DEFAULT 'created'::text NOT NULL,
    reason text,
    last_cause text DEFAULT 'start'::text NOT NULL,
    seq integer DEFAULT 0 NOT NULL,
    told_to_wait boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    final_at timestamp with time zone,
    expires_at timestamp with time zone NOT NULL,
    next_ask_at timestamp with time zone,
    last_ask_at timestamp with time zone,
    asked_count integer DEFAULT 0 NOT NULL,
    lease_until timestamp with time zone,
    unreachable_since timestamp with time zone,
    needs_person boolean DEFAULT false NOT NULL,
    CONSTRAINT attempt_amount_minor_check CHECK ((amount_minor > 0)),
    CONSTRAINT attempt_asked_count_check CHECK ((asked_count >= 0)),
    CONSTRAINT attempt_browser_hash_check CHECK ((octet_length(browser_hash) = 32)),
    CONSTRAINT attempt_check CHECK (((state = 'closed'::text) = (reason IS NOT NULL))),
    CONSTRAINT attempt_check1 CHECK (((state = ANY (ARRAY['closed'::text, 'settled'::text])) = (final_at IS NOT NULL))),
    CONSTRAINT attempt_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT attempt_email_check CHECK ((length(email) <= 254)),
    CONSTRAINT attempt_handle_hash_check CHECK ((octet_length(handle_hash) = 32)),
    CONSTRAINT attempt_lang_check CHECK ((lang = ANY (ARRAY['ro'::text, 'bg'::text, 'en'::text]))),
    CONSTRAINT attempt_once_key_check CHECK (((octet_length(once_key) >= 8) AND (octet_length(once_key) <= 64))),
    CONSTRAINT attempt_processor_check CHECK (((length(processor) >= 1) AND (length(processor) <= 20))),
    CONSTRAINT attempt_processor_ref_check CHECK ((length(processor_ref) <= 200)),
    CONSTRAINT attempt_reason_check CHECK ((reason = ANY (ARRAY['never_created'::text, 'declined'::text, 'cancelled'::text, 'expired'::text]))),
    CONSTRAINT attempt_redirect_url_check CHECK ((length(redirect_url) <= 4000)),
    CONSTRAINT attempt_seq_check CHECK ((seq >= 0))
)
WITH (fillfactor='80');

ALTER TABLE ONLY pay.attempt FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.attempt OWNER TO smetka_owner;

--
-- Name: TABLE attempt; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.attempt IS 'One order at one processor.';

--
-- Name: COLUMN attempt.id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.id IS 'Public id; also the idempotency key at the processor.';

--
-- Name: COLUMN attempt.intent_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.intent_id IS 'What is paid.';

--
-- Name: COLUMN attempt.handle_hash; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.handle_hash IS 'Hash of the handle it was started from.';

--
-- Name: COLUMN attempt.browser_hash; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.browser_hash IS 'Hash of the cookie of who started it.';

--
-- Name: COLUMN attempt.once_key; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.once_key IS 'Key of the form; a second POST of it finds this attempt.';

--
-- Name: COLUMN attempt.retry_of; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.retry_of IS 'The attempt that this one follows.';

--
-- Name: COLUMN attempt.processor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.processor IS 'Name of the processor.';

--
-- Name: COLUMN attempt.order_no; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.order_no IS 'Our number of the order there.';

--
-- Name: COLUMN attempt.processor_ref; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.processor_ref IS 'Its number of the order.';

--
-- Name: COLUMN attempt.redirect_url; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.redirect_url IS 'Its page for the payer.';

--
-- Name: COLUMN attempt.amount_minor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.amount_minor IS 'What was asked for.';

--
-- Name: COLUMN attempt.currency; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.currency IS 'Currency.';

--
-- Name: COLUMN attempt.email; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.email IS 'Where the receipt goes.';

--
-- Name: COLUMN attempt.email_fixed; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.email_fixed IS 'Whether the address was corrected, which is allowed once.';

--
-- Name: COLUMN attempt.lang; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.lang IS 'Language of pages and mails.';

--
-- Name: COLUMN attempt.state; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.state IS 'Where it is; pay.edge rules.';

--
-- Name: COLUMN attempt.reason; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.reason IS 'Why it was closed.';

--
-- Name: COLUMN attempt.last_cause; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.last_cause IS 'What brought it to its state: source and event.';

--
-- Name: COLUMN attempt.seq; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.seq IS 'How many moves it has made.';

--
-- Name: COLUMN attempt.told_to_wait; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.told_to_wait IS 'Whether the payer was told to wait, and is owed an answer by mail.';

--
-- Name: COLUMN attempt.created_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.created_at IS 'When it was started.';

--
-- Name: COLUMN attempt.changed_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.changed_at IS 'When it moved last.';

--
-- Name: COLUMN attempt.final_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.final_at IS 'When it was settled or closed.';

--
-- Name: COLUMN attempt.expires_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.expires_at IS 'When its page at the processor ends.';

--
-- Name: COLUMN attempt.next_ask_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.next_ask_at IS 'When the processor is to be asked next.';

--
-- Name: COLUMN attempt.last_ask_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.last_ask_at IS 'When it was asked last.';

--
-- Name: COLUMN attempt.asked_count; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.asked_count IS 'How often the sweep asked.';

--
-- Name: COLUMN attempt.lease_until; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.lease_until IS 'Until when one process has it to ask about.';

--
-- Name: COLUMN attempt.unreachable_since; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.unreachable_since IS 'Since when the processor could not be asked.';

--
-- Name: COLUMN attempt.needs_person; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt.needs_person IS 'The schedule of asking has ended without an answer.';

--
-- Name: attempt_event; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.attempt_event (
    payment_id uuid NOT NULL,
    seq integer NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    cause text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT attempt_event_seq_check CHECK ((seq >= 1))
);

ALTER TABLE ONLY pay.attempt_event FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.attempt_event OWNER TO smetka_owner;

--
-- Name: TABLE attempt_event; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.attempt_event IS 'Every move of an attempt; insert-only.';

--
-- Name: COLUMN attempt_event.payment_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt_event.payment_id IS 'The attempt.';

--
-- Name: COLUMN attempt_event.seq; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt_event.seq IS 'From 1, without gaps.';

--
-- Name: COLUMN attempt_event.from_state; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt_event.from_state IS 'From this state.';

--
-- Name: COLUMN attempt_event.to_state; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt_event.to_state IS 'To this state.';

--
-- Name: COLUMN attempt_event.cause; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt_event.cause IS 'What moved it.';

--
-- Name: COLUMN attempt_event.at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.attempt_event.at IS 'When.';

--
-- Name: compare; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.compare (
    id bigint NOT NULL,
    processor text NOT NULL,
    since timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    listed integer DEFAULT 0 NOT NULL,
    missing_here integer DEFAULT 0 NOT NULL,
    missing_there integer DEFAULT 0 NOT NULL,
    differs integer DEFAULT 0 NOT NULL,
    CONSTRAINT compare_check CHECK ((since < until)),
    CONSTRAINT compare_differs_check CHECK ((differs >= 0)),
    CONSTRAINT compare_listed_check CHECK ((listed >= 0)),
    CONSTRAINT compare_missing_here_check CHECK ((missing_here >= 0)),
    CONSTRAINT compare_missing_there_check CHECK ((missing_there >= 0)),
    CONSTRAINT compare_processor_check CHECK (((length(processor) >= 1) AND (length(processor) <= 20)))
);

ALTER TABLE ONLY pay.compare FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.compare OWNER TO smetka_owner;

--
-- Name: TABLE compare; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.compare IS 'Comparisons of our settlements with the processor''s own list.';

--
-- Name: COLUMN compare.id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.compare.id IS 'Key.';

--
-- Name: COLUMN compare.processor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.compare.processor IS 'The processor.';

--
-- Name: COLUMN compare.since; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.compare.since IS 'Orders made from here ...';

--
-- Name: COLUMN compare.until; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.compare.until IS '... to before here.';

--
-- Name: COLUMN compare.started_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.compare.started_at IS 'When it was begun.';

--
-- Name: COLUMN compare.finished_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.compare.finished_at IS 'When it ended; null where it did not come to its end.';

--
-- Name: COLUMN compare.listed; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.compare.listed IS 'Paid orders on the list.';

--
-- Name: COLUMN compare.missing_here; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.compare.missing_here IS 'Paid there and not known here.';

--
-- Name: COLUMN compare.missing_there; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.compare.missing_there IS 'Settled here, not on the list.';

--
-- Name: COLUMN compare.differs; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.compare.differs IS 'Of another sum or currency.';

--
-- Name: compare_id_seq; Type: SEQUENCE; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.compare ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME pay.compare_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: compare_seen; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.compare_seen (
    compare_id bigint NOT NULL,
    processor_ref text NOT NULL,
    payment_id uuid
);

ALTER TABLE ONLY pay.compare_seen FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.compare_seen OWNER TO smetka_owner;

--
-- Name: TABLE compare_seen; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.compare_seen IS 'Paid orders seen on a list; emptied when the comparison ends.';

--
-- Name: COLUMN compare_seen.compare_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.compare_seen.compare_id IS 'The comparison.';

--
-- Name: COLUMN compare_seen.processor_ref; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.compare_seen.processor_ref IS 'Number of the order.';

--
-- Name: COLUMN compare_seen.payment_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.compare_seen.payment_id IS 'Our payment, if known.';

--
-- Name: dispute; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.dispute (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    payment_id uuid,
    unmatched_id bigint,
    processor text NOT NULL,
    processor_ref text NOT NULL,
    amount_minor bigint NOT NULL,
    fee_minor bigint NOT NULL,
    currency text NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    last_cause text DEFAULT 'opened'::text NOT NULL,
    seq integer DEFAULT 0 NOT NULL,
    txn_id bigint NOT NULL,
    decided_txn_id bigint,
    opened_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    CONSTRAINT dispute_amount_minor_check CHECK ((amount_minor > 0)),
    CONSTRAINT dispute_check CHECK ((num_nonnulls(payment_id, unmatched_id) = 1)),
    CONSTRAINT dispute_check1 CHECK (((state = 'open'::text) = (decided_txn_id IS NULL))),
    CONSTRAINT dispute_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT dispute_fee_minor_check CHECK ((fee_minor >= 0)),
    CONSTRAINT dispute_processor_check CHECK (((length(processor) >= 1) AND (length(processor) <= 20))),
    CONSTRAINT dispute_processor_ref_check CHECK (((length(processor_ref) >= 1) AND (length(processor_ref) <= 200))),
    CONSTRAINT dispute_seq_check CHECK ((seq >= 0)),
    CONSTRAINT dispute_state_check CHECK ((state = ANY (ARRAY['open'::text, 'won'::text, 'lost'::text])))
);

ALTER TABLE ONLY pay.dispute FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.dispute OWNER TO smetka_owner;

--
-- Name: TABLE dispute; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.dispute IS 'A payment that the payer''s bank contests (chargeback).';

--
-- Name: COLUMN dispute.id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.dispute.id IS 'Key.';

--
-- Name: COLUMN dispute.payment_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.dispute.payment_id IS 'The settled payment.';

--
-- Name: COLUMN dispute.unmatched_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.dispute.unmatched_id IS 'Or the unmatched money.';

--
-- Name: COLUMN dispute.processor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.dispute.processor IS 'The processor.';

--
-- Name: COLUMN dispute.processor_ref; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.dispute.processor_ref IS 'Its number of the dispute.';

--
-- Name: COLUMN dispute.amount_minor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.dispute.amount_minor IS 'What is contested.';

--
-- Name: COLUMN dispute.fee_minor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.dispute.fee_minor IS 'What the processor charges.';

--
-- Name: COLUMN dispute.currency; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.dispute.currency IS 'Currency.';

--
-- Name: COLUMN dispute.state; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.dispute.state IS 'Where it is; pay.dispute_edge rules.';

--
-- Name: COLUMN dispute.last_cause; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.dispute.last_cause IS 'What brought it to its state.';

--
-- Name: COLUMN dispute.seq; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.dispute.seq IS 'How many moves it has made.';

--
-- Name: COLUMN dispute.txn_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.dispute.txn_id IS 'The posting of its opening.';

--
-- Name: COLUMN dispute.decided_txn_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.dispute.decided_txn_id IS 'That of its decision.';

--
-- Name: COLUMN dispute.opened_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.dispute.opened_at IS 'When we learned of it.';

--
-- Name: COLUMN dispute.changed_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.dispute.changed_at IS 'When it moved last.';

--
-- Name: dispute_edge; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.dispute_edge (
    from_state text NOT NULL,
    to_state text NOT NULL,
    CONSTRAINT dispute_edge_check CHECK ((from_state <> to_state))
);

ALTER TABLE pay.dispute_edge OWNER TO smetka_owner;

--
-- Name: TABLE dispute_edge; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.dispute_edge IS 'The ways a dispute may move; there is no other.';

--
-- Name: COLUMN dispute_edge.from_state; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.dispute_edge.from_state IS 'From this state.';

--
-- Name: COLUMN dispute_edge.to_state; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.dispute_edge.to_state IS 'To this state.';

--
-- Name: dispute_event; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.dispute_event (
    dispute_id uuid NOT NULL,
    seq integer NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    cause text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT dispute_event_seq_check CHECK ((seq >= 1))
);

ALTER TABLE ONLY pay.dispute_event FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.dispute_event OWNER TO smetka_owner;

--
-- Name: TABLE dispute_event; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.dispute_event IS 'Every move of a dispute; insert-only.';

--
-- Name: COLUMN dispute_event.dispute_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.dispute_event.dispute_id IS 'The dispute.';

--
-- Name: COLUMN dispute_event.seq; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.dispute_event.seq IS 'From 1, without gaps.';

--
-- Name: COLUMN dispute_event.from_state; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.dispute_event.from_state IS 'From this state.';

--
-- Name: COLUMN dispute_event.to_state; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.dispute_event.to_state IS 'To this state.';

--
-- Name: COLUMN dispute_event.cause; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.dispute_event.cause IS 'What moved it.';

--
-- Name: COLUMN dispute_event.at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.dispute_event.at IS 'When.';

--
-- Name: edge; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.edge (
    from_state text NOT NULL,
    to_state text NOT NULL,
    CONSTRAINT edge_check CHECK ((from_state <> to_state))
);

ALTER TABLE pay.edge OWNER TO smetka_owner;

--
-- Name: TABLE edge; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.edge IS 'The ways a payment attempt may move; there is no other.';

--
-- Name: COLUMN edge.from_state; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.edge.from_state IS 'From this state.';

--
-- Name: COLUMN edge.to_state; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.edge.to_state IS 'To this state.';

--
-- Name: guest_handle; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.guest_handle (
    id bigint NOT NULL,
    handle_hash bytea NOT NULL,
    browser_hash bytea NOT NULL,
    email text,
    lang text NOT NULL,
    choice text,
    choice_minor bigint,
    choice_currency text,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    login_id bigint,
    CONSTRAINT guest_handle_browser_hash_check CHECK ((octet_length(browser_hash) = 32)),
    CONSTRAINT guest_handle_choice_check CHECK ((choice = ANY (ARRAY['total'::text, 'current'::text, 'other'::text]))),
    CONSTRAINT guest_handle_choice_currency_check CHECK ((choice_currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT guest_handle_choice_minor_check CHECK ((choice_minor > 0)),
    CONSTRAINT guest_handle_email_check CHECK ((length(email) <= 254)),
    CONSTRAINT guest_handle_handle_hash_check CHECK ((octet_length(handle_hash) = 32)),
    CONSTRAINT guest_handle_lang_check CHECK ((lang = ANY (ARRAY['ro'::text, 'bg'::text, 'en'::text])))
);

ALTER TABLE ONLY pay.guest_handle FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.guest_handle OWNER TO smetka_owner;

--
-- Name: TABLE guest_handle; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.guest_handle IS 'A guest''s way to the bills that a code opened, for one browser.  A miss makes a row as well, expired at once, so that it costs the same.';

--
-- Name: COLUMN guest_handle.id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.guest_handle.id IS 'Key.';

--
-- Name: COLUMN guest_handle.handle_hash; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.guest_handle.handle_hash IS 'Keyed hash of the handle in the address.';

--
-- Name: COLUMN guest_handle.browser_hash; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.guest_handle.browser_hash IS 'Keyed hash of the browser''s cookie; no other browser sees the bill.';

--
-- Name: COLUMN guest_handle.email; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.guest_handle.email IS 'Where the receipt goes.';

--
-- Name: COLUMN guest_handle.lang; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.guest_handle.lang IS 'Language of the pages.';

--
-- Name: COLUMN guest_handle.choice; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.guest_handle.choice IS 'What a pay link proposes to pay.';

--
-- Name: COLUMN guest_handle.choice_minor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.guest_handle.choice_minor IS 'The sum that a pay link proposes.';

--
-- Name: COLUMN guest_handle.choice_currency; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.guest_handle.choice_currency IS 'Its currency.';

--
-- Name: COLUMN guest_handle.created_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.guest_handle.created_at IS 'When it was made.';

--
-- Name: COLUMN guest_handle.expires_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.guest_handle.expires_at IS 'When it ends.';

--
-- Name: COLUMN guest_handle.login_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.guest_handle.login_id IS 'Who was logged in and chose the documents of guest_handle_document; null: a guest, who sees all that the accounts owe.';

--
-- Name: guest_handle_account; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.guest_handle_account (
    handle_id bigint NOT NULL,
    account_id bigint,
    account_no smallint NOT NULL,
    code_hint text,
    currency text,
    selected boolean DEFAULT false NOT NULL,
    CONSTRAINT guest_handle_account_account_no_check CHECK (((account_no >= 1) AND (account_no <=
CASE
    WHEN selected THEN 200
    ELSE 5
END)))
);

ALTER TABLE ONLY pay.guest_handle_account FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.guest_handle_account OWNER TO smetka_owner;

--
-- Name: TABLE guest_handle_account; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.guest_handle_account IS 'The accounts a handle shows.';

--
-- Name: COLUMN guest_handle_account.handle_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.guest_handle_account.handle_id IS 'The handle.';

--
-- Name: COLUMN guest_handle_account.account_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.guest_handle_account.account_id IS 'The account; null for a miss.';

--
-- Name: COLUMN guest_handle_account.account_no; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.guest_handle_account.account_no IS 'Place on the page, from 1.';

--
-- Name: COLUMN guest_handle_account.code_hint; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.guest_handle_account.code_hint IS 'Last four characters of its payment code, copied for the bill page.';

--
-- Name: COLUMN guest_handle_account.currency; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.guest_handle_account.currency IS 'The account''s currency, copied for the bill page.';

--
-- Name: COLUMN guest_handle_account.selected; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.guest_handle_account.selected IS 'Of a handle made from a session: 200 accounts instead of 5.';

--
-- Name: guest_handle_document; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.guest_handle_document (
    handle_id bigint NOT NULL,
    document_id bigint NOT NULL
);

ALTER TABLE ONLY pay.guest_handle_document FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.guest_handle_document OWNER TO smetka_owner;

--
-- Name: TABLE guest_handle_document; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.guest_handle_document IS 'The documents that a handle made from a session is for.';

--
-- Name: COLUMN guest_handle_document.handle_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.guest_handle_document.handle_id IS 'The handle.';

--
-- Name: COLUMN guest_handle_document.document_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.guest_handle_document.document_id IS 'The document.';

--
-- Name: guest_handle_id_seq; Type: SEQUENCE; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.guest_handle ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME pay.guest_handle_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: in_flight; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.in_flight (
    account_id bigint NOT NULL,
    payment_id uuid NOT NULL
);

ALTER TABLE ONLY pay.in_flight FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.in_flight OWNER TO smetka_owner;

--
-- Name: TABLE in_flight; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.in_flight IS 'Attempts in flight by account; kept by the trigger of pay.attempt.';

--
-- Name: COLUMN in_flight.account_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.in_flight.account_id IS 'The account.';

--
-- Name: COLUMN in_flight.payment_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.in_flight.payment_id IS 'The attempt.';

--
-- Name: intent; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.intent (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    account_ids bigint[] NOT NULL,
    amount_minor bigint NOT NULL,
    surplus_minor bigint DEFAULT 0 NOT NULL,
    choice text NOT NULL,
    currency text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    selected boolean DEFAULT false NOT NULL,
    CONSTRAINT intent_account_ids_check CHECK (((cardinality(account_ids) >= 1) AND (cardinality(account_ids) <=
CASE
    WHEN selected THEN 200
    ELSE 5
END))),
    CONSTRAINT intent_amount_minor_check CHECK ((amount_minor > 0)),
    CONSTRAINT intent_check CHECK ((account_id = account_ids[1])),
    CONSTRAINT intent_choice_check CHECK ((choice = ANY (ARRAY['total'::text, 'current'::text, 'other'::text]))),
    CONSTRAINT intent_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT intent_surplus_minor_check CHECK ((surplus_minor >= 0))
);

ALTER TABLE ONLY pay.intent FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.intent OWNER TO smetka_owner;

--
-- Name: TABLE intent; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.intent IS 'What a payer wants to pay, frozen.';

--
-- Name: COLUMN intent.id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.intent.id IS 'Key.';

--
-- Name: COLUMN intent.account_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.intent.account_id IS 'The first account; a surplus becomes its credit.';

--
-- Name: COLUMN intent.account_ids; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.intent.account_ids IS 'All the accounts, in the order of the page.';

--
-- Name: COLUMN intent.amount_minor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.intent.amount_minor IS 'What is to be paid.';

--
-- Name: COLUMN intent.surplus_minor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.intent.surplus_minor IS 'The part of it that is more than was open.';

--
-- Name: COLUMN intent.choice; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.intent.choice IS 'What the payer chose.';

--
-- Name: COLUMN intent.currency; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.intent.currency IS 'Currency.';

--
-- Name: COLUMN intent.created_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.intent.created_at IS 'When it was frozen.';

--
-- Name: COLUMN intent.selected; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.intent.selected IS 'Of documents that somebody who was logged in chose.';

--
-- Name: intent_id_seq; Type: SEQUENCE; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.intent ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME pay.intent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: intent_item; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.intent_item (
    intent_id bigint NOT NULL,
    document_id bigint NOT NULL,
    amount_minor bigint NOT NULL,
    CONSTRAINT intent_item_amount_minor_check CHECK ((amount_minor > 0))
);

ALTER TABLE ONLY pay.intent_item FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.intent_item OWNER TO smetka_owner;

--
-- Name: TABLE intent_item; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.intent_item IS 'The split of an intent by invoices.';

--
-- Name: COLUMN intent_item.intent_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.intent_item.intent_id IS 'The intent.';

--
-- Name: COLUMN intent_item.document_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.intent_item.document_id IS 'The invoice.';

--
-- Name: COLUMN intent_item.amount_minor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.intent_item.amount_minor IS 'What of it is to be paid.';

--
-- Name: missing; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.missing (
    id bigint NOT NULL,
    public_id uuid DEFAULT gen_random_uuid() NOT NULL,
    login_id bigint NOT NULL,
    account_id bigint NOT NULL,
    unmatched_id bigint,
    amount_minor bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    paid_on date NOT NULL,
    currency text NOT NULL,
    how text NOT NULL,
    reference text NOT NULL,
    note text NOT NULL,
    CONSTRAINT missing_amount_minor_check CHECK ((amount_minor > 0)),
    CONSTRAINT missing_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT missing_how_check CHECK ((how = ANY (ARRAY['bank'::text, 'desk'::text, 'post'::text, 'card'::text]))),
    CONSTRAINT missing_note_check CHECK ((length(note) <= 500)),
    CONSTRAINT missing_reference_check CHECK ((length(reference) <= 60))
);

ALTER TABLE ONLY pay.missing FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.missing OWNER TO smetka_owner;

--
-- Name: TABLE missing; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.missing IS 'Payments that a customer made and does not find; what came of it is in ops.review (missing_payment).';

--
-- Name: COLUMN missing.id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.missing.id IS 'Key; the number is made of it.';

--
-- Name: COLUMN missing.public_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.missing.public_id IS 'Random id for addresses.';

--
-- Name: COLUMN missing.login_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.missing.login_id IS 'Who asks.';

--
-- Name: COLUMN missing.account_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.missing.account_id IS 'What was paid for.';

--
-- Name: COLUMN missing.unmatched_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.missing.unmatched_id IS 'Money without an owner that has this reference, sum and time; for the company''s eyes alone.';

--
-- Name: COLUMN missing.amount_minor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.missing.amount_minor IS 'How much was paid.';

--
-- Name: COLUMN missing.created_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.missing.created_at IS 'When it was told.';

--
-- Name: COLUMN missing.paid_on; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.missing.paid_on IS 'When it was paid.';

--
-- Name: COLUMN missing.currency; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.missing.currency IS 'The currency.';

--
-- Name: COLUMN missing.how; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.missing.how IS 'bank (transfer), desk, post (office) or card.';

--
-- Name: COLUMN missing.reference; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.missing.reference IS 'What stands on the paper of it; may be empty.';

--
-- Name: COLUMN missing.note; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.missing.note IS 'What the customer adds.';

--
-- Name: missing_id_seq; Type: SEQUENCE; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.missing ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME pay.missing_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: payout; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.payout (
    id bigint NOT NULL,
    processor text NOT NULL,
    processor_ref text NOT NULL,
    currency text NOT NULL,
    net_minor bigint NOT NULL,
    txn_id bigint,
    arrived_on date NOT NULL,
    received_at timestamp with time zone NOT NULL,
    CONSTRAINT payout_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT payout_processor_check CHECK (((length(processor) >= 1) AND (length(processor) <= 20))),
    CONSTRAINT payout_processor_ref_check CHECK (((length(processor_ref) >= 1) AND (length(processor_ref) <= 200)))
);

ALTER TABLE ONLY pay.payout FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.payout OWNER TO smetka_owner;

--
-- Name: TABLE payout; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.payout IS 'Money that the processor paid to our bank account; insert-only.';

--
-- Name: COLUMN payout.id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.payout.id IS 'Key.';

--
-- Name: COLUMN payout.processor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.payout.processor IS 'The processor.';

--
-- Name: COLUMN payout.processor_ref; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.payout.processor_ref IS 'Its number of the payout.';

--
-- Name: COLUMN payout.currency; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.payout.currency IS 'Currency.';

--
-- Name: COLUMN payout.net_minor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.payout.net_minor IS 'What reached the bank; negative where it collected from us.';

--
-- Name: COLUMN payout.txn_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.payout.txn_id IS 'Its posting; null where it moved nothing.';

--
-- Name: COLUMN payout.arrived_on; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.payout.arrived_on IS 'Day at the bank.';

--
-- Name: COLUMN payout.received_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.payout.received_at IS 'When we learned of it.';

--
-- Name: payout_id_seq; Type: SEQUENCE; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.payout ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME pay.payout_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: payout_line; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.payout_line (
    payout_id bigint NOT NULL,
    line_no integer NOT NULL,
    kind text NOT NULL,
    processor_ref text NOT NULL,
    gross_minor bigint NOT NULL,
    fee_minor bigint NOT NULL,
    payment_id uuid,
    outcome text NOT NULL,
    CONSTRAINT payout_line_kind_check CHECK ((kind = ANY (ARRAY['capture'::text, 'refund'::text, 'refund_failed'::text, 'dispute'::text, 'dispute_won'::text, 'fee'::text, 'other'::text]))),
    CONSTRAINT payout_line_line_no_check CHECK ((line_no >= 1)),
    CONSTRAINT payout_line_outcome_check CHECK ((outcome = ANY (ARRAY['matched'::text, 'missing_here'::text, 'differs'::text, 'plain'::text]))),
    CONSTRAINT payout_line_processor_ref_check CHECK ((length(processor_ref) <= 200))
);

ALTER TABLE ONLY pay.payout_line FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.payout_line OWNER TO smetka_owner;

--
-- Name: TABLE payout_line; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.payout_line IS 'What a payout is made of; insert-only.';

--
-- Name: COLUMN payout_line.payout_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.payout_line.payout_id IS 'The payout.';

--
-- Name: COLUMN payout_line.line_no; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.payout_line.line_no IS 'Place, from 1.';

--
-- Name: COLUMN payout_line.kind; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.payout_line.kind IS 'What it is for.';

--
-- Name: COLUMN payout_line.processor_ref; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.payout_line.processor_ref IS 'The processor''s number of the capture, refund or dispute.';

--
-- Name: COLUMN payout_line.gross_minor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.payout_line.gross_minor IS 'Before fees; negative where it lowers the payout.';

--
-- Name: COLUMN payout_line.fee_minor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.payout_line.fee_minor IS 'What the processor keeps.';

--
-- Name: COLUMN payout_line.payment_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.payout_line.payment_id IS 'Our payment.';

--
-- Name: COLUMN payout_line.outcome; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.payout_line.outcome IS 'matched; missing_here: we know of no such money; differs: of another sum; plain: a line that is about no payment.';

--
-- Name: processor_event; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.processor_event (
    id bigint NOT NULL,
    processor text NOT NULL,
    event_key text NOT NULL,
    payment_id uuid,
    order_no text,
    processor_ref text,
    kind text NOT NULL,
    amount_minor bigint,
    currency text,
    reason text,
    source text NOT NULL,
    outcome text NOT NULL,
    body_hash bytea,
    received_at timestamp with time zone NOT NULL,
    applied_at timestamp with time zone,
    CONSTRAINT processor_event_body_hash_check CHECK ((octet_length(body_hash) = 32)),
    CONSTRAINT processor_event_check CHECK (((outcome = 'unmatched'::text) = (applied_at IS NULL))),
    CONSTRAINT processor_event_check1 CHECK (((kind <> 'captured'::text) OR ((amount_minor IS NOT NULL) AND (currency IS NOT NULL) AND (amount_minor > 0) AND (currency ~ '^[A-Z]{3}$'::text)))),
    CONSTRAINT processor_event_event_key_check CHECK (((length(event_key) >= 1) AND (length(event_key) <= 300))),
    CONSTRAINT processor_event_kind_check CHECK ((kind = ANY (ARRAY['open'::text, 'pending'::text, 'captured'::text, 'declined'::text, 'closed'::text, 'refund'::text, 'dispute'::text]))),
    CONSTRAINT processor_event_outcome_check CHECK ((outcome = ANY (ARRAY['applied'::text, 'ignored'::text, 'unmatched'::text]))),
    CONSTRAINT processor_event_processor_check CHECK (((length(processor) >= 1) AND (length(processor) <= 20))),
    CONSTRAINT processor_event_source_check CHECK ((source = ANY (ARRAY['create'::text, 'notify'::text, 'query'::text, 'cancel'::text, 'operator'::text])))
);

ALTER TABLE ONLY pay.processor_event FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.processor_event OWNER TO smetka_owner;

--
-- Name: TABLE processor_event; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.processor_event IS 'Every authentic message of a processor, once; insert-only.';

--
-- Name: COLUMN processor_event.id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.processor_event.id IS 'Key.';

--
-- Name: COLUMN processor_event.processor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.processor_event.processor IS 'The processor.';

--
-- Name: COLUMN processor_event.event_key; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.processor_event.event_key IS 'What makes the message one of a kind there.';

--
-- Name: COLUMN processor_event.payment_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.processor_event.payment_id IS 'The attempt it is of.';

--
-- Name: COLUMN processor_event.order_no; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.processor_event.order_no IS 'Our order number in it.';

--
-- Name: COLUMN processor_event.processor_ref; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.processor_event.processor_ref IS 'Its number in it.';

--
-- Name: COLUMN processor_event.kind; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.processor_event.kind IS 'What it says.';

--
-- Name: COLUMN processor_event.amount_minor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.processor_event.amount_minor IS 'Sum in it.';

--
-- Name: COLUMN processor_event.currency; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.processor_event.currency IS 'Currency in it.';

--
-- Name: COLUMN processor_event.reason; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.processor_event.reason IS 'Reason in it.';

--
-- Name: COLUMN processor_event.source; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.processor_event.source IS 'How it reached us.';

--
-- Name: COLUMN processor_event.outcome; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.processor_event.outcome IS 'What it changed.';

--
-- Name: COLUMN processor_event.body_hash; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.processor_event.body_hash IS 'Hash of the raw body.';

--
-- Name: COLUMN processor_event.received_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.processor_event.received_at IS 'When it came.';

--
-- Name: COLUMN processor_event.applied_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.processor_event.applied_at IS 'When it was weighed against its attempt; null where there is none.';

--
-- Name: processor_event_id_seq; Type: SEQUENCE; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.processor_event ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME pay.processor_event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: receipt; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.receipt (
    payment_id uuid NOT NULL,
    receipt_no text NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    CONSTRAINT receipt_receipt_no_check CHECK ((receipt_no ~ '^R[0-9]{4}-[0-9]{8,}$'::text))
);

ALTER TABLE ONLY pay.receipt FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.receipt OWNER TO smetka_owner;

--
-- Name: TABLE receipt; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.receipt IS 'The receipt of a settled payment.';

--
-- Name: COLUMN receipt.payment_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.receipt.payment_id IS 'The payment.';

--
-- Name: COLUMN receipt.receipt_no; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.receipt.receipt_no IS 'Its number.';

--
-- Name: COLUMN receipt.issued_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.receipt.issued_at IS 'When it was issued.';

--
-- Name: receipt_no; Type: SEQUENCE; Schema: pay; Owner: smetka_owner
--

CREATE SEQUENCE pay.receipt_no
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER TABLE pay.receipt_no OWNER TO smetka_owner;

--
-- Name: SEQUENCE receipt_no; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON SEQUENCE pay.receipt_no IS 'Numbers of receipts.';

--
-- Name: refund; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.refund (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    payment_id uuid,
    unmatched_id bigint,
    processor text NOT NULL,
    processor_ref text,
    amount_minor bigint NOT NULL,
    currency text NOT NULL,
    origin text NOT NULL,
    note text,
    state text DEFAULT 'requested'::text NOT NULL,
    reason text,
    last_cause text DEFAULT 'request'::text NOT NULL,
    seq integer DEFAULT 0 NOT NULL,
    txn_id bigint,
    failed_txn_id bigint,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    next_ask_at timestamp with time zone,
    asked_count integer DEFAULT 0 NOT NULL,
    needs_person boolean DEFAULT false NOT NULL,
    first_asked_at timestamp with time zone,
    CONSTRAINT refund_amount_minor_check CHECK ((amount_minor > 0)),
    CONSTRAINT refund_asked_count_check CHECK ((asked_count >= 0)),
    CONSTRAINT refund_check CHECK ((num_nonnulls(payment_id, unmatched_id) = 1)),
    CONSTRAINT refund_check1 CHECK (((state <> ALL (ARRAY['accepted'::text, 'succeeded'::text])) OR (txn_id IS NOT NULL))),
    CONSTRAINT refund_check2 CHECK (((state <> 'requested'::text) OR (txn_id IS NULL))),
    CONSTRAINT refund_check3 CHECK (((failed_txn_id IS NOT NULL) = ((state = 'failed'::text) AND (txn_id IS NOT NULL)))),
    CONSTRAINT refund_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT refund_note_check CHECK ((length(note) <= 500)),
    CONSTRAINT refund_origin_check CHECK ((origin = ANY (ARRAY['payer'::text, 'operator'::text, 'processor'::text]))),
    CONSTRAINT refund_processor_check CHECK (((length(processor) >= 1) AND (length(processor) <= 20))),
    CONSTRAINT refund_processor_ref_check CHECK (((length(processor_ref) >= 1) AND (length(processor_ref) <= 200))),
    CONSTRAINT refund_reason_check CHECK ((length(reason) <= 100)),
    CONSTRAINT refund_seq_check CHECK ((seq >= 0)),
    CONSTRAINT refund_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'accepted'::text, 'succeeded'::text, 'failed'::text])))
)
WITH (fillfactor='80');

ALTER TABLE ONLY pay.refund FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.refund OWNER TO smetka_owner;

--
-- Name: TABLE refund; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.refund IS 'Money given back by the processor, asked for by us or made there.';

--
-- Name: COLUMN refund.id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.refund.id IS 'Key; also the idempotency key at the processor.';

--
-- Name: COLUMN refund.payment_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.refund.payment_id IS 'The settled payment.';

--
-- Name: COLUMN refund.unmatched_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.refund.unmatched_id IS 'Or the unmatched money that goes back.';

--
-- Name: COLUMN refund.processor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.refund.processor IS 'The processor.';

--
-- Name: COLUMN refund.processor_ref; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.refund.processor_ref IS 'Its number of the refund.';

--
-- Name: COLUMN refund.amount_minor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.refund.amount_minor IS 'How much.';

--
-- Name: COLUMN refund.currency; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.refund.currency IS 'Currency, that of the settlement.';

--
-- Name: COLUMN refund.origin; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.refund.origin IS 'Who wanted it: the payer (surplus only), an operator, or it was made at the processor''s own desk.';

--
-- Name: COLUMN refund.note; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.refund.note IS 'Why, in an operator''s words.';

--
-- Name: COLUMN refund.state; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.refund.state IS 'Where it is; pay.refund_edge rules.';

--
-- Name: COLUMN refund.reason; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.refund.reason IS 'Why it failed.';

--
-- Name: COLUMN refund.last_cause; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.refund.last_cause IS 'What brought it to its state.';

--
-- Name: COLUMN refund.seq; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.refund.seq IS 'How many moves it has made.';

--
-- Name: COLUMN refund.txn_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.refund.txn_id IS 'Its posting, made when the processor accepts it.';

--
-- Name: COLUMN refund.failed_txn_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.refund.failed_txn_id IS 'The posting that takes it back, if it fails after that.';

--
-- Name: COLUMN refund.created_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.refund.created_at IS 'When it was wanted.';

--
-- Name: COLUMN refund.changed_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.refund.changed_at IS 'When it moved last.';

--
-- Name: COLUMN refund.next_ask_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.refund.next_ask_at IS 'When the processor is to be asked for it, or about it.';

--
-- Name: COLUMN refund.asked_count; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.refund.asked_count IS 'How often it was asked.';

--
-- Name: COLUMN refund.needs_person; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.refund.needs_person IS 'The schedule of asking has ended without an answer.';

--
-- Name: COLUMN refund.first_asked_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.refund.first_asked_at IS 'When the processor was first asked for it; null: not yet.';

--
-- Name: refund_edge; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.refund_edge (
    from_state text NOT NULL,
    to_state text NOT NULL,
    CONSTRAINT refund_edge_check CHECK ((from_state <> to_state))
);

ALTER TABLE pay.refund_edge OWNER TO smetka_owner;

--
-- Name: TABLE refund_edge; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.refund_edge IS 'The ways a refund may move; there is no other.';

--
-- Name: COLUMN refund_edge.from_state; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.refund_edge.from_state IS 'From this state.';

--
-- Name: COLUMN refund_edge.to_state; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.refund_edge.to_state IS 'To this state.';

--
-- Name: refund_event; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.refund_event (
    refund_id uuid NOT NULL,
    seq integer NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    cause text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT refund_event_seq_check CHECK ((seq >= 1))
);

ALTER TABLE ONLY pay.refund_event FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.refund_event OWNER TO smetka_owner;

--
-- Name: TABLE refund_event; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.refund_event IS 'Every move of a refund; insert-only.';

--
-- Name: COLUMN refund_event.refund_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.refund_event.refund_id IS 'The refund.';

--
-- Name: COLUMN refund_event.seq; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.refund_event.seq IS 'From 1, without gaps.';

--
-- Name: COLUMN refund_event.from_state; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.refund_event.from_state IS 'From this state.';

--
-- Name: COLUMN refund_event.to_state; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.refund_event.to_state IS 'To this state.';

--
-- Name: COLUMN refund_event.cause; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.refund_event.cause IS 'What moved it.';

--
-- Name: COLUMN refund_event.at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.refund_event.at IS 'When.';

--
-- Name: reopening; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.reopening (
    txn_id bigint NOT NULL,
    allocation_txn_id bigint NOT NULL,
    document_id bigint NOT NULL,
    amount_minor bigint NOT NULL,
    CONSTRAINT reopening_amount_minor_check CHECK ((amount_minor > 0))
);

ALTER TABLE ONLY pay.reopening FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.reopening OWNER TO smetka_owner;

--
-- Name: TABLE reopening; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.reopening IS 'What made an invoice owed again: an allocation undone, whole or in part; insert-only.';

--
-- Name: COLUMN reopening.txn_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.reopening.txn_id IS 'The posting.';

--
-- Name: COLUMN reopening.allocation_txn_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.reopening.allocation_txn_id IS 'The posting whose allocation is undone.';

--
-- Name: COLUMN reopening.document_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.reopening.document_id IS 'The invoice.';

--
-- Name: COLUMN reopening.amount_minor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.reopening.amount_minor IS 'How much of it.';

--
-- Name: settlement; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.settlement (
    payment_id uuid NOT NULL,
    txn_id bigint NOT NULL,
    event_id bigint NOT NULL,
    processor_ref text,
    amount_minor bigint NOT NULL,
    currency text NOT NULL,
    credit_minor bigint NOT NULL,
    amount_differs boolean NOT NULL,
    currency_differs boolean NOT NULL,
    late boolean NOT NULL,
    duplicate boolean NOT NULL,
    settled_at timestamp with time zone NOT NULL,
    capture_ref text,
    CONSTRAINT settlement_amount_minor_check CHECK ((amount_minor > 0)),
    CONSTRAINT settlement_capture_ref_check CHECK (((length(capture_ref) >= 1) AND (length(capture_ref) <= 200))),
    CONSTRAINT settlement_check CHECK ((credit_minor <= amount_minor)),
    CONSTRAINT settlement_credit_minor_check CHECK ((credit_minor >= 0)),
    CONSTRAINT settlement_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text))
);

ALTER TABLE ONLY pay.settlement FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.settlement OWNER TO smetka_owner;

--
-- Name: TABLE settlement; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.settlement IS 'Money that was taken; at most one an attempt; insert-only.';

--
-- Name: COLUMN settlement.payment_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.settlement.payment_id IS 'The attempt.';

--
-- Name: COLUMN settlement.txn_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.settlement.txn_id IS 'Its posting in the journal.';

--
-- Name: COLUMN settlement.event_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.settlement.event_id IS 'The message that proved it.';

--
-- Name: COLUMN settlement.processor_ref; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.settlement.processor_ref IS 'The processor''s number of the capture.';

--
-- Name: COLUMN settlement.amount_minor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.settlement.amount_minor IS 'What was really taken.';

--
-- Name: COLUMN settlement.currency; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.settlement.currency IS 'In which currency.';

--
-- Name: COLUMN settlement.credit_minor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.settlement.credit_minor IS 'The part that paid no invoice then and became credit.';

--
-- Name: COLUMN settlement.amount_differs; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.settlement.amount_differs IS 'Another sum was taken than was asked for.';

--
-- Name: COLUMN settlement.currency_differs; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.settlement.currency_differs IS 'Another currency was taken than was asked for.';

--
-- Name: COLUMN settlement.late; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.settlement.late IS 'It came after the attempt had been closed.';

--
-- Name: COLUMN settlement.duplicate; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.settlement.duplicate IS 'Another payment for the same invoices had been settled.';

--
-- Name: COLUMN settlement.settled_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.settlement.settled_at IS 'When it was posted.';

--
-- Name: COLUMN settlement.capture_ref; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.settlement.capture_ref IS 'The processor''s number of the money taken, which refunds, disputes and payouts name, where it is another than that of the order.';

--
-- Name: state; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.state (
    state text NOT NULL,
    rank smallint NOT NULL,
    in_flight boolean NOT NULL
);

ALTER TABLE pay.state OWNER TO smetka_owner;

--
-- Name: TABLE state; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.state IS 'The states of a payment attempt.';

--
-- Name: COLUMN state.state; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.state.state IS 'Name.';

--
-- Name: COLUMN state.rank; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.state.rank IS 'Where messages race, the higher one stands.';

--
-- Name: COLUMN state.in_flight; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.state.in_flight IS 'Whether the truth is still open.';

--
-- Name: step_up; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.step_up (
    token_hash bytea NOT NULL,
    account_id bigint,
    email text NOT NULL,
    lang text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT step_up_email_check CHECK ((length(email) <= 254)),
    CONSTRAINT step_up_lang_check CHECK ((lang = ANY (ARRAY['ro'::text, 'bg'::text, 'en'::text]))),
    CONSTRAINT step_up_token_hash_check CHECK ((octet_length(token_hash) = 32))
);

ALTER TABLE ONLY pay.step_up FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.step_up OWNER TO smetka_owner;

--
-- Name: TABLE step_up; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.step_up IS 'A link that is mailed instead of an answer, once guesses are many.';

--
-- Name: COLUMN step_up.token_hash; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.step_up.token_hash IS 'Random number; only with a key outside the database does it make the token that is mailed.';

--
-- Name: COLUMN step_up.account_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.step_up.account_id IS 'The account that it opens; null for a miss, where nothing is mailed.';

--
-- Name: COLUMN step_up.email; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.step_up.email IS 'Where it was mailed to.';

--
-- Name: COLUMN step_up.lang; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.step_up.lang IS 'Language of the mail.';

--
-- Name: COLUMN step_up.expires_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.step_up.expires_at IS 'When it ends.';

--
-- Name: COLUMN step_up.used_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.step_up.used_at IS 'When it was used; once only.';

--
-- Name: take_back; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.take_back (
    txn_id bigint NOT NULL,
    payment_id uuid NOT NULL,
    credit_minor bigint NOT NULL,
    reopened_minor bigint NOT NULL,
    suspense_minor bigint NOT NULL,
    CONSTRAINT take_back_check CHECK ((((credit_minor + reopened_minor) + suspense_minor) > 0)),
    CONSTRAINT take_back_credit_minor_check CHECK ((credit_minor >= 0)),
    CONSTRAINT take_back_reopened_minor_check CHECK ((reopened_minor >= 0)),
    CONSTRAINT take_back_suspense_minor_check CHECK ((suspense_minor >= 0))
);

ALTER TABLE ONLY pay.take_back FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.take_back OWNER TO smetka_owner;

--
-- Name: TABLE take_back; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.take_back IS 'Where money that left a payment again came from; insert-only.';

--
-- Name: COLUMN take_back.txn_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.take_back.txn_id IS 'The posting: an accepted refund or a lost dispute.';

--
-- Name: COLUMN take_back.payment_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.take_back.payment_id IS 'The payment.';

--
-- Name: COLUMN take_back.credit_minor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.take_back.credit_minor IS 'From the payment''s own surplus, still there as credit.';

--
-- Name: COLUMN take_back.reopened_minor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.take_back.reopened_minor IS 'From invoices, which are owed again.';

--
-- Name: COLUMN take_back.suspense_minor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.take_back.suspense_minor IS 'More than the payment had brought: a person looks at it.';

--
-- Name: task; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.task (
    id bigint NOT NULL,
    kind text NOT NULL,
    key text NOT NULL,
    payment_id uuid,
    note text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    done_at timestamp with time zone,
    done_note text,
    CONSTRAINT task_check CHECK (((done_note IS NULL) OR (done_at IS NOT NULL))),
    CONSTRAINT task_done_note_check CHECK ((length(done_note) <= 500)),
    CONSTRAINT task_key_check CHECK (((length(key) >= 1) AND (length(key) <= 300))),
    CONSTRAINT task_kind_check CHECK ((kind = ANY (ARRAY['unknown_result'::text, 'unmatched'::text, 'amount_differs'::text, 'currency_differs'::text, 'duplicate'::text, 'late'::text, 'refund_failed'::text, 'refund_unknown'::text, 'refund_silent'::text, 'refund_differs'::text, 'refund_excess'::text, 'dispute'::text, 'charged_back'::text, 'dispute_unknown'::text, 'missing_here'::text, 'missing_there'::text, 'compare_differs'::text, 'payout_differs'::text, 'not_posted'::text]))),
    CONSTRAINT task_note_check CHECK ((length(note) <= 500))
);

ALTER TABLE ONLY pay.task FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.task OWNER TO smetka_owner;

--
-- Name: TABLE task; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.task IS 'What a person has to look at: money is right meanwhile, but somebody has to decide or to know.';

--
-- Name: COLUMN task.id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.task.id IS 'Key.';

--
-- Name: COLUMN task.kind; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.task.kind IS 'What it is about.';

--
-- Name: COLUMN task.key; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.task.key IS 'What makes it one of its kind.';

--
-- Name: COLUMN task.payment_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.task.payment_id IS 'The payment, where there is one.';

--
-- Name: COLUMN task.note; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.task.note IS 'Figures and references; no person''s data.';

--
-- Name: COLUMN task.created_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.task.created_at IS 'When it arose.';

--
-- Name: COLUMN task.done_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.task.done_at IS 'When it was settled.';

--
-- Name: COLUMN task.done_note; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.task.done_note IS 'What was done, in a person''s words.';

--
-- Name: task_id_seq; Type: SEQUENCE; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.task ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME pay.task_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: unmatched; Type: TABLE; Schema: pay; Owner: smetka_owner
--

CREATE TABLE pay.unmatched (
    id bigint NOT NULL,
    event_id bigint NOT NULL,
    txn_id bigint NOT NULL,
    processor text NOT NULL,
    processor_ref text NOT NULL,
    amount_minor bigint NOT NULL,
    currency text NOT NULL,
    reason text NOT NULL,
    received_at timestamp with time zone NOT NULL,
    capture_ref text,
    CONSTRAINT unmatched_amount_minor_check CHECK ((amount_minor > 0)),
    CONSTRAINT unmatched_capture_ref_check CHECK (((length(capture_ref) >= 1) AND (length(capture_ref) <= 200))),
    CONSTRAINT unmatched_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT unmatched_reason_check CHECK ((reason = ANY (ARRAY['unknown_order'::text, 'other_processor'::text, 'second_capture'::text])))
);

ALTER TABLE ONLY pay.unmatched FORCE ROW LEVEL SECURITY;

ALTER TABLE pay.unmatched OWNER TO smetka_owner;

--
-- Name: TABLE unmatched; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON TABLE pay.unmatched IS 'Money taken for which there is no attempt; a person decides.';

--
-- Name: COLUMN unmatched.id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.unmatched.id IS 'Key.';

--
-- Name: COLUMN unmatched.event_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.unmatched.event_id IS 'The message.';

--
-- Name: COLUMN unmatched.txn_id; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.unmatched.txn_id IS 'Its posting: clearing against suspense.';

--
-- Name: COLUMN unmatched.processor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.unmatched.processor IS 'The processor.';

--
-- Name: COLUMN unmatched.processor_ref; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.unmatched.processor_ref IS 'Its number of the order, else ours, else the key of the message.';

--
-- Name: COLUMN unmatched.amount_minor; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.unmatched.amount_minor IS 'What was taken.';

--
-- Name: COLUMN unmatched.currency; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.unmatched.currency IS 'In which currency.';

--
-- Name: COLUMN unmatched.reason; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.unmatched.reason IS 'Why it could not be matched.';

--
-- Name: COLUMN unmatched.received_at; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.unmatched.received_at IS 'When.';

--
-- Name: COLUMN unmatched.capture_ref; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON COLUMN pay.unmatched.capture_ref IS 'As settlement.capture_ref.';

--
-- Name: unmatched_id_seq; Type: SEQUENCE; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.unmatched ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME pay.unmatched_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: api_token api_token_login_id_name_key; Type: CONSTRAINT; Schema: auth; Owner: smetka_owner
--

ALTER TABLE ONLY auth.api_token
    ADD CONSTRAINT api_token_login_id_name_key UNIQUE (login_id, name);

--
-- Name: api_token api_token_pkey; Type: CONSTRAINT; Schema: auth; Owner: smetka_owner
--

ALTER TABLE ONLY auth.api_token
    ADD CONSTRAINT api_token_pkey PRIMARY KEY (key);

--
-- Name: api_token api_token_public_id_key; Type: CONSTRAINT; Schema: auth; Owner: smetka_owner
--

ALTER TABLE ONLY auth.api_token
    ADD CONSTRAINT api_token_public_id_key UNIQUE (public_id);

--
-- Name: device device_pkey; Type: CONSTRAINT; Schema: auth; Owner: smetka_owner
--

ALTER TABLE ONLY auth.device
    ADD CONSTRAINT device_pkey PRIMARY KEY (login_id, browser_hash);

--
-- Name: event event_pkey; Type: CONSTRAINT; Schema: auth; Owner: smetka_owner
--

ALTER TABLE ONLY auth.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (login_id, seq);

--
-- Name: letter letter_pkey; Type: CONSTRAINT; Schema: auth; Owner: smetka_owner
--

ALTER TABLE ONLY auth.letter
    ADD CONSTRAINT letter_pkey PRIMARY KEY (account_id);

--
-- Name: login_account login_account_id_key; Type: CONSTRAINT; Schema: auth; Owner: smetka_owner
--

ALTER TABLE ONLY auth.login_account
    ADD CONSTRAINT login_account_id_key UNIQUE (id);

--
-- Name: login_account login_account_pkey; Type: CONSTRAINT; Schema: auth; Owner: smetka_owner
--

ALTER TABLE ONLY auth.login_account
    ADD CONSTRAINT login_account_pkey PRIMARY KEY (login_id, account_id);

--
-- Name: login login_email_key_key; Type: CONSTRAINT; Schema: auth; Owner: smetka_owner
--

ALTER TABLE ONLY auth.login
    ADD CONSTRAINT login_email_key_key UNIQUE (email_key);

--
-- Name: login login_pkey; Type: CONSTRAINT; Schema: auth; Owner: smetka_owner
--

ALTER TABLE ONLY auth.login
    ADD CONSTRAINT login_pkey PRIMARY KEY (id);

--
-- Name: login login_public_id_key; Type: CONSTRAINT; Schema: auth; Owner: smetka_owner
--

ALTER TABLE ONLY auth.login
    ADD CONSTRAINT login_public_id_key UNIQUE (public_id);

--
-- Name: session session_pkey; Type: CONSTRAINT; Schema: auth; Owner: smetka_owner
--

ALTER TABLE ONLY auth.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (key);

--
-- Name: session session_public_id_key; Type: CONSTRAINT; Schema: auth; Owner: smetka_owner
--

ALTER TABLE ONLY auth.session
    ADD CONSTRAINT session_public_id_key UNIQUE (public_id);

--
-- Name: token token_pkey; Type: CONSTRAINT; Schema: auth; Owner: smetka_owner
--

ALTER TABLE ONLY auth.token
    ADD CONSTRAINT token_pkey PRIMARY KEY (number);

--
-- Name: balance balance_pkey; Type: CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.balance
    ADD CONSTRAINT balance_pkey PRIMARY KEY (account_id, currency);

--
-- Name: document_line document_line_pkey; Type: CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.document_line
    ADD CONSTRAINT document_line_pkey PRIMARY KEY (document_id, line_no);

--
-- Name: document document_pkey; Type: CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.document
    ADD CONSTRAINT document_pkey PRIMARY KEY (id);

--
-- Name: document document_public_id_key; Type: CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.document
    ADD CONSTRAINT document_public_id_key UNIQUE (public_id);

--
-- Name: document_register document_register_pkey; Type: CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.document_register
    ADD CONSTRAINT document_register_pkey PRIMARY KEY (document_id, no);

--
-- Name: document document_seller_id_number_issued_on_key; Type: CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.document
    ADD CONSTRAINT document_seller_id_number_issued_on_key UNIQUE (seller_id, number, issued_on);

--
-- Name: document_tax document_tax_pkey; Type: CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.document_tax
    ADD CONSTRAINT document_tax_pkey PRIMARY KEY (document_id, category, rate_bp);

--
-- Name: feed feed_pkey; Type: CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.feed
    ADD CONSTRAINT feed_pkey PRIMARY KEY (source);

--
-- Name: journal_entry journal_entry_pkey; Type: CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.journal_entry
    ADD CONSTRAINT journal_entry_pkey PRIMARY KEY (txn_id, line_no);

--
-- Name: journal_txn journal_txn_pkey; Type: CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.journal_txn
    ADD CONSTRAINT journal_txn_pkey PRIMARY KEY (id);

--
-- Name: open_item open_item_pkey; Type: CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.open_item
    ADD CONSTRAINT open_item_pkey PRIMARY KEY (document_id);

--
-- Name: original original_pkey; Type: CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.original
    ADD CONSTRAINT original_pkey PRIMARY KEY (document_id);

--
-- Name: received received_pkey; Type: CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.received
    ADD CONSTRAINT received_pkey PRIMARY KEY (method, reference);

--
-- Name: received received_public_id_key; Type: CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.received
    ADD CONSTRAINT received_public_id_key UNIQUE (public_id);

--
-- Name: received received_txn_id_key; Type: CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.received
    ADD CONSTRAINT received_txn_id_key UNIQUE (txn_id);

--
-- Name: seller seller_pkey; Type: CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.seller
    ADD CONSTRAINT seller_pkey PRIMARY KEY (id);

--
-- Name: seller seller_tax_id_key; Type: CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.seller
    ADD CONSTRAINT seller_tax_id_key UNIQUE (tax_id);

--
-- Name: account account_payment_code_hash_key; Type: CONSTRAINT; Schema: customer; Owner: smetka_owner
--

ALTER TABLE ONLY customer.account
    ADD CONSTRAINT account_payment_code_hash_key UNIQUE (payment_code_hash);

--
-- Name: account account_pkey; Type: CONSTRAINT; Schema: customer; Owner: smetka_owner
--

ALTER TABLE ONLY customer.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (id);

--
-- Name: account account_public_id_key; Type: CONSTRAINT; Schema: customer; Owner: smetka_owner
--

ALTER TABLE ONLY customer.account
    ADD CONSTRAINT account_public_id_key UNIQUE (public_id);

--
-- Name: contract contract_number_key; Type: CONSTRAINT; Schema: customer; Owner: smetka_owner
--

ALTER TABLE ONLY customer.contract
    ADD CONSTRAINT contract_number_key UNIQUE (number);

--
-- Name: contract contract_pkey; Type: CONSTRAINT; Schema: customer; Owner: smetka_owner
--

ALTER TABLE ONLY customer.contract
    ADD CONSTRAINT contract_pkey PRIMARY KEY (id);

--
-- Name: party party_pkey; Type: CONSTRAINT; Schema: customer; Owner: smetka_owner
--

ALTER TABLE ONLY customer.party
    ADD CONSTRAINT party_pkey PRIMARY KEY (id);

--
-- Name: supply_point supply_point_code_contract_id_key; Type: CONSTRAINT; Schema: customer; Owner: smetka_owner
--

ALTER TABLE ONLY customer.supply_point
    ADD CONSTRAINT supply_point_code_contract_id_key UNIQUE (code, contract_id);

--
-- Name: supply_point supply_point_pkey; Type: CONSTRAINT; Schema: customer; Owner: smetka_owner
--

ALTER TABLE ONLY customer.supply_point
    ADD CONSTRAINT supply_point_pkey PRIMARY KEY (id);

--
-- Name: inbox inbox_once_key_key; Type: CONSTRAINT; Schema: meter; Owner: smetka_owner
--

ALTER TABLE ONLY meter.inbox
    ADD CONSTRAINT inbox_once_key_key UNIQUE (once_key);

--
-- Name: inbox inbox_pkey; Type: CONSTRAINT; Schema: meter; Owner: smetka_owner
--

ALTER TABLE ONLY meter.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (id);

--
-- Name: inbox inbox_reference_key; Type: CONSTRAINT; Schema: meter; Owner: smetka_owner
--

ALTER TABLE ONLY meter.inbox
    ADD CONSTRAINT inbox_reference_key UNIQUE (reference);

--
-- Name: meter meter_pkey; Type: CONSTRAINT; Schema: meter; Owner: smetka_owner
--

ALTER TABLE ONLY meter.meter
    ADD CONSTRAINT meter_pkey PRIMARY KEY (id);

--
-- Name: meter meter_public_id_key; Type: CONSTRAINT; Schema: meter; Owner: smetka_owner
--

ALTER TABLE ONLY meter.meter
    ADD CONSTRAINT meter_public_id_key UNIQUE (public_id);

--
-- Name: meter meter_supply_point_id_serial_key; Type: CONSTRAINT; Schema: meter; Owner: smetka_owner
--

ALTER TABLE ONLY meter.meter
    ADD CONSTRAINT meter_supply_point_id_serial_key UNIQUE (supply_point_id, serial);

--
-- Name: place place_pkey; Type: CONSTRAINT; Schema: meter; Owner: smetka_owner
--

ALTER TABLE ONLY meter.place
    ADD CONSTRAINT place_pkey PRIMARY KEY (supply_point_id);

--
-- Name: reading reading_pkey; Type: CONSTRAINT; Schema: meter; Owner: smetka_owner
--

ALTER TABLE ONLY meter.reading
    ADD CONSTRAINT reading_pkey PRIMARY KEY (id);

--
-- Name: register register_meter_id_no_key; Type: CONSTRAINT; Schema: meter; Owner: smetka_owner
--

ALTER TABLE ONLY meter.register
    ADD CONSTRAINT register_meter_id_no_key UNIQUE (meter_id, no);

--
-- Name: register register_pkey; Type: CONSTRAINT; Schema: meter; Owner: smetka_owner
--

ALTER TABLE ONLY meter.register
    ADD CONSTRAINT register_pkey PRIMARY KEY (id);

--
-- Name: route route_code_key; Type: CONSTRAINT; Schema: meter; Owner: smetka_owner
--

ALTER TABLE ONLY meter.route
    ADD CONSTRAINT route_code_key UNIQUE (code);

--
-- Name: route_dates route_dates_pkey; Type: CONSTRAINT; Schema: meter; Owner: smetka_owner
--

ALTER TABLE ONLY meter.route_dates
    ADD CONSTRAINT route_dates_pkey PRIMARY KEY (route_id, opens_on);

--
-- Name: route route_pkey; Type: CONSTRAINT; Schema: meter; Owner: smetka_owner
--

ALTER TABLE ONLY meter.route
    ADD CONSTRAINT route_pkey PRIMARY KEY (id);

--
-- Name: submission submission_meter_id_once_key_key; Type: CONSTRAINT; Schema: meter; Owner: smetka_owner
--

ALTER TABLE ONLY meter.submission
    ADD CONSTRAINT submission_meter_id_once_key_key UNIQUE (meter_id, once_key);

--
-- Name: submission submission_pkey; Type: CONSTRAINT; Schema: meter; Owner: smetka_owner
--

ALTER TABLE ONLY meter.submission
    ADD CONSTRAINT submission_pkey PRIMARY KEY (id);

--
-- Name: submission submission_public_id_key; Type: CONSTRAINT; Schema: meter; Owner: smetka_owner
--

ALTER TABLE ONLY meter.submission
    ADD CONSTRAINT submission_public_id_key UNIQUE (public_id);

--
-- Name: submission submission_reference_key; Type: CONSTRAINT; Schema: meter; Owner: smetka_owner
--

ALTER TABLE ONLY meter.submission
    ADD CONSTRAINT submission_reference_key UNIQUE (reference);

--
-- Name: outbox outbox_dedupe_key_key; Type: CONSTRAINT; Schema: notify; Owner: smetka_owner
--

ALTER TABLE ONLY notify.outbox
    ADD CONSTRAINT outbox_dedupe_key_key UNIQUE (dedupe_key);

--
-- Name: outbox outbox_pkey; Type: CONSTRAINT; Schema: notify; Owner: smetka_owner
--

ALTER TABLE ONLY notify.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);

--
-- Name: attachment attachment_pkey; Type: CONSTRAINT; Schema: ops; Owner: smetka_owner
--

ALTER TABLE ONLY ops.attachment
    ADD CONSTRAINT attachment_pkey PRIMARY KEY (id);

--
-- Name: budget budget_pkey; Type: CONSTRAINT; Schema: ops; Owner: smetka_owner
--

ALTER TABLE ONLY ops.budget
    ADD CONSTRAINT budget_pkey PRIMARY KEY (kind, key);

--
-- Name: migration migration_pkey; Type: CONSTRAINT; Schema: ops; Owner: smetka_owner
--

ALTER TABLE ONLY ops.migration
    ADD CONSTRAINT migration_pkey PRIMARY KEY (name);

--
-- Name: miss miss_pkey; Type: CONSTRAINT; Schema: ops; Owner: smetka_owner
--

ALTER TABLE ONLY ops.miss
    ADD CONSTRAINT miss_pkey PRIMARY KEY (slot);

--
-- Name: review review_pkey; Type: CONSTRAINT; Schema: ops; Owner: smetka_owner
--

ALTER TABLE ONLY ops.review
    ADD CONSTRAINT review_pkey PRIMARY KEY (id);

--
-- Name: setting setting_pkey; Type: CONSTRAINT; Schema: ops; Owner: smetka_owner
--

ALTER TABLE ONLY ops.setting
    ADD CONSTRAINT setting_pkey PRIMARY KEY (name);

--
-- Name: allocation allocation_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.allocation
    ADD CONSTRAINT allocation_pkey PRIMARY KEY (txn_id, document_id);

--
-- Name: attempt_event attempt_event_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.attempt_event
    ADD CONSTRAINT attempt_event_pkey PRIMARY KEY (payment_id, seq);

--
-- Name: attempt attempt_handle_hash_once_key_key; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.attempt
    ADD CONSTRAINT attempt_handle_hash_once_key_key UNIQUE (handle_hash, once_key);

--
-- Name: attempt attempt_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.attempt
    ADD CONSTRAINT attempt_pkey PRIMARY KEY (id);

--
-- Name: attempt attempt_processor_order_no_key; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.attempt
    ADD CONSTRAINT attempt_processor_order_no_key UNIQUE (processor, order_no);

--
-- Name: compare compare_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.compare
    ADD CONSTRAINT compare_pkey PRIMARY KEY (id);

--
-- Name: compare_seen compare_seen_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.compare_seen
    ADD CONSTRAINT compare_seen_pkey PRIMARY KEY (compare_id, processor_ref);

--
-- Name: dispute dispute_decided_txn_id_key; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.dispute
    ADD CONSTRAINT dispute_decided_txn_id_key UNIQUE (decided_txn_id);

--
-- Name: dispute_edge dispute_edge_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.dispute_edge
    ADD CONSTRAINT dispute_edge_pkey PRIMARY KEY (from_state, to_state);

--
-- Name: dispute_event dispute_event_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.dispute_event
    ADD CONSTRAINT dispute_event_pkey PRIMARY KEY (dispute_id, seq);

--
-- Name: dispute dispute_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.dispute
    ADD CONSTRAINT dispute_pkey PRIMARY KEY (id);

--
-- Name: dispute dispute_processor_processor_ref_key; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.dispute
    ADD CONSTRAINT dispute_processor_processor_ref_key UNIQUE (processor, processor_ref);

--
-- Name: dispute dispute_txn_id_key; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.dispute
    ADD CONSTRAINT dispute_txn_id_key UNIQUE (txn_id);

--
-- Name: edge edge_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.edge
    ADD CONSTRAINT edge_pkey PRIMARY KEY (from_state, to_state);

--
-- Name: guest_handle_account guest_handle_account_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.guest_handle_account
    ADD CONSTRAINT guest_handle_account_pkey PRIMARY KEY (handle_id, account_no);

--
-- Name: guest_handle_document guest_handle_document_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.guest_handle_document
    ADD CONSTRAINT guest_handle_document_pkey PRIMARY KEY (handle_id, document_id);

--
-- Name: guest_handle guest_handle_handle_hash_key; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.guest_handle
    ADD CONSTRAINT guest_handle_handle_hash_key UNIQUE (handle_hash);

--
-- Name: guest_handle guest_handle_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.guest_handle
    ADD CONSTRAINT guest_handle_pkey PRIMARY KEY (id);

--
-- Name: in_flight in_flight_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.in_flight
    ADD CONSTRAINT in_flight_pkey PRIMARY KEY (account_id, payment_id);

--
-- Name: intent_item intent_item_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.intent_item
    ADD CONSTRAINT intent_item_pkey PRIMARY KEY (intent_id, document_id);

--
-- Name: intent intent_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.intent
    ADD CONSTRAINT intent_pkey PRIMARY KEY (id);

--
-- Name: missing missing_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.missing
    ADD CONSTRAINT missing_pkey PRIMARY KEY (id);

--
-- Name: missing missing_public_id_key; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.missing
    ADD CONSTRAINT missing_public_id_key UNIQUE (public_id);

--
-- Name: payout_line payout_line_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.payout_line
    ADD CONSTRAINT payout_line_pkey PRIMARY KEY (payout_id, line_no);

--
-- Name: payout payout_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.payout
    ADD CONSTRAINT payout_pkey PRIMARY KEY (id);

--
-- Name: payout payout_processor_processor_ref_key; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.payout
    ADD CONSTRAINT payout_processor_processor_ref_key UNIQUE (processor, processor_ref);

--
-- Name: payout payout_txn_id_key; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.payout
    ADD CONSTRAINT payout_txn_id_key UNIQUE (txn_id);

--
-- Name: processor_event processor_event_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.processor_event
    ADD CONSTRAINT processor_event_pkey PRIMARY KEY (id);

--
-- Name: processor_event processor_event_processor_event_key_key; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.processor_event
    ADD CONSTRAINT processor_event_processor_event_key_key UNIQUE (processor, event_key);

--
-- Name: receipt receipt_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.receipt
    ADD CONSTRAINT receipt_pkey PRIMARY KEY (payment_id);

--
-- Name: receipt receipt_receipt_no_key; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.receipt
    ADD CONSTRAINT receipt_receipt_no_key UNIQUE (receipt_no);

--
-- Name: refund_edge refund_edge_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.refund_edge
    ADD CONSTRAINT refund_edge_pkey PRIMARY KEY (from_state, to_state);

--
-- Name: refund_event refund_event_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.refund_event
    ADD CONSTRAINT refund_event_pkey PRIMARY KEY (refund_id, seq);

--
-- Name: refund refund_failed_txn_id_key; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.refund
    ADD CONSTRAINT refund_failed_txn_id_key UNIQUE (failed_txn_id);

--
-- Name: refund refund_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.refund
    ADD CONSTRAINT refund_pkey PRIMARY KEY (id);

--
-- Name: refund refund_txn_id_key; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.refund
    ADD CONSTRAINT refund_txn_id_key UNIQUE (txn_id);

--
-- Name: reopening reopening_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.reopening
    ADD CONSTRAINT reopening_pkey PRIMARY KEY (txn_id, allocation_txn_id, document_id);

--
-- Name: settlement settlement_event_id_key; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.settlement
    ADD CONSTRAINT settlement_event_id_key UNIQUE (event_id);

--
-- Name: settlement settlement_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.settlement
    ADD CONSTRAINT settlement_pkey PRIMARY KEY (payment_id);

--
-- Name: settlement settlement_txn_id_key; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.settlement
    ADD CONSTRAINT settlement_txn_id_key UNIQUE (txn_id);

--
-- Name: state state_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.state
    ADD CONSTRAINT state_pkey PRIMARY KEY (state);

--
-- Name: state state_rank_key; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.state
    ADD CONSTRAINT state_rank_key UNIQUE (rank);

--
-- Name: step_up step_up_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.step_up
    ADD CONSTRAINT step_up_pkey PRIMARY KEY (token_hash);

--
-- Name: take_back take_back_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.take_back
    ADD CONSTRAINT take_back_pkey PRIMARY KEY (txn_id);

--
-- Name: task task_kind_key_key; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.task
    ADD CONSTRAINT task_kind_key_key UNIQUE (kind, key);

--
-- Name: task task_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.task
    ADD CONSTRAINT task_pkey PRIMARY KEY (id);

--
-- Name: unmatched unmatched_event_id_key; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.unmatched
    ADD CONSTRAINT unmatched_event_id_key UNIQUE (event_id);

--
-- Name: unmatched unmatched_pkey; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.unmatched
    ADD CONSTRAINT unmatched_pkey PRIMARY KEY (id);

--
-- Name: unmatched unmatched_processor_processor_ref_key; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.unmatched
    ADD CONSTRAINT unmatched_processor_processor_ref_key UNIQUE (processor, processor_ref);

--
-- Name: unmatched unmatched_txn_id_key; Type: CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.unmatched
    ADD CONSTRAINT unmatched_txn_id_key UNIQUE (txn_id);

--
-- Name: api_token_ends; Type: INDEX; Schema: auth; Owner: smetka_owner
--

CREATE INDEX api_token_ends ON auth.api_token USING btree (ends_at);

--
-- Name: device_ends; Type: INDEX; Schema: auth; Owner: smetka_owner
--

CREATE INDEX device_ends ON auth.device USING btree (ends_at);

--
-- Name: login_account_account; Type: INDEX; Schema: auth; Owner: smetka_owner
--

CREATE INDEX login_account_account ON auth.login_account USING btree (account_id);

--
-- Name: login_account_invited_by; Type: INDEX; Schema: auth; Owner: smetka_owner
--

CREATE INDEX login_account_invited_by ON auth.login_account USING btree (invited_by) WHERE (invited_by IS NOT NULL);

--
-- Name: login_closes; Type: INDEX; Schema: auth; Owner: smetka_owner
--

CREATE INDEX login_closes ON auth.login USING btree (closes_at) WHERE (closes_at IS NOT NULL);

--
-- Name: session_ends; Type: INDEX; Schema: auth; Owner: smetka_owner
--

CREATE INDEX session_ends ON auth.session USING btree (ends_at);

--
-- Name: session_login; Type: INDEX; Schema: auth; Owner: smetka_owner
--

CREATE INDEX session_login ON auth.session USING btree (login_id);

--
-- Name: token_expires; Type: INDEX; Schema: auth; Owner: smetka_owner
--

CREATE INDEX token_expires ON auth.token USING btree (expires_at);

--
-- Name: token_login; Type: INDEX; Schema: auth; Owner: smetka_owner
--

CREATE INDEX token_login ON auth.token USING btree (login_id) WHERE (login_id IS NOT NULL);

--
-- Name: document_account; Type: INDEX; Schema: billing; Owner: smetka_owner
--

CREATE INDEX document_account ON billing.document USING btree (account_id, issued_on);

--
-- Name: document_supply_point; Type: INDEX; Schema: billing; Owner: smetka_owner
--

CREATE INDEX document_supply_point ON billing.document USING btree (supply_point_id, period_to) WHERE (supply_point_id IS NOT NULL);

--
-- Name: journal_entry_account; Type: INDEX; Schema: billing; Owner: smetka_owner
--

CREATE INDEX journal_entry_account ON billing.journal_entry USING btree (account_id, currency) WHERE (account_id IS NOT NULL);

--
-- Name: journal_txn_document; Type: INDEX; Schema: billing; Owner: smetka_owner
--

CREATE UNIQUE INDEX journal_txn_document ON billing.journal_txn USING btree (document_id, kind) WHERE (document_id IS NOT NULL);

--
-- Name: journal_txn_settlement; Type: INDEX; Schema: billing; Owner: smetka_owner
--

CREATE UNIQUE INDEX journal_txn_settlement ON billing.journal_txn USING btree (payment_id) WHERE (kind = 'settlement'::text);

--
-- Name: open_item_open; Type: INDEX; Schema: billing; Owner: smetka_owner
--

CREATE INDEX open_item_open ON billing.open_item USING btree (account_id, currency, due_on) INCLUDE (open_minor, issued_on, document_id, number_tail) WHERE (open_minor > 0);

--
-- Name: received_account; Type: INDEX; Schema: billing; Owner: smetka_owner
--

CREATE INDEX received_account ON billing.received USING btree (account_id, received_on);

--
-- Name: account_client_code; Type: INDEX; Schema: customer; Owner: smetka_owner
--

CREATE UNIQUE INDEX account_client_code ON customer.account USING btree (client_code) WHERE (client_code IS NOT NULL);

--
-- Name: account_client_code_hash; Type: INDEX; Schema: customer; Owner: smetka_owner
--

CREATE UNIQUE INDEX account_client_code_hash ON customer.account USING btree (client_code_hash) WHERE (client_code_hash IS NOT NULL);

--
-- Name: account_party; Type: INDEX; Schema: customer; Owner: smetka_owner
--

CREATE INDEX account_party ON customer.account USING btree (party_id);

--
-- Name: contract_account; Type: INDEX; Schema: customer; Owner: smetka_owner
--

CREATE INDEX contract_account ON customer.contract USING btree (account_id);

--
-- Name: party_id_hash; Type: INDEX; Schema: customer; Owner: smetka_owner
--

CREATE INDEX party_id_hash ON customer.party USING btree (id_hash) WHERE (id_hash IS NOT NULL);

--
-- Name: supply_point_contract; Type: INDEX; Schema: customer; Owner: smetka_owner
--

CREATE INDEX supply_point_contract ON customer.supply_point USING btree (contract_id);

--
-- Name: lookup_at; Type: INDEX; Schema: log; Owner: smetka_owner
--

CREATE INDEX lookup_at ON log.lookup USING brin (at);

--
-- Name: inbox_taken; Type: INDEX; Schema: meter; Owner: smetka_owner
--

CREATE INDEX inbox_taken ON meter.inbox USING btree (taken_at) WHERE (taken_at IS NOT NULL);

--
-- Name: inbox_waits; Type: INDEX; Schema: meter; Owner: smetka_owner
--

CREATE INDEX inbox_waits ON meter.inbox USING btree (id) WHERE (taken_at IS NULL);

--
-- Name: meter_replaced_by; Type: INDEX; Schema: meter; Owner: smetka_owner
--

CREATE INDEX meter_replaced_by ON meter.meter USING btree (replaced_by) WHERE (replaced_by IS NOT NULL);

--
-- Name: meter_serial; Type: INDEX; Schema: meter; Owner: smetka_owner
--

CREATE INDEX meter_serial ON meter.meter USING btree (serial_key);

--
-- Name: place_route; Type: INDEX; Schema: meter; Owner: smetka_owner
--

CREATE INDEX place_route ON meter.place USING btree (route_id);

--
-- Name: reading_counts; Type: INDEX; Schema: meter; Owner: smetka_owner
--

CREATE UNIQUE INDEX reading_counts ON meter.reading USING btree (register_id, read_on) INCLUDE (value_milli, source) WHERE (state = 'accepted'::meter.state);

--
-- Name: reading_submission; Type: INDEX; Schema: meter; Owner: smetka_owner
--

CREATE INDEX reading_submission ON meter.reading USING btree (submission_id) WHERE (submission_id IS NOT NULL);

--
-- Name: reading_versions; Type: INDEX; Schema: meter; Owner: smetka_owner
--

CREATE INDEX reading_versions ON meter.reading USING btree (register_id, read_on) WHERE (state <> 'accepted'::meter.state);

--
-- Name: outbox_due; Type: INDEX; Schema: notify; Owner: smetka_owner
--

CREATE INDEX outbox_due ON notify.outbox USING btree (next_try_at) WHERE (next_try_at IS NOT NULL);

--
-- Name: attachment_review; Type: INDEX; Schema: ops; Owner: smetka_owner
--

CREATE INDEX attachment_review ON ops.attachment USING btree (review_id);

--
-- Name: budget_ends_at; Type: INDEX; Schema: ops; Owner: smetka_owner
--

CREATE INDEX budget_ends_at ON ops.budget USING btree (ends_at);

--
-- Name: review_open; Type: INDEX; Schema: ops; Owner: smetka_owner
--

CREATE UNIQUE INDEX review_open ON ops.review USING btree (kind, subject_id) WHERE (state = 'open'::text);

--
-- Name: allocation_document; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX allocation_document ON pay.allocation USING btree (document_id);

--
-- Name: allocation_payment; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX allocation_payment ON pay.allocation USING btree (payment_id) WHERE (payment_id IS NOT NULL);

--
-- Name: attempt_due; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX attempt_due ON pay.attempt USING btree (next_ask_at) WHERE ((state = ANY (ARRAY['created'::text, 'requested'::text, 'open'::text, 'pending'::text])) AND (next_ask_at IS NOT NULL));

--
-- Name: attempt_intent; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX attempt_intent ON pay.attempt USING btree (intent_id);

--
-- Name: attempt_needs_person; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX attempt_needs_person ON pay.attempt USING btree (created_at) WHERE needs_person;

--
-- Name: attempt_processor_ref; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE UNIQUE INDEX attempt_processor_ref ON pay.attempt USING btree (processor, processor_ref) WHERE (processor_ref IS NOT NULL);

--
-- Name: attempt_retry_of; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX attempt_retry_of ON pay.attempt USING btree (retry_of) WHERE (retry_of IS NOT NULL);

--
-- Name: compare_started; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX compare_started ON pay.compare USING btree (processor, started_at);

--
-- Name: dispute_payment; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX dispute_payment ON pay.dispute USING btree (payment_id) WHERE (payment_id IS NOT NULL);

--
-- Name: dispute_unmatched; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX dispute_unmatched ON pay.dispute USING btree (unmatched_id) WHERE (unmatched_id IS NOT NULL);

--
-- Name: guest_handle_expires_at; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX guest_handle_expires_at ON pay.guest_handle USING btree (expires_at);

--
-- Name: in_flight_payment; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX in_flight_payment ON pay.in_flight USING btree (payment_id);

--
-- Name: intent_account; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX intent_account ON pay.intent USING btree (account_id);

--
-- Name: intent_item_document; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX intent_item_document ON pay.intent_item USING btree (document_id);

--
-- Name: missing_account; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX missing_account ON pay.missing USING btree (account_id);

--
-- Name: missing_login; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX missing_login ON pay.missing USING btree (login_id, created_at);

--
-- Name: payout_line_payment; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX payout_line_payment ON pay.payout_line USING btree (payment_id) WHERE (payment_id IS NOT NULL);

--
-- Name: processor_event_payment; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX processor_event_payment ON pay.processor_event USING btree (payment_id) WHERE (payment_id IS NOT NULL);

--
-- Name: refund_due; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX refund_due ON pay.refund USING btree (next_ask_at) WHERE (next_ask_at IS NOT NULL);

--
-- Name: refund_one_requested; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE UNIQUE INDEX refund_one_requested ON pay.refund USING btree (payment_id) WHERE ((state = 'requested'::text) AND (origin <> 'processor'::text));

--
-- Name: refund_payment; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX refund_payment ON pay.refund USING btree (payment_id) WHERE (payment_id IS NOT NULL);

--
-- Name: refund_processor_ref; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE UNIQUE INDEX refund_processor_ref ON pay.refund USING btree (processor, processor_ref) WHERE (processor_ref IS NOT NULL);

--
-- Name: refund_unmatched; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX refund_unmatched ON pay.refund USING btree (unmatched_id) WHERE (unmatched_id IS NOT NULL);

--
-- Name: reopening_allocation; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX reopening_allocation ON pay.reopening USING btree (allocation_txn_id, document_id);

--
-- Name: settlement_capture_ref; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX settlement_capture_ref ON pay.settlement USING btree (capture_ref) WHERE (capture_ref IS NOT NULL);

--
-- Name: settlement_flagged; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX settlement_flagged ON pay.settlement USING btree (settled_at) WHERE (amount_differs OR currency_differs OR late OR duplicate);

--
-- Name: settlement_processor_ref; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX settlement_processor_ref ON pay.settlement USING btree (processor_ref);

--
-- Name: settlement_settled_at; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX settlement_settled_at ON pay.settlement USING btree (settled_at);

--
-- Name: step_up_expires_at; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX step_up_expires_at ON pay.step_up USING btree (expires_at);

--
-- Name: take_back_payment; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX take_back_payment ON pay.take_back USING btree (payment_id);

--
-- Name: task_open; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX task_open ON pay.task USING btree (created_at) WHERE (done_at IS NULL);

--
-- Name: task_payment; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX task_payment ON pay.task USING btree (payment_id) WHERE (payment_id IS NOT NULL);

--
-- Name: unmatched_capture_ref; Type: INDEX; Schema: pay; Owner: smetka_owner
--

CREATE INDEX unmatched_capture_ref ON pay.unmatched USING btree (processor, capture_ref) WHERE (capture_ref IS NOT NULL);

--
-- Name: event event_is_kept; Type: TRIGGER; Schema: auth; Owner: smetka_owner
--

CREATE TRIGGER event_is_kept BEFORE DELETE OR UPDATE ON auth.event FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: journal_entry journal_entry_is_kept; Type: TRIGGER; Schema: billing; Owner: smetka_owner
--

CREATE TRIGGER journal_entry_is_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON billing.journal_entry FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: journal_entry journal_sums_to_zero; Type: TRIGGER; Schema: billing; Owner: smetka_owner
--

CREATE CONSTRAINT TRIGGER journal_sums_to_zero AFTER INSERT ON billing.journal_entry DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION billing.txn_sums_to_zero();

--
-- Name: journal_txn journal_txn_is_kept; Type: TRIGGER; Schema: billing; Owner: smetka_owner
--

CREATE TRIGGER journal_txn_is_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON billing.journal_txn FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: original original_is_kept; Type: TRIGGER; Schema: billing; Owner: smetka_owner
--

CREATE TRIGGER original_is_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON billing.original FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: received received_is_kept; Type: TRIGGER; Schema: billing; Owner: smetka_owner
--

CREATE TRIGGER received_is_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON billing.received FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: lookup lookup_is_kept; Type: TRIGGER; Schema: log; Owner: smetka_owner
--

CREATE TRIGGER lookup_is_kept BEFORE UPDATE ON log.lookup FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: reading reading_is_kept; Type: TRIGGER; Schema: meter; Owner: smetka_owner
--

CREATE TRIGGER reading_is_kept BEFORE DELETE OR TRUNCATE ON meter.reading FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: reading reading_keeps; Type: TRIGGER; Schema: meter; Owner: smetka_owner
--

CREATE TRIGGER reading_keeps BEFORE UPDATE ON meter.reading FOR EACH ROW EXECUTE FUNCTION meter.reading_keeps();

--
-- Name: submission submission_is_kept; Type: TRIGGER; Schema: meter; Owner: smetka_owner
--

CREATE TRIGGER submission_is_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON meter.submission FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: allocation allocation_is_kept; Type: TRIGGER; Schema: pay; Owner: smetka_owner
--

CREATE TRIGGER allocation_is_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON pay.allocation FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: attempt_event attempt_event_is_kept; Type: TRIGGER; Schema: pay; Owner: smetka_owner
--

CREATE TRIGGER attempt_event_is_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON pay.attempt_event FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: attempt attempt_is_kept; Type: TRIGGER; Schema: pay; Owner: smetka_owner
--

CREATE TRIGGER attempt_is_kept BEFORE DELETE OR TRUNCATE ON pay.attempt FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: attempt attempt_moves; Type: TRIGGER; Schema: pay; Owner: smetka_owner
--

CREATE TRIGGER attempt_moves BEFORE INSERT OR UPDATE ON pay.attempt FOR EACH ROW EXECUTE FUNCTION pay.attempt_moves();

--
-- Name: dispute_event dispute_event_is_kept; Type: TRIGGER; Schema: pay; Owner: smetka_owner
--

CREATE TRIGGER dispute_event_is_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON pay.dispute_event FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: dispute dispute_is_kept; Type: TRIGGER; Schema: pay; Owner: smetka_owner
--

CREATE TRIGGER dispute_is_kept BEFORE DELETE OR TRUNCATE ON pay.dispute FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: dispute dispute_moves; Type: TRIGGER; Schema: pay; Owner: smetka_owner
--

CREATE TRIGGER dispute_moves BEFORE INSERT OR UPDATE ON pay.dispute FOR EACH ROW EXECUTE FUNCTION pay.dispute_moves();

--
-- Name: intent intent_is_kept; Type: TRIGGER; Schema: pay; Owner: smetka_owner
--

CREATE TRIGGER intent_is_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON pay.intent FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: intent_item intent_item_is_kept; Type: TRIGGER; Schema: pay; Owner: smetka_owner
--

CREATE TRIGGER intent_item_is_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON pay.intent_item FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: payout payout_is_kept; Type: TRIGGER; Schema: pay; Owner: smetka_owner
--

CREATE TRIGGER payout_is_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON pay.payout FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: payout_line payout_line_is_kept; Type: TRIGGER; Schema: pay; Owner: smetka_owner
--

CREATE TRIGGER payout_line_is_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON pay.payout_line FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: processor_event processor_event_is_kept; Type: TRIGGER; Schema: pay; Owner: smetka_owner
--

CREATE TRIGGER processor_event_is_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON pay.processor_event FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: receipt receipt_is_kept; Type: TRIGGER; Schema: pay; Owner: smetka_owner
--

CREATE TRIGGER receipt_is_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON pay.receipt FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: refund_event refund_event_is_kept; Type: TRIGGER; Schema: pay; Owner: smetka_owner
--

CREATE TRIGGER refund_event_is_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON pay.refund_event FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: refund refund_is_kept; Type: TRIGGER; Schema: pay; Owner: smetka_owner
--

CREATE TRIGGER refund_is_kept BEFORE DELETE OR TRUNCATE ON pay.refund FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: refund refund_moves; Type: TRIGGER; Schema: pay; Owner: smetka_owner
--

CREATE TRIGGER refund_moves BEFORE INSERT OR UPDATE ON pay.refund FOR EACH ROW EXECUTE FUNCTION pay.refund_moves();

--
-- Name: reopening reopening_is_kept; Type: TRIGGER; Schema: pay; Owner: smetka_owner
--

CREATE TRIGGER reopening_is_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON pay.reopening FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: settlement settlement_is_kept; Type: TRIGGER; Schema: pay; Owner: smetka_owner
--

CREATE TRIGGER settlement_is_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON pay.settlement FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: take_back take_back_is_kept; Type: TRIGGER; Schema: pay; Owner: smetka_owner
--

CREATE TRIGGER take_back_is_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON pay.take_back FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: unmatched unmatched_is_kept; Type: TRIGGER; Schema: pay; Owner: smetka_owner
--

CREATE TRIGGER unmatched_is_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON pay.unmatched FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

--
-- Name: api_token api_token_login_id_fkey; Type: FK CONSTRAINT; Schema: auth; Owner: smetka_owner
--

ALTER TABLE ONLY auth.api_token
    ADD CONSTRAINT api_token_login_id_fkey FOREIGN KEY (login_id) REFERENCES auth.login(id);

--
-- Name: device device_login_id_fkey; Type: FK CONSTRAINT; Schema: auth; Owner: smetka_owner
--

ALTER TABLE ONLY auth.device
    ADD CONSTRAINT device_login_id_fkey FOREIGN KEY (login_id) REFERENCES auth.login(id);

--
-- Name: event event_login_id_fkey; Type: FK CONSTRAINT; Schema: auth; Owner: smetka_owner
--

ALTER TABLE ONLY auth.event
    ADD CONSTRAINT event_login_id_fkey FOREIGN KEY (login_id) REFERENCES auth.login(id);

--
-- Name: letter letter_account_id_fkey; Type: FK CONSTRAINT; Schema: auth; Owner: smetka_owner
--

ALTER TABLE ONLY auth.letter
    ADD CONSTRAINT letter_account_id_fkey FOREIGN KEY (account_id) REFERENCES customer.account(id);

--
-- Name: login_account login_account_account_id_fkey; Type: FK CONSTRAINT; Schema: auth; Owner: smetka_owner
--

ALTER TABLE ONLY auth.login_account
    ADD CONSTRAINT login_account_account_id_fkey FOREIGN KEY (account_id) REFERENCES customer.account(id);

--
-- Name: login_account login_account_invited_by_fkey; Type: FK CONSTRAINT; Schema: auth; Owner: smetka_owner
--

ALTER TABLE ONLY auth.login_account
    ADD CONSTRAINT login_account_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES auth.login(id);

--
-- Name: login_account login_account_login_id_fkey; Type: FK CONSTRAINT; Schema: auth; Owner: smetka_owner
--

ALTER TABLE ONLY auth.login_account
    ADD CONSTRAINT login_account_login_id_fkey FOREIGN KEY (login_id) REFERENCES auth.login(id);

--
-- Name: session session_login_id_fkey; Type: FK CONSTRAINT; Schema: auth; Owner: smetka_owner
--

ALTER TABLE ONLY auth.session
    ADD CONSTRAINT session_login_id_fkey FOREIGN KEY (login_id) REFERENCES auth.login(id);

--
-- Name: token token_account_id_fkey; Type: FK CONSTRAINT; Schema: auth; Owner: smetka_owner
--

ALTER TABLE ONLY auth.token
    ADD CONSTRAINT token_account_id_fkey FOREIGN KEY (account_id) REFERENCES customer.account(id);

--
-- Name: token token_login_id_fkey; Type: FK CONSTRAINT; Schema: auth; Owner: smetka_owner
--

ALTER TABLE ONLY auth.token
    ADD CONSTRAINT token_login_id_fkey FOREIGN KEY (login_id) REFERENCES auth.login(id);

--
-- Name: balance balance_account_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.balance
    ADD CONSTRAINT balance_account_id_fkey FOREIGN KEY (account_id) REFERENCES customer.account(id);

--
-- Name: document document_account_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.document
    ADD CONSTRAINT document_account_id_fkey FOREIGN KEY (account_id) REFERENCES customer.account(id);

--
-- Name: document document_contract_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.document
    ADD CONSTRAINT document_contract_id_fkey FOREIGN KEY (contract_id) REFERENCES customer.contract(id);

--
-- Name: document_line document_line_document_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.document_line
    ADD CONSTRAINT document_line_document_id_fkey FOREIGN KEY (document_id) REFERENCES billing.document(id);

--
-- Name: document_register document_register_document_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.document_register
    ADD CONSTRAINT document_register_document_id_fkey FOREIGN KEY (document_id) REFERENCES billing.document(id);

--
-- Name: document_register document_register_document_id_line_no_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.document_register
    ADD CONSTRAINT document_register_document_id_line_no_fkey FOREIGN KEY (document_id, line_no) REFERENCES billing.document_line(document_id, line_no);

--
-- Name: document document_seller_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.document
    ADD CONSTRAINT document_seller_id_fkey FOREIGN KEY (seller_id) REFERENCES billing.seller(id);

--
-- Name: document document_supply_point_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.document
    ADD CONSTRAINT document_supply_point_id_fkey FOREIGN KEY (supply_point_id) REFERENCES customer.supply_point(id);

--
-- Name: document_tax document_tax_document_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.document_tax
    ADD CONSTRAINT document_tax_document_id_fkey FOREIGN KEY (document_id) REFERENCES billing.document(id);

--
-- Name: journal_entry journal_entry_account_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.journal_entry
    ADD CONSTRAINT journal_entry_account_id_fkey FOREIGN KEY (account_id) REFERENCES customer.account(id);

--
-- Name: journal_entry journal_entry_txn_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.journal_entry
    ADD CONSTRAINT journal_entry_txn_id_fkey FOREIGN KEY (txn_id) REFERENCES billing.journal_txn(id);

--
-- Name: journal_txn journal_txn_document_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.journal_txn
    ADD CONSTRAINT journal_txn_document_id_fkey FOREIGN KEY (document_id) REFERENCES billing.document(id);

--
-- Name: journal_txn journal_txn_payment_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.journal_txn
    ADD CONSTRAINT journal_txn_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES pay.attempt(id);

--
-- Name: open_item open_item_account_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.open_item
    ADD CONSTRAINT open_item_account_id_fkey FOREIGN KEY (account_id) REFERENCES customer.account(id);

--
-- Name: open_item open_item_document_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.open_item
    ADD CONSTRAINT open_item_document_id_fkey FOREIGN KEY (document_id) REFERENCES billing.document(id);

--
-- Name: original original_document_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.original
    ADD CONSTRAINT original_document_id_fkey FOREIGN KEY (document_id) REFERENCES billing.document(id);

--
-- Name: received received_account_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.received
    ADD CONSTRAINT received_account_id_fkey FOREIGN KEY (account_id) REFERENCES customer.account(id);

--
-- Name: received received_txn_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: smetka_owner
--

ALTER TABLE ONLY billing.received
    ADD CONSTRAINT received_txn_id_fkey FOREIGN KEY (txn_id) REFERENCES billing.journal_txn(id);

--
-- Name: account account_party_id_fkey; Type: FK CONSTRAINT; Schema: customer; Owner: smetka_owner
--

ALTER TABLE ONLY customer.account
    ADD CONSTRAINT account_party_id_fkey FOREIGN KEY (party_id) REFERENCES customer.party(id);

--
-- Name: contract contract_account_id_fkey; Type: FK CONSTRAINT; Schema: customer; Owner: smetka_owner
--

ALTER TABLE ONLY customer.contract
    ADD CONSTRAINT contract_account_id_fkey FOREIGN KEY (account_id) REFERENCES customer.account(id);

--
-- Name: supply_point supply_point_contract_id_fkey; Type: FK CONSTRAINT; Schema: customer; Owner: smetka_owner
--

ALTER TABLE ONLY customer.supply_point
    ADD CONSTRAINT supply_point_contract_id_fkey FOREIGN KEY (contract_id) REFERENCES customer.contract(id);

--
-- Name: meter meter_replaced_by_fkey; Type: FK CONSTRAINT; Schema: meter; Owner: smetka_owner
--

ALTER TABLE ONLY meter.meter
    ADD CONSTRAINT meter_replaced_by_fkey FOREIGN KEY (replaced_by) REFERENCES meter.meter(id);

--
-- Name: meter meter_supply_point_id_fkey; Type: FK CONSTRAINT; Schema: meter; Owner: smetka_owner
--

ALTER TABLE ONLY meter.meter
    ADD CONSTRAINT meter_supply_point_id_fkey FOREIGN KEY (supply_point_id) REFERENCES customer.supply_point(id);

--
-- Name: place place_route_id_fkey; Type: FK CONSTRAINT; Schema: meter; Owner: smetka_owner
--

ALTER TABLE ONLY meter.place
    ADD CONSTRAINT place_route_id_fkey FOREIGN KEY (route_id) REFERENCES meter.route(id);

--
-- Name: place place_supply_point_id_fkey; Type: FK CONSTRAINT; Schema: meter; Owner: smetka_owner
--

ALTER TABLE ONLY meter.place
    ADD CONSTRAINT place_supply_point_id_fkey FOREIGN KEY (supply_point_id) REFERENCES customer.supply_point(id);

--
-- Name: reading reading_corrects_fkey; Type: FK CONSTRAINT; Schema: meter; Owner: smetka_owner
--

ALTER TABLE ONLY meter.reading
    ADD CONSTRAINT reading_corrects_fkey FOREIGN KEY (corrects) REFERENCES meter.reading(id);

--
-- Name: reading reading_document_id_fkey; Type: FK CONSTRAINT; Schema: meter; Owner: smetka_owner
--

ALTER TABLE ONLY meter.reading
    ADD CONSTRAINT reading_document_id_fkey FOREIGN KEY (document_id) REFERENCES billing.document(id);

--
-- Name: reading reading_register_id_fkey; Type: FK CONSTRAINT; Schema: meter; Owner: smetka_owner
--

ALTER TABLE ONLY meter.reading
    ADD CONSTRAINT reading_register_id_fkey FOREIGN KEY (register_id) REFERENCES meter.register(id);

--
-- Name: reading reading_submission_id_fkey; Type: FK CONSTRAINT; Schema: meter; Owner: smetka_owner
--

ALTER TABLE ONLY meter.reading
    ADD CONSTRAINT reading_submission_id_fkey FOREIGN KEY (submission_id) REFERENCES meter.submission(id);

--
-- Name: register register_meter_id_fkey; Type: FK CONSTRAINT; Schema: meter; Owner: smetka_owner
--

ALTER TABLE ONLY meter.register
    ADD CONSTRAINT register_meter_id_fkey FOREIGN KEY (meter_id) REFERENCES meter.meter(id);

--
-- Name: route_dates route_dates_route_id_fkey; Type: FK CONSTRAINT; Schema: meter; Owner: smetka_owner
--

ALTER TABLE ONLY meter.route_dates
    ADD CONSTRAINT route_dates_route_id_fkey FOREIGN KEY (route_id) REFERENCES meter.route(id);

--
-- Name: submission submission_meter_id_fkey; Type: FK CONSTRAINT; Schema: meter; Owner: smetka_owner
--

ALTER TABLE ONLY meter.submission
    ADD CONSTRAINT submission_meter_id_fkey FOREIGN KEY (meter_id) REFERENCES meter.meter(id);

--
-- Name: attachment attachment_review_id_fkey; Type: FK CONSTRAINT; Schema: ops; Owner: smetka_owner
--

ALTER TABLE ONLY ops.attachment
    ADD CONSTRAINT attachment_review_id_fkey FOREIGN KEY (review_id) REFERENCES ops.review(id);

--
-- Name: allocation allocation_document_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.allocation
    ADD CONSTRAINT allocation_document_id_fkey FOREIGN KEY (document_id) REFERENCES billing.open_item(document_id);

--
-- Name: allocation allocation_payment_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.allocation
    ADD CONSTRAINT allocation_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES pay.settlement(payment_id) DEFERRABLE INITIALLY DEFERRED;

--
-- Name: allocation allocation_txn_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.allocation
    ADD CONSTRAINT allocation_txn_id_fkey FOREIGN KEY (txn_id) REFERENCES billing.journal_txn(id);

--
-- Name: attempt_event attempt_event_from_state_to_state_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.attempt_event
    ADD CONSTRAINT attempt_event_from_state_to_state_fkey FOREIGN KEY (from_state, to_state) REFERENCES pay.edge(from_state, to_state);

--
-- Name: attempt_event attempt_event_payment_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.attempt_event
    ADD CONSTRAINT attempt_event_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES pay.attempt(id);

--
-- Name: attempt attempt_intent_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.attempt
    ADD CONSTRAINT attempt_intent_id_fkey FOREIGN KEY (intent_id) REFERENCES pay.intent(id);

--
-- Name: attempt attempt_retry_of_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.attempt
    ADD CONSTRAINT attempt_retry_of_fkey FOREIGN KEY (retry_of) REFERENCES pay.attempt(id);

--
-- Name: attempt attempt_state_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.attempt
    ADD CONSTRAINT attempt_state_fkey FOREIGN KEY (state) REFERENCES pay.state(state);

--
-- Name: compare_seen compare_seen_compare_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.compare_seen
    ADD CONSTRAINT compare_seen_compare_id_fkey FOREIGN KEY (compare_id) REFERENCES pay.compare(id);

--
-- Name: dispute dispute_decided_txn_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.dispute
    ADD CONSTRAINT dispute_decided_txn_id_fkey FOREIGN KEY (decided_txn_id) REFERENCES billing.journal_txn(id);

--
-- Name: dispute_event dispute_event_dispute_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.dispute_event
    ADD CONSTRAINT dispute_event_dispute_id_fkey FOREIGN KEY (dispute_id) REFERENCES pay.dispute(id);

--
-- Name: dispute_event dispute_event_from_state_to_state_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.dispute_event
    ADD CONSTRAINT dispute_event_from_state_to_state_fkey FOREIGN KEY (from_state, to_state) REFERENCES pay.dispute_edge(from_state, to_state);

--
-- Name: dispute dispute_payment_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.dispute
    ADD CONSTRAINT dispute_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES pay.settlement(payment_id);

--
-- Name: dispute dispute_txn_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.dispute
    ADD CONSTRAINT dispute_txn_id_fkey FOREIGN KEY (txn_id) REFERENCES billing.journal_txn(id);

--
-- Name: dispute dispute_unmatched_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.dispute
    ADD CONSTRAINT dispute_unmatched_id_fkey FOREIGN KEY (unmatched_id) REFERENCES pay.unmatched(id);

--
-- Name: edge edge_from_state_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.edge
    ADD CONSTRAINT edge_from_state_fkey FOREIGN KEY (from_state) REFERENCES pay.state(state);

--
-- Name: edge edge_to_state_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.edge
    ADD CONSTRAINT edge_to_state_fkey FOREIGN KEY (to_state) REFERENCES pay.state(state);

--
-- Name: guest_handle_account guest_handle_account_handle_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.guest_handle_account
    ADD CONSTRAINT guest_handle_account_handle_id_fkey FOREIGN KEY (handle_id) REFERENCES pay.guest_handle(id) ON DELETE CASCADE;

--
-- Name: guest_handle_document guest_handle_document_document_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.guest_handle_document
    ADD CONSTRAINT guest_handle_document_document_id_fkey FOREIGN KEY (document_id) REFERENCES billing.open_item(document_id);

--
-- Name: guest_handle_document guest_handle_document_handle_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.guest_handle_document
    ADD CONSTRAINT guest_handle_document_handle_id_fkey FOREIGN KEY (handle_id) REFERENCES pay.guest_handle(id) ON DELETE CASCADE;

--
-- Name: guest_handle guest_handle_login_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.guest_handle
    ADD CONSTRAINT guest_handle_login_id_fkey FOREIGN KEY (login_id) REFERENCES auth.login(id);

--
-- Name: in_flight in_flight_account_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.in_flight
    ADD CONSTRAINT in_flight_account_id_fkey FOREIGN KEY (account_id) REFERENCES customer.account(id);

--
-- Name: in_flight in_flight_payment_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.in_flight
    ADD CONSTRAINT in_flight_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES pay.attempt(id);

--
-- Name: intent intent_account_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.intent
    ADD CONSTRAINT intent_account_id_fkey FOREIGN KEY (account_id) REFERENCES customer.account(id);

--
-- Name: intent_item intent_item_document_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.intent_item
    ADD CONSTRAINT intent_item_document_id_fkey FOREIGN KEY (document_id) REFERENCES billing.open_item(document_id);

--
-- Name: intent_item intent_item_intent_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.intent_item
    ADD CONSTRAINT intent_item_intent_id_fkey FOREIGN KEY (intent_id) REFERENCES pay.intent(id);

--
-- Name: missing missing_account_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.missing
    ADD CONSTRAINT missing_account_id_fkey FOREIGN KEY (account_id) REFERENCES customer.account(id);

--
-- Name: missing missing_login_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.missing
    ADD CONSTRAINT missing_login_id_fkey FOREIGN KEY (login_id) REFERENCES auth.login(id);

--
-- Name: missing missing_unmatched_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.missing
    ADD CONSTRAINT missing_unmatched_id_fkey FOREIGN KEY (unmatched_id) REFERENCES pay.unmatched(id);

--
-- Name: payout_line payout_line_payment_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.payout_line
    ADD CONSTRAINT payout_line_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES pay.attempt(id);

--
-- Name: payout_line payout_line_payout_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.payout_line
    ADD CONSTRAINT payout_line_payout_id_fkey FOREIGN KEY (payout_id) REFERENCES pay.payout(id);

--
-- Name: payout payout_txn_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.payout
    ADD CONSTRAINT payout_txn_id_fkey FOREIGN KEY (txn_id) REFERENCES billing.journal_txn(id);

--
-- Name: processor_event processor_event_payment_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.processor_event
    ADD CONSTRAINT processor_event_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES pay.attempt(id);

--
-- Name: receipt receipt_payment_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.receipt
    ADD CONSTRAINT receipt_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES pay.settlement(payment_id);

--
-- Name: refund_event refund_event_from_state_to_state_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.refund_event
    ADD CONSTRAINT refund_event_from_state_to_state_fkey FOREIGN KEY (from_state, to_state) REFERENCES pay.refund_edge(from_state, to_state);

--
-- Name: refund_event refund_event_refund_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.refund_event
    ADD CONSTRAINT refund_event_refund_id_fkey FOREIGN KEY (refund_id) REFERENCES pay.refund(id);

--
-- Name: refund refund_failed_txn_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.refund
    ADD CONSTRAINT refund_failed_txn_id_fkey FOREIGN KEY (failed_txn_id) REFERENCES billing.journal_txn(id);

--
-- Name: refund refund_payment_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.refund
    ADD CONSTRAINT refund_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES pay.settlement(payment_id);

--
-- Name: refund refund_txn_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.refund
    ADD CONSTRAINT refund_txn_id_fkey FOREIGN KEY (txn_id) REFERENCES billing.journal_txn(id);

--
-- Name: refund refund_unmatched_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.refund
    ADD CONSTRAINT refund_unmatched_id_fkey FOREIGN KEY (unmatched_id) REFERENCES pay.unmatched(id);

--
-- Name: reopening reopening_allocation_txn_id_document_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.reopening
    ADD CONSTRAINT reopening_allocation_txn_id_document_id_fkey FOREIGN KEY (allocation_txn_id, document_id) REFERENCES pay.allocation(txn_id, document_id);

--
-- Name: reopening reopening_txn_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.reopening
    ADD CONSTRAINT reopening_txn_id_fkey FOREIGN KEY (txn_id) REFERENCES billing.journal_txn(id);

--
-- Name: settlement settlement_event_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.settlement
    ADD CONSTRAINT settlement_event_id_fkey FOREIGN KEY (event_id) REFERENCES pay.processor_event(id);

--
-- Name: settlement settlement_payment_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.settlement
    ADD CONSTRAINT settlement_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES pay.attempt(id);

--
-- Name: settlement settlement_txn_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.settlement
    ADD CONSTRAINT settlement_txn_id_fkey FOREIGN KEY (txn_id) REFERENCES billing.journal_txn(id);

--
-- Name: take_back take_back_payment_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.take_back
    ADD CONSTRAINT take_back_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES pay.settlement(payment_id);

--
-- Name: take_back take_back_txn_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.take_back
    ADD CONSTRAINT take_back_txn_id_fkey FOREIGN KEY (txn_id) REFERENCES billing.journal_txn(id);

--
-- Name: task task_payment_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.task
    ADD CONSTRAINT task_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES pay.attempt(id);

--
-- Name: unmatched unmatched_event_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.unmatched
    ADD CONSTRAINT unmatched_event_id_fkey FOREIGN KEY (event_id) REFERENCES pay.processor_event(id);

--
-- Name: unmatched unmatched_txn_id_fkey; Type: FK CONSTRAINT; Schema: pay; Owner: smetka_owner
--

ALTER TABLE ONLY pay.unmatched
    ADD CONSTRAINT unmatched_txn_id_fkey FOREIGN KEY (txn_id) REFERENCES billing.journal_txn(id);

--
-- Name: api_token; Type: ROW SECURITY; Schema: auth; Owner: smetka_owner
--

ALTER TABLE auth.api_token ENABLE ROW LEVEL SECURITY;

--
-- Name: device; Type: ROW SECURITY; Schema: auth; Owner: smetka_owner
--

ALTER TABLE auth.device ENABLE ROW LEVEL SECURITY;

--
-- Name: event; Type: ROW SECURITY; Schema: auth; Owner: smetka_owner
--

ALTER TABLE auth.event ENABLE ROW LEVEL SECURITY;

--
-- Name: letter; Type: ROW SECURITY; Schema: auth; Owner: smetka_owner
--

ALTER TABLE auth.letter ENABLE ROW LEVEL SECURITY;

--
-- Name: login; Type: ROW SECURITY; Schema: auth; Owner: smetka_owner
--

ALTER TABLE auth.login ENABLE ROW LEVEL SECURITY;

--
-- Name: login_account; Type: ROW SECURITY; Schema: auth; Owner: smetka_owner
--

ALTER TABLE auth.login_account ENABLE ROW LEVEL SECURITY;

--
-- Name: api_token operator; Type: POLICY; Schema: auth; Owner: smetka_owner
--

CREATE POLICY operator ON auth.api_token TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON api_token; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON POLICY operator ON auth.api_token IS 'The operator''s command line sees all.';

--
-- Name: device operator; Type: POLICY; Schema: auth; Owner: smetka_owner
--

CREATE POLICY operator ON auth.device TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON device; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON POLICY operator ON auth.device IS 'The operator''s command line sees all.';

--
-- Name: event operator; Type: POLICY; Schema: auth; Owner: smetka_owner
--

CREATE POLICY operator ON auth.event TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON event; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON POLICY operator ON auth.event IS 'The operator''s command line sees all.';

--
-- Name: letter operator; Type: POLICY; Schema: auth; Owner: smetka_owner
--

CREATE POLICY operator ON auth.letter TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON letter; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON POLICY operator ON auth.letter IS 'The operator''s command line sees all.';

--
-- Name: login operator; Type: POLICY; Schema: auth; Owner: smetka_owner
--

CREATE POLICY operator ON auth.login TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON login; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON POLICY operator ON auth.login IS 'The operator''s command line sees all.';

--
-- Name: login_account operator; Type: POLICY; Schema: auth; Owner: smetka_owner
--

CREATE POLICY operator ON auth.login_account TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON login_account; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON POLICY operator ON auth.login_account IS 'The operator''s command line sees all.';

--
-- Name: session operator; Type: POLICY; Schema: auth; Owner: smetka_owner
--

CREATE POLICY operator ON auth.session TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON session; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON POLICY operator ON auth.session IS 'The operator''s command line sees all.';

--
-- Name: token operator; Type: POLICY; Schema: auth; Owner: smetka_owner
--

CREATE POLICY operator ON auth.token TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON token; Type: COMMENT; Schema: auth; Owner: smetka_owner
--

COMMENT ON POLICY operator ON auth.token IS 'The operator''s command line sees all.';

--
-- Name: session; Type: ROW SECURITY; Schema: auth; Owner: smetka_owner
--

ALTER TABLE auth.session ENABLE ROW LEVEL SECURITY;

--
-- Name: token; Type: ROW SECURITY; Schema: auth; Owner: smetka_owner
--

ALTER TABLE auth.token ENABLE ROW LEVEL SECURITY;

--
-- Name: balance; Type: ROW SECURITY; Schema: billing; Owner: smetka_owner
--

ALTER TABLE billing.balance ENABLE ROW LEVEL SECURITY;

--
-- Name: balance customer; Type: POLICY; Schema: billing; Owner: smetka_owner
--

CREATE POLICY customer ON billing.balance FOR SELECT TO smetka_self USING ((account_id = ANY (( SELECT auth.acting() AS acting)::bigint[])));

--
-- Name: POLICY customer ON balance; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON POLICY customer ON billing.balance IS 'A customer sees what belongs to the accounts acted on.';

--
-- Name: document customer; Type: POLICY; Schema: billing; Owner: smetka_owner
--

CREATE POLICY customer ON billing.document FOR SELECT TO smetka_self USING ((account_id = ANY (( SELECT auth.acting() AS acting)::bigint[])));

--
-- Name: POLICY customer ON document; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON POLICY customer ON billing.document IS 'A customer sees what belongs to the accounts acted on.';

--
-- Name: document_line customer; Type: POLICY; Schema: billing; Owner: smetka_owner
--

CREATE POLICY customer ON billing.document_line FOR SELECT TO smetka_self USING ((EXISTS ( SELECT
   FROM billing.document d
  WHERE (d.id = document_line.document_id))));

--
-- Name: POLICY customer ON document_line; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON POLICY customer ON billing.document_line IS 'A customer sees what belongs to the accounts acted on.';

--
-- Name: document_register customer; Type: POLICY; Schema: billing; Owner: smetka_owner
--

CREATE POLICY customer ON billing.document_register FOR SELECT TO smetka_self USING ((EXISTS ( SELECT
   FROM billing.document d
  WHERE (d.id = document_register.document_id))));

--
-- Name: POLICY customer ON document_register; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON POLICY customer ON billing.document_register IS 'A customer sees what belongs to the accounts acted on.';

--
-- Name: document_tax customer; Type: POLICY; Schema: billing; Owner: smetka_owner
--

CREATE POLICY customer ON billing.document_tax FOR SELECT TO smetka_self USING ((EXISTS ( SELECT
   FROM billing.document d
  WHERE (d.id = document_tax.document_id))));

--
-- Name: POLICY customer ON document_tax; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON POLICY customer ON billing.document_tax IS 'A customer sees what belongs to the accounts acted on.';

--
-- Name: journal_txn customer; Type: POLICY; Schema: billing; Owner: smetka_owner
--

CREATE POLICY customer ON billing.journal_txn FOR SELECT TO smetka_self USING (((EXISTS ( SELECT
   FROM pay.allocation p
  WHERE (p.txn_id = journal_txn.id))) OR (EXISTS ( SELECT
   FROM billing.received r
  WHERE (r.txn_id = journal_txn.id)))));

--
-- Name: POLICY customer ON journal_txn; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON POLICY customer ON billing.journal_txn IS 'A customer sees what belongs to the accounts acted on.';

--
-- Name: open_item customer; Type: POLICY; Schema: billing; Owner: smetka_owner
--

CREATE POLICY customer ON billing.open_item FOR SELECT TO smetka_self USING ((account_id = ANY (( SELECT auth.acting() AS acting)::bigint[])));

--
-- Name: POLICY customer ON open_item; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON POLICY customer ON billing.open_item IS 'A customer sees what belongs to the accounts acted on.';

--
-- Name: original customer; Type: POLICY; Schema: billing; Owner: smetka_owner
--

CREATE POLICY customer ON billing.original FOR SELECT TO smetka_self USING ((EXISTS ( SELECT
   FROM billing.document d
  WHERE (d.id = original.document_id))));

--
-- Name: POLICY customer ON original; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON POLICY customer ON billing.original IS 'A customer sees what belongs to the accounts acted on.';

--
-- Name: received customer; Type: POLICY; Schema: billing; Owner: smetka_owner
--

CREATE POLICY customer ON billing.received FOR SELECT TO smetka_self USING ((account_id = ANY (( SELECT auth.acting() AS acting)::bigint[])));

--
-- Name: POLICY customer ON received; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON POLICY customer ON billing.received IS 'A customer sees what belongs to the accounts acted on.';

--
-- Name: document; Type: ROW SECURITY; Schema: billing; Owner: smetka_owner
--

ALTER TABLE billing.document ENABLE ROW LEVEL SECURITY;

--
-- Name: document_line; Type: ROW SECURITY; Schema: billing; Owner: smetka_owner
--

ALTER TABLE billing.document_line ENABLE ROW LEVEL SECURITY;

--
-- Name: document_register; Type: ROW SECURITY; Schema: billing; Owner: smetka_owner
--

ALTER TABLE billing.document_register ENABLE ROW LEVEL SECURITY;

--
-- Name: document_tax; Type: ROW SECURITY; Schema: billing; Owner: smetka_owner
--

ALTER TABLE billing.document_tax ENABLE ROW LEVEL SECURITY;

--
-- Name: journal_entry; Type: ROW SECURITY; Schema: billing; Owner: smetka_owner
--

ALTER TABLE billing.journal_entry ENABLE ROW LEVEL SECURITY;

--
-- Name: journal_txn; Type: ROW SECURITY; Schema: billing; Owner: smetka_owner
--

ALTER TABLE billing.journal_txn ENABLE ROW LEVEL SECURITY;

--
-- Name: open_item; Type: ROW SECURITY; Schema: billing; Owner: smetka_owner
--

ALTER TABLE billing.open_item ENABLE ROW LEVEL SECURITY;

--
-- Name: balance operator; Type: POLICY; Schema: billing; Owner: smetka_owner
--

CREATE POLICY operator ON billing.balance TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON balance; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON POLICY operator ON billing.balance IS 'The operator''s command line sees all.';

--
-- Name: document operator; Type: POLICY; Schema: billing; Owner: smetka_owner
--

CREATE POLICY operator ON billing.document TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON document; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON POLICY operator ON billing.document IS 'The operator''s command line sees all.';

--
-- Name: document_line operator; Type: POLICY; Schema: billing; Owner: smetka_owner
--

CREATE POLICY operator ON billing.document_line TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON document_line; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON POLICY operator ON billing.document_line IS 'The operator''s command line sees all.';

--
-- Name: document_register operator; Type: POLICY; Schema: billing; Owner: smetka_owner
--

CREATE POLICY operator ON billing.document_register TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON document_register; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON POLICY operator ON billing.document_register IS 'The operator''s command line sees all.';

--
-- Name: document_tax operator; Type: POLICY; Schema: billing; Owner: smetka_owner
--

CREATE POLICY operator ON billing.document_tax TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON document_tax; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON POLICY operator ON billing.document_tax IS 'The operator''s command line sees all.';

--
-- Name: journal_entry operator; Type: POLICY; Schema: billing; Owner: smetka_owner
--

CREATE POLICY operator ON billing.journal_entry TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON journal_entry; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON POLICY operator ON billing.journal_entry IS 'The operator''s command line sees all.';

--
-- Name: journal_txn operator; Type: POLICY; Schema: billing; Owner: smetka_owner
--

CREATE POLICY operator ON billing.journal_txn TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON journal_txn; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON POLICY operator ON billing.journal_txn IS 'The operator''s command line sees all.';

--
-- Name: open_item operator; Type: POLICY; Schema: billing; Owner: smetka_owner
--

CREATE POLICY operator ON billing.open_item TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON open_item; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON POLICY operator ON billing.open_item IS 'The operator''s command line sees all.';

--
-- Name: original operator; Type: POLICY; Schema: billing; Owner: smetka_owner
--

CREATE POLICY operator ON billing.original TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON original; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON POLICY operator ON billing.original IS 'The operator''s command line sees all.';

--
-- Name: received operator; Type: POLICY; Schema: billing; Owner: smetka_owner
--

CREATE POLICY operator ON billing.received TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON received; Type: COMMENT; Schema: billing; Owner: smetka_owner
--

COMMENT ON POLICY operator ON billing.received IS 'The operator''s command line sees all.';

--
-- Name: original; Type: ROW SECURITY; Schema: billing; Owner: smetka_owner
--

ALTER TABLE billing.original ENABLE ROW LEVEL SECURITY;

--
-- Name: received; Type: ROW SECURITY; Schema: billing; Owner: smetka_owner
--

ALTER TABLE billing.received ENABLE ROW LEVEL SECURITY;

--
-- Name: account; Type: ROW SECURITY; Schema: customer; Owner: smetka_owner
--

ALTER TABLE customer.account ENABLE ROW LEVEL SECURITY;

--
-- Name: contract; Type: ROW SECURITY; Schema: customer; Owner: smetka_owner
--

ALTER TABLE customer.contract ENABLE ROW LEVEL SECURITY;

--
-- Name: account customer; Type: POLICY; Schema: customer; Owner: smetka_owner
--

CREATE POLICY customer ON customer.account FOR SELECT TO smetka_self USING ((id = ANY (( SELECT auth.acting() AS acting)::bigint[])));

--
-- Name: POLICY customer ON account; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON POLICY customer ON customer.account IS 'A customer sees what belongs to the accounts acted on.';

--
-- Name: contract customer; Type: POLICY; Schema: customer; Owner: smetka_owner
--

CREATE POLICY customer ON customer.contract FOR SELECT TO smetka_self USING ((account_id = ANY (( SELECT auth.acting() AS acting)::bigint[])));

--
-- Name: POLICY customer ON contract; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON POLICY customer ON customer.contract IS 'A customer sees what belongs to the accounts acted on.';

--
-- Name: party customer; Type: POLICY; Schema: customer; Owner: smetka_owner
--

CREATE POLICY customer ON customer.party FOR SELECT TO smetka_self USING ((EXISTS ( SELECT
   FROM customer.account a
  WHERE (a.party_id = party.id))));

--
-- Name: POLICY customer ON party; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON POLICY customer ON customer.party IS 'A customer sees what belongs to the accounts acted on.';

--
-- Name: supply_point customer; Type: POLICY; Schema: customer; Owner: smetka_owner
--

CREATE POLICY customer ON customer.supply_point FOR SELECT TO smetka_self USING ((EXISTS ( SELECT
   FROM customer.contract c
  WHERE (c.id = supply_point.contract_id))));

--
-- Name: POLICY customer ON supply_point; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON POLICY customer ON customer.supply_point IS 'A customer sees what belongs to the accounts acted on.';

--
-- Name: account operator; Type: POLICY; Schema: customer; Owner: smetka_owner
--

CREATE POLICY operator ON customer.account TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON account; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON POLICY operator ON customer.account IS 'The operator''s command line sees all.';

--
-- Name: contract operator; Type: POLICY; Schema: customer; Owner: smetka_owner
--

CREATE POLICY operator ON customer.contract TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON contract; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON POLICY operator ON customer.contract IS 'The operator''s command line sees all.';

--
-- Name: party operator; Type: POLICY; Schema: customer; Owner: smetka_owner
--

CREATE POLICY operator ON customer.party TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON party; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON POLICY operator ON customer.party IS 'The operator''s command line sees all.';

--
-- Name: supply_point operator; Type: POLICY; Schema: customer; Owner: smetka_owner
--

CREATE POLICY operator ON customer.supply_point TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON supply_point; Type: COMMENT; Schema: customer; Owner: smetka_owner
--

COMMENT ON POLICY operator ON customer.supply_point IS 'The operator''s command line sees all.';

--
-- Name: party; Type: ROW SECURITY; Schema: customer; Owner: smetka_owner
--

ALTER TABLE customer.party ENABLE ROW LEVEL SECURITY;

--
-- Name: supply_point; Type: ROW SECURITY; Schema: customer; Owner: smetka_owner
--

ALTER TABLE customer.supply_point ENABLE ROW LEVEL SECURITY;

--
-- Name: lookup; Type: ROW SECURITY; Schema: log; Owner: smetka_owner
--

ALTER TABLE log.lookup ENABLE ROW LEVEL SECURITY;

--
-- Name: lookup operator; Type: POLICY; Schema: log; Owner: smetka_owner
--

CREATE POLICY operator ON log.lookup TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON lookup; Type: COMMENT; Schema: log; Owner: smetka_owner
--

COMMENT ON POLICY operator ON log.lookup IS 'The operator''s command line sees all.';

--
-- Name: inbox; Type: ROW SECURITY; Schema: meter; Owner: smetka_owner
--

ALTER TABLE meter.inbox ENABLE ROW LEVEL SECURITY;

--
-- Name: meter; Type: ROW SECURITY; Schema: meter; Owner: smetka_owner
--

ALTER TABLE meter.meter ENABLE ROW LEVEL SECURITY;

--
-- Name: inbox operator; Type: POLICY; Schema: meter; Owner: smetka_owner
--

CREATE POLICY operator ON meter.inbox TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON inbox; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON POLICY operator ON meter.inbox IS 'The operator''s command line sees all.';

--
-- Name: meter operator; Type: POLICY; Schema: meter; Owner: smetka_owner
--

CREATE POLICY operator ON meter.meter TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON meter; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON POLICY operator ON meter.meter IS 'The operator''s command line sees all.';

--
-- Name: place operator; Type: POLICY; Schema: meter; Owner: smetka_owner
--

CREATE POLICY operator ON meter.place TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON place; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON POLICY operator ON meter.place IS 'The operator''s command line sees all.';

--
-- Name: reading operator; Type: POLICY; Schema: meter; Owner: smetka_owner
--

CREATE POLICY operator ON meter.reading TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON reading; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON POLICY operator ON meter.reading IS 'The operator''s command line sees all.';

--
-- Name: register operator; Type: POLICY; Schema: meter; Owner: smetka_owner
--

CREATE POLICY operator ON meter.register TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON register; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON POLICY operator ON meter.register IS 'The operator''s command line sees all.';

--
-- Name: submission operator; Type: POLICY; Schema: meter; Owner: smetka_owner
--

CREATE POLICY operator ON meter.submission TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON submission; Type: COMMENT; Schema: meter; Owner: smetka_owner
--

COMMENT ON POLICY operator ON meter.submission IS 'The operator''s command line sees all.';

--
-- Name: place; Type: ROW SECURITY; Schema: meter; Owner: smetka_owner
--

ALTER TABLE meter.place ENABLE ROW LEVEL SECURITY;

--
-- Name: reading; Type: ROW SECURITY; Schema: meter; Owner: smetka_owner
--

ALTER TABLE meter.reading ENABLE ROW LEVEL SECURITY;

--
-- Name: register; Type: ROW SECURITY; Schema: meter; Owner: smetka_owner
--

ALTER TABLE meter.register ENABLE ROW LEVEL SECURITY;

--
-- Name: submission; Type: ROW SECURITY; Schema: meter; Owner: smetka_owner
--

ALTER TABLE meter.submission ENABLE ROW LEVEL SECURITY;

--
-- Name: outbox operator; Type: POLICY; Schema: notify; Owner: smetka_owner
--

CREATE POLICY operator ON notify.outbox TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON outbox; Type: COMMENT; Schema: notify; Owner: smetka_owner
--

COMMENT ON POLICY operator ON notify.outbox IS 'The operator''s command line sees all.';

--
-- Name: outbox; Type: ROW SECURITY; Schema: notify; Owner: smetka_owner
--

ALTER TABLE notify.outbox ENABLE ROW LEVEL SECURITY;

--
-- Name: attachment; Type: ROW SECURITY; Schema: ops; Owner: smetka_owner
--

ALTER TABLE ops.attachment ENABLE ROW LEVEL SECURITY;

--
-- Name: attachment operator; Type: POLICY; Schema: ops; Owner: smetka_owner
--

CREATE POLICY operator ON ops.attachment TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON attachment; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON POLICY operator ON ops.attachment IS 'The operator''s command line sees all.';

--
-- Name: review operator; Type: POLICY; Schema: ops; Owner: smetka_owner
--

CREATE POLICY operator ON ops.review TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON review; Type: COMMENT; Schema: ops; Owner: smetka_owner
--

COMMENT ON POLICY operator ON ops.review IS 'The operator''s command line sees all.';

--
-- Name: review; Type: ROW SECURITY; Schema: ops; Owner: smetka_owner
--

ALTER TABLE ops.review ENABLE ROW LEVEL SECURITY;

--
-- Name: allocation; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.allocation ENABLE ROW LEVEL SECURITY;

--
-- Name: attempt; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.attempt ENABLE ROW LEVEL SECURITY;

--
-- Name: attempt_event; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.attempt_event ENABLE ROW LEVEL SECURITY;

--
-- Name: compare; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.compare ENABLE ROW LEVEL SECURITY;

--
-- Name: compare_seen; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.compare_seen ENABLE ROW LEVEL SECURITY;

--
-- Name: allocation customer; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY customer ON pay.allocation FOR SELECT TO smetka_self USING ((EXISTS ( SELECT
   FROM billing.document d
  WHERE (d.id = allocation.document_id))));

--
-- Name: POLICY customer ON allocation; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY customer ON pay.allocation IS 'A customer sees what belongs to the accounts acted on.';

--
-- Name: attempt customer; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY customer ON pay.attempt FOR SELECT TO smetka_self USING ((EXISTS ( SELECT
   FROM pay.intent i
  WHERE (i.id = attempt.intent_id))));

--
-- Name: POLICY customer ON attempt; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY customer ON pay.attempt IS 'A customer sees what belongs to the accounts acted on.';

--
-- Name: intent customer; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY customer ON pay.intent FOR SELECT TO smetka_self USING (((account_id = ANY (( SELECT auth.acting() AS acting)::bigint[])) OR (EXISTS ( SELECT
   FROM pay.intent_item t
  WHERE (t.intent_id = intent.id)))));

--
-- Name: POLICY customer ON intent; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY customer ON pay.intent IS 'A customer sees what belongs to the accounts acted on.';

--
-- Name: intent_item customer; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY customer ON pay.intent_item FOR SELECT TO smetka_self USING ((EXISTS ( SELECT
   FROM billing.document d
  WHERE (d.id = intent_item.document_id))));

--
-- Name: POLICY customer ON intent_item; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY customer ON pay.intent_item IS 'A customer sees what belongs to the accounts acted on.';

--
-- Name: receipt customer; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY customer ON pay.receipt FOR SELECT TO smetka_self USING ((EXISTS ( SELECT
   FROM pay.attempt a
  WHERE (a.id = receipt.payment_id))));

--
-- Name: POLICY customer ON receipt; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY customer ON pay.receipt IS 'A customer sees what belongs to the accounts acted on.';

--
-- Name: refund customer; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY customer ON pay.refund FOR SELECT TO smetka_self USING ((EXISTS ( SELECT
   FROM pay.attempt a
  WHERE (a.id = refund.payment_id))));

--
-- Name: POLICY customer ON refund; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY customer ON pay.refund IS 'A customer sees what belongs to the accounts acted on.';

--
-- Name: reopening customer; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY customer ON pay.reopening FOR SELECT TO smetka_self USING ((EXISTS ( SELECT
   FROM billing.document d
  WHERE (d.id = reopening.document_id))));

--
-- Name: POLICY customer ON reopening; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY customer ON pay.reopening IS 'A customer sees what belongs to the accounts acted on.';

--
-- Name: settlement customer; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY customer ON pay.settlement FOR SELECT TO smetka_self USING ((EXISTS ( SELECT
   FROM pay.attempt a
  WHERE (a.id = settlement.payment_id))));

--
-- Name: POLICY customer ON settlement; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY customer ON pay.settlement IS 'A customer sees what belongs to the accounts acted on.';

--
-- Name: dispute; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.dispute ENABLE ROW LEVEL SECURITY;

--
-- Name: dispute_event; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.dispute_event ENABLE ROW LEVEL SECURITY;

--
-- Name: guest_handle; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.guest_handle ENABLE ROW LEVEL SECURITY;

--
-- Name: guest_handle_account; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.guest_handle_account ENABLE ROW LEVEL SECURITY;

--
-- Name: guest_handle_document; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.guest_handle_document ENABLE ROW LEVEL SECURITY;

--
-- Name: in_flight; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.in_flight ENABLE ROW LEVEL SECURITY;

--
-- Name: intent; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.intent ENABLE ROW LEVEL SECURITY;

--
-- Name: intent_item; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.intent_item ENABLE ROW LEVEL SECURITY;

--
-- Name: missing; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.missing ENABLE ROW LEVEL SECURITY;

--
-- Name: allocation operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.allocation TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON allocation; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.allocation IS 'The operator''s command line sees all.';

--
-- Name: attempt operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.attempt TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON attempt; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.attempt IS 'The operator''s command line sees all.';

--
-- Name: attempt_event operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.attempt_event TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON attempt_event; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.attempt_event IS 'The operator''s command line sees all.';

--
-- Name: compare operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.compare TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON compare; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.compare IS 'The operator''s command line sees all.';

--
-- Name: compare_seen operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.compare_seen TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON compare_seen; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.compare_seen IS 'The operator''s command line sees all.';

--
-- Name: dispute operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.dispute TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON dispute; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.dispute IS 'The operator''s command line sees all.';

--
-- Name: dispute_event operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.dispute_event TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON dispute_event; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.dispute_event IS 'The operator''s command line sees all.';

--
-- Name: guest_handle operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.guest_handle TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON guest_handle; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.guest_handle IS 'The operator''s command line sees all.';

--
-- Name: guest_handle_account operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.guest_handle_account TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON guest_handle_account; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.guest_handle_account IS 'The operator''s command line sees all.';

--
-- Name: guest_handle_document operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.guest_handle_document TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON guest_handle_document; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.guest_handle_document IS 'The operator''s command line sees all.';

--
-- Name: in_flight operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.in_flight TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON in_flight; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.in_flight IS 'The operator''s command line sees all.';

--
-- Name: intent operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.intent TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON intent; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.intent IS 'The operator''s command line sees all.';

--
-- Name: intent_item operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.intent_item TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON intent_item; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.intent_item IS 'The operator''s command line sees all.';

--
-- Name: missing operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.missing TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON missing; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.missing IS 'The operator''s command line sees all.';

--
-- Name: payout operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.payout TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON payout; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.payout IS 'The operator''s command line sees all.';

--
-- Name: payout_line operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.payout_line TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON payout_line; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.payout_line IS 'The operator''s command line sees all.';

--
-- Name: processor_event operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.processor_event TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON processor_event; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.processor_event IS 'The operator''s command line sees all.';

--
-- Name: receipt operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.receipt TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON receipt; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.receipt IS 'The operator''s command line sees all.';

--
-- Name: refund operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.refund TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON refund; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.refund IS 'The operator''s command line sees all.';

--
-- Name: refund_event operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.refund_event TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON refund_event; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.refund_event IS 'The operator''s command line sees all.';

--
-- Name: reopening operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.reopening TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON reopening; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.reopening IS 'The operator''s command line sees all.';

--
-- Name: settlement operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.settlement TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON settlement; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.settlement IS 'The operator''s command line sees all.';

--
-- Name: step_up operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.step_up TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON step_up; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.step_up IS 'The operator''s command line sees all.';

--
-- Name: take_back operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.take_back TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON take_back; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.take_back IS 'The operator''s command line sees all.';

--
-- Name: task operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.task TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON task; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.task IS 'The operator''s command line sees all.';

--
-- Name: unmatched operator; Type: POLICY; Schema: pay; Owner: smetka_owner
--

CREATE POLICY operator ON pay.unmatched TO smetka_owner USING (true) WITH CHECK (true);

--
-- Name: POLICY operator ON unmatched; Type: COMMENT; Schema: pay; Owner: smetka_owner
--

COMMENT ON POLICY operator ON pay.unmatched IS 'The operator''s command line sees all.';

--
-- Name: payout; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.payout ENABLE ROW LEVEL SECURITY;

--
-- Name: payout_line; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.payout_line ENABLE ROW LEVEL SECURITY;

--
-- Name: processor_event; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.processor_event ENABLE ROW LEVEL SECURITY;

--
-- Name: receipt; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.receipt ENABLE ROW LEVEL SECURITY;

--
-- Name: refund; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.refund ENABLE ROW LEVEL SECURITY;

--
-- Name: refund_event; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.refund_event ENABLE ROW LEVEL SECURITY;

--
-- Name: reopening; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.reopening ENABLE ROW LEVEL SECURITY;

--
-- Name: settlement; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.settlement ENABLE ROW LEVEL SECURITY;

--
-- Name: step_up; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.step_up ENABLE ROW LEVEL SECURITY;

--
-- Name: take_back; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.take_back ENABLE ROW LEVEL SECURITY;

--
-- Name: task; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.task ENABLE ROW LEVEL SECURITY;

--
-- Name: unmatched; Type: ROW SECURITY; Schema: pay; Owner: smetka_owner
--

ALTER TABLE pay.unmatched ENABLE ROW LEVEL SECURITY;

--
-- PostgreSQL database dump complete
--

