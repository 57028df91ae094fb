-- Tracks that broke
select job_id, label, tracks, at_once_max, tracks_per_thing, frames_median, gaps, label_flips
from track_fragmentation
order by tracks_per_thing desc
