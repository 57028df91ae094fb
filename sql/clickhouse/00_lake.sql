-- One row per event that the lake holds, in the lake's columns; `ts` is UTC. The only view that says where the lake is:
-- deltaLakeLocal('…') on the server's own disk, deltaLake('s3://…') or deltaLakeCluster('…', 's3://…') in object storage.
-- The log has no kind for a file of several, and no day for one of several: there the rows say so themselves.
-- Without the setting, ClickHouse 26.7 drops rows silently where a `not` stands before most conditions (its issue 87390).
-- Files are still left out by kind and day, and row groups by their own statistics.
create or replace view lake as
select * except ('^event_kind$') replace (
  coalesce(event, columns('^event_kind$')) as event,
  coalesce("date", toDate32(ts, 'UTC')) as "date",
  toTimeZone(ts, 'UTC') as ts)
from {{lake}}
settings delta_lake_enable_engine_predicate = 0;
