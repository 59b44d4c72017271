export { inflateWithin } from './inflate';
export { isPacked, packProof, unpackProof } from './packing';
