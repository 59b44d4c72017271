import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { coalPower, coalPowerParameters, Decimal, type Book, type BookRecord } from '@carbon-ledger/core';
import { bookOfPlantYear, readPlantYearLeniently } from '@carbon-ledger/plant-year';
import sampleFile from '../../scripts/sample/sample-plant.json';
import { edited, type Json } from '../../scripts/sample/pointer';
import { restated } from '../../scripts/sample/restate';

/** A record of a book that may still be changed. */
export type Draft = { -readonly [Name in keyof BookRecord]: BookRecord[Name] };

type Edits = Readonly<Record<string, Json | undefined>>;

const sample: Json = structuredClone(sampleFile);
const rules = { methodology: coalPower('2024'), parameters: coalPowerParameters('2024') };
const nation = 'NATION';

/** September of U2 with a report in time: a year in which everything is right. */
const inTime: Edits = {
  '/units/1/months/8/lab/issued': '2024-10-20',
  '/units/1/months/8/lab/daysMonthEndToIssue': 20,
  '/units/1/months/8/lab/anchoredByLab': '2024-10-21',
  '/units/1/months/8/carbonBasis': 'measured',
  '/units/1/months/8/evidenceSubmitted': '2024-11-05',
  '/units/1/months/8/onTime': true,
};

const certificate = {
  kind: 'CMA',
  number: '240417250001',
  scope: ['C', 'H', 'S', 'Q', 'M'],
  validFrom: null,
  validTo: '2030-03-30',
};

function party(uscc: string, content: object): Draft {
  return bare(`${uscc}/-/-/party`, { content: { ...content } });
}

export function bare(key: string, given: Partial<Draft> = {}): Draft {
  const [uscc = '', unit = '-', period = '-', kind = ''] = key.split('/');
  const [type = ''] = kind.split('.');
  const blank = { version: 1, content: {}, figures: new Map<string, string>(), cites: {}, documents: [], issuer: uscc };
  return { key, type, kind, subject: { uscc, unit, period }, ...blank, ...given };
}

/** When it came to the ledger: on the day that the file says, or early enough. */
function anchoredAt({ type, subject, content }: BookRecord): string {
  const days: Readonly<Record<string, unknown>> = {
    'monthly-evidence': content['claimedSubmission'],
    'test-report': content['anchoredByLab'],
    'sample-receipt': content['received'],
    'quality-control-plan': `${String(Number(subject.period.slice(0, 4)) - 1)}-12-20`,
    'annual-report': `${String(Number(subject.period.slice(0, 4)) + 1)}-03-20`,
  };
  const day = days[type];
  return `${typeof day === 'string' ? day : `${String(Number(subject.period.slice(0, 4)) + 1)}-06-20`}T02:00:00Z`;
}

/** Computed once: most fixtures start from it. */
const right: { file?: Json; book?: Book } = {};

function coalBook(edits?: Edits): Book {
  right.file ??= restated(edited(sample, inTime));
  if (edits !== undefined) return madeBook(edited(right.file, edits));
  right.book ??= madeBook(right.file);
  return right.book;
}

function madeBook(file: Json): Book {
  const book = bookOfPlantYear(readPlantYearLeniently(file), rules);
  const records = book.records.map((record) => ({
    ...record,
    anchoredAt: anchoredAt(record),
  }));
  const lab = records.find(({ type }) => type === 'test-report')?.issuer ?? '';
  const others = [party(book.uscc, { region: '140600' }), party(lab, { qualifications: [certificate] })];
  return { ...book, records: [...records, ...others] };
}

/** Daily readings for every month of U1, no two alike. */
function withDaily(book: Book): Book {
  const value = (base: number, step: number, places: number): string =>
    (base + ((step * 7919) % 1013) / 997).toFixed(places);
  const records = book.records.map((record, at): BookRecord => {
    if (record.type !== 'monthly-evidence' || record.subject.unit !== 'U1') return record;
    const figures = new Map(record.figures);
    for (let day = 1; day <= 28; day += 1) {
      const name = String(day).padStart(2, '0');
      figures.set(`daily.fc_t.${name}`, value(3500, at * 31 + day, 2));
      figures.set(`daily.ncv_GJ_t.${name}`, value(21, at * 37 + day, 3));
    }
    return { ...record, figures };
  });
  return { ...book, records };
}

/** The same after it was filed: with ids and documents. */
function filed(book: Book): Book {
  const document = (role: string, key: string): BookRecord['documents'] => [
    { role, name: `${role}.pdf`, mediaType: 'application/pdf', size: '1', sha256: `sha256:${key}`, sm3: `sm3:${key}` },
  ];
  const records = book.records.map((record) => {
    const role =
      record.type === 'test-report' ? 'report' : record.type === 'sample-receipt' ? 'delivery-slip' : undefined;
    return { ...record, id: `rec:${record.key}`, documents: role === undefined ? [] : document(role, record.key) };
  });
  return { ...book, records };
}

interface Line {
  readonly plan?: Readonly<Record<string, unknown>>;
  readonly content?: Readonly<Record<string, unknown>>;
  readonly scaled: Readonly<Record<string, number>>;
  readonly fixed: Readonly<Record<string, number>>;
}

interface SectorBook {
  readonly sector: string;
  readonly year: string;
  readonly units: Readonly<Record<string, Line>>;
}

const uscc = '91140000MA0FAKE01X';

function lineRecords({ sector, year }: SectorBook, unit: string, line: Line): Draft[] {
  const cites = { methodology: [`${nation}/${sector}/${year}/methodology`] };
  const months = Array.from({ length: 12 }, (_, index) => {
    const period = `${year}-${String(index + 1).padStart(2, '0')}`;
    const factor = new Decimal(1).plus(new Decimal(((index * 7) % 5) - 2).times('0.004'));
    const scaled = Object.entries(line.scaled).map(([name, value]) => [name, factor.times(value).toFixed()] as const);
    const fixed = Object.entries(line.fixed).map(([name, value]) => [name, String(value)] as const);
    const figures = new Map([...scaled, ...fixed]);
    return bare(`${uscc}/${unit}/${period}/monthly-evidence`, { cites, figures, content: { ...line.content } });
  });
  const plan = bare(`${uscc}/${unit}/${year}/quality-control-plan`, { cites, content: textsOf(line.plan ?? {}) });
  return unit === 'PLANT' ? months : [plan, ...months];
}

function textsOf(content: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(content).map(([name, value]) => [name, typeof value === 'number' ? String(value) : value]),
  );
}

function sectorBook(name: string): Book {
  const text = readFileSync(path.join(__dirname, '../../rules/fixtures', `${name}.yaml`), 'utf8');
  const read = parse(text) as SectorBook;
  const records = Object.entries(read.units).flatMap(([unit, line]) => lineRecords(read, unit, line));
  return { uscc, records: [...records, party(uscc, { region: '140600' })] };
}

/** A year of which November and December are missing. */
function short(book: Book): Book {
  const isGone = ({ type, subject }: BookRecord): boolean => type === 'monthly-evidence' && subject.period > '2024-10';
  const records = book.records
    .filter((record) => !isGone(record))
    .map((record) => ({
      ...record,
      cites: Object.fromEntries(
        Object.entries(record.cites).map(([role, keys]) => [role, keys.filter((key) => !/2024-1[12]/.test(key))]),
      ),
    }));
  return { ...book, records };
}

export function baseBook(name: string, edits?: Edits): Book {
  switch (name) {
    case 'coal':
      return coalBook(edits);
    case 'coal-daily':
      return withDaily(coalBook(edits));
    case 'coal-short':
      return short(coalBook(edits));
    case 'filed':
      return filed(coalBook(edits));
    default:
      return sectorBook(name);
  }
}
