-- One row: the jobs of the last `$hours`, and how many failed or fell back to another device.
with jobs as (
  select count(*) as jobs, count(*) filter (status = 'error') as errors, count(*) filter (status = 'done') as done
  from job_metrics
  where created_at >= (now() at time zone 'UTC') - to_hours($hours::integer)
),
decisions as (
  select count(*) as decisions, count(*) filter (fallback) as fallbacks
  from device_usage
  where created_at >= (now() at time zone 'UTC') - to_hours($hours::integer)
)
select jobs, done, errors, decisions, fallbacks from jobs, decisions
