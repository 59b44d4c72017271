import type { AuthorityPlan, Layout, OrderingOrganisationPlan, OrganisationPlan } from '../layout';

/** One name that a CA issues for, and where its certificates go. */
export interface Enrolment {
  readonly name: string;
  readonly type: 'peer' | 'orderer' | 'admin' | 'client';
  readonly directory: string;
  readonly organisationDir: string;
  /** False where only TLS is wanted: the chaincode's service and its callers are no members. */
  readonly membership: boolean;
  /** `server` for what listens, `client` for people and programs. */
  readonly tlsName: 'server' | 'client';
  readonly hosts: readonly string[];
}

/** Everything that one CA issues, in the folders that cryptogen would have made. */
export function enrolmentsOf(layout: Layout, authority: AuthorityPlan): Enrolment[] {
  return [
    ...layout.organisations.filter(({ mspId }) => mspId === authority.mspId).flatMap(peerEnrolments),
    ...layout.ordering.filter(({ mspId }) => mspId === authority.mspId).flatMap(orderingEnrolments),
  ];
}

function peerEnrolments(organisation: OrganisationPlan): Enrolment[] {
  const { domain, cryptoDir } = organisation;
  const service = (name: string, aliases: readonly string[]): Enrolment => ({
    ...host(cryptoDir, `${cryptoDir}/peers/${name}`, name, 'client', aliases),
    membership: false,
  });
  return [
    ...organisation.peers.map((peer) => host(cryptoDir, peer.cryptoDir, peer.id, 'peer')),
    service(`chaincode.${domain}`, [`chaincode-0.${domain}`, `chaincode-1.${domain}`]),
    service(`chaincode-client.${domain}`, []),
    user(cryptoDir, `Admin@${domain}`, 'admin'),
    user(cryptoDir, `User1@${domain}`, 'client'),
  ];
}

function orderingEnrolments({ domain, cryptoDir, orderers }: OrderingOrganisationPlan): Enrolment[] {
  return [
    ...orderers.map((orderer) => host(cryptoDir, orderer.cryptoDir, orderer.id, 'orderer')),
    user(cryptoDir, `Admin@${domain}`, 'admin'),
  ];
}

function host(
  organisationDir: string,
  directory: string,
  name: string,
  type: Enrolment['type'],
  aliases: readonly string[] = [],
): Enrolment {
  return { name, type, directory, organisationDir, membership: true, tlsName: 'server', hosts: [name, ...aliases] };
}

function user(organisationDir: string, name: string, type: Enrolment['type']): Enrolment {
  const directory = `${organisationDir}/users/${name}`;
  return { name, type, directory, organisationDir, membership: true, tlsName: 'client', hosts: [] };
}
