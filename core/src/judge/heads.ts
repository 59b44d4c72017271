/** Entry of a business key inside its bucket. */
export function headEntry(subject: { readonly period: string }, kind: string): string {
  return `${subject.period}/${kind}`;
}
