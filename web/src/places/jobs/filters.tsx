import { goTo, linkTo } from '../../router.ts';

interface JobFiltersProps {
  readonly params: URLSearchParams;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly plugins: readonly string[];
}

const statuses = ['queued', 'running', 'done', 'error', 'cancelled'];

/** What is chosen stands in the address, so that it can be kept and sent. */
export function JobFilters({ params, text, onText, plugins }: JobFiltersProps) {
  const choose = (name: string, value: string) => {
    const next = new URLSearchParams(params);
    if (value === '') next.delete(name);
    else next.set(name, value);
    goTo(next.size === 0 ? linkTo.jobs() : `${linkTo.jobs()}?${next}`);
  };
  const filter = (name: string, values: readonly string[]) => ({
    name,
    values,
    value: params.get(name) ?? '',
    onChoose: (value: string) => choose(name, value),
  });
  return (
    <div class="filters" role="search" aria-label="Filter jobs">
      <input
        type="search"
        placeholder="Find by id or plugin"
        aria-label="Find by id or plugin"
        value={text}
        onInput={({ currentTarget }) => onText(currentTarget.value)}
      />
      <Choice {...filter('status', statuses)} />
      <Choice {...filter('plugin', plugins)} />
      <Choice {...filter('device', ['cpu', 'gpu'])} />
    </div>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly value: string;
  readonly values: readonly string[];
  readonly onChoose: (value: string) => void;
}

function Choice({ name, value, values, onChoose }: ChoiceProps) {
  return (
    <select aria-label={name} value={value} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
      <option value="">any {name}</option>
      {[...new Set([...values, ...(value === '' ? [] : [value])])].map((one) => (
        <option key={one} value={one}>
          {one}
        </option>
      ))}
    </select>
  );
}
