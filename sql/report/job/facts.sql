-- One row: the job, what it read and ran on, and how much came out of it. `duration_ms` is ms.
with runs as (
  select count(*) filter (success) as frames, count(*) filter (not success) as failed, any_value(tool) as tool,
    any_value(provider) as provider
  from plugin_runs
  where job_id = $1
)
select j.job_id, j.plugin, r.tool, j.status, j.device, r.provider, j.duration_ms, j.created_at, j.completed_at, j.error_message,
  r.frames, r.failed,
  (select max(input) from job_status_changes where job_id = $1) as input,
  (select count(*) from detections where job_id = $1) as boxes,
  (select count(*) from output_issues where job_id = $1) as issues
from job_metrics j, runs r
where j.job_id = $1
