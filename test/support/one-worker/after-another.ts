import * as core from '@carbon-ledger/core';

declare global {
  var firstCore: unknown;
}

/** What a test file finds behind another one of its worker, and what it then does itself for the next to find. */
export function findsNothingOfAnother(): void {
  it('finds the modules that were loaded, and nothing else that another file did', () => {
    expect(process.env.SPOILT).toBeUndefined();
    expect(process.argv).not.toContain('--spoilt');
    expect(process.exitCode).toBeUndefined();
    expect(typeof fetch('data:,').then).toBe('function');
    expect('spoilt' in expect).toBe(false);
    expect(Math.random()).toBeLessThan(1);
    globalThis.firstCore ??= core;
    expect(core).toBe(globalThis.firstCore);
  });

  it('tells an error of a shared module from others', () => {
    expect(() => core.parseCanonical('{')).toThrow(Error);
  });

  afterAll(() => {
    process.env.SPOILT = 'yes';
    process.argv.push('--spoilt');
    process.exitCode = 3;
    globalThis.fetch = (() => 'spoilt') as unknown as typeof fetch;
    Math.random = () => 2;
    expect.extend({ spoilt: () => ({ pass: false, message: () => 'spoilt' }) });
  });
}
