"""Chooses, by a fixed seed, the rows of the appeals that are labelled by reading them.

Prints the chosen rows with their texts for the labeller alone: nothing it prints is kept in the
project. What is kept are the files of labels, which hold ids.

    python3 choose.py promises|questions|alike|gaming [--seed 59] [--data FOLDER]

Half-blind strata keep rare things in a hundred rows: a plain sample of answers has next to no
promises. Each stratum is named in the labels, so that the figures can be told apart.
"""

import argparse
import collections
import csv
import gzip
import html
import math
import random
import re
from datetime import datetime
from pathlib import Path

WORD = re.compile(r"[а-яёa-z0-9]+")
# Anything that may speak of a day; far wider than what a detector should find.
DAYS = re.compile(
    r"\d{1,2}\.\d{1,2}|январ|феврал|март|апрел|\bма[йея]\b|июн|июл|август|сентябр|октябр|ноябр|декабр"
    r"|квартал|весн|осен|зимн|летн|рабочих дн|календарных дн|до конца|в течение|в срок|недел",
    re.I,
)

# Anything that may list; again far wider than a detector should be.
LISTING = re.compile(
    r"\b[12][.)]\s|во-перв|во-втор|перв(?:ое|ый вопрос)|втор(?:ое|ой вопрос)|также|так же|кроме того|помимо"
    r"|ещ[её]|а ещ|заодно|дополнительно|отдельно",
    re.I,
)


# Beside the project, as for every measurement on real rows.
DATA = Path(__file__).resolve().parents[4] / "shared/data/appeals"


def rows(data, name):
    csv.field_size_limit(10_000_000)
    with gzip.open(data / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def plain(text):
    return " ".join(html.unescape(text).lower().replace("ё", "е").split())


def once(items, text):
    """Drops word-for-word repeats, keeping the first."""
    seen = set()
    for item in items:
        key = plain(text(item))
        if len(key) >= 3 and key not in seen:
            seen.add(key)
            yield item


def drawn(chance, strata):
    """Draws the asked number from each stratum, none twice."""
    taken = set()
    for name, items, number in strata:
        left = sorted((item for item in items if item["id"] not in taken), key=lambda one: int(one["id"]))
        for item in chance.sample(left, number):
            taken.add(item["id"])
            yield name, item


def promises(data, chance):
    created = {one["id"]: one for one in rows(data, "appeals")}
    every = list(once(rows(data, "answers"), lambda one: one["answer"]))
    with_days = [one for one in every if DAYS.search(one["answer"])]
    for stratum, one in drawn(chance, [("any", every, 40), ("days", with_days, 60)]):
        print(f"### {one['id']} {stratum} answered {created[one['id']]['answered'][:10]}\n{html.unescape(one['answer'])}\n")


def questions(data, chance):
    every = list(once(rows(data, "appeals"), lambda one: one["text"]))
    long = [one for one in every if len(one["text"]) >= 350]
    # Most letters here hold one matter: those with a word of listing are looked at besides.
    listing = [one for one in every if len(one["text"]) >= 150 and LISTING.search(one["text"])]
    for stratum, one in drawn(chance, [("any", every, 40), ("long", long, 60), ("listing", listing, 40)]):
        print(f"### {one['id']} {stratum} [{one['reason']}]\n{html.unescape(one['text'])}\n")


def metres(a, b):
    mean = math.radians((a[0] + b[0]) / 2)
    return math.hypot((a[0] - b[0]) * 111_195, (a[1] - b[1]) * 111_195 * math.cos(mean))


def alike(data, chance):
    """Pairs within 300 m and 30 days of one another, in three bands of common words."""
    every = []
    for one in rows(data, "appeals"):
        words = frozenset(WORD.findall(plain(one["text"])))
        if len(words) >= 4 and one["lat"] and one["lon"]:
            at = datetime.fromisoformat(one["created"])
            every.append((one, words, (float(one["lat"]), float(one["lon"])), at))
    cells = collections.defaultdict(list)
    bands = {"little": [], "some": [], "much": [], "word": []}
    for here in every:
        cell = (int(here[2][0] * 300), int(here[2][1] * 150))
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                for there in cells[cell[0] + dx, cell[1] + dy]:
                    if abs((here[3] - there[3]).days) > 30 or metres(here[2], there[2]) > 300:
                        continue
                    share = len(here[1] & there[1]) / len(here[1] | there[1])
                    if plain(here[0]["text"]) == plain(there[0]["text"]):
                        if metres(here[2], there[2]) <= 60:
                            bands["word"].append((there, here, share))
                    elif share >= 0.12:
                        band = "little" if share < 0.3 else "some" if share < 0.6 else "much"
                        bands[band].append((there, here, share))
        cells[cell].append(here)
    # Pairs of one matter are rare: those at one spot and of one reason are looked at besides.
    every = bands["little"] + bands["some"] + bands["much"]
    bands["spot"] = [
        (a, b, share)
        for a, b, share in every
        if metres(a[2], b[2]) <= 30 and a[0]["reason"] == b[0]["reason"] and share >= 0.25
    ]
    for band, number in (("little", 40), ("some", 30), ("much", 30), ("spot", 40), ("word", 20)):
        for a, b, share in chance.sample(bands[band], number):
            print(f"### {a[0]['id']} {b[0]['id']} {band} {share:.2f}, {metres(a[2], b[2]):.0f} m, {(b[3] - a[3]).days} d")
            for one in (a[0], b[0]):
                print(f"[{one['reason']}] {one['address']}: {html.unescape(one['text'])}")
            print()


def gaming(data, chance):
    """Cases that were redirected at least once, and as many that were not."""
    events = collections.defaultdict(list)
    for one in rows(data, "timeline"):
        events[one["id"]].append((one["at"], one["status"]))
    sent = collections.defaultdict(list)
    for one in rows(data, "reroutes"):
        sent[one["id"]].append(one)
    every = [one for one in rows(data, "appeals") if one["id"] in events]
    often = [one for one in every if len(sent[one["id"]]) >= 2]
    some = [one for one in every if len(sent[one["id"]]) == 1]
    for stratum, one in drawn(chance, [("often", often, 35), ("once", some, 35), ("any", every, 30)]):
        print(f"### {one['id']} {stratum} n_answers {one['n_answers']} final {one['final_status']}")
        lines = [(at, status) for at, status in events[one["id"]]]
        lines += [(r["at"], f"  -> {r['from']} => {r['to']} ({r['old_deadline']} => {r['new_deadline']})") for r in sent[one["id"]]]
        for at, said in sorted(lines):
            print(at[:16], said)
        print()


def main():
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("what", choices=["promises", "questions", "alike", "gaming"])
    asked.add_argument("--seed", type=int, default=59)
    asked.add_argument("--data", type=Path, default=DATA)
    asked = asked.parse_args()
    globals()[asked.what](asked.data, random.Random(f"{asked.what} {asked.seed}"))


if __name__ == "__main__":
    main()
