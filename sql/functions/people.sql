-- Delegates: who is invited by an owner, what they may do and until when.
-- An owner is a holder or representative whose right is active.
SET ROLE smetka_identity;

CREATE OR REPLACE FUNCTION auth.owner(p_session bytea, p_now timestamptz)
RETURNS auth.login
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_session auth.session := auth.live(p_session, p_now);
    v_login auth.login;
BEGIN
    IF v_session.stage = 'in'
        AND v_session.confirmed_at >= p_now - interval '15 minutes'
    THEN
        SELECT l.* INTO v_login FROM auth.login AS l
            WHERE l.id = v_session.login_id AND l.closed_at IS NULL;
    END IF;
    RETURN v_login;
END $$;
COMMENT ON FUNCTION auth.owner IS
    'Whose session this is, if the password was typed within 15 minutes: '
    'who may change something dangerous; null else.';

CREATE OR REPLACE FUNCTION auth.place_address(p_account bigint)
RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT min(sp.address) FROM customer.contract AS c
    JOIN customer.supply_point AS sp ON sp.contract_id = c.id
    WHERE c.account_id = p_account
$$;
COMMENT ON FUNCTION auth.place_address IS
    'Where an account is supplied; null: not known.';

CREATE OR REPLACE FUNCTION auth.end_of(p_day date) RETURNS timestamptz
LANGUAGE sql STABLE AS $$
    SELECT (p_day + 1)::timestamp AT TIME ZONE 'Europe/Bucharest'
$$;
COMMENT ON FUNCTION auth.end_of IS 'When a calendar day of ours ends.';

CREATE OR REPLACE FUNCTION auth.note_people(p_accounts bigint[],
    p_kind text, p_detail text, p_mail text, p_who text, p_key text,
    p_now timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_owner auth.login;
BEGIN
    FOR v_owner IN
        SELECT l.* FROM auth.login AS l
        WHERE l.closed_at IS NULL AND l.id IN (
            SELECT r.login_id FROM auth.login_account AS r
            WHERE r.account_id = ANY (p_accounts) AND r.state = 'active'
                AND r.role <> 'delegate')
        ORDER BY l.id
    LOOP
        PERFORM auth.note(v_owner.id, p_kind, left(p_detail, 200), p_now);
        IF p_mail IS NOT NULL THEN
            PERFORM notify.queue(p_mail || ':' || p_key || ':' || v_owner.id,
                auth.mail_of(v_owner), p_mail, v_owner.language,
                jsonb_build_object('who', p_who), p_now);
        END IF;
    END LOOP;
END $$;
COMMENT ON FUNCTION auth.note_people IS
    'Notes in the log of every owner of these accounts what happened with a '
    'delegate, and mails them p_mail (null: nothing), once a p_key.';

CREATE OR REPLACE FUNCTION auth.note_owners(p_login bigint,
    p_account bigint, p_kind text, p_detail text, p_now timestamptz)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_who text;
BEGIN
    IF p_kind NOT LIKE 'delegate\_%' THEN
        RAISE EXCEPTION 'an action of a delegate is named delegate_..., not %',
            p_kind USING ERRCODE = 'invalid_parameter_value';
    END IF;
    SELECT l.email INTO v_who FROM auth.login_account AS r
        JOIN auth.login AS l ON l.id = r.login_id
        WHERE r.login_id = p_login AND r.account_id = p_account
            AND r.role = 'delegate';
    IF v_who IS NOT NULL THEN
        PERFORM auth.note_people(ARRAY[p_account], p_kind,
            concat_ws(' · ', v_who, (SELECT '…' || a.payment_code_hint
                FROM customer.account AS a WHERE a.id = p_account),
                nullif(p_detail, '')), NULL, NULL, NULL, p_now);
    END IF;
END $$;
COMMENT ON FUNCTION auth.note_owners IS
    'What p_login did with p_account is noted in the log of the account''s '
    'owners, if p_login is a delegate there; nothing else happens else.  '
    'Kinds: delegate_paying, delegate_paid, delegate_reading, '
    'delegate_request, delegate_document; the detail in a few words (a sum, a value).';

CREATE OR REPLACE FUNCTION auth.invite(p_session bytea, p_email text,
    p_email_key bytea, p_mailbox_hash bytea, p_number bytea, p_what jsonb,
    p_until date, p_lang text, p_now timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_owner auth.login := auth.owner(p_session, p_now);
    v_accounts bigint[];
    v_used integer;
BEGIN
    IF EXISTS (SELECT FROM auth.token AS t WHERE t.number = p_number) THEN
        RETURN 'sent';
    ELSIF v_owner.id IS NULL THEN
        RETURN 'confirm';
    END IF;
    SELECT array_agg(a.id ORDER BY a.id) INTO v_accounts
        FROM customer.account AS a
        WHERE a.id = ANY (auth.rights(v_owner.id, 'people', p_now))
            AND ((p_what->>'all')::boolean
                OR p_what->'accounts' ? replace(a.public_id::text, '-', ''));
    IF v_accounts IS NULL THEN
        RETURN 'none';
    ELSIF jsonb_array_length(p_what->'scope') = 0 THEN
        RETURN 'nothing';
    ELSIF p_until IS NULL OR p_until < ops.day(p_now)
        OR p_until > ops.day(p_now) + interval '2 years'
    THEN
        RETURN 'until';
    ELSIF p_email_key = v_owner.email_key THEN
        RETURN 'self';
    ELSIF EXISTS (SELECT FROM auth.login AS l
        JOIN auth.login_account AS r ON r.login_id = l.id
        WHERE l.email_key = p_email_key AND l.closed_at IS NULL
            AND r.account_id = ANY (v_accounts) AND r.state = 'active'
            AND r.role <> 'delegate')
    THEN
        RETURN 'owner';
    END IF;
    SELECT s.used INTO v_used FROM ops.spend('email', sha256(convert_to(
        'invite:' || v_owner.id, 'UTF8')), 1, interval '1 day', p_now) AS s;
    IF v_used > 20 THEN
        RETURN 'many';
    END IF;
    IF ops.spent('email', p_mailbox_hash, p_now) >= 5 THEN
        RETURN 'slow';
    END IF;
    -- a new invitation takes the place of one that was not answered
    UPDATE auth.token AS t SET used_at = p_now
        WHERE t.login_id = v_owner.id AND t.kind = 'invite'
            AND t.email_key = p_email_key AND t.used_at IS NULL;
    PERFORM auth.mail_link('invite', p_number, v_owner.id, NULL, p_email_key,
        p_email, NULL, p_lang, jsonb_build_object('who', v_owner.email,
        'id', gen_random_uuid(), 'accounts', v_accounts,
        'scope', p_what->'scope', 'ends_at', auth.end_of(p_until)),
        interval '14 days', p_mailbox_hash, p_now);
    PERFORM auth.note_people(v_accounts, 'delegate_invited', p_email,
        'delegate_invited', p_email, encode(p_number, 'hex'), p_now);
    RETURN 'sent';
END $$;
COMMENT ON FUNCTION auth.invite IS
    'Mails an invitation to see and do p_what.scope with p_what.accounts '
    '(or all), of which only those count whose owner asks, until the end of '
    'p_until: sent, confirm (the password was typed too long ago), none (no '
    'such place), nothing (no scope), until (past, or beyond two years), '
    'self, owner (has the place already), many (20 a day), slow (the mailbox '
    'got five mails in an hour).';

CREATE OR REPLACE FUNCTION auth.invite_live(p_number bytea,
    p_now timestamptz, OUT token auth.token, OUT accounts bigint[])
LANGUAGE plpgsql STABLE AS $$
BEGIN
    SELECT t.* INTO token FROM auth.token AS t
        WHERE t.number = p_number AND t.kind = 'invite'
            AND t.used_at IS NULL AND t.expires_at > p_now
            AND (t.args->>'ends_at')::timestamptz > p_now;
    -- only what its sender may still give
    accounts := ARRAY(SELECT a::bigint
        FROM jsonb_array_elements_text(token.args->'accounts') AS a
        WHERE auth.may(token.login_id, 'people', a::bigint, p_now));
END $$;
COMMENT ON FUNCTION auth.invite_live IS
    'An invitation that can be accepted, and for which accounts.';

CREATE OR REPLACE FUNCTION auth.invite_open(p_number bytea,
    p_now timestamptz)
RETURNS TABLE (email text, who text, scope text, until date, code_hint text,
    address text, has_login boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_invite record;
BEGIN
    SELECT * INTO v_invite FROM auth.invite_live(p_number, p_now);
    RETURN QUERY
    SELECT (v_invite.token).email, (v_invite.token).args->>'who',
        (SELECT string_agg(s, ',') FROM jsonb_array_elements_text(
            (v_invite.token).args->'scope') AS s),
        ops.day(((v_invite.token).args->>'ends_at')::timestamptz
            - interval '1 second'),
        a.payment_code_hint, auth.place_address(a.id),
        EXISTS (SELECT FROM auth.login AS l
            WHERE l.email_key = (v_invite.token).email_key)
    FROM customer.account AS a WHERE a.id = ANY (v_invite.accounts)
    ORDER BY a.id LIMIT 200;
END $$;
COMMENT ON FUNCTION auth.invite_open IS
    'What a mailed invitation is about, a row a place, while it can be used; '
    'has_login: its address has a log-in already.';

CREATE OR REPLACE FUNCTION auth.invite_take(p_number bytea, p_login bigint,
    p_now timestamptz) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    v_invite record;
    v_login auth.login;
    v_given bigint[];
BEGIN
    SELECT * INTO v_invite FROM auth.invite_live(p_number, p_now);
    PERFORM FROM customer.account AS a
        WHERE a.id = ANY (v_invite.accounts) ORDER BY a.id
        FOR NO KEY UPDATE;
    WITH given AS (
        INSERT INTO auth.login_account AS r (login_id, account_id, role,
            state, scope, invited_by, created_at, ends_at)
        SELECT p_login, a, 'delegate', 'active',
            ARRAY(SELECT jsonb_array_elements_text(
                (v_invite.token).args->'scope')),
            (v_invite.token).login_id, p_now,
            ((v_invite.token).args->>'ends_at')::timestamptz
        FROM unnest(v_invite.accounts) AS a
        ON CONFLICT (login_id, account_id) DO UPDATE SET role = 'delegate',
            state = 'active', scope = EXCLUDED.scope,
            invited_by = EXCLUDED.invited_by, created_at = p_now,
            ends_at = EXCLUDED.ends_at
            -- nobody becomes less than an owner by accepting
            WHERE r.role = 'delegate' OR r.state <> 'active'
        RETURNING r.account_id)
    SELECT array_agg(g.account_id) INTO v_given FROM given AS g;
    UPDATE auth.token AS t SET used_at = p_now,
        args = t.args || jsonb_build_object('login', p_login)
        WHERE t.number = p_number;
    IF v_given IS NULL THEN
        RETURN 'owner';
    END IF;
    SELECT l.* INTO v_login FROM auth.login AS l WHERE l.id = p_login;
    PERFORM auth.note(p_login, 'access_given',
        left((v_invite.token).args->>'who', 200), p_now);
    PERFORM notify.queue('access_given:' || encode(p_number, 'hex'),
        auth.mail_of(v_login), 'access_given', v_login.language,
        jsonb_build_object('who', (v_invite.token).args->>'who'), p_now);
    PERFORM auth.note_people(v_given, 'delegate_accepted', v_login.email,
        'delegate_accepted', v_login.email, encode(p_number, 'hex'), p_now);
    RETURN 'ok';
END $$;
COMMENT ON FUNCTION auth.invite_take IS
    'Gives a log-in what an invitation says: ok, owner (it has all of it '
    'already).  The token is locked, and can be used.';

CREATE OR REPLACE FUNCTION auth.invite_locked(p_number bytea,
    p_now timestamptz) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM auth.token AS t WHERE t.number = p_number FOR UPDATE;
    RETURN (SELECT cardinality(i.accounts) > 0
        FROM auth.invite_live(p_number, p_now) AS i);
END $$;
COMMENT ON FUNCTION auth.invite_locked IS
    'Locks an invitation; can it be used?';

CREATE OR REPLACE FUNCTION auth.invite_accept(p_session bytea,
    p_number bytea, p_now timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_session auth.session := auth.live(p_session, p_now);
    v_open boolean := auth.invite_locked(p_number, p_now);
    v_token auth.token;
    v_key bytea;
BEGIN
    IF v_session.stage IS DISTINCT FROM 'in' THEN
        RETURN 'gone';
    END IF;
    SELECT t.* INTO v_token FROM auth.token AS t
        WHERE t.number = p_number AND t.kind = 'invite';
    IF NOT v_open THEN
        RETURN CASE WHEN (v_token.args->>'login')::bigint
            = v_session.login_id THEN 'ok' ELSE 'gone' END;
    END IF;
    SELECT l.email_key INTO v_key FROM auth.login AS l
        WHERE l.id = v_session.login_id AND l.closed_at IS NULL;
    RETURN CASE WHEN v_key = v_token.email_key
        THEN auth.invite_take(p_number, v_session.login_id, p_now)
        ELSE 'other' END;
END $$;
COMMENT ON FUNCTION auth.invite_accept IS
    'Who is logged in accepts: ok (again too), owner (had it all), other '
    '(the invitation is for another address), gone.';

CREATE OR REPLACE FUNCTION auth.invite_join(p_number bytea,
    p_password text, p_lang text, p_now timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_token auth.token;
    v_login bigint;
BEGIN
    IF NOT auth.invite_locked(p_number, p_now) THEN
        RETURN 'gone';
    END IF;
    SELECT t.* INTO v_token FROM auth.token AS t WHERE t.number = p_number;
    INSERT INTO auth.login (email_key, email, password, language, source,
        created_at, password_at)
    VALUES (v_token.email_key, v_token.email, p_password, p_lang, 'web',
        p_now, p_now)
    ON CONFLICT (email_key) DO NOTHING RETURNING id INTO v_login;
    IF v_login IS NULL THEN
        RETURN 'login';
    END IF;
    PERFORM auth.note(v_login, 'registered', '', p_now);
    RETURN auth.invite_take(p_number, v_login, p_now);
END $$;
COMMENT ON FUNCTION auth.invite_join IS
    'Makes a log-in for the invited address, whose mailbox the link proves, '
    'and accepts: ok, login (there is one: it must be used), gone.';

CREATE OR REPLACE FUNCTION auth.people(p_session bytea, p_now timestamptz)
RETURNS TABLE (person uuid, email text, state text, scope text, until date,
    code_hint text, address text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_owner auth.login := auth.owner(p_session, p_now);
    v_mine bigint[] := auth.rights(v_owner.id, 'people', p_now);
BEGIN
    RETURN QUERY
    SELECT p.person, p.email, p.state, p.scope,
        ops.day(p.ends_at - interval '1 second'), a.payment_code_hint,
        auth.place_address(a.id)
    FROM (SELECT l.public_id AS person, l.email,
            CASE WHEN r.role = 'delegate' THEN 'active' ELSE 'owner' END
                AS state, array_to_string(r.scope, ',') AS scope, r.ends_at,
            r.account_id
        FROM auth.login_account AS r JOIN auth.login AS l
            ON l.id = r.login_id
        WHERE r.account_id = ANY (v_mine) AND r.state = 'active'
            AND l.id <> v_owner.id AND l.closed_at IS NULL
            AND (r.ends_at IS NULL OR r.ends_at > p_now)
        UNION ALL
        SELECT (t.args->>'id')::uuid, t.email, 'invited', (SELECT
            string_agg(s, ',') FROM jsonb_array_elements_text(
            t.args->'scope') AS s), (t.args->>'ends_at')::timestamptz,
            x::bigint
        FROM auth.token AS t, jsonb_array_elements_text(t.args->'accounts')
            AS x
        WHERE t.login_id IN (SELECT v_owner.id UNION SELECT r.login_id
                FROM auth.login_account AS r
                WHERE r.account_id = ANY (v_mine) AND r.state = 'active'
                    AND r.role <> 'delegate')
            AND t.kind = 'invite' AND t.used_at IS NULL
            AND t.expires_at > p_now
            AND (t.args->>'ends_at')::timestamptz > p_now
            AND x::bigint = ANY (v_mine)) AS p
    JOIN customer.account AS a ON a.id = p.account_id
    ORDER BY array_position(ARRAY['active', 'invited', 'owner'], p.state),
        p.email, p.person, p.ends_at, p.scope, a.id LIMIT 1000;
END $$;
COMMENT ON FUNCTION auth.people IS
    'Who else may do what with the places of the session''s owner, a row a '
    'place: active (a delegate), invited (has not answered), owner.';

CREATE OR REPLACE FUNCTION auth.people_places(p_session bytea,
    p_now timestamptz)
RETURNS TABLE (account uuid, code_hint text, address text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_owner auth.login := auth.owner(p_session, p_now);
BEGIN
    RETURN QUERY
    SELECT a.public_id, a.payment_code_hint,
        coalesce(r.nickname, auth.place_address(a.id))
    FROM customer.account AS a
    JOIN auth.login_account AS r ON r.account_id = a.id
        AND r.login_id = v_owner.id
    WHERE a.id = ANY (auth.rights(v_owner.id, 'people', p_now))
    ORDER BY r.created_at, a.id LIMIT 2000;
END $$;
COMMENT ON FUNCTION auth.people_places IS
    'The places to which the session''s owner can invite somebody.';

CREATE OR REPLACE FUNCTION auth.people_log(p_session bytea,
    p_now timestamptz)
RETURNS TABLE (at timestamptz, kind text, detail text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_owner auth.login := auth.owner(p_session, p_now);
BEGIN
    RETURN QUERY
    SELECT e.at, e.kind, e.detail FROM auth.event AS e
    WHERE e.login_id = v_owner.id AND e.seq > v_owner.event_seq - 2000
        AND e.kind LIKE 'delegate\_%'
    ORDER BY e.seq DESC LIMIT 20;
END $$;
COMMENT ON FUNCTION auth.people_log IS
    'What the delegates of the session''s owner did last.';

CREATE OR REPLACE FUNCTION auth.people_end(p_session bytea, p_person uuid,
    p_now timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_owner auth.login := auth.owner(p_session, p_now);
    v_mine bigint[] := auth.rights(v_owner.id, 'people', p_now);
    v_person auth.login;
    v_token auth.token;
    v_ended bigint[];
BEGIN
    IF v_owner.id IS NULL THEN
        RETURN 'confirm';
    END IF;
    SELECT l.* INTO v_person FROM auth.login AS l
        WHERE l.public_id = p_person;
    WITH ended AS (
        UPDATE auth.login_account AS r SET state = 'ended'
        WHERE r.login_id = v_person.id AND r.role = 'delegate'
            AND r.state = 'active' AND r.account_id = ANY (v_mine)
        RETURNING r.account_id)
    SELECT array_agg(e.account_id) INTO v_ended FROM ended AS e;
    IF v_ended IS NOT NULL THEN
        PERFORM auth.note(v_person.id, 'access_ended',
            left(v_owner.email, 200), p_now);
        SELECT l.* INTO v_person FROM auth.login AS l
            WHERE l.id = v_person.id;
        PERFORM notify.queue('access_ended:' || v_person.public_id || ':'
            || v_person.event_seq, auth.mail_of(v_person), 'access_ended',
            v_person.language, jsonb_build_object('who', v_owner.email),
            p_now);
        PERFORM auth.note_people(v_ended, 'delegate_ended', v_person.email,
            'delegate_ended', v_person.email, v_person.public_id || ':'
            || v_person.event_seq, p_now);
        RETURN 'ended';
    END IF;
    UPDATE auth.token AS t SET used_at = p_now
        WHERE t.kind = 'invite' AND t.used_at IS NULL
            AND t.args->>'id' = p_person::text
            AND (t.login_id = v_owner.id OR t.login_id IN (SELECT r.login_id
                FROM auth.login_account AS r
                WHERE r.account_id = ANY (v_mine) AND r.state = 'active'
                    AND r.role <> 'delegate'))
            AND EXISTS (SELECT FROM jsonb_array_elements_text(
                t.args->'accounts') AS x WHERE x::bigint = ANY (v_mine))
        RETURNING t.* INTO v_token;
    IF v_token.number IS NULL THEN
        RETURN 'none';
    END IF;
    PERFORM auth.note_people(ARRAY(SELECT x::bigint FROM
        jsonb_array_elements_text(v_token.args->'accounts') AS x),
        'delegate_withdrawn', v_token.email, NULL, NULL, NULL, p_now);
    RETURN 'withdrawn';
END $$;
COMMENT ON FUNCTION auth.people_end IS
    'Ends at once what a delegate may do with the owner''s places, or '
    'withdraws an invitation: ended, withdrawn, none, confirm.';

SET ROLE smetka_owner;
