//! What people mean by short words: lists in `data/said.toml`, and numbers that were said in words.
//! Pure; whatever is said, nothing here fails.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use base::Number;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    cancel: Vec<String>,
    begin: Vec<String>,
    yes: Vec<String>,
    no: Vec<String>,
    skip: Vec<String>,
    no_code: Vec<String>,
    other: Vec<String>,
    today: Vec<String>,
    yesterday: Vec<String>,
    status: Vec<String>,
    add: Vec<String>,
    propose: Vec<String>,
    feedback: Vec<String>,
    official: Vec<String>,
    tell: Vec<String>,
    kinds: Vec<String>,
    masculine: Vec<String>,
    masculine_stressed: Vec<String>,
    feminine: Vec<String>,
    feminine_in_sentence: Vec<String>,
    ordinals: Vec<Vec<String>>,
    numerals: BTreeMap<String, u32>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/said.toml"))
        .expect("the lists of the product are read by a test")
});

/// A whole reply that means one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Short {
    /// Stop this.
    Cancel,
    /// From the beginning.
    Begin,
    /// Yes.
    Yes,
    /// No.
    No,
    /// Not this question.
    Skip,
    /// There is no return code.
    NoCode,
    /// None of what was offered.
    Other,
    /// This day.
    Today,
    /// The day before.
    Yesterday,
}

/// The most words that are compared with lists.
const MOST_WORDS: usize = 400;
/// A wish at the beginning is short; what is longer is a story.
const WISH_WORDS: usize = 5;

/// Words in small letters, without signs and «yo».
pub(crate) fn plain(text: &str) -> String {
    let small = text.to_lowercase().replace('\u{451}', "\u{435}");
    let words = small.split(|c: char| !(c.is_alphanumeric() || "/-".contains(c)));
    let words = words.filter(|word| !word.is_empty()).take(MOST_WORDS);
    words.collect::<Vec<_>>().join(" ")
}

/// Whether the whole reply is of this list.
pub(crate) fn is(text: &str, short: Short) -> bool {
    let list = match short {
        Short::Cancel => &LISTS.cancel,
        Short::Begin => &LISTS.begin,
        Short::Yes => &LISTS.yes,
        Short::No => &LISTS.no,
        Short::Skip => &LISTS.skip,
        Short::NoCode => &LISTS.no_code,
        Short::Other => &LISTS.other,
        Short::Today => &LISTS.today,
        Short::Yesterday => &LISTS.yesterday,
    };
    let said = plain(text);
    // A bot in a chat is called with its name: /start@bot.
    let said = said.strip_suffix(" bot").unwrap_or(&said);
    list.iter().any(|known| known == said)
}

/// What is wished for at the beginning, as the code of its button.
pub(crate) fn wish(text: &str) -> Option<&'static str> {
    let said = plain(text);
    if said.split(' ').count() > WISH_WORDS {
        return None;
    }
    let padded = format!(" {said}");
    let lists: [(&'static str, &Vec<String>); 6] = [
        ("status", &LISTS.status),
        ("add", &LISTS.add),
        ("propose", &LISTS.propose),
        ("feedback", &LISTS.feedback),
        ("official", &LISTS.official),
        ("tell", &LISTS.tell),
    ];
    let meant = |list: &Vec<String>| list.iter().any(|word| padded.contains(&format!(" {word}")));
    lists
        .into_iter()
        .find(|(_, list)| meant(list))
        .map(|(code, _)| code)
}

/// Whether a word of a place's name says what the place is and not how it is called.
pub(crate) fn is_kind_of_place(word: &str) -> bool {
    LISTS
        .kinds
        .iter()
        .any(|kind| word.starts_with(kind.as_str()))
}

/// Whether a word is the feminine form of a name that is masculine: «Северная» is a street, and the
/// «Северный» of a district's name is not meant. «Лесной» may be either and is taken for the name.
pub(crate) fn is_feminine_of(said: &str, name: &str) -> bool {
    let ends = |word: &str, endings: &[String]| {
        let mut endings = endings.iter();
        endings.any(|ending| word.ends_with(ending.as_str()))
    };
    let stressed = ends(name, &LISTS.masculine_stressed);
    (stressed || ends(name, &LISTS.masculine))
        && (ends(said, &LISTS.feminine) || (!stressed && ends(said, &LISTS.feminine_in_sentence)))
}

/// The place in a list that was offered: «the second».
pub(crate) fn ordinal(text: &str) -> Option<usize> {
    let said = plain(text);
    if said.split(' ').count() > 2 {
        return None;
    }
    let word = said.split(' ').next()?;
    LISTS.ordinals.iter().position(|names| {
        names.iter().enumerate().any(|(at, name)| {
            // Figures and cardinals are whole words; of ordinals there are beginnings.
            if [0, 1, 3].contains(&at) {
                word == name
            } else {
                word.starts_with(name.as_str())
            }
        })
    })
}

/// Digits that were typed or said, group by group: «two thousand twenty-six, zero, forty-two».
pub(crate) fn digits(text: &str) -> Vec<String> {
    let spaced = plain(text).replace('-', " ");
    let mut groups: Vec<String> = Vec::new();
    // The number being said, and how small the next part of it must be.
    let mut said: Option<(u32, u32)> = None;
    let close = |said: &mut Option<(u32, u32)>, groups: &mut Vec<String>| {
        if let Some((value, _)) = said.take() {
            groups.push(value.to_string());
        }
    };
    for word in spaced.split(' ') {
        if word.chars().all(|c| c.is_ascii_digit()) && !word.is_empty() {
            close(&mut said, &mut groups);
            groups.push(word.to_owned());
            continue;
        }
        let Some(&part) = LISTS.numerals.get(word) else {
            continue;
        };
        said = match said {
            Some((value, _)) if part == 1000 && value > 0 && value < 1000 => {
                Some((value * 1000, 1000))
            }
            Some((value, _)) if part == 100 && (1..10).contains(&value) => Some((value * 100, 100)),
            Some((value, below)) if part > 0 && part < below => Some((value + part, rest_of(part))),
            _ => {
                close(&mut said, &mut groups);
                Some((part, rest_of(part)))
            }
        };
    }
    close(&mut said, &mut groups);
    groups
}

/// What may follow a part of a number stays below this.
const fn rest_of(part: u32) -> u32 {
    match part {
        1000.. => 1000,
        100..1000 => 100,
        20..100 => 10,
        _ => 0,
    }
}

/// The number of a case, as it stands on papers or as it was said: with its year or without, with
/// its check digit or without.
pub(crate) fn number(text: &str, year: i16) -> Option<Number> {
    let text = text.trim().trim_start_matches('\u{2116}').trim_start();
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let groups = digits(text);
    let all: String = groups.concat();
    if all.is_empty() || all.len() > 13 {
        return None;
    }
    let this_year = u16::try_from(year).ok()?;
    let named = |text: &str| {
        text.parse()
            .ok()
            .filter(|named: &u16| (2000..=this_year).contains(named))
    };
    let (year, rest) = match groups.first().and_then(|first| named(first)) {
        Some(named) if groups.len() > 1 => (named, groups[1..].concat()),
        _ => match all.get(..4).and_then(named) {
            Some(named) if all.len() == 13 => (named, all[4..].to_owned()),
            _ => (this_year, all),
        },
    };
    if rest.len() > 9 {
        return None;
    }
    let (sequence, check) = rest.split_at(rest.len() - 1);
    let checked = sequence
        .parse()
        .ok()
        .and_then(|sequence| Number::new(year, sequence));
    let checked = checked.filter(|number| number.to_string().ends_with(&format!("-{check}")));
    // All nine digits are there: the last one checks the others, and it does not fit.
    let sequence = rest.parse::<u32>().ok().filter(|_| rest.len() < 9);
    let whole = || sequence.and_then(|sequence| Number::new(year, sequence));
    checked.or_else(whole)
}

/// A telephone number as it was typed or said.
pub(crate) fn phone(text: &str) -> String {
    let all: String = digits(text).concat();
    match all.len() {
        11 if all.starts_with(['7', '8']) => format!("+7{}", &all[1..]),
        10 => format!("+7{all}"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_street_is_not_the_district_of_the_same_name() {
        for (said, name) in [
            ("лесная", "лесной"),
            ("лесную", "лесной"),
            ("северная", "северный"),
            ("северной", "северный"),
            ("синюю", "синий"),
        ] {
            assert!(is_feminine_of(said, name), "{said} {name}");
        }
        for (said, name) in [
            ("лесном", "лесной"),
            ("лесной", "лесной"),
            ("северном", "северный"),
            ("сосновка", "сосновка"),
            ("озерное", "озерное"),
        ] {
            assert!(!is_feminine_of(said, name), "{said} {name}");
        }
    }

    #[test]
    fn numbers_said_in_words_are_understood() {
        for (said, groups) in [
            (
                "две тысячи двадцать шесть ноль сорок два пять",
                vec!["2026", "0", "42", "5"],
            ),
            ("сто двадцать три", vec!["123"]),
            ("номер 42, контрольная пять", vec!["42", "5"]),
            (
                "восемь девятьсот двенадцать триста сорок пять шестьдесят семь восемьдесят девять",
                vec!["8", "912", "345", "67", "89"],
            ),
            ("two thousand twenty six forty two", vec!["2026", "42"]),
            ("три сотни слов", vec!["3"]),
        ] {
            assert_eq!(digits(said), groups, "{said}");
        }
        assert_eq!(
            phone(
                "восемь девятьсот двенадцать триста сорок пять шестьдесят семь восемьдесят девять"
            ),
            "+79123456789"
        );
        assert_eq!(phone("+7 (912) 345-67-89"), "+79123456789");
        assert_eq!(phone("нет телефона"), "нет телефона");
    }

    #[test]
    fn a_case_is_found_by_what_people_read_off_a_paper() {
        let number = Number::new(2026, 42).unwrap();
        let check = number.to_string().chars().last().unwrap();
        for said in [
            number.to_string(),
            format!("№ {number}"),
            "сорок два".to_owned(),
            format!("сорок два {check}"),
            "а две тысячи двадцать шесть ноль ноль сорок два".to_owned(),
            format!("2026 00000042 {check}"),
            format!("202600000042{check}"),
        ] {
            assert_eq!(super::number(&said, 2026), Some(number), "{said}");
        }
        for none in ["", "не помню", "12345678901234567890"] {
            assert_eq!(super::number(none, 2026), None, "{none}");
        }
    }

    #[test]
    fn short_replies_and_wishes() {
        assert!(
            is("Отмена.", Short::Cancel) && is("/start", Short::Begin) && is("ДА!", Short::Yes)
        );
        assert!(!is("отмена рейса автобуса", Short::Cancel));
        assert_eq!(wish("Узнать статус"), Some("status"));
        for asked in [
            "Что с моим обращением?",
            "когда ответят?",
            "Где моё обращение",
        ] {
            assert_eq!(wish(asked), Some("status"), "{asked}");
        }
        assert_eq!(wish("хочу сообщить о проблеме"), Some("tell"));
        assert_eq!(
            wish("Во дворе дома семь который день не убирают снег"),
            None
        );
        assert_eq!(ordinal("вторая"), Some(1));
        assert_eq!(ordinal("3"), Some(2));
        assert_eq!(ordinal("тридцать"), None);
    }
}
