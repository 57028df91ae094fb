-- One row per plugin: its detections; and per plugin and code: the issues of its outputs.
-- What was read again later is the same outputs once more.
insert into metric_found (family, labels, value)
select 'siltstone_plugin_detections_total', [plugin], count(*) from metric_rows('detection') where generation is null group by plugin
union all
select 'siltstone_normalisation_issues_total', [plugin, code], count(*)
from metric_rows('output.issue') where generation is null group by plugin, code;
