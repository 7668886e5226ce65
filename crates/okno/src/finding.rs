//! The two indexes of the search and what the slices ask of them: one in memory over what
//! applicants wrote, for staff; one in a folder over what anybody may read. Both can be thrown away
//! (`data/find`); `feeding` fills them again.

mod feeding;

use std::future::Future;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use base::{Error, Page, Result};
use cases::searching::{Found, Piece, Told, Wanted};
use find::{Filters, Hit, Index, Need, Question};
use tokio::sync::{Semaphore, watch};
use uuid::Uuid;
use web::Shell;

/// Kind of a case in the indexes.
const CASE: &str = "case";
/// Kind of a topic of help.
const HELP: &str = "help";
/// Kind of a word of the glossary.
const GLOSSARY: &str = "glossary";
/// Searches at once; more wait for their turn.
const AT_ONCE: usize = 8;
/// Who has waited so long is told that the server is busy.
const PATIENCE: Duration = Duration::from_millis(500);
/// Topics of help that a page offers.
const MOST_TOLD: usize = 4;
/// A longer topic is cut.
const LONGEST_TOPIC: usize = 160;

/// Opens the indexes and hands them to the slice; what comes back keeps them filled until the server
/// stops. `heads`: the size of the log, and whether the server stops.
pub(crate) fn start(
    data: &Path,
    cases: &cases::Cases,
    shell: &Shell,
    heads: (watch::Receiver<u64>, watch::Receiver<bool>),
) -> Result<impl Future<Output = ()> + Send + use<>> {
    let finding = Finding::open(data)?;
    cases.find_with(Arc::new(finding.clone()));
    let (size, stop) = heads;
    Ok(feeding::feed(
        finding,
        cases.clone(),
        shell.clone(),
        size,
        stop,
    ))
}

/// The indexes. Clones share them.
#[derive(Clone, Debug)]
pub(crate) struct Finding(Arc<Indexes>);

#[derive(Debug)]
struct Indexes {
    /// What applicants wrote.
    texts: Index,
    /// What anybody may read.
    open: Index,
    /// Whether `texts` holds every case.
    complete: AtomicBool,
    free: Arc<Semaphore>,
}

impl Finding {
    /// Opens the indexes of an installation.
    pub(crate) fn open(data: &Path) -> Result<Self> {
        Ok(Self(Arc::new(Indexes {
            texts: Index::in_memory()?,
            open: Index::in_folder(&data.join("find"))?,
            complete: AtomicBool::new(false),
            free: Arc::new(Semaphore::new(AT_ONCE)),
        })))
    }

    /// Searches on a thread of its own: it takes the processor and not the time of others.
    async fn search(
        &self,
        open: bool,
        question: Question,
        after: Option<String>,
        limit: usize,
    ) -> Result<Page<Uuid>> {
        let turn = Arc::clone(&self.0.free).acquire_owned();
        let permit = tokio::time::timeout(PATIENCE, turn)
            .await
            .map_err(|_| Error::Busy)?
            .map_err(Error::internal)?;
        let this = self.clone();
        let found = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let index = if open { &this.0.open } else { &this.0.texts };
            index.search(&question, after.as_deref(), limit)
        })
        .await
        .map_err(Error::internal)??;
        Ok(Page {
            items: found
                .items
                .iter()
                .filter_map(|hit| hit.id.parse().ok())
                .collect(),
            next: found.next,
        })
    }
}

impl cases::searching::Finder for Finding {
    fn texts(&self, wanted: Wanted) -> Found<'_> {
        let units = wanted.units.iter().map(ToString::to_string).collect();
        let question = Question::new(&wanted.typed).among(Filters {
            kinds: vec![CASE.to_owned()],
            units: Some(units),
            ..Filters::default()
        });
        Box::pin(self.search(false, question, wanted.after, wanted.limit))
    }

    fn reached_by(&self, contact: String, after: Option<String>, limit: usize) -> Found<'_> {
        let question = Question::default()
            .about(vec![reached_by(&contact)])
            .among(Filters {
                kinds: vec![CASE.to_owned()],
                ..Filters::default()
            });
        Box::pin(self.search(false, question, after, limit))
    }

    fn register(&self, wanted: Wanted) -> Found<'_> {
        let subjects = wanted.categories.iter().map(ToString::to_string).collect();
        let question = Question::new(&wanted.typed)
            .needing(Need::Most)
            .about(subjects)
            .among(Filters {
                kinds: vec![CASE.to_owned()],
                ..Filters::default()
            });
        Box::pin(self.search(true, question, wanted.after, wanted.limit))
    }

    fn told(&self, typed: &str) -> Result<Vec<Told>> {
        let question = Question::new(typed).among(Filters {
            kinds: vec![HELP.to_owned(), GLOSSARY.to_owned()],
            ..Filters::default()
        });
        let found = self.0.open.search(&question, None, MOST_TOLD)?;
        Ok(found.items.iter().map(told).collect())
    }

    fn mark(&self, typed: &str, texts: &[&str]) -> Vec<Vec<Piece>> {
        let question = Question::new(typed);
        let marked = |text: &&str| -> Vec<Piece> {
            let pieces = find::mark(&question, text, LONGEST_TOPIC).into_iter();
            pieces
                .map(|piece| Piece {
                    text: piece.text,
                    matched: piece.matched,
                })
                .collect()
        };
        texts.iter().map(marked).collect()
    }

    fn did_you_mean(&self, typed: &str) -> Option<String> {
        self.0.open.did_you_mean(typed)
    }

    fn is_complete(&self) -> bool {
        self.0.complete.load(Ordering::Relaxed)
    }
}

/// A way to reach an applicant as it stands among the subjects of the index in memory; no subject is
/// called so.
fn reached_by(contact: &str) -> String {
    format!("reached by {contact}")
}

/// A hit of help is the name of its topic; one of the glossary is its anchor.
fn told(hit: &Hit) -> Told {
    let name = hit.id.split_once(':').map_or("", |(_, name)| name);
    if hit.kind == HELP {
        Told {
            href: format!("/help/{name}"),
            title: format!("help-{name}-title"),
            short: format!("help-{name}-short"),
        }
    } else {
        Told {
            href: format!("/glossary#{name}"),
            title: name.to_owned(),
            short: format!("{name}-what"),
        }
    }
}
