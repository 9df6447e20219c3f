-- Messages: written with what they report, claimed by jobs, tried until sent.
SET ROLE smetka_money;

CREATE OR REPLACE FUNCTION notify.queue(p_dedupe_key text, p_recipient text,
    p_template text, p_language text, p_args jsonb, p_now timestamptz)
RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    v_id bigint;
BEGIN
    IF p_recipient IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO notify.outbox (dedupe_key, channel, recipient, template,
        language, args, next_try_at, created_at)
    VALUES (p_dedupe_key, 'mail', p_recipient, p_template, p_language,
        p_args, p_now, p_now)
    ON CONFLICT (dedupe_key) DO NOTHING
    RETURNING id INTO v_id;
    RETURN v_id;
END $$;
COMMENT ON FUNCTION notify.queue IS
    'Writes a mail, once a key; nothing where no address is known.';

CREATE OR REPLACE FUNCTION notify.outbox_claim(p_limit integer,
    p_lease_s integer, p_now timestamptz)
RETURNS TABLE (id bigint, channel text, recipient text, template text,
    language text, args jsonb, attempts integer, created_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH claimed AS (
        UPDATE notify.outbox AS o
        SET state = 'sending', attempts = o.attempts + 1,
            next_try_at = p_now + make_interval(secs => p_lease_s)
        FROM (SELECT d.id FROM notify.outbox AS d
            WHERE d.next_try_at <= p_now ORDER BY d.next_try_at
            LIMIT p_limit FOR UPDATE SKIP LOCKED) AS due
        WHERE o.id = due.id RETURNING o.*
    )
    -- as they were written: a receipt before what is said about it
    SELECT c.id, c.channel, c.recipient, c.template, c.language, c.args,
        c.attempts, c.created_at
    FROM claimed AS c ORDER BY c.id;
END $$;
COMMENT ON FUNCTION notify.outbox_claim IS
    'Takes due messages for the length of a lease; two callers never get '
    'the same one.';

CREATE OR REPLACE FUNCTION notify.outbox_done(p_id bigint, p_outcome text,
    p_error text, p_now timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    IF p_outcome NOT IN ('sent', 'retry', 'failed') THEN
        RAISE EXCEPTION 'no outcome named %', p_outcome
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    UPDATE notify.outbox AS o
    SET state = n.state, last_error = left(p_error, 500),
        sent_at = CASE n.state WHEN 'sent' THEN p_now END,
        -- 30 s doubled at each try, at most 4 hours
        next_try_at = CASE n.state WHEN 'queued' THEN p_now + least(
            interval '4 hours',
            interval '30 seconds' * power(2, least(o.attempts, 10) - 1)) END
    FROM (SELECT d.id, CASE p_outcome WHEN 'retry' THEN CASE
                WHEN d.created_at <= p_now - interval '72 hours' THEN 'dead'
                ELSE 'queued' END
            ELSE p_outcome END AS state
        FROM notify.outbox AS d WHERE d.id = p_id FOR UPDATE) AS n
    WHERE o.id = n.id AND o.state = 'sending';
END $$;
COMMENT ON FUNCTION notify.outbox_done IS
    'Ends a try: sent, retry (later; dead after 72 hours), failed.';

SET ROLE smetka_owner;
