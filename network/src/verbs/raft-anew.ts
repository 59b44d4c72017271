import { NetworkError } from '../errors';
import { ChannelConfigUpdate, type ChannelConfig } from '../fabric/channel-config';
import { isRaftConsenter, orderingSigners, withoutRaftConsenter, withRaftConsenter } from '../fabric/consenters';
import type { OrdererPlan } from '../layout';
import { pollUntil } from '../runtime/poll';
import type { Session } from '../session';

/**
 * Takes an orderer whose disk was lost out of those that order by Raft, and in again, under a number of its own. The leader
 * remembers how far the log of each had come: one that comes back with less ends itself (`tocommit is out of range`), and what
 * it had voted for is forgotten. Both changes are signed by a majority of those who order; one that was broken off is gone on with.
 * @returns the configuration block by which it joins
 */
export async function takeAnewIntoRaft(session: Session, orderer: OrdererPlan): Promise<string> {
  const { channel, state, tools, choices, say } = session;
  if (choices.own !== undefined)
    throw new NetworkError(
      `This folder is ${choices.own}’s alone: it cannot sign for the others who order.`,
      'An orderer that lost its Raft log leaves the consenters and comes in again, by channel updates that a majority signs.',
    );
  const update = new ChannelConfigUpdate(channel, state, tools);
  const signers = orderingSigners(channel, state);
  const change = async (present: ChannelConfig, changed: ChannelConfig, isIn: boolean): Promise<ChannelConfig> => {
    await update.submit(present, changed, signers);
    return untilFetched(update, (config) => isRaftConsenter(config, orderer) === isIn);
  };
  // Where a leader was lost too, nobody answers until there is another.
  let present = await untilFetched(update, () => true);
  if (isRaftConsenter(present, orderer)) present = await change(present, withoutRaftConsenter(present, orderer), false);
  await change(present, withRaftConsenter(present, state, orderer), true);
  say(`${orderer.id} is among those that order again, under a number of its own.`);
  return update.configBlock;
}

/** An update is taken before it stands in a block. */
function untilFetched(
  update: ChannelConfigUpdate,
  isWanted: (config: ChannelConfig) => boolean,
): Promise<ChannelConfig> {
  return pollUntil(
    async () => {
      const config = await update.fetch();
      return isWanted(config) ? config : undefined;
    },
    { timeoutMs: 60_000, what: 'the configuration of those who order', remedy: 'See `npm run network:status`.' },
  );
}
