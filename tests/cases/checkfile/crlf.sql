--
-- id: ABC
--  more
--	
-- :
SELECT /*