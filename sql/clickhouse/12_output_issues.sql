-- One row per bad value that an output held. `path` is where in the raw output.
create or replace view output_issues as
select id, job_id, plugin, tool, frame_index, code, path, message, ts as created_at, request_id, attrs, stream, seq, hot
from events
where event = 'output.issue';
