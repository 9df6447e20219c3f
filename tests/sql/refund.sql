-- Refunds: whole, part, of surplus, made at the processor, failed at once and
-- later, out of order; what each leaves owed.
SELECT t.equal('the edges of the contract', (SELECT string_agg(e.from_state
    || '-' || e.to_state, ' ' ORDER BY e.from_state, e.to_state)
    FROM pay.refund_edge AS e), 'accepted-failed accepted-succeeded '
    || 'requested-accepted requested-failed requested-succeeded '
    || 'succeeded-failed');

-- whole, made by an operator: the newest debt is owed again first
SELECT t.account('a1') AS a \gset
SELECT t.bill(:a, 'A-1', 1000, '2026-02-10') AS d1,
    t.bill(:a, 'A-2', 2000, '2026-03-20') AS d2 \gset
SELECT t.open('a1', 'h1');
SELECT t.begin('h1', 'k0', 3000) AS p0 \gset
SELECT t.equal('nothing taken yet', (SELECT r.outcome FROM
    pay.refund_request(:'p0', 100, 'operator', 'x', t.at(3)) AS r),
    'not_settled');
SELECT pay.apply('sandbox', 'e0', :'p0', NULL, 'cs k0', 'captured', 3000,
    'RON', NULL, NULL, NULL, 'notify', NULL, t.at(2), 'pi k0');
SELECT t.equal('more than was paid', (SELECT r.outcome || r.amount_minor FROM
    pay.refund_request(:'p0', 3001, 'operator', 'x', t.at(3)) AS r),
    'range3000');
SELECT t.equal('no surplus for the payer', (SELECT r.outcome FROM
    pay.refund_request(:'p0', NULL, 'payer', NULL, t.at(3)) AS r), 'nothing');
SELECT r.refund_id AS r FROM pay.refund_request(:'p0', 500, 'operator', 'x',
    t.at(3)) AS r \gset
SELECT t.equal('one at a time', (SELECT r.outcome || (r.refund_id = :'r')
    FROM pay.refund_request(:'p0', 700, 'operator', 'x', t.at(3)) AS r),
    'sametrue');
SELECT t.equal('due', (SELECT count(*) FROM pay.refund_claim(10, 60, t.at(4))
    AS c WHERE c.refund_id = :'r'), 1::bigint);
SELECT t.equal('leased', (SELECT count(*) FROM pay.refund_claim(10, 60,
    t.at(4)) AS c), 0::bigint);
SELECT t.equal('nothing posted yet', t.left_on(:d2) + t.book('credit'),
    0::bigint);
SELECT t.equal('still settled', t.shown(:'p0'), 'settled');
SELECT t.equal('accepted', t.refund('r1', 're 1', 'accepted', 500,
    p_refund => :'r'), 'applied');
SELECT t.equal('again', t.refund('r1', 're 1', 'accepted', 500,
    p_refund => :'r'), 'duplicate');
SELECT t.equal('once more, other words', t.refund('r1b', 're 1', 'accepted',
    500, 'pi k0'), 'ignored');
SELECT t.equal('owed again', t.left_on(:d2), 500::bigint);
SELECT t.equal('the older one stays paid', t.left_on(:d1), 0::bigint);
SELECT t.equal('clearing', t.book('processor_clearing'), 2500::bigint);
SELECT t.equal('partly', t.shown(:'p0'), 'partly_refunded');
SELECT t.equal('a settled attempt stays settled', t.state(:'p0'), 'settled');
SELECT t.equal('succeeded', t.refund('r2', 're 1', 'succeeded', 500),
    'applied');
SELECT t.equal('lower later', t.refund('r3', 're 1', 'accepted', 500),
    'ignored');
SELECT t.equal('one mail', (SELECT string_agg(o.template, ' ' ORDER BY
    o.message_id) FROM audit.outbox AS o), 'receipt refunded');
SELECT t.equal('the rest may go', (SELECT r.outcome || r.amount_minor
    FROM pay.refund_request(:'p0', NULL, 'operator', NULL, t.at(5)) AS r),
    'created2500');
SELECT t.equal('gone', t.refund('r4', 're 2', 'succeeded', 2500, 'pi k0',
    (SELECT r.id FROM pay.refund AS r WHERE r.state = 'requested')),
    'applied');
SELECT t.equal('refunded', t.shown(:'p0'), 'refunded');
SELECT t.equal('all owed', t.left_on(:d1) + t.left_on(:d2), 3000::bigint);
-- succeeded and failed after all: the money is the customer's again
SELECT t.equal('failed later', t.refund('r5', 're 2', 'failed', 2500),
    'applied');
SELECT t.equal('the oldest due is paid with it', t.left_on(:d1), 0::bigint);
SELECT t.equal('and part of the next', t.left_on(:d2), 500::bigint);
SELECT t.equal('a person knows', t.tasks(), 'refund_failed');
SELECT t.equal('partly again', t.shown(:'p0'), 'partly_refunded');
SELECT t.equal('it may be tried again', (SELECT r.amount_minor
    FROM pay.refund_request(:'p0', NULL, 'operator', NULL, t.at(6)) AS r),
    2500::bigint);
SELECT t.equal('and refused for good', t.refund('r6', NULL, 'failed', 2500,
    p_refund => (SELECT r.id FROM pay.refund AS r
        WHERE r.state = 'requested')), 'applied');
SELECT t.equal('nothing moved', t.book('processor_clearing'), 2500::bigint);

-- surplus goes back to who paid twice; a bill in between has used it
SELECT t.account('a2') AS a \gset
SELECT t.bill(:a, 'A-3', 1000, '2026-02-10') AS d \gset
SELECT t.open('a2', 'h2'), t.open('a2', 'h3', 'x');
SELECT t.begin('h2', 'k2', 1000) AS p, t.begin('h3', 'k3', 1000,
    p_browser => 'x') AS q \gset
SELECT t.apply(:'p', 'e5', 'captured', 1000, p_ref => 'cs k2'),
    t.apply(:'q', 'e6', 'captured', 1000, p_ref => 'cs k3');
SELECT t.equal('a task and a mail for the second', (SELECT k.payment_id
    FROM audit.task AS k WHERE k.kind = 'duplicate') || ' '
    || (SELECT count(*) FROM audit.outbox AS o WHERE o.template = 'surplus'),
    :'q' || ' 1');
SELECT t.equal('offered', (SELECT s.refundable_minor || ' ' || s.duplicate
    FROM pay.status(:'q', t.h('x'), false, t.at(3)) AS s), '1000 true');
SELECT t.equal('not for the first', (SELECT s.refundable_minor
    FROM pay.status(:'p', t.h('b'), false, t.at(3)) AS s), 0::bigint);
SELECT t.equal('not for a stranger', pay.payer_refund(:'q', t.h('b'), false,
    t.at(3)), 'gone');
SELECT t.equal('wanted', pay.payer_refund(:'q', t.h('x'), false, t.at(3)),
    'created');
SELECT t.equal('not offered twice', (SELECT s.refundable_minor || ' '
    || s.refunding_minor FROM pay.status(:'q', t.h('x'), false, t.at(3))
    AS s), '0 1000');
SELECT t.equal('a double click', pay.payer_refund(:'q', t.h('x'), false,
    t.at(3)), 'same');
SELECT t.bill(:a, 'A-4', 300, '2026-04-10') AS d4 \gset
SELECT t.equal('a new bill uses credit meanwhile', t.left_on(:d4), 0::bigint);
SELECT t.equal('accepted', t.refund('r10', 're 10', 'accepted', 1000,
    p_refund => (SELECT r.id FROM pay.refund AS r
        WHERE r.state = 'requested')), 'applied');
SELECT t.equal('that bill is owed again', t.left_on(:d4), 300::bigint);
SELECT t.equal('the first stays paid', t.left_on(:d), 0::bigint);
SELECT t.equal('no credit left', t.credit(:a), 0::bigint);

-- made at the processor's own desk; before we know of the capture it waits
SELECT t.account('a3') AS a \gset
SELECT t.bill(:a, 'A-5', 1000, '2026-02-10') AS d \gset
SELECT t.open('a3', 'h4');
SELECT t.begin('h4', 'k4', 1000) AS p \gset
SELECT a.order_no AS o FROM pay.attempt AS a WHERE a.id = :'p' \gset
SELECT t.equal('too early', t.refund('r20', 're 20', 'succeeded', 1000,
    'pi k4', NULL, :'o'), 'early');
SELECT t.equal('not kept', (SELECT count(*) FROM audit.processor_event AS e
    WHERE e.event_id = 'r20'), 0::bigint);
SELECT t.equal('asked at once', (SELECT a.next_ask_at <= t.at(10)
    FROM pay.attempt AS a WHERE a.id = :'p'), true);
SELECT pay.apply('sandbox', 'e20', :'p', NULL, 'cs k4', 'captured', 1000,
    'RON', NULL, NULL, NULL, 'query', NULL, t.at(11), 'pi k4');
SELECT t.equal('again, in time', t.refund('r20', 're 20', 'succeeded', 1000,
    'pi k4', NULL, :'o'), 'applied');
SELECT t.equal('all of it', t.shown(:'p') || t.left_on(:d), 'refunded1000');
SELECT t.equal('a second capture of it is another matter', (SELECT b.outcome
    FROM pay.apply('sandbox', 'e21', :'p', NULL, 'cs x', 'captured', 1000,
    'RON', NULL, NULL, NULL, 'notify', NULL, t.at(12), 'pi x') AS b),
    'unmatched');
SELECT t.equal('and goes back out of suspense', t.refund('r21', 're 21',
    'accepted', 1000, 'pi x', NULL, :'o'), 'applied');
SELECT t.equal('suspense', t.book('suspense'), 0::bigint);
SELECT t.equal('unless that fails', t.refund('r22', 're 21', 'failed',
    1000), 'applied');
SELECT t.equal('suspense again', t.book('suspense'), -1000::bigint);
SELECT t.equal('of money nobody knows', t.refund('r23', 're 23', 'accepted',
    70, 'pi nobody'), 'unmatched');
SELECT t.equal('more than is left goes to a person', t.refund('r24', 're 24',
    'succeeded', 200, 'pi k4'), 'applied');
SELECT t.equal('out of suspense', t.book('suspense'), -800::bigint);
SELECT t.equal('who knows', (SELECT count(*) FROM audit.task AS k
    WHERE k.kind = 'refund_excess'), 1::bigint);

-- another sum than we asked for
SELECT t.account('a5') AS a \gset
SELECT t.bill(:a, 'A-6', 1000, '2026-02-10') AS d \gset
SELECT t.open('a5', 'h6');
SELECT t.paid('h6', 'k6', 1000) AS p \gset
SELECT r.refund_id AS r FROM pay.refund_request(:'p', 400, 'operator', NULL,
    t.at(3)) AS r \gset
SELECT t.equal('what really went counts', t.refund('r30', 're 30',
    'accepted', 300, p_refund => :'r'), 'applied');
SELECT t.equal('owed', t.left_on(:d), 300::bigint);
SELECT t.equal('flagged', (SELECT count(*) FROM audit.task AS k
    WHERE k.kind = 'refund_differs' AND k.key = :'r'), 1::bigint);
SELECT t.refused('an illegal move', format('UPDATE pay.refund SET state = '
    '''requested'', txn_id = NULL, last_cause = ''x'', changed_at = t.at(9) '
    'WHERE id = %L', :'r'), '23503');
SELECT t.refused('a posted sum', format('UPDATE pay.refund SET amount_minor '
    '= 1 WHERE id = %L', :'r'), '23514');

-- silence goes on asking, then to a person
SELECT r.refund_id AS r FROM pay.refund_request(:'p', 100, 'operator', NULL,
    t.at(20)) AS r \gset
SELECT pay.refund_claim(10, 1, t.at(20)), pay.refund_ask_failed(:'r',
    t.at(20));
SELECT t.equal('not at once', (SELECT count(*) FROM pay.refund_claim(10, 1,
    t.at(20)) AS c WHERE c.refund_id = :'r'), 0::bigint);
SELECT pay.refund_claim(10, 1, t.at(20 + 60 * 49)), pay.refund_ask_failed(
    :'r', t.at(20 + 60 * 49));
SELECT t.equal('a person has it', (SELECT x.needs_person FROM audit.refund
    AS x WHERE x.refund_id = :'r'), true);
SELECT t.equal('late answer all the same', t.refund('r40', 're 40',
    'succeeded', 100, p_refund => :'r'), 'applied');
SELECT t.equal('done', (SELECT k.done_at IS NOT NULL FROM audit.task AS k
    WHERE k.kind = 'refund_silent' AND k.key = :'r'), true);

-- a processor that has no name for a refund tells it by its sum
SELECT t.account('a7') AS a \gset
SELECT t.bill(:a, 'A-7', 1000, '2026-02-10') AS d \gset
SELECT t.open('a7', 'h7');
SELECT t.paid('h7', 'k7', 1000) AS p \gset
SELECT r.refund_id AS r FROM pay.refund_request(:'p', 200, 'operator', NULL,
    t.at(3)) AS r \gset
SELECT pay.refund_claim(10, 60, t.at(4));
SELECT t.equal('first asked for', (SELECT w.asked_at || ' ' || w.others
    FROM pay.refund_asked(:'r') AS w), t.at(4) || ' 0');
SELECT pay.refund_claim(10, 60, t.at(6));
SELECT t.equal('that stays', (SELECT w.asked_at FROM pay.refund_asked(:'r')
    AS w), t.at(4));
SELECT t.equal('another sum is another refund', t.refund('r50', NULL,
    'succeeded', 100, 'pi k7'), 'applied');
SELECT t.equal('ours is not touched', (SELECT r.state FROM pay.refund AS r
    WHERE r.id = :'r'), 'requested');
SELECT t.equal('a known one again', t.refund('r51', NULL, 'succeeded', 100,
    'pi k7'), 'ignored');
SELECT t.equal('ours, before its answer', t.refund('r52', NULL, 'succeeded',
    200, 'pi k7'), 'applied');
SELECT t.equal('once', (SELECT r.state || count(*) OVER () FROM pay.refund AS r
    WHERE r.payment_id = :'p' AND r.amount_minor = 200), 'succeeded1');
SELECT t.equal('then its answer', t.refund('r53', :'r', 'succeeded', 200,
    p_refund => :'r'), 'ignored');
SELECT t.equal('owed', t.left_on(:d), 300::bigint);
SELECT r.refund_id AS q FROM pay.refund_request(:'p', 200, 'operator', NULL,
    t.at(30)) AS r \gset
SELECT t.equal('two others', (SELECT w.others || ' ' || w.others_minor
    FROM pay.refund_asked(:'q') AS w), '2 300');
SELECT t.equal('a late repetition is not the second', t.refund('r54', NULL,
    'succeeded', 200, 'pi k7'), 'ignored');
SELECT t.equal('which has failed', t.refund('r55', :'q', 'failed', 200,
    p_refund => :'q'), 'applied');
SELECT t.equal('and gives nothing', (SELECT r.processor_ref || ' '
    || t.left_on(:d) FROM pay.refund AS r WHERE r.id = :'q'), :'q' || ' 300');
-- of unmatched money too
SELECT t.equal('money aside', (SELECT b.outcome FROM pay.apply('sandbox',
    'e50', :'p', NULL, 'cs y', 'captured', 400, 'RON', NULL, NULL, NULL,
    'notify', NULL, t.at(31), 'pi y') AS b), 'unmatched');
SELECT t.equal('went back', t.refund('r56', NULL, 'accepted', 400, 'pi y'),
    'applied');
SELECT t.equal('nobody can ask about it', (SELECT r.next_ask_at FROM
    pay.refund AS r WHERE r.unmatched_id IS NOT NULL
    AND r.amount_minor = 400), NULL::timestamptz);
SELECT t.equal('once', t.refund('r57', NULL, 'accepted', 400, 'pi y'),
    'ignored');

-- a person says that a refund failed, and it was made all the same
SELECT t.account('a8') AS a \gset
SELECT t.bill(:a, 'A-8', 1000, '2026-02-10') AS d \gset
SELECT t.open('a8', 'h8');
SELECT t.paid('h8', 'k8', 1000) AS p \gset
SELECT r.refund_id AS r FROM pay.refund_request(:'p', 300, 'operator', NULL,
    t.at(40)) AS r \gset
SELECT t.equal('resolved', (SELECT b.state FROM pay.refund_apply('sandbox',
    'operator: x', :'r', :'p', NULL, NULL, NULL, NULL, 'failed', 300, 'RON',
    'refused', 'operator', NULL, t.at(41)) AS b), 'failed');
SELECT t.equal('not so', t.refund('r60', 're 60', 'succeeded', 300,
    p_refund => :'r'), 'ignored');
SELECT t.equal('a person hears of it', (SELECT k.done_at IS NULL
    FROM audit.task AS k WHERE k.kind = 'refund_differs' AND k.key = :'r'),
    true);
UPDATE pay.refund SET processor_ref = 're 60' WHERE id = :'r';
SELECT t.equal('and its payout does not match', (SELECT l.outcome
    FROM pay.payout_line_of('sandbox', 'RON', 'refund', 're 60', -300, 0)
    AS l), 'differs');
