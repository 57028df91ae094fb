-- One row per detected box of a frame whose pitch is known. `x_m` and `y_m` are metres on the ground: along the pitch from the
-- left goal line, and across it from the touchline near the camera. They are where the middle of the box's lower edge stands;
-- `on_pitch` tells whether that is on the pitch. A box that stands above the horizon has no row.
create or replace view radar_positions as
with pitches as (
  select job_id, plugin, tool, frame_index, pitch_length_m, pitch_width_m, try_cast(homography as double[]) as m
  from pitch_frames
  where accepted
  qualify row_number() over (partition by job_id, plugin, tool, frame_index order by stream desc, seq desc) = 1
),
-- The inverse of the homography is its adjugate by its determinant (Hartley and Zisserman, A4.2).
inverses as (
  select job_id, plugin, tool, frame_index, pitch_length_m, pitch_width_m,
    [m[5] * m[9] - m[6] * m[8], m[3] * m[8] - m[2] * m[9], m[2] * m[6] - m[3] * m[5],
     m[6] * m[7] - m[4] * m[9], m[1] * m[9] - m[3] * m[7], m[3] * m[4] - m[1] * m[6],
     m[4] * m[8] - m[5] * m[7], m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4]] as a,
    m[1] * a[1] + m[2] * a[4] + m[3] * a[7] as determinant
  from pitches
),
feet as (
  select d.*, i.pitch_length_m, i.pitch_width_m, i.determinant, (d.x1 + d.x2) / 2 as px, d.y2 as py,
    i.a[1] * px + i.a[2] * py + i.a[3] as along, i.a[4] * px + i.a[5] * py + i.a[6] as across,
    i.a[7] * px + i.a[8] * py + i.a[9] as depth
  from detections d
  join inverses i on i.job_id = d.job_id and i.plugin = d.plugin and i.tool = d.tool and i.frame_index = d.frame_index
)
select id, job_id, plugin, tool, frame_index, label, score, track_id, round(along / depth, 3) as x_m,
  round(across / depth, 3) as y_m,
  x_m between 0 and pitch_length_m and y_m between 0 and pitch_width_m as on_pitch, created_at, stream, seq, hot
from feet
where depth * determinant > 0;
