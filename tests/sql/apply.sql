-- pay.apply: money meets invoices, each kind of surprise.
SELECT t.account('a1') AS a \gset
SELECT t.bill(:a, 'A-1', 1000, '2026-02-10') AS d1,
    t.bill(:a, 'A-2', 2000, '2026-03-20') AS d2 \gset
SELECT t.open('a1', 'h1');
SELECT t.begin('h1', 'k1', 3000) AS p \gset
SELECT t.equal('a decline moves nothing', t.apply(:'p', 'e0', 'declined',
    p_reason => 'declined') || t.state(:'p'), 'appliedopen');
SELECT t.equal('captured', t.apply(:'p', 'e1', 'captured', 3000,
    p_ref => 'cs k1'), 'applied');
SELECT t.equal('the same message', t.apply(:'p', 'e1', 'captured', 3000,
    p_ref => 'cs k1'), 'duplicate');
SELECT t.equal('another of the same money', t.apply(:'p', 'e2', 'captured',
    3000, p_source => 'query', p_ref => 'cs k1'), 'ignored');
SELECT t.equal('a lower state later', t.apply(:'p', 'e3', 'closed',
    p_reason => 'expired'), 'ignored');
SELECT t.equal('settled', t.state(:'p'), 'settled');
SELECT t.equal('paid', t.left_on(:d1) + t.left_on(:d2), 0::bigint);
SELECT t.equal('receipt', (SELECT count(*) || string_agg(o.state, '')
    FROM audit.outbox AS o WHERE o.template = 'receipt'), '1queued');
SELECT t.equal('bill', (SELECT g.total_minor || ' ' || g.last_payment_on
    FROM pay.guest_bill(t.h('h1'), t.h('b'), t.at(3)) AS g),
    '0 2026-03-10');
SELECT t.equal('a second capture of one order', t.apply(:'p', 'e4',
    'captured', 3000, p_ref => 'other ref'), 'unmatched');
SELECT t.equal('quarantined', (SELECT u.reason || u.amount_minor
    FROM audit.unmatched AS u), 'second_capture3000');

-- two attempts for one bill, both captured: both are money
SELECT t.account('a2') AS a \gset
SELECT t.bill(:a, 'A-3', 1000, '2026-02-10') AS d \gset
SELECT t.open('a2', 'h2'), t.open('a2', 'h3', 'x');
SELECT t.begin('h2', 'k2', 1000) AS p, t.begin('h3', 'k3', 1000,
    p_browser => 'x') AS q \gset
SELECT t.apply(:'p', 'e5', 'captured', 1000),
    t.apply(:'q', 'e6', 'captured', 1000);
SELECT t.equal('surplus', t.credit(:a), 1000::bigint);
SELECT t.equal('flagged', (SELECT string_agg(s.duplicate || ' '
    || s.credit_minor, ', ' ORDER BY s.credit_minor) FROM pay.settlement AS s
    WHERE s.payment_id IN (:'p', :'q')), 'false 0, true 1000');
SELECT t.bill(:a, 'A-4', 1500, '2026-04-10') AS d \gset
SELECT t.equal('the next bill uses it', t.left_on(:d), 500::bigint);

-- an order that ends before its time was cancelled, not run out
SELECT t.open('a2', 'h4');
SELECT t.begin('h4', 'k3a', 500) AS p \gset
SELECT t.apply(:'p', 'e6a', 'closed', p_reason => 'expired');
SELECT t.equal('ended early', (SELECT s.shown || s.reason FROM pay.status(
    :'p', t.h('b'), false, t.at(3)) AS s), 'cancelledcancelled');

-- late money
SELECT t.begin('h4', 'k4', 500) AS p \gset
SELECT t.apply(:'p', 'e7', 'closed', p_reason => 'expired',
    p_minutes => 3000);
SELECT t.equal('closed', (SELECT s.shown || s.reason FROM pay.status(:'p',
    t.h('b'), false, t.at(3000)) AS s), 'expiredexpired');
SELECT t.equal('late', t.apply(:'p', 'e8', 'captured', 500,
    p_minutes => 4000), 'applied');
SELECT t.equal('late flag', (SELECT s.late FROM pay.settlement AS s
    WHERE s.payment_id = :'p'), true);
SELECT t.equal('paid', t.left_on(:d), 0::bigint);
SELECT t.equal('trail', (SELECT string_agg(e.to_state, ' ' ORDER BY e.seq)
    FROM audit.payment_event AS e WHERE e.payment_id = :'p'),
    'requested open closed settled');

-- another sum, another currency: what was really taken
SELECT t.account('a3') AS a \gset
SELECT t.bill(:a, 'A-5', 1000, '2026-02-10') AS d5,
    t.bill(:a, 'A-6', 700, '2026-01-05') AS d6 \gset
SELECT t.open('a3', 'h5');
SELECT t.begin('h5', 'k5', 1000, 'current') AS p \gset
SELECT t.apply(:'p', 'e9', 'captured', 1200);
SELECT t.equal('chosen first', t.left_on(:d5), 0::bigint);
SELECT t.equal('then the oldest due', t.left_on(:d6), 500::bigint);
SELECT t.equal('flags', (SELECT s.amount_differs || ' ' || s.currency_differs
    || ' ' || s.duplicate FROM pay.settlement AS s
    WHERE s.payment_id = :'p'), 'true false false');
SELECT t.open('a3', 'h6');
SELECT t.begin('h6', 'k6', 500) AS p \gset
SELECT t.apply(:'p', 'e10', 'captured', 300);
SELECT t.equal('less than asked', t.left_on(:d6), 200::bigint);
SELECT t.open('a3', 'h7');
SELECT t.begin('h7', 'k7', 200) AS p \gset
SELECT t.apply(:'p', 'e11', 'captured', 200, p_currency => 'EUR');
SELECT t.equal('the other currency pays nothing here', t.left_on(:d6),
    200::bigint);
SELECT t.equal('it is credit there', t.credit(:a, 'EUR'), 200::bigint);
SELECT t.equal('and flagged', (SELECT s.currency_differs
    FROM pay.settlement AS s WHERE s.payment_id = :'p'), true);
SELECT t.equal('status', (SELECT s.settled_minor || s.currency || s.receipt_no
    FROM pay.status(:'p', NULL, true, t.at(5)) AS s), '200EURR2026-'
    || lpad((SELECT last_value FROM pay.receipt_no)::text, 8, '0'));

-- the bill was lowered between start and capture
SELECT t.account('a4') AS a \gset
SELECT t.bill(:a, 'A-7', 1000, '2026-02-10') AS d \gset
SELECT t.open('a4', 'h8');
SELECT t.begin('h8', 'k8', 1000) AS p \gset
SELECT t.bill(:a, 'A-8', 400, '2026-03-01', 'RON', 'credit_note');
SELECT t.apply(:'p', 'e12', 'captured', 1000);
SELECT t.equal('excess is credit', t.credit(:a), 400::bigint);
SELECT t.equal('not a duplicate', (SELECT s.duplicate
    FROM pay.settlement AS s WHERE s.payment_id = :'p'), false);
SELECT t.equal('receipt rows', (SELECT string_agg(coalesce(
    r.document_number, '-') || r.allocated_minor, ' ')
    FROM pay.receipt(:'p') AS r), 'A-7600 -400');

-- nobody's money
SELECT t.equal('unknown order', (SELECT a.outcome FROM pay.apply('sandbox',
    'e13', NULL, '77', 'r13', 'captured', 555, 'RON', NULL, NULL, NULL,
    'notify', NULL, t.at(3)) AS a), 'unmatched');
SELECT t.equal('told again', (SELECT a.outcome FROM pay.apply('sandbox',
    'e13', NULL, '77', 'r13', 'captured', 555, 'RON', NULL, NULL, NULL,
    'notify', NULL, t.at(3)) AS a), 'duplicate');
SELECT t.equal('told otherwise', (SELECT a.outcome FROM pay.apply('sandbox',
    'e14', NULL, '77', 'r13', 'captured', 555, 'RON', NULL, NULL, NULL,
    'query', NULL, t.at(3)) AS a), 'unmatched');
SELECT t.equal('once in suspense', (SELECT sum(l.amount_minor)
    FROM audit.ledger AS l WHERE l.account = 'suspense'
        AND l.amount_minor = -555), -555::numeric);
SELECT t.equal('another processor''s', (SELECT a.outcome FROM pay.apply(
    'other', 'e15', :'p', NULL, NULL, 'captured', 1, 'RON', NULL, NULL, NULL,
    'notify', NULL, t.at(3)) AS a), 'unmatched');
SELECT t.refused('a capture without a sum', format('SELECT t.apply(%L, '
    '''e16'', ''captured'')', :'p'), '23514');
SELECT t.equal('by order number', (SELECT a.outcome FROM pay.apply('sandbox',
    'e17', NULL, (SELECT order_no FROM pay.attempt WHERE id = :'p'), NULL,
    'pending', NULL, NULL, NULL, NULL, NULL, 'notify', NULL, t.at(3)) AS a),
    'ignored');

-- the status page is for who started it
SELECT t.equal('starter', (SELECT s.mine FROM pay.status(:'p', t.h('b'),
    false, t.at(5)) AS s), true);
SELECT t.equal('stranger', (SELECT count(*) FROM pay.status(:'p', t.h('x'),
    false, t.at(5))), 0::bigint);
SELECT t.equal('nobody', (SELECT count(*) FROM pay.status(:'p', NULL, false,
    t.at(5))), 0::bigint);
SELECT t.equal('link', (SELECT s.mine FROM pay.status(:'p', NULL, true,
    t.at(5)) AS s), false);
SELECT t.equal('stranger''s address', pay.status_email(:'p', t.h('x'),
    'evil@example.com', t.at(5)), false);
UPDATE notify.outbox SET state = 'sent', sent_at = t.at(4),
    next_try_at = NULL WHERE dedupe_key = 'receipt:' || :'p';
SELECT t.equal('corrected', pay.status_email(:'p', t.h('b'),
    'right@example.com', t.at(5)), true);
SELECT t.equal('pressed twice', pay.status_email(:'p', t.h('b'),
    'right@example.com', t.at(5)), true);
SELECT t.equal('once', pay.status_email(:'p', t.h('b'),
    'again@example.com', t.at(5)), false);
SELECT t.equal('sent again', (SELECT count(*) FROM audit.outbox AS o
    WHERE o.dedupe_key LIKE 'receipt:' || :'p' || '%'), 2::bigint);
SELECT a.id AS q FROM pay.attempt AS a WHERE a.once_key = t.h('k1') \gset
SELECT t.equal('in time', pay.status_email(:'q', t.h('b'),
    'right@example.com', t.at(5)), true);
SELECT t.equal('the wrong address gets nothing', (SELECT string_agg(
    o.recipient, ' ') FROM notify.outbox AS o
    WHERE o.dedupe_key LIKE 'receipt:' || :'q' || '%'), 'right@example.com');
