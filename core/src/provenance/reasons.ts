/** What a correction, a review or a finding gives as its reasons. */
export function reasonsOf(content: Readonly<Record<string, unknown>>): string {
  const { reason, statement, clause, seen, reasons } = content;
  const own = [reason, statement, clause, seen].filter((part) => typeof part === 'string');
  const list = Array.isArray(reasons) ? (reasons as { code?: string; text?: string }[]) : [];
  return [...own, ...list.map(({ code, text }) => [code, text].filter(Boolean).join(' '))].join('; ');
}
