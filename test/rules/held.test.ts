import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { catalogue, shelvedRuleSet, type Fault } from '@carbon-ledger/core';
import { unitFault } from '../../core/src/methodology/units/conversion';
import { moveFaults } from '../../core/src/rulebook/holding-effects';
import { parseReadings } from '../../core/src/rulebook/readings';
import { emptyView, OverlayView } from '../../core/src/state';

interface Held {
  readonly refused: readonly { readonly rule: string; readonly code: string; readonly by: string }[];
  readonly untold: readonly { readonly rule: string }[];
}

const root = path.join(__dirname, '../..');
const held = parse(readFileSync(path.join(root, 'rules/held/held.yaml'), 'utf8')) as Held;

/** `HOLDING_SHORT`, or nothing where it is let pass. */
function codesOf(faults: readonly Fault[]): string[] {
  return faults.map(({ code }) => code);
}

async function moved(qty: string): Promise<string[]> {
  const view = new OverlayView(emptyView);
  view.put('holding', `A/2024/held/${'ab'.repeat(32)}-0`, { q: '500', r: 'a', how: 'x', on: '2025-01-01' });
  const place = { account: 'A', pool: 'held' } as const;
  const to = { account: 'B', pool: 'held' } as const;
  const effect = {
    do: 'move',
    vintage: '2024',
    qty,
    from: place,
    to,
    line: 0,
    how: 'listed',
    on: '2025-01-02',
  } as const;
  return codesOf(await moveFaults(effect, view));
}

describe('rules that are held when a record is filed', () => {
  it('are refused by a code of the catalogue, at a place that is there', () => {
    for (const { code, by } of held.refused) {
      expect(Object.keys(catalogue)).toContain(code);
      expect(readFileSync(path.join(root, `${by}.ts`), 'utf8').length).toBeGreaterThan(0);
    }
  });

  it('R-L30: nobody gives what is not there', async () => {
    expect([await moved('500'), await moved('501')]).toEqual([[], ['HOLDING_SHORT']]);
  });

  it('R-L43: a figure is in the unit of its methodology', () => {
    const of = (unit: string): string | undefined => unitFault('/figures/x', 'x', { value: '1', unit }, 't')?.code;
    expect([of('t'), of('kg'), of('GJ'), of('')]).toEqual([undefined, ...Array<string>(3).fill('FIGURE_FORMAT')]);
  });

  it('R-D16: the clock of a meter does not go back', () => {
    const of = (...hours: string[]): unknown =>
      parseReadings(['time,value', ...hours.map((hour) => `2024-05-01T${hour}:00:00Z,1.5`)].join('\n'));
    expect(of('01', '02')).toHaveLength(2);
    expect(() => of('02', '01')).toThrow('the readings have 1 faults');
    expect(() => of('02', '02')).toThrow('the readings have 1 faults');
  });
});

describe('every rule of the market’s lists', () => {
  it('is screened or held: none is left out', () => {
    const known = new Set(
      [...shelvedRuleSet().rules, ...held.refused.map(({ rule: id }) => ({ id }))].map(({ id }) => id),
    );
    const numbered = (letter: string, most: number): string[] =>
      Array.from({ length: most }, (_, index) => `R-${letter}${String(index + 1).padStart(2, '0')}`);
    const listed = [
      ...numbered('X', 20),
      ...numbered('S', 13),
      ...numbered('T', 18),
      ...numbered('L', 54),
      ...numbered('D', 34),
      ...numbered('M', 5),
    ];
    expect(listed.filter((id) => !known.has(id))).toEqual([]);
    expect(held.untold.filter(({ rule }) => !known.has(rule))).toEqual([]);
  });
});
