export { gunzipWithin, isGzip } from './gzip';
export { isPacked, packProof, unpackProof } from './packing';
