-- One row per bad value of any reading, as all_detections has boxes: `counts` where it is one of the view output_issues.
create or replace view all_output_issues as
select id, job_id, plugin, tool, frame_index, code, path, message, created_at, request_id, attrs, stream, seq, hot, generation,
  counts
from readings_of('output.issue');
