-- The meters of who is logged in.  Seeing needs the right "see", sending
-- "read_meter"; what is foreign is as unknown as what does not exist.
SET ROLE smetka_self;

CREATE OR REPLACE FUNCTION self.meters(p_session bytea, p_meter uuid,
    p_place uuid, p_find text, p_limit integer, p_skip integer,
    p_now timestamptz)
RETURNS TABLE (meter uuid, place uuid, place_name text, address text,
    serial text, kind text, removed_on date, register integer, code text,
    register_kind text, unit text, digits integer, decimals integer,
    factor_milli bigint, last_milli bigint, last_on date, last_source text,
    use_milli bigint, use_days integer, use_since date, year_micro bigint,
    sent_milli bigint, sent_on date, sent_state text, sent_billed boolean,
    read_method text, read_every_months integer, keeps_outside boolean,
    note_ro text, note_bg text, note_en text, opens_on date,
    closes_on date, next_opens_on date, next_closes_on date,
    may_send boolean, matches bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_may_send bigint[];
    v_accounts bigint[];
BEGIN
    PERFORM auth.act(p_session, 'read_meter', p_now);
    v_may_send := auth.acting();
    PERFORM auth.act(p_session, 'see', p_now);
    v_accounts := ARRAY(SELECT a.id FROM customer.account AS a
        WHERE p_place IS NULL OR a.public_id = p_place);
    RETURN QUERY
    WITH page AS MATERIALIZED (
        SELECT * FROM meter.page(v_accounts, p_meter, p_find, p_limit,
            p_skip)),
    here AS MATERIALIZED (
        SELECT * FROM meter.list(ARRAY(SELECT DISTINCT o.account_id
            FROM page AS o), p_now))
    SELECT l.meter, a.public_id, n.nickname, l.address, l.serial, l.kind,
        l.removed_on, l.register, l.code, l.register_kind, l.unit, l.digits,
        l.decimals, l.factor_milli, l.last_milli, l.last_on, l.last_source,
        s.use_milli, s.days, s.since_on, l.year_micro, l.sent_milli,
        l.sent_on, l.sent_state, l.sent_billed, l.read_method,
        l.read_every_months, l.keeps_outside, l.note_ro, l.note_bg,
        l.note_en, l.opens_on, l.closes_on, l.next_opens_on,
        l.next_closes_on, l.account_id = ANY (v_may_send), p.matches
    FROM page AS p
    JOIN here AS l ON l.meter = p.meter
    JOIN customer.account AS a ON a.id = p.account_id
    LEFT JOIN auth.own_places(p_session, p_now) AS n
        ON n.account_id = a.id
    LEFT JOIN meter.so_far(ARRAY(SELECT o.meter FROM page AS o)) AS s
        ON s.meter = l.meter AND s.register = l.register
    ORDER BY p.place, l.register;
END $$;
COMMENT ON FUNCTION self.meters IS
    'The meters of the session''s log-in, a row a register, by address; '
    'p_limit meters after the first p_skip; filtered by public id, place (an '
    'account) and a part of serial number or address.  use: since the bill '
    'before the last index; sent: in the window that is open; may_send: its '
    'viewer may send an index; matches: how many meters there are in all.';

CREATE OR REPLACE FUNCTION self.meter_windows(p_session bytea,
    p_now timestamptz)
RETURNS TABLE (place uuid, due bigint, sent bigint, meter uuid,
    closes_on date, days_left integer, next_opens_on date,
    next_closes_on date, may_send boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_may_send bigint[];
BEGIN
    PERFORM auth.act(p_session, 'read_meter', p_now);
    v_may_send := auth.acting();
    PERFORM auth.act(p_session, 'see', p_now);
    RETURN QUERY
    SELECT a.public_id, w.due, w.sent, w.meter, w.closes_on,
        w.closes_on - ops.day(p_now) + 1, w.next_opens_on, w.next_closes_on,
        a.id = ANY (v_may_send)
    FROM meter.windows(auth.acting(), p_now) AS w
    JOIN customer.account AS a ON a.id = w.account_id;
END $$;
COMMENT ON FUNCTION self.meter_windows IS
    'For each place of the session''s log-in with meters that are read at '
    'set times: how many wait for an index (due; meter: one of them), until '
    'when, how many were sent, and which window opens next.';

CREATE OR REPLACE FUNCTION self.meter_figures(p_session bytea, p_meter uuid,
    p_read_on date, p_now timestamptz)
RETURNS TABLE (register integer, register_kind text, digits integer,
    decimals integer, factor_milli bigint, last_milli bigint, last_on date,
    last_source text, true_milli bigint, true_on date, season_micro bigint,
    year_micro bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    PERFORM auth.act(p_session, 'see', p_now);
    RETURN QUERY
    SELECT f.register, f.register_kind, f.digits, f.decimals,
        f.factor_milli, f.last_milli, f.last_on, f.last_source,
        f.true_milli, f.true_on, f.season_micro, f.year_micro
    FROM meter.figures(auth.acting(), p_meter, p_read_on, p_now) AS f;
END $$;
COMMENT ON FUNCTION self.meter_figures IS
    'What an index of one meter, read on a day, is held against; no row if '
    'there is no such meter or it is another''s.';

CREATE OR REPLACE FUNCTION self.meter_history(p_session bytea,
    p_meter uuid, p_since date, p_now timestamptz)
RETURNS TABLE (register integer, read_on date, value_milli bigint,
    use_milli bigint, days integer, source text, state text,
    billed boolean, reason text, reference text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    PERFORM auth.act(p_session, 'see', p_now);
    RETURN QUERY
    SELECT h.register, h.read_on, h.value_milli, h.use_milli, h.days,
        h.source, h.state, h.billed, h.reason, h.reference
    FROM meter.history(auth.acting(), p_meter, p_since) AS h LIMIT 1000;
END $$;
COMMENT ON FUNCTION self.meter_history IS
    'All versions of what a meter showed since a day, the newest first.';

CREATE OR REPLACE FUNCTION self.meter_submit(p_session bytea, p_meter uuid,
    p_values text, p_read_on date, p_confirm integer, p_once_key bytea,
    p_lang text, p_now timestamptz, OUT outcome text,
    OUT submission uuid, OUT register integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_login bigint := auth.act(p_session, 'read_meter', p_now);
    v_accounts bigint[] := auth.acting();
    v_email text;
BEGIN
    -- a log-in that was handed out may have a user name for an address
    SELECT s.email INTO v_email FROM auth.session_of(p_session, p_now) AS s
        WHERE s.email LIKE '%@%';
    SELECT s.outcome, s.submission_id, s.register
    INTO outcome, submission, register
    FROM meter.submit(v_accounts, p_meter,
        string_to_array(p_values, ',')::bigint[], p_read_on, 'self_read',
        p_confirm, p_once_key, v_email, p_lang, p_now) AS s;
    IF outcome IN ('accepted', 'in_check', 'informative') THEN
        PERFORM auth.note_owners(v_login, p.account_id, 'delegate_reading',
            (SELECT min(s.serial) || ': ' || string_agg(
                trim_scale(s.value_milli / 1000.0)::text, ' / '
                ORDER BY s.register)
            FROM meter.sent(v_accounts, submission, p_now) AS s), p_now)
        FROM meter.page(v_accounts, p_meter, NULL, 1, 0) AS p;
    END IF;
END $$;
COMMENT ON FUNCTION self.meter_submit IS
    'Takes an index of each register of a meter ("1234000,98000", '
    'thousandths) from who may send one, as meter.submit() does; a mail goes '
    'to the log-in, and where a delegate sends, the owners'' log says so.';

CREATE OR REPLACE FUNCTION self.meter_photo(p_session bytea,
    p_submission uuid, p_media_type text, p_file bytea, p_now timestamptz)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    PERFORM auth.act(p_session, 'read_meter', p_now);
    PERFORM meter.attach(auth.acting(), p_submission, p_media_type, p_file,
        p_now);
END $$;
COMMENT ON FUNCTION self.meter_photo IS
    'Puts a photo beside what was sent, for who checks it; nothing where '
    'nobody does.';

CREATE OR REPLACE FUNCTION self.meter_sent(p_session bytea,
    p_submission uuid, p_now timestamptz)
RETURNS TABLE (meter uuid, serial text, kind text, reference text,
    read_on date, register integer, code text, register_kind text,
    unit text, decimals integer, value_milli bigint, state text,
    reason text, use_milli bigint, days integer, correctable_until date,
    bill_use_milli bigint, bill_since date, last_bill uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    PERFORM auth.act(p_session, 'see', p_now);
    RETURN QUERY
    SELECT s.meter, s.serial, s.kind, s.reference, s.read_on, s.register,
        s.code, s.register_kind, s.unit, s.decimals, s.value_milli, s.state,
        s.reason, s.use_milli, s.days, s.correctable_until, b.use_milli,
        b.since_on, (SELECT d.public_id FROM billing.document AS d
            WHERE d.supply_point_id = b.supply_point_id
                AND d.kind = 'invoice' AND NOT d.cancelled
            ORDER BY d.period_to DESC NULLS LAST, d.issued_on DESC, d.id DESC
            LIMIT 1)
    FROM meter.sent(auth.acting(), p_submission, p_now) AS s
    JOIN meter.sent_so_far(auth.acting(), p_submission) AS b
        ON b.register = s.register
    ORDER BY s.register;
END $$;
COMMENT ON FUNCTION self.meter_sent IS
    'What was sent and what became of it, a row a register; bill_use: since '
    'the last bill; last_bill: of the same supply point, from which the next '
    'one can be estimated.';

CREATE OR REPLACE FUNCTION self.readings(p_session bytea, p_after bigint,
    p_limit integer, p_now timestamptz)
RETURNS TABLE (id bigint, place text, kind text, serial text, code text,
    unit text, read_on date, milli bigint, source text, state text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    PERFORM auth.act(p_session, 'see', p_now);
    RETURN QUERY SELECT r.* FROM meter.readings(auth.acting(), p_after,
        p_limit) AS r;
END $$;
COMMENT ON FUNCTION self.readings IS
    'All readings of the meters of the session''s log-in, of every version, '
    'by key after p_after.';

SET ROLE smetka_owner;
