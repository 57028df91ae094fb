-- One row per plugin and status: how many jobs.
select plugin, status, cast(count(*) as integer) as count
from job_metrics
group by plugin, status
order by count desc, plugin, status
