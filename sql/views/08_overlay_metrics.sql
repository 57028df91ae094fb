-- One row per rendered frame. `render_time_ms` is ms; `dropped_frames` is 0 where absent; `fps` is frames per second.
create or replace view overlay_metrics as
select id, job_id, whole(frame_index) as frame_index, whole(render_time_ms) as render_time_ms,
  coalesce(whole(dropped_frames), 0) as dropped_frames, try_cast(fps as float) as fps, created_at
from overlay_frames
where not coalesce(skipped, false) and not coalesce(throttled, false);
