-- One row per commit that the log still holds. `bytes_added` counts Parquet bytes.
create or replace view lake_commits as
with actions as (
  select cast(regexp_extract(filename, '(\d{20})\.json$', 1) as bigint) as version, commitInfo, "add", remove
  from read_json(coalesce(getvariable('lake_log_files'), [getvariable('lake_log_seed')]), format = 'newline_delimited',
    hive_partitioning = false, filename = true, columns = {
      commitInfo: 'struct("timestamp" bigint, operation varchar, engineInfo varchar)',
      "add": 'struct(path varchar, size bigint, stats varchar)', remove: 'struct(path varchar)'})
  where filename <> getvariable('lake_log_seed')
)
select version, any_value(make_timestamp(commitInfo.timestamp * 1000)) as committed_at,
  any_value(commitInfo.operation) as operation, any_value(commitInfo.engineInfo) as engine,
  count("add") as files_added, count(remove) as files_removed,
  cast(coalesce(sum(cast(json("add".stats) ->> '$.numRecords' as bigint)), 0) as bigint) as rows_added,
  cast(coalesce(sum("add".size), 0) as bigint) as bytes_added
from actions
group by version
order by version;
