-- One row per live Parquet file of the lake. `bytes` is its size; `path` is relative to the lake.
create or replace view lake_files as
select path, event, "date", bytes, row_count, added_at from lake_adds;
