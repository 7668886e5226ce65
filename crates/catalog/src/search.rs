//! What somebody typed in their own words → the subjects and services that it may be about.
//!
//! Nothing is indexed: the catalogue lies in memory, and a few words are compared with its names.
//! Word forms are told by their beginnings, everyday words («фонари») by the groups of
//! `search/words.txt`.

use std::collections::HashSet;
use std::sync::{Arc, LazyLock};

use crate::catalog::Contents;
use crate::categories::{Categories, Category};
use crate::model::Service;
use crate::phrase::Phrase;

/// The most subjects that are offered.
const MOST_FOUND: usize = 10;
/// The most words of a question that are looked at.
const MOST_WORDS: usize = 20;
/// The most characters of a question that are looked at.
const MOST_TYPED: usize = 400;
/// The least letters of a word that says something.
const LEAST_LETTERS: usize = 3;

/// The groups of everyday words.
static EVERYDAY: LazyLock<Everyday> =
    LazyLock::new(|| Everyday::read(include_str!("../search/words.txt")));

/// Words that mean the same, and words and beginnings that mean nothing.
struct Everyday {
    groups: Vec<Vec<String>>,
    empty: HashSet<String>,
    beginnings: Vec<String>,
}

impl Everyday {
    fn read(text: &str) -> Self {
        let (mut groups, mut empty) = (Vec::new(), HashSet::new());
        let mut beginnings = Vec::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some(line) = line.strip_prefix('-') {
                empty.extend(split(line));
            } else if let Some(line) = line.strip_prefix('!') {
                beginnings.extend(split(line));
            } else {
                groups.push(split(line).collect());
            }
        }
        Self {
            groups,
            empty,
            beginnings,
        }
    }
}

/// A question in words that can be compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question(Vec<Word>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Word {
    typed: String,
    /// Other words for the same.
    same: Vec<&'static str>,
}

/// A subject that may be meant with the service that it opens.
#[derive(Clone, Debug)]
pub struct Lead<'a> {
    /// The subject.
    pub subject: &'a Category,
    /// The service.
    pub service: &'a Arc<Service>,
    /// Whether the service's form has this subject; one that asks something else first cannot have
    /// it marked beforehand.
    takes: bool,
}

impl Lead<'_> {
    /// The form with the subject marked, or the service.
    pub fn address(&self) -> String {
        let service = &self.service.definition.code;
        if self.takes {
            format!("/file/{service}?category={}", self.subject.code)
        } else {
            format!("/services/{service}")
        }
    }
}

/// How well something fits: by how many words, then how closely. The greater, the better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    words: usize,
    closeness: usize,
}

impl Question {
    /// The question that somebody typed.
    pub fn new(text: &str) -> Self {
        let typed: String = text.chars().take(MOST_TYPED).collect();
        let mut words: Vec<Word> = Vec::new();
        for typed in split(&typed).filter(|word| !EVERYDAY.empty.contains(word)) {
            if words.len() < MOST_WORDS && words.iter().all(|known| known.typed != typed) {
                words.push(Word::new(typed));
            }
        }
        Self(words)
    }

    /// Whether nothing in it can be looked for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The subjects that may be meant, the likeliest first, ten at the most. A section counts for
    /// the subjects in it, less than their own names do.
    pub fn subjects<'a>(&self, tree: &'a Categories) -> Vec<&'a Category> {
        let leaves = tree.leaves().into_iter().map(|leaf| {
            let own = named(&leaf.name);
            let above: Vec<String> = tree
                .line(leaf.id)
                .iter()
                .skip(1)
                .flat_map(|category| named(&category.name))
                .collect();
            (self.fit(&own, &above), leaf)
        });
        let mut found: Vec<(Fit, &Category)> = leaves.filter(|(fit, _)| fit.words > 0).collect();
        found.sort_by_key(|(fit, _)| std::cmp::Reverse(*fit));
        found.truncate(MOST_FOUND);
        found.into_iter().map(|(_, leaf)| leaf).collect()
    }

    /// The services whose names are meant, the likeliest first.
    pub fn services<'a>(
        &self,
        services: impl Iterator<Item = &'a Arc<Service>>,
    ) -> Vec<&'a Arc<Service>> {
        let mut found: Vec<(Fit, &Arc<Service>)> = services
            .map(|service| (self.fit(&named(&service.definition.name), &[]), service))
            .filter(|(fit, _)| fit.words > 0)
            .collect();
        found.sort_by_key(|(fit, _)| std::cmp::Reverse(*fit));
        found.into_iter().map(|(_, service)| service).collect()
    }

    /// The subjects that may be meant, each with the form that it belongs to: of a service that was
    /// named, of its own service, of the first that takes it.
    pub fn leads<'a>(&self, contents: &'a Contents) -> Vec<Lead<'a>> {
        let meant = self.services(contents.services());
        let takes = |service: &Service, subject: &Category| {
            contents.takes(&service.definition, &subject.code)
        };
        let subjects = self.subjects(contents.categories()).into_iter();
        subjects
            .filter_map(|subject| {
                let named = meant.iter().copied();
                let service = named
                    .filter(|service| takes(service, subject))
                    .chain(contents.service_of(subject.id))
                    .chain(
                        contents
                            .services()
                            .filter(|service| takes(service, subject)),
                    )
                    .next()?;
                Some(Lead {
                    subject,
                    service,
                    takes: takes(service, subject),
                })
            })
            .collect()
    }

    fn fit(&self, own: &[String], above: &[String]) -> Fit {
        let close = self.0.iter().map(|word| word.closeness(own, above));
        close
            .filter(|closeness| *closeness > 0)
            .fold(Fit::default(), |fit, closeness| Fit {
                words: fit.words + 1,
                closeness: fit.closeness + closeness,
            })
    }
}

impl Word {
    fn new(typed: String) -> Self {
        let same = EVERYDAY
            .groups
            .iter()
            .filter(|group| group.iter().any(|word| alike(word, &typed)))
            .flatten()
            .map(String::as_str)
            .collect();
        Self { typed, same }
    }

    /// 3 for the word itself, 2 for another word for the same, 1 for the name of the section.
    fn closeness(&self, own: &[String], above: &[String]) -> usize {
        let typed_in = |names: &[String]| names.iter().any(|name| alike(name, &self.typed));
        let meant_in = |names: &[String]| {
            let mut same = self.same.iter();
            same.any(|word| names.iter().any(|name| alike(name, word)))
        };
        if typed_in(own) {
            3
        } else if meant_in(own) {
            2
        } else {
            usize::from(typed_in(above))
        }
    }
}

/// The words of a name in both languages: people type either.
fn named(name: &Phrase) -> Vec<String> {
    split(&name.ru).chain(split(&name.en)).collect()
}

/// The words of a text in small letters, without the dots of `ё`, short ones left out.
fn split(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric())
        .map(|word| {
            let small = word.chars().flat_map(char::to_lowercase);
            small
                .map(|c| if c == '\u{451}' { '\u{435}' } else { c })
                .collect::<String>()
        })
        .filter(|word| word.chars().count() >= LEAST_LETTERS)
}

/// Whether two words are forms of one: they begin alike for four letters that are half of the
/// longer one or the whole shorter one; or for three, and differ only in a short ending.
fn alike(one: &str, other: &str) -> bool {
    let (one_length, other_length) = (one.chars().count(), other.chars().count());
    let (short, long) = (one_length.min(other_length), one_length.max(other_length));
    let common = one
        .chars()
        .zip(other.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let long_beginning = common >= 4 && (common == short || common * 2 >= long);
    let short_ending = common >= 3 && long - common <= 2;
    let says_nothing = || {
        let mut known = EVERYDAY.beginnings.iter();
        known.any(|beginning| beginning.chars().count() >= common && one.starts_with(beginning))
    };
    one == other || (long_beginning || short_ending) && !says_nothing()
}

#[cfg(test)]
mod tests {
    use base::Moment;
    use base::id::{CategoryId, ServiceId};

    use super::*;
    use crate::demo::{Demo, DemoCategory};
    use crate::{BUILT_IN, Definition};

    fn tree() -> Categories {
        fn add(rows: &mut Vec<Category>, from: &DemoCategory, parent: Option<CategoryId>) {
            let id = CategoryId::new(Moment::from_micros(0));
            rows.push(Category {
                id,
                parent,
                code: from.code.clone(),
                name: from.name.clone(),
                active: true,
            });
            for below in &from.below {
                add(rows, below, Some(id));
            }
        }
        let mut rows = Vec::new();
        for section in &Demo::built_in().unwrap().categories {
            add(&mut rows, section, None);
        }
        Categories::new(rows)
    }

    fn services() -> Vec<Arc<Service>> {
        BUILT_IN
            .iter()
            .map(|text| {
                Arc::new(Service {
                    id: ServiceId::new(Moment::from_micros(0)),
                    public: true,
                    definition: Definition::from_toml(text).unwrap(),
                })
            })
            .collect()
    }

    #[test]
    fn forms_of_a_word_are_alike_and_other_words_are_not() {
        for (one, other) in [
            ("снег", "снега"),
            ("дороги", "дорог"),
            ("дороги", "дорожный"),
            ("школы", "школе"),
            ("вода", "воды"),
            ("дом", "дома"),
            ("снег", "снегоуборочная"),
            ("benches", "bench"),
        ] {
            assert!(alike(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("вода", "водители"),
            ("образование", "обращение"),
            ("дом", "домофон"),
            ("плата", "платформа"),
            ("школы", "шкаф"),
            ("помойка", "помощь"),
            ("свет", "светофор"),
            ("темно", "тема"),
        ] {
            assert!(!alike(one, other), "{one} {other}");
        }
    }

    #[test]
    fn words_are_found_whatever_their_case_dots_and_endings() {
        assert_eq!(Question::new("СНЕГ!!"), Question::new("снег"));
        assert_eq!(Question::new("гололёд"), Question::new("гололед"));
        assert!(Question::new("не на и в — ?!").is_empty());
        assert!(Question::new("").is_empty());
        assert!(Question::new(&"а".repeat(1_000_000)).0.len() <= 1);
        let many: Vec<String> = (0..1000).map(|n| format!("слово{n}")).collect();
        assert_eq!(Question::new(&many.join(" ")).0.len(), MOST_WORDS);
    }

    #[test]
    fn what_people_type_leads_to_its_subject() {
        let tree = tree();
        for (typed, code) in [
            ("снег", "roads.snow"),
            ("не убирают снег во дворе", "roads.snow"),
            ("фонари не горят", "roads.lighting"),
            ("уличное освещение", "roads.lighting"),
            ("яма на дороге", "roads.surface"),
            ("нет горячей воды", "housing.heating"),
            ("холодные батареи", "housing.heating"),
            ("записаться к врачу", "health.appointment"),
            ("автобус не пришёл", "transport.vehicles"),
            ("свалка у дома", "roads.waste"),
            ("нет света", "housing.electricity"),
            ("светофор не работает", "roads.surface"),
            ("соседи шумят", "housing.yard"),
            ("управляющая компания", "housing.yard"),
            ("street lighting", "roads.lighting"),
            ("snow and ice", "roads.snow"),
            ("нет света", "housing.electricity"),
            ("протекает крыша", "housing.repair"),
            ("соседи шумят", "housing.yard"),
            ("провалился люк", "roads.surface"),
            ("пенсия", "social.benefits"),
        ] {
            let found = Question::new(typed).subjects(&tree);
            let codes: Vec<&str> = found.iter().take(3).map(|c| c.code.as_str()).collect();
            assert!(codes.contains(&code), "{typed}: {codes:?}");
        }
    }

    #[test]
    fn the_best_subject_stands_first_and_ten_are_enough() {
        let tree = tree();
        let found = Question::new("снег и гололёд на дорогах").subjects(&tree);
        assert_eq!(found[0].code, "roads.snow");
        for (typed, code) in [
            ("протекает крыша", "housing.repair"),
            ("хам в поликлинике", "health.appointment"),
            ("двор не убирают снег", "roads.snow"),
            ("помойка", "roads.waste"),
            ("темно, фонарь не горит", "roads.lighting"),
        ] {
            let found = Question::new(typed).subjects(&tree);
            let first = found.first().map(|subject| subject.code.as_str());
            assert_eq!(first, Some(code), "{typed}");
            let helps = found
                .iter()
                .any(|subject| subject.code == "health.ambulance");
            assert!(!helps, "{typed} asks for no ambulance");
        }
        let everything: String = tree.all().iter().map(|c| c.name.ru.clone() + " ").collect();
        assert!(Question::new(&everything).subjects(&tree).len() <= MOST_FOUND);
        assert!(found.iter().all(|c| tree.children(c.id).next().is_none()));
    }

    #[test]
    fn nonsense_finds_nothing() {
        let (tree, services) = (tree(), services());
        for typed in ["ъъъъ", "<script>alert(1)</script>", "12345", "xyzzy"] {
            let asked = Question::new(typed);
            assert!(asked.subjects(&tree).is_empty(), "{typed}");
            assert!(asked.services(services.iter()).is_empty(), "{typed}");
        }
    }

    #[test]
    fn a_kind_of_appeal_leads_to_its_service() {
        let services = services();
        for (typed, code) in [
            ("хочу пожаловаться", "complaint"),
            ("предлагаю поставить скамейки", "proposal"),
            ("запросить информацию", "information"),
        ] {
            let found = Question::new(typed).services(services.iter());
            let first = found
                .first()
                .map(|service| service.definition.code.as_str());
            assert_eq!(first, Some(code), "{typed}");
        }
    }

    #[test]
    fn a_closed_subject_is_not_offered() {
        let mut rows: Vec<Category> = tree().all().to_vec();
        for row in &mut rows {
            row.active = row.code != "roads.snow";
        }
        let found_in = |tree: &Categories| {
            let found = Question::new("снег").subjects(tree);
            found.iter().any(|c| c.code == "roads.snow")
        };
        assert!(found_in(&tree()));
        assert!(!found_in(&Categories::new(rows)));
    }
}
