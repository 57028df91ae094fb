-- One row per step of the job, at most 240: boxes a frame, mean and most. A step has the frames from `frame` on.
with size as (
  select greatest(1, cast(ceil((max(frame_index) + 1) / 240) as bigint)) as step from plugin_runs where job_id = $1
),
boxes as (
  select frame_index, count(*) as boxes from detections where job_id = $1 group by frame_index
),
frames as (
  select r.frame_index, coalesce(b.boxes, 0) as boxes
  from plugin_runs r
  left join boxes b on b.frame_index = r.frame_index
  where r.job_id = $1 and r.success and r.frame_index is not null
)
select frame_index // step * step as frame, avg(boxes) as mean, max(boxes) as most
from frames, size
group by all
order by frame
