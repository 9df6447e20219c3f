-- Codes, budgets, handles, mailed links.
SELECT t.account('g1') AS a, t.account('g2') AS b \gset
SELECT t.bill(:a, 'G-123456', 1000, '2026-03-09') AS d1,
    t.bill(:a, 'G-223456', 2000, '2026-03-10') AS d2 \gset

CREATE FUNCTION t.try(p_code text, p_address text, p_n text,
    p_minutes numeric DEFAULT 0, p_limits jsonb DEFAULT '{}',
    p_second text DEFAULT NULL) RETURNS text LANGUAGE sql AS $$
    SELECT o.outcome FROM pay.guest_open(t.h(p_code), t.h('h' || p_n),
        t.h('b'), t.h(p_address), 'p@example.com',
        t.h('p@example.com'), 'en', t.h('s' || p_n), t.h(p_second), p_limits,
        t.at(p_minutes)) AS o $$;

-- what the bill page reads; the day a bill is due it is not overdue
SELECT t.equal('hit', t.try('g1', 'adr0', 'a'), 'ok');
SELECT t.equal('bill', (SELECT (g.account_no, g.total_minor, g.overdue_minor,
    g.open_count, g.oldest_due_on, g.current_minor, g.current_number_tail,
    g.code_hint, g.email)::text
    FROM pay.guest_bill(t.h('ha'), t.h('b'), t.at(1)) AS g),
    '(1,3000,1000,2,2026-03-09,2000,3456,g1,p@example.com)');
SELECT t.equal('a day later', (SELECT g.overdue_minor
    FROM pay.guest_bill(t.h('ha'), t.h('b'), t.at(1)) AS g), 1000::bigint);
SELECT t.equal('of another browser', (SELECT count(*)
    FROM pay.guest_bill(t.h('ha'), t.h('x'), t.at(1))), 0::bigint);
SELECT t.equal('no such handle', (SELECT count(*)
    FROM pay.guest_bill(t.h('zz'), t.h('b'), t.at(1))), 0::bigint);
SELECT t.equal('at its end', (SELECT count(*)
    FROM pay.guest_bill(t.h('ha'), t.h('b'), t.at(30))), 0::bigint);
SELECT t.equal('just before', (SELECT count(*)
    FROM pay.guest_bill(t.h('ha'), t.h('b'), t.at(29.99))), 1::bigint);
SELECT ops.set('handle.life_s', 600);
SELECT t.equal('shorter', t.try('g1', 'adr0', 'short'), 'ok');
SELECT t.equal('its end', (SELECT h.expires_at FROM pay.guest_handle AS h
    WHERE h.handle_hash = t.h('hshort')), t.at(10));
SELECT ops.set('handle.life_s', 1800);
SELECT t.try('g2', 'adr0', 'none');
SELECT t.equal('no document at all', (SELECT (g.account_no, g.currency,
    g.total_minor, g.credit_minor, g.open_count)::text
    FROM pay.guest_bill(t.h('hnone'), t.h('b'), t.at(1)) AS g),
    '(1,RON,0,0,0)');
SELECT t.equal('two currencies', (SELECT t.bill(:b, 'E-1', 700, '2026-03-20',
    'EUR') > 0 AND t.bill(:b, 'E-2', 800, '2026-03-20') > 0), true);
SELECT t.equal('two rows', (SELECT string_agg(g.currency || g.total_minor, ' ')
    FROM pay.guest_bill(t.h('hnone'), t.h('b'), t.at(1)) AS g),
    'EUR700 RON800');
SELECT t.equal('miss', t.try('nobody', 'adr0', 'b'), 'miss');
SELECT t.equal('a miss opens nothing', (SELECT count(*)
    FROM pay.guest_bill(t.h('hb'), t.h('b'), t.at(0))), 0::bigint);
SELECT t.equal('its work is the same', (SELECT count(*)
    FROM pay.guest_handle AS h JOIN pay.guest_handle_account AS g
    ON g.handle_id = h.id WHERE h.handle_hash = t.h('hb')), 1::bigint);
SELECT t.equal('e-mail', pay.guest_email(t.h('ha'), t.h('b'),
    'q@example.com', t.at(1)), true);
SELECT t.equal('e-mail of another', pay.guest_email(t.h('ha'), t.h('x'),
    'q@example.com', t.at(1)), false);

-- the second factor: last four of an invoice
SELECT t.equal('right', t.try('g1', 'adr1', 'f1', p_second => '3456'), 'ok');
SELECT t.equal('wrong', t.try('g1', 'adr1', 'f2', p_second => '3457'), 'miss');

-- 10 an address in 10 minutes, then a mail, past 100 nothing
SELECT t.equal('the first ten', (SELECT string_agg(DISTINCT
    t.try('g1', 'adr2', 'c' || n), ' ') FROM generate_series(1, 10) AS n),
    'ok');
SELECT t.equal('the 11th', t.try('g1', 'adr2', 'c11'), 'step_up');
SELECT t.equal('mailed', (SELECT count(*) FROM notify.outbox AS o
    WHERE o.template = 'step_up'), 1::bigint);
SELECT t.equal('the 12th, a miss: the same answer',
    t.try('nobody', 'adr2', 'c12'), 'step_up');
SELECT t.equal('no mail', (SELECT count(*) FROM notify.outbox AS o
    WHERE o.template = 'step_up'), 1::bigint);
SELECT t.equal('another address', t.try('g1', 'adr3', 'd1'), 'ok');
SELECT t.equal('to the 100th', (SELECT string_agg(DISTINCT
    t.try('g1', 'adr2', 'c' || n), ' ') FROM generate_series(13, 100) AS n),
    'step_up');
SELECT t.equal('five mails an hour to one mailbox', (SELECT count(*)
    FROM notify.outbox AS o WHERE o.template = 'step_up'), 5::bigint);
SELECT t.equal('the 101st', t.try('g1', 'adr2', 'c101'), 'throttled');
SELECT t.equal('when again', (SELECT o.retry_after_s FROM pay.guest_open(
    t.h('g1'), t.h('hx'), t.h('b'), t.h('adr2'), 'p@example.com', NULL, 'en',
    t.h('sx'), NULL, '{}', t.at(4)) AS o), 360);
SELECT t.equal('the window is over', t.try('g1', 'adr2', 'c102', 10), 'ok');

-- the mailed link: once, within 20 minutes, not for a miss
SELECT t.equal('taken', pay.step_up_take(t.h('sc11'), t.h('m1'), t.h('y'),
    t.at(19.9)), 'ok');
SELECT t.equal('twice', pay.step_up_take(t.h('sc11'), t.h('m2'), t.h('y'),
    t.at(19.9)), 'gone');
SELECT t.equal('the same request twice', pay.step_up_take(t.h('sc11'),
    t.h('m1'), t.h('y'), t.at(19.9)), 'ok');
SELECT t.equal('in another browser', pay.step_up_take(t.h('sc11'), t.h('m1'),
    t.h('z'), t.at(19.9)), 'gone');
SELECT t.equal('opens', (SELECT g.total_minor
    FROM pay.guest_bill(t.h('m1'), t.h('y'), t.at(20)) AS g), 3000::bigint);
SELECT t.equal('of a miss', pay.step_up_take(t.h('sc12'), t.h('m3'), t.h('y'),
    t.at(1)), 'gone');
SELECT t.equal('too late', pay.step_up_take(t.h('sc13'), t.h('m4'), t.h('y'),
    t.at(20)), 'gone');

-- five failures an hour on one code; the code's owner is not locked out
SELECT t.equal('failures', (SELECT string_agg(DISTINCT t.try('g1', 'adr' || n,
    'i' || n, 40, '{}', 'bad'), ' ') FROM generate_series(10, 13) AS n),
    'miss');
SELECT t.equal('the next answer is a mail', t.try('g1', 'adr14', 'i14', 40),
    'step_up');
SELECT t.equal('an hour later', t.try('g1', 'adr15', 'i15', 101), 'ok');

-- where the company wants the mail each time
SELECT t.equal('always a mail', t.try('g1', 'adr16', 'i16', 150,
    '{"always_mail": true}'), 'step_up');

-- misses of all together
SELECT t.equal('global', (SELECT string_agg(t.try('none' || n, 'w' || n,
    'w' || n, 200, '{"global_misses": 5}'), ' ' ORDER BY n)
    FROM generate_series(1, 6) AS n),
    'miss miss miss miss miss step_up');
SELECT t.equal('a hit too', t.try('g1', 'w7', 'w7', 200,
    '{"global_misses": 5}'), 'step_up');
SELECT t.equal('hard', t.try('g1', 'w8', 'w8', 200,
    '{"global_misses": 1, "hard_factor": 6}'), 'throttled');

-- more codes on one handle
SELECT t.try('g1', 'adr20', 'z', 300);
CREATE FUNCTION t.add(p_code text, p_handle text DEFAULT 'hz')
RETURNS text LANGUAGE sql AS $$
    SELECT o.outcome FROM pay.guest_add(t.h(p_handle), t.h('b'),
        t.h(p_code), t.h('adr21'), '{"per_address": 9}', t.at(301)) AS o $$;
SELECT t.account('x3'), t.account('x4'), t.account('x5'), t.account('x6');
SELECT t.equal('second', t.add('g2'), 'ok');
SELECT t.equal('again', t.add('g1'), 'same');
SELECT t.equal('none', t.add('x9'), 'miss');
SELECT t.equal('no handle', t.add('g2', 'nowhere'), 'gone');
SELECT t.equal('to five', t.add('x3') || t.add('x4') || t.add('x5'), 'okokok');
SELECT t.equal('a sixth', t.add('x6'), 'full');
SELECT t.equal('all shown', (SELECT string_agg(g.account_no::text, '')
    FROM pay.guest_bill(t.h('hz'), t.h('b'), t.at(302)) AS g), '122345');
SELECT t.equal('the tenth', t.add('x6') || t.add('x6'), 'fullthrottled');

-- a signed link
SELECT t.equal('link', (SELECT l.outcome FROM pay.guest_link((SELECT
    c.public_id FROM customer.account AS c WHERE c.id = :a), t.h('l1'),
    t.h('b'), t.h('adr30'), NULL, 'bg', 'other', 1234, 'RON', '{}',
    t.at(0)) AS l), 'ok');
SELECT t.equal('its choice', (SELECT g.choice || g.choice_minor
    || (g.email IS NULL) FROM pay.guest_bill(t.h('l1'), t.h('b'),
    t.at(1)) AS g), 'other1234true');
SELECT t.equal('no such account', (SELECT l.outcome FROM pay.guest_link(
    gen_random_uuid(), t.h('l2'), t.h('b'), t.h('adr30'), NULL, 'bg',
    'total', NULL, NULL, '{}', t.at(0)) AS l), 'miss');

-- rows past their time do not pile up; the log holds hashes
SELECT t.try('nobody' || n, 'q' || n, 'q' || n, 5000 + n)
    FROM generate_series(1, 400) AS n;
SELECT t.equal('budgets', (SELECT count(*) < 150 FROM ops.budget), true);
SELECT t.equal('handles', (SELECT count(*) < 30 FROM pay.guest_handle), true);
SELECT t.equal('logged', (SELECT count(*) > 400 FROM log.lookup), true);

-- look-ups are forgotten when their time is over, and not before
SELECT count(*) AS kept FROM log.lookup \gset
INSERT INTO log.lookup (at, page, outcome)
VALUES (t.at(-600000), 'pay', 'miss'), (t.at(-600001), 'pay', 'ok');
SELECT t.equal('forgotten', ops.forget(t.at(-500000)), 2::bigint);
SELECT t.equal('no more to forget', ops.forget(t.at(-500000)), 0::bigint);
SELECT t.equal('the rest stays', (SELECT count(*) FROM log.lookup),
    :kept::bigint);
