-- Row-level security on everything that belongs to a customer, forced on the
-- owner as well.  The operator's command line works as the owner and may see
-- all; no other role has a policy, so no other role sees a row, whatever it
-- was granted by mistake.  The money functions run as a role that bypasses it.

DO $$
DECLARE
    v_table regclass;
BEGIN
    FOR v_table IN
        SELECT c.oid::regclass FROM pg_catalog.pg_class AS c
        JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r'
            AND n.nspname IN ('customer', 'billing', 'pay', 'notify', 'log')
            AND (n.nspname, c.relname) NOT IN (('billing', 'seller'),
                ('billing', 'feed'), ('pay', 'state'), ('pay', 'edge'))
        ORDER BY 1
    LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', v_table);
        EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', v_table);
        EXECUTE format('CREATE POLICY operator ON %s TO smetka_owner '
            'USING (true) WITH CHECK (true)', v_table);
        EXECUTE format('COMMENT ON POLICY operator ON %s IS %L', v_table,
            'The operator''s command line sees all.');
    END LOOP;
END $$;
