-- One row per `$step` frames of a job: how long each stage took on average, ms.
with runs as (
  select frame_index // $step::bigint as bin, frame_index, duration_ms, preprocess_ms, inference_ms, postprocess_ms
  from plugin_runs
  where job_id = $job and frame_index is not null
),
drawn as (
  select frame_index // $step::bigint as bin, avg(render_time_ms) as render
  from overlay_frames
  where job_id = $job and surface = 'server' and not coalesce(skipped, false) and not coalesce(throttled, false)
  group by bin
),
binned as (
  select bin, min(frame_index) as frame, avg(preprocess_ms) as preprocess, avg(inference_ms) as inference,
    avg(postprocess_ms) as postprocess,
    avg(greatest(0, duration_ms - coalesce(preprocess_ms, 0) - coalesce(inference_ms, 0) - coalesce(postprocess_ms, 0))) as rest
  from runs
  group by bin
)
select frame, preprocess, inference, postprocess, rest, render
from binned
left join drawn on drawn.bin = binned.bin
order by frame
