-- One row per run of lines that were taken of a stream and that no good file holds: its first and last line. Only streams that
-- lack any. Table care.marks: stream and how many lines were taken of it; care.present: stream and line of each row.
with lacking as (
  select marks.stream, marks.lines
  from care.marks marks
  left join (select stream, count(distinct seq) as lines from care.present group by stream) present using (stream)
  where coalesce(present.lines, 0) < marks.lines
),
missing as (
  select stream, seq
  from (select stream, unnest(range(lines)) as seq from lacking)
  anti join care.present using (stream, seq)
)
select stream, min(seq) as first_line, max(seq) as last_line
from (select stream, seq, seq - row_number() over (partition by stream order by seq) as run from missing)
group by stream, run
order by stream, first_line
