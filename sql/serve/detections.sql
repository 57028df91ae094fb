-- One row per detection of the job $1 in the frames from $2 to $3, in their order, behind the place of frame $4, stream $5 and
-- number $6: the first $7 of them. Coordinates are px of the frame.
select frame_index, plugin, tool, label, score, track_id, x1, y1, x2, y2, "text", keypoints, stream, seq
from detections
where job_id = $1
  and frame_index between $2 and $3
  and (frame_index > $4 or (frame_index = $4 and (stream > $5 or (stream = $5 and seq > $6))))
order by frame_index, stream, seq
limit $7
