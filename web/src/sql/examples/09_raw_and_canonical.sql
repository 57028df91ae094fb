-- What normalisation changed
select job_id, frame_index, side, path, value
from output_diffs
order by job_id, frame_index, path
