package example;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.TreeSet;

/**
 * A laboratory's day with the ledger: signs in, anchors a sample receipt and its test report, reads its own figures back, verifies
 * the receipt offline, and hears of its record in the stream of events. Arguments: BASE_URL PARTY REPORT_FILE [POLICY_FILE]. The
 * party's key is its trial key: for a production ledger, give Signing a key of your own.
 */
public final class AnchorLabReport {
  private AnchorLabReport() {}

  public static void main(String[] arguments) throws Exception {
    String baseUrl = arguments[0];
    String party = arguments[1];
    JsonObject facts = read(arguments[2]);
    LedgerClient stranger = new LedgerClient(baseUrl, null, party, null);
    JsonObject policy = arguments.length > 3 ? read(arguments[3]) : stranger.get("/v1/ledger/policy");
    String ledger = policy.get("ledgerId").getAsString();
    LedgerClient client = new LedgerClient(baseUrl, ledger, party, Signing.ofTrialParty(party));
    long told = client.get("/v1/ledger").get("logSize").getAsLong() - 1;

    JsonObject sample = record(party, "sample-receipt", facts, new JsonArray(), new JsonArray());
    JsonArray figures = figures(facts.getAsJsonObject("test-report").getAsJsonObject("figures"));
    JsonObject report = record(party, "test-report", facts, figures, cites("sample-receipt", sample));
    String id = Canonical.recordId(report);
    JsonArray records = new JsonArray();
    records.add(sample);
    records.add(report);
    JsonObject figuresByRecord = new JsonObject();
    figuresByRecord.add(id, figures);
    JsonObject status = client.anchor(records, figuresByRecord);
    System.out.printf("anchored %s as %s in block %s%n", Canonical.businessKey(report), id, status.get("blockNumber").getAsString());

    JsonObject mine = client.getSignedIn("/v1/records/" + id + "?include=figures");
    require(figures.equals(mine.get("figures")), "the figures are others than were anchored");
    require(!stranger.get("/v1/records/" + id + "?include=figures").has("figures"), "strangers see private figures");
    JsonObject first = figures.get(0).getAsJsonObject();
    System.out.printf("figures %s=%s %s and %d more%n", first.get("name").getAsString(), first.get("value").getAsString(),
        first.get("unit").getAsString(), figures.size() - 1);

    JsonObject receipt = client.get("/v1/records/" + id + "/receipt");
    require(receipt.get("record").equals(report), "the receipt is of another record");
    long size = Receipts.verify(receipt, policy);
    System.out.printf("receipt verified: record %s of a log of %d%n", receipt.get("logIndex").getAsString(), size);

    JsonObject event = client.firstEvent(told, one -> one.get("record").getAsString().equals(id));
    System.out.printf("heard of it: event %s, %s, anchored at %s%n", event.get("logIndex"), event.get("type").getAsString(),
        event.get("anchoredAt").getAsString());
    // The connection of the events would keep the client's threads for a while.
    System.exit(0);
  }

  private static JsonObject read(String file) throws Exception {
    return JsonParser.parseString(Files.readString(Path.of(file))).getAsJsonObject();
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) throw new IllegalStateException(otherwise);
  }

  /** Private figures with 16 random bytes of salt each, in the order of their leaves. */
  private static JsonArray figures(JsonObject stated) {
    SecureRandom random = new SecureRandom();
    JsonArray figures = new JsonArray();
    for (String name : new TreeSet<>(stated.keySet())) {
      byte[] salt = new byte[16];
      random.nextBytes(salt);
      JsonObject figure = stated.getAsJsonObject(name).deepCopy();
      figure.addProperty("name", name);
      figure.addProperty("salt", Canonical.hex(salt));
      figures.add(figure);
    }
    return figures;
  }

  private static JsonArray cites(String role, JsonObject cited) {
    JsonObject citation = new JsonObject();
    citation.addProperty("role", role);
    citation.addProperty("record", Canonical.recordId(cited));
    citation.addProperty("key", Canonical.businessKey(cited));
    JsonArray cites = new JsonArray();
    cites.add(citation);
    return cites;
  }

  private static JsonObject record(String issuer, String type, JsonObject facts, JsonArray figures, JsonArray cites) {
    JsonObject record = new JsonObject();
    record.addProperty("schema", "carbon-ledger/record/v1");
    record.addProperty("type", type);
    record.addProperty("kind", type);
    record.addProperty("issuer", issuer);
    record.add("subject", facts.get("subject"));
    record.addProperty("version", 1);
    record.add("cites", cites);
    record.add("documents", new JsonArray());
    record.add("totals", new JsonObject());
    record.add("figuresRoot", JsonNull.INSTANCE);
    if (!figures.isEmpty()) record.addProperty("figuresRoot", Canonical.hex(Canonical.rootOf(figures)));
    record.add("content", facts.getAsJsonObject(type).get("content"));
    return record;
  }
}
