-- What a person has to look at.
SET ROLE smetka_money;

CREATE OR REPLACE FUNCTION pay.task_open(p_kind text, p_key text,
    p_payment uuid, p_note text, p_now timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO pay.task (kind, key, payment_id, note, created_at)
    VALUES (p_kind, p_key, p_payment, left(p_note, 500), p_now)
    ON CONFLICT (kind, key) DO NOTHING;
END $$;
COMMENT ON FUNCTION pay.task_open IS 'Notes a task, once a kind and key.';

CREATE OR REPLACE FUNCTION pay.task_close(p_kind text, p_key text,
    p_note text, p_now timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE pay.task AS t SET done_at = p_now, done_note = left(p_note, 500)
        WHERE t.kind = p_kind AND t.key = p_key AND t.done_at IS NULL;
END $$;
COMMENT ON FUNCTION pay.task_close IS
    'Ends a task that settled itself; nothing if there is none.';

CREATE OR REPLACE FUNCTION pay.task_done(p_id bigint, p_note text,
    p_now timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    UPDATE pay.task AS t SET done_at = p_now, done_note = left(p_note, 500)
        WHERE t.id = p_id AND t.done_at IS NULL;
    RETURN FOUND;
END $$;
COMMENT ON FUNCTION pay.task_done IS
    'A person ends a task; false if it had ended or there is none.';

SET ROLE smetka_owner;
