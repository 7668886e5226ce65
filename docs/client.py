#!/usr/bin/env python3
"""Files a case with an Okno installation from outside and follows it to its proof.

Usage: client.py ADDRESS [--wait SECONDS] [--proof FILE]
       client.py ADDRESS --applicant TOKEN --specialist TOKEN --head TOKEN \\
           --category roads.snow --territory severny
for example: client.py http://127.0.0.1:8080 --wait 60

It looks up what can be filed, files a complaint under a key of its own (so that a repeat after a
broken connection files nothing twice), reads the case back with the return code, finds it in the
open register, and waits until its public proof is sealed. With three tokens, made at
/profile/tokens, it goes the whole way: the specialist takes the case, asks and answers, the head
agrees and signs, and the applicant reads the answer and rates the work. Needs Python 3.9 and
nothing else.
"""

import argparse
import json
import sys
import time
import urllib.error
import urllib.request
import uuid
from datetime import date, timedelta


class Refused(Exception):
    """A problem document (RFC 9457) in place of an answer."""

    def __init__(self, problem):
        lines = [f"{problem['status']} {problem['title']}: {problem['detail']}"]
        for error in problem.get("errors", []):
            lines.append(f"  {error['field'] or 'the body'}: {error['message']}")
        super().__init__("\n".join(lines))


class Okno:
    """One installation, asked by a guest or in the name of whoever made a token."""

    def __init__(self, address, token=None):
        self.address, self.token = address.rstrip("/"), token

    def ask(self, path, body=None, method=None, **headers):
        """Status and text of an answer; waits when told to, tries again when the line breaks."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            named["Authorization"] = f"Bearer {self.token}"
        data = None
        if body is not None:
            data = json.dumps(body, ensure_ascii=False).encode()
            named["Content-Type"] = "application/json"
        named.setdefault("Accept-Language", "ru")
        for attempt in range(5):
            request = urllib.request.Request(self.address + path, data, named, method=method)
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:
                    content = answer.read()
                    is_text = answer.headers.get_content_maintype() != "application" or "json" in answer.headers["Content-Type"]
                    return answer.status, content.decode() if is_text else content
            except urllib.error.HTTPError as error:
                if error.code in (429, 503) and attempt < 4:
                    time.sleep(min(int(error.headers.get("Retry-After", 2)), 30))
                    continue
                if error.headers.get_content_type() == "application/problem+json":
                    raise Refused(json.load(error)) from None
                raise
            except OSError:
                if attempt == 4:
                    raise
                time.sleep(2**attempt)

    def read(self, path, **headers):
        """An answer in JSON."""
        return json.loads(self.ask(path, **headers)[1])

    def do(self, path, body=None, method="POST"):
        """A deed, under a key of its own: sent again after a broken line it is done once."""
        return json.loads(self.ask(path, body, method, Idempotency_Key=str(uuid.uuid4()))[1])

    def walk(self, path):
        """Every row of a list, page after page."""
        after = ""
        while True:
            page = self.read(path + after)
            yield from page["items"]
            if "next" not in page:
                return
            after = ("&" if "?" in path else "?") + "after=" + page["next"]


def choose(okno, options):
    """A service with the codes of a subject and a place that it takes."""
    service = okno.read("/api/v1/services/complaint")
    names = service["schema"]["properties"]
    offered = set(names["category"]["enum"])
    if options.category and options.territory:
        return service, options.category, options.territory
    # What lies deepest says most.
    category = [row["code"] for row in okno.walk("/api/v1/categories") if row["code"] in offered][-1]
    territory = next(okno.walk("/api/v1/territories"))["code"]
    return service, category, territory


def complaint(service, category, territory):
    """A filing, with an answer to every question that has to be answered."""
    fields = {
        "subject": "Не убирают снег во дворе",
        "description": "Третий день не убирают снег во дворе, скорая помощь не может проехать.",
        "happened_on": str(date.today() - timedelta(days=1)),
        "expected": "Очистить двор и проезд",
    }
    asked = service["schema"]["properties"]["fields"]["required"]
    unknown = [name for name in asked if name not in fields]
    if unknown:
        sys.exit(f"this installation also asks for {', '.join(unknown)}")
    return {
        "service": service["code"],
        "category": category,
        "fields": fields,
        "place": {"territory": territory, "address": "Лесная улица, 12"},
        "applicant": {"last_name": "Смирнова", "first_name": "Анна", "email": "anna@example.org"},
        "consent": True,
    }


def file(okno, options):
    """Files a complaint; what its sender is told."""
    body = complaint(*choose(okno, options))
    status, text = okno.ask("/api/v1/cases", body, Idempotency_Key=str(uuid.uuid4()))
    filed = json.loads(text)
    print(f"filed ({status}): {filed['number']}, answer due on {filed.get('due_on', '—')}")
    print(f"receipt of {len(filed['receipt'])} characters, return code {filed.get('return_code', '—')}")
    return filed


def look(okno, filed):
    """Reads a case back and finds it in the register."""
    code = {"X_Return_Code": filed["return_code"]} if "return_code" in filed else {}
    case = okno.read(filed["links"]["self"], **code)
    print(f"with {case['unit']['name']}, state {case['inside']['state']}; why that date:")
    for step in case["inside"]["term"]["steps"]:
        print(f"  - {step['text']}")
    listed = okno.read(f"/api/v1/register?limit=1&category={case['category']['code']}")
    print(f"newest in the register under this subject: {listed['items'][0]['number']}")


def prove(okno, links, options):
    """Waits until the proof is sealed, and keeps it."""
    until = time.monotonic() + options.wait
    while True:
        status, proof = okno.ask(links["proof"])
        if status == 200:
            break
        if time.monotonic() >= until:
            sys.exit("the proof is not sealed yet: ask again later at " + links["proof"])
        time.sleep(1)
    name = options.proof or f"{links['self'].rsplit('/', 1)[1]}.tlog-proof"
    with open(name, "w", encoding="utf-8", newline="") as kept:
        kept.write(proof)
    print(f"proof of {len(proof)} characters kept in {name}")


def work(specialist, head, applicant, number):
    """The whole way of a case: taken, asked about, answered, agreed, signed, read and rated."""
    case, desk = f"/api/v1/cases/{number}", f"/api/v1/desk/cases/{number}"
    waiting = [row["number"] for row in specialist.walk("/api/v1/desk/cases?view=unit&limit=100")]
    print(f"in the queue of the unit: {len(waiting)} cases")
    taken = specialist.do(f"{desk}/taking")
    print(f"taken by {taken['inside']['assignee']['name']}; may now: {', '.join(taken['inside']['allowed'])}")
    specialist.do(f"{desk}/messages", {"text": "Уточните, пожалуйста, номер подъезда.", "expects_reply": True})
    asked = applicant.read(case)["inside"]["messages"][-1]
    print(f"asked: {asked['text']}")
    applicant.do(f"{case}/messages", {"text": "Второй подъезд."})
    answer = {
        "outcome": "satisfied",
        "text": "Двор и проезд ко второму подъезду очищены, повторная уборка назначена.",
        "measures": "Снег вывезен, проезд посыпан песком.",
    }
    specialist.do(f"{desk}/draft", answer, "PUT")
    state = specialist.do(f"{desk}/agreement-request")["inside"]["state"]
    print(f"the draft is before the head: {state}")
    head.do(f"{desk}/agreement")
    inside = applicant.read(case)["inside"]
    print(f"answered by {inside['answers'][-1]['author']}: {inside['answers'][-1]['text']}")
    _, letter = applicant.ask(f"{case}/answers/1.pdf")
    print(f"the letter has {len(letter)} bytes")
    applicant.do(f"{case}/rating", {"stars": 5, "comment": "Ответили быстро и по делу."})
    for row in applicant.walk(f"{case}/history"):
        print(f"  {row['occurred_at']} {row['action']}: {row['text']}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("address")
    parser.add_argument("--wait", type=float, default=60, help="seconds to wait for the proof")
    parser.add_argument("--proof", help="file to keep the proof in")
    parser.add_argument("--category", help="code of the subject")
    parser.add_argument("--territory", help="code of the place")
    for role in ("applicant", "specialist", "head"):
        parser.add_argument(f"--{role}", metavar="TOKEN", help=f"token of the {role}")
    options = parser.parse_args()
    applicant = Okno(options.address, options.applicant)
    filed = file(applicant, options)
    look(applicant, filed)
    if options.applicant and options.specialist and options.head:
        specialist, head = Okno(options.address, options.specialist), Okno(options.address, options.head)
        work(specialist, head, applicant, filed["links"]["self"].rsplit("/", 1)[1])
    prove(applicant, filed["links"], options)


if __name__ == "__main__":
    try:
        main()
    except Refused as refused:
        sys.exit(str(refused))
