/** A hash that takes its input in pieces. */
export interface IncrementalHash {
  update(chunk: Uint8Array): void;
  /** The hash of all that was given; call once. */
  digest(): Uint8Array;
}

/** r‖s (32 bytes each, big-endian, low s) and the recovery bit. */
export interface RecoverableSignature {
  readonly signature: Uint8Array;
  readonly recoveryBit: 0 | 1;
}

/**
 * What core needs of a platform. `platform.ts` gives it on Node, `platform.browser.ts` everywhere else;
 * one conformance test holds both to the same answers.
 */
export interface Platform {
  readonly sha256: (bytes: Uint8Array) => Uint8Array;
  readonly sm3: (bytes: Uint8Array) => Uint8Array;
  readonly keccak256: (bytes: Uint8Array) => Uint8Array;
  readonly createSha256: () => IncrementalHash;
  readonly createSm3: () => IncrementalHash;
  /** Public key (32 bytes) of an Ed25519 seed (32 bytes), RFC 8032. */
  readonly ed25519PublicKey: (seed: Uint8Array) => Uint8Array;
  readonly ed25519Sign: (message: Uint8Array, seed: Uint8Array) => Uint8Array;
  /** False for any signature or key that is not well formed; never throws. */
  readonly ed25519Verify: (message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array) => boolean;
  /** ECDSA P-256 over SHA-256 of the message; r‖s (64 bytes), low s only; uncompressed key (65 bytes). Never throws. */
  readonly p256Verify: (message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array) => boolean;
  /** Deterministic (RFC 6979), low s. */
  readonly signSecp256k1: (hash: Uint8Array, privateKey: Uint8Array) => RecoverableSignature;
  /** The uncompressed public key (65 bytes) that signed the hash, or undefined when nobody can have; never throws. */
  readonly recoverSecp256k1: (hash: Uint8Array, signature: Uint8Array, recoveryBit: number) => Uint8Array | undefined;
  /** Uncompressed public key (65 bytes) of a private key (32 bytes). */
  readonly secp256k1PublicKey: (privateKey: Uint8Array) => Uint8Array;
}
