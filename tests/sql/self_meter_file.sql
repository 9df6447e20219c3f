-- Readings of many meters in one file: whose they may be, what is said of
-- each, what the owners learn of it.
\ir meter.inc
SELECT t.account('f1') AS a, t.account('f2') AS b, t.account('f3') AS c,
    t.route('F', 5, 20) AS r, t.route('G', 25, 28) AS g \gset
CREATE FUNCTION t.login(p_mail text, p_session text, p_role text,
    p_accounts bigint[], p_scope text[] DEFAULT '{}',
    p_by bigint DEFAULT NULL) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    v_id bigint;
BEGIN
    INSERT INTO auth.login (email_key, email, password, language, source,
        created_at, password_at)
    VALUES (t.h(p_mail), p_mail, '$argon2id$', 'ro', 'web', t.at(0), t.at(0))
    RETURNING id INTO v_id;
    INSERT INTO auth.login_account (login_id, account_id, role, state, scope,
        invited_by, created_at, ends_at)
    SELECT v_id, a, p_role, 'active', p_scope, p_by, t.at(0),
        CASE WHEN p_by IS NOT NULL THEN t.at(9000) END
    FROM unnest(p_accounts) AS u (a);
    INSERT INTO auth.session (key, login_id, stage, kept, agent, started_at,
        seen_at, confirmed_at, idle, ends_at)
    VALUES (t.h(p_session), v_id, 'in', false, '', t.at(0), t.at(0), t.at(0),
        interval '1 day', t.at(14400));
    RETURN v_id;
END $$;
SELECT t.login('own@x.ro', 'so', 'holder', ARRAY[:a, :b]) AS own \gset
SELECT t.login('adm@x.ro', 'sa', 'delegate', ARRAY[:a, :b],
        '{see,read_meter}', :own) AS adm,
    t.login('acc@x.ro', 'sc', 'delegate', ARRAY[:a, :b], '{see,pay}', :own)
        AS acc,
    t.login('eve@x.ro', 'se', 'holder', ARRAY[:c]) AS eve \gset

SELECT t.meter(:a, 'E-1', :r) AS e1, t.meter(:b, 'E 2', :r, '{day,night}')
    AS e2, t.meter(:c, 'E-3', :r) AS e3, t.meter(:a, 'E-4', :g) AS e4,
    t.meter(:a, 'TWO', :r) AS w1, t.meter(:b, 't w o', :r) AS w2,
    t.meter(:a, 'OLD', :r) AS old, t.meter(:a, 'o-l-d', :r) AS new \gset
UPDATE meter.meter SET removed_on = '2026-02-01' WHERE public_id = :'old';
SELECT t.index(:'e1', '2026-02-10', 1000), t.index(:'e1', '2025-02-10', 100),
    t.index(:'e2', '2026-02-10', 1000),
    t.index(:'e2', '2026-02-10', 500, p_no => 2),
    t.index(:'e2', '2025-02-10', 100, p_no => 2),
    t.index(:'e3', '2026-02-10', 1000);
SELECT t.meter(:c, 'e 1', :r);

-- what is said of each item: "0 accepted", with the register where it matters
CREATE FUNCTION t.file(p_session text, p_items text, p_confirm integer
    DEFAULT 0, p_key text DEFAULT 'file', p_minutes numeric DEFAULT 0)
RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(concat_ws(' ', s.item, s.outcome, s.register,
        s.day_micro, s.usual_micro, CASE WHEN s.day_micro IS NOT NULL
            THEN s.unit END), ', ' ORDER BY s.item, s.register)
    FROM self.meter_file_submit(t.h(p_session), p_items::jsonb, p_confirm,
        t.h(p_key), t.at(p_minutes)) AS s $$;

-- the list to fill in: by place, without what was taken down; nobody else's
SELECT t.equal('to fill in', (SELECT string_agg(concat_ws(':', l.serial,
        l.register, l.last_milli, l.last_on), ' ')
    FROM self.meter_file_list(t.h('sa'), t.at(0)) AS l
    WHERE l.serial LIKE 'E%'),
    'E 2:1:1000000:2026-02-10 E 2:2:500000:2026-02-10 '
    || 'E-1:1:1000000:2026-02-10 E-4:1');
SELECT t.equal('how many', (SELECT count(*) FROM
    self.meter_file_list(t.h('sa'), t.at(0))), 7::bigint);
SELECT t.equal('without the right', (SELECT count(*) FROM
    self.meter_file_list(t.h('sc'), t.at(0))), 0::bigint);
SELECT t.equal('nobody', (SELECT count(*) FROM
    self.meter_file_list(t.h('none'), t.at(0))), 0::bigint);

-- refusals; another's meter is as unknown as none
BEGIN;
SELECT t.equal('refused', t.file('sa', '[{"k":"E3","v":{"1":1100000}},
    {"k":"NONE","v":{"1":1100000}}, {"k":"TWO","v":{"1":1}},
    {"k":"E2","v":{"1":1100000}}, {"k":"E2","v":{"1":1,"2":1,"3":1}},
    {"k":"E1","v":{"2":1}}, {"k":"E1","v":{"1":999000}},
    {"k":"E2","v":{"1":1100000,"2":499000}},
    {"k":"E1","v":{"1":1100000},"d":"2026-03-01"},
    {"k":"E1","v":{"1":1100000},"d":"2026-03-11"},
    {"k":"E1","v":{"1":1100000},"d":"2026-02-10"},
    {"k":"E1","v":{"1":1100500}}, {"k":"E1","v":{"1":100000000}},
    {"k":"E4","v":{"1":5000}}, {"k":"E3","v":{"2":1}}]'),
    '0 unknown, 1 unknown, 2 several, 3 registers, 4 registers, '
    || '5 registers, 6 lower 1, 7 lower 2, 8 early, 9 future 1, '
    || '10 not_later 1, 11 decimals 1, 12 too_long 1, 13 closed, '
    || '14 unknown');
SELECT t.equal('who may only see', t.file('sc',
    '[{"k":"E1","v":{"1":1100000}}]'), '0 unknown');
SELECT t.equal('nobody', t.file('none', '[{"k":"E1","v":{"1":1100000}}]'),
    '0 unknown');
SELECT t.equal('nothing is kept', (SELECT count(*) FROM meter.submission),
    0::bigint);
-- 900 a year are 2.465753 a day
SELECT t.equal('doubts', t.file('sa', '[{"k":"E1","v":{"1":1300000}},
    {"k":"E2","v":{"1":1000000,"2":500000}}]'),
    '0 high 1 10714285 2465753 KWH, 1 zero 1 0 KWH, 1 zero 2 0 KWH');
SELECT t.equal('high above all', t.file('sa',
    '[{"k":"E1","v":{"1":1900000}}]', 1),
    '0 very_high 1 32142857 2465753 KWH');
SELECT t.equal('no more than that', t.file('sa',
    '[{"k":"E2","v":{"1":1000000,"2":900000}}]', 1),
    '0 very_high 2 14285714 1095890 KWH');
SELECT t.equal('confirmed', t.file('sa', '[{"k":"E1","v":{"1":1900000}},
    {"k":"E2","v":{"1":1000000,"2":500000}}]', 2),
    '0 in_check 1, 1 accepted 1');
ROLLBACK;

-- one file, twice; one value of it changed
SELECT t.equal('sent', t.file('sa', '[{"k":"E1","v":{"1":1070000}},
    {"k":"E2","v":{"1":1100000,"2":550000},"d":"2026-03-09"},
    {"k":"OLD","v":{"1":7000}}]'), '0 accepted, 1 accepted, 2 accepted');
SELECT t.equal('again', t.file('sa', '[{"k":"E1","v":{"1":1070000}},
    {"k":"E1","v":{"1":1071000}}]'), '0 same, 1 conflict');
SELECT t.equal('which of two', t.versions(:'new'), '7 accepted');
SELECT t.equal('how', (SELECT string_agg(DISTINCT s.source || ' '
    || s.read_on, ', ') FROM meter.submission AS s),
    'csv 2026-03-09, csv 2026-03-10');
SELECT t.equal('no mail each', (SELECT count(*) FROM notify.outbox),
    0::bigint);
SELECT t.equal('what came', (SELECT string_agg(concat_ws(' ', s.serial,
        s.register_kind, s.value_milli, s.state), ', ')
    FROM self.meter_file_sent(t.h('so'), t.h('file'), t.at(1)) AS s),
    'E 2 day 1100000 accepted, E 2 night 550000 accepted, '
    || 'E-1 single 1070000 accepted, o-l-d single 7000 accepted');
SELECT t.equal('not for who only sees', (SELECT count(*) FROM
    self.meter_file_sent(t.h('sc'), t.h('file'), t.at(1))), 0::bigint);
SELECT t.equal('another file', (SELECT count(*) FROM
    self.meter_file_sent(t.h('so'), t.h('other'), t.at(1))), 0::bigint);

-- the owner's log: a line an account; nothing if it was the owner
SELECT self.meter_file_end(t.h('sa'), t.h('file'), t.at(1));
SELECT t.equal('noted', (SELECT string_agg(e.detail, ', ' ORDER BY e.detail)
    FROM auth.event AS e WHERE e.login_id = :own
        AND e.kind = 'delegate_reading'),
    (SELECT string_agg(format('adm@x.ro · …%s · CSV: %s',
        a.payment_code_hint, n.count), ', ' ORDER BY format(
        'adm@x.ro · …%s · CSV: %s', a.payment_code_hint, n.count))
    FROM (VALUES (:a, 2), (:b, 1)) AS n (id, count)
    JOIN customer.account AS a ON a.id = n.id));
SELECT self.meter_file_end(t.h('so'), t.h('file'), t.at(2));
SELECT t.equal('not oneself', (SELECT count(*) FROM auth.event AS e
    WHERE e.kind = 'delegate_reading'), 2::bigint);
