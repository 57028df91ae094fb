-- One row per surface and result of a frame; the frames that were dropped between drawn ones; and how long drawing took.
insert into metric_found
with frames as materialized (
  select case when surface in ('server', 'browser') then surface else 'other' end as surface,
    case when skipped then 'skipped' when throttled then 'throttled' else 'drawn' end as result,
    micros(render_time_ms) as render_us, greatest(coalesce(dropped_frames, 0), 0) as dropped
  from metric_rows('overlay.frame')
)
select 'siltstone_overlay_frames_total', [surface, result], count(*), null, null from frames group by surface, result
union all
select 'siltstone_overlay_dropped_frames_total', [surface], sum(dropped), null, null from frames group by surface
union all
select 'siltstone_overlay_render_duration_seconds', [surface], sum(render_us),
  spread(render_us, getvariable('metric_render_buckets')), null
from frames where result = 'drawn' and render_us is not null group by surface
union all
select 'siltstone_job_stage_duration_seconds', ['render'], sum(render_us),
  spread(render_us, getvariable('metric_stage_buckets')), null
from frames where result = 'drawn' and surface = 'server' and render_us is not null having count(*) > 0;
