-- Gives no row. Notes the jobs whose status or device was told of since the last look. The lake is read only where lines
-- went there unseen.
create or replace temp table jobs_seen as from jobs_next;

create or replace temp table jobs_next as from known_lines;

create or replace temp table jobs_grown as from grown_between('jobs_seen', 'jobs_next');

create or replace temp table jobs_changed as
select h.job_id
from hot_rows h
join jobs_grown g on g.stream = h.stream and h.seq >= g.seen_lines
where h.event in ('job.status', 'device.usage')
union
select l.job_id
from (
  select job_id, stream, seq from lake_rows('job.status')
  union all
  select job_id, stream, seq from lake_rows('device.usage')
) l
join (select * from jobs_grown where lines_in_lake > seen_lines) g on g.stream = l.stream and l.seq >= g.seen_lines;
