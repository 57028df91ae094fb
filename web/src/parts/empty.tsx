import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Problem } from '../api/types.ts';
import { Icon } from '../shell/icons.tsx';

interface EmptyProps {
  readonly title: string;
  readonly children?: ComponentChildren;
  /** What to type to have something here. */
  readonly command?: string;
}

/** Where nothing is yet: what to do next. */
export function Empty({ title, children, command }: EmptyProps) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {children !== undefined && <p>{children}</p>}
      {command !== undefined && <Command text={command} />}
    </div>
  );
}

const copiedMs = 1_500;

/** A command that can be copied. */
export function Command({ text }: { readonly text: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), copiedMs);
  };
  return (
    <div class="command">
      <code>{text}</code>
      <button type="button" class="button-quiet" onClick={copy} aria-label={isCopied ? 'copied' : `copy: ${text}`}>
        <Icon name={isCopied ? 'check' : 'copy'} size={16} />
      </button>
    </div>
  );
}

/** What went wrong, and what to do about it. */
export function ProblemNote({ problem }: { readonly problem: Problem }) {
  return (
    <div class="problem" role="alert">
      <Icon name="warning" size={18} />
      <div>
        <p>
          {problem.message} <code class="problem-code">{problem.code}</code>
        </p>
        {problem.remedy !== '' && <p class="problem-remedy">{problem.remedy}</p>}
      </div>
    </div>
  );
}
