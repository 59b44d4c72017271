import type { RequestHandler } from 'express';
import { oneAfterAnother } from './one-after-another';

describe('handlers one after another', () => {
  const seen: string[] = [];
  const told: unknown[] = [];
  const passing =
    (name: string): RequestHandler =>
    (_request, _response, next) => {
      seen.push(name);
      next();
    };
  const run = (...handlers: readonly RequestHandler[]): void => {
    void oneAfterAnother(...handlers)({} as never, {} as never, (fault?: unknown) => told.push(fault));
  };

  beforeEach(() => {
    seen.length = 0;
    told.length = 0;
  });

  it('are called in their order, and what comes behind them once', () => {
    run(passing('one'), passing('two'), passing('three'));
    expect([seen, told]).toEqual([['one', 'two', 'three'], [undefined]]);
  });

  it('end with the error that one of them tells', () => {
    const fault = new Error('no');
    run(
      passing('one'),
      (_request, _response, next) => {
        next(fault);
      },
      passing('three'),
    );
    expect([seen, told]).toEqual([['one'], [fault]]);
  });

  it('throw what one of them throws, to whoever called them', () => {
    const thrower: RequestHandler = () => {
      throw new Error('no');
    };
    expect(() => {
      run(passing('one'), thrower, passing('three'));
    }).toThrow('no');
    expect([seen, told]).toEqual([['one'], []]);
  });

  it('wait for the one that goes on later, and end with one that answers itself', async () => {
    const later: RequestHandler = async (_request, _response, next) => {
      await Promise.resolve();
      next();
    };
    const answering: RequestHandler = () => undefined;
    run(later, passing('two'), answering, passing('four'));
    expect(seen).toEqual([]);
    await new Promise((resolve) => setImmediate(resolve));
    expect([seen, told]).toEqual([['two'], []]);
  });
});
