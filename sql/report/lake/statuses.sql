-- One row per plugin and status, the most frequent fifty: how many jobs.
select plugin, status, count(*) as jobs
from job_metrics
group by plugin, status
order by jobs desc, plugin, status
limit 50
