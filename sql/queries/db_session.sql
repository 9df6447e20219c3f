-- What lib/db says and asks first on every connection.

-- name: db_session
-- params: query_ms text, idle_ms text
-- columns: cluster text, standby boolean, timeline text, fsync text, full_page_writes text, synchronous_commit text, data_checksums text
-- rows: one
-- The session's defaults, and in the same round trip who the server is.  A
-- standby has no timeline of its own to write on.
SELECT (SELECT c.system_identifier
        FROM pg_catalog.pg_control_system() AS c)::text AS cluster,
    pg_catalog.pg_is_in_recovery() AS standby,
    CASE WHEN NOT pg_catalog.pg_is_in_recovery() THEN
        pg_catalog.substr(pg_catalog.pg_walfile_name(
            pg_catalog.pg_current_wal_lsn()), 1, 8) END AS timeline,
    pg_catalog.current_setting('fsync') AS fsync,
    pg_catalog.current_setting('full_page_writes') AS full_page_writes,
    pg_catalog.current_setting('synchronous_commit') AS synchronous_commit,
    pg_catalog.current_setting('data_checksums') AS data_checksums
FROM (SELECT
    pg_catalog.set_config('default_transaction_read_only', 'on', false),
    pg_catalog.set_config('search_path', '', false),
    pg_catalog.set_config('statement_timeout', $1, false),
    pg_catalog.set_config('idle_in_transaction_session_timeout', $2, false))
    AS s;
