-- One row per step of the job, at most 240: the mean residual of the homography, m, where the pitch is known.
with size as (
  select greatest(1, cast(ceil((max(frame_index) + 1) / 240) as bigint)) as step from pitch_frames where job_id = $1
)
select frame_index // step * step as frame, avg(residual_m) as residual
from pitch_frames, size
where job_id = $1 and accepted
group by all
order by frame
