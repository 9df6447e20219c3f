-- Readings: windows, order, doubts, versions, reviews, guests.
\ir meter.inc
SELECT t.account('m1') AS a, t.account('m2') AS b,
    t.route('R', 5, 20) AS r, t.route('X', 25, 5, true) AS x \gset

-- windows (the rule in full is compared with C's by reading_rules_test)
SELECT t.equal('open', (SELECT w::text FROM meter.window_on(:r,
    '2026-03-20') AS w), '(2026-03-05,2026-03-20,2026-04-05,2026-04-20)');
SELECT t.equal('closed', (SELECT w::text FROM meter.window_on(:r,
    '2026-03-21') AS w), '(,,2026-04-05,2026-04-20)');
SELECT t.equal('over the month''s end', (SELECT w::text
    FROM meter.window_on(:x, '2026-03-03') AS w),
    '(2026-02-25,2026-03-05,2026-03-25,2026-04-05)');
SELECT t.equal('no route', (SELECT w::text FROM meter.window_on(NULL,
    '2026-03-03') AS w), '(,,,)');

-- references: no two alike, and the check character holds
SELECT t.equal('references', (SELECT count(DISTINCT ops.reference(n))
    FROM generate_series(1, 20000) AS n), 20000::bigint);
SELECT t.equal('form', (SELECT bool_and(ops.reference(n)
    ~ '^[2-9A-HJKMNP-Z]{8}$') FROM generate_series(1, 2000) AS n), true);
SELECT t.equal('checks', (SELECT bool_and(s.sum % 31 = 0)
    FROM generate_series(1, 2000) AS n
    CROSS JOIN LATERAL (SELECT sum((strpos('23456789ABCDEFGHJKMNPQRSTUVWXYZ',
        substr(ops.reference(n), i, 1)) - 1) * (i % 8 + 1)) AS sum
        FROM generate_series(1, 8) AS i) AS s), true);

-- a plain meter: each outcome in its order
SELECT t.meter(:a, 'E1', :r) AS e \gset
SELECT t.says('no index yet', :a, :'e', '{1000}', 'k0', 'accepted',
    '2026-03-06');
SELECT t.equal('nothing to compare with', t.versions(:'e'), '1000 accepted');
SELECT t.meter(:a, 'E2', :r) AS e \gset
SELECT t.index(:'e', '2025-02-09', 100);
SELECT t.index(:'e', '2025-03-10', 245);
SELECT t.index(:'e', '2026-02-10', 1000);
SELECT t.says('not theirs', :b, :'e', '{1150}', 'k', 'unknown');
SELECT t.says('no such', :a, gen_random_uuid(), '{1150}', 'k', 'unknown');
SELECT t.says('too many values', :a, :'e', '{1150,1}', 'k', 'registers');
SELECT t.says('no value', :a, :'e', '{}', 'k', 'registers');
SELECT t.says('a null', :a, :'e', '{NULL}', 'k', 'registers');
SELECT t.says('digits', :a, :'e', '{100000}', 'k', 'too_long');
SELECT t.says('below nothing', :a, :'e', '{-1}', 'k', 'too_long');
SELECT t.equal('decimals', (SELECT s.outcome FROM meter.submit(ARRAY[:a],
    :'e', '{1150500}', '2026-03-10', 'self_read', 0, t.h('k'), NULL, 'ro',
    t.at(0)) AS s), 'decimals');
SELECT t.says('lower', :a, :'e', '{999}', 'k', 'lower');
SELECT t.says('lower before the date', :a, :'e', '{999}', 'k', 'lower',
    '2026-02-10');
SELECT t.says('that day', :a, :'e', '{1150}', 'k', 'not_later',
    '2026-02-10');
SELECT t.says('tomorrow', :a, :'e', '{1150}', 'k', 'future', '2026-03-11');
SELECT t.says('before the window', :a, :'e', '{1150}', 'k', 'early',
    '2026-03-04');
SELECT t.says('its last day, in Bucharest', :a, :'e', '{1150}', 'k',
    'closed', '2026-03-20', 0, 10 * 1440 + 14 * 60);
SELECT t.says('zero', :a, :'e', '{1000}', 'k', 'confirm');
SELECT t.equal('none of these left a trace', t.versions(:'e'), NULL::text);
SELECT t.says('high', :a, :'e', '{1700}', 'k', 'confirm');
SELECT t.says('high, confirmed', :a, :'e', '{1700}', 'k1', 'in_check',
    p_confirm => 1);
SELECT t.says('again', :a, :'e', '{1700}', 'k1', 'same', p_minutes => 5000);
SELECT t.says('the key for another value', :a, :'e', '{1701}', 'k1',
    'conflict');
SELECT t.says('the key for another day', :a, :'e', '{1700}', 'k1',
    'conflict', '2026-03-09');
SELECT t.says('very high needs more', :a, :'e', '{3000}', 'k2', 'confirm',
    p_confirm => 1);
SELECT t.says('corrected', :a, :'e', '{1150}', 'k3', 'accepted',
    p_minutes => 1);
SELECT t.equal('versions', t.versions(:'e'), '1700 replaced, 1150 accepted');
SELECT t.equal('the review went with it', (SELECT string_agg(v.state, ' ')
    FROM ops.review AS v), 'withdrawn');
SELECT t.says('lower than the version before', :a, :'e', '{1140}', 'k4',
    'accepted', '2026-03-09', 0, 2);
SELECT t.equal('corrects', (SELECT g.corrects = (SELECT x.id
    FROM meter.reading AS x WHERE x.value_milli = 1150000)
    FROM meter.reading AS g WHERE g.value_milli = 1140000), true);
SELECT t.equal('a mail each', (SELECT string_agg(r.value_milli / 1000 || ' '
    || r.state, ', ' ORDER BY o.id) FROM notify.outbox AS o CROSS JOIN LATERAL
    meter.received((o.args ->> 'submission_id')::uuid) AS r
    WHERE o.template = 'reading_received'), '1000 accepted, 1700 replaced, '
    '1150 replaced, 1140 accepted');

-- what is shown
SELECT t.equal('list', (SELECT l.last_milli || ' ' || l.sent_state || ' '
    || l.sent_milli || ' ' || l.opens_on || ' ' || l.closes_on || ' '
    || l.read_method FROM meter.list(ARRAY[:a], t.at(3)) AS l
    WHERE l.meter = :'e'),
    '1140000 accepted 1140000 2026-03-05 2026-03-20 self');
SELECT t.equal('not another''s', (SELECT count(*)
    FROM meter.list(ARRAY[:b], t.at(3))), 0::bigint);
SELECT t.equal('figures as if it were not sent', (SELECT f.last_milli || ' '
    || f.last_on || ' ' || f.season_micro FROM meter.figures(ARRAY[:a], :'e',
    '2026-03-10', t.at(3)) AS f), '1000000 2026-02-10 5000000');
SELECT t.equal('history', (SELECT string_agg(h.value_milli / 1000 || ':'
    || coalesce(h.use_milli / 1000, -1) || ':' || h.state, ' '
    ORDER BY h.read_on DESC, h.reading_id DESC)
    FROM meter.history(ARRAY[:a], :'e', '2025-03-01') AS h),
    '1150:-1:replaced 1700:-1:replaced 1140:140:accepted 1000:755:accepted '
    || '245:145:accepted');
SELECT t.equal('history of another', (SELECT count(*)
    FROM meter.history(ARRAY[:b], :'e', '2025-03-01')), 0::bigint);
SELECT t.equal('sent', (SELECT s.value_milli || ' ' || s.use_milli || ' '
    || s.days || ' ' || s.correctable_until
    FROM meter.submission AS n CROSS JOIN LATERAL meter.sent(ARRAY[:a],
    n.public_id, t.at(3)) AS s WHERE s.value_milli = 1140000),
    '1140000 140000 27 2026-03-20');
SELECT t.equal('sent, after the window', (SELECT s.correctable_until
    FROM meter.submission AS n CROSS JOIN LATERAL meter.sent(ARRAY[:a],
    n.public_id, t.at(16000)) AS s WHERE s.value_milli = 1140000),
    NULL::date);
SELECT t.equal('view', (SELECT string_agg(v.register || ' ' || v.source
    || ' ' || v.state, ', ' ORDER BY v.reading_id) FROM audit.reading AS v
    JOIN meter.meter AS m ON m.id = v.meter_id WHERE m.public_id = :'e'
    AND v.read_on >= '2026-03-01'), '1 self_read replaced, '
    '1 self_read replaced, 1 self_read accepted');

-- billed: nothing more in this window, and the row keeps what it says
UPDATE meter.reading SET billed = true WHERE value_milli = 1140000;
SELECT t.says('billed', :a, :'e', '{1160}', 'k5', 'billed');
SELECT t.refused('unbilled', 'UPDATE meter.reading SET billed = false
    WHERE value_milli = 1140000', '42501');
SELECT t.refused('replaced', $$UPDATE meter.reading SET state = 'replaced'
    WHERE value_milli = 1140000$$, '42501');
SELECT t.refused('another value', 'UPDATE meter.reading SET value_milli = 1
    WHERE value_milli = 1150000', '42501');
SELECT t.refused('back again', $$UPDATE meter.reading SET state = 'accepted'
    WHERE value_milli = 1150000$$, '42501');
SELECT t.refused('deleted', 'DELETE FROM meter.reading', '42501');
SELECT t.refused('emptied', 'TRUNCATE meter.reading CASCADE', '42501');
SELECT t.refused('a submission', $$UPDATE meter.submission
    SET read_on = '2026-01-01'$$, '42501');
SELECT t.refused('two that count', $$INSERT INTO meter.reading (register_id,
    value_milli, received_at, read_on, source, state)
    SELECT g.register_id, 1, g.received_at, g.read_on, 'read', 'accepted'
    FROM meter.reading AS g WHERE g.value_milli = 1140000$$, '23505');
SELECT t.says('the next window', :a, :'e', '{1200}', 'k6', 'accepted',
    '2026-04-06', 0, 27 * 1440);

-- the dial rolls over; the meter is replaced
SELECT t.meter(:a, 'E3', :r) AS e \gset
SELECT t.index(:'e', '2026-02-10', 99900);
SELECT t.says('rolls over', :a, :'e', '{50}', 'k', 'accepted');
SELECT t.equal('use over the end', (SELECT h.use_milli
    FROM meter.history(ARRAY[:a], :'e', '2026-03-01') AS h), 150000::bigint);
SELECT t.meter(:a, 'E4', :r) AS old \gset
SELECT t.index(:'old', '2025-02-10', 5000), t.index(:'old', '2026-02-10',
    6825);
UPDATE meter.meter SET removed_on = '2026-02-10' WHERE public_id = :'old';
INSERT INTO meter.meter (supply_point_id, kind, serial)
    SELECT m.supply_point_id, 'electricity', 'E4b' FROM meter.meter AS m
    WHERE m.public_id = :'old' RETURNING public_id AS new \gset
UPDATE meter.meter SET replaced_by = (SELECT n.id FROM meter.meter AS n
    WHERE n.public_id = :'new') WHERE public_id = :'old';
INSERT INTO meter.register (meter_id, no, unit, digits)
    SELECT n.id, 1, 'KWH', 5 FROM meter.meter AS n
    WHERE n.public_id = :'new';
SELECT t.index(:'new', '2026-02-10', 0);
SELECT t.says('the old one is gone', :a, :'old', '{6900}', 'k', 'removed');
SELECT t.says('what was usual goes over', :a, :'new', '{700}', 'k',
    'confirm');
SELECT t.says('on the new one', :a, :'new', '{140}', 'k', 'accepted');

-- below an estimate: a person looks
SELECT t.meter(:a, 'E5', :r) AS e \gset
SELECT t.index(:'e', '2026-01-10', 500), t.index(:'e', '2026-02-10', 900,
    'estimated');
SELECT t.says('below the last that was read', :a, :'e', '{499}', 'k',
    'lower');
SELECT t.says('below the estimate', :a, :'e', '{600}', 'k', 'confirm');
SELECT t.says('confirmed', :a, :'e', '{600}', 'k', 'in_check',
    p_confirm => 1);

-- reviews
SELECT max(v.id) AS v FROM ops.review AS v WHERE v.state = 'open' \gset
SELECT t.equal('what it is about', (SELECT v.args ->> 'serial' || ' '
    || (v.args -> 'doubts' -> 0 ->> 'word') FROM ops.review AS v
    WHERE v.id = :v), 'E5 below_estimate');
SELECT t.refused('without a name', 'SELECT ops.review_decide(' || :v
    || ', ''approved'', NULL, NULL, t.at(5))', '22023');
SELECT t.refused('without a reason', 'SELECT ops.review_decide(' || :v
    || ', ''refused'', ''Ana'', NULL, t.at(5))', '22023');
SELECT t.equal('approved', ops.review_decide(:v, 'approved', 'Ana', NULL,
    t.at(5)), 'done');
SELECT t.equal('decided before', ops.review_decide(:v, 'refused', 'Ana',
    'no', t.at(6)), 'gone');
SELECT t.equal('counts', t.versions(:'e'), '600 accepted');
SELECT t.says('doubtful again', :a, :'e', '{550}', 'kr', 'in_check',
    p_confirm => 2, p_minutes => 7);
SELECT max(v.id) AS v FROM ops.review AS v WHERE v.state = 'open' \gset
SELECT t.equal('refused', ops.review_decide(:v, 'refused', 'Ana',
    'the photo shows another meter', t.at(8)), 'done');
SELECT t.equal('with its reason', (SELECT h.state || ': ' || h.reason
    FROM meter.history(ARRAY[:a], :'e', '2026-03-01') AS h LIMIT 1),
    'refused: the photo shows another meter');
SELECT t.says('once more', :a, :'e', '{560}', 'ks', 'in_check',
    p_confirm => 2, p_minutes => 9);
SELECT max(v.id) AS v FROM ops.review AS v WHERE v.state = 'open' \gset
SELECT t.index(:'e', '2026-03-11', 601);
SELECT t.equal('overtaken', ops.review_decide(:v, 'approved', 'Ana', NULL,
    t.at(10)), 'overtaken');
SELECT t.equal('still there', (SELECT v.state FROM ops.review AS v
    WHERE v.id = :v), 'open');
SELECT t.equal('none such', ops.review_decide(-1, 'approved', 'Ana', NULL,
    t.at(10)), 'gone');
SELECT t.refused('a kind of no list', $$INSERT INTO ops.review (kind,
    subject_id, created_at) VALUES ('iban', 1, t.at(0))$$, '23514');
INSERT INTO ops.review (kind, subject_id, created_at)
    VALUES ('representative', 1, t.at(0)) RETURNING id AS v \gset
SELECT t.equal('about nobody', ops.review_decide(:v, 'approved',
    'Ana', NULL, t.at(10)), 'gone');

-- day and night: both or none; a doubt about one holds both
SELECT t.meter(:a, 'DN', :r, '{day,night}') AS e \gset
SELECT t.index(:'e', '2025-03-10', 100), t.index(:'e', '2025-03-10', 50,
    'read', 2), t.index(:'e', '2026-02-10', 3470),
    t.index(:'e', '2026-02-10', 1000, 'read', 2);
SELECT t.says('one is missing', :a, :'e', '{3750}', 'k', 'registers');
SELECT t.equal('which', (SELECT s.outcome || s.register FROM t.send(:a, :'e',
    '{3750,900}', 'k') AS s), 'lower2');
SELECT t.equal('doubt', (SELECT s.outcome || s.register || (s.doubts -> 0
    ->> 'word') FROM t.send(:a, :'e', '{3750,1900}', 'k') AS s),
    'confirm2very_high');
SELECT t.says('both', :a, :'e', '{3750,1900}', 'k', 'in_check',
    p_confirm => 2);
SELECT t.equal('both wait', t.versions(:'e') || t.versions(:'e', 2),
    '3750 in_check1900 in_check');
SELECT t.says('both', :a, :'e', '{3750,1090}', 'k2', 'accepted');
SELECT t.equal('one mail', (SELECT count(*) FROM (SELECT o.args
        FROM notify.outbox AS o ORDER BY o.id DESC LIMIT 1) AS o
    CROSS JOIN LATERAL meter.received((o.args ->> 'submission_id')::uuid)),
    2::bigint);

-- outside of the window, for information; from the office, at any time
SELECT t.meter(:a, 'W1', :x) AS e \gset
SELECT t.index(:'e', '2026-02-20', 10);
SELECT t.says('kept', :a, :'e', '{12}', 'k', 'informative');
SELECT t.says('not kept', :a, :'e', '{9}', 'k2', 'lower');
SELECT t.equal('does not count', (SELECT l.last_milli
    FROM meter.list(ARRAY[:a], t.at(0)) AS l WHERE l.serial = 'W1'),
    10000::bigint);
SELECT t.says('the office', :a, :'e', '{13}', 'k3', 'accepted',
    p_source => 'office');
SELECT t.refused('a source of no customer', 'SELECT t.send(1, ''' || :'e'
    || ''', ''{1}'', ''k'', p_source => ''read'')', '22023');
SELECT t.meter(:a, 'W2', NULL) AS e \gset
SELECT t.says('no route', :a, :'e', '{12}', 'k', 'closed');

-- versions of a window are bounded
SELECT t.meter(:a, 'MANY', :r) AS e \gset
SELECT t.send(:a, :'e', ARRAY[1000 + n], 'many' || n)
    FROM generate_series(1, 20) AS n;
SELECT t.says('one more', :a, :'e', '{1021}', 'many21', 'many');

-- guests: the answer is the same whatever there is
UPDATE customer.account SET client_code_hash = t.h('client')
    WHERE id = :b;
SELECT t.meter(:b, 'GAS 77-1', :r, '{single}', 'gas') AS g \gset
SELECT t.index(:'g', '2026-02-10', 100);
CREATE FUNCTION t.guest(p_client text, p_serial text, p_units bigint,
    p_key text, p_on date DEFAULT '2026-03-10') RETURNS text LANGUAGE sql AS
$$ SELECT s.outcome || coalesce(length(s.reference), 0)
    FROM meter.guest_submit(t.h(p_client), p_serial, ARRAY[p_units * 1000],
        p_on, t.h('adr'), t.h('b'), t.h(p_key), '{}', t.at(0)) AS s $$;
SELECT t.equal('hit', t.guest('client', 'gas 77 1', 130, 'g1'), 'received8');
SELECT t.equal('miss', t.guest('nobody', 'gas 77 1', 130, 'g2'),
    'received8');
SELECT t.equal('other meter', t.guest('client', 'E1', 130, 'g3'),
    'received8');
SELECT t.equal('lower', t.guest('client', 'GAS771', 90, 'g4'), 'received8');
SELECT t.equal('again', t.guest('client', 'GAS771', 90, 'g4'), 'same8');
SELECT t.equal('other content', t.guest('client', 'GAS771', 91, 'g4'),
    'conflict8');
SELECT t.equal('tomorrow', t.guest('client', 'GAS771', 91, 'g5',
    '2026-03-11'), 'future0');
SELECT t.equal('no serial', t.guest('client', ' - ', 91, 'g5'), 'serial0');
SELECT t.equal('nothing yet', t.versions(:'g'), NULL::text);
SELECT t.equal('taken', meter.inbox_take(10, t.at(1)), 4);
SELECT t.equal('taken once', meter.inbox_take(10, t.at(1)), 0);
SELECT t.equal('outcomes', (SELECT string_agg(i.outcome, ' ' ORDER BY i.id)
    FROM meter.inbox AS i), 'stored miss miss stored');
SELECT t.equal('the odd one waits', t.versions(:'g'),
    '130 replaced, 90 in_check');
SELECT t.equal('misses are counted', (SELECT sum(m.used)::bigint
    FROM ops.miss AS m), 2::bigint);
SELECT t.equal('the reference is the guest''s', (SELECT count(*)
    FROM meter.submission AS s JOIN meter.inbox AS i USING (reference)),
    2::bigint);
SELECT t.says('the customer', :b, :'g', '{131}', 'kg', 'accepted');
SELECT t.equal('a guest after the customer', t.guest('client', 'GAS771', 150,
    'g6'), 'received8');
SELECT t.equal('taken', meter.inbox_take(10, t.at(1)), 1);
SELECT t.equal('does not replace', t.versions(:'g'),
    '130 replaced, 90 replaced, 131 accepted, 150 in_check');
SELECT t.equal('forgotten', meter.inbox_take(10, t.at(50000)), 0);
SELECT t.equal('none is left', (SELECT count(*) FROM meter.inbox), 0::bigint);
SELECT t.equal('throttled in the end', (SELECT string_agg(DISTINCT
    t.guest('client', 'GAS771', n, 'flood' || n), ' ' ORDER BY
    t.guest('client', 'GAS771', n, 'flood' || n))
    ~ 'throttled0' FROM generate_series(1, 120) AS n), true);
