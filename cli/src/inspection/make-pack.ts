import { LedgerError, type AnchoredRecord, type ContentOf } from '@carbon-ledger/core';
import type { Context } from '../context';
import type { Service } from '../service/service';
import { writePack } from './pack';
import { anchoredOf, inspectedRecords, type InspectedExtent } from '@carbon-ledger/client-sdk';

type Inspection = ContentOf<'inspection'>;

/** Receipts at once, as many as the service makes. */
const receiptsAtOnce = 500;

/** Plants and years that an opened inspection covers. @throws LedgerError USAGE for one that is still under seal */
function coveredBy(key: string, { covered }: Inspection): InspectedExtent {
  if (covered === undefined)
    throw new LedgerError('USAGE', `${key} is still under seal: open it first, or name --plant and --year`);
  const years = new Set(covered.flatMap((one) => one.years));
  return { plants: covered.map(({ uscc }) => uscc), years: [...years].sort() };
}

async function receiptsOf(service: Service, records: readonly AnchoredRecord[]): Promise<unknown[]> {
  const receipts: unknown[] = [];
  for (let at = 0; at < records.length; at += receiptsAtOnce)
    receipts.push(...(await service.receipts(records.slice(at, at + receiptsAtOnce).map(({ id }) => id))));
  return receipts;
}

async function verifierPage(context: Context): Promise<string | undefined> {
  try {
    const response = await fetch(`${context.url}/verify.html`, { signal: context.io.signal });
    return response.ok ? await response.text() : undefined;
  } catch {
    return undefined;
  }
}

interface PackRequest {
  readonly plan?: string;
  readonly extent: InspectedExtent;
  readonly trialKeys: boolean;
}

/** The plan's record and what it covers, or the plants and years that were named. */
async function covered(
  service: Service,
  { plan, extent }: PackRequest,
): Promise<{ readonly extent: InspectedExtent; readonly named: readonly AnchoredRecord[] }> {
  if (plan === undefined) {
    if (extent.plants.length === 0) throw new LedgerError('USAGE', 'say of what: a plan, or --plant USCC');
    return { extent, named: [] };
  }
  const named = anchoredOf(await service.recordNamed(plan));
  if (named.record.type !== 'inspection') throw new LedgerError('USAGE', `${plan} is no inspection`);
  return { extent: coveredBy(plan, named.record.content as Inspection), named: [named] };
}

/** Makes a pack for a plan, or for plants and years that are named. */
export async function makePack(
  context: Context,
  request: PackRequest,
): Promise<{ readonly bytes: Uint8Array; readonly extent: InspectedExtent; readonly records: number }> {
  const party = context.requireParty();
  const service = await context.service({ trialKeys: request.trialKeys });
  const { extent, named } = await covered(service, request);
  const rules: AnchoredRecord[] = [];
  for (const { id } of await service.screeningReader().ruleSets()) rules.push(anchoredOf(await service.record(id)));
  const more = [...named, ...rules];
  const records = await inspectedRecords(service, extent, [party], more);
  const verifier = await verifierPage(context);
  const { ledger } = await service.ledger();
  const content = {
    ...{ ledger, party, signedAt: context.now(), extent, records },
    ...(request.plan === undefined ? {} : { plan: request.plan }),
    ...{ receipts: await receiptsOf(service, records), policy: await service.policy() },
    ...(verifier === undefined ? {} : { verifier }),
  };
  const bytes = await writePack(content, await service.keys.signerOf(party));
  return { bytes, extent, records: records.length };
}
