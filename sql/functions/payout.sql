-- What the processor pays to the bank, and the comparison with its own list.
SET ROLE smetka_money;

CREATE OR REPLACE FUNCTION pay.payout_line_of(p_processor text,
    p_currency text, p_kind text, p_ref text, p_gross_minor bigint,
    p_fee_minor bigint, OUT payment_id uuid, OUT known_fee_minor bigint,
    OUT outcome text)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
    v_minor bigint;
    v_denied boolean := false;
BEGIN
    known_fee_minor := 0;
    IF p_kind = 'capture' THEN
        SELECT s.payment_id, s.amount_minor INTO payment_id, v_minor
        FROM pay.settlement AS s JOIN pay.attempt AS a ON a.id = s.payment_id
        WHERE a.processor = p_processor AND s.currency = p_currency
            AND s.capture_ref = p_ref
        LIMIT 1;
        IF v_minor IS NULL THEN
            SELECT s.payment_id, s.amount_minor INTO payment_id, v_minor
            FROM pay.settlement AS s
            JOIN pay.attempt AS a ON a.id = s.payment_id
            WHERE a.processor = p_processor AND s.currency = p_currency
                AND s.processor_ref = p_ref
            LIMIT 1;
        END IF;
        IF v_minor IS NULL THEN
            SELECT u.amount_minor INTO v_minor FROM pay.unmatched AS u
            WHERE u.processor = p_processor AND u.currency = p_currency
                AND (u.capture_ref = p_ref OR u.processor_ref = p_ref)
            LIMIT 1;
        END IF;
    ELSIF p_kind IN ('refund', 'refund_failed') THEN
        SELECT r.payment_id, CASE p_kind WHEN 'refund' THEN -1 ELSE 1 END
            * r.amount_minor,
            -- a person had said that it failed: nothing of it is posted
            r.state = 'failed' AND r.txn_id IS NULL
                AND r.last_cause LIKE 'operator%'
        INTO payment_id, v_minor, v_denied
        FROM pay.refund AS r
        WHERE r.processor = p_processor AND r.processor_ref = p_ref
            AND r.currency = p_currency;
    ELSIF p_kind IN ('dispute', 'dispute_won') THEN
        SELECT d.payment_id, CASE p_kind WHEN 'dispute' THEN -1 ELSE 1 END
            * d.amount_minor,
            CASE p_kind WHEN 'dispute' THEN d.fee_minor ELSE 0 END
        INTO payment_id, v_minor, known_fee_minor
        FROM pay.dispute AS d
        WHERE d.processor = p_processor AND d.processor_ref = p_ref
            AND d.currency = p_currency;
        -- the dispute's own fee was posted when it was opened
        known_fee_minor := coalesce(least(known_fee_minor, p_fee_minor), 0);
    ELSE
        outcome := 'plain';
        RETURN;
    END IF;
    outcome := CASE WHEN v_minor IS NULL THEN 'missing_here'
        WHEN v_minor <> p_gross_minor OR v_denied THEN 'differs'
        ELSE 'matched' END;
END $$;
COMMENT ON FUNCTION pay.payout_line_of IS
    'What a line of a payout is of, and what of its fee is posted already.';

CREATE OR REPLACE FUNCTION pay.payout_rows(p_lines jsonb)
RETURNS TABLE (line_no integer, kind text, ref text, gross_minor bigint,
    fee_minor bigint, payment_id uuid, known_fee_minor bigint, outcome text)
LANGUAGE sql STABLE AS $$
    SELECT r.* FROM jsonb_to_recordset(p_lines) AS r (line_no integer,
        kind text, ref text, gross_minor bigint, fee_minor bigint,
        payment_id uuid, known_fee_minor bigint, outcome text)
$$;
COMMENT ON FUNCTION pay.payout_rows IS 'Lines of a payout as rows.';

CREATE OR REPLACE FUNCTION pay.payout_apply(p_processor text, p_ref text,
    p_currency text, p_net_minor bigint, p_arrived_on date, p_lines jsonb,
    p_now timestamptz, OUT outcome text, OUT matched integer,
    OUT missing_here integer, OUT differs integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_gross bigint;
    v_fee bigint;
    v_known bigint;
    v_rest bigint;
    v_txn bigint;
    v_payout bigint;
    v_lines jsonb;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('payout '
        || p_processor || ' ' || p_ref, 0));
    IF EXISTS (SELECT FROM pay.payout AS p WHERE p.processor = p_processor
            AND p.processor_ref = p_ref)
    THEN
        outcome := 'duplicate';
        RETURN;
    END IF;
    IF p_lines IS NULL THEN
        outcome := 'unread';
        PERFORM pay.task_open('payout_differs', p_processor || ' ' || p_ref
            || ' unread', NULL, format('the payout is %s %s of %s; its lines '
            'cannot be read, so it is not posted', p_net_minor, p_currency,
            p_arrived_on), p_now);
        RETURN;
    END IF;
    PERFORM pay.task_close('payout_differs', p_processor || ' ' || p_ref
        || ' unread', 'posted', p_now);
    SELECT jsonb_agg(jsonb_build_object('line_no', l.no,
        'kind', l.item ->> 'kind', 'ref', coalesce(l.item ->> 'ref', ''),
        'gross_minor', (l.item ->> 'gross_minor')::bigint,
        'fee_minor', coalesce((l.item ->> 'fee_minor')::bigint, 0),
        'payment_id', o.payment_id, 'known_fee_minor', o.known_fee_minor,
        'outcome', o.outcome)) INTO v_lines
    FROM jsonb_array_elements(p_lines) WITH ORDINALITY AS l (item, no)
    CROSS JOIN LATERAL pay.payout_line_of(p_processor, p_currency,
        l.item ->> 'kind', coalesce(l.item ->> 'ref', ''),
        (l.item ->> 'gross_minor')::bigint,
        coalesce((l.item ->> 'fee_minor')::bigint, 0)) AS o;
    SELECT coalesce(sum(n.gross_minor), 0), coalesce(sum(n.fee_minor), 0),
        coalesce(sum(n.known_fee_minor), 0),
        count(*) FILTER (WHERE n.outcome = 'matched'),
        count(*) FILTER (WHERE n.outcome = 'missing_here'),
        count(*) FILTER (WHERE n.outcome = 'differs')
    INTO v_gross, v_fee, v_known, matched, missing_here, differs
    FROM pay.payout_rows(v_lines) AS n;
    v_rest := v_gross - v_fee - p_net_minor;
    IF v_rest <> 0 THEN
        PERFORM pay.task_open('payout_differs', p_processor || ' ' || p_ref,
            NULL, format('lines make %s, the payout is %s %s',
                v_gross - v_fee, p_net_minor, p_currency), p_now);
    END IF;
    IF p_net_minor <> 0 OR v_fee <> v_known OR v_gross <> v_known THEN
        INSERT INTO billing.journal_txn (kind, posted_at)
            VALUES ('payout', p_now) RETURNING id INTO v_txn;
        INSERT INTO billing.journal_entry
            (txn_id, line_no, account, currency, amount_minor)
        SELECT v_txn, l.line_no, l.account, p_currency, l.amount
        FROM (VALUES (1, 'bank'::billing.journal_account, p_net_minor),
            (2, 'fees', v_fee - v_known),
            (3, 'processor_clearing', v_known - v_gross),
            -- what the lines do not explain; nothing if they add up
            (4, 'suspense', v_rest))
            AS l (line_no, account, amount)
        WHERE l.amount <> 0;
    END IF;
    INSERT INTO pay.payout (processor, processor_ref, currency, net_minor,
        txn_id, arrived_on, received_at)
    VALUES (p_processor, p_ref, p_currency, p_net_minor, v_txn,
        p_arrived_on, p_now) RETURNING id INTO v_payout;
    INSERT INTO pay.payout_line (payout_id, line_no, kind, processor_ref,
        gross_minor, fee_minor, payment_id, outcome)
    SELECT v_payout, n.line_no, n.kind, n.ref, n.gross_minor, n.fee_minor,
        n.payment_id, n.outcome FROM pay.payout_rows(v_lines) AS n;
    PERFORM pay.task_open(CASE n.outcome WHEN 'differs'
            THEN 'compare_differs' ELSE 'missing_here' END,
        p_processor || ' ' || n.kind || ' ' || n.ref, n.payment_id,
        format('payout %s: %s of %s %s', p_ref, n.kind, n.gross_minor,
            p_currency), p_now)
    FROM pay.payout_rows(v_lines) AS n
    WHERE n.outcome IN ('differs', 'missing_here');
    outcome := CASE v_rest WHEN 0 THEN 'applied' ELSE 'wrong_sum' END;
END $$;
COMMENT ON FUNCTION pay.payout_apply IS
    'Posts a payout, once its number: bank and fees against the processor''s '
    'clearing account; each line is held against what we know.  p_lines: '
    '[{kind, ref, gross_minor, fee_minor}], null where they cannot be read.  '
    'wrong_sum: it is posted, and what the lines do not explain is in '
    'suspense; unread: nothing is posted.  A person knows of both.';

CREATE OR REPLACE FUNCTION pay.payouts_since(p_processor text,
    p_now timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT coalesce((SELECT max(p.arrived_on)::timestamp AT TIME ZONE 'UTC'
            - interval '3 days' FROM pay.payout AS p
            WHERE p.processor = p_processor), p_now - interval '30 days')
$$;
COMMENT ON FUNCTION pay.payouts_since IS
    'From when payouts are fetched: a few days before the newest that is '
    'posted, so that many old ones never stand before the new.';

CREATE OR REPLACE FUNCTION pay.payout_posted(p_processor text,
    p_payout_ref text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT EXISTS (SELECT FROM pay.payout AS p
        WHERE p.processor = p_processor AND p.processor_ref = p_payout_ref)
$$;
COMMENT ON FUNCTION pay.payout_posted IS
    'Whether a payout stands in the books, so that its lines need not be '
    'fetched.';

CREATE OR REPLACE FUNCTION pay.compare_begin(p_processor text,
    p_since timestamptz, p_until timestamptz, p_now timestamptz)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_id bigint;
BEGIN
    INSERT INTO pay.compare (processor, since, until, started_at)
    VALUES (p_processor, p_since, p_until, p_now) RETURNING id INTO v_id;
    RETURN v_id;
END $$;
COMMENT ON FUNCTION pay.compare_begin IS
    'Begins a comparison with the processor''s list of orders.';

CREATE OR REPLACE FUNCTION pay.compare_note(p_compare bigint,
    p_order_no text, p_processor_ref text, p_amount_minor bigint,
    p_currency text, p_now timestamptz,
    OUT outcome text, OUT payment_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_run pay.compare;
    v_settled pay.settlement;
    v_attempt pay.attempt;
    v_is_it boolean;
    v_new boolean;
BEGIN
    SELECT * INTO v_run FROM pay.compare AS c
        WHERE c.id = p_compare AND c.finished_at IS NULL;
    v_attempt := pay.find_attempt(v_run.processor, NULL, p_order_no,
        p_processor_ref);
    payment_id := v_attempt.id;
    SELECT * INTO v_settled FROM pay.settlement AS s
        WHERE s.payment_id = v_attempt.id;
    -- of another capture of the same order the settlement says nothing
    v_is_it := v_settled.payment_id IS NOT NULL
        AND coalesce(v_settled.processor_ref, p_processor_ref)
            = p_processor_ref;
    INSERT INTO pay.compare_seen (compare_id, processor_ref, payment_id)
    VALUES (p_compare, p_processor_ref, CASE WHEN v_is_it
        THEN v_attempt.id END)
    ON CONFLICT DO NOTHING;
    -- one that stands on two pages, or comes again after a lost answer,
    -- counts once
    v_new := FOUND;
    outcome := CASE
        WHEN v_is_it THEN
            CASE WHEN v_settled.amount_minor = p_amount_minor
                AND v_settled.currency = p_currency THEN 'same'
            ELSE 'differs' END
        WHEN EXISTS (SELECT FROM pay.unmatched AS u
            WHERE u.processor = v_run.processor
                AND u.processor_ref = p_processor_ref) THEN 'same'
        ELSE 'missing_here' END;
    UPDATE pay.compare AS c SET listed = c.listed + 1,
        differs = c.differs + (outcome = 'differs')::integer,
        missing_here = c.missing_here + (outcome = 'missing_here')::integer
    WHERE c.id = p_compare AND v_new;
    IF outcome <> 'same' THEN
        PERFORM pay.task_open(CASE outcome WHEN 'differs'
                THEN 'compare_differs' ELSE 'missing_here' END,
            v_run.processor || ' ' || p_processor_ref, v_attempt.id,
            format('order %s: %s %s at the processor', p_order_no,
                p_amount_minor, p_currency), p_now);
    END IF;
END $$;
COMMENT ON FUNCTION pay.compare_note IS
    'Holds one paid order of the list against ours: same, differs, '
    'missing_here (the caller applies it, a person knows).';

CREATE OR REPLACE FUNCTION pay.compare_end(p_compare bigint,
    p_now timestamptz, OUT listed integer, OUT missing_here integer,
    OUT missing_there integer, OUT differs integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_run pay.compare;
BEGIN
    SELECT * INTO v_run FROM pay.compare AS c
        WHERE c.id = p_compare FOR UPDATE;
    listed := v_run.listed;
    missing_here := v_run.missing_here;
    missing_there := v_run.missing_there;
    differs := v_run.differs;
    IF v_run.finished_at IS NOT NULL THEN
        RETURN; -- a COMMIT whose answer was lost: it is done
    END IF;
    WITH missing AS (
        SELECT s.payment_id, s.amount_minor, s.currency, a.order_no,
            pay.task_open('missing_there', v_run.processor || ' '
                || a.order_no, s.payment_id, format('order %s: %s %s settled '
                'here and not on the list', a.order_no, s.amount_minor,
                s.currency), p_now)
        FROM pay.settlement AS s JOIN pay.attempt AS a ON a.id = s.payment_id
        WHERE a.processor = v_run.processor
            AND a.created_at >= v_run.since AND a.created_at < v_run.until
            AND s.settled_at < v_run.started_at
            AND NOT EXISTS (SELECT FROM pay.compare_seen AS n
                WHERE n.compare_id = p_compare AND n.payment_id = a.id)
    )
    SELECT count(*) INTO missing_there FROM missing;
    UPDATE pay.compare AS c SET finished_at = p_now,
        missing_there = compare_end.missing_there
    WHERE c.id = p_compare;
    DELETE FROM pay.compare_seen AS n USING pay.compare AS c
        WHERE c.id = n.compare_id AND (c.id = p_compare
            OR c.started_at < p_now - interval '7 days');
END $$;
COMMENT ON FUNCTION pay.compare_end IS
    'Ends a comparison whose list came to its end: what was settled here and '
    'is not on it goes to a person.';

CREATE OR REPLACE FUNCTION pay.compare_due(p_processor text,
    p_now timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('compare', 0));
    RETURN NOT EXISTS (SELECT FROM pay.compare AS c
        WHERE c.processor = p_processor
            AND c.started_at > p_now - CASE WHEN c.finished_at IS NULL
                THEN interval '1 hour' ELSE interval '24 hours' END);
END $$;
COMMENT ON FUNCTION pay.compare_due IS
    'Whether the daily comparison has to be made now; one that did not end '
    'is tried again after an hour.';

SET ROLE smetka_owner;
