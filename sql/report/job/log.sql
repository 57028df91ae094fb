-- One row per warning or error in the job's log, the last twenty.
select created_at, level, logger, message
from logs
where job_id = $1 and level in ('warn', 'error', 'fatal')
order by created_at desc, seq desc
limit 20
