-- Where the time of each frame goes
select frame_index, preprocess_ms, inference_ms, postprocess_ms
from plugin_runs
where job_id = (select arg_max(job_id, created_at) from job_metrics)
order by frame_index
