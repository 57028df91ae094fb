-- One row per event that came since the last look, oldest first: the newest $3 of those of the kinds $1 and the jobs $2, which
-- are texts with commas, empty for all. `came_count` says how many there were, `ts` is ISO 8601 UTC, `ts_us` is µs. The lake is
-- read only where lines went there unseen.
create or replace temp table live_seen as from live_next;

create or replace temp table live_next as from live_lines;

with grown as (
  select n.stream, coalesce(s.lines, 0) as seen_lines, n.lines_in_lake
  from live_next n
  left join live_seen s using (stream)
  where n.lines > coalesce(s.lines, 0)
),
came as (
  select e.* from events e join grown g on g.stream = e.stream and e.seq >= g.seen_lines where e.hot
  union all
  select e.* from events e
  join (select * from grown where lines_in_lake > seen_lines) g on g.stream = e.stream and e.seq >= g.seen_lines
  where not e.hot
),
wanted as (
  select *, count(*) over () as came_count
  from came
  where ($1 = '' or event in (select unnest(string_split($1, ',')))) and ($2 = '' or job_id in (select unnest(string_split($2, ','))))
  order by ts desc, stream desc, seq desc
  limit $3
)
select * replace (strftime(utc(ts), '%Y-%m-%dT%H:%M:%S.%fZ') as ts), epoch_us(ts) as ts_us
from wanted
order by ts, stream, seq
