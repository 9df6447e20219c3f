-- COMMIT does not wait for the standby: --first 10 --step 20 --schedules 3.
ALTER SYSTEM SET synchronous_commit = 'local';
SELECT pg_reload_conf()
