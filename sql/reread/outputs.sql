-- What is to be read again of the tool $3 of the plugin $2 in the job $1: the next $5 frames from $4 on. A row is a raw output; of a
-- frame of which none was kept it is a box or an issue that the job itself wrote.
with raw as (
  select frame_index, dialect, payload, width, height, attrs, stream, seq
  from outputs_raw
  where job_id = $1 and plugin = $2 and tool = $3
),
boxes as (
  select frame_index, label, score, track_id, x1, y1, x2, y2, "text", keypoints, stream, seq
  from all_detections
  where job_id = $1 and plugin = $2 and tool = $3 and generation = 0
),
issues as (
  select frame_index, code, path, message, stream, seq
  from all_output_issues
  where job_id = $1 and plugin = $2 and tool = $3 and generation = 0
),
next_frames as (
  select frame_index
  from (select frame_index from raw union select frame_index from boxes union select frame_index from issues)
  where frame_index >= $4
  order by frame_index
  limit $5
),
unkept as (
  select frame_index from next_frames anti join raw using (frame_index)
)
select 'raw' as kind, * from raw semi join next_frames using (frame_index)
union all by name
select 'box' as kind, * from boxes semi join unkept using (frame_index)
union all by name
select 'issue' as kind, * from issues semi join unkept using (frame_index)
order by frame_index, stream, seq;
