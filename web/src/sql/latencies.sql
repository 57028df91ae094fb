-- One row per plugin and tool: how long its runs of the last `$hours` took, ms.
select plugin, tool, count(*) as runs,
  quantile_cont(duration_ms, 0.5) as p50, quantile_cont(duration_ms, 0.95) as p95, quantile_cont(duration_ms, 0.99) as p99,
  count(*) filter (not success) / count(*) as error_ratio
from plugin_runs
where created_at >= (now() at time zone 'UTC') - to_hours($hours::integer)
group by plugin, tool
order by plugin, tool
