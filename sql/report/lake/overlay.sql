-- One row per surface: what became of the frames, and the time to draw one, ms.
with frames as (
  select *, not coalesce(skipped, false) and not coalesce(throttled, false) as drawn from overlay_frames
)
select surface, count(*) filter (drawn) as drawn, count(*) filter (skipped) as skipped, count(*) filter (throttled) as throttled,
  sum(dropped_frames)::bigint as dropped, median(render_time_ms) filter (drawn) as p50_ms,
  quantile_cont(render_time_ms, 0.99) filter (drawn) as p99_ms, median(fps) filter (drawn) as fps
from frames
group by surface
order by surface
