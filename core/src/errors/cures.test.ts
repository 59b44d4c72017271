import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { catalogue } from './catalogue';
import { authorityErrors } from './catalogue/authority';
import { evidenceErrors } from './catalogue/evidence';
import { inputErrors } from './catalogue/input';
import { ledgerErrors } from './catalogue/ledger';
import { lookupErrors } from './catalogue/lookup';
import { methodologyErrors } from './catalogue/methodology';
import { migrationErrors } from './catalogue/migration';
import { outsideErrors } from './catalogue/outside';
import { proofErrors } from './catalogue/proof';
import { rulesErrors } from './catalogue/rules';
import { spreadsheetErrors } from './catalogue/spreadsheet';
import { toolErrors } from './catalogue/tool';

/* What people are told to do next must be possible: every verb, option, variable and page that a cure names is there. */

const root = path.join(__dirname, '../../..');
const docs = path.join(root, 'docs');
const everyPage = readdirSync(docs)
  .filter((name) => name.endsWith('.md') && name !== 'errors.md')
  .map((name) => readFileSync(path.join(docs, name), 'utf8'))
  .join('\n');
const commandLine = readFileSync(path.join(docs, 'cli.md'), 'utf8');
const entries = Object.entries(catalogue);
/** What the cures name, in either language, with the code of the error. */
const namedIn = (pattern: RegExp): (readonly [code: string, named: string])[] =>
  entries.flatMap(([code, { cure, cureZh }]) =>
    [cure, cureZh].flatMap((text) => Array.from(text.matchAll(pattern), ([, named = '']) => [code, named] as const)),
  );

describe('a cure', () => {
  it('names commands that the command line has', () => {
    const verbs = new Set(Array.from(commandLine.matchAll(/^\| `([a-z-]+)/gm), ([, verb = '']) => verb));
    expect(verbs.size).toBeGreaterThan(30);
    const named = namedIn(/carbon-ledger ([a-z][a-z-]+)/g);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter(([, verb]) => !verbs.has(verb))).toEqual([]);
  });

  it('names options that are documented', () => {
    const known = new Set(Array.from(everyPage.matchAll(/--[a-z][a-z-]+/g), ([option]) => option));
    // Options of the service stand in a table (docs/operations.md), each beside its variable.
    for (const [, name = ''] of everyPage.matchAll(/^\| `([a-z-]+)` \| `CARBON_LEDGER_/gm)) known.add(`--${name}`);
    const named = namedIn(/(?<![\w-])(--[a-z][a-z-]+)/g);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter(([, option]) => !known.has(option))).toEqual([]);
  });

  it('names variables that are documented', () => {
    const named = namedIn(/\b(CARBON_LEDGER_[A-Z_]+)/g);
    expect(named).not.toEqual([]);
    expect(named.filter(([, variable]) => !new RegExp(`\\b${variable}\\b`).test(everyPage))).toEqual([]);
  });

  it('names pages that are there', () => {
    const named = namedIn(/\b(docs\/[a-z/-]+\.md)/g);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter(([, page]) => !existsSync(path.join(root, page)))).toEqual([]);
  });

  it('names codes that the catalogue has', () => {
    const named = namedIn(/\b([A-Z]{2,}(?:_[A-Z]+)+)\b/g).filter(([, name]) => !name.startsWith('CARBON_LEDGER'));
    expect(named.filter(([, code]) => !Object.hasOwn(catalogue, code))).toEqual([]);
  });

  it.each(entries)('of %s names the same things in both languages', (_, { cure, cureZh }) => {
    const named = (text: string): string[] =>
      (
        text.match(/--[a-z][a-z-]+|\bdocs\/[a-z/-]+\.md|\bCARBON_LEDGER_[A-Z_]+|\/[a-z0-9]+\/[a-z]+|\/[a-z]+\.json/g) ??
        []
      ).sort();
    expect(named(cureZh)).toEqual(named(cure));
  });

  it.each(entries)('of %s is a sentence in each language that says more than what went wrong', (_, entry) => {
    const { en, zh, cure, cureZh } = entry;
    for (const text of [en, cure]) expect(text).toMatch(/^[\p{Lu}\p{Lt}0-9/].*[.)]$/su);
    for (const text of [zh, cureZh]) expect(text).toMatch(/[。）)]$/u);
    for (const text of [en, zh, cure, cureZh]) expect(text).not.toMatch(/^\s|\s$|\s\s|undefined|TODO/);
    expect(cure).not.toBe(en);
    expect(cureZh).not.toBe(zh);
  });
});

describe('the parts of the catalogue', () => {
  it('share no code: none takes the place of another', () => {
    const parts = [
      ...[inputErrors, authorityErrors, rulesErrors, lookupErrors, ledgerErrors, proofErrors],
      ...[outsideErrors, toolErrors, evidenceErrors, migrationErrors, methodologyErrors, spreadsheetErrors],
    ];
    const codes = parts.flatMap((part) => Object.keys(part));
    expect(codes.filter((code, at) => codes.indexOf(code) !== at)).toEqual([]);
    expect([...codes].sort()).toEqual(Object.keys(catalogue).sort());
  });
});

describe('what a service answers', () => {
  const statusOf = (code: keyof typeof catalogue): number => catalogue[code].http;

  it.each([
    ['NOT_FOUND', 404],
    ['METHOD_NOT_ALLOWED', 405],
    ['NOT_ACCEPTABLE', 406],
    ['TOO_LARGE', 413],
    ['RATE_LIMITED', 429],
    ['FIGURES_PURGED', 410],
    ['UNREACHABLE', 503],
    ['BAD_JSON', 400],
  ] as const)('to %s is %i (RFC 9110, RFC 6585)', (code, http) => {
    expect(statusOf(code)).toBe(http);
  });

  it('uses statuses that are registered (RFC 9110, section 15; RFC 6585), and 499 for who went away', () => {
    const registered = [
      202, 400, 401, 403, 404, 405, 406, 409, 410, 413, 415, 422, 428, 429, 499, 500, 502, 503, 504, 507,
    ];
    expect(entries.filter(([, { http }]) => !registered.includes(http)).map(([code]) => code)).toEqual([]);
  });

  it('with 503 says that nothing is known yet: exit code 3, so that a script asks again', () => {
    const busy = entries.filter(([, { http }]) => http === 503);
    expect(busy.length).toBeGreaterThan(2);
    expect(busy.filter(([, { exit }]) => exit !== 3).map(([code]) => code)).toEqual([]);
  });

  it('to what the caller did wrong is never a 5xx: exit codes 1 and 2 are statuses below 500', () => {
    const wrong = entries.filter(([, { exit, http }]) => exit !== 3 && http >= 500).map(([code]) => code);
    expect(wrong).toEqual([]);
  });
});
