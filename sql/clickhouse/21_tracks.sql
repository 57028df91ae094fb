-- One row per track of a job: a thing that a tool followed. `frames` is the length from the first frame to the last,
-- `frames_seen` in how many of them it has a box, `gaps` how often it was lost in between; `label` is the one it had most,
-- `label_flips` how often it changed; `mean_score` is 0 to 1, null where the model gives none.
create or replace view tracks as
with boxes as (
  select job_id, plugin, tool, track_id, frame_index, label as box_label, score,
    frame_index - lagInFrame(toNullable(frame_index)) over track as step,
    lagInFrame(toNullable(label)) over track as label_before,
    count(*) over (partition by job_id, plugin, tool, track_id, label) as label_count
  from detections
  where track_id is not null
  window track as (partition by job_id, plugin, tool, track_id order by frame_index, stream, seq
    rows between unbounded preceding and unbounded following)
)
select job_id, plugin, tool, track_id, argMax(box_label, (label_count, box_label)) as label, min(frame_index) as first_frame,
  max(frame_index) as last_frame, max(frame_index) - min(frame_index) + 1 as frames,
  toInt64(uniqExact(frame_index)) as frames_seen, toInt64(countIf(step > 1)) as gaps,
  toInt64(countIf(box_label <> label_before)) as label_flips, round(avg(score), 6) as mean_score
from boxes
group by job_id, plugin, tool, track_id;
