import { isLedgerError, LedgerError, type AnchoredRecord } from '@carbon-ledger/core';
import type { Context } from '../context';
import { readBytes } from '../files/read-file';
import { policyFor } from '../receipts/verdict';
import type { Service } from '../service/service';
import { openPack, type OpenedPack } from './pack';
import { inspectedRecords, type InspectedExtent } from '@carbon-ledger/client-sdk';

export interface SourceOptions {
  readonly pack?: string;
  readonly policy?: string;
  readonly plant?: readonly string[];
  readonly year?: readonly string[];
  readonly trialKeys?: boolean;
}

/** What an inspection looks at: records from a pack, without network, or from the service. */
export interface InspectionSource {
  readonly extent: InspectedExtent;
  readonly records: readonly AnchoredRecord[];
  readonly pack?: OpenedPack;
  readonly service?: Service;
}

/** The pinned policy; where none is, the pack's own, and that is said. */
async function pinnedPolicy(context: Context, given: string | undefined): Promise<string | undefined> {
  try {
    return (await policyFor(context, given, undefined)).text;
  } catch (error) {
    if (!isLedgerError(error) || error.code !== 'POLICY_NOT_PINNED') throw error;
    context.output.note('No policy is pinned: the one in the pack is believed. Pin one from elsewhere with --policy.');
    return undefined;
  }
}

function narrowed(whole: InspectedExtent, { plant = [], year = [] }: SourceOptions): InspectedExtent {
  const unknown = plant.filter((one) => !whole.plants.includes(one));
  if (unknown.length > 0) throw new LedgerError('NOT_FOUND', `the pack has nothing of ${unknown.join(', ')}`);
  return { plants: plant.length > 0 ? plant : whole.plants, years: year.length > 0 ? year : whole.years };
}

export async function openedPack(context: Context, file: string, policy: string | undefined): Promise<OpenedPack> {
  return openPack(await readBytes(file), await pinnedPolicy(context, policy));
}

/** @throws LedgerError USAGE where neither pack nor plant is named */
export async function inspectionSource(context: Context, options: SourceOptions): Promise<InspectionSource> {
  const { plant = [], year = [] } = options;
  if (options.pack !== undefined) {
    const pack = await openedPack(context, options.pack, options.policy);
    return { extent: narrowed(pack.manifest, options), records: pack.records, pack };
  }
  const [first] = plant;
  if (first === undefined) throw new LedgerError('USAGE', 'say whose folder it is: --plant USCC, or --pack FILE');
  const service = await context.service({ reader: first, trialKeys: options.trialKeys === true });
  const extent = { plants: plant, years: year };
  return { extent, records: await inspectedRecords(service, extent), service };
}
