#!/usr/bin/env python3
"""Social networks: Okno beside a community of VKontakte (tests/emulators/vk.py), which loses answers,
goes down and comes back; and Okno killed in between. `tests/networks.py FOLDER` works in FOLDER and
needs OKNO_BIN; OKNO_DATABASE_URL makes it PostgreSQL. Ends with 0 when everything held."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time

from objects import Browser as Guest, check, free_port, wait

FOLDER = os.path.abspath(sys.argv[1])
OKNO = os.environ.get("OKNO_BIN", "target/debug/okno")
EMULATOR = os.path.join(os.path.dirname(os.path.abspath(__file__)), "emulators", "vk.py")
GROUP, TOKEN, SECRET, CONFIRMATION = 7, "vk1.a.testing", "a secret of events", "c0nf1rm"


class Browser(Guest):
    """Somebody who may sign in and ask the interface."""

    def json(self, method, path, body=None):
        body = json.dumps(body) if body else None
        status, _, content = self.send(method, path, body, "application/json")
        return status, json.loads(content) if content else None

    def items(self):
        return self.json("GET", "/api/v1/reception/network-items?limit=100")[1]["items"]

    def posts(self):
        return self.json("GET", "/api/v1/admin/network-posts")[1]["items"]


class World:
    """Okno and the network."""

    def __init__(self):
        os.makedirs(FOLDER, exist_ok=True)
        self.port, self.network = free_port(), free_port()
        self.okno = self.emulator = None
        with open(os.path.join(FOLDER, "okno.toml"), "w", encoding="utf-8") as file:
            file.write(f'[vk]\nurl = "http://127.0.0.1:{self.network}"\ngroup = {GROUP}\n'
                       f'confirmation = "{CONFIRMATION}"\npoll_seconds = 2\n')

    def start_network(self):
        self.emulator = subprocess.Popen(
            [sys.executable, EMULATOR, str(self.network), "--group", str(GROUP), "--token", TOKEN, "--state",
             os.path.join(FOLDER, "wall.json"), "--secret", SECRET, "--callback",
             f"http://127.0.0.1:{self.port}/channels/vk"])
        wait("the network", lambda: self.people("wall"))

    def stop_network(self):
        self.emulator.kill()
        self.emulator.wait()

    def start_okno(self):
        log = open(os.path.join(FOLDER, "okno.log"), "ab")
        environment = dict(os.environ, OKNO_VK_TOKEN=TOKEN, OKNO_VK_SECRET=SECRET)
        self.okno = subprocess.Popen(
            [OKNO, "serve", "--config", os.path.join(FOLDER, "okno.toml"), "--data", os.path.join(FOLDER, "data"),
             "--listen", f"127.0.0.1:{self.port}"],
            cwd=FOLDER, env=environment, stdout=log, stderr=log)
        wait("Okno", lambda: Browser(self.port).get("/readyz")[0] == 200)

    def people(self, deed, **asked):
        link = http.client.HTTPConnection("127.0.0.1", self.network, timeout=30)
        link.request("POST", f"/people/{deed}", json.dumps(asked))
        return json.loads(link.getresponse().read())

    def enter(self, name):
        with open(os.path.join(FOLDER, "okno.log"), encoding="utf-8") as file:
            said = re.search(rf"demo sign-in: ({name}@\S+) / (\S+)", file.read())
        browser = Browser(self.port)
        status, *_ = browser.post("/sign-in", {"email": said[1], "password": said[2]})
        if status != 303:
            sys.exit(f"{name} did not get in: {status}")
        return browser

    def comments(self, post):
        return self.people("wall")["posts"][str(post)]["comments"]

    def ours(self, post):
        return [one for one in self.comments(post) if one["from_id"] == -GROUP]


def event(port, **changes):
    """An event of the network, as it comes; the status."""
    body = {"type": "wall_reply_new", "event_id": "x", "v": "5.199", "group_id": GROUP, "secret": SECRET,
            "object": {"id": 900, "from_id": 11, "date": 1, "text": "Кто починит фонарь у школы на Садовой?",
                       "post_id": 800, "post_owner_id": -GROUP}} | changes
    return Browser(port).send("POST", "/channels/vk", json.dumps(body), "application/json")


def main():
    world = World()
    world.start_network()
    world.start_okno()
    try:
        story(world)
    finally:
        world.okno.send_signal(signal.SIGTERM)
        world.okno.wait(60)
        world.stop_network()
    with open(os.path.join(FOLDER, "okno.log"), encoding="utf-8") as file:
        log = file.read()
    check(TOKEN not in log and SECRET not in log and "Подснежникова" not in log,
          "the log holds neither token nor secret nor a name of anybody")


def answer(world, number):
    """Somebody takes the case, and a head agrees to the answer."""
    at = f"/api/v1/desk/cases/{number}"
    for unit, head in (("reception", "head"), ("digital", "digital.head")):
        specialist = world.enter(unit)
        if specialist.json("POST", f"{at}/taking")[0] == 200:
            break
    else:
        sys.exit("nobody may take the case")
    specialist.json("POST", f"{at}/work")
    words = {"outcome": "explained", "text": "Фонарь у школы починят до пятницы, спасибо, что написали."}
    specialist.json("PUT", f"{at}/draft", words)
    specialist.json("POST", f"{at}/agreement-request")
    check(world.enter(head).json("POST", f"{at}/agreement")[0] == 200, "the case is answered")


def story(world):
    admin, operator = world.enter("admin"), world.enter("operator")
    check(world.people("confirm")["answer"] == CONFIRMATION, "the address of events is confirmed")
    check(event(world.port, secret="another")[0] == 403, "an event with a wrong secret is refused")
    check(event(world.port, secret="")[0] == 403, "and one without any")
    check(event(world.port, group_id=8)[0] == 403, "and one of another community")
    check(Browser(world.port).send("POST", "/channels/vk", "no json", "application/json")[0] == 400,
          "what is no event is refused")
    check(operator.items() == [], "and nothing of it is kept")

    # A notice, whose first answer gets lost.
    world.people("lost", times=1)
    status, _, page = admin.post("/admin/networks", {"service": "proposal", "act": "preview", "words": "Пишите нам"})
    check(status == 200 and "/services/proposal" in page.decode(), "a notice is seen as it will stand")
    status, *_ = admin.post("/admin/networks", {"service": "proposal", "act": "publish", "words": "Предлагайте!"})
    check(status == 303, "a notice is taken")
    wait("the notice", lambda: admin.posts()[0]["state"] == "published")
    wall = world.people("wall")
    check(len(wall["posts"]) == 1 and wall["calls"]["wall.post"] == 2,
          "a notice whose answer got lost is asked for again and stands once")
    post = next(iter(wall["posts"]))
    check("/services/proposal" in wall["posts"][post]["text"], "with the way to the service")

    # A notice while the network is down, and Okno is killed.
    world.stop_network()
    admin.post("/admin/networks", {"service": "complaint", "act": "publish", "words": "Второе"})
    wait("the trouble", lambda: admin.posts()[0]["problem"] == "away")
    check("Сеть не отвечает" in admin.get("/admin/networks")[2].decode(), "the editor reads that the network is away")
    world.okno.kill()
    world.okno.wait()
    world.start_network()
    world.start_okno()
    wait("the second notice", lambda: admin.posts()[0]["state"] == "published")
    check(len(world.people("wall")["posts"]) == 2, "after kill -9 and a pause it stands once as well")

    # Comments.
    world.people("comment", post=post, text="Когда починят фонарь у школы на улице Садовой?", times=3)
    filed = wait("the case", lambda: [one for one in operator.items() if one["state"] == "filed"])
    check(world.people("wall")["answers"][-3:] == ["ok"] * 3, "each repeat of an event is answered ok")
    check(len(operator.items()) == 1 and filed[0]["case"], "a comment that came three times is one case")
    check(filed[0]["name"] == "Клавдия Подснежникова", "whoever wrote it is named to the operator")
    wait("the number under the comment", lambda: world.ours(post))
    time.sleep(3)
    said = world.ours(post)
    check(len(said) == 1 and filed[0]["case"] in said[0]["text"], "the number is told under it, once")
    check("Клавдия" not in said[0]["text"] and "\u2068" not in said[0]["text"], "and nothing else of it")

    answer(world, filed[0]["case"])
    wait("the news of the answer", lambda: len(world.ours(post)) == 2)
    time.sleep(3)
    said = world.ours(post)
    check(len(said) == 2 and "готов" in said[1]["text"] and "пятницы" not in said[1]["text"],
          "that the answer is there is told too, once, and nothing of what it says")

    world.people("comment", post=post, text="Спасибо!")
    world.people("comment", post=post, text="🔥🔥🔥", person=12)
    world.people("repost", post=post, text="Посмотрите")
    wait("the rest", lambda: sum(one["state"] == "counted" for one in operator.items()) == 3)
    verdicts = sorted(one["verdict"] for one in operator.items() if one["state"] == "counted")
    check(verdicts == ["noise", "repost", "short"], f"nods, pictures and reposts are counted alone: {verdicts}")

    # What no event told.
    world.people("quiet", quiet=True)
    world.people("comment", post=post, person=12, text="Во дворе дома 7 третий день нет горячей воды")
    wait("what was missed", lambda: sum(one["state"] == "filed" for one in operator.items()) == 2)
    check(True, "a comment whose event got lost is found by asking")
    world.people("quiet", quiet=False)
    world.people("message", text="Подскажите, пожалуйста, когда откроется приёмная в декабре")
    wait("the message", lambda: world.people("wall")["messages"])
    check(sum(one["state"] == "filed" for one in operator.items()) == 3, "a message to the community is a case too")
    world.people("comment", post=post, person=12, text="На Заречной 3 открытый люк, ребёнок чуть не упал")
    wait("the word of 112", lambda: any("112" in one["text"] for one in world.ours(post)))
    check(sum("112" in one["text"] for one in world.ours(post)) == 1,
          "whoever writes of a danger is told of 112, and nobody else")

    # Deeds of a person.
    page = operator.get("/reception/networks")[2].decode()
    check("Завести обращение" in page and "Оставить" in page, "the operator sees what can be done")
    short = next(one for one in operator.items() if one["verdict"] == "short")
    noise = next(one for one in operator.items() if one["verdict"] == "noise")
    check(operator.post(f"/reception/networks/{short['id']}/file", {})[0] == 303, "a short one is filed by hand")
    status, _, page = operator.post(f"/reception/networks/{noise['id']}/leave", {"reason": ""})
    check(status == 422 and b'<details open>' in page and b'id="f-reason"' in page,
          "nothing is left without a reason, which is asked for where it lacks")
    check(operator.post(f"/reception/networks/{noise['id']}/leave", {"reason": "Картинки"})[0] == 303,
          "a picture is left with one")
    states = {one["id"]: one for one in operator.items()}
    check(states[short["id"]]["state"] == "filed" and states[noise["id"]]["reason"] == "Картинки", "and so it stands")
    check(admin.get("/reception/networks")[0] == 403, "administrators are no operators")
    check(operator.get("/admin/networks")[0] == 403, "operators write no notices")
    wait("the counts", lambda: admin.posts()[1]["reposts"] == 1 and admin.posts()[1]["views"] == 42)
    check(admin.posts()[1]["comments"] >= 4, "the editor sees how the notice is met")

    # A notice for another day is taken back.
    status, made = admin.json("POST", "/api/v1/admin/network-posts", {
        "service": "proposal", "words": "Завтра",
        "publish_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 86400))})
    check(status == 201 and made["state"] == "planned", "a notice is planned by a program")
    address = f"/api/v1/admin/network-posts/{made['id']}/withdrawal"
    check(admin.json("POST", address)[1]["state"] == "withdrawn", "and taken back")
    check(admin.json("POST", address)[0] == 409, "once")
    world.people("trouble", code=6, times=2)
    admin.post("/admin/networks", {"service": "complaint", "act": "publish", "words": "Третье"})
    wait("the third notice", lambda: admin.posts()[0]["state"] == "published")
    check(len(world.people("wall")["posts"]) == 3, "a network that asks to wait is waited for")


if __name__ == "__main__":
    main()
