-- One row per bad value that an output held. `path` is where in the raw output. Where outputs were read again these are the issues
-- of the last reading that is finished, `generation` counts them; all_output_issues has the others.
create or replace view output_issues as
select id, job_id, plugin, tool, frame_index, code, path, message, created_at, request_id, attrs, stream, seq, hot, generation
from all_output_issues
where counts;
