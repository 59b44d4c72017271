/**
 * Sizes of proofs, packed and unpacked: those of figure proofs, which are the largest. They stand here again because the
 * format itself brings the rules of all figures with it; a test holds both equal.
 */
export const LARGEST_FILE = 1024 * 1024;
/** Size of a PDF that is looked into: as `MAX_CERTIFICATE_BYTES` of core says. */
export const LARGEST_PDF = 16 * 1024 * 1024;
export const LARGEST_CONTENT = 8 * 1024 * 1024;
