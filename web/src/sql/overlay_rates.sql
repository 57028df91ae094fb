-- One row per surface and `$step` frames: how fast it drew, frames per second, and how many frames it dropped.
select surface, min(frame_index) as frame, avg(fps) as fps, sum(dropped_frames) as dropped,
  count(*) filter (skipped) as skipped, count(*) filter (throttled) as throttled
from overlay_frames
where job_id = $job
group by surface, frame_index // $step::bigint
order by surface, frame
