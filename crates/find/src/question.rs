//! Questions: what a person typed, as words and phrases. There are no operators and nothing is an
//! error; quotes of any kind make a phrase.

use std::ops::Bound;
use std::sync::Arc;

use base::Moment;
use rustc_hash::FxHashSet;
use tantivy::query::doc_predicate_query::{DocPredicateQuery, FunctionPredicate};
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, Occur, PhraseQuery, Query, RangeQuery,
    TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, SegmentReader, Term};

use crate::index::{Fields, Mark, UNITS, number_of};
use crate::words;

/// The most characters of a question that are looked at.
pub const MOST_TYPED: usize = 400;
/// The most words of a question that are looked at.
const MOST_WORDS: usize = 24;
/// The most hits of a page.
pub const MOST_FOUND: usize = 100;
/// A word in the title counts so much more than one in the text.
const TITLE: f32 = 2.0;
/// So many units are joined by their lists.
const FEW_UNITS: usize = 8;
/// What a wanted subject adds.
const SUBJECT: f32 = 3.0;

/// Opening and closing quotes, the usual ones of both languages.
const QUOTES: &[char] = &[
    '"', '\u{ab}', '\u{bb}', '\u{201c}', '\u{201d}', '\u{201e}', '\u{201f}',
];

/// How many of the words must stand in a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Need {
    /// One is enough; more come first.
    Any,
    /// Two of two, two of three, and so on: a third of them may be missing.
    #[default]
    Most,
    /// All of them.
    All,
}

/// What a document must be beside having the words. An empty list asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// Of one of these kinds.
    pub kinds: Vec<String>,
    /// Of one of these services.
    pub services: Vec<String>,
    /// Under one of these subjects.
    pub categories: Vec<String>,
    /// Under one of these units; `Some` of nothing finds nothing.
    pub units: Option<Vec<String>>,
    /// In one of these states.
    pub states: Vec<String>,
    /// Not before this moment.
    pub from: Option<Moment>,
    /// Before this moment.
    pub until: Option<Moment>,
}

/// A question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// Stems that are looked for, each alone.
    pub(crate) words: Vec<String>,
    /// Stems that must follow each other.
    pub(crate) phrases: Vec<Vec<String>>,
    /// How many words must fit.
    pub(crate) need: Need,
    /// Subjects that fit whatever the words are.
    pub(crate) subjects: Vec<String>,
    /// What else is asked for.
    pub(crate) filters: Filters,
}

impl Question {
    /// The question that somebody typed.
    pub fn new(typed: &str) -> Self {
        let typed: String = typed.chars().take(MOST_TYPED).collect();
        let mut question = Self::default();
        let mut left = MOST_WORDS;
        for (at, part) in typed.split(QUOTES).enumerate() {
            let stems = words::split(words::stems(), part, left);
            left -= stems.len();
            let quoted = at % 2 == 1;
            if quoted && stems.len() > 1 {
                question
                    .phrases
                    .push(stems.into_iter().map(|word| word.text).collect());
            } else {
                let written = words::split(words::written(), part, stems.len());
                let telling: Vec<bool> = written
                    .iter()
                    .map(|word| quoted || !words::is_empty(&word.text))
                    .collect();
                for (word, telling) in stems.into_iter().zip(telling) {
                    if telling && !question.words.contains(&word.text) {
                        question.words.push(word.text);
                    }
                }
            }
        }
        if question.is_empty() {
            let all = words::split(words::stems(), &typed, MOST_WORDS);
            question.words = all.into_iter().map(|word| word.text).collect();
            question.words.dedup();
        }
        question
    }

    /// Whether nothing in it can be looked for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.phrases.is_empty()
    }

    /// How many of the words must stand in a document.
    #[must_use]
    pub fn needing(mut self, need: Need) -> Self {
        self.need = need;
        self
    }

    /// What is under one of these subjects fits too, and comes first when it has the words as well.
    #[must_use]
    pub fn about(mut self, subjects: Vec<String>) -> Self {
        self.subjects = subjects;
        self
    }

    /// What a document must be beside having the words.
    #[must_use]
    pub fn among(mut self, filters: Filters) -> Self {
        self.filters = filters;
        self
    }

    /// Whether a stem is one of those looked for.
    pub(crate) fn has(&self, stem: &str) -> bool {
        self.words.iter().any(|word| word == stem)
            || self.phrases.iter().flatten().any(|word| word == stem)
    }

    pub(crate) fn query(&self, fields: &Fields) -> Box<dyn Query> {
        let mut fitting: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        if !self.is_empty() {
            fitting.push((Occur::Should, self.words_query(fields)));
        }
        if !self.subjects.is_empty() {
            let set = one_of(fields, Mark::Category, &self.subjects);
            fitting.push((Occur::Should, Box::new(ConstScoreQuery::new(set, SUBJECT))));
        }
        if fitting.is_empty() {
            fitting.push((Occur::Must, Box::new(AllQuery)));
        }
        let mut all: Vec<(Occur, Box<dyn Query>)> =
            vec![(Occur::Must, Box::new(BooleanQuery::new(fitting)))];
        let filters = &self.filters;
        let mut demand = |query: Box<dyn Query>| {
            all.push((Occur::Must, Box::new(ConstScoreQuery::new(query, 0.0))));
        };
        for (mark, values) in [
            (Mark::Kind, &filters.kinds),
            (Mark::Service, &filters.services),
            (Mark::Category, &filters.categories),
            (Mark::State, &filters.states),
        ] {
            if !values.is_empty() {
                demand(one_of(fields, mark, values));
            }
        }
        if let Some(units) = &filters.units {
            demand(in_units(fields, units));
        }
        if filters.from.is_some() || filters.until.is_some() {
            let day = |moment: &Moment| Term::from_field_i64(fields.received, moment.micros());
            demand(Box::new(RangeQuery::new(
                filters
                    .from
                    .as_ref()
                    .map_or(Bound::Unbounded, |from| Bound::Included(day(from))),
                filters
                    .until
                    .as_ref()
                    .map_or(Bound::Unbounded, |until| Bound::Excluded(day(until))),
            )));
        }
        Box::new(BooleanQuery::new(all))
    }

    fn words_query(&self, fields: &Fields) -> Box<dyn Query> {
        let word = |stem: &String| -> Box<dyn Query> {
            let term = |field| -> Box<dyn Query> {
                let term = Term::from_field_text(field, stem);
                Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
            };
            Box::new(BooleanQuery::union(vec![
                Box::new(BoostQuery::new(term(fields.title), TITLE)),
                term(fields.text),
            ]))
        };
        let phrase = |stems: &Vec<String>| -> Box<dyn Query> {
            let terms = |field: Field| -> Box<dyn Query> {
                let terms = stems
                    .iter()
                    .map(|stem| Term::from_field_text(field, stem))
                    .collect();
                Box::new(PhraseQuery::new(terms))
            };
            Box::new(BooleanQuery::union(vec![
                Box::new(BoostQuery::new(terms(fields.title), TITLE)),
                terms(fields.text),
            ]))
        };
        let words: Vec<Box<dyn Query>> = self.words.iter().map(word).collect();
        let least = match self.need {
            Need::Any => 1,
            Need::Most => (words.len() * 2).div_ceil(3),
            Need::All => words.len(),
        };
        let mut parts: Vec<(Occur, Box<dyn Query>)> = self
            .phrases
            .iter()
            .map(|stems| (Occur::Must, phrase(stems)))
            .collect();
        if !words.is_empty() {
            let words = BooleanQuery::union_with_minimum_required_clauses(words, least);
            parts.push((Occur::Must, Box::new(words)));
        }
        Box::new(BooleanQuery::new(parts))
    }
}

/// A union of terms: a set of them would be built into an automaton for each question, which takes
/// longer than most questions do.
fn one_of(fields: &Fields, mark: Mark, values: &[String]) -> Box<dyn Query> {
    let term = |value: &String| -> Box<dyn Query> {
        Box::new(TermQuery::new(
            mark.term(fields, value),
            IndexRecordOption::Basic,
        ))
    };
    Box::new(BooleanQuery::union(values.iter().map(term).collect()))
}

/// Under one of these units. Lists of the cases of each are quick to join while they are few; a head
/// of hundreds would wait for that, so there each document that has the words is asked for its units.
fn in_units(fields: &Fields, units: &[String]) -> Box<dyn Query> {
    if units.len() <= FEW_UNITS {
        return one_of(fields, Mark::Unit, units);
    }
    let wanted: Arc<FxHashSet<u64>> = Arc::new(units.iter().map(|unit| number_of(unit)).collect());
    let of_segment = move |segment: &SegmentReader| {
        // A segment none of whose documents has a unit has no such column.
        let units = segment.fast_fields().u64(UNITS).ok();
        let wanted = wanted.clone();
        Ok(move |document: DocId| {
            let mut units = units
                .iter()
                .flat_map(|units| units.values_for_doc(document));
            units.any(|unit| wanted.contains(&unit))
        })
    };
    let query: DocPredicateQuery = FunctionPredicate::from(of_segment).into();
    Box::new(query)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_make_a_phrase_and_an_open_one_reaches_the_end() {
        let question = Question::new("двор «яма на дороге» \"снег");
        assert_eq!(question.phrases.len(), 1);
        assert_eq!(question.phrases[0].len(), 3);
        assert_eq!(question.words, ["двор", "снег"]);
    }

    #[test]
    fn words_that_say_nothing_are_left_out_unless_there_are_no_others() {
        assert_eq!(Question::new("не убирают снег").words.len(), 2);
        assert_eq!(Question::new("не и в").words.len(), 3);
        assert!(Question::new(" …?! ").is_empty());
    }

    #[test]
    fn operators_are_words_like_others() {
        assert_eq!(
            Question::new("title:снег AND -(дом) OR *").words,
            ["titl", "снег", "дом"]
        );
        assert!(Question::new(&"слово ".repeat(10_000)).words.len() <= MOST_WORDS);
    }
}
