import type { Layout } from './layout';

/** The part of a network that one organisation runs: its peers, its service, its orderers. */
export function ownPart(layout: Layout, name: string): Layout {
  const isOwn = ({ organisation }: { readonly organisation: string }): boolean => organisation === name;
  const orderers = layout.orderers.filter(isOwn);
  return {
    ...layout,
    organisations: layout.organisations.filter((organisation) => organisation.name === name),
    ordering: layout.ordering.filter((ordering) => ordering.orderers.some(isOwn)),
    orderers,
    peers: layout.peers.filter(isOwn),
    chaincodes: layout.chaincodes.filter(isOwn),
    authorities: layout.authorities.filter(isOwn),
  };
}
