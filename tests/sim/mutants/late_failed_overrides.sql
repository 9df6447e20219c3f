-- A failure that comes late undoes a capture.
INSERT INTO pay.edge (from_state, to_state) VALUES ('settled', 'closed');
SELECT sim.patch('pay.weigh', 't.rank > f.rank',
    't.rank > f.rank OR e.to_state = ''closed''');
