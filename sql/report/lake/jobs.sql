-- One row per job, the latest fifty. `duration_ms` is ms.
select job_id, plugin, device, status, created_at, duration_ms, error_message
from job_metrics
order by created_at desc, job_id
limit 50
