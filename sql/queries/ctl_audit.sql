-- Following the chains of what happened to log-ins.

-- name: ctl_audit_verify
-- params: after bigint, most integer
-- columns: login bigint, login_id uuid, events bigint, seq integer, problem text
-- rows: many
SELECT login, login_id, events, seq, problem
FROM auth.events_verify($1, $2);
