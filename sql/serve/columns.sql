-- The columns of all views, in the order in which they stand.
select table_name as view, column_name as name, data_type as type
from duckdb_columns()
where schema_name = 'main' and not internal
order by table_name, column_index
