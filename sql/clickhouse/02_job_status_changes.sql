-- One row per change of a job's status. `duration_ms` is wall time, ms.
create or replace view job_status_changes as
select id, job_id, plugin, device, status, duration_ms, error_message, input, ts as created_at, request_id, attrs, stream,
  seq, hot
from events
where event = 'job.status';
