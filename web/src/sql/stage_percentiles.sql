-- One row per stage of a job, ms.
with stages as (
  select 'run' as stage, 1 as place, duration_ms as ms from plugin_runs where job_id = $job
  union all
  select 'preprocess', 2, preprocess_ms from plugin_runs where job_id = $job
  union all
  select 'inference', 3, inference_ms from plugin_runs where job_id = $job
  union all
  select 'postprocess', 4, postprocess_ms from plugin_runs where job_id = $job
  union all
  select 'render, ' || surface, 5, render_time_ms from overlay_frames
  where job_id = $job and not coalesce(skipped, false) and not coalesce(throttled, false)
)
select stage, count(*) as frames, avg(ms) as mean, quantile_cont(ms, 0.5) as p50, quantile_cont(ms, 0.9) as p90,
  quantile_cont(ms, 0.99) as p99, max(ms) as longest
from stages
where ms is not null
group by stage, place
order by place, stage
