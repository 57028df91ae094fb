-- One row per width of 1/40 of the 99th percentile, or of 40 ms where that is less: how many frames took so many ms to draw.
with frames as (
  select render_time_ms as value
  from overlay_frames
  where job_id = $1 and not coalesce(skipped, false) and not coalesce(throttled, false)
),
size as (
  select greatest(quantile_cont(value, 0.99), 40) / 40 as width from frames
)
select least(floor(value / width), 40) * width as "from", (least(floor(value / width), 40) + 1) * width as "to", count(*) as count
from frames, size
group by all
order by "from"
