-- One row per cell of 40 × 25 over widths and heights of boxes, up to the 99th percentile: how many boxes. px of the frame.
with boxes as (
  select abs(x2 - x1) as w, abs(y2 - y1) as h from detections where job_id = $1
),
most as (
  select greatest(quantile_cont(w, 0.99), 1) as w, greatest(quantile_cont(h, 0.99), 1) as h from boxes
)
select floor(boxes.w / most.w * 40) as x, floor(boxes.h / most.h * 25) as y, count(*) as count, most.w as width, most.h as height
from boxes, most
where boxes.w < most.w and boxes.h < most.h
group by all
order by x, y
