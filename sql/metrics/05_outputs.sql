-- One row per plugin: its detections; and per plugin and code: the issues of its outputs.
insert into metric_found (family, labels, value)
select 'siltstone_plugin_detections_total', [plugin], count(*) from metric_rows('detection') group by plugin
union all
select 'siltstone_normalisation_issues_total', [plugin, code], count(*) from metric_rows('output.issue') group by plugin, code;
