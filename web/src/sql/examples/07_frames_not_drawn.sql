-- Frames that were not drawn
select job_id, surface,
  count(*) as frames,
  count(*) filter (skipped) as skipped,
  count(*) filter (throttled) as throttled,
  sum(dropped_frames) as dropped
from overlay_frames
group by job_id, surface
order by count(*) filter (skipped) + count(*) filter (throttled) desc
