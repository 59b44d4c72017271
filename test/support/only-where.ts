/** Why tests that read files of the system's own are not run; undefined where they are. */
export const lackingProc = process.platform === 'linux' ? undefined : 'there is no /proc here';

/**
 * Tests for which a machine needs more than Node: defined where it has that, told about where it has not.
 * @param lacking what is missing, in words; undefined where nothing is
 */
export function onlyWhere(lacking: string | undefined, name: string, tests: () => void): void {
  if (lacking === undefined) describe(name, tests);
  else process.stderr.write(`Not run: ${name}: ${lacking}.\n`);
}
