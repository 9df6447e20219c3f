-- Payments of who is logged in.
SET ROLE smetka_money;

CREATE OR REPLACE FUNCTION pay.unposted(p_payments uuid[])
RETURNS TABLE (unmatched_id bigint, payment uuid, reference text,
    amount_minor bigint, currency text, received_at timestamptz,
    processor text, told boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT u.id, e.payment_id, u.processor_ref,
        u.amount_minor - f.back_minor, u.currency, u.received_at,
        u.processor, EXISTS (SELECT FROM pay.task AS n
            WHERE n.kind = 'not_posted' AND n.key = u.id::text)
    FROM pay.unmatched AS u
    JOIN pay.processor_event AS e ON e.id = u.event_id
    CROSS JOIN LATERAL (SELECT coalesce(sum(r.amount_minor), 0)::bigint
            AS back_minor
        FROM pay.refund AS r WHERE r.unmatched_id = u.id
            AND r.state IN ('accepted', 'succeeded')) AS f
    WHERE (p_payments IS NULL OR e.payment_id = ANY (p_payments))
        AND u.amount_minor > f.back_minor
        AND EXISTS (SELECT FROM pay.task AS t WHERE t.kind = 'unmatched'
            AND t.key = u.processor || ' ' || u.processor_ref
            AND t.done_at IS NULL)
    ORDER BY u.received_at LIMIT 1000;
END $$;
COMMENT ON FUNCTION pay.unposted IS
    'Money that was received and stands on no account yet, the oldest first: '
    'its task is open and it was not given back.  Of these payments, null: of '
    'all.  told: its delay was noted.';

CREATE OR REPLACE FUNCTION pay.not_posted(p_unmatched bigint,
    p_now timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    INSERT INTO pay.task (kind, key, note, created_at)
    SELECT 'not_posted', u.id::text, format('%s %s of %s, %s %s',
        u.amount_minor, u.currency, ops.day(u.received_at), u.processor,
        u.processor_ref), p_now
    FROM pay.unmatched AS u WHERE u.id = p_unmatched
    ON CONFLICT (kind, key) DO NOTHING;
    RETURN FOUND;
END $$;
COMMENT ON FUNCTION pay.not_posted IS
    'Notes that money is later on its account than was promised; true the '
    'first time.';

SET ROLE smetka_self;

CREATE OR REPLACE FUNCTION self.payment_rows(p_session bytea,
    p_now timestamptz)
RETURNS TABLE (id uuid, payment uuid, received_on date, posted_on date,
    how text, reference text, amount_minor bigint, refunded_minor bigint,
    currency text, state text, code_hint text, receipt_no text)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    v_payable bigint[] := self.payable(p_session, p_now);
BEGIN
    PERFORM auth.act(p_session, 'see', p_now);
    RETURN QUERY
    WITH known AS (
        SELECT i.id FROM pay.intent AS i
        WHERE i.account_id = ANY ((SELECT auth.acting())::bigint[])
        UNION
        SELECT a.intent_id FROM billing.document AS d
        JOIN pay.allocation AS p ON p.document_id = d.id
        JOIN pay.attempt AS a ON a.id = p.payment_id
        WHERE d.account_id = ANY ((SELECT auth.acting())::bigint[])),
    online AS MATERIALIZED (
        SELECT a.id, i.account_ids <@ v_payable AS payable,
            i.account_id = ANY ((SELECT auth.acting())::bigint[]) AS own,
            a.created_at, s.settled_at,
            coalesce(s.processor_ref, a.order_no) AS reference,
            -- of a payment for several accounts, one's own part
            CASE WHEN s.payment_id IS NULL THEN coalesce((SELECT
                    sum(t.amount_minor) FROM pay.intent_item AS t
                    WHERE t.intent_id = i.id), a.amount_minor)
                ELSE coalesce((SELECT sum(p.amount_minor)
                    FROM pay.allocation AS p WHERE p.payment_id = a.id), 0)
                + CASE WHEN i.account_id = ANY ((SELECT auth.acting())::bigint[])
                    THEN s.credit_minor ELSE 0 END END::bigint AS amount,
            coalesce((SELECT sum(f.amount_minor) FROM pay.refund AS f
                WHERE f.payment_id = a.id AND f.state IN ('accepted',
                    'succeeded')), 0)::bigint AS refunded,
            coalesce(s.currency, a.currency) AS currency,
            CASE a.state WHEN 'settled' THEN 'settled'
                ELSE 'processing' END AS state,
            (SELECT c.payment_code_hint FROM customer.account AS c
                WHERE c.id = i.account_id) AS hint, r.receipt_no
        FROM known AS k JOIN pay.intent AS i ON i.id = k.id
        JOIN pay.attempt AS a ON a.intent_id = i.id
        LEFT JOIN pay.settlement AS s ON s.payment_id = a.id
        LEFT JOIN pay.receipt AS r ON r.payment_id = a.id
        WHERE a.state <> 'closed')
    SELECT o.id, CASE WHEN o.payable THEN o.id END,
        ops.day(coalesce(o.settled_at, o.created_at)), ops.day(o.settled_at),
        'online'::text, o.reference, o.amount, o.refunded, o.currency,
        o.state, o.hint, o.receipt_no
    FROM online AS o
    UNION ALL
    -- taken, but on no account yet: it is the first account's to know
    SELECT NULL, NULL, ops.day(u.received_at), NULL, 'online', u.reference,
        u.amount_minor, 0, u.currency, 'received', o.hint, NULL
    FROM pay.unposted(ARRAY(SELECT w.id FROM online AS w WHERE w.own)) AS u
    JOIN online AS o ON o.id = u.payment
    UNION ALL
    SELECT r.public_id, NULL, r.received_on, ops.day(t.posted_at), r.method,
        r.reference, r.amount_minor, 0, r.currency, 'settled',
        a.payment_code_hint, NULL
    FROM billing.received AS r
    JOIN billing.journal_txn AS t ON t.id = r.txn_id
    JOIN customer.account AS a ON a.id = r.account_id
    WHERE r.account_id = ANY ((SELECT auth.acting())::bigint[]);
END $$;
COMMENT ON FUNCTION self.payment_rows IS
    'All payments of the session''s log-in, by every way: when they were '
    'received and when posted; of one for several accounts the part that is '
    'theirs, and payment only for who may pay with all of them.  State '
    'received: it stands on no account yet, and has no id of its own.';

CREATE OR REPLACE FUNCTION self.payments(p_session bytea, p_limit integer,
    p_skip integer, p_now timestamptz)
RETURNS TABLE (id uuid, payment uuid, received_on date, posted_on date,
    how text, reference text, amount_minor bigint, refunded_minor bigint,
    currency text, state text, code_hint text, receipt_no text,
    matches bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT r.*, count(*) OVER ()
    FROM self.payment_rows(p_session, p_now) AS r
    ORDER BY r.received_on DESC, r.reference, r.state
    LIMIT p_limit OFFSET p_skip;
END $$;
COMMENT ON FUNCTION self.payments IS
    'self.payment_rows(), newest first, a page at a time.';

CREATE OR REPLACE FUNCTION self.payment(p_session bytea, p_id uuid,
    p_now timestamptz)
RETURNS TABLE (id uuid, payment uuid, received_on date, posted_on date,
    how text, reference text, amount_minor bigint, refunded_minor bigint,
    currency text, state text, code_hint text, receipt_no text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY SELECT r.* FROM self.payment_rows(p_session, p_now) AS r
    WHERE r.id = p_id;
END $$;
COMMENT ON FUNCTION self.payment IS
    'One payment; no row if there is none or it is another''s.';

CREATE OR REPLACE FUNCTION self.payment_parts(p_session bytea, p_id uuid,
    p_now timestamptz)
RETURNS TABLE (invoice uuid, number text, code_hint text,
    amount_minor bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    PERFORM auth.act(p_session, 'see', p_now);
    RETURN QUERY
    SELECT d.public_id, d.number, a.payment_code_hint, p.amount_minor
        - coalesce((SELECT sum(o.amount_minor) FROM pay.reopening AS o
            WHERE o.allocation_txn_id = p.txn_id
                AND o.document_id = p.document_id), 0)::bigint
    FROM pay.allocation AS p
    JOIN billing.document AS d ON d.id = p.document_id
    JOIN customer.account AS a ON a.id = d.account_id
    WHERE p.txn_id IN (
        SELECT x.txn_id FROM pay.allocation AS x WHERE x.payment_id = p_id
        UNION ALL
        SELECT r.txn_id FROM billing.received AS r WHERE r.public_id = p_id)
    ORDER BY d.issued_on, d.id;
END $$;
COMMENT ON FUNCTION self.payment_parts IS
    'The bills that a payment paid, those of one''s own accounts, less what '
    'was undone when money went back.';

CREATE OR REPLACE FUNCTION self.payments_like(p_session bytea,
    p_paid_on date, p_amount_minor bigint, p_currency text,
    p_now timestamptz)
RETURNS TABLE (id uuid, payment uuid, received_on date, posted_on date,
    how text, reference text, amount_minor bigint, refunded_minor bigint,
    currency text, state text, code_hint text, receipt_no text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY SELECT r.* FROM self.payment_rows(p_session, p_now) AS r
    WHERE r.amount_minor = p_amount_minor AND r.currency = p_currency
        AND r.received_on BETWEEN p_paid_on - 3 AND p_paid_on + 10
    ORDER BY abs(r.received_on - p_paid_on), r.reference LIMIT 5;
END $$;
COMMENT ON FUNCTION self.payments_like IS
    'What is known of a payment that somebody misses: their own of that sum, '
    'from three days before to ten after, also one that is under way.';

SET ROLE smetka_owner;
