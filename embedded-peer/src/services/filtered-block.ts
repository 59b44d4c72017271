import { common, peer } from '@hyperledger/fabric-protos';
import { Code, type ValidationCode } from '../block/codes';
import { chaincodeEventOf, decodeEnvelope, decodeTransaction, InvalidTransaction } from '../block/transaction';
import { encode } from '../proto/bytes';
import { blocksOf, type PeerContext } from './peer-context';

/** The event of a transaction without its payload: the filtered stream shows who and what, not the content. */
function filteredActions(envelope: Uint8Array): peer.FilteredTransactionActions | undefined {
  const event = chaincodeEventOf(decodeTransaction(Buffer.from(envelope)).action);
  const action = new peer.FilteredChaincodeAction();
  if (event) {
    event.setPayload(new Uint8Array());
    action.setChaincodeEvent(event);
  }
  const actions = new peer.FilteredTransactionActions();
  actions.setChaincodeActionsList(event ? [action] : []);
  return actions;
}

function filterTransaction(envelope: Uint8Array, code: ValidationCode): peer.FilteredTransaction {
  const filtered = new peer.FilteredTransaction();
  filtered.setTxValidationCode(code);
  try {
    const { channelHeader } = decodeEnvelope(envelope);
    filtered.setTxid(channelHeader.getTxId());
    const isEndorsed = channelHeader.getType() === common.HeaderType.ENDORSER_TRANSACTION;
    filtered.setType(isEndorsed ? common.HeaderType.ENDORSER_TRANSACTION : common.HeaderType.CONFIG);
    if (isEndorsed && code === Code.VALID) filtered.setTransactionActions(filteredActions(envelope));
  } catch (error) {
    // What cannot be read is listed by its code alone.
    if (!(error instanceof InvalidTransaction)) throw error;
  }
  return filtered;
}

/** `protos.FilteredBlock` bytes of a committed block. */
export function filterBlock(context: PeerContext, number: number): Buffer {
  const { envelopes, codes } = blocksOf(context).require(number);
  const block = new peer.FilteredBlock();
  block.setChannelId(context.channel);
  block.setNumber(number);
  block.setFilteredTransactionsList(
    envelopes.map((envelope, index) =>
      filterTransaction(envelope, (codes[index] ?? Code.NOT_VALIDATED) as ValidationCode),
    ),
  );
  return encode(block);
}
