-- One row per job of the same plugin, this one and the nine before it: the median run in ms, boxes and issues a frame.
with this as (
  select plugin, created_at from job_metrics where job_id = $1
),
jobs as (
  select j.job_id, j.status, j.device, j.created_at
  from job_metrics j, this
  where j.plugin = this.plugin and j.created_at <= this.created_at
  order by j.created_at desc, j.job_id = $1 desc
  limit 10
),
runs as (
  select job_id, count(*) as frames, median(duration_ms) as p50_ms
  from plugin_runs
  where success and job_id in (select job_id from jobs)
  group by job_id
),
boxes as (
  select job_id, count(*) as boxes from detections where job_id in (select job_id from jobs) group by job_id
),
issues as (
  select job_id, count(*) as issues from output_issues where job_id in (select job_id from jobs) group by job_id
)
select j.job_id, j.created_at, j.status, j.device, coalesce(r.frames, 0) as frames, r.p50_ms,
  coalesce(b.boxes, 0) / r.frames as boxes_a_frame, coalesce(i.issues, 0) / r.frames as issues_a_frame
from jobs j
left join runs r using (job_id)
left join boxes b using (job_id)
left join issues i using (job_id)
order by j.created_at desc, j.job_id
