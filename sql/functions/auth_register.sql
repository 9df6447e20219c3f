-- How a log-in comes to be, and how it comes to an account.
SET ROLE smetka_identity;

CREATE OR REPLACE FUNCTION auth.mail_link(p_kind text, p_number bytea,
    p_login bigint, p_account bigint, p_email_key bytea, p_email text,
    p_password text, p_lang text, p_args jsonb, p_life interval,
    p_mailbox_hash bytea, p_now timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_opens boolean := num_nonnulls(p_login, p_account) > 0;
    v_id bigint;
    v_sent integer;
BEGIN
    INSERT INTO auth.token (number, kind, login_id, account_id, email_key,
        email, password, language, args, created_at, expires_at)
    VALUES (p_number, p_kind, p_login, p_account, p_email_key, p_email,
        p_password, p_lang, p_args, p_now, p_now + p_life);
    v_id := notify.queue(p_kind || ':' || encode(p_number, 'hex'),
        coalesce(p_email, 'nobody'), p_kind, p_lang, jsonb_build_object(
        'token_hash', encode(p_number, 'hex')) || p_args, p_now);
    -- nobody's mailbox is filled by somebody who types its address
    SELECT s.used INTO v_sent FROM ops.spend('email', p_mailbox_hash,
        v_opens::integer, interval '1 hour', p_now) AS s;
    IF NOT v_opens OR p_email IS NULL OR v_sent > 5 THEN
        DELETE FROM notify.outbox AS o WHERE o.id = v_id;
    END IF;
END $$;
COMMENT ON FUNCTION auth.mail_link IS
    'Writes a link of one use and its mail.  Where it opens nothing, or the '
    'mailbox has had five in an hour, the same work is done and nothing is '
    'mailed.';

CREATE OR REPLACE FUNCTION auth.find_contract(p_client_hash bytea,
    p_proof text, p_limits jsonb, p_now timestamptz) RETURNS bigint
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_kind text := coalesce(p_limits->>'proof', 'invoice');
    v_days integer := coalesce((p_limits->>'proof_days')::integer, 365);
    v_account bigint;
    v_bill boolean;
    v_letter boolean;
BEGIN
    SELECT a.id INTO v_account FROM customer.account AS a
        WHERE a.client_code_hash = p_client_hash AND a.active;
    -- asked for a miss as well: the same work
    SELECT true INTO v_bill FROM billing.document AS d
        WHERE d.account_id = v_account
            AND d.issued_on > ops.day(p_now) - v_days - 1
            AND upper(replace(d.number, ' ', '')) = p_proof
        LIMIT 1;
    SELECT true INTO v_letter FROM auth.letter AS e
        WHERE e.account_id = v_account AND e.ends_at > p_now
            AND e.code_hash = auth.letter_hash(p_proof);
    RETURN CASE WHEN (v_bill AND v_kind <> 'letter')
        OR (v_letter AND v_kind <> 'invoice') THEN v_account END;
END $$;
COMMENT ON FUNCTION auth.find_contract IS
    'The account of a client code, if p_proof (upper case, without blanks) '
    'is the number of one of its documents of the last proof_days days, or '
    'the code of its activation letter, as far as proof (invoice, letter, '
    'either) lets each count.';

CREATE OR REPLACE FUNCTION auth.register(p_client_hash bytea,
    p_invoice_no text, p_email text, p_email_key bytea,
    p_mailbox_hash bytea, p_password text, p_lang text, p_number bytea,
    p_address_hash bytea, p_limits jsonb, p_now timestamptz,
    OUT outcome text, OUT retry_after_s integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_gate record;
    v_account bigint;
    v_login auth.login;
BEGIN
    SELECT * INTO v_gate FROM pay.gate(p_address_hash, p_client_hash,
        p_limits, p_now);
    retry_after_s := v_gate.retry_after_s;
    outcome := CASE WHEN v_gate.verdict = 'throttled' THEN 'throttled'
        ELSE 'sent' END;
    IF outcome = 'sent' THEN
        retry_after_s := 0;
        v_account := auth.find_contract(p_client_hash, p_invoice_no,
            p_limits, p_now);
        PERFORM pay.count_miss(p_client_hash, p_number, v_account IS NULL,
            p_now);
        SELECT l.* INTO v_login FROM auth.login AS l
            WHERE l.email_key = p_email_key AND l.closed_at IS NULL;
        PERFORM auth.mail_link(CASE WHEN v_login.id IS NULL THEN 'activate'
            ELSE 'have_account' END, p_number, v_login.id, v_account,
            p_email_key, p_email, p_password, p_lang, '{}',
            interval '24 hours', p_mailbox_hash, p_now);
    END IF;
    PERFORM pay.note_lookup('register', outcome, p_address_hash,
        p_client_hash, NULL, p_now);
END $$;
COMMENT ON FUNCTION auth.register IS
    'Asks for a log-in: sent (whether or not the data are right, and whether '
    'or not the address has one already: only the mail differs), throttled.';

CREATE OR REPLACE FUNCTION auth.link_account(p_login bigint,
    p_account bigint, p_now timestamptz) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    v_state text;
    v_asker text;
    v_number bytea;
    v_owner record;
BEGIN
    -- two who come at once: one of them is the first
    PERFORM FROM customer.account AS a WHERE a.id = p_account
        FOR NO KEY UPDATE;
    SELECT r.state INTO v_state FROM auth.login_account AS r
        WHERE r.login_id = p_login AND r.account_id = p_account;
    IF v_state IN ('active', 'asked') THEN
        RETURN CASE v_state WHEN 'active' THEN 'same' ELSE 'asked' END;
    END IF;
    v_state := CASE WHEN EXISTS (SELECT FROM auth.login_account AS r
        WHERE r.account_id = p_account AND r.state = 'active'
            AND r.role <> 'delegate') THEN 'asked' ELSE 'active' END;
    INSERT INTO auth.login_account AS r (login_id, account_id, role, state,
        created_at)
    VALUES (p_login, p_account, 'holder', v_state, p_now)
    ON CONFLICT (login_id, account_id) DO UPDATE SET role = 'holder',
        state = EXCLUDED.state, scope = '{}', invited_by = NULL,
        ends_at = NULL, created_at = p_now;
    -- what proved it proves it once
    DELETE FROM auth.letter AS e WHERE e.account_id = p_account;
    PERFORM auth.note(p_login, CASE v_state WHEN 'active' THEN
        'contract_added' ELSE 'contract_asked' END, (SELECT '…'
        || a.payment_code_hint FROM customer.account AS a
        WHERE a.id = p_account), p_now);
    IF v_state = 'active' THEN
        RETURN 'ok';
    END IF;
    SELECT l.email INTO v_asker FROM auth.login AS l WHERE l.id = p_login;
    FOR v_owner IN
        SELECT l.id, auth.mail_of(l) AS email, l.language
        FROM auth.login_account AS r JOIN auth.login AS l ON l.id = r.login_id
        WHERE r.account_id = p_account AND r.state = 'active'
            AND r.role <> 'delegate' AND l.closed_at IS NULL
        UNION ALL
        SELECT NULL, p.email, p.language FROM customer.account AS a
        JOIN customer.party AS p ON p.id = a.party_id
        WHERE a.id = p_account AND p.email IS NOT NULL
            AND lower(p.email) <> lower(v_asker) AND NOT EXISTS (
                SELECT FROM auth.login_account AS r
                JOIN auth.login AS l ON l.id = r.login_id
                WHERE r.account_id = p_account AND r.state = 'active'
                    AND lower(l.email) = lower(p.email))
    LOOP
        -- the owner gets a link, the contact on file a notice
        v_number := sha256(uuid_send(gen_random_uuid())
            || uuid_send(gen_random_uuid()));
        IF v_owner.id IS NULL THEN
            PERFORM notify.queue('second_login:' || encode(v_number, 'hex'),
                v_owner.email, 'second_login', v_owner.language,
                jsonb_build_object('who', v_asker), p_now);
        ELSE
            INSERT INTO auth.token (number, kind, login_id, account_id,
                language, email, args, created_at, expires_at)
            VALUES (v_number, 'agree', v_owner.id, p_account,
                v_owner.language, v_asker,
                jsonb_build_object('login', p_login), p_now,
                p_now + interval '14 days');
            PERFORM notify.queue('agree:' || encode(v_number, 'hex'),
                v_owner.email, 'agree', v_owner.language,
                jsonb_build_object('token_hash', encode(v_number, 'hex'),
                'who', v_asker), p_now);
        END IF;
    END LOOP;
    RETURN 'asked';
END $$;
COMMENT ON FUNCTION auth.link_account IS
    'Gives a log-in an account that it has proved: ok, same, or asked, where '
    'another log-in has it already: its owner is mailed and must agree, '
    'since code and number lie on the same bill.';

CREATE OR REPLACE FUNCTION auth.activate(p_number bytea, p_now timestamptz)
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_token auth.token;
    v_login bigint;
BEGIN
    SELECT t.* INTO v_token FROM auth.token AS t
        WHERE t.number = p_number AND t.kind = 'activate'
            AND t.expires_at > p_now AND t.account_id IS NOT NULL FOR UPDATE;
    IF v_token.number IS NULL THEN
        RETURN 'gone';
    END IF;
    IF v_token.used_at IS NOT NULL THEN
        RETURN coalesce(v_token.args->>'outcome', 'gone');
    END IF;
    INSERT INTO auth.login (email_key, email, password, language, source,
        created_at, password_at)
    VALUES (v_token.email_key, v_token.email, v_token.password,
        v_token.language, 'web', p_now, p_now)
    ON CONFLICT (email_key) DO NOTHING RETURNING id INTO v_login;
    IF v_login IS NULL THEN
        -- another link of the same mailbox was first
        RETURN 'gone';
    END IF;
    PERFORM auth.note(v_login, 'registered', '', p_now);
    UPDATE auth.token AS t SET used_at = p_now, password = NULL,
        args = jsonb_build_object('outcome',
            auth.link_account(v_login, v_token.account_id, p_now))
        WHERE t.number = p_number RETURNING t.* INTO v_token;
    RETURN v_token.args->>'outcome';
END $$;
COMMENT ON FUNCTION auth.activate IS
    'Makes the log-in that a mailed link is for: ok, asked (it exists; the '
    'contract waits for its owner''s yes), gone.  Again: the same answer.';

CREATE OR REPLACE FUNCTION auth.agree(p_number bytea, p_yes boolean,
    p_now timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_token auth.token;
    v_asker auth.login;
BEGIN
    SELECT t.* INTO v_token FROM auth.token AS t
        WHERE t.number = p_number AND t.kind = 'agree'
            AND t.expires_at > p_now FOR UPDATE;
    IF v_token.number IS NULL THEN
        RETURN 'gone';
    END IF;
    IF v_token.used_at IS NOT NULL THEN
        RETURN CASE (v_token.args->>'yes')::boolean WHEN p_yes THEN 'ok'
            ELSE 'gone' END;
    END IF;
    -- only who has the right to decide now, not when the mail was sent
    IF NOT auth.may(v_token.login_id, 'people', v_token.account_id, p_now)
    THEN
        RETURN 'gone';
    END IF;
    UPDATE auth.token AS t SET used_at = p_now,
        args = t.args || jsonb_build_object('yes', p_yes)
        WHERE t.number = p_number;
    UPDATE auth.login_account AS r
        SET state = CASE WHEN p_yes THEN 'active' ELSE 'refused' END
        WHERE r.login_id = (v_token.args->>'login')::bigint
            AND r.account_id = v_token.account_id AND r.state = 'asked'
            -- who asks to represent the holder waits for the company's yes
            AND r.role = 'holder';
    IF NOT FOUND THEN
        RETURN 'gone';
    END IF;
    SELECT l.* INTO v_asker FROM auth.login AS l
        WHERE l.id = (v_token.args->>'login')::bigint;
    PERFORM auth.note(v_token.login_id, CASE WHEN p_yes THEN 'agreed'
        ELSE 'refused' END, left(v_asker.email, 200), p_now);
    PERFORM auth.note(v_asker.id, CASE WHEN p_yes THEN 'contract_added'
        ELSE 'contract_refused' END, '', p_now);
    PERFORM notify.queue('agreed:' || encode(p_number, 'hex'),
        auth.mail_of(v_asker), CASE WHEN p_yes THEN 'contract_added'
        ELSE 'contract_refused' END, v_asker.language, '{}', p_now);
    RETURN 'ok';
END $$;
COMMENT ON FUNCTION auth.agree IS
    'The owner''s answer to a second log-in: ok, gone.';

CREATE OR REPLACE FUNCTION auth.contract_add(p_session bytea,
    p_client_hash bytea, p_invoice_no text, p_address_hash bytea,
    p_random bytea, p_limits jsonb, p_now timestamptz,
    OUT outcome text, OUT retry_after_s integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_session auth.session := auth.live(p_session, p_now);
    v_gate record;
    v_account bigint;
BEGIN
    SELECT * INTO v_gate FROM pay.gate(p_address_hash, p_client_hash,
        p_limits, p_now);
    retry_after_s := v_gate.retry_after_s;
    IF v_session.stage IS DISTINCT FROM 'in' THEN
        outcome := 'gone';
    ELSIF v_gate.verdict <> 'ok' THEN
        outcome := 'throttled';
    ELSE
        retry_after_s := 0;
        v_account := auth.find_contract(p_client_hash, p_invoice_no,
            p_limits, p_now);
        PERFORM pay.count_miss(p_client_hash, p_random, v_account IS NULL,
            p_now);
        outcome := CASE WHEN v_account IS NULL THEN 'miss'
            ELSE auth.link_account(v_session.login_id, v_account, p_now) END;
    END IF;
    PERFORM pay.note_lookup('contract', outcome, p_address_hash,
        p_client_hash, NULL, p_now);
END $$;
COMMENT ON FUNCTION auth.contract_add IS
    'One more contract under a log-in: ok, same, asked, miss, throttled, '
    'gone.';

CREATE OR REPLACE FUNCTION auth.contracts(p_session bytea,
    p_now timestamptz)
RETURNS TABLE (account uuid, code_hint text, nickname text, role text,
    state text, ends_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_session auth.session := auth.live(p_session, p_now);
BEGIN
    RETURN QUERY SELECT a.public_id, a.payment_code_hint, r.nickname, r.role,
        r.state, r.ends_at
    FROM auth.login_account AS r JOIN customer.account AS a
        ON a.id = r.account_id
    WHERE r.login_id = v_session.login_id AND v_session.stage = 'in'
        AND r.state IN ('active', 'asked')
        AND (r.ends_at IS NULL OR r.ends_at > p_now)
    ORDER BY r.created_at, a.id LIMIT 2000;
END $$;
COMMENT ON FUNCTION auth.contracts IS
    'The contracts of the session''s log-in, and those it waits for.';

CREATE OR REPLACE FUNCTION auth.issue(p_client_code text, p_email_key bytea,
    p_user text, p_password text, p_lang text, p_lasting boolean,
    p_now timestamptz)
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_account bigint;
    v_login bigint;
BEGIN
    SELECT a.id INTO v_account FROM customer.account AS a
        WHERE a.client_code = p_client_code AND a.active;
    IF v_account IS NULL THEN
        RETURN 'miss';
    END IF;
    INSERT INTO auth.login AS l (email_key, email, password, language,
        source, must_change, password_ends_at, created_at, password_at)
    VALUES (p_email_key, p_user, p_password, p_lang, 'office',
        NOT p_lasting,
        CASE WHEN NOT p_lasting THEN p_now + interval '14 days' END, p_now,
        p_now)
    ON CONFLICT (email_key) DO UPDATE SET password = EXCLUDED.password,
        must_change = EXCLUDED.must_change,
        password_ends_at = EXCLUDED.password_ends_at, password_at = p_now
        WHERE l.source = 'office' AND l.must_change
    RETURNING l.id INTO v_login;
    IF v_login IS NULL THEN
        RETURN 'taken';
    END IF;
    PERFORM auth.note(v_login, 'issued', '', p_now);
    -- the holder was seen at the desk
    INSERT INTO auth.login_account AS r (login_id, account_id, role, state,
        created_at)
    VALUES (v_login, v_account, 'holder', 'active', p_now)
    ON CONFLICT (login_id, account_id) DO NOTHING;
    RETURN 'ok';
END $$;
COMMENT ON FUNCTION auth.issue IS
    'A log-in handed out at a desk, with a password of one use that ends in '
    '14 days (p_lasting: one that stays, for demonstrations): ok (also a new '
    'password for one that was never used), taken, miss.';

SET ROLE smetka_owner;
