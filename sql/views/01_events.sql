-- One row per event, compacted or hot. `ts` is UTC; `seq` is the number of the line in its `stream`.
create or replace view events as
with lake as (
  select * from read_parquet(coalesce(getvariable('lake_all_files'), [getvariable('lake_seed')]),
    schema = getvariable('lake_schema'))
),
others as (
  select o.* replace (a.event as event, a."date" as "date")
  from read_parquet(coalesce(getvariable('lake_other_files'), [getvariable('lake_seed')]),
    schema = getvariable('lake_schema')) o
  join lake_adds a on a.file = o.filename
),
both_sides as (
  select *, false as hot from lake
  union all
  select *, false as hot from others
  union all
  select *, true as hot from hot_rows
)
select event_id(stream, seq) as id, * from both_sides;
