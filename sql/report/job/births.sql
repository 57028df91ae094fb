-- One row per step of the job, at most 240: tracks that begin and end in its frames. A step has the frames from `frame` on.
with size as (
  select greatest(1, cast(ceil((max(last_frame) + 1) / 240) as bigint)) as step, max(last_frame) as last from tracks where job_id = $1
),
ends as (
  -- A step in which none does either is one of zeros, and no gap.
  select unnest(range(0, last + 1, step)) as frame, 0 as begin, 0 as "end" from size where last is not null
  union all
  select first_frame // step * step as frame, 1 as begin, 0 as "end" from tracks, size where job_id = $1
  union all
  select last_frame // step * step as frame, 0 as begin, 1 as "end" from tracks, size where job_id = $1
)
select frame, sum(begin)::bigint as begins, sum("end")::bigint as ends
from ends
group by frame
order by frame
