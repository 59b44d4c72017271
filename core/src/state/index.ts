export {
  stateKey,
  stateKinds,
  type CaseState,
  type Claim,
  type EditionState,
  type Engagement,
  type EngagementRoster,
  type Head,
  type HeadBucket,
  type Listing,
  type OffsetAccount,
  type PartyState,
  type RosterUnit,
  type SerialSpan,
  type StateKind,
  type StateValues,
  type UnitRoster,
} from './kinds';
export { OverlayView, type StateWrites } from './overlay';
export { addSpan, overlappingSpan, removeSpan, spanKey, type SerialSpace } from './serials';
export { emptyView, StoredView, type Found, type LedgerView, type StateStore } from './view';
