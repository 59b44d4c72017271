export { canonicalBytes, canonicalize, MAX_DEPTH, type JsonValue } from './canonicalize';
export { parseCanonical, parseStrict, type ParseLimits } from './parse';
export { parseDocument, type DocumentOptions } from './document';
