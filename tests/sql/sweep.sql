-- Asking until the truth is known; messages until they are sent.
SELECT t.account('w1') AS a, t.account('w2') AS b \gset
SELECT t.bill(:a, 'W-1', 1000, '2026-03-20'),
    t.bill(:b, 'W-2', 500, '2026-03-20');
SELECT t.open('w1', 'h1'), t.open('w2', 'h2');
SELECT t.begin('h1', 'k1', 1000) AS p \gset
UPDATE pay.attempt SET expires_at = t.at(1) WHERE id = :'p';

CREATE FUNCTION t.claim(p_minutes numeric) RETURNS bigint LANGUAGE sql AS
    $$ SELECT count(*) FROM pay.sweep_claim(10, 30, t.at(p_minutes)) $$;
SELECT t.equal('not yet', t.claim(1 + 9/60.0), 0::bigint);
SELECT t.equal('at 10 s', t.claim(1 + 10/60.0), 1::bigint);
SELECT t.equal('leased', t.claim(1 + 12/60.0), 0::bigint);
SELECT t.equal('the lease ran out', t.claim(1 + 40/60.0), 1::bigint);
SELECT pay.ask_failed(:'p', t.at(1 + 41/60.0));
SELECT t.equal('then at 2 min', (SELECT a.next_ask_at FROM pay.attempt AS a
    WHERE a.id = :'p'), t.at(3));
SELECT t.equal('started', (SELECT s.shown FROM pay.status(:'p', t.h('b'),
    false, t.at(3)) AS s), 'started');
SELECT t.equal('unknown', (SELECT s.shown FROM pay.status(:'p', t.h('b'),
    false, t.at(4)) AS s), 'unknown');
SELECT t.equal('at 2 min', t.claim(3), 1::bigint);
SELECT t.apply(:'p', 'q1', 'pending', p_source => 'query', p_minutes => 3);
SELECT t.equal('known again', (SELECT s.shown FROM pay.status(:'p', t.h('b'),
    false, t.at(9)) AS s), 'processing');
SELECT t.equal('at 10 min', (SELECT a.next_ask_at FROM pay.attempt AS a
    WHERE a.id = :'p'), t.at(11));
SELECT pay.want_ask(:'p', t.at(5));
SELECT t.equal('asked for', t.claim(5), 1::bigint);
SELECT t.apply(:'p', 'q2', 'open', p_source => 'query', p_minutes => 5);
SELECT t.equal('an answer given now takes it back', t.state(:'p'), 'open');
SELECT t.apply(:'p', 'q3', 'pending', p_source => 'query', p_minutes => 5);
SELECT t.equal('at 1 h', (SELECT a.next_ask_at FROM pay.attempt AS a
    WHERE a.id = :'p'), t.at(61));

SELECT t.claim(61);
SELECT t.equal('the same answer', t.apply(:'p', 'q3', 'pending',
    p_source => 'query', p_minutes => 61.1), 'duplicate');
SELECT t.equal('is an answer', (SELECT a.next_ask_at FROM pay.attempt AS a
    WHERE a.id = :'p'), t.at(121.1));
UPDATE pay.attempt SET next_ask_at = t.at(61), asked_count = 4
    WHERE id = :'p';

-- hourly to 48 h, then a person; never silently ended
DO $$
DECLARE
    v_hour integer;
    v_asked integer := 0;
    v_id uuid;
BEGIN
    FOR v_hour IN 1 .. 60 LOOP
        FOR v_id IN SELECT s.payment_id
            FROM pay.sweep_claim(10, 30, t.at(1 + v_hour * 60)) AS s
        LOOP
            v_asked := v_asked + 1;
            PERFORM pay.ask_failed(v_id, t.at(1 + v_hour * 60));
        END LOOP;
    END LOOP;
    PERFORM t.equal('asked hourly', v_asked, 48);
END $$;
SELECT t.equal('a person''s', (SELECT a.state || a.needs_person
    FROM audit.payment AS a WHERE a.payment_id = :'p'), 'pendingtrue');
SELECT t.equal('told once', (SELECT count(*) FROM audit.outbox AS o
    WHERE o.template = 'still_checking'), 1::bigint);
SELECT t.apply(:'p', 'q4', 'closed', p_reason => 'declined',
    p_source => 'operator', p_minutes => 4000);
SELECT t.equal('ended', (SELECT a.state || a.needs_person
    FROM audit.payment AS a WHERE a.payment_id = :'p'), 'closedfalse');
SELECT t.equal('told', (SELECT count(*) FROM audit.outbox AS o
    WHERE o.template = 'not_paid'), 1::bigint);

-- soon after the page at the processor ends; scaled by its setting
SELECT s.payment_id AS q FROM t.start('h2', 'k2', 500) AS s \gset
SELECT pay.asked(:'q', t.at(1));
SELECT t.claim(1 + 10/60.0);
UPDATE pay.attempt SET expires_at = t.at(2), asked_count = 9
    WHERE id = :'q';
SELECT t.apply(:'q', 'q5', 'open', p_source => 'query', p_minutes => 1.9);
SELECT t.equal('after its end', (SELECT a.next_ask_at FROM pay.attempt AS a
    WHERE a.id = :'q'), t.at(2 + 10/60.0));
-- a payment that was left alone: nobody was told to wait, nobody is mailed
SELECT s.payment_id AS r FROM t.start('h1', 'k3', 1000, p_minutes => 29)
    AS s \gset
SELECT pay.asked(:'r', t.at(29)), t.apply(:'r', 'q6', 'open',
    p_source => 'create', p_minutes => 29);
SELECT t.claim(29 + 61);
SELECT t.apply(:'r', 'q7', 'closed', p_reason => 'expired',
    p_source => 'query', p_minutes => 29 + 61);
SELECT t.equal('left alone', (SELECT count(*) FROM notify.outbox AS o
    WHERE o.args->>'payment_id' = :'r'), 0::bigint);

SELECT ops.set('sweep.first_s', 1);
UPDATE pay.attempt SET asked_count = 1 WHERE id = :'q';
SELECT pay.ask_failed(:'q', t.at(2.1));
SELECT t.equal('scaled', (SELECT a.next_ask_at FROM pay.attempt AS a
    WHERE a.id = :'q'), t.at(2.1) + interval '1 second');
SELECT t.refused('no such setting', 'SELECT ops.set(''x'', 1)', '22023');

-- two sweeps at once never take the same (the lease is a row lock first)
SELECT ops.set('sweep.first_s', 10);

-- the outbox
UPDATE notify.outbox SET next_try_at = t.at(5000), created_at = t.at(5000)
    WHERE state = 'queued';
SELECT count(*) AS n FROM notify.outbox \gset
SELECT t.equal('not due', (SELECT count(*) FROM notify.outbox_claim(10, 60,
    t.at(4999))), 0::bigint);
SELECT t.equal('due', (SELECT count(*) FROM notify.outbox_claim(10, 60,
    t.at(5000))), :n::bigint);
SELECT t.equal('leased', (SELECT count(*) FROM notify.outbox_claim(10, 60,
    t.at(5000))), 0::bigint);
SELECT min(o.id) AS m, max(o.id) AS l FROM notify.outbox AS o \gset
SELECT notify.outbox_done(:m, 'sent', NULL, t.at(5000));
SELECT notify.outbox_done(:l, 'retry', 'no route', t.at(5000));
SELECT t.equal('sent', (SELECT o.state FROM audit.outbox AS o
    WHERE o.message_id = :m), 'sent');
SELECT t.equal('later', (SELECT o.next_try_at FROM notify.outbox AS o
    WHERE o.id = :l), t.at(5000.5));
SELECT notify.outbox_done(:m, 'failed', 'late', t.at(5001));
SELECT t.equal('what was sent stays sent', (SELECT o.state
    FROM audit.outbox AS o WHERE o.message_id = :m), 'sent');
SELECT notify.outbox_claim(10, 60, t.at(5001));
SELECT notify.outbox_done(:l, 'retry', 'no route', t.at(5000 + 72 * 60));
SELECT t.equal('dead', (SELECT o.state FROM audit.outbox AS o
    WHERE o.message_id = :l), 'dead');
SELECT t.equal('one message a key', notify.queue((SELECT o.dedupe_key
    FROM notify.outbox AS o WHERE o.id = :m), 'x@example.com', 'receipt',
    'ro', '{}', t.at(0)) IS NULL, true);
