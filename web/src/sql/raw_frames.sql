-- One row per frame of a job whose raw output was kept.
with kept as (
  select frame_index, count(*) as outputs from outputs_raw where job_id = $job group by frame_index
)
select frame_index, outputs from kept order by frame_index limit 10000
