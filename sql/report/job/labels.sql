-- One row per label, the most frequent thirty: boxes, tracks, boxes without a score, and the mean score, 0 to 1.
select label, count(*) as boxes, count(distinct track_id) as tracks, count(*) filter (score is null) as without_score,
  avg(score) as mean_score
from detections
where job_id = $1
group by label
order by boxes desc, label
limit 30
