//! The index: documents in, identifiers of what was found out. One writer with a bounded memory; what
//! was given is found after the next commit.

use std::hash::BuildHasher;
use std::sync::{Mutex, MutexGuard, PoisonError};

use base::{Cursor, Error, Moment, Page, Result};
use rustc_hash::FxBuildHasher;
use tantivy::collector::TopDocs;
use tantivy::schema::{Field, Value};
use tantivy::{DocAddress, DocId, IndexReader, Score, SegmentReader, Term};
use tantivy::{TantivyDocument, TantivyError};

use crate::question::{MOST_FOUND, Question};
use crate::suggest;
use crate::writer::Writer;

/// No page begins deeper than this: who has read so far asks more closely.
const DEEPEST: usize = 1_000;
/// The most of a text, in bytes, that is looked at; longer ones are cut.
const LONGEST: usize = 200_000;

/// What can be found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Whatever tells it from all others; the same one given again replaces the first.
    pub id: String,
    /// What it is, like `case` or `glossary`.
    pub kind: String,
    /// Its title; words there count for more.
    pub title: String,
    /// Its text.
    pub text: String,
    /// Its service.
    pub service: String,
    /// Its subject and those above it.
    pub categories: Vec<String>,
    /// Its units and those above them.
    pub units: Vec<String>,
    /// Its state.
    pub state: String,
    /// When it was received; among equals the newest comes first.
    pub received: Option<Moment>,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Which document.
    pub id: String,
    /// What it is.
    pub kind: String,
    /// How well it fits; comparable within one search only.
    pub score: f32,
}

/// The fields of the index.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    pub(crate) id: Field,
    pub(crate) kind: Field,
    pub(crate) title: Field,
    pub(crate) text: Field,
    /// Whole words, for what is offered; filled only where anybody may read everything.
    pub(crate) words: Field,
    /// What a document is beside its words: each is a [`Mark`]. They share a field, because every
    /// field has a dictionary of its own, which costs more than a small commit holds.
    pub(crate) marks: Field,
    /// The units once more, as numbers beside each document: for readers of a great many of them.
    pub(crate) units: Field,
    pub(crate) received: Field,
}

/// What a document is asked for beside its words.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Mark {
    Kind,
    Service,
    Category,
    Unit,
    State,
}

impl Mark {
    /// The term of a value.
    pub(crate) fn term(self, fields: &Fields, value: &str) -> Term {
        Term::from_field_text(fields.marks, &self.text(value))
    }

    fn text(self, value: &str) -> String {
        let name = match self {
            Self::Kind => 'k',
            Self::Service => 's',
            Self::Category => 'c',
            Self::Unit => 'u',
            Self::State => 't',
        };
        format!("{name}:{value}")
    }
}

/// The name of the field of moments, as sorting asks for it.
pub(crate) const RECEIVED: &str = "received";
/// The name of the field of units, as many of them are asked for.
pub(crate) const UNITS: &str = "units";

/// The number that stands for a unit beside a document.
pub(crate) fn number_of(unit: &str) -> u64 {
    FxBuildHasher.hash_one(unit)
}

/// An index.
pub struct Index {
    pub(crate) fields: Fields,
    pub(crate) reader: IndexReader,
    pub(crate) writer: Mutex<Writer>,
    /// Whether words of it may be offered to anybody.
    pub(crate) open_to_all: bool,
    /// What the last commit said, when the index was opened.
    pub(crate) kept: Option<String>,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index")
            .field("documents", &self.len())
            .field("open_to_all", &self.open_to_all)
            .finish_non_exhaustive()
    }
}

impl Index {
    /// How many documents can be found.
    pub fn len(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// Whether nothing can be found.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The word that came with the last commit before the index was opened.
    pub fn kept(&self) -> Option<&str> {
        self.kept.as_deref()
    }

    /// Puts a document in, in place of one with the same identifier.
    pub fn put(&self, document: &Document) -> Result<()> {
        let fields = &self.fields;
        let mut row = TantivyDocument::default();
        row.add_text(fields.id, &document.id);
        row.add_text(fields.kind, &document.kind);
        row.add_text(fields.title, bounded(&document.title));
        row.add_text(fields.text, bounded(&document.text));
        if self.open_to_all {
            row.add_text(fields.words, bounded(&document.title));
            row.add_text(fields.words, bounded(&document.text));
        }
        let mut mark = |mark: Mark, value: &str| row.add_text(fields.marks, mark.text(value));
        mark(Mark::Kind, &document.kind);
        mark(Mark::Service, &document.service);
        mark(Mark::State, &document.state);
        for category in &document.categories {
            mark(Mark::Category, category);
        }
        for unit in &document.units {
            mark(Mark::Unit, unit);
        }
        for unit in &document.units {
            row.add_u64(fields.units, number_of(unit));
        }
        let received = document.received.map_or(i64::MIN, Moment::micros);
        row.add_i64(fields.received, received);
        let mut writer = self.writer();
        let writer = writer.present()?;
        writer.delete_term(Term::from_field_text(fields.id, &document.id));
        writer.add_document(row).map_err(broken)?;
        Ok(())
    }

    /// Takes a document out.
    pub fn take_out(&self, id: &str) -> Result<()> {
        let mut writer = self.writer();
        let gone = Term::from_field_text(self.fields.id, id);
        writer.present()?.delete_term(gone);
        Ok(())
    }

    /// Makes what was given since the last commit findable. `keep` is a short word that [`Index::kept`]
    /// gives back when the index is opened again.
    pub fn commit(&self, keep: Option<&str>) -> Result<()> {
        let mut writer = self.writer();
        let mut commit = writer.present()?.prepare_commit().map_err(broken)?;
        if let Some(keep) = keep {
            commit.set_payload(keep);
        }
        commit.commit().map_err(broken)?;
        drop(writer);
        self.reader.reload().map_err(broken)
    }

    /// Takes the memory that a great many documents want, from the next one on that is put in while
    /// nothing is being written, until [`Index::rest`].
    pub fn brace(&self) {
        self.writer().brace();
    }

    /// Gives back the memory that writing takes, for a time when nothing is written; waits until
    /// segments are merged. What was not committed is forgotten.
    pub fn rest(&self) -> Result<()> {
        Writer::rest(self.writer())
    }

    /// What fits a question, the best first and among equals the newest. An unreadable cursor is
    /// the first page.
    pub fn search(
        &self,
        question: &Question,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<Hit>> {
        let limit = limit.clamp(1, MOST_FOUND);
        let from = after.map_or(0, place).min(DEEPEST);
        if question.is_empty() && question.subjects.is_empty() {
            return Ok(Page {
                items: Vec::new(),
                next: None,
            });
        }
        let searcher = self.reader.searcher();
        let best = TopDocs::with_limit(limit + 1).and_offset(from).tweak_score(
            |segment: &SegmentReader| {
                let received = segment.fast_fields().i64(RECEIVED).ok();
                let received = received.map(|column| column.first_or_default_col(i64::MIN));
                move |doc: DocId, score: Score| {
                    let received = received.as_ref().map_or(i64::MIN, |c| c.get_val(doc));
                    (score, received)
                }
            },
        );
        let query = question.query(&self.fields);
        let mut found: Vec<((Score, i64), DocAddress)> =
            searcher.search(&query, &best).map_err(broken)?;
        let more = found.len() > limit && from + limit < DEEPEST;
        found.truncate(limit);
        let items = found
            .into_iter()
            .map(|((score, _), address)| {
                let row: TantivyDocument = searcher.doc(address).map_err(broken)?;
                let text = |field| {
                    let value = row.get_first(field);
                    value
                        .and_then(|value| value.as_str().map(str::to_owned))
                        .unwrap_or_default()
                };
                Ok(Hit {
                    id: text(self.fields.id),
                    kind: text(self.fields.kind),
                    score,
                })
            })
            .collect::<Result<_>>()?;
        Ok(Page {
            items,
            next: more.then(|| Cursor::of(&[&(from + limit).to_string()])),
        })
    }

    /// What somebody may have meant, when words of what they typed stand nowhere: the whole text
    /// with the nearest known words. Nothing from an index whose words are not for everybody.
    pub fn did_you_mean(&self, typed: &str) -> Option<String> {
        if !self.open_to_all {
            return None;
        }
        suggest::nearest(&self.reader.searcher(), &self.fields, typed)
    }

    /// Words that begin as the last word typed, the commonest first, ten at the most. Nothing from
    /// an index whose words are not for everybody.
    pub fn completions(&self, typed: &str) -> Vec<String> {
        if !self.open_to_all {
            return Vec::new();
        }
        suggest::completions(&self.reader.searcher(), &self.fields, typed)
    }

    fn writer(&self) -> MutexGuard<'_, Writer> {
        // A panic elsewhere leaves at worst a batch that is not committed.
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn place(cursor: &str) -> usize {
    Cursor::read(cursor, 1)
        .and_then(|parts| parts[0].parse().ok())
        .unwrap_or(0)
}

fn bounded(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST)]
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "it stands in `map_err`, which gives the error away"
)]
pub(crate) fn broken(error: TantivyError) -> Error {
    Error::internal(error.to_string())
}
