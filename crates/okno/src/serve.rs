//! Serving: pages and API in front, and behind them the placer, the sealer, the followers and the
//! jobs. A stop is graceful: no new requests, the old ones are finished, the log is sealed once more.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::serve::{Listener, ListenerExt};
use base::id::CaseId;
use base::{Error, Language};
use cases::Cases;
use channels::dialogue::DialogueFollower;
use channels::messengers;
use journal::{Follower, Placer, Sealed, Sealer, jobs};
use tokio::sync::watch;
use tokio::task::JoinSet;
use web::{FooterFacts, Shell, Words};

use crate::backup;
use crate::finding;
use crate::house::{House, WORDS, told};
use crate::listening::{self, LAST_REQUESTS};
use crate::settings::Settings;
use crate::{demo, routes};

/// How long requests may take to finish at a stop.
const GRACE: Duration = Duration::from_secs(10);
/// How often what is done by the clock is looked at.
const ROUND: Duration = Duration::from_mins(1);

/// Serves until SIGINT or SIGTERM.
pub(crate) fn serve(settings: &Settings) -> Result<(), String> {
    let started = Instant::now();
    let socket = listening::handed_over()?;
    let mut settings = settings.clone();
    if let Some(socket) = &socket {
        settings.listen = socket.local_addr().map_err(|error| error.to_string())?;
    }
    let settings = &settings;
    let house = House::open(settings, true)?;
    house.catalog.load_services().map_err(told)?;
    demo::found(&house, settings)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    runtime.block_on(run(settings, house, socket, started))
}

async fn run(
    settings: &Settings,
    house: House,
    socket: Option<std::net::TcpListener>,
    started: Instant,
) -> Result<(), String> {
    let metrics = metrics_exporter_prometheus::PrometheusBuilder::new()
        .install_recorder()
        .map_err(|error| error.to_string())?;
    let placer = Placer::new(house.store.clone()).map_err(told)?;
    let sealer = Sealer::new(house.journal.clone(), house.blobs.clone()).map_err(told)?;
    let log_head = sealer.sealed();
    let shell = shell(settings, &house, log_head.clone())?;
    let (stop, stopping) = watch::channel(false);
    let asked_to_stop = stop_signal()?;

    let mut work = JoinSet::new();
    let size = placer.size();
    work.spawn(placer.run(stopping.clone()));
    work.spawn(sealer.run(stopping.clone()));
    follow(&mut work, settings, &house, &shell, (&size, &stopping));
    work.spawn(notices::listen(
        house.store.clone(),
        shell.live().clone(),
        stopping.clone(),
    ));
    let tally = house.cases.clone();
    work.spawn(tally.keep_tally(size.clone(), stopping.clone()));
    let heads = (size.clone(), stopping.clone());
    work.spawn(finding::start(&settings.data, &house.cases, &shell, heads).map_err(told)?);
    talk(&mut work, &house, &shell, &size, &stopping);
    wake_pages(&mut work, &house, &shell, size, &stopping);
    queues(&mut work, &house, &shell, &stopping);
    let networks = house.channels.networks().clone();
    work.spawn(networks.run(shell.clone(), stopping.clone()));
    let marks = settings.marks.clone();
    work.spawn(by_the_clock(house.clone(), marks, stopping.clone()));
    if let Some(mailbox) = settings.mailbox.clone() {
        // A mail server that hangs holds up its letters and nothing else.
        let channels = house.channels.clone();
        work.spawn(channels.read_mailbox(mailbox, shell.clone(), stopping.clone()));
    }
    if let Some(plan) = settings.backup.clone() {
        let zone = settings.web.zone.clone();
        work.spawn(backup::by_plan(plan, house.clone(), zone, stopping.clone()));
    }

    let (shut, shutting) = watch::channel(false);
    let listener = listening::listen(settings.listen, socket, shutting).await?;
    let app = routes::app(settings, &house, &shell, log_head, metrics)
        .map_err(|error| format!("the interface for programs cannot be described: {error}"))?;
    let service = app.into_make_service_with_connect_info::<std::net::SocketAddr>();
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    tracing::info!(%address, ready_ms = started.elapsed().as_millis(), "Okno listens on http://{address}");

    let live = shell.live().clone();
    let mut closing = stopping.clone();
    // Answers are written whole: nothing is gained by waiting for more.
    let listener = listener.tap_io(|connection| drop(connection.set_nodelay(true)));
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        let _ = closing.changed().await;
        // Open event streams would hold the stop for ever.
        live.close();
    });
    let server = tokio::spawn(async move { server.await });
    let broken = tokio::select! {
        () = asked_to_stop => None,
        what = breakdown(&mut work) => Some(what),
    };
    match &broken {
        None => tracing::info!("stopping: finishing what was begun"),
        Some(what) => tracing::error!(what, "background work broke down: stopping, to begin anew"),
    }
    let _ = shut.send(true);
    tokio::time::sleep(LAST_REQUESTS).await;
    let _ = stop.send(true);
    if tokio::time::timeout(GRACE, server).await.is_err() {
        tracing::warn!("some requests did not finish in time");
    }
    let finish = async { while work.join_next().await.is_some() {} };
    if tokio::time::timeout(GRACE, finish).await.is_err() {
        tracing::warn!("some background work did not finish in time; it goes on at the next start");
    }
    match broken {
        None => Ok(()),
        Some(what) => Err(format!("background work broke down: {what}")),
    }
}

/// Waits until a piece of the background work breaks down, and says how. Whoever keeps the server
/// running starts it again: better that than letters that wait, or a log that nobody seals, behind
/// pages that look well.
async fn breakdown(work: &mut JoinSet<()>) -> String {
    while let Some(ended) = work.join_next().await {
        if let Err(error) = ended {
            return error.to_string();
        }
    }
    std::future::pending().await
}

/// Follows the log: the figures, the notices, the days that are watched, the networks.
fn follow(
    work: &mut JoinSet<()>,
    settings: &Settings,
    house: &House,
    shell: &Shell,
    (size, stopping): (&watch::Receiver<u64>, &watch::Receiver<bool>),
) {
    let mut followers: Vec<Arc<dyn Follower>> = vec![
        Arc::new(cases::FiguresFollower {
            zone: settings.web.zone.clone(),
        }),
        Arc::new(notices::NoticesFollower::new(
            house.cases.clone(),
            house.mail.clone(),
            shell.clone(),
        )),
        Arc::new(cases::WatchFollower {
            marks: settings.marks.clone(),
            zone: settings.web.zone.clone(),
        }),
    ];
    if settings.vk.is_some() {
        followers.push(Arc::new(channels::networks::NetworksFollower));
    }
    for follower in followers {
        work.spawn(journal::followers::run(
            house.store.clone(),
            follower,
            size.clone(),
            stopping.clone(),
        ));
    }
}

/// A mail server takes this many connections from one client without thinking of abuse.
const LETTERS_AT_ONCE: usize = 8;

/// Does the jobs that wait, in lanes.
fn queues(work: &mut JoinSet<()>, house: &House, shell: &Shell, stopping: &watch::Receiver<bool>) {
    // A mail server that hangs holds up letters and nothing else; so does a messenger.
    // Its letters know no order; what is said in one chat does.
    for (lane, at_once) in [
        (jobs::Lane::AllBut(&[mail::JOB, messengers::JOB]), 1),
        (jobs::Lane::Only(mail::JOB), LETTERS_AT_ONCE),
        (jobs::Lane::Only(messengers::JOB), 1),
    ] {
        let (store, handlers) = (house.store.clone(), handlers(house, shell));
        work.spawn(jobs::run(store, handlers, lane, at_once, stopping.clone()));
    }
}

/// Listens to the messengers that are set up, and tells those who filed in one what became of it.
fn talk(
    work: &mut JoinSet<()>,
    house: &House,
    shell: &Shell,
    size: &watch::Receiver<u64>,
    stopping: &watch::Receiver<bool>,
) {
    for listener in house.channels.listeners() {
        work.spawn(listener.run(shell.clone(), stopping.clone()));
    }
    if house.channels.has_messengers() {
        let follower = DialogueFollower::new(house.channels.clone(), shell.clone());
        work.spawn(journal::followers::run(
            house.store.clone(),
            Arc::new(follower),
            size.clone(),
            stopping.clone(),
        ));
    }
}

/// Wakes the pages that listen: of a case, and of the desks that have it in their queue.
fn wake_pages(
    work: &mut JoinSet<()>,
    house: &House,
    shell: &Shell,
    size: watch::Receiver<u64>,
    stopping: &watch::Receiver<bool>,
) {
    let live = shell.live().clone();
    let (tell, heard) = tokio::sync::mpsc::channel(cases::listening::WAITING);
    work.spawn(cases::listening::tell_desks(
        house.cases.clone(),
        live.clone(),
        heard,
    ));
    work.spawn(journal::followers::tail(
        house.store.clone(),
        size,
        stopping.clone(),
        move |entry| {
            live.publish(&format!("{}:{}", entry.kind, entry.entity), entry.idx);
            if entry.kind == cases::KIND {
                // When too much waits already, the desks are told of that.
                let _full = tell.try_send((CaseId(entry.entity), entry.idx));
            }
        },
    ));
}

fn shell(
    settings: &Settings,
    house: &House,
    sealed: watch::Receiver<Sealed>,
) -> Result<Shell, String> {
    let words = Words::new(WORDS).map_err(|error| error.to_string())?;
    let store = house.store.clone();
    let mut web = settings.web.clone();
    web.operator = demo::operator(settings, false, Language::Ru);
    web.operator_en = demo::operator(settings, false, Language::En);
    Ok(Shell::new(
        web,
        words,
        house.store.clock().clone(),
        move || store.health() == store::Health::ReadWrite,
        move || {
            let sealed = sealed.borrow();
            let root = journal::wire::to_base64(&sealed.root);
            Some(FooterFacts {
                size: sealed.size,
                sealed: sealed.at?,
                checkpoint: format!("{}…{}", &root[..4], &root[root.len() - 3..root.len() - 1]),
            })
        },
    ))
}

fn handlers(house: &House, shell: &Shell) -> jobs::Handlers {
    let mut handlers = jobs::Handlers::default();
    let cases = house.cases.clone();
    handlers.on(cases::READINGS_JOB, move |_| {
        let cases = cases.clone();
        async move { cases.seal_readings().await.map(|_| ()).map_err(told) }
    });
    let cases = house.cases.clone();
    handlers.on(cases::RULES_JOB, move |case: String| {
        let cases = cases.clone();
        async move {
            let case = case.parse().map_err(|_| "names no case".to_owned())?;
            cases.decide_by_rule(CaseId(case)).await.map_err(told)
        }
    });
    let (channels, spoken) = (house.channels.clone(), shell.clone());
    handlers.on(messengers::JOB, move |reply| {
        let (channels, shell) = (channels.clone(), spoken.clone());
        async move { channels.say(reply, &shell).await }
    });
    let (mail, cases, shell) = (house.mail.clone(), house.cases.clone(), shell.clone());
    handlers.on(mail::JOB, move |letter| {
        let (mail, cases, shell) = (mail.clone(), cases.clone(), shell.clone());
        async move {
            let printed = |which: String| async move { printed(&cases, &shell, &which).await };
            mail.send(letter, printed).await
        }
    });
    handlers
}

/// The paper that goes with a letter. A letter is not held up by a paper that cannot be made: its
/// words and the way to the page go without it.
async fn printed(cases: &Cases, shell: &Shell, which: &str) -> Result<Option<Vec<u8>>, String> {
    let Ok(paper) = serde_json::from_str(which) else {
        return Ok(None);
    };
    match cases::pages::answer_for_letter(cases, shell, &paper).await {
        Ok(pdf) => Ok(Some(pdf)),
        Err(Error::Busy) => Err("the printer is busy".to_owned()),
        Err(Error::NotFound) => Ok(None),
        Err(error) => {
            tracing::warn!(problem = told(error), "a letter goes without its paper");
            Ok(None)
        }
    }
}

/// What is done by the clock and promised to nobody: each may be missed once without harm.
async fn by_the_clock(house: House, marks: cases::Marks, mut stop: watch::Receiver<bool>) {
    loop {
        if let Err(error) = house.cases.watch_terms(&marks).await {
            tracing::warn!(%error, "terms were not watched");
        }
        if let Err(error) = house.cases.decide_waiting().await {
            tracing::warn!(%error, "cases that wait for their rules were not decided");
        }
        if let Err(error) = house.cases.queue_hourly_readings().await {
            tracing::warn!(%error, "queueing the hourly entry of readings failed");
        }
        if let Err(error) = house.cases.drop_old_drafts().await {
            tracing::warn!(%error, "old drafts could not be thrown away");
        }
        if let Err(error) = house.channels.drop_old_dialogues().await {
            tracing::warn!(%error, "old dialogues could not be thrown away");
        }
        if let Err(error) = house.channels.drop_old_letters().await {
            tracing::warn!(%error, "old letters could not be thrown away");
        }
        tokio::select! {
            () = tokio::time::sleep(ROUND) => {}
            _ = stop.changed() => return,
        }
    }
}

/// Ends when SIGINT or SIGTERM comes. Both are caught from the moment this returns, which is before
/// the first request can be answered: a stop right after the start is as soft as any other.
fn stop_signal() -> Result<impl Future<Output = ()>, String> {
    use tokio::signal::unix::{SignalKind, signal};
    let told = |error: std::io::Error| format!("signals cannot be caught: {error}");
    let mut interrupt = signal(SignalKind::interrupt()).map_err(told)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(told)?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn work_that_breaks_down_is_told_and_work_that_ends_is_not() {
        let mut work = JoinSet::new();
        work.spawn(async {});
        let quiet = Duration::from_millis(20);
        let ended = tokio::time::timeout(quiet, breakdown(&mut work)).await;
        assert!(ended.is_err(), "nothing broke down: {ended:?}");
        work.spawn(std::future::pending());
        work.spawn(async { assert_eq!(1, 2, "the books do not agree") });
        let told = breakdown(&mut work).await;
        assert!(told.contains("the books do not agree"), "{told}");
    }
}
