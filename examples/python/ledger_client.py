"""The service over HTTP, from docs/integration.md: signing in, errors, retries, events."""
import json
import random
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

from ledger_format import leaf_hash, record_id, root_of, session_digest, submission_digest


class Problem(Exception):
    """RFC 9457: `code` is for programs, `faults` say what is wrong and where, `cure` what to do."""

    def __init__(self, document, retry_after):
        super().__init__(f"{document['code']}: {document['detail']} {document['cure']} {document['faults'][:5]}")
        self.code, self.status, self.retry_after = document["code"], document["status"], retry_after


RETRIED_STATUSES = (429, 503)
RETRIED_CODES = ("IDEMPOTENCY_IN_PROGRESS",)
MOST_TRIES = 6


class LedgerClient:
    def __init__(self, base_url, ledger, party, signer):
        self.base_url, self.ledger, self.party, self.signer = base_url.rstrip("/"), ledger, party, signer
        self._token, self._renew_at = None, 0.0

    # ---- calls ----
    def get(self, path, signed_in=False):
        return self._retried(lambda: self._call("GET", path, signed_in=signed_in))

    def post(self, path, body, headers=None):
        return self._retried(lambda: self._call("POST", path, body, headers=headers))

    def _call(self, method, path, body=None, headers=None, signed_in=False):
        headers = {"Accept": "application/json", **(headers or {})}
        if signed_in:
            headers["Authorization"] = f"Bearer {self._session()}"
        data = None
        if body is not None:
            data, headers["Content-Type"] = json.dumps(body, ensure_ascii=False).encode("utf-8"), "application/json"
        request = urllib.request.Request(self.base_url + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            raise Problem(json.load(error), float(error.headers.get("Retry-After") or 1)) from None

    def _retried(self, call):
        for attempt in range(MOST_TRIES):
            try:
                return call()
            except Problem as problem:
                if problem.status not in RETRIED_STATUSES and problem.code not in RETRIED_CODES:
                    raise
                wait = problem.retry_after
                if attempt == MOST_TRIES - 1:
                    raise
            except urllib.error.URLError:
                wait = 2**attempt / 2
                if attempt == MOST_TRIES - 1:
                    raise
            time.sleep(wait + random.random() / 4)

    # ---- signing in ----
    def _session(self):
        if time.monotonic() > self._renew_at:
            challenge = self._call("POST", "/v1/sessions/challenges", {"party": self.party})
            if challenge["ledger"] != self.ledger:
                raise SystemExit("this service is of another ledger than the pinned policy")
            audience = urllib.parse.urlsplit(self.base_url).netloc
            digest = session_digest(self.ledger, self.party, audience, challenge["nonce"])
            answer = {
                "party": self.party,
                "nonce": challenge["nonce"],
                "keyId": self.signer.key_id,
                "suite": self.signer.suite,
                "audience": audience,
                "signature": self.signer.sign(digest),
            }
            self._token = self._call("POST", "/v1/sessions", answer)["token"]
            self._renew_at = time.monotonic() + 14 * 60
        return self._token

    # ---- anchoring ----
    def anchor(self, records, figures):
        """Signs records of this party, anchors them and gives the status. May be repeated: it is anchored once."""
        signed_at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        root = root_of([leaf_hash(record) for record in records])
        digest = submission_digest(self.ledger, self.party, root, len(records), signed_at)
        submission = {
            "schema": "carbon-ledger/submission/v1",
            "ledger": self.ledger,
            "party": self.party,
            "keyId": self.signer.key_id,
            "suite": self.signer.suite,
            "signedAt": signed_at,
            "records": records,
            "signature": self.signer.sign(digest),
        }
        body = {"submissions": [{"submission": submission, "figures": figures}]}
        answer = self.post("/v1/submissions?wait=committed", body, {"Idempotency-Key": str(uuid.uuid4())})
        (status,) = answer["submissions"]
        if status["submission"] != f"sub:{digest.hex()}":
            raise SystemExit("the service speaks of another submission than was signed")
        while status["state"] in ("accepted", "unknown"):
            time.sleep(1)
            status = self.get(f"/v1/submissions/{status['submission']}")
        if [one["record"] for one in status["records"]] != [record_id(record) for record in records]:
            raise SystemExit("the service speaks of other records than were signed")
        return status

    # ---- events ----
    def events(self, after):
        """Records as they are committed, behind a log index; goes on where it was when the connection breaks."""
        while True:
            headers = {"Accept": "text/event-stream", "Last-Event-ID": str(after)}
            request = urllib.request.Request(f"{self.base_url}/v1/events", headers=headers)
            try:
                with urllib.request.urlopen(request, timeout=60) as response:
                    for line in response:
                        if line.startswith(b"data: "):
                            event = json.loads(line[6:])
                            after = event["logIndex"]
                            yield event
            except (urllib.error.URLError, TimeoutError):
                time.sleep(1)
