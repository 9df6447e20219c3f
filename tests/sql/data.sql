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
