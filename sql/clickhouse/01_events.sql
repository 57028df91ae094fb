-- One row per event that the lake holds. `ts` is UTC; `seq` is the number of the line in its `stream`. `hot` is always
-- false: what was not compacted yet is seen by siltstone's own reader only.
-- `id`: the same event always has the same one, a version 8 UUID (RFC 9562) from the MD5 of its stream and number.
create or replace view events as
with lower(hex(MD5(concat(stream, '#', toString(seq))))) as digest
select
  toUUID(concat(substring(digest, 1, 8), '-', substring(digest, 9, 4), '-8', substring(digest, 14, 3), '-8',
    substring(digest, 18, 3), '-', substring(digest, 21))) as id,
  *,
  false as hot
from lake;
