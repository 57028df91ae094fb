-- One row: the events of one kind, counted by the files' footers alone. Variable: metric_kind.
insert into metric_found (family, labels, value)
select 'siltstone_events_total', [getvariable('metric_kind')], count(*)
from metric_rows(getvariable('metric_kind'))
having count(*) > 0;
