-- Activation letters: a code that is posted to whom a contract belongs, which
-- proves it as the number of a bill does.
SET ROLE smetka_identity;

CREATE OR REPLACE FUNCTION auth.letter_hash(p_code text) RETURNS bytea
LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(convert_to(upper(replace(replace(p_code, ' ', ''), '-',
        '')), 'UTF8'))
$$;
COMMENT ON FUNCTION auth.letter_hash IS
    'What is kept of a code, however it is typed.  It has no key: there are '
    'more codes than can be tried.';

CREATE OR REPLACE FUNCTION auth.letters_due(p_client_code text,
    p_after bigint, p_limit integer, p_now timestamptz)
RETURNS TABLE (account bigint, client_code text, name text, address text,
    language text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT a.id, a.client_code, p.name, coalesce(p.address, s.address, ''),
        p.language
    FROM customer.account AS a
    JOIN customer.party AS p ON p.id = a.party_id
    LEFT JOIN LATERAL (SELECT min(o.address) AS address
        FROM customer.contract AS c
        JOIN customer.supply_point AS o ON o.contract_id = c.id
        WHERE c.account_id = a.id) AS s ON true
    WHERE a.active AND a.client_code IS NOT NULL AND a.id > p_after
        AND CASE WHEN p_client_code IS NOT NULL
            THEN a.client_code = p_client_code
            ELSE NOT EXISTS (SELECT FROM auth.login_account AS r
                    WHERE r.account_id = a.id AND r.state = 'active'
                        AND r.role <> 'delegate')
                AND NOT EXISTS (SELECT FROM auth.letter AS e
                    WHERE e.account_id = a.id AND e.ends_at > p_now) END
    ORDER BY a.id LIMIT p_limit;
END $$;
COMMENT ON FUNCTION auth.letters_due IS
    'To whom letters go: the account of one client code, or those without a '
    'log-in and without a letter on its way, by key after p_after.';

CREATE OR REPLACE FUNCTION auth.letters_put(p_accounts jsonb,
    p_days integer, p_now timestamptz) RETURNS date
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_until date := ops.day(p_now) + p_days;
BEGIN
    INSERT INTO auth.letter AS e (account_id, code_hash, created_at, ends_at)
    SELECT (j->>0)::bigint, auth.letter_hash(j->>1), p_now,
        auth.end_of(v_until)
    FROM jsonb_array_elements(p_accounts) AS j
    ON CONFLICT (account_id) DO UPDATE SET code_hash = EXCLUDED.code_hash,
        created_at = EXCLUDED.created_at, ends_at = EXCLUDED.ends_at;
    RETURN v_until;
END $$;
COMMENT ON FUNCTION auth.letters_put IS
    'Keeps codes, [[account, code], ...], in the place of older ones; they '
    'are good until the end of the day that it returns.';

SET ROLE smetka_owner;
