-- Money that goes back: refunds, disputes, payouts; what a person has to look
-- at; the daily comparison with the processor's own list.

DROP FUNCTION IF EXISTS pay.apply(text, text, uuid, text, text, text, bigint,
    text, text, text, timestamptz, text, bytea, timestamptz);
DROP FUNCTION IF EXISTS pay.settle(pay.attempt, bigint, bigint, text, text,
    timestamptz);
DROP FUNCTION IF EXISTS pay.quarantine(bigint, text, text, bigint, text, text,
    timestamptz);
DROP FUNCTION IF EXISTS pay.status(uuid, bytea, boolean, timestamptz);
DROP FUNCTION IF EXISTS pay.asked(uuid, timestamptz);
DROP FUNCTION IF EXISTS ops.figures(timestamptz);

ALTER TABLE pay.settlement ADD COLUMN capture_ref text
    CHECK (length(capture_ref) BETWEEN 1 AND 200);
CREATE INDEX settlement_capture_ref ON pay.settlement (capture_ref)
    WHERE capture_ref IS NOT NULL;
CREATE INDEX settlement_settled_at ON pay.settlement (settled_at);
COMMENT ON COLUMN pay.settlement.capture_ref IS
    'The processor''s number of the money taken, which refunds, disputes and '
    'payouts name, where it is another than that of the order.';
ALTER TABLE pay.unmatched ADD COLUMN capture_ref text
    CHECK (length(capture_ref) BETWEEN 1 AND 200);
COMMENT ON COLUMN pay.unmatched.capture_ref IS
    'As settlement.capture_ref.';
CREATE INDEX unmatched_capture_ref ON pay.unmatched (processor, capture_ref)
    WHERE capture_ref IS NOT NULL;

ALTER TABLE pay.processor_event
    DROP CONSTRAINT processor_event_kind_check,
    ADD CONSTRAINT processor_event_kind_check CHECK (kind IN ('open',
        'pending', 'captured', 'declined', 'closed', 'refund', 'dispute'));

CREATE TABLE pay.refund_edge (
    from_state text NOT NULL,
    to_state text NOT NULL,
    PRIMARY KEY (from_state, to_state),
    CHECK (from_state <> to_state)
);
COMMENT ON TABLE pay.refund_edge IS
    'The ways a refund may move; there is no other.';
COMMENT ON COLUMN pay.refund_edge.from_state IS 'From this state.';
COMMENT ON COLUMN pay.refund_edge.to_state IS 'To this state.';
INSERT INTO pay.refund_edge (from_state, to_state) VALUES
    ('requested', 'accepted'), ('requested', 'succeeded'),
    ('requested', 'failed'), ('accepted', 'succeeded'),
    ('accepted', 'failed'), ('succeeded', 'failed');

CREATE TABLE pay.refund (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    payment_id uuid REFERENCES pay.settlement,
    unmatched_id bigint REFERENCES pay.unmatched,
    processor text NOT NULL CHECK (length(processor) BETWEEN 1 AND 20),
    processor_ref text CHECK (length(processor_ref) BETWEEN 1 AND 200),
    amount_minor bigint NOT NULL CHECK (amount_minor > 0),
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    origin text NOT NULL CHECK (origin IN ('payer', 'operator', 'processor')),
    note text CHECK (length(note) <= 500),
    state text NOT NULL DEFAULT 'requested' CHECK (state IN
        ('requested', 'accepted', 'succeeded', 'failed')),
    reason text CHECK (length(reason) <= 100),
    last_cause text NOT NULL DEFAULT 'request',
    seq integer NOT NULL DEFAULT 0 CHECK (seq >= 0),
    txn_id bigint UNIQUE REFERENCES billing.journal_txn,
    failed_txn_id bigint UNIQUE REFERENCES billing.journal_txn,
    created_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    next_ask_at timestamptz,
    asked_count integer NOT NULL DEFAULT 0 CHECK (asked_count >= 0),
    needs_person boolean NOT NULL DEFAULT false,
    CHECK (num_nonnulls(payment_id, unmatched_id) = 1),
    CHECK (state NOT IN ('accepted', 'succeeded') OR txn_id IS NOT NULL),
    CHECK (state <> 'requested' OR txn_id IS NULL),
    CHECK ((failed_txn_id IS NOT NULL)
        = (state = 'failed' AND txn_id IS NOT NULL))
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX refund_processor_ref ON pay.refund
    (processor, processor_ref) WHERE processor_ref IS NOT NULL;
-- one of ours at a time: the next is counted against what this one leaves
CREATE UNIQUE INDEX refund_one_requested ON pay.refund (payment_id)
    WHERE state = 'requested' AND origin <> 'processor';
CREATE INDEX refund_payment ON pay.refund (payment_id)
    WHERE payment_id IS NOT NULL;
CREATE INDEX refund_unmatched ON pay.refund (unmatched_id)
    WHERE unmatched_id IS NOT NULL;
CREATE INDEX refund_due ON pay.refund (next_ask_at)
    WHERE next_ask_at IS NOT NULL;
COMMENT ON TABLE pay.refund IS
    'Money given back by the processor, asked for by us or made there.';
COMMENT ON COLUMN pay.refund.id IS
    'Key; also the idempotency key at the processor.';
COMMENT ON COLUMN pay.refund.payment_id IS 'The settled payment.';
COMMENT ON COLUMN pay.refund.unmatched_id IS
    'Or the unmatched money that goes back.';
COMMENT ON COLUMN pay.refund.processor IS 'The processor.';
COMMENT ON COLUMN pay.refund.processor_ref IS 'Its number of the refund.';
COMMENT ON COLUMN pay.refund.amount_minor IS 'How much.';
COMMENT ON COLUMN pay.refund.currency IS 'Currency, that of the settlement.';
COMMENT ON COLUMN pay.refund.origin IS
    'Who wanted it: the payer (surplus only), an operator, or it was made at '
    'the processor''s own desk.';
COMMENT ON COLUMN pay.refund.note IS 'Why, in an operator''s words.';
COMMENT ON COLUMN pay.refund.state IS 'Where it is; pay.refund_edge rules.';
COMMENT ON COLUMN pay.refund.reason IS 'Why it failed.';
COMMENT ON COLUMN pay.refund.last_cause IS 'What brought it to its state.';
COMMENT ON COLUMN pay.refund.seq IS 'How many moves it has made.';
COMMENT ON COLUMN pay.refund.txn_id IS
    'Its posting, made when the processor accepts it.';
COMMENT ON COLUMN pay.refund.failed_txn_id IS
    'The posting that takes it back, if it fails after that.';
COMMENT ON COLUMN pay.refund.created_at IS 'When it was wanted.';
COMMENT ON COLUMN pay.refund.changed_at IS 'When it moved last.';
COMMENT ON COLUMN pay.refund.next_ask_at IS
    'When the processor is to be asked for it, or about it.';
COMMENT ON COLUMN pay.refund.asked_count IS 'How often it was asked.';
COMMENT ON COLUMN pay.refund.needs_person IS
    'The schedule of asking has ended without an answer.';

CREATE TABLE pay.refund_event (
    refund_id uuid NOT NULL REFERENCES pay.refund,
    seq integer NOT NULL CHECK (seq >= 1),
    from_state text NOT NULL,
    to_state text NOT NULL,
    cause text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (refund_id, seq),
    FOREIGN KEY (from_state, to_state) REFERENCES pay.refund_edge
);
COMMENT ON TABLE pay.refund_event IS 'Every move of a refund; insert-only.';
COMMENT ON COLUMN pay.refund_event.refund_id IS 'The refund.';
COMMENT ON COLUMN pay.refund_event.seq IS 'From 1, without gaps.';
COMMENT ON COLUMN pay.refund_event.from_state IS 'From this state.';
COMMENT ON COLUMN pay.refund_event.to_state IS 'To this state.';
COMMENT ON COLUMN pay.refund_event.cause IS 'What moved it.';
COMMENT ON COLUMN pay.refund_event.at IS 'When.';

CREATE TABLE pay.dispute_edge (
    from_state text NOT NULL,
    to_state text NOT NULL,
    PRIMARY KEY (from_state, to_state),
    CHECK (from_state <> to_state)
);
COMMENT ON TABLE pay.dispute_edge IS
    'The ways a dispute may move; there is no other.';
COMMENT ON COLUMN pay.dispute_edge.from_state IS 'From this state.';
COMMENT ON COLUMN pay.dispute_edge.to_state IS 'To this state.';
INSERT INTO pay.dispute_edge (from_state, to_state) VALUES
    ('open', 'won'), ('open', 'lost');

CREATE TABLE pay.dispute (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    payment_id uuid REFERENCES pay.settlement,
    unmatched_id bigint REFERENCES pay.unmatched,
    processor text NOT NULL CHECK (length(processor) BETWEEN 1 AND 20),
    processor_ref text NOT NULL CHECK (length(processor_ref) BETWEEN 1 AND 200),
    amount_minor bigint NOT NULL CHECK (amount_minor > 0),
    fee_minor bigint NOT NULL CHECK (fee_minor >= 0),
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    state text NOT NULL DEFAULT 'open' CHECK (state IN
        ('open', 'won', 'lost')),
    last_cause text NOT NULL DEFAULT 'opened',
    seq integer NOT NULL DEFAULT 0 CHECK (seq >= 0),
    txn_id bigint NOT NULL UNIQUE REFERENCES billing.journal_txn,
    decided_txn_id bigint UNIQUE REFERENCES billing.journal_txn,
    opened_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    UNIQUE (processor, processor_ref),
    CHECK (num_nonnulls(payment_id, unmatched_id) = 1),
    CHECK ((state = 'open') = (decided_txn_id IS NULL))
);
CREATE INDEX dispute_payment ON pay.dispute (payment_id)
    WHERE payment_id IS NOT NULL;
CREATE INDEX dispute_unmatched ON pay.dispute (unmatched_id)
    WHERE unmatched_id IS NOT NULL;
COMMENT ON TABLE pay.dispute IS
    'A payment that the payer''s bank contests (chargeback).';
COMMENT ON COLUMN pay.dispute.id IS 'Key.';
COMMENT ON COLUMN pay.dispute.payment_id IS 'The settled payment.';
COMMENT ON COLUMN pay.dispute.unmatched_id IS 'Or the unmatched money.';
COMMENT ON COLUMN pay.dispute.processor IS 'The processor.';
COMMENT ON COLUMN pay.dispute.processor_ref IS 'Its number of the dispute.';
COMMENT ON COLUMN pay.dispute.amount_minor IS 'What is contested.';
COMMENT ON COLUMN pay.dispute.fee_minor IS 'What the processor charges.';
COMMENT ON COLUMN pay.dispute.currency IS 'Currency.';
COMMENT ON COLUMN pay.dispute.state IS 'Where it is; pay.dispute_edge rules.';
COMMENT ON COLUMN pay.dispute.last_cause IS 'What brought it to its state.';
COMMENT ON COLUMN pay.dispute.seq IS 'How many moves it has made.';
COMMENT ON COLUMN pay.dispute.txn_id IS 'The posting of its opening.';
COMMENT ON COLUMN pay.dispute.decided_txn_id IS 'That of its decision.';
COMMENT ON COLUMN pay.dispute.opened_at IS 'When we learned of it.';
COMMENT ON COLUMN pay.dispute.changed_at IS 'When it moved last.';

CREATE TABLE pay.dispute_event (
    dispute_id uuid NOT NULL REFERENCES pay.dispute,
    seq integer NOT NULL CHECK (seq >= 1),
    from_state text NOT NULL,
    to_state text NOT NULL,
    cause text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (dispute_id, seq),
    FOREIGN KEY (from_state, to_state) REFERENCES pay.dispute_edge
);
COMMENT ON TABLE pay.dispute_event IS 'Every move of a dispute; insert-only.';
COMMENT ON COLUMN pay.dispute_event.dispute_id IS 'The dispute.';
COMMENT ON COLUMN pay.dispute_event.seq IS 'From 1, without gaps.';
COMMENT ON COLUMN pay.dispute_event.from_state IS 'From this state.';
COMMENT ON COLUMN pay.dispute_event.to_state IS 'To this state.';
COMMENT ON COLUMN pay.dispute_event.cause IS 'What moved it.';
COMMENT ON COLUMN pay.dispute_event.at IS 'When.';

-- Both machines keep what was frozen and note each move; the foreign keys to
-- their edges refuse what is no edge.
CREATE FUNCTION pay.refund_moves() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
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
COMMENT ON FUNCTION pay.refund_moves() IS
    'Trigger: a refund moves along its edges only, and each move is noted.';
CREATE TRIGGER refund_moves BEFORE INSERT OR UPDATE ON pay.refund
    FOR EACH ROW EXECUTE FUNCTION pay.refund_moves();

CREATE FUNCTION pay.dispute_moves() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
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
COMMENT ON FUNCTION pay.dispute_moves() IS
    'Trigger: a dispute moves along its edges only, and each move is noted.';
CREATE TRIGGER dispute_moves BEFORE INSERT OR UPDATE ON pay.dispute
    FOR EACH ROW EXECUTE FUNCTION pay.dispute_moves();

CREATE TRIGGER refund_is_kept BEFORE DELETE OR TRUNCATE
    ON pay.refund EXECUTE FUNCTION ops.refuse_change();
CREATE TRIGGER refund_event_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pay.refund_event EXECUTE FUNCTION ops.refuse_change();
CREATE TRIGGER dispute_is_kept BEFORE DELETE OR TRUNCATE
    ON pay.dispute EXECUTE FUNCTION ops.refuse_change();
CREATE TRIGGER dispute_event_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pay.dispute_event EXECUTE FUNCTION ops.refuse_change();

CREATE TABLE pay.take_back (
    txn_id bigint PRIMARY KEY REFERENCES billing.journal_txn,
    payment_id uuid NOT NULL REFERENCES pay.settlement,
    credit_minor bigint NOT NULL CHECK (credit_minor >= 0),
    reopened_minor bigint NOT NULL CHECK (reopened_minor >= 0),
    suspense_minor bigint NOT NULL CHECK (suspense_minor >= 0),
    CHECK (credit_minor + reopened_minor + suspense_minor > 0)
);
CREATE INDEX take_back_payment ON pay.take_back (payment_id);
COMMENT ON TABLE pay.take_back IS
    'Where money that left a payment again came from; insert-only.';
COMMENT ON COLUMN pay.take_back.txn_id IS
    'The posting: an accepted refund or a lost dispute.';
COMMENT ON COLUMN pay.take_back.payment_id IS 'The payment.';
COMMENT ON COLUMN pay.take_back.credit_minor IS
    'From the payment''s own surplus, still there as credit.';
COMMENT ON COLUMN pay.take_back.reopened_minor IS
    'From invoices, which are owed again.';
COMMENT ON COLUMN pay.take_back.suspense_minor IS
    'More than the payment had brought: a person looks at it.';
CREATE TRIGGER take_back_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pay.take_back EXECUTE FUNCTION ops.refuse_change();

CREATE TABLE pay.reopening (
    txn_id bigint NOT NULL REFERENCES billing.journal_txn,
    allocation_txn_id bigint NOT NULL,
    document_id bigint NOT NULL,
    amount_minor bigint NOT NULL CHECK (amount_minor > 0),
    PRIMARY KEY (txn_id, allocation_txn_id, document_id),
    FOREIGN KEY (allocation_txn_id, document_id)
        REFERENCES pay.allocation (txn_id, document_id)
);
CREATE INDEX reopening_allocation
    ON pay.reopening (allocation_txn_id, document_id);
COMMENT ON TABLE pay.reopening IS
    'What made an invoice owed again: an allocation undone, whole or in part; '
    'insert-only.';
COMMENT ON COLUMN pay.reopening.txn_id IS 'The posting.';
COMMENT ON COLUMN pay.reopening.allocation_txn_id IS
    'The posting whose allocation is undone.';
COMMENT ON COLUMN pay.reopening.document_id IS 'The invoice.';
COMMENT ON COLUMN pay.reopening.amount_minor IS 'How much of it.';
CREATE TRIGGER reopening_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pay.reopening EXECUTE FUNCTION ops.refuse_change();

CREATE TABLE pay.payout (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    processor text NOT NULL CHECK (length(processor) BETWEEN 1 AND 20),
    processor_ref text NOT NULL CHECK (length(processor_ref) BETWEEN 1 AND 200),
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    net_minor bigint NOT NULL,
    txn_id bigint UNIQUE REFERENCES billing.journal_txn,
    arrived_on date NOT NULL,
    received_at timestamptz NOT NULL,
    UNIQUE (processor, processor_ref)
);
COMMENT ON TABLE pay.payout IS
    'Money that the processor paid to our bank account; insert-only.';
COMMENT ON COLUMN pay.payout.id IS 'Key.';
COMMENT ON COLUMN pay.payout.processor IS 'The processor.';
COMMENT ON COLUMN pay.payout.processor_ref IS 'Its number of the payout.';
COMMENT ON COLUMN pay.payout.currency IS 'Currency.';
COMMENT ON COLUMN pay.payout.net_minor IS
    'What reached the bank; negative where it collected from us.';
COMMENT ON COLUMN pay.payout.txn_id IS
    'Its posting; null where it moved nothing.';
COMMENT ON COLUMN pay.payout.arrived_on IS 'Day at the bank.';
COMMENT ON COLUMN pay.payout.received_at IS 'When we learned of it.';
CREATE TRIGGER payout_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pay.payout EXECUTE FUNCTION ops.refuse_change();

CREATE TABLE pay.payout_line (
    payout_id bigint NOT NULL REFERENCES pay.payout,
    line_no integer NOT NULL CHECK (line_no >= 1),
    kind text NOT NULL CHECK (kind IN ('capture', 'refund', 'refund_failed',
        'dispute', 'dispute_won', 'fee', 'other')),
    processor_ref text NOT NULL CHECK (length(processor_ref) <= 200),
    gross_minor bigint NOT NULL,
    fee_minor bigint NOT NULL,
    payment_id uuid REFERENCES pay.attempt,
    outcome text NOT NULL CHECK (outcome IN
        ('matched', 'missing_here', 'differs', 'plain')),
    PRIMARY KEY (payout_id, line_no)
);
CREATE INDEX payout_line_payment ON pay.payout_line (payment_id)
    WHERE payment_id IS NOT NULL;
COMMENT ON TABLE pay.payout_line IS 'What a payout is made of; insert-only.';
COMMENT ON COLUMN pay.payout_line.payout_id IS 'The payout.';
COMMENT ON COLUMN pay.payout_line.line_no IS 'Place, from 1.';
COMMENT ON COLUMN pay.payout_line.kind IS 'What it is for.';
COMMENT ON COLUMN pay.payout_line.processor_ref IS
    'The processor''s number of the capture, refund or dispute.';
COMMENT ON COLUMN pay.payout_line.gross_minor IS
    'Before fees; negative where it lowers the payout.';
COMMENT ON COLUMN pay.payout_line.fee_minor IS 'What the processor keeps.';
COMMENT ON COLUMN pay.payout_line.payment_id IS 'Our payment.';
COMMENT ON COLUMN pay.payout_line.outcome IS
    'matched; missing_here: we know of no such money; differs: of another '
    'sum; plain: a line that is about no payment.';
CREATE TRIGGER payout_line_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pay.payout_line EXECUTE FUNCTION ops.refuse_change();

CREATE TABLE pay.task (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('unknown_result', 'unmatched',
        'amount_differs', 'currency_differs', 'duplicate', 'late',
        'refund_failed', 'refund_unknown', 'refund_silent', 'refund_differs',
        'refund_excess', 'dispute', 'charged_back', 'dispute_unknown',
        'missing_here', 'missing_there', 'compare_differs',
        'payout_differs')),
    key text NOT NULL CHECK (length(key) BETWEEN 1 AND 300),
    payment_id uuid REFERENCES pay.attempt,
    note text NOT NULL DEFAULT '' CHECK (length(note) <= 500),
    created_at timestamptz NOT NULL,
    done_at timestamptz,
    done_note text CHECK (length(done_note) <= 500),
    UNIQUE (kind, key),
    CHECK (done_note IS NULL OR done_at IS NOT NULL)
);
CREATE INDEX task_open ON pay.task (created_at) WHERE done_at IS NULL;
CREATE INDEX task_payment ON pay.task (payment_id)
    WHERE payment_id IS NOT NULL;
COMMENT ON TABLE pay.task IS
    'What a person has to look at: money is right meanwhile, but somebody has '
    'to decide or to know.';
COMMENT ON COLUMN pay.task.id IS 'Key.';
COMMENT ON COLUMN pay.task.kind IS 'What it is about.';
COMMENT ON COLUMN pay.task.key IS 'What makes it one of its kind.';
COMMENT ON COLUMN pay.task.payment_id IS 'The payment, where there is one.';
COMMENT ON COLUMN pay.task.note IS 'Figures and references; no person''s data.';
COMMENT ON COLUMN pay.task.created_at IS 'When it arose.';
COMMENT ON COLUMN pay.task.done_at IS 'When it was settled.';
COMMENT ON COLUMN pay.task.done_note IS 'What was done, in a person''s words.';

CREATE TABLE pay.compare (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    processor text NOT NULL CHECK (length(processor) BETWEEN 1 AND 20),
    since timestamptz NOT NULL,
    until timestamptz NOT NULL,
    started_at timestamptz NOT NULL,
    finished_at timestamptz,
    listed integer NOT NULL DEFAULT 0 CHECK (listed >= 0),
    missing_here integer NOT NULL DEFAULT 0 CHECK (missing_here >= 0),
    missing_there integer NOT NULL DEFAULT 0 CHECK (missing_there >= 0),
    differs integer NOT NULL DEFAULT 0 CHECK (differs >= 0),
    CHECK (since < until)
);
CREATE INDEX compare_started ON pay.compare (processor, started_at);
COMMENT ON TABLE pay.compare IS
    'Comparisons of our settlements with the processor''s own list.';
COMMENT ON COLUMN pay.compare.id IS 'Key.';
COMMENT ON COLUMN pay.compare.processor IS 'The processor.';
COMMENT ON COLUMN pay.compare.since IS 'Orders made from here ...';
COMMENT ON COLUMN pay.compare.until IS '... to before here.';
COMMENT ON COLUMN pay.compare.started_at IS 'When it was begun.';
COMMENT ON COLUMN pay.compare.finished_at IS
    'When it ended; null where it did not come to its end.';
COMMENT ON COLUMN pay.compare.listed IS 'Paid orders on the list.';
COMMENT ON COLUMN pay.compare.missing_here IS
    'Paid there and not known here.';
COMMENT ON COLUMN pay.compare.missing_there IS 'Settled here, not on the list.';
COMMENT ON COLUMN pay.compare.differs IS 'Of another sum or currency.';

CREATE TABLE pay.compare_seen (
    compare_id bigint NOT NULL REFERENCES pay.compare,
    processor_ref text NOT NULL,
    payment_id uuid,
    PRIMARY KEY (compare_id, processor_ref)
);
COMMENT ON TABLE pay.compare_seen IS
    'Paid orders seen on a list; emptied when the comparison ends.';
COMMENT ON COLUMN pay.compare_seen.compare_id IS 'The comparison.';
COMMENT ON COLUMN pay.compare_seen.processor_ref IS 'Number of the order.';
COMMENT ON COLUMN pay.compare_seen.payment_id IS 'Our payment, if known.';

DO $$
DECLARE
    v_table text;
BEGIN
    FOREACH v_table IN ARRAY ARRAY['refund', 'refund_event', 'dispute',
        'dispute_event', 'take_back', 'reopening', 'payout', 'payout_line',
        'task', 'compare', 'compare_seen']
    LOOP
        EXECUTE format('ALTER TABLE pay.%I ENABLE ROW LEVEL SECURITY',
            v_table);
        EXECUTE format('ALTER TABLE pay.%I FORCE ROW LEVEL SECURITY',
            v_table);
        EXECUTE format('CREATE POLICY operator ON pay.%I TO smetka_owner '
            'USING (true) WITH CHECK (true)', v_table);
        EXECUTE format('COMMENT ON POLICY operator ON pay.%I IS %L', v_table,
            'The operator''s command line sees all.');
    END LOOP;
END $$;
