-- One row: what is odd about the streams, summed over all.
select sum(rejected)::bigint as rejected_lines, sum(wrong_seqs)::bigint as wrong_seqs,
  sum(lost_events)::bigint as lost_events, sum(gaps)::bigint as gaps, any_value(stream) filter (gaps > 0) as gap_example
from streams
