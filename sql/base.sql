-- What the views stand on. Variables: lake_files (map: kind -> its live files; '' -> those of several kinds), lake_all_files and
-- lake_other_files (lists: ours, and those that another engine wrote, which may lack the partition columns), lake_schema (map:
-- column -> name, type, default), lake_seed (a Parquet file without rows: a scan needs one). Table or view: hot_rows, the
-- events that the lake does not hold yet, in the lake's columns.

-- The same event always has the same id: a version 8 UUID (RFC 9562) from the MD5 of its stream and number.
create or replace macro event_id(stream, seq) as
  cast(md5(stream || '#' || seq)[1:12] || '8' || md5(stream || '#' || seq)[14:16]
    || '8' || md5(stream || '#' || seq)[18:32] as uuid);

-- UTC as a plain TIMESTAMP, whatever time zone the session has.
create or replace macro utc(ts) as make_timestamp(epoch_us(ts));

-- A number of ms as the INTEGER of the contract's tables; null where it does not fit.
create or replace macro whole(x) as try_cast(round(x) as integer);

-- Whether a file of the lake is one of ours, by its name: ours hold their partition columns.
create or replace macro is_own(path) as regexp_matches(path, '/part-[0-9a-f]{8}-[0-9a-f-]{27}\.parquet$');

create or replace macro lake_rows(kind) as table
  select * from read_parquet(coalesce(getvariable('lake_files')[kind], [getvariable('lake_seed')]),
    schema = getvariable('lake_schema'));

-- Every event of one kind, compacted or hot.
create or replace macro events_of(kind) as table
  select event_id(stream, seq) as id, utc(ts) as created_at, *, false as hot from lake_rows(kind)
  union all
  select event_id(stream, seq) as id, utc(ts) as created_at, *, true as hot from hot_rows where event = kind;

-- Every event of one kind that a tool's outputs were read into, and whether it counts. Outputs may be read again: then the last
-- reading that is finished, as its `output.normalised` at the end of its stream says, stands for the frames that it covers; one
-- that is not finished counts for none.
create or replace macro readings_of(kind) as table
  with last_readings as (
    select job_id, plugin, tool, max(row(generation, stream)) as reading,
      arg_max(first_frame, row(generation, stream)) as from_frame, arg_max(last_frame, row(generation, stream)) as to_frame
    from events_of('output.normalised')
    group by job_id, plugin, tool
  )
  select e.* replace (coalesce(e.generation, 0) as generation),
    case when coalesce(e.generation, 0) > 0 then coalesce(row(e.generation, e.stream) = l.reading, false)
      else l.reading is null or e.frame_index not between l.from_frame and l.to_frame end as counts
  from events_of(kind) e
  left join last_readings l on l.job_id = e.job_id and l.plugin = e.plugin and l.tool = e.tool;
