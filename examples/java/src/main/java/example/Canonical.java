package example;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/** Bytes and hashes, from docs/formats/canonical-json.md and record.md. */
final class Canonical {
  private Canonical() {}

  /** RFC 8785 with integers only: what is hashed. */
  static byte[] bytes(JsonElement value) {
    StringBuilder text = new StringBuilder();
    write(value, text);
    return utf8(text.toString());
  }

  private static void write(JsonElement value, StringBuilder text) {
    if (value instanceof JsonObject object) writeObject(object, text);
    else if (value instanceof JsonArray array) writeArray(array, text);
    else if (value instanceof JsonPrimitive one && one.isString()) writeString(one.getAsString(), text);
    else if (value instanceof JsonPrimitive one && one.isNumber()) text.append(one.getAsBigDecimal().toBigIntegerExact());
    else text.append(value);
  }

  private static void writeObject(JsonObject object, StringBuilder text) {
    // String.compareTo goes by UTF-16 code units, as RFC 8785 asks.
    TreeMap<String, JsonElement> members = new TreeMap<>(object.asMap());
    String before = "{";
    for (var member : members.entrySet()) {
      text.append(before);
      writeString(member.getKey(), text);
      text.append(':');
      write(member.getValue(), text);
      before = ",";
    }
    text.append(members.isEmpty() ? "{}" : "}");
  }

  private static void writeArray(JsonArray array, StringBuilder text) {
    String before = "[";
    for (JsonElement item : array) {
      text.append(before);
      write(item, text);
      before = ",";
    }
    text.append(array.isEmpty() ? "[]" : "]");
  }

  private static void writeString(String value, StringBuilder text) {
    text.append('"');
    for (char unit : value.toCharArray()) {
      int escape = "\b\t\n\f\r\"\\".indexOf(unit);
      if (escape >= 0) text.append('\\').append("btnfr\"\\".charAt(escape));
      else if (unit < 0x20) text.append(String.format("\\u%04x", (int) unit));
      else text.append(unit);
    }
    text.append('"');
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) joined.writeBytes(part);
    return joined.toByteArray();
  }

  static byte[] sha256(byte[]... parts) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(concat(parts));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  static byte[] fromHex(String text) {
    return HexFormat.of().parseHex(text);
  }

  /** Leaf of the log, of a submission and of the figures of a record (RFC 9162). */
  static byte[] leafHash(JsonElement value) {
    return sha256(new byte[] {0}, bytes(value));
  }

  /** Root of a tree over leaf hashes (RFC 9162 section 2.1.1). */
  static byte[] rootOf(List<byte[]> leaves) {
    if (leaves.size() == 1) return leaves.get(0);
    int left = Integer.highestOneBit(leaves.size() - 1);
    byte[] before = rootOf(leaves.subList(0, left));
    return sha256(new byte[] {1}, before, rootOf(leaves.subList(left, leaves.size())));
  }

  static byte[] rootOf(JsonArray values) {
    List<byte[]> leaves = new ArrayList<>();
    for (JsonElement value : values) leaves.add(leafHash(value));
    return rootOf(leaves);
  }

  static String recordId(JsonObject record) {
    return "rec:" + hex(leafHash(record));
  }

  static String businessKey(JsonObject record) {
    JsonObject subject = record.getAsJsonObject("subject");
    return String.join(
        "/",
        subject.get("uscc").getAsString(),
        subject.get("unit").getAsString(),
        subject.get("period").getAsString(),
        record.get("kind").getAsString());
  }
}
