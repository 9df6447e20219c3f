-- COMMIT does not wait for the standby: --first 10.
ALTER SYSTEM SET synchronous_standby_names = '';
SELECT pg_reload_conf()
