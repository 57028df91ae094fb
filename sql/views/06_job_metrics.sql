-- One row per job, folded from its status changes: the first one's id and time, the latest values that are set.
-- `device` is what it ran on where that is known, else what was asked. `duration_ms` is ms; times are UTC.
create or replace view job_metrics as
with changes as (
  select *, row(created_at, stream, seq) as place from job_status_changes
),
jobs as (
  select
    arg_min(id, place) as id,
    job_id,
    arg_max(plugin, place) as plugin,
    arg_max(device, place) as device,
    arg_max(status, place) as status,
    whole(arg_max(duration_ms, place)) as duration_ms,
    min(created_at) as created_at,
    max(created_at) filter (status in ('done', 'error', 'cancelled')) as completed_at,
    arg_max(error_message, place) as error_message
  from changes
  group by job_id
),
devices as (
  select job_id, arg_max(device_used, row(created_at, stream, seq)) as device from device_decisions group by job_id
)
select jobs.id, jobs.job_id, jobs.plugin, coalesce(devices.device, jobs.device) as device, jobs.status, jobs.duration_ms,
  jobs.created_at, jobs.completed_at, jobs.error_message
from jobs
left join devices on devices.job_id = jobs.job_id;
