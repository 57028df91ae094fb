-- One row per detected box without a score.
create or replace view missing_scores as
select * from detections where score is null;
