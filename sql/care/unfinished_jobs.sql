-- One row per job of $1, a list of ids as JSON, that has begun and not ended: its plugin and device.
select job_id, plugin, device
from job_metrics
where status in ('queued', 'running') and job_id in (select unnest(from_json($1, '["varchar"]')))
order by job_id
