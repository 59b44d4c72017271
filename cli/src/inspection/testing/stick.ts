import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync, zipSync } from 'fflate';

const files = path.join(__dirname, '../../../../scripts/sample/files');

/** A stick as an inspector is handed it: changed tables, another name, an archive, something that was never anchored. */
export function makeStick(stick: string): void {
  const at = (...parts: readonly string[]): string => path.join(stick, ...parts);
  cpSync(files, stick, { recursive: true });
  rmSync(at('manifest.json'));
  const daily = at('coal/U1-2024-03-daily.csv');
  const lines = readFileSync(daily, 'utf8').split('\n');
  lines[2] = lines[2]?.replace(/[0-9]/, (digit) => String((Number(digit) + 1) % 10)) ?? '';
  writeFileSync(daily, lines.join('\n'));
  renameSync(at('reports/FIC-CQ-202401-U1-101.pdf'), at('reports/检测报告（扫描）.pdf'));
  rmSync(at('receipts/U1-2024-02.txt'));
  writeFileSync(at('便条.txt'), '从未存证');
  const inside = { '现场/U2-2024-05-daily.csv': readFileSync(path.join(files, 'coal/U2-2024-05-daily.csv')) };
  const inner = zipSync({ ...inside, '现场/新表.csv': Buffer.from('a,b\n') });
  writeFileSync(at('现场资料.zip'), zipSync({ '内层.zip': inner, 'notes.txt': Buffer.from('x') }));
  rmSync(at('coal/U2-2024-05-daily.csv'));
  const copied = readFileSync(at('reports/FIC-CQ-202403-U1-103.pdf'));
  writeFileSync(at('reports/FIC-CQ-202404-U1-104.pdf'), copied);
}

/** June with more coal, and more power, than was anchored. */
export function changeJune(stick: string, coal: string, moreCoal: string): void {
  const at = (...parts: readonly string[]): string => path.join(stick, ...parts);
  const daily = at('coal/U1-2024-06-daily.csv');
  writeFileSync(daily, readFileSync(daily, 'utf8').replace(coal, moreCoal));
  const file = at('production/U1-2024-06.xlsx');
  const parts = unzipSync(readFileSync(file));
  const changed = Object.fromEntries(
    Object.entries(parts).map(([name, bytes]) => [
      name,
      Buffer.from(Buffer.from(bytes).toString('utf8').replace('<v>236880</v>', '<v>246880</v>'), 'utf8'),
    ]),
  );
  writeFileSync(file, zipSync(changed));
}
