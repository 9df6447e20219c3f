-- Disputes, payouts, the comparison with the processor's list.
SELECT t.equal('the edges of the contract', (SELECT string_agg(e.from_state
    || '-' || e.to_state, ' ' ORDER BY e.to_state) FROM pay.dispute_edge
    AS e), 'open-lost open-won');
SELECT t.account('a1') AS a \gset
SELECT t.bill(:a, 'A-1', 1000, '2026-02-10') AS d1,
    t.bill(:a, 'A-2', 2000, '2026-03-20') AS d2 \gset
SELECT t.open('a1', 'h1');
SELECT t.paid('h1', 'k1', 3000) AS p \gset
SELECT t.equal('opened', t.dispute('d1', 'dp 1', 'open', 3000, 'pi k1', 150),
    'applied');
SELECT t.equal('twice', t.dispute('d1', 'dp 1', 'open', 3000, 'pi k1', 150),
    'duplicate');
SELECT t.equal('other words', t.dispute('d1b', 'dp 1', 'open', 3000,
    'pi k1', 150), 'ignored');
SELECT t.equal('books', t.book('disputed') || ' ' || t.book('fees') || ' '
    || t.book('processor_clearing'), '3000 150 -150');
SELECT t.equal('the bill stays paid meanwhile', t.left_on(:d2), 0::bigint);
SELECT t.equal('shown', t.shown(:'p'), 'disputed');
SELECT t.equal('nothing to refund', (SELECT r.outcome FROM
    pay.refund_request(:'p', 10, 'operator', NULL, t.at(21)) AS r),
    'nothing');
SELECT t.equal('a person knows', t.tasks(), 'dispute');
SELECT t.equal('won', t.dispute('d2', 'dp 1', 'won', 3000), 'applied');
SELECT t.equal('over', t.tasks(), '');
SELECT t.equal('books', t.book('disputed') || ' '
    || t.book('processor_clearing'), '0 2850');
SELECT t.equal('shown', t.shown(:'p'), 'settled');
SELECT t.equal('won is won', t.dispute('d3', 'dp 1', 'lost', 3000),
    'ignored');
SELECT t.refused('an illegal move', 'UPDATE pay.dispute SET state = ''lost'', '
    'last_cause = ''x'', changed_at = t.at(9)', '23503');

-- lost: what the customer still has first, the rest is owed again
SELECT t.account('a2') AS a \gset
SELECT t.bill(:a, 'A-3', 1000, '2026-02-10') AS d \gset
SELECT t.open('a2', 'h2');
SELECT t.paid('h2', 'k2', 1000, 1500) AS p \gset
SELECT t.equal('credit', t.credit(:a), 500::bigint);
SELECT t.equal('learned when it was lost', t.dispute('d4', 'dp 2', 'lost',
    1500, 'pi k2', 100), 'applied');
SELECT t.equal('charged back', t.shown(:'p'), 'charged_back');
SELECT t.equal('owed, no credit', t.left_on(:d) || ' ' || t.credit(:a),
    '1000 0');
SELECT t.equal('disputed', t.book('disputed'), 0::bigint);
SELECT t.equal('moves', (SELECT string_agg(e.to_state, ' ') FROM
    audit.dispute_event AS e JOIN audit.dispute AS d USING (dispute_id)
    WHERE d.payment_id = :'p'), 'lost');
SELECT t.equal('of money nobody knows', t.dispute('d5', 'dp 3', 'open', 70,
    'pi nobody'), 'unmatched');
SELECT t.account('a3') AS a \gset
SELECT t.bill(:a, 'A-4', 1000, '2026-02-10') AS d \gset
SELECT t.open('a3', 'h3');
SELECT t.begin('h3', 'k3', 1000) AS p \gset
SELECT t.equal('before its capture', t.dispute('d6', 'dp 4', 'open', 1000,
    'pi k3', 0, (SELECT a.order_no FROM pay.attempt AS a
        WHERE a.id = :'p')), 'early');

-- a payout of all that, less fees: clearing returns to zero
SELECT t.equal('clearing', t.book('processor_clearing'), 2750::bigint);
CREATE FUNCTION t.payout_tasks() RETURNS text LANGUAGE sql AS $$
    SELECT coalesce(string_agg(k.key, ', ' ORDER BY k.key), '')
    FROM audit.task AS k
    WHERE k.kind = 'payout_differs' AND k.done_at IS NULL $$;
SELECT t.equal('lines that nobody can read', (SELECT o.outcome FROM
    pay.payout_apply('sandbox', 'po 1', 'RON', 2690, '2026-03-12', NULL,
        t.at(50)) AS o), 'unread');
SELECT t.equal('nothing posted', t.book('bank') || ' '
    || pay.payout_posted('sandbox', 'po 1'), '0 false');
SELECT t.equal('a person knows', t.payout_tasks(), 'sandbox po 1 unread');
SELECT t.equal('posted', (SELECT concat_ws(' ', o.outcome, o.matched,
    o.missing_here, o.differs) FROM pay.payout_apply('sandbox', 'po 1', 'RON',
    2690, '2026-03-12', '[
    {"kind": "capture", "ref": "pi k1", "gross_minor": 3000, "fee_minor": 30},
    {"kind": "dispute", "ref": "dp 1", "gross_minor": -3000, "fee_minor": 150},
    {"kind": "dispute_won", "ref": "dp 1", "gross_minor": 3000},
    {"kind": "capture", "ref": "cs k2", "gross_minor": 1500, "fee_minor": 20},
    {"kind": "dispute", "ref": "dp 2", "gross_minor": -1500, "fee_minor": 100},
    {"kind": "fee", "gross_minor": 0, "fee_minor": 10}
    ]', t.at(51)) AS o), 'applied 5 0 0');
SELECT t.equal('no longer a person''s', t.payout_tasks(), '');
SELECT t.equal('once', (SELECT o.outcome FROM pay.payout_apply('sandbox',
    'po 1', 'RON', 2690, '2026-03-12', '[]', t.at(52)) AS o), 'duplicate');
SELECT t.equal('clearing is even', t.book('processor_clearing'), 0::bigint);
SELECT t.equal('bank and fees', t.book('bank') || ' ' || t.book('fees'),
    '2690 310');
SELECT t.equal('a line of unknown money', (SELECT o.missing_here || ' '
    || o.differs FROM pay.payout_apply('sandbox', 'po 2', 'RON', 60,
    '2026-03-12', '[{"kind": "capture", "ref": "pi zz", "gross_minor": 50},
    {"kind": "capture", "ref": "pi k1", "gross_minor": 10}]', t.at(53)) AS o),
    '1 1');
SELECT t.equal('a person knows', (SELECT count(*) FROM audit.task AS k
    WHERE k.kind IN ('missing_here', 'compare_differs')
    AND k.done_at IS NULL), 2::bigint);


-- lines that do not make the sum: what they do not explain is in suspense
CREATE FUNCTION t.off(p_ref text, p_net bigint, p_lines jsonb) RETURNS text
LANGUAGE sql AS $$ SELECT concat_ws(' ', o.outcome, o.matched,
    o.missing_here, o.differs) FROM pay.payout_apply('sandbox', p_ref, 'RON',
    p_net, '2026-03-13', p_lines, t.at(54)) AS o $$;
CREATE FUNCTION t.books() RETURNS text LANGUAGE sql AS $$
    SELECT concat_ws(' ', t.book('bank'), t.book('fees'),
        t.book('processor_clearing'), t.book('suspense')) $$;
SELECT t.equal('before', t.books(), '2750 310 -60 0');
SELECT t.equal('more than its lines', t.off('po 3', 75, '[{"kind": "other",
    "gross_minor": 70, "fee_minor": 2}]'), 'wrong_sum 0 0 0');
SELECT t.equal('posted all the same', t.books(), '2825 312 -130 -7');
SELECT t.equal('it stands', pay.payout_posted('sandbox', 'po 3'), true);
SELECT t.equal('with its lines', (SELECT count(*) FROM pay.payout_line AS l
    JOIN pay.payout AS p ON p.id = l.payout_id
    WHERE p.processor_ref = 'po 3'), 1::bigint);
SELECT t.equal('a person knows', t.payout_tasks(), 'sandbox po 3');
SELECT t.equal('once', t.off('po 3', 75, '[]'), 'duplicate');
SELECT t.equal('less than its lines', t.off('po 4', 10, '[{"kind": "capture",
    "ref": "pi k1", "gross_minor": 3000}]'), 'wrong_sum 1 0 0');
SELECT t.equal('posted all the same', t.books(), '2835 312 -3130 2983');
SELECT t.equal('no lines, no money', t.off('po 5', 0, '[]'), 'applied 0 0 0');
SELECT t.equal('a payout in a row of differences', t.payout_tasks(),
    'sandbox po 3, sandbox po 4');

-- the list: the same, another sum, unknown here, unknown there
SELECT t.equal('due', pay.compare_due('sandbox', t.at(100)), true);
SELECT pay.compare_begin('sandbox', t.at(-60), t.at(90), t.at(100)) AS c \gset
SELECT t.equal('not twice', pay.compare_due('sandbox', t.at(101)), false);
CREATE FUNCTION t.note(p_run bigint, p_key text, p_minor bigint) RETURNS text
LANGUAGE sql AS $$ SELECT outcome FROM pay.compare_note(p_run, NULL,
    'cs ' || p_key, p_minor, 'RON', t.at(100)) $$;
SELECT t.equal('same', t.note(:c, 'k1', 3000), 'same');
SELECT t.equal('missing here', t.note(:c, 'k3', 1000), 'missing_here');
SELECT t.equal('counts once', t.note(:c, 'k3', 1000), 'missing_here');
SELECT t.equal('missing there', (SELECT e.listed || ' ' || e.missing_here
    || ' ' || e.missing_there || ' ' || e.differs
    FROM pay.compare_end(:c, t.at(101)) AS e), '2 1 1 0');
SELECT t.equal('ended twice', (SELECT e.listed || ' ' || e.missing_here
    || ' ' || e.missing_there || ' ' || e.differs
    FROM pay.compare_end(:c, t.at(102)) AS e), '2 1 1 0');
SELECT t.equal('that one', (SELECT k.key FROM audit.task AS k
    WHERE k.kind = 'missing_there'), (SELECT 'sandbox ' || a.order_no
    FROM pay.attempt AS a WHERE a.processor_ref = 'cs k2'));
SELECT pay.compare_begin('sandbox', t.at(-60), t.at(90), t.at(200)) AS c \gset
SELECT t.equal('another sum', t.note(:c, 'k2', 1400), 'differs');
SELECT t.equal('a second capture of a settled order', (SELECT o.outcome
    FROM pay.attempt AS a, pay.compare_note(:c, a.order_no, 'cs by hand',
        3000, 'RON', t.at(200)) AS o WHERE a.processor_ref = 'cs k1'),
    'missing_here');
SELECT t.apply(:'p', 'late', 'captured', 1000, p_ref => 'cs k3',
    p_source => 'query');
SELECT t.equal('found by it', (SELECT k.done_at IS NOT NULL FROM audit.task
    AS k WHERE k.kind = 'missing_here' AND k.key = 'sandbox cs k3'), true);
SELECT t.equal('ends', (SELECT e.missing_there FROM pay.compare_end(:c,
    t.at(201)) AS e), 2);
SELECT t.equal('a day later', pay.compare_due('sandbox', t.at(200 + 1439))
    || ' ' || pay.compare_due('sandbox', t.at(200 + 1441)), 'false true');
