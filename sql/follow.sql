-- Gives no row. How far each stream is known, hot or in the lake: who follows the warehouse notes it, and looks for what is beyond.
create or replace temp view known_lines as
select stream, max(lines) as lines, max(lines) filter (in_lake) as lines_in_lake
from (
  select stream, lines, true as in_lake from watermarks
  union all
  select stream, max(seq) + 1 as lines, false as in_lake from hot_rows group by stream
)
group by stream;

-- The streams that grew between two notes, which are tables of these names.
create or replace temp macro grown_between(seen, known) as table
select k.stream, coalesce(s.lines, 0) as seen_lines, k.lines_in_lake
from query_table(known) k
left join query_table(seen) s using (stream)
where k.lines > coalesce(s.lines, 0);

-- The events that came between two notes. The lake is read only where lines went there unseen.
create or replace temp macro came_between(seen, known) as table
select e.*
from events e
join grown_between(seen, known) g on g.stream = e.stream and e.seq >= g.seen_lines
where e.hot
union all
select e.*
from events e
join (select * from grown_between(seen, known) where lines_in_lake > seen_lines) g on g.stream = e.stream and e.seq >= g.seen_lines
where not e.hot;
