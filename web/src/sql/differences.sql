-- One row per side and value of a frame that normalisation changed: in the raw output by the place of its box.
with changed as (
  select path, field, raw, canonical from output_diffs where job_id = $job and frame_index = $frame::bigint
)
select 'raw' as side, path, raw as value from changed where raw is not null
union all
select 'canonical' as side, field as path, canonical as value from changed where canonical is not null
