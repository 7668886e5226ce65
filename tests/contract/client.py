"""A client of one server: signs in as people do, asks operations as programs do, and counts how
each of them answered."""

import base64
import datetime
import hashlib
import hmac
import html
import http.client
import json
import re
import struct
import sys
import time
import urllib.parse


def count(counts, name, status):
    seen = counts.setdefault(name, {})
    seen[str(status)] = seen.get(str(status), 0) + 1


def add(total, counts):
    for name, seen in counts.items():
        known = total.setdefault(name, {})
        for status, number in seen.items():
            known[status] = known.get(status, 0) + number


class Client:
    """Asks one server; keeps cookies or a token, and counts how operations answered."""

    def __init__(self, port, counts):
        self.port, self.counts, self.cookies, self.token, self.always = port, counts, {}, None, {}

    def send(self, method, path, body=None, **headers):
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        named = {name.replace("_", "-"): value for name, value in {**self.always, **headers}.items()}
        if self.cookies:
            named["cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        if self.token and "authorization" not in named:
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
        """Sends a form as a browser does, and waits when a password is asked for too often."""
        body = urllib.parse.urlencode(fields, doseq=True)
        for _ in range(20):
            answer, page = self.send("POST", path, body, content_type="application/x-www-form-urlencoded",
                                     sec_fetch_site="same-origin")
            if answer.status != 429:
                break
            time.sleep(int(answer.getheader("retry-after") or 1))
        return answer, page

    def ask(self, route, body=None, method="GET", headers=None, expects=None, **names):
        """Asks an operation; its answer in JSON, or the answer itself when it is none. `expects` is the
        status of a refusal that is meant."""
        path = route.format(**names)
        answer, content = self.send(method, path, body, **(headers or {}))
        name = f"{method} {route.split('?')[0]}"
        count(self.counts, name, answer.status)
        if answer.status != expects if expects else answer.status >= 400:
            sys.exit(f"{method} {path}: {answer.status} {content.decode()}")
        kind = answer.getheader("content-type") or ""
        return json.loads(content) if kind.startswith("application/json") else (answer, content)


def sign_in(client, account, password):
    answer, page = client.form("/sign-in", {"email": f"{account}@okno.example", "password": password})
    if answer.status != 303:
        sys.exit(f"{account} cannot sign in: {answer.status} {page.decode()[:500]}")


def token_of(client, password, *scopes):
    """A token with these scopes, or with everything that the account may tick."""
    _, page = client.send("GET", "/profile/tokens")
    scopes = scopes or re.findall(r'name="scope" value="([^"]+)"', page.decode())
    until = datetime.date.today() + datetime.timedelta(days=30)
    fields = {"name": f"contract {datetime.datetime.now():%H:%M:%S.%f}", "scope": scopes, "until": str(until), "current": password}
    answer, page = client.form("/profile/tokens", fields)
    found = re.search(r"okno_[A-Za-z0-9_-]{43}", html.unescape(page.decode()))
    if answer.status != 200 or not found:
        sys.exit(f"no token was made: {answer.status}")
    return found[0]


def ask_for_codes(client, password):
    """Sets a second factor up, as an app on the telephone does (RFC 6238)."""
    _, page = client.form("/profile/second-factor", {"current": password})
    page = html.unescape(page.decode())
    token = re.search(r'name="token" value="([^"]+)"', page)
    secret = re.search(r'id="secret">([^<]+)<', page)
    if not token or not secret:
        sys.exit("a second factor is not begun")
    key = secret[1].replace(" ", "")
    key = base64.b32decode(key + "=" * (-len(key) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1)
    at = digest[-1] & 15
    code = (struct.unpack(">I", digest[at:at + 4])[0] & 0x7FFFFFFF) % 1_000_000
    answer, _ = client.form("/profile/second-factor/confirm", {"token": token[1], "code": f"{code:06}"})
    if answer.status != 200:
        sys.exit(f"a second factor is not taken: {answer.status}")
