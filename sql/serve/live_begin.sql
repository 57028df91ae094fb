-- Gives no row. Notes how far each stream is known from here on.
create or replace temp view live_lines as
select stream, max(lines) as lines, max(lines) filter (in_lake) as lines_in_lake
from (
  select stream, lines, true as in_lake from watermarks
  union all
  select stream, max(seq) + 1 as lines, false as in_lake from hot_rows group by stream
)
group by stream;

create or replace temp table live_next as from live_lines;
