-- Log-ins: registration, rights, sessions, guessing, mailed links.
SELECT t.account('a1') AS a, t.account('a2') AS b, t.account('a3') AS c \gset
SELECT t.bill(:a, 'F-1', 1000, '2026-03-09') AS d1,
    t.bill(:b, 'F 2', 2000, '2026-03-20') AS d2,
    t.bill(:a, 'F-OLD', 10, '2025-03-10') AS d3 \gset
UPDATE customer.account SET client_code = 'C' || id,
    client_code_hash = t.h('C' || payment_code_hint);
UPDATE customer.party SET email = 'desk@example.com'
    WHERE id = (SELECT party_id FROM customer.account WHERE id = :a);

CREATE FUNCTION t.limits() RETURNS jsonb LANGUAGE sql AS $$
    SELECT '{"login_failures": 10, "login_failures_per_address": 20,
        "idle_s": 1800, "life_s": 43200, "kept_days": 30,
        "per_address": 1000}'::jsonb $$;
CREATE FUNCTION t.register(p_code text, p_number text, p_mail text,
    p_n text, p_minutes numeric DEFAULT 0) RETURNS text LANGUAGE sql AS $$
    SELECT o.outcome FROM auth.register(t.h('C' || p_code), p_number, p_mail,
        t.h(lower(p_mail)), t.h('m' || lower(p_mail)), '$argon2id$' || p_n,
        'ro', t.h(p_n), t.h('adr'), t.limits(), t.at(p_minutes)) AS o $$;
CREATE FUNCTION t.mails(p_who text) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(o.template, ' ' ORDER BY o.id) FROM notify.outbox AS o
    WHERE o.recipient = p_who $$;
CREATE FUNCTION t.find(p_mail text, p_address text, p_browser text,
    p_minutes numeric DEFAULT 0) RETURNS text LANGUAGE sql AS $$
    SELECT concat_ws(' ', f.verdict, f.password) FROM auth.login_find(
        t.h(p_mail), t.h(p_address), t.h(p_browser), t.limits(),
        t.at(p_minutes)) AS f $$;
CREATE FUNCTION t.enter(p_mail text, p_session text, p_browser text,
    p_kept boolean DEFAULT false, p_minutes numeric DEFAULT 0)
RETURNS text LANGUAGE sql AS $$
    SELECT auth.login_done(t.h(p_mail), t.h('adr'), t.h(p_browser),
        t.h(p_session), 'Firefox', p_kept, NULL, t.limits(),
        t.at(p_minutes)) $$;
CREATE FUNCTION t.live(p_session text, p_minutes numeric) RETURNS boolean
LANGUAGE sql AS $$ SELECT EXISTS (SELECT FROM auth.session_of(
    t.h(p_session), t.at(p_minutes))) $$;

-- the answer is one, the mail differs
SELECT t.equal('right data', t.register('a1', 'F-1', 'Ana@x.ro', 'n1'),
    'sent');
SELECT t.equal('wrong number', t.register('a1', 'F-9', 'eve@x.ro', 'n2'),
    'sent');
SELECT t.equal('too old a bill', t.register('a1', 'F-OLD', 'eve@x.ro', 'n3'),
    'sent');
SELECT t.equal('another''s bill', t.register('a1', 'F2', 'eve@x.ro', 'n4'),
    'sent');
SELECT t.equal('mailed', t.mails('Ana@x.ro'), 'activate');
SELECT t.equal('nothing mailed', t.mails('eve@x.ro'), NULL);
SELECT t.equal('the same rows', (SELECT count(*) FROM auth.token), 4::bigint);
SELECT t.equal('opens nothing', auth.activate(t.h('n2'), t.at(1)), 'gone');
SELECT t.equal('shows nothing', (SELECT count(*) FROM auth.token_open(
    t.h('n2'), 'activate', t.at(1))), 0::bigint);
SELECT t.equal('of another kind', (SELECT count(*) FROM auth.token_open(
    t.h('n1'), 'reset', t.at(1))), 0::bigint);
SELECT t.equal('shows', (SELECT email FROM auth.token_open(
    t.h('n1'), 'activate', t.at(1))), 'Ana@x.ro');
SELECT t.equal('late', auth.activate(t.h('n1'), t.at(24 * 60)), 'gone');
SELECT t.equal('in time', auth.activate(t.h('n1'), t.at(2)), 'ok');
SELECT t.equal('twice', auth.activate(t.h('n1'), t.at(3)), 'ok');
SELECT t.equal('one log-in', (SELECT count(*) FROM auth.login), 1::bigint);
SELECT t.equal('no password left', (SELECT count(*) FROM auth.token
    WHERE used_at IS NOT NULL AND password IS NOT NULL), 0::bigint);
SELECT t.equal('has one', t.register('a2', 'F2', 'ana@x.ro', 'n5', 4),
    'sent');
SELECT t.equal('is told', t.mails('ana@x.ro'), 'have_account');
SELECT t.equal('opens nothing', auth.activate(t.h('n5'), t.at(5)), 'gone');

-- a second log-in sees nothing until the owner agrees
SELECT t.register('a1', 'F-1', 'bob@x.ro', 'n6', 10);
SELECT t.equal('waits', auth.activate(t.h('n6'), t.at(11)), 'asked');
SELECT t.equal('the owner is asked', t.mails('Ana@x.ro'), 'activate agree');
SELECT t.equal('the desk''s address is told', t.mails('desk@example.com'),
    'second_login');
SELECT t.equal('in', t.enter('ana@x.ro', 'sa', 'ba'), 'in');
SELECT t.equal('in', t.enter('bob@x.ro', 'sb', 'bb'), 'in');
SELECT t.equal('sees hers', (SELECT string_agg(code_hint, ',') FROM
    self.places(t.h('sa'), t.at(1))), 'a1');
SELECT t.equal('sees none', (SELECT count(*) FROM
    self.places(t.h('sb'), t.at(1))), 0::bigint);
SELECT number AS agree FROM auth.token WHERE kind = 'agree' \gset
SELECT t.equal('yes', auth.agree(:'agree', true, t.at(12)), 'ok');
SELECT t.equal('again', auth.agree(:'agree', true, t.at(13)), 'ok');
SELECT t.equal('no', auth.agree(:'agree', false, t.at(13)), 'gone');
SELECT t.equal('sees it now', (SELECT string_agg(code_hint, ',') FROM
    self.places(t.h('sb'), t.at(14))), 'a1');
SELECT t.equal('is told', t.mails('bob@x.ro'), 'activate contract_added');

-- rights: what is not allowed is refused
SELECT l.id AS ana FROM auth.login AS l WHERE l.email = 'Ana@x.ro' \gset
SELECT l.id AS bob FROM auth.login AS l WHERE l.email = 'bob@x.ro' \gset
INSERT INTO auth.login_account (login_id, account_id, role, state, scope,
    invited_by, created_at, ends_at)
VALUES (:bob, :b, 'delegate', 'active', '{see}', :ana, t.at(0), t.at(100));
SELECT t.equal('may', string_agg(m.action || auth.may(:bob, m.action,
    m.account, t.at(m.at))::text, ' ' ORDER BY m.n),
    'seetrue paytrue peopletrue flyfalse seetrue payfalse seefalse seefalse')
FROM (VALUES (1, 'see', :a, 1), (2, 'pay', :a, 1), (3, 'people', :a, 1),
    (4, 'fly', :a, 1), (5, 'see', :b, 99), (6, 'pay', :b, 99),
    (7, 'see', :b, 100), (8, 'see', :c, 1)) AS m (n, action, account, at);
SELECT t.equal('nobody', auth.may(NULL, 'see', :a, t.at(1)), false);
SELECT t.equal('nothing', auth.may(:ana, 'see', NULL, t.at(1)), false);

-- contracts under a log-in
CREATE FUNCTION t.add(p_session text, p_code text, p_number text,
    p_minutes numeric) RETURNS text LANGUAGE sql AS $$
    SELECT o.outcome FROM auth.contract_add(t.h(p_session),
        t.h('C' || p_code), p_number, t.h('adr2'), t.h('r'), t.limits(),
        t.at(p_minutes)) AS o $$;
SELECT t.equal('wrong', t.add('sa', 'a2', 'F3', 15), 'miss');
SELECT t.equal('right', t.add('sa', 'a2', 'F2', 15), 'ok');
SELECT t.equal('once', t.add('sa', 'a2', 'F2', 15), 'same');
SELECT t.equal('no session', t.add('sx', 'a2', 'F2', 15), 'gone');
SELECT t.equal('both', (SELECT string_agg(code_hint, ',' ORDER BY code_hint)
    FROM self.places(t.h('sa'), t.at(16))), 'a1,a2');

-- sessions end: idle, at last, by log-out, from elsewhere
SELECT t.equal('29 min', t.live('sa', 29), true);
SELECT t.equal('30 min', t.live('sa', 30), false);
SELECT auth.session_touch(t.h('sa'), t.at(20));
SELECT t.equal('used', t.live('sa', 49), true);
UPDATE auth.session SET seen_at = t.at(719) WHERE key = t.h('sa');
SELECT t.equal('11 h 59', t.live('sa', 719.5), true);
SELECT t.equal('12 h', t.live('sa', 720), false);
SELECT t.enter('ana@x.ro', 'sk', 'ba', true);
SELECT t.equal('kept', t.live('sk', 29 * 1440), true);
SELECT t.equal('kept for 30 days', t.live('sk', 30 * 1440), false);
SELECT t.equal('listed', (SELECT count(*) FROM auth.session_list(t.h('sk'),
    t.at(1))), 2::bigint);
SELECT t.equal('not another''s', auth.session_end(t.h('sb'),
    (SELECT public_id FROM auth.session WHERE key = t.h('sk')), t.at(1)), 0);
SELECT t.equal('all others', auth.session_end(t.h('sk'), NULL, t.at(1)), 1);
SELECT auth.logout(t.h('sk'), t.at(2));
SELECT t.equal('out', t.live('sk', 2), false);
SELECT t.equal('no rows', (SELECT count(*) FROM
    self.places(t.h('sk'), t.at(2))), 0::bigint);

-- guessing: ten tries on a log-in; the owner's own browser gets in
SELECT t.equal('what is kept', t.find('bob@x.ro', 'e0', 'eve', 100),
    'ok $argon2id$n6');
SELECT t.find('bob@x.ro', 'e' || g, 'eve', 100)
    FROM generate_series(1, 9) AS g;
SELECT t.equal('the eleventh', t.find('bob@x.ro', 'e10', 'eve2', 100),
    'slow');
SELECT t.equal('his own browser', t.find('bob@x.ro', 'e10', 'bb', 100),
    'ok $argon2id$n6');
SELECT t.equal('told once', t.mails('bob@x.ro'),
    'activate contract_added guessed');
SELECT t.equal('a quarter of an hour later', t.find('bob@x.ro', 'e10',
    'eve2', 115), 'ok $argon2id$n6');
SELECT t.find('nobody' || g || '@x.ro', 'one', 'eve', 200)
    FROM generate_series(1, 20) AS g;
SELECT t.equal('of one address', t.find('nobody@x.ro', 'one', 'eve', 200),
    'slow');
SELECT t.equal('of another', t.find('nobody@x.ro', 'two', 'eve', 200), 'ok');
SELECT t.find('ana@x.ro', 'adr', 'q', 300) FROM generate_series(1, 9);
SELECT t.equal('right at last', t.enter('ana@x.ro', 'sq', 'q', false, 300),
    'in');
SELECT t.equal('tries are off', t.find('ana@x.ro', 'three', 'z', 300),
    'ok $argon2id$n1');
SELECT t.equal('one is off its address', (SELECT used FROM ops.budget
    WHERE kind = 'login_address' AND key = t.h('adr')), 8);

-- the second factor
CREATE FUNCTION t.totp(p_session text, p_sealed bytea, p_minutes numeric)
RETURNS text LANGUAGE sql AS $$
    SELECT auth.totp_set(t.h(p_session), p_sealed, 7, t.at(p_minutes)) $$;
SELECT t.equal('too long ago', t.totp('sq', '\x01', 316), 'confirm');
SELECT t.equal('on', t.totp('sq', '\x01', 315), 'ok');
SELECT t.equal('again', t.totp('sq', '\x02', 315), 'same');
SELECT t.equal('asks', t.enter('ana@x.ro', 'sc', 'q', false, 316), 'code');
SELECT t.equal('half in', (SELECT count(*) FROM
    self.places(t.h('sc'), t.at(316))), 0::bigint);
SELECT t.equal('tries', (SELECT string_agg(s.verdict, ' ') FROM
    generate_series(1, 6) AS g, LATERAL auth.secrets(t.h('sc'), t.h('adr'),
    t.h('q' || g), 'code', t.limits(), t.at(317)) AS s),
    'ok ok ok ok ok slow');
CREATE FUNCTION t.code(p_old text, p_new text, p_step bigint, p_minutes
    numeric) RETURNS text LANGUAGE sql AS $$
    SELECT auth.totp_done(t.h(p_old), t.h(p_new), t.h('q'), p_step, true,
        t.limits(), t.at(p_minutes)) $$;
SELECT t.equal('used step', t.code('sc', 'sd', 7, 317), 'used');
SELECT t.equal('next step', t.code('sc', 'sd', 8, 317), 'in');
SELECT t.equal('the half one is over', t.live('sc', 317), false);
SELECT t.equal('repeated', t.code('sc', 'sd', 8, 317), 'in');
SELECT t.equal('trusted', t.enter('ana@x.ro', 'se', 'q', false, 318), 'in');
SELECT t.equal('elsewhere', t.enter('ana@x.ro', 'sf', 'w', false, 318),
    'code');

-- change and reset end all other sessions
SELECT t.equal('changed', auth.password_change(t.h('sd'), t.h('sg'),
    t.h('q'), t.h('adr'), '$argon2id$new', t.limits(), t.at(320)), 'ok');
SELECT t.equal('others out', concat(t.live('sd', 320), t.live('se', 320),
    t.live('sf', 320), t.live('sg', 320)), 'ffft');
CREATE FUNCTION t.ask(p_mail text, p_n text) RETURNS text LANGUAGE sql AS $$
    SELECT r.outcome FROM auth.reset_ask(t.h(p_mail), t.h('adr9'),
        t.h('m' || p_mail), t.h(p_n), 'ro', t.limits(), t.at(330)) AS r $$;
SELECT t.equal('asked', t.ask('ana@x.ro', 'r1') || t.ask('no@x.ro', 'r2'),
    'sentsent');
SELECT t.equal('mailed', t.mails('Ana@x.ro') LIKE '% reset', true);
SELECT t.equal('nobody', t.mails('no@x.ro'), NULL);
SELECT t.equal('opens nothing', auth.reset_take(t.h('r2'), '$argon2id$x',
    t.h('w'), t.at(331)), 'gone');
SELECT t.equal('late', auth.reset_take(t.h('r1'), '$argon2id$x', t.h('w'),
    t.at(360)), 'gone');
SELECT t.ask('ana@x.ro', 'r3');
SELECT t.equal('in time', auth.reset_take(t.h('r1'), '$argon2id$x',
    t.h('w'), t.at(359)), 'ok');
SELECT t.equal('once', auth.reset_take(t.h('r1'), '$argon2id$y', t.h('w'),
    t.at(359)), 'gone');
SELECT t.equal('the other link too', auth.reset_take(t.h('r3'),
    '$argon2id$y', t.h('w'), t.at(359)), 'gone');
SELECT t.equal('all out', t.live('sg', 340), false);
SELECT t.equal('kept', (SELECT password FROM auth.login WHERE id = :ana),
    '$argon2id$x');

-- handed out at a desk
SELECT t.equal('issued', auth.issue('C' || :c, t.h('ion77'), 'ion77',
    '$argon2id$p', 'bg', false, t.at(0)), 'ok');
SELECT t.equal('no such', auth.issue('C0', t.h('x'), 'x', '$argon2id$p',
    'bg', false, t.at(0)), 'miss');
SELECT t.equal('taken', auth.issue('C' || :c, t.h('ana@x.ro'), 'ana@x.ro',
    '$argon2id$p', 'bg', false, t.at(0)), 'taken');
SELECT t.equal('change first', t.enter('ion77', 'si', 'bi', false, 60),
    'change');
SELECT t.equal('sees none', (SELECT count(*) FROM
    self.places(t.h('si'), t.at(60))), 0::bigint);
SELECT t.equal('after 14 days', t.enter('ion77', 'sj', 'bi', false,
    14 * 1440), 'gone');
SELECT t.equal('changed', auth.password_change(t.h('si'), t.h('sl'),
    t.h('bi'), t.h('adr'), '$argon2id$q', t.limits(), t.at(61)), 'ok');
SELECT t.equal('sees it', (SELECT string_agg(code_hint, ',') FROM
    self.places(t.h('sl'), t.at(62))), 'a3');

-- the log is a chain that anybody can follow
SELECT t.equal('chain', (SELECT count(*) FROM auth.event AS e
    LEFT JOIN auth.event AS b ON b.login_id = e.login_id
        AND b.seq = e.seq - 1
    WHERE e.hash <> sha256(coalesce(b.hash, '') || convert_to(concat_ws('|',
        e.seq, (extract(epoch FROM e.at) * 1000000)::bigint, e.kind,
        e.detail), 'UTF8'))), 0::bigint);
SELECT t.equal('ends', (SELECT count(*) FROM auth.login AS l
    JOIN auth.event AS e ON e.login_id = l.id AND e.seq = l.event_seq
    WHERE e.hash = l.event_hash), (SELECT count(*) FROM auth.login));
SELECT t.refused('kept', 'UPDATE auth.event SET detail = ''x''', '42501');

-- row-level security: without auth.act() a function of self sees nothing,
-- and a query of one that forgets its WHERE sees what it may only
CREATE FUNCTION t.numbers(p_session text, p_action text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF p_action IS NOT NULL THEN
        PERFORM auth.act(sha256(convert_to(p_session, 'UTF8')), p_action,
            '2026-03-10 08:14+00');
    END IF;
    RETURN (SELECT string_agg(d.number, ',' ORDER BY d.number)
        FROM billing.document AS d);
END $$;
GRANT CREATE ON SCHEMA t TO smetka_self;
ALTER FUNCTION t.numbers OWNER TO smetka_self;
REVOKE CREATE ON SCHEMA t FROM smetka_self;
SELECT t.equal('no actor', t.numbers('sb', NULL), NULL);
SELECT t.equal('his only', t.numbers('sb', 'see'), 'F 2,F-1,F-OLD');
SELECT t.equal('it ends with the transaction', t.numbers('sb', NULL), NULL);
SELECT t.equal('may pay', t.numbers('sb', 'pay'), 'F-1,F-OLD');
SELECT t.equal('no session', t.numbers('none', 'see'), NULL);
