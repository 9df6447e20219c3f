-- The same money of an unknown order may be put aside any number of times.
ALTER TABLE pay.unmatched
    DROP CONSTRAINT unmatched_processor_processor_ref_key;
