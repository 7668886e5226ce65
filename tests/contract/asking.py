"""The questions that are not told as a story: those of schemathesis, those of strangers, and those
that ask for less than the whole."""

import json
import os
import re
import subprocess
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SEED = "42"
CHECKS = ",".join([
    "not_a_server_error", "status_code_conformance", "content_type_conformance",
    "response_headers_conformance", "response_schema_conformance",
])
SOME_FIELDS = "application/vnd.okno.fields+json"


# One worker: Python before 3.12.2 cannot make syntax trees in two threads at once (gh-106905).
def run(person, port, token, tags, schemathesis, folder, examples):
    """One run of schemathesis; how operations answered, and what it said when something did not hold."""
    tally = os.path.join(folder, f"{person}.json")
    command = [
        schemathesis, "run", f"http://127.0.0.1:{port}/openapi.json", "--checks", CHECKS,
        "--max-examples", str(examples), "--seed", SEED, "--generation-database", "none",
        "--continue-on-failure", "--warnings", "off", "--no-color", "--workers", "1",
        "--phases", "examples,fuzzing" if examples < 100 else "examples,coverage,fuzzing",
        "--suppress-health-check", "all", "--output-truncate", "true",
    ]
    if examples < 100:
        command.append("--no-shrink")
    for tag in tags:
        command += ["--include-tag", tag]
    if token:
        command += ["-H", f"Authorization: Bearer {token}"]
    environment = dict(
        os.environ, SCHEMATHESIS_HOOKS="hooks", PYTHONPATH=HERE,
        CONTRACT_THINGS=os.path.join(folder, "things.json"), CONTRACT_TALLY=tally,
    )
    began = time.monotonic()
    done = subprocess.run(command, env=environment, cwd=folder, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    with open(os.path.join(folder, f"{person}.log"), "w") as log:
        log.write(done.stdout)
    counts = json.load(open(tally)) if os.path.exists(tally) else {}
    asked = sum(sum(seen.values()) for seen in counts.values())
    took = time.monotonic() - began
    print(f"  {person}: {asked} questions to {len(counts)} operations in {took:.0f} s", flush=True)
    return counts, "" if done.returncode == 0 else done.stdout


def operations(document):
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method.upper(), operation


def refuse_strangers(guest, document):
    """Whoever is not signed in is refused wherever the document does not open an operation. Not
    counted: a refusal that every operation gives alike tells nothing of this one."""
    wrong = []
    for path, method, operation in operations(document):
        address = re.sub(r"\{[^}]+\}", "x", path)
        if {} not in operation["security"]:
            answer, _ = guest.send(method, address, tus_resumable="1.0.0")
            if not 400 <= answer.status < 500:
                wrong.append(f"{method} {path} answers a stranger with {answer.status}")
        answer, _ = guest.send(method, address, authorization="Bearer okno_nothing")
        if answer.status != 401:
            wrong.append(f"{method} {path} answers a wrong token with {answer.status}")
    return wrong


def ask_for_less(people, document):
    """Only what was asked for comes, as another kind, with a tag of its own that is known again; a
    name that is not there and a tag that cannot be read are refused."""
    wrong = []
    for path, method, operation in operations(document):
        names = [one for one in operation.get("parameters", []) if one["name"] == "fields"]
        if not names:
            continue
        who = people[operation["tags"][0]]
        address = re.sub(r"\{[^}]+\}", "x", path)
        for query, headers in [("?fields=nothing", {}), ("", {"if_none_match": '"\u00e9"'})]:
            answer, _ = who.send(method, address + query, **headers)
            if answer.status not in (400, 422):
                wrong.append(f"{method} {path}{query} {headers} answers {answer.status}")
            else:
                seen = who.counts.setdefault(f"{method} {path}", {})
                seen[str(answer.status)] = seen.get(str(answer.status), 0) + 1
    guest = people["catalog"]
    answer, content = guest.send("GET", "/api/v1/services?fields=code")
    if any(list(row) != ["code"] for row in json.loads(content)["items"]):
        wrong.append("fields does not leave the other names out")
    if answer.getheader("content-type") != SOME_FIELDS:
        wrong.append(f"an answer of some fields comes as {answer.getheader('content-type')}")
    tag = answer.getheader("etag")
    if guest.send("GET", "/api/v1/services?fields=code", if_none_match=tag)[0].status != 304:
        wrong.append("a tag is not known again")
    return wrong
