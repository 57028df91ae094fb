-- One row per stream with hot lines: `value` behind the last of them, `at_us` the number of the first.
insert into metric_found
select 'pending', [stream], max(seq) + 1, null, min(seq) from hot_rows group by stream;
