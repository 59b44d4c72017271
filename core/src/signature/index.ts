export { sm2KeyId, sm2PublicKey, sm2Signer, verifySm2 } from './sm2';
