-- One row per device asked for and used; the fallbacks by what sort of reason they have; and of each plugin the part of its model's
-- nodes that a provider ran, as its last job found it.
insert into metric_found
with decisions as materialized (
  select job_id, ts, stream, seq, fallback, reason, attrs,
    case when device_requested in ('cpu', 'gpu') then device_requested else 'other' end as requested,
    case when device_used in ('cpu', 'gpu', 'none') then device_used else 'other' end as used
  from metric_rows('device.usage')
),
shares as (
  select arg_max(plugin, ts) as plugin, job_id from (
    select job_id, plugin, ts from metric_rows('job.status')
    union all
    select job_id, plugin, ts from metric_earlier() where job_id in (select job_id from decisions)
  ) group by job_id
),
nodes as (
  select s.plugin, unnest(json_keys(d.nodes)) as provider, d.nodes, d.ts
  from (select job_id, ts, try(json_extract(attrs, '$.share_of_nodes')) as nodes from decisions) d
  join shares s using (job_id)
  where d.nodes is not null and json_type(d.nodes) = 'OBJECT'
)
select 'siltstone_device_requests_total', [requested, used], count(*), null, null from decisions group by requested, used
union all
select 'siltstone_device_fallbacks_total', [requested, used, kind], count(*), null, null
from (
  select requested, used, case
    when reason like 'the plugin does not run on%' then 'plugin_cannot'
    when reason like 'no GPU provider exists%' then 'no_provider'
    when reason is null or reason = '' then 'unknown'
    else 'provider_failed' end as kind
  from decisions where fallback
)
group by requested, used, kind
union all
select 'siltstone_device_node_ratio', [plugin, provider],
  arg_max(try_cast(json_extract_string(nodes, '$."' || provider || '"') as double), ts), null, epoch_us(max(ts))
from nodes group by plugin, provider;
