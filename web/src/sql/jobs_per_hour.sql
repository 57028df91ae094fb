-- One row per hour of the last `$hours` in which jobs began.
select epoch(date_trunc('hour', created_at)) as hour,
  count(*) filter (status = 'done') as done,
  count(*) filter (status = 'error') as error,
  count(*) filter (status = 'cancelled') as cancelled,
  count(*) filter (status in ('queued', 'running')) as unfinished
from job_metrics
where created_at >= (now() at time zone 'UTC') - to_hours($hours::integer)
group by 1
order by 1
