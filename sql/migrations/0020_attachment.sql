-- What somebody sends along for a person of the company to look at.

CREATE TABLE ops.attachment (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    review_id bigint NOT NULL REFERENCES ops.review,
    received_at timestamptz NOT NULL,
    media_type text NOT NULL CHECK (media_type IN
        ('application/pdf', 'image/jpeg', 'image/png')),
    sha256 bytea NOT NULL CHECK (octet_length(sha256) = 32),
    body bytea NOT NULL CHECK (octet_length(body) BETWEEN 1 AND 5242880)
);
ALTER TABLE ops.attachment ALTER COLUMN body SET STORAGE EXTERNAL;
CREATE INDEX attachment_review ON ops.attachment (review_id);
COMMENT ON TABLE ops.attachment IS
    'A file that somebody sent for a review: the document that gives the '
    'authority, the photo of a meter.  Nobody sees it but who decides.';
COMMENT ON COLUMN ops.attachment.id IS 'Key.';
COMMENT ON COLUMN ops.attachment.review_id IS 'What it is for.';
COMMENT ON COLUMN ops.attachment.received_at IS 'When it came.';
COMMENT ON COLUMN ops.attachment.media_type IS
    'What it is by its first bytes, whatever its sender called it.';
COMMENT ON COLUMN ops.attachment.sha256 IS 'Of the bytes.';
COMMENT ON COLUMN ops.attachment.body IS 'The bytes as they came.';
ALTER TABLE ops.attachment ENABLE ROW LEVEL SECURITY;
ALTER TABLE ops.attachment FORCE ROW LEVEL SECURITY;
CREATE POLICY operator ON ops.attachment TO smetka_owner
    USING (true) WITH CHECK (true);
COMMENT ON POLICY operator ON ops.attachment IS
    'The operator''s command line sees all.';

-- they take a file now, or say which review it is
DROP FUNCTION IF EXISTS auth.ask_review(text, bigint, jsonb, timestamptz);
DROP FUNCTION IF EXISTS auth.ask_represent(bigint, bigint, jsonb,
    timestamptz);
DROP FUNCTION IF EXISTS auth.represent(bytea, bytea, text, bytea, bytea,
    jsonb, jsonb, timestamptz);
