-- One row per output of a frame, as the plugin gave it.
select tool, dialect, payload, width, height from outputs_raw where job_id = $job and frame_index = $frame::bigint
