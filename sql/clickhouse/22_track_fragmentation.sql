-- One row per job, tool and label: into how many tracks its things fell. `at_once_max` is the most tracks in one frame;
-- `tracks_per_thing` is tracks ÷ at_once_max: 1 where each kept its id, more where ids were lost or things came and went.
-- `frames_median` and `frames_max` are lengths of tracks in frames; `gaps` and `label_flips` are those of all tracks.
create or replace view track_fragmentation as
with sums as (
  select job_id, plugin, tool, label, toInt64(count(*)) as track_count, quantileExactInclusive(0.5)(frames) as frames_median,
    max(frames) as frames_max, toInt64(sum(frames_seen)) as frames_seen, toInt64(sum(gaps)) as gaps,
    toInt64(sum(label_flips)) as label_flips
  from tracks
  group by job_id, plugin, tool, label
),
in_frames as (
  select t.job_id as job_id, t.plugin as plugin, t.tool as tool, t.label as label, d.frame_index as frame_index,
    toInt64(uniqExact(t.track_id)) as at_once
  from tracks t
  join detections d on d.job_id = t.job_id and d.plugin = t.plugin and d.tool = t.tool and d.track_id = t.track_id
  group by t.job_id, t.plugin, t.tool, t.label, d.frame_index
),
most as (
  select job_id, plugin, tool, label, max(at_once) as at_once_max from in_frames group by job_id, plugin, tool, label
)
select s.job_id as job_id, s.plugin as plugin, s.tool as tool, s.label as label, s.track_count as tracks,
  m.at_once_max as at_once_max, round(s.track_count / m.at_once_max, 6) as tracks_per_thing, s.frames_median as frames_median,
  s.frames_max as frames_max, s.frames_seen as frames_seen, s.gaps as gaps, s.label_flips as label_flips
from sums s
join most m on m.job_id = s.job_id and m.plugin = s.plugin and m.tool = s.tool and m.label = s.label;
