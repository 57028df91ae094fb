-- How long each tool takes
select plugin, tool,
  round(quantile_cont(duration_ms, 0.50), 2) as p50_ms,
  round(quantile_cont(duration_ms, 0.95), 2) as p95_ms,
  round(quantile_cont(duration_ms, 0.99), 2) as p99_ms,
  count(*) as runs
from plugin_runs
group by plugin, tool
order by p95_ms desc
