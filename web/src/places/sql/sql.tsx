import { useEffect, useRef, useState } from 'preact/hooks';
import { getJson } from '../../api/client.ts';
import type { Limits, Problem, QueryResult, View } from '../../api/types.ts';
import type { PlaceProps } from '../../app.tsx';
import { bytes, count, milliseconds, seconds } from '../../format.ts';
import { Empty, ProblemNote } from '../../parts/empty.tsx';
import { ask, download, type ExportFormat, exportFormats, type Plan } from './ask.ts';
import { Editor } from './editor.tsx';
import { examples } from './examples.ts';
import { ResultChart, ResultTable } from './result.tsx';
import { Saved } from './saved.tsx';
import './sql.css';

type Shown = 'table' | 'chart';

interface Outcome {
  readonly result?: QueryResult;
  readonly plan?: Plan;
  readonly problem?: Problem;
}

const lastKey = 'siltstone.sql';

export function SqlPage({ params }: PlaceProps) {
  const [text, setText] = useState(() => params.get('q') ?? localStorage.getItem(lastKey) ?? examples[0]?.sql ?? '');
  const [outcome, setOutcome] = useState<Outcome>({});
  const [shown, setShown] = useState<Shown>('table');
  const running = useRef<AbortController | undefined>(undefined);
  const [isRunning, setRunning] = useState(false);
  const limits = useJson<Limits>('/v1/limits');
  const views = useJson<{ readonly views: readonly View[] }>('/v1/views')?.views ?? [];
  useEffect(() => setText(params.get('q') ?? text), [params.get('q')]);
  useEffect(() => () => running.current?.abort(), []);
  const run = async (sql: string, isPlan = false) => {
    running.current?.abort();
    const stop = new AbortController();
    running.current = stop;
    localStorage.setItem(lastKey, sql);
    setRunning(true);
    const answer = await ask(sql, isPlan, stop.signal);
    if (running.current !== stop) return;
    setRunning(false);
    if (!answer.ok) setOutcome({ problem: answer.problem });
    else setOutcome('plan' in answer.value ? { plan: answer.value } : { result: answer.value });
  };
  const take = (sql: string) => {
    setText(sql);
    void run(sql);
  };
  const save = async (format: ExportFormat) => {
    const answer = await download(text, format);
    if (!answer.ok) setOutcome({ problem: answer.problem });
  };
  return (
    <div class="sql">
      <header class="page-head">
        <h1>SQL</h1>
        {limits !== undefined && (
          <p class="quiet">
            at most {count(limits.query_rows_max)} rows, {seconds(limits.query_timeout_ms / 1_000)} and{' '}
            {bytes(limits.query_bytes_max)} an answer
          </p>
        )}
      </header>
      <Saved views={views} onTake={take} onInsert={(view) => setText(`from ${view}\nlimit 100`)} />
      <section class="panel sql-ask" aria-label="Statement">
        <Editor text={text} views={views} onText={setText} onRun={() => void run(text)} />
        <Actions
          {...{ isRunning, limits, shown, onShow: setShown }}
          onRun={() => void run(text)}
          onPlan={() => void run(text, true)}
          onStop={() => running.current?.abort()}
          onSave={save}
        />
      </section>
      <Answered outcome={outcome} shown={shown} isRunning={isRunning} />
    </div>
  );
}

interface ActionsProps {
  readonly isRunning: boolean;
  readonly limits: Limits | undefined;
  readonly shown: Shown;
  readonly onShow: (shown: Shown) => void;
  readonly onRun: () => void;
  readonly onPlan: () => void;
  readonly onStop: () => void;
  readonly onSave: (format: ExportFormat) => void;
}

function Actions({ isRunning, limits, shown, onShow, onRun, onPlan, onStop, onSave }: ActionsProps) {
  return (
    <div class="sql-actions">
      {isRunning ? (
        <button type="button" class="button" onClick={onStop}>
          Stop
        </button>
      ) : (
        <button type="button" class="button button-main" onClick={onRun} aria-keyshortcuts="Control+Enter Meta+Enter">
          Run <kbd>Ctrl ⏎</kbd>
        </button>
      )}
      <button type="button" class="button" onClick={onPlan} disabled={isRunning}>
        Plan
      </button>
      {isRunning && <Deadline timeoutMs={limits?.query_timeout_ms ?? 10_000} />}
      <div class="push">
        {(['table', 'chart'] as const).map((one) => (
          <button type="button" key={one} class="toggle" aria-pressed={shown === one} onClick={() => onShow(one)}>
            {one}
          </button>
        ))}
      </div>
      <label class="sql-export">
        <span class="sr-only">Export as</span>
        <select
          value=""
          onChange={({ currentTarget }) => {
            onSave(currentTarget.value as ExportFormat);
            currentTarget.value = '';
          }}
        >
          <option value="">Export …</option>
          {exportFormats.map((format) => (
            <option key={format} value={format}>
              {format === 'parquet' ? 'Parquet' : format.toUpperCase()}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

/** How much of the time is gone that a statement has. */
function Deadline({ timeoutMs }: { readonly timeoutMs: number }) {
  const [spentMs, setSpentMs] = useState(0);
  useEffect(() => {
    const startedAt = performance.now();
    const timer = setInterval(() => setSpentMs(performance.now() - startedAt), 100);
    return () => clearInterval(timer);
  }, []);
  return (
    <span class="progress">
      <progress max={timeoutMs} value={spentMs} aria-label="time spent of the time allowed" />
      {seconds(spentMs / 1_000)} of {seconds(timeoutMs / 1_000)}
    </span>
  );
}

interface AnsweredProps {
  readonly outcome: Outcome;
  readonly shown: Shown;
  readonly isRunning: boolean;
}

function Answered({ outcome: { result, plan, problem }, shown, isRunning }: AnsweredProps) {
  return (
    <section class="panel sql-answer" aria-label="Answer" aria-busy={isRunning}>
      <p class="sql-facts quiet" role="status">
        {result !== undefined && factsOf(result)}
        {plan !== undefined && `the plan, in ${milliseconds(plan.elapsed_ms)}`}
      </p>
      {problem !== undefined && <ProblemNote problem={problem} />}
      {plan !== undefined && (
        // What scrolls must be within reach of the keyboard.
        <pre class="sql-plan" tabIndex={0}>
          {plan.plan}
        </pre>
      )}
      {result !== undefined && (shown === 'table' ? <ResultTable result={result} /> : <ResultChart result={result} />)}
      {result === undefined && plan === undefined && problem === undefined && (
        <Empty title="Ask something">Run the statement above, or take one of the questions beside it.</Empty>
      )}
    </section>
  );
}

function factsOf({ row_count: rows, truncated, elapsed_ms: ms, version }: QueryResult): string {
  const cut = truncated ? ' · cut here: there are more' : '';
  const lake = version < 0 ? 'before the first commit' : `version ${count(version)}`;
  return `${count(rows)} ${rows === 1 ? 'row' : 'rows'}${cut} · ${milliseconds(ms)} · ${lake}`;
}

function useJson<T>(path: string): T | undefined {
  const [value, setValue] = useState<T>();
  useEffect(() => {
    void getJson<T>(path).then((answer) => answer.ok && setValue(() => answer.value));
  }, [path]);
  return value;
}
