-- One row per reason for which lines were refused, the most frequent twenty.
select reason, count(*) as lines
from rejected_lines
group by reason
order by lines desc, reason
limit 20
