-- What was taken is posted as if it were in the attempt's currency.
SELECT sim.patch('pay.apply', 'pay.settle(v_attempt, v_event, p_amount_minor,
                p_currency,', 'pay.settle(v_attempt, v_event, p_amount_minor,
                v_attempt.currency,');
