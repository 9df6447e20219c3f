-- Who else may see and do what with one's places.

-- name: auth_people
-- params: session bytea, now timestamptz
-- columns: person uuid, email text, state text, scope text, until date, code_hint text, address text
-- rows: many
SELECT person, email, state, scope, until, code_hint, address
FROM auth.people($1, $2);

-- name: auth_people_places
-- params: session bytea, now timestamptz
-- columns: account uuid, code_hint text, address text
-- rows: many
SELECT account, code_hint, address FROM auth.people_places($1, $2);

-- name: auth_people_log
-- params: session bytea, now timestamptz
-- columns: at timestamptz, kind text, detail text
-- rows: many
SELECT at, kind, detail FROM auth.people_log($1, $2);

-- name: auth_people_end
-- params: session bytea, person uuid, now timestamptz
-- columns: outcome text
-- rows: one
SELECT auth.people_end($1, $2, $3) AS outcome;

-- name: auth_invite
-- params: session bytea, email text, email_key bytea, mailbox_hash bytea, number bytea, what jsonb, until date, lang text, now timestamptz
-- columns: outcome text
-- rows: one
SELECT auth.invite($1, $2, $3, $4, $5, $6, $7, $8, $9) AS outcome;

-- name: auth_invite_open
-- params: number bytea, now timestamptz
-- columns: email text, who text, scope text, until date, code_hint text, address text, has_login boolean
-- rows: many
SELECT email, who, scope, until, code_hint, address, has_login
FROM auth.invite_open($1, $2);

-- name: auth_invite_accept
-- params: session bytea, number bytea, now timestamptz
-- columns: outcome text
-- rows: one
SELECT auth.invite_accept($1, $2, $3) AS outcome;

-- name: auth_invite_join
-- params: number bytea, password text, lang text, now timestamptz
-- columns: outcome text
-- rows: one
SELECT auth.invite_join($1, $2, $3, $4) AS outcome;
