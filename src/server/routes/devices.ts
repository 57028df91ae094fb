import { z } from 'zod';
import { providerNames } from '../../inference/index.ts';
import { json, route } from '../route.ts';

const devicesSchema = z.strictObject({
  devices: z.array(
    z.strictObject({
      provider: z.enum(providerNames),
      device: z.enum(['cpu', 'gpu']),
      ok: z.boolean().describe('whether it really runs here'),
      reason: z.string().nullable().describe('why it does not'),
      found_at: z.iso.datetime().nullable().describe('where an earlier probe is believed'),
    }),
  ),
});

export const devicesRoute = route({
  method: 'GET',
  path: '/v1/devices',
  scope: 'read',
  summary: 'The execution providers of this machine, best first, and which of them really run',
  answers: { 200: json(devicesSchema, 'each with the reason where it does not run') },
  handle: async (_, { machine }) => ({ devices: await machine.devices() }),
});
