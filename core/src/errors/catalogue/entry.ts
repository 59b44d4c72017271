/** What one line of the catalogue says. Codes are part of the public interface (semver); texts are not. */
export interface CatalogueEntry {
  /** HTTP status of the RFC 9457 problem. */
  readonly http: number;
  /** Exit code of the command line: 1 no or refused, 2 usage, 3 cannot tell or unreachable. */
  readonly exit: 1 | 2 | 3;
  readonly en: string;
  readonly zh: string;
  /** What to do next, in both languages. */
  readonly cure: string;
  readonly cureZh: string;
}

export function entry(
  http: number,
  exit: 1 | 2 | 3,
  en: string,
  zh: string,
  cure: string,
  cureZh: string,
): CatalogueEntry {
  return { http, exit, en, zh, cure, cureZh };
}
