-- One row per event that the lake does not hold yet, in the lake's columns.
create or replace temp table siltstone_lines as
select filename as file, json, row_number() over () as place
from read_ndjson_objects(coalesce(getvariable('siltstone_hot_files'), [getvariable('lake_log_seed')]),
  ignore_errors = true, filename = true);

create or replace temp table hot_rows as {{no_rows}};

insert into hot_rows by name
with numbered as (
  select file, place - min(place) over (partition by file) as line, case when json_valid(json) then json end as json
  from siltstone_lines
),
objects as (
  select s.stream as of_stream, n.line as at_line, folder_job, n.json, json_keys(n.json) as names, n.json -> '$.attrs' as own,
    coalesce(getvariable('siltstone_fields')[n.json ->> '$.event'], []) || ['event', 'job_id', 'seq', 'ts', 'request_id', 'attrs'] as known,
    n.json ->> '$.seq' as written_seq
  from numbered n
  join siltstone_streams s using (file)
  where n.line >= s.first_line and json_type(n.json) = 'OBJECT' and strlen(n.json) < {{line_bytes_max}}
),
strays as (
  -- A null says nothing where a column has the name, whatever the kind.
  select *, [name for name in names if not list_contains(known, name)
    and (json_type(json, '/' || name) <> 'NULL' or not list_contains(getvariable('siltstone_columns'), name))] as others
  from objects
  where len(names) = len(list_distinct(names))
),
-- What is no field of the kind goes into `attrs`; where a name is in both, what stood there goes one level down.
sorted as (
  select of_stream, at_line, folder_job,
    case when others = [] then json
      else json_merge_patch(json, '{' || array_to_string([to_json(name) || ':null' for name in others], ',') || '}')
    end as known_json,
    [to_json(name) || ':' || json_extract(json, '/' || replace(replace(name, '~', '~0'), '/', '~1')) for name in others]
      || case when written_seq <> at_line::varchar then ['"seq":' || (json -> '$.seq')] else [] end as moved,
    case when json_type(own) = 'OBJECT' then own::varchar end as inner_attrs,
    case when json_type(own) <> 'NULL' then own::varchar end as own_attrs,
    list_has_any(json_keys(inner_attrs), others || case when written_seq <> at_line::varchar then ['seq'] else [] end)
      as is_clash
  from strays
),
-- Materialised, or every condition below would parse the line anew.
typed as materialized (
  select of_stream, at_line, folder_job,
    case
      when moved = [] and (own_attrs is null or inner_attrs is not null) then inner_attrs
      when own_attrs is null then '{' || array_to_string(moved, ',') || '}'
      when inner_attrs is null or is_clash then '{' || array_to_string(moved || ['"attrs":' || own_attrs], ',') || '}'
      when inner_attrs = '{}' then '{' || array_to_string(moved, ',') || '}'
      else inner_attrs[:-2] || ',' || array_to_string(moved, ',') || '}'
    end as attrs_text,
    json_transform(known_json, getvariable('siltstone_text_shape')) as texts,
    unnest(json_transform(known_json, getvariable('siltstone_shape')))
  from sorted
),
placed as (
  select * replace (
      coalesce(job_id, folder_job) as job_id,
      at_line as seq,
      attrs_text::json as attrs,
      case when regexp_full_match(ts, '\d{4}-\d\d-\d\dT([01]\d|2[0-3]):\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)') then
        strftime(make_timestamp(epoch_us(try_cast(ts as timestamptz))), '%Y-%m-%dT%H:%M:%S.%fZ') end as ts),
    {{is_typed}} as is_typed
  from typed
)
select * exclude (of_stream, at_line, folder_job, attrs_text, texts, is_typed)
  replace (of_stream as stream, ts::timestamptz as ts), cast(ts[:10] as date) as "date"
from placed l
where regexp_full_match(job_id, '{{job_id_pattern}}') and is_typed and {{is_canonical}};
