/**
 * What of an enterprise's accounts a record may change, in whole tonnes: allowances of a vintage by where they are, what is
 * to be handed back or deducted of them, the obligation of a compliance year, its offsets, and numbers of CCER.
 */
export const accountNames = [
  'held',
  'surrendered',
  'cancelled',
  'deducted',
  'handBack',
  'deduction',
  'obligation',
  'ccerConfirmed',
  'ccerCancelled',
  'ccerBooked',
  'ccerIssued',
  'ccerFrozen',
  'ccerUsed',
] as const;
export type AccountName = (typeof accountNames)[number];

export const doubtNames = [
  'questioned',
  'under-finding',
  'key-compromised',
  'input-withdrawn',
  'input-doubted',
] as const;
/**
 * Why nobody may take a record that stands at its word: an authority questions it, an inspection found something in it that is
 * not closed, its key was in other hands, what it rests on was withdrawn or opened since, or is in doubt itself.
 */
export type DoubtName = (typeof doubtNames)[number];

export const markNames = [
  'late',
  'key-compromised',
  'under-finding',
  'input-withdrawn',
  'input-doubted',
  'frozen',
  'filed-while-frozen',
  'numbers-frozen',
] as const;
export type MarkName = (typeof markNames)[number];
