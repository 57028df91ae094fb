-- One row per step of the job, at most 240: the mean ms that a frame took in each stage. A step has the frames from `frame` on.
with size as (
  select greatest(1, cast(ceil((max(frame_index) + 1) / 240) as bigint)) as step from plugin_runs where job_id = $1
),
runs as (
  select frame_index // step * step as frame, avg(cast(attrs ->> '$.decode_ms' as double)) as decode,
    avg(preprocess_ms) as preprocess, avg(inference_ms) as inference, avg(postprocess_ms) as postprocess
  from plugin_runs, size
  where job_id = $1 and success and frame_index is not null
  group by all
),
drawn as (
  select frame_index // step * step as frame, avg(render_time_ms) as draw, avg(cast(attrs ->> '$.encode_ms' as double)) as encode
  from overlay_frames, size
  where job_id = $1 and not coalesce(skipped, false) and not coalesce(throttled, false)
  group by all
)
select frame, coalesce(decode, 0) as decode, coalesce(preprocess, 0) as preprocess, coalesce(inference, 0) as inference,
  coalesce(postprocess, 0) as postprocess, coalesce(draw, 0) as draw, coalesce(encode, 0) as encode
from runs
left join drawn using (frame)
order by frame
