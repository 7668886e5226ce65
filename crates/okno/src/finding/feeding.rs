//! Feeding the indexes. The one in memory is filled from the store after each start, the newest
//! cases first and a batch at a time; the one in the folder keeps its position in the log beside its
//! words and goes on from there. From then on every entry of a case tells it anew.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use base::id::{CaseId, CategoryId};
use base::{Language, Result};
use cases::Cases;
use cases::searching::{Changes, MOST_TOLD, Searchable};
use catalog::Contents;
use find::Document;
use people::Units;
use sha2::{Digest, Sha256};
use tokio::sync::watch;
use web::{Shell, Words};

use super::{CASE, Finding, GLOSSARY, HELP, reached_by};

/// While an index is filled it is committed after so many cases.
const COMMIT_AFTER: usize = 25_000;
/// A log this long tells of so many cases that filling is worth a good deal of memory.
const LONG_LOG: u64 = 50_000;
/// So many entries are gathered at the most before what they changed is told.
const MOST_GATHERED: usize = 10_000;
/// After so many entries that changed nothing the position is kept all the same.
const KEPT_AFTER: u64 = 10_000;
/// Entries are gathered so long before a commit.
const GATHER: Duration = Duration::from_millis(500);
/// After a failure it is tried again.
const AGAIN: Duration = Duration::from_secs(5);
/// Changed names are looked for so often.
const NAMES: Duration = Duration::from_mins(1);
/// What stands in the documents changes with this.
const EDITION: &str = "2";

/// Fills the indexes and keeps them filled until `stop` says so.
pub(crate) async fn feed(
    finding: Finding,
    cases: Cases,
    shell: Shell,
    size: watch::Receiver<u64>,
    mut stop: watch::Receiver<bool>,
) {
    let feeder = Feeder {
        finding,
        cases,
        shell,
        size,
        stop: stop.clone(),
    };
    loop {
        match feeder.run().await {
            Ok(()) => return,
            Err(error) => tracing::warn!(%error, "the search could not be fed and is tried again"),
        }
        tokio::select! {
            () = tokio::time::sleep(AGAIN) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}

struct Feeder {
    finding: Finding,
    cases: Cases,
    shell: Shell,
    size: watch::Receiver<u64>,
    stop: watch::Receiver<bool>,
}

/// Which indexes are told.
#[derive(Clone, Copy, Debug, Default)]
struct Whom {
    texts: bool,
    open: bool,
}

const BOTH: Whom = Whom {
    texts: true,
    open: true,
};
const OPEN: Whom = Whom {
    texts: false,
    open: true,
};
const TEXTS: Whom = Whom {
    texts: true,
    open: false,
};

impl Whom {
    fn add(&mut self, changes: Changes) {
        self.texts |= changes.texts;
        self.open |= changes.open;
    }
}

/// Where in the log the telling stands.
#[derive(Clone, Copy)]
struct Position {
    /// The first entry that is not told.
    next: u64,
    /// The same, as the index in the folder keeps it.
    kept: u64,
}

impl Feeder {
    fn stopped(&self) -> bool {
        *self.stop.borrow()
    }

    async fn run(&self) -> Result<()> {
        let begun = Instant::now();
        let now = *self.size.borrow();
        let mut names = Names::load(&self.cases).await?;
        let (kept, open) = self.position(&names, now);
        // Whatever happens while the cases are read is told after them, from here on.
        let next = kept.unwrap_or(now).min(now);
        let mut at = Position { next, kept: next };
        let texts = !self.finding.0.complete.load(Ordering::Relaxed);
        self.fill(Whom { texts, open }, &names).await?;
        if self.stopped() {
            return Ok(());
        }
        self.finding.0.complete.store(true, Ordering::Relaxed);
        self.commit(BOTH, next, &names).await?;
        tracing::info!(
            cases = self.finding.0.texts.len(),
            seconds = begun.elapsed().as_secs_f32(),
            "every case can be found"
        );
        self.rest().await?;
        let mut size = self.size.clone();
        let mut stop = self.stop.clone();
        let mut looked = Instant::now();
        loop {
            let told = at.next;
            self.follow(&mut at, &names).await?;
            if looked.elapsed() > NAMES {
                looked = Instant::now();
                let fresh = Names::load(&self.cases).await?;
                if fresh.print != names.print {
                    names = fresh;
                    self.fill(OPEN, &names).await?;
                    self.commit(OPEN, at.next, &names).await?;
                    at.kept = at.next;
                }
            }
            let quiet = tokio::select! {
                () = tokio::time::sleep(NAMES) => at.next == told,
                changed = size.changed() => match changed {
                    Ok(()) => false,
                    Err(_) => return Ok(()),
                },
                _ = stop.wait_for(|stop| *stop) => return Ok(()),
            };
            if quiet {
                self.rest().await?;
            }
            tokio::time::sleep(GATHER).await;
        }
    }

    /// Where the open index was left, and whether it has to be filled anew.
    fn position(&self, names: &Names, size: u64) -> (Option<u64>, bool) {
        let kept = self.finding.0.open.kept().and_then(|kept| {
            let (position, print) = kept.split_once(' ')?;
            (print == names.print).then(|| position.parse::<u64>().ok())?
        });
        // A log shorter than the index knows is another log.
        match kept.filter(|position| *position <= size) {
            Some(position) => (Some(position), false),
            None => (None, true),
        }
    }

    /// Tells all cases, the newest first.
    async fn fill(&self, whom: Whom, names: &Names) -> Result<()> {
        if *self.size.borrow() > LONG_LOG {
            self.finding.0.texts.brace();
            self.finding.0.open.brace();
        }
        if whom.open {
            self.tell_words()?;
        }
        if !whom.texts && !whom.open {
            return Ok(());
        }
        let mut told = 0;
        let mut batch = self.cases.searchable(None, MOST_TOLD).await?;
        while let Some(last) = batch.last() {
            let after = Some((last.received_at, last.id));
            let (few, before) = (batch.len() < MOST_TOLD, told);
            told += batch.len();
            // The next ones are read while these are told.
            let (next, done) = tokio::join!(
                self.cases.searchable(after, MOST_TOLD),
                self.tell(batch.into_iter().map(|case| (case, whom)).collect(), names),
            );
            done?;
            // The first batch can be found at once: it is what people ask for.
            if whom.texts && (before == 0 || before / COMMIT_AFTER != told / COMMIT_AFTER) {
                self.make_findable(TEXTS).await?;
            }
            if few || self.stopped() {
                break;
            }
            batch = next?;
        }
        Ok(())
    }

    /// Tells the cases of what was placed since the position, each once, and moves it there.
    async fn follow(&self, at: &mut Position, names: &Names) -> Result<()> {
        loop {
            let (changed, more) = self.gather(at).await?;
            let mut dirty = Whom::default();
            let changed: Vec<(CaseId, Whom)> = changed.into_iter().collect();
            for changed in changed.chunks(MOST_TOLD) {
                let mut left: BTreeMap<CaseId, Whom> = changed.iter().copied().collect();
                let ids: Vec<CaseId> = left.keys().copied().collect();
                let there = self.cases.searchable_of(&ids).await?.into_iter();
                let there: Vec<(Searchable, Whom)> = there
                    .filter_map(|case| left.remove(&case.id).map(|whom| (case, whom)))
                    .collect();
                for (_, whom) in &there {
                    dirty.texts |= whom.texts;
                    dirty.open |= whom.open;
                }
                for gone in left.keys() {
                    self.finding.0.texts.take_out(&gone.to_string())?;
                    self.finding.0.open.take_out(&gone.to_string())?;
                    dirty = BOTH;
                }
                self.tell(there, names).await?;
            }
            if dirty.open || at.next - at.kept > KEPT_AFTER {
                dirty.open = true;
                self.commit(dirty, at.next, names).await?;
                at.kept = at.next;
            } else if dirty.texts {
                self.make_findable(TEXTS).await?;
            }
            if !more || self.stopped() {
                return Ok(());
            }
        }
    }

    /// Cases that were changed by what was placed since the position, and whether there is more.
    async fn gather(&self, at: &mut Position) -> Result<(BTreeMap<CaseId, Whom>, bool)> {
        let store = self.cases.journal().store();
        let mut changed: BTreeMap<CaseId, Whom> = BTreeMap::new();
        let mut gathered = 0;
        let more = loop {
            if gathered >= MOST_GATHERED {
                break true;
            }
            let entries = journal::followers::entries_from(store, at.next).await?;
            let Some(last) = entries.last() else {
                break false;
            };
            at.next = last.idx + 1;
            gathered += entries.len();
            for entry in entries.iter().filter(|entry| entry.kind == cases::KIND) {
                let whom = changed.entry(CaseId(entry.entity)).or_default();
                whom.add(Changes::of(&entry.action));
            }
        };
        changed.retain(|_, whom| whom.texts || whom.open);
        Ok((changed, more))
    }

    async fn tell(&self, batch: Vec<(Searchable, Whom)>, names: &Names) -> Result<()> {
        let (this, names) = (self.finding.clone(), names.clone());
        let shell = self.shell.clone();
        blocking(move || {
            for (case, whom) in &batch {
                if whom.texts {
                    this.0.texts.put(&names.texts(case))?;
                }
                if whom.open && case.public {
                    this.0.open.put(&names.open(case, shell.words()))?;
                } else if whom.open {
                    this.0.open.take_out(&case.id.to_string())?;
                }
            }
            Ok(())
        })
        .await
    }

    async fn make_findable(&self, whom: Whom) -> Result<()> {
        let this = self.finding.clone();
        blocking(move || {
            if whom.texts {
                this.0.texts.commit(None)?;
            }
            if whom.open {
                this.0.open.commit(None)?;
            }
            Ok(())
        })
        .await
    }

    async fn commit(&self, whom: Whom, next: u64, names: &Names) -> Result<()> {
        let this = self.finding.clone();
        let keep = format!("{next} {}", names.print);
        blocking(move || {
            if whom.texts {
                this.0.texts.commit(None)?;
            }
            this.0.open.commit(Some(&keep))
        })
        .await
    }

    /// Gives back the memory that writing the indexes takes.
    async fn rest(&self) -> Result<()> {
        let this = self.finding.clone();
        blocking(move || {
            this.0.texts.rest()?;
            this.0.open.rest()
        })
        .await
    }

    /// Tells help and glossary in both languages.
    fn tell_words(&self) -> Result<()> {
        let words = self.shell.words();
        let both = |key: &str| {
            Language::ALL
                .map(|language| words.text(language, key, &[]))
                .join("\n")
        };
        let topics = web::help::TOPICS.iter().map(|topic| Document {
            id: format!("{HELP}:{}", topic.name),
            kind: HELP.to_owned(),
            title: both(&topic.title()),
            text: format!("{}\n{}", both(&topic.short()), both(&topic.text())),
            ..Document::default()
        });
        let glossary = web::glossary::told().map(|(anchor, name, what)| Document {
            id: format!("{GLOSSARY}:{anchor}"),
            kind: GLOSSARY.to_owned(),
            title: both(&name),
            text: both(&what),
            ..Document::default()
        });
        topics
            .chain(glossary)
            .try_for_each(|document| self.finding.0.open.put(&document))
    }
}

async fn blocking(work: impl FnOnce() -> Result<()> + Send + 'static) -> Result<()> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(base::Error::internal)?
}

/// Names by identifier, in both languages.
#[derive(Clone)]
struct Names {
    contents: Arc<Contents>,
    units: Arc<Units>,
    /// Of everything that the open index says by these names.
    print: String,
}

impl Names {
    async fn load(cases: &Cases) -> Result<Self> {
        let contents = cases.catalog().contents().await?;
        let units = cases.people().units().await?;
        let mut hash = Sha256::new();
        hash.update(EDITION);
        hash.update(env!("CARGO_PKG_VERSION"));
        let mut add = |text: &str| {
            hash.update(text);
            hash.update([0]);
        };
        for service in contents.all_services() {
            add(&service.id.to_string());
            add(&service.public.to_string());
            for language in Language::ALL {
                add(service.definition.name(language));
            }
        }
        for category in contents.categories().all() {
            add(&category.id.to_string());
            add(&category.parent.map(|id| id.to_string()).unwrap_or_default());
            for language in Language::ALL {
                add(category.name.text(language));
            }
        }
        for unit in units.all() {
            add(&unit.id.to_string());
            add(&unit.parent.map(|id| id.to_string()).unwrap_or_default());
            for language in Language::ALL {
                add(unit.name(language));
            }
        }
        let print = hash
            .finalize()
            .iter()
            .take(16)
            .fold(String::new(), |mut text, byte| {
                use std::fmt::Write as _;
                let _ = write!(text, "{byte:02x}");
                text
            });
        Ok(Self {
            contents,
            units,
            print,
        })
    }

    fn line(&self, category: Option<CategoryId>) -> Vec<String> {
        let line = category.map(|id| self.contents.categories().line(id));
        let line = line.unwrap_or_default().into_iter();
        line.map(|category| category.id.to_string()).collect()
    }

    /// What staff find a case by: what the applicant wrote, and its numbers.
    fn texts(&self, case: &Searchable) -> Document {
        let contacts = case.contacts.iter().map(|contact| reached_by(contact));
        let categories = self
            .line(case.category)
            .into_iter()
            .chain(contacts)
            .collect();
        let outside = case.outside_number.as_deref().unwrap_or_default();
        Document {
            id: case.id.to_string(),
            kind: CASE.to_owned(),
            title: case.topic.clone(),
            text: format!("{}\n{}\n{outside}", case.text, case.number),
            service: case.service.to_string(),
            categories,
            // Of those above a unit the reader's own grants tell.
            units: case.units.iter().map(ToString::to_string).collect(),
            state: case.state.code().to_owned(),
            received: Some(case.received_at),
        }
    }

    /// What anybody finds a case by: what the register shows, in both languages.
    fn open(&self, case: &Searchable, words: &Words) -> Document {
        let subject = |language| {
            let path = case.category;
            path.map(|id| self.contents.categories().path(id, language))
        };
        let service = self.contents.service_by_id(case.service);
        let unit = case.units.first();
        let unit = unit.map(|unit| self.units.path(*unit)).unwrap_or_default();
        let mut text = vec![case.number.to_string()];
        for language in Language::ALL {
            text.extend(service.map(|service| service.definition.name(language).to_owned()));
            text.extend(unit.iter().map(|unit| unit.name(language).to_owned()));
            let outcome = case
                .outcome
                .map(|outcome| format!("case-outcome-{}", outcome.code()));
            text.extend(outcome.map(|key| words.text(language, &key, &[])));
        }
        let title: Vec<String> = Language::ALL.into_iter().filter_map(subject).collect();
        Document {
            id: case.id.to_string(),
            kind: CASE.to_owned(),
            title: title.join("\n"),
            text: text.join("\n"),
            service: case.service.to_string(),
            categories: self.line(case.category),
            units: unit.iter().map(|unit| unit.id.to_string()).collect(),
            state: case.state.code().to_owned(),
            received: Some(case.received_at),
        }
    }
}
