#!/usr/bin/env python3
"""MAX as a bot sees it: the part of its Bot API (schema of 1 July 2026) that Okno speaks, over HTTP.

    tests/emulators/max.py TOKEN [PORT]

prints its port. `GET /updates?marker=`, `POST /messages?user_id=`, `POST /answers?callback_id=` take the
token in `Authorization` and answer in the shapes of https://dev.max.ru: a marker names the next
update that is awaited, and those before it count as read; mistakes are {"code","message"}; too many
requests are 429. `GET|POST|DELETE /subscriptions` keep the addresses to which each update is brought
as a request of its own, with the secret in `X-Max-Bot-Api-Secret`, many at once, and again with growing
pauses until the answer is 200; while there is one, `GET /updates` is 405. The pauses are shorter than
those of MAX (a minute and more), and an address may be of this machine.

Beside it a test speaks with it: `POST /test/start {"user"}`, `/test/say {"user","text"}`, `/test/press
{"user","code"}`, `/test/place {"user","latitude","longitude"}`, `/test/picture`, `/test/repeat {}`,
`/test/mood {"mood","retry_after"}` (well, busy, broken, slow), `GET /test/sent`. Of what is brought:
`/test/hold {}` and `/test/release {}` (what was said in between comes last first), `/test/again {}`
(everything that ever came, last first), `/test/forge {"user","text","secret"}` (once, with that secret or
none; tells the answer), `/test/forget {}` (as after eight hours without an answer), `GET /test/hooks`."""

import json
import pathlib
import re
import sys
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

TOKEN = sys.argv[1]
# A photograph; its folder is that of the tests of the process.
PICTURE = (pathlib.Path(__file__).parents[2] / "crates/okno/tests/process/support/small.jpg").read_bytes()
LOCK = threading.Condition()
STATE = {"log": [], "sent": [], "answered": [], "mood": "well", "retry_after": 1, "mid": 0,
         "hooks": {}, "held": None, "tries": []}
# How long an answer to what is brought is waited for, seconds; MAX waits 30.
PATIENCE = 4


def now():
    return int(time.time() * 1000)


def person(user):
    return {"user_id": user, "first_name": "Клавдия", "last_name": None, "username": None, "is_bot": False,
            "last_activity_time": now(), "name": "Клавдия"}


def come(update):
    with LOCK:
        STATE["log"].append(update)
        LOCK.notify_all()
        if STATE["held"] is not None:
            STATE["held"].append(update)
            return
    bring_all(update)


def bring_all(update):
    for url in list(STATE["hooks"]):
        threading.Thread(target=bring, args=(url, update), daemon=True).start()


def bring(url, update):
    """Brings an update until it is answered 200."""
    pause = 0.2
    while True:
        hook = STATE["hooks"].get(url)
        if hook is None or update["update_type"] not in hook["types"]:
            return
        status = post(url, update, hook["secret"])
        with LOCK:
            STATE["tries"].append(status)
        if status == 200:
            return
        time.sleep(pause)
        pause = min(pause * 2, 2)


def post(url, update, secret):
    """The status of the answer, 0 without one."""
    request = urllib.request.Request(url, json.dumps(update).encode(), {"Content-Type": "application/json"})
    if secret is not None:
        request.add_header("X-Max-Bot-Api-Secret", secret)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status
    except urllib.error.HTTPError as refusal:
        return refusal.code
    except OSError:
        return 0


def message(user, text, attachments=None):
    STATE["mid"] += 1
    return {"sender": person(user), "timestamp": now(),
            "recipient": {"chat_id": user + 10_000, "chat_type": "dialog", "user_id": 1},
            "body": {"mid": f"mid.{STATE['mid']:016x}", "seq": STATE["mid"], "text": text,
                     "attachments": attachments, "link": None}}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body, **headers):
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(text)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()
        self.wfile.write(text)

    def picture(self):
        self.send_response(200)
        self.send_header("Content-Type", "image/jpeg")
        self.send_header("Content-Length", str(len(PICTURE)))
        self.end_headers()
        self.wfile.write(PICTURE)

    def come_in(self):
        """The path and its query, or nothing when it was answered already."""
        parts = urlsplit(self.path)
        if parts.path.startswith("/test/"):
            return parts.path, {}
        if self.headers.get("Authorization") != TOKEN:
            self.answer(401, {"code": "verify.token", "message": "Invalid access_token"})
            return None, None
        if STATE["mood"] == "busy":
            self.answer(429, {"code": "too.many.requests", "message": "Rate limit exceeded"},
                        Retry_After=STATE["retry_after"])
            return None, None
        if STATE["mood"] == "broken":
            self.answer(503, {"code": "service.unavailable", "message": "Service unavailable"})
            return None, None
        if STATE["mood"] == "slow":
            time.sleep(3)
        return parts.path, {name: values[0] for name, values in parse_qs(parts.query).items()}

    def do_GET(self):
        if self.path.startswith("/picture?"):
            return self.picture()
        path, query = self.come_in()
        if path == "/test/sent":
            with LOCK:
                return self.answer(200, {"sent": STATE["sent"], "answered": STATE["answered"]})
        if path == "/test/hooks":
            with LOCK:
                return self.answer(200, {"hooks": list(STATE["hooks"]), "tries": STATE["tries"]})
        if path == "/updates" and STATE["hooks"]:
            return self.answer(405, {"code": "not.allowed", "message": "There is an active subscription"})
        if path == "/updates":
            return self.updates(query)
        if path == "/subscriptions":
            known = [{"url": url, "time": hook["time"], "update_types": hook["types"]}
                     for url, hook in STATE["hooks"].items()]
            return self.answer(200, {"subscriptions": known})
        if path:
            self.answer(404, {"code": "not.found", "message": "Not found"})
        return None

    def updates(self, query):
        until = time.monotonic() + min(int(query.get("timeout", 30)), 2)
        kinds = query.get("types", "").split(",")
        with LOCK:
            # Without a marker only the newest update is given.
            begin = int(query["marker"]) if "marker" in query else max(0, len(STATE["log"]) - 1)
            while len(STATE["log"]) <= begin and time.monotonic() < until:
                LOCK.wait(until - time.monotonic())
            limit = int(query.get("limit", 100))
            found = STATE["log"][begin:begin + limit]
            updates = [update for update in found if update["update_type"] in kinds]
            self.answer(200, {"updates": updates, "marker": begin + len(found)})

    def do_DELETE(self):
        path, query = self.come_in()
        if path == "/subscriptions":
            found = STATE["hooks"].pop(query.get("url"), None)
            self.answer(200, {"success": True} if found else {"success": False, "message": "No such subscription"})
        elif path:
            self.answer(404, {"code": "not.found", "message": "Not found"})

    def subscribe(self, asked):
        url, secret = asked.get("url", ""), asked.get("secret")
        parts = urlsplit(url)
        reached = parts.scheme == "https" and parts.port is None or parts.hostname == "127.0.0.1"
        if not reached or secret is not None and not re.fullmatch("[a-zA-Z0-9_-]{5,256}", secret):
            return self.answer(200, {"success": False, "message": "Invalid subscription"})
        types = asked.get("update_types") or ["message_created", "message_callback", "bot_started", "message_removed"]
        with LOCK:
            STATE["hooks"][url] = {"types": types, "secret": secret, "time": now()}
        return self.answer(200, {"success": True})

    def do_POST(self):
        length = int(self.headers.get("Content-Length", 0))
        asked = json.loads(self.rfile.read(length) or b"{}")
        path, query = self.come_in()
        if path is None:
            return None
        if path.startswith("/test/"):
            return self.test(path[6:], asked)
        if path == "/messages" and query.get("user_id", "").isdigit():
            wrong = not isinstance(asked.get("text"), str) or len(asked["text"]) > 4000
            for attachment in asked.get("attachments") or []:
                for row in attachment["payload"]["buttons"]:
                    for button in row:
                        wrong |= not 1 <= len(button["text"]) <= 128 or len(button.get("payload", "")) > 1024
            if wrong or "link" not in asked or "attachments" not in asked:
                return self.answer(400, {"code": "proto.payload", "message": "Invalid message"})
            with LOCK:
                STATE["sent"].append({"user": int(query["user_id"]), **asked})
            return self.answer(200, {"message": message(1, asked["text"])})
        if path == "/answers" and query.get("callback_id"):
            with LOCK:
                STATE["answered"].append(query["callback_id"])
            return self.answer(200, {"success": True})
        if path == "/subscriptions":
            return self.subscribe(asked)
        return self.answer(404, {"code": "not.found", "message": "Not found"})

    def test(self, deed, asked):
        user = asked.get("user")
        created = {"update_type": "message_created", "timestamp": now(), "user_locale": "ru"}
        if deed == "start":
            come({"update_type": "bot_started", "timestamp": now(), "chat_id": user + 10_000, "user": person(user),
                  "payload": None, "user_locale": "ru"})
        elif deed == "say":
            come({**created, "message": message(user, asked["text"])})
        elif deed == "place":
            place = {"type": "location", "latitude": asked["latitude"], "longitude": asked["longitude"]}
            come({**created, "message": message(user, None, [place])})
        elif deed == "press":
            STATE["mid"] += 1
            come({"update_type": "message_callback", "timestamp": now(), "user_locale": "ru", "message": None,
                  "callback": {"timestamp": now(), "callback_id": f"cb.{STATE['mid']}", "payload": asked["code"],
                               "user": person(user)}})
        elif deed == "picture":
            address = f"http://127.0.0.1:{self.server.server_address[1]}/picture?i=1"
            image = {"type": "image", "payload": {"photo_id": 1, "token": "t", "url": address}}
            come({**created, "message": message(user, None, [image])})
        elif deed == "repeat":
            come(STATE["log"][-1])
        elif deed == "mood":
            STATE.update(asked)
        elif deed == "hold":
            STATE["held"] = []
        elif deed == "release":
            held, STATE["held"] = STATE["held"], None
            for update in reversed(held):
                bring_all(update)
                time.sleep(0.1)
        elif deed == "again":
            for update in reversed(STATE["log"]):
                for url in list(STATE["hooks"]):
                    bring(url, update)
        elif deed == "forge":
            forged = {**created, "message": message(user, asked["text"])}
            statuses = [post(url, forged, asked.get("secret")) for url in STATE["hooks"]]
            return self.answer(200, {"statuses": statuses})
        elif deed == "forget":
            STATE["hooks"] = {}
        return self.answer(200, {})


server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2]) if len(sys.argv) > 2 else 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
