/** Statements that read, write, set, load or list what is not of the views. `SECRET` stands for a folder outside. */
export const hostile = `
copy (select 1) to 'SECRET/out.csv'
copy job_metrics to 'SECRET/out.parquet' (format parquet)
copy job_metrics from 'SECRET/a.csv'
attach 'SECRET/a.db' as other
attach ':memory:' as other
detach memory
use memory
install httpfs
load httpfs
force install spatial from 'http://localhost/'
export database 'SECRET/dump'
import database 'SECRET/dump'
create table mine as select 1
create or replace view job_metrics as select 1
create macro f(x) as x
create temp table mine (a int)
create secret s (type s3)
create type mood as enum ('a')
create sequence s
create schema mine
drop view job_metrics
drop table hot_rows
alter view job_metrics rename to mine
insert into hot_rows values (1)
update hot_rows set event = 'x'
delete from hot_rows
truncate hot_rows
merge into hot_rows using job_metrics on true when matched then delete
set memory_limit = '100GB'
set variable lake_seed = '/etc/passwd'
set enable_external_access = true
set lock_configuration = false
set allowed_directories = ['/']
reset memory_limit
pragma database_list
pragma enable_profiling = 'json'
pragma version
call pragma_version()
call duckdb_settings()
checkpoint
vacuum
analyze
begin
commit
rollback
prepare p as select 1
execute p
deallocate p
explain select 1
explain analyze select * from read_text('SECRET/a.csv')
select 1; select 2
select 1; drop view job_metrics
;
select * from read_text('/etc/passwd')
select * from read_blob('/etc/passwd')
select * from read_csv('SECRET/a.csv')
select * from read_csv_auto('SECRET/a.csv')
select * from sniff_csv('SECRET/a.csv')
select * from read_json('SECRET/a.json')
select * from read_ndjson_objects('SECRET/a.json')
select * from read_parquet('SECRET/a.parquet')
select * from parquet_scan('SECRET/a.parquet')
select * from parquet_metadata('SECRET/a.parquet')
select * from parquet_file_metadata('SECRET/*')
select * from glob('/etc/*')
select * from glob('SECRET/*')
from '/etc/passwd'
from 'SECRET/a.csv'
from 'SECRET/a.parquet'
from "SECRET/a.json"
select * from "SECRET/a.csv" as events
from 'SECRET/*.csv'
with t as (from 'SECRET/a.csv') from t
with "SECRET/a.csv" as (select 1) select * from (select * from "SECRET/a.csv")
select (select content from read_text('/etc/passwd'))
select * from job_metrics, lateral (select * from read_text('SECRET/a.csv'))
select [x for x in (select list(content) from read_text('/etc/passwd'))]
select list_transform([1], x -> (select max(content) from read_text('/etc/passwd')))
select 1 where exists (from read_csv('SECRET/a.csv'))
select * from job_metrics order by (select content from read_text('/etc/passwd'))
select 1 limit (select count(*) from read_text('/etc/passwd'))
select 1 union all select content from read_text('/etc/passwd')
describe from 'SECRET/a.csv'
summarize from read_csv('SECRET/a.csv')
from (describe select * from read_csv('SECRET/a.csv'))
from 'SECRET/a.csv' pivot (count(*) for secret in ('x'))
select /* harmless */ * from /* */ read_text /* */ ('/etc/passwd') -- nothing
select * from READ_TEXT('/etc/passwd')
select * from "read_text"('/etc/passwd')
select * from main.read_text('/etc/passwd')
select * from system.main.read_text('/etc/passwd')
select '/etc/passwd'.read_text()
select * from rеad_text('/etc/passwd')
select * from ｒead_text('/etc/passwd')
select * from read_text(chr(47) || 'etc/passwd')
select * from read_text($$/etc/passwd$$)
select * from read_text(E'\\x2fetc/passwd')
select getenv('HOME')
select current_setting('allowed_directories')
select getvariable('lake_all_files')
select * from duckdb_secrets()
select * from duckdb_settings()
select * from duckdb_variables()
select * from duckdb_functions()
select * from duckdb_databases()
select * from duckdb_logs()
select * from duckdb_temporary_files()
select * from duckdb_external_file_cache()
select * from which_secret('a', 'b')
select * from pragma_database_size()
select * from pragma_user_agent()
select * from pragma_table_info('job_metrics')
select * from pragma_storage_info('hot_rows')
select * from sql_auto_complete('sel')
select * from query('from read_text(''/etc/passwd'')')
select * from query_table('hot_rows')
select * from query_table(['SECRET/a.csv'])
select * from json_execute_serialized_sql(json_serialize_sql('select 1'))
select json_serialize_plan('from read_text(''/etc/passwd'')')
select * from seq_scan('hot_rows')
select * from read_duckdb('SECRET/a.db')
select * from hot_rows
select * from lake_adds
select * from main.watermarks
select * from promoted_columns
select * from information_schema.tables
select * from duckdb_tables
select * from sqlite_master
select * from pg_catalog.pg_class
select * from memory.main.job_metrics
select * from temp.main.hot_rows
show tables
show all tables
show databases
select * from (show tables)
select * from job_metrics at (version => 1)
select nextval('s')
select setseed(0.5)
select sleep_ms(60000)
select pg_sleep(60)
select write_log('x')
select * from enable_logging()
select * from enable_profiling()
select * from checkpoint()
select * from test_all_types()
select * from repeat_row(1, num_rows := 10)
select * from lake_rows('log')
select * from events_of('log')
select default
select 1e400
`
  .trim()
  .split('\n');
