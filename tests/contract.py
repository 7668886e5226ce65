#!/usr/bin/env python3
"""The outside contract: a demo of Okno is asked everything that /openapi.json describes, by
schemathesis, as a guest, an applicant, a specialist, an operator and an administrator. Nothing may
be answered with a 5xx, with a status or in a shape that the document does not name; and every
operation has to have succeeded and to have refused. `tests/contract.py FOLDER [EXAMPLES]` works in
FOLDER and needs OKNO_BIN and schemathesis, by SCHEMATHESIS or on the path. EXAMPLES of each
operation, 200 for the full count. Ends with 0 when everything held."""

import base64
import datetime
import html
import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.abspath(sys.argv[1])
EXAMPLES = int(sys.argv[2]) if len(sys.argv) > 2 else 10
OKNO = os.environ.get("OKNO_BIN", "target/debug/okno")
SCHEMATHESIS = os.environ.get("SCHEMATHESIS") or shutil.which("schemathesis")
SEED = "42"
CHECKS = ",".join([
    "not_a_server_error", "status_code_conformance", "content_type_conformance",
    "response_headers_conformance", "response_schema_conformance",
])

# Who asks, and which subjects of the document are theirs.
EVERYBODY = ["cases", "documents", "register", "catalog", "journal"]
PEOPLE = {
    "guest": (None, EVERYBODY),
    "applicant": ("anna", EVERYBODY + ["drafts", "uploads", "profile"]),
    "specialist": ("improvement", ["cases", "documents", "desk", "deeds"]),
    "head": ("roads.head", ["desk", "deeds"]),
    "operator": ("operator", ["reception"]),
    "administrator": ("admin", ["administration"]),
}

# What a stranger's questions do not bring about here, and what shows that it works.
ELSEWHERE = {}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Client:
    """Asks one server; keeps cookies or a token, and counts how operations answered."""

    def __init__(self, port, counts):
        self.port, self.counts, self.cookies, self.token = port, counts, {}, None

    def send(self, method, path, body=None, **headers):
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            named["cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        if self.token:
            named["authorization"] = f"Bearer {self.token}"
        if isinstance(body, (dict, list)):
            body = json.dumps(body).encode()
            named["content-type"] = "application/json"
        link.request(method, urllib.parse.quote(path, safe="/?=&%,"), body, named)
        answer = link.getresponse()
        content = answer.read()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        return answer, content

    def form(self, path, fields):
        body = urllib.parse.urlencode(fields, doseq=True)
        return self.send("POST", path, body, content_type="application/x-www-form-urlencoded",
                         sec_fetch_site="same-origin")

    def ask(self, route, body=None, method="GET", headers=None, **names):
        """Asks an operation; its answer in JSON, or the answer itself when it is none."""
        path = route.format(**names)
        answer, content = self.send(method, path, body, **(headers or {}))
        name = f"{method} {route.split('?')[0]}"
        seen = self.counts.setdefault(name, {})
        seen[str(answer.status)] = seen.get(str(answer.status), 0) + 1
        if answer.status >= 400:
            sys.exit(f"{method} {path}: {answer.status} {content.decode()}")
        kind = answer.getheader("content-type") or ""
        return json.loads(content) if kind.startswith("application/json") else (answer, content)


def sign_in(client, account, password):
    answer, page = client.form("/sign-in", {"email": f"{account}@okno.example", "password": password})
    if answer.status != 303:
        sys.exit(f"{account} cannot sign in: {answer.status} {page.decode()[:500]}")


def token_of(client, password):
    """A token with everything that the account may tick."""
    _, page = client.send("GET", "/profile/tokens")
    scopes = re.findall(r'name="scope" value="([^"]+)"', page.decode())
    until = datetime.date.today() + datetime.timedelta(days=30)
    fields = {"name": "contract", "scope": scopes, "until": str(until), "current": password}
    answer, page = client.form("/profile/tokens", fields)
    found = re.search(r"okno_[A-Za-z0-9_-]{43}", html.unescape(page.decode()))
    if answer.status != 200 or not found:
        sys.exit(f"no token was made: {answer.status}")
    return found[0]


def pdf():
    """A PDF of one page (ISO 32000-2, 7.5)."""
    out, offsets = b"%PDF-1.5\n", []
    for number, text in enumerate(
        ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>",
         "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"], 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = len(out)
    out += b"xref\n0 4\n0000000000 65535 f \n"
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % table


def filing():
    yesterday = datetime.date.today() - datetime.timedelta(days=1)
    return {
        "service": "complaint", "category": "roads.snow",
        "fields": {
            "subject": "Snow in the yard", "happened_on": str(yesterday),
            "description": "For three days nobody has cleared the snow.", "expected": "Clear the yard",
        },
        "place": {"territory": "severny", "address": "7 Garden Street"},
        "applicant": {"last_name": "Snow", "first_name": "Claudia", "email": "claudia@example.org"},
        "consent": True,
    }


def latin(number):
    return number.replace("А", "A")


def upload(client, file, breaks_at):
    """Sends a file in two pieces by the protocol tus, as after a broken line."""
    tus = {"tus_resumable": "1.0.0"}
    name = base64.b64encode("snow.pdf".encode()).decode()
    answer, _ = client.ask("/api/v1/uploads", method="POST", headers={
        **tus, "upload_length": str(len(file)), "upload_metadata": f"filename {name}"})
    at = answer.getheader("location").rsplit("/", 1)[1]
    kind = {"content_type": "application/offset+octet-stream"}
    for piece in (file[:breaks_at], file[breaks_at:]):
        answer, _ = client.ask("/api/v1/uploads/{upload}", method="HEAD", headers=tus, upload=at)
        reached = answer.getheader("upload-offset")
        client.ask("/api/v1/uploads/{upload}", piece, "PATCH",
                   {**tus, **kind, "upload_offset": reached}, upload=at)
    return at


def story_of_an_applicant(anna):
    """What cannot be guessed: documents, drafts, cases with something in them."""
    case = latin(anna.ask("/api/v1/cases", filing(), "POST")["number"])
    first = upload(anna, pdf(), 40)
    inside = anna.ask("/api/v1/cases/{number}/documents", {"upload": first}, "POST", number=case)["inside"]
    document = inside["documents"][0]["id"]
    answer, whole = anna.ask("/api/v1/cases/{number}/documents/{document}", number=case, document=document)
    if whole != pdf():
        sys.exit("a document does not come back as it was sent")
    answer, part = anna.ask("/api/v1/cases/{number}/documents/{document}", number=case, document=document,
                            headers={"range": "bytes=4-9"})
    if answer.status != 206 or part != pdf()[4:10]:
        sys.exit("a part of a document is not given")
    party = {"role": "representative", "name": "Peter Snow"}
    with_party = anna.ask("/api/v1/cases/{number}/parties", party, "POST", number=case)
    party = with_party["inside"]["parties"][0]["id"]
    anna.ask("/api/v1/cases/{number}/parties/{party}", method="DELETE", number=case, party=party)
    draft = anna.ask("/api/v1/drafts", {"service": "complaint"}, "POST")["id"]
    body = filing()
    del body["service"], body["consent"]
    anna.ask("/api/v1/drafts/{draft}", body, "PUT", draft=draft)
    at = upload(anna, pdf(), 100)
    attached = anna.ask("/api/v1/drafts/{draft}/documents", {"upload": at}, "POST", draft=draft)
    of_draft = attached["documents"][0]["id"]
    anna.ask("/api/v1/drafts/{draft}/documents/{document}", draft=draft, document=of_draft)
    filed = anna.ask("/api/v1/drafts/{draft}/filing", {"consent": True}, "POST", draft=draft)
    second = anna.ask("/api/v1/drafts", {"service": "complaint"}, "POST")["id"]
    file = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n' + pdf() + b"\r\n--x--\r\n"
    attached = anna.ask("/api/v1/drafts/{draft}/documents", file, "POST",
                        {"content_type": "multipart/form-data; boundary=x"}, draft=second)
    gone = attached["documents"][0]["id"]
    anna.ask("/api/v1/drafts/{draft}/documents/{document}", method="DELETE", draft=second, document=gone)
    anna.ask("/api/v1/drafts/{draft}", method="DELETE", draft=second)
    last = upload(anna, pdf(), 10)
    anna.ask("/api/v1/uploads/{upload}", method="DELETE", headers={"tus_resumable": "1.0.0"}, upload=last)
    mine = [latin(row["number"]) for row in anna.ask("/api/v1/cases")["items"]]
    kept = anna.ask("/api/v1/drafts", {"service": "complaint"}, "POST")["id"]
    return {
        "number": mine[:5] + [latin(filed["number"])],
        "/api/v1/cases/{number}/documents/{document} number": [case],
        "/api/v1/cases/{number}/documents/{document} document": [document],
        "draft": [kept],
    }


def things_of(clients, document):
    """Names of things that are there, by the name of the parameter that takes them."""
    things = story_of_an_applicant(clients["applicant"])
    things["file"] = ["1.pdf"]
    admin, head = clients["administrator"], clients["head"]
    for client, route, name, key in [
        (admin, "/api/v1/admin/units", "unit", "code"),
        (admin, "/api/v1/admin/services", "code", "code"),
    ]:
        if route in document["paths"]:
            things.setdefault(name, [row[key] for row in client.ask(route)["items"]][:10])
    things["/api/v1/services/{code} code"] = [row["code"] for row in admin.ask("/api/v1/services")["items"]]
    if "/api/v1/desk/cases" in document["paths"]:
        rows = head.ask("/api/v1/desk/cases?view=unit")["items"]
        known = [latin(row["number"]) for row in rows][:10]
        for route in document["paths"]:
            if route.startswith("/api/v1/desk/") and known:
                things[f"{route} number"] = known
    notices = clients["applicant"].ask("/api/v1/notices")["items"]
    things["notice"] = [one["id"] for one in notices][:5]
    return things


def run(person, port, token, tags):
    """One run of schemathesis; what it said when something did not hold."""
    tally = os.path.join(FOLDER, f"{person}.json")
    command = [
        SCHEMATHESIS, "run", f"http://127.0.0.1:{port}/openapi.json", "--checks", CHECKS,
        "--max-examples", str(EXAMPLES), "--seed", SEED, "--generation-database", "none",
        "--continue-on-failure", "--warnings", "off", "--no-color", "--workers", "2",
        "--phases", "examples,fuzzing" if EXAMPLES < 100 else "examples,coverage,fuzzing",
        "--suppress-health-check", "all", "--output-truncate", "true",
    ]
    if EXAMPLES < 100:
        command.append("--no-shrink")
    for tag in tags:
        command += ["--include-tag", tag]
    if token:
        command += ["-H", f"Authorization: Bearer {token}"]
    environment = dict(
        os.environ, SCHEMATHESIS_HOOKS="contract_hooks", PYTHONPATH=HERE,
        CONTRACT_THINGS=os.path.join(FOLDER, "things.json"), CONTRACT_TALLY=tally,
    )
    began = time.monotonic()
    done = subprocess.run(command, env=environment, cwd=FOLDER, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    with open(os.path.join(FOLDER, f"{person}.log"), "w") as log:
        log.write(done.stdout)
    counts = json.load(open(tally)) if os.path.exists(tally) else {}
    asked = sum(sum(seen.values()) for seen in counts.values())
    print(f"  {person}: {asked} questions to {len(counts)} operations in {time.monotonic() - began:.0f} s", flush=True)
    return counts, "" if done.returncode == 0 else done.stdout


def add(total, counts):
    for name, seen in counts.items():
        known = total.setdefault(name, {})
        for status, number in seen.items():
            known[status] = known.get(status, 0) + number


def refuse_strangers(guest, document, total):
    """Whoever is not signed in is refused wherever the document does not open an operation."""
    wrong = []
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if {} in operation["security"]:
                continue
            address = re.sub(r"\{[^}]+\}", "x", path)
            answer, _ = guest.send(method.upper(), address, tus_resumable="1.0.0")
            seen = total.setdefault(f"{method.upper()} {path}", {})
            seen[str(answer.status)] = seen.get(str(answer.status), 0) + 1
            if not 400 <= answer.status < 500:
                wrong.append(f"{method.upper()} {path} answers a stranger with {answer.status}")
    return wrong


def main():
    if not SCHEMATHESIS:
        sys.exit("schemathesis is not here: pip install schemathesis")
    os.makedirs(FOLDER, exist_ok=True)
    port = free_port()
    settings = os.path.join(FOLDER, "okno.toml")
    with open(settings, "w") as file:
        file.write("api_burst = 10000000\n")
    data = os.path.join(FOLDER, "data")
    log = open(os.path.join(FOLDER, "okno.log"), "ab")
    okno = subprocess.Popen(
        [OKNO, "serve", "--data", data, "--listen", f"127.0.0.1:{port}", "--config", settings],
        stdout=log, stderr=log)
    wrong, total = [], {}
    try:
        guest = Client(port, total)
        until = time.monotonic() + 60
        while True:
            try:
                if guest.send("GET", "/readyz")[0].status == 200:
                    break
            except OSError:
                pass
            if time.monotonic() > until:
                sys.exit("Okno did not start in 60 s")
            time.sleep(0.2)
        document = json.loads(guest.send("GET", "/openapi.json")[1])
        password = open(data + ".keys/demo-password").read().strip()
        clients, tokens = {}, {"guest": None}
        for person, (account, _) in PEOPLE.items():
            if account:
                browser = Client(port, {})
                sign_in(browser, account, password)
                tokens[person] = token_of(browser, password)
                clients[person] = Client(port, total)
                clients[person].token = tokens[person]
        with open(os.path.join(FOLDER, "things.json"), "w") as file:
            json.dump(things_of(clients, document), file)
        wrong += refuse_strangers(guest, document, total)
        for person, (_, tags) in PEOPLE.items():
            counts, said = run(person, port, tokens[person], tags)
            add(total, counts)
            if said:
                wrong.append(f"as {person}:\n{said}")
    finally:
        okno.terminate()
        okno.wait(30)
    operations = sorted(f"{method.upper()} {path}" for path, methods in document["paths"].items() for method in methods)
    lacks = []
    for name in operations:
        seen = total.get(name, {})
        for kind in "24":
            if not any(status.startswith(kind) for status in seen):
                if f"{name} {kind}xx" not in ELSEWHERE:
                    lacks.append(f"{name} never answered with {kind}xx: {seen}")
    asked = sum(sum(seen.values()) for seen in total.values())
    print(f"  {len(operations)} operations, {asked} questions, {EXAMPLES} examples of each, seed {SEED}")
    for one in wrong:
        print(one)
    for one in lacks:
        print(one)
    if wrong or lacks:
        sys.exit(f"does not hold: {len(wrong)} of {len(PEOPLE)} and {len(lacks)} operations half-tried")


main()
