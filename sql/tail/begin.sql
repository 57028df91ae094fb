-- One row per event, oldest first: the newest $tail_count of the job $tail_job, or of all. Notes how far each stream is
-- known from here on. Variables: tail_count, tail_job.
create or replace temp table tail_next as from known_lines;

with newest as (
  select * from events
  where getvariable('tail_job') is null or job_id = getvariable('tail_job')
  order by ts desc, stream desc, seq desc
  limit getvariable('tail_count')
)
select * from newest order by ts, stream, seq
