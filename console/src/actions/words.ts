import { formFields } from '@carbon-ledger/core';
import type { ActionView } from '@carbon-ledger/client-sdk';
import type { Words } from '../language/language';

/** Outcomes of a step in the words of the form: `通过`. */
function outcomeWords({ file }: Pick<ActionView, 'file'>): Words[] {
  return Object.entries(file.content ?? {}).flatMap(([name, value]) => {
    const field = formFields(file.type).find((one) => one.name === name);
    return field?.choices?.[value] ?? [];
  });
}

/** What a step is called: the record that is filed, and its outcome where it has one. */
export function stepWords(action: Pick<ActionView, 'file' | 'title'>): Words {
  const outcomes = outcomeWords(action);
  if (outcomes.length === 0) return action.title;
  return {
    zh: `${action.title.zh} · ${outcomes.map(({ zh }) => zh).join(' ')}`,
    en: `${action.title.en} · ${outcomes.map(({ en }) => en).join(' ')}`,
  };
}
