-- Another e-mail address for a log-in.
SET ROLE smetka_identity;

CREATE OR REPLACE FUNCTION auth.email_ask(p_session bytea, p_email text,
    p_email_key bytea, p_mailbox_hash bytea, p_number bytea,
    p_cancel bytea, p_now timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_login auth.login := auth.owner(p_session, p_now);
    v_taken bigint;
    v_used integer;
BEGIN
    IF EXISTS (SELECT FROM auth.token AS t WHERE t.number = p_number) THEN
        RETURN 'sent';
    ELSIF v_login.id IS NULL THEN
        RETURN 'confirm';
    ELSIF v_login.email_key = p_email_key THEN
        RETURN 'same';
    END IF;
    SELECT s.used INTO v_used FROM ops.spend('email', sha256(convert_to(
        'change:' || v_login.id, 'UTF8')), 1, interval '1 day', p_now) AS s;
    IF v_used > 5 THEN
        RETURN 'many';
    END IF;
    UPDATE auth.token AS t SET used_at = p_now
        WHERE t.login_id = v_login.id AND t.kind = 'email'
            AND t.used_at IS NULL;
    SELECT l.id INTO v_taken FROM auth.login AS l
        WHERE l.email_key = p_email_key;
    -- whether an address has a log-in is told to its mailbox alone
    PERFORM auth.mail_link(CASE WHEN v_taken IS NULL THEN 'email'
        ELSE 'have_account' END, p_number, coalesce(v_taken, v_login.id),
        NULL, p_email_key, p_email, NULL, v_login.language, '{}',
        interval '24 hours', p_mailbox_hash, p_now);
    PERFORM auth.note(v_login.id, 'email_asked', left(p_email, 200), p_now);
    IF auth.mail_of(v_login) IS NOT NULL THEN
        INSERT INTO auth.token (number, kind, login_id, email_key, email,
            language, created_at, expires_at)
        VALUES (p_cancel, 'email_cancel', v_login.id, v_login.email_key,
            v_login.email, v_login.language, p_now,
            p_now + interval '14 days');
        PERFORM notify.queue('email_cancel:' || encode(p_cancel, 'hex'),
            v_login.email, 'email_cancel', v_login.language,
            jsonb_build_object('token_hash', encode(p_cancel, 'hex'),
            'who', p_email), p_now);
    END IF;
    RETURN 'sent';
END $$;
COMMENT ON FUNCTION auth.email_ask IS
    'Mails a link to the new address, and to the old one a link that stops '
    'or undoes the change: sent (also where the new one has a log-in), same, '
    'many (five a day), confirm (the password was typed too long ago).';

CREATE OR REPLACE FUNCTION auth.put_email(p_login bigint, p_email text,
    p_email_key bytea, p_kind text, p_detail text, p_now timestamptz)
RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM auth.login AS l WHERE l.id = p_login FOR NO KEY UPDATE;
    BEGIN
        UPDATE auth.login AS l SET email = p_email, email_key = p_email_key
            WHERE l.id = p_login AND l.closed_at IS NULL;
        IF NOT FOUND THEN
            RETURN false;
        END IF;
    EXCEPTION WHEN unique_violation THEN
        RETURN false;
    END;
    -- what was mailed to the address of before opens nothing any more
    UPDATE auth.token AS t SET used_at = p_now
        WHERE t.login_id = p_login AND t.kind IN ('reset', 'email')
            AND t.used_at IS NULL;
    PERFORM auth.note(p_login, p_kind, left(p_detail, 200), p_now);
    RETURN true;
END $$;
COMMENT ON FUNCTION auth.put_email IS
    'Gives a log-in another address; false if that has become another''s.';

CREATE OR REPLACE FUNCTION auth.email_take(p_number bytea,
    p_now timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_token auth.token;
    v_login auth.login;
BEGIN
    SELECT t.* INTO v_token FROM auth.token AS t
        WHERE t.number = p_number AND t.kind = 'email'
            AND t.expires_at > p_now FOR UPDATE;
    SELECT l.* INTO v_login FROM auth.login AS l
        WHERE l.id = v_token.login_id;
    IF v_token.used_at IS NOT NULL
        AND v_login.email_key = v_token.email_key
    THEN
        RETURN 'ok';
    ELSIF v_login.id IS NULL OR v_token.used_at IS NOT NULL
        OR NOT auth.put_email(v_login.id, v_token.email, v_token.email_key,
            'email_changed', v_token.email, p_now)
    THEN
        RETURN 'gone';
    END IF;
    PERFORM notify.queue('email_changed:' || encode(p_number, 'hex'),
        auth.mail_of(v_login), 'email_changed', v_login.language,
        jsonb_build_object('who', v_token.email), p_now);
    RETURN 'ok';
END $$;
COMMENT ON FUNCTION auth.email_take IS
    'The new address is confirmed and takes effect: ok (again too), gone.';

CREATE OR REPLACE FUNCTION auth.email_undo(p_number bytea,
    p_now timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_token auth.token;
    v_key bytea;
BEGIN
    SELECT t.* INTO v_token FROM auth.token AS t
        WHERE t.number = p_number AND t.kind = 'email_cancel'
            AND t.expires_at > p_now FOR UPDATE;
    IF v_token.number IS NULL OR v_token.used_at IS NOT NULL THEN
        RETURN coalesce(v_token.args->>'outcome', 'gone');
    END IF;
    SELECT l.email_key INTO v_key FROM auth.login AS l
        WHERE l.id = v_token.login_id FOR NO KEY UPDATE;
    IF v_key = v_token.email_key THEN
        UPDATE auth.token AS t SET used_at = p_now
            WHERE t.login_id = v_token.login_id AND t.kind = 'email'
                AND t.used_at IS NULL;
        PERFORM auth.note(v_token.login_id, 'email_withdrawn', '', p_now);
    ELSIF NOT auth.put_email(v_token.login_id, v_token.email,
        v_token.email_key, 'email_restored', v_token.email, p_now)
    THEN
        RETURN 'gone';
    ELSE
        DELETE FROM auth.session AS s WHERE s.login_id = v_token.login_id;
        UPDATE auth.device AS d SET trusted = false
            WHERE d.login_id = v_token.login_id;
    END IF;
    -- later changes, which somebody else may have made, go with this one
    UPDATE auth.token AS t SET used_at = p_now,
        args = CASE WHEN t.number = p_number THEN jsonb_build_object(
            'outcome', CASE WHEN v_key = v_token.email_key THEN 'withdrawn'
            ELSE 'restored' END) ELSE t.args END
        WHERE t.login_id = v_token.login_id AND t.kind = 'email_cancel'
            AND t.created_at >= v_token.created_at AND t.used_at IS NULL;
    RETURN CASE WHEN v_key = v_token.email_key THEN 'withdrawn'
        ELSE 'restored' END;
END $$;
COMMENT ON FUNCTION auth.email_undo IS
    'The old address says no: withdrawn (the new one was not confirmed yet), '
    'restored (it was: the old one is put back, all browsers are out), '
    'gone.  Again: the same answer.';

SET ROLE smetka_owner;
