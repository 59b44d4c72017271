package example;

import static example.Canonical.sha256;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** Verifies a receipt with the pinned policy alone, from docs/formats/receipt.md. Needs no service. */
final class Receipts {
  private Receipts() {}

  /** Its message is a code of docs/errors.md. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(String code) {
      super(code);
    }
  }

  private static void check(boolean holds, String code) {
    if (!holds) throw new Refused(code);
  }

  private static String text(JsonObject object, String name) {
    return object.get(name).getAsString();
  }

  private static List<byte[]> path(JsonObject object) {
    byte[] raw = Base64.getDecoder().decode(text(object, "path"));
    List<byte[]> hashes = new ArrayList<>();
    for (int at = 0; at < raw.length; at += 32) hashes.add(Arrays.copyOfRange(raw, at, at + 32));
    return hashes;
  }

  /** RFC 9162 section 2.1.3.2, for a path of exactly the length that index and size ask for. */
  static byte[] rootFromPath(byte[] leaf, long index, long size, List<byte[]> path) {
    check(0 <= index && index < size, "INCLUSION_INVALID");
    int inner = Long.SIZE - Long.numberOfLeadingZeros(index ^ (size - 1));
    int length = inner + (inner == Long.SIZE ? 0 : Long.bitCount(index >>> inner));
    check(path.size() == length, "INCLUSION_INVALID");
    byte[] hash = leaf;
    for (int level = 0; level < path.size(); level++) {
      boolean isRight = level >= inner || (index >>> level & 1) == 1;
      byte[] sibling = path.get(level);
      hash = sha256(new byte[] {1}, isRight ? sibling : hash, isRight ? hash : sibling);
    }
    return hash;
  }

  private static void verifySubmission(JsonObject receipt) {
    JsonObject submission = receipt.getAsJsonObject("submission");
    JsonObject record = receipt.getAsJsonObject("record");
    JsonObject signer = receipt.getAsJsonObject("signer").getAsJsonObject("record");
    String party = text(submission, "party");
    check(party.equals(text(record, "issuer")), "ISSUER_MISMATCH");
    boolean isTheirs = text(signer, "type").equals("party") && text(signer.getAsJsonObject("subject"), "uscc").equals(party);
    check(isTheirs, "KEY_UNKNOWN");
    JsonObject key = keyOf(signer, text(submission, "keyId"));
    String suite = text(submission, "suite");
    check(suite.equals(Signing.SUITE) && suite.equals(text(key, "suite")), "KEY_UNKNOWN");
    long count = submission.get("recordCount").getAsLong();
    long index = submission.get("recordIndex").getAsLong();
    byte[] root = rootFromPath(Canonical.leafHash(record), index, count, path(submission));
    String signedAt = text(submission, "signedAt");
    byte[] digest = Signing.submissionDigest(text(receipt, "ledger"), party, root, count, signedAt);
    String found = Signing.signerOf(digest, text(submission, "signature"));
    check(text(submission, "keyId").equals(found), "SIGNATURE_INVALID");
    JsonElement validTo = key.get("validTo");
    boolean ended = !validTo.isJsonNull() && signedAt.compareTo(validTo.getAsString()) >= 0;
    check(text(key, "validFrom").compareTo(signedAt) <= 0 && !ended, "KEY_NOT_VALID");
    check(text(signer.getAsJsonObject("content"), "status").equals("active"), "PARTY_SUSPENDED");
  }

  private static JsonObject keyOf(JsonObject signer, String keyId) {
    for (JsonElement one : signer.getAsJsonObject("content").getAsJsonArray("keys"))
      if (text(one.getAsJsonObject(), "id").equals(keyId)) return one.getAsJsonObject();
    throw new Refused("KEY_UNKNOWN");
  }

  /** Keys that may sign a log of this size: one that gave its place up to there, the next one from there on. */
  private static List<String> logKeys(JsonObject policy, BigInteger size) {
    List<String> keys = new ArrayList<>();
    BigInteger from = BigInteger.ZERO;
    if (policy.has("retiredLogKeys"))
      for (JsonElement one : policy.getAsJsonArray("retiredLogKeys")) {
        BigInteger to = new BigInteger(text(one.getAsJsonObject(), "size"));
        if (from.compareTo(size) <= 0 && size.compareTo(to) <= 0) keys.add(text(one.getAsJsonObject(), "logKey"));
        from = to;
      }
    if (from.compareTo(size) <= 0) keys.add(text(policy, "logKey"));
    return keys;
  }

  private static boolean isSignedBy(String logKey, String text, String lines) {
    String[] key = logKey.split("\\+", 3);
    byte[] publicKey = Base64.getDecoder().decode(key[2]);
    for (String line : lines.strip().split("\n")) {
      String[] parts = line.split(" ");
      byte[] raw = Base64.getDecoder().decode(parts[2]);
      boolean isLogs = parts[1].equals(key[0]) && Canonical.hex(Arrays.copyOf(raw, 4)).equals(key[1]);
      if (!isLogs) continue;
      Ed25519Signer verifier = new Ed25519Signer();
      verifier.init(false, new Ed25519PublicKeyParameters(publicKey, 1));
      byte[] message = Canonical.utf8(text);
      verifier.update(message, 0, message.length);
      check(verifier.verifySignature(Arrays.copyOfRange(raw, 4, raw.length)), "CHECKPOINT_SIGNATURE_INVALID");
      return true;
    }
    return false;
  }

  /** Answers the size of the log that holds the record. Witnesses are not counted here. @throws Refused */
  static long verify(JsonObject receipt, JsonObject policy) {
    check(text(receipt, "schema").equals("carbon-ledger/receipt/v1"), "UNSUPPORTED_VERSION");
    check(text(receipt, "ledger").equals(text(policy, "ledgerId")), "WRONG_LEDGER");
    verifySubmission(receipt);
    String[] note = text(receipt, "checkpoint").split("\n\n", 2);
    String[] lines = note[0].split("\n");
    check(lines[0].equals(text(policy, "origin")), "CHECKPOINT_ORIGIN_MISMATCH");
    long size = new BigInteger(lines[1]).longValueExact();
    byte[] root = Base64.getDecoder().decode(lines[2]);
    JsonObject signer = receipt.getAsJsonObject("signer");
    for (JsonObject place : List.of(receipt, signer)) {
      byte[] leaf = Canonical.leafHash(place.get("record"));
      byte[] found = rootFromPath(leaf, place.get("logIndex").getAsLong(), size, path(place));
      check(Arrays.equals(found, root), "ROOT_MISMATCH");
    }
    check(signer.get("logIndex").getAsLong() < receipt.get("logIndex").getAsLong(), "KEY_NOT_VALID");
    List<String> logKeys = logKeys(policy, BigInteger.valueOf(size));
    check(logKeys.stream().anyMatch(key -> isSignedBy(key, note[0] + "\n", note[1])), "CHECKPOINT_UNSIGNED");
    return size;
  }
}
