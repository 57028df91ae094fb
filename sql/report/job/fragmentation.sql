-- One row per label: into how many tracks its things fell. `tracks_per_thing` is 1 where each kept its id. Lengths are frames.
select label, tracks, at_once_max, tracks_per_thing, frames_median, frames_max, gaps, label_flips
from track_fragmentation
where job_id = $1
order by tracks desc, label
limit 20
