import { z } from 'zod';
import { promotedViewsOf, readSql, viewFiles } from '../../query/index.ts';
import { json, route } from '../route.ts';

const viewSchema = z.strictObject({
  name: z.string(),
  grain: z.string().describe('what a row of it is'),
  columns: z.array(z.strictObject({ name: z.string(), type: z.string().describe('as DuckDB names it') })),
});

export const viewsRoute = route({
  method: 'GET',
  path: '/v1/views',
  scope: 'read',
  summary: 'The views that SQL is asked over, with their columns',
  answers: { 200: json(z.strictObject({ views: z.array(viewSchema) }), 'those of promoted kinds last') },
  handle: async (_, { reader, storage }) => {
    const all = await reader.rows(readSql('serve/columns.sql'));
    const columnsOf = (view: string) => all.filter((column) => column.view === view);
    const views = [...viewFiles(), ...(await promotedViewsOf(storage))];
    return {
      views: views.map(({ name, grain }) => ({
        name,
        grain,
        columns: columnsOf(name).map((column) => ({ name: String(column.name), type: String(column.type) })),
      })),
    };
  },
});
