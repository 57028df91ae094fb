import { v7 as uuidv7 } from 'uuid';
import type { FieldsOf, Kind } from '../events/index.ts';
import { type Members, membersOf } from './attrs.ts';
import { type CommonFields, type EventLog, openEventLog } from './event-log.ts';
import type { EventLogOptions } from './event-log-options.ts';

export interface JobEmitterOptions extends Omit<EventLogOptions, 'jobId'> {
  /** By default a new UUIDv7. */
  readonly jobId?: string;
  /** Stands in every event that has a plugin and names no other. */
  readonly plugin: string;
}

type Fields<K extends Kind> = FieldsOf<K> & CommonFields;

/** The plugin may be left out: it is the job's. */
type PluginFields<K extends Kind> = Omit<Fields<K>, 'plugin'> & { readonly plugin?: string };

/** One method a kind; each writes one event and says whether it was taken. */
export interface JobEmitter extends Pick<EventLog, 'jobId' | 'flush' | 'close' | 'counts'> {
  status(fields: PluginFields<'job.status'>): boolean;
  pluginRun(fields: PluginFields<'plugin.run'>): boolean;
  overlayFrame(fields: Fields<'overlay.frame'>): boolean;
  deviceUsage(fields: Fields<'device.usage'>): boolean;
  outputRaw(fields: PluginFields<'output.raw'>): boolean;
  detection(fields: PluginFields<'detection'>): boolean;
  outputIssue(fields: PluginFields<'output.issue'>): boolean;
  framePitch(fields: PluginFields<'frame.pitch'>): boolean;
  log(fields: Fields<'log'>): boolean;
  /** For kinds of your own, and for `logTo`. */
  readonly eventLog: EventLog;
}

/** Opens a stream for one run of one plugin. It throws what `openEventLog` throws. */
export function openJobEmitter({ plugin, jobId = uuidv7(), ...options }: JobEmitterOptions): JobEmitter {
  const eventLog = openEventLog({ jobId, ...options });
  const withPlugin = (fields: Members) => ({ plugin, ...membersOf(fields) });
  return {
    jobId,
    eventLog,
    flush: eventLog.flush,
    close: eventLog.close,
    counts: eventLog.counts,
    status: (fields) => eventLog.appendUnknown('job.status', withPlugin(fields)),
    pluginRun: (fields) => eventLog.appendUnknown('plugin.run', withPlugin(fields)),
    overlayFrame: (fields) => eventLog.append('overlay.frame', fields),
    deviceUsage: (fields) => eventLog.append('device.usage', fields),
    outputRaw: (fields) => eventLog.appendUnknown('output.raw', withPlugin(fields)),
    detection: (fields) => eventLog.appendUnknown('detection', withPlugin(fields)),
    outputIssue: (fields) => eventLog.appendUnknown('output.issue', withPlugin(fields)),
    framePitch: (fields) => eventLog.appendUnknown('frame.pitch', withPlugin(fields)),
    log: (fields) => eventLog.append('log', fields),
  };
}
