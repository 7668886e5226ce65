#!/usr/bin/env python3
"""Replays the re-routes of a portal's appeals and says by which rule their new deadlines were set.

  python3 docs/reroutes.py FOLDER [--calendars FOLDER]

FOLDER holds `reroutes.csv.gz`, `reclassified.csv.gz`, `appeals.csv.gz` and `timeline.csv.gz`, the tables that
`okno import appeals` reads. The calendars are the product's own. Needs Python 3.11 alone. What it prints are counts;
no row, unit, subject or text of the set is shown. docs/reroutes.md tells what was found."""

import argparse
import csv
import gzip
import itertools
import os
import statistics
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

HERE = os.path.dirname(os.path.abspath(__file__))
CALENDARS = os.path.join(HERE, "..", "crates", "law", "data", "calendars")
YEARS = range(2020, 2023)
DAY = timedelta(days=1)
# The governor's order of 21.12.2020: Saturday the 26th is worked instead of Thursday the 31st. Deadlines were still
# set for the 31st on the 23rd.
CITY_KNOWN = date(2020, 12, 24)
CITY_WORKS, CITY_RESTS = date(2020, 12, 26), date(2020, 12, 31)
# An old deadline that lies further ahead than the term and these working days was put off, not counted.
LONGEST_WAIT = 3
LEARNED_BEFORE = date(2021, 1, 1)
LAW_DAYS = 30
BANDS = ((0, 9), (9, 10), (10, 11), (11, 12), (12, 13), (13, 14), (14, 15), (15, 16), (16, 17), (17, 18), (18, 24))


class Calendar:
    """Working days, each with its place in the row of them, so that counting is a subtraction."""

    def __init__(self, folder, decrees_rest, city):
        self.rests, self.works = set(), set()
        for year in YEARS:
            with open(os.path.join(folder, f"{year}.toml"), "rb") as file:
                self.take(tomllib.load(file), decrees_rest)
        if city:
            self.works.add(CITY_WORKS)
            self.rests.add(CITY_RESTS)
        self.days, self.place = [], {}
        day = date(YEARS[0], 1, 1)
        while day.year in YEARS:
            if self.is_working(day):
                self.days.append(day)
            self.place[day] = len(self.days)
            day += DAY

    def take(self, year, decrees_rest):
        groups = year["holiday"] + (year.get("decree", []) if decrees_rest else [])
        self.rests |= {date.fromisoformat(day) for group in groups for day in group["days"]}
        self.rests |= {date.fromisoformat(move["on"]) for move in year["moved"]}
        self.works |= {date.fromisoformat(day) for day in year["working_weekends"]}

    def is_working(self, day):
        return day in self.works or (day.weekday() < 5 and day not in self.rests)

    def after(self, day, count):
        """The working day that is `count` of them after the day (before it when negative)."""
        return self.days[self.place[day] - 1 + count]

    def between(self, start, end):
        """Working days after `start` up to `end`."""
        return self.place[end] - self.place[start]


@dataclass
class Reroute:
    case: str
    sender: str
    receiver: str
    at: datetime
    old: date
    new: date
    reason: str
    created: date
    turn: int
    is_chained: bool
    is_followed: bool


@dataclass(frozen=True)
class Rule:
    """The new deadline is N working days after the day that the re-route counts for. N is one per reason."""

    terms: tuple = (5, 10, 15, 20, 30)
    decrees_rest: bool = True
    city: bool = False
    # Before this hour of a working day the re-route counts for that day, otherwise for the next working one.
    same_day_before: int = 0
    hours_ahead: int = 0
    is_later: bool = False


LADDER = [("the next working day + N, N of 5, 10, 15, 20, 30", Rule())]
for words, change in (
    ("… and N of 3", {"terms": (3, 5, 10, 15, 20, 30)}),
    ("… and days made non-working by decree are working days", {"decrees_rest": False}),
    ("… and 31.12.2020 rests, 26.12.2020 is worked", {"city": True}),
    ("… and before 10:00 of a working day: that day + N", {"same_day_before": 10}),
    ("… and at least a working day later than the old deadline", {"is_later": True}),
):
    LADDER.append((words, replace(LADDER[-1][1], **change)))
BEST = LADDER[-1][1]


class Replay:
    """The re-routes under a rule."""

    def __init__(self, calendars, rule):
        self.rule = rule
        self.plain = Calendar(calendars, rule.decrees_rest, city=False)
        self.with_city = Calendar(calendars, rule.decrees_rest, city=True) if rule.city else self.plain

    def calendar(self, reroute):
        return self.with_city if reroute.at.date() >= CITY_KNOWN else self.plain

    def counts_for(self, reroute):
        calendar, at = self.calendar(reroute), reroute.at + timedelta(hours=self.rule.hours_ahead)
        is_same = calendar.is_working(at.date()) and at.hour < self.rule.same_day_before
        return at.date() if is_same else calendar.after(at.date(), 1)

    def deadline(self, reroute, term):
        calendar = self.calendar(reroute)
        found = calendar.after(self.counts_for(reroute), term)
        is_counted = calendar.between(reroute.at.date(), reroute.old) <= term + LONGEST_WAIT
        return max(found, calendar.after(reroute.old, 1)) if self.rule.is_later and is_counted else found

    def terms(self, reroutes):
        """N by reason: the smallest sum of distances, each cut at two days, so that no wild row chooses."""
        fits = defaultdict(Counter)
        for reroute in reroutes:
            for term in self.rule.terms:
                fits[reroute.reason][term] -= abs(self.off(reroute, term))
        return {reason: max(found, key=lambda term: (found[term], -term)) for reason, found in fits.items()}

    def off(self, reroute, term):
        days = self.calendar(reroute).between(self.deadline(reroute, term), reroute.new)
        return max(-2, min(2, days))

    def away(self, reroute, terms):
        """How many working days later than under the rule the new deadline is; None for an unknown reason."""
        term = terms.get(reroute.reason)
        return term and self.calendar(reroute).between(self.deadline(reroute, term), reroute.new)

    def is_plain(self, reroute, terms):
        """Made on a working day, with an old deadline that was counted from an earlier one."""
        calendar, day = self.calendar(reroute), reroute.at.date()
        return calendar.is_working(day) and calendar.between(day, reroute.old) < terms[reroute.reason]

    def waits(self, reroute, term):
        """Working days from the re-route to the day from which N leads to the new deadline."""
        calendar = self.calendar(reroute)
        return calendar.between(reroute.at.date(), reroute.new) - term


def rows(folder, name):
    with gzip.open(os.path.join(folder, f"{name}.csv.gz"), "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def russian(text):
    return datetime.strptime(text, "%d.%m.%Y").date()


def reason_at(changes, now, at):
    """The subject that a case had at a moment: what the last change before made it, or the next one unmade."""
    before = [new for when, _, new in changes if when <= at]
    after = [old for when, old, _ in changes if when > at]
    return before[-1] if before else after[0] if after else now


def read(folder):
    """All re-routes in order, and those with both deadlines as `Reroute`."""
    changes, told = defaultdict(list), defaultdict(list)
    for row in rows(folder, "reclassified"):
        changes[row["id"]].append((row["at"], row["old"], row["new"]))
    everything = sorted(rows(folder, "reroutes"), key=lambda row: (row["id"], row["at"]))
    wanted = {row["id"] for row in everything}
    for row in rows(folder, "timeline"):
        if row["id"] in wanted:
            told[row["id"]].append(row["at"])
    appeals = {row["id"]: (row["created"], "/".join(row[key] for key in ("object", "category", "reason")))
               for row in rows(folder, "appeals") if row["id"] in wanted}
    return everything, list(with_deadlines(everything, changes, told, appeals))


def with_deadlines(everything, changes, told, appeals):
    before, turn = None, 0
    for row in everything:
        if not (row["old_deadline"] and row["new_deadline"]):
            continue
        case, at = row["id"], row["at"]
        is_same = before is not None and before["id"] == case
        turn = turn + 1 if is_same else 1
        created, now = appeals[case]
        yield Reroute(case, row["from"], row["to"], datetime.fromisoformat(at), russian(row["old_deadline"]),
                      russian(row["new_deadline"]), reason_at(sorted(changes[case]), now, at),
                      date.fromisoformat(created[:10]), turn, is_same and before["new_deadline"] == row["old_deadline"],
                      any(when > at and when[:10] == at[:10] for when in told[case]))
        before = row


def percent(part, whole):
    return f"{100 * part / whole:.1f} %" if whole else "–"


def table(head, lines):
    print("| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for line in lines:
        print("| " + " | ".join(str(cell) for cell in line) + " |")
    print()


def hits(found):
    """Count, exact, within a day, within two."""
    found = list(found)
    near = [sum(away is not None and abs(away) <= most for away in found) for most in (0, 1, 2)]
    return [len(found)] + [f"{count} ({percent(count, len(found))})" for count in near]


HITS = ["re-routes", "exact", "±1 working day", "±2"]


def show_ladder(calendars, reroutes):
    print("## The rule, step by step\n")
    lines = []
    for words, rule in LADDER:
        replay = Replay(calendars, rule)
        terms = replay.terms(reroutes)
        lines.append([words] + hits(replay.away(reroute, terms) for reroute in reroutes))
    table(["the re-route counts for"] + HITS, lines)


def show_others(calendars, reroutes):
    print("## Other readings of the last step\n")
    others = [(f"the same day before {hour}:00" if hour else "the next working day always",
               replace(BEST, same_day_before=hour)) for hour in (0, 9, 10, 11, 12, 15, 18)]
    others.append(("the stamps are UTC, the same day before 10:00", replace(BEST, hours_ahead=3)))
    others.append(("the same day before 10:00, one N of 15 for all reasons", replace(BEST, terms=(15,))))
    others.append(("the day of the re-route always", replace(BEST, same_day_before=24)))
    lines = []
    for words, rule in others:
        replay = Replay(calendars, rule)
        terms = replay.terms(reroutes)
        lines.append([words] + hits(replay.away(reroute, terms) for reroute in reroutes)[1:])
    table(["reading"] + HITS[1:], lines)


def show_split(replay, reroutes):
    print("## N learned from one part, tried on another\n")
    early = [reroute for reroute in reroutes if reroute.at.date() < LEARNED_BEFORE]
    late = [reroute for reroute in reroutes if reroute.at.date() >= LEARNED_BEFORE]
    terms = replay.terms(early)
    new = sum(reroute.reason not in terms for reroute in late)
    table(["set"] + HITS, [["until 2020, learned from"] + hits(replay.away(one, terms) for one in early),
                           ["2021, not seen"] + hits(replay.away(one, terms) for one in late)])
    print(f"{new} of 2021 have a reason that was not seen before.\n")


def show_by(title, key, replay, reroutes, terms):
    groups = defaultdict(list)
    for reroute in reroutes:
        groups[key(reroute)].append(replay.away(reroute, terms))
    print(f"## By {title}\n")
    table([title] + HITS, [[name] + hits(groups[name]) for name in sorted(groups)])


def band(reroute):
    first, last = next(band for band in BANDS if reroute.at.hour < band[1])
    return f"{first:02}–{last:02}"


def wait_words(wait):
    return {0: "the same day", 1: "1", 2: "2", 3: "3"}.get(wait, "other")


def show_waits(replay, reroutes, terms):
    """From which day N must be counted to come to the new deadline."""
    print("## The day that N leads back to, in working days after the re-route\n")
    groups, words = defaultdict(Counter), ["the same day", "1", "2", "3", "other"]
    for reroute in reroutes:
        is_working = replay.calendar(reroute).is_working(reroute.at.date())
        fresh = "old deadline counted from that day or later" if is_working else "day off"
        name = band(reroute) if replay.is_plain(reroute, terms) else fresh
        groups[name][wait_words(replay.waits(reroute, terms[reroute.reason]))] += 1
    groups["all"] = sum(groups.values(), Counter())
    table(["re-routed at", "re-routes"] + words,
          [[name, found.total()] + [f"{found[word]} ({percent(found[word], found.total())})" for word in words]
           for name, found in sorted(groups.items())])


def agreement(groups):
    """How many pairs of one group that differ in their waits have them in the order in which they came."""
    agree = differ = 0
    for group in groups.values():
        for one, other in itertools.combinations(sorted(group), 2):
            agree += one[1] < other[1]
            differ += one[1] != other[1]
    return [differ, percent(agree, differ)]


def show_pairs(replay, reroutes, terms):
    """Were there a closing hour for each unit, the pairs of a unit would agree and those of a day would not."""
    print("## Two re-routes of one working day: does the later one wait longer?\n")
    keys = [("any", lambda one: ""), ("from one unit", lambda one: one.sender),
            ("to one unit", lambda one: one.receiver)]
    lines = []
    for words, key in keys:
        groups = defaultdict(list)
        for one in reroutes:
            if replay.is_plain(one, terms):
                groups[one.at.date(), key(one)].append((one.at, replay.waits(one, terms[one.reason])))
        lines.append([words] + agreement(groups))
    table(["the two", "pairs that differ", "the later one waits longer"], lines)


def show_witness(replay, reroutes, terms):
    print("## Whether something else happened to the case later that day (working days, before 18:00)\n")
    lines = []
    for words, is_followed in (("yes", True), ("no", False)):
        waits = [replay.waits(one, terms[one.reason]) for one in reroutes
                 if one.is_followed == is_followed and one.at.hour < 18 and replay.is_plain(one, terms)]
        same = sum(wait == 0 for wait in waits)
        lines.append([words, len(waits), f"{same} ({percent(same, len(waits))})"])
    table(["something followed", "re-routes", "counted from the same day"], lines)


def period(day):
    if date(2020, 12, 25) <= day <= date(2020, 12, 30):
        return "25–30.12.2020"
    return "other days"


def show_leftovers(replay, reroutes, terms):
    print("## What is left, the largest groups\n")
    groups = Counter()
    for reroute in reroutes:
        away = replay.away(reroute, terms)
        if away:
            groups[min(max(away, -3), 3), period(reroute.at.date()), "before 10" if reroute.at.hour < 10 else
                   "10–14" if reroute.at.hour < 14 else "14–18" if reroute.at.hour < 18 else "after 18"] += 1
    names = {-3: "3 or more earlier", -2: "2 earlier", -1: "1 earlier",
             1: "1 later", 2: "2 later", 3: "3 or more later"}
    left = sum(groups.values())
    table(["working days beside the rule", "when", "hour", "re-routes", "of what is left"],
          [[names[away], when, hour, count, percent(count, left)]
           for (away, when, hour), count in groups.most_common(14) if count >= 10])
    print(f"{left} are left.\n")


def quartiles(values):
    low, middle, high = statistics.quantiles(values, n=4)
    return f"{middle:g} ({low:g}–{high:g})"


def show_moves(replay, reroutes):
    print("## How far the deadline was moved\n")
    moves = {"calendar days": [(one.new - one.old).days for one in reroutes],
             "working days": [replay.calendar(one).between(one.old, one.new) for one in reroutes]}
    lines = []
    for unit, found in moves.items():
        later, earlier = [days for days in found if days > 0], [-days for days in found if days < 0]
        lines.append([unit, len(later), percent(len(later), len(found)), quartiles(later),
                      found.count(0), len(earlier), statistics.median(earlier) if earlier else "–"])
    table(["in", "later", "share", "median (quartiles)", "unmoved", "earlier", "median"], lines)


def law_day(calendar, day):
    """Thirty days from the day of filing, art. 193 of the Civil Code."""
    end = day + timedelta(days=LAW_DAYS)
    return end if calendar.is_working(end) else calendar.after(end, 1)


def show_cases(replay, everything, reroutes):
    print("## The cases\n")
    cases = defaultdict(list)
    for reroute in reroutes:
        cases[reroute.case].append(reroute)
    chained = sum(one.is_chained for one in reroutes)
    ends = [(one[0].created, one[0].old, one[-1].new, law_day(replay.plain, one[0].created)) for one in cases.values()]
    ratio = [(last - created).days / (first - created).days for created, first, last, _ in ends if first > created]
    turns = Counter(Counter(row["id"] for row in everything).values())
    table(["of the cases with both deadlines", ""], [
        ["cases", len(cases)],
        ["re-routes of a case", f"{len(reroutes) / len(cases):.2f}"],
        ["re-routes after the first of a case", len(reroutes) - len(cases)],
        ["… whose old deadline is the new one of the re-route before", chained],
        ["days from filing to the first deadline, median (quartiles)",
         quartiles([(first - created).days for created, first, _, _ in ends])],
        ["days from filing to the last deadline", quartiles([(last - created).days for created, _, last, _ in ends])],
        ["times as long as promised at first", quartiles([round(one, 2) for one in ratio])],
        ["first deadline later than thirty days after filing", sum(first > law for _, first, _, law in ends)],
        ["last deadline later than that", sum(last > law for _, _, last, law in ends)],
        ["… only because of re-routes", sum(first <= law < last for _, first, last, law in ends)]])
    lines = [[count, turns[count]] for count in range(1, 5)]
    lines.append(["5 and more", sum(cases for count, cases in turns.items() if count >= 5)])
    table(["re-routes of a case, all", "cases"], lines)


def main():
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder")
    asked.add_argument("--calendars", default=CALENDARS)
    asked = asked.parse_args()
    everything, reroutes = read(asked.folder)
    replay = Replay(asked.calendars, BEST)
    terms = replay.terms(reroutes)
    days = [reroute.at.date() for reroute in reroutes]
    print(f"{len(everything)} re-routes, {len(reroutes)} with both deadlines, of {min(days)} to {max(days)}; "
          f"{len(terms)} reasons\n")
    show_ladder(asked.calendars, reroutes)
    show_others(asked.calendars, reroutes)
    show_split(replay, reroutes)
    show_by("year", lambda one: one.at.year, replay, reroutes, terms)
    show_by("month", lambda one: f"{one.at:%Y-%m}", replay, reroutes, terms)
    show_by("N", lambda one: terms[one.reason], replay, reroutes, terms)
    show_by("hour", band, replay, reroutes, terms)
    show_by("turn", lambda one: min(one.turn, 4), replay, reroutes, terms)
    show_waits(replay, reroutes, terms)
    show_pairs(replay, reroutes, terms)
    show_witness(replay, reroutes, terms)
    show_leftovers(replay, reroutes, terms)
    show_moves(replay, reroutes)
    show_cases(replay, everything, reroutes)


if __name__ == "__main__":
    main()
