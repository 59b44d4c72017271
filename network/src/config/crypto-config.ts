import type { Layout, OrderingOrganisationPlan, OrganisationPlan } from '../layout';

interface HostSpec {
  readonly Hostname: string;
  readonly SANS: readonly string[];
}

interface OrganisationSpec {
  readonly Name: string;
  readonly Domain: string;
  readonly EnableNodeOUs: true;
  readonly CA: { readonly Country: string; readonly Province: string; readonly Locality: string };
  readonly Specs: readonly HostSpec[];
  readonly Users: { readonly Count: number };
}

export interface CryptoConfig {
  readonly OrdererOrgs: readonly OrganisationSpec[];
  readonly PeerOrgs: readonly OrganisationSpec[];
}

/** Reached by name inside the containers' network, by loopback from the machine. */
const LOOPBACK = ['localhost', '127.0.0.1'];

/** What cryptogen makes: an identity for each node, a TLS pair for each chaincode service and for its callers. */
export function cryptoConfig(layout: Layout): CryptoConfig {
  return {
    OrdererOrgs: layout.ordering.map(orderingSpec),
    PeerOrgs: layout.organisations.map(organisationSpec),
  };
}

function organisationSpec(organisation: OrganisationPlan): OrganisationSpec {
  const { domain } = organisation;
  const services = [`chaincode-0.${domain}`, `chaincode-1.${domain}`];
  const hosts = [
    ...organisation.peers.map((peer) => host(peer.id, domain, outside(peer.address))),
    host(`chaincode.${domain}`, domain, services),
    host(`chaincode-client.${domain}`, domain),
  ];
  return spec(organisation.name, domain, hosts, 1);
}

function orderingSpec(organisation: OrderingOrganisationPlan): OrganisationSpec {
  const { domain } = organisation;
  const hosts = organisation.orderers.map((orderer) => host(orderer.id, domain, outside(orderer.address)));
  return spec(organisation.name, domain, hosts, 0);
}

function outside(address: string): string[] {
  return LOOPBACK.includes(address) ? [] : [address];
}

function host(id: string, domain: string, aliases: readonly string[] = []): HostSpec {
  return { Hostname: id.slice(0, -(domain.length + 1)), SANS: [...LOOPBACK, ...aliases] };
}

function spec(name: string, domain: string, hosts: readonly HostSpec[], users: number): OrganisationSpec {
  return {
    Name: name,
    Domain: domain,
    EnableNodeOUs: true,
    CA: { Country: 'CN', Province: 'Beijing', Locality: 'Beijing' },
    Specs: hosts,
    Users: { Count: users },
  };
}
