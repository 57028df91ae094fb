-- One row per detected box. Coordinates are px of the frame; `score` is 0 to 1, null where the model gives none. Where outputs were
-- read again these are the boxes of the last reading that is finished, `generation` counts them; all_detections has the others.
create or replace view detections as
select id, job_id, plugin, tool, frame_index, label, score, track_id, x1, y1, x2, y2, "text", keypoints, created_at,
  request_id, attrs, stream, seq, hot, generation
from all_detections
where counts;
