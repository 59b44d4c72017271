import { placeOf, type LintSubject } from './subject';

const baseOf = (name: string): string => name.replace(/\.\*$/, '');

/** A parameter family may have one entry for all: `CC` for `CC.I`, `CC.II`. */
function isExplained(subject: LintSubject, name: string): boolean {
  const { glossary } = subject.folder;
  return Object.hasOwn(glossary, name) || Object.hasOwn(glossary, name.split('.')[0] ?? name);
}

function checkGlossary(subject: LintSubject): void {
  const told = new Set<string>();
  const tell = (place: string, name: string): void => {
    if (told.has(name) || isExplained(subject, name)) return;
    told.add(name);
    subject.fault(place, `${name} has no entry in the glossary (en, zh)`);
  };
  for (const [table, specs] of Object.entries(subject.document.figures))
    for (const spec of specs) tell(placeOf(table, spec.name), baseOf(spec.name));
  const { parameters, market } = subject.folder;
  for (const name of Object.keys(parameters).filter((one) => !market.has(one)))
    tell(`/parameters/values/${name}`, name);
}

function checkUnused(subject: LintSubject): void {
  const used = new Set(
    subject.cases.flatMap(({ formula }) => {
      const conditions = (formula.when ?? []).flatMap((condition) => ('of' in condition ? [condition.of] : []));
      return [...Object.values(formula.inputs), ...conditions].flatMap((binding) =>
        'parameter' in binding ? subject.parameterNames(binding) : [],
      );
    }),
  );
  const { about, market } = subject.folder;
  for (const name of Object.keys(subject.folder.parameters))
    if (!used.has(name) && name !== about.balance?.parameter && !market.has(name))
      subject.note(`/parameters/values/${name}`, `${name} is used by no formula`);
}

function checkFields(subject: LintSubject): void {
  for (const [table, { content }] of Object.entries(subject.profile)) {
    for (const [name, field] of Object.entries(content)) {
      const place = `/profile/${table}/content/${name}`;
      if ((field.kind === 'choice') !== (field.choices !== undefined))
        subject.fault(place, 'a field has choices if, and only if, it is of the kind choice');
      if ((field.unit !== undefined) !== (field.kind === 'decimal'))
        subject.fault(place, 'a field has a unit if, and only if, it is of the kind decimal (1 for a number alone)');
    }
  }
}

/** Words for people, and parameters that nothing needs (a note). */
export function checkWords(subject: LintSubject): void {
  checkGlossary(subject);
  checkUnused(subject);
  checkFields(subject);
}
