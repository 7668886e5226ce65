#!/usr/bin/env python3
"""Telegram as a bot sees it: the part of the Bot API that Okno speaks, over HTTP.

    tests/emulators/telegram.py TOKEN [PORT]

prints its port. `POST /bot<token>/getUpdates|sendMessage|answerCallbackQuery` answer as
https://core.telegram.org/bots/api says: updates stay until an offset above them is asked for, a wrong
token is 404 with ok=false, 429 comes with parameters.retry_after. `setWebhook`, `getWebhookInfo` and
`deleteWebhook` keep the address to which each update is brought as a request of its own, with the secret
in `X-Telegram-Bot-Api-Secret-Token`, many at once, and again with growing pauses until the answer is 2xx;
while there is one, `getUpdates` is 409. The pauses are shorter than Telegram's, and the address may be of
this machine.

Beside it a test speaks with it: `POST /test/say {"chat","text"}`, `/test/press {"chat","code"}`,
`/test/place {"chat","latitude","longitude"}`, `/test/picture`, `/test/repeat {}` (the last update comes
again), `/test/mood {"mood","retry_after"}` (well, busy: 429, broken: 500, slow: answers after 3 s),
`GET /test/sent` (what the bot has sent). Of what is brought: `/test/hold {}` and `/test/release {}` (what
was said in between comes last first), `/test/again {}` (everything that ever came, last first),
`/test/forge {"chat","text","secret"}` (once, with that secret or none; tells the answer), `/test/forget {}`
(the webhook is gone), `GET /test/hooks`."""

import json
import pathlib
import re
import sys
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

TOKEN = sys.argv[1]
# A photograph; its folder is that of the tests of the process.
PICTURE = (pathlib.Path(__file__).parents[2] / "crates/okno/tests/process/support/small.jpg").read_bytes()
LOCK = threading.Condition()
STATE = {"next": 1000, "updates": [], "sent": [], "answered": [], "mood": "well", "retry_after": 1, "last": None, "again": [],
         "all": [], "hook": None, "held": None, "tries": [], "problem": {}}
# How long an answer to what is brought is waited for, seconds; Telegram waits longer.
PATIENCE = 4


def person(chat):
    return {"id": chat, "is_bot": False, "first_name": "Клавдия", "language_code": "ru"}


def come(update):
    with LOCK:
        update["update_id"] = STATE["next"]
        STATE["next"] += 1
        STATE["updates"].append(update)
        STATE["all"].append(update)
        STATE["last"] = update
        LOCK.notify_all()
        if STATE["held"] is not None:
            STATE["held"].append(update)
            return
    bring_soon(update)


def bring_soon(update):
    if STATE["hook"]:
        threading.Thread(target=bring, args=(update,), daemon=True).start()


def bring(update):
    """Brings an update until it is answered 2xx."""
    pause = 0.2
    while True:
        hook = STATE["hook"]
        if hook is None or not set(update) & set(hook["types"]):
            return
        status = post(hook["url"], update, hook["secret"])
        with LOCK:
            STATE["tries"].append(status)
            if 200 <= status < 300:
                STATE["updates"] = [one for one in STATE["updates"] if one["update_id"] != update["update_id"]]
                return
            STATE["problem"] = {"last_error_date": int(time.time()),
                                "last_error_message": f"Wrong response from the webhook: {status}"}
        time.sleep(pause)
        pause = min(pause * 2, 2)


def post(url, update, secret):
    """The status of the answer, 0 without one."""
    request = urllib.request.Request(url, json.dumps(update).encode(), {"Content-Type": "application/json"})
    if secret is not None:
        request.add_header("X-Telegram-Bot-Api-Secret-Token", secret)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status
    except urllib.error.HTTPError as refusal:
        return refusal.code
    except OSError:
        return 0


def message(chat, **content):
    return {"message_id": STATE["next"], "from": person(chat), "date": int(time.time()),
            "chat": {"id": chat, "type": "private", "first_name": "Клавдия"}, **content}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body):
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def picture(self):
        self.send_response(200)
        self.send_header("Content-Type", "image/jpeg")
        self.send_header("Content-Length", str(len(PICTURE)))
        self.end_headers()
        self.wfile.write(PICTURE)

    def refuse(self, status, description, **more):
        self.answer(status, {"ok": False, "error_code": status, "description": description, **more})

    def do_GET(self):
        if self.path.startswith(f"/file/bot{TOKEN}/photos/"):
            return self.picture()
        if self.path == "/test/sent":
            with LOCK:
                return self.answer(200, {"sent": STATE["sent"], "answered": STATE["answered"]})
        if self.path == "/test/hooks":
            with LOCK:
                hooks = [STATE["hook"]["url"]] if STATE["hook"] else []
                return self.answer(200, {"hooks": hooks, "tries": STATE["tries"]})
        return self.refuse(404, "Not Found")

    def do_POST(self):
        length = int(self.headers.get("Content-Length", 0))
        asked = json.loads(self.rfile.read(length) or b"{}")
        if self.path.startswith("/test/"):
            return self.test(self.path[6:], asked)
        if not self.path.startswith(f"/bot{TOKEN}/"):
            return self.refuse(404, "Not Found")
        method = self.path.rsplit("/", 1)[1]
        mood = STATE["mood"]
        if mood == "busy":
            wait = STATE["retry_after"]
            return self.refuse(429, f"Too Many Requests: retry after {wait}", parameters={"retry_after": wait})
        if mood == "broken":
            return self.refuse(500, "Internal Server Error")
        if mood == "slow":
            time.sleep(3)
        if method == "getUpdates" and STATE["hook"]:
            return self.refuse(409, "Conflict: can't use getUpdates method while webhook is active")
        if method == "getUpdates":
            return self.updates(asked)
        if method == "setWebhook":
            return self.set_webhook(asked)
        if method == "deleteWebhook":
            STATE["hook"] = None
            return self.answer(200, {"ok": True, "result": True})
        if method == "getWebhookInfo":
            hook = STATE["hook"] or {"url": "", "types": []}
            told = {"url": hook["url"], "has_custom_certificate": False, "allowed_updates": hook["types"],
                    "pending_update_count": len(STATE["updates"]), **STATE["problem"]}
            return self.answer(200, {"ok": True, "result": told})
        if method == "sendMessage":
            if not isinstance(asked.get("chat_id"), int) or not 1 <= len(asked.get("text", "")) <= 4096:
                return self.refuse(400, "Bad Request: message text is empty or too long")
            for row in asked.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
                        return self.refuse(400, "Bad Request: BUTTON_DATA_INVALID")
            with LOCK:
                STATE["sent"].append(asked)
            sent = {"message_id": len(STATE["sent"]), "date": int(time.time()), "text": asked["text"],
                    "chat": {"id": asked["chat_id"], "type": "private"}}
            return self.answer(200, {"ok": True, "result": sent})
        if method == "getFile":
            path = f"photos/{asked['file_id']}.jpg"
            return self.answer(200, {"ok": True, "result": {"file_id": asked["file_id"], "file_unique_id": "u",
                                                            "file_size": len(PICTURE), "file_path": path}})
        if method == "answerCallbackQuery":
            with LOCK:
                STATE["answered"].append(asked["callback_query_id"])
            return self.answer(200, {"ok": True, "result": True})
        return self.refuse(404, "Not Found: method not found")

    def set_webhook(self, asked):
        url, secret = asked.get("url", ""), asked.get("secret_token")
        parts = urlsplit(url)
        reached = parts.scheme == "https" and parts.port in (None, 443, 80, 88, 8443) or parts.hostname == "127.0.0.1"
        if not reached or secret is not None and not re.fullmatch("[A-Za-z0-9_-]{1,256}", secret):
            return self.refuse(400, "Bad Request: bad webhook")
        with LOCK:
            STATE["hook"] = {"url": url, "secret": secret, "types": asked.get("allowed_updates") or ["message"]}
            waiting = list(STATE["updates"])
        for update in waiting:
            bring_soon(update)
        return self.answer(200, {"ok": True, "result": True, "description": "Webhook was set"})

    def updates(self, asked):
        until = time.monotonic() + min(int(asked.get("timeout", 0)), 2)
        with LOCK:
            if "offset" in asked:
                STATE["updates"] = [u for u in STATE["updates"] if u["update_id"] >= asked["offset"]]
            while not STATE["updates"] and not STATE["again"] and time.monotonic() < until:
                LOCK.wait(until - time.monotonic())
            again, STATE["again"] = STATE["again"], []
            return self.answer(200, {"ok": True, "result": again + STATE["updates"][: int(asked.get("limit", 100))]})

    def test(self, deed, asked):
        chat = asked.get("chat")
        if deed == "say":
            come({"message": message(chat, text=asked["text"])})
        elif deed == "press":
            query = {"id": f"q{STATE['next']}", "from": person(chat), "chat_instance": "1", "data": asked["code"],
                     "message": message(chat, text="…")}
            come({"callback_query": query})
        elif deed == "place":
            come({"message": message(chat, location={"latitude": asked["latitude"], "longitude": asked["longitude"]})})
        elif deed == "picture":
            sizes = [{"file_id": f"{size}-{STATE['next']}", "file_unique_id": "u", "width": size, "height": size}
                     for size in (90, 800)]
            come({"message": message(chat, photo=sizes)})
        elif deed == "repeat":
            with LOCK:
                STATE["again"].append(STATE["last"])
                LOCK.notify_all()
            bring_soon(STATE["last"])
        elif deed == "mood":
            STATE.update(asked)
        elif deed == "hold":
            STATE["held"] = []
        elif deed == "release":
            held, STATE["held"] = STATE["held"], None
            for update in reversed(held):
                bring_soon(update)
                time.sleep(0.1)
        elif deed == "again":
            for update in reversed(STATE["all"]):
                bring(update)
        elif deed == "forge":
            forged = {"update_id": 10**6, "message": message(chat, text=asked["text"])}
            status = post(STATE["hook"]["url"], forged, asked.get("secret"))
            return self.answer(200, {"statuses": [status]})
        elif deed == "forget":
            STATE["hook"] = None
        return self.answer(200, {})


server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2]) if len(sys.argv) > 2 else 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
