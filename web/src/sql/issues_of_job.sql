-- One row per bad value that an output of a job held.
select frame_index, code, path, message, tool
from output_issues
where job_id = $job
order by frame_index, path
limit 10000
