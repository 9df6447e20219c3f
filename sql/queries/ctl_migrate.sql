-- name: ctl_migrate_session
-- params: lock_ms text
-- columns: superuser boolean, server_version integer
-- rows: one
-- Every name in our SQL carries its schema; a lock that does not come ends
-- the migration instead of queueing everybody behind it.
SELECT r.rolsuper AS superuser,
    pg_catalog.current_setting('server_version_num')::integer
        AS server_version
FROM pg_catalog.pg_roles AS r
CROSS JOIN (SELECT
    pg_catalog.set_config('search_path', '', false),
    pg_catalog.set_config('lock_timeout', $1, false)) AS s
WHERE r.rolname = session_user;

-- name: ctl_migrate_lock
-- columns: locked boolean
-- rows: one
SELECT pg_catalog.pg_try_advisory_lock(7355608) AS locked;

-- name: ctl_migrate_as_owner
-- columns: role text
-- rows: one
SELECT pg_catalog.set_config('role', 'smetka_owner', false) AS role;

-- name: ctl_migrate_exists
-- columns: made boolean
-- rows: one
SELECT pg_catalog.to_regclass('ops.migration') IS NOT NULL AS made;

-- name: ctl_migrate_applied
-- columns: name text, sha256 bytea
-- rows: many
SELECT m.name, m.sha256 FROM ops.migration AS m ORDER BY m.name;

-- name: ctl_migrate_note
-- params: name text, sha256 bytea, now timestamptz
-- rows: none
INSERT INTO ops.migration (name, sha256, applied_at) VALUES ($1, $2, $3);

-- name: ctl_check_server
-- columns: fsync text, full_page_writes text, synchronous_commit text, data_checksums text, recovering boolean, server_now timestamptz
-- rows: one
SELECT pg_catalog.current_setting('fsync') AS fsync,
    pg_catalog.current_setting('full_page_writes') AS full_page_writes,
    pg_catalog.current_setting('synchronous_commit') AS synchronous_commit,
    pg_catalog.current_setting('data_checksums') AS data_checksums,
    pg_catalog.pg_is_in_recovery() AS recovering,
    pg_catalog.clock_timestamp() AS server_now;
