-- Roles of the cluster and rights on the database.  Run once by a superuser
-- in the database of Smetka; running it again changes nothing.  Passwords are
-- set elsewhere.  What each role may do inside is in grants.sql.

DO $$
DECLARE
    v_role text;
BEGIN
    FOREACH v_role IN ARRAY ARRAY['smetka_owner', 'smetka_money',
        'smetka_identity', 'smetka_self', 'smetka_portal', 'smetka_pay',
        'smetka_jobs', 'smetka_audit']
    LOOP
        IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles AS r
            WHERE r.rolname = v_role)
        THEN
            EXECUTE format('CREATE ROLE %I', v_role);
        END IF;
    END LOOP;
END $$;

-- owner of schemas and tables; the operator's command line
ALTER ROLE smetka_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE
    NOREPLICATION NOBYPASSRLS;
-- owner of the functions that see across customers
ALTER ROLE smetka_money NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE
    NOREPLICATION BYPASSRLS;
-- owner of the functions that log people in and say what each may do
ALTER ROLE smetka_identity NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE
    NOREPLICATION BYPASSRLS;
-- owner of what a customer who is logged in sees and does: row-level security
-- holds for it
ALTER ROLE smetka_self NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE
    NOREPLICATION NOBYPASSRLS;
ALTER ROLE smetka_portal LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE
    NOREPLICATION NOBYPASSRLS;
ALTER ROLE smetka_pay LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE
    NOREPLICATION NOBYPASSRLS;
ALTER ROLE smetka_jobs LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE
    NOREPLICATION NOBYPASSRLS;
-- reads the views of schema audit, for checks from outside
ALTER ROLE smetka_audit LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE
    NOREPLICATION NOBYPASSRLS;

-- the owner creates the functions as these
GRANT smetka_money, smetka_identity, smetka_self TO smetka_owner;

DO $$
DECLARE
    v_role text;
    v_setting text;
    v_db text := pg_catalog.current_database();
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', v_db);
    EXECUTE format('GRANT CONNECT, CREATE, TEMPORARY ON DATABASE %I '
        'TO smetka_owner', v_db);
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO smetka_portal, '
        'smetka_pay, smetka_jobs, smetka_audit', v_db);
    FOREACH v_role IN ARRAY ARRAY['smetka_owner', 'smetka_portal',
        'smetka_pay', 'smetka_jobs', 'smetka_audit']
    LOOP
        -- every name in our SQL carries its schema
        EXECUTE format('ALTER ROLE %I SET search_path = %L', v_role, '');
        -- The server's log gets statements without their values, and errors
        -- without the row that they are about: codes and addresses are there.
        EXECUTE format('ALTER ROLE %I SET log_error_verbosity = terse',
            v_role);
        EXECUTE format('ALTER ROLE %I SET log_parameter_max_length = 0',
            v_role);
        EXECUTE format('ALTER ROLE %I SET '
            'log_parameter_max_length_on_error = 0', v_role);
    END LOOP;
    FOREACH v_role IN ARRAY ARRAY['smetka_portal', 'smetka_pay',
        'smetka_jobs']
    LOOP
        -- All their statements look up by key: one plan serves every value.
        -- It is made once a connection, perhaps while a table is empty, so
        -- what suits small tables only is not on offer.
        EXECUTE format('ALTER ROLE %I SET plan_cache_mode = '
            'force_generic_plan', v_role);
        FOREACH v_setting IN ARRAY ARRAY['jit', 'enable_seqscan',
            'enable_bitmapscan', 'enable_hashjoin', 'enable_mergejoin']
        LOOP
            EXECUTE format('ALTER ROLE %I SET %I = off', v_role, v_setting);
        END LOOP;
        EXECUTE format('ALTER ROLE %I SET idle_in_transaction_session_timeout '
            '= %L', v_role, '10s');
    END LOOP;
END $$;
REVOKE ALL ON SCHEMA public FROM PUBLIC;

ALTER ROLE smetka_portal SET statement_timeout = '2s';
ALTER ROLE smetka_portal SET lock_timeout = '1s';
ALTER ROLE smetka_pay SET statement_timeout = '5s';
ALTER ROLE smetka_pay SET lock_timeout = '3s';
ALTER ROLE smetka_jobs SET statement_timeout = '30s';
ALTER ROLE smetka_jobs SET lock_timeout = '5s';
ALTER ROLE smetka_audit SET statement_timeout = '60s';
ALTER ROLE smetka_audit SET default_transaction_read_only = on;
