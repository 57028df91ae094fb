import { useEffect, useRef, useState } from 'preact/hooks';
import { call, getJson } from '../../api/client.ts';
import type { DeviceState, Limits, Plugin, Problem } from '../../api/types.ts';
import { bytes } from '../../format.ts';
import { refreshJobs } from '../../live/jobs.ts';
import { Command, ProblemNote } from '../../parts/empty.tsx';
import { goTo, linkTo } from '../../router.ts';
import { DeviceChoice } from './device-choice.tsx';

type Source = 'upload' | 'path';

/** A new job: what runs, over what, on what. */
export function SubmitForm({ plugins }: { readonly plugins: readonly Plugin[] | undefined }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const ready = (plugins ?? []).filter(({ state }) => state === 'ready');
  const [pluginId, setPluginId] = useState<string>();
  const [source, setSource] = useState<Source>('upload');
  const [problem, setProblem] = useState<Problem>();
  const [isSending, setSending] = useState(false);
  const known = useFacts();
  const plugin = ready.find(({ id }) => id === pluginId) ?? ready[0];
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setProblem(undefined);
    setSending(true);
    const answer = await submitJob(new FormData(event.currentTarget as HTMLFormElement), source);
    setSending(false);
    if ('problem' in answer) return setProblem(answer.problem);
    dialog.current?.close();
    void refreshJobs();
    goTo(linkTo.job(answer.jobId));
  };
  return (
    <dialog id="submit" ref={dialog} class="dialog" aria-labelledby="submit-title">
      <form onSubmit={submit}>
        <h2 id="submit-title">New job</h2>
        {plugins !== undefined && ready.length === 0 && <NoPlugins />}
        <div class="field-row">
          <label class="field">
            Plugin
            <select name="plugin" value={plugin?.id} onChange={({ currentTarget }) => setPluginId(currentTarget.value)}>
              {ready.map(({ id }) => (
                <option key={id}>{id}</option>
              ))}
            </select>
          </label>
          <label class="field">
            Tool
            <select name="tool" key={plugin?.id}>
              {plugin?.tools.map(({ name, description }) => (
                <option key={name} value={name}>
                  {name}: {description}
                </option>
              ))}
            </select>
          </label>
        </div>
        <SourceFields source={source} onSource={setSource} limits={known.limits} />
        <DeviceChoice devices={known.devices} />
        <label class="field field-short">
          Frames at most
          <input name="frames" type="number" min="1" placeholder="all" />
        </label>
        {problem !== undefined && <ProblemNote problem={problem} />}
        <div class="dialog-foot">
          <button type="button" class="button" onClick={() => dialog.current?.close()}>
            Not now
          </button>
          <button type="submit" class="button button-main" disabled={isSending || ready.length === 0}>
            {isSending ? 'Sending' : 'Start'}
          </button>
        </div>
      </form>
    </dialog>
  );
}

function NoPlugins() {
  return (
    <div>
      <p>No plugin is ready here. What is wrong with each, says</p>
      <Command text="siltstone plugins" />
    </div>
  );
}

interface SourceFieldsProps {
  readonly source: Source;
  readonly onSource: (source: Source) => void;
  readonly limits: Limits | undefined;
}

function SourceFields({ source, onSource, limits }: SourceFieldsProps) {
  const option = (value: Source, label: string) => (
    <label class="radio">
      <input type="radio" name="source" checked={source === value} onChange={() => onSource(value)} /> {label}
    </label>
  );
  return (
    <fieldset class="fieldset">
      <legend>Input</legend>
      <div class="radios">
        {option('upload', 'a file of mine')}
        {option('path', 'a file on the server')}
      </div>
      {source === 'upload' ? (
        <label class="field">
          A video or pictures{limits && `, ${bytes(limits.upload_bytes_max)} at most`}
          <input name="file" type="file" accept="video/*,image/*" multiple required class="file" />
        </label>
      ) : (
        <label class="field">
          Path below one of the server’s folders
          <input name="path" type="text" placeholder="samples/football.mp4" required />
        </label>
      )}
    </fieldset>
  );
}

interface Facts {
  readonly limits: Limits | undefined;
  readonly devices: readonly DeviceState[];
}

function useFacts(): Facts {
  const [facts, setFacts] = useState<Facts>({ limits: undefined, devices: [] });
  useEffect(() => {
    const load = async () => {
      const limits = await getJson<Limits>('/v1/limits');
      const devices = await getJson<{ readonly devices: readonly DeviceState[] }>('/v1/devices');
      setFacts({ limits: limits.ok ? limits.value : undefined, devices: devices.ok ? devices.value.devices : [] });
    };
    void load();
  }, []);
  return facts;
}

async function submitJob(form: FormData, source: Source): Promise<{ jobId: string } | { problem: Problem }> {
  const params = new URLSearchParams();
  for (const name of ['plugin', 'tool', 'device', 'strict_device', 'frames']) {
    const value = form.get(name);
    if (typeof value === 'string' && value !== '') params.set(name, value);
  }
  const files = new FormData();
  for (const file of form.getAll('file')) files.append('file', file);
  const json = { headers: { 'content-type': 'application/json' }, body: JSON.stringify({ path: form.get('path') }) };
  const init = source === 'upload' ? { body: files } : json;
  const answer = await call(`/v1/jobs?${params}`, { method: 'POST', ...init });
  if (!answer.ok) return { problem: answer.problem };
  const accepted: { readonly job_id: string } = await answer.value.json();
  return { jobId: accepted.job_id };
}
