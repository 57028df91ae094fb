-- One row per run of a plugin's tool, usually a frame. All `_ms` are wall time, ms.
create or replace view plugin_runs as
select id, job_id, plugin, tool, duration_ms, success, frame_index, preprocess_ms, inference_ms, postprocess_ms, provider,
  error_message, ts as created_at, request_id, attrs, stream, seq, hot
from events
where event = 'plugin.run';
