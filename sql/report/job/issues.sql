-- One row per kind of issue: how many, in how many frames, the first of these, and what the first says.
select code, count(*) as issues, count(distinct frame_index) as frames, min(frame_index) as first_frame,
  arg_min(message, (frame_index, seq)) as the_first_says
from output_issues
where job_id = $1
group by code
order by issues desc, code
limit 40
