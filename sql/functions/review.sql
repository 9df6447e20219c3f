-- What a person of the company decides.
SET ROLE smetka_money;

CREATE OR REPLACE FUNCTION meter.decide(p_submission_id bigint,
    p_state meter.state, p_note text) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    v_reading record;
BEGIN
    FOR v_reading IN
        SELECT g.id, g.value_milli, r.digits,
            EXISTS (SELECT FROM meter.reading AS x
                WHERE x.register_id = g.register_id AND x.state = 'accepted'
                    AND x.read_on >= g.read_on) AS overtaken
        FROM meter.reading AS g
        JOIN meter.register AS r ON r.id = g.register_id
        WHERE g.submission_id = p_submission_id AND g.state = 'in_check'
        ORDER BY r.no
    LOOP
        IF p_state = 'accepted' AND v_reading.overtaken THEN
            RETURN 'overtaken';
        ELSIF p_state = 'accepted'
            AND v_reading.value_milli >= 10 ^ (v_reading.digits + 3)
        THEN
            RETURN 'unfit';
        END IF;
    END LOOP;
    UPDATE meter.reading AS g SET state = p_state, reason = p_note
        WHERE g.submission_id = p_submission_id AND g.state = 'in_check';
    RETURN CASE WHEN FOUND THEN 'done' ELSE 'gone' END;
END $$;
COMMENT ON FUNCTION meter.decide IS
    'Accepts or refuses what is in check of a submission: done; gone; '
    'overtaken (a reading of that day or later counts), unfit (more digits '
    'than the dial has).  The meter is locked.';

CREATE OR REPLACE FUNCTION ops.attach(p_review bigint,
    p_media_type text, p_file bytea, p_now timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    IF p_file IS NULL THEN
        RETURN;
    END IF;
    DELETE FROM ops.attachment AS t WHERE t.review_id = p_review;
    INSERT INTO ops.attachment (review_id, received_at, media_type, sha256,
        body)
    VALUES (p_review, p_now, p_media_type, sha256(p_file), p_file);
END $$;
COMMENT ON FUNCTION ops.attach IS
    'Puts a file beside what is asked, in the place of an earlier one; none '
    'for null.';

CREATE OR REPLACE FUNCTION ops.review_decide(p_id bigint, p_state text,
    p_by text, p_note text, p_now timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_review ops.review;
    v_outcome text;
BEGIN
    IF p_state NOT IN ('approved', 'refused') OR p_by IS NULL
        OR (p_state = 'refused' AND p_note IS NULL)
    THEN
        RAISE EXCEPTION 'a decision lacks what it needs'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    SELECT * INTO v_review FROM ops.review AS v WHERE v.id = p_id;
    IF v_review.kind = 'reading' THEN
        -- the meter first, as whoever sends a reading does
        PERFORM meter.lock_meter(s.meter_id) FROM meter.submission AS s
            WHERE s.id = v_review.subject_id;
    END IF;
    SELECT * INTO v_review FROM ops.review AS v WHERE v.id = p_id
        AND v.state = 'open' FOR UPDATE;
    v_outcome := CASE WHEN v_review.id IS NULL THEN 'gone'
        WHEN v_review.kind = 'reading' THEN meter.decide(v_review.subject_id,
            CASE p_state WHEN 'approved' THEN 'accepted'
                ELSE 'refused' END::meter.state, p_note)
        ELSE auth.review_decide(p_id, p_state, p_note, p_now) END;
    IF v_outcome = 'done' THEN
        UPDATE ops.review AS v SET state = p_state, decided_at = p_now,
            decided_by = p_by, note = p_note WHERE v.id = p_id;
    END IF;
    RETURN v_outcome;
END $$;
COMMENT ON FUNCTION ops.review_decide IS
    'A person decides: done; gone (decided, withdrawn, or there is none); '
    'overtaken, unfit (can only be refused); no_rule for a kind that nothing '
    'here can decide.  What is not about meters is done by '
    'auth.review_decide().';

SET ROLE smetka_owner;
