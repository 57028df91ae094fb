-- One row per error message of a job, the most frequent twenty: how often, and the last job that had it.
select error_message, count(*) as jobs, max(created_at) as last_at, arg_max(job_id, created_at) as last_job
from job_metrics
where status = 'error'
group by error_message
order by jobs desc, error_message
limit 20
