"""Takes webhooks of a carbon audit ledger, verified as Standard Webhooks, with nothing but Python's own library.

    python3 receiver.py SECRET [PORT]

Prints one line a record. A message may come twice (its id is the same then), in the order of the log, and again after a
failure until it is answered with a status of 200 to 299.
"""

import base64
import hashlib
import hmac
import json
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

TOLERANCE_SECONDS = 300


def is_genuine(secret, headers, body):
    """Whether the service that shares the secret signed this very body, just now."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    name, sent = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not sent.isdigit() or abs(time.time() - int(sent)) > TOLERANCE_SECONDS:
        return False
    digest = hmac.new(key, f"{name}.{sent}.".encode() + body, hashlib.sha256).digest()
    wanted = "v1," + base64.b64encode(digest).decode()
    return any(hmac.compare_digest(wanted, one) for one in headers.get("webhook-signature", "").split(" "))


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        genuine = is_genuine(self.server.secret, self.headers, body)
        self.send_response(204 if genuine else 401)
        self.end_headers()
        if genuine:
            event = json.loads(body)["data"]
            states = ", ".join(f"{one['key']} {one.get('state', one['status'])}" for one in event["changes"])
            print(event["logIndex"], event["type"], states, flush=True)

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    server = HTTPServer(("127.0.0.1", int(sys.argv[2]) if len(sys.argv) == 3 else 9000), Receiver)
    server.secret = sys.argv[1]
    print("listening", server.server_port, flush=True)
    server.serve_forever()
