//! The tally: what figures are counted from. Each node keeps the facts of every open case and of
//! those finished within a year in memory, a few dozen bytes each; so a head of a million cases sees
//! counts, middle values and the first terms to run out after one walk of some milliseconds instead
//! of seconds in the database, and nothing is written for it. The facts are read from the store after
//! each start, in the background, and follow the log from then on; whoever asks reads what was
//! committed since first, so that figures are those of the moment. Until they are there, and for what
//! lies further back, the database counts.

mod counting;
mod facts;

use std::collections::HashMap;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::{Arc, PoisonError, RwLock, RwLockWriteGuard};
use std::time::{Duration, Instant};

use base::id::{AccountId, CaseId, ServiceId, UnitId};
use base::{Error, Moment, Result};
use jiff::Span;
use jiff::civil::Date;
use journal::followers::{self, News};
use store::{Db, Store};
use tokio::sync::{Mutex, watch};
use uuid::Uuid;

use crate::control::{Control, Statistics, TermKind, Totals};
use crate::sql::{self, FactRow, TermRow};
use crate::workplace::Load;
use crate::{Cases, KIND};
use counting::{Days, Persons};
use facts::Facts;

/// Days back within which finished cases are kept: the longest period that pages show, and more.
const KEPT: i64 = 400;
/// So many days older than that they may become.
const SPARE: i64 = 30;
/// Cases that are read at once.
const PAGE: i64 = 500;
/// Batches of entries that whoever asks reads first; of more than these the background takes care.
const MOST_BATCHES: usize = 8;
/// Entries are gathered so long before they are looked at, when nobody asks.
const GATHER: Duration = Duration::from_millis(200);
/// Whatever woke nobody is found so soon.
const GLANCE: Duration = Duration::from_secs(1);
/// After a failure it is tried again.
const AGAIN: Duration = Duration::from_secs(5);

/// The facts, and how far they have followed the log.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// The place in the log from which to read on; none while there are no facts. It is held from
    /// before news is read until it is put down: what was read later is never overwritten by what was
    /// read before.
    next: Mutex<Option<u64>>,
    /// How many have asked for what is new, and how many of them it was read for: whoever waited
    /// for a reading that began after they had asked needs none of their own.
    asked: AtomicU64,
    answered: AtomicU64,
    facts: Arc<RwLock<Option<Facts>>>,
}

/// Whose cases a head asks about, and in which period.
pub(crate) struct Asked {
    pub(crate) units: Vec<UnitId>,
    pub(crate) within: (Moment, Moment),
}

impl Cases {
    /// Gathers the facts that figures are counted from and keeps them until `stop` says so.
    pub async fn keep_tally(self, mut size: watch::Receiver<u64>, mut stop: watch::Receiver<bool>) {
        while let Err(error) = self.follow_tally(&mut size, &mut stop).await {
            tracing::warn!(%error, "figures were not kept up and are tried again");
            tokio::select! {
                () = tokio::time::sleep(AGAIN) => {}
                _ = stop.wait_for(|stop| *stop) => return,
            }
        }
    }

    async fn follow_tally(
        &self,
        size: &mut watch::Receiver<u64>,
        stop: &mut watch::Receiver<bool>,
    ) -> Result<()> {
        if self.0.tally.next.lock().await.is_none() {
            let begun = Instant::now();
            let stopped = stop.clone();
            let Some(cases) = self.gather(|| *stopped.borrow()).await? else {
                return Ok(());
            };
            let seconds = begun.elapsed().as_secs_f32();
            tracing::info!(cases, seconds, "figures are counted in memory");
        }
        while !*stop.borrow() {
            if self.read_on(1).await? {
                continue;
            }
            let woken = tokio::select! {
                () = tokio::time::sleep(GLANCE) => false,
                Ok(()) = size.changed() => true,
                _ = stop.wait_for(|stop| *stop) => return Ok(()),
            };
            if woken {
                tokio::time::sleep(GATHER).await;
            }
        }
        Ok(())
    }

    /// Gathers the facts anew, in the place of those that there are; how many cases they are of.
    pub async fn count_anew(&self) -> Result<usize> {
        Ok(self.gather(|| false).await?.unwrap_or_default())
    }

    /// Reads the facts of all cases that matter, page by page, and what has happened meanwhile; none
    /// when it was told to stop.
    async fn gather(&self, stopped: impl Fn() -> bool) -> Result<Option<usize>> {
        let store = self.journal().store();
        // Whatever changes while the cases are read is told by entries from here on.
        let mut next = store.read(followers::end).await?;
        let since = self.kept_since();
        let mut facts = Facts::new(self.hours().zone().clone(), since);
        let mut unit = None;
        while let Some(of) = store
            .read(move |db| sql::next_unit_with_cases(db, unit))
            .await?
        {
            unit = Some(of);
            let open = move |db: &mut Db<'_>, after: &_| sql::each_open(db, of, after, PAGE);
            walk(store, &mut facts, String::new(), open, &stopped).await?;
            let finished =
                move |db: &mut Db<'_>, after: &_| sql::each_finished(db, of, after, PAGE);
            walk(store, &mut facts, since, finished, &stopped).await?;
            if stopped() {
                return Ok(None);
            }
        }
        // Nobody is shown anything before it has caught up.
        let mut kept = self.0.tally.next.lock().await;
        loop {
            let (news, rows) = store.read(move |db| told(db, next)).await?;
            facts.put_all(&rows);
            next = news.next;
            if !news.more {
                break;
            }
            if stopped() {
                return Ok(None);
            }
        }
        let cases = facts.len();
        *self.facts() = Some(facts);
        *kept = Some(next);
        Ok(Some(cases))
    }

    /// Reads on from where the facts are, some batches at the most; whether there may be more.
    async fn read_on(&self, batches: usize) -> Result<bool> {
        let tally = &self.0.tally;
        let mine = tally.asked.fetch_add(1, SeqCst) + 1;
        let mut kept = tally.next.lock().await;
        let Some(mut next) = *kept else {
            return Ok(false);
        };
        if tally.answered.load(SeqCst) >= mine {
            return Ok(false);
        }
        let all = tally.asked.load(SeqCst);
        let since = self.kept_since();
        for _ in 0..batches {
            let store = self.journal().store();
            let (news, rows) = store.read(move |db| told(db, next)).await?;
            next = news.next;
            if let Some(facts) = &mut *self.facts() {
                facts.put_all(&rows);
                if since > facts.since().plus_seconds(SPARE * 86_400) {
                    facts.forget_before(since);
                }
            }
            *kept = Some(next);
            if !news.more {
                tally.answered.store(all, SeqCst);
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn facts(&self) -> RwLockWriteGuard<'_, Option<Facts>> {
        let facts = self.0.tally.facts.write();
        facts.unwrap_or_else(PoisonError::into_inner)
    }

    /// When the earliest of the finished cases that are kept was finished.
    fn kept_since(&self) -> Moment {
        self.begins(self.today().saturating_sub(Span::new().days(KEPT)))
    }

    /// What is counted from the facts as they are now; none while there are none, or when they do
    /// not reach as far back as `from`.
    async fn counted<R: Send + 'static>(
        &self,
        from: Option<Moment>,
        count: impl FnOnce(&Facts) -> R + Send + 'static,
    ) -> Result<Option<R>> {
        self.read_on(MOST_BATCHES).await?;
        let facts = Arc::clone(&self.0.tally.facts);
        let counting = move || {
            let facts = facts.read().unwrap_or_else(PoisonError::into_inner);
            let facts = facts.as_ref()?;
            let reaches = from.is_none_or(|from| from >= facts.since());
            reaches.then(|| count(facts))
        };
        tokio::task::spawn_blocking(counting)
            .await
            .map_err(Error::internal)
    }

    /// How the terms of every kind stand, see [`Cases::control`].
    pub(crate) async fn tallied_control(
        &self,
        asked: Asked,
        today: Date,
        soon: Date,
    ) -> Result<Option<Control>> {
        let days = Days { today, soon };
        self.counted(Some(asked.within.0), move |facts| {
            facts.control(&asked.units, asked.within, days)
        })
        .await
    }

    /// The first terms of a kind that run, see [`Cases::running_terms`].
    pub(crate) async fn tallied_terms(
        &self,
        kind: TermKind,
        units: &[UnitId],
        after: Option<(Date, Uuid)>,
        limit: usize,
    ) -> Result<Option<Vec<TermRow>>> {
        let of = units.to_vec();
        let found = self.counted(None, move |facts| facts.running(kind, &of, after, limit));
        let Some(found) = found.await? else {
            return Ok(None);
        };
        let mut ids: Vec<Uuid> = found.iter().map(|(_, _, case)| case.0).collect();
        ids.sort_unstable();
        ids.dedup();
        if ids.is_empty() {
            return Ok(Some(Vec::new()));
        }
        let store = self.journal().store();
        let rows = store.read(move |db| sql::cases_of(db, &ids)).await?;
        let rows: HashMap<CaseId, _> = rows.into_iter().map(|row| (row.case.id, row)).collect();
        let listed = found.into_iter().filter_map(|(day, key, case)| {
            let listed = rows.get(&case)?.clone();
            Some(TermRow { listed, day, key })
        });
        // A case may have gone to another unit a moment ago; a part is done for whoever has the case.
        let here = |row: &TermRow| kind == TermKind::Part || units.contains(&row.listed.case.unit);
        Ok(Some(listed.filter(here).collect()))
    }

    /// What waits for an answer, by the one who has it, see [`Cases::loads`].
    pub(crate) async fn tallied_loads(
        &self,
        units: &[UnitId],
        today: Date,
        soon: Date,
    ) -> Result<Option<HashMap<Option<AccountId>, Load>>> {
        let units = units.to_vec();
        let days = Days { today, soon };
        self.counted(None, move |facts| facts.loads(&units, days))
            .await
    }

    /// What was finished, see [`Cases::totals`].
    pub(crate) async fn tallied_totals(
        &self,
        asked: Asked,
        service: Option<ServiceId>,
    ) -> Result<Option<Totals>> {
        self.counted(Some(asked.within.0), move |facts| {
            facts.totals(&asked.units, asked.within, service)
        })
        .await
    }

    /// The figures of units, see [`Cases::statistics`]; person by person of everybody's finished
    /// cases, or of one's own.
    pub(crate) async fn tallied_statistics(
        &self,
        asked: Asked,
        today: Date,
        all: bool,
        own: Option<AccountId>,
    ) -> Result<Option<Statistics>> {
        let persons = if all { Persons::All } else { Persons::Own(own) };
        let units = asked.units.clone();
        let counted = self.counted(Some(asked.within.0), move |facts| {
            facts.statistics(&asked.units, asked.within, today, persons)
        });
        let Some((mut figures, low)) = counted.await? else {
            return Ok(None);
        };
        if !low.is_empty() {
            let this = self.clone();
            let store = self.journal().store();
            let read = move |db: &mut Db<'_>| this.low_ratings_among(db, &low, &units);
            figures.low = store.read(read).await?;
        }
        Ok(Some(figures))
    }
}

/// Reads the facts of one list of cases, page by page from a place on, until it ends or is stopped.
async fn walk<P: Clone + Send + 'static>(
    store: &Store,
    facts: &mut Facts,
    from: P,
    page: impl Fn(&mut Db<'_>, &(P, CaseId)) -> Result<Vec<(P, CaseId)>> + Copy + Send + 'static,
    stopped: &impl Fn() -> bool,
) -> Result<()> {
    let mut after = (from, CaseId(Uuid::nil()));
    loop {
        let from = after.clone();
        let read = move |db: &mut Db<'_>| {
            let cases = page(db, &from)?;
            let rows = sql::facts(db, &cases_in(&cases))?;
            Ok((cases, rows))
        };
        let (cases, rows) = store.read(read).await?;
        facts.put_all(&rows);
        match cases.into_iter().last() {
            Some(last) if !stopped() => after = last,
            _ => return Ok(()),
        }
    }
}

fn cases_in<T>(page: &[(T, CaseId)]) -> Vec<CaseId> {
    page.iter().map(|(_, case)| *case).collect()
}

/// What has happened to cases from a place in the log on, and how they stand now.
fn told(db: &mut Db<'_>, from: u64) -> Result<(News, Vec<FactRow>)> {
    let news = followers::news(db, KIND, from)?;
    let cases: Vec<CaseId> = news.of.iter().map(|id| CaseId(*id)).collect();
    let mut rows = Vec::with_capacity(cases.len());
    for some in cases.chunks(usize::try_from(PAGE).unwrap_or(1)) {
        rows.extend(sql::facts(db, some)?);
    }
    Ok((news, rows))
}
