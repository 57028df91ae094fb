-- One row per rendered frame of a job, in order. `render_time_ms` is ms, `fps` frames per second.
select frame_index, render_time_ms, fps
from overlay_metrics
where job_id = $1
order by frame_index, created_at
