-- name: ctl_export_accounts
-- params: after_id bigint, most integer
-- columns: id bigint, account uuid, client_code text, code_hint text, currency text, paperless boolean
-- rows: many
-- A batch of accounts by key, so that any number of them streams.
SELECT a.id, a.public_id AS account, coalesce(a.client_code, '') AS
    client_code, a.payment_code_hint AS code_hint, a.currency, a.paperless
FROM customer.account AS a
WHERE a.id > $1 AND a.active ORDER BY a.id LIMIT $2;
