-- One row per plugin run. `duration_ms` is ms.
create or replace view plugin_metrics as
select id, job_id, plugin, tool, whole(duration_ms) as duration_ms, success, created_at
from plugin_runs;
