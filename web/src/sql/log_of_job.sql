-- One row per log line of a job, in their order.
select created_at, level, logger, message
from logs
where job_id = $job
order by created_at, stream, seq
limit 10000
