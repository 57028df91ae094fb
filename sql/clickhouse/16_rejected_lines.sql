-- One row per line that is no event, with the reason and the line itself.
create or replace view rejected_lines as
select id, job_id, stream, line, reason, raw, ts as created_at, hot
from events
where event = 'line.rejected';
