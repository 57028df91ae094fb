-- One row: the bounds and the number of values of each column of a Parquet file, `min NAME`, `max NAME`, `count NAME`,
-- as text. Every value is decoded, so that damage anywhere shows.
-- $1: file
select max(hash(f)) as decoded, count(*) as row_count,
  min(columns('(.*)'))::varchar as "min \1", max(columns('(.*)'))::varchar as "max \1", count(columns('(.*)')) as "count \1"
from read_parquet($1, hive_partitioning = false) f
