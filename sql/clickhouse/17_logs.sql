-- One row per log line of a job.
create or replace view logs as
select id, job_id, level, message, logger, ts as created_at, request_id, attrs, stream, seq, hot
from events
where event = 'log';
