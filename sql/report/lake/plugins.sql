-- One row per plugin and tool, the busiest thirty: runs, those that failed, and the time of a run in ms.
select plugin, tool, count(*) as runs, count(*) filter (not success) as failed, count(distinct job_id) as jobs,
  median(duration_ms) filter (success) as p50_ms, quantile_cont(duration_ms, 0.95) filter (success) as p95_ms,
  quantile_cont(duration_ms, 0.99) filter (success) as p99_ms
from plugin_runs
group by plugin, tool
order by runs desc, plugin, tool
limit 30
