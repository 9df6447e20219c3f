-- The receipt of a settled payment.

-- name: pay_receipt
-- params: payment uuid
-- columns: receipt_no text, settled_at timestamptz, document_number text, allocated_minor bigint, account_hint text, amount_minor bigint, currency text, processor_ref text
-- rows: many
SELECT receipt_no, settled_at, document_number, allocated_minor, account_hint,
    amount_minor, currency, processor_ref
FROM pay.receipt($1);
