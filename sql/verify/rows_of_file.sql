-- One row: how many rows a Parquet file of the lake has, by its footer, and how many of another kind or day than it should.
-- $1: file, $2: kind and $3: day that the log says its rows are of; other engines leave these two columns out.
with rows_found as (
  select * from read_parquet($1, hive_partitioning = false)
  union all by name
  select null::varchar as event, null::date as "date" where false
)
select cast(count(*) as integer) as row_count,
  cast(count_if(f.event <> $2 or f."date" <> cast($3 as date)) as integer) as stray_count
from rows_found f
