-- One row per job, tool and label: into how many tracks its things fell. `at_once_max` is the most tracks in one frame;
-- `tracks_per_thing` is tracks ÷ at_once_max: 1 where each kept its id, more where ids were lost or things came and went.
-- `frames_median` and `frames_max` are lengths of tracks in frames; `gaps` and `label_flips` are those of all tracks.
create or replace view track_fragmentation as
with sums as (
  select job_id, plugin, tool, label, count(*) as tracks, median(frames)::double as frames_median, max(frames) as frames_max,
    sum(frames_seen)::bigint as frames_seen, sum(gaps)::bigint as gaps, sum(label_flips)::bigint as label_flips
  from tracks
  group by all
),
in_frames as (
  select t.job_id, t.plugin, t.tool, t.label, d.frame_index, count(distinct t.track_id) as at_once
  from tracks t
  join detections d on d.job_id = t.job_id and d.plugin = t.plugin and d.tool = t.tool and d.track_id = t.track_id
  group by all
),
most as (
  select job_id, plugin, tool, label, max(at_once) as at_once_max from in_frames group by all
)
select s.job_id, s.plugin, s.tool, s.label, s.tracks, m.at_once_max, round(s.tracks / m.at_once_max, 6) as tracks_per_thing,
  s.frames_median, s.frames_max, s.frames_seen, s.gaps, s.label_flips
from sums s
join most m on m.job_id = s.job_id and m.plugin = s.plugin and m.tool = s.tool and m.label = s.label;
