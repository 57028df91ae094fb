-- One row per box with invalid coordinates, the first twenty. px of the frame.
select frame_index, label, problem, x1, y1, x2, y2, width, height
from invalid_boxes
where job_id = $1
order by frame_index, stream, seq
limit 20
