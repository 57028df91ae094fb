-- One row per choice of a device, with each attempt and the reason of a fallback.
create or replace view device_decisions as
select id, job_id, device_requested, device_used, fallback, provider, attempts, reason, ts as created_at, request_id, attrs,
  stream, seq, hot
from events
where event = 'device.usage';
