//! What people do all at once: pages and filings in given shares, drawn with a seed, and how much of
//! it the server does when so many ask one after the other (its capacity).

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base::Clock;
use jiff::Span;
use jiff::tz::TimeZone;
use serde_json::Value;

use crate::arrivals::Asked;
use crate::citizens::{Citizens, WORDS};
use crate::client::{Connection, request};
use crate::language::{Dice, Language};
use crate::process::Server;
use crate::staff::{Person, coded};

/// Cases that an emptier store is filled up to, so that lists have rows.
const LEAST: usize = 200;
/// How far back cases are looked for, and in what steps.
const MONTHS: i64 = 100;
/// The most cases whose pages are opened.
const READ: usize = 1_000;
/// Different questions to the search.
const QUESTIONS: usize = 400;

/// A kind of request.
pub(crate) struct Kind {
    /// In words.
    pub(crate) name: &'static str,
    weight: u64,
    /// What it asks, one by chance; a filing when there is nothing.
    requests: Vec<Arc<[u8]>>,
}

impl Kind {
    /// Milliseconds that 99 of 100 are promised within.
    pub(crate) fn promised(&self) -> f64 {
        if self.requests.is_empty() {
            100.0
        } else {
            50.0
        }
    }
}

/// Requests in their shares.
pub(crate) struct Mix {
    /// The kinds.
    pub(crate) kinds: Vec<Kind>,
    dice: Dice,
    citizens: Citizens,
}

/// A mix that many ask from.
pub(crate) type Shared = Arc<Mutex<Mix>>;

/// Draws the next request.
pub(crate) fn draw(mix: &Shared) -> Asked {
    let mut mix: MutexGuard<'_, Mix> = mix.lock().unwrap_or_else(PoisonError::into_inner);
    mix.draw()
}

impl Mix {
    fn new(kinds: Vec<Kind>) -> Shared {
        Arc::new(Mutex::new(Self {
            kinds,
            dice: Dice(11),
            citizens: Citizens::new(12),
        }))
    }

    fn draw(&mut self) -> Asked {
        let all: u64 = self.kinds.iter().map(|kind| kind.weight).sum();
        let mut place = self.dice.below(all);
        let mut kind = 0;
        while let Some(weight) = self.kinds.get(kind).map(|kind| kind.weight)
            && place >= weight
        {
            place -= weight;
            kind += 1;
        }
        let requests = self.kinds.get(kind).map_or(&[][..], |kind| &kind.requests);
        if requests.is_empty() {
            return Asked {
                kind,
                request: self.citizens.any_filing().into(),
                files: true,
            };
        }
        Asked {
            kind,
            request: self.dice.one_of(requests).clone(),
            files: false,
        }
    }

    /// A day at the office: everybody's pages, staff's queue and case, searches and filings.
    pub(crate) async fn of_a_day(okno: &Server) -> Result<Shared, String> {
        let head = Person::over_all(okno).await?;
        let numbers = read_by(okno, numbers(okno).await?, &head).await?;
        let specialist = Person::of_demo(okno, "town@okno.example").await?;
        let cookie = [head.cookie.as_str()];
        let cases = numbers
            .iter()
            .map(|number| get(&format!("/desk/{number}"), &cookie));
        let queues = [&head, &specialist].map(|person| get("/desk?view=unit", &[&person.cookie]));
        let words = questions(QUESTIONS);
        let find = words
            .iter()
            .map(|q| get(&format!("/find?q={}", coded(q)), &[]));
        let search = words
            .iter()
            .map(|q| get(&format!("/desk/search?q={}", coded(q)), &cookie));
        Ok(Self::new(vec![
            kind("home", 3, [get("/", &[])]),
            kind("register", 3, [get("/register", &[])]),
            kind("register, filtered", 3, filtered(okno).await?),
            kind("case at the desk", 2, cases),
            kind("queue at the desk", 2, queues),
            kind("search of anybody", 2, find),
            kind("search of staff", 1, search),
            kind("filing", 4, []),
        ]))
    }

    /// A crowd at the window: no staff, many who look and many who file.
    pub(crate) async fn of_a_crowd(okno: &Server) -> Result<Shared, String> {
        let numbers = numbers(okno).await?;
        let cases = numbers
            .iter()
            .map(|number| get(&format!("/register/{number}"), &[]));
        let words = questions(QUESTIONS);
        let find = words
            .iter()
            .map(|q| get(&format!("/find?q={}", coded(q)), &[]));
        Ok(Self::new(vec![
            kind("home", 3, [get("/", &[])]),
            kind("service", 2, [get("/services/complaint", &[])]),
            kind("register", 3, [get("/register", &[])]),
            kind("register, filtered", 3, filtered(okno).await?),
            kind("case in the register", 3, cases),
            kind("search of anybody", 3, find),
            kind("filing", 5, []),
        ]))
    }
}

fn kind(name: &'static str, weight: u64, requests: impl IntoIterator<Item = Arc<[u8]>>) -> Kind {
    Kind {
        name,
        weight,
        requests: requests.into_iter().collect(),
    }
}

fn get(path: &str, headers: &[&str]) -> Arc<[u8]> {
    request("GET", path, headers, b"").into()
}

/// Numbers of cases from all times of the register; some are filed when there are few.
pub(crate) async fn numbers(okno: &Server) -> Result<Vec<String>, String> {
    let mut found = BTreeSet::new();
    let today = Clock::system().now().date(&TimeZone::UTC);
    for month in 0..MONTHS {
        let days = |days: i64| {
            let span = Span::new().days(days - month * 30);
            today.checked_add(span).map_err(|error| error.to_string())
        };
        let path = format!("/register?from={}&until={}", days(-2)?, days(0)?);
        let answer = okno.fetch(&get(&path, &[])).await?;
        found.extend(linked(&String::from_utf8_lossy(&answer.body)));
    }
    let mut citizens = Citizens::new(13);
    let mut connection = Connection::open(okno.address)
        .await
        .map_err(|error| error.to_string())?;
    let mut body = Vec::new();
    while found.len() < LEAST {
        body.clear();
        let status = connection.ask_for(&citizens.any_filing(), &mut body).await;
        let number = crate::citizens::number_of(&body);
        let refused = || format!("filing: {status:?} {}", String::from_utf8_lossy(&body));
        found.insert(number.ok_or_else(refused)?);
    }
    Ok(found.into_iter().collect())
}

/// Those of some cases that a person may read; there may be fewer than were asked for.
async fn read_by(
    okno: &Server,
    mut numbers: Vec<String>,
    person: &Person,
) -> Result<Vec<String>, String> {
    let mut dice = Dice(15);
    let mut read = Vec::new();
    for _ in 0..READ.min(numbers.len()) {
        let number = numbers.swap_remove(dice.below(numbers.len() as u64) as usize);
        let page = get(&format!("/desk/{number}"), &[&person.cookie]);
        if okno.fetch(&page).await?.status == 200 {
            read.push(number);
        }
    }
    if read.is_empty() {
        return Err("nobody may read the cases of the register".to_owned());
    }
    Ok(read)
}

/// The numbers that a page of the register leads to.
fn linked(page: &str) -> Vec<String> {
    page.split("\"/register/")
        .skip(1)
        .filter_map(|rest| rest.split(['"', '?', '#']).next())
        .map(|number| number.replace("%D0%90", "A").replace('А', "A"))
        .filter(|number| number.len() == 17 && number.starts_with("A-"))
        .collect()
}

/// The register by states, and by subjects and units of cases that stand in it.
async fn filtered(okno: &Server) -> Result<Vec<Arc<[u8]>>, String> {
    let answer = okno.fetch(&get("/api/v1/register?limit=200", &[])).await?;
    let rows: Value = serde_json::from_slice(&answer.body).map_err(|error| error.to_string())?;
    let mut paths = BTreeSet::new();
    for row in rows["items"].as_array().into_iter().flatten() {
        for name in ["category", "unit"] {
            if let Some(code) = row[name]["code"].as_str() {
                paths.insert(format!("/register?{name}={}", coded(code)));
            }
        }
    }
    let chosen = paths.into_iter().take(20);
    let states = ["in_work", "finished"].map(|state| format!("/register?state={state}"));
    Ok(chosen.chain(states).map(|path| get(&path, &[])).collect())
}

/// What people search for: a word, a few, a phrase, sometimes one of the subjects' own.
pub(crate) fn questions(count: usize) -> Vec<String> {
    let mut dice = Dice(14);
    let language = Language::new(&mut Dice(WORDS));
    let own = [
        "снег во дворе",
        "ямы на дороге",
        "фонари",
        "горячая вода",
        "содержание дома",
    ];
    (0..count)
        .map(|_| {
            let words = match dice.below(20) {
                0..=8 => 1,
                9..=14 => 2,
                15..=17 => 3,
                18 => return format!("«{}»", language.text(&mut dice, "", 12)),
                _ => return (*dice.one_of(&own)).to_owned(),
            };
            let words: Vec<&str> = (0..words).map(|_| language.word(&mut dice)).collect();
            words.join(" ")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_come_in_their_shares() {
        let mix = Mix::new(vec![kind("a", 1, [get("/a", &[])]), kind("b", 3, [])]);
        let drawn: Vec<Asked> = (0..4000).map(|_| draw(&mix)).collect();
        let filings = drawn.iter().filter(|asked| asked.files).count();
        assert!((2850..3150).contains(&filings), "{filings}");
        assert!(drawn.iter().all(|asked| asked.files == (asked.kind == 1)));
    }

    #[test]
    fn numbers_are_read_out_of_a_page() {
        let page = "<a href=\"/register/А-2026-00000042-5\">x</a><a href=\"/register/places\">";
        assert_eq!(linked(page), ["A-2026-00000042-5"]);
    }
}
