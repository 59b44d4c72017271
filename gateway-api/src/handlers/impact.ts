import { canonicalize, impactByParty, impactOfWithdrawal, type ImpactRow } from '@carbon-ledger/core';
import type { Handlers } from '../http/reply';
import { untilStopped } from '../http/until-stopped';
import type { Services } from '../services';
import { anchored } from './records';
import { stateTag } from './state-tag';

async function* lines(rows: AsyncIterable<ImpactRow>): AsyncGenerator<string, void, undefined> {
  for await (const row of rows) yield `${canonicalize(row)}\n`;
}

export function impactHandlers(services: Services): Pick<Handlers, 'impact' | 'impactByParty'> {
  const { views, stopping } = services;
  return {
    impact: async ({ params: { id }, query: { price }, ...reading }) => {
      await anchored(services, id);
      return { json: await impactOfWithdrawal(views.source(reading), id, price) };
    },
    impactByParty: async ({ params: { id }, query: { price }, closed, ...reading }) => {
      await anchored(services, id);
      const tag = await stateTag(services, { of: 'impact', id, price }, reading.caller?.party);
      const rows = impactByParty(views.source(reading), id, price);
      return { ...tag, stream: lines(untilStopped(rows, AbortSignal.any([closed(), stopping]))) };
    },
  };
}
