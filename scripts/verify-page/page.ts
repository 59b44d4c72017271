/// <reference lib="dom" />
import { createFileDigest, type FileDigests } from '../../core/src/digest';
import { catalogue, isLedgerError } from '../../core/src/errors';
import { isPacked } from '../../core/src/packing';
import { verifyReceipt, type ReceiptVerdict, type Statement, type Step, type StepName } from '../../core/src/receipt';
import { MAX_RECEIPT_BYTES } from '../../core/src/receipt';

type Slot = 'policy' | 'receipt' | 'document';

interface Given {
  policy: string;
  receipt?: Uint8Array;
  document?: FileDigests;
}

const stepNames: Readonly<Record<StepName, string>> = {
  format: '格式 Format',
  document: '文件 File',
  record: '记录 Record',
  signature: '主体签名 Party signature',
  key: '密钥有效期 Key validity',
  inclusion: '包含性 Inclusion',
  root: '日志根 Root',
  checkpoint: '检查点签名 Checkpoint',
  witnesses: '见证 Witnesses',
  timestamp: '时间戳 Timestamp',
  anchor: '外部锚定 Anchor',
};
const outcomeMarks: Readonly<Record<Step['outcome'], string>> = {
  ok: '✓',
  failed: '✗',
  pending: '…',
  'not-asked': '–',
};
const headlines: Readonly<Record<ReceiptVerdict['result'], string>> = {
  PASS: '通过 PASS',
  FAIL: '不通过 FAIL',
  PENDING: '待定 PENDING',
};

const given: Given = { policy: find('pinned-policy').textContent.trim() };

function find(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no ${id}`);
  return element;
}

function element(tag: string, text = '', className = ''): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className !== '') made.className = className;
  return made;
}

/** Text is always set as text, never as markup: nothing of a receipt can become part of the page. */
function list(title: string, statements: readonly Statement[]): HTMLElement[] {
  if (statements.length === 0) return [];
  const items = element('ul');
  for (const { zh, en } of statements) {
    const item = element('li', `${zh} `);
    const english = element('span', en);
    english.lang = 'en';
    item.append(english);
    items.append(item);
  }
  return [element('h3', title), items];
}

type Row = readonly [name: string, value: string];

function failureRows({ code, message = '' }: ReceiptVerdict): Row[] {
  if (code === undefined) return [];
  const { zh, en, cure } = catalogue[code];
  return [
    ['代码 Code', code],
    ['原因 Reason', `${zh} ${en} ${message}`],
    ['怎么办 What to do', cure],
  ];
}

function recordRows({ record }: ReceiptVerdict): Row[] {
  if (record === undefined) return [];
  return [
    ['记录 Record', record.key],
    ['编号 Id', record.id],
    ['出具 Issued by', record.issuer],
    ['签署 Signed at', record.signedAt],
    ['位置 Log entry', `${record.logIndex} / ${record.logSize}`],
    ['文件 File', record.document?.name ?? '–'],
    ['见证 Witnesses', record.witnesses.join(', ')],
    [
      '时间戳 Timestamp',
      record.timestamp === undefined ? '–' : `${record.timestamp.time} ${record.timestamp.authority}`,
    ],
  ];
}

function facts(verdict: ReceiptVerdict): HTMLElement {
  const table = element('dl');
  for (const [name, value] of [...failureRows(verdict), ...recordRows(verdict)]) {
    table.append(element('dt', name), element('dd', value));
  }
  return table;
}

function steps(verdict: ReceiptVerdict): HTMLElement {
  const items = element('ul', '', 'steps');
  for (const { name, outcome } of verdict.steps)
    items.append(element('li', `${outcomeMarks[outcome]} ${stepNames[name]}`));
  return items;
}

function show(verdict: ReceiptVerdict): void {
  const box = element('div', '', `result ${verdict.result}`);
  box.dataset.result = verdict.result;
  box.dataset.code = verdict.code ?? '';
  box.append(element('h2', headlines[verdict.result]), facts(verdict), steps(verdict));
  const proved = list('证明 What this proves', verdict.proves);
  find('verdict').replaceChildren(box, ...proved, ...list('不证明 What this does not prove', verdict.doesNotProve));
}

function complain(text: string): void {
  find('verdict').replaceChildren(element('p', text));
}

function verify(): void {
  if (given.policy === '' || given.receipt === undefined) {
    complain('请提供策略和回执。 Give a policy and a receipt.');
    return;
  }
  try {
    show(
      verifyReceipt({
        receipt: given.receipt,
        policy: given.policy,
        ...(given.document && { document: given.document }),
      }),
    );
  } catch (error) {
    if (!isLedgerError(error)) throw error;
    complain(`策略无法读取。 The policy cannot be read: ${error.message}`);
  }
}

async function digestOf(file: File): Promise<FileDigests> {
  const digest = createFileDigest();
  const reader = file.stream().getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) digest.update(read.value);
  return digest.digest();
}

async function take(slot: Slot, file: File): Promise<void> {
  find(`${slot}-name`).textContent = file.name;
  complain('正在核验… Verifying …');
  if (slot === 'document') given.document = await digestOf(file);
  else if (slot === 'receipt') given.receipt = new Uint8Array(await file.arrayBuffer());
  else given.policy = await file.text();
  verify();
}

/** A policy or a receipt says so itself; everything else is the file. */
async function slotOf(file: File): Promise<Slot> {
  if (file.size > MAX_RECEIPT_BYTES) return 'document';
  if (isPacked(new Uint8Array(await file.slice(0, 2).arrayBuffer()))) return 'receipt';
  const schema = /"schema"\s*:\s*"carbon-ledger\/(policy|receipt)\//.exec(await file.text())?.[1];
  return schema === 'policy' || schema === 'receipt' ? schema : 'document';
}

function report(error: unknown): void {
  complain(`无法读取文件。 The file cannot be read: ${error instanceof Error ? error.message : String(error)}`);
}

function listen(): void {
  for (const slot of ['policy', 'receipt', 'document'] as const) {
    find(slot).addEventListener('change', (event) => {
      const file = event.target instanceof HTMLInputElement ? event.target.files?.[0] : undefined;
      if (file !== undefined) take(slot, file).catch(report);
    });
  }
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
    find('drop').classList.add('over');
  });
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    find('drop').classList.remove('over');
    for (const file of event.dataTransfer?.files ?? [])
      slotOf(file)
        .then((slot) => take(slot, file))
        .catch(report);
  });
}

listen();
