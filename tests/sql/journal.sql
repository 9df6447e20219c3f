-- The journal: what cannot be written, what cannot be changed.
SELECT t.account('j1') AS a \gset
SELECT t.bill(:a, 'J-1', 1190, '2026-03-01') AS d \gset
SELECT t.refused('does not sum to zero', $$
    WITH n AS (INSERT INTO billing.journal_txn (kind, posted_at)
        VALUES ('payment', t.at(0)) RETURNING id)
    INSERT INTO billing.journal_entry (txn_id, line_no, account, currency,
        amount_minor)
    SELECT n.id, l.no, l.account, 'RON', l.minor FROM n, (VALUES
        (1, 'bank'::billing.journal_account, 100), (2, 'suspense', -99))
        AS l (no, account, minor) $$, '23514');
SELECT t.refused('zero in sum, not in each currency', $$
    WITH n AS (INSERT INTO billing.journal_txn (kind, posted_at)
        VALUES ('payment', t.at(0)) RETURNING id)
    INSERT INTO billing.journal_entry (txn_id, line_no, account, currency,
        amount_minor)
    SELECT n.id, l.no, l.account, l.currency, l.minor FROM n, (VALUES
        (1, 'bank'::billing.journal_account, 100, 'RON'),
        (2, 'suspense', -100, 'EUR')) AS l (no, account, minor, currency)
    $$, '23514');
SELECT t.refused('a line added later', $$
    INSERT INTO billing.journal_entry (txn_id, line_no, account, currency,
        amount_minor)
    SELECT max(x.id), 9, 'bank', 'RON', 5 FROM billing.journal_txn AS x $$,
    '23514');
SELECT t.refused('update', 'UPDATE billing.journal_entry SET line_no = 8',
    '42501');
SELECT t.refused('delete', 'DELETE FROM billing.journal_entry', '42501');
SELECT t.refused('truncate', 'TRUNCATE billing.journal_entry', '42501');
SELECT t.refused('update', 'UPDATE billing.journal_txn SET posted_at = '
    't.at(1)', '42501');
SELECT t.refused('delete', 'DELETE FROM billing.journal_txn', '42501');
SELECT t.refused('a document twice', format('INSERT INTO billing.journal_txn '
    '(kind, posted_at, document_id) VALUES (''invoice'', t.at(0), %s)', :d),
    '23505');
SELECT t.refused('more open than the total', 'UPDATE billing.open_item '
    'SET open_minor = total_minor + 1', '23514');
SELECT t.refused('less than nothing open', 'UPDATE billing.open_item '
    'SET open_minor = -1', '23514');
SELECT t.refused('credit below zero', 'UPDATE billing.balance '
    'SET credit_minor = -1', '23514');
SELECT t.equal('posting again changes nothing',
    billing.post_document(:d, t.at(5)), false);

-- the deferred check also holds for a role that cannot read the journal, and
-- it fires at COMMIT
SELECT t.equal('both are insert-only for the functions'' role too',
    (SELECT string_agg(DISTINCT g.privilege_type, ' ')
    FROM information_schema.role_table_grants AS g
    WHERE g.grantee = 'smetka_money' AND g.table_name IN ('journal_txn',
        'journal_entry', 'attempt_event', 'settlement', 'allocation',
        'receipt', 'processor_event', 'unmatched', 'intent', 'intent_item')),
    'INSERT SELECT');
