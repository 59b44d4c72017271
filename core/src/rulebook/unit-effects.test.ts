import fc from 'fast-check';
import { emptyView, OverlayView, type RosterUnit } from '../state';
import { applyEffect, effectFaults, type Effect, type EffectSource } from './effects';
import { recordOf, someParties } from './testing/bench';

const parties = [someParties.enterprise, '91440300MA0TRYB03X', '91110000MA0TRYB04Y'] as const;
type Party = (typeof parties)[number];

const record = recordOf('facility');
const source = (uscc: string, id: string): EffectSource => ({
  ...{ id, key: `${uscc}/-/-/facility`, record },
  time: '2026-11-29T08:00:00Z',
});
const unit = (code: string): RosterUnit => ({ id: `U${code}`, permit: 'P', code, from: '2010-01-01', to: null });

const filing = (uscc: string, codes: readonly string[]): Effect[] => [
  ...codes.map((code): Effect => ({ do: 'claim-facility', uscc, id: `P/${code}`, field: code })),
  { do: 'propose-units', uscc, units: codes.map(unit) },
];

/** Lays effects one over the other, or says what stands against the first that cannot be. */
async function lay(view: OverlayView, effects: readonly Effect[], by: EffectSource): Promise<string[]> {
  const own = new OverlayView(view);
  for (const effect of effects) {
    const faults = await effectFaults(effect, own, by);
    if (faults.length > 0) return faults.map(({ code, path }) => `${code} ${path}`);
    await applyEffect(effect, own, by);
  }
  view.absorb(own);
  return [];
}

/** What a person would keep of the same steps: codes that wait, that were accepted, and ever were since the last withdrawal. */
interface Model {
  readonly waiting: Map<Party, { readonly id: string; readonly codes: readonly string[] }>;
  readonly accepted: Map<Party, Set<string>>;
}

const isTaken = ({ accepted }: Model, uscc: Party, codes: readonly string[]): boolean =>
  parties.some((other) => other !== uscc && codes.some((code) => accepted.get(other)?.has(code) === true));

type Step = readonly [what: 'file' | 'accept' | 'withdraw', uscc: Party, codes: readonly string[]];

async function file(uscc: Party, codes: readonly string[], id: string, view: OverlayView, model: Model): Promise<void> {
  const foreign = codes.find((code) => isTaken(model, uscc, [code]));
  const told = await lay(view, filing(uscc, codes), source(uscc, id));
  expect(told).toEqual(foreign === undefined ? [] : [`IDENTITY_TAKEN ${foreign}`]);
  if (foreign === undefined) model.waiting.set(uscc, { id, codes });
}

async function accept(uscc: Party, id: string, view: OverlayView, model: Model): Promise<void> {
  const waits = model.waiting.get(uscc);
  if (waits === undefined) return;
  const told = await lay(view, [{ do: 'accept-units', uscc, facility: waits.id }], source(uscc, id));
  const mayNot = isTaken(model, uscc, waits.codes);
  expect([...new Set(told)]).toEqual(mayNot ? ['IDENTITY_TAKEN /cites'] : []);
  if (mayNot) return;
  model.accepted.set(uscc, new Set([...(model.accepted.get(uscc) ?? []), ...waits.codes]));
  model.waiting.delete(uscc);
}

async function withdraw(uscc: Party, id: string, view: OverlayView, model: Model): Promise<void> {
  expect(await lay(view, [{ do: 'withdraw-units', uscc }], source(uscc, id))).toEqual([]);
  model.waiting.delete(uscc);
  model.accepted.delete(uscc);
}

async function take([what, uscc, codes]: Step, id: string, view: OverlayView, model: Model): Promise<void> {
  if (what === 'file') return file(uscc, codes, id, view, model);
  return what === 'accept' ? accept(uscc, id, view, model) : withdraw(uscc, id, view, model);
}

describe('a facility code', () => {
  const codes = fc.uniqueArray(fc.constantFrom('MF0001', 'MF0002', 'MF0003'), { minLength: 1, maxLength: 3 });
  const step = fc.tuple(
    fc.constantFrom('file' as const, 'file' as const, 'accept' as const, 'withdraw' as const),
    fc.constantFrom(...parties),
    codes,
  );

  it('is whose its province accepted it, whoever wrote it down first and however often', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 40 }), async (steps) => {
        const view = new OverlayView(emptyView);
        const model: Model = { waiting: new Map(), accepted: new Map() };
        for (const [index, one] of steps.entries()) await take(one, String(index), view, model);
        for (const uscc of parties) {
          const { units = [], former = [] } = (await view.get('units', uscc)) ?? {};
          const held = [...units.map(({ permit, code }) => `${permit}/${code}`), ...former].sort();
          expect(held).toEqual([...(model.accepted.get(uscc) ?? [])].map((code) => `P/${code}`).sort());
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is nobody’s whose registration was withdrawn, not even the claim is left', async () => {
    const view = new OverlayView(emptyView);
    const [uscc] = parties;
    await lay(view, filing(uscc, ['MF0001', 'MF0002']), source(uscc, 'a'));
    await lay(view, [{ do: 'accept-units', uscc, facility: 'a' }], source(uscc, 'b'));
    await lay(view, filing(uscc, ['MF0002']), source(uscc, 'c'));
    await lay(view, [{ do: 'accept-units', uscc, facility: 'c' }], source(uscc, 'd'));
    expect(await view.get('units', uscc)).toMatchObject({ former: ['P/MF0001'] });
    await lay(view, [{ do: 'withdraw-units', uscc }], source(uscc, 'e'));
    expect(await view.get('claim', 'facility/P/MF0001')).toBeUndefined();
    expect(await view.get('claim', 'facility/P/MF0002')).toBeUndefined();
    expect(await view.get('units', uscc)).toEqual({ units: [] });
  });

  it('asks nothing more of the ledger where nobody else wrote it down', async () => {
    const view = new OverlayView(emptyView);
    const [uscc] = parties;
    await lay(view, filing(uscc, ['MF0001']), source(uscc, 'a'));
    const asked: string[] = [];
    const watched = new OverlayView({
      get: (kind, key) => (asked.push(`${kind}/${key}`), view.get(kind, key)),
      first: () => Promise.resolve(undefined),
    });
    await lay(watched, [{ do: 'accept-units', uscc, facility: 'a' }], source(uscc, 'b'));
    expect(asked.filter((key) => key.startsWith('claim/'))).toEqual([]);
  });
});
