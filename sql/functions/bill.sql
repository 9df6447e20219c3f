-- The bill page, the hottest read of all.
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
BEGIN
    RETURN QUERY
    SELECT g.account_no::integer, c.payment_code_hint, m.currency,
        coalesce(o.total, 0), coalesce(o.overdue, 0),
        coalesce(m.credit_minor, 0), coalesce(o.count, 0), o.oldest,
        coalesce(l.open_minor, 0), l.due_on, l.number_tail, l.issued_on,
        m.last_payment_on, (SELECT max(f.as_of) FROM billing.feed AS f),
        h.email, h.choice, h.choice_minor, own.id, own.shown, own.created_at,
        other.created_at, h.expires_at
    FROM pay.guest_handle AS h
    JOIN pay.guest_handle_account AS g ON g.handle_id = h.id
    JOIN customer.account AS c ON c.id = g.account_id
    LEFT JOIN billing.balance AS m ON m.account_id = c.id
    LEFT JOIN LATERAL (
        SELECT sum(i.open_minor)::bigint AS total,
            sum(i.open_minor) FILTER (WHERE i.due_on < v_day)::bigint
                AS overdue,
            count(*)::integer AS count, min(i.due_on) AS oldest
        FROM billing.open_item AS i
        WHERE i.account_id = m.account_id AND i.currency = m.currency
            AND i.open_minor > 0) AS o ON true
    LEFT JOIN LATERAL (
        SELECT i.* FROM billing.open_item AS i
        WHERE i.account_id = m.account_id AND i.currency = m.currency
            AND i.open_minor > 0
        ORDER BY i.issued_on DESC, i.document_id DESC LIMIT 1) AS l ON true
    LEFT JOIN LATERAL (
        SELECT a.id, a.created_at, pay.shown(a.state, a.reason,
            a.changed_at, a.unreachable_since, p_now) AS shown
        FROM pay.in_flight AS f JOIN pay.attempt AS a ON a.id = f.payment_id
        WHERE f.account_id = c.id AND a.browser_hash = p_browser_hash
        ORDER BY a.created_at DESC LIMIT 1) AS own ON true
    LEFT JOIN LATERAL (
        SELECT a.created_at
        FROM pay.in_flight AS f JOIN pay.attempt AS a ON a.id = f.payment_id
        WHERE f.account_id = c.id AND a.browser_hash <> p_browser_hash
        ORDER BY a.created_at DESC LIMIT 1) AS other ON true
    WHERE h.handle_hash = p_handle_hash AND h.browser_hash = p_browser_hash
        AND h.expires_at > p_now
    ORDER BY g.account_no, m.currency;
END $$;
COMMENT ON FUNCTION pay.guest_bill IS 'The bill of a handle.';

SET ROLE smetka_owner;
