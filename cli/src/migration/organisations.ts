import { LedgerError, type OrganisationMap } from '@carbon-ledger/core';

const MSP = /^[A-Za-z0-9.-]{1,60}$/;

/** Reads `OLD=NEW,NEW` of `--organisation`, which may be repeated. @throws LedgerError USAGE */
export function parseOrganisations(texts: readonly string[]): OrganisationMap {
  const pairs = texts.map((text): [string, string[]] => {
    const [earlier = '', names = '', ...rest] = text.split('=');
    const own = names.split(',');
    if (rest.length === 0 && [earlier, ...own].every((name) => MSP.test(name))) return [earlier, own];
    throw new LedgerError('USAGE', `--organisation ${text}: write EARLIER=NEW or EARLIER=NEW,NEW`);
  });
  const twice = pairs.find(([name], at) => pairs.findIndex(([other]) => other === name) < at);
  if (twice !== undefined) throw new LedgerError('USAGE', `--organisation names ${twice[0]} twice`);
  return Object.fromEntries(pairs);
}
