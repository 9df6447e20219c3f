-- When a refund was first asked for: what is not known at the processor some
-- time after that was never made there.
-- Their results changed: the new ones are made with the other functions.
DROP FUNCTION IF EXISTS pay.refund_asked(uuid);

ALTER TABLE pay.refund ADD COLUMN first_asked_at timestamptz;
COMMENT ON COLUMN pay.refund.first_asked_at IS
    'When the processor was first asked for it; null: not yet.';
UPDATE pay.refund SET first_asked_at = created_at WHERE asked_count > 0;

-- A line of a payout names a capture by either number.
CREATE INDEX settlement_processor_ref ON pay.settlement (processor_ref);
