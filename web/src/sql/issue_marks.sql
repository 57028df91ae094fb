-- One row per frame with issues.
select frame_index, count(*) as issues, min(code) as code
from output_issues
where job_id = $job
group by frame_index
order by frame_index
