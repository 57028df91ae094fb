-- One row per kind: its live Parquet files.
select event, count(*) as files, sum(bytes) as bytes, sum(row_count) as events
from lake_files
group by event
order by bytes desc
