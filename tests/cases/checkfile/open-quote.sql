-- param: a = 1 (x)
--     (
-- param: b = 2 ()
SELECT '