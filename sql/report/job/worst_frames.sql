-- One row per frame with issues, the worst twenty: how many, and of which kinds.
select frame_index, count(*) as issues, string_agg(distinct code, ', ' order by code) as kinds
from output_issues
where job_id = $1
group by frame_index
order by issues desc, frame_index
limit 20
