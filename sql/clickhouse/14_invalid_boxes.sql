-- One row per detected box that cannot be one: a corner beyond its opposite, or outside the frame where its size is known.
create or replace view invalid_boxes as
with sizes as (
  select job_id, frame_index, max(width) as width, max(height) as height
  from events
  where event in ('overlay.frame', 'output.raw')
  group by job_id, frame_index
)
select d.*, s.width as width, s.height as height,
  if(d.x2 <= d.x1 or d.y2 <= d.y1, 'inverted_box', 'out_of_bounds') as problem
from detections d
left join sizes s on s.job_id = d.job_id and s.frame_index = d.frame_index
where d.x2 <= d.x1 or d.y2 <= d.y1 or d.x1 < 0 or d.y1 < 0 or d.x2 > s.width or d.y2 > s.height;
