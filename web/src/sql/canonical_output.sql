-- One row per box of a frame, in the canonical form.
select label, score, track_id, x1, y1, x2, y2, "text"
from detections
where job_id = $job and frame_index = $frame::bigint
order by seq
