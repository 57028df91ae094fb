-- One row per plugin run. `duration_ms` is ms; half a ms rounds away from zero.
create or replace view plugin_metrics as
with x -> accurateCastOrNull(trunc(x) + if(abs(x - trunc(x)) >= 0.5, sign(x), 0), 'Int32') as whole
select id, job_id, plugin, tool, whole(duration_ms) as duration_ms, success, created_at
from plugin_runs;
