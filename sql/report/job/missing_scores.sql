-- One row per box without a score, the first twenty. px of the frame.
select frame_index, label, x1, y1, x2, y2, track_id
from missing_scores
where job_id = $1
order by frame_index, stream, seq
limit 20
