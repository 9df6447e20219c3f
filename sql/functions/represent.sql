-- Legal representatives, and what a person of the company decides about who
-- is who.
SET ROLE smetka_identity;

CREATE OR REPLACE FUNCTION auth.ask_represent(p_login bigint,
    p_account bigint, p_what jsonb, p_media_type text, p_file bytea,
    p_now timestamptz) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    v_review bigint;
    v_right auth.login_account;
    v_login auth.login;
    v_contact record;
BEGIN
    SELECT r.* INTO v_right FROM auth.login_account AS r
        WHERE r.login_id = p_login AND r.account_id = p_account;
    IF v_right.state = 'active' AND v_right.role <> 'delegate' THEN
        RETURN 'same';
    END IF;
    -- a delegate goes on being one until it is decided
    IF v_right.id IS NULL OR v_right.state <> 'active' THEN
        INSERT INTO auth.login_account AS r (login_id, account_id, role,
            state, created_at)
        VALUES (p_login, p_account, 'representative', 'asked', p_now)
        ON CONFLICT (login_id, account_id) DO UPDATE
            SET role = 'representative', state = 'asked', scope = '{}',
            invited_by = NULL, ends_at = NULL, created_at = p_now
        RETURNING r.* INTO v_right;
    END IF;
    SELECT l.* INTO v_login FROM auth.login AS l WHERE l.id = p_login;
    v_review := auth.ask_review('representative', v_right.id, p_what
        || jsonb_build_object('login', p_login, 'account', p_account,
        'email', v_login.email, 'customer', (SELECT p.name
            FROM customer.account AS a JOIN customer.party AS p
            ON p.id = a.party_id WHERE a.id = p_account)), p_now);
    PERFORM ops.attach(v_review, p_media_type, p_file, p_now);
    PERFORM auth.note(p_login, 'representative_asked', (SELECT '…'
        || a.payment_code_hint FROM customer.account AS a
        WHERE a.id = p_account), p_now);
    -- the contact on file learns of it, as of any second log-in
    SELECT p.email, p.language INTO v_contact FROM customer.account AS a
        JOIN customer.party AS p ON p.id = a.party_id
        WHERE a.id = p_account AND lower(p.email) <> lower(v_login.email);
    PERFORM notify.queue('representative_asked:' || v_right.id || ':'
        || ops.day(p_now), v_contact.email, 'representative_asked',
        v_contact.language, jsonb_build_object('who', v_login.email), p_now);
    PERFORM auth.note_people(ARRAY[p_account], 'representative_asked',
        v_login.email, 'representative_asked', v_login.email,
        v_right.id || ':' || ops.day(p_now), p_now);
    RETURN 'asked';
END $$;
COMMENT ON FUNCTION auth.ask_represent IS
    'Asks to act for the holder of an account: asked, same (may already).';

CREATE OR REPLACE FUNCTION auth.represent(p_session bytea,
    p_client_hash bytea, p_invoice_no text, p_address_hash bytea,
    p_random bytea, p_what jsonb, p_media_type text, p_file bytea,
    p_limits jsonb, p_now timestamptz,
    OUT outcome text, OUT retry_after_s integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_login auth.login := auth.owner(p_session, p_now);
    v_gate record;
    v_account bigint;
    v_kind text;
BEGIN
    SELECT * INTO v_gate FROM pay.gate(p_address_hash, p_client_hash,
        p_limits, p_now);
    retry_after_s := v_gate.retry_after_s;
    IF v_login.id IS NULL THEN
        outcome := 'confirm';
    ELSIF v_gate.verdict <> 'ok' THEN
        outcome := 'throttled';
    ELSE
        retry_after_s := 0;
        v_account := auth.find_contract(p_client_hash, p_invoice_no,
            p_limits, p_now);
        PERFORM pay.count_miss(p_client_hash, p_random, v_account IS NULL,
            p_now);
        SELECT p.kind INTO v_kind FROM customer.account AS a
            JOIN customer.party AS p ON p.id = a.party_id
            WHERE a.id = v_account;
        outcome := CASE WHEN v_account IS NULL THEN 'miss'
            WHEN v_kind = 'person' THEN 'person'
            ELSE auth.ask_represent(v_login.id, v_account, p_what,
                p_media_type, p_file, p_now) END;
    END IF;
    PERFORM pay.note_lookup('representative', outcome, p_address_hash,
        p_client_hash, NULL, p_now);
END $$;
COMMENT ON FUNCTION auth.represent IS
    'Asks to act for a company, institution or association, with name, '
    'function and authority in p_what and the document itself in p_file, if '
    'it is sent along; a person decides before anything is '
    'seen: asked, same, person (the holder is one), miss, throttled, '
    'confirm.';

CREATE OR REPLACE FUNCTION auth.tell_decision(p_login bigint, p_kind text,
    p_detail text, p_review bigint, p_note text, p_now timestamptz)
RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_login auth.login;
BEGIN
    PERFORM auth.note(p_login, p_kind, left(coalesce(p_detail, ''), 200),
        p_now);
    SELECT l.* INTO v_login FROM auth.login AS l WHERE l.id = p_login;
    PERFORM notify.queue('review:' || p_review, auth.mail_of(v_login),
        p_kind, v_login.language, jsonb_build_object('who', p_note), p_now);
END $$;
COMMENT ON FUNCTION auth.tell_decision IS
    'Notes and mails a decision to who asked for it.';

CREATE OR REPLACE FUNCTION auth.represent_decide(p_review ops.review,
    p_yes boolean, p_note text, p_now timestamptz) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    v_right auth.login_account;
BEGIN
    SELECT r.* INTO v_right FROM auth.login_account AS r
        WHERE r.id = p_review.subject_id FOR UPDATE;
    IF v_right.id IS NULL THEN
        RETURN 'gone';
    ELSIF p_yes AND NOT (v_right.state = 'active'
        AND v_right.role = 'holder')
    THEN
        UPDATE auth.login_account AS r SET role = 'representative',
            state = 'active', scope = '{}', invited_by = NULL,
            ends_at = NULL WHERE r.id = v_right.id;
    ELSIF NOT p_yes AND v_right.role = 'representative'
        AND v_right.state = 'asked'
    THEN
        UPDATE auth.login_account AS r SET state = 'refused'
            WHERE r.id = v_right.id;
    END IF;
    PERFORM auth.tell_decision(v_right.login_id, CASE WHEN p_yes
        THEN 'representative_approved' ELSE 'representative_refused' END,
        p_review.args->>'customer', p_review.id,
        CASE WHEN p_yes THEN p_review.args->>'customer' ELSE p_note END,
        p_now);
    RETURN 'done';
END $$;
COMMENT ON FUNCTION auth.represent_decide IS
    'The company''s answer to somebody who wants to act for a customer: '
    'done, gone.';

CREATE OR REPLACE FUNCTION auth.party_decide(p_review ops.review,
    p_yes boolean, p_note text, p_now timestamptz) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    v_new jsonb := p_review.args->'new';
BEGIN
    IF p_yes AND p_review.kind = 'address' THEN
        UPDATE customer.party AS p SET address = p_review.args->>'new'
            WHERE p.id = p_review.subject_id;
    ELSIF p_yes THEN
        UPDATE customer.party AS p SET name = v_new->>'name',
            seat = v_new->>'seat', vat_number = v_new->>'vat_number'
            WHERE p.id = p_review.subject_id;
    END IF;
    PERFORM auth.tell_decision((p_review.args->>'login')::bigint,
        CASE WHEN p_yes THEN 'data_approved' ELSE 'data_refused' END,
        p_review.kind, p_review.id, CASE WHEN NOT p_yes THEN p_note END,
        p_now);
    RETURN 'done';
END $$;
COMMENT ON FUNCTION auth.party_decide IS
    'The company''s answer to a change of business data or of the address: '
    'done.  The billing system must be told as well, or the next import '
    'brings the old name back.';

CREATE OR REPLACE FUNCTION auth.review_decide(p_id bigint, p_state text,
    p_note text, p_now timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_review ops.review;
BEGIN
    SELECT v.* INTO v_review FROM ops.review AS v
        WHERE v.id = p_id AND v.state = 'open' FOR UPDATE;
    RETURN CASE WHEN v_review.id IS NULL THEN 'gone'
        WHEN v_review.kind = 'representative' THEN auth.represent_decide(
            v_review, p_state = 'approved', p_note, p_now)
        WHEN v_review.kind IN ('business_data', 'address')
        THEN auth.party_decide(v_review, p_state = 'approved', p_note, p_now)
        WHEN v_review.kind = 'missing_payment' THEN auth.missing_decide(
            v_review, p_state = 'approved', p_note, p_now)
        ELSE 'no_rule' END;
END $$;
COMMENT ON FUNCTION auth.review_decide IS
    'Does what a decision about a representative, business data, an '
    'address or a missing payment says: done, gone, no_rule (another kind).  The review itself '
    'is closed by its caller.';

SET ROLE smetka_owner;
