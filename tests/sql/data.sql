-- What a log-in is told about itself: its log, its tokens, its end.
SELECT t.account('d1') AS a, t.account('d2') AS b \gset
SELECT t.bill(:a, 'D-1', 1000, '2026-03-09') AS d1,
    t.bill(:a, 'D-2', 2000, '2026-03-20') AS d2,
    t.bill(:b, 'E-1', 7000, '2026-03-20') AS d3 \gset
CREATE FUNCTION t.login(p_mail text, p_session text, p_accounts bigint[])
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    v_id bigint;
BEGIN
    INSERT INTO auth.login (email_key, email, password, language, source,
        created_at, password_at)
    VALUES (t.h(p_mail), p_mail, '$argon2id$', 'ro', 'web', t.at(0), t.at(0))
    RETURNING id INTO v_id;
    INSERT INTO auth.login_account (login_id, account_id, role, state,
        created_at)
    SELECT v_id, a, 'holder', 'active', t.at(0) FROM unnest(p_accounts)
        AS u (a);
    INSERT INTO auth.session (key, login_id, stage, kept, agent, started_at,
        seen_at, confirmed_at, idle, ends_at)
    VALUES (t.h(p_session), v_id, 'in', false, '', t.at(0), t.at(0), t.at(0),
        interval '100 days', t.at(144000));
    RETURN v_id;
END $$;
SELECT t.login('ana@x.ro', 'sa', ARRAY[:a]) AS ana,
    t.login('bob@x.ro', 'sb', ARRAY[:b]) AS bob \gset

-- the log: one's own, newest first, in pages
SELECT auth.note(:ana, 'logged_in', 'Firefox ș', t.at(1));
SELECT auth.note(:bob, 'logged_in', 'Edge', t.at(1));
SELECT auth.note(:ana, 'sessions_ended', '2', t.at(2.5));
SELECT auth.note(:ana, 'logged_out', '', t.at(3));
CREATE FUNCTION t.log(p_session text, p_before integer DEFAULT NULL,
    p_most integer DEFAULT 50) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(e.seq || e.kind || e.detail, ' ')
    FROM auth.events(t.h(p_session), p_before, p_most, t.at(4)) AS e $$;
SELECT t.equal('all', t.log('sa'),
    '3logged_out 2sessions_ended2 1logged_inFirefox ș');
SELECT t.equal('a page', t.log('sa', p_most => 1), '3logged_out');
SELECT t.equal('the next', t.log('sa', 3), '2sessions_ended2 1logged_inFirefox ș');
SELECT t.equal('not another''s', t.log('sb'), '1logged_inEdge');
SELECT t.equal('nobody''s', t.log('sx'), NULL);
UPDATE auth.session SET stage = 'code' WHERE key = t.h('sb');
SELECT t.equal('not half in', t.log('sb'), NULL);
UPDATE auth.session SET stage = 'in' WHERE key = t.h('sb');

-- its chain, as the page says that it is made
SELECT t.equal('by hand', (SELECT hash FROM auth.event WHERE login_id = :ana
    AND seq = 2), sha256(sha256(convert_to('1|'
    || extract(epoch FROM t.at(1))::bigint || '000000|logged_in|Firefox ș',
    'UTF8')) || convert_to('2|' || extract(epoch FROM t.at(2.5))::bigint
    || '000000|sessions_ended|2', 'UTF8')));
CREATE FUNCTION t.chain() RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(v.events || coalesce(' ' || v.seq || ' ' || v.problem,
        ''), ', ' ORDER BY v.login) FROM auth.events_verify(0, 100) AS v $$;
CREATE FUNCTION t.with_event(p_sql text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    v_chain text;
BEGIN
    BEGIN
        ALTER TABLE auth.event DISABLE TRIGGER event_is_kept;
        EXECUTE p_sql;
        v_chain := t.chain();
        RAISE EXCEPTION 'undone' USING ERRCODE = 'P0002';
    EXCEPTION WHEN no_data_found THEN
        RETURN v_chain;
    END;
END $$;
SELECT t.equal('whole', t.chain(), '3, 1');
SELECT t.equal('altered', t.with_event('UPDATE auth.event SET detail = ''9'' '
    'WHERE kind = ''sessions_ended'''), '3 2 altered, 1');
SELECT t.equal('another time', t.with_event('UPDATE auth.event SET at = at + '
    'interval ''1 microsecond'' WHERE kind = ''sessions_ended'''),
    '3 2 altered, 1');
SELECT t.equal('taken out', t.with_event('DELETE FROM auth.event '
    'WHERE kind = ''sessions_ended'''), '2 3 missing before, 1');
SELECT t.equal('cut off', t.with_event('DELETE FROM auth.event '
    'WHERE kind = ''logged_out'''), '2 3 missing at the end, 1');
SELECT t.equal('all gone', t.with_event('DELETE FROM auth.event'),
    '0 1 missing at the end, 0 1 missing at the end');
SELECT t.equal('hashed again', t.with_event('UPDATE auth.event SET hash = '
    'sha256(hash) WHERE kind = ''logged_out'''), '3 3 altered, 1');
SELECT t.equal('put in', t.with_event(format('INSERT INTO auth.event VALUES '
    '(%s, 2, t.at(1), ''x'', '''', t.h(''x''))', :bob)),
    '3, 2 2 altered');

-- tokens: a name, an end, once; they see what their owner sees
CREATE FUNCTION t.make(p_session text, p_key text, p_name text, p_until date,
    p_minutes numeric DEFAULT 5) RETURNS text LANGUAGE sql AS $$
    SELECT auth.token_make(t.h(p_session), t.h(p_key), p_name, p_until,
        t.at(p_minutes)) $$;
CREATE FUNCTION t.sees(p_key text, p_minutes numeric DEFAULT 6)
RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(p.code_hint || p.open_minor, ' ')
    FROM self.places(t.h(p_key), t.at(p_minutes)) AS p $$;
SELECT t.equal('made', t.make('sa', 'k1', 'Home', '2026-03-20'), 'ok');
SELECT t.equal('again', t.make('sa', 'k1', 'Home', '2026-03-20'), 'ok');
SELECT t.equal('one of the name', t.make('sa', 'k2', 'Home', '2026-03-20'),
    'name');
SELECT t.equal('of yesterday', t.make('sa', 'k2', 'X', '2026-03-09'),
    'range');
SELECT t.equal('over a year', t.make('sa', 'k2', 'X', '2027-03-12'),
    'range');
SELECT t.equal('a year', t.make('sa', 'k2', 'X', '2027-03-11'), 'ok');
SELECT t.equal('today', t.make('sa', 'k3', 'T', '2026-03-10'), 'ok');
SELECT t.equal('too long ago', t.make('sa', 'k4', 'Y', '2026-03-20', 16),
    'confirm');
SELECT t.equal('nobody', t.make('sx', 'k4', 'Y', '2026-03-20'), 'confirm');
SELECT t.equal('not by a token', t.make('k1', 'k4', 'Y', '2026-03-20'),
    'confirm');
SELECT t.equal('told', (SELECT string_agg(o.args->>'who', ' ' ORDER BY o.id)
    FROM notify.outbox AS o WHERE o.template = 'token_made'
    AND o.recipient = 'ana@x.ro'), 'Home X T');
SELECT t.equal('noted', t.log('sa', NULL, 3),
    '6token_madeT 5token_madeX 4token_madeHome');
SELECT t.equal('sees hers', t.sees('k1'), 'd13000');
SELECT t.equal('her bills', (SELECT string_agg(i.number || i.state, ' ')
    FROM self.invoices(t.h('k1'), NULL, NULL, NULL, NULL, NULL, 25, 0,
    t.at(6)) AS i), 'D-2open D-1overdue');
SELECT t.equal('and may not pay', (SELECT bool_or(i.may_pay)
    FROM self.invoices(t.h('k1'), NULL, NULL, NULL, NULL, NULL, 25, 0,
    t.at(6)) AS i), false);
SELECT t.equal('none of his', (SELECT count(*) FROM self.invoice(t.h('k1'),
    (SELECT public_id FROM billing.document WHERE number = 'E-1'), t.at(6))),
    0::bigint);
SELECT t.equal('its last day', t.sees('k3', 13 * 60 + 59), 'd13000');
SELECT t.equal('its end', t.sees('k3', 14 * 60), NULL);
SELECT t.equal('no such', t.sees('k9'), NULL);
SELECT t.equal('listed', (SELECT string_agg(l.name || l.until, ' '
    ORDER BY l.name) FROM auth.tokens(t.h('sa'), t.at(6)) AS l),
    'Home2026-03-20 T2026-03-10 X2027-03-11');
SELECT t.equal('not to a token', (SELECT count(*) FROM auth.tokens(t.h('k1'),
    t.at(6))), 0::bigint);

-- by one place: everything but seeing is refused to it
SELECT t.equal('acts', string_agg(a.action || coalesce(auth.act(t.h(a.key),
    a.action, t.at(6)) = :ana, false)::text, ' ' ORDER BY a.n),
    'seetrue payfalse read_meterfalse requestfalse peoplefalse flyfalse '
    'seefalse')
FROM (VALUES (1, 'k1', 'see'), (2, 'k1', 'pay'), (3, 'k1', 'read_meter'),
    (4, 'k1', 'request'), (5, 'k1', 'people'), (6, 'k1', 'fly'),
    (7, 'k9', 'see')) AS a (n, key, action);
CREATE FUNCTION t.opens(p_key text, p_action text) RETURNS text
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM auth.act(t.h('sa'), 'see', t.at(6));
    PERFORM auth.act(t.h(p_key), p_action, t.at(6));
    RETURN auth.acting()::text;
END $$;
SELECT t.equal('no rows are left open', t.opens('k1', a.action), '{}')
FROM unnest(ARRAY['pay', 'read_meter', 'request', 'people', 'fly'])
    AS a (action);
SELECT t.equal('seeing opens one', t.opens('k1', 'see'), '{' || :a || '}');
SELECT t.refused('and nothing is written', format('DO $do$ BEGIN '
    'PERFORM auth.act(%L, ''see'', t.at(6)); '
    'UPDATE auth.session SET kept = true; END $do$', t.h('k1')), '25006');
SELECT t.refused('nor by a scope that no token may have',
    'UPDATE auth.api_token SET scope = ''{see,pay}''', '23514');
-- whatever takes a session knows no token
SELECT t.equal('not a session', concat_ws(' ',
    (SELECT count(*) FROM auth.session_of(t.h('k1'), t.at(6))),
    (SELECT count(*) FROM auth.events(t.h('k1'), NULL, 9, t.at(6))),
    (SELECT count(*) FROM auth.session_list(t.h('k1'), t.at(6))),
    (SELECT count(*) FROM auth.contracts(t.h('k1'), t.at(6))),
    (SELECT count(*) FROM auth.profile(t.h('k1'), NULL, t.at(6))),
    auth.session_end(t.h('k1'), NULL, t.at(6)),
    auth.language_set(t.h('k1'), 'bg', t.at(6)),
    auth.token_end(t.h('k1'), NULL, t.at(6))), '0 0 0 0 0 0 f confirm');
SELECT t.equal('a session is no token', (SELECT count(*)
    FROM auth.token_enter(t.h('sa'), 9, t.at(6))), 0::bigint);

-- entering: counted by the minute, noted when
CREATE FUNCTION t.come(p_key text, p_minutes numeric) RETURNS text
LANGUAGE sql AS $$
    SELECT e.email || ' ' || e.see || ' ' || e.retry_after_s
    FROM auth.token_enter(t.h(p_key), 3, t.at(p_minutes)) AS e $$;
SELECT t.equal('three', (SELECT string_agg(t.come('k1', 7), ',')
    FROM generate_series(1, 3)), 'ana@x.ro true 0,ana@x.ro true 0,'
    'ana@x.ro true 0');
SELECT t.equal('the fourth', t.come('k1', 7.5), 'ana@x.ro true 30');
SELECT t.equal('another one', t.come('k2', 7.5), 'ana@x.ro true 0');
SELECT t.equal('a minute later', t.come('k1', 8), 'ana@x.ro true 0');
SELECT t.equal('unknown', t.come('k9', 8), NULL);
SELECT t.equal('last use', (SELECT seen_at FROM auth.tokens(t.h('sa'),
    t.at(9)) WHERE name = 'Home'), t.at(7));

-- revoked at once, by its owner alone; gone with a new password
CREATE FUNCTION t.revoke(p_session text, p_name text) RETURNS text
LANGUAGE sql AS $$ SELECT auth.token_end(t.h(p_session), (SELECT public_id
    FROM auth.api_token WHERE name = p_name), t.at(10)) $$;
SELECT t.equal('not by him', t.revoke('sb', 'X'), 'none');
SELECT t.equal('by her', t.revoke('sa', 'X'), 'ok');
SELECT t.equal('once', t.revoke('sa', 'X'), 'none');
SELECT t.equal('sees nothing', t.sees('k2', 10), NULL);
UPDATE auth.login_account SET role = 'delegate', scope = '{pay}',
    invited_by = :bob, ends_at = t.at(144000) WHERE login_id = :ana;
SELECT t.equal('no more than its owner', t.sees('k1', 10), NULL);
UPDATE auth.login_account SET role = 'holder', scope = '{}',
    invited_by = NULL, ends_at = NULL WHERE login_id = :ana;
SELECT t.equal('back', t.sees('k1', 10), 'd13000');
SELECT t.equal('twenty', (SELECT string_agg(DISTINCT t.make('sb', 'm' || g,
    'n' || g, '2026-03-20'), ' ') FROM generate_series(1, 20) AS g), 'ok');
SELECT t.equal('one more', t.make('sb', 'm21', 'n21', '2026-03-20'), 'many');
SELECT auth.put_password(:bob, '$argon2id$z', 'password_reset', t.at(11));
SELECT t.equal('none left', (SELECT count(*) FROM auth.api_token
    WHERE login_id = :bob), 0::bigint);
INSERT INTO auth.session (key, login_id, stage, kept, agent, started_at,
    seen_at, confirmed_at, idle, ends_at)
VALUES (t.h('sb'), :bob, 'in', false, '', t.at(0), t.at(0), t.at(0),
    interval '100 days', t.at(144000));

-- bills from where the page before ended
CREATE FUNCTION t.after(p_number text, p_most integer DEFAULT 9)
RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(i.number || i.state, ' ') FROM self.invoices_after(
        t.h('k1'), (SELECT public_id FROM billing.document
        WHERE number = p_number), p_most, t.at(6)) AS i $$;
SELECT t.equal('all', t.after(NULL), 'D-2open D-1overdue');
SELECT t.equal('first', t.after(NULL, 1), 'D-2open');
SELECT t.equal('second', t.after('D-2', 1), 'D-1overdue');
SELECT t.equal('end', t.after('D-1'), NULL);
SELECT t.equal('after another''s', t.after('E-1'), NULL);

-- taking one's data along, ten times a day
CREATE FUNCTION t.export(p_session text, p_minutes numeric) RETURNS text
LANGUAGE sql AS $$ SELECT auth.export_ask(t.h(p_session),
    t.at(p_minutes)) $$;
SELECT t.equal('ten', (SELECT string_agg(t.export('sa', 12), ' ')
    FROM generate_series(1, 11)), 'ok ok ok ok ok ok ok ok ok ok many');
SELECT t.equal('too long ago', t.export('sa', 16), 'confirm');
SELECT t.equal('not by a token', t.export('k1', 12), 'confirm');
UPDATE auth.session SET confirmed_at = t.at(2000) WHERE key = t.h('sa');
SELECT t.equal('tomorrow', t.export('sa', 2000), 'ok');

-- the end: in 14 days, unless it is called off
CREATE FUNCTION t.close(p_session text, p_number text, p_minutes numeric)
RETURNS text LANGUAGE sql AS $$ SELECT auth.close_ask(t.h(p_session),
    t.h(p_number), t.at(p_minutes)) $$;
SELECT t.equal('too long ago', t.close('sb', 'c1', 2000), 'confirm');
SELECT t.equal('asked', t.close('sa', 'c1', 2000), 'ok');
SELECT t.equal('once', t.close('sa', 'c2', 2001), 'same');
SELECT t.equal('shown', (SELECT closes_at FROM auth.session_of(t.h('sa'),
    t.at(2001))), t.at(2000 + 14 * 1440));
SELECT t.equal('mailed', (SELECT count(*) FROM notify.outbox
    WHERE template = 'closing' AND recipient = 'ana@x.ro'), 1::bigint);
SELECT t.equal('kept', auth.close_keep(t.h('sa'), t.at(2002)), 'ok');
SELECT t.equal('kept already', auth.close_keep(t.h('sa'), t.at(2003)),
    'none');
SELECT t.equal('nobody', auth.close_keep(t.h('sx'), t.at(2003)), 'gone');
SELECT t.equal('the link says so', auth.close_cancel(t.h('c1'), t.at(2004)),
    'ok');
SELECT t.equal('asked again', t.close('sa', 'c3', 2005), 'ok');
SELECT t.equal('the old link', auth.close_cancel(t.h('c1'), t.at(2006)),
    'gone');
SELECT t.equal('the link', auth.close_cancel(t.h('c3'), t.at(2006)), 'ok');
SELECT t.equal('twice', auth.close_cancel(t.h('c3'), t.at(2007)), 'ok');
SELECT t.equal('none due', auth.close_due(10, t.at(2005 + 14 * 1440)), 0);
SELECT t.equal('at last', t.close('sa', 'c4', 2010), 'ok');
INSERT INTO auth.login_account (login_id, account_id, role, state, scope,
    invited_by, created_at, ends_at)
VALUES (:bob, :a, 'delegate', 'active', '{see}', :ana, t.at(0),
    t.at(144000));
INSERT INTO auth.device VALUES (:ana, t.h('b'), t.at(144000), true);
UPDATE auth.login SET totp_sealed = '\x01' WHERE id = :ana;
UPDATE auth.login_account SET nickname = 'Mama' WHERE login_id = :ana;
SELECT t.equal('not yet', auth.close_due(10, t.at(2009 + 14 * 1440)), 0);
SELECT t.equal('sees till then', t.sees('k1', 2009), 'd13000');
SELECT t.equal('due', auth.close_due(10, t.at(2010 + 14 * 1440)), 1);
SELECT t.equal('once', auth.close_due(10, t.at(2011 + 14 * 1440)), 0);
SELECT t.equal('too late', auth.close_cancel(t.h('c4'),
    t.at(2010 + 14 * 1440)), 'gone');
SELECT t.equal('nothing is left of her', concat_ws(' ',
    (SELECT count(*) FROM auth.session WHERE login_id = :ana),
    (SELECT count(*) FROM auth.device WHERE login_id = :ana),
    (SELECT count(*) FROM auth.api_token WHERE login_id = :ana),
    (SELECT count(*) FROM auth.token WHERE login_id = :ana),
    (SELECT count(*) FROM auth.login_account WHERE login_id = :ana
        AND (state <> 'ended' OR nickname IS NOT NULL)),
    (SELECT count(*) FROM auth.login_account WHERE login_id = :bob
        AND role = 'delegate' AND state = 'active')), '0 0 0 0 0 0');
SELECT t.equal('but hashes', (SELECT l.email || ' ' || l.password
    || coalesce(l.totp_sealed::text, '') FROM auth.login AS l
    WHERE l.id = :ana), 'closed ' || encode(t.h('ana@x.ro'), 'hex')
    || ' $argon2id$');
SELECT t.equal('she is told', (SELECT count(*) FROM notify.outbox
    WHERE template = 'closed' AND recipient = 'ana@x.ro'), 1::bigint);
SELECT t.equal('does not log in', (SELECT password FROM auth.login_find(
    t.h('ana@x.ro'), t.h('x'), t.h('y'), '{"login_failures": 10,
    "login_failures_per_address": 20}', t.at(30000))), NULL);
SELECT t.equal('the address is free', (SELECT count(*) FROM auth.login
    WHERE email_key = t.h('ana@x.ro')), 0::bigint);
SELECT t.equal('documents stay', (SELECT count(*) FROM billing.document
    WHERE account_id = :a), 2::bigint);
SELECT t.equal('her log stays and holds', (SELECT problem
    FROM auth.events_verify(0, 100) WHERE login = :ana), NULL);
SELECT t.equal('and ends with it', (SELECT kind FROM auth.event
    WHERE login_id = :ana ORDER BY seq DESC LIMIT 1), 'closed');
