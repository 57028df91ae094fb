import { z } from 'zod';
import { route } from '../route.ts';

export const sessionRoutes = [
  route({
    method: 'POST',
    path: '/v1/session',
    scope: 'public',
    summary: 'Gives a page a cookie for its token: pictures, videos and streams of events carry no header',
    body: { json: z.strictObject({ token: z.string().min(1).max(1000) }) },
    answers: { 204: { help: 'the cookie is set, where the server needs a token' } },
    errors: ['unauthorized'],
    handle: ({ body, request, reply }, { access }) => {
      access.signIn(body?.token ?? '', request, reply);
    },
  }),
  route({
    method: 'DELETE',
    path: '/v1/session',
    scope: 'public',
    summary: 'Forgets the cookie',
    answers: { 204: { help: 'it is worth nothing any more' } },
    handle: ({ request, reply }, { access }) => {
      access.signOut(request, reply);
    },
  }),
];
