-- 
SM
