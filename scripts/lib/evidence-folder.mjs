// A plant's folder of evidence, generated: loose files, archives, archives in archives, under Chinese names. The same numbers give the same bytes.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { zipSync } from 'fflate';

const perFolder = 50;
const uscc = '91140000MA0FAKE01X';

/** Every hundredth table was changed since it was anchored. */
const isChanged = (number) => number % 100 === 7;
const isTable = (number) => number % 2 === 1;

/** Bytes that do not pack well, as those of a scan. */
function scan(number, size) {
  const block = createHash('sha512').update(String(number)).digest();
  const parts = Array.from({ length: Math.ceil(size / 64) }, (_, at) => {
    const part = Buffer.from(block);
    part.writeUInt32LE((at * 2_654_435_761) >>> 0, 0);
    part.writeUInt32LE((at * 40_503 + number) >>> 0, 32);
    return part;
  });
  return Buffer.concat([Buffer.from('%PDF-1.4\n'), ...parts]);
}

function table(number, size, last) {
  const lines = ['日期,煤量,备注'];
  for (let at = 0, length = 0; length < size; at += 1) {
    const line = `2024-03-${String((at % 31) + 1).padStart(2, '0')},${String(number)}.${String(at)},皮带秤`;
    lines.push(line);
    length += line.length + 8;
  }
  return Buffer.from([...lines, `合计,${last},`].join('\n'));
}

/** A file as it was anchored, and as it lies there now. */
function fileOf(number, size) {
  if (!isTable(number)) return { name: `检测报告（${String(number)}）.pdf`, anchored: scan(number, size) };
  const anchored = table(number, size, '100.5');
  const name = `入炉煤日报（${String(number)}）.csv`;
  return isChanged(number) ? { name, anchored, now: table(number, size, '999.5') } : { name, anchored };
}

function recordOf(number, { name, anchored }) {
  const hex = createHash('sha256').update(anchored).digest('hex');
  const document = {
    ...{ role: 'evidence', name, mediaType: 'application/octet-stream', size: String(anchored.length) },
    ...{ sha256: `sha256:${hex}`, sm3: `sm3:${'0'.repeat(64)}` },
  };
  const subject = { uscc, unit: `U${String(number)}`, period: '2024-03' };
  return {
    record: {
      ...{
        schema: 'carbon-ledger/record/v1',
        type: 'monthly-evidence',
        kind: 'monthly-evidence',
        issuer: uscc,
        subject,
      },
      ...{ version: 1, content: {}, documents: [document], totals: {}, figuresRoot: null, cites: [] },
    },
    ...{ id: `rec:${String(number).padStart(64, '0')}`, status: 'current', state: 'CURRENT', logIndex: number },
    ...{ txId: '0'.repeat(64), blockNumber: '1', anchoredAt: '2024-04-20T08:00:00Z' },
  };
}

/** Two folders in five lie loose, two are packed, one is packed in a package. */
function placed(folder, at, contents) {
  const kind = at % 5;
  if (kind < 2) {
    for (const [name, bytes] of Object.entries(contents)) writeFileSync(path.join(folder, name), bytes);
    return;
  }
  const packed = zipSync(contents, { level: 1 });
  const whole = kind < 4 ? packed : zipSync({ '内层/档案.zip': packed }, { level: 0 });
  writeFileSync(path.join(folder, '档案.zip'), whole);
}

/**
 * Writes `places.stick`, the party's own copies of what was changed (`places.copies`), and returns the records that name all of it.
 */
export function writeEvidence(places, { files, size }) {
  mkdirSync(places.copies, { recursive: true });
  const records = [];
  for (let first = 0; first < files; first += perFolder) {
    const folder = path.join(places.stick, `第${String(first / perFolder)}卷 原始凭证`);
    mkdirSync(folder, { recursive: true });
    const contents = {};
    for (let number = first; number < Math.min(files, first + perFolder); number += 1) {
      const file = fileOf(number, size);
      contents[file.name] = file.now ?? file.anchored;
      if (file.now) writeFileSync(path.join(places.copies, file.name), file.anchored);
      records.push(recordOf(number, file));
    }
    placed(folder, first / perFolder, contents);
  }
  return { records, plants: [uscc] };
}
