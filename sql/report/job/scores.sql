-- One row per twentieth of the score, 0 to 1: how many boxes.
select least(floor(score * 20), 19) / 20 as "from", (least(floor(score * 20), 19) + 1) / 20 as "to", count(*) as count
from detections
where job_id = $1 and score is not null
group by all
order by "from"
