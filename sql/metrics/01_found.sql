-- One row per family and set of labels, to be added to the totals. `value`: a count, or the sum of a histogram in µs, or what a
-- gauge shows; `buckets`: how many values fell into each bucket of a histogram, the last those beyond; `at_us`: µs since 1970, of a
-- gauge. Whole numbers, so that the order of adding is no matter.
create or replace temp table metric_found (family varchar, labels varchar[], value double, buckets double[], at_us bigint);

-- Wall time in whole µs; what no clock of ours would say is cut off at 0 and at eleven days.
create or replace macro micros(ms) as
  case when ms is null then null else cast(round(least(greatest(ms, 0), 1e9) * 1000) as bigint) end;

-- Counts by the bucket whose bound a value does not exceed.
create or replace macro spread(us, bounds) as cast(map_values(histogram(us, bounds)) as double[]);
