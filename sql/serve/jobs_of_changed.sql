-- One row per job of the table jobs_changed, the newest at most $1 of them, folded from its status changes and its choices of
-- a device. Times are texts, UTC; `duration_ms` is ms. `video` is the annotated video that it was to save.
with changes as (
  select *, row(created_at, stream, seq) as place
  from job_status_changes
  where job_id in (from jobs_changed)
),
jobs as (
  select
    job_id,
    arg_max(plugin, place) as plugin,
    arg_min(device, place) as device_asked,
    arg_max(device, place) filter (status <> 'queued') as device_told,
    arg_max(status, place) as status,
    arg_max(duration_ms, place) as duration_ms,
    min(created_at) as created_at,
    max(created_at) filter (status in ('done', 'error', 'cancelled')) as completed_at,
    arg_max(error_message, place) as error_message,
    arg_max(input, place) as input,
    arg_max(request_id, place) as request_id,
    arg_max(attrs ->> '$.tool', place) as tool,
    arg_max(attrs ->> '$.video', place) as video
  from changes
  group by job_id
),
devices as (
  select
    job_id,
    arg_max(device_requested, row(created_at, stream, seq)) as device_requested,
    arg_max(device_used, row(created_at, stream, seq)) as device_used,
    arg_max(fallback, row(created_at, stream, seq)) as fallback,
    arg_max(reason, row(created_at, stream, seq)) as reason
  from device_decisions
  where job_id in (from jobs_changed)
  group by job_id
)
select
  job_id,
  plugin,
  tool,
  coalesce(devices.device_requested, device_asked) as device_requested,
  coalesce(devices.device_used, device_told) as device,
  devices.fallback,
  case when devices.fallback or devices.device_used = 'none' then devices.reason end as fallback_reason,
  status,
  strftime(created_at, '%Y-%m-%dT%H:%M:%S.%gZ') as created_at,
  strftime(completed_at, '%Y-%m-%dT%H:%M:%S.%gZ') as completed_at,
  duration_ms,
  error_message,
  input,
  video,
  request_id
from jobs
left join devices using (job_id)
order by jobs.created_at desc, job_id desc
limit $1
