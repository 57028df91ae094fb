import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { View } from '../../api/types.ts';

/** The names of the views, and the columns of those that the statement names already. */
export function completeViews(views: readonly View[]): (context: CompletionContext) => CompletionResult | null {
  return (context) => {
    const word = context.matchBefore(/\w*/);
    if (word === null || (word.from === word.to && !context.explicit)) return null;
    return { from: word.from, options: optionsFor(views, context.state.doc.toString()), validFor: /^\w*$/ };
  };
}

/** Columns come before views where some view is named: it is those that one then wants. */
export function optionsFor(views: readonly View[], statement: string): readonly Completion[] {
  const named = views.filter(({ name }) => new RegExp(`\\b${name}\\b`, 'i').test(statement));
  const columns = new Map<string, Completion>();
  for (const { name: view, columns: own } of named) {
    for (const { name, type } of own) {
      const known = columns.get(name);
      const detail = known === undefined ? `${type.toLowerCase()} of ${view}` : `${known.detail}, ${view}`;
      columns.set(name, { label: name, type: 'property', detail, boost: 1 });
    }
  }
  return [...columns.values(), ...views.map(({ name, grain }) => ({ label: name, type: 'class', info: grain }))];
}
