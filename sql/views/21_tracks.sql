-- One row per track of a job: a thing that a tool followed. `frames` is the length from the first frame to the last,
-- `frames_seen` in how many of them it has a box, `gaps` how often it was lost in between; `label` is the one it had most,
-- `label_flips` how often it changed; `mean_score` is 0 to 1, null where the model gives none.
create or replace view tracks as
with boxes as (
  select job_id, plugin, tool, track_id, frame_index, label, score,
    frame_index - lag(frame_index) over track as step, lag(label) over track as label_before,
    count(*) over (partition by job_id, plugin, tool, track_id, label) as label_count
  from detections
  where track_id is not null
  window track as (partition by job_id, plugin, tool, track_id order by frame_index, stream, seq)
)
select job_id, plugin, tool, track_id, arg_max(label, (label_count, label)) as label, min(frame_index) as first_frame,
  max(frame_index) as last_frame, max(frame_index) - min(frame_index) + 1 as frames,
  count(distinct frame_index) as frames_seen, count(*) filter (step > 1) as gaps,
  count(*) filter (label <> label_before) as label_flips, round(avg(score), 6) as mean_score
from boxes
group by job_id, plugin, tool, track_id;
