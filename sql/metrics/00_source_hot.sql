-- One row per event of a kind: the hot ones. What the lake holds at the same version is earlier.
-- Variable: metric_kinds (list: the kinds that are counted by name).
create or replace macro metric_rows(kind) as table
  select * from hot_rows
  where event = kind or (kind = 'other' and not list_contains(getvariable('metric_kinds'), event));

create or replace macro metric_earlier() as table
  select * from lake_rows('job.status');
