-- After one question an attempt is not asked about again: --first 20.
SELECT pg_temp.patch('pay.next_ask', 'RETURN least(', 'RETURN nullif(0, 0)
    * interval ''1 second'' + least(')
