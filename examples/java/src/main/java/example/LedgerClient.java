package example;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

/** The service over HTTP, from docs/integration.md: signing in, errors, retries, events. */
final class LedgerClient {
  private static final int MOST_TRIES = 6;
  private static final Duration SESSION = Duration.ofMinutes(14);
  private final HttpClient http = HttpClient.newHttpClient();
  private final String baseUrl;
  private final String ledger;
  private final String party;
  private final Signing signing;
  private String token;
  private Instant renewAt = Instant.MIN;

  LedgerClient(String baseUrl, String ledger, String party, Signing signing) {
    this.baseUrl = baseUrl.replaceAll("/+$", "");
    this.ledger = ledger;
    this.party = party;
    this.signing = signing;
  }

  /** RFC 9457: `code` is for programs, `faults` say what is wrong and where, `cure` what to do. */
  static final class Problem extends IOException {
    private static final long serialVersionUID = 1;
    final int status;
    final String code;
    final long retryAfter;

    Problem(HttpResponse<String> response) {
      this(response, JsonParser.parseString(response.body()).getAsJsonObject());
    }

    private Problem(HttpResponse<String> response, JsonObject document) {
      super(document.get("code").getAsString() + ": " + document.get("detail").getAsString() + " "
          + document.get("cure").getAsString() + " " + document.get("faults"));
      status = response.statusCode();
      code = document.get("code").getAsString();
      retryAfter = response.headers().firstValueAsLong("retry-after").orElse(1);
    }

    boolean passes() {
      return status == 429 || status == 503 || code.equals("IDEMPOTENCY_IN_PROGRESS");
    }
  }

  JsonObject get(String path) throws IOException, InterruptedException {
    return retried(request(path).GET());
  }

  JsonObject getSignedIn(String path) throws IOException, InterruptedException {
    return retried(request(path).GET().header("authorization", "Bearer " + session()));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(baseUrl + path)).timeout(Duration.ofMinutes(1)).header("accept", "application/json");
  }

  private HttpRequest.Builder post(String path, JsonObject body) {
    return request(path).header("content-type", "application/json").POST(BodyPublishers.ofString(body.toString()));
  }

  /** The same request again, with the same Idempotency-Key where it has one, while it helps. */
  private JsonObject retried(HttpRequest.Builder request) throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      long waitMs;
      try {
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() < 300) return JsonParser.parseString(response.body()).getAsJsonObject();
        throw new Problem(response);
      } catch (Problem problem) {
        if (!problem.passes() || attempt == MOST_TRIES) throw problem;
        waitMs = problem.retryAfter * 1000;
      } catch (IOException unreachable) {
        if (attempt == MOST_TRIES) throw unreachable;
        waitMs = 250L << attempt;
      }
      Thread.sleep(waitMs + ThreadLocalRandom.current().nextLong(250));
    }
  }

  private String session() throws IOException, InterruptedException {
    if (Instant.now().isBefore(renewAt)) return token;
    JsonObject question = new JsonObject();
    question.addProperty("party", party);
    JsonObject challenge = retried(post("/v1/sessions/challenges", question));
    if (!challenge.get("ledger").getAsString().equals(ledger))
      throw new IllegalStateException("this service is of another ledger than the pinned policy");
    String audience = URI.create(baseUrl).getAuthority();
    String nonce = challenge.get("nonce").getAsString();
    JsonObject answer = new JsonObject();
    answer.addProperty("party", party);
    answer.addProperty("nonce", nonce);
    answer.addProperty("keyId", signing.keyId);
    answer.addProperty("suite", Signing.SUITE);
    answer.addProperty("audience", audience);
    answer.addProperty("signature", signing.sign(Signing.sessionDigest(ledger, party, audience, nonce)));
    token = retried(post("/v1/sessions", answer)).get("token").getAsString();
    renewAt = Instant.now().plus(SESSION);
    return token;
  }

  /** Signs records of this party and anchors them. May be repeated: they are anchored once. */
  JsonObject anchor(JsonArray records, JsonObject figures) throws IOException, InterruptedException {
    String signedAt = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    byte[] digest = Signing.submissionDigest(ledger, party, Canonical.rootOf(records), records.size(), signedAt);
    JsonObject submission = new JsonObject();
    submission.addProperty("schema", "carbon-ledger/submission/v1");
    submission.addProperty("ledger", ledger);
    submission.addProperty("party", party);
    submission.addProperty("keyId", signing.keyId);
    submission.addProperty("suite", Signing.SUITE);
    submission.addProperty("signedAt", signedAt);
    submission.add("records", records);
    submission.addProperty("signature", signing.sign(digest));
    JsonObject item = new JsonObject();
    item.add("submission", submission);
    item.add("figures", figures);
    JsonArray items = new JsonArray();
    items.add(item);
    JsonObject body = new JsonObject();
    body.add("submissions", items);
    HttpRequest.Builder request = post("/v1/submissions?wait=committed", body).header("idempotency-key", UUID.randomUUID().toString());
    JsonObject status = retried(request).getAsJsonArray("submissions").get(0).getAsJsonObject();
    String id = "sub:" + Canonical.hex(digest);
    if (!status.get("submission").getAsString().equals(id))
      throw new IllegalStateException("the service speaks of another submission than was signed");
    while (!status.get("state").getAsString().matches("committed|refused")) {
      Thread.sleep(1000);
      status = get("/v1/submissions/" + id);
    }
    return status;
  }

  /** The first event behind a log index that is looked for; goes on where it was when the connection breaks. */
  JsonObject firstEvent(long after, Predicate<JsonObject> wanted) throws InterruptedException {
    while (true) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(baseUrl + "/v1/events"))
          .header("accept", "text/event-stream").header("last-event-id", Long.toString(after)).build();
      try (var lines = http.send(request, BodyHandlers.ofLines()).body()) {
        for (Iterator<String> line = lines.iterator(); line.hasNext(); ) {
          String text = line.next();
          if (!text.startsWith("data: ")) continue;
          JsonObject event = JsonParser.parseString(text.substring(6)).getAsJsonObject();
          if (wanted.test(event)) return event;
          after = event.get("logIndex").getAsLong();
        }
      } catch (IOException | java.io.UncheckedIOException broken) {
        Thread.sleep(1000);
      }
    }
  }
}
