-- One row per detected box of any reading: generation 0 is what the job itself wrote, n what the n-th `siltstone normalise --again`
-- did. `counts`: whether it is one of the view detections; of readings that were not finished none does.
create or replace view all_detections as
with last_readings as (
  select job_id, plugin, tool, max((assumeNotNull(generation), assumeNotNull(stream))) as reading,
    argMax(first_frame, (assumeNotNull(generation), assumeNotNull(stream))) as from_frame,
    argMax(last_frame, (assumeNotNull(generation), assumeNotNull(stream))) as to_frame
  from output_readings
  group by job_id, plugin, tool
)
select e.id as id, e.job_id as job_id, e.plugin as plugin, e.tool as tool, e.frame_index as frame_index, e.label as label,
  e.score as score, e.track_id as track_id, e.x1 as x1, e.y1 as y1, e.x2 as x2, e.y2 as y2, e."text" as "text",
  e.keypoints as keypoints, e.ts as created_at, e.request_id as request_id, e.attrs as attrs, e.stream as stream, e.seq as
  seq, e.hot as hot, ifNull(e.generation, 0) as generation,
  -- Where nothing was read again the join gives a reading of (0, '').
  cast(if(ifNull(e.generation, 0) > 0, (ifNull(e.generation, 0), assumeNotNull(e.stream)) = l.reading,
    l.reading.1 = 0 or e.frame_index < l.from_frame or e.frame_index > l.to_frame) as Nullable(Bool)) as counts
from events e
left join last_readings l on l.job_id = e.job_id and l.plugin = e.plugin and l.tool = e.tool
where e.event = 'detection';
