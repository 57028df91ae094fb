import { useState } from 'preact/hooks';
import type { Device, DeviceState } from '../../api/types.ts';

/** What the job is to run on, and what will come of it on this machine. */
export function DeviceChoice({ devices }: { readonly devices: readonly DeviceState[] }) {
  const [device, setDevice] = useState<Device>('cpu');
  const gpus = devices.filter((one) => one.device === 'gpu');
  const working = gpus.find(({ ok }) => ok);
  const option = (value: Device, label: string) => (
    <label class="radio">
      <input type="radio" name="device" value={value} checked={device === value} onChange={() => setDevice(value)} />{' '}
      {label}
    </label>
  );
  const hint =
    working === undefined
      ? `No gpu works here${gpus[0]?.reason ? `: ${gpus[0].reason}` : ''}. The job falls back to the cpu and says why.`
      : `Runs on ${working.provider}.`;
  return (
    <fieldset class="fieldset">
      <legend>Device</legend>
      <div class="radios">
        {option('cpu', 'cpu')}
        {option('gpu', 'gpu')}
        <label class="radio">
          <input type="checkbox" name="strict_device" value="true" disabled={device === 'cpu'} /> fail rather than fall
          back
        </label>
      </div>
      <p class="hint">
        {device === 'gpu' && devices.length > 0 ? hint : 'The first one of that kind that really runs here.'}
      </p>
    </fieldset>
  );
}
