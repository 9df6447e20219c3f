-- The roles: each can call its functions, and nothing else.
-- Every right that anybody has is compared with grants.golden by the runner.
SELECT t.account('r1') AS a \gset
SELECT t.bill(:a, 'R-1', 1000, '2026-03-20');

SELECT t.equal('no web role may touch a table', (SELECT string_agg(
    r.rolname || ' ' || c.oid::regclass || ' ' || p.name, ', ')
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    CROSS JOIN pg_roles AS r CROSS JOIN unnest(ARRAY['SELECT', 'INSERT',
        'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'])
        AS p (name)
    WHERE c.relkind IN ('r', 'v', 'm', 'p')
        AND n.nspname IN ('ops', 'customer', 'billing', 'pay', 'notify',
            'log', 'meter', 'audit', 'auth', 'self')
        AND r.rolname IN ('smetka_portal', 'smetka_pay', 'smetka_jobs')
        AND has_table_privilege(r.oid, c.oid, p.name)), NULL::text);
SELECT t.equal('audit reads its schema only', (SELECT string_agg(
    c.oid::regclass::text, ', ')
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'v') AND n.nspname IN ('ops', 'customer',
        'billing', 'pay', 'notify', 'log', 'meter', 'audit', 'auth', 'self')
        AND has_table_privilege('smetka_audit', c.oid, 'SELECT')
        <> (n.nspname = 'audit')), NULL::text);
SELECT t.equal('attributes', (SELECT string_agg(r.rolname, ' '
    ORDER BY r.rolname) FROM pg_roles AS r WHERE r.rolname LIKE 'smetka_%'
    AND (r.rolsuper OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication
        OR r.rolbypassrls <> (r.rolname IN ('smetka_money',
            'smetka_identity'))
        OR r.rolcanlogin = (r.rolname IN ('smetka_money', 'smetka_identity',
            'smetka_self')))), NULL::text);
SELECT t.equal('no values in the server''s log', (SELECT count(*)
    FROM pg_roles AS r WHERE r.rolname LIKE 'smetka_%' AND r.rolcanlogin
    AND r.rolconfig @> ARRAY['log_error_verbosity=terse',
        'log_parameter_max_length=0',
        'log_parameter_max_length_on_error=0']), 5::bigint);
SELECT t.equal('row security, forced, on what is a customer''s', (SELECT
    string_agg(c.oid::regclass::text, ', ')
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r'
        AND (n.nspname IN ('customer', 'billing', 'pay', 'notify', 'log',
            'meter', 'auth') OR c.oid = 'ops.review'::regclass)
        AND c.oid::regclass::text NOT IN ('billing.seller', 'billing.feed',
            'pay.state', 'pay.edge', 'pay.refund_edge', 'pay.dispute_edge',
            'meter.route', 'meter.route_dates')
        AND NOT (c.relrowsecurity AND c.relforcerowsecurity)), NULL::text);
SELECT t.equal('policies: the operator''s, and what a customer sees of the '
    'accounts acted on', (SELECT string_agg(DISTINCT p.policyname || ' '
        || array_to_string(p.roles, ',') || ' ' || p.cmd, ', ')
    FROM pg_policies AS p),
    'customer smetka_self SELECT, operator smetka_owner ALL');
SELECT t.equal('no customer''s rule is open', (SELECT string_agg(
    p.schemaname || '.' || p.tablename, ', ') FROM pg_policies AS p
    WHERE p.policyname = 'customer' AND p.qual !~ 'acting|EXISTS'),
    NULL::text);
SELECT t.equal('definer functions: owner and empty path', (SELECT
    string_agg(p.oid::regprocedure::text, ', ')
    FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
    WHERE n.nspname IN ('ops', 'customer', 'billing', 'pay', 'notify', 'log',
        'meter', 'auth', 'self')
        AND p.prosecdef AND (p.proowner <> (CASE n.nspname
                WHEN 'auth' THEN 'smetka_identity'
                WHEN 'self' THEN 'smetka_self'
                ELSE 'smetka_money' END)::regrole
            OR p.proconfig IS DISTINCT FROM ARRAY['search_path=""'])
        AND p.oid <> 'billing.txn_sums_to_zero'::regproc), NULL::text);
SELECT t.equal('what web roles can call is a definer function', (SELECT
    string_agg(p.oid::regprocedure::text, ', ')
    FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
    WHERE n.nspname IN ('ops', 'customer', 'billing', 'pay', 'notify', 'log',
        'meter', 'auth', 'self')
        AND NOT p.prosecdef AND (has_function_privilege('smetka_portal',
            p.oid, 'EXECUTE') OR has_function_privilege('smetka_pay', p.oid,
            'EXECUTE') OR has_function_privilege('smetka_jobs', p.oid,
            'EXECUTE'))), NULL::text);
SELECT t.equal('every table and column has a comment', (SELECT string_agg(
    c.oid::regclass || coalesce('.' || a.attname, ''), ', ')
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    LEFT JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
        AND NOT a.attisdropped
    WHERE c.relkind = 'r' AND n.nspname IN ('ops', 'customer', 'billing',
        'pay', 'notify', 'log', 'meter')
        AND (obj_description(c.oid, 'pg_class') IS NULL
            OR col_description(c.oid, a.attnum) IS NULL)), NULL::text);
SELECT t.equal('every function and view has a comment', (SELECT string_agg(
    o.name, ', ') FROM (
    SELECT p.oid::regprocedure::text AS name, p.oid, p.tableoid
    FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
    WHERE n.nspname IN ('ops', 'customer', 'billing', 'pay', 'notify',
        'log', 'meter')
    UNION ALL
    SELECT c.oid::regclass::text, c.oid, c.tableoid FROM pg_class AS c
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname = 'audit') AS o
    WHERE obj_description(o.oid, o.tableoid::regclass::name) IS NULL),
    NULL::text);
SELECT t.equal('no rule depends on now()', (SELECT string_agg(
    p.oid::regprocedure::text, ', ')
    FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
    WHERE n.nspname IN ('ops', 'customer', 'billing', 'pay', 'notify',
        'log', 'meter')
        AND p.prosrc ~* ('\m(now|clock_timestamp|statement_timestamp)\('
            || '|\mcurrent_(date|time)')),
    NULL::text);
SELECT t.equal('pages of customers read nothing that finds or proves '
    'somebody, and nothing of who else paid', (SELECT string_agg(
        c.oid::regclass || '.' || a.attname, ', ')
    FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
        AND n.nspname IN ('ops', 'customer', 'billing', 'pay', 'notify',
            'log', 'meter', 'auth')
        AND a.attname ~ '_(hash|sealed|key)$|^(email|phone|password|key)$'
        AND a.attname <> 'serial_key'
        -- but for what stands on a bill that is printed
        AND (c.oid::regclass || '.' || a.attname) NOT IN (
            'customer.account.payment_code_hash',
            'customer.account.payment_code_sealed', 'customer.party.id_hash',
            'customer.party.id_sealed', 'billing.seller.email',
            'billing.seller.phone')
        AND has_column_privilege('smetka_self', c.oid, a.attnum, 'SELECT')),
    NULL::text);

-- each role, as itself
GRANT USAGE ON SCHEMA t
    TO smetka_portal, smetka_pay, smetka_jobs, smetka_audit;
\c - smetka_portal
\o /dev/null
SET client_min_messages = warning;
SELECT t.equal('opens', (SELECT o.outcome FROM pay.guest_open(t.h('r1'),
    t.h('h'), t.h('b'), t.h('adr'), 'p@example.com', NULL, 'ro', t.h('s'),
    NULL, '{}', t.at(0)) AS o), 'ok');
SELECT t.equal('reads', (SELECT g.total_minor
    FROM pay.guest_bill(t.h('h'), t.h('b'), t.at(1)) AS g), 1000::bigint);
SELECT t.refused('table', 'SELECT FROM pay.attempt', '42501');
SELECT t.refused('start', 'SELECT pay.start(NULL, NULL, NULL, NULL, NULL, '
    'NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)', '42501');
SELECT t.refused('apply', 'SELECT pay.apply(NULL, NULL, NULL, NULL, NULL, '
    'NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)', '42501');
SELECT t.refused('inner function', 'SELECT pay.settle(NULL, NULL, NULL, '
    'NULL, NULL, NULL, NULL)', '42501');
SELECT t.refused('a refund', 'SELECT pay.refund_request(NULL, NULL, NULL, '
    'NULL, NULL)', '42501');
SELECT t.refused('other schema', 'SELECT FROM customer.party', '42501');
SELECT t.refused('temporary table', 'CREATE TEMP TABLE x (y int)', '42501');
SELECT t.refused('own table', 'CREATE TABLE public.x (y int)', '42501');
SELECT t.refused('role', 'SET ROLE smetka_money', '42501');
\c - smetka_pay
\o /dev/null
SET client_min_messages = warning;
SELECT s.payment_id AS p FROM t.start('h', 'k', 1000) AS s \gset
SELECT t.equal('asks', (SELECT a.state FROM pay.asked(:'p', t.at(1)) AS a),
    'requested');
SELECT t.equal('settles', t.apply(:'p', 'e', 'captured', 1000), 'applied');
SELECT t.equal('shows', (SELECT s.shown FROM pay.status(:'p', t.h('b'),
    false, t.at(3)) AS s), 'settled');
SELECT t.refused('table', 'SELECT FROM pay.settlement', '42501');
SELECT t.refused('write', 'UPDATE billing.open_item SET open_minor = 0',
    '42501');
SELECT t.refused('claim', 'SELECT pay.sweep_claim(1, 1, t.at(0))', '42501');
\c - smetka_jobs
\o /dev/null
SET client_min_messages = warning;
SELECT t.equal('claims', (SELECT count(*) FROM pay.sweep_claim(5, 30,
    t.at(9))), 0::bigint);
SELECT t.equal('sends', (SELECT count(*) FROM notify.outbox_claim(5, 30,
    t.at(9))), 1::bigint);
SELECT t.refused('table', 'SELECT FROM notify.outbox', '42501');
SELECT t.refused('start', 'SELECT pay.start(NULL, NULL, NULL, NULL, NULL, '
    'NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)', '42501');
\c - smetka_audit
\o /dev/null
SET client_min_messages = warning;
SELECT t.equal('reads the views', (SELECT count(*) FROM audit.payment),
    1::bigint);
SELECT t.refused('table', 'SELECT FROM pay.attempt', '42501');
SELECT t.refused('function', 'SELECT pay.sweep_claim(1, 1, t.at(0))', '42501');
\c - smetka_owner
