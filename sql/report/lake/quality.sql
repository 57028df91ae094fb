-- One row per plugin, the twenty with most boxes: those that cannot be, and those without a score.
with boxes as (
  select plugin, count(*) as boxes, count(*) filter (score is null) as without_score from detections group by plugin
),
invalid as (
  select plugin, count(*) as invalid from invalid_boxes group by plugin
)
select b.plugin, b.boxes, coalesce(i.invalid, 0) as invalid, b.without_score
from boxes b
left join invalid i using (plugin)
order by b.boxes desc, b.plugin
limit 20
