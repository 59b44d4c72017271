import { NetworkError } from '../errors';
import { lastLines, runCommand, type CommandOptions, type CommandResult } from '../runtime/command';

export type Tool = 'peer' | 'configtxgen' | 'configtxlator' | 'cryptogen' | 'osnadmin' | 'fabric-ca-client';

/** Runs Fabric's own programs; where they come from (PATH or an image) is the implementation's. */
export interface FabricTools {
  run(tool: Tool, args: readonly string[], options?: CommandOptions): Promise<CommandResult>;
  /** What is missing or of the wrong version, in words; empty when all is well. */
  check(tools: readonly Tool[], release: string): Promise<readonly string[]>;
}

/** Fabric's programs found on PATH, as the release archive brings them. */
export class PathTools implements FabricTools {
  run(tool: Tool, args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
    return runCommand(tool, args, options);
  }

  async check(tools: readonly Tool[], release: string): Promise<readonly string[]> {
    const faults = await Promise.all(tools.map((tool) => versionFault(this, tool, release, 'PATH')));
    return faults.filter((fault) => fault !== undefined);
  }
}

/** What is wrong with one program, in words; `place` is where it was looked for. */
export async function versionFault(
  tools: Pick<FabricTools, 'run'>,
  tool: Tool,
  release: string,
  place: string,
): Promise<string | undefined> {
  const result = await tools.run(tool, VERSION_ARGUMENTS[tool]).catch(() => undefined);
  if (result === undefined) return `${tool} is not on ${place} (it is in the release archive of Fabric ${release}).`;
  const found = /Version: v?(\d+\.\d+\.\d+)/.exec(result.stdout + result.stderr)?.[1];
  if (found === undefined || found === release) return undefined;
  return `${tool} on ${place} is of version ${found}, the topology names ${release}.`;
}

/** osnadmin has no version of its own to tell; that it starts is all that can be asked. */
const VERSION_ARGUMENTS: Readonly<Record<Tool, readonly string[]>> = {
  peer: ['version'],
  configtxgen: ['-version'],
  configtxlator: ['version'],
  cryptogen: ['version'],
  osnadmin: ['--help'],
  // Its releases have numbers of their own.
  'fabric-ca-client': ['--help'],
};

/** The error of one of Fabric's programs, with the reason that it gave. */
export function toolError(tool: Tool, what: string, result: CommandResult, remedy: string): NetworkError {
  return new NetworkError(`${what} failed (${tool}, exit ${result.code}):\n${reasonOf(result)}`, remedy);
}

/** A reason may quote whole certificates. */
const LONGEST_REASON = 1_000;

/** The programs print their usage after a reason; only the reason helps. */
function reasonOf(result: CommandResult): string {
  const text = `${result.stdout}\n${result.stderr}`;
  return (/^Error: .*$/m.exec(text)?.[0] ?? lastLines(text, 6)).slice(0, LONGEST_REASON);
}
