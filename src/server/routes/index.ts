import type { Route } from '../route.ts';
import { detectionsRoute } from './detections.ts';
import { devicesRoute } from './devices.ts';
import { eventsRoute } from './events.ts';
import { healthRoutes } from './health.ts';
import { jobRoutes } from './jobs.ts';
import { mediaRoutes } from './media.ts';
import { metricsRoutes } from './metrics.ts';
import { pluginsRoute } from './plugins.ts';
import { queryRoutes } from './query.ts';
import { sessionRoutes } from './session.ts';
import { streamRoute } from './stream.ts';
import { cancelRoute, submitRoute } from './submit.ts';
import { viewsRoute } from './views.ts';

/** All of them. */
export const routes: readonly Route[] = [
  ...healthRoutes,
  ...sessionRoutes,
  ...jobRoutes,
  ...queryRoutes,
  viewsRoute,
  eventsRoute,
  ...metricsRoutes,
  submitRoute,
  cancelRoute,
  detectionsRoute,
  ...mediaRoutes,
  streamRoute,
  pluginsRoute,
  devicesRoute,
];
