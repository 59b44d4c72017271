package example;

import static example.Canonical.concat;
import static example.Canonical.fromHex;
import static example.Canonical.hex;
import static example.Canonical.sha256;
import static example.Canonical.utf8;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.jcajce.provider.digest.Keccak;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/** EIP-712 digests and secp256k1 signatures, from docs/formats/submission.md and docs/integration.md. */
final class Signing {
  static final String SUITE = "eip712-secp256k1";
  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
  private static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);
  private static final String DOMAIN_TYPE = "EIP712Domain(string name,string version,bytes32 salt)";
  private static final String SUBMISSION_TYPE =
      "Submission(string party,bytes32 recordsRoot,uint64 recordCount,uint64 signedAt)";
  private static final String SESSION_TYPE = "Session(string party,string audience,bytes32 nonce)";

  private final BigInteger privateKey;
  final String keyId;

  Signing(byte[] key) {
    privateKey = new BigInteger(1, key);
    keyId = addressOf(CURVE.getG().multiply(privateKey).normalize());
  }

  /** A key that anybody can derive: of use on trial ledgers only. */
  static Signing ofTrialParty(String party) {
    return new Signing(sha256(utf8("carbon-ledger trial key v1|" + party)));
  }

  static byte[] keccak(byte[]... parts) {
    return new Keccak.Digest256().digest(concat(parts));
  }

  private static byte[] word(String text) {
    return keccak(utf8(text));
  }

  private static byte[] word(long number) {
    return BigIntegers.asUnsignedByteArray(32, BigInteger.valueOf(number));
  }

  private static byte[] typedDigest(String ledger, String type, byte[]... words) {
    byte[] domain = keccak(word(DOMAIN_TYPE), word("CarbonAuditLedger"), word("1"), fromHex(ledger));
    return keccak(new byte[] {0x19, 0x01}, domain, keccak(word(type), concat(words)));
  }

  static byte[] submissionDigest(String ledger, String party, byte[] root, long count, String signedAt) {
    long seconds = Instant.parse(signedAt).getEpochSecond();
    return typedDigest(ledger, SUBMISSION_TYPE, word(party), root, word(count), word(seconds));
  }

  static byte[] sessionDigest(String ledger, String party, String audience, String nonce) {
    return typedDigest(ledger, SESSION_TYPE, word(party), word(audience), fromHex(nonce));
  }

  /** 0x r ‖ s ‖ v, with s in the lower half. */
  String sign(byte[] digest) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(privateKey, DOMAIN));
    BigInteger[] pair = signer.generateSignature(digest);
    BigInteger s = pair[1].compareTo(CURVE.getN().shiftRight(1)) > 0 ? CURVE.getN().subtract(pair[1]) : pair[1];
    byte[] both = concat(BigIntegers.asUnsignedByteArray(32, pair[0]), BigIntegers.asUnsignedByteArray(32, s));
    for (int v = 27; v <= 28; v++) {
      String signature = "0x" + hex(concat(both, new byte[] {(byte) v}));
      if (keyId.equals(signerOf(digest, signature))) return signature;
    }
    throw new IllegalStateException("this signature leads to no key");
  }

  /** The address of who signed; null where nobody can have. */
  static String signerOf(byte[] digest, String signature) {
    byte[] raw = fromHex(signature.substring(2));
    if (raw.length != 65 || (raw[64] != 27 && raw[64] != 28)) return null;
    BigInteger n = CURVE.getN();
    BigInteger r = new BigInteger(1, Arrays.copyOfRange(raw, 0, 32));
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(raw, 32, 64));
    if (r.signum() == 0 || r.compareTo(n) >= 0 || s.signum() == 0 || s.compareTo(n.shiftRight(1)) > 0) return null;
    byte[] compressed = concat(new byte[] {(byte) (raw[64] - 25)}, Arrays.copyOfRange(raw, 0, 32));
    ECPoint point;
    try {
      point = CURVE.getCurve().decodePoint(compressed);
    } catch (IllegalArgumentException offTheCurve) {
      return null;
    }
    BigInteger inverse = r.modInverse(n);
    BigInteger e = new BigInteger(1, digest);
    ECPoint key = point.multiply(s.multiply(inverse).mod(n)).add(CURVE.getG().multiply(e.negate().multiply(inverse).mod(n)));
    return key.isInfinity() ? null : addressOf(key.normalize());
  }

  private static String addressOf(ECPoint key) {
    byte[] encoded = key.getEncoded(false);
    byte[] hash = keccak(Arrays.copyOfRange(encoded, 1, encoded.length));
    return "0x" + hex(Arrays.copyOfRange(hash, 12, 32));
  }
}
