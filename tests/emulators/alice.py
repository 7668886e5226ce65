#!/usr/bin/env python3
"""Yandex Dialogs with a person before it: sends what is said to a skill's address as Alice does, by the
protocol 1.0, and holds the answer against what the protocol asks.

    tests/emulators/alice.py URL     each line of standard input is said: {"say": "…"} or {"press": "…"} (a
                                     button by its words), {"again": true} (the same request once more),
                                     {"ping": true}; each line of standard output is an answer with "took"

Ends with 1 when an answer is late or is none. Imported, `Person` is the same for a program."""

import json
import sys
import time
import urllib.error
import urllib.request
import uuid


class Person:
    """Somebody who talks with Alice."""

    def __init__(self, url, screen=True):
        self.url, self.session, self.message = url, str(uuid.uuid4()), 0
        self.screen, self.buttons, self.state, self.last = screen, [], {}, None

    def post(self, asked):
        body = json.dumps(asked).encode()
        request = urllib.request.Request(self.url, body, {"Content-Type": "application/json"})
        began = time.monotonic()
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                status, text = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return {"status": error.code}
        took = time.monotonic() - began
        told = json.loads(text)
        response = told["response"]
        assert status == 200 and told["version"] == "1.0", told
        assert 1 <= len(response["text"]) <= 1024, "a text of 1 to 1024 characters"
        assert len(response.get("tts", "")) <= 1024 and isinstance(response["end_session"], bool), told
        assert "http" not in response.get("tts", ""), "no address is read aloud"
        for button in response.get("buttons", []):
            assert 1 <= len(button["title"]) <= 64, button
            assert len(json.dumps(button.get("payload", {})).encode()) <= 4096, button
        assert took < 3, f"Alice waits three seconds, this took {took:.1f}"
        self.buttons, self.state = response.get("buttons", []), told.get("session_state", {})
        return {"status": status, "took": took, **response}

    def request(self, spoken):
        self.last = {
            "meta": {"locale": "ru-RU", "timezone": "Europe/Moscow", "client_id": "ru.yandex.searchplugin/7.16",
                     "interfaces": {"screen": {}} if self.screen else {}},
            "session": {"message_id": self.message, "session_id": self.session, "skill_id": "okno-skill",
                        "user": {"user_id": "U1"}, "application": {"application_id": "A1"}, "user_id": "A1",
                        "new": self.message == 0},
            "request": spoken, "state": {"session": self.state, "user": {}, "application": {}}, "version": "1.0",
        }
        self.message += 1
        return self.post(self.last)

    def call(self):
        """Calls the skill."""
        return self.request({"command": "", "original_utterance": "запусти навык окно", "type": "SimpleUtterance",
                             "nlu": {"tokens": [], "entities": [], "intents": {}}, "markup": {"dangerous_context": False}})

    def say(self, words):
        command = words.lower().strip(".!?")
        return self.request({"command": command, "original_utterance": words, "type": "SimpleUtterance",
                             "nlu": {"tokens": command.split(), "entities": [], "intents": {}},
                             "markup": {"dangerous_context": False}})

    def press(self, title):
        button = next(button for button in self.buttons if button["title"] == title)
        return self.request({"type": "ButtonPressed", "payload": button["payload"],
                             "nlu": {"tokens": [], "entities": [], "intents": {}}})

    def again(self):
        return self.post(self.last)

    def ping(self):
        return self.request({"command": "", "original_utterance": "ping", "type": "SimpleUtterance"})


if __name__ == "__main__":
    person = Person(sys.argv[1])
    for line in sys.stdin:
        asked = json.loads(line)
        if "say" in asked:
            told = person.say(asked["say"]) if person.message else person.call()
        elif "press" in asked:
            told = person.press(asked["press"])
        elif asked.get("again"):
            told = person.again()
        else:
            told = person.ping()
        print(json.dumps(told, ensure_ascii=False), flush=True)
