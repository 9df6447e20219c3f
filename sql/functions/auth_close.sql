-- What a log-in may take along, and its end.
SET ROLE smetka_identity;

CREATE OR REPLACE FUNCTION auth.export_ask(p_session bytea,
    p_now timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_login auth.login := auth.owner(p_session, p_now);
BEGIN
    IF v_login.id IS NULL THEN
        RETURN 'confirm';
    ELSIF (SELECT count(*) FROM auth.event AS e
        WHERE e.login_id = v_login.id AND e.kind = 'exported'
            AND e.seq > v_login.event_seq - 500
            AND e.at > p_now - interval '1 day') >= 10
    THEN
        RETURN 'many';
    END IF;
    PERFORM auth.note(v_login.id, 'exported', '', p_now);
    RETURN 'ok';
END $$;
COMMENT ON FUNCTION auth.export_ask IS
    'Notes that the data of the session''s log-in are taken along: ok, many '
    '(ten a day), confirm (the password was typed too long ago).';

CREATE OR REPLACE FUNCTION auth.close_ask(p_session bytea, p_number bytea,
    p_now timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_login auth.login := auth.owner(p_session, p_now);
BEGIN
    IF v_login.id IS NULL THEN
        RETURN 'confirm';
    END IF;
    UPDATE auth.login AS l SET closes_at = p_now + interval '14 days'
        WHERE l.id = v_login.id AND l.closes_at IS NULL;
    IF NOT FOUND THEN
        RETURN 'same';
    END IF;
    INSERT INTO auth.token (number, kind, login_id, email, language,
        created_at, expires_at)
    VALUES (p_number, 'closing', v_login.id, v_login.email,
        v_login.language, p_now, p_now + interval '14 days');
    PERFORM auth.note(v_login.id, 'closing_asked', '', p_now);
    PERFORM notify.queue('closing:' || encode(p_number, 'hex'),
        auth.mail_of(v_login), 'closing', v_login.language,
        jsonb_build_object('token_hash', encode(p_number, 'hex')), p_now);
    RETURN 'ok';
END $$;
COMMENT ON FUNCTION auth.close_ask IS
    'The session''s log-in ends in 14 days unless that is called off, by the '
    'link that is mailed or after logging in: ok, same (it ends already), '
    'confirm.';

CREATE OR REPLACE FUNCTION auth.put_kept(p_login bigint, p_now timestamptz)
RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE auth.login AS l SET closes_at = NULL
        WHERE l.id = p_login AND l.closes_at IS NOT NULL
            AND l.closed_at IS NULL;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE auth.token AS t SET used_at = p_now
        WHERE t.login_id = p_login AND t.kind = 'closing'
            AND t.used_at IS NULL;
    PERFORM auth.note(p_login, 'closing_kept', '', p_now);
    RETURN true;
END $$;
COMMENT ON FUNCTION auth.put_kept IS
    'Calls the end of a log-in off; false: it was not to end.';

CREATE OR REPLACE FUNCTION auth.close_keep(p_session bytea,
    p_now timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_session auth.session := auth.live(p_session, p_now);
BEGIN
    IF v_session.stage IS DISTINCT FROM 'in' THEN
        RETURN 'gone';
    END IF;
    RETURN CASE WHEN auth.put_kept(v_session.login_id, p_now) THEN 'ok'
        ELSE 'none' END;
END $$;
COMMENT ON FUNCTION auth.close_keep IS
    'Who is logged in keeps the account: ok, none (it was not to end), gone.';

CREATE OR REPLACE FUNCTION auth.close_cancel(p_number bytea,
    p_now timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_token auth.token;
BEGIN
    SELECT t.* INTO v_token FROM auth.token AS t
        WHERE t.number = p_number AND t.kind = 'closing'
            AND t.expires_at > p_now FOR UPDATE;
    IF v_token.number IS NULL THEN
        RETURN 'gone';
    ELSIF v_token.used_at IS NULL THEN
        RETURN CASE WHEN auth.put_kept(v_token.login_id, p_now) THEN 'ok'
            ELSE 'gone' END;
    END IF;
    RETURN CASE WHEN EXISTS (SELECT FROM auth.login AS l
        WHERE l.id = v_token.login_id AND l.closes_at IS NULL
            AND l.closed_at IS NULL) THEN 'ok' ELSE 'gone' END;
END $$;
COMMENT ON FUNCTION auth.close_cancel IS
    'The mailed link keeps the account: ok (again too), gone.';

CREATE OR REPLACE FUNCTION auth.put_closed(p_login auth.login,
    p_now timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM notify.queue('closed:' || p_login.public_id,
        auth.mail_of(p_login), 'closed', p_login.language, '{}', p_now);
    DELETE FROM auth.session AS s WHERE s.login_id = p_login.id;
    DELETE FROM auth.device AS d WHERE d.login_id = p_login.id;
    DELETE FROM auth.api_token AS a WHERE a.login_id = p_login.id;
    DELETE FROM auth.token AS t WHERE t.login_id = p_login.id;
    UPDATE auth.login_account AS r SET state = 'ended', nickname = NULL
        WHERE r.login_id = p_login.id;
    -- whom this one let in stays only where another owner is left
    UPDATE auth.login_account AS r SET state = 'ended'
        WHERE r.invited_by = p_login.id AND r.state = 'active'
            AND NOT EXISTS (SELECT FROM auth.login_account AS o
                WHERE o.account_id = r.account_id AND o.state = 'active'
                    AND o.role <> 'delegate');
    PERFORM auth.note(p_login.id, 'closed', '', p_now);
    -- the address can have another account; that it had this one can be
    -- shown by who knows it and has the key
    UPDATE auth.login AS l SET closed_at = p_now, closes_at = NULL,
        email = 'closed ' || encode(l.email_key, 'hex'),
        email_key = sha256(convert_to('closed', 'UTF8') || l.email_key
            || uuid_send(l.public_id)),
        password = '$argon2id$', totp_sealed = NULL, must_change = false,
        password_ends_at = NULL
        WHERE l.id = p_login.id;
END $$;
COMMENT ON FUNCTION auth.put_closed IS
    'Ends a log-in: sessions, browsers, tokens, links, rights, password and '
    'second factor go, the address becomes a keyed hash; the log stays.';

CREATE OR REPLACE FUNCTION auth.close_due(p_limit integer,
    p_now timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_login auth.login;
    v_count integer := 0;
BEGIN
    FOR v_login IN
        SELECT l.* FROM auth.login AS l
        WHERE l.closes_at <= p_now AND l.closed_at IS NULL
        ORDER BY l.closes_at LIMIT p_limit FOR UPDATE SKIP LOCKED
    LOOP
        PERFORM auth.put_closed(v_login, p_now);
        v_count := v_count + 1;
    END LOOP;
    RETURN v_count;
END $$;
COMMENT ON FUNCTION auth.close_due IS
    'Ends the log-ins whose 14 days are over; how many.';

SET ROLE smetka_owner;
