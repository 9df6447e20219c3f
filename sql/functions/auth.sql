-- Who may do what, and sessions.
SET ROLE smetka_identity;

CREATE OR REPLACE FUNCTION auth.rights(p_login bigint, p_action text,
    p_now timestamptz) RETURNS bigint[]
LANGUAGE plpgsql STABLE AS $$
BEGIN
    -- an action that nobody has heard of is allowed to nobody
    IF p_action NOT IN ('see', 'pay', 'read_meter', 'request', 'people') THEN
        RETURN '{}';
    END IF;
    RETURN coalesce((SELECT array_agg(r.account_id ORDER BY r.account_id)
        FROM auth.login_account AS r
        WHERE r.login_id = p_login AND r.state = 'active'
            AND (r.role <> 'delegate'
                OR (p_action = ANY (r.scope) AND r.ends_at > p_now))), '{}');
END $$;
COMMENT ON FUNCTION auth.rights IS
    'The accounts with which a log-in may do something: see, pay, '
    'read_meter, request, people (invite and end delegates).  The one place '
    'where this is decided; what is not allowed here is refused.';

CREATE OR REPLACE FUNCTION auth.may(p_login bigint, p_action text,
    p_account bigint, p_now timestamptz) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN p_account IS NOT NULL
        AND p_account = ANY (auth.rights(p_login, p_action, p_now));
END $$;
COMMENT ON FUNCTION auth.may IS
    'May this log-in do this with this account?';

CREATE OR REPLACE FUNCTION auth.live(p_session bytea, p_now timestamptz)
RETURNS auth.session
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_session auth.session;
BEGIN
    SELECT s.* INTO v_session FROM auth.session AS s
        WHERE s.key = p_session AND s.ends_at > p_now
            AND s.seen_at + s.idle > p_now;
    RETURN v_session;
END $$;
COMMENT ON FUNCTION auth.live IS
    'The session of a cookie while it lasts; null else.';

CREATE OR REPLACE FUNCTION auth.act(p_session bytea, p_action text,
    p_now timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_session auth.session := auth.live(p_session, p_now);
    v_token auth.api_token;
    v_login bigint;
    v_accounts bigint[] := '{}';
BEGIN
    IF v_session.stage = 'in' THEN
        v_login := v_session.login_id;
    ELSIF v_session.key IS NULL THEN
        v_token := auth.token_live(p_session, p_now);
        IF p_action = ANY (v_token.scope) THEN
            v_login := v_token.login_id;
            -- whatever a function forgets: with a token nothing is written
            PERFORM set_config('transaction_read_only', 'on', true);
        END IF;
    END IF;
    IF v_login IS NOT NULL THEN
        v_accounts := auth.rights(v_login, p_action, p_now);
    END IF;
    PERFORM set_config('smetka.accounts', v_accounts::text, true);
    RETURN v_login;
END $$;
COMMENT ON FUNCTION auth.act IS
    'Opens, for this transaction, the rows of the accounts with which the '
    'log-in of a session may do p_action, and says whose it is; null and no '
    'rows if it is over.  p_session may be the key of a token instead: it '
    'has no more than the actions of its scope, and the transaction can '
    'write nothing from then on.';

CREATE OR REPLACE FUNCTION auth.session_of(p_session bytea,
    p_now timestamptz)
RETURNS TABLE (login_id uuid, email text, language text, stage text,
    confirmed_at timestamptz, kept boolean, touch boolean, second boolean,
    closes_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT l.public_id, l.email, l.language, s.stage, s.confirmed_at, s.kept,
        s.seen_at < p_now - interval '1 minute', l.totp_sealed IS NOT NULL,
        l.closes_at
    FROM auth.session AS s JOIN auth.login AS l ON l.id = s.login_id
    WHERE s.key = p_session AND s.ends_at > p_now
        AND s.seen_at + s.idle > p_now AND l.closed_at IS NULL;
END $$;
COMMENT ON FUNCTION auth.session_of IS
    'Who a session belongs to, while it lasts; touch: it is time to note '
    'that it is used.';

CREATE OR REPLACE FUNCTION auth.session_touch(p_session bytea,
    p_now timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    UPDATE auth.session AS s SET seen_at = p_now
        WHERE s.key = p_session AND s.seen_at < p_now;
END $$;
COMMENT ON FUNCTION auth.session_touch IS 'Notes that a session is used.';

CREATE OR REPLACE FUNCTION auth.note(p_login bigint, p_kind text,
    p_detail text, p_now timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_event record;
BEGIN
    UPDATE auth.login AS l SET event_seq = l.event_seq + 1,
        event_hash = sha256(l.event_hash || convert_to(concat_ws('|',
            l.event_seq + 1, (extract(epoch FROM p_now) * 1000000)::bigint,
            p_kind, p_detail), 'UTF8'))
        WHERE l.id = p_login
        RETURNING l.event_seq, l.event_hash INTO v_event;
    INSERT INTO auth.event (login_id, seq, at, kind, detail, hash)
    VALUES (p_login, v_event.event_seq, p_now, p_kind, p_detail,
        v_event.event_hash);
END $$;
COMMENT ON FUNCTION auth.note IS
    'Writes what happened, chained to what happened before.';

CREATE OR REPLACE FUNCTION auth.tidy(p_now timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM auth.session AS s USING (
        SELECT d.key FROM auth.session AS d WHERE d.ends_at < p_now
        ORDER BY d.ends_at LIMIT 4 FOR UPDATE SKIP LOCKED) AS old
    WHERE s.key = old.key;
    DELETE FROM auth.token AS t USING (
        SELECT d.number FROM auth.token AS d
        WHERE d.expires_at < p_now - interval '1 day'
        ORDER BY d.expires_at LIMIT 4 FOR UPDATE SKIP LOCKED) AS old
    WHERE t.number = old.number;
    DELETE FROM auth.api_token AS p USING (
        SELECT d.key FROM auth.api_token AS d WHERE d.ends_at < p_now
        ORDER BY d.ends_at LIMIT 2 FOR UPDATE SKIP LOCKED) AS old
    WHERE p.key = old.key;
    DELETE FROM auth.device AS v USING (
        SELECT d.login_id, d.browser_hash FROM auth.device AS d
        WHERE d.ends_at < p_now
        ORDER BY d.ends_at LIMIT 4 FOR UPDATE SKIP LOCKED) AS old
    WHERE v.login_id = old.login_id AND v.browser_hash = old.browser_hash;
END $$;
COMMENT ON FUNCTION auth.tidy IS
    'Removes a few sessions, links, tokens and browsers past their time; each '
    'log-in '
    'removes more than it adds.';

CREATE OR REPLACE FUNCTION auth.begin_session(p_login bigint,
    p_session bytea, p_stage text, p_agent text, p_kept boolean,
    p_limits jsonb, p_now timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_kept interval :=
        make_interval(days => (p_limits->>'kept_days')::integer);
BEGIN
    INSERT INTO auth.session (key, login_id, stage, kept, agent, started_at,
        seen_at, confirmed_at, idle, ends_at)
    VALUES (p_session, p_login, p_stage, p_kept, left(p_agent, 60), p_now,
        p_now, p_now,
        CASE WHEN p_stage <> 'in' THEN interval '15 minutes'
            WHEN p_kept THEN v_kept
            ELSE make_interval(secs => (p_limits->>'idle_s')::integer) END,
        p_now + CASE WHEN p_stage <> 'in' THEN interval '15 minutes'
            WHEN p_kept THEN v_kept
            ELSE make_interval(secs => (p_limits->>'life_s')::integer) END);
    PERFORM auth.tidy(p_now);
END $$;
COMMENT ON FUNCTION auth.begin_session IS
    'Makes a session; before the last stage it has 15 minutes.';

CREATE OR REPLACE FUNCTION auth.session_list(p_session bytea,
    p_now timestamptz)
RETURNS TABLE (session_id uuid, agent text, started_at timestamptz,
    seen_at timestamptz, ends_at timestamptz, kept boolean, own boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_session auth.session := auth.live(p_session, p_now);
BEGIN
    RETURN QUERY
    SELECT s.public_id, s.agent, s.started_at, s.seen_at, s.ends_at, s.kept,
        s.key = p_session
    FROM auth.session AS s
    WHERE s.login_id = v_session.login_id AND v_session.stage = 'in'
        AND s.stage = 'in' AND s.ends_at > p_now
        AND s.seen_at + s.idle > p_now
    ORDER BY s.key = p_session DESC, s.seen_at DESC LIMIT 100;
END $$;
COMMENT ON FUNCTION auth.session_list IS
    'Where the session''s log-in is logged in, this browser first.';

CREATE OR REPLACE FUNCTION auth.session_end(p_session bytea, p_other uuid,
    p_now timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_session auth.session := auth.live(p_session, p_now);
    v_count integer;
BEGIN
    IF v_session.stage IS DISTINCT FROM 'in' THEN
        RETURN 0;
    END IF;
    DELETE FROM auth.session AS s
        WHERE s.login_id = v_session.login_id AND s.key <> p_session
            AND (p_other IS NULL OR s.public_id = p_other);
    GET DIAGNOSTICS v_count = ROW_COUNT;
    IF v_count > 0 THEN
        PERFORM auth.note(v_session.login_id, 'sessions_ended',
            v_count::text, p_now);
    END IF;
    RETURN v_count;
END $$;
COMMENT ON FUNCTION auth.session_end IS
    'Ends another session of the same log-in, or with null all others.';

CREATE OR REPLACE FUNCTION auth.logout(p_session bytea, p_now timestamptz)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_login bigint;
BEGIN
    DELETE FROM auth.session AS s WHERE s.key = p_session
        RETURNING s.login_id INTO v_login;
    IF v_login IS NOT NULL THEN
        PERFORM auth.note(v_login, 'logged_out', '', p_now);
    END IF;
END $$;
COMMENT ON FUNCTION auth.logout IS 'Ends a session.';

SET ROLE smetka_owner;
