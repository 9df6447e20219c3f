-- What jobs reports to the metrics.
SET ROLE smetka_money;

CREATE OR REPLACE FUNCTION ops.figures(p_now timestamptz,
    OUT created bigint, OUT requested bigint, OUT open bigint,
    OUT pending bigint, OUT attempts_oldest_s bigint, OUT unmatched bigint,
    OUT tasks bigint, OUT tasks_oldest_s bigint, OUT refunds bigint,
    OUT outbox_depth bigint, OUT outbox_oldest_s bigint,
    OUT feed_age_s bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    SELECT count(*) FILTER (WHERE a.state = 'created'),
        count(*) FILTER (WHERE a.state = 'requested'),
        count(*) FILTER (WHERE a.state = 'open'),
        count(*) FILTER (WHERE a.state = 'pending'),
        coalesce(extract(epoch FROM p_now - min(a.created_at)), 0)
    INTO created, requested, open, pending, attempts_oldest_s
    FROM pay.attempt AS a
    WHERE a.id IN (SELECT f.payment_id FROM pay.in_flight AS f);
    SELECT count(*) INTO unmatched FROM pay.task AS t
        WHERE t.kind = 'unmatched' AND t.done_at IS NULL;
    SELECT count(*),
        coalesce(extract(epoch FROM p_now - min(t.created_at)), 0)
    INTO tasks, tasks_oldest_s
    FROM pay.task AS t WHERE t.done_at IS NULL;
    SELECT count(*) INTO refunds FROM pay.refund AS r
        WHERE r.next_ask_at IS NOT NULL;
    SELECT count(*),
        coalesce(extract(epoch FROM p_now - min(o.created_at)), 0)
    INTO outbox_depth, outbox_oldest_s
    FROM notify.outbox AS o WHERE o.next_try_at IS NOT NULL;
    SELECT coalesce(extract(epoch FROM p_now - max(f.as_of)), 0)
    INTO feed_age_s FROM billing.feed AS f;
END $$;
COMMENT ON FUNCTION ops.figures IS
    'Counts of what is under way, for monitoring; each is small or indexed.';

SET ROLE smetka_owner;
