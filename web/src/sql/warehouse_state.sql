-- One row: what the lake holds, and how old the oldest event is that it does not hold yet.
with hot as (
  select count(*) as hot_events, min(ts) as oldest_at from events where hot
)
select
  (select coalesce(sum(bytes), 0) from lake_files) as stored_bytes,
  greatest(0, (epoch_ms(now()::timestamptz) - epoch_ms(oldest_at)) / 1000) as lag_seconds,
  hot_events
from hot
