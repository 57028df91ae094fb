-- How many frames $1 and $2 have, and how many of them in common: frames that ran, or that have a detection.
with frames as (
  select job_id, frame_index from plugin_runs where job_id in ($1, $2) and frame_index is not null
  union
  select job_id, frame_index from detections where job_id in ($1, $2)
),
sides as (
  select frame_index, bool_or(job_id = $1) as in_a, bool_or(job_id = $2) as in_b from frames group by frame_index
)
select count(*) filter (in_a and in_b) as both, count(*) filter (in_a and not in_b) as only_a,
  count(*) filter (in_b and not in_a) as only_b
from sides;
