-- One row per decision about the device: what was asked for, what ran, and why.
select device_requested as asked, device_used as used, provider, fallback, reason
from device_decisions
where job_id = $1
order by created_at, stream, seq
limit 20
