import { parseArgs } from 'node:util';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { messageOf, NetworkError } from './errors';
import { openSession, resumeSession, type Choices, type Places, type Session } from './session';
import { deploy } from './verbs/deploy';
import { up } from './verbs/up';

interface Invocation {
  readonly verb: string;
  readonly operands: readonly string[];
  readonly choices: Choices;
  readonly places: Places;
  readonly bundle: string;
}

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

function readInvocation(home: string, argv: readonly string[]): Invocation {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      native: { type: 'boolean', default: false },
      profile: { type: 'string', multiple: true, default: [] },
      topology: { type: 'string', default: join(home, 'topology.yaml') },
      state: { type: 'string', default: join(home, '.state') },
      chaincode: { type: 'string', default: join(home, '..', 'chaincode', 'dist', 'bundle.cjs') },
    },
  });
  const [verb = 'help', ...operands] = positionals;
  return {
    verb,
    operands,
    choices: { mode: values.native ? 'native' : 'docker', profiles: values.profile },
    places: { home, stateRoot: resolve(values.state), topologyFile: resolve(values.topology) },
    bundle: resolve(values.chaincode),
  };
}

async function runVerb(invocation: Invocation): Promise<void> {
  const resume = (): Session => resumeSession(invocation.places, say);
  switch (invocation.verb) {
    case 'up':
      await up(openSession(invocation.places, invocation.choices, say), invocation.choices);
      return;
    case 'deploy':
      await deploy(resume(), invocation.bundle);
      return;
    case 'down':
      await resume().runtime.down();
      return;
    default:
      throw new NetworkError(
        `There is no verb ${invocation.verb}.`,
        `See ${existsSync(invocation.places.home) ? 'network/README.md' : ''}`,
      );
  }
}

/** Runs one verb; `home` is the folder `network/`. Returns the exit code. */
export async function main(home: string, argv: readonly string[]): Promise<number> {
  try {
    await runVerb(readInvocation(home, argv));
    return 0;
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    if (error instanceof NetworkError) process.stderr.write(`→ ${error.remedy}\n`);
    return 1;
  }
}
