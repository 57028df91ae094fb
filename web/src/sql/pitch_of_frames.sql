-- One row per frame from `$first` to `$last` in which a tool knew how the pitch lies.
select frame_index, homography, pitch_length_m, pitch_width_m
from pitch_frames
where job_id = $job and frame_index between $first and $last and accepted
