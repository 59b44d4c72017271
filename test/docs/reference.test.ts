import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue, formFields, recordTypeNames, recordTypes } from '@carbon-ledger/core';

const page = (name: string): string => readFileSync(join(__dirname, '../../docs', name), 'utf8');

describe('docs/errors.md', () => {
  it('has every error of the catalogue with its status, exit code and texts, and no other (npm run docs)', () => {
    const rows = [
      ...page('errors.md').matchAll(/^\| <a id="([A-Z_]+)"><\/a>`\1` \| (\d+) \| (\d) \| (.*) \| (.*) \|$/gm),
    ];
    const documented = Object.fromEntries(
      rows.map(([, code, http, exit, meaning, cure]) => [
        String(code),
        { http: Number(http), exit: Number(exit), meaning, cure },
      ]),
    );
    const inCode = Object.fromEntries(
      Object.entries(catalogue).map(([code, entry]) => {
        const { http, exit, en, zh, cure, cureZh } = entry;
        return [code, { http, exit, meaning: `${en} ${zh}`, cure: `${cure} ${cureZh}` }];
      }),
    );
    expect(documented).toEqual(inCode);
  });
});

describe('docs/records.md', () => {
  it('has every record type with who files it, and no other (npm run docs)', () => {
    const rows = [...page('records.md').matchAll(/^\| `([a-z-]+)`[^|]*\| ([^|]+) \| ([^|]+) \|/gm)];
    const documented = Object.fromEntries(
      rows.map(([, type, title, filedBy]) => [String(type), `${String(title)} · ${String(filedBy)}`]),
    );
    const inCode = Object.fromEntries(
      Object.values(recordTypes).map((spec) => [
        spec.type,
        `${spec.title.zh} ${spec.title.en} · ${[...new Set(spec.filed.map(({ by, as }) => `${by} (${as})`))].join(', ')}`,
      ]),
    );
    expect(documented).toEqual(inCode);
  });
});

describe('docs/record-content.md', () => {
  it('has every field of every record type by its name in both languages, and an example (npm run docs)', () => {
    const sections = page('record-content.md')
      .split(/^(?=## )/m)
      .slice(1);
    const documented = sections.map((section) => [
      /^## `([a-z-]+)`/.exec(section)?.[1],
      [...section.matchAll(/^\| `([A-Za-z0-9_]+)` \| ([^|]*) \|/gm)].map(
        ([, name, title]) => `${String(name)} ${String(title)}`,
      ),
      JSON.parse(/^```json\n([\s\S]*?)\n```/m.exec(section)?.[1] ?? 'null') as unknown,
    ]);
    const inCode = recordTypeNames.map((type) => [
      type,
      formFields(type).map(({ name, title }) => `${name} ${title.zh} ${title.en}`),
      JSON.parse(JSON.stringify(recordTypes[type].example)) as unknown,
    ]);
    expect(documented).toEqual(inCode);
  });

  it.each([
    ['qualifications[].number', 'text, 3 to 40 characters'],
    ['keys[].publicKey', 'text, of the form `^04[0-9a-f]{128}$`'],
    ['units[].boilers', 'list of text, of the form `^[A-Z]{2}[0-9]{4}$` (at most 20 entries)'],
    ['siteCheck.inspectors', 'list of text, of the form `^[A-Za-z0-9_-]{1,40}$` (2 to 10 entries)'],
  ])('tells the lengths, forms and numbers that %s is held to', (place, rule) => {
    const line = page('record-content.md')
      .split('\n')
      .find((one) => one.startsWith(`| \`${place}\` |`));
    expect(line).toContain(`| ${rule} |`);
  });
});
