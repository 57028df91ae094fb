-- One row per cell of 52 × 34 of the pitch, about 2 m wide: how many boxes stand there. The pitch's size is m; y counts from the
-- touchline near the camera.
with pitches as (
  select max(pitch_length_m) as width, max(pitch_width_m) as height from pitch_frames where job_id = $1 and accepted
)
select floor(x_m / width * 52) as x, floor(y_m / height * 34) as y, count(*) as count, width, height
from radar_positions, pitches
where job_id = $1 and on_pitch and x_m < width and y_m < height
group by all
order by x, y
