-- One row per time that a tool's outputs were read again to the end, from `first_frame` to `last_frame`.
create or replace view output_readings as
select id, job_id, plugin, tool, generation, first_frame, last_frame, created_at, request_id, attrs, stream, seq, hot
from events_of('output.normalised');
