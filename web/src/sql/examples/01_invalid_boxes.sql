-- Boxes with invalid coordinates
select job_id, frame_index, plugin, label, problem, x1, y1, x2, y2, width, height
from invalid_boxes
order by job_id, frame_index
