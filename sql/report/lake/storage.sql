-- One row per kind of event, the thirty that take most room: rows and bytes of Parquet.
select event, count(*) as files, sum(row_count)::bigint as rows, sum(bytes)::bigint as bytes
from lake_files
group by event
order by bytes desc, event
limit 30
