-- One row per event, compacted or hot. `ts` is UTC; `seq` is the number of the line in its `stream`.
create or replace view events as
with lake as (
  select * from read_parquet(coalesce(getvariable('lake_all_files'), [getvariable('lake_seed')]),
    schema = getvariable('lake_schema'))
),
others as (
  -- Their partition columns are in the log alone, and are null there for a file of several kinds or days.
  select o.* exclude (event_kind)
    replace (coalesce(a.event, o.event_kind) as event, coalesce(a."date", cast(utc(o.ts) as date)) as "date")
  from read_parquet(coalesce(getvariable('lake_other_files'), [getvariable('lake_seed')]),
    schema = map_concat(getvariable('lake_schema'),
      map {'event_kind': {name: 'event_kind', type: 'VARCHAR', default_value: null::integer}})) o
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
