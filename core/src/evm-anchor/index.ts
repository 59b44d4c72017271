export {
  EVM_EVIDENCE_SCHEMA,
  MAX_EVIDENCE_BYTES,
  verifyEvmEvidence,
  type EvidenceQuestion,
  type EvmEvidence,
  type ProvedAnchor,
} from './evidence';
export { decodeRlp, encodeRlp, rlpInteger, type Rlp } from './rlp';
export { anchorSlots, ANCHORS_SLOT, originHash } from './storage';
