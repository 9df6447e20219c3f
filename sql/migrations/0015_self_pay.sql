-- What a customer sees of payments: those of the accounts acted on.

DO $$
DECLARE
    v_rule record;
BEGIN
    FOR v_rule IN SELECT * FROM (VALUES
        ('pay.intent_item', 'EXISTS (SELECT FROM billing.document AS d '
            'WHERE d.id = document_id)'),
        ('pay.intent', 'account_id = ANY ((SELECT auth.acting())::bigint[]) '
            'OR EXISTS (SELECT FROM pay.intent_item AS t '
            'WHERE t.intent_id = intent.id)'),
        ('pay.attempt', 'EXISTS (SELECT FROM pay.intent AS i '
            'WHERE i.id = intent_id)'),
        ('pay.settlement', 'EXISTS (SELECT FROM pay.attempt AS a '
            'WHERE a.id = payment_id)'),
        ('pay.receipt', 'EXISTS (SELECT FROM pay.attempt AS a '
            'WHERE a.id = payment_id)'),
        ('pay.refund', 'EXISTS (SELECT FROM pay.attempt AS a '
            'WHERE a.id = payment_id)'),
        ('pay.allocation', 'EXISTS (SELECT FROM billing.document AS d '
            'WHERE d.id = document_id)'),
        ('pay.reopening', 'EXISTS (SELECT FROM billing.document AS d '
            'WHERE d.id = document_id)'),
        ('billing.journal_txn', 'EXISTS (SELECT FROM pay.allocation AS p '
            'WHERE p.txn_id = journal_txn.id) OR EXISTS (SELECT FROM '
            'billing.received AS r WHERE r.txn_id = journal_txn.id)'))
        AS r (name, rule)
    LOOP
        EXECUTE format('CREATE POLICY customer ON %s FOR SELECT '
            'TO smetka_self USING (%s)', v_rule.name, v_rule.rule);
        EXECUTE format('COMMENT ON POLICY customer ON %s IS %L', v_rule.name,
            'A customer sees what belongs to the accounts acted on.');
    END LOOP;
END $$;
