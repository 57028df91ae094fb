-- One row per value that normalisation changed, of outputs that were kept as they came: what stood there, what became of it, and why.
-- `path` is the place of the box in the raw output, a JSON path or `line 3` of a text; `field` is one of the view detections, or
-- `box`: the whole of what stands there, where other numbers than corners do, or where nothing was made of it (`canonical` is null
-- then). Numbers of corners are in the dialect's unit on the raw side. Boxes that a tool leaves out, since one is enough, are not here.
create or replace view output_diffs as
with kept as (
  select job_id, plugin, tool, frame_index, payload, attrs ->> '$.reads.unit' as unit, attrs ->> '$.reads.geometry' as geometry,
    attrs ->> '$.reads.score_full' as score_full
  from outputs_raw
  qualify row_number() over (partition by job_id, plugin, tool, frame_index order by stream, seq) = 1
),
issues as (
  select job_id, plugin, tool, frame_index, path, list(code order by stream, seq) as codes
  from output_issues
  group by job_id, plugin, tool, frame_index, path
),
boxes as (
  select d.*, d.attrs -> '$.raw' as raw_values, d.attrs ->> '$.raw.at' as path, coalesce(i.codes, []) as codes, k.payload, k.unit,
    k.geometry, k.score_full
  from detections d
  join kept k using (job_id, plugin, tool, frame_index)
  left join issues i on i.job_id = d.job_id and i.plugin = d.plugin and i.tool = d.tool and i.frame_index = d.frame_index
    and i.path = (d.attrs ->> '$.raw.at')
  where (d.attrs ->> '$.raw.at') is not null
),
fields as (
  select *, unnest([
    {'field': 'x1', 'canonical': cast(x1 as varchar)}, {'field': 'y1', 'canonical': cast(y1 as varchar)},
    {'field': 'x2', 'canonical': cast(x2 as varchar)}, {'field': 'y2', 'canonical': cast(y2 as varchar)},
    {'field': 'score', 'canonical': cast(score as varchar)}, {'field': 'label', 'canonical': label},
    {'field': 'track_id', 'canonical': cast(track_id as varchar)}, {'field': 'keypoints', 'canonical': cast(keypoints as varchar)}
  ], recursive := true)
  from boxes
),
changed_fields as (
  select job_id, plugin, tool, frame_index, id as detection, path, field, raw_values ->> field as raw, canonical,
    case
      when field = 'score' then coalesce(list_filter(codes, lambda code: code in ('sentinel_score', 'score_out_of_range', 'not_finite',
        'malformed'))[1], '0 to ' || coalesce(score_full, '1'))
      when field = 'label' then coalesce(list_filter(codes, lambda code: code like '%_label')[1], 'number of a class')
      when field = 'track_id' then coalesce(list_filter(codes, lambda code: code like '%_track_id')[1], 'followed, or written as text')
      else coalesce(unit, 'another unit') || ' → px of the frame'
    end as why
  from fields
  where (raw_values -> field) is not null
),
items as (
  select job_id, plugin, tool, frame_index, id as detection, path, payload,
    format('[{}, {}, {}, {}]', x1, y1, x2, y2) as canonical, geometry || ' → left, top, right, bottom' as why
  from boxes
  where geometry <> 'left, top, right, bottom'
  union all
  -- Where several boxes stand at one place, such as those of one line, a wrong one is not told from the others.
  select i.job_id, i.plugin, i.tool, i.frame_index, null, i.path, k.payload, null, array_to_string(i.codes, ', ')
  from issues i
  join kept k using (job_id, plugin, tool, frame_index)
  anti join boxes b using (job_id, plugin, tool, frame_index, path)
  where i.path <> '$'
    or list_has_any(i.codes, ['ambiguous_dialect', 'needs_decoder', 'unknown_dialect', 'wrong_dialect', 'size_unknown', 'malformed'])
),
changed_boxes as (
  select job_id, plugin, tool, frame_index, detection, path, 'box' as field,
    case
      when path like 'line %' then string_split(payload ->> '$', chr(10))[try_cast(path[6:] as bigint)]
      -- DuckDB writes a quoted name as ."name", and refuses a path that it does not understand.
      else try(payload ->> regexp_replace(path, '\[("[^"]*")\]', '.\1', 'g'))
    end as raw,
    canonical, why
  from items
)
select * from changed_fields
union all
select * from changed_boxes;
