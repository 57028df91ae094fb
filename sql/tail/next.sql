-- One row per event that came since the last look, oldest first. The lake is read only where lines went there unseen.
create or replace temp table tail_seen as from tail_next;

create or replace temp table tail_next as from tail_lines;

with grown as (
  select n.stream, coalesce(s.lines, 0) as seen_lines, n.lines_in_lake
  from tail_next n
  left join tail_seen s using (stream)
  where n.lines > coalesce(s.lines, 0)
),
came as (
  select e.* from events e join grown g on g.stream = e.stream and e.seq >= g.seen_lines where e.hot
  union all
  select e.* from events e
  join (select * from grown where lines_in_lake > seen_lines) g on g.stream = e.stream and e.seq >= g.seen_lines
  where not e.hot
)
select * from came
where getvariable('tail_job') is null or job_id = getvariable('tail_job')
order by ts, stream, seq
