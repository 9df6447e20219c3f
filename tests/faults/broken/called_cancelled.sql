-- A payment under way is shown as cancelled: --first 0.
SELECT pg_temp.patch('pay.shown',
    'WHEN ''pending'' THEN ''processing'' ELSE ''started''',
    'WHEN ''pending'' THEN ''processing'' ELSE ''cancelled''')
