-- One row per device asked for, device used and provider: how many decisions.
select device_requested as asked, device_used as used, provider, count(*) as decisions, count(*) filter (fallback) as fallbacks
from device_decisions
group by all
order by decisions desc, asked, used
limit 20
