-- One row per process that wrote events of the job.
select process, host, pid, sdk, sdk_version, ts as opened_at
from events
where event = 'stream.opened' and job_id = $1
order by opened_at
limit 20
