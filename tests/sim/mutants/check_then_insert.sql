-- The once-key is looked up and then inserted, with nothing in between that
-- would keep a twin from doing the same.
ALTER TABLE pay.attempt DROP CONSTRAINT attempt_handle_hash_once_key_key;
SELECT sim.patch('pay.start', 'PERFORM pg_advisory_xact_lock(hashtextextended(
        ''start '' || encode(p_browser_hash, ''hex''), 0));', '');
SELECT sim.patch('pay.start', ' FOR NO KEY UPDATE', '');
