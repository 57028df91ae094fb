-- One row per device asked for and taken, with the reason of its last fallback.
select device_requested, device_used, count(*) as jobs, any_value(provider) as provider,
  arg_max(reason, created_at) filter (fallback) as reason
from device_decisions
where created_at >= (now() at time zone 'UTC') - to_hours($hours::integer)
group by device_requested, device_used
order by jobs desc
