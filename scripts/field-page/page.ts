/// <reference lib="dom" />
import { chosenFiles, droppedFiles, type DroppedFile } from '../../console/src/files/dropped';
import { createFileDigest } from '../../core/src/digest';
import {
  FIELD_FINDINGS_SCHEMA,
  unprovedRecords,
  type FieldFinding,
  type FieldFindings,
  type FieldPack,
} from '../../core/src/inspection/field';
import { InspectedRecords, type AnchoredDocument } from '../../core/src/inspection/ledger';
import {
  fileVerdicts,
  matchFiles,
  type FileVerdict,
  type FoundFile,
  type MatchedFolder,
} from '../../core/src/inspection/match';
import type { AnchoredRecord } from '../../core/src/provenance';
import { businessKey } from '../../core/src/records';
import { breathe, button, element, field, find, options } from './dom';

const pack = JSON.parse(find('pack').textContent) as FieldPack;
const records = new InspectedRecords(pack.records);
const documents = records.documents(new Set(pack.plants.map(({ uscc }) => uscc)), new Set(pack.years));
const isAbout = new Set(pack.plants.map(({ uscc }) => uscc));
const current = records.all.filter(({ record, status }) => status === 'current' && isAbout.has(record.subject.uscc));
const byKey = new Map(current.map((one) => [businessKey(one.record), one]));

let matched: MatchedFolder = { files: [], missing: [] };
const findings: FieldFinding[] = [];

function showFacts(): void {
  const rows: readonly (readonly [string, string])[] = [
    ['企业 Plants', pack.plants.map(({ uscc, name }) => `${name} ${uscc}`).join('；')],
    ['年度 Years', pack.years.join(', ') || '–'],
    ['生成 Made', pack.madeAt],
    ['账本 Ledger', pack.ledger.slice(0, 16)],
    ['记录 / 材料 Records / documents', `${String(records.all.length)} / ${String(documents.length)}`],
  ];
  find('facts').replaceChildren(...rows.flatMap(([term, value]) => [element('dt', term), element('dd', value)]));
}

async function prove(): Promise<void> {
  const bad: string[] = [];
  let done = 0;
  for (const id of unprovedRecords(pack)) {
    if (id !== undefined) bad.push(id);
    done += 1;
    if (done % 5 > 0) continue;
    find('proof').textContent = `正在核验回执 Verifying receipts ${String(done)} / ${String(pack.records.length)}`;
    await breathe();
  }
  const isGood = bad.length === 0;
  find('proof').className = isGood ? 'good' : 'bad';
  find('proof').dataset['proved'] = String(isGood);
  find('proof').textContent = isGood
    ? `✓ ${String(done)} 条记录均有回执证明 All records are proved by their receipts`
    : `✕ ${String(bad.length)} 条记录未获证明，本包不可信 Not proved, do not trust this pack: ${bad.join(' ')}`;
}

async function digestOf(file: File): Promise<string> {
  const digest = createFileDigest();
  const reader = file.stream().getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) digest.update(read.value);
  return digest.digest().sha256;
}

async function look(files: readonly DroppedFile[]): Promise<void> {
  const found: FoundFile[] = [];
  const unread: string[] = [];
  for (const { path, file } of files) {
    find('progress').textContent = `正在比对 Comparing ${String(found.length + 1)} / ${String(files.length)}`;
    try {
      found.push({ path, name: file.name, sha256: await digestOf(file), size: file.size });
    } catch {
      unread.push(path);
    }
  }
  matched = matchFiles(found, documents);
  const told = unread.length === 0 ? '' : `；未能读取 not read: ${unread.join(', ')}`;
  find('progress').textContent = `✓ 已比对 ${String(found.length)} 个文件 Compared${told}`;
  showResults();
}

const looks: Readonly<Record<FileVerdict, readonly [sign: string, look: string]>> = {
  same: ['✓', 'good'],
  'other-name': ['✓', 'good'],
  'no-longer-stands': ['⚠', 'warn'],
  questioned: ['⚠', 'warn'],
  ambiguous: ['?', 'warn'],
  'not-anchored': ['?', 'warn'],
  changed: ['✕', 'bad'],
  archive: ['–', 'warn'],
  unreadable: ['–', 'warn'],
};
/** What needs a look comes first. */
const urgency: readonly FileVerdict[] = [
  'changed',
  'no-longer-stands',
  'questioned',
  'ambiguous',
  'not-anchored',
  'other-name',
  'same',
];

function verdictLine(verdict: FileVerdict): HTMLElement {
  const [sign, look] = looks[verdict];
  return element('strong', `${sign} ${fileVerdicts[verdict].zh} ${fileVerdicts[verdict].en}`, look);
}

function about(of: AnchoredDocument): HTMLElement[] {
  const { key, document } = of;
  return [
    element('div', `${document.name} · ${key}`),
    ...(byKey.has(key)
      ? [
          button('记为发现 Note a finding', () => {
            choose(key, document.name);
          }),
        ]
      : []),
  ];
}

function showResults(): void {
  const files = [...matched.files].sort((a, b) => urgency.indexOf(a.verdict) - urgency.indexOf(b.verdict));
  const items = files.map(({ file, verdict, of }) => {
    const item = element('li');
    item.dataset['verdict'] = verdict;
    item.append(verdictLine(verdict), element('div', file.path), ...(of === undefined ? [] : about(of)));
    return item;
  });
  const missing = matched.missing.map((one) => {
    const item = element('li');
    item.dataset['verdict'] = 'missing';
    item.append(element('strong', '✕ 此处缺失 anchored, and not here', 'bad'), ...about(one));
    return item;
  });
  const list = element('ul');
  list.append(...items);
  const more = element('details');
  const absent = element('ul');
  absent.append(...missing);
  more.append(element('summary', `此处缺失 Missing here: ${String(missing.length)}`), absent);
  find('results').replaceChildren(list, more);
}

const chosen = (id: string): string => field(id).value.trim();

function recordChosen(): AnchoredRecord | undefined {
  return byKey.get(chosen('record'));
}

function fillRecord(): void {
  const { record, figures = [] } = recordChosen() ?? { record: undefined };
  const none = ['', '–'] as const;
  options('document', [none, ...(record?.documents ?? []).map(({ name }) => [name, name] as const)]);
  options('figure', [none, ...figures.map(({ name, value, unit }) => [name, `${name} = ${value} ${unit}`] as const)]);
}

/** The form, with a record and its document chosen. */
function choose(key: string, name: string): void {
  field('record').value = key;
  fillRecord();
  field('document').value = name;
  find('clause').focus();
}

function stated(): FieldFinding | undefined {
  const about = recordChosen();
  if (about === undefined) return undefined;
  const [document, figure, found] = ['document', 'figure', 'found'].map(chosen);
  const own = about.figures?.find(({ name }) => name === figure);
  return {
    ...{ key: businessKey(about.record), record: about.id, clause: chosen('clause'), seen: chosen('seen') },
    ...(document === '' || document === undefined ? {} : { document }),
    ...(own === undefined ? {} : { figure: own.name, unit: own.unit, anchored: own.value }),
    ...(own === undefined || found === '' || found === undefined ? {} : { found }),
    at: new Date().toISOString(),
  };
}

function showFindings(): void {
  find('findings').replaceChildren(
    ...findings.map((one, at) => {
      const { key, figure, anchored, found, document: name, clause, seen } = one;
      const values = figure === undefined ? '' : ` · ${figure}: ${anchored ?? ''} → ${found ?? '–'}`;
      const item = element('li', `${key}${name === undefined ? '' : ` · ${name}`}${values} · ${clause} · ${seen} `);
      item.append(
        button('删除 Remove', () => {
          findings.splice(at, 1);
          showFindings();
        }),
      );
      return item;
    }),
  );
}

function note(): void {
  const one = stated();
  if (one === undefined) return;
  findings.push(one);
  (find('finding') as HTMLFormElement).reset();
  fillRecord();
  showFindings();
}

function save(): void {
  const told: FieldFindings = {
    schema: FIELD_FINDINGS_SCHEMA,
    ledger: pack.ledger,
    madeAt: new Date().toISOString(),
    plants: pack.plants.map(({ uscc }) => uscc),
    files: matched.files.map(({ file: { path, sha256 }, verdict, of }) => ({
      ...{ path, sha256, verdict },
      ...(of === undefined ? {} : { key: of.key }),
    })),
    missing: matched.missing.map(({ key, document: { name } }) => ({ key, name })),
    findings,
  };
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([JSON.stringify(told, null, 2)], { type: 'application/json' }));
  link.download = `findings-${pack.plants[0]?.uscc ?? ''}-${told.madeAt.slice(0, 10)}.json`;
  link.click();
}

function report(error: unknown): void {
  find('progress').textContent = `✕ ${error instanceof Error ? error.message : String(error)}`;
}

function listen(): void {
  for (const id of ['files', 'folder'])
    find(id).addEventListener('change', (event) => {
      if (event.target instanceof HTMLInputElement) look(chosenFiles(event.target.files)).catch(report);
    });
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
    find('drop').classList.add('over');
  });
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    find('drop').classList.remove('over');
    if (event.dataTransfer !== null) droppedFiles(event.dataTransfer).then(look).catch(report);
  });
  find('record').addEventListener('change', fillRecord);
  find('finding').addEventListener('submit', (event) => {
    event.preventDefault();
    note();
  });
  find('save').addEventListener('click', save);
  find('print').addEventListener('click', () => {
    window.print();
  });
  // Nothing is kept in the browser: what was noted is in the file that is saved.
  window.addEventListener('beforeunload', (event) => {
    if (findings.length > 0) event.preventDefault();
  });
}

showFacts();
options('record', [['', '–'], ...[...byKey.keys()].sort().map((key) => [key, key] as const)]);
fillRecord();
listen();
void prove();
