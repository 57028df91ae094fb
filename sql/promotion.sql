-- What a promoted field is, from its JSON value in `attrs`: NULL where that is not of the type. Each is pure, so a value is the
-- same whether it was taken when the line was compacted, at a merge, or is taken when the view is asked.

-- A text.
create or replace macro promoted_varchar(value) as
  case when json_type(value) = 'VARCHAR' then value ->> '$' end;

-- A number without a fraction: of 64 bits as it stands, with a point or an exponent as far as a double is exact.
create or replace macro promoted_bigint(value) as
  case
    when json_type(value) in ('BIGINT', 'UBIGINT') then try_cast(value as bigint)
    when json_type(value) = 'DOUBLE' and abs(try_cast(value as double)) <= 9007199254740991
      and try_cast(value as double) = trunc(try_cast(value as double))
      then try_cast(try_cast(value as double) as bigint)
  end;

-- A finite number.
create or replace macro promoted_double(value) as
  case
    when json_type(value) in ('BIGINT', 'UBIGINT', 'DOUBLE') and isfinite(try_cast(value as double))
      then try_cast(value as double)
  end;

create or replace macro promoted_boolean(value) as
  case when json_type(value) = 'BOOLEAN' then try_cast(value as boolean) end;

-- A text that is a time: ISO 8601 with seconds and a zone, years 1 to 9999. What is finer than a µs is cut.
create or replace macro promoted_timestamptz(value) as
  case
    when json_type(value) = 'VARCHAR'
      and regexp_full_match(value ->> '$',
        '\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)')
      and try_cast(value ->> '$' as timestamptz)
        between timestamptz '0001-01-01 00:00:00+00' and timestamptz '9999-12-31 23:59:59.999999+00'
      then try_cast(value ->> '$' as timestamptz)
  end;

-- Any value but null.
create or replace macro promoted_json(value) as
  case when json_type(value) <> 'NULL' then value end;
