-- Posting of documents, credit notes, and the use of credit.
SELECT t.account('c1') AS a, t.account('c2') AS b \gset
SELECT t.bill(:a, 'C-1', 1000, '2026-01-10') AS d1,
    t.bill(:a, 'C-2', 2000, '2026-02-10') AS d2 \gset

-- a credit note lowers the oldest due first
SELECT t.bill(:a, 'N-1', 1500, '2026-02-20', 'RON', 'credit_note') AS n1 \gset
SELECT t.equal('oldest', t.left_on(:d1), 0::bigint);
SELECT t.equal('next', t.left_on(:d2), 1500::bigint);
SELECT t.equal('no credit', t.credit(:a), 0::bigint);
SELECT t.equal('states', (SELECT string_agg(i.state, ' ' ORDER BY i.number)
    FROM audit.invoice AS i WHERE i.account_id = :a), 'paid part_paid credit');

-- more than is open stays as credit, the next invoice uses it
SELECT t.bill(:a, 'N-2', 1800, '2026-02-21', 'RON', 'credit_note') AS n2 \gset
SELECT t.equal('all paid', t.left_on(:d2), 0::bigint);
SELECT t.equal('rest', t.credit(:a), 300::bigint);
SELECT t.equal('balance', (SELECT c.balance_minor FROM audit.account AS c
    WHERE c.account_id = :a), -300::bigint);
SELECT t.bill(:a, 'C-3', 200, '2026-03-10') AS d3 \gset
SELECT t.equal('used', t.left_on(:d3), 0::bigint);
SELECT t.equal('left', t.credit(:a), 100::bigint);
SELECT t.bill(:a, 'C-4', 250, '2026-04-10') AS d4 \gset
SELECT t.equal('part', t.left_on(:d4), 150::bigint);
SELECT t.equal('used up', t.credit(:a), 0::bigint);

-- another currency is another matter
SELECT t.bill(:a, 'N-3', 500, '2026-02-21', 'EUR', 'credit_note');
SELECT t.equal('kept apart', t.left_on(:d4), 150::bigint);
SELECT t.equal('in its own', t.credit(:a, 'EUR'), 500::bigint);

-- a batch: many accounts, a credit note among them, one cancelled, one of
-- nothing; again: nothing
INSERT INTO billing.document (account_id, seller_id, number, kind, currency,
    issued_on, due_on, net_minor, tax_minor, total_minor, payable_minor,
    cancelled)
SELECT CASE WHEN g % 2 = 0 THEN :a ELSE :b END, s.id, 'B-' || g,
    CASE WHEN g = 5 THEN 'credit_note' ELSE 'invoice' END
        ::billing.document_kind, 'RON', '2026-03-01', '2026-03-15', 84, 16,
    100, CASE WHEN g = 7 THEN 0 ELSE 100 END, g = 6
FROM billing.seller AS s, generate_series(1, 8) AS g;
SELECT array_agg(d.id) AS ids FROM billing.document AS d
    WHERE d.number LIKE 'B-%' \gset
SELECT t.equal('posted', billing.post_batch(:'ids', t.at(0)), 6);
SELECT t.equal('again', billing.post_batch(:'ids', t.at(0)), 0);
SELECT t.equal('of the second', (SELECT c.balance_minor FROM audit.account AS c
    WHERE c.account_id = :b), 100::bigint);
SELECT t.equal('cancelled', (SELECT i.state FROM audit.invoice AS i
    WHERE i.number = 'B-6'), 'cancelled');
SELECT t.equal('vat and revenue', (SELECT sum(l.amount_minor)::bigint
    FROM audit.ledger AS l WHERE l.account IN ('vat', 'revenue')
        AND l.currency = 'RON'),
    -(1000 + 2000 - 1500 - 1800 + 200 + 250 + 4 * 100)::bigint);

-- the same document a second time cannot come in
SELECT t.refused('same number and date', $$ INSERT INTO billing.document
    (account_id, seller_id, number, kind, currency, issued_on, due_on,
    net_minor, tax_minor, total_minor, payable_minor)
    SELECT d.account_id, d.seller_id, d.number, d.kind, d.currency,
    d.issued_on, d.due_on, 1, 0, 1, 1 FROM billing.document AS d
    WHERE d.number = 'C-1' $$, '23505');
