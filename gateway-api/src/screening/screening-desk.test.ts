import type { Reading } from '../records/record-views';
import type { PagesParts } from './ledger-pages';
import type { Screener, ScreeningOutcome } from './screener';
import { ScreeningDesk } from './screening-desk';

/** Screenings that end when they are told to. */
class HeldScreener implements Screener {
  readonly ends: ((outcome: ScreeningOutcome) => void)[] = [];

  begin(): void {
    // There is nothing to load.
  }

  run(): Promise<ScreeningOutcome> {
    return new Promise((resolve) => this.ends.push(resolve));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

const scope = { of: 'all', year: '2024' } as const;

function reading(party: string, spent: number[] = []): Reading {
  const caller = { party, kind: 'inspector', region: '000000' } as const;
  return { caller, spend: (units) => void spent.push(units) };
}

it('has two screenings of a party under way at most, and as many of others', async () => {
  const held = new HeldScreener();
  const desk = new ScreeningDesk({} as PagesParts, held);
  const spent: number[] = [];
  const running = [desk.screen(scope, reading('A', spent)), desk.screen(scope, reading('A'))];
  await expect(desk.screen(scope, reading('A'))).rejects.toMatchObject({
    ...{ code: 'RATE_LIMITED', details: { retryAfter: 10 } },
  });
  running.push(desk.screen(scope, reading('B')));
  for (const end of held.ends) end({ json: '{}', looked: 3 });
  expect(await Promise.all(running)).toEqual(['{}', '{}', '{}']);
  expect(spent).toEqual([300]);
  const again = desk.screen(scope, reading('A'));
  held.ends.at(-1)?.({ json: '{"again":true}', looked: 0 });
  expect(await again).toBe('{"again":true}');
});
