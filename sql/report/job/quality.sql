-- One row: how many boxes cannot be, and how many have no score.
select (select count(*) from invalid_boxes where job_id = $1) as invalid,
  (select count(*) from missing_scores where job_id = $1) as without_score
