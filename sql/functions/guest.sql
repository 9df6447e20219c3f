-- How a guest comes to a bill: by code, by mailed link, by signed link.
SET ROLE smetka_money;

CREATE OR REPLACE FUNCTION pay.gate(p_address_hash bytea, p_code_hash bytea,
    p_limits jsonb, p_now timestamptz,
    OUT verdict text, OUT retry_after_s integer)
LANGUAGE plpgsql AS $$
DECLARE
    v_soft bigint := coalesce((p_limits->>'per_address')::integer, 10);
    v_hard bigint := coalesce((p_limits->>'hard_factor')::integer, 10);
    v_window integer := coalesce((p_limits->>'window_s')::integer, 600);
    v_global bigint := coalesce((p_limits->>'global_misses')::integer, 2000);
    v_each bigint :=
        coalesce((p_limits->>'failures_per_identifier')::integer, 5);
    v_used record;
    v_missed bigint;
    v_failed bigint;
BEGIN
    SELECT * INTO v_used FROM ops.spend('address', p_address_hash, 1,
        make_interval(secs => v_window), p_now);
    v_missed := (SELECT coalesce(sum(m.used), 0) FROM ops.miss AS m
        WHERE m.ends_at > p_now);
    v_failed := ops.spent('identifier', p_code_hash, p_now);
    verdict := CASE
        WHEN v_used.used > v_soft * v_hard OR v_missed >= v_global * v_hard
            OR v_failed >= v_each * v_hard THEN 'throttled'
        WHEN v_used.used > v_soft OR v_missed >= v_global
            OR v_failed >= v_each
            OR coalesce((p_limits->>'always_mail')::boolean, false)
            THEN 'step_up'
        ELSE 'ok' END;
    retry_after_s := CASE WHEN v_used.used > v_soft
        THEN ceil(extract(epoch FROM v_used.ends_at - p_now))
        ELSE v_window END;
END $$;
COMMENT ON FUNCTION pay.gate IS
    'Counts a look-up against its address and says how it may be answered: '
    'ok, step_up (past a soft limit, or where the company always wants it), '
    'throttled (past a hard one).';

CREATE OR REPLACE FUNCTION pay.count_miss(p_code_hash bytea,
    p_random bytea, p_miss boolean, p_now timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    -- a hit adds nothing, in the same two statements
    PERFORM ops.spend('identifier', p_code_hash, p_miss::integer,
        interval '1 hour', p_now);
    UPDATE ops.miss AS m
    SET used = CASE WHEN m.ends_at > p_now THEN m.used ELSE 0 END
            + p_miss::integer,
        ends_at = CASE WHEN m.ends_at > p_now THEN m.ends_at
            ELSE p_now + interval '1 hour' END
    WHERE m.slot = get_byte(p_random, 0) & 15;
END $$;
COMMENT ON FUNCTION pay.count_miss IS
    'Counts a failure on a code and on all codes; the latter in one of 16 '
    'rows, so that look-ups do not queue for one.';

CREATE OR REPLACE FUNCTION pay.find_account(p_code_hash bytea,
    p_second_hash bytea, p_now timestamptz) RETURNS bigint
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_account bigint;
    v_second boolean;
BEGIN
    SELECT a.id INTO v_account FROM customer.account AS a
        WHERE a.payment_code_hash = p_code_hash;
    -- asked for a miss as well: the same work
    SELECT true INTO v_second FROM billing.document AS d
        WHERE d.account_id = v_account
            AND d.issued_on > ops.day(p_now) - 366
            AND sha256(convert_to(right(d.number, 4), 'UTF8'))
                = p_second_hash
        LIMIT 1;
    IF p_second_hash IS NOT NULL AND v_second IS NULL THEN
        RETURN NULL;
    END IF;
    RETURN v_account;
END $$;
COMMENT ON FUNCTION pay.find_account IS
    'The account of a code.  p_second_hash, where a second factor is asked, '
    'is the SHA-256 of the last four characters of a document of the last '
    'year.';

CREATE OR REPLACE FUNCTION pay.put_account(p_handle_id bigint,
    p_account_no integer, p_account_id bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_account record;
BEGIN
    SELECT a.payment_code_hint, a.currency INTO v_account
        FROM customer.account AS a WHERE a.id = p_account_id;
    INSERT INTO pay.guest_handle_account
        (handle_id, account_no, account_id, code_hint, currency)
    VALUES (p_handle_id, p_account_no, p_account_id,
        v_account.payment_code_hint, v_account.currency);
END $$;
COMMENT ON FUNCTION pay.put_account IS
    'Puts an account on a handle, or for a miss a row that stands for none.';

CREATE OR REPLACE FUNCTION pay.make_handle(p_account_id bigint,
    p_handle_hash bytea, p_browser_hash bytea, p_email text, p_lang text,
    p_choice text, p_choice_minor bigint, p_choice_currency text,
    p_now timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_id bigint;
BEGIN
    INSERT INTO pay.guest_handle (handle_hash, browser_hash, email, lang,
        choice, choice_minor, choice_currency, created_at, expires_at)
    VALUES (p_handle_hash, p_browser_hash, p_email, p_lang, p_choice,
        nullif(p_choice_minor, 0), p_choice_currency, p_now,
        CASE WHEN p_account_id IS NULL THEN p_now
            ELSE p_now + ops.seconds('handle.life_s') END)
    RETURNING id INTO v_id;
    PERFORM pay.put_account(v_id, 1, p_account_id);
END $$;
COMMENT ON FUNCTION pay.make_handle IS
    'Makes a handle for as long as the setting handle.life_s says; for a '
    'miss one that is over at once.';

CREATE OR REPLACE FUNCTION pay.mail_step_up(p_account_id bigint,
    p_step_up_hash bytea, p_email text, p_email_hash bytea, p_lang text,
    p_now timestamptz)
RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_id bigint;
    v_sent integer;
BEGIN
    INSERT INTO pay.step_up (token_hash, account_id, email, lang, expires_at)
    VALUES (p_step_up_hash, p_account_id, p_email, p_lang,
        p_now + interval '20 minutes');
    v_id := notify.queue('step_up:' || encode(p_step_up_hash, 'hex'), p_email,
        'step_up', p_lang, jsonb_build_object('token_hash',
        encode(p_step_up_hash, 'hex')), p_now);
    -- nobody's mailbox is filled by somebody who types its address
    SELECT s.used INTO v_sent FROM ops.spend('email', p_email_hash,
        (p_account_id IS NOT NULL)::integer, interval '1 hour', p_now) AS s;
    -- a miss does the work and mails nothing
    IF p_account_id IS NULL OR v_sent > 5 THEN
        DELETE FROM notify.outbox AS o WHERE o.id = v_id;
    END IF;
END $$;
COMMENT ON FUNCTION pay.mail_step_up IS
    'Instead of an answer: a link by mail, if there is something to open; to '
    'one address five an hour.';

CREATE OR REPLACE FUNCTION pay.note_lookup(p_page text, p_outcome text,
    p_address_hash bytea, p_code_hash bytea, p_browser_hash bytea,
    p_now timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO log.lookup
        (at, page, outcome, address_hash, code_hash, browser_hash)
    VALUES (p_now, p_page, p_outcome, p_address_hash, p_code_hash,
        p_browser_hash);
    PERFORM ops.tidy(p_now);
END $$;
COMMENT ON FUNCTION pay.note_lookup IS 'Logs a look-up, by hashes only.';

CREATE OR REPLACE FUNCTION pay.guest_open(p_code_hash bytea,
    p_handle_hash bytea, p_browser_hash bytea, p_address_hash bytea,
    p_email text, p_email_hash bytea, p_lang text, p_step_up_hash bytea,
    p_second_hash bytea, p_limits jsonb, p_now timestamptz,
    OUT outcome text, OUT retry_after_s integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_gate record;
    v_account bigint;
BEGIN
    SELECT * INTO v_gate
        FROM pay.gate(p_address_hash, p_code_hash, p_limits, p_now);
    retry_after_s := v_gate.retry_after_s;
    IF v_gate.verdict = 'throttled' THEN
        outcome := 'throttled';
        PERFORM pay.note_lookup('pay', outcome, p_address_hash, p_code_hash,
            p_browser_hash, p_now);
        RETURN;
    END IF;
    v_account := pay.find_account(p_code_hash, p_second_hash, p_now);
    PERFORM pay.count_miss(p_code_hash, p_handle_hash, v_account IS NULL,
        p_now);
    IF v_gate.verdict = 'step_up' THEN
        outcome := 'step_up';
        PERFORM pay.mail_step_up(v_account, p_step_up_hash, p_email,
            p_email_hash, p_lang, p_now);
    ELSE
        outcome := CASE WHEN v_account IS NULL THEN 'miss' ELSE 'ok' END;
        retry_after_s := 0;
        PERFORM pay.make_handle(v_account, p_handle_hash, p_browser_hash,
            p_email, p_lang, NULL, NULL, NULL, p_now);
    END IF;
    PERFORM pay.note_lookup('pay', outcome, p_address_hash, p_code_hash,
        p_browser_hash, p_now);
END $$;
COMMENT ON FUNCTION pay.guest_open IS
    'Opens a bill by its code: ok, miss, step_up, throttled.  A hit and a '
    'miss run the same statements.';

CREATE OR REPLACE FUNCTION pay.guest_add(p_handle_hash bytea,
    p_browser_hash bytea, p_code_hash bytea, p_address_hash bytea,
    p_limits jsonb, p_now timestamptz,
    OUT outcome text, OUT retry_after_s integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_gate record;
    v_handle bigint;
    v_account bigint;
    v_count integer;
    v_same boolean;
BEGIN
    SELECT * INTO v_gate
        FROM pay.gate(p_address_hash, p_code_hash, p_limits, p_now);
    retry_after_s := v_gate.retry_after_s;
    IF v_gate.verdict <> 'ok' THEN
        outcome := 'throttled';
    ELSE
        retry_after_s := 0;
        SELECT h.id INTO v_handle FROM pay.guest_handle AS h
            WHERE h.handle_hash = p_handle_hash
                AND h.browser_hash = p_browser_hash
                AND h.expires_at > p_now AND h.login_id IS NULL
            FOR NO KEY UPDATE;
        v_account := pay.find_account(p_code_hash, NULL, p_now);
        PERFORM pay.count_miss(p_code_hash, p_handle_hash,
            v_account IS NULL, p_now);
        SELECT count(*), coalesce(bool_or(g.account_id = v_account), false)
            INTO v_count, v_same FROM pay.guest_handle_account AS g
            WHERE g.handle_id = v_handle;
        outcome := CASE WHEN v_handle IS NULL THEN 'gone'
            WHEN v_account IS NULL THEN 'miss' WHEN v_same THEN 'same'
            WHEN v_count >= 5 THEN 'full' ELSE 'ok' END;
        IF outcome = 'ok' THEN
            PERFORM pay.put_account(v_handle, v_count + 1, v_account);
        END IF;
    END IF;
    PERFORM pay.note_lookup('add', outcome, p_address_hash, p_code_hash,
        p_browser_hash, p_now);
END $$;
COMMENT ON FUNCTION pay.guest_add IS
    'Adds a second code to a handle, five in all: ok, miss, same, full, '
    'gone, throttled.';

CREATE OR REPLACE FUNCTION pay.guest_link(p_account uuid,
    p_handle_hash bytea, p_browser_hash bytea, p_address_hash bytea,
    p_email text, p_lang text, p_choice text, p_amount_minor bigint,
    p_currency text, p_limits jsonb, p_now timestamptz,
    OUT outcome text, OUT retry_after_s integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_account bigint;
    v_used record;
BEGIN
    -- a signed link cannot be guessed: only a flood is turned away
    SELECT * INTO v_used FROM ops.spend('link', p_address_hash, 1,
        make_interval(secs => coalesce((p_limits->>'window_s')::integer,
        600)), p_now);
    retry_after_s := 0;
    IF v_used.used > coalesce((p_limits->>'per_address')::bigint, 10)
        * coalesce((p_limits->>'hard_factor')::bigint, 10)
    THEN
        outcome := 'throttled';
        retry_after_s := ceil(extract(epoch FROM v_used.ends_at - p_now));
    ELSE
        SELECT a.id INTO v_account FROM customer.account AS a
            WHERE a.public_id = p_account;
        outcome := CASE WHEN v_account IS NULL THEN 'miss' ELSE 'ok' END;
        PERFORM pay.make_handle(v_account, p_handle_hash, p_browser_hash,
            p_email, p_lang, p_choice, p_amount_minor, p_currency, p_now);
    END IF;
    PERFORM pay.note_lookup('link', outcome, p_address_hash, NULL,
        p_browser_hash, p_now);
END $$;
COMMENT ON FUNCTION pay.guest_link IS
    'Opens a bill by a pay link whose signature was verified: ok, miss, '
    'throttled.';

CREATE OR REPLACE FUNCTION pay.guest_email(p_handle_hash bytea,
    p_browser_hash bytea, p_email text, p_now timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    UPDATE pay.guest_handle AS h SET email = p_email
        WHERE h.handle_hash = p_handle_hash
            AND h.browser_hash = p_browser_hash AND h.expires_at > p_now;
    RETURN FOUND;
END $$;
COMMENT ON FUNCTION pay.guest_email IS
    'Sets the address that the receipt goes to.';

CREATE OR REPLACE FUNCTION pay.step_up_take(p_step_up_hash bytea,
    p_handle_hash bytea, p_browser_hash bytea, p_now timestamptz)
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_taken record;
BEGIN
    UPDATE pay.step_up AS s SET used_at = p_now
        WHERE s.token_hash = p_step_up_hash AND s.used_at IS NULL
            AND s.expires_at > p_now AND s.account_id IS NOT NULL
        RETURNING s.account_id, s.email, s.lang INTO v_taken;
    IF v_taken.account_id IS NULL THEN
        -- a double click, or a COMMIT whose answer was lost: it is done
        RETURN CASE WHEN EXISTS (SELECT FROM pay.guest_handle AS h
            WHERE h.handle_hash = p_handle_hash
                AND h.browser_hash = p_browser_hash AND h.expires_at > p_now)
            THEN 'ok' ELSE 'gone' END;
    END IF;
    PERFORM pay.make_handle(v_taken.account_id, p_handle_hash,
        p_browser_hash, v_taken.email, v_taken.lang, NULL, NULL, NULL, p_now);
    RETURN 'ok';
END $$;
COMMENT ON FUNCTION pay.step_up_take IS
    'Uses a mailed link, once within 20 minutes: ok, gone.  The same browser '
    'with the same handle again is told ok again.';

SET ROLE smetka_owner;
