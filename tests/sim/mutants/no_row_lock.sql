-- The attempt of a message is read without being locked.
SELECT sim.patch('pay.find_attempt', 'FOR UPDATE', '');
