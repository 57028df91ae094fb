import { SQLDialect } from '@codemirror/lang-sql';

/** What DuckDB reads as words of its own in a SELECT: https://duckdb.org/docs/stable/sql/query_syntax/select */
const keywords = `all and anti any array as asc asof between by case cast collate cross current date day desc distinct
  else end escape except exclude exists explain filter first following for from full grouping group groups having hour
  ilike in inner intersect interval into is isnull join last lateral left like limit materialized minute month natural not
  notnull null nulls offset on or order ordinality outer over partition pivot positional preceding qualify range recursive
  replace right row rows sample second select semi sets similar some struct summarize table tablesample then ties time
  timestamp to trailing unbounded union unnest unpivot using values when where window with within year`;

const types = `bigint bit blob boolean char date decimal double float hugeint int integer interval json map numeric real
  smallint struct text time timestamp timestamptz tinyint ubigint uhugeint uinteger usmallint utinyint uuid varchar`;

export const duckDb = SQLDialect.define({
  keywords,
  types,
  builtin: '',
  doubleDollarQuotedStrings: true,
  charSetCasts: false,
  operatorChars: '+-*/<>=~!@#%^&|`?',
});
