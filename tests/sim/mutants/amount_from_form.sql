-- What the form says is what is paid.
SELECT sim.patch('pay.start', 'v_open.sum_minor <> p_shown_minor', 'false');
SELECT sim.patch('pay.start', 'v_pick := v_open;',
    'v_pick := v_open; amount_minor := coalesce(p_shown_minor, amount_minor);');
SELECT sim.patch('pay.freeze', 'p_amount_minor - p_sum_minor',
    'greatest(0, p_amount_minor - p_sum_minor)');
