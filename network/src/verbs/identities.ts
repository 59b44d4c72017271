import { ensureCryptoMaterial } from '../fabric/certificates';
import { enrolAll, prepareAuthorities } from '../fabric/enrolment';
import { awaitHealthy } from '../fabric/operations';
import type { Session } from '../session';

/** Makes the keys and certificates that are not there yet, as the topology wants: by cryptogen or by the CAs. */
export async function ensureIdentities(session: Session): Promise<void> {
  const { layout, state, tools, runtime, say } = session;
  if (layout.topology.identities === 'cryptogen') {
    if (await ensureCryptoMaterial(layout, state, tools))
      say('Made keys and certificates with cryptogen (for trying).');
    return;
  }
  prepareAuthorities(layout, state);
  await runtime.startNodes(layout.authorities);
  await awaitHealthy(layout.authorities, runtime);
  const issued = await enrolAll(layout, state, tools);
  if (issued > 0) say(`${layout.authorities.length} CAs issued certificates to ${issued} names.`);
}

/** Fabric's programs that the topology's identities need. */
export function identityTools({ layout }: Session): readonly ('cryptogen' | 'fabric-ca-client')[] {
  return layout.topology.identities === 'ca' ? ['fabric-ca-client'] : ['cryptogen'];
}
