#!/usr/bin/env python3
"""The outside contract: a demo of Okno is asked everything that /openapi.json describes, by
schemathesis, as a guest, an applicant, a specialist, an operator and an administrator. Nothing may
be answered with a 5xx, with a status or in a shape that the document does not name; and every
operation has to have succeeded and to have refused. `tests/contract.py FOLDER [EXAMPLES]` works in
FOLDER and needs OKNO_BIN and schemathesis, by SCHEMATHESIS or on the path. EXAMPLES of each
operation, 200 for the full count. Ends with 0 when everything held."""

import base64
import datetime
import hashlib
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

# What strangers' questions bring about by luck alone, and the stories in which it succeeds.
ELSEWHERE = {
    "/api/v1/admin/staff": "a_day_of_an_administrator_with_people",
    "/api/v1/admin/units": "a_day_of_an_administrator_with_units",
    "/api/v1/admin/territories": "a_day_of_an_administrator_with_units",
    "/api/v1/admin/dead-letters": "crates/people/tests/people/rest.rs",
    "/api/v1/admin/services": "a_new_version_is_written_as_text_and_compared",
    "/api/v1/admin/routes": "a_route_is_tried_on_past_cases_before_it_is_kept",
    "/api/v1/admin/categories": "a_subject_and_an_official_are_made_and_changed",
    "/api/v1/admin/officials": "a_subject_and_an_official_are_made_and_changed",
    "/api/v1/admin/terms": "a_term_of_the_house_gets_a_version_and_one_of_the_law_an_aim_alone",
    "/api/v1/admin/letter-templates": "the_words_of_a_letter_are_previewed_changed_and_put_back",
    "/api/v1/admin/letterheads": "crates/cases/tests",
}


def is_told_elsewhere(operation):
    path = operation.split(" ", 1)[1]
    return any(path.startswith(start) for start in ELSEWHERE)


def count(counts, name, status):
    seen = counts.setdefault(name, {})
    seen[str(status)] = seen.get(str(status), 0) + 1


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
        count(self.counts, name, answer.status)
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
    anna.ask("/api/v1/drafts/{draft}", draft=draft)
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
    sessions = anna.ask("/api/v1/profile/sessions")["items"]
    anna.ask("/api/v1/profile/sessions/{session}", method="DELETE", session=sessions[0]["id"])
    mine = [latin(row["number"]) for row in anna.ask("/api/v1/cases")["items"]]
    kept = anna.ask("/api/v1/drafts", {"service": "complaint"}, "POST")["id"]
    return {
        "number": mine[:5] + [latin(filed["number"])],
        "/api/v1/cases/{number}/documents/{document} number": [case],
        "/api/v1/cases/{number}/documents/{document} document": [document],
        "draft": [kept],
    }


def second_story_of_staff(anna, boris, head, post):
    """What leads a case elsewhere: parts, a longer term, another unit, another body, many at once."""
    desk = "/api/v1/desk/cases/{number}"

    def filed():
        return latin(anna.ask("/api/v1/cases", filing(), "POST")["number"])

    case = filed()
    post(boris, "taking", case)
    later = str(datetime.date.today() + datetime.timedelta(days=20))
    post(boris, "delays", case, {"expected_on": later, "reason": "The contractor has not answered."})
    for end in ("withdrawal", None):
        post(head, "parts", case, {"unit": "roads.repair", "task": "See whether an ambulance can pass."})
        part = boris.ask(desk, number=case)["inside"]["parts"][-1]["id"]
        if end:
            head.ask(desk + "/parts/{part}/withdrawal", method="POST", number=case, part=part)
        else:
            head.ask(desk + "/parts/{part}/report", {"result": "It can."}, "POST", number=case, part=part)
    ground = boris.ask(desk, number=case)["inside"]["extendable"]["grounds"][0]["code"]
    post(head, "extension", case, {"days": 5, "ground": ground, "reason": "The contractor has not answered."})
    post(boris, "redirection", case, {"unit": "roads.repair", "reason": "It is their road."})
    post(head, "forwarding", filed(), {"to": "The prosecutor", "reason": "It is theirs to check."})
    many = boris.ask("/api/v1/desk/batches", {"deed": "take", "cases": [filed(), filed()]}, "POST")
    boris.ask("/api/v1/desk/batches/undo", {"undo": many["undo"]}, "POST")


def story_of_an_operator(operator):
    """A letter that came on paper, from its card to a call about it."""
    yesterday = str(datetime.date.today() - datetime.timedelta(days=1))
    card = operator.ask("/api/v1/reception/cards", {"way": "paper", "service": "complaint", "came_on": yesterday}, "POST")["id"]
    body = {name: filing()[name] for name in ("category", "place", "applicant", "fields")}
    operator.ask("/api/v1/reception/cards/{card}", body, "PUT", card=card)
    operator.ask("/api/v1/reception/cards/{card}", card=card)
    file = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n' + pdf() + b"\r\n--x--\r\n"
    kind = {"content_type": "multipart/form-data; boundary=x"}
    scan = operator.ask("/api/v1/reception/cards/{card}/documents", file, "POST", kind, card=card)["documents"][0]["id"]
    operator.ask("/api/v1/reception/cards/{card}/documents/{document}", method="DELETE", card=card, document=scan)
    number = operator.ask("/api/v1/reception/cards/{card}/registration", {"confirmed": True}, "POST", card=card)["number"]
    words = {"way": "phone", "text": "The second entrance.", "known_by": "Knew the number."}
    operator.ask("/api/v1/reception/cases/{number}/words", words, "POST", number=latin(number))
    return {"card": [card], "/api/v1/reception/cases/{number} number": [latin(number)]}


def story_of_staff(anna, boris, head):
    """A case from its filing to an objection, through every state that deeds of staff lead to."""
    desk = "/api/v1/desk/cases/{number}"

    def post(who, deed, number, body=None):
        return who.ask(f"{desk}/{deed}", body, "POST", number=number)

    case = latin(anna.ask("/api/v1/cases", filing(), "POST")["number"])
    anna.ask("/api/v1/cases/{number}/corrections", {"addition": "House 7, not 17."}, "POST", number=case)
    post(boris, "check", case)
    post(boris, "release", case)
    post(boris, "taking", case)
    post(boris, "work", case)
    me = boris.ask(desk, number=case)["inside"]["assignee"]["account"]
    post(head, "assignments", case, {"account": me})
    post(head, "priority", case, {"priority": "high"})
    post(boris, "notes", case, {"text": "Called the yard keeper."})
    day = str(datetime.date.today() + datetime.timedelta(days=3))
    post(boris, "plan", case, {"planned_on": day})
    post(boris, "messages", case, {"text": "Which entrance?", "expects_reply": True})
    post(boris, "document-requests", case, {"items": ["A photograph"], "instructions": "As a file."})
    post(boris, "resumption", case)
    at = upload(anna, pdf(), 40)
    sent = anna.ask("/api/v1/cases/{number}/documents", {"upload": at}, "POST", number=case)
    document = sent["inside"]["documents"][0]["id"]
    boris.ask(desk + "/documents/{document}/check", {}, "POST", number=case, document=document)
    post(boris, "parties", case, {"role": "other_side", "name": "The yard keeper"})
    party = boris.ask(desk, number=case)["inside"]["parties"][-1]["id"]
    boris.ask(desk + "/parties/{party}", method="DELETE", number=case, party=party)
    post(head, "category", case, {"category": "roads.lighting", "reason": "It is about the road."})
    answer = {"outcome": "satisfied", "text": "The yard was cleared on Monday and will be again."}
    boris.ask(f"{desk}/draft", answer, "PUT", number=case)
    post(boris, "agreement-request", case)
    post(head, "return", case, {"remark": "Say when it will be cleared again."})
    boris.ask(f"{desk}/draft", answer, "PUT", number=case)
    post(boris, "agreement-request", case)
    post(head, "approval", case)
    post(head, "signature", case)
    code = anna.ask("/api/v1/cases/{number}/answers/{file}", number=case, file="1.pdf")
    anna.ask("/api/v1/cases/{number}/rating", {"stars": 4}, "POST", number=case)
    post(boris, "rating-reply", case, {"text": "Thank you."})
    reasons = "The yard is covered with snow as it was before."
    anna.ask("/api/v1/cases/{number}/objection", {"reasons": reasons}, "POST", number=case)
    post(boris, "closing", case)
    post(head, "reopening", case, {"reason": "The yard was not cleared after all."})
    boris.ask(f"{desk}/draft", answer, "PUT", number=case)
    post(boris, "agreement-request", case)
    post(head, "agreement", case)
    second_story_of_staff(anna, boris, head, post)
    paper = hashlib.sha256(code[1]).hexdigest()
    anna.ask(f"/api/v1/genuine?sha256={paper}")
    return case


def things_of(clients, document):
    """Names of things that are there, by the name of the parameter that takes them."""
    things = story_of_an_applicant(clients["applicant"])
    answered = story_of_staff(clients["applicant"], clients["specialist"], clients["head"])
    things["/api/v1/cases/{number}/answers/{file} number"] = [answered]
    things.update(story_of_an_operator(clients["operator"]))
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
            if not 400 <= answer.status < 500:
                wrong.append(f"{method.upper()} {path} answers a stranger with {answer.status}")
    for path, methods in document["paths"].items():
        for method in methods:
            address = re.sub(r"\{[^}]+\}", "x", path)
            answer, _ = guest.send(method.upper(), address, authorization="Bearer okno_nothing")
            count(total, f"{method.upper()} {path}", answer.status)
            if answer.status != 401:
                wrong.append(f"{method.upper()} {path} answers a wrong token with {answer.status}")
    return wrong


def some_fields(guest, wrong):
    """Only what was asked for, the tag of it, and 304 for whoever has it."""
    answer, content = guest.send("GET", "/api/v1/services?fields=code")
    if any(list(row) != ["code"] for row in json.loads(content)["items"]):
        wrong.append("fields does not leave the other names out")
    tag = answer.getheader("etag")
    if guest.send("GET", "/api/v1/services?fields=code", if_none_match=tag)[0].status != 304:
        wrong.append("a tag is not known again")
    if guest.send("GET", "/api/v1/services?fields=nothing")[0].status != 422:
        wrong.append("an unknown field is not refused")


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
        # The complete client of the guide goes the whole way of a case by itself.
        done = subprocess.run(
            [sys.executable, os.path.join(HERE, "../docs/client.py"), f"http://127.0.0.1:{port}",
             "--proof", os.path.join(FOLDER, "client.tlog-proof"), "--applicant", tokens["applicant"],
             "--specialist", tokens["specialist"], "--head", tokens["head"],
             "--category", "roads.snow", "--territory", "severny"],
            text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        with open(os.path.join(FOLDER, "client.log"), "w") as kept:
            kept.write(done.stdout)
        if done.returncode != 0 or "case.rated" not in done.stdout:
            wrong.append(f"docs/client.py:\n{done.stdout}")
        verified = subprocess.run([OKNO, "verify", os.path.join(FOLDER, "client.tlog-proof"),
                                   "--key", guest.send("GET", "/log/vkey")[1].decode().strip()])
        if verified.returncode != 0:
            wrong.append("the proof that docs/client.py kept does not verify")
        wrong += refuse_strangers(guest, document, total)
        some_fields(guest, wrong)
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
                if kind == "4" or not is_told_elsewhere(name):
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
