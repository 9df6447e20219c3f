-- Settled without a receipt by mail: --first 0.
SELECT pg_temp.patch('pay.settle', 'p_attempt.id, p_attempt.email,
        ''receipt''', 'p_attempt.id, NULL,
        ''receipt''')
