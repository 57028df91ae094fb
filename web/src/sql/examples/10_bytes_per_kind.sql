-- What the lake holds
select event, count(*) as files, sum(row_count) as events, sum(bytes) as bytes,
  round(sum(bytes) / sum(row_count), 1) as bytes_per_event
from lake_files
group by event
order by bytes desc
