-- One row per tool of the job $1 that has raw outputs: how often it was read again until now, and in how many frames.
with raw as (
  select plugin, tool, count(*) as outputs, any_value(attrs ->> '$.labels_sha256') as labels_sha256
  from outputs_raw
  where job_id = $1
  group by plugin, tool
),
boxes as (
  select plugin, tool, count(*) filter (counts) as detections, max(generation) as generation
  from all_detections
  where job_id = $1
  group by plugin, tool
),
issues as (
  select plugin, tool, count(*) filter (counts) as issues, max(generation) as generation
  from all_output_issues
  where job_id = $1
  group by plugin, tool
),
readings as (
  select plugin, tool, max(generation) as generation from output_readings where job_id = $1 group by plugin, tool
)
select raw.plugin, raw.tool, raw.outputs, raw.labels_sha256, coalesce(boxes.detections, 0) as detections,
  coalesce(issues.issues, 0) as issues,
  greatest(coalesce(boxes.generation, 0), coalesce(issues.generation, 0), coalesce(readings.generation, 0)) as generation
from raw
left join boxes using (plugin, tool)
left join issues using (plugin, tool)
left join readings using (plugin, tool)
order by raw.plugin, raw.tool;
