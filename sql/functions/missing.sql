-- Payments that a customer made and does not find.
SET ROLE smetka_money;

CREATE OR REPLACE FUNCTION pay.missing_match(p_paid_on date,
    p_amount_minor bigint, p_currency text, p_reference text)
RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    RETURN (SELECT min(u.id) FROM pay.unmatched AS u
        JOIN pay.processor_event AS e ON e.id = u.event_id
        WHERE u.amount_minor = p_amount_minor AND u.currency = p_currency
            AND ops.day(u.received_at) BETWEEN p_paid_on - 3
                AND p_paid_on + 10
            AND upper(p_reference) IN (upper(u.processor_ref),
                upper(e.order_no), upper(u.capture_ref)));
END $$;
COMMENT ON FUNCTION pay.missing_match IS
    'Money without an owner that has this sum, time and reference; null: '
    'none.  For the company''s eyes: the customer is not told.';

SET ROLE smetka_identity;

CREATE OR REPLACE FUNCTION auth.missing_number(p_id bigint) RETURNS text
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    -- apart from the numbers of readings
    RETURN ops.reference(p_id + 13000000000);
END $$;
COMMENT ON FUNCTION auth.missing_number IS
    'The number under which a missing payment is looked for.';

CREATE OR REPLACE FUNCTION auth.missing_file(p_session bytea,
    p_account uuid, p_paid_on date, p_amount_minor bigint, p_currency text,
    p_how text, p_reference text, p_note text, p_now timestamptz,
    OUT outcome text, OUT number text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_session auth.session := auth.live(p_session, p_now);
    v_login auth.login;
    v_account bigint;
    v_id bigint;
BEGIN
    SELECT l.* INTO v_login FROM auth.login AS l
        WHERE l.id = v_session.login_id AND v_session.stage = 'in'
        FOR NO KEY UPDATE;
    SELECT a.id INTO v_account FROM customer.account AS a
        WHERE a.public_id = p_account
            AND auth.may(v_login.id, 'request', a.id, p_now);
    SELECT m.id INTO v_id FROM pay.missing AS m
        JOIN ops.review AS v ON v.kind = 'missing_payment'
            AND v.subject_id = m.id AND v.state = 'open'
        WHERE m.login_id = v_login.id AND m.account_id = v_account
            AND row(m.paid_on, m.amount_minor, m.currency, m.how,
                m.reference) = row(p_paid_on, p_amount_minor, p_currency,
                p_how, p_reference);
    outcome := CASE WHEN v_account IS NULL THEN 'denied'
        WHEN v_id IS NOT NULL THEN 'same'
        WHEN (SELECT count(*) FROM pay.missing AS m
            WHERE m.login_id = v_login.id
                AND m.created_at > p_now - interval '1 day') >= 5
        THEN 'many' ELSE 'filed' END;
    IF outcome = 'filed' THEN
        INSERT INTO pay.missing (login_id, account_id, unmatched_id,
            amount_minor, created_at, paid_on, currency, how, reference,
            note)
        VALUES (v_login.id, v_account, pay.missing_match(p_paid_on,
            p_amount_minor, p_currency, nullif(p_reference, '')),
            p_amount_minor, p_now, p_paid_on, p_currency, p_how, p_reference,
            p_note)
        RETURNING id INTO v_id;
        PERFORM auth.missing_tell(v_id, v_login, p_now);
    END IF;
    number := auth.missing_number(v_id);
END $$;
COMMENT ON FUNCTION auth.missing_file IS
    'Notes a payment that the session''s log-in misses, for a person to look '
    'for: filed, same (it is looked for), many (five a day), denied (no such '
    'account, or it may not ask for it).';

CREATE OR REPLACE FUNCTION auth.missing_tell(p_id bigint,
    p_login auth.login, p_now timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_missing pay.missing;
    v_number text := auth.missing_number(p_id);
BEGIN
    SELECT m.* INTO v_missing FROM pay.missing AS m WHERE m.id = p_id;
    PERFORM auth.ask_review('missing_payment', p_id, jsonb_strip_nulls(
        jsonb_build_object('login', p_login.id, 'number', v_number,
            'account', v_missing.account_id, 'client_code', (SELECT
                a.client_code FROM customer.account AS a
                WHERE a.id = v_missing.account_id),
            'paid_on', v_missing.paid_on, 'how', v_missing.how,
            'amount_minor', v_missing.amount_minor,
            'currency', v_missing.currency,
            'reference', nullif(v_missing.reference, ''),
            'note', nullif(v_missing.note, ''),
            'unmatched', v_missing.unmatched_id,
            'new', concat_ws(' ', v_number, v_missing.paid_on,
                v_missing.how, v_missing.amount_minor, v_missing.currency,
                nullif(v_missing.reference, '')))), p_now);
    PERFORM auth.note(p_login.id, 'payment_missing', v_number, p_now);
    PERFORM auth.note_owners(p_login.id, v_missing.account_id,
        'delegate_request', v_number, p_now);
    PERFORM notify.queue('missing:' || p_id, auth.mail_of(p_login),
        'missing_registered', p_login.language,
        jsonb_build_object('who', v_number), p_now);
END $$;
COMMENT ON FUNCTION auth.missing_tell IS
    'Part of auth.missing_file: the review, the log, the mail.';

CREATE OR REPLACE FUNCTION auth.missing_decide(p_review ops.review,
    p_yes boolean, p_note text, p_now timestamptz) RETURNS text
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM auth.tell_decision((p_review.args->>'login')::bigint,
        CASE WHEN p_yes THEN 'missing_found' ELSE 'missing_refused' END,
        p_review.args->>'number', p_review.id,
        concat_ws(': ', p_review.args->>'number', p_note), p_now);
    RETURN 'done';
END $$;
COMMENT ON FUNCTION auth.missing_decide IS
    'The company''s answer about a missing payment: done.  The money itself '
    'is posted by import.';

CREATE OR REPLACE FUNCTION auth.missing_list(p_session bytea,
    p_now timestamptz)
RETURNS TABLE (number text, code_hint text, told_on date, paid_on date,
    amount_minor bigint, currency text, how text, state text, note text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_session auth.session := auth.live(p_session, p_now);
BEGIN
    RETURN QUERY
    SELECT auth.missing_number(m.id), a.payment_code_hint,
        ops.day(m.created_at), m.paid_on, m.amount_minor, m.currency, m.how,
        v.state, v.note
    FROM pay.missing AS m
    JOIN customer.account AS a ON a.id = m.account_id
    JOIN ops.review AS v ON v.kind = 'missing_payment'
        AND v.subject_id = m.id
    WHERE m.login_id = v_session.login_id AND v_session.stage = 'in'
        AND auth.may(m.login_id, 'see', m.account_id, p_now)
    ORDER BY m.id DESC LIMIT 20;
END $$;
COMMENT ON FUNCTION auth.missing_list IS
    'What the session''s log-in asked to look for, the newest first, with '
    'what came of it.';

CREATE OR REPLACE FUNCTION auth.waiting(p_accounts bigint[])
RETURNS TABLE (account_id bigint, kind text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT a.id, v.kind FROM customer.account AS a
    JOIN ops.review AS v ON v.kind IN ('address', 'business_data')
        AND v.subject_id = a.party_id AND v.state = 'open'
    WHERE a.id = ANY (p_accounts)
    UNION
    SELECT m.account_id, v.kind FROM pay.missing AS m
    JOIN ops.review AS v ON v.kind = 'missing_payment'
        AND v.subject_id = m.id AND v.state = 'open'
    WHERE m.account_id = ANY (p_accounts)
$$;
COMMENT ON FUNCTION auth.waiting IS
    'What was asked for accounts and a person of the company looks at: '
    'address, business_data, missing_payment; each once.';

SET ROLE smetka_owner;
