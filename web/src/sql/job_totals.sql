-- One row: what a job did.
select
  (select count(distinct frame_index) from plugin_runs where job_id = $job) as frames,
  (select max(frame_index) + 1 from plugin_runs where job_id = $job) as frame_span,
  (select count(*) from detections where job_id = $job) as detections,
  (select count(*) from output_issues where job_id = $job) as issues,
  (select sum(dropped_frames) from overlay_frames where job_id = $job) as dropped
