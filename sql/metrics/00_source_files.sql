-- One row per event of a kind: those of some files. Variables: metric_files (map: kind -> its files; `other` -> those of custom
-- kinds), metric_earlier_files (list: the files of job.status that were counted before), and those of base.sql.
create or replace macro metric_rows(kind) as table
  select * from read_parquet(coalesce(getvariable('metric_files')[kind], [getvariable('lake_seed')]),
    schema = getvariable('lake_schema'));

create or replace macro metric_earlier() as table
  select * from read_parquet(coalesce(getvariable('metric_earlier_files'), [getvariable('lake_seed')]),
    schema = getvariable('lake_schema'));
