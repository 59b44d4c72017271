import type { BuiltRecord } from '@carbon-ledger/core';
import { trialNationalAuthority, trialSigner } from '@carbon-ledger/plant-year/trial';
import type { Filing, MarketPort } from '../market/port';
import { build } from '../support/trial-records';

const { uscc } = trialNationalAuthority;
const periods = { notice: 7, objection: 7, decision: 10, redetermination: 10 };
const weekend = { 2031: '2031-02-01', 2032: '2032-02-07', 2033: '2033-01-29' } as const;
type Year = keyof typeof weekend;

/** The working days of a year as the first edition has them, or with what the second asks for. */
export function calendarOf(year: Year, more: { readonly halfDays?: readonly string[] } = {}): BuiltRecord {
  const content = { source: '（虚构）关于节假日安排的通知', holidays: [], workdays: [weekend[year]], periods, ...more };
  return build({
    type: 'working-days',
    issuer: uscc,
    subject: { uscc, unit: '-', period: String(year) },
    cites: {},
    content,
  });
}

export const secondInForce = build({
  type: 'rule-edition',
  issuer: uscc,
  subject: { uscc, unit: '-', period: '-' },
  cites: {},
  content: { edition: 2, notice: '（虚构）关于启用新版校验规则的通知' },
});

/** On a ledger of the first edition whose contract knows the second: what is refused before is taken after, and the other way round. */
export async function playEditions(port: MarketPort): Promise<void> {
  const filing = (record: BuiltRecord): Filing => ({ records: [record], cited: [], signer: trialSigner(uscc) });
  const taken = async (record: BuiltRecord): Promise<void> => {
    expect(await port.submit(filing(record))).toEqual([]);
  };
  const refused = async (record: BuiltRecord): Promise<void> => {
    const faults = await port.judge(filing(record));
    expect(faults.map(({ code }) => code)).toEqual(['BAD_RECORD']);
    expect(JSON.stringify(faults)).toContain('halfDays');
  };
  const newer = calendarOf(2031, { halfDays: ['2031-12-31'] });
  await refused(newer);
  await taken(calendarOf(2033));
  await taken(secondInForce);
  await refused(calendarOf(2032));
  await taken(newer);
}
