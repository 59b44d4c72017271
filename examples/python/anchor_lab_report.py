#!/usr/bin/env python3
"""A laboratory's day with the ledger: signs in, anchors a sample receipt and its test report, reads its own figures back,
verifies the receipt offline, and hears of its record in the stream of events.

Usage: anchor_lab_report.py BASE_URL PARTY [--report FILE] [--policy FILE]
The party's key is its trial key: for a production ledger, give Signer a key of your own.
"""
import argparse
import json
import sys
from pathlib import Path

from ledger_client import LedgerClient, Problem
from ledger_format import Signer, business_key, new_figures, new_record, record_id
from receipt import ReceiptRefused, verify_receipt


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("base_url")
    arguments.add_argument("party")
    arguments.add_argument("--report", type=Path, default=Path(__file__).parent.parent / "lab-report.json")
    arguments.add_argument("--policy", type=Path, help="the pinned policy; without it, the one of the service is pinned now")
    given = arguments.parse_args()

    public = LedgerClient(given.base_url, None, given.party, None)
    policy = json.loads(given.policy.read_text("utf-8")) if given.policy else public.get("/v1/ledger/policy")
    client = LedgerClient(given.base_url, policy["ledgerId"], given.party, Signer.of_trial_party(given.party))
    told = client.get("/v1/ledger")["logSize"] - 1

    facts = json.loads(given.report.read_text("utf-8"))
    make = lambda kind, figures, cites=(): new_record(
        kind, given.party, facts["subject"], facts[kind]["content"], figures, cites
    )
    sample = make("sample-receipt", [])
    figures = new_figures(facts["test-report"]["figures"])
    report = make("test-report", figures, [("sample-receipt", sample)])
    status = client.anchor([sample, report], {record_id(report): figures})
    print(f"anchored {business_key(report)} as {record_id(report)} in block {status['blockNumber']}")

    mine = client.get(f"/v1/records/{record_id(report)}?include=figures", signed_in=True)
    assert mine["figuresAccess"] == "shown" and mine["figures"] == figures, mine["figuresAccess"]
    stranger = public.get(f"/v1/records/{record_id(report)}?include=figures")
    assert "figures" not in stranger, "private figures are shown to strangers"
    print("figures " + ", ".join(f"{one['name']}={one['value']} {one['unit']}" for one in mine["figures"]))

    receipt = client.get(f"/v1/records/{record_id(report)}/receipt")
    assert receipt["record"] == report, "the receipt is of another record"
    place = verify_receipt(receipt, policy)
    print(f"receipt verified: record {place['logIndex']} of a log of {place['logSize']}")

    for event in client.events(told):
        if event["record"] == record_id(report):
            print(f"heard of it: event {event['logIndex']}, {event['type']}, anchored at {event['anchoredAt']}")
            return


try:
    main()
except Problem as problem:
    sys.exit(f"Problem: {problem}")
except ReceiptRefused as refused:
    sys.exit(f"Receipt refused: {refused}")
