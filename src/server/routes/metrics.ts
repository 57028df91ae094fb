import { type Page, pages } from '../../metrics/index.ts';
import { type Route, route } from '../route.ts';

const types = ['text/plain', 'application/openmetrics-text'] as const;

/** What Prometheus scrapes. It reads memory: how often somebody asks costs next to nothing. */
export const metricsRoutes = [pageRoute('all'), ...pages.map(pageRoute)];

function pageRoute(page: Page | 'all'): Route {
  const of = page === 'all' ? 'everything' : `${page}s`;
  return route({
    method: 'GET',
    path: page === 'all' ? '/metrics' : `/metrics/${page}`,
    scope: 'read',
    summary: `Metrics of ${of}, for Prometheus`,
    answers: { 200: { help: 'in the text format that the Accept header prefers', types } },
    handle: async ({ request, reply }, { metrics }) => {
      const { type, text } = await metrics.page(page, request.headers.accept);
      return reply.type(type).send(text);
    },
  });
}
