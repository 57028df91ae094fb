-- One row per kind of issue and plugin, the most frequent forty: how many, and in how many jobs.
select code, plugin, count(*) as issues, count(distinct job_id) as jobs
from output_issues
group by code, plugin
order by issues desc, code, plugin
limit 40
