-- Every move between two states, over the full matrix: the edges of the
-- contract work, all others are refused, by the table and by pay.apply.
SELECT t.equal('the edges of the contract',
    (SELECT string_agg(e.from_state || '-' || e.to_state, ' '
        ORDER BY e.from_state, e.to_state) FROM audit.edge AS e),
    'closed-settled created-closed created-requested open-closed open-pending '
    || 'open-settled pending-closed pending-open pending-settled '
    || 'requested-closed requested-open requested-pending requested-settled');

-- an attempt in each state, by the shortest way there
CREATE FUNCTION t.in_state(p_state text, p_tag text) RETURNS uuid
LANGUAGE plpgsql AS $$
DECLARE
    v_way text[] := CASE p_state
        WHEN 'created' THEN '{}' WHEN 'requested' THEN '{requested}'
        WHEN 'closed' THEN '{closed}'
        ELSE ARRAY['requested', p_state] END;
    v_account bigint := t.account('edge-' || p_tag);
    v_id uuid;
    v_step text;
BEGIN
    PERFORM t.bill(v_account, 'E-' || p_tag, 1200, '2026-03-20');
    PERFORM t.open('edge-' || p_tag, 'h-' || p_tag);
    SELECT s.payment_id INTO v_id FROM t.start('h-' || p_tag, p_tag, 1200) AS s;
    FOREACH v_step IN ARRAY v_way LOOP
        PERFORM t.move(v_id, v_step);
    END LOOP;
    RETURN v_id;
END $$;
CREATE FUNCTION t.move(p_payment uuid, p_to text) RETURNS void
LANGUAGE sql AS $$
    UPDATE pay.attempt AS a SET state = p_to,
        reason = CASE p_to WHEN 'closed' THEN 'expired' END,
        final_at = CASE WHEN p_to IN ('closed', 'settled') THEN t.at(9) END,
        last_cause = 'test', changed_at = t.at(9)
    WHERE a.id = p_payment $$;

DO $$
DECLARE
    v_pair record;
    v_id uuid;
BEGIN
    FOR v_pair IN
        SELECT f.state AS from_state, o.state AS to_state,
            EXISTS (SELECT FROM pay.edge AS e WHERE e.from_state = f.state
                AND e.to_state = o.state) AS legal
        FROM pay.state AS f CROSS JOIN pay.state AS o
        WHERE f.state <> o.state
    LOOP
        v_id := t.in_state(v_pair.from_state,
            v_pair.from_state || v_pair.to_state);
        IF v_pair.legal THEN
            PERFORM t.move(v_id, v_pair.to_state);
            PERFORM t.equal(v_pair::text, t.state(v_id), v_pair.to_state);
        ELSE
            PERFORM t.refused(v_pair::text, format('SELECT t.move(%L, %L)',
                v_id, v_pair.to_state), '23503');
            PERFORM t.equal(v_pair::text, t.state(v_id), v_pair.from_state);
        END IF;
    END LOOP;
    RAISE EXCEPTION SQLSTATE 'T0000';
EXCEPTION WHEN SQLSTATE 'T0000' THEN
    NULL; -- states moved by hand leave no postings: undone
END $$;

-- the same by messages: a lower state that comes later changes nothing
DO $$
DECLARE
    v_pair record;
    v_id uuid;
    v_legal boolean;
    v_source text;
    v_got text;
BEGIN
    FOR v_pair IN
        SELECT f.state AS from_state, k.kind, k.state AS to_state
        FROM pay.state AS f CROSS JOIN (VALUES ('open', 'open'),
            ('pending', 'pending'), ('captured', 'settled'),
            ('closed', 'closed')) AS k (kind, state)
    LOOP
        FOREACH v_source IN ARRAY '{notify,query}'::text[] LOOP
            v_id := t.in_state(v_pair.from_state, v_pair.from_state
                || v_pair.kind || v_source);
            -- a message can only be about what was asked for
            v_legal := EXISTS (SELECT FROM pay.edge AS e
                WHERE e.to_state = v_pair.to_state AND e.from_state = CASE
                    WHEN v_pair.from_state = 'created'
                        AND v_pair.kind <> 'closed' THEN 'requested'
                    ELSE v_pair.from_state END)
                AND (v_source = 'query' OR v_pair.from_state <> 'pending'
                    OR v_pair.to_state <> 'open');
            v_got := t.apply(v_id, 'e' || v_id || v_source, v_pair.kind,
                1200, 'expired', v_source);
            PERFORM t.equal(v_pair || v_source, v_got,
                CASE WHEN v_legal THEN 'applied' ELSE 'ignored' END);
            PERFORM t.equal(v_pair || v_source || ' state', t.state(v_id),
                CASE WHEN v_legal THEN v_pair.to_state
                ELSE v_pair.from_state END);
        END LOOP;
    END LOOP;
    RAISE EXCEPTION SQLSTATE 'T0000';
EXCEPTION WHEN SQLSTATE 'T0000' THEN
    NULL;
END $$;

-- what was frozen stays frozen; nothing is deleted
SELECT t.in_state('requested', 'frozen') AS id \gset
SELECT t.refused('amount', format('UPDATE pay.attempt SET amount_minor = 1 '
    'WHERE id = %L', :'id'), '23514');
SELECT t.refused('seq', format('UPDATE pay.attempt SET seq = 7 '
    'WHERE id = %L', :'id'), '23514');
SELECT t.refused('delete', 'DELETE FROM pay.attempt', '42501');
SELECT t.refused('event', 'UPDATE pay.attempt_event SET seq = seq + 1',
    '42501');
SELECT t.refused('born settled', $$ INSERT INTO pay.attempt (intent_id,
    handle_hash, browser_hash, once_key, processor, amount_minor, currency,
    lang, created_at, changed_at, expires_at, state, final_at)
    SELECT a.intent_id, a.handle_hash, a.browser_hash, t.h('other'),
    'sandbox', 1, 'RON', 'ro', a.created_at, a.changed_at, a.expires_at,
    'settled', a.created_at FROM pay.attempt AS a $$, '23514');
