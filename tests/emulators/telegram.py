#!/usr/bin/env python3
"""Telegram as a bot sees it: the part of the Bot API that Okno speaks, over HTTP.

    tests/emulators/telegram.py TOKEN [PORT]

prints its port. `POST /bot<token>/getUpdates|sendMessage|answerCallbackQuery` answer as
https://core.telegram.org/bots/api says: updates stay until an offset above them is asked for, a wrong
token is 404 with ok=false, 429 comes with parameters.retry_after. Beside it a test speaks with it:
`POST /test/say {"chat","text"}`, `/test/press {"chat","code"}`, `/test/place {"chat","latitude",
"longitude"}`, `/test/picture`, `/test/repeat {}` (the last update comes again), `/test/mood {"mood","retry_after"}` (well,
busy: 429, broken: 500, slow: answers after 3 s), `GET /test/sent` (what the bot has sent)."""

import json
import pathlib
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOKEN = sys.argv[1]
# A photograph; its folder is that of the tests of the process.
PICTURE = (pathlib.Path(__file__).parents[2] / "crates/okno/tests/process/support/small.jpg").read_bytes()
LOCK = threading.Condition()
STATE = {"next": 1000, "updates": [], "sent": [], "answered": [], "mood": "well", "retry_after": 1, "last": None, "again": []}


def person(chat):
    return {"id": chat, "is_bot": False, "first_name": "Клавдия", "language_code": "ru"}


def come(update):
    with LOCK:
        update["update_id"] = STATE["next"]
        STATE["next"] += 1
        STATE["updates"].append(update)
        STATE["last"] = update
        LOCK.notify_all()


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
        if method == "getUpdates":
            return self.updates(asked)
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
        elif deed == "mood":
            STATE.update(asked)
        self.answer(200, {})


server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2]) if len(sys.argv) > 2 else 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
