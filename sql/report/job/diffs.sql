-- One row per value that stands on one side only, in the frame with most issues: in the raw output, or in the detections.
with worst as (
  select frame_index from output_issues where job_id = $1 group by frame_index order by count(*) desc, frame_index limit 1
)
select frame_index, side, path, value
from output_diffs
where job_id = $1 and frame_index = (select frame_index from worst)
order by side desc, path
limit 40
