import type { Language, Words } from '../language/language';
import type { FigureVerdict } from '../../../core/src/figure-proof';
import type { ReceiptVerdict } from '../../../core/src/receipt';
import { isErrorCode } from '../../../core/src/errors';
import { catalogue } from '../../../core/src/errors/catalogue';
import { fileReasons, urgency, verdictNames, verdictWords, type Verdict } from '../words/verdicts';
import { formatAmount } from '../words/numbers';
import { h } from './dom';
import type { Checked, CheckedFile, CheckedProof, Unchecked } from './examine';
import { partyName } from './ledger';
import { isTable } from '../files/tables';
import { named } from './titles';
import { words } from './words';

/** Rows of consistent files beyond this are counted, not listed. */
const MOST_ROWS = 500;

function isProof(checked: Checked): checked is CheckedProof {
  return checked.kind === 'receipt' || checked.kind === 'figure-proof';
}

export function resultsView(all: readonly Checked[], language: Language): Node[] {
  const sorted = [...all].sort((a, b) => urgency.indexOf(a.verdict) - urgency.indexOf(b.verdict));
  const proofs = sorted.filter(isProof);
  const rows = sorted.filter((one) => !isProof(one));
  return [
    h('h2', {}, words.results[language]),
    counts(all, language),
    ...proofs.map((proof) => proofView(proof, language)),
    ...(rows.length === 0 ? [] : [table(rows, language)]),
    h('p', { class: 'note' }, words.truth[language]),
  ];
}

function counts(all: readonly Checked[], language: Language): Node {
  const parts = verdictNames
    .map((verdict) => ({ verdict, count: all.filter((one) => one.verdict === verdict).length }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => h('li', {}, badge(verdict, language), ` ${String(count)}`));
  return h('ul', { class: 'counts' }, ...parts);
}

function badge(verdict: Verdict, language: Language): HTMLElement {
  const { sign, ...text } = verdictWords[verdict];
  return h('span', { class: `verdict ${verdict}`, 'data-verdict': verdict }, `${sign} ${text[language]}`);
}

type Row = Exclude<Checked, CheckedProof>;

function rowOf(row: Row, language: Language): HTMLElement {
  if (row.kind === 'file') return fileRow(row, language);
  return row.kind === 'opening' ? openingRow(row, language) : uncheckedRow(row, language);
}

function table(rows: readonly Row[], language: Language): Node {
  const listed = rows.slice(0, MOST_ROWS);
  const head = [words.verdict, words.file, words.compared, words.anchored].map((text) =>
    h('th', { scope: 'col' }, text[language]),
  );
  const body = listed.map((row) => rowOf(row, language));
  const rest = rows.length - listed.length;
  const made = h('table', {}, h('thead', {}, h('tr', {}, ...head)), h('tbody', {}, ...body));
  return h(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': words.results[language] },
    made,
    ...(rest > 0 ? [h('p', {}, `${words.more[language]}${String(rest)}`)] : []),
  );
}

function fileRow(checked: CheckedFile, language: Language): HTMLElement {
  const { path, verdict, hashed, answer } = checked;
  const compared = answer === undefined ? words.unreachable[language] : fileReasons[verdict][language];
  const other = answer?.anchored === undefined ? [] : [h('code', {}, answer.anchored.sha256)];
  return h(
    'tr',
    { 'data-path': path },
    h('td', {}, badge(verdict, language)),
    h('th', { scope: 'row' }, path, h('code', {}, hashed.sha256)),
    h('td', {}, compared, ...other, ...changedCells(checked, language)),
    h('td', {}, ...anchoredPlace(answer, language)),
  );
}

/** Changed cells beyond these are counted, not listed. */
const MOST_CELLS = 20;

function changedCells({ path, file, verdict, where }: CheckedFile, language: Language): Node[] {
  if (verdict !== 'inconsistent' || !isTable(path, file.size)) return [];
  if (where === undefined) return [h('p', { class: 'quiet' }, words.bringOriginal[language])];
  if (where.length === 0) return [h('p', {}, words.sameCells[language])];
  const said = (text: string): string => text || words.empty[language];
  const items = where
    .slice(0, MOST_CELLS)
    .map(({ place, anchored, found }) =>
      h(
        'li',
        {},
        '✕ ',
        h('code', {}, place),
        ` ${words.wasAnchored[language]} ${said(anchored)}${language === 'zh' ? '，' : ', '}${words.nowIs[language]} ${said(found)}`,
      ),
    );
  const rest = where.length - items.length;
  return [
    h('ul', { class: 'cells', 'data-cells': '' }, ...items, ...(rest > 0 ? [h('li', {}, `+${String(rest)}`)] : [])),
  ];
}

function openingRow({ path, verdict, opened }: Extract<Checked, { kind: 'opening' }>, language: Language): HTMLElement {
  const { name, sha256 } = opened.document;
  return h(
    'tr',
    { 'data-path': path },
    h('td', {}, badge(verdict, language)),
    h('th', { scope: 'row' }, path),
    h('td', {}, `${words.opening[language]}${name}`, h('code', {}, sha256)),
    h('td', {}, '–'),
  );
}

function anchoredPlace(answer: CheckedFile['answer'], language: Language): (Node | string)[] {
  if (answer?.record === undefined) return ['–'];
  const by = h('span', {}, answer.party ?? '');
  if (answer.party !== undefined) void partyName(answer.party).then((name) => (by.textContent = name));
  return [
    ...named(answer.key ?? answer.record, language, `/records/${encodeURIComponent(answer.record)}`),
    `${localTime(answer.anchoredAt)} · `,
    by,
  ];
}

const unchecked: Readonly<Record<Unchecked['reason'], Words>> = {
  unreadable: words.unreadable,
  'no-receipt': words.noReceipt,
  'no-opening': words.noOpening,
  'no-policy': words.noPolicy,
  'bad-policy': words.badPolicy,
};

/** What a reader said in English has its code in Chinese; without one it is left out. */
export function whyUnchecked({ reason, message, code }: Unchecked, language: Language): string {
  const text = unchecked[reason][language];
  if (!/[：:]\s*$/.test(text)) return text;
  if (language === 'en') return `${text}${message}`;
  return code === undefined ? text.replace(/：$/, '。') : `${text}${catalogue[code].zh}`;
}

function uncheckedRow(row: Unchecked, language: Language): HTMLElement {
  const { path, verdict } = row;
  const text = whyUnchecked(row, language);
  return h(
    'tr',
    { 'data-path': path },
    h('td', {}, badge(verdict, language)),
    h('th', { scope: 'row' }, path),
    h('td', {}, text),
    h('td', {}, '–'),
  );
}

function proofView(checked: CheckedProof, language: Language): Node {
  const { kind, path, verdict, proof, inside } = checked;
  const name = kind === 'receipt' ? words.receipt[language] : words.figureProof[language];
  return h(
    'article',
    { class: `proof ${verdict}`, 'data-path': path, 'data-code': proof.code ?? '' },
    h('h3', {}, badge(verdict, language), ` ${name} · ${path}`),
    ...failure(proof, language),
    ...(inside === undefined ? [] : [h('p', { class: 'pages' }, words.pages[language])]),
    facts(checked, language),
    ...statements(words.proves[language], proof.proves, language),
    ...statements(words.doesNotProve[language], proof.doesNotProve, language),
  );
}

function failure({ code, message }: ReceiptVerdict | FigureVerdict, language: Language): Node[] {
  if (code === undefined || !isErrorCode(code)) return [];
  const entry = catalogue[code];
  const told = language === 'zh' ? entry.zh : `${entry.en} ${message ?? ''}`;
  return [h('p', {}, h('code', {}, code), ` ${told}`)];
}

/** A value as people read it; a proof that fails may hold none. */
export function amountOf({ value, unit }: Pick<FigureVerdict, 'value' | 'unit'>, language: Language): string {
  return value === undefined ? '?' : formatAmount(value, unit, language);
}

function facts({ proof, status }: CheckedProof, language: Language): Node {
  const rows: [string, Node | string][] = [];
  if ('record' in proof) {
    const { key, issuer, signedAt, logIndex, logSize } = proof.record;
    rows.push(
      [words.record[language], h('div', {}, ...named(key, language))],
      [words.signedBy[language], signer(issuer, signedAt)],
    );
    rows.push([words.anchored[language], `${logIndex} / ${logSize}`]);
  }
  if ('figure' in proof)
    rows.push([words.figure[language], h('div', {}, ...named(proof.figure, language), amountOf(proof, language))]);
  if (status === undefined && rows.length > 0) rows.push([words.verdict[language], words.statusUnknown[language]]);
  return h('dl', {}, ...rows.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]));
}

function signer(uscc: string, signedAt: string): Node {
  const name = h('span', {}, uscc);
  void partyName(uscc).then((known) => (name.textContent = known));
  return h('span', {}, name, ` · ${localTime(signedAt)}`);
}

function statements(title: string, all: ReceiptVerdict['proves'], language: Language): Node[] {
  if (all.length === 0) return [];
  return [h('h4', {}, title), h('ul', {}, ...all.map((statement) => h('li', {}, statement[language])))];
}

/** Times of the ledger are UTC; people here live by Asia/Shanghai. */
function localTime(instant: string | undefined): string {
  if (instant === undefined) return '';
  const time = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' });
  return `${time.format(new Date(instant))} +08:00`;
}
