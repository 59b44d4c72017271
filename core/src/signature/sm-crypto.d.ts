/** What the tests use of sm-crypto, which ships no types. Keys and signatures are hex without prefix. */
declare module 'sm-crypto' {
  export const sm2: {
    getPublicKeyFromPrivateKey(privateKey: string): string;
    doSignature(message: readonly number[], privateKey: string, options: { hash: true }): string;
    doVerifySignature(
      message: readonly number[],
      signature: string,
      publicKey: string,
      options: { hash: true },
    ): boolean;
  };
}
