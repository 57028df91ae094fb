-- One row per plugin and tool: the mean wall time of a run, ms.
select plugin, tool, avg(duration_ms) as avg_ms
from plugin_metrics
group by plugin, tool
order by avg_ms, plugin, tool
