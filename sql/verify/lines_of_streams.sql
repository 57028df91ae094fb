-- One row per stream whose lines, judged again (intake.events, of the streams of intake.files), are not the lake's rows:
-- how many lines the lake lacks, and how many it holds with other content; the first of each.
with inbox as (
  select stream, seq, hash(l) as content from intake.events l
),
lake as (
  select stream, seq, hash(r) as content
  from read_parquet(getvariable('verified_files'), schema = getvariable('verified_schema')) r
  where stream in (select stream from intake.files)
)
select stream, cast(count_if(lake.seq is null) as integer) as lacking,
  cast(count_if(lake.content <> inbox.content) as integer) as differing,
  min(seq) filter (lake.seq is null) as first_lacking, min(seq) filter (lake.content <> inbox.content) as first_differing
from inbox
left join lake using (stream, seq)
where lake.seq is null or lake.content <> inbox.content
group by stream
order by stream
