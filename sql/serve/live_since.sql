-- One row per event from the time $4 (µs) on, oldest first: the newest $3 of those of the kinds $1 and the jobs $2, which are
-- texts with commas, empty for all. `came_count` says how many there are, `ts` is ISO 8601 UTC, `ts_us` is µs.
with wanted as (
  select *, count(*) over () as came_count
  from events
  where epoch_us(ts) >= $4 and "date" >= cast(make_timestamp($4) as date)
    and ($1 = '' or event in (select unnest(string_split($1, ',')))) and ($2 = '' or job_id in (select unnest(string_split($2, ','))))
  order by ts desc, stream desc, seq desc
  limit $3
)
select * replace (strftime(utc(ts), '%Y-%m-%dT%H:%M:%S.%fZ') as ts), epoch_us(ts) as ts_us
from wanted
order by ts, stream, seq
