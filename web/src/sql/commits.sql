-- One row per commit that the log still holds, the newest last.
select epoch(committed_at) as committed_at, rows_added, bytes_added, files_added, files_removed, operation
from lake_commits
order by version desc
limit 200
