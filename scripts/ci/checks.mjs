// What was checked, as a person reads it and as .ci/run counts it.

export const totals = { passed: 0, failed: 0, failures: [] };

export function report(name, failure) {
  const failed = failure !== undefined;
  totals[failed ? 'failed' : 'passed'] += 1;
  if (failed) totals.failures.push(`${name}: ${failure}`);
  process.stdout.write(`${failed ? 'FAIL' : 'ok  '} ${name}${failed ? `: ${failure}` : ''}\n`);
}

export async function check(name, run) {
  try {
    await run();
    report(name);
  } catch (error) {
    report(name, error instanceof Error ? error.message : String(error));
  }
}

export function expectEqual(got, expected, what) {
  const [a, b] = [JSON.stringify(got), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${what}: expected ${b}, got ${a}`);
}

export function expectTrue(condition, what) {
  if (!condition) throw new Error(what);
}
