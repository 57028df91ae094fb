-- Gives no row. Notes how far each stream is known from here on, and takes every job as one that changed.
create or replace temp view jobs_lines as
select stream, max(lines) as lines, max(lines) filter (in_lake) as lines_in_lake
from (
  select stream, lines, true as in_lake from watermarks
  union all
  select stream, max(seq) + 1 as lines, false as in_lake from hot_rows group by stream
)
group by stream;

create or replace temp table jobs_next as from jobs_lines;

create or replace temp table jobs_changed as select distinct job_id from job_status_changes;
