import { z } from 'zod';
import type { ListedPlugin } from '../../inference/index.ts';
import { json, route } from '../route.ts';

const pluginSchema = z.strictObject({
  id: z.string(),
  state: z.enum(['ready', 'broken', 'base']).describe('a base comes without a model: others extend it'),
  version: z.string().nullable(),
  description: z.string().nullable(),
  tools: z.array(z.strictObject({ name: z.string(), description: z.string(), tracks: z.boolean() })),
  devices: z.array(z.enum(['cpu', 'gpu'])),
  labels: z.array(z.string()),
  reason: z.string().nullable().describe('why it is not ready'),
});

export const pluginsRoute = route({
  method: 'GET',
  path: '/v1/plugins',
  scope: 'read',
  summary: 'The plugins, broken ones with their reason',
  answers: { 200: json(z.strictObject({ plugins: z.array(pluginSchema) }), 'by id') },
  handle: async (_, { machine }) => ({ plugins: (await machine.plugins()).map(shown) }),
});

function shown(listed: ListedPlugin): z.infer<typeof pluginSchema> {
  const { id, state } = listed;
  if (listed.state !== 'ready') {
    const reason = listed.error.message;
    return { id, state, version: null, description: null, tools: [], devices: [], labels: [], reason };
  }
  const { manifest, labels } = listed.plugin;
  const tools = manifest.tools.map(({ name, description, tracks }) => ({ name, description, tracks }));
  const { version, description, devices } = manifest;
  return { id, state, version, description, tools, devices: [...devices], labels: [...labels], reason: null };
}
