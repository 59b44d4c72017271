import type { Binding } from '../spec';
import { placeOf, type LintSubject, type PlacedCase } from './subject';

/** What a case looks at: figures in its formula and in its conditions. */
function looksAt(subject: LintSubject, { table, formula }: PlacedCase): string[] {
  const bindings: Binding[] = [
    ...Object.values(formula.inputs),
    ...(formula.when ?? []).flatMap((condition) => ('of' in condition ? [condition.of] : [])),
  ];
  return bindings.flatMap((binding) => {
    if (!('figure' in binding)) return [];
    const of = subject.tableOf(table, binding.from);
    const spec = of === undefined ? undefined : subject.specOf(of, binding.figure);
    return of !== undefined && spec ? [`${of}/${spec.name}`] : [];
  });
}

function edgesOf(subject: LintSubject): Map<string, Set<string>> {
  const edges = new Map<string, Set<string>>();
  for (const at of subject.cases) {
    const from = `${at.table}/${at.figure.name}`;
    const to = edges.get(from) ?? new Set<string>();
    for (const name of looksAt(subject, at)) to.add(name);
    edges.set(from, to);
  }
  return edges;
}

/** Figures that in the end are computed from themselves. Each circle is told once. */
export function checkCircles(subject: LintSubject): void {
  const edges = edgesOf(subject);
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    const at = path.indexOf(name);
    if (at >= 0) {
      const [table = '', figure = ''] = name.split('/');
      const circle = [...path.slice(at), name].join(' ← ');
      subject.fault(placeOf(table, figure), `computed from itself: ${circle}`);
      return;
    }
    if (done.has(name)) return;
    for (const next of edges.get(name) ?? []) visit(next, [...path, name]);
    done.add(name);
  };
  for (const name of edges.keys()) visit(name, []);
}
