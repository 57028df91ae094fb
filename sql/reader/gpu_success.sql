-- One row: jobs that asked for a GPU, those of them that ran on one by their latest decision, and the second divided by the
-- first, which is null where no job asked.
with latest as (
  select
    arg_max(device_requested, row(created_at, stream, seq)) as requested,
    arg_max(device_used, row(created_at, stream, seq)) as used
  from device_decisions
  group by job_id
)
select
  cast(count(*) as integer) as jobs_requested,
  cast(coalesce(count_if(used = 'gpu'), 0) as integer) as jobs_ran,
  count_if(used = 'gpu') / nullif(count(*), 0) as ratio
from latest
where requested = 'gpu'
