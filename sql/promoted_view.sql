-- {{grain}} Its own columns are promoted from `attrs` by siltstone.json.
create or replace view {{view}} as
with both_sides as (
  select job_id, seq, ts, request_id, attrs, stream{{held}}, false as hot
  from read_parquet(coalesce(
      nullif(list_concat(getvariable('lake_files')['{{kind}}'], getvariable('lake_files')['']), []::varchar[]),
      [getvariable('lake_seed')]), schema = map {
      'event': {name: 'event', type: 'VARCHAR', default_value: null},
      'event_kind': {name: 'event_kind', type: 'VARCHAR', default_value: null},
      'job_id': {name: 'job_id', type: 'VARCHAR', default_value: null},
      'seq': {name: 'seq', type: 'BIGINT', default_value: null},
      'ts': {name: 'ts', type: 'TIMESTAMPTZ', default_value: null},
      'request_id': {name: 'request_id', type: 'VARCHAR', default_value: null},
      'attrs': {name: 'attrs', type: 'JSON', default_value: null},
      'stream': {name: 'stream', type: 'VARCHAR', default_value: null}{{schema}}})
  -- A file of several kinds says the kind in its rows; one of this kind need not, once another engine rewrote it.
  where coalesce(event, event_kind, '{{kind}}') = '{{kind}}'
  union all
  select job_id, seq, ts, request_id, attrs, stream{{held_as_null}}, true as hot
  from hot_rows where event = '{{kind}}'
)
select event_id(stream, seq) as id, job_id,
{{fields}}  utc(ts) as created_at, request_id, attrs, stream, seq, hot
from both_sides;
