// A day's files of both registries and the provinces, with what a ledger says of them, generated: the same numbers give the same bytes.
import { createWriteStream } from 'node:fs';
import path from 'node:path';

/** Rows of one enterprise in each file. */
const ofEnterprise = 25;
const projects = 40;
const day = '2025-12-02';

/** Every hundredth row has a fault, of one kind after the other; every thousandth has two. */
const isFaulty = (at) => at % 100 === 17;
const kindOf = (at) => Math.floor(at / 100) % 6;

const digits = (number, width) => String(number).padStart(width, '0');

/** @param {typeof import('@carbon-ledger/core')} core */
function usccAt({ usccCheckDigit }, number) {
  const first = `91140100MA${digits(number, 7)}`;
  return `${first}${usccCheckDigit(first)}`;
}

/** One cancellation as everybody should say it. */
function lotAt(core, at) {
  const enterprise = Math.floor(at / ofEnterprise);
  const from = 1 + at * 1000;
  const qty = 100 + (at % 900);
  return {
    uscc: usccAt(core, enterprise),
    name: `（虚构）第${String(enterprise)}发电有限公司`,
    ccer: `FIC-CCER-${digits(enterprise, 7)}`,
    allowance: `FIC-CEA-${digits(enterprise, 7)}`,
    number: `ZX-20251202-${digits(at, 6)}`,
    project: `14678487${digits(at % projects, 11)}`,
    serialFrom: `FIC-${digits(at % projects, 3)}-${digits(from, 12)}`,
    serialTo: `FIC-${digits(at % projects, 3)}-${digits(from + qty - 1, 12)}`,
    qty,
  };
}

function cancellationLine(core, at) {
  const { number, name, uscc, ccer, project, serialFrom, serialTo, qty } = lotAt(core, at);
  const account = isFaulty(at) && kindOf(at) === 0 ? 'FIC-CCER-9999999' : ccer;
  const registered = isFaulty(at) && (kindOf(at) === 1 || at % 1000 === 17) ? '2018-05-01' : '2024-03-15';
  const counted = isFaulty(at) && kindOf(at) === 2 ? qty + 1 : qty;
  const row = [
    number,
    name,
    uscc,
    account,
    '2024',
    project,
    serialFrom,
    serialTo,
    counted,
    '全国碳市场抵销',
    day,
    registered,
  ];
  return row.join(',');
}

function bookingLine(core, at) {
  const { number, name, uscc, allowance, project, qty } = lotAt(core, at);
  if (isFaulty(at) && kindOf(at) === 3) return '';
  const booked = isFaulty(at) && kindOf(at) === 4 ? '2025-12-09' : '2025-12-03';
  const counted = isFaulty(at) && kindOf(at) === 5 ? `${String(qty)}吨左右` : qty;
  return [`DX-${digits(at, 6)}`, number, name, uscc, allowance, '2024', project, counted, booked].join(',');
}

function* lines(header, count, lineAt) {
  yield header;
  for (let at = 0; at < count; at += 1) {
    const line = lineAt(at);
    if (line !== '') yield line;
  }
}

/** What the ledger says: of the enterprises and lots of the files first, then of as many others as are asked for. */
function* facts(core, lots, count) {
  const enterprises = Math.ceil(lots / ofEnterprise);
  let told = 0;
  const tell = (fact) => {
    told += 1;
    return JSON.stringify(fact);
  };
  for (let at = 0; at < enterprises; at += 1) {
    const { uscc, ccer, allowance } = lotAt(core, at * ofEnterprise);
    yield tell({ kind: 'accounts', uscc, ccer, allowance });
    yield tell({ kind: 'obligation', uscc, year: '2024', due: '900000' });
    yield tell({ kind: 'facility', code: `${uscc}001P/MF0001`, uscc });
  }
  for (let at = 0; told < count; at += 1) {
    const { uscc, project, serialFrom, serialTo, qty } = lotAt(core, at);
    const record = `rec:${digits(at, 64)}`;
    const year = at < lots ? '2024' : '2023';
    yield tell({ kind: 'cancellation', record, uscc, year, project, serialFrom, serialTo, qty: String(qty) });
    if (at < lots || at % 2 === 0)
      yield tell({
        kind: 'booking',
        record: `rec:${digits(at, 63)}b`,
        uscc,
        year,
        qty: String(qty),
        cancellation: record,
      });
  }
}

async function writeLines(file, texts) {
  const stream = createWriteStream(file);
  for (const text of texts)
    if (!stream.write(`${text}\n`)) await new Promise((resolve) => stream.once('drain', resolve));
  await new Promise((resolve) => stream.end(resolve));
}

const cancellationHeader =
  '注销记录编号,单位名称,统一社会信用代码,自愿减排账户,履约年度,项目编号,起始序列号,截止序列号,数量（tCO2e）,注销用途,注销日期,减排量登记日期';
const bookingHeader =
  '抵销登记编号,对应注销记录编号,单位名称,统一社会信用代码,账户ID,年度,项目编号,数量（tCO2e）,抵销登记日期';

export function placesIn(folder) {
  const at = (name) => path.join(folder, name);
  return { cancellations: at('注销记录.csv'), bookings: at('抵销登记.csv'), facts: at('facts.jsonl') };
}

/** @param {{rows: number, facts: number}} options rows of both files together, about half of each */
export async function writeDay(core, folder, options) {
  const lots = Math.ceil(options.rows / 2);
  const places = placesIn(folder);
  await writeLines(
    places.cancellations,
    lines(cancellationHeader, lots, (at) => cancellationLine(core, at)),
  );
  await writeLines(
    places.bookings,
    lines(bookingHeader, lots, (at) => bookingLine(core, at)),
  );
  await writeLines(places.facts, facts(core, lots, options.facts));
}
