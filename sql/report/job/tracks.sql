-- One row per thirtieth of the longest track: how many tracks are so many frames long.
with lengths as (
  select frames as value from tracks where job_id = $1
),
size as (
  select greatest(ceil(max(value) / 30), 1) as width from lengths
)
select floor((value - 1) / width) * width as "from", (floor((value - 1) / width) + 1) * width as "to", count(*) as count
from lengths, size
group by all
order by "from"
