export {
  pools,
  stateKey,
  stateKinds,
  type Allocation,
  type CaseState,
  type Claim,
  type Compliance,
  type Docket,
  type EditionState,
  type Engagement,
  type EngagementRoster,
  type Head,
  type HeadBucket,
  type HoldingRow,
  type Listing,
  type OffsetAccount,
  type OffsetBooking,
  type OffsetTerms,
  type PartyState,
  type Pool,
  type RosterUnit,
  type SerialSpan,
  type StateKind,
  type StateValues,
  type UnitRoster,
} from './kinds';
export { freezeEntry } from './heads';
export { balanceOf, holdingKey, rowsOf, sumOf, type Place, type PlacedRow } from './holdings';
export { OverlayView, type StateWrites } from './overlay';
export {
  addSpan,
  overlappingSpan,
  overlappingSpans,
  removeSpan,
  spanKey,
  takeSpans,
  type SerialSpace,
} from './serials';
export { emptyView, StoredView, type Found, type LedgerView, type StateStore } from './view';
