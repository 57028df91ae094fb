-- One row: how many jobs and events there are, and of the jobs those that failed or ran elsewhere than they asked for.
select count(*) as jobs, count(*) filter (status = 'error') as failed, count(*) filter (status in ('queued', 'running')) as open,
  min(created_at) as first_at, max(created_at) as last_at,
  (select count(distinct job_id) from device_decisions where fallback) as fell_back,
  (select coalesce(sum(row_count), 0)::bigint from lake_files) as rows_in_lake,
  (select coalesce(sum(bytes), 0)::bigint from lake_files) as bytes,
  (select count(*) from lake_files) as files
from job_metrics
