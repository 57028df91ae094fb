-- One row per job of $1, a list of ids as JSON, that has begun and not ended: its plugin, its device, and the paths of the
-- files it was to save, as a list.
with asked as (
    select job_id, flatten(list(from_json(attrs -> '$.files', '["varchar"]'))) as files
    from job_status_changes
    where status = 'queued' and (attrs -> '$.files') is not null
    group by job_id
)
select job_id, plugin, device, coalesce(to_json(list_filter(files, path -> path is not null)), '[]') as files
from job_metrics
left join asked using (job_id)
where status in ('queued', 'running') and job_id in (select unnest(from_json($1, '["varchar"]')))
order by job_id
