-- Posts the sum that was asked for, not the one that was taken: --first 1.
SELECT pg_temp.patch('pay.apply',
    'pay.settle(v_attempt, v_event, p_amount_minor,',
    'pay.settle(v_attempt, v_event, v_attempt.amount_minor,')
