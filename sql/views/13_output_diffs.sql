-- One row per value that stands on one side only: `raw`, in the plugin's output, or `canonical`, in its detections.
-- Only frames whose raw output was kept can be compared.
create or replace view output_diffs as
with raw_values as (
  select r.job_id, r.plugin, r.tool, r.frame_index, leaf.fullkey as path, leaf.atom ->> '$' as value
  from outputs_raw r, json_tree(r.payload::varchar) leaf
  where leaf.atom is not null
),
boxes as (
  select d.job_id, d.plugin, d.tool, d.frame_index,
    unnest([
      {'path': 'label', 'value': label}, {'path': 'score', 'value': cast(score as varchar)},
      {'path': 'track_id', 'value': cast(track_id as varchar)}, {'path': 'x1', 'value': cast(x1 as varchar)},
      {'path': 'y1', 'value': cast(y1 as varchar)}, {'path': 'x2', 'value': cast(x2 as varchar)},
      {'path': 'y2', 'value': cast(y2 as varchar)}, {'path': 'text', 'value': "text"}
    ], recursive := true)
  from detections d
  semi join outputs_raw r using (job_id, plugin, tool, frame_index)
),
canonical_values as (
  select * from boxes where value is not null
),
normal as (
  select 'raw' as side, *, coalesce(cast(try_cast(value as double) as varchar), value) as comparable from raw_values
  union all
  select 'canonical' as side, *, coalesce(cast(try_cast(value as double) as varchar), value) as comparable
  from canonical_values
)
select a.job_id, a.plugin, a.tool, a.frame_index, a.side, a.path, a.value
from normal a
anti join normal b
  on b.side <> a.side and b.job_id = a.job_id and b.plugin = a.plugin and b.tool = a.tool
  and b.frame_index = a.frame_index and b.comparable = a.comparable;
