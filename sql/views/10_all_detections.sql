-- One row per detected box of any reading: generation 0 is what the job itself wrote, n what the n-th `siltstone normalise --again`
-- did. `counts`: whether it is one of the view detections; of readings that were not finished none does.
create or replace view all_detections as
select id, job_id, plugin, tool, frame_index, label, score, track_id, x1, y1, x2, y2, "text", keypoints, created_at,
  request_id, attrs, stream, seq, hot, generation, counts
from readings_of('detection');
