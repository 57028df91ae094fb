-- The lake at its newest version: the newest checkpoint and the log entries after it, folded.
set variable siltstone_log = getvariable('siltstone_warehouse') || '/events/_delta_log';
set variable lake_seed = getvariable('siltstone_warehouse') || '/events/_siltstone/seed.parquet';
set variable lake_log_seed = getvariable('siltstone_warehouse') || '/events/_siltstone/seed.ndjson';
set variable lake_log_files = (
  select list(file order by file) from glob(getvariable('siltstone_log') || '/*.json')
  where regexp_matches(file, '/\d{20}\.json$')
);
set variable siltstone_checkpoint = (
  select max(file) from glob(getvariable('siltstone_log') || '/*.checkpoint.parquet')
  where regexp_matches(file, '/\d{20}\.checkpoint\.parquet$')
);
set variable siltstone_later_entries = list_filter(getvariable('lake_log_files'),
  lambda file: right(file, 25) > coalesce(right(getvariable('siltstone_checkpoint'), 39)[:20], ''));

-- One row per action of the log that still matters.
create or replace temp table siltstone_actions as
select coalesce(right(getvariable('siltstone_checkpoint'), 39)[:20], '') as version, "add", null::struct(path varchar) as remove, txn
from read_parquet(coalesce(getvariable('siltstone_checkpoint'), getvariable('lake_seed')), schema = map {
  'add': {name: 'add', type: 'struct(path varchar, partitionValues map(varchar, varchar), size bigint, '
    'modificationTime bigint, stats varchar, tags map(varchar, varchar))', default_value: null},
  'txn': {name: 'txn', type: 'struct(appId varchar, "version" bigint, lastUpdated bigint)', default_value: null}})
union all
select right(filename, 25)[:20] as version, "add", remove, txn
from read_json(
  case when len(getvariable('siltstone_later_entries')) > 0 then getvariable('siltstone_later_entries')
    else [getvariable('lake_log_seed')] end,
  format = 'newline_delimited', filename = true, columns = {
    "add": 'struct(path varchar, partitionValues map(varchar, varchar), size bigint, modificationTime bigint, stats varchar, '
      'tags map(varchar, varchar))',
    remove: 'struct(path varchar)', txn: 'struct(appId varchar, "version" bigint, lastUpdated bigint)'});

create or replace temp table lake_adds as
with latest as (
  select coalesce("add".path, remove.path) as path, arg_max("add", version) filter ("add" is not null) as "add",
    max(version) filter ("add" is not null) as added_in, max(version) filter (remove is not null) as removed_in
  from siltstone_actions
  where "add" is not null or remove is not null
  group by 1
)
select url_decode(path) as path,
  case when regexp_matches(url_decode(path), '^[/_.]|^[A-Za-z][A-Za-z0-9+.-]*:|(^|/)\.{0,2}(/|$)|[\x00\\]')
    then error('the log names ' || path || ', which is no file of the table')
    else getvariable('siltstone_warehouse') || '/events/' || url_decode(path) end as file,
  "add".partitionValues['event'] as event, cast("add".partitionValues['date'] as date) as "date", "add".size as bytes,
  cast("add".stats ->> '$.numRecords' as bigint) as row_count,
  make_timestamp("add".modificationTime * 1000) as added_at,
  string_split("add".tags['siltstone.whole'], ',') as promoted
from latest
where added_in > coalesce(removed_in, '');

create or replace temp table watermarks as
with marks as (
  select txn.appId as app_id, arg_max(txn.version, version) as mark, arg_max(txn.lastUpdated, version) as updated_ms
  from siltstone_actions
  where starts_with(txn.appId, 'siltstone')
  group by 1
)
select lines.app_id[11:] as stream, lines.mark as lines, coalesce(bytes.mark, 0) as bytes,
  make_timestamp(lines.updated_ms * 1000) as taken_at, coalesce(expired.mark, 0) as expired
from marks lines
left join marks bytes on bytes.app_id = 'siltstone-bytes:' || lines.app_id[11:]
left join marks expired on expired.app_id = 'siltstone-expired:' || lines.app_id[11:]
where starts_with(lines.app_id, 'siltstone:');

-- Whether a file of the lake is one of ours: base.sql says it once more, for readers that set these variables themselves.
create or replace macro is_own(path) as regexp_matches(path, '/part-[0-9a-f]{8}-[0-9a-f-]{27}\.parquet$');
set variable lake_all_files = (select list(file order by file) from lake_adds where is_own(path));
set variable lake_other_files = (select list(file order by file) from lake_adds where not is_own(path));
set variable lake_files = (
  select map_from_entries(list((event, files)))
  from (select coalesce(event, '') as event, list(file order by file) as files from lake_adds group by 1)
);
