-- One row per track of a job: a thing that a tool followed. `frames` is the length from the first frame to the last,
-- `frames_seen` in how many of them it has a box, `gaps` how often it was lost in between; `label` is the one it had most,
-- `label_flips` how often it changed; `mean_score` is 0 to 1, null where the model gives none.
create or replace view tracks as
with boxes as (
  select job_id, plugin, tool, track_id, frame_index, label, score,
    lagInFrame(toNullable(frame_index)) over track as frame_before, lagInFrame(toNullable(label)) over track as label_before
  from detections
  where track_id is not null
  window track as (partition by job_id, plugin, tool, track_id order by frame_index, stream, seq
    rows between unbounded preceding and unbounded following)
),
labels as (
  select job_id, plugin, tool, track_id, argMax(label, (label_count, label)) as most_label
  from (select job_id, plugin, tool, track_id, label, count(*) as label_count from boxes
    group by job_id, plugin, tool, track_id, label)
  group by job_id, plugin, tool, track_id
)
select b.job_id as job_id, b.plugin as plugin, b.tool as tool, b.track_id as track_id, l.most_label as label,
  min(b.frame_index) as first_frame, max(b.frame_index) as last_frame,
  max(b.frame_index) - min(b.frame_index) + 1 as frames, toInt64(uniqExact(b.frame_index)) as frames_seen,
  toInt64(countIf(b.frame_index - b.frame_before > 1)) as gaps, toInt64(countIf(b.label <> b.label_before)) as label_flips,
  round(avg(b.score), 6) as mean_score
from boxes b
join labels l on l.job_id = b.job_id and l.plugin = b.plugin and l.tool = b.tool and l.track_id = b.track_id
group by b.job_id, b.plugin, b.tool, b.track_id, l.most_label;
