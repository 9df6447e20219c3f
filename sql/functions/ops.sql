-- Settings, budgets and the calendar.
SET ROLE smetka_money;

CREATE OR REPLACE FUNCTION ops.set(p_name text, p_value bigint)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    UPDATE ops.setting AS s SET value = p_value
        WHERE s.name = p_name AND s.value <> p_value;
    IF NOT FOUND AND NOT EXISTS
        (SELECT FROM ops.setting AS s WHERE s.name = p_name)
    THEN
        RAISE EXCEPTION 'no setting named %', p_name
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
END $$;
COMMENT ON FUNCTION ops.set IS
    'Sets one of the settings that rules inside the database depend on.';

CREATE OR REPLACE FUNCTION ops.seconds(p_name text) RETURNS interval
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT make_interval(secs => s.value)
        FROM ops.setting AS s WHERE s.name = p_name);
END $$;
COMMENT ON FUNCTION ops.seconds IS 'A setting, as a length of time.';

CREATE OR REPLACE FUNCTION ops.day(p_now timestamptz) RETURNS date
LANGUAGE sql STABLE AS
    $$ SELECT (p_now AT TIME ZONE 'Europe/Bucharest')::date $$;
COMMENT ON FUNCTION ops.day IS
    'The calendar day of the companies served: Romania and Bulgaria keep one.';

CREATE OR REPLACE FUNCTION ops.spend(p_kind text, p_key bytea, p_n integer,
    p_window interval, p_now timestamptz,
    OUT used integer, OUT ends_at timestamptz)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
    INSERT INTO ops.budget AS b (kind, key, used, ends_at)
    VALUES (p_kind, p_key, p_n, p_now + p_window)
    ON CONFLICT (kind, key) DO UPDATE SET
        used = CASE WHEN b.ends_at > p_now THEN b.used ELSE 0 END + p_n,
        ends_at = CASE WHEN b.ends_at > p_now THEN b.ends_at
            ELSE p_now + p_window END
    RETURNING b.used, b.ends_at INTO used, ends_at;
END $$;
COMMENT ON FUNCTION ops.spend IS
    'Adds to a counter in its fixed window; atomic.  Callers take address, '
    'then identifier, then ops.miss, then email, so none can deadlock.';

CREATE OR REPLACE FUNCTION ops.spent(p_kind text, p_key bytea,
    p_now timestamptz) RETURNS bigint
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN coalesce((SELECT b.used FROM ops.budget AS b
        WHERE b.kind = p_kind AND b.key = p_key AND b.ends_at > p_now), 0);
END $$;
COMMENT ON FUNCTION ops.spent IS 'What a counter stands at.';

CREATE OR REPLACE FUNCTION ops.tidy(p_now timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM ops.budget AS b USING (
        SELECT d.kind, d.key FROM ops.budget AS d
        WHERE d.ends_at < p_now ORDER BY d.ends_at LIMIT 4
        FOR UPDATE SKIP LOCKED) AS old
    WHERE b.kind = old.kind AND b.key = old.key;
    DELETE FROM pay.guest_handle AS h USING (
        SELECT d.id FROM pay.guest_handle AS d
        WHERE d.expires_at < p_now - interval '10 minutes'
        ORDER BY d.expires_at LIMIT 2 FOR UPDATE SKIP LOCKED) AS old
    WHERE h.id = old.id;
    DELETE FROM pay.step_up AS s USING (
        SELECT d.token_hash FROM pay.step_up AS d
        WHERE d.expires_at < p_now ORDER BY d.expires_at LIMIT 2
        FOR UPDATE SKIP LOCKED) AS old
    WHERE s.token_hash = old.token_hash;
END $$;
COMMENT ON FUNCTION ops.tidy IS
    'Removes a few rows past their time.  Each look-up calls it and removes '
    'more than it adds, so the tables stay as large as the traffic.';

CREATE OR REPLACE FUNCTION ops.forget(p_before timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_count bigint;
BEGIN
    DELETE FROM log.lookup AS l WHERE l.ctid = ANY (ARRAY(
        SELECT d.ctid FROM log.lookup AS d WHERE d.at < p_before LIMIT 5000));
    GET DIAGNOSTICS v_count = ROW_COUNT;
    RETURN v_count;
END $$;
COMMENT ON FUNCTION ops.forget IS
    'Removes look-ups logged before an instant, a batch at a time; says how '
    'many went.  The privacy page promises it.';

SET ROLE smetka_owner;
