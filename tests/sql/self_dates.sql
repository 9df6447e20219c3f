-- Dates for a calendar: open bills and coming windows; nobody else's.
\ir meter.inc
SELECT t.account('c1') AS a, t.account('c2') AS b, t.account('c4') AS x,
    t.route('R', 5, 12) AS r, t.route('D', NULL, NULL) AS d,
    t.route('G', 1, 28) AS g \gset
UPDATE meter.route SET every_months = 6, base_month = 3 WHERE code = 'R';
INSERT INTO meter.route_dates VALUES (:d, '2026-05-01', '2026-05-03'),
    (:d, '2027-05-01', '2027-05-03'), (:d, '2026-01-01', '2026-01-02');
SELECT t.bill(:a, 'A-1', 1000, '2026-02-10'), t.bill(:a, 'A-2', 2000,
    '2026-03-20'), t.bill(:b, 'B-1', 500, '2026-04-01', 'EUR'),
    t.bill(:a, 'A-0', 300, '2026-01-01'), t.bill(:x, 'X-1', 400,
    '2026-03-22');
SELECT billing.import_payment(:a, 'bank', 'OP', 300, 'RON', '2026-03-01',
    'A-0', t.at(0));
-- two meters of a place on one route: one window; none of one taken away
SELECT t.meter(:a, 'M1', :r), t.meter(:a, 'M2', :r), t.meter(:b, 'M3', :d),
    t.meter(:x, 'M4', :r), t.meter(:b, 'M5', :g);
UPDATE meter.meter SET removed_on = '2026-03-01' WHERE serial = 'M5';
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
SELECT t.login('ana@x.ro', 'sa') AS ana \gset
INSERT INTO auth.login_account (login_id, account_id, role, state,
    created_at) VALUES (:ana, :a, 'holder', 'active', t.at(0)),
    (:ana, :b, 'holder', 'active', t.at(0));
CREATE FUNCTION t.dates(p_session text) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(concat_ws(' ', coalesce(d.number, 'window'), d.from_on,
        d.to_on, d.place, d.open_minor, d.currency), E'\n' ORDER BY d.no)
    FROM self.dates(t.h(p_session), t.at(1)) WITH ORDINALITY AS d (id, bill,
        from_on, to_on, place, number, open_minor, currency, no) $$;
SELECT t.equal('open bills; the window of today and a year''s', t.dates('sa'),
'A-1 2026-02-10 2026-02-10 Street 1 1000 RON
window 2026-03-05 2026-03-12 Street 1
A-2 2026-03-20 2026-03-20 Street 1 2000 RON
B-1 2026-04-01 2026-04-01 Street 1 500 EUR
window 2026-05-01 2026-05-03 Street 1
window 2026-09-05 2026-09-12 Street 1
window 2027-03-05 2027-03-12 Street 1');
SELECT t.equal('nobody''s session', t.dates('none'), NULL);
