-- One row: events whose time is more than a day ahead of this machine's clock.
select count(*) as events, any_value(job_id) as job_id, max(ts)::varchar as latest
from events
where ts > now() + interval 1 day
