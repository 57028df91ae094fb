-- One row per device decision of a job.
select created_at, device_requested, device_used, provider, fallback, attempts, reason
from device_decisions
where job_id = $job
order by created_at
