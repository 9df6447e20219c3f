-- Readings of many meters in one file, by who may send them.
SET ROLE smetka_self;

CREATE OR REPLACE FUNCTION self.meter_file_list(p_session bytea,
    p_now timestamptz)
RETURNS TABLE (serial text, register integer, address text,
    last_milli bigint, last_on date, decimals integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    PERFORM auth.act(p_session, 'read_meter', p_now);
    RETURN QUERY
    SELECT l.serial, l.register, l.address, l.last_milli, l.last_on,
        l.decimals
    FROM meter.file_list(auth.acting()) AS l;
END $$;
COMMENT ON FUNCTION self.meter_file_list IS
    'The file to fill in: a row a register of all meters for which the '
    'session''s log-in may send readings.';

CREATE OR REPLACE FUNCTION self.meter_file_submit(p_session bytea,
    p_items jsonb, p_confirm integer, p_file bytea, p_now timestamptz)
RETURNS TABLE (item integer, outcome text, register integer,
    day_micro bigint, usual_micro bigint, unit text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    PERFORM auth.act(p_session, 'read_meter', p_now);
    RETURN QUERY
    SELECT s.item, s.outcome, s.register, s.day_micro, s.usual_micro, s.unit
    FROM meter.file_submit(auth.acting(), p_items, p_confirm, p_file, p_now)
        AS s;
END $$;
COMMENT ON FUNCTION self.meter_file_submit IS
    'Sends a part of a file as meter.file_submit() does; a serial number '
    'that is another''s is as unknown as one that does not exist.  Who calls '
    'takes all back if the file is not to be kept.';

CREATE OR REPLACE FUNCTION self.meter_file_end(p_session bytea,
    p_file bytea, p_now timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_login bigint := auth.act(p_session, 'read_meter', p_now);
    v_accounts bigint;
BEGIN
    PERFORM auth.note_owners(v_login, s.account_id, 'delegate_reading',
        'CSV: ' || count(DISTINCT s.reference), p_now)
    FROM meter.file_sent(auth.acting(), p_file) AS s
    GROUP BY s.account_id;
    GET DIAGNOSTICS v_accounts = ROW_COUNT;
    RETURN v_accounts;
END $$;
COMMENT ON FUNCTION self.meter_file_end IS
    'All parts of a file are sent: the owners'' logs say so, once an '
    'account, where a delegate sent it.  How many accounts it was about.';

CREATE OR REPLACE FUNCTION self.meter_file_sent(p_session bytea,
    p_file bytea, p_now timestamptz)
RETURNS TABLE (serial text, address text, reference text, read_on date,
    register_kind text, unit text, decimals integer, value_milli bigint,
    state text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    PERFORM auth.act(p_session, 'read_meter', p_now);
    RETURN QUERY
    SELECT s.serial, s.address, s.reference, s.read_on, s.register_kind,
        s.unit, s.decimals, s.value_milli, s.state
    FROM meter.file_sent(auth.acting(), p_file) AS s;
END $$;
COMMENT ON FUNCTION self.meter_file_sent IS
    'What came with a file and what became of it, a row a register; no row '
    'for who may not send readings of these meters.';

SET ROLE smetka_owner;
