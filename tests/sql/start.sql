-- pay.start: what is frozen, and every outcome.
SELECT t.account('s1') AS a, t.account('s2') AS b, t.account('s3') AS z \gset
SELECT t.bill(:a, 'S-1', 1000, '2026-02-10') AS d1,
    t.bill(:a, 'S-2', 2000, '2026-03-20') AS d2,
    t.bill(:b, 'S-3', 500, '2026-03-21') AS d3 \gset
SELECT t.equal('open', t.open('s1', 'h1'), 'ok');
SELECT t.equal('unknown handle', (SELECT s.outcome
    FROM t.start('nobody', 'k0', 3000) AS s), 'gone');
SELECT t.equal('another browser''s handle', (SELECT s.outcome
    FROM t.start('h1', 'k0', 3000, p_browser => 'x') AS s), 'gone');
SELECT t.equal('sum moved', (SELECT s.outcome || s.amount_minor
    FROM t.start('h1', 'k1', 2900) AS s), 'changed3000');
SELECT t.equal('current moved', (SELECT s.outcome || s.amount_minor
    FROM t.start('h1', 'k1', 3000, 'current') AS s), 'changed2000');
SELECT t.equal('too little', (SELECT s.outcome
    FROM t.start('h1', 'k1', 3000, 'other', 99) AS s), 'range');
SELECT t.equal('too much', (SELECT s.outcome
    FROM t.start('h1', 'k1', 3000, 'other', 1000001) AS s), 'range');
SELECT t.equal('no sum', (SELECT s.outcome
    FROM t.start('h1', 'k1', 3000, 'other') AS s), 'range');
SELECT t.equal('nothing in that currency', (SELECT s.outcome
    FROM t.start('h1', 'k1', 3000, p_currency => 'EUR') AS s), 'nothing');
SELECT t.open('s3', 'h3');
SELECT t.equal('nothing owed', (SELECT s.outcome
    FROM t.start('h3', 'k1', 0) AS s), 'nothing');
SELECT t.equal('at its last second', (SELECT s.outcome
    FROM t.start('h1', 'k9', 2999, p_minutes => 29.99) AS s), 'changed');
SELECT t.equal('expired at its edge', (SELECT s.outcome
    FROM t.start('h1', 'k1', 3000, p_minutes => 30) AS s), 'gone');
SELECT t.equal('none of these left a trace',
    (SELECT count(*) FROM pay.attempt), 0::bigint);

SELECT s.outcome, s.payment_id AS p FROM t.start('h1', 'k1', 3000) AS s \gset
SELECT t.equal('created', :'outcome'::text, 'created');
SELECT t.equal('same key', (SELECT s.outcome || s.payment_id
    FROM t.start('h1', 'k1', 3000) AS s), 'same' || :'p');
SELECT t.equal('same key after the handle''s end', (SELECT s.outcome
    FROM t.start('h1', 'k1', 3000, p_minutes => 500) AS s), 'same');
SELECT t.equal('same key, other content', (SELECT s.outcome
    FROM t.start('h1', 'k1', 3000, 'current') AS s), 'conflict');
SELECT t.equal('another key while in flight', (SELECT s.outcome || s.payment_id
    FROM t.start('h1', 'k2', 3000) AS s), 'busy' || :'p');
SELECT t.equal('one attempt', (SELECT count(*) FROM pay.attempt), 1::bigint);
SELECT t.refused('a key twice', $$ INSERT INTO pay.attempt (intent_id,
    handle_hash, browser_hash, once_key, processor, amount_minor, currency,
    lang, created_at, changed_at, expires_at)
    SELECT a.intent_id, a.handle_hash, a.browser_hash, a.once_key, 'sandbox',
    1, 'RON', 'ro', a.created_at, a.changed_at, a.expires_at
    FROM pay.attempt AS a $$, '23505');
SELECT t.equal('split', (SELECT string_agg(i.document_id || ':'
    || i.amount_minor, ' ' ORDER BY i.document_id) FROM pay.intent_item AS i),
    :'d1' || ':1000 ' || :'d2' || ':2000');
SELECT t.equal('asked', (SELECT a.state || a.idempotency_key || a.amount_minor
    || a.email FROM pay.asked(:'p', t.at(1)) AS a),
    'requested' || :'p' || '3000h1@example.com');
SELECT t.equal('asked again: the same', (SELECT a.state
    FROM pay.asked(:'p', t.at(1)) AS a), 'requested');

-- who else has the code sees that it was started, and may pay all the same
SELECT t.open('s1', 'h2', 'x');
SELECT t.equal('own', (SELECT g.own_payment || g.own_state
    FROM pay.guest_bill(t.h('h1'), t.h('b'), t.at(2)) AS g),
    :'p' || 'started');
SELECT t.equal('of another', (SELECT (g.own_payment IS NULL)
    || g.other_started_at::text
    FROM pay.guest_bill(t.h('h2'), t.h('x'), t.at(2)) AS g),
    'true' || t.at(1));
SELECT t.equal('pays all the same', (SELECT s.outcome
    FROM t.start('h2', 'k12', 3000, p_browser => 'x') AS s), 'created');

-- current: of each account the one issued last; other: the oldest due first,
-- more than is open is allowed up to the limit
SELECT t.open('s1', 'h5', 'y');
SELECT outcome AS added FROM pay.guest_add(t.h('h5'), t.h('y'), t.h('s2'),
    t.h('adr'), '{}', t.at(0)) \gset
SELECT t.equal('second code', :'added'::text, 'ok');
SELECT s.payment_id AS q FROM t.start('h5', 'k15', 2500, 'current',
    p_browser => 'y') AS s \gset
SELECT t.equal('current', (SELECT string_agg(i.document_id::text, ' '
    ORDER BY i.document_id) FROM pay.intent_item AS i
    JOIN pay.attempt AS a USING (intent_id) WHERE a.id = :'q'),
    :'d2' || ' ' || :'d3');
SELECT t.open('s1', 'h6', 'w');
SELECT s.payment_id AS q FROM t.start('h6', 'k16', 3000, 'other', 1700,
    p_browser => 'w') AS s \gset
SELECT t.equal('other', (SELECT string_agg(i.amount_minor::text, ' '
    ORDER BY i.document_id) FROM pay.intent_item AS i
    JOIN pay.attempt AS a USING (intent_id) WHERE a.id = :'q'), '1000 700');
SELECT t.open('s1', 'h7', 'v');
SELECT s.payment_id AS q FROM t.start('h7', 'k17', 3000, 'other', 9000,
    p_browser => 'v') AS s \gset
SELECT t.equal('above the total', (SELECT i.surplus_minor FROM pay.intent AS i
    JOIN pay.attempt AS a ON a.intent_id = i.id WHERE a.id = :'q'),
    6000::bigint);
