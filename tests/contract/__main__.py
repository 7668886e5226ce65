#!/usr/bin/env python3
"""The outside contract: a demo of Okno is asked everything that /openapi.json describes, by
schemathesis, as a guest, an applicant, a specialist, a head, an operator and an administrator.
Nothing may be answered with a 5xx, with a status or in a shape that the document does not name; and
every operation has to have succeeded, and to have refused somebody who is signed in where it can.
`python3 tests/contract FOLDER [EXAMPLES [PERSON…]]` works in FOLDER and needs OKNO_BIN and
schemathesis, by SCHEMATHESIS or on the path. EXAMPLES of each operation, 200 for the full count. With
a PERSON only their questions are asked, and operations are not counted. Ends with 0 when everything
held."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time

from administrators import story_of_an_administrator
from applicants import story_of_a_guest, story_of_a_reader, story_of_an_applicant
from asking import HERE, SEED, ask_for_less, operations, refuse_strangers, run
from client import Client, add, ask_for_codes, sign_in, token_of
from papers import latin
from rules import story_of_rules
from staff import story_of_an_operator, story_of_staff

FOLDER = os.path.abspath(sys.argv[1])
EXAMPLES = int(sys.argv[2]) if len(sys.argv) > 2 else 10
ONLY = sys.argv[3:]
OKNO = os.environ.get("OKNO_BIN", "target/debug/okno")
SCHEMATHESIS = os.environ.get("SCHEMATHESIS") or shutil.which("schemathesis")

# Who asks, and which subjects of the document are theirs.
EVERYBODY = ["cases", "documents", "register", "catalog", "journal"]
PEOPLE = {
    "guest": (None, EVERYBODY + ["drafts", "uploads"]),
    "applicant": ("anna", EVERYBODY + ["drafts", "uploads", "profile"]),
    "specialist": ("improvement", ["cases", "documents", "desk", "deeds", "works"]),
    "head": ("roads.head", ["desk", "deeds", "works"]),
    "operator": ("operator", ["reception"]),
    "administrator": ("admin", ["administration"]),
}

# What no client can bring about, and the test in which it succeeds.
ELSEWHERE = {
    "GET /api/v1/admin/services/{code}/proposal": "editions: it comes with a new version of Okno",
    "POST /api/v1/admin/services/{code}/proposal/decision": "the same",
    "POST /api/v1/reception/cases/{number}/documents": "reception: a_letter_is_written_down_with_its_scan_and_registered",
}

# Whoever is asked for the subjects of several people.
FIRST = {"cases": "applicant", "documents": "applicant", "register": "applicant", "catalog": "applicant",
         "journal": "applicant", "drafts": "applicant", "uploads": "applicant", "profile": "applicant",
         "desk": "specialist", "deeds": "specialist", "works": "specialist", "reception": "operator", "administration": "administrator"}


def mailbox():
    """A mailbox with letters that nobody answers before somebody has looked at them."""
    place = os.path.join(FOLDER, "mailbox")
    os.makedirs(place)
    for n in range(1, 5):
        with open(os.path.join(place, f"{n}.eml"), "w") as file:
            file.write(f"From: club{n}@example.org\nSubject: News {n}\nMessage-ID: <{n}@example.org>\n"
                       f"List-Id: <news.example.org>\n\nThe club has news.\n")
    emulator = os.path.join(HERE, "../emulators/imap.py")
    box = subprocess.Popen([sys.executable, emulator, place], stdout=subprocess.PIPE, text=True)
    return box, f"imap://mail%40example.org:secret@127.0.0.1:{box.stdout.readline().strip()}/INBOX"


class Demo:
    """A demo of Okno of our own, for as long as the contract lasts."""

    def __init__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        settings = os.path.join(FOLDER, "okno.toml")
        with open(settings, "w") as file:
            file.write("api_burst = 10000000\n")
            # Nobody listens there: what is to be published stays planned.
            file.write('[vk]\nurl = "http://127.0.0.1:9"\ngroup = 7\ntoken = "token"\nsecret = "secret"\n')
        self.data = os.path.join(FOLDER, "data")
        log = open(os.path.join(FOLDER, "okno.log"), "ab")
        self.box, box = mailbox()
        self.okno = subprocess.Popen(
            [OKNO, "serve", "--data", self.data, "--listen", f"127.0.0.1:{self.port}", "--config", settings],
            env=dict(os.environ, OKNO_MAILBOX_URL=box), stdout=log, stderr=log)

    def wait(self, guest):
        until = time.monotonic() + 120
        while True:
            try:
                if guest.send("GET", "/readyz")[0].status == 200:
                    return
            except OSError:
                pass
            if time.monotonic() > until:
                sys.exit("Okno did not start in 120 s")
            time.sleep(0.2)

    def password(self):
        return open(self.data + ".keys/demo-password").read().strip()

    def end(self):
        self.okno.terminate()
        self.okno.wait(30)
        self.box.terminate()


def things_of(clients, document, demo, total):
    """Names of things that are there, by the name of the parameter that takes them."""
    anna, boris, head = clients["applicant"], clients["specialist"], clients["head"]
    things = story_of_an_applicant(anna)
    story_of_a_guest(demo.port, total)
    things.update(story_of_staff(anna, boris, head))
    things.update(story_of_an_operator(clients["operator"]))
    story_of_rules(clients["administrator"], anna, head, document)
    of_administrator = story_of_an_administrator(clients["administrator"], document, demo.password(), demo.data)
    things.update(of_administrator)
    services = clients["guest"].ask("/api/v1/services")["items"]
    things["/api/v1/services code"] = [row["code"] for row in services]
    rows = head.ask("/api/v1/desk/cases?view=unit")["items"]
    things["/api/v1/desk number"] = [latin(row["number"]) for row in rows][:10]
    notices = anna.ask("/api/v1/notices")["items"]
    things["notice"] = [one["id"] for one in notices][:5]
    return things


def complete_client(port, tokens, guest):
    """The complete client of the guide goes the whole way of a case by itself."""
    proof = os.path.join(FOLDER, "client.tlog-proof")
    done = subprocess.run(
        [sys.executable, os.path.join(HERE, "../../docs/client.py"), f"http://127.0.0.1:{port}",
         "--proof", proof, "--applicant", tokens["applicant"], "--specialist", tokens["specialist"],
         "--head", tokens["head"], "--category", "roads.snow", "--territory", "severny"],
        text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    with open(os.path.join(FOLDER, "client.log"), "w") as kept:
        kept.write(done.stdout)
    wrong = []
    if done.returncode != 0 or "case.rated" not in done.stdout:
        wrong.append(f"docs/client.py:\n{done.stdout}")
    key = guest.send("GET", "/log/vkey")[1].decode().strip()
    verified = subprocess.run([OKNO, "verify", proof, "--key", key], stdout=subprocess.DEVNULL)
    if verified.returncode != 0:
        wrong.append("the proof that docs/client.py kept does not verify")
    return wrong


def half_tried(document, total):
    """Operations that never succeeded, or never refused anybody for what they asked."""
    for path, method, _ in operations(document):
        name = f"{method} {path}"
        seen = total.get(name, {})
        for kind, counted in [("2xx", [s for s in seen if s.startswith("2")]),
                              ("4xx", [s for s in seen if s.startswith("4") and s != "401"])]:
            if not counted and not (kind == "2xx" and name in ELSEWHERE):
                yield f"{name} never answered with {kind}: {seen}"


def main():
    if not SCHEMATHESIS:
        sys.exit("schemathesis is not here: pip install schemathesis")
    os.makedirs(FOLDER, exist_ok=True)
    demo = Demo()
    wrong, total = [], {}
    try:
        port = demo.port
        guest = Client(port, total)
        demo.wait(guest)
        document = json.loads(guest.send("GET", "/openapi.json")[1])
        clients, tokens = {"guest": guest}, {"guest": None}
        for person, (account, _) in PEOPLE.items():
            if account:
                browser = Client(port, {})
                sign_in(browser, account, demo.password())
                tokens[person] = token_of(browser, demo.password())
                clients[person] = Client(port, total)
                clients[person].token = tokens[person]
                if person == "head":
                    ask_for_codes(browser, demo.password())
                if person == "applicant":
                    reader = Client(port, total)
                    reader.token = token_of(browser, demo.password(), "cases:read")
                    story_of_a_reader(reader)
        with open(os.path.join(FOLDER, "things.json"), "w") as file:
            json.dump(things_of(clients, document, demo, total), file)
        wrong += complete_client(port, tokens, guest)
        wrong += refuse_strangers(guest, document)
        wrong += ask_for_less({tag: clients[person] for tag, person in FIRST.items()}, document)
        for person, (_, tags) in PEOPLE.items():
            if ONLY and person not in ONLY:
                continue
            counts, said = run(person, port, tokens[person], tags, SCHEMATHESIS, FOLDER, EXAMPLES)
            add(total, counts)
            if said:
                wrong.append(f"as {person}:\n{said}")
    finally:
        demo.end()
    lacks = [] if ONLY else list(half_tried(document, total))
    asked = sum(sum(seen.values()) for seen in total.values())
    print(f"  {len(list(operations(document)))} operations, {asked} questions, "
          f"{EXAMPLES} examples of each, seed {SEED}")
    for one in wrong + lacks:
        print(one)
    if wrong or lacks:
        sys.exit(f"does not hold: {len(wrong)} times, and {len(lacks)} operations half-tried")


main()
