import { readFileSync } from 'node:fs';
import { errorTable, messageOf } from '../errors.ts';
import { probeDevices, videoCodecName } from '../inference/index.ts';
import type { Finding } from '../query/index.ts';

/** Whether this machine can run what siltstone runs. */
export async function examineMachine(): Promise<readonly Finding[]> {
  return [node(), ...(await devices()), await videoCodec()];
}

function node(): Finding {
  const found = `Node ${process.versions.node}`;
  const minimum = minimumNode();
  const isEnough = process.versions.node.localeCompare(minimum, undefined, { numeric: true }) >= 0;
  if (isEnough) return { state: 'ok', of: 'node', found };
  return { state: 'wrong', of: 'node', found, remedy: `Install Node ${minimum} or newer.` };
}

function minimumNode(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { readonly engines: { readonly node: string } }).engines.node.replace(/^>=/, '');
}

async function devices(): Promise<readonly Finding[]> {
  const attempts = await probeDevices();
  const cpu = attempts.find(({ provider }) => provider === 'cpu');
  const gpu = attempts.find(({ provider, ok }) => provider !== 'cpu' && ok);
  return [
    cpu?.ok
      ? { state: 'ok', of: 'inference', found: 'onnxruntime runs on the CPU' }
      : {
          state: 'wrong',
          of: 'inference',
          found: `onnxruntime does not run: ${cpu?.reason}`,
          remedy: 'Install the packages again with `npm ci`; this platform may have no binary of onnxruntime-node.',
        },
    {
      state: 'ok',
      of: 'gpu',
      found: gpu ? `${gpu.provider} runs` : 'none runs; `siltstone devices` says why, and jobs take the CPU',
    },
  ];
}

async function videoCodec(): Promise<Finding> {
  const of = 'video';
  try {
    return { state: 'ok', of, found: `${await videoCodecName()} reads and writes videos` };
  } catch (error) {
    return {
      state: 'warning',
      of,
      found: messageOf(error),
      remedy: `Pictures work without it. ${errorTable.codec_missing}`,
    };
  }
}
