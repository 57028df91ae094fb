-- One row per stream: its lines seen, compacted and hot, and what is odd about it.
-- `expired`: lines that the lake held for as long as their kind is kept; `gaps`: lines that are neither in the lake nor
-- hot nor expired; `wrong_seqs`: lines whose written `seq` was not their number;
-- `lost_events`: what the writer says it had to drop; `note`: in words.
create or replace view streams as
with seen as (
  select stream, arg_min(job_id, seq) as job_id, count(*) as events, count_if(hot) as hot,
    count_if(event = 'line.rejected') as rejected, count_if(attrs ->> '$.seq' is not null) as wrong_seqs,
    coalesce(sum(try_cast(attrs ->> '$.events_lost' as bigint)) filter (logger = 'siltstone.emitter'), 0) as lost_events,
    utc(min(ts)) as first_at, utc(max(ts)) as last_at, max(seq) + 1 as lines
  from events
  group by stream
),
known as (
  select coalesce(seen.stream, taken.stream) as stream, job_id,
    greatest(coalesce(seen.lines, 0), coalesce(taken.lines, 0)) as lines, coalesce(taken.lines, 0) as compacted,
    coalesce(expired, 0) as expired, coalesce(hot, 0) as hot, coalesce(events, 0) as events,
    -- Of a stream whose watermark was forgotten nobody knows what expired.
    taken.stream is null and coalesce(hot, 0) = 0 as is_forgotten, coalesce(rejected, 0) as rejected,
    coalesce(wrong_seqs, 0) as wrong_seqs, cast(coalesce(lost_events, 0) as bigint) as lost_events, first_at, last_at
  from seen
  full join watermarks taken on taken.stream = seen.stream
  -- Of a stream with nothing but blank lines only the log knows.
  where greatest(coalesce(seen.lines, 0), coalesce(taken.lines, 0)) > 0
)
select stream, job_id, lines, compacted, hot, expired, case when is_forgotten then 0 else lines - events - expired end as gaps,
  rejected, wrong_seqs, lost_events, first_at, last_at,
  nullif(concat_ws('; ',
    case when regexp_matches(stream, '~\d+$') then 'its file was replaced or shrank, and is a new stream since' end,
    case when not is_forgotten and lines > events + expired then 'lines are missing' end,
    case when wrong_seqs > 0 then 'the counted line number decides where the written seq was another' end,
    case when lost_events > 0 then 'its writer had to drop events' end), '') as note
from known;
