-- pay.biller_due and pay.biller_confirm: what an operator is told, and money
-- that it took.
SELECT t.account('s1') AS a, t.account('s2') AS b, t.account('s3') AS z \gset
SELECT t.bill(:a, 'S-1001', 1000, '2026-02-10') AS d1,
    t.bill(:a, 'S-1002', 2000, '2026-03-20') AS d2,
    t.bill(:a, 'S-1003', 700, '2026-03-20', 'EUR') AS d3,
    t.bill(:b, 'S-2001', 500, '2026-03-21') AS d4 \gset

CREATE FUNCTION t.due(p_code text, p_currency text DEFAULT 'RON')
RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(coalesce(b.number_tail, '-') || ':'
        || coalesce(b.open_minor, 0), ' ' ORDER BY b.due_on, b.number_tail)
    FROM pay.biller_due(t.h(p_code), p_currency) AS b $$;
CREATE FUNCTION t.confirm(p_tid text, p_code text, p_minor bigint,
    p_invoices uuid[] DEFAULT '{}', p_currency text DEFAULT 'RON')
RETURNS text LANGUAGE sql AS $$
    SELECT c.outcome FROM pay.biller_confirm('epay', '20260310080000' || p_tid, t.h(p_code),
        p_currency, p_minor, p_invoices, 'bg', t.h(p_tid), t.at(1)) AS c $$;
CREATE FUNCTION t.left_open(p_account bigint) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(o.number_tail || ':' || o.open_minor, ' '
        ORDER BY o.number_tail)
    FROM billing.open_item AS o WHERE o.account_id = p_account $$;

SELECT t.equal('owes in one currency', t.due('s1'), '1001:1000 1002:2000');
SELECT t.equal('owes in another', t.due('s1', 'EUR'), '1003:700');
SELECT t.equal('owes nothing', t.due('s3'), '-:0');
SELECT t.equal('no such code', t.due('nobody'), NULL::text);
SELECT t.equal('the end of the code is all that is told of a person',
    (SELECT count(DISTINCT b.code_hint) FROM pay.biller_due(t.h('s1'), 'RON')
        AS b WHERE b.code_hint = 's1'), 1::bigint);

-- oldest due first
SELECT t.equal('paid', t.confirm('T1', 's1', 1500), 'ok');
SELECT t.equal('the oldest is paid', t.left_open(:a),
    '1001:0 1002:1500 1003:700');
SELECT t.equal('again: the same answer', t.confirm('T1', 's1', 1500),
    'duplicate');
SELECT t.equal('the same number, another sum', t.confirm('T1', 's1', 1499),
    'conflict');
SELECT t.equal('the same number, another code', t.confirm('T1', 's2', 1500),
    'conflict');
SELECT t.equal('another code''s', t.confirm('T9', 'nobody', 100), 'unknown');
SELECT t.equal('nothing moved by these', t.left_open(:a),
    '1001:0 1002:1500 1003:700');
SELECT t.equal('one settlement',
    (SELECT count(*) FROM pay.settlement), 1::bigint);

-- the ordinary things came of it
SELECT t.equal('attempt', (SELECT a.processor || ' ' || a.state || ' '
    || a.processor_ref || ' ' || a.amount_minor FROM pay.attempt AS a),
    'epay settled 20260310080000T1 1500');
SELECT t.equal('its way', (SELECT string_agg(e.to_state, ' ' ORDER BY e.seq)
    FROM pay.attempt_event AS e), 'requested settled');
SELECT t.equal('receipt', (SELECT count(*) FROM pay.receipt), 1::bigint);
SELECT t.equal('no mail without an address',
    (SELECT count(*) FROM notify.outbox), 0::bigint);
SELECT t.equal('nothing in flight',
    (SELECT count(*) FROM pay.in_flight), 0::bigint);
SELECT t.equal('clearing', (SELECT sum(e.amount_minor)
    FROM billing.journal_entry AS e
    WHERE e.account = 'processor_clearing'), 1500::numeric);

-- a named invoice before an older one; what is more is credit
SELECT t.bill(:b, 'S-2000', 300, '2026-01-21') AS d5 \gset
SELECT t.equal('named', t.confirm('T2', 's2', 600, ARRAY[
    (SELECT d.public_id FROM billing.document AS d WHERE d.id = :d4)]), 'ok');
SELECT t.equal('the named one first, then the oldest', t.left_open(:b),
    '2000:200 2001:0');
SELECT t.equal('more than is owed', t.confirm('T3', 's2', 1000), 'ok');
SELECT t.equal('all paid', t.left_open(:b), '2000:0 2001:0');
SELECT t.equal('the rest is credit', (SELECT b.credit_minor
    FROM billing.balance AS b WHERE b.account_id = :b AND b.currency = 'RON'),
    800::bigint);
SELECT t.equal('a deposit of who owes nothing', t.confirm('T4', 's3', 250),
    'ok');
SELECT t.equal('is credit', (SELECT b.credit_minor
    FROM billing.balance AS b WHERE b.account_id = :z), 250::bigint);
SELECT t.equal('another''s invoice is not chosen', t.confirm('T5', 's3', 100,
    ARRAY[(SELECT d.public_id FROM billing.document AS d WHERE d.id = :d2)]),
    'ok');
SELECT t.equal('it stays open', t.left_open(:a), '1001:0 1002:1500 1003:700');

-- the sum of an order that a processor does not name
SELECT t.equal('an order''s money', (SELECT m.amount_minor || m.currency
    FROM pay.attempt AS a, pay.order_money('epay', a.order_no) AS m
    WHERE a.processor_ref = '20260310080000T2'), '600RON');
SELECT t.equal('of another processor', (SELECT count(*)
    FROM pay.attempt AS a, pay.order_money('stripe', a.order_no) AS m),
    0::bigint);
SELECT t.refused('a sum of nothing',
    $$ SELECT t.confirm('T6', 's1', 0) $$, '23514');
