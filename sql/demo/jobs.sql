-- One row per job of the demo, in the order of $1, which has their ids with commas between. `duration_ms` is ms, `frames` those that
-- a plugin was done with.
with asked as (
  select unnest(string_split($1, ',')) as job_id, generate_subscripts(string_split($1, ','), 1) as place
),
runs as (
  select job_id, count(*) filter (success) as frames from plugin_runs group by job_id
)
select job_id, j.plugin, j.device, j.status, coalesce(r.frames, 0) as frames, j.duration_ms
from asked
join job_metrics j using (job_id)
left join runs r using (job_id)
order by place
