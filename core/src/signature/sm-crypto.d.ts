/** What is used of sm-crypto, which ships no types. */
declare module 'sm-crypto' {
  export const sm2: {
    /** `04` and both coordinates in hex, of a private key in hex. */
    getPublicKeyFromPrivateKey(privateKey: string): string;
    /** With `hash: false` the message is e = SM3(Z ‖ M) already. */
    doVerifySignature(
      message: readonly number[],
      signature: string,
      publicKey: string,
      options: { hash: false },
    ): boolean;
    verifyPublicKey(publicKey: string): boolean;
  };
}
