/** Why tests that read files of the system's own are not run; undefined where they are. */
export const lackingProc = process.platform === 'linux' ? undefined : 'there is no /proc here';

/** The one place that may: everybody else says why. */
const { skip } = it;

/**
 * Tests for which a machine needs more than Node: defined where it has that, told about where it has not. Then one that is
 * skipped stands for them, for a file without any is a failure to jest.
 * @param lacking what is missing, in words; undefined where nothing is
 */
export function onlyWhere(lacking: string | undefined, name: string, tests: () => void): void {
  if (lacking === undefined) describe(name, tests);
  else {
    process.stderr.write(`Not run: ${name}: ${lacking}.\n`);
    skip(`${name}: ${lacking}`, () => undefined);
  }
}
