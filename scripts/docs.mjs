// Writes the reference pages that follow from the code: docs/errors.md and docs/records.md. Run after a build: npm run docs
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { catalogue, recordTypes, recordTypeNames } = require('../core/dist');

function errorsPage() {
  const rows = Object.entries(catalogue).map(
    ([code, { http, exit, en, zh, cure }]) =>
      `| <a id="${code}"></a>\`${code}\` | ${http} | ${exit} | ${en} ${zh} | ${cure} |`,
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
  const labels = Array.isArray(recordTypes[type].labels) ? recordTypes[type].labels : [];
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

function recordsPage() {
  const rows = recordTypeNames.map((type) => {
    const { title, filedBy, unit, period, versions, labels } = recordTypes[type];
    const label =
      labels === 'none'
        ? ''
        : labels === 'optional'
          ? ' or with a label'
          : labels.map((name) => ` or \`${type}.${name}\``).join('');
    return `| \`${type}\`${label} | ${title.zh} ${title.en} | ${filedBy.join(', ')} | ${unit} | ${period} | ${citesOf(type)} | ${versions} |`;
  });
  return `# Record types

Written by \`npm run docs\` from \`core/src/records\`, where one file per type says everything about it.

A record stands under a business key \`{USCC}/{unit}/{period}/{kind}\`; at most one is current. *Versions*: \`supersession\`, a next version needs a
supersession record before it; \`direct\`, it may follow by itself; \`single\`, there is none.

| kind | name | filed by | unit | period | cites (role and count) | versions |
|---|---|---|---|---|---|---|
${rows.join('\n')}
`;
}

writeFileSync(new URL('../docs/errors.md', import.meta.url), errorsPage());
writeFileSync(new URL('../docs/records.md', import.meta.url), recordsPage());
