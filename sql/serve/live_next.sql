-- One row per event that came since the last look, oldest first: the newest $3 of those of the kinds $1 and the jobs $2, which
-- are texts with commas, empty for all. `came_count` says how many there were, `ts` is ISO 8601 UTC, `ts_us` is µs.
create or replace temp table live_seen as from live_next;

create or replace temp table live_next as from known_lines;

with wanted as (
  select *, count(*) over () as came_count
  from came_between('live_seen', 'live_next')
  where ($1 = '' or event in (select unnest(string_split($1, ',')))) and ($2 = '' or job_id in (select unnest(string_split($2, ','))))
  order by ts desc, stream desc, seq desc
  limit $3
)
select * replace (strftime(utc(ts), '%Y-%m-%dT%H:%M:%S.%fZ') as ts), epoch_us(ts) as ts_us
from wanted
order by ts, stream, seq
