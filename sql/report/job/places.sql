-- One row per cell of 64 × 36 of the frame: how many boxes stand there, by the middle of their lower side. Its size is px.
with sizes as (
  select max(width) as width, max(height) as height from overlay_frames where job_id = $1
)
select floor((x1 + x2) / 2 / width * 64) as x, floor(y2 / height * 36) as y, count(*) as count, width, height
from detections, sizes
where job_id = $1 and x1 + x2 between 0 and 2 * width - 1 and y2 between 0 and height - 1
group by all
order by x, y
