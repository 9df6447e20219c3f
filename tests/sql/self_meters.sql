-- Meters of who is logged in: who sees and who sends what, what is shown.
\ir meter.inc
SELECT t.account('n1') AS a, t.account('n2') AS b, t.account('n3') AS c,
    t.route('R', 5, 20) AS r, t.route('X', 25, 5) AS x \gset
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
SELECT t.login('ana@x.ro', 'sa') AS ana, t.login('see@x.ro', 'ss') AS see,
    t.login('del@x.ro', 'sd') AS del, t.login('eve@x.ro', 'se') AS eve,
    t.login('ion77', 'si') AS ion \gset
SELECT t.holds(:ana, :a), t.holds(:ana, :b), t.holds(:eve, :c),
    t.holds(:ion, :a), t.lends(:ana, :see, :a, '{see}'),
    t.lends(:ana, :del, :a, '{see,read_meter}');
SELECT t.meter(:a, 'E1', :r) AS e, t.meter(:a, 'W1', :x, '{single}', 'water')
    AS w, t.meter(:b, 'E2', :r, '{day,night}') AS d,
    t.meter(:c, 'E3', :r) AS f \gset
SELECT t.index(:'e', '2025-12-31', 500), t.index(:'e', '2026-01-31', 600),
    t.index(:'e', '2026-02-20', 650), t.index(:'d', '2026-01-31', 10),
    t.index(:'d', '2026-01-31', 20, 'estimated', 2),
    t.index(:'f', '2026-01-31', 7777);
UPDATE meter.reading SET billed = true WHERE read_on < '2026-02-01';

CREATE FUNCTION t.list(p_session text, p_find text DEFAULT NULL,
    p_limit integer DEFAULT 25, p_skip integer DEFAULT 0,
    p_place bigint DEFAULT NULL, p_meter uuid DEFAULT NULL,
    p_minutes numeric DEFAULT 1) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(m.serial || '.' || m.register || ' ' || concat_ws(' ',
        m.last_milli / 1000, m.use_milli / 1000, m.use_since, m.closes_on,
        CASE WHEN m.may_send THEN 'may' END, m.sent_state), ', ')
    FROM self.meters(t.h(p_session), p_meter, (SELECT a.public_id
        FROM customer.account AS a WHERE a.id = p_place), p_find, p_limit,
        p_skip, t.at(p_minutes)) AS m $$;
CREATE FUNCTION t.many(p_session text, p_limit integer) RETURNS bigint
LANGUAGE sql AS $$ SELECT max(m.matches) FROM self.meters(t.h(p_session),
    NULL, NULL, NULL, p_limit, 0, t.at(1)) AS m $$;

-- the list
SELECT t.equal('all', t.list('sa'), 'E1.1 650 50 2026-01-31 2026-03-20 may, '
    'E2.1 10 2026-03-20 may, E2.2 20 2026-03-20 may, W1.1 may');
SELECT t.equal('a page', t.list('sa', NULL, 1, 1),
    'E2.1 10 2026-03-20 may, E2.2 20 2026-03-20 may');
SELECT t.equal('how many', t.many('sa', 1), 3::bigint);
SELECT t.equal('a place', t.list('sa', NULL, 25, 0, :b),
    'E2.1 10 2026-03-20 may, E2.2 20 2026-03-20 may');
SELECT t.equal('another''s place', t.list('sa', NULL, 25, 0, :c), NULL);
SELECT t.equal('by number', t.list('sa', 'w'), 'W1.1 may');
SELECT t.equal('by address', t.list('sa', 'STREET 1', 1),
    'E1.1 650 50 2026-01-31 2026-03-20 may');
SELECT t.equal('who may only see', t.list('ss', 'E1'),
    'E1.1 650 50 2026-01-31 2026-03-20');
SELECT t.equal('who may read', t.list('sd', 'E1'),
    'E1.1 650 50 2026-01-31 2026-03-20 may');
SELECT t.equal('no longer', t.list('sd', p_minutes => 100), NULL);
SELECT t.equal('no session', t.list('none'), NULL);
SELECT t.equal('one', t.list('sa', p_meter => :'w'), 'W1.1 may');

-- what is foreign is as unknown as what does not exist
CREATE FUNCTION t.nothing(p_session text, p_meter uuid) RETURNS bigint
LANGUAGE sql AS $$ SELECT (SELECT count(*) FROM self.meters(t.h(p_session),
        p_meter, NULL, NULL, 25, 0, t.at(1)))
    + (SELECT count(*) FROM self.meter_figures(t.h(p_session), p_meter,
        '2026-03-10', t.at(1)))
    + (SELECT count(*) FROM self.meter_history(t.h(p_session), p_meter,
        '2024-03-10', t.at(1))) $$;
SELECT t.equal('foreign', t.nothing('sa', :'f'), 0::bigint);
SELECT t.equal('unknown', t.nothing('sa', gen_random_uuid()), 0::bigint);
SELECT t.equal('one''s own', t.nothing('se', :'f'), 3::bigint);
SELECT t.equal('another''s place of a delegate', t.nothing('sd', :'d'),
    0::bigint);

-- windows by place
CREATE FUNCTION t.windows(p_session text, p_minutes numeric DEFAULT 1)
RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(concat_ws(' ', a.payment_code_hint, w.due || 'due',
        w.sent || 'sent', (SELECT m.serial FROM meter.meter AS m
        WHERE m.public_id = w.meter), w.closes_on, w.days_left,
        w.next_opens_on, w.next_closes_on, CASE WHEN w.may_send THEN 'may'
        END), ', ' ORDER BY a.id)
    FROM self.meter_windows(t.h(p_session), t.at(p_minutes)) AS w
    JOIN customer.account AS a ON a.public_id = w.place $$;
SELECT t.equal('windows', t.windows('sa'), 'n1 1due 0sent E1 2026-03-20 11 '
    '2026-03-25 2026-04-05 may, n2 1due 0sent E2 2026-03-20 11 2026-04-05 '
    '2026-04-20 may');
SELECT t.equal('of who may only see', t.windows('ss'), 'n1 1due 0sent E1 '
    '2026-03-20 11 2026-03-25 2026-04-05');
SELECT t.equal('all closed', t.windows('sa', 13 * 1440), 'n1 0due 0sent '
    '2026-03-25 2026-04-05 may, n2 0due 0sent 2026-04-05 2026-04-20 may');

-- sending
CREATE FUNCTION t.submit(p_session text, p_meter uuid, p_values text,
    p_key text, p_confirm integer DEFAULT 0, p_minutes numeric DEFAULT 2)
RETURNS text LANGUAGE sql AS $$
    SELECT s.outcome FROM self.meter_submit(t.h(p_session), p_meter,
        p_values, '2026-03-10', p_confirm, t.h(p_key), 'bg',
        t.at(p_minutes)) AS s $$;
SELECT t.equal('a stranger', t.submit('se', :'e', '700000', 'k0'), 'unknown');
SELECT t.equal('who may only see', t.submit('ss', :'e', '700000', 'k0'),
    'unknown');
SELECT t.equal('no such meter', t.submit('sa', gen_random_uuid(), '1', 'k0'),
    'unknown');
SELECT t.equal('no session', t.submit('none', :'e', '700000', 'k0'),
    'unknown');
SELECT t.equal('an ended delegate', t.submit('sd', :'e', '700000', 'k0', 0,
    100), 'unknown');
SELECT t.equal('none left a trace', (SELECT count(*)
    FROM meter.submission), 0::bigint);
SELECT t.equal('a delegate', t.submit('sd', :'e', '700000', 'k1'),
    'accepted');
SELECT t.equal('twice', t.submit('sd', :'e', '700000', 'k1'), 'same');
SELECT t.equal('the owners'' log', (SELECT string_agg(l.email || ': '
    || v.detail, ', ' ORDER BY l.id) FROM auth.event AS v
    JOIN auth.login AS l ON l.id = v.login_id
    WHERE v.kind = 'delegate_reading'), 'ana@x.ro: del@x.ro · …n1 · E1: 700, '
    'ion77: del@x.ro · …n1 · E1: 700');
SELECT t.equal('the mail', (SELECT string_agg(o.recipient || ' '
    || o.template || ' ' || o.language, ', ') FROM notify.outbox AS o),
    'del@x.ro reading_received bg');
SELECT t.equal('the owner corrects', t.submit('sa', :'e', '690000', 'k2'),
    'accepted');
SELECT t.equal('a user name is no address', t.submit('si', :'e', '695000',
    'k3'), 'accepted');
SELECT t.equal('nothing more in the log', (SELECT count(*)
    FROM auth.event AS v WHERE v.kind = 'delegate_reading'), 2::bigint);
SELECT t.equal('nor by mail', (SELECT count(*) FROM notify.outbox),
    2::bigint);
SELECT t.equal('in the list', t.list('sa', 'E1'),
    'E1.1 695 95 2026-01-31 2026-03-20 may accepted');
SELECT t.equal('not due any more', t.windows('ss'), 'n1 0due 1sent '
    '2026-03-25 2026-04-05');
SELECT t.equal('two registers', t.submit('sa', :'d', '15000,15000', 'k4'),
    'confirm');
SELECT t.equal('below an estimate', t.submit('sa', :'d', '15000,15000', 'k4',
    1), 'in_check');

-- a photo goes to who checks it, from who may send
CREATE FUNCTION t.photo(p_session text, p_key text) RETURNS bigint
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM self.meter_photo(t.h(p_session), n.public_id, 'image/png',
        convert_to(p_session, 'UTF8'), t.at(3))
    FROM meter.submission AS n WHERE n.once_key = t.h(p_key);
    RETURN (SELECT count(*) FROM ops.attachment);
END $$;
SELECT t.equal('a stranger''s photo', t.photo('se', 'k4'), 0::bigint);
SELECT t.equal('of who may only see', t.photo('ss', 'k4'), 0::bigint);
SELECT t.equal('of a delegate of another place', t.photo('sd', 'k4'), 0::bigint);
SELECT t.equal('of what nobody checks', t.photo('sa', 'k3'), 0::bigint);
SELECT t.equal('the owner''s', t.photo('sa', 'k4'), 1::bigint);
SELECT t.equal('another one in its place', t.photo('sa', 'k4'), 1::bigint);

-- what was sent
CREATE FUNCTION t.sent(p_session text, p_key text) RETURNS text LANGUAGE sql
AS $$ SELECT string_agg(concat_ws(' ', s.value_milli / 1000, s.state,
        s.use_milli / 1000, s.days, s.bill_use_milli / 1000, s.bill_since,
        s.correctable_until, (SELECT d.number FROM billing.document AS d
            WHERE d.public_id = s.last_bill)), ', ')
    FROM meter.submission AS n
    CROSS JOIN LATERAL self.meter_sent(t.h(p_session), n.public_id, t.at(3))
        AS s WHERE n.once_key = t.h(p_key) $$;
SELECT t.bill(:a, 'OLD', 100, '2026-02-20') AS old,
    t.bill(:a, 'NEW', 100, '2026-03-10') AS new,
    t.bill(:a, 'OTHER', 100, '2026-03-12') AS other \gset
UPDATE billing.document SET supply_point_id = (SELECT m.supply_point_id
    FROM meter.meter AS m WHERE m.public_id = :'e')
    WHERE id IN (:old, :new);
SELECT t.equal('sent', t.sent('sa', 'k3'),
    '695 accepted 45 18 95 2026-01-31 2026-03-20 NEW');
SELECT t.equal('replaced', t.sent('sa', 'k1'),
    '700 replaced 50 18 100 2026-01-31 NEW');
SELECT t.equal('in check, each register', t.sent('sa', 'k4'), '15 in_check 5 '
    '38 5 2026-01-31 2026-03-20, 15 in_check 0 38 0 2026-01-31 2026-03-20');
SELECT t.equal('who may see', t.sent('ss', 'k3'),
    '695 accepted 45 18 95 2026-01-31 2026-03-20 NEW');
SELECT t.equal('a stranger', t.sent('se', 'k3'), NULL);
SELECT t.equal('history', (SELECT string_agg(h.value_milli / 1000 || h.state,
    ' ') FROM self.meter_history(t.h('ss'), :'e', '2026-03-01', t.at(3))
    AS h), '695accepted 690replaced 700replaced');
