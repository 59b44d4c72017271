export { assertOrdered, orderDigest, orderTypes, signOrder, type Order, type OrderSignature } from './order';
