-- Readings of many meters in one file.
SET ROLE smetka_money;

CREATE OR REPLACE FUNCTION meter.file_list(p_accounts bigint[])
RETURNS TABLE (serial text, register integer, address text,
    last_milli bigint, last_on date, decimals integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT m.serial, r.no::integer, p.address, b.last_milli, b.last_on,
        r.decimals::integer
    FROM customer.contract AS c
    JOIN customer.supply_point AS p ON p.contract_id = c.id
    JOIN meter.meter AS m ON m.supply_point_id = p.id
        AND m.removed_on IS NULL
    JOIN meter.register AS r ON r.meter_id = m.id
    CROSS JOIN LATERAL meter.before(r.id, NULL) AS b
    WHERE c.account_id = ANY (p_accounts)
    ORDER BY p.address, m.serial, m.id, r.no LIMIT 20000;
END $$;
COMMENT ON FUNCTION meter.file_list IS
    'The meters of the accounts that are there, a row a register, with the '
    'last accepted index.';

CREATE OR REPLACE FUNCTION meter.file_items(p_accounts bigint[],
    p_items jsonb)
RETURNS TABLE (item integer, meters uuid[], kept jsonb, read_on date)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT (i.no - 1)::integer, f.meters, i.said->'v',
        (i.said->>'d')::date
    FROM jsonb_array_elements(p_items) WITH ORDINALITY AS i (said, no)
    LEFT JOIN LATERAL (
        -- one that was taken down only where none is there now
        SELECT coalesce(
            array_agg(m.public_id) FILTER (WHERE m.removed_on IS NULL),
            (array_agg(m.public_id ORDER BY m.removed_on DESC))[1:1])
            AS meters
        FROM meter.meter AS m
        JOIN customer.supply_point AS p ON p.id = m.supply_point_id
        JOIN customer.contract AS c ON c.id = p.contract_id
        WHERE m.serial_key = i.said->>'k' AND c.account_id = ANY (p_accounts)
        ) AS f ON true
    ORDER BY 1;
END $$;
COMMENT ON FUNCTION meter.file_items IS
    'Part of meter.file_submit: the meters of the accounts that an item''s '
    'serial number may mean.';

CREATE OR REPLACE FUNCTION meter.file_submit(p_accounts bigint[],
    p_items jsonb, p_confirm integer, p_file bytea, p_now timestamptz)
RETURNS TABLE (item integer, outcome text, register integer,
    day_micro bigint, usual_micro bigint, unit text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_item record;
    v_nos integer[];
    v_said record;
BEGIN
    FOR v_item IN SELECT * FROM meter.file_items(p_accounts, p_items) LOOP
        item := v_item.item;
        register := NULL;
        v_nos := ARRAY(SELECT r.no::integer FROM meter.register AS r
            JOIN meter.meter AS m ON m.id = r.meter_id
            WHERE m.public_id = v_item.meters[1] ORDER BY r.no);
        outcome := CASE WHEN v_item.meters IS NULL THEN 'unknown'
            WHEN cardinality(v_item.meters) > 1 THEN 'several'
            WHEN EXISTS (SELECT FROM jsonb_object_keys(v_item.kept) AS k (no)
                WHERE k.no::integer <> ALL (v_nos)) THEN 'registers' END;
        IF outcome IS NULL THEN
            SELECT * INTO v_said FROM meter.submit(p_accounts,
                v_item.meters[1],
                ARRAY(SELECT (v_item.kept->>n.no::text)::bigint
                    FROM unnest(v_nos) WITH ORDINALITY AS n (no, place)
                    ORDER BY n.place),
                coalesce(v_item.read_on, ops.day(p_now)), 'csv', p_confirm,
                p_file, NULL, NULL, p_now);
            outcome := v_said.outcome;
            register := v_said.register;
        END IF;
        IF outcome <> 'confirm' THEN
            RETURN NEXT;
            CONTINUE;
        END IF;
        RETURN QUERY
        SELECT v_item.item, d.said->>'word', r.no::integer,
            (d.said->>'day_micro')::bigint, (d.said->>'usual_micro')::bigint,
            r.unit
        FROM jsonb_array_elements(v_said.doubts) AS d (said)
        JOIN meter.meter AS m ON m.public_id = v_item.meters[1]
        JOIN meter.register AS r ON r.meter_id = m.id
            AND r.no = (d.said->>'register')::integer
        WHERE p_confirm = 0 OR d.said->>'word' = 'very_high';
    END LOOP;
END $$;
COMMENT ON FUNCTION meter.file_submit IS
    'Sends items [{"k": serial number as it is looked up, "d": day or null, '
    '"v": {"1": thousandths, ...by register}}, ...] as meter.submit() does, '
    'p_file being the key of each.  A row an item, in their order: outcome '
    'as there, or several (meters of that number); where something is to be '
    'confirmed, a row a doubt instead, the outcome being its word.';

CREATE OR REPLACE FUNCTION meter.file_sent(p_accounts bigint[],
    p_file bytea)
RETURNS TABLE (account_id bigint, serial text, address text,
    reference text, read_on date, register_kind text, unit text,
    decimals integer, value_milli bigint, state text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT c.account_id, m.serial, p.address, s.reference, s.read_on, r.kind,
        r.unit, r.decimals::integer, g.value_milli, g.state::text
    FROM customer.contract AS c
    JOIN customer.supply_point AS p ON p.contract_id = c.id
    JOIN meter.meter AS m ON m.supply_point_id = p.id
    JOIN meter.submission AS s ON s.meter_id = m.id AND s.once_key = p_file
    JOIN meter.reading AS g ON g.submission_id = s.id
    JOIN meter.register AS r ON r.id = g.register_id
    WHERE c.account_id = ANY (p_accounts) AND s.source = 'csv'
    ORDER BY p.address, m.serial, m.id, r.no;
END $$;
COMMENT ON FUNCTION meter.file_sent IS
    'What came with a file, a row a register, and what became of it.';

SET ROLE smetka_owner;
