-- {{grain}} Its own columns are promoted from `attrs` by siltstone.json.
create or replace view {{view}} as
with by_columns as (
  select event_id(stream, seq) as id, job_id, {{columns}}utc(ts) as created_at, request_id, attrs, stream, seq, false as hot
  from {{files_by_columns}} p
),
by_attrs as (
  select event_id(stream, seq) as id, job_id, {{values}}utc(ts) as created_at, request_id, attrs, stream, seq, false as hot
  from {{files_by_attrs}} p
  -- A file of several kinds says the kind in its rows; one of this kind need not, once another engine rewrote it.
  where coalesce(p.event, p.event_kind, '{{kind}}') = '{{kind}}'
),
not_compacted as (
  select event_id(stream, seq) as id, job_id, {{values}}utc(ts) as created_at, request_id, attrs, stream, seq, true as hot
  from {{hot_rows}} h where h.event = '{{kind}}'
)
from by_columns union all from by_attrs union all from not_compacted;
