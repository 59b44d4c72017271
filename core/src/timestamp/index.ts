export { TIMESTAMP_QUERY, TIMESTAMP_REPLY, timestampRequest, tokenOfResponse } from './exchange';
export { MAX_TOKEN_BYTES } from './token';
export { verifyTimestamp, type TimestampQuestion, type VerifiedTimestamp } from './verify';
