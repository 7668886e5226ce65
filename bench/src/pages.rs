//! Pages (P1, P2): the real server's page beside a handler that sends the same bytes from memory,
//! plain and compressed, while one case a second is filed so that no cache stands still for ever. The
//! server keeps what it has sent while nothing is written; what making a page costs is told beside.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use base::Role;
use catalog::demo::Demo;
use tokio::time::MissedTickBehavior;

use crate::baseline;
use crate::client::{Answer, Connection, request};
use crate::compare::{self, Comparison};
use crate::filing;
use crate::load::{self, Load};
use crate::options::Options;
use crate::process::Server;
use crate::profile;

/// Cases in the register before anything is measured.
const CASES: usize = 200;

const GZIP: &str = "accept-encoding: gzip";

/// Whoever asks so is never given a kept page; the page itself takes no notice of it.
const ANEW: &str = "range: bytes=0-";

/// A page to be measured.
struct Subject {
    /// Its file name at the baseline.
    file: String,
    path: String,
    cookie: Option<String>,
    /// The promised ratio.
    target: f64,
}

/// Measures every page; the part of the report.
pub(crate) async fn measure(
    options: &Options,
    okno: &Server,
    place: &Path,
) -> Result<String, String> {
    for _ in 0..CASES {
        filing::file_one(okno).await?;
    }
    load::settle(okno.pid()).await;
    let Signed { cookie, case } = sign_in(okno).await?;
    let public = |path: &str| (path.to_owned(), None, 0.60);
    let inner = |path: String| (path, Some(cookie.clone()), 0.35);
    let paths = [
        public("/"),
        public("/services/complaint"),
        public("/register"),
        inner("/desk?view=unit".to_owned()),
        inner(case),
    ];
    let subjects: Vec<Subject> = paths
        .into_iter()
        .enumerate()
        .map(|(place, (path, cookie, target))| Subject {
            file: format!("page{place}"),
            path,
            cookie,
            target,
        })
        .collect();

    let folder = place.join("pages");
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let sizes = keep(okno, &subjects, &folder).await?;
    let bare = Server::baseline(&["pages-baseline", &folder.to_string_lossy()])?;

    let writer = tokio::spawn(write_every_second(okno.address));
    let mut text = String::from(compare::HEAD);
    let mut missed = Vec::new();
    for (subject, (plain, packed)) in subjects.iter().zip(sizes) {
        let ours = |gzip: bool| load_of(options, okno, &subject.path, &subject.headers(gzip));
        let theirs = |way: &str, headers: &[&str]| {
            load_of(options, &bare, &format!("/{way}/{}", subject.file), headers)
        };
        let shown = if is_case(&subject.path) {
            "/desk/{number}"
        } else {
            &subject.path
        };
        let name = format!("`{shown}` plain, {plain} B");
        let rows = Comparison::run(
            name,
            options.rounds,
            &ours(false),
            &[("the same bytes from memory", theirs("plain", &[]))],
        )
        .await;
        let promised = format!("≥ {:.2}", subject.target);
        text.push_str(&rows.rows(&promised));
        if rows.ratio() < subject.target && options.profile > 0.0 {
            missed.push((shown, ours(false)));
        }
        let anew = load_of(options, okno, &subject.path, &subject.anew());
        let name = format!("`{shown}` plain, made anew each time");
        let bare_plain = [("the same bytes from memory", theirs("plain", &[]))];
        let rows = Comparison::run(name, options.rounds, &anew, &bare_plain).await;
        text.push_str(&rows.rows("told beside"));
        let ready = load_of(
            options,
            &bare,
            &format!("/plain/{}-gzip", subject.file),
            &[GZIP],
        );
        let name = format!("`{shown}` gzip, {packed} B");
        let rows = Comparison::run(
            name,
            options.rounds,
            &ours(true),
            &[
                (
                    "the same bytes, compressed each time",
                    theirs("squeezed", &[GZIP]),
                ),
                ("the same bytes, compressed beforehand", ready),
            ],
        )
        .await;
        text.push_str(&rows.rows(&promised));
    }
    for (shown, mut load) in missed {
        load.seconds = options.profile + profile::SLACK;
        let what = format!("`{shown}` plain");
        let load = load::put_on(&load);
        text.push_str(&profile::during(&what, okno.pid(), options.profile, place, load).await);
    }
    writer.abort();
    Ok(text)
}

/// Keeps each page plain and compressed for the baseline; their lengths.
async fn keep(
    okno: &Server,
    subjects: &[Subject],
    folder: &Path,
) -> Result<Vec<(usize, usize)>, String> {
    let mut sizes = Vec::new();
    for subject in subjects {
        let plain = fetch(okno, subject, false).await?;
        let packed = fetch(okno, subject, true).await?;
        let kept = baseline::keep_page(folder, &subject.file, &plain)
            .and_then(|()| baseline::keep_page(folder, &format!("{}-gzip", subject.file), &packed));
        kept.map_err(|error| error.to_string())?;
        sizes.push((plain.body.len(), packed.body.len()));
    }
    Ok(sizes)
}

impl Subject {
    fn anew(&self) -> Vec<&str> {
        [self.headers(false), vec![ANEW]].concat()
    }

    fn headers(&self, gzip: bool) -> Vec<&str> {
        let mut headers = Vec::new();
        headers.extend(self.cookie.as_deref());
        headers.extend(gzip.then_some(GZIP));
        headers
    }
}

fn load_of(options: &Options, server: &Server, path: &str, headers: &[&str]) -> Load {
    Load {
        address: server.address,
        pid: server.pid(),
        request: request("GET", path, headers, b"").into(),
        expected: 200,
        connections: options.connections,
        seconds: options.seconds,
    }
}

async fn fetch(okno: &Server, subject: &Subject, gzip: bool) -> Result<Answer, String> {
    let request = request("GET", &subject.path, &subject.headers(gzip), b"");
    let mut connection = Connection::open(okno.address)
        .await
        .map_err(|error| error.to_string())?;
    let answer = connection
        .fetch(&request)
        .await
        .map_err(|error| error.to_string())?;
    let coding = answer.header("content-encoding");
    if answer.status == 200 && (coding == Some("gzip")) == gzip {
        Ok(answer)
    } else {
        Err(format!(
            "{} answers {} as {coding:?}",
            subject.path, answer.status
        ))
    }
}

async fn write_every_second(address: std::net::SocketAddr) {
    let request: Arc<[u8]> = filing::request_bytes("/api/v1/cases").into();
    let mut every = tokio::time::interval(Duration::from_secs(1));
    every.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        every.tick().await;
        let Ok(mut connection) = Connection::open(address).await else {
            continue;
        };
        if connection.ask(&request).await.ok() != Some(201) {
            eprintln!("  the write of this second was refused");
        }
    }
}

/// Somebody who is signed in.
struct Signed {
    /// The cookie as a header.
    cookie: String,
    /// The address of a case that they may read.
    case: String,
}

/// Signs in the specialist of the demo whose unit has the cases: one of the last, by its place.
async fn sign_in(okno: &Server) -> Result<Signed, String> {
    let demo = Demo::built_in().map_err(|error| error.to_string())?;
    let password = fs::read_to_string(okno.keys.join("demo-password"))
        .map_err(|error| format!("the demo's password: {error}"))?;
    for user in demo
        .users
        .iter()
        .rev()
        .filter(|user| user.role == Role::Specialist)
    {
        let form = format!(
            "email={}&password={}&next=",
            user.email.replace('@', "%40"),
            password.trim()
        );
        let sent = request(
            "POST",
            "/sign-in",
            &["content-type: application/x-www-form-urlencoded"],
            form.as_bytes(),
        );
        let mut connection = Connection::open(okno.address)
            .await
            .map_err(|error| error.to_string())?;
        let answer = connection.fetch(&sent).await.map_err(|e| e.to_string())?;
        // Sign-ins from one address are slowed down: those before it must do.
        if answer.status == 429 {
            break;
        }
        let Some(cookie) = answer.header("set-cookie") else {
            return Err(format!("{} cannot sign in: {}", user.email, answer.status));
        };
        let cookie = format!("cookie: {}", cookie.split(';').next().unwrap_or_default());
        let queue = request("GET", "/desk?view=unit", &[&cookie], b"");
        let queue = connection.fetch(&queue).await.map_err(|e| e.to_string())?;
        let queue = String::from_utf8_lossy(&queue.body).into_owned();
        let mut addresses = queue.split('"').map(|text| text.split(['?', '#']).next());
        let case = addresses.find_map(|text| text.filter(|text| is_case(text)));
        if let Some(case) = case {
            let case = case.to_owned();
            return Ok(Signed { cookie, case });
        }
    }
    Err("no specialist of the demo has a case in the queue".to_owned())
}

/// Whether an address is that of a case at the desk, in either spelling of its letter.
fn is_case(address: &str) -> bool {
    let number = address.strip_prefix("/desk/").unwrap_or_default();
    number.contains("-20") && !number.contains('/')
}
