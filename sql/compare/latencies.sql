-- One row per stage: the median and the 95th percentile of its duration in $1 and in $2, ms, over the runs that succeeded.
with durations as (
  unpivot (
    select job_id, duration_ms as run, preprocess_ms as preprocess, inference_ms as inference, postprocess_ms as postprocess
    from plugin_runs
    where job_id in ($1, $2) and success
  )
  on run, preprocess, inference, postprocess into name stage value ms
)
select stage, round(quantile_cont(ms, 0.5) filter (job_id = $1), 6) as median_a,
  round(quantile_cont(ms, 0.5) filter (job_id = $2), 6) as median_b,
  round(quantile_cont(ms, 0.95) filter (job_id = $1), 6) as p95_a,
  round(quantile_cont(ms, 0.95) filter (job_id = $2), 6) as p95_b
from durations
group by stage
order by median_a desc nulls last, stage;
