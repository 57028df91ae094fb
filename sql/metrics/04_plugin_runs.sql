-- One row per plugin and tool: runs, their times, and the times of the stages of each run.
-- `postprocess` is told without what it holds of `normalise` and `track`, so that the stages add up.
insert into metric_found
with runs as materialized (
  select plugin, tool, success, frame_index, duration_ms, preprocess_ms, inference_ms, postprocess_ms,
    try(json_extract_string(attrs, ['$.decode_ms', '$.normalise_ms', '$.track_ms'])) as times
  from metric_rows('plugin.run')
),
timed as materialized (
  select plugin, tool, success, frame_index, micros(duration_ms) as duration_us, micros(preprocess_ms) as preprocess_us,
    micros(inference_ms) as inference_us, micros(try_cast(times[1] as double)) as decode_us,
    micros(try_cast(times[2] as double)) as normalise_us, micros(try_cast(times[3] as double)) as track_us,
    micros(postprocess_ms - coalesce(try_cast(times[2] as double), 0) - coalesce(try_cast(times[3] as double), 0)) as postprocess_us
  from runs
),
stages as (
  unpivot (select preprocess_us as preprocess, inference_us as inference, decode_us as decode, normalise_us as normalise,
    track_us as track, postprocess_us as postprocess from timed)
  on preprocess, inference, decode, normalise, track, postprocess into name stage value us
)
select 'siltstone_plugin_runs_total', [plugin, tool, case when success then 'ok' else 'error' end], count(*), null, null
from timed group by plugin, tool, success
union all
select 'siltstone_plugin_run_duration_seconds', [plugin, tool], sum(duration_us),
  spread(duration_us, getvariable('metric_inference_buckets')), null
from timed group by plugin, tool
union all
select 'siltstone_plugin_inference_duration_seconds', [plugin, tool], sum(inference_us),
  spread(inference_us, getvariable('metric_inference_buckets')), null
from timed where inference_us is not null group by plugin, tool
union all
select 'siltstone_plugin_frames_total', [plugin], count(*), null, null
from timed where frame_index is not null and success group by plugin
union all
select 'siltstone_job_stage_duration_seconds', [stage], sum(us), spread(us, getvariable('metric_stage_buckets')), null
from stages group by stage;
