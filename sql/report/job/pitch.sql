-- One row per outcome of the search for the pitch: frames, and the median of the residual, m.
select if(accepted, 'known', coalesce(reason, 'not known')) as pitch, count(*) as frames, median(residual_m) as residual_m,
  median(inliers_count) as landmarks
from pitch_frames
where job_id = $1
group by all
order by frames desc, pitch
limit 20
