import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { getJson, query, rowsOf } from '../api/client.ts';
import { bytes, count, seconds } from '../format.ts';
import { jobsStore, type Link, unfinishedStore } from '../live/jobs.ts';
import { useEvery } from '../parts/use-every.ts';
import stateSql from '../sql/warehouse_state.sql?raw';
import { useStore } from '../store.ts';
import { Icon } from './icons.tsx';
import { chooseTheme, type Theme, themeStore } from './theme.ts';

interface WarehouseState {
  readonly stored_bytes: number | string | null;
  readonly lag_seconds: number | null;
  readonly hot_events: number | string | null;
}

const stateEveryMs = 10_000;

const linkWords: Readonly<Record<Link, string>> = {
  connecting: 'connecting',
  live: 'live',
  polling: 'polling',
  down: 'no server',
};

export function Strip() {
  const { link } = useStore(jobsStore);
  const unfinished = useStore(unfinishedStore);
  const [state, setState] = useState<WarehouseState>();
  const [version, setVersion] = useState<string>();
  useEvery(async () => {
    const answer = await query(stateSql);
    if (answer.ok) setState(rowsOf<WarehouseState>(answer.value)[0]);
  }, stateEveryMs);
  useEvery(async () => {
    const answer = await getJson<{ readonly version: string }>('/healthz');
    if (answer.ok) setVersion(answer.value.version);
  }, 10 * stateEveryMs);
  const running = [...unfinished.values()].filter(({ status }) => status === 'running').length;
  const queued = unfinished.size - running;
  const lag = state?.lag_seconds;
  return (
    <header class="strip">
      <span class="strip-name">siltstone</span>
      <dl>
        <Reading label="running" value={`${count(running)}${queued > 0 ? ` + ${count(queued)} queued` : ''}`} />
        <Reading
          label={
            <>
              <span class="wide-word">compaction </span>lag
            </>
          }
          value={state === undefined ? '–' : seconds(lag ?? 0)}
          isLate={(lag ?? 0) > 600}
        />
        <Reading label="stored" value={bytes(state === undefined ? undefined : Number(state.stored_bytes ?? 0))} />
        <Reading label="version" value={version ?? '–'} isMinor />
      </dl>
      <span class={`strip-link strip-link-${link}`} role="status">
        {linkWords[link]}
      </span>
      <ThemeSwitch />
    </header>
  );
}

interface ReadingProps {
  readonly label: ComponentChildren;
  readonly value: string;
  readonly isLate?: boolean;
  readonly isMinor?: boolean;
}

function Reading({ label, value, isLate = false, isMinor = false }: ReadingProps) {
  return (
    <div class={`reading${isLate ? ' reading-late' : ''}${isMinor ? ' reading-minor' : ''}`}>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

const themes = ['system', 'light', 'dark'] as const;

function ThemeSwitch() {
  const theme = useStore(themeStore);
  const next: Theme = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system';
  const label = `colours: ${theme}; change to ${next}`;
  return (
    <button type="button" class="button-quiet" aria-label={label} title={label} onClick={() => chooseTheme(next)}>
      <Icon name={theme} size={18} />
    </button>
  );
}
