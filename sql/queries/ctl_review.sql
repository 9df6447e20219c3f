-- What waits for a person's decision.

-- name: ctl_reviews
-- params: all_of_them boolean
-- columns: id bigint, kind text, state text, about text, created_at timestamptz, decided_at timestamptz, decided_by text, note text
-- rows: many
SELECT v.id, v.kind, v.state,
    coalesce((v.args ->> 'serial') || ' ' || (v.args ->> 'reference'),
        (v.args ->> 'customer') || ': ' || (v.args ->> 'name') || ', '
            || (v.args ->> 'function'),
        v.args -> 'new' ->> 'name', v.args ->> 'new', '') AS about,
    v.created_at, v.decided_at, v.decided_by, v.note
FROM ops.review AS v WHERE $1 OR v.state = 'open' ORDER BY v.id;

-- name: ctl_review
-- params: id bigint
-- columns: id bigint, kind text, state text, created_at timestamptz, decided_at timestamptz, decided_by text, note text, args text
-- rows: zero_or_one
SELECT v.id, v.kind, v.state, v.created_at, v.decided_at, v.decided_by,
    v.note, v.args::text AS args
FROM ops.review AS v WHERE v.id = $1;

-- name: ctl_review_readings
-- params: id bigint
-- columns: register integer, kind text, unit text, read_on text, value_milli bigint, source text, state text, billed boolean, reason text, sent_here boolean
-- rows: many
-- What was sent, beside what the meter showed before and after.
SELECT r.no::integer AS register, r.kind, r.unit, g.read_on::text AS read_on,
    g.value_milli, g.source::text AS source, g.state::text AS state,
    g.billed, g.reason,
    coalesce(g.submission_id = s.id, false) AS sent_here
FROM ops.review AS v
JOIN meter.submission AS s ON s.id = v.subject_id
JOIN meter.register AS r ON r.meter_id = s.meter_id
CROSS JOIN LATERAL (SELECT x.* FROM meter.reading AS x
    WHERE x.register_id = r.id
        AND (x.submission_id = s.id OR x.state = 'accepted')
    ORDER BY x.read_on DESC, x.id DESC LIMIT 14) AS g
WHERE v.id = $1 AND v.kind = 'reading'
ORDER BY r.no, g.read_on, g.id;

-- name: ctl_review_files
-- params: id bigint
-- columns: file bigint, media_type text, bytes integer, sha256 text, received_at timestamptz
-- rows: many
SELECT t.id AS file, t.media_type, octet_length(t.body) AS bytes,
    encode(t.sha256, 'hex') AS sha256, t.received_at
FROM ops.attachment AS t WHERE t.review_id = $1 ORDER BY t.id;

-- name: ctl_review_file
-- params: id bigint
-- columns: body bytea
-- rows: zero_or_one
SELECT t.body FROM ops.attachment AS t WHERE t.id = $1;

-- name: ctl_review_decide
-- params: id bigint, state text, decided_by text, note text, now timestamptz
-- columns: outcome text
-- rows: one
SELECT ops.review_decide($1, $2, $3, $4, $5) AS outcome;
