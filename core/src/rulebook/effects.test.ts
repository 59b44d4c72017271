import fc from 'fast-check';
import { emptyView, OverlayView, type StateKind, type StateValues } from '../state';
import { applyEffect, effectFaults, type Effect, type EffectSource } from './effects';
import { recordOf, someParties } from './testing/bench';

const { enterprise, lab } = someParties;
const source = (id: string, time = '2026-11-21T08:00:00Z'): EffectSource => ({
  id,
  key: `key of ${id}`,
  record: recordOf('party', { subject: { uscc: enterprise }, version: 3 }),
  time,
});

async function after(...effects: readonly (readonly [Effect, string])[]): Promise<OverlayView> {
  const view = new OverlayView(emptyView);
  for (const [effect, id] of effects) await applyEffect(effect, view, source(id));
  return view;
}

async function valueAfter<Kind extends StateKind>(
  kind: Kind,
  key: string,
  ...effects: readonly (readonly [Effect, string])[]
): Promise<StateValues[Kind] | undefined> {
  return (await after(...effects)).get(kind, key);
}

const year = { uscc: enterprise, year: '2024' };
const unit = (id: string): StateValues['units']['units'][number] => ({
  id,
  permit: 'P',
  code: id,
  from: '2020-01-01',
  to: null,
});

describe('the effect of a record', () => {
  it('registers a party, ends it at the transaction’s time, and registers it anew without the end', async () => {
    const content = recordOf('party').content as StateValues['party']['content'];
    const register: Effect = { do: 'register-party', content };
    const end: Effect = { do: 'end-party', uscc: enterprise };
    const registered = { record: 'rec:a', version: 3, content };
    expect(await valueAfter('party', enterprise, [register, 'a'])).toEqual(registered);
    expect(await valueAfter('party', enterprise, [register, 'a'], [end, 'b'])).toEqual({
      ...registered,
      ended: '2026-11-21T08:00:00Z',
    });
    expect(await valueAfter('party', enterprise, [register, 'a'], [end, 'b'], [register, 'c'])).toEqual({
      ...registered,
      record: 'rec:c',
    });
    expect(await valueAfter('party', lab, [{ do: 'end-party', uscc: lab }, 'a'])).toBeUndefined();
  });

  it('claims an identity for one key, which may claim it again and no other may', async () => {
    const claim: Effect = {
      do: 'claim',
      space: 'key',
      id: '0x1',
      rule: 'one key, one party',
      field: '/content/keys/0/id',
    };
    const view = await after([claim, 'a']);
    expect(await view.get('claim', 'key/0x1')).toEqual({ key: 'key of a' });
    expect(await effectFaults(claim, view, source('a'))).toEqual([]);
    expect(await effectFaults({ ...claim, space: 'facility' }, view, source('b'))).toEqual([]);
    expect(await effectFaults(claim, view, source('b'))).toEqual([
      expect.objectContaining({
        code: 'IDENTITY_TAKEN',
        path: '/content/keys/0/id',
        details: { rule: 'one key, one party', space: 'key', id: '0x1', holder: 'key of a' },
      }),
    ]);
  });

  const serials = (what: 'add-serials' | 'free-serials', from: number, to: number): Effect => {
    const text = (number: number): string => `A-${String(number).padStart(3, '0')}`;
    return { do: what, space: 'used', serialFrom: text(from), serialTo: text(to) };
  };

  it('takes serial numbers, tells exactly which are taken, and frees them', async () => {
    const range = fc
      .tuple(fc.integer({ min: 1, max: 80 }), fc.nat(20))
      .map(([from, length]) => [from, from + length] as const);
    await fc.assert(
      fc.asyncProperty(range, range, async ([from, to], [wantFrom, wantTo]) => {
        const view = await after([serials('add-serials', from, to), 'a']);
        const [fault] = await effectFaults(serials('add-serials', wantFrom, wantTo), view, source('b'));
        const shared = Array.from({ length: wantTo - wantFrom + 1 }, (_, at) => wantFrom + at).filter(
          (n) => n >= from && n <= to,
        );
        expect(fault?.code).toBe(shared.length === 0 ? undefined : 'SERIAL_OVERLAP');
        if (fault !== undefined)
          expect(fault.details).toEqual({
            holder: 'key of a',
            from: String(shared[0]),
            to: String(shared.at(-1)),
            count: String(shared.length),
          });
        await applyEffect(serials('free-serials', from, to), view, source('c'));
        expect(await effectFaults(serials('add-serials', wantFrom, wantTo), view, source('b'))).toEqual([]);
      }),
    );
  });

  it('does nothing with numbers that make no range: the type’s own check tells of them', async () => {
    const wrong: Effect = { do: 'add-serials', space: 'lot', serialFrom: 'A-2', serialTo: 'A-1' };
    const view = await after([wrong, 'a']);
    expect([view.writes().size, await effectFaults(wrong, view, source('a'))]).toEqual([0, []]);
  });

  it('proposes units, and puts those in force that the province accepts, and no others', async () => {
    const propose = (...ids: string[]): Effect => ({ do: 'propose-units', uscc: enterprise, units: ids.map(unit) });
    const accept = (facility: string): Effect => ({ do: 'accept-units', uscc: enterprise, facility });
    const roster = (...steps: readonly (readonly [Effect, string])[]): Promise<unknown> =>
      valueAfter('units', enterprise, ...steps);
    expect(await roster([propose('U1'), 'a'])).toEqual({ units: [], waiting: { r: 'a', units: [unit('U1')] } });
    expect(await roster([propose('U1'), 'a'], [accept('a'), 'b'])).toEqual({ r: 'a', units: [unit('U1')] });
    expect(await roster([propose('U1'), 'a'], [propose('U2'), 'b'], [accept('a'), 'c'])).toEqual({
      units: [],
      waiting: { r: 'b', units: [unit('U2')] },
    });
    expect(await roster([propose('U1'), 'a'], [accept('a'), 'b'], [propose('U2'), 'c'])).toEqual({
      r: 'a',
      units: [unit('U1')],
      waiting: { r: 'c', units: [unit('U2')] },
    });
    expect(await roster([accept('a'), 'b'])).toBeUndefined();
  });

  it('engages for a year, and remembers who was', async () => {
    const engage = (as: 'testing' | 'preparation'): Effect => ({ do: 'engage', ...year, party: lab, as });
    const end: Effect = { do: 'disengage', ...year, engagement: 'a' };
    expect(
      await valueAfter(
        'engaged',
        `${enterprise}/2024`,
        [engage('testing'), 'a'],
        [engage('preparation'), 'b'],
        [end, 'c'],
      ),
    ).toEqual({
      engaged: [
        { party: lab, as: 'testing', r: 'a', ended: true },
        { party: lab, as: 'preparation', r: 'b' },
      ],
    });
    expect(await valueAfter('engaged', `${enterprise}/2025`, [engage('testing'), 'a'])).toBeUndefined();
  });

  it('lists in and out, list by list; a withdrawn list takes its own words back', async () => {
    const list = (listed: boolean): Effect => ({ do: 'list', ...year, listed, sector: 'POWER' });
    const unlist: Effect = { do: 'unlist', ...year, list: 'a' };
    const said = [
      { listed: true, r: 'a', sector: 'POWER' },
      { listed: false, r: 'b', sector: 'POWER' },
    ];
    expect(await valueAfter('listed', `${enterprise}/2024`, [list(true), 'a'], [list(false), 'b'])).toEqual({ said });
    expect(
      await valueAfter('listed', `${enterprise}/2024`, [list(true), 'a'], [list(false), 'b'], [unlist, 'c']),
    ).toEqual({ said: said.slice(1) });
    expect(await valueAfter('listed', `${enterprise}/2024`, [unlist, 'c'])).toBeUndefined();
  });

  it('keeps the account of a compliance year: the last confirmation, the sum of what was cancelled and reversed', async () => {
    const change = fc.record({
      confirmed: fc.option(fc.nat(1e6)),
      cancelled: fc.option(fc.integer({ min: -1e6, max: 1e6 })),
      booked: fc.option(fc.integer({ min: 1, max: 1e6 })),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 10 }), async (changes) => {
        const effects = changes.map(({ confirmed, cancelled, booked }): readonly [Effect, string] => [
          {
            do: 'offset',
            ...year,
            ...(confirmed !== null && { confirmed: String(confirmed) }),
            ...(cancelled !== null && { cancelled: { project: 'A-1', qty: String(cancelled) } }),
            ...(booked !== null && { booked: String(booked) }),
          },
          'a',
        ]);
        const last =
          changes
            .map(({ confirmed }) => confirmed)
            .filter((one) => one !== null)
            .at(-1) ?? 0;
        const sum = changes.reduce((total, { cancelled }) => total + (cancelled ?? 0), 0);
        const account = await valueAfter('offset', `${enterprise}/2024`, ...effects);
        expect(account).toMatchObject({ confirmed: String(last), cancelled: String(sum) });
        expect(account?.projects).toEqual(changes.some((one) => one.cancelled !== null) ? { A1: String(sum) } : {});
        const booked = changes.flatMap((one) => (one.booked === null ? [] : [String(one.booked)]));
        expect(account?.bookings.map(({ q }) => q)).toEqual(booked);
      }),
    );
  });

  it('puts an edition in force, by its record', async () => {
    expect(await valueAfter('edition', '', [{ do: 'set-edition', edition: 2 }, 'a'])).toEqual({ edition: 2, r: 'a' });
  });
});
