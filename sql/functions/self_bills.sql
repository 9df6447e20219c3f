-- Bills of who is logged in.
SET ROLE smetka_self;

CREATE OR REPLACE FUNCTION self.document_state(p_kind billing.document_kind,
    p_cancelled boolean, p_payable_minor bigint, p_total_minor bigint,
    p_open_minor bigint, p_due_on date, p_today date) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN p_cancelled THEN 'cancelled'
        WHEN (p_kind = 'invoice') <> (p_payable_minor >= 0) THEN 'credit'
        WHEN coalesce(p_open_minor, 0) = 0 THEN 'paid'
        WHEN p_due_on < p_today THEN 'overdue'
        WHEN p_open_minor < p_total_minor THEN 'part_paid'
        ELSE 'open' END
$$;
COMMENT ON FUNCTION self.document_state IS
    'The state of a document, from what is open of it and the day: open, '
    'part_paid, overdue (the day after it was due), paid, credit, cancelled. '
    'Nothing of it is stored.';

CREATE OR REPLACE FUNCTION self.invoices(p_session bytea, p_place uuid,
    p_from date, p_to date, p_state text, p_find text, p_limit integer,
    p_skip integer, p_now timestamptz)
RETURNS TABLE (invoice uuid, number text, credit_note boolean,
    code_hint text, address text, issued_on date, due_on date,
    period_from date, period_to date, value_minor bigint, open_minor bigint,
    currency text, state text, days integer, matches bigint,
    may_pay boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_today date := ops.day(p_now);
    v_may_pay bigint[];
BEGIN
    PERFORM auth.act(p_session, 'pay', p_now);
    v_may_pay := auth.acting();
    PERFORM auth.act(p_session, 'see', p_now);
    RETURN QUERY
    WITH mine AS (
        SELECT d.public_id, d.id, d.number, d.kind, a.payment_code_hint,
            a.id AS account_id, d.issued_on, d.due_on, d.period_from,
            d.period_to, d.payable_minor, o.open_minor, d.currency,
            self.document_state(d.kind, d.cancelled, d.payable_minor,
                o.total_minor, o.open_minor, d.due_on, v_today) AS state
        FROM billing.document AS d
        JOIN customer.account AS a ON a.id = d.account_id
        LEFT JOIN billing.open_item AS o ON o.document_id = d.id
        WHERE d.account_id = ANY ((SELECT auth.acting())::bigint[])
            AND (p_place IS NULL OR a.public_id = p_place)
            AND (p_from IS NULL OR d.issued_on >= p_from)
            AND (p_to IS NULL OR d.issued_on <= p_to)
            AND (p_find IS NULL
                OR strpos(upper(replace(d.number, ' ', '')), p_find) > 0)),
    page AS (
        SELECT m.*, count(*) OVER () AS matches FROM mine AS m
        WHERE p_state IS NULL OR m.state = p_state
            OR (p_state = 'open' AND m.state IN ('overdue', 'part_paid'))
        ORDER BY m.issued_on DESC, m.id DESC LIMIT p_limit OFFSET p_skip)
    SELECT p.public_id, p.number, p.kind = 'credit_note',
        p.payment_code_hint, (SELECT min(s.address)
            FROM customer.contract AS c
            JOIN customer.supply_point AS s ON s.contract_id = c.id
            WHERE c.account_id = p.account_id),
        p.issued_on, p.due_on, p.period_from, p.period_to,
        (CASE p.kind WHEN 'invoice' THEN 1 ELSE -1 END) * p.payable_minor,
        coalesce(p.open_minor, 0), p.currency, p.state, p.due_on - v_today,
        p.matches,
        coalesce(p.open_minor, 0) > 0 AND p.account_id = ANY (v_may_pay)
    FROM page AS p ORDER BY p.issued_on DESC, p.id DESC;
END $$;
COMMENT ON FUNCTION self.invoices IS
    'The bills of the session''s log-in, newest first, filtered by place, '
    'date of issue, state (open: also past its date and part paid) and a '
    'part of the number (upper case, without blanks); matches: how many '
    'there are in all; may_pay: it is open and its viewer may.';

CREATE OR REPLACE FUNCTION self.invoices_after(p_session bytea,
    p_after uuid, p_limit integer, p_now timestamptz)
RETURNS TABLE (invoice uuid, place uuid, number text, credit_note boolean,
    issued_on date, due_on date, period_from date, period_to date,
    value_minor bigint, open_minor bigint, currency text, state text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_today date := ops.day(p_now);
    v_last record;
BEGIN
    PERFORM auth.act(p_session, 'see', p_now);
    SELECT d.issued_on, d.id INTO v_last FROM billing.document AS d
        WHERE d.public_id = p_after;
    RETURN QUERY
    SELECT d.public_id, a.public_id, d.number, d.kind = 'credit_note',
        d.issued_on, d.due_on, d.period_from, d.period_to,
        (CASE d.kind WHEN 'invoice' THEN 1 ELSE -1 END) * d.payable_minor,
        coalesce(o.open_minor, 0), d.currency,
        self.document_state(d.kind, d.cancelled, d.payable_minor,
            o.total_minor, o.open_minor, d.due_on, v_today)
    FROM billing.document AS d
    JOIN customer.account AS a ON a.id = d.account_id
    LEFT JOIN billing.open_item AS o ON o.document_id = d.id
    WHERE d.account_id = ANY ((SELECT auth.acting())::bigint[])
        AND (p_after IS NULL
            OR (d.issued_on, d.id) < (v_last.issued_on, v_last.id))
    ORDER BY d.issued_on DESC, d.id DESC LIMIT least(p_limit, 1001);
END $$;
COMMENT ON FUNCTION self.invoices_after IS
    'The bills of the session''s log-in or token, newest first, after the '
    'bill p_after, which is where the page before ended: what is issued '
    'meanwhile moves nothing.  None after a bill that is another''s.';

CREATE OR REPLACE FUNCTION self.invoice_years(p_session bytea,
    p_place uuid, p_now timestamptz)
RETURNS TABLE (year integer, bills bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    PERFORM auth.act(p_session, 'see', p_now);
    RETURN QUERY
    SELECT extract(year FROM d.issued_on)::integer, count(*)
    FROM billing.document AS d
    JOIN customer.account AS a ON a.id = d.account_id
    WHERE d.account_id = ANY ((SELECT auth.acting())::bigint[])
        AND (p_place IS NULL OR a.public_id = p_place)
    GROUP BY 1 ORDER BY 1 DESC LIMIT 40;
END $$;
COMMENT ON FUNCTION self.invoice_years IS
    'The years in which bills of the session''s log-in were issued, the '
    'newest first, with how many.';

CREATE OR REPLACE FUNCTION self.invoice_year(p_session bytea,
    p_year integer, p_place uuid, p_limit integer, p_skip integer,
    p_now timestamptz)
RETURNS TABLE (invoice uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    PERFORM auth.act(p_session, 'see', p_now);
    RETURN QUERY
    SELECT d.public_id FROM billing.document AS d
    JOIN customer.account AS a ON a.id = d.account_id
    WHERE d.account_id = ANY ((SELECT auth.acting())::bigint[])
        AND (p_place IS NULL OR a.public_id = p_place)
        AND d.issued_on >= make_date(p_year, 1, 1)
        AND d.issued_on < make_date(p_year + 1, 1, 1)
    ORDER BY d.issued_on, d.id LIMIT p_limit OFFSET p_skip;
END $$;
COMMENT ON FUNCTION self.invoice_year IS
    'The bills of a year of the session''s log-in, the oldest first, some at '
    'a time.';

CREATE OR REPLACE FUNCTION self.invoice(p_session bytea, p_invoice uuid,
    p_now timestamptz)
RETURNS TABLE (number text, credit_note boolean, code_hint text,
    holder text, address text, contract text, seller text, seller_tax text,
    issued_on date, due_on date, period_from date, period_to date,
    net_minor bigint, tax_minor bigint, total_minor bigint,
    value_minor bigint, open_minor bigint, currency text, state text,
    days integer, has_original boolean, client_code text, type_code text,
    point text, seller_vat boolean, seller_legal_id text,
    seller_street text, seller_city text, seller_postcode text,
    seller_region text, seller_country text, seller_email text,
    seller_phone text, seller_iban text, firm boolean,
    holder_vat_number text, holder_id_hash bytea, holder_id_sealed bytea,
    holder_street text, holder_city text, holder_postcode text,
    holder_region text, holder_country text, place uuid, code_hash bytea,
    code_sealed bytea, may_pay boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_today date := ops.day(p_now);
    v_may_pay bigint[];
BEGIN
    PERFORM auth.act(p_session, 'pay', p_now);
    v_may_pay := auth.acting();
    PERFORM auth.act(p_session, 'see', p_now);
    RETURN QUERY
    SELECT d.number, d.kind = 'credit_note', a.payment_code_hint, p.name,
        s.address, s.number, v.name, v.tax_id, d.issued_on, d.due_on,
        d.period_from, d.period_to, d.net_minor, d.tax_minor, d.total_minor,
        (CASE d.kind WHEN 'invoice' THEN 1 ELSE -1 END) * d.payable_minor,
        coalesce(o.open_minor, 0), d.currency,
        self.document_state(d.kind, d.cancelled, d.payable_minor,
            o.total_minor, o.open_minor, d.due_on, v_today),
        d.due_on - v_today, EXISTS (SELECT FROM billing.original AS b
            WHERE b.document_id = d.id), a.client_code, d.type_code,
        s.code, v.vat, v.legal_id, v.street, v.city, v.postcode, v.region,
        v.country, v.email, v.phone, v.iban, p.kind <> 'person',
        p.vat_number,
        -- the personal number of a person stays where it is
        CASE WHEN p.kind <> 'person' THEN p.id_hash END,
        CASE WHEN p.kind <> 'person' THEN p.id_sealed END,
        p.street, p.city, p.postcode, p.region,
        coalesce(p.country, v.country), a.public_id, a.payment_code_hash,
        a.payment_code_sealed, a.id = ANY (v_may_pay)
    FROM billing.document AS d
    JOIN customer.account AS a ON a.id = d.account_id
    JOIN customer.party AS p ON p.id = a.party_id
    JOIN billing.seller AS v ON v.id = d.seller_id
    LEFT JOIN billing.open_item AS o ON o.document_id = d.id
    LEFT JOIN LATERAL (SELECT sp.address, sp.code, c.number
        FROM customer.contract AS c
        LEFT JOIN customer.supply_point AS sp ON sp.contract_id = c.id
        WHERE c.account_id = a.id
        -- what the document names, else the first there is
        ORDER BY sp.id IS DISTINCT FROM d.supply_point_id,
            c.id IS DISTINCT FROM d.contract_id, c.id, sp.id
        LIMIT 1) AS s ON true
    WHERE d.public_id = p_invoice;
END $$;
COMMENT ON FUNCTION self.invoice IS
    'The head of one bill, with who issued it to whom; no row if there is '
    'none or it is another''s.  holder_id: of an organisation alone.';

CREATE OR REPLACE FUNCTION self.invoice_lines(p_session bytea,
    p_invoice uuid, p_now timestamptz)
RETURNS TABLE (line_no integer, name text, unit text, quantity_micro bigint,
    price_micro bigint, net_minor bigint, tax_rate_bp integer, kind text,
    tax_category text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    PERFORM auth.act(p_session, 'see', p_now);
    RETURN QUERY
    SELECT l.line_no::integer, l.name, l.unit, l.quantity_micro,
        l.price_micro, l.net_minor, l.tax_rate_bp, l.kind,
        coalesce(l.tax_category, '')
    FROM billing.document AS d
    JOIN billing.document_line AS l ON l.document_id = d.id
    WHERE d.public_id = p_invoice ORDER BY l.line_no LIMIT 2000;
END $$;
COMMENT ON FUNCTION self.invoice_lines IS 'The lines of a bill.';

CREATE OR REPLACE FUNCTION self.invoice_registers(p_session bytea,
    p_invoice uuid, p_now timestamptz)
RETURNS TABLE (meter text, register text, unit text, old_milli bigint,
    new_milli bigint, old_on date, new_on date, old_read text,
    new_read text, factor_milli bigint, quantity_milli bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    PERFORM auth.act(p_session, 'see', p_now);
    RETURN QUERY
    SELECT r.meter, r.register, r.unit, r.old_milli, r.new_milli, r.old_on,
        r.new_on, coalesce(r.old_read, ''), coalesce(r.new_read, ''),
        r.factor_milli, r.quantity_milli
    FROM billing.document AS d
    JOIN billing.document_register AS r ON r.document_id = d.id
    WHERE d.public_id = p_invoice ORDER BY r.no LIMIT 100;
END $$;
COMMENT ON FUNCTION self.invoice_registers IS
    'The registers of the meters of a bill; how an index became known is '
    'empty where the document does not say.';

CREATE OR REPLACE FUNCTION self.invoice_like(p_session bytea,
    p_invoice uuid, p_now timestamptz)
RETURNS TABLE (invoice uuid, period_from date, period_to date, own boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    PERFORM auth.act(p_session, 'see', p_now);
    RETURN QUERY
    SELECT o.public_id, o.period_from, o.period_to, o.id = d.id
    FROM billing.document AS d
    JOIN billing.document AS o ON o.account_id = d.account_id
        AND o.supply_point_id = d.supply_point_id
        AND o.currency = d.currency AND o.kind = 'invoice'
        AND NOT o.cancelled
        AND o.issued_on BETWEEN d.issued_on - 430 AND d.issued_on
    WHERE d.public_id = p_invoice AND d.kind = 'invoice'
        AND NOT d.cancelled
    ORDER BY o.issued_on, o.id LIMIT 60;
END $$;
COMMENT ON FUNCTION self.invoice_like IS
    'The bills of the same supply point in the 14 months up to one, which it '
    'may be compared with; own: it itself.';

CREATE OR REPLACE FUNCTION self.invoice_taxes(p_session bytea,
    p_invoice uuid, p_now timestamptz)
RETURNS TABLE (category text, rate_bp integer, base_minor bigint,
    tax_minor bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    PERFORM auth.act(p_session, 'see', p_now);
    RETURN QUERY
    SELECT t.category, t.rate_bp, t.base_minor, t.tax_minor
    FROM billing.document AS d
    JOIN billing.document_tax AS t ON t.document_id = d.id
    WHERE d.public_id = p_invoice ORDER BY t.category, t.rate_bp;
END $$;
COMMENT ON FUNCTION self.invoice_taxes IS 'The tax rates of a bill.';

CREATE OR REPLACE FUNCTION self.payable(p_session bytea,
    p_now timestamptz) RETURNS bigint[]
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM auth.act(p_session, 'pay', p_now);
    RETURN auth.acting();
END $$;
COMMENT ON FUNCTION self.payable IS
    'The accounts with which the session''s log-in may pay; what it may see '
    'is opened afterwards.';

CREATE OR REPLACE FUNCTION self.invoice_payments(p_session bytea,
    p_invoice uuid, p_now timestamptz)
RETURNS TABLE (paid_on date, how text, reference text, amount_minor bigint,
    payment uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_payable bigint[] := self.payable(p_session, p_now);
BEGIN
    PERFORM auth.act(p_session, 'see', p_now);
    RETURN QUERY
    SELECT coalesce(r.received_on, ops.day(coalesce(s.settled_at,
            t.posted_at))),
        CASE WHEN p.payment_id IS NOT NULL THEN 'online'
            ELSE coalesce(r.method, 'credit') END,
        coalesce(r.reference, s.processor_ref, ''),
        p.amount_minor - coalesce((SELECT sum(o.amount_minor)
            FROM pay.reopening AS o WHERE o.allocation_txn_id = p.txn_id
                AND o.document_id = p.document_id), 0)::bigint,
        (SELECT a.id FROM pay.attempt AS a
            JOIN pay.intent AS i ON i.id = a.intent_id
            WHERE a.id = p.payment_id AND i.account_ids <@ v_payable)
    FROM billing.document AS d
    JOIN pay.allocation AS p ON p.document_id = d.id
    JOIN billing.journal_txn AS t ON t.id = p.txn_id
    LEFT JOIN pay.settlement AS s ON s.payment_id = p.payment_id
    LEFT JOIN billing.received AS r ON r.txn_id = p.txn_id
    WHERE d.public_id = p_invoice ORDER BY t.posted_at, p.txn_id;
END $$;
COMMENT ON FUNCTION self.invoice_payments IS
    'What lowered a bill: online, bank, cash, other, credit; less what was '
    'undone when money went back.  payment: only for who may pay with all '
    'the accounts of it, since the signed address of its receipt shows all '
    'its parts and can ask a surplus back.';

CREATE OR REPLACE FUNCTION self.invoice_original(p_session bytea,
    p_invoice uuid, p_now timestamptz)
RETURNS TABLE (body bytea, media_type text, sha256 bytea, number text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    PERFORM auth.act(p_session, 'see', p_now);
    RETURN QUERY
    SELECT b.body, b.media_type, b.sha256, d.number
    FROM billing.document AS d
    JOIN billing.original AS b ON b.document_id = d.id
    WHERE d.public_id = p_invoice;
END $$;
COMMENT ON FUNCTION self.invoice_original IS
    'The document byte for byte as it was received.';

SET ROLE smetka_owner;
