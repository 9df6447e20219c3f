-- Another amount pays the oldest due of the accounts, whatever was chosen.
SELECT sim.patch('pay.selection', 'p_amount_minor, NULL,
            p_documents)', 'p_amount_minor, NULL, NULL)');
