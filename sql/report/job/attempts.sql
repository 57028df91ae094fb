-- One row per provider that was tried, in this order.
with tries as (
  select unnest(cast(attempts as json[])) as attempt, generate_subscripts(cast(attempts as json[]), 1) as nth
  from device_decisions
  where job_id = $1
)
select attempt ->> '$.provider' as provider, (attempt ->> '$.ok') = 'true' as runs, attempt ->> '$.reason' as reason
from tries
order by nth
limit 20
