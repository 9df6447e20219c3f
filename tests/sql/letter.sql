-- Activation letters: a code that proves a contract.
SELECT t.account('l1') AS a, t.account('l2') AS b, t.account('l3') AS c \gset
SELECT t.bill(:a, 'F-1', 1000, '2026-03-09') AS d1 \gset
UPDATE customer.account SET client_code = 'C' || payment_code_hint,
    client_code_hash = t.h('C' || payment_code_hint);
UPDATE customer.party SET address = 'Str. Lungă 5'
    WHERE id = (SELECT party_id FROM customer.account WHERE id = :a);

CREATE FUNCTION t.prove(p_client text, p_text text, p_proof text,
    p_days integer DEFAULT 0) RETURNS boolean LANGUAGE sql AS $$
    SELECT auth.find_contract(t.h(p_client), p_text,
        jsonb_build_object('proof', p_proof), t.at(p_days * 1440))
        IS NOT NULL $$;
CREATE FUNCTION t.due(p_client text, p_after bigint DEFAULT 0)
RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(client_code, ' ' ORDER BY account)
    FROM auth.letters_due(p_client, p_after, 10, t.at(0)) $$;

SELECT t.equal('whoever has nobody', t.due(NULL), 'Cl1 Cl2 Cl3');
SELECT t.equal('from one on', t.due(NULL, :b), 'Cl3');
SELECT t.equal('the address on file', (SELECT address
    FROM auth.letters_due('Cl1', 0, 10, t.at(0))), 'Str. Lungă 5');
SELECT t.equal('nobody of this code', t.due('Cl9'), NULL);
SELECT t.equal('until', auth.letters_put(jsonb_build_array(
    jsonb_build_array(:a, 'k7mp-x2qa-9def-abcd'),
    jsonb_build_array(:b, 'aaaa-bbbb-cccc-dddd')), 90, t.at(0)),
    ops.day(t.at(0)) + 90);
SELECT t.equal('one on its way is enough', t.due(NULL), 'Cl3');
SELECT t.equal('but for who asks', t.due('Cl1'), 'Cl1');

SELECT t.equal('as it is printed', t.prove('Cl1', 'k7mp-x2qa-9def-abcd',
    'letter'), true);
SELECT t.equal('as the form reads it', t.prove('Cl1', 'K7MPX2QA9DEFABCD',
    'either'), true);
SELECT t.equal('not where bills prove', t.prove('Cl1', 'K7MPX2QA9DEFABCD',
    'invoice'), false);
SELECT t.equal('another''s', t.prove('Cl1', 'AAAA-BBBB-CCCC-DDDD', 'letter'),
    false);
SELECT t.equal('of nobody', t.prove('Cl9', 'K7MPX2QA9DEFABCD', 'letter'),
    false);
SELECT t.equal('a bill', t.prove('Cl1', 'F-1', 'either'), true);
SELECT t.equal('no bill where letters prove', t.prove('Cl1', 'F-1',
    'letter'), false);
SELECT t.equal('by default a bill', t.prove('Cl1', 'F-1', NULL), true);
SELECT t.equal('on the last day', t.prove('Cl2', 'AAAABBBBCCCCDDDD', 'letter',
    90), true);
SELECT t.equal('after it', t.prove('Cl2', 'AAAABBBBCCCCDDDD', 'letter', 91),
    false);

-- another one takes the place of the first
SELECT auth.letters_put(jsonb_build_array(jsonb_build_array(:a,
    'nnnn-nnnn-nnnn-nnnn')), 90, t.at(1));
SELECT t.equal('the old one', t.prove('Cl1', 'K7MPX2QA9DEFABCD', 'letter'),
    false);
SELECT t.equal('the new one', t.prove('Cl1', 'NNNNNNNNNNNNNNNN', 'letter'),
    true);

-- and it is good for one log-in
SELECT auth.register(t.h('Cl1'), 'NNNNNNNNNNNNNNNN', 'ana@x.ro',
    t.h('ana@x.ro'), t.h('box'), '$argon2id$', 'ro', t.h('n1'), t.h('adr'),
    '{"proof": "letter", "per_address": 1000}', t.at(2));
SELECT t.equal('makes a log-in', auth.activate(t.h('n1'), t.at(3)), 'ok');
SELECT t.equal('used up', t.prove('Cl1', 'NNNNNNNNNNNNNNNN', 'letter'),
    false);
SELECT t.equal('needs none any more', t.due(NULL), 'Cl3');
