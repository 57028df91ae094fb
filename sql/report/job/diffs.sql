-- One row per value that normalisation changed in the frame with most issues: what stood there, what became of it, and why.
with worst as (
  select frame_index from output_issues where job_id = $1 group by frame_index order by count(*) desc, frame_index limit 1
)
select frame_index, path, field, raw, canonical, why
from output_diffs
where job_id = $1 and frame_index = (select frame_index from worst)
order by path, field
limit 40
