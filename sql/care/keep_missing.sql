-- Leaves those lines in intake.lines that no good file holds (care.present) and that are of the kind and day of a broken one
-- (care.broken; null for any).
delete from intake.lines as l
where exists (
    select 1 from intake.files f join care.present p on p.stream = f.stream where f.file = l.file and p.seq = l.seq)
  or not exists (
    select 1 from care.broken b
    where coalesce(b.event = l.event, true) and coalesce(b."date" = cast(l.ts as date), true))
