-- One row per plugin and status of jobs that ended here for the first time, with their durations and their wait; and one per job
-- that has not ended (`open`), or of which that may be thought (`ended`). Variable: metric_open (list: the jobs thought
-- open; null for any).
create or replace temp table metric_jobs as
with changes as (
  select job_id, plugin, status, duration_ms, ts, row(ts, stream, seq) as place, true as is_new from metric_rows('job.status')
  union all
  select job_id, plugin, status, duration_ms, ts, row(ts, stream, seq), false from metric_earlier()
  where job_id in (select job_id from metric_rows('job.status'))
),
placed as (
  select *, coalesce(status in ('done', 'error', 'cancelled'), false) as is_end from changes
)
select
  job_id,
  arg_max(plugin, place) as plugin,
  arg_max(status, place) as status,
  max(ts) as changed_at,
  bool_or(is_end) as has_ended,
  bool_or(is_end and not is_new) as had_ended,
  arg_min(status, place) filter (is_end) as end_status,
  min(ts) filter (is_end) as ended_at,
  micros(arg_min(duration_ms, place) filter (is_end)) as duration_us,
  epoch_us(min(ts) filter (status = 'running')) - epoch_us(min(ts) filter (status = 'queued')) as wait_us
from placed
group by job_id;

insert into metric_found
with ended as (
  select * from metric_jobs where has_ended and not had_ended
)
select 'siltstone_jobs_total', [end_status, plugin], count(*), null, null from ended group by end_status, plugin
union all
select 'siltstone_job_duration_seconds', [plugin], sum(duration_us), spread(duration_us, getvariable('metric_job_buckets')), null
from ended where duration_us is not null group by plugin
union all
select 'siltstone_job_stage_duration_seconds', ['queue'], sum(greatest(wait_us, 0)),
  spread(greatest(wait_us, 0), getvariable('metric_stage_buckets')), null
from ended where wait_us is not null having count(*) > 0
union all
select 'siltstone_job_last_success_timestamp_seconds', [plugin], epoch_us(max(ended_at)) / 1e6, null, epoch_us(max(ended_at))
from ended where end_status = 'done' group by plugin
union all
select 'open', [job_id, plugin, status], null, null, epoch_us(changed_at) from metric_jobs where not has_ended
union all
select 'ended', [job_id], null, null, null
from metric_jobs where has_ended and coalesce(list_contains(getvariable('metric_open'), job_id), true);
