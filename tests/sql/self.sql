-- What a customer sees: their own bills and payments, nothing of anybody
-- else, whatever they ask for.
SELECT t.account('s1') AS a, t.account('s2') AS b, t.account('s3') AS c \gset
SELECT t.bill(:a, 'S-1', 1000, '2026-03-09') AS d1,
    t.bill(:a, 'S-2', 2000, '2026-03-10') AS d2,
    t.bill(:a, 'S 3', 500, '2026-03-20') AS d3,
    t.bill(:a, 'S-4', 300, '2026-02-20', 'RON', 'credit_note') AS d4,
    t.bill(:b, 'T-1', 7000, '2026-03-20') AS d5 \gset
INSERT INTO billing.document_line (document_id, line_no, quantity_micro,
    price_micro, net_minor, tax_rate_bp, unit, name)
VALUES (:d5, 1, 1000000, 1, 7000, 1900, 'KWH', 'secret');
INSERT INTO billing.original (document_id, sha256, media_type, received_at,
    body) VALUES (:d5, t.h('x'), 'application/xml', t.at(0), '\x31');
CREATE FUNCTION t.login(p_mail text, p_session text, p_accounts bigint[])
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    v_id bigint;
BEGIN
    INSERT INTO auth.login (email_key, email, password, language, source,
        created_at, password_at)
    VALUES (t.h(p_mail), p_mail, '$argon2id$', 'ro', 'web', t.at(0), t.at(0))
    RETURNING id INTO v_id;
    INSERT INTO auth.login_account (login_id, account_id, role, state,
        created_at)
    SELECT v_id, a, 'holder', 'active', t.at(0) FROM unnest(p_accounts)
        AS u (a);
    INSERT INTO auth.session (key, login_id, stage, kept, agent, started_at,
        seen_at, confirmed_at, idle, ends_at)
    VALUES (t.h(p_session), v_id, 'in', false, '', t.at(0), t.at(0), t.at(0),
        interval '1 day', t.at(14400));
    RETURN v_id;
END $$;
SELECT t.login('ana', 'sa', ARRAY[:a]) AS ana,
    t.login('bob', 'sb', ARRAY[:b]) AS bob \gset

CREATE FUNCTION t.list(p_session text, p_state text DEFAULT NULL,
    p_find text DEFAULT NULL, p_minutes numeric DEFAULT 0,
    p_limit integer DEFAULT 25, p_skip integer DEFAULT 0,
    p_from date DEFAULT NULL, p_to date DEFAULT NULL,
    p_place uuid DEFAULT NULL) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(i.number || ' ' || i.state || i.days, ', ')
    FROM self.invoices(t.h(p_session), p_place, p_from, p_to, p_state,
        p_find, p_limit, p_skip, t.at(p_minutes)) AS i $$;

-- the credit note paid 300 of the oldest due
SELECT t.equal('all', t.list('sa'),
    'S 3 open10, S-2 open0, S-1 overdue-1, S-4 credit-18');
SELECT t.equal('a day later', t.list('sa', p_minutes => 1439),
    'S 3 open9, S-2 overdue-1, S-1 overdue-2, S-4 credit-19');
SELECT t.equal('open', t.list('sa', 'open'),
    'S 3 open10, S-2 open0, S-1 overdue-1');
SELECT t.equal('overdue', t.list('sa', 'overdue'), 'S-1 overdue-1');
SELECT t.equal('by number', t.list('sa', p_find => 'S3'), 'S 3 open10');
SELECT t.equal('by date', t.list('sa', p_from => '2026-02-22',
    p_to => '2026-02-23'), 'S-2 open0, S-1 overdue-1');
SELECT t.equal('second page', t.list('sa', p_limit => 2, p_skip => 2),
    'S-1 overdue-1, S-4 credit-18');
SELECT t.equal('how many', (SELECT max(matches) FROM self.invoices(t.h('sa'),
    NULL, NULL, NULL, NULL, NULL, 2, 2, t.at(0))), 4::bigint);
SELECT t.equal('another''s place', t.list('sa', p_place => (SELECT public_id
    FROM customer.account WHERE id = :b)), NULL);
SELECT t.equal('no session', t.list('none'), NULL);
SELECT t.equal('bob''s', t.list('sb'), 'T-1 open10');

-- a foreign id is as unknown as one that does not exist
SELECT d.public_id AS foreign FROM billing.document AS d WHERE d.id = :d5
\gset
SELECT t.equal('foreign', (SELECT count(*) FROM self.invoice(t.h('sa'),
        :'foreign', t.at(0)))
    + (SELECT count(*) FROM self.invoice_lines(t.h('sa'), :'foreign',
        t.at(0)))
    + (SELECT count(*) FROM self.invoice_taxes(t.h('sa'), :'foreign',
        t.at(0)))
    + (SELECT count(*) FROM self.invoice_payments(t.h('sa'), :'foreign',
        t.at(0)))
    + (SELECT count(*) FROM self.invoice_original(t.h('sa'), :'foreign',
        t.at(0))), 0::bigint);
SELECT t.equal('one''s own', (SELECT count(*) FROM self.invoice(t.h('sb'),
        :'foreign', t.at(0)))
    + (SELECT count(*) FROM self.invoice_lines(t.h('sb'), :'foreign',
        t.at(0)))
    + (SELECT count(*) FROM self.invoice_original(t.h('sb'), :'foreign',
        t.at(0))), 3::bigint);

-- what lowered a bill
SELECT t.equal('credit', (SELECT string_agg(p.how || p.amount_minor, ' ')
    FROM self.invoice_payments(t.h('sa'), (SELECT public_id
        FROM billing.document WHERE id = :d1), t.at(0)) AS p), 'credit300');

-- one guest pays bills of two accounts: each owner sees their own part
SELECT t.open('s1', 'two');
SELECT t.equal('second code', (SELECT outcome FROM pay.guest_add(t.h('two'),
    t.h('b'), t.h('s2'), t.h('adr'), '{}', t.at(1))), 'ok');
SELECT payment_id AS p FROM pay.start(t.h('two'), t.h('b'), t.h('once'),
    'RON', 'total', NULL, 10200, 1, 1000000, 'stripe', 'ro', NULL, t.at(2))
\gset
SELECT t.equal('under way', (SELECT string_agg(p.state || p.amount_minor,
    ' ') FROM self.payments(t.h('sa'), 25, 0, t.at(3)) AS p),
    'processing3200');
SELECT pay.asked(:'p', t.at(2));
SELECT pay.apply('stripe', 'ev', :'p', NULL, 'cs', 'captured', 10200, 'RON',
    NULL, NULL, NULL, 'notify', t.h('body'), t.at(3));
SELECT t.equal('ana''s part', (SELECT string_agg(p.how || p.state
    || p.amount_minor, ' ') FROM self.payments(t.h('sa'), 25, 0, t.at(4))
    AS p), 'onlinesettled3200');
-- the signed address of its receipt would show the other's part
SELECT t.equal('no way to it', (SELECT count(p.payment) FROM
    self.payments(t.h('sa'), 25, 0, t.at(4)) AS p), 0::bigint);
SELECT t.equal('nor from the bill', (SELECT count(p.payment)
    FROM self.invoice_payments(t.h('sa'), (SELECT public_id
        FROM billing.document WHERE id = :d2), t.at(4)) AS p), 0::bigint);
INSERT INTO auth.login_account (login_id, account_id, role, state, scope,
    invited_by, created_at, ends_at)
VALUES (:ana, :b, 'delegate', 'active', '{see}', :bob, t.at(0), t.at(9));
SELECT t.equal('seeing all is not enough', (SELECT count(p.payment) FROM
    self.payments(t.h('sa'), 25, 0, t.at(4)) AS p), 0::bigint);
UPDATE auth.login_account SET scope = '{see,pay}'
    WHERE login_id = :ana AND account_id = :b;
SELECT t.equal('who may pay all', (SELECT count(p.payment) FROM
    self.payments(t.h('sa'), 25, 0, t.at(4)) AS p), 1::bigint);
DELETE FROM auth.login_account WHERE login_id = :ana AND account_id = :b;
SELECT t.equal('bob''s part', (SELECT string_agg(p.how || p.state
    || p.amount_minor, ' ') FROM self.payments(t.h('sb'), 25, 0, t.at(4))
    AS p), 'onlinesettled7000');
SELECT t.equal('paid', t.list('sa', 'paid', p_minutes => 4),
    'S 3 paid10, S-2 paid0, S-1 paid-1');
UPDATE auth.login_account SET state = 'ended' WHERE login_id = :ana;
SELECT t.equal('ended', t.list('sa'), NULL);
SELECT t.equal('no payments', (SELECT count(*) FROM
    self.payments(t.h('sa'), 25, 0, t.at(4))), 0::bigint);
