import { useEffect, useState } from 'preact/hooks';
import { getJson, numberOf } from '../../api/client.ts';
import type { Cell, DeviceState } from '../../api/types.ts';
import { count } from '../../format.ts';
import { Panel } from '../../parts/panel.tsx';
import { useQuery } from '../../parts/use-query.ts';
import deviceOutcomesSql from '../../sql/device_outcomes.sql?raw';
import type { SpanProps } from './jobs-per-hour.tsx';

type Outcome = Readonly<Record<'device_requested' | 'device_used' | 'jobs' | 'provider' | 'reason', Cell>>;

export function DevicesPanel({ hours, turn }: SpanProps) {
  const { rows } = useQuery<Outcome>(deviceOutcomesSql, { hours }, turn);
  const devices = useDevices();
  return (
    <Panel title="Devices" note="what runs here, and what jobs asked for">
      <ul class="devices">
        {devices.map(({ provider, ok, reason }) => (
          <li key={provider}>
            <span class={`status status-${ok ? 'done' : 'cancelled'}`}>{provider}</span>
            <span class="quiet">{ok ? 'runs' : (reason ?? 'does not run')}</span>
          </li>
        ))}
      </ul>
      <div class="scroll-x">
        <table class="plain-table">
          <thead>
            <tr>
              <th scope="col">asked → taken</th>
              <th scope="col" class="number">
                jobs
              </th>
              <th scope="col">last reason of a fallback</th>
            </tr>
          </thead>
          <tbody>
            {rows?.map((row) => (
              <tr key={`${row.device_requested} ${row.device_used}`}>
                <td class={row.device_requested === row.device_used ? '' : 'device-fallback'}>
                  {String(row.device_requested)} → {String(row.device_used)}
                </td>
                <td class="number">{count(numberOf(row.jobs))}</td>
                <td class="reason">
                  <span title={String(row.reason ?? '')}>{row.reason === null ? '–' : String(row.reason)}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function useDevices(): readonly DeviceState[] {
  const [devices, setDevices] = useState<readonly DeviceState[]>([]);
  useEffect(() => {
    void getJson<{ readonly devices: readonly DeviceState[] }>('/v1/devices').then((answer) => {
      if (answer.ok) setDevices(answer.value.devices);
    });
  }, []);
  return devices;
}
