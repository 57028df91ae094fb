-- The boxes of $1 and $2 in the next $4 frames from $3 on that have any.
with next_frames as (
  select distinct frame_index from detections where job_id in ($1, $2) and frame_index >= $3 order by frame_index limit $4
)
select job_id = $1 as is_a, frame_index, label, score, x1, y1, x2, y2, "text"
from detections
semi join next_frames using (frame_index)
where job_id in ($1, $2)
order by frame_index, stream, seq;
