-- One row per step of time, at most 60 from the first job to the last: jobs that began in it, by how they ended. `at` is a time, UTC.
with span as (
  select min(created_at) as first_at, greatest(epoch_ms(max(created_at)) - epoch_ms(min(created_at)), 60) / 59 as step_ms
  from job_metrics
),
steps as (
  select floor((epoch_ms(created_at) - epoch_ms(first_at)) / step_ms) as nth, status from job_metrics, span
)
select first_at + to_milliseconds(cast(nth * step_ms as bigint)) as "at", count(*) filter (status = 'done') as done,
  count(*) filter (status = 'error') as error, count(*) filter (status = 'cancelled') as cancelled,
  count(*) filter (status in ('queued', 'running')) as open
from steps, span
group by nth, first_at, step_ms
order by nth
