-- The job $1: where it stands, and how its tool ran as the job kept it. No row where there is no such job.
select
  (select status from job_metrics where job_id = $1) as status,
  (select attrs from job_status_changes where job_id = $1 and status = 'running' and attrs is not null
    order by created_at desc, stream, seq limit 1) as ran
where exists (select 1 from events where job_id = $1);
