//! One run: the parts that are wanted, one after the other, each into its section of the report. A
//! part that fails says so in its section, with the end of the server's log when that has ended, and
//! the run goes on with the next. Servers and temporary folders go with the run, however it ends.

use std::path::{Path, PathBuf};

use tokio::signal::unix::{SignalKind, signal};

use crate::lifecycle::Place;
use crate::options::{Options, Part};
use crate::process::{self, Server};
use crate::report::{self, Report};
use crate::search::wait_until_findable;
use crate::sql::{Database, Tables};
use crate::{burst, entries, filing, latency, lifecycle, machine, pages, sealing, search, startup};

/// Measures what is wanted.
pub(crate) fn run(options: &Options) -> Result<(), String> {
    let binary = match &options.okno {
        Some(binary) => std::path::absolute(binary).map_err(|error| error.to_string())?,
        None => process::build()?,
    };
    // Beside the binary: where temporary files are kept in memory nothing would be durable.
    let folder = tempfile::Builder::new()
        .prefix("bench-")
        .tempdir_in(binary.parent().unwrap_or(Path::new(".")))
        .map_err(|error| error.to_string())?;
    // One thread: the generator takes one core at most.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    runtime.block_on(async {
        let told = |error: std::io::Error| error.to_string();
        let mut terminated = signal(SignalKind::terminate()).map_err(told)?;
        tokio::select! {
            ended = measure(options, &binary, folder.path()) => ended,
            _ = tokio::signal::ctrl_c() => Err("stopped".to_owned()),
            _ = terminated.recv() => Err("stopped".to_owned()),
        }
    })
}

/// The server that parts share, started when it is first needed and again when it has ended.
struct Shared<'a> {
    binary: &'a Path,
    place: PathBuf,
    server: Option<Server>,
}

impl Shared<'_> {
    async fn server(&mut self) -> Result<&Server, String> {
        if self.server.as_ref().is_none_or(Server::has_ended) {
            self.server = None;
            let server = Server::okno(self.binary, &self.place, false, None)?;
            wait_until_findable(&server).await?;
            self.server = Some(server);
        }
        self.server.as_ref().ok_or_else(|| "no server".to_owned())
    }
}

struct Sections<'a> {
    report: Report,
    /// What titles end on.
    of_store: &'a str,
    failed: bool,
}

impl Sections<'_> {
    /// Puts what came of a part into its section.
    fn put(
        &mut self,
        title: &str,
        measured: Result<String, String>,
        server: Option<&Server>,
    ) -> Result<(), String> {
        let title = format!("{title}{}", self.of_store);
        let ended = server.filter(|server| server.has_ended());
        let measured = match ended {
            Some(server) => Err(format!(
                "the server ended; its last words:\n\n{}\n\n{}",
                server.last_words(),
                measured.unwrap_or_else(|error| error)
            )),
            None => measured,
        };
        let text = measured.unwrap_or_else(|error| {
            self.failed = true;
            eprintln!("  failed: {error}");
            format!("**Not measured**, because it failed:\n\n```\n{error}\n```\n")
        });
        self.report.put(&title, &text)
    }
}

async fn measure(options: &Options, binary: &Path, folder: &Path) -> Result<(), String> {
    let of_store = options.store.as_deref().map_or_else(String::new, |store| {
        let name = store.file_name().unwrap_or_default().to_string_lossy();
        format!(", store {name}")
    });
    let durable = machine::durable_writes(folder).map_err(|error| error.to_string())?;
    let report = Report::open(
        options.report.clone(),
        report::head().to_owned(),
        report::taken(options, durable),
    );
    let mut sections = Sections {
        report,
        of_store: &of_store,
        failed: false,
    };
    let mut shared = Shared {
        binary,
        place: options
            .store
            .clone()
            .unwrap_or_else(|| folder.join("sqlite")),
        server: None,
    };
    if options.wants(Part::Start) && options.store.is_none() {
        eprintln!("P15 start and memory");
        sections.put(
            "P15 Start and idle memory",
            startup::measure(binary, folder),
            None,
        )?;
    }
    pages_and_lives(options, &mut shared, folder, &mut sections).await?;
    under_load(options, &mut shared, folder, &mut sections).await?;
    drop(shared);
    if options.store.is_none() {
        alone(options, binary, folder, &mut sections).await?;
    }
    println!("{}", sections.report.text());
    if sections.failed {
        return Err("some parts could not be measured".to_owned());
    }
    Ok(())
}

/// Parts for which the store should be as it was found.
async fn pages_and_lives(
    options: &Options,
    shared: &mut Shared<'_>,
    folder: &Path,
    sections: &mut Sections<'_>,
) -> Result<(), String> {
    if options.wants(Part::Weight) {
        eprintln!("P16 weight");
        let okno = shared.server().await?;
        sections.put(
            "P16 Weight of the home page, bytes",
            startup::weigh(okno).await,
            Some(okno),
        )?;
    }
    if options.wants(Part::Pages) {
        eprintln!("P1 and P2 pages");
        let okno = shared.server().await?;
        let measured = pages::measure(options, okno, folder).await;
        sections.put(
            "P1 and P2 Pages, one case filed every second",
            measured,
            Some(okno),
        )?;
    }
    let cluster = options
        .database_url
        .as_deref()
        .filter(|_| options.store.is_none());
    let lives = options.wants(Part::Lives) || options.wants(Part::LivesOnPostgres);
    if lives {
        eprintln!("P4 and P5 whole lives");
        let cluster = cluster.filter(|_| options.wants(Part::LivesOnPostgres));
        let okno = shared.server().await?;
        let measured = whole_lives(options, okno, cluster, folder).await;
        sections.put("P4 and P5 Whole lives of cases", measured, Some(okno))?;
    }
    Ok(())
}

/// Parts that file much, those that file the most last.
async fn under_load(
    options: &Options,
    shared: &mut Shared<'_>,
    folder: &Path,
    sections: &mut Sections<'_>,
) -> Result<(), String> {
    if options.wants(Part::Latency) {
        eprintln!("P6 latency");
        let okno = shared.server().await?;
        let measured = latency::measure(options, okno, folder).await;
        sections.put("P6 Latency at 70 % of capacity", measured, Some(okno))?;
    }
    if options.wants(Part::Search) {
        eprintln!("P10 search");
        let okno = shared.server().await?;
        let measured = search::measure(options, okno, folder).await;
        sections.put("P10 Search", measured, Some(okno))?;
    }
    if options.wants(Part::Proofs) {
        eprintln!("P8 proofs");
        let okno = shared.server().await?;
        let measured = sealing::measure(options, okno, folder).await;
        sections.put("P8 From the entry to the proof", measured, Some(okno))?;
    }
    if options.wants(Part::Filing) {
        eprintln!("P3 filing on SQLite");
        let okno = shared.server().await?;
        let measured = filing::measure(options, okno, folder, None).await;
        sections.put("P3 Filing on SQLite", measured, Some(okno))?;
    }
    if options.wants(Part::Entries) {
        eprintln!("P9 entries");
        let okno = shared.server().await?;
        let measured = entries::measure(options, okno, folder).await;
        sections.put("P9 What the journal costs", measured, Some(okno))?;
    }
    if options.wants(Part::Burst) {
        eprintln!("P7 burst");
        let okno = shared.server().await?;
        let measured = burst::measure(options, okno, folder).await;
        sections.put("P7 Burst", measured, Some(okno))?;
    }
    Ok(())
}

/// Parts with a server of their own.
async fn alone(
    options: &Options,
    binary: &Path,
    folder: &Path,
    sections: &mut Sections<'_>,
) -> Result<(), String> {
    if options.wants(Part::Proofs) {
        eprintln!("P8 catching up on SQLite");
        let measured = sealing::catch_up(options, binary, &folder.join("catching"), None).await;
        sections.put("P8 Catching up on SQLite", measured, None)?;
    }
    let Some(cluster) = options.database_url.as_deref() else {
        return Ok(());
    };
    if options.wants(Part::Proofs) {
        eprintln!("P8 catching up on PostgreSQL");
        let database = Database::make(cluster, "catching")?;
        let place = folder.join("catching-postgres");
        let measured = sealing::catch_up(options, binary, &place, Some(&database.url())).await;
        sections.put("P8 Catching up on PostgreSQL", measured, None)?;
    }
    if options.wants(Part::Filing) {
        eprintln!("P3 filing on PostgreSQL");
        let database = Database::make(cluster, "okno")?;
        let okno = Server::okno(
            binary,
            &folder.join("postgres"),
            false,
            Some(&database.url()),
        )?;
        let measured = filing::measure(options, &okno, folder, Some(cluster)).await;
        sections.put("P3 Filing on PostgreSQL", measured, Some(&okno))?;
    }
    Ok(())
}

async fn whole_lives(
    options: &Options,
    okno: &Server,
    cluster: Option<&str>,
    folder: &Path,
) -> Result<String, String> {
    let cases = Tables::sqlite(&okno.place.join("data/okno.db")).cases()?;
    let mut places = vec![Place {
        name: format!("SQLite, {cases} cases at the beginning"),
        okno,
    }];
    let Some(cluster) = cluster else {
        return lifecycle::measure(options, &places, folder).await;
    };
    let database = Database::make(cluster, "lives")?;
    let other = Server::okno_beside(okno, &folder.join("lives"), &database.url())?;
    wait_until_findable(&other).await?;
    places.push(Place {
        name: "PostgreSQL, empty".to_owned(),
        okno: &other,
    });
    let measured = lifecycle::measure(options, &places, folder).await;
    drop(places);
    drop(other);
    measured
}
