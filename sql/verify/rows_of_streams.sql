-- One row per stream in the lake: its rows, and how many different lines they are of.
select stream, count(*) as row_count, count(distinct seq) as line_count, max(seq) as line_max
from read_parquet(getvariable('verified_files'), schema = map {
  'stream': {name: 'stream', type: 'varchar', default_value: null},
  'seq': {name: 'seq', type: 'bigint', default_value: null}})
group by stream
