-- One row per frame in which a tool looked for the pitch. `homography` holds nine numbers, row by row: metres of the pitch to px
-- of the frame; it is null, and `reason` says why, where the pitch is not known. `pitch_length_m`, `pitch_width_m` and
-- `residual_m` are metres, `residual_px` is px of the frame.
create or replace view pitch_frames as
select id, job_id, plugin, tool, frame_index, accepted, reason, pitch_length_m, pitch_width_m, homography, keypoints_count,
  inliers_count, residual_m, residual_px, created_at, request_id, attrs, stream, seq, hot
from events_of('frame.pitch');
