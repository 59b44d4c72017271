import type { Fault } from '../errors';
import type { Binding, FigureSpec, Methodology } from '../methodology/spec';
import type { RecordScope } from '../methodology/scope';
import { citedOf } from './cited';
import { contentFault } from './content';

function fieldsOf(binding: Binding): string[] {
  if ('content' in binding) return [binding.content];
  return 'parameter' in binding && binding.by !== undefined ? [binding.by.content] : [];
}

function fieldsOfFigure({ cases }: FigureSpec): string[] {
  return cases.flatMap(({ inputs, when = [] }) => [
    ...Object.values(inputs).flatMap(fieldsOf),
    ...when.flatMap((condition) => ('of' in condition ? fieldsOf(condition.of) : [])),
  ]);
}

/** Names of the public facts that a methodology's formulas and conditions read. */
function factsOf(methodology: Methodology): ReadonlySet<string> {
  return new Set(Object.values(methodology.figures).flat().flatMap(fieldsOfFigure));
}

const known = new WeakMap<Methodology, ReadonlySet<string>>();

/**
 * Beside the fields of its type, a record states the facts that its methodology reads, and no others: a statement that
 * nothing holds to anything would stand there as if it had been looked at.
 */
export function factFaults(
  scope: RecordScope,
  content: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, unknown>>,
): Fault[] {
  const [cited] = citedOf(scope, 'methodology', 'methodology');
  const extra = Object.keys(content).filter((name) => !Object.hasOwn(fields, name));
  if (cited === undefined || extra.length === 0) return [];
  const facts = known.get(cited.content) ?? factsOf(cited.content);
  known.set(cited.content, facts);
  return extra
    .filter((name) => !facts.has(name))
    .map((name) => contentFault(name, `neither this type nor ${cited.scope.key} knows the field ${name}`));
}
