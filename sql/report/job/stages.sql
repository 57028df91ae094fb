-- One row per stage of a frame: its time in ms, by percentile. The first frame warms up and stands apart.
with stages as (
  select frame_index, unnest([
    {'place': 1, 'stage': 'decode', 'ms': cast(attrs ->> '$.decode_ms' as double)},
    {'place': 2, 'stage': 'preprocess', 'ms': preprocess_ms},
    {'place': 3, 'stage': 'inference', 'ms': inference_ms},
    {'place': 4, 'stage': 'postprocess', 'ms': postprocess_ms},
    {'place': 7, 'stage': 'whole run', 'ms': duration_ms}
  ], recursive := true)
  from plugin_runs
  where job_id = $1 and success
  union all
  select frame_index, unnest([
    {'place': 5, 'stage': 'draw', 'ms': render_time_ms},
    {'place': 6, 'stage': 'encode', 'ms': cast(attrs ->> '$.encode_ms' as double)}
  ], recursive := true)
  from overlay_frames
  where job_id = $1 and not coalesce(skipped, false) and not coalesce(throttled, false)
),
numbered as (
  select *, row_number() over (partition by stage order by frame_index) as nth from stages where ms is not null
)
select stage, count(*) as frames, max(ms) filter (nth = 1) as first_ms, median(ms) filter (nth > 1) as p50_ms,
  quantile_cont(ms, 0.9) filter (nth > 1) as p90_ms, quantile_cont(ms, 0.99) filter (nth > 1) as p99_ms,
  max(ms) filter (nth > 1) as max_ms
from numbered
group by place, stage
order by place
