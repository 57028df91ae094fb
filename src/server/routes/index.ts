import type { Route } from '../route.ts';
import { devicesRoute } from './devices.ts';
import { eventsRoute } from './events.ts';
import { healthRoutes } from './health.ts';
import { jobRoutes } from './jobs.ts';
import { metricsRoutes } from './metrics.ts';
import { pluginsRoute } from './plugins.ts';
import { queryRoutes } from './query.ts';
import { sessionRoutes } from './session.ts';
import { viewsRoute } from './views.ts';

/** All of them. */
export const routes: readonly Route[] = [
  ...healthRoutes,
  ...sessionRoutes,
  ...jobRoutes,
  ...queryRoutes,
  viewsRoute,
  eventsRoute,
  pluginsRoute,
  devicesRoute,
  ...metricsRoutes,
];
