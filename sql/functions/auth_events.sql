-- What happened to a log-in, for who it belongs to and for who checks it.
SET ROLE smetka_identity;

CREATE OR REPLACE FUNCTION auth.events(p_session bytea, p_before integer,
    p_limit integer, p_now timestamptz)
RETURNS TABLE (seq integer, at timestamptz, kind text, detail text,
    hash bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_session auth.session := auth.live(p_session, p_now);
BEGIN
    RETURN QUERY
    SELECT e.seq, e.at, e.kind, e.detail, e.hash FROM auth.event AS e
    WHERE e.login_id = v_session.login_id AND v_session.stage = 'in'
        AND (p_before IS NULL OR e.seq < p_before)
    ORDER BY e.seq DESC LIMIT least(p_limit, 1000);
END $$;
COMMENT ON FUNCTION auth.events IS
    'What happened to the session''s own log-in, newest first: those before '
    'the event p_before, 1,000 at most; another''s never.';

CREATE OR REPLACE FUNCTION auth.events_verify(p_after bigint,
    p_limit integer)
RETURNS TABLE (login bigint, login_id uuid, events bigint, seq integer,
    problem text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH batch AS (
        SELECT l.id, l.public_id, l.event_seq, l.event_hash
        FROM auth.login AS l WHERE l.id > p_after ORDER BY l.id LIMIT p_limit
    ), link AS (
        SELECT e.login_id, e.seq, e.hash, row_number() OVER w AS no,
            sha256(coalesce(lag(e.hash) OVER w, '') || convert_to(
                concat_ws('|', e.seq, (extract(epoch FROM e.at)
                * 1000000)::bigint, e.kind, e.detail), 'UTF8')) AS made
        FROM batch AS s JOIN auth.event AS e ON e.login_id = s.id
        WINDOW w AS (PARTITION BY e.login_id ORDER BY e.seq)
    ), chain AS (
        SELECT k.login_id, count(*) AS events, max(k.seq) AS last_seq,
            min(k.seq) FILTER (WHERE k.seq <> k.no) AS gap,
            min(k.seq) FILTER (WHERE k.hash <> k.made) AS altered
        FROM link AS k GROUP BY k.login_id
    )
    SELECT s.id, s.public_id, coalesce(c.events, 0),
        CASE WHEN least(c.gap, c.altered) IS NOT NULL
                THEN least(c.gap, c.altered)
            WHEN o.cut THEN coalesce(c.last_seq, 0) + 1 END,
        CASE WHEN c.gap <= coalesce(c.altered, c.gap) THEN 'missing before'
            WHEN c.altered IS NOT NULL THEN 'altered'
            WHEN o.cut THEN 'missing at the end' END
    FROM batch AS s LEFT JOIN chain AS c ON c.login_id = s.id
    CROSS JOIN LATERAL (SELECT s.event_seq <> coalesce(c.last_seq, 0)
        OR s.event_hash <> coalesce((SELECT e.hash FROM auth.event AS e
            WHERE e.login_id = s.id AND e.seq = c.last_seq), '') AS cut) AS o
    ORDER BY s.id;
END $$;
COMMENT ON FUNCTION auth.events_verify IS
    'Follows the chains of p_limit log-ins after the one with key p_after: a '
    'row each, with the first event that does not fit and why (altered, '
    'missing before it, missing at the end), or null.';

SET ROLE smetka_owner;
