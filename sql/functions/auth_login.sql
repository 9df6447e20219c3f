-- Logging in: password, second factor, confirming, changing, resetting.
SET ROLE smetka_identity;

CREATE OR REPLACE FUNCTION auth.password_gate(p_login bigint,
    p_email_key bytea, p_address_hash bytea, p_browser_hash bytea,
    p_limits jsonb, p_now timestamptz,
    OUT slow boolean, OUT retry_after_s integer, OUT first_over boolean)
LANGUAGE plpgsql AS $$
DECLARE
    v_window interval := interval '15 minutes';
    v_each integer := (p_limits->>'login_failures')::integer;
    v_known boolean := EXISTS (SELECT FROM auth.device AS d
        WHERE d.login_id = p_login AND d.browser_hash = p_browser_hash
            AND d.ends_at > p_now);
    v_address record;
    v_login record;
BEGIN
    -- A try is counted before the password is looked at, so that many at the
    -- same moment are counted too; the right one is taken off again.  The
    -- owner's own browser has a bucket that strangers cannot fill.
    SELECT * INTO v_address FROM ops.spend('login_address', p_address_hash,
        (NOT v_known)::integer, v_window, p_now);
    IF v_known THEN
        SELECT * INTO v_login FROM ops.spend('login_device',
            sha256(p_email_key || p_browser_hash), 1, v_window, p_now);
    ELSE
        SELECT * INTO v_login FROM ops.spend('login', p_email_key, 1,
            v_window, p_now);
    END IF;
    slow := v_login.used > v_each OR (NOT v_known AND v_address.used
        > (p_limits->>'login_failures_per_address')::integer);
    first_over := v_login.used = v_each + 1 AND NOT v_known;
    retry_after_s := CASE WHEN slow THEN ceil(extract(epoch FROM
        CASE WHEN v_login.used > v_each THEN v_login.ends_at
            ELSE v_address.ends_at END - p_now)) ELSE 0 END;
END $$;
COMMENT ON FUNCTION auth.password_gate IS
    'Counts a try of a password: at most so many in 15 minutes on a log-in, '
    'and so many from an address, each by itself.';

CREATE OR REPLACE FUNCTION auth.password_right(p_email_key bytea,
    p_address_hash bytea, p_browser_hash bytea, p_now timestamptz)
RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE ops.budget AS b SET used = greatest(b.used - 1, 0)
        WHERE b.kind = 'login_address' AND b.key = p_address_hash
            AND b.ends_at > p_now;
    UPDATE ops.budget AS b SET used = 0
        WHERE (b.kind = 'login' AND b.key = p_email_key)
            OR (b.kind = 'login_device'
                AND b.key = sha256(p_email_key || p_browser_hash));
END $$;
COMMENT ON FUNCTION auth.password_right IS
    'Takes the tries off again once the password was right.';

CREATE OR REPLACE FUNCTION auth.login_find(p_email_key bytea,
    p_address_hash bytea, p_browser_hash bytea, p_limits jsonb,
    p_now timestamptz, OUT verdict text, OUT retry_after_s integer,
    OUT password text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_login auth.login;
    v_gate record;
BEGIN
    SELECT l.* INTO v_login FROM auth.login AS l
        WHERE l.email_key = p_email_key AND l.closed_at IS NULL;
    SELECT * INTO v_gate FROM auth.password_gate(v_login.id, p_email_key,
        p_address_hash, p_browser_hash, p_limits, p_now);
    verdict := CASE WHEN v_gate.slow THEN 'slow' ELSE 'ok' END;
    retry_after_s := v_gate.retry_after_s;
    IF NOT v_gate.slow THEN
        password := v_login.password;
    END IF;
    IF v_gate.first_over AND v_login.id IS NOT NULL THEN
        PERFORM auth.note(v_login.id, 'guessed', '', p_now);
        PERFORM notify.queue('guessed:' || v_login.public_id || ':'
            || ops.day(p_now), auth.mail_of(v_login), 'guessed',
            v_login.language, '{}', p_now);
    END IF;
    PERFORM ops.tidy(p_now);
END $$;
COMMENT ON FUNCTION auth.login_find IS
    'What is kept of a password, or none, after counting the try: ok, slow '
    '(too many; nothing is compared).  The owner is mailed once a day about '
    'tries that came to their end.';

CREATE OR REPLACE FUNCTION auth.mail_of(p_login auth.login) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN p_login.email LIKE '%@%' THEN p_login.email END
$$;
COMMENT ON FUNCTION auth.mail_of IS
    'The address of a log-in; null for a user name handed out at a desk.';

CREATE OR REPLACE FUNCTION auth.login_done(p_email_key bytea,
    p_address_hash bytea, p_browser_hash bytea, p_session bytea,
    p_agent text, p_kept boolean, p_renewed text, p_limits jsonb,
    p_now timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_login auth.login;
    v_stage text;
BEGIN
    SELECT l.* INTO v_login FROM auth.login AS l
        WHERE l.email_key = p_email_key AND l.closed_at IS NULL
        FOR NO KEY UPDATE;
    IF v_login.id IS NULL OR (v_login.must_change
        AND v_login.password_ends_at <= p_now)
    THEN
        RETURN 'gone';
    END IF;
    PERFORM auth.password_right(p_email_key, p_address_hash, p_browser_hash,
        p_now);
    IF p_renewed IS NOT NULL THEN
        UPDATE auth.login AS l SET password = p_renewed
            WHERE l.id = v_login.id;
    END IF;
    v_stage := CASE WHEN v_login.must_change THEN 'change'
        WHEN v_login.totp_sealed IS NOT NULL AND NOT EXISTS (
            SELECT FROM auth.device AS d WHERE d.login_id = v_login.id
                AND d.browser_hash = p_browser_hash AND d.trusted
                AND d.ends_at > p_now) THEN 'code'
        ELSE 'in' END;
    IF EXISTS (SELECT FROM auth.session AS s WHERE s.key = p_session) THEN
        RETURN v_stage;
    END IF;
    PERFORM auth.begin_session(v_login.id, p_session, v_stage, p_agent,
        p_kept, p_limits, p_now);
    IF v_stage = 'in' THEN
        PERFORM auth.know(v_login.id, p_browser_hash, NULL, p_now);
        PERFORM auth.note(v_login.id, 'logged_in', left(p_agent, 60), p_now);
    END IF;
    RETURN v_stage;
END $$;
COMMENT ON FUNCTION auth.login_done IS
    'Begins a session after the right password: in, code (the second factor '
    'is due), change (a new password is due), gone.';

CREATE OR REPLACE FUNCTION auth.know(p_login bigint, p_browser_hash bytea,
    p_trusted boolean, p_now timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO auth.device AS d (login_id, browser_hash, ends_at, trusted)
    VALUES (p_login, p_browser_hash, p_now + interval '30 days',
        coalesce(p_trusted, false))
    ON CONFLICT (login_id, browser_hash) DO UPDATE SET
        -- trust ends 30 days after the second factor was given
        ends_at = CASE WHEN d.trusted AND p_trusted IS NULL THEN d.ends_at
            ELSE EXCLUDED.ends_at END,
        trusted = coalesce(p_trusted, d.trusted);
END $$;
COMMENT ON FUNCTION auth.know IS
    'Notes that a log-in is used from this browser, for 30 days; null leaves '
    'its trust as it is.';

CREATE OR REPLACE FUNCTION auth.secrets(p_session bytea,
    p_address_hash bytea, p_browser_hash bytea, p_what text, p_limits jsonb,
    p_now timestamptz, OUT verdict text, OUT retry_after_s integer,
    OUT email text, OUT password text, OUT totp_sealed bytea,
    OUT totp_used bigint, OUT public_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_session auth.session := auth.live(p_session, p_now);
    v_login auth.login;
    v_gate record;
    v_used record;
BEGIN
    SELECT l.* INTO v_login FROM auth.login AS l
        WHERE l.id = v_session.login_id AND l.closed_at IS NULL;
    verdict := CASE WHEN v_login.id IS NULL THEN 'gone' ELSE 'ok' END;
    retry_after_s := 0;
    IF verdict = 'gone' THEN
        RETURN;
    END IF;
    IF p_what = 'password' THEN
        SELECT * INTO v_gate FROM auth.password_gate(v_login.id,
            v_login.email_key, p_address_hash, p_browser_hash, p_limits,
            p_now);
        IF v_gate.slow THEN
            verdict := 'slow';
            retry_after_s := v_gate.retry_after_s;
            RETURN;
        END IF;
        password := v_login.password;
    ELSIF p_what = 'code' THEN
        SELECT * INTO v_used FROM ops.spend('login_code', v_login.email_key,
            1, interval '10 minutes', p_now);
        IF v_used.used > 5 THEN
            verdict := 'slow';
            retry_after_s := ceil(extract(epoch FROM v_used.ends_at - p_now));
            RETURN;
        END IF;
    END IF;
    email := v_login.email;
    totp_sealed := v_login.totp_sealed;
    totp_used := v_login.totp_used;
    public_id := v_login.public_id;
END $$;
COMMENT ON FUNCTION auth.secrets IS
    'What a session''s own password or code is compared with, after counting '
    'the try: ok, slow, gone.';

CREATE OR REPLACE FUNCTION auth.renew(p_session bytea, p_new_session bytea,
    p_now timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE auth.session AS s SET key = p_new_session, confirmed_at = p_now,
        seen_at = p_now WHERE s.key = p_session;
END $$;
COMMENT ON FUNCTION auth.renew IS
    'Gives a session another cookie; the old one opens nothing any more.';

CREATE OR REPLACE FUNCTION auth.confirm(p_session bytea,
    p_new_session bytea, p_address_hash bytea, p_browser_hash bytea,
    p_now timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_session auth.session := auth.live(p_session, p_now);
    v_key bytea;
BEGIN
    IF v_session.stage IS DISTINCT FROM 'in' THEN
        RETURN EXISTS (SELECT FROM auth.session AS s
            WHERE s.key = p_new_session);
    END IF;
    SELECT l.email_key INTO v_key FROM auth.login AS l
        WHERE l.id = v_session.login_id;
    PERFORM auth.password_right(v_key, p_address_hash, p_browser_hash, p_now);
    PERFORM auth.renew(p_session, p_new_session, p_now);
    RETURN true;
END $$;
COMMENT ON FUNCTION auth.confirm IS
    'The password was typed again: dangerous changes are open for a while, '
    'under another cookie.';

CREATE OR REPLACE FUNCTION auth.totp_done(p_session bytea,
    p_new_session bytea, p_browser_hash bytea, p_step bigint,
    p_trust boolean, p_limits jsonb, p_now timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_session auth.session := auth.live(p_session, p_now);
    v_key bytea;
BEGIN
    IF EXISTS (SELECT FROM auth.session AS s WHERE s.key = p_new_session) THEN
        RETURN 'in';
    END IF;
    IF v_session.stage IS DISTINCT FROM 'code' THEN
        RETURN 'gone';
    END IF;
    UPDATE auth.login AS l SET totp_used = p_step
        WHERE l.id = v_session.login_id AND l.totp_used < p_step
        RETURNING l.email_key INTO v_key;
    IF v_key IS NULL THEN
        RETURN 'used';
    END IF;
    UPDATE ops.budget AS b SET used = 0
        WHERE b.kind = 'login_code' AND b.key = v_key;
    DELETE FROM auth.session AS s WHERE s.key = p_session;
    PERFORM auth.begin_session(v_session.login_id, p_new_session, 'in',
        v_session.agent, v_session.kept, p_limits, p_now);
    PERFORM auth.know(v_session.login_id, p_browser_hash, p_trust, p_now);
    PERFORM auth.note(v_session.login_id, 'logged_in', v_session.agent,
        p_now);
    RETURN 'in';
END $$;
COMMENT ON FUNCTION auth.totp_done IS
    'Ends logging in after the right code: in, used (the code was used '
    'before), gone.';

CREATE OR REPLACE FUNCTION auth.totp_set(p_session bytea, p_sealed bytea,
    p_step bigint, p_now timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_session auth.session := auth.live(p_session, p_now);
    v_login auth.login;
BEGIN
    IF v_session.stage IS DISTINCT FROM 'in'
        OR v_session.confirmed_at < p_now - interval '15 minutes'
    THEN
        RETURN 'confirm';
    END IF;
    UPDATE auth.login AS l SET totp_sealed = p_sealed,
        totp_used = greatest(l.totp_used, p_step)
        WHERE l.id = v_session.login_id
            AND (p_sealed IS NULL) = (l.totp_sealed IS NOT NULL)
        RETURNING l.* INTO v_login;
    IF v_login.id IS NULL THEN
        RETURN 'same';
    END IF;
    UPDATE auth.device AS d SET trusted = false
        WHERE d.login_id = v_login.id;
    PERFORM auth.note(v_login.id, CASE WHEN p_sealed IS NULL THEN 'totp_off'
        ELSE 'totp_on' END, '', p_now);
    PERFORM notify.queue('totp:' || v_login.public_id || ':'
        || v_login.event_seq, auth.mail_of(v_login), CASE WHEN p_sealed IS NULL
        THEN 'totp_off' ELSE 'totp_on' END, v_login.language, '{}', p_now);
    RETURN 'ok';
END $$;
COMMENT ON FUNCTION auth.totp_set IS
    'Switches the second factor on (its sealed secret and the step of the '
    'code that proved it) or off (null): ok, same, confirm (the password '
    'was typed too long ago).';

CREATE OR REPLACE FUNCTION auth.put_password(p_login bigint,
    p_password text, p_kind text, p_now timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_login auth.login;
BEGIN
    UPDATE auth.login AS l SET password = p_password, password_at = p_now,
        must_change = false, password_ends_at = NULL
        WHERE l.id = p_login RETURNING l.* INTO v_login;
    DELETE FROM auth.session AS s WHERE s.login_id = p_login;
    DELETE FROM auth.api_token AS a WHERE a.login_id = p_login;
    UPDATE auth.token AS t SET used_at = p_now
        WHERE t.login_id = p_login AND t.kind = 'reset'
            AND t.used_at IS NULL;
    PERFORM auth.note(p_login, p_kind, '', p_now);
    PERFORM notify.queue('password:' || v_login.public_id || ':'
        || v_login.event_seq, auth.mail_of(v_login), 'password_changed',
        v_login.language, '{}', p_now);
END $$;
COMMENT ON FUNCTION auth.put_password IS
    'Keeps a new password, ends all sessions, tokens and reset links, mails a '
    'notice.';

CREATE OR REPLACE FUNCTION auth.password_change(p_session bytea,
    p_new_session bytea, p_browser_hash bytea, p_address_hash bytea,
    p_password text, p_limits jsonb, p_now timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_session auth.session := auth.live(p_session, p_now);
    v_key bytea;
BEGIN
    IF EXISTS (SELECT FROM auth.session AS s WHERE s.key = p_new_session) THEN
        RETURN 'ok';
    END IF;
    IF v_session.stage IS NULL OR v_session.stage = 'code' THEN
        RETURN 'gone';
    END IF;
    SELECT l.email_key INTO v_key FROM auth.login AS l
        WHERE l.id = v_session.login_id FOR NO KEY UPDATE;
    PERFORM auth.password_right(v_key, p_address_hash, p_browser_hash, p_now);
    PERFORM auth.put_password(v_session.login_id, p_password,
        'password_changed', p_now);
    PERFORM auth.begin_session(v_session.login_id, p_new_session, 'in',
        v_session.agent, v_session.kept, p_limits, p_now);
    PERFORM auth.know(v_session.login_id, p_browser_hash, NULL, p_now);
    RETURN 'ok';
END $$;
COMMENT ON FUNCTION auth.password_change IS
    'A new password, after the old one was typed; this browser stays in '
    'under another cookie, all others are out: ok, gone.';

CREATE OR REPLACE FUNCTION auth.reset_ask(p_email_key bytea,
    p_address_hash bytea, p_mailbox_hash bytea, p_number bytea, p_lang text,
    p_limits jsonb, p_now timestamptz,
    OUT outcome text, OUT retry_after_s integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_login auth.login;
    v_gate record;
BEGIN
    SELECT * INTO v_gate FROM pay.gate(p_address_hash, p_email_key,
        p_limits, p_now);
    IF v_gate.verdict = 'throttled' THEN
        outcome := 'throttled';
        retry_after_s := v_gate.retry_after_s;
        RETURN;
    END IF;
    SELECT l.* INTO v_login FROM auth.login AS l
        WHERE l.email_key = p_email_key AND l.closed_at IS NULL;
    PERFORM auth.mail_link('reset', p_number, v_login.id, NULL, NULL,
        auth.mail_of(v_login), NULL, p_lang, '{}', interval '30 minutes',
        p_mailbox_hash, p_now);
    PERFORM pay.note_lookup('reset', 'sent', p_address_hash, p_email_key,
        NULL, p_now);
    outcome := 'sent';
    retry_after_s := 0;
END $$;
COMMENT ON FUNCTION auth.reset_ask IS
    'Mails a link that sets a new password, if there is such a log-in: sent '
    '(either way), throttled.';

CREATE OR REPLACE FUNCTION auth.reset_take(p_number bytea, p_password text,
    p_browser_hash bytea, p_now timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_token auth.token;
BEGIN
    SELECT t.* INTO v_token FROM auth.token AS t
        WHERE t.number = p_number AND t.kind = 'reset'
            AND t.used_at IS NULL AND t.expires_at > p_now
            AND t.login_id IS NOT NULL FOR UPDATE;
    IF v_token.number IS NULL THEN
        RETURN 'gone';
    END IF;
    PERFORM auth.put_password(v_token.login_id, p_password, 'password_reset',
        p_now);
    -- who reads the mailbox is let in also while others guess
    PERFORM auth.know(v_token.login_id, p_browser_hash, NULL, p_now);
    RETURN 'ok';
END $$;
COMMENT ON FUNCTION auth.reset_take IS
    'Sets the password by a mailed link, once; nobody is logged in by it: '
    'ok, gone.';

CREATE OR REPLACE FUNCTION auth.token_open(p_number bytea, p_kind text,
    p_now timestamptz) RETURNS TABLE (email text, hint text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY SELECT t.email, a.payment_code_hint
    FROM auth.token AS t
    LEFT JOIN customer.account AS a ON a.id = t.account_id
    WHERE t.number = p_number AND t.kind = p_kind AND t.used_at IS NULL
        AND t.expires_at > p_now
        AND num_nonnulls(t.login_id, t.account_id) > 0;
END $$;
COMMENT ON FUNCTION auth.token_open IS
    'What a mailed link is about, while it can be used.';

SET ROLE smetka_owner;
