-- The same form starts another payment: --first 0.
SELECT pg_temp.patch('pay.start', 'AND a.once_key = p_once_key',
    'AND a.once_key = p_once_key AND a.state = ''created''');
SELECT pg_temp.patch('pay.freeze', 'p_once_key, (SELECT',
    'p_once_key || convert_to(left(p_now::text, 0)
        || floor(random() * 1e9)::text, ''UTF8''), (SELECT')
