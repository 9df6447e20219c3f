-- The bill page, the hottest read of all: one statement for the handle with
-- its accounts, one index-only scan an account and currency, and a third only
-- where a payment is in flight.  One statement with LATERAL joins for all of
-- it took half as long again: starting its plan costs more than running it.
SET ROLE smetka_money;

CREATE OR REPLACE FUNCTION pay.guest_bill(p_handle_hash bytea,
    p_browser_hash bytea, p_now timestamptz)
RETURNS TABLE (account_no integer, code_hint text, currency text,
    total_minor bigint, overdue_minor bigint, credit_minor bigint,
    open_count integer, oldest_due_on date, current_minor bigint,
    current_due_on date, current_number_tail text, current_issued_on date,
    last_payment_on date, as_of timestamptz, email text, choice text,
    choice_minor bigint, own_payment uuid, own_state text,
    own_started_at timestamptz, other_started_at timestamptz,
    expires_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_day date := ops.day(p_now);
    v_row record;
    v_item record;
    v_document bigint;
BEGIN
    FOR v_row IN
        SELECT g.account_no, g.account_id, g.code_hint,
            coalesce(b.currency, g.currency) AS currency,
            coalesce(b.credit_minor, 0) AS credit_minor, b.last_payment_on,
            h.email, h.choice, h.choice_minor, h.expires_at,
            (SELECT max(f.as_of) FROM billing.feed AS f) AS as_of,
            EXISTS (SELECT FROM pay.in_flight AS f
                WHERE f.account_id = g.account_id) AS in_flight
        FROM pay.guest_handle AS h
        JOIN pay.guest_handle_account AS g ON g.handle_id = h.id
        LEFT JOIN billing.balance AS b ON b.account_id = g.account_id
        WHERE h.handle_hash = p_handle_hash
            AND h.browser_hash = p_browser_hash AND h.expires_at > p_now
            AND h.login_id IS NULL
        ORDER BY g.account_no, b.currency
    LOOP
        account_no := v_row.account_no;
        code_hint := v_row.code_hint;
        currency := v_row.currency;
        credit_minor := v_row.credit_minor;
        last_payment_on := v_row.last_payment_on;
        email := v_row.email;
        choice := v_row.choice;
        choice_minor := v_row.choice_minor;
        expires_at := v_row.expires_at;
        as_of := v_row.as_of;
        total_minor := 0;
        overdue_minor := 0;
        open_count := 0;
        oldest_due_on := NULL;
        current_minor := 0;
        current_due_on := NULL;
        current_number_tail := NULL;
        current_issued_on := NULL;
        FOR v_item IN
            SELECT i.document_id, i.open_minor, i.due_on, i.issued_on,
                i.number_tail
            FROM billing.open_item AS i
            WHERE i.account_id = v_row.account_id
                AND i.currency = v_row.currency AND i.open_minor > 0
        LOOP
            total_minor := total_minor + v_item.open_minor;
            open_count := open_count + 1;
            IF v_item.due_on < v_day THEN
                overdue_minor := overdue_minor + v_item.open_minor;
            END IF;
            oldest_due_on := least(oldest_due_on, v_item.due_on);
            IF current_issued_on IS NULL
                OR v_item.issued_on > current_issued_on
                OR (v_item.issued_on = current_issued_on
                    AND v_item.document_id > v_document)
            THEN
                v_document := v_item.document_id;
                current_minor := v_item.open_minor;
                current_due_on := v_item.due_on;
                current_number_tail := v_item.number_tail;
                current_issued_on := v_item.issued_on;
            END IF;
        END LOOP;
        own_payment := NULL;
        own_state := NULL;
        own_started_at := NULL;
        other_started_at := NULL;
        IF v_row.in_flight THEN
            SELECT o.id, o.shown, o.created_at, x.created_at
            INTO own_payment, own_state, own_started_at, other_started_at
            FROM pay.started(v_row.account_id, v_row.currency,
                p_browser_hash, p_now, true) AS o
            CROSS JOIN pay.started(v_row.account_id, v_row.currency,
                p_browser_hash, p_now, false) AS x;
        END IF;
        RETURN NEXT;
    END LOOP;
END $$;
COMMENT ON FUNCTION pay.guest_bill IS
    'The bill of a guest''s handle, for the browser it was made for: a row '
    'an account and currency.';

CREATE OR REPLACE FUNCTION pay.started(p_account_id bigint, p_currency text,
    p_browser_hash bytea, p_now timestamptz, p_own boolean,
    OUT id uuid, OUT shown text, OUT created_at timestamptz)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
    SELECT a.id, pay.shown(a.state, a.reason, a.changed_at,
        a.unreachable_since, p_now), a.created_at
    INTO id, shown, created_at
    FROM pay.in_flight AS f JOIN pay.attempt AS a ON a.id = f.payment_id
    WHERE f.account_id = p_account_id AND a.currency = p_currency
        AND (a.browser_hash = p_browser_hash) = p_own
    ORDER BY a.created_at DESC LIMIT 1;
END $$;
COMMENT ON FUNCTION pay.started IS
    'The payment in flight on an account that was started last, by the '
    'browser itself or by another.';

SET ROLE smetka_owner;
