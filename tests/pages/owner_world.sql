-- What the ownership walk (owner_walk_test.c) finds in the database.  An owner
-- has one of everything, marked: CANARY and 73519.46 on what belongs to an
-- account, which a delegate may see, MAGPIE on what belongs to the log-in,
-- which nobody else may.  Others have something else, or less.
CREATE SCHEMA walk;

-- The keyed hash of the harness's secret.lookup, whose last byte alone is 1.
CREATE FUNCTION walk.keyed(p_purpose text, p_value bytea) RETURNS bytea
LANGUAGE sql AS $$
    SELECT sha256(decode(repeat('5c', 31) || '5d' || repeat('5c', 32), 'hex')
        || sha256(decode(repeat('36', 31) || '37' || repeat('36', 32), 'hex')
            || convert_to(p_purpose, 'UTF8') || '\x00' || p_value)) $$;

-- The 128 bits that somebody's cookie, token or object called p_name has.
CREATE FUNCTION walk.bits(p_name text) RETURNS bytea LANGUAGE sql AS
    $$ SELECT substr(sha256(convert_to(p_name, 'UTF8')), 1, 16) $$;
CREATE FUNCTION walk.uuid(p_name text) RETURNS uuid LANGUAGE sql AS
    $$ SELECT encode(walk.bits(p_name), 'hex')::uuid $$;
CREATE FUNCTION walk.session(p_name text) RETURNS bytea LANGUAGE sql AS
    $$ SELECT walk.keyed('session', walk.bits(p_name)) $$;

-- ---- accounts, their bills, meters

-- An account with the payment code p_code, whose texts all have p_mark.
CREATE FUNCTION walk.account(p_code text, p_mark text) RETURNS void
LANGUAGE sql AS $$
    WITH p AS (INSERT INTO customer.party (kind, name, email, phone, address)
        VALUES ('company', p_mark || ' Ltd', 'magpie@' || p_code || '.example',
            '+40' || 'MAGPIE', p_mark || ' road 1') RETURNING id),
    a AS (INSERT INTO customer.account (public_id, party_id,
            payment_code_hash, payment_code_hint, client_code,
            client_code_hash)
        SELECT walk.uuid('account ' || p_code), p.id,
            walk.keyed('payment_code', convert_to(p_code, 'UTF8')),
            right(p_code, 4), p_mark || '-client',
            walk.keyed('client_code', convert_to(p_code, 'UTF8'))
        FROM p RETURNING id),
    c AS (INSERT INTO customer.contract (account_id, number, utility)
        SELECT a.id, p_mark || '-contract', 'gas' FROM a RETURNING id),
    s AS (INSERT INTO customer.supply_point (contract_id, code, address,
            meter_serials)
        SELECT c.id, p_code || '-point', p_mark || ' street 12',
            ARRAY[p_mark || '7'] FROM c RETURNING id),
    r AS (INSERT INTO meter.route (code, read_method, first_day, last_day)
        VALUES ('route ' || p_code, 'self', 1, 31) RETURNING id),
    l AS (INSERT INTO meter.place (supply_point_id, route_id)
        SELECT s.id, r.id FROM s, r),
    m AS (INSERT INTO meter.meter (public_id, supply_point_id, kind, serial)
        SELECT walk.uuid('meter ' || p_code), s.id, 'gas', p_mark || '7'
        FROM s RETURNING id),
    g AS (INSERT INTO meter.register (meter_id, no, digits, unit)
        SELECT m.id, 1, 6, 'MTQ' FROM m RETURNING id),
    u AS (INSERT INTO meter.submission (public_id, meter_id, received_at,
            read_on, source, reference, once_key)
        SELECT walk.uuid('submission ' || p_code), m.id, now(),
            ops.day(now()), 'self_read', left(translate(p_mark, 'ILO',
            'AAA') || '777777', 8),
            walk.bits('once ' || p_code) FROM m RETURNING id, read_on),
    f AS (INSERT INTO meter.submission (public_id, meter_id, received_at,
            read_on, source, reference, once_key)
        SELECT walk.uuid('sent ' || p_code), m.id, now(),
            ops.day(now()) - 40, 'csv', left(translate(p_mark, 'ILO',
            'AAA') || '333333', 8),
            uuid_send(walk.uuid('file ' || p_code)) FROM m
        RETURNING id, read_on)
    INSERT INTO meter.reading (register_id, value_milli, received_at,
        submission_id, read_on, source, state)
    SELECT g.id, 735194600, now(), x.id, x.read_on, 'self_read',
        'accepted' FROM g, (SELECT * FROM u UNION ALL SELECT * FROM f)
        AS x $$;

CREATE FUNCTION walk.account_id(p_code text) RETURNS bigint LANGUAGE sql AS $$
    SELECT a.id FROM customer.account AS a
    WHERE a.public_id = walk.uuid('account ' || p_code) $$;

-- A bill of it, posted, with all that a bill can have.
CREATE FUNCTION walk.bill(p_code text, p_number text, p_days integer,
    p_net bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_id bigint;
BEGIN
    INSERT INTO billing.document (public_id, account_id, seller_id, number,
        kind, currency, issued_on, due_on, period_from, period_to, net_minor,
        tax_minor, total_minor, payable_minor, contract_id, supply_point_id)
    SELECT walk.uuid('bill ' || p_number), c.account_id, 1, p_number,
        'invoice', 'RON', ops.day(now()) + p_days - 15,
        ops.day(now()) + p_days, ops.day(now()) + p_days - 45,
        ops.day(now()) + p_days - 16, p_net, p_net * 19 / 100,
        p_net + p_net * 19 / 100, p_net + p_net * 19 / 100, c.id, s.id
    FROM customer.contract AS c
    JOIN customer.supply_point AS s ON s.contract_id = c.id
    WHERE c.account_id = walk.account_id(p_code) RETURNING id INTO v_id;
    INSERT INTO billing.document_line (document_id, line_no, quantity_micro,
        price_micro, net_minor, tax_rate_bp, name, kind, tax_category)
    VALUES (v_id, 1, 1000000, p_net * 10000, p_net, 1900,
        p_number || ' gas', 'use', 'S');
    INSERT INTO billing.document_tax (document_id, category, rate_bp,
        base_minor, tax_minor) VALUES (v_id, 'S', 1900, p_net,
        p_net * 19 / 100);
    INSERT INTO billing.document_register (document_id, old_milli, new_milli,
        quantity_milli, old_on, new_on, no, line_no, old_read, new_read,
        unit, meter, register)
    SELECT v_id, 1000, 2000, 1000, d.period_from, d.period_to, 1, 1,
        'measured', 'measured', 'MTQ', p_number || ' meter', ''
    FROM billing.document AS d WHERE d.id = v_id;
    INSERT INTO billing.original (document_id, sha256, media_type,
        received_at, body)
    VALUES (v_id, sha256('x'), 'application/xml', now(),
        convert_to('<' || p_number || '/>', 'UTF8'));
    PERFORM billing.post_document(v_id, now());
END $$;

INSERT INTO billing.seller (id, tax_id, name) OVERRIDING SYSTEM VALUE
    VALUES (1, 'RO1', 'Seller');
SELECT walk.account('OWNR0000AAA1', 'CANARY');
SELECT walk.account('OWNR0000AAA2', 'SECOND');
SELECT walk.account('OTHR0000BBB1', 'PLAIN');
SELECT walk.bill('OWNR0000AAA1', 'CANARY-1', -40, 6178106),
    walk.bill('OWNR0000AAA1', 'CANARY-2', 10, 6178106),
    walk.bill('OWNR0000AAA2', 'SECOND-1', 10, 8000);
INSERT INTO billing.document (account_id, seller_id, number, kind, currency,
    issued_on, due_on, net_minor, tax_minor, total_minor, payable_minor)
    VALUES (walk.account_id('OTHR0000BBB1'), 1, 'PLAIN-1', 'invoice', 'RON',
        ops.day(now()) - 1, ops.day(now()) + 14, 4100, 0, 4100, 4100);
SELECT billing.post_document(d.id, now()) FROM billing.document AS d
    WHERE d.number = 'PLAIN-1';
SELECT billing.import_payment(walk.account_id('OWNR0000AAA1'), 'bank',
    'CANARY ref', 100, 'RON', ops.day(now()), 'CANARY-1', now());

-- ---- log-ins

CREATE TABLE walk.person (name text PRIMARY KEY, email text NOT NULL);
INSERT INTO walk.person VALUES ('owner', 'magpie@example.org'),
    ('friend', 'friend.magpie@example.org'), ('other', 'other@example.org'),
    ('seer', 'seer@example.org'), ('late', 'late@example.org'),
    ('cousin', 'cousin@example.org'), ('asked', 'asked@example.org');
INSERT INTO auth.login (public_id, email_key, email, password, language,
    source, created_at, password_at)
SELECT walk.uuid('login ' || p.name),
    walk.keyed('login', convert_to(p.email, 'UTF8')), p.email,
    current_setting('walk.password'), 'en', 'web', now(), now()
FROM walk.person AS p;
UPDATE auth.login SET totp_sealed = current_setting('walk.sealed')::bytea
    WHERE email = 'magpie@example.org';

CREATE FUNCTION walk.login_id(p_name text) RETURNS bigint LANGUAGE sql AS $$
    SELECT l.id FROM auth.login AS l
    WHERE l.public_id = walk.uuid('login ' || p_name) $$;

INSERT INTO auth.login_account (login_id, account_id, role, state, scope,
    invited_by, nickname, created_at, ends_at)
SELECT walk.login_id(v.name), walk.account_id(v.code), v.role, v.state,
    v.scope, CASE v.role WHEN 'delegate' THEN walk.login_id('owner') END,
    CASE v.name WHEN 'owner' THEN 'MAGPIE nest ' || v.code END,
    now() - interval '100 days', now() + v.left_over
FROM (VALUES
    ('owner', 'OWNR0000AAA1', 'holder', 'active', '{}'::text[], NULL),
    ('owner', 'OWNR0000AAA2', 'holder', 'active', '{}', NULL),
    ('asked', 'OWNR0000AAA1', 'holder', 'asked', '{}', NULL),
    ('other', 'OTHR0000BBB1', 'holder', 'active', '{}', NULL),
    ('friend', 'OWNR0000AAA1', 'delegate', 'active', '{see,pay}',
        interval '90 days'),
    ('seer', 'OWNR0000AAA1', 'delegate', 'active', '{see}',
        interval '90 days'),
    ('late', 'OWNR0000AAA1', 'delegate', 'active',
        '{see,pay,read_meter,request}', interval '-1 second'),
    ('cousin', 'OWNR0000AAA2', 'delegate', 'active',
        '{see,pay,read_meter,request}', interval '90 days'))
    AS v (name, code, role, state, scope, left_over);

-- Sessions and tokens as they are at the beginning of each walk; a form that
-- ends one ends it for its sender alone.
CREATE FUNCTION walk.enter() RETURNS void LANGUAGE sql AS $$
    DELETE FROM ops.budget;
    DELETE FROM auth.session;
    DELETE FROM auth.api_token;
    INSERT INTO auth.session (key, public_id, login_id, stage, kept, agent,
        started_at, seen_at, confirmed_at, idle, ends_at)
    SELECT walk.session(v.name), walk.uuid('session ' || v.name),
        walk.login_id(split_part(v.name, '.', 1)), v.stage, false,
        CASE WHEN v.name LIKE 'owner%' THEN 'MAGPIE browser' ELSE '' END,
        now() - interval '3 hours', now() - v.idle, now(),
        interval '1 hour', now() + v.left_over
    FROM (VALUES ('owner', 'in', interval '0', interval '1 day'),
        ('owner.code', 'code', '0', '1 day'),
        ('owner.change', 'change', '0', '1 day'),
        ('owner.ended', 'in', '0', '-1 second'),
        ('owner.idle', 'in', '61 minutes', '1 day'),
        ('other', 'in', '0', '1 day'), ('seer', 'in', '0', '1 day'),
        ('late', 'in', '0', '1 day'), ('cousin', 'in', '0', '1 day'),
        ('asked', 'in', '0', '1 day')) AS v (name, stage, idle, left_over);
    INSERT INTO auth.api_token (key, public_id, login_id, name, scope,
        created_at, ends_at)
    SELECT walk.keyed('token', walk.bits(v.name)),
        walk.uuid('token ' || v.name),
        walk.login_id(split_part(v.name, '.', 1)),
        CASE WHEN v.name LIKE 'owner%' THEN 'MAGPIE ' || v.name
            ELSE v.name END,
        '{see}', now() - interval '10 days', now() + v.left_over
    FROM (VALUES ('owner', interval '10 days'),
        ('owner.past', interval '-1 day'), ('other', '10 days'),
        ('late', '10 days')) AS v (name, left_over) $$;
SELECT walk.enter();

INSERT INTO auth.token (number, kind, login_id, email, language, args,
    created_at, expires_at)
SELECT sha256('invitation'), 'invite', walk.login_id('owner'),
    'guest.magpie@example.org', 'en', jsonb_build_object('id',
        walk.uuid('invitation'), 'accounts',
        jsonb_build_array(walk.account_id('OWNR0000AAA1')), 'scope',
        '["see"]'::jsonb, 'ends_at', now() + interval '90 days'),
    now(), now() + interval '7 days';

-- ---- payments, from the owner's browser

CREATE FUNCTION walk.handle(p_name text) RETURNS bytea LANGUAGE sql AS
    $$ SELECT walk.keyed('handle', walk.bits(p_name)) $$;
CREATE FUNCTION walk.browser(p_name text) RETURNS bytea LANGUAGE sql AS
    $$ SELECT walk.keyed('browser', walk.bits('browser ' || p_name)) $$;

SELECT pay.guest_open(walk.keyed('payment_code', 'OWNR0000AAA1'),
    walk.handle('handle'), walk.browser('owner'), sha256('address'),
    'magpie@example.org', NULL, 'en', sha256('step'), NULL, '{}', now());
SELECT self.pay_select(walk.session('owner'), walk.handle('selection'),
    walk.browser('owner'), NULL, ARRAY[walk.uuid('bill CANARY-1')], 'RON',
    'en', now());

-- One that is settled, with more than the bill, and one that is on its way.
CREATE FUNCTION walk.payment(p_minor bigint) RETURNS uuid
LANGUAGE plpgsql AS $$
DECLARE
    v record;
BEGIN
    SELECT * INTO v FROM pay.start(walk.handle('handle'),
        walk.browser('owner'), sha256(p_minor::text::bytea), 'RON', 'other',
        p_minor, 14703792, 100, 1000000000, 'stripe', 'en', NULL, now());
    IF v.outcome <> 'created' THEN
        RAISE EXCEPTION 'start: %', v.outcome;
    END IF;
    PERFORM pay.asked(v.payment_id, now());
    PERFORM pay.apply('stripe', 'open ' || p_minor, v.payment_id, NULL,
        'cs_CANARY_' || p_minor, 'open', NULL, NULL, NULL, NULL, NULL,
        'create', NULL, now());
    RETURN v.payment_id;
END $$;
CREATE TABLE walk.paid AS SELECT walk.payment(5000) AS id;
SELECT pay.apply('stripe', 'paid', id, NULL, 'cs_CANARY_5000', 'captured',
    20000000, 'RON', NULL, NULL, NULL, 'notify', NULL, now()) FROM walk.paid;

-- ---- what can be named in an address or a form

-- The rows with the longest path that a route's path begins with are its
-- objects.  sight: who else may know that there is one: see (a delegate who
-- may see the account), own (nobody); secret: no id, it opens to who has it.
CREATE TABLE walk.object (path text NOT NULL, input text NOT NULL,
    sight text NOT NULL, id uuid);
INSERT INTO walk.object VALUES
    ('/invoices', 'id', 'see', walk.uuid('bill CANARY-1')),
    ('/invoices', 'id', 'see', walk.uuid('bill CANARY-2')),
    ('/pay/selection', 'invoice', 'see', walk.uuid('bill CANARY-2')),
    ('/api', 'cursor', 'see', walk.uuid('bill CANARY-2')),
    ('', 'place', 'see', walk.uuid('account OWNR0000AAA1')),
    ('', 'account', 'see', walk.uuid('account OWNR0000AAA1')),
    ('', 'meter', 'see', walk.uuid('meter OWNR0000AAA1')),
    ('', 'submission', 'see', walk.uuid('submission OWNR0000AAA1')),
    ('/meters', 'id', 'see', walk.uuid('meter OWNR0000AAA1')),
    ('/account/sessions', 'session', 'own', walk.uuid('session owner')),
    ('/settings/tokens', 'token', 'own', walk.uuid('token owner')),
    ('/settings/people', 'person', 'own', walk.uuid('login friend')),
    ('/settings/people', 'person', 'own', walk.uuid('invitation')),
    ('/pay', 'handle', 'own', walk.uuid('handle')),
    ('/pay/selection', 'handle', 'own', walk.uuid('selection')),
    ('/gw', 'processor', 'secret', NULL),
    ('/meters/file', 'file', 'see', walk.uuid('file OWNR0000AAA1')),
    ('', 'once_key', 'secret', NULL),
    ('', 'once', 'secret', NULL),
    ('', 'token', 'secret', NULL),
    ('', 'k', 'secret', NULL);
INSERT INTO walk.object
    SELECT '', 'payment', 'own', id FROM walk.paid
    UNION ALL SELECT '/payments', 'id', 'see', id FROM walk.paid;
INSERT INTO walk.object
    SELECT '', 'place_' || n, 'see', walk.uuid('account OWNR0000AAA1')
    FROM generate_series(1, 24) AS n;

-- ---- what must not change

-- Every table with a hash of its rows (walk.state), and of the rows that are
-- the owner's (walk.owned): what another calls the owner's account is not.
-- What is counted or noted of requests is left out.
CREATE TABLE walk.mine (name text NOT NULL, value text NOT NULL);
INSERT INTO walk.mine
    SELECT 'account_id', a.id::text FROM customer.account AS a
    JOIN auth.login_account AS r ON r.account_id = a.id
    WHERE r.login_id = walk.login_id('owner');
INSERT INTO walk.mine
    SELECT 'login_id', walk.login_id('owner')::text
    UNION SELECT 'document_id', d.id::text FROM billing.document AS d
    JOIN walk.mine AS m ON m.value = d.account_id::text
    UNION SELECT 'payment_id', id::text FROM walk.paid;

CREATE FUNCTION walk.hash_of(p_table regclass, p_where text) RETURNS text
LANGUAGE sql AS $$
    SELECT format('SELECT concat_ws('' '', %L, count(*), md5('
        'string_agg(h, '''' ORDER BY h))) AS line FROM (SELECT '
        'md5((to_jsonb(x) - ''seen_at'')::text) AS h FROM %s AS x '
        'WHERE %s) AS y', p_table::text, p_table::text, p_where) $$;

DO $$
DECLARE
    v_all text;
    v_owned text;
BEGIN
    SELECT string_agg(walk.hash_of(t.oid::regclass, 'true'), ' UNION ALL '
            ORDER BY t.oid),
        string_agg(walk.hash_of(t.oid::regclass, 'to_jsonb(x)::text ~* '
            '''magpie|canary''' || coalesce((SELECT string_agg(format(
                ' OR x.%I::text IN (SELECT value FROM walk.mine '
                'WHERE name = %L)', a.attname, a.attname), '')
                FROM pg_catalog.pg_attribute AS a
                WHERE a.attrelid = t.oid AND a.attname IN (SELECT name
                    FROM walk.mine)
                    AND (a.attname <> 'account_id'
                        OR t.oid <> 'auth.login_account'::regclass)), '')),
        ' UNION ALL ' ORDER BY t.oid)
    INTO v_all, v_owned
    FROM pg_catalog.pg_class AS t
    WHERE t.relkind = 'r' AND t.relnamespace::regnamespace::text IN (
            'auth', 'billing', 'customer', 'meter', 'notify', 'ops', 'pay')
        AND t.oid NOT IN ('ops.budget'::regclass, 'ops.miss'::regclass);
    EXECUTE 'CREATE VIEW walk.state AS ' || v_all;
    EXECUTE 'CREATE VIEW walk.owned AS ' || v_owned;
END $$;

-- ---- what the walk must miss

CREATE TABLE walk.whole (sql text NOT NULL);
INSERT INTO walk.whole
    SELECT format('ALTER POLICY customer ON billing.document USING (%s)', qual)
    FROM pg_catalog.pg_policies
    WHERE schemaname = 'billing' AND tablename = 'document'
        AND policyname = 'customer';

-- Take p_part out of a function, until walk.mend().
CREATE FUNCTION walk.without(p_function text, p_part text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_whole text := pg_catalog.pg_get_functiondef(p_function::regproc);
    v_left text := regexp_replace(v_whole, regexp_replace(
        regexp_replace(p_part, '([.()])', '\\\1', 'g'), ' ', '\\s+', 'g'), ' ');
BEGIN
    IF v_left = v_whole THEN
        RAISE EXCEPTION '% has no %', p_function, p_part;
    END IF;
    INSERT INTO walk.whole VALUES (v_whole);
    EXECUTE v_left;
END $$;

CREATE FUNCTION walk.mend() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_sql text;
BEGIN
    FOR v_sql IN SELECT w.sql FROM walk.whole AS w LOOP
        EXECUTE v_sql;
    END LOOP;
END $$;
