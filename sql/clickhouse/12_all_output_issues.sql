-- One row per bad value of any reading, as all_detections has boxes: `counts` where it is one of the view output_issues.
create or replace view all_output_issues as
with last_readings as (
  select job_id, plugin, tool, max((assumeNotNull(generation), assumeNotNull(stream))) as reading,
    argMax(first_frame, (assumeNotNull(generation), assumeNotNull(stream))) as from_frame,
    argMax(last_frame, (assumeNotNull(generation), assumeNotNull(stream))) as to_frame
  from output_readings
  group by job_id, plugin, tool
)
select e.id as id, e.job_id as job_id, e.plugin as plugin, e.tool as tool, e.frame_index as frame_index, e.code as code, e.path
  as path, e.message as message, e.ts as created_at, e.request_id as request_id, e.attrs as attrs, e.stream as stream,
  e.seq as seq, e.hot as hot, ifNull(e.generation, 0) as generation,
  -- Where nothing was read again the join gives a reading of (0, '').
  cast(if(ifNull(e.generation, 0) > 0, (ifNull(e.generation, 0), assumeNotNull(e.stream)) = l.reading,
    l.reading.1 = 0 or e.frame_index < l.from_frame or e.frame_index > l.to_frame) as Nullable(Bool)) as counts
from events e
left join last_readings l on l.job_id = e.job_id and l.plugin = e.plugin and l.tool = e.tool
where e.event = 'output.issue';
