//! Days as answers tell them: written out, without a year, as a term, a quarter, a season, a month, a
//! year. Each is resolved to the last day that it allows, from the day of the answer.

use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::Date;

use super::{DayOff, FILE};
use crate::lists::Phrases;
use crate::text::{Span, Word, gap};

/// How the day of a promise was told, and so how it was resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Resolved {
    /// A full date.
    Written,
    /// A date without a year: the next such day, counted from the day of the answer.
    NoYear,
    /// So many days after the answer.
    Days {
        /// How many.
        count: i16,
        /// Whether working ones.
        working: bool,
    },
    /// So many months after the answer.
    Months {
        /// How many.
        count: i16,
    },
    /// The last day of a quarter.
    Quarter {
        /// Which, from one to four.
        number: i16,
        /// Whether its year stands in the text; the next such quarter otherwise.
        year_told: bool,
    },
    /// The last day of half a year.
    Half {
        /// Which.
        number: i16,
    },
    /// The last day of a season.
    Season {
        /// Which.
        season: Season,
        /// Whether its year stands in the text; the next such season otherwise.
        year_told: bool,
    },
    /// The last day of a month.
    Month {
        /// Whether its year stands in the text; the next such month otherwise.
        year_told: bool,
    },
    /// The last day of a year.
    Year,
    /// «By the end of» the week, the month or the year of the answer.
    EndOf,
    /// Tomorrow or the day after.
    Tomorrow,
}

/// A season of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Season {
    /// From March to May.
    Spring,
    /// From June to August.
    Summer,
    /// From September to November.
    Autumn,
    /// From December to February.
    Winter,
}

/// What stands before a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lead {
    /// It is a limit.
    Until,
    /// It begins something, or dates a paper.
    Since,
    /// Neither is said.
    Plain,
}

/// A day among the words of a clause.
pub(super) struct Found {
    first: usize,
    behind: usize,
    pub(super) lead: Lead,
    pub(super) due: Date,
    pub(super) resolved: Resolved,
}

impl Found {
    /// Where it stands, with the word of a limit before it.
    pub(super) fn span(&self, words: &[Word]) -> Span {
        let from = words.get(self.first).map_or(0, |word| word.span.from);
        let last = words.get(self.behind.saturating_sub(1));
        Span {
            from,
            to: last.map_or(from, |word| word.span.to),
        }
    }
}

struct Lists {
    until: Phrases,
    since: Phrases,
    within: Phrases,
    working: Phrases,
    calendar: Phrases,
    days: Phrases,
    weeks: Phrases,
    months: Phrases,
    month: Phrases,
    in_month: Phrases,
    quarter: Phrases,
    quarter_number: Phrases,
    season: Phrases,
    end: Phrases,
    this: Phrases,
    year: Phrases,
    half: Phrases,
    tomorrow: Phrases,
    counts: Phrases,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let named = |name| Phrases::named(FILE, name);
    Lists {
        until: named("until"),
        since: named("since"),
        within: named("within"),
        working: named("working"),
        calendar: named("calendar"),
        days: named("days"),
        weeks: named("weeks"),
        months: named("months"),
        month: named("month"),
        in_month: named("in_month"),
        quarter: named("quarter"),
        quarter_number: named("quarter_number"),
        season: named("season"),
        end: named("end"),
        this: named("this"),
        year: named("year"),
        half: named("half"),
        tomorrow: named("tomorrow"),
        counts: Phrases::named(include_str!("../../data/text.txt"), "counts"),
    }
});

/// A text, its words and the day of the answer, as every reader below needs them.
struct Reader<'of> {
    text: &'of str,
    words: &'of [Word],
    answered: Date,
    day_off: DayOff<'of>,
}

/// What a reader found: how many words it took, the day, and how it was told.
type Read = Option<(usize, Date, Resolved)>;

/// All days that the words of a clause tell, in order.
pub(super) fn days(text: &str, words: &[Word], answered: Date, day_off: DayOff<'_>) -> Vec<Found> {
    let reader = Reader {
        text,
        words,
        answered,
        day_off,
    };
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some((taken, due, resolved)) = reader.read(at) else {
            at += 1;
            continue;
        };
        let (lead, first) = reader.lead(at);
        // «с 15.04 по 15.10» without a year comes every year: a norm, not a promise.
        let season_of_rule = resolved == Resolved::NoYear
            && found.last().is_some_and(|before| {
                before.lead == Lead::Since
                    && before.resolved == Resolved::NoYear
                    && before.behind + 2 >= at
            });
        if !season_of_rule {
            found.push(Found {
                first,
                behind: at + taken,
                lead,
                due,
                resolved,
            });
        }
        at += taken.max(1);
    }
    found
}

impl Reader<'_> {
    fn read(&self, at: usize) -> Read {
        self.dotted(at)
            .or_else(|| self.day_of_month(at))
            .or_else(|| self.term(at))
            .or_else(|| self.end_of(at))
            .or_else(|| self.quarter(at))
            .or_else(|| self.season(at))
            .or_else(|| self.month(at))
            .or_else(|| self.year(at))
            .or_else(|| {
                let found = LISTS.tomorrow.at(self.words, at)?;
                let due = self.answered.checked_add(found.value.days()).ok()?;
                Some((found.words, due, Resolved::Tomorrow))
            })
    }

    /// What stands before a day, and the word that it begins with.
    fn lead(&self, at: usize) -> (Lead, usize) {
        // The sign of a number is no word: it stands in the gap.
        if gap(self.text, self.words, at).contains('\u{2116}') {
            return (Lead::Since, at);
        }
        for back in (1..=2).rev() {
            let Some(from) = at.checked_sub(back) else {
                continue;
            };
            let reaches = |list: &Phrases| {
                list.at(self.words, from)
                    .is_some_and(|found| found.words == back)
            };
            if reaches(&LISTS.until) {
                return (Lead::Until, from);
            }
            if reaches(&LISTS.since) {
                return (Lead::Since, from);
            }
        }
        (Lead::Plain, at)
    }

    fn number(&self, at: usize, least: i16, most: i16) -> Option<i16> {
        let number = self.words.get(at)?.number()?;
        (least..=most).contains(&number).then_some(number)
    }

    fn gap_is(&self, before: usize, expected: &str) -> bool {
        gap(self.text, self.words, before) == expected
    }

    fn full_year(&self, at: usize) -> Option<i16> {
        self.number(at, 2000, 2099)
    }

    /// A year that may stand behind a day, a month, a quarter: four digits, then perhaps the word.
    fn year_behind(&self, at: usize) -> (Option<i16>, usize) {
        let Some(year) = self.full_year(at) else {
            let this = usize::from(LISTS.this.at(self.words, at).is_some());
            if this == 1 && LISTS.year.at(self.words, at + 1).is_some() {
                return (Some(self.answered.year()), 2);
            }
            return (None, 0);
        };
        let word = usize::from(LISTS.year.at(self.words, at + 1).is_some());
        (Some(year), 1 + word)
    }

    /// 01.06.2027, 01.06.27, 01.06.
    fn dotted(&self, at: usize) -> Read {
        let day = self.number(at, 1, 31)?;
        let month = self.number(at + 1, 1, 12)?;
        let digits = |at: usize| self.words.get(at).map_or(0, |word| word.text.len());
        let joined = [".", "/", "-"]
            .into_iter()
            .find(|one| self.gap_is(at + 1, one))?;
        // A part of a longer number (п. 27.8.2) is no day.
        if self.gap_is(at, ".") && at > 0 && self.words[at - 1].is_digits() || digits(at) > 2 {
            return None;
        }
        if self.gap_is(at + 2, joined) && self.words.get(at + 2).is_some_and(Word::is_digits) {
            let year = match digits(at + 2) {
                4 => self.full_year(at + 2)?,
                2 => self.number(at + 2, 0, 99)? + 2000,
                _ => return None,
            };
            let further =
                self.gap_is(at + 3, joined) && self.words.get(at + 3).is_some_and(Word::is_digits);
            if further {
                return None;
            }
            let word = usize::from(LISTS.year.at(self.words, at + 3).is_some());
            return Some((3 + word, date(year, month, day)?, Resolved::Written));
        }
        // Two digits each, and a word of a limit: «1.5» is as often a size or a point.
        let (lead, _) = self.lead(at);
        if joined != "." || digits(at) != 2 || digits(at + 1) != 2 || lead == Lead::Plain {
            return None;
        }
        Some((2, self.next(month, day)?, Resolved::NoYear))
    }

    /// 15 декабря 2026 года, 15 декабря.
    fn day_of_month(&self, at: usize) -> Read {
        let day = self.number(at, 1, 31)?;
        // «15-го декабря».
        let suffix = usize::from(self.gap_is(at + 1, "-"));
        let month = LISTS.month.at(self.words, at + 1 + suffix)?.value;
        let (year, taken) = self.year_behind(at + 2 + suffix);
        let (due, resolved) = match year {
            Some(year) => (date(year, month, day)?, Resolved::Written),
            None => (self.next(month, day)?, Resolved::NoYear),
        };
        Some((2 + suffix + taken, due, resolved))
    }

    /// The next such day of a year, the day of the answer included.
    fn next(&self, month: i16, day: i16) -> Option<Date> {
        (0..=8).find_map(|later| {
            let found = date(self.answered.year().checked_add(later)?, month, day)?;
            (found >= self.answered).then_some(found)
        })
    }

    /// A number in digits or in a word.
    fn count(&self, at: usize) -> Option<(i16, usize)> {
        if let Some(number) = self.number(at, 1, 999) {
            // «10-ти дней».
            let suffix = usize::from(
                self.gap_is(at + 1, "-")
                    && self
                        .words
                        .get(at + 1)
                        .is_some_and(|word| word.text.len() <= 6),
            );
            return Some((number, 1 + suffix));
        }
        let found = LISTS.counts.at(self.words, at)?;
        Some((found.value, found.words))
    }

    /// «В течение десяти рабочих дней».
    fn term(&self, at: usize) -> Read {
        let mut behind = at + LISTS.within.at(self.words, at)?.words;
        let (count, taken) = self.count(behind).unwrap_or((1, 0));
        behind += taken;
        // «10 (десяти)».
        if taken > 0 && gap(self.text, self.words, behind).contains('(') {
            behind += 1;
        }
        let working = LISTS.working.at(self.words, behind).is_some();
        if working || LISTS.calendar.at(self.words, behind).is_some() {
            behind += 1;
        }
        let taken = behind + 1 - at;
        if LISTS.days.at(self.words, behind).is_some() {
            let due = if working {
                self.working_days(count)?
            } else {
                self.answered.checked_add(count.days()).ok()?
            };
            return Some((taken, due, Resolved::Days { count, working }));
        }
        if LISTS.weeks.at(self.words, behind).is_some() {
            let count = count.checked_mul(7)?;
            let due = self.answered.checked_add(count.days()).ok()?;
            let working = false;
            return Some((taken, due, Resolved::Days { count, working }));
        }
        LISTS.months.at(self.words, behind)?;
        let due = self.answered.checked_add(count.months()).ok()?;
        Some((taken, due, Resolved::Months { count }))
    }

    fn working_days(&self, count: i16) -> Option<Date> {
        /// Longer rests do not exist; a calendar without working days ends here.
        const MOST_AT_REST: i16 = 60;
        let (mut day, mut left, mut rest) = (self.answered, count, 0);
        while left > 0 {
            day = day.tomorrow().ok()?;
            if (self.day_off)(day) {
                rest += 1;
                if rest > MOST_AT_REST {
                    return None;
                }
            } else {
                rest = 0;
                left -= 1;
            }
        }
        Some(day)
    }

    /// «До конца года», «до конца мая 2027 года», «до конца недели».
    fn end_of(&self, at: usize) -> Read {
        let mut behind = at + LISTS.end.at(self.words, at)?.words;
        if let Some((taken, due, _)) = self.quarter(behind) {
            return Some((behind + taken - at, due, Resolved::EndOf));
        }
        if let Some(month) = LISTS.month.at(self.words, behind) {
            let (year, taken) = self.year_behind(behind + 1);
            let due = self.end_of_month(month.value, year)?;
            return Some((behind + 1 + taken - at, due, Resolved::EndOf));
        }
        if let Some(year) = self.full_year(behind) {
            let word = usize::from(LISTS.year.at(self.words, behind + 1).is_some());
            return Some((behind + 1 + word - at, date(year, 12, 31)?, Resolved::EndOf));
        }
        behind += usize::from(LISTS.this.at(self.words, behind).is_some());
        let due = if LISTS.year.at(self.words, behind).is_some() {
            self.answered.last_of_year()
        } else if LISTS.months.at(self.words, behind).is_some() {
            self.answered.last_of_month()
        } else if LISTS.weeks.at(self.words, behind).is_some() {
            let left = 7 - self.answered.weekday().to_monday_one_offset();
            self.answered.checked_add(left.days()).ok()?
        } else if let Some(season) = LISTS.season.at(self.words, behind) {
            self.end_of_month(season.value, None)?
        } else {
            return None;
        };
        Some((behind + 1 - at, due, Resolved::EndOf))
    }

    fn end_of_month(&self, month: i16, year: Option<i16>) -> Option<Date> {
        let of = |year: i16| Some(date(year, month, 1)?.last_of_month());
        if let Some(year) = year {
            return of(year);
        }
        let this = of(self.answered.year())?;
        if this >= self.answered {
            return Some(this);
        }
        of(self.answered.year().checked_add(1)?)
    }

    /// «В III квартале 2026 года», «во втором квартале», «2-й квартал»; half years likewise.
    fn quarter(&self, at: usize) -> Read {
        let (number, mut behind) = match self.number(at, 1, 4) {
            Some(number) => (number, at + 1 + usize::from(self.gap_is(at + 1, "-"))),
            None => (LISTS.quarter_number.at(self.words, at)?.value, at + 1),
        };
        let half = LISTS.half.at(self.words, behind).is_some();
        if !half {
            LISTS.quarter.at(self.words, behind)?;
        }
        behind += 1;
        let (year, taken) = self.year_behind(behind);
        let month = if half { 6 } else { 3 } * number;
        let due = self.end_of_month(month, year)?;
        let resolved = if half {
            Resolved::Half { number }
        } else {
            Resolved::Quarter {
                number,
                year_told: year.is_some(),
            }
        };
        Some((behind + taken - at, due, resolved))
    }

    /// «Весной 2027 года», «в весенний период».
    fn season(&self, at: usize) -> Read {
        let month = LISTS.season.at(self.words, at)?.value;
        // «в весенне-летний период»: the later one counts, and it stands next.
        if LISTS.season.at(self.words, at + 1).is_some() {
            return None;
        }
        let (mut year, mut taken) = self.year_behind(at + 1);
        if taken == 0 {
            // «период 2027 года» has a word between.
            let behind = self.year_behind(at + 2);
            if behind.1 > 0 {
                (year, taken) = (behind.0, behind.1 + 1);
            }
        }
        let season = match month {
            5 => Season::Spring,
            8 => Season::Summer,
            11 => Season::Autumn,
            _ => Season::Winter,
        };
        // A winter is named by the year that it begins or ends in: the one that is still to come.
        let due = self.end_of_month(month, year)?;
        let due = if season == Season::Winter && due < self.answered {
            self.end_of_month(12, year)?
        } else {
            due
        };
        let year_told = year.is_some();
        Some((1 + taken, due, Resolved::Season { season, year_told }))
    }

    /// «На май», «в мае 2027 года», «май 2027».
    fn month(&self, at: usize) -> Read {
        let preceded = LISTS.in_month.at(self.words, at);
        let at_month = at + preceded.map_or(0, |found| found.words);
        let month = LISTS.month.at(self.words, at_month)?.value;
        let (year, taken) = self.year_behind(at_month + 1);
        // Without a preposition only with its year: a name of a month stands in names of streets.
        if preceded.is_none() && year.is_none() {
            return None;
        }
        let due = self.end_of_month(month, year)?;
        let year_told = year.is_some();
        Some((
            at_month + 1 + taken - at,
            due,
            Resolved::Month { year_told },
        ))
    }

    /// «В 2027 году», «на 2027 год», «в течение 2027 года».
    fn year(&self, at: usize) -> Read {
        let preceded = LISTS.in_month.at(self.words, at)?.words;
        let year = self.full_year(at + preceded)?;
        LISTS.year.at(self.words, at + preceded + 1)?;
        Some((preceded + 2, date(year, 12, 31)?, Resolved::Year))
    }
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
