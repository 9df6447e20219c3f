-- What a log-in sets about itself and its places; what a person of the company
-- decides of it is in represent.sql.
SET ROLE smetka_identity;

CREATE OR REPLACE FUNCTION auth.own_places(p_session bytea,
    p_now timestamptz)
RETURNS TABLE (account_id bigint, nickname text, may_pay boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_session auth.session := auth.live(p_session, p_now);
    v_pay bigint[] := auth.rights(v_session.login_id, 'pay', p_now);
BEGIN
    RETURN QUERY
    SELECT r.account_id, r.nickname, r.account_id = ANY (v_pay)
    FROM auth.login_account AS r
    WHERE r.login_id = v_session.login_id AND v_session.stage = 'in'
        AND r.state = 'active';
END $$;
COMMENT ON FUNCTION auth.own_places IS
    'What the session''s log-in calls its accounts, and whether it may pay '
    'their bills.';

CREATE OR REPLACE FUNCTION auth.language_set(p_session bytea, p_lang text,
    p_now timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_session auth.session := auth.live(p_session, p_now);
BEGIN
    UPDATE auth.login AS l SET language = p_lang
        WHERE l.id = v_session.login_id AND v_session.stage = 'in'
            AND l.language <> p_lang;
    RETURN v_session.stage IS NOT DISTINCT FROM 'in';
END $$;
COMMENT ON FUNCTION auth.language_set IS
    'Sets the language of mail; false: nobody is logged in.';

CREATE OR REPLACE FUNCTION auth.profile(p_session bytea, p_account uuid,
    p_now timestamptz)
RETURNS TABLE (account uuid, code_hint text, place text, nickname text,
    owner boolean, paperless boolean, kind text, name text, address text,
    seat text, vat_number text, address_waits boolean,
    business_waits boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_session auth.session := auth.live(p_session, p_now);
    v_see bigint[] := '{}';
    v_own bigint[] := '{}';
BEGIN
    IF v_session.stage = 'in' THEN
        v_see := auth.rights(v_session.login_id, 'see', p_now);
        v_own := auth.rights(v_session.login_id, 'people', p_now);
    END IF;
    RETURN QUERY
    SELECT a.public_id, a.payment_code_hint, auth.place_address(a.id),
        r.nickname, o.own, a.paperless, p.kind,
        CASE WHEN o.own THEN p.name END, CASE WHEN o.own THEN p.address END,
        CASE WHEN o.own THEN p.seat END, CASE WHEN o.own THEN p.vat_number
        END, o.own AND EXISTS (SELECT FROM ops.review AS v
            WHERE v.kind = 'address' AND v.subject_id = p.id
                AND v.state = 'open'),
        o.own AND EXISTS (SELECT FROM ops.review AS v
            WHERE v.kind = 'business_data' AND v.subject_id = p.id
                AND v.state = 'open')
    FROM auth.login_account AS r
    JOIN customer.account AS a ON a.id = r.account_id
    JOIN customer.party AS p ON p.id = a.party_id
    CROSS JOIN LATERAL (SELECT a.id = ANY (v_own) AS own) AS o
    WHERE r.login_id = v_session.login_id
        AND a.id = ANY (v_see || v_own)
        AND (p_account IS NULL OR a.public_id = p_account)
    ORDER BY r.created_at, a.id LIMIT 2000;
END $$;
COMMENT ON FUNCTION auth.profile IS
    'What is on file about the places of the session''s log-in, or of one; '
    'to a delegate only what they call it and whether a paper bill comes.';

CREATE OR REPLACE FUNCTION auth.ask_review(p_kind text, p_subject bigint,
    p_args jsonb, p_now timestamptz) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    v_review bigint;
BEGIN
    INSERT INTO ops.review AS v (kind, subject_id, created_at, args)
    VALUES (p_kind, p_subject, p_now, p_args)
    ON CONFLICT (kind, subject_id) WHERE state = 'open'
    DO UPDATE SET args = EXCLUDED.args RETURNING v.id INTO v_review;
    RETURN v_review;
END $$;
COMMENT ON FUNCTION auth.ask_review IS
    'Opens what a person of the company decides, or changes what is asked '
    'while it waits; which review it is.';

CREATE OR REPLACE FUNCTION auth.ask_address(p_login bigint,
    p_account bigint, p_address text, p_now timestamptz) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
    v_party customer.party;
BEGIN
    SELECT p.* INTO v_party FROM customer.account AS a
        JOIN customer.party AS p ON p.id = a.party_id WHERE a.id = p_account;
    IF v_party.address IS NOT DISTINCT FROM p_address THEN
        -- as it is: what waits is not wanted any more
        UPDATE ops.review AS v SET state = 'withdrawn', decided_at = p_now
            WHERE v.kind = 'address' AND v.subject_id = v_party.id
                AND v.state = 'open';
        RETURN false;
    END IF;
    PERFORM auth.ask_review('address', v_party.id, jsonb_build_object(
        'login', p_login, 'account', p_account, 'old', v_party.address,
        'new', p_address), p_now);
    PERFORM auth.note(p_login, 'address_asked', coalesce(p_address, ''),
        p_now);
    RETURN true;
END $$;
COMMENT ON FUNCTION auth.ask_address IS
    'Asks for another address of letters; false: it is the one on file, and '
    'what waited is withdrawn.';

CREATE OR REPLACE FUNCTION auth.place_set(p_session bytea, p_account uuid,
    p_nickname text, p_paperless boolean, p_address text, p_now timestamptz)
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_login auth.login := auth.owner(p_session, p_now);
    v_account customer.account;
    v_asked boolean := false;
    v_open boolean;
BEGIN
    IF v_login.id IS NULL THEN
        RETURN 'confirm';
    END IF;
    SELECT a.* INTO v_account FROM customer.account AS a
        WHERE a.public_id = p_account FOR NO KEY UPDATE;
    v_open := auth.may(v_login.id, 'people', v_account.id, p_now);
    IF NOT v_open AND NOT auth.may(v_login.id, 'see', v_account.id, p_now)
    THEN
        RETURN 'gone';
    END IF;
    UPDATE auth.login_account AS r SET nickname = p_nickname
        WHERE r.login_id = v_login.id AND r.account_id = v_account.id;
    IF NOT v_open THEN
        RETURN 'ok'; -- a delegate changes nothing else
    END IF;
    IF v_account.paperless <> p_paperless THEN
        UPDATE customer.account AS a SET paperless = p_paperless
            WHERE a.id = v_account.id;
        PERFORM auth.note(v_login.id, CASE WHEN p_paperless
            THEN 'paperless_on' ELSE 'paperless_off' END,
            '…' || v_account.payment_code_hint, p_now);
        SELECT l.* INTO v_login FROM auth.login AS l
            WHERE l.id = v_login.id;
        PERFORM notify.queue('paperless:' || v_login.public_id || ':'
            || v_login.event_seq, auth.mail_of(v_login), CASE
            WHEN p_paperless THEN 'paperless_on' ELSE 'paperless_off' END,
            v_login.language, jsonb_build_object('who',
            '…' || v_account.payment_code_hint), p_now);
    END IF;
    v_asked := auth.ask_address(v_login.id, v_account.id, p_address, p_now);
    RETURN CASE WHEN v_asked THEN 'asked' ELSE 'ok' END;
END $$;
COMMENT ON FUNCTION auth.place_set IS
    'Sets what a log-in calls a place; by its owner also whether the bill '
    'comes on paper, and where letters go, which a person decides: ok, asked '
    '(the address waits), gone, confirm.';

CREATE OR REPLACE FUNCTION auth.business_ask(p_session bytea,
    p_account uuid, p_name text, p_seat text, p_vat_number text,
    p_now timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_login auth.login := auth.owner(p_session, p_now);
    v_account bigint;
    v_party customer.party;
BEGIN
    IF v_login.id IS NULL THEN
        RETURN 'confirm';
    END IF;
    SELECT a.id INTO v_account FROM customer.account AS a
        WHERE a.public_id = p_account
            AND auth.may(v_login.id, 'people', a.id, p_now);
    SELECT p.* INTO v_party FROM customer.account AS a
        JOIN customer.party AS p ON p.id = a.party_id
        WHERE a.id = v_account AND p.kind <> 'person';
    IF v_party.id IS NULL THEN
        RETURN 'gone';
    ELSIF (v_party.name, v_party.seat, v_party.vat_number)
        IS NOT DISTINCT FROM (p_name, p_seat, p_vat_number)
    THEN
        UPDATE ops.review AS v SET state = 'withdrawn', decided_at = p_now
            WHERE v.kind = 'business_data' AND v.subject_id = v_party.id
                AND v.state = 'open';
        RETURN 'same';
    END IF;
    PERFORM auth.ask_review('business_data', v_party.id, jsonb_build_object(
        'login', v_login.id, 'account', v_account,
        'old', jsonb_build_object('name', v_party.name, 'seat', v_party.seat,
            'vat_number', v_party.vat_number),
        'new', jsonb_build_object('name', p_name, 'seat', p_seat,
            'vat_number', p_vat_number)), p_now);
    PERFORM auth.note(v_login.id, 'business_asked', left(p_name, 200),
        p_now);
    RETURN 'asked';
END $$;
COMMENT ON FUNCTION auth.business_ask IS
    'Asks for other data of a company, institution or association; a person '
    'decides: asked, same (what waited is withdrawn), gone, confirm.';

SET ROLE smetka_owner;
