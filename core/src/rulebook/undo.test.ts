import { processes, recordTypes } from '.';
import { recordTypeNames, type LedgerRecord, type RecordType } from '../records';
import { emptyView, OverlayView, type StateKind, type StateValues } from '../state';
import { applyEffect, type Effect, type EffectSource } from './effects';
import type { EffectInput } from './spec';

const FILER = '91140000MA0FAKE01X';
const id = 'ab'.repeat(32);

/** Types whose records can be opened or withdrawn by their lifecycle. */
function isWithdrawable(type: RecordType): boolean {
  const { transitions } = processes[recordTypes[type].process];
  return transitions.some(({ on }) => on === 'supersession' || on === 'revocation');
}

/** Whether it changes anything beside its own head. */
function isActing(type: RecordType): boolean {
  return recordTypes[type].effects !== undefined || recordTypes[type].acts !== undefined;
}

function labelOf(type: RecordType): string {
  const { labels } = recordTypes[type];
  if (labels?.required !== true) return type;
  return `${type}.${labels.names === 'any' ? 'x' : (labels.names[0] ?? '')}`;
}

/** A record of a type as its example has it. */
function recordOf(type: RecordType): LedgerRecord {
  const spec = recordTypes[type];
  const unit = { none: '-', any: '-', plant: 'PLANT', unit: 'U1', 'unit-or-plant': 'PLANT' }[spec.unit];
  const period = { none: '-', any: '2024', year: '2024', month: '2024-01' }[spec.period];
  return {
    ...{ schema: 'carbon-ledger/record/v1', type, kind: labelOf(type), issuer: FILER, version: 1, cites: [] },
    ...{ subject: { uscc: FILER, unit, period }, documents: [], totals: {}, figuresRoot: null },
    content: spec.example as LedgerRecord['content'],
  };
}

const isTakenBack: { readonly [Kind in StateKind]?: (value: StateValues[Kind]) => boolean } = {
  // An identity belongs to one holder for good, and who once worked for a plant is remembered.
  claim: () => true,
  party: ({ ended }) => ended !== undefined,
  engaged: ({ engaged }) => engaged.every(({ ended }) => ended === true),
  listed: ({ said }) => said.length === 0,
  offset: ({ due }) => due === undefined,
  units: ({ units, waiting, former }) => units.length === 0 && waiting === undefined && former === undefined,
};

async function apply(effects: readonly Effect[], view: OverlayView, source: EffectSource): Promise<void> {
  for (const effect of effects) await applyEffect(effect, view, source);
}

/** Keys that do not stand as they did before, once a record's effects were laid and taken back. */
async function leftOver(type: RecordType): Promise<string[]> {
  const spec = recordTypes[type];
  const record = recordOf(type);
  const time = '2026-11-29T00:00:00Z';
  const input: EffectInput<unknown> = { record, id, content: record.content, time, cited: () => [] };
  const view = new OverlayView(emptyView);
  const source = { id, key: `${FILER}/-/-/${record.kind}`, record, time };
  await apply(spec.effects?.(input) ?? [], view, source);
  const { undo } = spec;
  await apply(undo === undefined || undo === 'refused' ? [] : undo(input, 'ended'), view, source);
  return [...view.writes()].flatMap(([key, bytes]) => {
    const [kind = ''] = key.split('/');
    const test = isTakenBack[kind as StateKind] as ((value: unknown) => boolean) | undefined;
    if (bytes === null) return [];
    return test?.(JSON.parse(new TextDecoder().decode(bytes))) === true ? [] : [key];
  });
}

/** Steps of a type that its next version could not take again from where its withdrawn version led. */
function deadEnds(type: RecordType): string[] {
  const triggers = recordTypes[type].acts?.(recordOf(type)).map(({ trigger }) => trigger) ?? [];
  return Object.values(processes)
    .flatMap(({ transitions }) => transitions)
    .filter(({ on, from, to }) => triggers.includes(on) && !from.includes(to))
    .map(({ on, to }) => `${type}: ${on} from ${to}`);
}

describe('withdrawing a record', () => {
  it.each(recordTypeNames.filter((type) => isActing(type) && isWithdrawable(type)))(
    'of type %s takes back what it did, or is refused',
    (type) => {
      expect(recordTypes[type].undo).toBeDefined();
    },
  );

  it.each(recordTypeNames.filter((type) => isWithdrawable(type) && typeof recordTypes[type].undo === 'function'))(
    'of type %s leaves nothing behind',
    async (type) => {
      expect(await leftOver(type)).toEqual([]);
    },
  );

  it('is never an undoing of what only a step does: a type that acts on others refuses it, or its next version acts again', () => {
    const acting = recordTypeNames.filter((type) => recordTypes[type].acts !== undefined && isWithdrawable(type));
    expect(acting.filter((type) => recordTypes[type].undo !== 'refused').flatMap(deadEnds)).toEqual([]);
  });
});
