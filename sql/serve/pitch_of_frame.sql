-- One row where a tool looked for the pitch in frame $2 of the job $1: the last that did, one that knows it before others.
-- `pitch_length_m` and `pitch_width_m` are metres.
select accepted, reason, pitch_length_m, pitch_width_m, homography, inliers_count
from pitch_frames
where job_id = $1 and frame_index = $2
order by accepted desc, created_at desc, stream, seq desc
limit 1
