-- Tokens with which programs of a customer read.  What a token may do is
-- decided in auth.act() and nowhere else: functions that take a session and
-- ask auth.live() know no tokens.
SET ROLE smetka_identity;

CREATE OR REPLACE FUNCTION auth.token_live(p_key bytea, p_now timestamptz)
RETURNS auth.api_token
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_token auth.api_token;
BEGIN
    SELECT t.* INTO v_token FROM auth.api_token AS t
    JOIN auth.login AS l ON l.id = t.login_id
    WHERE t.key = p_key AND t.ends_at > p_now AND l.closed_at IS NULL;
    RETURN v_token;
END $$;
COMMENT ON FUNCTION auth.token_live IS
    'The token of a program while it lasts; null else.';

CREATE OR REPLACE FUNCTION auth.token_enter(p_key bytea, p_most integer,
    p_now timestamptz)
RETURNS TABLE (login_id uuid, email text, language text, see boolean,
    retry_after_s integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_token auth.api_token := auth.token_live(p_key, p_now);
    v_used record;
BEGIN
    IF v_token.key IS NULL THEN
        RETURN;
    END IF;
    SELECT * INTO v_used FROM ops.spend('token', p_key, 1,
        interval '1 minute', p_now);
    UPDATE auth.api_token AS t SET seen_at = p_now WHERE t.key = p_key
        AND (t.seen_at IS NULL OR t.seen_at < p_now - interval '1 minute');
    RETURN QUERY SELECT l.public_id, l.email, l.language,
        'see' = ANY (v_token.scope), CASE WHEN v_used.used > p_most
        THEN greatest(ceil(extract(epoch FROM v_used.ends_at - p_now)), 1)
            ::integer ELSE 0 END
    FROM auth.login AS l WHERE l.id = v_token.login_id;
END $$;
COMMENT ON FUNCTION auth.token_enter IS
    'Whose a token is, after counting the request; retry_after_s above 0: it '
    'has asked p_most times in this minute.  No row: no such token.';

CREATE OR REPLACE FUNCTION auth.token_make(p_session bytea, p_key bytea,
    p_name text, p_until date, p_now timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_login auth.login := auth.owner(p_session, p_now);
BEGIN
    IF v_login.id IS NULL THEN
        RETURN 'confirm';
    END IF;
    -- two at once: the second one sees the first
    PERFORM FROM auth.login AS l WHERE l.id = v_login.id FOR NO KEY UPDATE;
    IF EXISTS (SELECT FROM auth.api_token AS t WHERE t.key = p_key
        AND t.login_id = v_login.id)
    THEN
        RETURN 'ok';
    ELSIF p_until < ops.day(p_now) OR p_until > ops.day(p_now) + 366 THEN
        RETURN 'range';
    END IF;
    DELETE FROM auth.api_token AS t
        WHERE t.login_id = v_login.id AND t.ends_at <= p_now;
    IF EXISTS (SELECT FROM auth.api_token AS t
        WHERE t.login_id = v_login.id AND t.name = p_name)
    THEN
        RETURN 'name';
    ELSIF (SELECT count(*) FROM auth.api_token AS t
        WHERE t.login_id = v_login.id) >= 20
    THEN
        RETURN 'many';
    END IF;
    INSERT INTO auth.api_token (key, login_id, name, scope, created_at,
        ends_at)
    VALUES (p_key, v_login.id, p_name, '{see}', p_now,
        auth.end_of(p_until));
    PERFORM auth.note(v_login.id, 'token_made', p_name, p_now);
    PERFORM notify.queue('token_made:' || encode(p_key, 'hex'),
        auth.mail_of(v_login), 'token_made', v_login.language,
        jsonb_build_object('who', p_name), p_now);
    RETURN 'ok';
END $$;
COMMENT ON FUNCTION auth.token_make IS
    'A token that reads until the end of a day, a year at most: ok (again '
    'too), name (there is one of this name), many (20), range, confirm (the '
    'password was typed too long ago).  Its owner is mailed.';

CREATE OR REPLACE FUNCTION auth.tokens(p_session bytea, p_now timestamptz)
RETURNS TABLE (token uuid, name text, created_at timestamptz, until date,
    seen_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_session auth.session := auth.live(p_session, p_now);
BEGIN
    RETURN QUERY
    SELECT t.public_id, t.name, t.created_at,
        ops.day(t.ends_at - interval '1 second'), t.seen_at
    FROM auth.api_token AS t
    WHERE t.login_id = v_session.login_id AND v_session.stage = 'in'
        AND t.ends_at > p_now ORDER BY t.created_at DESC, t.name;
END $$;
COMMENT ON FUNCTION auth.tokens IS
    'The tokens of the session''s log-in, until the last day of each.';

CREATE OR REPLACE FUNCTION auth.token_end(p_session bytea, p_token uuid,
    p_now timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_login auth.login := auth.owner(p_session, p_now);
    v_name text;
BEGIN
    IF v_login.id IS NULL THEN
        RETURN 'confirm';
    END IF;
    DELETE FROM auth.api_token AS t
        WHERE t.login_id = v_login.id AND t.public_id = p_token
        RETURNING t.name INTO v_name;
    IF v_name IS NULL THEN
        RETURN 'none';
    END IF;
    PERFORM auth.note(v_login.id, 'token_ended', v_name, p_now);
    RETURN 'ok';
END $$;
COMMENT ON FUNCTION auth.token_end IS
    'Revokes a token: ok, none (it is gone, or another''s), confirm.';

SET ROLE smetka_owner;
