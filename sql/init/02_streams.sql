-- One row per stream of the inbox with lines that the lake does not hold: where they begin.
set variable siltstone_inbox = (
  select list(file order by file) from glob(getvariable('siltstone_warehouse') || '/inbox/*/*.ndjson')
  -- What begins with a dot is passed over; a name that is a pattern cannot be given to a scan.
  where not regexp_matches(file[length(getvariable('siltstone_warehouse')) + 1:], '^/inbox/\.|/\.[^/]*$|[*?\[]')
);
set variable siltstone_inbox_id = (
  select list(file) from glob(getvariable('siltstone_warehouse') || '/inbox/.id')
);
set variable siltstone_inbox_id = (
  select trim(any_value(content), e' \n')
  from read_text(coalesce(getvariable('siltstone_inbox_id'), [getvariable('lake_log_seed')]))
);

create or replace temp table siltstone_files as
select filename as file, size as bytes, string_split(filename, '/')[-2] as folder,
  string_split(filename, '/')[-1] as name,
  regexp_extract(name, '^([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})\.ndjson$', 1) as own_stream
from read_blob(coalesce(getvariable('siltstone_inbox'), [getvariable('lake_log_seed')]))
where filename <> getvariable('lake_log_seed');

-- A stream that no siltstone wrote is named by its file's place and first line, and may have been replaced under its name.
set variable siltstone_foreign = (
  select list(file order by file) from siltstone_files where own_stream = '' and bytes <= 1024 * 1024 * 1024
);

create or replace temp table siltstone_streams as
with foreign_files as (
  select filename as file, content,
    sha256(unhex(regexp_extract(hex(content[:4096]), '^((?:..)*?)(?:0A|$)', 1)))[:12] as head
  from read_blob(coalesce(getvariable('siltstone_foreign'), [getvariable('lake_log_seed')]))
),
named as (
  select f.file, f.folder, f.bytes, own_stream, content,
    case
      when own_stream <> '' then own_stream
      else concat(getvariable('siltstone_inbox_id'), '/', folder, '/', name, '#', coalesce(head, 'large'))
    end as base
  from siltstone_files f
  left join foreign_files using (file)
),
generations as (
  select regexp_extract(stream, '^(.*?)(?:~\d+)?$', 1) as base, stream, lines, bytes,
    coalesce(try_cast(regexp_extract(stream, '~(\d+)$', 1) as integer), 0) as generation
  from watermarks
),
taken as (
  select base, max(generation) as generation, arg_max(lines, generation) as lines, arg_max(bytes, generation) as bytes
  from generations
  group by base
),
compared as (
  select file, folder, base, n.bytes, coalesce(t.generation, 0) as generation, coalesce(t.lines, 0) as lines,
    coalesce(t.bytes, 0) as bytes_taken,
    -- A stream of ours is never replaced: what is missing of it a power cut took, after the lake had it.
    own_stream = '' and (n.bytes < coalesce(t.bytes, 0)
      or coalesce(t.bytes > 0 and hex(content[t.bytes:t.bytes]) <> '0A', false)) as is_replaced
  from named n
  left join taken t using (base)
)
select file, case when regexp_full_match(folder, '{{job_id_pattern}}') then folder end as folder_job,
  base || case when generation + is_replaced::integer > 0 then '~' || (generation + is_replaced::integer) else '' end as stream,
  case when is_replaced then 0 else lines end as first_line
from compared
where is_replaced or bytes > bytes_taken;

set variable siltstone_hot_files = (select list(file order by file) from siltstone_streams);
