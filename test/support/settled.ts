/**
 * Waits until a service reads what a command has filed: records that it named on a line of their own. A peer tells of a
 * commit before the gateway beside it has read the block.
 */
export async function settled(url: string, argv: readonly string[], stdout: string): Promise<void> {
  if (argv.includes('--dry-run')) return;
  for (const [id] of stdout.matchAll(/^rec:[0-9a-f]{64}$/gm)) {
    let answer = await fetch(`${url}/v1/records/${id}`);
    while (answer.status === 404) answer = await fetch(`${url}/v1/records/${id}`);
  }
}
