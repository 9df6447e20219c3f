-- What the simulator adds to a database of Smetka: marks of where a seed's
-- rows begin, the company's side, and what the auditor asks.
CREATE SCHEMA sim;
CREATE TABLE sim.mark (account bigint, document bigint, txn bigint,
    event bigint, message bigint, lost bigint, horizon timestamptz);
INSERT INTO sim.mark DEFAULT VALUES;
INSERT INTO billing.seller (tax_id, name) VALUES ('RO1', 'Seller');

CREATE FUNCTION sim.begin(p_life bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    UPDATE sim.mark SET
        account = coalesce((SELECT max(id) FROM customer.account), 0),
        document = coalesce((SELECT max(id) FROM billing.document), 0),
        txn = coalesce((SELECT max(id) FROM billing.journal_txn), 0),
        event = coalesce((SELECT max(id) FROM pay.processor_event), 0),
        message = coalesce((SELECT max(id) FROM notify.outbox), 0),
        lost = coalesce((SELECT max(id) FROM pay.unmatched), 0),
        horizon = 'infinity';
    PERFORM ops.set('order.life_s', p_life);
END $$;

CREATE FUNCTION sim.account(p_code bytea) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    v_id bigint;
BEGIN
    INSERT INTO customer.party (kind, name) VALUES ('person', 'P')
        RETURNING id INTO v_id;
    INSERT INTO customer.account (party_id, payment_code_hash,
        payment_code_hint) VALUES (v_id, p_code, 'CODE') RETURNING id INTO v_id;
    RETURN v_id;
END $$;

-- somebody who is logged in, with all of these accounts
CREATE FUNCTION sim.customer(p_session bytea, p_email text,
    p_accounts bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_id bigint;
BEGIN
    INSERT INTO auth.login (email_key, email, password, language, source,
        created_at, password_at)
    VALUES (p_session, p_email, '$argon2id$', 'ro', 'web', '-infinity',
        '-infinity') RETURNING id INTO v_id;
    INSERT INTO auth.login_account (login_id, account_id, role, state,
        created_at)
    SELECT v_id, a, 'holder', 'active', '-infinity'
    FROM unnest(p_accounts) AS u (a);
    INSERT INTO auth.session (key, login_id, stage, kept, agent, started_at,
        seen_at, confirmed_at, idle, ends_at)
    VALUES (p_session, v_id, 'in', true, 'sim', '2000-01-01', '2000-01-01',
        '2000-01-01', '1000 years', 'infinity');
END $$;

CREATE FUNCTION sim.document(p_account bigint, p_number text, p_kind text,
    p_minor bigint, p_issued integer, p_due integer, p_currency text,
    p_now timestamptz) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    v_id bigint;
BEGIN
    INSERT INTO billing.document (account_id, seller_id, number, kind,
        currency, issued_on, due_on, net_minor, tax_minor, total_minor,
        payable_minor)
    SELECT p_account, s.id, p_number, p_kind::billing.document_kind,
        p_currency, '1970-01-01'::date + p_issued, '1970-01-01'::date + p_due,
        p_minor - p_minor / 6, p_minor / 6, p_minor, p_minor
    FROM billing.seller AS s RETURNING id INTO v_id;
    PERFORM billing.post_document(v_id, p_now);
    RETURN v_id;
END $$;

-- After a failure several rows may be due at one instant, which are taken in
-- the order of where they lie.  That depends on what the database has lived
-- through before, so they are set a microsecond apart, the oldest first.
CREATE FUNCTION sim.untie() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    UPDATE pay.attempt AS a SET next_ask_at = a.next_ask_at
        + r.place * interval '1 microsecond'
    FROM (SELECT d.id, row_number() OVER (PARTITION BY d.next_ask_at
            ORDER BY d.created_at) - 1 AS place
        FROM pay.attempt AS d WHERE d.next_ask_at IS NOT NULL
            AND d.state IN ('created', 'requested', 'open', 'pending')) AS r
    WHERE a.id = r.id AND r.place > 0;
    UPDATE pay.refund AS a SET next_ask_at = a.next_ask_at
        + r.place * interval '1 microsecond'
    FROM (SELECT d.id, row_number() OVER (PARTITION BY d.next_ask_at
            ORDER BY d.created_at) - 1 AS place
        FROM pay.refund AS d WHERE d.next_ask_at IS NOT NULL) AS r
    WHERE a.id = r.id AND r.place > 0;
    UPDATE notify.outbox AS a SET next_try_at = a.next_try_at
        + r.place * interval '1 microsecond'
    FROM (SELECT d.id, row_number() OVER (PARTITION BY d.next_try_at
            ORDER BY d.id) - 1 AS place
        FROM notify.outbox AS d WHERE d.next_try_at IS NOT NULL) AS r
    WHERE a.id = r.id AND r.place > 0;
END $$;

-- what falls due for the jobs, in microseconds
CREATE FUNCTION sim.due(OUT sweep bigint, OUT mail bigint, OUT refund bigint)
LANGUAGE plpgsql AS $$
BEGIN
    sweep := (SELECT extract(epoch FROM min(a.next_ask_at)) * 1000000
        FROM pay.attempt AS a WHERE a.next_ask_at IS NOT NULL
            AND a.state IN ('created', 'requested', 'open', 'pending'));
    mail := (SELECT extract(epoch FROM min(o.next_try_at)) * 1000000
        FROM notify.outbox AS o WHERE o.next_try_at IS NOT NULL);
    refund := (SELECT extract(epoch FROM min(r.next_ask_at)) * 1000000
        FROM pay.refund AS r WHERE r.next_ask_at IS NOT NULL);
END $$;

-- a planted bug: replaces OLD in the text of a function
CREATE FUNCTION sim.patch(p_function text, p_old text, p_new text)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_oid oid;
    v_old text;
    v_new text;
BEGIN
    SELECT p.oid, pg_get_functiondef(p.oid) INTO STRICT v_oid, v_old
        FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
        WHERE n.nspname || '.' || p.proname = p_function;
    v_new := replace(v_old, p_old, p_new);
    IF v_new = v_old THEN
        RAISE EXCEPTION '% has no "%" any more', p_function, p_old;
    END IF;
    EXECUTE v_new;
END $$;

-- The views of schema audit, for the rows of this seed only; the invariants
-- of tests/sql/invariants.inc run over these after each seed.
CREATE SCHEMA simaudit;
CREATE VIEW simaudit.account AS SELECT v.* FROM audit.account AS v
    WHERE v.account_id > (SELECT account FROM sim.mark);
CREATE VIEW simaudit.invoice AS SELECT v.* FROM audit.invoice AS v
    WHERE v.invoice_id > (SELECT document FROM sim.mark);
CREATE VIEW simaudit.payment AS SELECT v.* FROM audit.payment AS v
    WHERE v.account_id > (SELECT account FROM sim.mark);
CREATE VIEW simaudit.allocation AS SELECT v.* FROM audit.allocation AS v
    WHERE v.invoice_id > (SELECT document FROM sim.mark);
CREATE VIEW simaudit.payment_event AS SELECT v.* FROM audit.payment_event AS v
    WHERE v.payment_id IN (SELECT p.payment_id FROM simaudit.payment AS p);
CREATE VIEW simaudit.edge AS SELECT v.* FROM audit.edge AS v;
CREATE VIEW simaudit.ledger AS SELECT v.* FROM audit.ledger AS v
    WHERE v.txn_id > (SELECT txn FROM sim.mark);
CREATE VIEW simaudit.receipt AS SELECT v.* FROM audit.receipt AS v
    WHERE v.payment_id IN (SELECT p.payment_id FROM simaudit.payment AS p);
CREATE VIEW simaudit.outbox AS SELECT v.* FROM audit.outbox AS v
    WHERE v.message_id > (SELECT message FROM sim.mark);
CREATE VIEW simaudit.unmatched AS
    SELECT u.processor, u.processor_ref, u.amount_minor, u.currency, u.reason
    FROM pay.unmatched AS u WHERE u.id > (SELECT lost FROM sim.mark);
CREATE VIEW simaudit.refund AS SELECT v.* FROM audit.refund AS v
    JOIN pay.refund AS r ON r.id = v.refund_id
    WHERE r.payment_id IN (SELECT p.payment_id FROM simaudit.payment AS p)
        OR r.unmatched_id > (SELECT lost FROM sim.mark);
CREATE VIEW simaudit.refund_event AS SELECT v.* FROM audit.refund_event AS v
    WHERE v.refund_id IN (SELECT r.refund_id FROM simaudit.refund AS r);
CREATE VIEW simaudit.dispute AS SELECT v.* FROM audit.dispute AS v
    JOIN pay.dispute AS d ON d.id = v.dispute_id
    WHERE d.payment_id IN (SELECT p.payment_id FROM simaudit.payment AS p)
        OR d.unmatched_id > (SELECT lost FROM sim.mark);
CREATE VIEW simaudit.dispute_event AS SELECT v.* FROM audit.dispute_event AS v
    WHERE v.dispute_id IN (SELECT d.dispute_id FROM simaudit.dispute AS d);
CREATE VIEW simaudit.processor_event AS
    SELECT p.processor, p.event_key AS event_id, p.processor_ref, p.kind,
        p.amount_minor, p.currency, p.received_at, p.applied_at
    FROM pay.processor_event AS p WHERE p.id > (SELECT event FROM sim.mark);
