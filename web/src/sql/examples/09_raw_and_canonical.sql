-- What normalisation changed
select job_id, frame_index, path, field, raw, canonical, why
from output_diffs
order by job_id, frame_index, path, field
