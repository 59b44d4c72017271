// Writes the reference pages that follow from the code: docs/errors.md, docs/records.md, docs/lifecycles.md and docs/rules.md. Run after a build: npm run docs
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { rulesPage } from './lib/rules-page.mjs';

const require = createRequire(import.meta.url);
const { awaitedSteps, catalogue, processes, recordTypes, recordTypeNames, shelvedRuleSet } = require('../core/dist');

function errorsPage() {
  const rows = Object.entries(catalogue).map(
    ([code, { http, exit, en, zh, cure, cureZh }]) =>
      `| <a id="${code}"></a>\`${code}\` | ${http} | ${exit} | ${en} ${zh} | ${[cure, cureZh].filter(Boolean).join(' ')} |`,
  );
  return `# Errors

Written by \`npm run docs\` from \`core/src/errors\`. Codes are stable, texts are not. \`http\` is the status of the RFC 9457 problem, \`exit\` the
exit code of \`carbon-ledger\`: 1 no or refused, 2 usage, 3 cannot tell or unreachable (0 is yes).

| code | http | exit | meaning | what to do |
|---|---|---|---|---|
${rows.join('\n')}
`;
}

/** Two records to ask each type what it cites: one about a unit, one about the plant. */
function citesOf(type) {
  const ask = (unit, kind) =>
    recordTypes[type].cites({ type, kind, subject: { uscc: '', unit, period: '2024' }, cites: [] }).map((rule) => {
      const count = rule.min === rule.max ? `${rule.min}` : `${rule.min}–${rule.max}`;
      return `${rule.role} (${count})`;
    });
  const names = recordTypes[type].labels?.names;
  const labels = type === 'review' || !Array.isArray(names) ? [] : names;
  const kinds = [type, ...labels.map((label) => `${type}.${label}`)];
  const { unit } = recordTypes[type];
  const units = unit === 'unit-or-plant' ? ['U1', 'PLANT'] : [unit === 'plant' ? 'PLANT' : 'U1'];
  const lines = kinds.flatMap((kind) =>
    units.map((at) => {
      const named = [kinds.length > 1 ? kind : '', units.length > 1 ? (at === 'PLANT' ? 'plant' : 'unit') : '']
        .filter(Boolean)
        .join(' ');
      const cited = ask(at, kind).join(', ') || '–';
      return named ? `${named}: ${cited}` : cited;
    }),
  );
  return [...new Set(lines)].join('<br>');
}

/** `lab (engaged)`: kinds of party with their relation to the subject. */
function filersOf(filed) {
  return [...new Set(filed.map(({ by, as }) => `${by} (${as})`))].join(', ');
}

function recordsPage() {
  const rows = recordTypeNames.map((type) => {
    const { title, filed, unit, period, process, labels, expected, follows } = recordTypes[type];
    const owed = { 'of-units': 'each unit', 'of-units-and-plant': 'each unit and the plant' }[expected];
    const told = owed ? `of ${owed}, each period` : follows ? `on a \`${follows}\`` : '';
    const label =
      labels === undefined
        ? ''
        : labels.names === 'any'
          ? ' with a label'
          : labels.names.map((name) => `${labels.required ? '' : ' or'} \`.${name}\``).join('');
    return `| \`${type}\`${label} | ${title.zh} ${title.en} | ${filersOf(filed)} | ${unit} | ${period} | ${citesOf(type)} | ${process} | ${told} |`;
  });
  return `# Record types

Written by \`npm run docs\` from \`core/src/rulebook/types\`, where one file per type says everything about it.

A record stands under a business key \`{USCC}/{unit}/{period}/{kind}\`; at most one is current. *Filed by*: kind of party and how it must stand to
the subject: \`self\`, an authority of its \`region\`, the \`nation\`, \`engaged\` for the year, its \`registry\`; \`party\`: the type's own rules say who.
*Process*: the lifecycle that says which versions and steps may follow (docs/lifecycles.md). *Asked for*: what the inbox of its filer tells although
nothing waits in a lifecycle: of the units of every listed enterprise, or once another record stands.

| kind | name | filed by | unit | period | cites (role and count) | process | asked for |
|---|---|---|---|---|---|---|---|
${rows.join('\n')}
`;
}

/** What a state waits for, and until when. */
function awaited(type, code, { awaits = [] }) {
  const steps = type === undefined ? [] : awaitedSteps({ types: recordTypes, processes }, type, code);
  const day = (one) => ('field' in one ? `the day in \`${one.field}\`` : `${one.days} ${one.count} days`);
  return steps
    .map(({ step }) => {
      const until = awaits.find(({ on }) => on === step)?.until ?? [];
      return until.length === 0 ? `\`${step}\`` : `\`${step}\` until ${until.map(day).join(', ')}`;
    })
    .join(', ');
}

function lifecycle(name) {
  const { title, states, transitions } = processes[name];
  const types = recordTypeNames.filter((type) => recordTypes[type].process === name);
  const meanings = { stands: 'stands', open: 'waits for its next version', ended: 'counts no more' };
  const stateRows = Object.entries(states).map(
    ([code, state]) =>
      `| \`${code}\` | ${state.title.zh} ${state.title.en} | ${meanings[state.standing]} | ${awaited(types[0], code, state)} |`,
  );
  const stepRows = transitions.map(
    ({ on, from, to }) =>
      `| \`${on}\` | ${from.map((one) => (one === '-' ? 'nothing' : `\`${one}\``)).join(', ')} | \`${to}\` |`,
  );
  return `## ${title.zh} ${title.en} (\`${name}\`)

Of: ${types.map((type) => `\`${type}\``).join(', ')}.

| state | name | meaning | waits for |
|---|---|---|---|
${stateRows.join('\n')}

| step | from | to |
|---|---|---|
${stepRows.join('\n')}
`;
}

function lifecyclesPage() {
  return `# Lifecycles

Written by \`npm run docs\` from \`core/src/rulebook/processes\`. \`filed\` is a version of the record itself; every other step is made by a record that
cites it. What a state waits for stands in the inbox of whoever may file it, nearest day first. Who may file which record is in [records.md](records.md).

${Object.keys(processes).map(lifecycle).join('\n')}`;
}

writeFileSync(new URL('../docs/lifecycles.md', import.meta.url), lifecyclesPage());
writeFileSync(new URL('../docs/errors.md', import.meta.url), errorsPage());
writeFileSync(new URL('../docs/records.md', import.meta.url), recordsPage());
writeFileSync(new URL('../docs/rules.md', import.meta.url), rulesPage(shelvedRuleSet()));
