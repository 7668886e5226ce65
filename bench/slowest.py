#!/usr/bin/env python3
"""Opens every page and every operation of a running server as everybody who may, and prints the
slowest of them. For a store as large as a city's, the demo with made-up cases beside it: what
bench/store.sh makes.

    bench/slowest.py http://127.0.0.1:8080 --password demo-…  [--times 5] [--most 10]
    bench/slowest.py … --head E-MAIL PASSWORD     somebody more, who reads what was carried over

The routes are read out of the sources, the operations with an example of what they must be asked
out of /openapi.json; the number of a case is taken from what the person's own list shows, subject
and unit from the newest case of the register. Each address is opened a few times: the first time
counts as cold, the middle of the rest as warm. A store is as it is afterwards, but for the log of
who read which case. Needs nothing but Python."""

import argparse
import http.cookiejar
import json
import pathlib
import re
import statistics
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

SOURCES = pathlib.Path(__file__).resolve().parent.parent / "crates"
PEOPLE = {
    "guest": None,
    "applicant": "anna@okno.example",
    "specialist": "roads@okno.example",
    "head": "roads.head@okno.example",
    "operator": "operator@okno.example",
    "reception": "reception@okno.example",
    "administrator": "admin@okno.example",
}
# How lists are narrowed and searched; the words are common ones of such appeals.
NARROWED = [
    "/register?state=finished",
    "/register?state=in_work",
    "/register?category={category}",
    "/register?unit={unit}",
    "/register?unit={unit}&state=in_work",
    "/register?from=2020-11-02&until=2020-11-05",
    "/find?q=снег",
    "/find?q=не+убирают+снег",
    "/desk?view=mine",
    "/desk?view=unit",
    "/desk?view=urgent",
    "/desk?view=agreement",
    "/desk/search?q=снег",
    "/desk/terms?kind=work_start",
    "/api/v1/register?limit=100",
    "/api/v1/register?category={category}",
    "/api/v1/register?unit={unit}&state=in_work",
    "/api/v1/desk/cases?view=unit",
]
# Streams have no end.
ENDLESS = ("/live", "/events")
LISTS = {"guest": "/register", "applicant": "/cabinet", "operator": "/reception", "reception": "/reception"}
NUMBER = re.compile(r"/(?:desk|cases|register|reception)/(%D0%90-\d{4}-\d{8}-\d|[AА]-\d{4}-\d{8}-\d)")


def routes():
    """Every route of a page that is opened, as the sources name it."""
    found = set()
    for file in sorted(SOURCES.glob("*/src/**/*.rs")):
        code = file.read_text().split("#[cfg(test)]")[0]
        found.update(re.findall(r'\.route\(\s*"(/[^"]*)",\s*(?:[a-z]+\([^()]*\)\s*\.)*get\(', code))
    return found


class Person:
    """Somebody with a browser."""

    def __init__(self, origin, name, email, password):
        self.origin = origin
        self.name = name
        jar = http.cookiejar.CookieJar()
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        if email:
            form = {"email": email, "password": password, "next": ""}
            self.open("/sign-in", urllib.parse.urlencode(form).encode())
            if not len(jar):
                sys.exit(f"{email} cannot sign in")

    def open(self, address, body=None):
        """Status, bytes, seconds and text; waits when the server says that it was asked too often."""
        url = self.origin + urllib.parse.quote(address, safe="/?&=+%-._~:,")
        # The server gives a page again for two seconds; under another wish of the same meaning it makes it.
        self.asked = getattr(self, "asked", 0) + 1
        wish = f"ru, x-{self.asked}"
        headers = {"accept-encoding": "identity", "sec-fetch-site": "same-origin", "accept-language": wish}
        for _ in range(20):
            request = urllib.request.Request(url, body, headers)
            began = time.perf_counter()
            try:
                with self.browser.open(request, timeout=120) as answer:
                    text, status = answer.read(), answer.status
                    if body is None and answer.geturl() != url:
                        # Sent elsewhere, mostly to the sign-in.
                        status = 303
            except urllib.error.HTTPError as refused:
                text, status = refused.read(), refused.code
                if status in (429, 503):
                    time.sleep(int(refused.headers.get("retry-after") or 1))
                    continue
            except OSError as error:
                return 599, 0, time.perf_counter() - began, str(error)
            break
        return status, len(text), time.perf_counter() - began, text.decode("utf-8", "replace")

    def number(self):
        """The number of a case that this person has before them, and may open."""
        for address in (LISTS.get(self.name, "/desk?view=unit"), "/register"):
            status, _, _, text = self.open(address)
            found = NUMBER.search(text) if status == 200 else None
            if found:
                return urllib.parse.unquote(found[1])
        return "A-2026-00000001-1"


def asked_for(path, operation):
    """An operation's address with an example of everything that it must be asked for; none when
    there is no example."""
    asked = []
    for parameter in operation.get("parameters", []):
        if parameter["in"] == "query" and parameter.get("required"):
            schema = parameter.get("schema", {})
            example = parameter.get("example", schema.get("example", schema.get("default")))
            example = (schema.get("enum") or [example])[0]
            if example is None:
                return None
            asked.append(f"{parameter['name']}={urllib.parse.quote(str(example))}")
    return path + ("?" + "&".join(asked) if asked else "")


def addresses(number, document, names):
    """What somebody may try to open."""
    found = routes() | set(NARROWED)
    for path, methods in document["paths"].items():
        if "get" in methods:
            found.add(asked_for(path, methods["get"]) or "{")
    filled = {address.format_map(Names(names, number=number)) for address in found if "*" not in address}
    return sorted(a for a in filled if "{" not in a and not a.endswith(ENDLESS))


class Names(dict):
    """Fills what is known into an address and leaves the rest as it stands."""

    def __missing__(self, key):
        return "{" + key + "}"


def main():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("origin")
    asked.add_argument("--password", required=True, help="of the demo's accounts")
    asked.add_argument("--head", nargs=2, metavar=("EMAIL", "PASSWORD"), help="somebody more")
    asked.add_argument("--times", type=int, default=5)
    asked.add_argument("--most", type=int, default=10)
    asked.add_argument("--category", help="code of a subject; that of the newest case without it")
    asked.add_argument("--unit", help="code of a unit")
    asked.add_argument("--service", default="complaint")
    told = asked.parse_args()

    people = {name: (email, told.password) for name, email in PEOPLE.items()}
    if told.head:
        people["head over all"] = tuple(told.head)
    guest = Person(told.origin, "guest", None, None)
    document = json.loads(guest.open("/openapi.json")[3])
    newest = json.loads(guest.open("/api/v1/register?limit=1")[3])["items"]
    code = lambda name: newest[0].get(name, {}).get("code", "") if newest else ""
    names = {
        "category": told.category or code("category"),
        "unit": told.unit or code("unit"),
        "service": told.service,
        "code": told.service,
    }

    rows, failed = [], []
    for name, (email, password) in people.items():
        person = Person(told.origin, name, email, password)
        opened = 0
        for address in addresses(person.number(), document, names):
            status, size, cold, text = person.open(address)
            if status >= 500:
                failed.append(f"{name}: {address}: {status} {text[:200] if status == 599 else ''}")
            if status != 200:
                continue
            again = [person.open(address) for _ in range(told.times)]
            warm = [seconds for status, _, seconds, _ in again if status == 200] or [cold]
            opened += 1
            rows.append((statistics.median(warm), cold, size, name, address))
        print(f"{name}: {opened} opened", file=sys.stderr)
    rows.sort(reverse=True)
    print(f"{len(rows)} pages and answers opened; {len(failed)} failed")
    # Each address once, for whom it is slowest.
    rows = list({row[4]: row for row in reversed(rows)}.values())[::-1]
    rows.sort(reverse=True)
    print("\n".join(failed))
    print("| warm, ms | cold, ms | bytes | who | address |\n|---|---|---|---|---|")
    for warm, cold, size, name, address in rows[: told.most]:
        print(f"| {warm * 1000:.1f} | {cold * 1000:.1f} | {size} | {name} | `{address}` |")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
