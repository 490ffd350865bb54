-- 002: what is looked at and counted, not listed (roots of the distribution).
-- NULL in rows of a register that an older program wrote.
ALTER TABLE coverage ADD COLUMN counted bigint;
