-- Frames that were not drawn
select job_id, surface,
  count(*) as frames,
  count_if(skipped) as skipped,
  count_if(throttled) as throttled,
  sum(dropped_frames) as dropped
from overlay_frames
group by job_id, surface
order by count_if(skipped) + count_if(throttled) desc
