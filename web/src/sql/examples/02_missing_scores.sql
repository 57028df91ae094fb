-- Outputs without a score
select job_id, frame_index, plugin, tool, label, x1, y1, x2, y2
from missing_scores
order by job_id, frame_index
