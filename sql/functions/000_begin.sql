-- The functions belong to smetka_money and smetka_identity, which pass row-level
-- security, and to smetka_self, which does not; for the time of a migration
-- they may create in their schemas (grants.sql ends it).
GRANT USAGE, CREATE ON SCHEMA ops, customer, billing, pay, notify, log
    TO smetka_money;
GRANT USAGE, CREATE ON SCHEMA meter TO smetka_money;
GRANT USAGE, CREATE ON SCHEMA auth TO smetka_identity;
GRANT USAGE ON SCHEMA ops, customer, billing, pay, notify, log
    TO smetka_identity;
GRANT USAGE, CREATE ON SCHEMA self TO smetka_self;
GRANT USAGE ON SCHEMA ops, customer, billing, pay, auth TO smetka_self;
