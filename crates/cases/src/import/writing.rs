//! Writing what was read: units and subjects first, then cases, some in one change. Beside a server
//! the changes are short and leave room for others; where nobody waits they are long.

use std::sync::Arc;
use std::time::{Duration, Instant};

use base::{Actor, Error};
use store::Engine;

use super::case::{self, Ready};
use super::nodes;
use super::{Import, ImportError, Run, Sound};
use crate::model::Source;
use crate::sql;

const IMPORT: Actor = Actor::system("import");

/// Beside a server a change may hold the writer for so long; batches shrink and grow by it.
const CHANGE_MOST: Duration = Duration::from_millis(20);
/// Where nobody else waits for the writer it may hold it longer, for fewer commits.
const CHANGE_MOST_ALONE: Duration = Duration::from_millis(500);
/// Whether anybody else is there is looked for so often.
const LOOK_ROUND: Duration = Duration::from_secs(1);

/// How often a busy store is asked again; the pauses double up to [`PAUSE_MOST`].
const PATIENCE: u32 = 60;
const PAUSE_LEAST: Duration = Duration::from_millis(20);
const PAUSE_MOST: Duration = Duration::from_secs(1);

impl Import {
    /// Writes what is not there yet.
    pub(super) fn write_batch(
        &self,
        batch: Vec<Sound>,
        run: &mut Run<'_>,
    ) -> Result<(), ImportError> {
        if batch.is_empty() {
            return Ok(());
        }
        let ids: Arc<Vec<String>> =
            Arc::new(batch.iter().map(|sound| sound.appeal.id.clone()).collect());
        let known = self.known(&ids, run.stop)?;
        let mut new = Vec::with_capacity(batch.len());
        for (sound, known) in batch.into_iter().zip(known) {
            if known {
                run.report.progress.already_there += 1;
            } else {
                new.push(sound);
            }
        }
        if new.is_empty() {
            return Ok(());
        }
        self.make_nodes(&new, run)?;
        let mut ready = Vec::with_capacity(new.len());
        for sound in new {
            let source = &run.report.source_sha256;
            ready.push(case::prepared(sound, &run.nodes, &run.service, source)?);
        }
        if self.options.dry_run {
            run.report.progress.carried_over += ready.len() as u64;
            run.report.entries += ready.iter().map(Ready::entries).sum::<u64>();
            return Ok(());
        }
        let ready = Arc::new(ready);
        match self.write(&ready, 0..ready.len(), run.stop) {
            Ok(took) => {
                run.report.progress.carried_over += ready.len() as u64;
                run.report.entries += ready.iter().map(Ready::entries).sum::<u64>();
                self.pace(took, run)?;
                Ok(())
            }
            // Somebody else carries the same cases over: one by one, past those that are there.
            Err(Error::Conflict(_)) => self.write_singly(&ready, run),
            Err(error) => Err(error.into()),
        }
    }

    fn write_singly(&self, ready: &Arc<Vec<Ready>>, run: &mut Run<'_>) -> Result<(), ImportError> {
        for place in 0..ready.len() {
            match self.write(ready, place..place + 1, run.stop) {
                Ok(_) => {
                    run.report.progress.carried_over += 1;
                    run.report.entries += ready[place].entries();
                }
                Err(Error::Conflict(key)) => {
                    let id = ready[place].row.outside_number.clone().unwrap_or_default();
                    if self.known(&Arc::new(vec![id]), run.stop)? != [true] {
                        return Err(Error::Conflict(key).into());
                    }
                    run.report.progress.already_there += 1;
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// On SQLite, fits the next batch to what the last one took, and beside a server leaves the one
    /// writer to others for a while. On PostgreSQL nobody waits for these rows.
    fn pace(&self, took: Duration, run: &mut Run<'_>) -> base::Result<()> {
        let most = self.options.batch.max(1);
        if self.cases.journal().store().engine() != Engine::Sqlite {
            run.size = most;
            return Ok(());
        }
        // Not before the first batch: whoever places has placed it by now.
        if run.looked.is_none_or(|at| at.elapsed() > LOOK_ROUND) {
            run.alone = run.looked.is_some() && !run.placer.somebody_places_blocking()?;
            run.looked = Some(Instant::now());
        }
        let bound = if run.alone {
            CHANGE_MOST_ALONE
        } else {
            CHANGE_MOST
        };
        if took > bound {
            run.size = (run.size / 2).max(1);
        } else if took * 2 < bound {
            run.size = (run.size + run.size / 4 + 1).min(most);
        }
        if !run.alone {
            std::thread::sleep((took / 8).min(PAUSE_LEAST));
        }
        Ok(())
    }

    fn known(&self, ids: &Arc<Vec<String>>, stop: &dyn Fn() -> bool) -> base::Result<Vec<bool>> {
        patiently(stop, || {
            let ids = Arc::clone(ids);
            self.cases.journal().store().read_blocking(move |db| {
                ids.iter()
                    .map(|id| sql::outside_number_known(db, Source::Import, id))
                    .collect()
            })
        })
    }

    fn make_nodes(&self, new: &[Sound], run: &mut Run<'_>) -> Result<(), ImportError> {
        let named = new
            .iter()
            .map(|sound| (&sound.appeal, sound.events.as_slice()));
        let missing = run.nodes.missing(named);
        let store = self.cases.journal().store();
        for some in missing.chunks(nodes::AT_ONCE) {
            let some = Arc::new(some.to_vec());
            let find_or_make = || {
                patiently(run.stop, || {
                    let (journal, some) = (self.cases.journal().clone(), Arc::clone(&some));
                    if self.options.dry_run {
                        return store.read_blocking(move |db| nodes::would_make(db, &some));
                    }
                    store.change_blocking(&IMPORT, move |tx| nodes::make(tx, &journal, &some))
                })
            };
            // Two imports may make the same ones at once; the second time they are found.
            let (ids, made) = match find_or_make() {
                Err(Error::Conflict(_)) => find_or_make()?,
                other => other?,
            };
            let report = &mut run.report;
            report.units_made += made.units;
            report.categories_made += made.categories;
            report.territories_made += made.territories;
            report.nodes_made += made.units + made.categories + made.territories;
            run.nodes.remember(&some, &ids);
        }
        Ok(())
    }

    /// Writes some cases in one change; how long the change took of the writer.
    fn write(
        &self,
        ready: &Arc<Vec<Ready>>,
        some: std::ops::Range<usize>,
        stop: &dyn Fn() -> bool,
    ) -> base::Result<Duration> {
        patiently(stop, || {
            let (cases, ready, some) = (self.cases.clone(), Arc::clone(ready), some.clone());
            self.cases
                .journal()
                .store()
                .change_blocking(&IMPORT, move |tx| {
                    let began = Instant::now();
                    for one in ready.get(some.clone()).unwrap_or_default() {
                        case::insert(tx, &cases, one)?;
                    }
                    Ok(began.elapsed())
                })
        })
    }
}

/// Asks again while the store is busy, with longer and longer pauses.
pub(crate) fn patiently<R>(
    stop: &dyn Fn() -> bool,
    ask: impl Fn() -> base::Result<R>,
) -> base::Result<R> {
    let mut pause = PAUSE_LEAST;
    for _ in 0..PATIENCE {
        match ask() {
            Err(Error::Busy | Error::ReadOnly) if !stop() => {
                std::thread::sleep(pause);
                pause = (pause * 2).min(PAUSE_MOST);
            }
            other => return other,
        }
    }
    ask()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_store_is_asked_again_and_other_failures_are_not() {
        let asked = std::cell::Cell::new(0);
        let count = || asked.replace(asked.get() + 1);
        let answered = patiently(&|| false, || match count() {
            0 => Err(Error::Busy),
            1 => Err(Error::ReadOnly),
            n => Ok(n),
        });
        assert_eq!(answered.ok(), Some(2));
        asked.set(0);
        let refused: base::Result<()> = patiently(&|| false, || {
            count();
            Err(Error::Forbidden)
        });
        assert!(matches!(refused, Err(Error::Forbidden)) && asked.get() == 1);
    }

    #[test]
    fn who_wants_to_stop_does_not_wait_for_a_busy_store() {
        let began = Instant::now();
        let refused: base::Result<()> = patiently(&|| true, || Err(Error::Busy));
        assert!(matches!(refused, Err(Error::Busy)) && began.elapsed() < PAUSE_MOST);
    }
}
