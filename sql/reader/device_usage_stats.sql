-- One row per device asked for and device used: how many decisions.
select device_requested, device_used, cast(count(*) as integer) as count
from device_usage
group by device_requested, device_used
order by count desc, device_requested, device_used
