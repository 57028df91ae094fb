-- One row per job, folded from its status changes: the first one's id and time, the latest values that are set.
-- `device` is what it ran on where that is known, else what was asked. `duration_ms` is ms; times are UTC.
-- Both kinds in one pass, so that a cluster has nothing to join; `place` decides between events of one moment.
create or replace view job_metrics as
with
  x -> accurateCastOrNull(trunc(x) + if(abs(x - trunc(x)) >= 0.5, sign(x), 0), 'Int32') as whole,
  facts as (
    select *, (ts, stream, seq) as place, event = 'job.status' as is_change
    from events
    where event in ('job.status', 'device.usage')
  ),
  jobs as (
    select
      f.job_id as job,
      argMinIf(f.id, place, is_change) as first_id,
      argMaxIf(f.plugin, place, is_change) as last_plugin,
      coalesce(argMaxIf(f.device_used, place, not is_change), argMaxIf(f.device, place, is_change)) as last_device,
      argMaxIf(f.status, place, is_change) as last_status,
      argMaxIf(f.duration_ms, place, is_change) as last_duration_ms,
      minIf(f.ts, is_change) as first_at,
      maxIf(f.ts, is_change and f.status in ('done', 'error', 'cancelled')) as ended_at,
      argMaxIf(f.error_message, place, is_change) as last_error_message
    from facts f
    group by job
    having countIf(is_change) > 0
  )
select first_id as id, job as job_id, last_plugin as plugin, last_device as device, last_status as status,
  whole(last_duration_ms) as duration_ms, first_at as created_at, ended_at as completed_at,
  last_error_message as error_message
from jobs;
