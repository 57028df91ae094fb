-- Why jobs did not run on the GPU
select job_id, device_requested, device_used, reason, attempts
from device_decisions
where fallback
order by created_at desc
