-- One row per output as a plugin gave it. `width` and `height` are px of the frame.
create or replace view outputs_raw as
select id, job_id, plugin, tool, frame_index, dialect, payload, width, height, ts as created_at, request_id, attrs, stream,
  seq, hot
from events
where event = 'output.raw';
