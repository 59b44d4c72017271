import { noAllocation, reallocate } from '@carbon-ledger/core';
import { field, fieldPointer, type PlantYear, type Section } from './model';
import type { PlanRecord } from './plan';
import { constant, orNull, planRecord, stated, type PlanDraft } from './plan-builder';
import { ofYear, yearKey } from './plan-plant';
import type { PlanContext } from './plan-unit';

/*
 * What happened on the allowance account: issued to it, transferred out of it, surrendered from it. Every tonne of it is the
 * registry's to put on the ledger.
 */

type Entry = NonNullable<PlanDraft['content']>[string];

/** What the file says; zero where it says nothing. */
const orZero = (section: Section, name: string): Entry => {
  const entry = stated(section, name);
  return entry.value === undefined ? { ...entry, value: '0' } : entry;
};

function planCredit(context: PlanContext, credit: Section): PlanRecord {
  const { compliance } = context.file;
  const isPre = field(credit, 'phase') === 'pre';
  const issuance = isPre ? 'allowance-issuance.pre' : 'allowance-issuance';
  return planRecord({
    kind: isPre ? 'allowance-credit.pre' : 'allowance-credit',
    issuer: context.ledger.allowanceRegistry,
    subject: ofYear(context, 'PLANT'),
    pointer: credit.pointer,
    cites: {
      parameters: context.rules['parameters'] ?? [],
      issuance: [yearKey(context, 'PLANT', issuance)],
    },
    content: {
      entitled_t: stated(compliance, isPre ? 'preallocation_tCO2' : 'allowance_tCO2'),
      ...{ credited_t: stated(credit, 'credited_t'), deducted_t: orZero(credit, 'deducted_t') },
      ...{ handBack_t: orZero(credit, 'handBack_t'), deductionLeft_t: orZero(credit, 'deductionLeft_t') },
      account: constant('enterprise'),
    },
  });
}

function planTransfer(context: PlanContext, transfer: Section): PlanRecord {
  const how = field(transfer, 'how');
  const optional = (name: string): Record<string, Entry> =>
    field(transfer, name) === undefined ? {} : { [name]: stated(transfer, name) };
  return planRecord({
    kind: 'allowance-transfer',
    issuer: context.ledger.allowanceRegistry,
    subject: { ...ofYear(context, 'PLANT'), unit: field(transfer, 'number') ?? '-' },
    pointer: transfer.pointer,
    cites: how === 'carry-over' ? { parameters: context.rules['parameters'] ?? [] } : {},
    content: {
      ...{ how: stated(transfer, 'how'), quantity_t: stated(transfer, 'quantity_t') },
      ...{ tradedOn: stated(transfer, 'tradedOn'), ...optional('to'), ...optional('toVintage') },
    },
  });
}

/** Pre-allocation first: what is issued in the end is set off against it. */
export function planCredits(context: PlanContext): PlanRecord[] {
  const isPre = (credit: Section): boolean => field(credit, 'phase') === 'pre';
  const { credits } = context.file;
  return [...credits.filter(isPre), ...credits.filter((one) => !isPre(one))].map((one) => planCredit(context, one));
}

/** Transfers around the surrender, in the order of their days. */
export interface PlannedTransfers {
  readonly before: readonly PlanRecord[];
  readonly after: readonly PlanRecord[];
}

export function planTransfers(context: PlanContext): PlannedTransfers {
  const { transfers, surrendered } = context.file;
  const dayOf = (one: Section): string => field(one, 'tradedOn') ?? '';
  const sorted = [...transfers].sort((a, b) => (dayOf(a) < dayOf(b) ? -1 : Number(dayOf(a) > dayOf(b))));
  const on = field(surrendered?.about, 'on') ?? '9999-12-31';
  const plan = (all: readonly Section[]): PlanRecord[] => all.map((one) => planTransfer(context, one));
  return {
    before: plan(sorted.filter((one) => dayOf(one) <= on)),
    after: plan(sorted.filter((one) => dayOf(one) > on)),
  };
}

function rowOf(row: Section): Record<string, string> {
  const values = ['vintage', 'qty', 'account'].map((name) => [name, field(row, name)] as const);
  return Object.fromEntries(values.filter((one): one is [string, string] => one[1] !== undefined));
}

/** Where a file that says nothing of a surrender would say it. */
const unsaid: Section = { pointer: '/compliance/surrendered', fields: new Map() };

/**
 * What was surrendered; only the obligation is stated where the file says nothing of it. A file that tells of its account
 * says with its silence that nothing was surrendered.
 */
export function surrenderContent({
  surrendered,
  credits,
}: Pick<PlantYear, 'surrendered' | 'credits'>): NonNullable<PlanDraft['content']> {
  if (surrendered === null && credits.length === 0) return { surrenderedOn: constant(null) };
  const { about, rows } = surrendered ?? { about: unsaid, rows: [] };
  const source = { name: 'surrendered.allowances', pointer: fieldPointer(about, 'allowances') };
  const value = surrendered === null ? undefined : rows.map(rowOf);
  return { surrenderedOn: orNull(stated(about, 'on')), allowances: { value, source } };
}

/** What an issuance of the file comes to, after what was issued before it (多退少补). */
export interface ExpectedCredit {
  readonly credit: Section;
  readonly expected: Readonly<Record<string, string>>;
}

const whole = /^(?:0|[1-9][0-9]{0,17})$/;
/** Undefined for what is no whole number of tonnes; none where nothing is said. */
export function tonnes(section: Section | undefined, name: string): bigint | undefined {
  const text = field(section, name) ?? '0';
  return whole.test(text) ? BigInt(text) : undefined;
}

/** What the credits of a file must say; nothing of one of which something cannot be read. */
export function expectedCredits({ file }: Pick<PlanContext, 'file'>): ExpectedCredit[] {
  const of = (phase: string): Section | undefined => file.credits.find((one) => field(one, 'phase') === phase);
  const figures = { pre: 'preallocation_tCO2', final: 'allowance_tCO2' } as const;
  let before = noAllocation;
  return (['pre', 'final'] as const).flatMap((phase): ExpectedCredit[] => {
    const credit = of(phase);
    const entitled = tonnes(file.compliance, figures[phase]);
    const left = credit && tonnes(credit, 'deductionLeft_t');
    if (credit === undefined || entitled === undefined || left === undefined) return [];
    // Deductions of earlier years are the ledger's to know; here they are what the file says is left, and what it says was taken.
    const taken = BigInt(before.deducted) + (tonnes(credit, 'deducted_t') ?? 0n);
    const due = (taken + left).toString();
    const found = reallocate({ ...before, deductions: due === '0' ? {} : { stated: due } }, entitled);
    before = found.next;
    return [
      {
        credit,
        expected: {
          ...{ credited_t: found.credited.toString(), deducted_t: found.deducted.toString() },
          ...{ handBack_t: found.next.handBack, deductionLeft_t: found.remaining.toString() },
        },
      },
    ];
  });
}
