-- One row per value of a frame that stands on one side only.
select side, path, value from output_diffs where job_id = $job and frame_index = $frame::bigint
