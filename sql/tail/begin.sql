-- One row per event, oldest first: the newest $tail_count of the job $tail_job, or of all. Notes how far each stream is
-- known from here on. Variables: tail_count, tail_job.
create or replace temp view tail_lines as
select stream, max(lines) as lines, max(lines) filter (in_lake) as lines_in_lake
from (
  select stream, lines, true as in_lake from watermarks
  union all
  select stream, max(seq) + 1 as lines, false as in_lake from hot_rows group by stream
)
group by stream;

create or replace temp table tail_next as from tail_lines;

with newest as (
  select * from events
  where getvariable('tail_job') is null or job_id = getvariable('tail_job')
  order by ts desc, stream desc, seq desc
  limit getvariable('tail_count')
)
select * from newest order by ts, stream, seq
