-- Payments that a customer misses, and money that is late: what is known is
-- shown, somebody else's never, and what is not known waits for a person.
SELECT t.account('m1') AS a, t.account('m2') AS b \gset
SELECT t.bill(:a, 'M-1', 5000, '2026-03-20') AS d1,
    t.bill(:a, 'M-2', 3000, '2026-03-25') AS d2,
    t.bill(:b, 'N-1', 5000, '2026-03-20') AS d3 \gset
SELECT public_id AS pa FROM customer.account WHERE id = :a \gset
SELECT public_id AS pb FROM customer.account WHERE id = :b \gset
CREATE FUNCTION t.login(p_mail text, p_session text, p_account bigint)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    v_id bigint;
BEGIN
    INSERT INTO auth.login (email_key, email, password, language, source,
        created_at, password_at)
    VALUES (t.h(p_mail), p_mail || '@example.org', '$argon2id$', 'ro', 'web',
        t.at(0), t.at(0)) RETURNING id INTO v_id;
    INSERT INTO auth.login_account (login_id, account_id, role, state,
        created_at) VALUES (v_id, p_account, 'holder', 'active', t.at(0));
    INSERT INTO auth.session (key, login_id, stage, kept, agent, started_at,
        seen_at, confirmed_at, idle, ends_at)
    VALUES (t.h(p_session), v_id, 'in', false, '', t.at(0), t.at(0), t.at(0),
        interval '30 days', t.at(43200));
    RETURN v_id;
END $$;
SELECT t.login('ana', 'sa', :a) AS ana, t.login('bob', 'sb', :b) AS bob \gset
SELECT billing.import_payment(:a, 'bank', 'OP-1', 5000, 'RON', '2026-03-05',
    'M-1', t.at(0));

-- what is known
CREATE FUNCTION t.like(p_session text, p_on date, p_amount bigint DEFAULT 5000,
    p_currency text DEFAULT 'RON') RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(p.how || ' ' || p.reference || ' ' || p.state, ', ')
    FROM self.payments_like(t.h(p_session), p_on, p_amount, p_currency,
        t.at(9)) AS p $$;
SELECT t.equal('known', t.like('sa', '2026-03-05'), 'bank OP-1 settled');
SELECT t.equal('three days before', t.like('sa', '2026-03-08'),
    'bank OP-1 settled');
SELECT t.equal('four', t.like('sa', '2026-03-09'), NULL);
SELECT t.equal('ten days after', t.like('sa', '2026-02-23'),
    'bank OP-1 settled');
SELECT t.equal('eleven', t.like('sa', '2026-02-22'), NULL);
SELECT t.equal('another sum', t.like('sa', '2026-03-05', 5001), NULL);
SELECT t.equal('another currency', t.like('sa', '2026-03-05', 5000, 'EUR'),
    NULL);
SELECT t.equal('somebody else''s', t.like('sb', '2026-03-05'), NULL);
SELECT t.equal('nobody', t.like('none', '2026-03-05'), NULL);

-- one payment, and the bills it paid
SELECT public_id AS op FROM billing.received WHERE reference = 'OP-1' \gset
SELECT t.equal('one', (SELECT p.how || p.amount_minor || p.received_on
    || p.posted_on FROM self.payment(t.h('sa'), :'op', t.at(9)) AS p),
    'bank50002026-03-052026-03-10');
SELECT t.equal('its parts', (SELECT string_agg(p.number || p.amount_minor,
    ' ') FROM self.payment_parts(t.h('sa'), :'op', t.at(9)) AS p),
    'M-15000');
SELECT t.equal('not bob''s', (SELECT count(*) FROM self.payment(t.h('sb'),
    :'op', t.at(9))) + (SELECT count(*) FROM self.payment_parts(t.h('sb'),
    :'op', t.at(9))), 0::bigint);

-- one that is under way, then settled, then taken a second time
SELECT t.open('m1', 'ha');
SELECT t.begin('ha', 'k1', 3000) AS p \gset
SELECT t.equal('under way', t.like('sa', '2026-03-10', 3000),
    (SELECT 'online ' || order_no || ' processing' FROM pay.attempt
        WHERE id = :'p'));
SELECT t.equal('captured', (SELECT outcome FROM pay.apply('sandbox',
    'paid k1', :'p', NULL, 'cs k1', 'captured', 3000, 'RON', NULL, NULL,
    NULL, 'notify', NULL, t.at(2), 'pi k1')), 'applied');
SELECT t.equal('settled', t.like('sa', '2026-03-10', 3000),
    'online cs k1 settled');
SELECT t.equal('again', (SELECT outcome FROM pay.apply('sandbox',
    'paid k1 again', :'p', NULL, 'cs k1b', 'captured', 3000, 'RON', NULL,
    NULL, NULL, 'notify', NULL, t.at(3), 'pi k1b')), 'unmatched');
SELECT t.equal('received, on no account', (SELECT string_agg(p.reference
    || ' ' || p.state || coalesce(p.posted_on::text, '-'), ', ')
    FROM self.payments(t.h('sa'), 25, 0, t.at(4)) AS p
    WHERE p.state = 'received'), 'cs k1b received-');
SELECT t.equal('not to bob', (SELECT count(*) FROM self.payments(t.h('sb'),
    25, 0, t.at(4))), 0::bigint);
SELECT t.equal('for jobs', (SELECT string_agg(u.reference || u.amount_minor
    || u.told, ' ') FROM pay.unposted(NULL) AS u), 'cs k1b3000false');
SELECT unmatched_id AS u FROM pay.unposted(NULL) \gset
SELECT t.equal('told once', pay.not_posted(:u, t.at(9000))::text
    || pay.not_posted(:u, t.at(9001))::text, 'truefalse');
SELECT t.equal('it is known', (SELECT bool_and(told) FROM
    pay.unposted(NULL)), true);
SELECT t.equal('and a task', (SELECT count(*) FROM pay.task
    WHERE kind = 'not_posted' AND key = :u::text), 1::bigint);
SELECT pay.task_close('unmatched', 'sandbox cs k1b', 'posted by hand',
    t.at(9002));
SELECT t.equal('seen to', (SELECT count(*) FROM pay.unposted(NULL)),
    0::bigint);
SELECT t.equal('no more on the list', (SELECT count(*) FROM
    self.payments(t.h('sa'), 25, 0, t.at(9003)) AS p
    WHERE p.state = 'received'), 0::bigint);

-- money without an owner
SELECT t.equal('nobody''s', (SELECT outcome FROM pay.apply('sandbox', 'stray',
    NULL, 'NO-SUCH', 'REF-9', 'captured', 7700, 'RON', NULL, NULL, NULL,
    'notify', NULL, t.at(5), 'pi stray')), 'unmatched');
SELECT t.equal('it is shown to nobody', t.like('sa', '2026-03-10', 7700),
    NULL);

CREATE FUNCTION t.file(p_session text, p_account uuid, p_amount bigint,
    p_reference text DEFAULT '', p_minutes numeric DEFAULT 10)
RETURNS text LANGUAGE sql AS $$
    SELECT outcome FROM auth.missing_file(t.h(p_session), p_account,
        '2026-03-10', p_amount, 'RON', 'bank', p_reference, 'a note',
        t.at(p_minutes)) $$;
SELECT t.equal('filed', t.file('sa', :'pa', 7700, 'ref-9'), 'filed');
SELECT t.equal('the overview says so', (SELECT string_agg(w.kind, ' ')
    FROM self.waiting(t.h('sa'), t.at(1440 * 2)) AS w
    WHERE w.place = :'pa'), 'missing_payment');
SELECT t.equal('to nobody else', (SELECT count(*)
    FROM self.waiting(t.h('sb'), t.at(1440 * 2))), 0::bigint);
SELECT t.equal('matched for staff', (SELECT (v.args->>'unmatched')::bigint
    FROM ops.review AS v WHERE v.kind = 'missing_payment'), (SELECT id
    FROM pay.unmatched WHERE processor_ref = 'REF-9'));
SELECT t.equal('twice is once', t.file('sa', :'pa', 7700, 'ref-9'), 'same');
SELECT t.equal('one review', (SELECT count(*) FROM ops.review
    WHERE kind = 'missing_payment'), 1::bigint);
SELECT t.equal('a mail', (SELECT string_agg(o.recipient || ' '
    || (o.args->>'who'), ' ') FROM notify.outbox AS o
    WHERE o.template = 'missing_registered'), (SELECT 'ana@example.org '
    || number FROM auth.missing_list(t.h('sa'), t.at(11))));
SELECT t.equal('another''s account', t.file('sa', :'pb', 100), 'denied');
SELECT t.equal('nobody', t.file('none', :'pa', 100), 'denied');
-- somebody who guesses a reference learns nothing, and gets no match by sum
SELECT t.equal('bob guesses', t.file('sb', :'pb', 7700, 'REF-8'), 'filed');
SELECT t.equal('no match', (SELECT count(*) FROM pay.missing AS m
    WHERE m.login_id = :bob AND m.unmatched_id IS NOT NULL), 0::bigint);
SELECT t.equal('bob''s list', (SELECT string_agg(l.amount_minor || l.state,
    ' ') FROM auth.missing_list(t.h('sb'), t.at(11)) AS l), '7700open');

-- five a day
SELECT t.equal('so many', (SELECT string_agg(t.file('sa', :'pa', n), ' ')
    FROM generate_series(1, 5) AS n), 'filed filed filed filed many');
SELECT t.equal('the next day', t.file('sa', :'pa', 6, p_minutes => 1451),
    'filed');

-- a delegate needs the right to ask
INSERT INTO auth.login_account (login_id, account_id, role, state, scope,
    invited_by, created_at, ends_at)
VALUES (:bob, :a, 'delegate', 'active', '{see}', :ana, t.at(0), t.at(90000));
SELECT t.equal('who may only see', t.file('sb', :'pa', 50), 'denied');
UPDATE auth.login_account SET scope = '{see,request}'
    WHERE login_id = :bob AND account_id = :a;
SELECT t.equal('who may ask', t.file('sb', :'pa', 50), 'filed');
SELECT t.equal('its owner knows', (SELECT count(*) FROM auth.event
    WHERE login_id = :ana AND kind = 'delegate_request'), 1::bigint);

-- the answer
SELECT v.id AS review FROM ops.review AS v JOIN pay.missing AS m
    ON m.id = v.subject_id WHERE v.kind = 'missing_payment'
    AND m.amount_minor = 7700 AND m.login_id = :ana \gset
SELECT t.equal('decided', ops.review_decide(:review, 'refused', 'Eva',
    'not with us', t.at(20)), 'done');
SELECT t.equal('told', (SELECT string_agg(o.args->>'who', ' ')
    FROM notify.outbox AS o WHERE o.template = 'missing_refused'), (SELECT
    number || ': not with us' FROM auth.missing_list(t.h('sa'), t.at(21))
    WHERE amount_minor = 7700));
SELECT t.equal('seen in the list', (SELECT state || ' ' || note
    FROM auth.missing_list(t.h('sa'), t.at(21)) WHERE amount_minor = 7700),
    'refused not with us');
SELECT t.equal('once', ops.review_decide(:review, 'approved', 'Eva', NULL,
    t.at(22)), 'gone');
SELECT t.equal('asked again', t.file('sa', :'pa', 7700, 'ref-9', 2900),
    'filed');
SELECT v.id AS review FROM ops.review AS v JOIN pay.missing AS m
    ON m.id = v.subject_id WHERE v.state = 'open' AND m.amount_minor = 6 \gset
SELECT t.equal('found', ops.review_decide(:review, 'approved', 'Eva', NULL,
    t.at(3000)), 'done');
SELECT t.equal('the mail of it', (SELECT count(*) FROM notify.outbox
    WHERE template = 'missing_found'), 1::bigint);
