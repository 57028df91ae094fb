-- One row per device decision.
create or replace view device_usage as
select id, job_id, device_requested, device_used, fallback, created_at
from device_decisions;
