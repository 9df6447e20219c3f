-- The functions belong to smetka_money, which passes row-level security; for
-- the time of a migration it may create in the schemas (grants.sql ends it).
GRANT USAGE, CREATE ON SCHEMA ops, customer, billing, pay, notify, log
    TO smetka_money;
GRANT USAGE, CREATE ON SCHEMA meter TO smetka_money;
