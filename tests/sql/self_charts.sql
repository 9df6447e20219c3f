-- What charts show: whose it is, what counts as use, what is paid.
SELECT t.account('c1') AS a, t.account('c2') AS b, t.account('c4') AS x \gset
INSERT INTO customer.contract (account_id, number, utility) VALUES
    (:a, 'E1', 'electricity'), (:a, 'W1', 'water'), (:b, 'G1', 'gas');
SELECT t.bill(:a, 'A-1', 1000, '2026-02-10') AS a1,
    t.bill(:a, 'A-2', 2000, '2026-03-20') AS a2,
    t.bill(:a, 'A-E', 700, '2026-03-20', 'EUR') AS ae,
    t.bill(:a, 'A-C', 300, '2026-03-25', 'RON', 'credit_note') AS ac,
    t.bill(:a, 'A-X', 5000, '2026-03-26') AS ax,
    t.bill(:b, 'B-1', 500, '2026-02-20') AS b1,
    t.bill(:x, 'X-1', 400, '2026-03-22') AS x1 \gset
UPDATE billing.document SET cancelled = true WHERE id = :ax;
UPDATE billing.document SET period_from = '2026-01-01',
    period_to = '2026-01-31', contract_id = (SELECT c.id
        FROM customer.contract AS c WHERE c.number = 'E1')
WHERE id IN (:a1, :ac);
UPDATE billing.document SET contract_id = (SELECT c.id
        FROM customer.contract AS c WHERE c.number = 'W1') WHERE id = :a2;

CREATE FUNCTION t.line(p_document bigint, p_no integer, p_units numeric,
    p_unit text DEFAULT 'KWH', p_kind text DEFAULT 'use') RETURNS void
LANGUAGE sql AS $$
    INSERT INTO billing.document_line (document_id, line_no, quantity_micro,
        net_minor, tax_rate_bp, unit, name, kind)
    VALUES (p_document, p_no, p_units * 1000000, 0, 0, p_unit, 'x', p_kind) $$;
CREATE FUNCTION t.dial(p_document bigint, p_no integer, p_register text,
    p_units numeric, p_read text DEFAULT 'measured', p_unit text
    DEFAULT 'KWH') RETURNS void LANGUAGE sql AS $$
    INSERT INTO billing.document_register (document_id, no, old_milli,
        new_milli, quantity_milli, register, unit, old_read, new_read,
        old_on, new_on)
    VALUES (p_document, p_no, 0, 0, p_units * 1000, p_register, p_unit,
        'measured', p_read, '2026-02-14', '2026-03-13') $$;
CREATE FUNCTION t.used(p_document bigint) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(u.kind || ' ' || u.unit || ' ' || u.milli || CASE
        WHEN u.estimated THEN ' est' ELSE '' END, ', '
        ORDER BY u.kind DESC, u.unit)
    FROM self.used(p_document) AS u $$;

-- lines: only what they agree on
SELECT t.line(:a1, 1, 100), t.line(:a1, 2, 100),
    t.line(:a1, 3, 31, 'DAY', 'fixed');
SELECT t.equal('the same kWh in two lines', t.used(:a1), 'use KWH 100000');
SELECT t.line(:b1, 1, 60), t.line(:b1, 2, 40), t.line(:b1, 3, 7.0004, 'MTQ');
SELECT t.equal('two quantities: not known', t.used(:b1), 'use MTQ 7000');
SELECT t.line(:ac, 1, 12.5);
-- registers go before lines
SELECT t.line(:a2, 1, 999, 'MTQ'), t.dial(:a2, 1, '', 5.25, 'estimated',
    'MTQ'), t.dial(:a2, 2, '1.8.0', 40), t.dial(:a2, 3, '1-0:1.8.2', 20),
    t.dial(:a2, 4, '2.8.0', 9), t.dial(:a2, 5, '1-1:2.8.1', 1);
SELECT t.equal('registers by unit and way', t.used(:a2),
    'use KWH 60000, use MTQ 5250 est, given KWH 10000');
SELECT t.equal('of nothing', t.used(:ae), NULL);

CREATE FUNCTION t.login(p_mail text, p_session text) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    v_id bigint;
BEGIN
    INSERT INTO auth.login (email_key, email, password, language, source,
        created_at, password_at)
    VALUES (t.h(p_mail), p_mail, '$argon2id$x', 'ro', 'web', t.at(0), t.at(0))
    RETURNING id INTO v_id;
    PERFORM auth.begin_session(v_id, t.h(p_session), 'in', 'x', true,
        '{"kept_days": 30}', t.at(0));
    RETURN v_id;
END $$;
SELECT t.login('ana@x.ro', 'sa') AS ana, t.login('bob@x.ro', 'sb') AS bob,
    t.login('eva@x.ro', 'se') AS eva \gset
INSERT INTO auth.login_account (login_id, account_id, role, state,
    created_at) VALUES (:ana, :a, 'holder', 'active', t.at(0)),
    (:ana, :b, 'holder', 'active', t.at(0));
INSERT INTO auth.login_account (login_id, account_id, role, state, scope,
    invited_by, created_at, ends_at) VALUES
    (:bob, :a, 'delegate', 'active', '{pay}', :ana, t.at(0), t.at(100)),
    (:bob, :b, 'delegate', 'active', '{see}', :ana, t.at(0), t.at(100));

-- the figures of a place, a line a figure
CREATE FUNCTION t.chart(p_session text, p_account bigint DEFAULT NULL,
    p_minutes numeric DEFAULT 1) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(concat_ws(' ', c.kind, nullif(c.utility, ''), c.unit,
        coalesce(c.from_on::text, '-'), c.to_on, c.value, CASE
        WHEN c.estimated THEN 'est' END), E'\n' ORDER BY c.no)
    FROM self.charts(t.h(p_session), (SELECT a.public_id
            FROM customer.account AS a WHERE a.id = p_account),
        t.at(p_minutes)) WITH ORDINALITY AS c (place, name, code_hint,
        chosen, kind, utility, unit, from_on, to_on, value, estimated, no)
    WHERE c.chosen $$;
CREATE FUNCTION t.places(p_session text, p_account bigint DEFAULT NULL)
RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(DISTINCT c.code_hint || CASE WHEN c.chosen THEN '*'
        ELSE '' END, ' ')
    FROM self.charts(t.h(p_session), (SELECT a.public_id
            FROM customer.account AS a WHERE a.id = p_account), t.at(1))
        AS c $$;

SELECT t.equal('all of it, by kind, utility and unit', t.chart('sa', :a),
'billed EUR - 2026-03-05 700
billed RON 2026-01-01 2026-01-31 1000
billed RON 2026-01-01 2026-01-31 -300
billed RON - 2026-03-05 2000
use electricity KWH 2026-01-01 2026-01-31 100000
use electricity KWH 2026-01-01 2026-01-31 -12500
use water KWH 2026-02-15 2026-03-13 60000
use water MTQ 2026-02-15 2026-03-13 5250 est
given water KWH 2026-02-15 2026-03-13 10000');
SELECT t.equal('of another place the utility of its only contract',
    t.chart('sa', :b), 'billed RON - 2026-02-05 500
use gas MTQ - 2026-02-05 7000');
SELECT t.equal('the first without a choice', t.chart('sa'),
    t.chart('sa', :a));
SELECT t.equal('all places, one chosen', t.places('sa', :b), 'c1 c2*');
SELECT t.equal('foreign: none is chosen', t.places('sa', :x), 'c1 c2');
SELECT t.equal('unknown: neither', (SELECT bool_or(c.chosen)
    FROM self.charts(t.h('sa'), gen_random_uuid(), t.at(1)) AS c), false);
SELECT t.equal('a delegate''s place', t.places('sb'), 'c2*');
SELECT t.equal('paying is not seeing', t.places('sb', :a), 'c2');
SELECT t.equal('while it lasts', t.chart('sb', :b, 101), NULL);
SELECT t.equal('nobody''s session', t.places('none'), NULL);
SELECT t.equal('no place at all', t.places('se'), NULL);

-- what was paid: by bank, and online for two places at once
SELECT billing.import_payment(:a, 'bank', 'OP-1', 400, 'RON', '2026-02-15',
    'A-1', t.at(0));
CREATE FUNCTION t.choose(p_handle text, VARIADIC p_documents bigint[])
RETURNS text LANGUAGE sql AS $$
    SELECT s.outcome FROM self.pay_select(t.h('sa'), t.h(p_handle), t.h('b'),
        NULL, (SELECT array_agg(d.public_id) FROM billing.document AS d
            WHERE d.id = ANY (p_documents)), NULL, 'ro', t.at(0)) AS s $$;
SELECT t.choose('h1', :a2, :b1);
SELECT t.paid('h1', 'k1', 2500, 2600);
SELECT t.bill(:b, 'B-2', 100, '2026-04-20') AS b2 \gset
SELECT t.choose('h2', :b2);
SELECT t.paid('h2', 'k2', 100, 150);
CREATE FUNCTION t.came(p_account bigint) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(concat_ws(' ', p.paid_on, p.currency, p.minor), ', '
        ORDER BY p.paid_on, p.minor) FROM self.paid(p_account) AS p $$;
SELECT t.equal('by bank, and its part of one for two places', t.came(:a),
    '2026-02-15 RON 400, 2026-03-10 RON 100, 2026-03-10 RON 2000');
SELECT t.equal('with what became credit', t.came(:b),
    '2026-03-10 RON 50, 2026-03-10 RON 100, 2026-03-10 RON 500');
SELECT t.equal('in the chart', strpos(t.chart('sa', :b), E'
paid RON - 2026-03-10 500
paid RON - 2026-03-10 100
paid RON - 2026-03-10 50
use gas') > 0, true);
SELECT t.equal('of one who only sees', t.chart('sb', :b), t.chart('sa', :b));

-- what meters showed
\ir meter.inc
SELECT t.meter(:a, 'M1', NULL, '{day,night}') AS m1,
    t.meter(:x, 'M9', NULL) AS m9 \gset
UPDATE meter.register SET factor_milli = 40000 WHERE no = 2;
SELECT t.index(:'m1', '2026-01-05', 100), t.index(:'m1', '2025-12-05', 90,
    'self_read'), t.index(:'m1', '2026-01-05', 7, 'read', 2),
    t.index(:'m1', '2023-01-05', 1), t.index(:'m9', '2026-01-05', 5);
UPDATE meter.reading SET state = 'replaced' WHERE value_milli = 7000;
SELECT t.index(:'m1', '2026-02-05', 8, 'read', 2);
CREATE FUNCTION t.shown(p_session text, p_account bigint) RETURNS text
LANGUAGE sql AS $$
    SELECT string_agg(concat_ws(' ', s.serial, s.register, s.register_kind,
        s.read_on, s.milli, s.source, s.state), E'\n' ORDER BY s.no)
    FROM self.shown(t.h(p_session), (SELECT a.public_id
            FROM customer.account AS a WHERE a.id = p_account), t.at(1))
        WITH ORDINALITY AS s (meter, kind, serial, register, code,
        register_kind, unit, read_on, milli, source, state, no) $$;
SELECT t.equal('by register and day, times its factor', t.shown('sa', :a),
'M1 1 day 2025-12-05 90000 self_read accepted
M1 1 day 2026-01-05 100000 read accepted
M1 2 night 2026-02-05 320000 read accepted');
SELECT t.equal('of a foreign place', t.shown('sa', :x), NULL);
SELECT t.equal('of one that may only be paid', t.shown('sb', :a), NULL);
