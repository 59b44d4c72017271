import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Choices, Places } from './session';

/** What a verb was told. */
export interface Invocation {
  readonly operands: readonly string[];
  readonly choices: Choices;
  readonly places: Places;
  readonly bundle: string;
  readonly output: string;
  readonly outputGiven: string | undefined;
  readonly snapshot: string | undefined;
  readonly port: number;
  readonly replace: boolean;
  /** A list of revoked certificates (CRL) that an authority made. */
  readonly crl: string | undefined;
  readonly lines: number;
  readonly follow: boolean;
}

/** @throws TypeError for options that there are not */
export function readInvocation(home: string, argv: readonly string[]): Invocation & { readonly verb: string } {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      native: { type: 'boolean', default: false },
      profile: { type: 'string', multiple: true, default: [] },
      topology: { type: 'string', default: join(home, 'topology.yaml') },
      state: { type: 'string', default: join(home, '.state') },
      chaincode: { type: 'string', default: join(home, '..', 'chaincode', 'dist', 'bundle.cjs') },
      output: { type: 'string' },
      snapshot: { type: 'string' },
      replace: { type: 'boolean', default: false },
      crl: { type: 'string' },
      port: { type: 'string', default: '7300' },
      lines: { type: 'string', default: '20' },
      follow: { type: 'boolean', short: 'f', default: false },
    },
  });
  const [verb = 'help', ...operands] = positionals;
  return {
    verb,
    operands,
    choices: { mode: values.native ? 'native' : 'docker', profiles: values.profile },
    places: { home, stateRoot: resolve(values.state), topologyFile: resolve(values.topology) },
    bundle: resolve(values.chaincode),
    output: resolve(values.output ?? 'carbon-audit-bundle'),
    outputGiven: values.output === undefined ? undefined : resolve(values.output),
    snapshot: values.snapshot === undefined ? undefined : resolve(values.snapshot),
    port: Number(values.port),
    replace: values.replace,
    crl: values.crl === undefined ? undefined : resolve(values.crl),
    lines: Number(values.lines),
    follow: values.follow,
  };
}
