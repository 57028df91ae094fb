-- One row per kind: its events. Counted by the files' footers alone.
insert into metric_found (family, labels, value)
select 'siltstone_events_total', [kind], sum(n)
from (
  select 'stream.opened' as kind, count(*) as n from metric_rows('stream.opened')
  union all select 'job.status', count(*) from metric_rows('job.status')
  union all select 'plugin.run', count(*) from metric_rows('plugin.run')
  union all select 'overlay.frame', count(*) from metric_rows('overlay.frame')
  union all select 'device.usage', count(*) from metric_rows('device.usage')
  union all select 'output.raw', count(*) from metric_rows('output.raw')
  union all select 'detection', count(*) from metric_rows('detection')
  union all select 'output.issue', count(*) from metric_rows('output.issue')
  union all select 'output.normalised', count(*) from metric_rows('output.normalised')
  union all select 'frame.pitch', count(*) from metric_rows('frame.pitch')
  union all select 'log', count(*) from metric_rows('log')
  union all select 'line.rejected', count(*) from metric_rows('line.rejected')
  union all select 'other', count(*) from metric_rows('other')
)
where n > 0
group by kind;
