-- Paying a selection: who may choose what, what is frozen, what is paid.
SELECT t.account('c1') AS a, t.account('c2') AS b, t.account('c3') AS c,
    t.account('c4') AS x \gset
SELECT t.bill(:a, 'A-1', 1000, '2026-02-10') AS a1,
    t.bill(:a, 'A-2', 2000, '2026-03-20') AS a2,
    t.bill(:a, 'A-E', 700, '2026-03-20', 'EUR') AS ae,
    t.bill(:b, 'B-1', 500, '2026-02-20') AS b1,
    t.bill(:b, 'B-2', 900, '2026-03-21') AS b2,
    t.bill(:c, 'C-1', 300, '2026-03-22') AS c1,
    t.bill(:x, 'X-1', 400, '2026-03-22') AS x1 \gset

CREATE FUNCTION t.login(p_mail text, p_session text) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    v_id bigint;
BEGIN
    INSERT INTO auth.login (email_key, email, password, language, source,
        created_at, password_at)
    VALUES (t.h(p_mail), p_mail, '$argon2id$x', 'ro', 'web', t.at(0), t.at(0))
    RETURNING id INTO v_id;
    PERFORM auth.begin_session(v_id, t.h(p_session), 'in', 'x', true,
        '{"kept_days": 30}', t.at(0));
    RETURN v_id;
END $$;
CREATE FUNCTION t.holds(p_login bigint, p_account bigint) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO auth.login_account (login_id, account_id, role, state,
        created_at) VALUES (p_login, p_account, 'holder', 'active', t.at(0))
$$;
CREATE FUNCTION t.lends(p_from bigint, p_to bigint, p_account bigint,
    p_scope text[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO auth.login_account (login_id, account_id, role, state, scope,
        invited_by, created_at, ends_at)
    VALUES (p_to, p_account, 'delegate', 'active', p_scope, p_from, t.at(0),
        t.at(100)) $$;
CREATE FUNCTION t.ids(VARIADIC p_documents bigint[]) RETURNS uuid[]
LANGUAGE sql AS $$ SELECT array_agg(d.public_id) FROM billing.document AS d
    WHERE d.id = ANY (p_documents) $$;
CREATE FUNCTION t.choose(p_session text, p_handle text, p_documents uuid[],
    p_currency text DEFAULT NULL, p_account bigint DEFAULT NULL,
    p_browser text DEFAULT 'b', p_minutes numeric DEFAULT 0) RETURNS text
LANGUAGE sql AS $$
    SELECT s.outcome || CASE WHEN s.left_out > 0 THEN ' without '
        || s.left_out ELSE '' END
    FROM self.pay_select(t.h(p_session), t.h(p_handle), t.h(p_browser),
        (SELECT a.public_id FROM customer.account AS a
            WHERE a.id = p_account), p_documents, p_currency, 'ro',
        t.at(p_minutes)) AS s $$;
-- the rows of a selection, in their order: number, what is open, what a sum
-- pays of it; in brackets what was not chosen
CREATE FUNCTION t.rows(p_session text, p_handle text,
    p_amount bigint DEFAULT NULL, p_browser text DEFAULT 'b',
    p_minutes numeric DEFAULT 1) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(CASE WHEN p.chosen THEN p.number ELSE '(' || p.number
        || ')' END || ' ' || p.open_minor || ' ' || p.part_minor, ', '
        ORDER BY p.place)
    FROM self.pay_selection(t.h(p_session), t.h(p_handle), t.h(p_browser),
        p_amount, t.at(p_minutes)) WITH ORDINALITY AS p (number, code_hint,
        address, due_on, currency, open_minor, part_minor, chosen, email,
        expires_at, own_payment, own_state, own_started_at, other_started_at,
        place) $$;
-- what an intent froze, and what a payment paid
CREATE FUNCTION t.frozen(p_payment uuid) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(d.number || ' ' || i.amount_minor, ', '
        ORDER BY d.number)
    FROM pay.attempt AS a JOIN pay.intent_item AS i USING (intent_id)
    JOIN billing.document AS d ON d.id = i.document_id
    WHERE a.id = p_payment $$;
CREATE FUNCTION t.went(p_payment uuid) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(coalesce(r.document_number, 'credit') || ' '
        || r.allocated_minor, ', ' ORDER BY r.document_number)
    FROM pay.receipt(p_payment) AS r $$;

SELECT t.login('ana@x.ro', 'sa') AS ana, t.login('bob@x.ro', 'sb') AS bob,
    t.login('ion77', 'si') AS ion \gset
SELECT t.holds(:ana, :a), t.holds(:ana, :b), t.holds(:ana, :c),
    t.holds(:ion, :x);
SELECT t.lends(:ana, :bob, :a, '{see,pay}'), t.lends(:ana, :bob, :b, '{see}'),
    t.lends(:ana, :bob, :c, '{pay}');

-- who may choose what: unknown, foreign and not payable are one
SELECT t.equal('no session', t.choose('none', 'h0', t.ids(:a1)), 'denied');
SELECT t.equal('foreign', t.choose('sa', 'h0', t.ids(:x1)), 'nothing');
SELECT t.equal('unknown', t.choose('sa', 'h0', ARRAY[gen_random_uuid()]),
    'nothing');
SELECT t.equal('may see and not pay', t.choose('sb', 'h0', t.ids(:b1)),
    'nothing');
SELECT t.equal('none', t.choose('sa', 'h0', '{}'), 'nothing');
SELECT t.equal('of another account', t.choose('sa', 'h0', t.ids(:a1), NULL,
    :b), 'nothing');
SELECT t.equal('another''s account', t.choose('sa', 'h0', NULL, NULL, :x),
    'nothing');
SELECT t.equal('of another currency', t.choose('sa', 'h0', t.ids(:a1), 'EUR'),
    'nothing');
SELECT t.equal('two currencies', t.choose('sa', 'h0', t.ids(:a1, :ae)),
    'mixed');
SELECT t.equal('all, in two currencies', t.choose('sa', 'h0', NULL), 'mixed');
SELECT t.equal('none of these left a trace',
    (SELECT count(*) FROM pay.guest_handle), 0::bigint);
SELECT t.equal('a delegate with pay', t.choose('sb', 'hb', t.ids(:a1, :c1)),
    'ok');
SELECT t.equal('pay without see', t.rows('sb', 'hb'), 'A-1 1000 0, C-1 300 0');
SELECT t.equal('a delegate''s all', t.choose('sb', 'hc', NULL, 'RON'), 'ok');
SELECT t.equal('without what only may be seen', t.rows('sb', 'hc'),
    'A-1 1000 0, A-2 2000 0, C-1 300 0');
SELECT t.equal('while it lasts', t.choose('sb', 'he', NULL, 'RON', NULL, 'b',
    100), 'nothing');
SELECT t.equal('some are not theirs', t.choose('sa', 'h1',
    t.ids(:a1, :b1, :c1, :x1) || gen_random_uuid()), 'ok without 2');
SELECT t.equal('one place', t.choose('sa', 'h2', NULL, 'RON', :b), 'ok');
SELECT t.equal('its rows', t.rows('sa', 'h2'), 'B-1 500 0, B-2 900 0');
SELECT t.equal('the log-in''s address', (SELECT h.email || ' ' || h.lang
    FROM pay.guest_handle AS h WHERE h.handle_hash = t.h('h1')),
    'ana@x.ro ro');
SELECT t.choose('si', 'hi', NULL);
SELECT t.equal('a user name is none', (SELECT s.email
    FROM pay.selected(t.h('hi'), t.h('b'), t.at(1)) AS s), NULL);
SELECT t.equal('but a selection', (SELECT count(*)
    FROM pay.selected(t.h('hi'), t.h('b'), t.at(1)) AS s), 1::bigint);

-- who sees it: the log-in and the browser that chose, while it may pay
SELECT t.equal('shown', t.rows('sa', 'h1'), 'A-1 1000 0, B-1 500 0, C-1 300 0');
SELECT t.equal('another log-in', t.rows('sb', 'h1'), NULL);
SELECT t.equal('another browser', t.rows('sa', 'h1', NULL, 'y'), NULL);
SELECT t.equal('nobody', t.rows('none', 'h1'), NULL);
SELECT t.equal('over', t.rows('sa', 'h1', NULL, 'b', 30), NULL);
SELECT t.equal('the right has ended', t.rows('sb', 'hb', NULL, 'b', 100), NULL);
SELECT t.equal('no bill of a guest', (SELECT count(*) FROM pay.guest_bill(
    t.h('h1'), t.h('b'), t.at(1))), 0::bigint);
SELECT t.equal('no further code', (SELECT o.outcome FROM pay.guest_add(
    t.h('h1'), t.h('b'), t.h('c4'), t.h('adr'), '{}', t.at(1)) AS o), 'gone');
SELECT t.open('c1', 'hg');
SELECT t.equal('a guest''s is no selection', (SELECT count(*)
    FROM pay.selected(t.h('hg'), t.h('b'), t.at(1))), 0::bigint);

-- a lowered sum, oldest due first among these; a higher one, then the others
SELECT t.equal('lowered', t.rows('sa', 'h1', 1200),
    'A-1 1000 1000, B-1 500 200, C-1 300 0');
SELECT t.equal('just the sum', t.rows('sa', 'h1', 1800),
    'A-1 1000 1000, B-1 500 500, C-1 300 300');
SELECT t.equal('higher', t.rows('sa', 'h1', 2000),
    'A-1 1000 1000, B-1 500 500, C-1 300 300, (A-2) 2000 200');
SELECT t.equal('above all', t.rows('sa', 'h1', 9000), 'A-1 1000 1000, '
    'B-1 500 500, C-1 300 300, (A-2) 2000 2000, (B-2) 900 900');

-- pay.start, as for a guest
SELECT t.equal('sum moved', (SELECT s.outcome || s.amount_minor
    FROM t.start('h1', 'k0', 4700) AS s), 'changed1800');
SELECT t.equal('no current', (SELECT s.outcome
    FROM t.start('h1', 'k0', 2000, 'current') AS s), 'nothing');
SELECT t.equal('another browser''s', (SELECT s.outcome
    FROM t.start('h1', 'k0', 1800, p_browser => 'y') AS s), 'gone');
SELECT t.equal('too little', (SELECT s.outcome
    FROM t.start('h1', 'k0', 1800, 'other', 99) AS s), 'range');
SELECT t.equal('in another currency', (SELECT s.outcome
    FROM t.start('h1', 'k0', 1800, p_currency => 'EUR') AS s), 'nothing');
SELECT t.equal('expired', (SELECT s.outcome
    FROM t.start('h1', 'k0', 1800, p_minutes => 30) AS s), 'gone');
SELECT t.equal('nothing started', (SELECT count(*) FROM pay.attempt),
    0::bigint);
SELECT t.begin('h1', 'k1', 1800) AS p \gset
SELECT t.equal('frozen', t.frozen(:'p'), 'A-1 1000, B-1 500, C-1 300');
SELECT t.equal('same', (SELECT s.outcome || s.payment_id
    FROM t.start('h1', 'k1', 1800) AS s), 'same' || :'p');
SELECT t.equal('conflict', (SELECT s.outcome
    FROM t.start('h1', 'k1', 1800, 'other', 1000) AS s), 'conflict');
SELECT t.equal('busy', (SELECT s.outcome || s.payment_id
    FROM t.start('h1', 'k2', 1800) AS s), 'busy' || :'p');
SELECT t.choose('sa', 'h3', t.ids(:a2, :c1));
SELECT t.equal('busy with another choice of the same accounts',
    (SELECT s.outcome || s.payment_id FROM t.start('h3', 'k3', 2300) AS s),
    'busy' || :'p');
SELECT t.equal('a guest''s too', (SELECT s.outcome
    FROM t.start('hg', 'kg', 3000) AS s), 'busy');
SELECT t.equal('seen as one''s own', (SELECT string_agg(DISTINCT
    s.own_payment::text || s.own_state, ',') FROM self.pay_selection(
    t.h('sa'), t.h('h3'), t.h('b'), NULL, t.at(2)) AS s),
    :'p' || 'started');
SELECT t.choose('sa', 'h4', t.ids(:c1), NULL, NULL, 'y');
SELECT t.equal('of another browser: its age', (SELECT
    (s.own_payment IS NULL)::text || s.other_started_at FROM
    self.pay_selection(t.h('sa'), t.h('h4'), t.h('y'), NULL, t.at(2)) AS s),
    'true' || t.at(1));

-- settled: exactly what was chosen
SELECT t.equal('paid', t.apply(:'p', 'e1', 'captured', 1800,
    p_ref => 'cs k1'), 'applied');
SELECT t.equal('went to', t.went(:'p'), 'A-1 1000, B-1 500, C-1 300');
SELECT t.equal('the rest is owed', (SELECT string_agg(d.number, ','
    ORDER BY d.number) FROM billing.open_item AS o
    JOIN billing.document AS d ON d.id = o.document_id
    WHERE o.open_minor > 0), 'A-2,A-E,B-2,X-1');
SELECT t.equal('nobody has credit', (SELECT sum(b.credit_minor)::bigint
    FROM billing.balance AS b), 0::bigint);
SELECT t.equal('shown as paid', t.rows('sa', 'h1'),
    'A-1 0 0, B-1 0 0, C-1 0 0');
SELECT t.equal('nothing left to start', (SELECT s.outcome
    FROM t.start('h1', 'k4', 1800) AS s), 'nothing');
SELECT t.equal('status', (SELECT s.selected::text || s.code_count FROM
    pay.status(:'p', t.h('b'), false, t.at(3)) AS s), 'true3');

-- a lowered sum: the oldest of these, in part
SELECT t.choose('sa', 'h5', t.ids(:a2, :b2));
SELECT t.begin('h5', 'k5', 2900, 'other', 2100) AS p \gset
SELECT t.equal('frozen', t.frozen(:'p'), 'A-2 2000, B-2 100');
SELECT t.apply(:'p', 'e5', 'captured', 2100, p_ref => 'cs k5');
SELECT t.equal('went to', t.went(:'p'), 'A-2 2000, B-2 100');

-- one of them is paid meanwhile: what it is not for pays what else is owed
-- there, the rest is credit
SELECT t.bill(:a, 'A-3', 600, '2026-04-01') AS a3,
    t.bill(:c, 'C-2', 250, '2026-04-02') AS c2,
    t.bill(:c, 'C-3', 100, '2026-04-03') AS c3 \gset
SELECT t.choose('sa', 'h6', t.ids(:a3, :c2));
SELECT t.begin('h6', 'k6', 850) AS p \gset
SELECT t.open('c1', 'hy', 'y');
SELECT t.paid('hy', 'ky', 600, p_browser => 'y');
SELECT t.equal('the page says so', t.rows('sa', 'h6'), 'A-3 0 0, C-2 250 0');
SELECT t.equal('and asks anew', (SELECT s.outcome || s.amount_minor
    FROM t.start('h6', 'k7', 850, p_minutes => 3) AS s),
    'busy850');
SELECT t.apply(:'p', 'e6', 'captured', 850, p_ref => 'cs k6');
SELECT t.equal('went to', t.went(:'p'), 'C-2 250, C-3 100, credit 500');
SELECT t.equal('credit of the account due first', t.credit(:a), 500::bigint);
SELECT t.equal('a person knows', t.tasks(), 'duplicate');
SELECT t.equal('the payer too', (SELECT count(*) FROM notify.outbox AS o
    WHERE o.template = 'surplus' AND o.recipient = 'ana@x.ro'), 1::bigint);

-- more than was chosen: then the others, the rest is credit
SELECT t.bill(:c, 'C-4', 100, '2026-04-04') AS c4 \gset
SELECT t.equal('chosen', t.choose('sa', 'h7', t.ids(:c4)), 'ok');
SELECT t.begin('h7', 'k8', 100, 'other', 150) AS p \gset
SELECT t.apply(:'p', 'e8', 'captured', 150, p_ref => 'cs k8');
SELECT t.equal('went to', t.went(:'p'), 'C-4 100, credit 50');

-- 200 documents of 200 accounts, not one more; a guest's limit stays
SELECT t.login('many@x.ro', 'sm') AS many \gset
CREATE TABLE t.many AS SELECT g AS n, t.account('m' || g) AS account
    FROM generate_series(1, 201) AS g;
SELECT t.holds(:many, m.account), t.bill(m.account, 'M-' || m.n, 100 + m.n,
    '2026-03-01') FROM t.many AS m;
SELECT t.equal('201', t.choose('sm', 'hm', NULL), 'too_many');
SELECT t.equal('200', t.choose('sm', 'hm', (SELECT array_agg(d.public_id)
    FROM t.many AS m JOIN billing.document AS d ON d.account_id = m.account
    WHERE m.n <= 200)), 'ok');
SELECT t.equal('its accounts', (SELECT count(DISTINCT g.account_id) || ' '
    || max(g.account_no) FROM pay.guest_handle_account AS g
    WHERE g.selected AND g.handle_id = (SELECT h.id FROM pay.guest_handle AS h
        WHERE h.handle_hash = t.h('hm'))), '200 200');
SELECT t.equal('all paid, and more', t.begin('hm', 'km', 40100, 'other',
    40150) IS NOT NULL, true);
SELECT a.id AS p FROM pay.attempt AS a WHERE a.once_key = t.h('km') \gset
SELECT pay.apply('sandbox', 'em', :'p', NULL, 'cs km', 'captured', 40150,
    'RON', NULL, NULL, NULL, 'notify', NULL, t.at(2), 'pi km');
SELECT t.equal('went to', (SELECT count(*) || ' ' || sum(r.allocated_minor)
    FROM pay.receipt(:'p') AS r WHERE r.document_number LIKE 'M-%'),
    '200 40100');
-- its surplus pays another bill; then all of it goes back
SELECT t.bill((SELECT m.account FROM t.many AS m WHERE m.n = 1), 'M-X', 50,
    '2026-05-01');
SELECT t.equal('all back', t.refund('rm', 're_m', 'succeeded', 40150,
    'pi km'), 'applied');
SELECT t.equal('owed again', (SELECT count(*) || ' ' || sum(o.open_minor)
    FROM t.many AS m JOIN billing.open_item AS o ON o.account_id = m.account
    WHERE o.open_minor > 0 AND m.n <= 200), '201 40150');
SELECT t.refused('six accounts of a guest', $$ INSERT INTO
    pay.guest_handle_account (handle_id, account_no)
    SELECT h.id, 6 FROM pay.guest_handle AS h
    WHERE h.handle_hash = sha256('hg') $$, '23514');
SELECT t.refused('six accounts of an intent of a guest', $$ INSERT INTO
    pay.intent (account_id, account_ids, amount_minor, choice, currency,
        created_at)
    SELECT a.id, array_fill(a.id, ARRAY[6]), 1, 'total', 'RON', '2026-03-10'
    FROM customer.account AS a LIMIT 1 $$, '23514');

-- what is past its time goes, with what it chose
UPDATE pay.guest_handle SET expires_at = t.at(-100);
SELECT ops.tidy(t.at(0)) FROM generate_series(1, 20);
SELECT t.equal('gone', (SELECT count(*) FROM pay.guest_handle_document),
    0::bigint);
