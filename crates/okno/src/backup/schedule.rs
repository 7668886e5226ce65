//! Backups by the clock: one a day at the set hour, on one node, the oldest thrown away.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use base::{Error, Result};
use jiff::civil::Time;
use jiff::tz::TimeZone;
use serde::Deserialize;
use tokio::sync::watch;

use super::{MANIFEST, OBJECTS, OBJECTS_OF, backups_in, stamp, take};
use crate::house::House;

const GLANCE: Duration = Duration::from_secs(30);
const LEASE: &str = "backup";
/// Longer than a backup may take; another node waits that long when this one dies over it.
const LEASE_SECONDS: u32 = 6 * 3600;

/// When and where backups are taken.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Plan {
    /// The folder; best on another disk.
    pub folder: PathBuf,
    /// The hour, in the zone of the agencies.
    #[serde(default = "at_three")]
    pub at: Time,
    /// How many are kept.
    #[serde(default = "two_weeks")]
    pub keep: usize,
}

const fn at_three() -> Time {
    Time::constant(3, 0, 0, 0)
}

const fn two_weeks() -> usize {
    14
}

/// Takes backups by the plan until `stop` says so.
pub(crate) async fn by_plan(
    plan: Plan,
    house: House,
    zone: TimeZone,
    mut stop: watch::Receiver<bool>,
) {
    let mut failed_at = None;
    loop {
        let now = house.store.now().timestamp();
        let due = due_before(&plan, &zone, now);
        // A day whose backup failed is tried again after an hour.
        let resting =
            failed_at.is_some_and(|at: jiff::Timestamp| now.duration_since(at).as_secs() < 3600);
        if !resting && let Some(due) = due {
            match once(&plan, &house, due).await {
                Ok(()) => failed_at = None,
                Err(error) => {
                    failed_at = Some(now);
                    metrics::counter!("okno_backups_failed_total").increment(1);
                    let error = crate::house::told(error);
                    tracing::error!(error, folder = %plan.folder.display(), "the backup failed");
                }
            }
        }
        tokio::select! {
            () = tokio::time::sleep(GLANCE) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}

/// The last planned moment.
fn due_before(plan: &Plan, zone: &TimeZone, now: jiff::Timestamp) -> Option<jiff::Timestamp> {
    let local = now.to_zoned(zone.clone());
    let today = local
        .date()
        .to_datetime(plan.at)
        .to_zoned(zone.clone())
        .ok()?;
    if today.timestamp() <= now {
        return Some(today.timestamp());
    }
    let yesterday = local.date().yesterday().ok()?;
    let planned = yesterday.to_datetime(plan.at).to_zoned(zone.clone()).ok()?;
    Some(planned.timestamp())
}

async fn once(plan: &Plan, house: &House, due: jiff::Timestamp) -> Result<()> {
    let due = stamp(base::Moment::from_micros(due.as_microsecond()));
    let newest = backups_in(&plan.folder)?.pop();
    let done = newest
        .as_deref()
        .and_then(Path::file_name)
        .is_some_and(|name| name.to_string_lossy().as_ref() >= due.as_str());
    if done {
        return Ok(());
    }
    let holder = format!("backup-{}", std::process::id());
    let (asked, given) = (holder.clone(), holder);
    let mine = house
        .store
        .housekeeping(move |tx| store::Lease::try_acquire(tx, LEASE, &asked, LEASE_SECONDS))
        .await?;
    if !mine {
        return Ok(());
    }
    let taken = take(&house.store, &house.blobs, &plan.folder).await;
    house
        .store
        .housekeeping(move |tx| store::Lease::release(tx, LEASE, &given))
        .await?;
    let taken = taken?;
    metrics::gauge!("okno_backup_rows").set(f64::from(
        u32::try_from(taken.manifest.rows()).unwrap_or(u32::MAX),
    ));
    metrics::counter!("okno_backups_total").increment(1);
    tracing::info!(
        folder = %taken.folder.display(),
        rows = taken.manifest.rows(),
        objects = taken.manifest.objects,
        new_objects = taken.new_objects,
        "a backup was taken"
    );
    forget_old(&plan.folder, plan.keep)
}

/// Throws away all but the newest `keep` backups, and the objects that none of them names.
fn forget_old(folder: &Path, keep: usize) -> Result<()> {
    let all = backups_in(folder)?;
    let old = all.len().saturating_sub(keep.max(1));
    if old == 0 {
        return Ok(());
    }
    for backup in &all[..old] {
        // Without its manifest it is no backup any more, whatever happens next.
        fs::remove_file(backup.join(MANIFEST)).map_err(Error::internal)?;
        fs::remove_dir_all(backup).map_err(Error::internal)?;
    }
    let mut named = HashSet::new();
    for backup in &all[old..] {
        let text = fs::read_to_string(backup.join(OBJECTS_OF)).map_err(Error::internal)?;
        named.extend(text.lines().map(str::to_owned));
    }
    let objects = folder.join(OBJECTS);
    if !objects.is_dir() {
        return Ok(());
    }
    for group in fs::read_dir(&objects).map_err(Error::internal)? {
        let group = group.map_err(Error::internal)?.path();
        for object in fs::read_dir(&group).map_err(Error::internal)? {
            let object = object.map_err(Error::internal)?.path();
            let name = object
                .strip_prefix(&objects)
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default();
            if !named.contains(&name) {
                fs::remove_file(&object).map_err(Error::internal)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(folder: &Path) -> Plan {
        Plan {
            folder: folder.to_owned(),
            at: at_three(),
            keep: 2,
        }
    }

    #[test]
    fn the_last_planned_moment_is_today_or_yesterday() {
        let plan = plan(Path::new("x"));
        let zone = TimeZone::get("Europe/Moscow").unwrap();
        let at = |text: &str| text.parse::<jiff::Timestamp>().unwrap();
        let due = |now| due_before(&plan, &zone, at(now)).unwrap();
        assert_eq!(due("2026-11-22T00:00:00Z"), at("2026-11-22T00:00:00Z"));
        assert_eq!(due("2026-11-21T23:59:59Z"), at("2026-11-21T00:00:00Z"));
    }

    #[test]
    fn old_backups_go_with_the_objects_that_only_they_named() {
        let folder = tempfile::tempdir().unwrap();
        let put = |name: &str, text: &str| {
            let file = folder.path().join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        };
        for (day, names) in [("1", "aa/1\nbb/2"), ("2", "bb/2"), ("3", "bb/2\ncc/3")] {
            put(&format!("2026-11-0{day}T000000Z/{MANIFEST}"), "{}");
            put(&format!("2026-11-0{day}T000000Z/{OBJECTS_OF}"), names);
        }
        for name in ["aa/1", "bb/2", "cc/3"] {
            put(&format!("{OBJECTS}/{name}"), name);
        }
        forget_old(folder.path(), 2).unwrap();
        assert_eq!(backups_in(folder.path()).unwrap().len(), 2);
        let stays = |name: &str| folder.path().join(OBJECTS).join(name).exists();
        assert!(!stays("aa/1") && stays("bb/2") && stays("cc/3"));
    }
}
