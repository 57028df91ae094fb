-- One row per kind of issue in the jobs of $1, their ids with commas between, in the order in which they came: how many, in which
-- frame the first is, and the beginning of what it says.
with firsts as (
  select code, count(*) as issues, min(frame_index) as first, arg_min(message, (frame_index, seq)) as message
  from output_issues
  where list_contains(string_split($1, ','), job_id)
  group by code
)
select code, issues, first, if(length(message) <= 44, message, left(message, 43) || '…') as the_first_says
from firsts
order by first, code
