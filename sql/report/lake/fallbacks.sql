-- One row per reason of a fallback, the most frequent ten: how often.
select reason, count(*) as decisions, max(created_at) as last_at
from device_decisions
where fallback
group by reason
order by decisions desc, reason
limit 10
