#!/usr/bin/env python3
"""VKontakte for tests: a community with a wall, spoken to as the real one is (API 5.199, Callback API).

    tests/emulators/vk.py PORT --group 7 --token T --state FILE [--callback URL --secret S]

Methods: wall.post, wall.getComments, wall.getReposts, wall.getById, wall.createComment, users.get,
messages.send; a POST of a form with `access_token` and `v`, answered `{"response": …}` or
`{"error": {"error_code": …}}`. The wall is kept in FILE, so that a second start finds it. What people
do is asked for at /people/…, which the real one does not have: `comment`, `repost`, `post`, `message`,
`confirm`, `trouble` (the next N calls are answered with an error), `lost` (the next N calls are done and
their answers get lost), `quiet` (events get lost) and `wall` (all there is).
"""

import argparse
import json
import threading
import time
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ERRORS = {1: "Unknown error occurred", 5: "User authorization failed: invalid access_token (4).",
          6: "Too many requests per second", 9: "Flood control", 14: "Captcha needed",
          15: "Access denied", 100: "One of the parameters specified was missing or invalid"}
PEOPLE = {11: ("Клавдия", "Подснежникова"), 12: ("Борис", "Борисов")}


class Refused(Exception):
    def __init__(self, code):
        self.code = code


class Wall:
    """What stands on the wall, and what was said where."""

    def __init__(self, arguments):
        self.arguments, self.lock = arguments, threading.RLock()
        self.kept = {"next": 1, "posts": {}, "guids": {}, "messages": [], "calls": {}}
        self.trouble, self.lost, self.quiet, self.answers = [], 0, False, []
        try:
            with open(arguments.state, encoding="utf-8") as file:
                self.kept = json.load(file)
        except FileNotFoundError:
            pass

    def keep(self):
        with open(self.arguments.state, "w", encoding="utf-8") as file:
            json.dump(self.kept, file, ensure_ascii=False)

    def number(self):
        self.kept["next"] += 1
        return self.kept["next"]

    def post(self, form):
        return self.kept["posts"].get(str(form.get("post_id")))

    def call(self, method, form):
        with self.lock:
            self.kept["calls"][method] = self.kept["calls"].get(method, 0) + 1
            if form.get("access_token") != self.arguments.token:
                raise Refused(5)
            if "v" not in form:
                raise Refused(100)
            if self.trouble:
                raise Refused(self.trouble.pop(0))
            answer = getattr(self, method.replace(".", "_"), None)
            if answer is None:
                raise Refused(100)
            said = answer(form)
            self.keep()
            return said

    def own(self, form):
        if int(form.get("owner_id", 0)) != -self.arguments.group:
            raise Refused(15)

    # Methods of the API, by the names of the real ones.

    def wall_post(self, form):
        self.own(form)
        if not form.get("message"):
            raise Refused(100)
        known = self.kept["guids"].get("post:" + form.get("guid", ""))
        if known:
            return {"post_id": known}
        number = self.number()
        self.kept["posts"][str(number)] = {
            "id": number, "text": form["message"], "date": int(time.time()), "comments": [], "reposts": []}
        if form.get("guid"):
            self.kept["guids"]["post:" + form["guid"]] = number
        return {"post_id": number}

    def wall_createComment(self, form):
        self.own(form)
        post = self.post(form)
        if post is None or not form.get("message"):
            raise Refused(100)
        known = self.kept["guids"].get("comment:" + form.get("guid", ""))
        if known:
            return {"comment_id": known, "parents_stack": []}
        comment = self.comment(post, -self.arguments.group, form["message"], form.get("reply_to_comment"))
        if form.get("guid"):
            self.kept["guids"]["comment:" + form["guid"]] = comment["id"]
        return {"comment_id": comment["id"], "parents_stack": []}

    def comment(self, post, person, text, to=None):
        comment = {"id": self.number(), "from_id": person, "date": int(time.time()), "text": text,
                   "post_id": post["id"], "owner_id": -self.arguments.group, "parents_stack": []}
        if to:
            comment["reply_to_comment"] = int(to)
        post["comments"].append(comment)
        return comment

    def wall_getComments(self, form):
        self.own(form)
        post = self.post(form)
        if post is None:
            raise Refused(100)
        top = [one for one in post["comments"] if "reply_to_comment" not in one]
        if form.get("sort") == "desc":
            top.reverse()
        start, count = int(form.get("offset", 0)), min(int(form.get("count", 10)), 100)
        items = []
        for one in top[start:start + count]:
            answers = [each for each in post["comments"] if each.get("reply_to_comment") == one["id"]]
            depth = int(form.get("thread_items_count", 0))
            items.append(one | {"thread": {"count": len(answers), "items": answers[:depth]}})
        return {"count": len(post["comments"]), "items": items, "current_level_count": len(top),
                "can_post": True} | self.profiles(items, form)

    def profiles(self, items, form):
        if form.get("extended") != "1":
            return {}
        people = {one["from_id"] for one in items if one["from_id"] in PEOPLE}
        return {"profiles": [self.person(one) for one in sorted(people)], "groups": []}

    @staticmethod
    def person(number):
        first, last = PEOPLE.get(number, ("DELETED", ""))
        return {"id": number, "first_name": first, "last_name": last}

    def wall_getReposts(self, form):
        self.own(form)
        post = self.post(form)
        if post is None:
            raise Refused(100)
        return {"items": post["reposts"], "profiles": [], "groups": []}

    def wall_getById(self, form):
        items = []
        for name in form.get("posts", "").split(","):
            owner, _, number = name.partition("_")
            post = self.kept["posts"].get(number)
            if post and int(owner) == -self.arguments.group:
                items.append({"id": post["id"], "owner_id": int(owner), "from_id": int(owner),
                              "date": post["date"], "text": post["text"],
                              "comments": {"count": len(post["comments"])}, "likes": {"count": 3},
                              "reposts": {"count": len(post["reposts"])}, "views": {"count": 42}})
        return {"items": items}

    def users_get(self, form):
        return [self.person(int(one)) for one in form.get("user_ids", "").split(",") if one]

    def messages_send(self, form):
        guid = "message:" + form.get("random_id", "")
        if guid not in self.kept["guids"]:
            self.kept["guids"][guid] = self.number()
            self.kept["messages"].append({"peer_id": int(form["peer_id"]), "text": form["message"]})
        return self.kept["guids"][guid]

    # What people do.

    def people(self, deed, asked):
        with self.lock:
            said = getattr(self, "people_" + deed)(asked)
            self.keep()
            return said

    def people_comment(self, asked):
        post = self.kept["posts"][str(asked["post"])]
        comment = self.comment(post, asked.get("person", 11), asked["text"])
        event = {key: value for key, value in comment.items() if key != "owner_id"}
        self.tell("wall_reply_new", event | {"post_owner_id": -self.arguments.group}, asked.get("times", 1))
        return comment

    def people_repost(self, asked):
        post = self.kept["posts"][str(asked["post"])]
        person = asked.get("person", 12)
        copy = {"id": self.number(), "owner_id": person, "to_id": person, "from_id": person, "date": int(time.time()),
                "text": asked.get("text", ""), "post_type": "post",
                "copy_history": [{"id": post["id"], "owner_id": -self.arguments.group,
                                  "from_id": -self.arguments.group, "text": post["text"]}]}
        post["reposts"].append(copy)
        self.tell("wall_repost", copy)
        return copy

    def people_message(self, asked):
        person = asked.get("person", 12)
        message = {"id": 0, "date": int(time.time()), "peer_id": person, "from_id": person,
                   "conversation_message_id": self.number(), "text": asked["text"], "attachments": []}
        self.tell("message_new", {"message": message, "client_info": {"lang_id": 0}})
        return message

    def people_confirm(self, _):
        return {"answer": self.send({"type": "confirmation", "group_id": self.arguments.group})}

    def people_trouble(self, asked):
        self.trouble = [asked["code"]] * asked["times"]
        return {}

    def people_lost(self, asked):
        self.lost = asked["times"]
        return {}

    def people_quiet(self, asked):
        self.quiet = asked["quiet"]
        return {}

    def people_wall(self, _):
        return self.kept | {"answers": self.answers}

    def tell(self, kind, happened, times=1):
        event = {"type": kind, "event_id": f"e{self.number()}", "v": "5.199", "object": happened,
                 "group_id": self.arguments.group, "secret": self.arguments.secret}
        for _ in range(0 if self.quiet or not self.arguments.callback else times):
            self.answers.append(self.send(event))

    def send(self, event):
        request = urllib.request.Request(
            self.arguments.callback, json.dumps(event).encode(), {"content-type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.read().decode()
        except OSError as error:
            return f"error {error}"


class Door(BaseHTTPRequestHandler):
    wall = None

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
        if self.path.startswith("/people/"):
            return self.answer(self.wall.people(self.path[len("/people/"):], json.loads(body or "{}")))
        method = self.path.partition("/method/")[2].partition("?")[0]
        try:
            said = self.wall.call(method, dict(urllib.parse.parse_qsl(body)))
            if self.wall.lost > 0 and method != "users.get":
                self.wall.lost -= 1
                self.close_connection = True
                return
            self.answer({"response": said})
        except Refused as refused:
            self.answer({"error": {"error_code": refused.code, "error_msg": ERRORS.get(refused.code, "error"),
                                   "request_params": [{"key": "method", "value": method}]}})

    def answer(self, said):
        body = json.dumps(said, ensure_ascii=False).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json; charset=utf-8")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("--group", type=int, required=True)
    parser.add_argument("--token", required=True)
    parser.add_argument("--state", required=True)
    parser.add_argument("--callback", default="")
    parser.add_argument("--secret", default="")
    Door.wall = Wall(parser.parse_args())
    ThreadingHTTPServer(("127.0.0.1", Door.wall.arguments.port), Door).serve_forever()


if __name__ == "__main__":
    main()
