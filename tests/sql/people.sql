-- Delegates, the profile, another address, legal representatives.
SELECT t.account('p1') AS a, t.account('p2') AS b, t.account('p3') AS c \gset
SELECT t.bill(:c, 'R-1', 1000, '2026-03-09');
UPDATE customer.account SET client_code_hash = t.h('C' || payment_code_hint);
UPDATE customer.party SET kind = 'company', name = 'Firma',
    email = 'office@firma.ro'
    WHERE id = (SELECT party_id FROM customer.account WHERE id = :c);

CREATE FUNCTION t.login(p_mail text, p_account bigint DEFAULT NULL)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    v_id bigint;
BEGIN
    INSERT INTO auth.login (email_key, email, password, language, source,
        created_at, password_at)
    VALUES (t.h(p_mail), p_mail, '$argon2id$x', 'ro', 'web', t.at(-1),
        t.at(-1)) RETURNING id INTO v_id;
    INSERT INTO auth.login_account (login_id, account_id, role, state,
        created_at)
    SELECT v_id, p_account, 'holder', 'active', t.at(-1)
        WHERE p_account IS NOT NULL;
    RETURN v_id;
END $$;
CREATE FUNCTION t.enter(p_mail text, p_minutes numeric DEFAULT 0)
RETURNS text LANGUAGE sql AS $$
    SELECT auth.login_done(t.h(p_mail), t.h('adr'), t.h('b' || p_mail),
        t.h(p_mail || p_minutes), 'Firefox', false, NULL,
        '{"idle_s": 36000, "life_s": 43200, "kept_days": 30}',
        t.at(p_minutes)) $$;
CREATE FUNCTION t.mails(p_who text) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(o.template, ' ' ORDER BY o.id) FROM notify.outbox AS o
    WHERE o.recipient = p_who $$;
CREATE FUNCTION t.invite(p_session text, p_mail text, p_n text,
    p_scope text DEFAULT '["see"]', p_until date DEFAULT '2026-06-01',
    p_account bigint DEFAULT NULL, p_minutes numeric DEFAULT 1)
RETURNS text LANGUAGE sql AS $$
    SELECT auth.invite(t.h(p_session), p_mail, t.h(p_mail),
        t.h('m' || p_mail), t.h(p_n), jsonb_build_object('scope',
        p_scope::jsonb, 'all', p_account IS NULL, 'accounts', (SELECT
        jsonb_agg(replace(a.public_id::text, '-', '')) FROM customer.account
        AS a WHERE a.id = p_account)), p_until, 'ro', t.at(p_minutes)) $$;
CREATE FUNCTION t.sees(p_session text, p_minutes numeric DEFAULT 2)
RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(DISTINCT code_hint, ',') FROM self.places(
        t.h(p_session), t.at(p_minutes)) $$;
CREATE FUNCTION t.people(p_session text, p_minutes numeric DEFAULT 2)
RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(concat_ws(' ', p.email, p.state, p.scope, p.until,
        p.code_hint), '; ') FROM auth.people(t.h(p_session),
        t.at(p_minutes)) AS p $$;
SELECT t.login('ana@x.ro', :a) AS ana, t.login('ion@x.ro', :a) AS ion,
    t.login('del@x.ro') AS del, t.login('eve@x.ro') AS eve \gset
INSERT INTO auth.login_account (login_id, account_id, role, state, created_at)
    VALUES (:ana, :b, 'holder', 'active', t.at(0));
SELECT t.enter('ana@x.ro'), t.enter('ion@x.ro'), t.enter('del@x.ro'),
    t.enter('eve@x.ro');

-- who may invite whom
SELECT t.equal('oneself', t.invite('ana@x.ro0', 'ana@x.ro', 'i0'), 'self');
SELECT t.equal('an owner', t.invite('ana@x.ro0', 'ion@x.ro', 'i0'), 'owner');
SELECT t.equal('an owner of another place', t.invite('ana@x.ro0',
    'ion@x.ro', 'i1', p_account => :b), 'sent');
SELECT t.equal('not an owner', t.invite('eve@x.ro0', 'del@x.ro', 'i0'),
    'none');
SELECT t.equal('another''s place', t.invite('ion@x.ro0', 'del@x.ro', 'i0',
    p_account => :b), 'none');
SELECT t.equal('nothing to do', t.invite('ana@x.ro0', 'del@x.ro', 'i0',
    '[]'), 'nothing');
SELECT t.equal('yesterday', t.invite('ana@x.ro0', 'del@x.ro', 'i0',
    p_until => '2026-03-09'), 'until');
SELECT t.equal('too long', t.invite('ana@x.ro0', 'del@x.ro', 'i0',
    p_until => '2028-03-11'), 'until');
SELECT t.equal('two years', t.invite('ana@x.ro0', 'del@x.ro', 'i2',
    p_until => '2028-03-10'), 'sent');
SELECT t.equal('no session', t.invite('x', 'del@x.ro', 'i0'), 'confirm');
SELECT t.equal('typed too long ago', t.invite('ana@x.ro0', 'del@x.ro', 'i0',
    p_minutes => 16), 'confirm');
SELECT t.equal('twice', t.invite('ana@x.ro0', 'del@x.ro', 'i2'), 'sent');
SELECT t.equal('once', t.mails('del@x.ro'), 'invite');

-- accepting: a new invitation has taken the first one's place
SELECT t.equal('another', t.invite('ana@x.ro0', 'del@x.ro', 'i3',
    '["see", "read_meter"]', p_account => :a), 'sent');
SELECT t.equal('the first is gone', auth.invite_accept(t.h('del@x.ro0'),
    t.h('i2'), t.at(2)), 'gone');
SELECT t.equal('shows', (SELECT concat_ws(' ', o.email, o.who, o.scope,
    o.until, o.code_hint, o.has_login) FROM auth.invite_open(t.h('i3'),
    t.at(2)) AS o), 'del@x.ro ana@x.ro see,read_meter 2026-06-01 p1 t');
SELECT t.equal('waits', t.people('ion@x.ro0'),
    'del@x.ro invited see,read_meter 2026-06-01 p1; ana@x.ro owner  p1');
SELECT t.equal('for another', auth.invite_accept(t.h('eve@x.ro0'), t.h('i3'),
    t.at(2)), 'other');
SELECT t.equal('a log-in there is', auth.invite_join(t.h('i3'),
    '$argon2id$q', 'ro', t.at(2)), 'login');
SELECT t.equal('too late', auth.invite_accept(t.h('del@x.ro0'), t.h('i3'),
    t.at(14 * 1440 + 1)), 'gone');
SELECT t.equal('nothing yet', t.sees('del@x.ro0'), NULL);
SELECT t.equal('accepts', auth.invite_accept(t.h('del@x.ro0'), t.h('i3'),
    t.at(3)), 'ok');
SELECT t.equal('again', auth.invite_accept(t.h('del@x.ro0'), t.h('i3'),
    t.at(3)), 'ok');
SELECT t.equal('sees it', t.sees('del@x.ro0', 4), 'p1');
SELECT t.equal('mails', t.mails('del@x.ro'), 'invite invite access_given');
SELECT t.equal('owners learn', t.mails('ion@x.ro'), 'invite '
    || 'delegate_invited delegate_invited delegate_accepted');
SELECT t.equal('may', string_agg(m.a || auth.may(:del, m.a, :a,
    t.at(4))::text, ' '), 'seetrue payfalse read_metertrue requestfalse '
    || 'peoplefalse') FROM unnest(ARRAY['see', 'pay', 'read_meter',
    'request', 'people']) AS m (a);

-- a delegate invites nobody, sees no people, widens nothing
SELECT t.equal('invites', t.invite('del@x.ro0', 'eve@x.ro', 'i9'), 'none');
SELECT t.equal('people', t.people('del@x.ro0'), NULL);
SELECT t.equal('places', (SELECT count(*) FROM auth.people_places(
    t.h('del@x.ro0'), t.at(4))), 0::bigint);
SELECT t.equal('ends nobody', auth.people_end(t.h('del@x.ro0'),
    (SELECT public_id FROM auth.login WHERE id = :ana), t.at(4)), 'none');
SELECT t.equal('an owner cannot be ended', auth.people_end(t.h('ion@x.ro0'),
    (SELECT public_id FROM auth.login WHERE id = :ana), t.at(4)), 'none');
SELECT t.equal('only a name', auth.place_set(t.h('del@x.ro0'), (SELECT
    public_id FROM customer.account WHERE id = :a), 'Mama', true, 'Here',
    t.at(4)), 'ok');
SELECT t.equal('no more', (SELECT concat(a.paperless, (SELECT count(*)
    FROM ops.review)) FROM customer.account AS a WHERE a.id = :a), 'f0');
SELECT t.equal('not told of the holder', (SELECT concat_ws(' ', p.nickname,
    p.owner, p.name, p.address) FROM auth.profile(t.h('del@x.ro0'), NULL,
    t.at(4)) AS p), 'Mama f');

-- what they do, the owners see
SELECT auth.note_owners(:del, :a, 'delegate_paid', '10,00 lei', t.at(5));
SELECT auth.note_owners(:ana, :a, 'delegate_paid', 'own', t.at(5));
SELECT auth.note_owners(:eve, :a, 'delegate_paid', 'nobody', t.at(5));
SELECT t.equal('the log', (SELECT string_agg(e.kind || ' ' || e.detail, '; ')
    FROM (SELECT * FROM auth.people_log(t.h('ion@x.ro0'), t.at(6)) LIMIT 2)
    AS e), 'delegate_paid del@x.ro · …p1 · 10,00 lei; '
    || 'delegate_accepted del@x.ro');
SELECT t.refused('a kind of another name', 'SELECT auth.note_owners(1, 1, '
    '''paid'', '''', now())', '22023');

CREATE FUNCTION t.choose(p_session text, p_account bigint) RETURNS text
LANGUAGE sql AS $$ SELECT s.outcome FROM self.pay_select(t.h(p_session),
    t.h('h'), t.h('b'), (SELECT public_id FROM customer.account
    WHERE id = p_account), NULL, NULL, 'ro', t.at(6)) AS s $$;
SELECT t.bill(:a, 'PPL-1', 1000, '2026-03-20');
SELECT t.equal('who is not in', t.choose('new', :a), 'denied');
SELECT t.equal('may not', t.choose('del@x.ro0', :a), 'nothing');
UPDATE auth.login_account SET scope = '{see,pay}' WHERE login_id = :del;
SELECT t.equal('may', t.choose('del@x.ro0', :a), 'ok');
SELECT t.equal('its owner sees it', (SELECT e.kind FROM auth.people_log(
    t.h('ana@x.ro0'), t.at(6)) AS e LIMIT 1), 'delegate_paying');

-- the last day counts whole, and then it is over
SELECT t.equal('last minute', (SELECT count(*) FROM auth.login_account AS r
    WHERE auth.may(r.login_id, 'see', r.account_id,
    '2026-06-01 20:59:59+00') AND r.login_id = :del), 1::bigint);
SELECT t.equal('midnight', auth.may(:del, 'see', :a,
    '2026-06-01 21:00+00'), false);

-- ended at once, by any owner; the session lives and sees nothing
SELECT t.equal('ended', auth.people_end(t.h('ion@x.ro0'), (SELECT public_id
    FROM auth.login WHERE id = :del), t.at(7)), 'ended');
SELECT t.equal('sees nothing', t.sees('del@x.ro0', 7), NULL);
SELECT t.equal('is told', t.mails('del@x.ro'),
    'invite invite access_given access_ended');
SELECT t.equal('no more there', auth.people_end(t.h('ion@x.ro0'), (SELECT
    public_id FROM auth.login WHERE id = :del), t.at(7)), 'none');
SELECT t.equal('a used link brings nothing back', concat(auth.invite_accept(
    t.h('del@x.ro0'), t.h('i3'), t.at(7)), ' ', t.sees('del@x.ro0', 8)),
    'ok ');

-- a log-in made by the invitation itself
SELECT t.equal('sent', t.invite('ana@x.ro0', 'new@x.ro', 'i4',
    '["see", "pay"]'), 'sent');
SELECT t.equal('joins', auth.invite_join(t.h('i4'), '$argon2id$n', 'bg',
    t.at(8)), 'ok');
SELECT t.equal('once', auth.invite_join(t.h('i4'), '$argon2id$m', 'bg',
    t.at(8)), 'gone');
SELECT t.enter('new@x.ro', 9);
SELECT t.equal('sees both', t.sees('new@x.ro9', 9), 'p1,p2');
SELECT t.invite('ana@x.ro0', 'who@x.ro', 'i5');
SELECT t.equal('withdrawn', auth.people_end(t.h('ana@x.ro0'), (SELECT
    (args->>'id')::uuid FROM auth.token WHERE number = t.h('i5')), t.at(9)),
    'withdrawn');
SELECT t.equal('gone', auth.invite_join(t.h('i5'), '$argon2id$m', 'bg',
    t.at(9)), 'gone');
-- what its sender has lost is not given any more
SELECT t.invite('ion@x.ro0', 'who@x.ro', 'i6');
UPDATE auth.login_account SET state = 'ended' WHERE login_id = :ion;
SELECT t.equal('gone', auth.invite_join(t.h('i6'), '$argon2id$m', 'bg',
    t.at(9)), 'gone');
UPDATE auth.login_account SET state = 'active' WHERE login_id = :ion;
SELECT t.invite('ion@x.ro0', 'w' || g || '@x.ro', 'w' || g)
    FROM generate_series(1, 19) AS g;
SELECT t.equal('twenty a day', t.invite('ion@x.ro0', 'z@x.ro', 'z'), 'many');

-- who has become an owner meanwhile stays one
SELECT t.login('own@x.ro') AS own, t.enter('own@x.ro', 9);
SELECT t.equal('sent', t.invite('ana@x.ro0', 'own@x.ro', 'i7',
    p_account => :b), 'sent');
INSERT INTO auth.login_account (login_id, account_id, role, state, created_at)
    SELECT id, :b, 'holder', 'active', t.at(9) FROM auth.login
    WHERE email = 'own@x.ro';
SELECT t.equal('owner', auth.invite_accept(t.h('own@x.ro9'), t.h('i7'),
    t.at(9)), 'owner');
SELECT t.equal('holder', (SELECT r.role FROM auth.login_account AS r
    JOIN auth.login AS l ON l.id = r.login_id WHERE l.email = 'own@x.ro'),
    'holder');

-- paper, address, business data
CREATE FUNCTION t.set(p_account bigint, p_paperless boolean, p_address text,
    p_minutes numeric DEFAULT 10) RETURNS text LANGUAGE sql AS $$
    SELECT auth.place_set(t.h('ana@x.ro0'), a.public_id, NULL, p_paperless,
        p_address, t.at(p_minutes))
    FROM customer.account AS a WHERE a.id = p_account $$;
SELECT t.equal('paper off', t.set(:a, true, NULL), 'ok');
SELECT t.equal('mailed', t.mails('ana@x.ro') LIKE '% paperless_on', true);
SELECT t.equal('another''s', t.set(:c, true, NULL), 'gone');
SELECT t.equal('asked', t.set(:a, true, 'Str. Nouă 1'), 'asked');
SELECT t.equal('asked anew', t.set(:a, true, 'Str. Nouă 2'), 'asked');
SELECT t.equal('one review', (SELECT string_agg(kind || ' '
    || (args->>'new'), ',') FROM ops.review WHERE state = 'open'),
    'address Str. Nouă 2');
SELECT t.equal('waits', (SELECT address_waits FROM auth.profile(
    t.h('ana@x.ro0'), NULL, t.at(10)) LIMIT 1), true);
SELECT t.equal('the overview says so', (SELECT string_agg(w.kind, ' ')
    FROM self.waiting(t.h('ana@x.ro0'), t.at(10)) AS w
    JOIN customer.account AS a ON a.public_id = w.place WHERE a.id = :a),
    'address');
SELECT t.equal('to nobody else', (SELECT count(*)
    FROM self.waiting(t.h('eve@x.ro0'), t.at(10))), 0::bigint);
SELECT t.equal('withdrawn', t.set(:a, true, NULL), 'ok');
SELECT t.equal('none', (SELECT count(*) FROM ops.review
    WHERE state = 'open'), 0::bigint);
SELECT t.set(:a, true, 'Str. Nouă 3');
CREATE FUNCTION t.decide(p_kind text, p_state text, p_note text,
    p_minutes numeric) RETURNS text LANGUAGE sql AS $$
    SELECT ops.review_decide((SELECT v.id FROM ops.review AS v
        WHERE v.kind = p_kind AND v.state = 'open'), p_state, 'Ion', p_note,
        t.at(p_minutes)) $$;
SELECT t.equal('approved', t.decide('address', 'approved', NULL, 11), 'done');
SELECT t.equal('written', (SELECT p.address FROM customer.party AS p
    JOIN customer.account AS a ON a.party_id = p.id WHERE a.id = :a),
    'Str. Nouă 3');
SELECT t.equal('told', t.mails('ana@x.ro') LIKE '% data_approved', true);
SELECT t.equal('a person has no such data', auth.business_ask(
    t.h('ana@x.ro0'), (SELECT public_id FROM customer.account WHERE id = :a),
    'X', NULL, NULL, t.at(11)), 'gone');

-- a representative sees nothing before a person has looked
CREATE FUNCTION t.represent(p_code text, p_number text,
    p_minutes numeric DEFAULT 12) RETURNS text LANGUAGE sql AS $$
    SELECT r.outcome FROM auth.represent(t.h('eve@x.ro0'), t.h('C' || p_code),
        p_number, t.h('adr'), t.h('r'), '{"name": "Eve", "function": "CEO",
        "authority": "no 7"}', 'application/pdf', '\x255044462d31',
        '{"per_address": 1000}', t.at(p_minutes)) AS r $$;
SELECT t.bill(:b, 'R-2', 1000, '2026-03-09');
SELECT t.equal('a person''s', t.represent('p2', 'R-2'), 'person');
SELECT t.equal('wrong', t.represent('p3', 'R-9'), 'miss');
SELECT t.equal('asked', t.represent('p3', 'R-1'), 'asked');
SELECT t.equal('the document lies beside it', (SELECT string_agg(v.kind || ' '
    || f.media_type, ', ') FROM ops.attachment AS f
    JOIN ops.review AS v ON v.id = f.review_id),
    'representative application/pdf');
SELECT t.equal('the contact is told', t.mails('office@firma.ro'),
    'representative_asked');
SELECT t.equal('sees nothing', t.sees('eve@x.ro0', 12), NULL);
INSERT INTO auth.login_account (login_id, account_id, role, state, created_at)
    VALUES (:ana, :c, 'holder', 'active', t.at(12));
INSERT INTO auth.token (number, kind, login_id, account_id, language, args,
    created_at, expires_at)
VALUES (t.h('old'), 'agree', :ana, :c, 'ro', jsonb_build_object('login',
    :eve), t.at(12), t.at(99));
SELECT t.equal('an owner''s yes is not enough', concat(auth.agree(t.h('old'),
    true, t.at(12)), ' ', (SELECT state FROM auth.login_account
    WHERE login_id = :eve)), 'gone asked');
DELETE FROM auth.login_account WHERE login_id = :ana AND account_id = :c;
SELECT t.equal('refused', t.decide('representative', 'refused', 'No paper',
    13), 'done');
SELECT t.equal('refused', (SELECT state FROM auth.login_account
    WHERE login_id = :eve), 'refused');
SELECT t.equal('why', (SELECT args->>'who' FROM notify.outbox
    WHERE template = 'representative_refused'), 'No paper');
SELECT t.equal('asks again', t.represent('p3', 'R-1', 14), 'asked');
SELECT t.equal('approved', t.decide('representative', 'approved', NULL, 14),
    'done');
SELECT t.equal('sees', t.sees('eve@x.ro0', 14), 'p3');
SELECT t.equal('owns', auth.may(:eve, 'people', :c, t.at(14)), true);
SELECT t.equal('same', t.represent('p3', 'R-1', 14), 'same');
SELECT t.equal('nothing open', t.decide('representative', 'approved', NULL,
    14), 'gone');
CREATE FUNCTION t.business(p_name text, p_vat text) RETURNS text
LANGUAGE sql AS $$
    SELECT auth.business_ask(t.h('eve@x.ro0'), a.public_id, p_name, NULL,
        p_vat, t.at(15)) FROM customer.account AS a
        WHERE a.payment_code_hint = 'p3' $$;
SELECT t.equal('same', t.business('Firma', NULL), 'same');
SELECT t.equal('asked', t.business('Firma Nouă', 'RO123'), 'asked');
SELECT t.equal('refused', t.decide('business_data', 'refused', 'No', 15),
    'done');
SELECT t.equal('as it was', (SELECT name FROM customer.party
    WHERE kind = 'company'), 'Firma');
SELECT t.business('Firma Nouă', 'RO123');
SELECT t.decide('business_data', 'approved', NULL, 15);
SELECT t.equal('written', (SELECT name || vat_number FROM customer.party
    WHERE kind = 'company'), 'Firma NouăRO123');

-- another address
SELECT t.enter('ana@x.ro', 20);
CREATE FUNCTION t.email(p_mail text, p_n text, p_minutes numeric)
RETURNS text LANGUAGE sql AS $$
    SELECT auth.email_ask(t.h('ana@x.ro20'), p_mail, t.h(p_mail),
        t.h('m' || p_mail), t.h(p_n), t.h('c' || p_n),
        t.at(p_minutes)) $$;
SELECT t.equal('same', t.email('ana@x.ro', 'e0', 20), 'same');
SELECT t.equal('taken is not told', t.email('eve@x.ro', 'e1', 20), 'sent');
SELECT t.equal('but there', t.mails('eve@x.ro') LIKE '% have_account', true);
SELECT t.equal('opens nothing', auth.email_take(t.h('e1'), t.at(21)),
    'gone');
SELECT t.equal('sent', t.email('a1@x.ro', 'e2', 21), 'sent');
SELECT t.equal('to both', concat(t.mails('a1@x.ro'), ' ',
    t.mails('ana@x.ro') LIKE '% email_cancel'), 'email t');
SELECT t.equal('the old one says no', auth.email_undo(t.h('ce2'), t.at(22)),
    'withdrawn');
SELECT t.equal('so', auth.email_take(t.h('e2'), t.at(22)), 'gone');
SELECT t.email('a2@x.ro', 'e3', 23);
SELECT t.equal('late', auth.email_take(t.h('e3'), t.at(23 + 1440)), 'gone');
SELECT t.equal('confirmed', auth.email_take(t.h('e3'), t.at(24)), 'ok');
SELECT t.equal('again', auth.email_take(t.h('e3'), t.at(24)), 'ok');
SELECT t.equal('logs in by it', t.enter('a2@x.ro', 25), 'in');
SELECT t.equal('not by the old', t.enter('ana@x.ro', 25), 'gone');
SELECT t.email('thief@x.ro', 'e4', 26);
SELECT t.equal('moved on', auth.email_take(t.h('e4'), t.at(26)), 'ok');
-- the first address undoes all that came after, and the others undo nothing
SELECT t.equal('back', auth.email_undo(t.h('ce3'), t.at(27)), 'restored');
SELECT t.equal('again', auth.email_undo(t.h('ce3'), t.at(27)), 'restored');
SELECT t.equal('not by the thief', auth.email_undo(t.h('ce4'), t.at(28)),
    'gone');
SELECT t.equal('all out', (SELECT count(*) FROM auth.session
    WHERE login_id = :ana), 0::bigint);
SELECT t.equal('in again', t.enter('ana@x.ro', 28), 'in');
