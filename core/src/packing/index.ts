export { isPacked, packProof, unpackProof } from './packing';
