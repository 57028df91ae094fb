-- One row per rendered frame. `render_time_ms` is ms; `dropped_frames` is 0 where absent; `fps` is frames per second.
create or replace view overlay_metrics as
with x -> accurateCastOrNull(trunc(x) + if(abs(x - trunc(x)) >= 0.5, sign(x), 0), 'Int32') as whole
select id, job_id, accurateCastOrNull(frame_index, 'Int32') as frame_index, whole(render_time_ms) as render_time_ms,
  coalesce(accurateCastOrNull(dropped_frames, 'Int32'), 0) as dropped_frames,
  if(isFinite(fps) and not isFinite(toFloat32(fps)), null, toFloat32(fps)) as fps, created_at
from overlay_frames
where not coalesce(skipped, false) and not coalesce(throttled, false);
