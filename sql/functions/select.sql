-- A customer who is logged in chooses what to pay.  What they may pay is found
-- as smetka_self, under row-level security; the handle that is made of it is
-- as good as a guest's, and the payment starts in the same way.
SET ROLE smetka_money;

CREATE OR REPLACE FUNCTION pay.select_make(p_login_id bigint,
    p_documents bigint[], p_handle_hash bytea, p_browser_hash bytea,
    p_email text, p_lang text, p_now timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_handle bigint;
BEGIN
    INSERT INTO pay.guest_handle (handle_hash, browser_hash, login_id, email,
        lang, created_at, expires_at)
    VALUES (p_handle_hash, p_browser_hash, p_login_id, p_email, p_lang, p_now,
        p_now + ops.seconds('handle.life_s'))
    RETURNING id INTO v_handle;
    -- the account of what was due first comes first: a surplus is its credit
    INSERT INTO pay.guest_handle_account (handle_id, account_no, account_id,
        code_hint, currency, selected)
    SELECT v_handle, row_number() OVER (ORDER BY o.due_on, o.account_id),
        o.account_id, a.payment_code_hint, a.currency, true
    FROM (SELECT i.account_id, min(i.due_on) AS due_on
        FROM billing.open_item AS i WHERE i.document_id = ANY (p_documents)
        GROUP BY i.account_id) AS o
    JOIN customer.account AS a ON a.id = o.account_id;
    INSERT INTO pay.guest_handle_document (handle_id, document_id)
    SELECT v_handle, d FROM unnest(p_documents) AS u (d);
    PERFORM ops.tidy(p_now);
END $$;
COMMENT ON FUNCTION pay.select_make IS
    'Part of self.pay_select: a handle for documents that the log-in may '
    'pay; the caller has made sure of that.';

CREATE OR REPLACE FUNCTION pay.selected_attempt(p_account_ids bigint[],
    p_currency text, p_browser_hash bytea, p_own boolean, p_now timestamptz,
    OUT id uuid, OUT shown text, OUT created_at timestamptz)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
    SELECT a.id, pay.shown(a.state, a.reason, a.changed_at,
        a.unreachable_since, p_now), a.created_at
    INTO id, shown, created_at
    FROM pay.in_flight AS f JOIN pay.attempt AS a ON a.id = f.payment_id
    WHERE f.account_id = ANY (p_account_ids) AND a.currency = p_currency
        AND (a.browser_hash = p_browser_hash) = p_own
    ORDER BY a.created_at DESC LIMIT 1;
END $$;
COMMENT ON FUNCTION pay.selected_attempt IS
    'The payment in flight on any of these accounts that was started last, '
    'by the browser itself or by another.';

CREATE OR REPLACE FUNCTION pay.select_rows(p_login_id bigint,
    p_account_ids bigint[], p_handle_hash bytea, p_browser_hash bytea,
    p_amount_minor bigint, p_now timestamptz)
RETURNS TABLE (document_id bigint, account_id bigint, currency text,
    due_on date, open_minor bigint, part_minor bigint, chosen boolean,
    email text, expires_at timestamptz, own_payment uuid, own_state text,
    own_started_at timestamptz, other_started_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_handle pay.guest_handle;
    v_accounts bigint[];
    v_documents bigint[];
    v_currency text;
    v_own record;
    v_other record;
BEGIN
    SELECT * INTO v_handle FROM pay.guest_handle AS h
        WHERE h.handle_hash = p_handle_hash
            AND h.browser_hash = p_browser_hash
            AND h.login_id = p_login_id AND h.expires_at > p_now;
    SELECT array_agg(g.account_id ORDER BY g.account_no) INTO v_accounts
        FROM pay.guest_handle_account AS g WHERE g.handle_id = v_handle.id;
    IF v_accounts IS NULL OR NOT v_accounts <@ p_account_ids THEN
        RETURN;
    END IF;
    SELECT array_agg(d.document_id), min(i.currency)
    INTO v_documents, v_currency
    FROM pay.guest_handle_document AS d
    JOIN billing.open_item AS i ON i.document_id = d.document_id
    WHERE d.handle_id = v_handle.id;
    SELECT * INTO v_own FROM pay.selected_attempt(v_accounts, v_currency,
        p_browser_hash, true, p_now);
    SELECT * INTO v_other FROM pay.selected_attempt(v_accounts, v_currency,
        p_browser_hash, false, p_now);
    RETURN QUERY
    WITH part AS MATERIALIZED (
        SELECT s.document_id AS id, s.amount_minor AS minor
        FROM billing.split(v_accounts, v_currency,
            coalesce(p_amount_minor, 0), NULL, v_documents) AS s
    ), shown AS (
        SELECT u.d AS id FROM unnest(v_documents) AS u (d)
        UNION SELECT p.id FROM part AS p
    )
    SELECT i.document_id, i.account_id, i.currency, i.due_on, i.open_minor,
        coalesce(p.minor, 0), i.document_id = ANY (v_documents),
        v_handle.email, v_handle.expires_at, v_own.id, v_own.shown,
        v_own.created_at, v_other.created_at
    FROM shown AS w
    JOIN billing.open_item AS i ON i.document_id = w.id
    LEFT JOIN part AS p ON p.id = w.id;
END $$;
COMMENT ON FUNCTION pay.select_rows IS
    'Part of self.pay_selection: what was chosen, what is open of it, and '
    'what of a sum each gets; only for the log-in and the browser that '
    'chose, while that may pay with all of its accounts.';

CREATE OR REPLACE FUNCTION pay.selected(p_handle_hash bytea,
    p_browser_hash bytea, p_now timestamptz) RETURNS TABLE (email text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT h.email FROM pay.guest_handle AS h
    WHERE h.handle_hash = p_handle_hash AND h.browser_hash = p_browser_hash
        AND h.expires_at > p_now AND h.login_id IS NOT NULL;
END $$;
COMMENT ON FUNCTION pay.selected IS
    'A row if the handle was made from a session; with where the receipt '
    'goes.';

SET ROLE smetka_self;

CREATE OR REPLACE FUNCTION self.pay_select(p_session bytea,
    p_handle_hash bytea, p_browser_hash bytea, p_account uuid,
    p_documents uuid[], p_currency text, p_lang text, p_now timestamptz,
    OUT outcome text, OUT left_out integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_login bigint := auth.act(p_session, 'pay', p_now);
    v_found bigint[];
    v_currencies integer;
    v_email text;
BEGIN
    left_out := 0;
    IF v_login IS NULL THEN
        outcome := 'denied';
        RETURN;
    END IF;
    SELECT array_agg(f.document_id), count(DISTINCT f.currency)
    INTO v_found, v_currencies
    FROM (SELECT i.document_id, i.currency
        FROM billing.open_item AS i
        JOIN billing.document AS d ON d.id = i.document_id
        JOIN customer.account AS a ON a.id = i.account_id
        WHERE i.open_minor > 0
            AND (p_documents IS NULL OR d.public_id = ANY (p_documents))
            AND (p_account IS NULL OR a.public_id = p_account)
            AND (p_currency IS NULL OR i.currency = p_currency)
        LIMIT 201) AS f;
    outcome := CASE WHEN v_found IS NULL THEN 'nothing'
        WHEN v_currencies > 1 THEN 'mixed'
        WHEN cardinality(v_found) > 200 THEN 'too_many' ELSE 'ok' END;
    IF outcome <> 'ok' THEN
        RETURN;
    END IF;
    IF p_documents IS NOT NULL THEN
        left_out := (SELECT count(DISTINCT u.d)
            FROM unnest(p_documents) AS u (d)) - cardinality(v_found);
    END IF;
    -- a log-in that was handed out may have a user name for an address
    SELECT s.email INTO v_email FROM auth.session_of(p_session, p_now) AS s
        WHERE s.email LIKE '%@%';
    PERFORM pay.select_make(v_login, v_found, p_handle_hash, p_browser_hash,
        v_email, p_lang, p_now);
    PERFORM auth.note_owners(v_login, o.account_id, 'delegate_paying', '',
        p_now)
    FROM (SELECT DISTINCT i.account_id FROM billing.open_item AS i
        WHERE i.document_id = ANY (v_found)) AS o;
END $$;
COMMENT ON FUNCTION self.pay_select IS
    'A handle for the documents that the session''s log-in wants to pay '
    '(null: all that is open, with p_account of that account): ok, nothing, '
    'mixed (several currencies), too_many (over 200), denied (the session is '
    'over).  An id that is foreign, unknown or paid finds nothing; left_out '
    'says how many found nothing beside some that did.';

CREATE OR REPLACE FUNCTION self.pay_selection(p_session bytea,
    p_handle_hash bytea, p_browser_hash bytea, p_amount_minor bigint,
    p_now timestamptz)
RETURNS TABLE (number text, code_hint text, address text, due_on date,
    currency text, open_minor bigint, part_minor bigint, chosen boolean,
    email text, expires_at timestamptz, own_payment uuid, own_state text,
    own_started_at timestamptz, other_started_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_login bigint := auth.act(p_session, 'pay', p_now);
BEGIN
    RETURN QUERY
    SELECT d.number, a.payment_code_hint, s.address, r.due_on, r.currency,
        r.open_minor, r.part_minor, r.chosen, r.email, r.expires_at,
        r.own_payment, r.own_state, r.own_started_at, r.other_started_at
    FROM pay.select_rows(v_login, auth.acting(), p_handle_hash,
        p_browser_hash, p_amount_minor, p_now) AS r
    JOIN billing.document AS d ON d.id = r.document_id
    JOIN customer.account AS a ON a.id = r.account_id
    LEFT JOIN LATERAL (SELECT min(sp.address) AS address
        FROM customer.contract AS c
        JOIN customer.supply_point AS sp ON sp.contract_id = c.id
        WHERE c.account_id = a.id) AS s ON true
    ORDER BY NOT r.chosen, r.due_on, d.issued_on, d.number, d.id;
END $$;
COMMENT ON FUNCTION self.pay_selection IS
    'The rows of a selection, in the order in which a sum pays them; with '
    'p_amount_minor how it divides.  No row: not theirs, or over.';

SET ROLE smetka_owner;
