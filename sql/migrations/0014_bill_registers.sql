-- What explains a bill: what each line is for, the registers of the meters
-- with how each index became known, and where the document belongs to.

ALTER TABLE billing.document
    ADD COLUMN contract_id bigint REFERENCES customer.contract,
    ADD COLUMN supply_point_id bigint REFERENCES customer.supply_point;
COMMENT ON COLUMN billing.document.contract_id IS
    'The contract it is for; null: not known, or several.';
COMMENT ON COLUMN billing.document.supply_point_id IS
    'The supply point it is for; null: not known, or several.';
CREATE INDEX document_supply_point
    ON billing.document (supply_point_id, period_to)
    WHERE supply_point_id IS NOT NULL;

ALTER TABLE billing.document_line
    ADD COLUMN kind text NOT NULL DEFAULT 'other'
        CHECK (kind IN ('use', 'fixed', 'other')),
    ADD COLUMN tax_category text CHECK (length(tax_category) BETWEEN 1 AND 3);
COMMENT ON COLUMN billing.document_line.kind IS
    'How it moves: by use, fixed by time, or other; made of the unit.';
COMMENT ON COLUMN billing.document_line.tax_category IS
    'Tax category (BT-151); null: not known.';
-- lines of before: by their unit; the category where the rate has only one
UPDATE billing.document_line AS l SET
    kind = CASE WHEN l.unit IN ('KWH', 'MWH', 'GWH', 'WHR', 'MTQ', 'LTR',
            'HLT', 'GV', '3B', 'K3', 'KJO', 'JOU') THEN 'use'
        WHEN l.unit IN ('DAY', 'WEE', 'MON', 'QAN', 'ANN') THEN 'fixed'
        ELSE 'other' END,
    tax_category = (SELECT min(t.category) FROM billing.document_tax AS t
        WHERE t.document_id = l.document_id AND t.rate_bp = l.tax_rate_bp
            AND t.category <> ''
        HAVING count(*) = 1);

CREATE TABLE billing.document_register (
    document_id bigint NOT NULL REFERENCES billing.document,
    old_milli bigint NOT NULL,
    new_milli bigint NOT NULL,
    factor_milli bigint NOT NULL DEFAULT 1000 CHECK (factor_milli > 0),
    quantity_milli bigint NOT NULL,
    old_on date,
    new_on date,
    no smallint NOT NULL CHECK (no > 0),
    line_no smallint,
    old_read text CHECK (old_read IN ('measured', 'estimated', 'self_read')),
    new_read text CHECK (new_read IN ('measured', 'estimated', 'self_read')),
    unit text NOT NULL DEFAULT 'C62',
    meter text NOT NULL DEFAULT '' CHECK (length(meter) <= 60),
    register text NOT NULL DEFAULT '' CHECK (length(register) <= 60),
    PRIMARY KEY (document_id, no),
    FOREIGN KEY (document_id, line_no) REFERENCES billing.document_line,
    CHECK (old_on <= new_on)
);
COMMENT ON TABLE billing.document_register IS
    'A register of a meter over the billed period, as the document has it.';
COMMENT ON COLUMN billing.document_register.document_id IS 'The document.';
COMMENT ON COLUMN billing.document_register.old_milli IS
    'Index at the beginning, in thousandths.';
COMMENT ON COLUMN billing.document_register.new_milli IS
    'Index at the end, in thousandths; lower than the first where the meter '
    'went over its last digit.';
COMMENT ON COLUMN billing.document_register.factor_milli IS
    'What the difference is multiplied with, in thousandths.';
COMMENT ON COLUMN billing.document_register.quantity_milli IS
    'What was billed of it, in thousandths of the unit.';
COMMENT ON COLUMN billing.document_register.old_on IS
    'Day of the first index; null: not said.';
COMMENT ON COLUMN billing.document_register.new_on IS
    'Day of the last index; null: not said.';
COMMENT ON COLUMN billing.document_register.no IS 'Place, from 1.';
COMMENT ON COLUMN billing.document_register.line_no IS
    'The line that bills it; null: none in particular.';
COMMENT ON COLUMN billing.document_register.old_read IS
    'How the first index became known; null: not said.';
COMMENT ON COLUMN billing.document_register.new_read IS
    'How the last index became known; null: not said.';
COMMENT ON COLUMN billing.document_register.unit IS 'UN/ECE code of the unit.';
COMMENT ON COLUMN billing.document_register.meter IS
    'Serial number of the meter; empty: not said.';
COMMENT ON COLUMN billing.document_register.register IS
    'Which register of it ("1.8.1"); empty: the only one.';

ALTER TABLE billing.document_register ENABLE ROW LEVEL SECURITY;
ALTER TABLE billing.document_register FORCE ROW LEVEL SECURITY;
CREATE POLICY operator ON billing.document_register TO smetka_owner
    USING (true) WITH CHECK (true);
COMMENT ON POLICY operator ON billing.document_register IS
    'The operator''s command line sees all.';
CREATE POLICY customer ON billing.document_register FOR SELECT TO smetka_self
    USING (EXISTS (SELECT FROM billing.document AS d
        WHERE d.id = document_id));
COMMENT ON POLICY customer ON billing.document_register IS
    'A customer sees what belongs to the accounts acted on.';
