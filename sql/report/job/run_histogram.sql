-- One row per width of 1/40 of the 99th percentile: how many runs took so many ms. The last one has all that took longer.
with runs as (
  select duration_ms as value from plugin_runs where job_id = $1 and success
),
size as (
  select greatest(quantile_cont(value, 0.99), 0.001) / 40 as width from runs
)
select least(floor(value / width), 40) * width as "from", (least(floor(value / width), 40) + 1) * width as "to", count(*) as count
from runs, size
group by all
order by "from"
