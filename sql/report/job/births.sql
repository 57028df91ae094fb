-- One row per step of the job, at most 240: tracks that begin and end in its frames. A step has the frames from `frame` on.
with size as (
  select greatest(1, cast(ceil((max(last_frame) + 1) / 240) as bigint)) as step from tracks where job_id = $1
),
ends as (
  select first_frame // step * step as frame, 1 as begin, 0 as "end" from tracks, size where job_id = $1
  union all
  select last_frame // step * step as frame, 0 as begin, 1 as "end" from tracks, size where job_id = $1
)
select frame, sum(begin)::bigint as begins, sum("end")::bigint as ends
from ends
group by frame
order by frame
