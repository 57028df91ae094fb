import { useEffect, useState } from 'preact/hooks';
import { getJson, numberOf } from '../../api/client.ts';
import type { Cell, DeviceState } from '../../api/types.ts';
import { count } from '../../format.ts';
import { Panel } from '../../parts/panel.tsx';
import { PlainTable } from '../../parts/plain-table.tsx';
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
      <PlainTable<Outcome>
        label="Devices that were asked for and taken"
        rows={rows}
        rowKey={({ device_requested, device_used }) => `${device_requested} ${device_used}`}
        columns={[
          { label: 'asked → taken', cell: (row) => <Choice row={row} /> },
          { label: 'jobs', isNumber: true, cell: ({ jobs }) => count(numberOf(jobs)) },
          { label: 'last reason of a fallback', class: 'reason', cell: ({ reason }) => <Reason text={reason} /> },
        ]}
      />
    </Panel>
  );
}

const Choice = ({ row: { device_requested: asked, device_used: taken } }: { readonly row: Outcome }) => (
  <span class={asked === taken ? '' : 'device-fallback'}>
    {String(asked)} → {String(taken)}
  </span>
);

const Reason = ({ text }: { readonly text: Cell }) => <span title={String(text ?? '')}>{String(text ?? '–')}</span>;

function useDevices(): readonly DeviceState[] {
  const [devices, setDevices] = useState<readonly DeviceState[]>([]);
  useEffect(() => {
    void getJson<{ readonly devices: readonly DeviceState[] }>('/v1/devices').then((answer) => {
      if (answer.ok) setDevices(answer.value.devices);
    });
  }, []);
  return devices;
}
