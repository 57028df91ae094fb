-- Which files of each promoted kind a view reads by their columns: those that hold each of them whole, by the log's word.
-- Of the others, which are older or were rewritten by who knows nothing of a promotion, it takes the values from `attrs`.
-- Tables: lake_adds, promoted_columns (kind; the columns that its view may read).
set variable promoted_files = (
  select map_from_entries(list((kind, files)))
  from (
    select kind, list(file order by file) as files
    from lake_adds join promoted_columns on event = kind
    where {{within}} and len(columns) > 0 and coalesce(list_has_all(promoted, columns), false)
    group by kind
  )
);
set variable unpromoted_files = (
  select map_from_entries(list((kind, files)))
  from (
    select kind, list(file order by file) as files
    from lake_adds join promoted_columns on coalesce(event, kind) = kind
    where {{within}} and (event is null or len(columns) = 0 or not coalesce(list_has_all(promoted, columns), false))
    group by kind
  )
);
