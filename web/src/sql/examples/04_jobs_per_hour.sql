-- Jobs per hour
select date_trunc('hour', created_at) as hour,
  count(*) filter (status = 'done') as done,
  count(*) filter (status = 'error') as failed,
  count(*) filter (status = 'cancelled') as cancelled
from job_metrics
group by hour
order by hour
