-- Payments: from the guest's handle to the receipt.

CREATE TABLE pay.guest_handle (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    handle_hash bytea NOT NULL UNIQUE CHECK (octet_length(handle_hash) = 32),
    browser_hash bytea NOT NULL CHECK (octet_length(browser_hash) = 32),
    email text CHECK (length(email) <= 254),
    lang text NOT NULL CHECK (lang IN ('ro', 'bg', 'en')),
    choice text CHECK (choice IN ('total', 'current', 'other')),
    choice_minor bigint CHECK (choice_minor > 0),
    choice_currency text CHECK (choice_currency ~ '^[A-Z]{3}$'),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX guest_handle_expires_at ON pay.guest_handle (expires_at);
COMMENT ON TABLE pay.guest_handle IS
    'A guest''s way to the bills that a code opened, for one browser.  A miss '
    'makes a row as well, expired at once, so that it costs the same.';
COMMENT ON COLUMN pay.guest_handle.id IS 'Key.';
COMMENT ON COLUMN pay.guest_handle.handle_hash IS
    'Keyed hash of the handle in the address.';
COMMENT ON COLUMN pay.guest_handle.browser_hash IS
    'Keyed hash of the browser''s cookie; no other browser sees the bill.';
COMMENT ON COLUMN pay.guest_handle.email IS 'Where the receipt goes.';
COMMENT ON COLUMN pay.guest_handle.lang IS 'Language of the pages.';
COMMENT ON COLUMN pay.guest_handle.choice IS
    'What a pay link proposes to pay.';
COMMENT ON COLUMN pay.guest_handle.choice_minor IS
    'The sum that a pay link proposes.';
COMMENT ON COLUMN pay.guest_handle.choice_currency IS 'Its currency.';
COMMENT ON COLUMN pay.guest_handle.created_at IS 'When it was made.';
COMMENT ON COLUMN pay.guest_handle.expires_at IS 'When it ends.';

-- account_id has no foreign key on purpose: its check would make a hit cost
-- more than a miss.  Accounts are never deleted, these rows live for minutes.
CREATE TABLE pay.guest_handle_account (
    handle_id bigint NOT NULL REFERENCES pay.guest_handle ON DELETE CASCADE,
    account_id bigint,
    account_no smallint NOT NULL CHECK (account_no BETWEEN 1 AND 5),
    code_hint text,
    currency text,
    PRIMARY KEY (handle_id, account_no)
);
COMMENT ON TABLE pay.guest_handle_account IS 'The accounts a handle shows.';
COMMENT ON COLUMN pay.guest_handle_account.handle_id IS 'The handle.';
COMMENT ON COLUMN pay.guest_handle_account.account_id IS
    'The account; null for a miss.';
COMMENT ON COLUMN pay.guest_handle_account.account_no IS
    'Place on the page, from 1.';
COMMENT ON COLUMN pay.guest_handle_account.code_hint IS
    'Last four characters of its payment code, copied for the bill page.';
COMMENT ON COLUMN pay.guest_handle_account.currency IS
    'The account''s currency, copied for the bill page.';

CREATE TABLE pay.step_up (
    token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    account_id bigint,
    email text NOT NULL CHECK (length(email) <= 254),
    lang text NOT NULL CHECK (lang IN ('ro', 'bg', 'en')),
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX step_up_expires_at ON pay.step_up (expires_at);
COMMENT ON TABLE pay.step_up IS
    'A link that is mailed instead of an answer, once guesses are many.';
COMMENT ON COLUMN pay.step_up.token_hash IS
    'Random number; only with a key outside the database does it make the '
    'token that is mailed.';
COMMENT ON COLUMN pay.step_up.account_id IS
    'The account that it opens; null for a miss, where nothing is mailed.';
COMMENT ON COLUMN pay.step_up.email IS 'Where it was mailed to.';
COMMENT ON COLUMN pay.step_up.lang IS 'Language of the mail.';
COMMENT ON COLUMN pay.step_up.expires_at IS 'When it ends.';
COMMENT ON COLUMN pay.step_up.used_at IS 'When it was used; once only.';

CREATE TABLE pay.intent (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id bigint NOT NULL REFERENCES customer.account,
    account_ids bigint[] NOT NULL
        CHECK (cardinality(account_ids) BETWEEN 1 AND 5),
    amount_minor bigint NOT NULL CHECK (amount_minor > 0),
    surplus_minor bigint NOT NULL DEFAULT 0 CHECK (surplus_minor >= 0),
    choice text NOT NULL CHECK (choice IN ('total', 'current', 'other')),
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    created_at timestamptz NOT NULL,
    CHECK (account_id = account_ids[1])
);
CREATE INDEX intent_account ON pay.intent (account_id);
COMMENT ON TABLE pay.intent IS 'What a payer wants to pay, frozen.';
COMMENT ON COLUMN pay.intent.id IS 'Key.';
COMMENT ON COLUMN pay.intent.account_id IS
    'The first account; a surplus becomes its credit.';
COMMENT ON COLUMN pay.intent.account_ids IS
    'All the accounts, in the order of the page.';
COMMENT ON COLUMN pay.intent.amount_minor IS 'What is to be paid.';
COMMENT ON COLUMN pay.intent.surplus_minor IS
    'The part of it that is more than was open.';
COMMENT ON COLUMN pay.intent.choice IS 'What the payer chose.';
COMMENT ON COLUMN pay.intent.currency IS 'Currency.';
COMMENT ON COLUMN pay.intent.created_at IS 'When it was frozen.';

CREATE TABLE pay.intent_item (
    intent_id bigint NOT NULL REFERENCES pay.intent,
    document_id bigint NOT NULL REFERENCES billing.open_item,
    amount_minor bigint NOT NULL CHECK (amount_minor > 0),
    PRIMARY KEY (intent_id, document_id)
);
CREATE INDEX intent_item_document ON pay.intent_item (document_id);
COMMENT ON TABLE pay.intent_item IS 'The split of an intent by invoices.';
COMMENT ON COLUMN pay.intent_item.intent_id IS 'The intent.';
COMMENT ON COLUMN pay.intent_item.document_id IS 'The invoice.';
COMMENT ON COLUMN pay.intent_item.amount_minor IS
    'What of it is to be paid.';
CREATE TRIGGER intent_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pay.intent EXECUTE FUNCTION ops.refuse_change();
CREATE TRIGGER intent_item_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pay.intent_item EXECUTE FUNCTION ops.refuse_change();

CREATE TABLE pay.state (
    state text PRIMARY KEY,
    rank smallint NOT NULL UNIQUE,
    in_flight boolean NOT NULL
);
COMMENT ON TABLE pay.state IS 'The states of a payment attempt.';
COMMENT ON COLUMN pay.state.state IS 'Name.';
COMMENT ON COLUMN pay.state.rank IS
    'Where messages race, the higher one stands.';
COMMENT ON COLUMN pay.state.in_flight IS 'Whether the truth is still open.';
INSERT INTO pay.state (state, rank, in_flight) VALUES
    ('created', 1, true), ('requested', 2, true), ('open', 3, true),
    ('pending', 4, true), ('closed', 5, false), ('settled', 6, false);

CREATE TABLE pay.edge (
    from_state text NOT NULL REFERENCES pay.state,
    to_state text NOT NULL REFERENCES pay.state,
    PRIMARY KEY (from_state, to_state),
    CHECK (from_state <> to_state)
);
COMMENT ON TABLE pay.edge IS
    'The ways a payment attempt may move; there is no other.';
COMMENT ON COLUMN pay.edge.from_state IS 'From this state.';
COMMENT ON COLUMN pay.edge.to_state IS 'To this state.';
INSERT INTO pay.edge (from_state, to_state) VALUES
    ('created', 'requested'), ('created', 'closed'),
    ('requested', 'open'), ('requested', 'pending'),
    ('requested', 'settled'), ('requested', 'closed'),
    ('open', 'pending'), ('open', 'settled'), ('open', 'closed'),
    ('pending', 'open'), ('pending', 'settled'), ('pending', 'closed'),
    ('closed', 'settled');

CREATE SEQUENCE pay.order_no AS bigint MINVALUE 1000000001;
COMMENT ON SEQUENCE pay.order_no IS 'Order numbers shown to processors.';

CREATE TABLE pay.attempt (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    intent_id bigint NOT NULL REFERENCES pay.intent,
    handle_hash bytea NOT NULL CHECK (octet_length(handle_hash) = 32),
    browser_hash bytea NOT NULL CHECK (octet_length(browser_hash) = 32),
    once_key bytea NOT NULL CHECK (octet_length(once_key) BETWEEN 8 AND 64),
    retry_of uuid REFERENCES pay.attempt,
    processor text NOT NULL CHECK (length(processor) BETWEEN 1 AND 20),
    order_no text NOT NULL DEFAULT nextval('pay.order_no')::text,
    processor_ref text CHECK (length(processor_ref) <= 200),
    redirect_url text CHECK (length(redirect_url) <= 4000),
    amount_minor bigint NOT NULL CHECK (amount_minor > 0),
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    email text CHECK (length(email) <= 254),
    email_fixed boolean NOT NULL DEFAULT false,
    lang text NOT NULL CHECK (lang IN ('ro', 'bg', 'en')),
    state text NOT NULL DEFAULT 'created' REFERENCES pay.state,
    reason text CHECK (reason IN
        ('never_created', 'declined', 'cancelled', 'expired')),
    last_cause text NOT NULL DEFAULT 'start',
    seq integer NOT NULL DEFAULT 0 CHECK (seq >= 0),
    told_to_wait boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    final_at timestamptz,
    expires_at timestamptz NOT NULL,
    next_ask_at timestamptz,
    last_ask_at timestamptz,
    asked_count integer NOT NULL DEFAULT 0 CHECK (asked_count >= 0),
    lease_until timestamptz,
    unreachable_since timestamptz,
    needs_person boolean NOT NULL DEFAULT false,
    UNIQUE (handle_hash, once_key),
    UNIQUE (processor, order_no),
    CHECK ((state = 'closed') = (reason IS NOT NULL)),
    CHECK ((state IN ('closed', 'settled')) = (final_at IS NOT NULL))
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX attempt_processor_ref
    ON pay.attempt (processor, processor_ref) WHERE processor_ref IS NOT NULL;
CREATE INDEX attempt_intent ON pay.attempt (intent_id);
CREATE INDEX attempt_retry_of ON pay.attempt (retry_of)
    WHERE retry_of IS NOT NULL;
CREATE INDEX attempt_due ON pay.attempt (next_ask_at)
    WHERE state IN ('created', 'requested', 'open', 'pending')
        AND next_ask_at IS NOT NULL;
CREATE INDEX attempt_needs_person ON pay.attempt (created_at)
    WHERE needs_person;
COMMENT ON TABLE pay.attempt IS 'One order at one processor.';
COMMENT ON COLUMN pay.attempt.id IS
    'Public id; also the idempotency key at the processor.';
COMMENT ON COLUMN pay.attempt.intent_id IS 'What is paid.';
COMMENT ON COLUMN pay.attempt.handle_hash IS
    'Hash of the handle it was started from.';
COMMENT ON COLUMN pay.attempt.browser_hash IS
    'Hash of the cookie of who started it.';
COMMENT ON COLUMN pay.attempt.once_key IS
    'Key of the form; a second POST of it finds this attempt.';
COMMENT ON COLUMN pay.attempt.retry_of IS 'The attempt that this one follows.';
COMMENT ON COLUMN pay.attempt.processor IS 'Name of the processor.';
COMMENT ON COLUMN pay.attempt.order_no IS 'Our number of the order there.';
COMMENT ON COLUMN pay.attempt.processor_ref IS 'Its number of the order.';
COMMENT ON COLUMN pay.attempt.redirect_url IS 'Its page for the payer.';
COMMENT ON COLUMN pay.attempt.amount_minor IS 'What was asked for.';
COMMENT ON COLUMN pay.attempt.currency IS 'Currency.';
COMMENT ON COLUMN pay.attempt.email IS 'Where the receipt goes.';
COMMENT ON COLUMN pay.attempt.email_fixed IS
    'Whether the address was corrected, which is allowed once.';
COMMENT ON COLUMN pay.attempt.lang IS 'Language of pages and mails.';
COMMENT ON COLUMN pay.attempt.state IS 'Where it is; pay.edge rules.';
COMMENT ON COLUMN pay.attempt.reason IS 'Why it was closed.';
COMMENT ON COLUMN pay.attempt.last_cause IS
    'What brought it to its state: source and event.';
COMMENT ON COLUMN pay.attempt.seq IS 'How many moves it has made.';
COMMENT ON COLUMN pay.attempt.told_to_wait IS
    'Whether the payer was told to wait, and is owed an answer by mail.';
COMMENT ON COLUMN pay.attempt.created_at IS 'When it was started.';
COMMENT ON COLUMN pay.attempt.changed_at IS 'When it moved last.';
COMMENT ON COLUMN pay.attempt.final_at IS 'When it was settled or closed.';
COMMENT ON COLUMN pay.attempt.expires_at IS
    'When its page at the processor ends.';
COMMENT ON COLUMN pay.attempt.next_ask_at IS
    'When the processor is to be asked next.';
COMMENT ON COLUMN pay.attempt.last_ask_at IS 'When it was asked last.';
COMMENT ON COLUMN pay.attempt.asked_count IS 'How often the sweep asked.';
COMMENT ON COLUMN pay.attempt.lease_until IS
    'Until when one process has it to ask about.';
COMMENT ON COLUMN pay.attempt.unreachable_since IS
    'Since when the processor could not be asked.';
COMMENT ON COLUMN pay.attempt.needs_person IS
    'The schedule of asking has ended without an answer.';

CREATE TABLE pay.attempt_event (
    payment_id uuid NOT NULL REFERENCES pay.attempt,
    seq integer NOT NULL CHECK (seq >= 1),
    from_state text NOT NULL,
    to_state text NOT NULL,
    cause text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (payment_id, seq),
    FOREIGN KEY (from_state, to_state) REFERENCES pay.edge
);
COMMENT ON TABLE pay.attempt_event IS 'Every move of an attempt; insert-only.';
COMMENT ON COLUMN pay.attempt_event.payment_id IS 'The attempt.';
COMMENT ON COLUMN pay.attempt_event.seq IS 'From 1, without gaps.';
COMMENT ON COLUMN pay.attempt_event.from_state IS 'From this state.';
COMMENT ON COLUMN pay.attempt_event.to_state IS 'To this state.';
COMMENT ON COLUMN pay.attempt_event.cause IS 'What moved it.';
COMMENT ON COLUMN pay.attempt_event.at IS 'When.';

-- The small set of attempts in flight by account: the bill page reads it on
-- every request.
CREATE TABLE pay.in_flight (
    account_id bigint NOT NULL REFERENCES customer.account,
    payment_id uuid NOT NULL REFERENCES pay.attempt,
    PRIMARY KEY (account_id, payment_id)
);
CREATE INDEX in_flight_payment ON pay.in_flight (payment_id);
COMMENT ON TABLE pay.in_flight IS
    'Attempts in flight by account; kept by the trigger of pay.attempt.';
COMMENT ON COLUMN pay.in_flight.account_id IS 'The account.';
COMMENT ON COLUMN pay.in_flight.payment_id IS 'The attempt.';

CREATE FUNCTION pay.attempt_moves() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
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
COMMENT ON FUNCTION pay.attempt_moves() IS
    'Trigger: an attempt moves along pay.edge only, and each move is noted.';
CREATE TRIGGER attempt_moves BEFORE INSERT OR UPDATE ON pay.attempt
    FOR EACH ROW EXECUTE FUNCTION pay.attempt_moves();
CREATE TRIGGER attempt_is_kept BEFORE DELETE OR TRUNCATE
    ON pay.attempt EXECUTE FUNCTION ops.refuse_change();
CREATE TRIGGER attempt_event_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pay.attempt_event EXECUTE FUNCTION ops.refuse_change();

CREATE TABLE pay.processor_event (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    processor text NOT NULL CHECK (length(processor) BETWEEN 1 AND 20),
    event_key text NOT NULL CHECK (length(event_key) BETWEEN 1 AND 300),
    payment_id uuid REFERENCES pay.attempt,
    order_no text,
    processor_ref text,
    kind text NOT NULL CHECK (kind IN
        ('open', 'pending', 'captured', 'declined', 'closed')),
    amount_minor bigint,
    currency text,
    reason text,
    source text NOT NULL CHECK (source IN
        ('create', 'notify', 'query', 'cancel', 'operator')),
    outcome text NOT NULL CHECK (outcome IN
        ('applied', 'ignored', 'unmatched')),
    body_hash bytea CHECK (octet_length(body_hash) = 32),
    received_at timestamptz NOT NULL,
    applied_at timestamptz,
    UNIQUE (processor, event_key),
    CHECK ((outcome = 'unmatched') = (applied_at IS NULL)),
    CHECK (kind <> 'captured' OR (amount_minor IS NOT NULL
        AND currency IS NOT NULL AND amount_minor > 0
        AND currency ~ '^[A-Z]{3}$'))
);
CREATE INDEX processor_event_payment ON pay.processor_event (payment_id)
    WHERE payment_id IS NOT NULL;
COMMENT ON TABLE pay.processor_event IS
    'Every authentic message of a processor, once; insert-only.';
COMMENT ON COLUMN pay.processor_event.id IS 'Key.';
COMMENT ON COLUMN pay.processor_event.processor IS 'The processor.';
COMMENT ON COLUMN pay.processor_event.event_key IS
    'What makes the message one of a kind there.';
COMMENT ON COLUMN pay.processor_event.payment_id IS 'The attempt it is of.';
COMMENT ON COLUMN pay.processor_event.order_no IS 'Our order number in it.';
COMMENT ON COLUMN pay.processor_event.processor_ref IS 'Its number in it.';
COMMENT ON COLUMN pay.processor_event.kind IS 'What it says.';
COMMENT ON COLUMN pay.processor_event.amount_minor IS 'Sum in it.';
COMMENT ON COLUMN pay.processor_event.currency IS 'Currency in it.';
COMMENT ON COLUMN pay.processor_event.reason IS 'Reason in it.';
COMMENT ON COLUMN pay.processor_event.source IS 'How it reached us.';
COMMENT ON COLUMN pay.processor_event.outcome IS 'What it changed.';
COMMENT ON COLUMN pay.processor_event.body_hash IS 'Hash of the raw body.';
COMMENT ON COLUMN pay.processor_event.received_at IS 'When it came.';
COMMENT ON COLUMN pay.processor_event.applied_at IS
    'When it was weighed against its attempt; null where there is none.';
CREATE TRIGGER processor_event_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pay.processor_event EXECUTE FUNCTION ops.refuse_change();

CREATE TABLE pay.settlement (
    payment_id uuid PRIMARY KEY REFERENCES pay.attempt,
    txn_id bigint NOT NULL UNIQUE REFERENCES billing.journal_txn,
    event_id bigint NOT NULL UNIQUE REFERENCES pay.processor_event,
    processor_ref text,
    amount_minor bigint NOT NULL CHECK (amount_minor > 0),
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    credit_minor bigint NOT NULL CHECK (credit_minor >= 0),
    amount_differs boolean NOT NULL,
    currency_differs boolean NOT NULL,
    late boolean NOT NULL,
    duplicate boolean NOT NULL,
    settled_at timestamptz NOT NULL,
    CHECK (credit_minor <= amount_minor)
);
CREATE INDEX settlement_flagged ON pay.settlement (settled_at)
    WHERE amount_differs OR currency_differs OR late OR duplicate;
COMMENT ON TABLE pay.settlement IS
    'Money that was taken; at most one an attempt; insert-only.';
COMMENT ON COLUMN pay.settlement.payment_id IS 'The attempt.';
COMMENT ON COLUMN pay.settlement.txn_id IS 'Its posting in the journal.';
COMMENT ON COLUMN pay.settlement.event_id IS 'The message that proved it.';
COMMENT ON COLUMN pay.settlement.processor_ref IS
    'The processor''s number of the capture.';
COMMENT ON COLUMN pay.settlement.amount_minor IS 'What was really taken.';
COMMENT ON COLUMN pay.settlement.currency IS 'In which currency.';
COMMENT ON COLUMN pay.settlement.credit_minor IS
    'The part that paid no invoice then and became credit.';
COMMENT ON COLUMN pay.settlement.amount_differs IS
    'Another sum was taken than was asked for.';
COMMENT ON COLUMN pay.settlement.currency_differs IS
    'Another currency was taken than was asked for.';
COMMENT ON COLUMN pay.settlement.late IS
    'It came after the attempt had been closed.';
COMMENT ON COLUMN pay.settlement.duplicate IS
    'Another payment for the same invoices had been settled.';
COMMENT ON COLUMN pay.settlement.settled_at IS 'When it was posted.';
CREATE TRIGGER settlement_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pay.settlement EXECUTE FUNCTION ops.refuse_change();

CREATE TABLE pay.allocation (
    txn_id bigint NOT NULL REFERENCES billing.journal_txn,
    document_id bigint NOT NULL REFERENCES billing.open_item,
    amount_minor bigint NOT NULL CHECK (amount_minor > 0),
    payment_id uuid REFERENCES pay.settlement
        DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (txn_id, document_id)
);
CREATE INDEX allocation_document ON pay.allocation (document_id);
CREATE INDEX allocation_payment ON pay.allocation (payment_id)
    WHERE payment_id IS NOT NULL;
COMMENT ON TABLE pay.allocation IS
    'What lowered an invoice: a settlement, or credit; insert-only.';
COMMENT ON COLUMN pay.allocation.txn_id IS 'The posting.';
COMMENT ON COLUMN pay.allocation.document_id IS 'The invoice.';
COMMENT ON COLUMN pay.allocation.amount_minor IS 'By how much.';
COMMENT ON COLUMN pay.allocation.payment_id IS
    'The settled payment; null where credit was used.';
CREATE TRIGGER allocation_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pay.allocation EXECUTE FUNCTION ops.refuse_change();

CREATE SEQUENCE pay.receipt_no AS bigint;
COMMENT ON SEQUENCE pay.receipt_no IS 'Numbers of receipts.';
CREATE TABLE pay.receipt (
    payment_id uuid PRIMARY KEY REFERENCES pay.settlement,
    receipt_no text NOT NULL UNIQUE
        CHECK (receipt_no ~ '^R[0-9]{4}-[0-9]{8,}$'),
    issued_at timestamptz NOT NULL
);
COMMENT ON TABLE pay.receipt IS 'The receipt of a settled payment.';
COMMENT ON COLUMN pay.receipt.payment_id IS 'The payment.';
COMMENT ON COLUMN pay.receipt.receipt_no IS 'Its number.';
COMMENT ON COLUMN pay.receipt.issued_at IS 'When it was issued.';
CREATE TRIGGER receipt_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pay.receipt EXECUTE FUNCTION ops.refuse_change();

CREATE TABLE pay.unmatched (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id bigint NOT NULL UNIQUE REFERENCES pay.processor_event,
    txn_id bigint NOT NULL UNIQUE REFERENCES billing.journal_txn,
    processor text NOT NULL,
    processor_ref text NOT NULL,
    amount_minor bigint NOT NULL CHECK (amount_minor > 0),
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    reason text NOT NULL CHECK (reason IN
        ('unknown_order', 'other_processor', 'second_capture')),
    received_at timestamptz NOT NULL,
    UNIQUE (processor, processor_ref)
);
COMMENT ON TABLE pay.unmatched IS
    'Money taken for which there is no attempt; a person decides.';
COMMENT ON COLUMN pay.unmatched.id IS 'Key.';
COMMENT ON COLUMN pay.unmatched.event_id IS 'The message.';
COMMENT ON COLUMN pay.unmatched.txn_id IS
    'Its posting: clearing against suspense.';
COMMENT ON COLUMN pay.unmatched.processor IS 'The processor.';
COMMENT ON COLUMN pay.unmatched.processor_ref IS
    'Its number of the order, else ours, else the key of the message.';
COMMENT ON COLUMN pay.unmatched.amount_minor IS 'What was taken.';
COMMENT ON COLUMN pay.unmatched.currency IS 'In which currency.';
COMMENT ON COLUMN pay.unmatched.reason IS 'Why it could not be matched.';
COMMENT ON COLUMN pay.unmatched.received_at IS 'When.';
CREATE TRIGGER unmatched_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pay.unmatched EXECUTE FUNCTION ops.refuse_change();

ALTER TABLE billing.journal_txn
    ADD FOREIGN KEY (payment_id) REFERENCES pay.attempt;
