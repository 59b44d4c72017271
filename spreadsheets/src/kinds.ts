/** Forms that `carbon-ledger template` writes: their names alone, for whoever only lists them. */
export const templateKinds = [
  'monthly-evidence',
  'lab-results',
  'stock',
  'annual-report',
  'self-inspection-enterprise',
  'self-inspection-verifier',
  'offset-application',
  'ccer-cancellations',
  'allowance-bookings',
  'offset-forms',
] as const;
export type TemplateKind = (typeof templateKinds)[number];

export function isTemplateKind(text: string): text is TemplateKind {
  return (templateKinds as readonly string[]).includes(text);
}
