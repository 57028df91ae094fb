import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform, release } from 'node:os';
import { dirname, join } from 'node:path';

/** What is looked up where providers look for their drivers: files by size and time, folders by their entries. */
const places = [
  '/proc/driver/nvidia/version',
  '/dev/nvidiactl',
  '/dev/dri',
  '/dev/dxg',
  '/etc/vulkan/icd.d',
  '/usr/share/vulkan/icd.d',
  '/usr/local/cuda/version.json',
  '/etc/ld.so.cache',
];

const variables = [
  'CUDA_VISIBLE_DEVICES',
  'NVIDIA_VISIBLE_DEVICES',
  'LD_LIBRARY_PATH',
  'DYLD_LIBRARY_PATH',
  'VK_ICD_FILENAMES',
  'VK_DRIVER_FILES',
];

/** Tells a machine from what it was before its drivers, its GPU or the runtime changed. */
export function driverFacts(): string {
  const { version, libraries } = runtimeFacts();
  const facts = [
    platform(),
    arch(),
    release(),
    version,
    ...[...places, libraries].map((path) => `${path} ${look(path)}`),
    ...variables.map((name) => `${name} ${process.env[name] ?? ''}`),
  ];
  return createHash('sha256').update(facts.join('\n')).digest('hex').slice(0, 16);
}

/** The runtime's version, and the folder where the libraries of its providers lie once they are installed. */
function runtimeFacts(): { readonly version: string; readonly libraries: string } {
  const path = createRequire(import.meta.url).resolve('onnxruntime-node/package.json');
  const { version } = JSON.parse(readFileSync(path, 'utf8')) as { readonly version: string };
  return { version, libraries: join(dirname(path), 'bin', 'napi-v6', platform(), arch()) };
}

function look(path: string): string {
  try {
    const found = statSync(path);
    if (!found.isDirectory()) return `${found.size} ${Math.round(found.mtimeMs)}`;
    return readdirSync(path).sort().join(' ');
  } catch {
    // Most machines have few of these.
    return 'absent';
  }
}
