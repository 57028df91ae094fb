-- One row per frame an overlay dealt with. `render_time_ms` is ms; `width` and `height` are px.
create or replace view overlay_frames as
select id, job_id, frame_index, render_time_ms, dropped_frames, fps, surface, skipped, throttled, width, height,
  ts as created_at, request_id, attrs, stream, seq, hot
from events
where event = 'overlay.frame';
