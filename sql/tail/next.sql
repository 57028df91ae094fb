-- One row per event that came since the last look, oldest first.
create or replace temp table tail_seen as from tail_next;

create or replace temp table tail_next as from known_lines;

select * from came_between('tail_seen', 'tail_next')
where getvariable('tail_job') is null or job_id = getvariable('tail_job')
order by ts, stream, seq
