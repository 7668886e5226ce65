//! Filing (P3): a case over the API beside the same body inserted as one row through the same writer.

use std::path::Path;

use serde_json::Value;

use crate::client::{Connection, request};
use crate::compare::{self, Comparison};
use crate::load::{self, Load};
use crate::options::Options;
use crate::process::Server;
use crate::profile;
use crate::sql::Database;

/// What is filed.
const BODY: &[u8] = include_bytes!("../filing.json");
const KIND: &str = "content-type: application/json";
/// Connections at once.
const CONNECTIONS: [usize; 3] = [1, 32, 128];

/// The request of a filing.
pub(crate) fn request_bytes(path: &str) -> Vec<u8> {
    request("POST", path, &[KIND], BODY)
}

/// Files one case; its number as addresses have it.
pub(crate) async fn file_one(okno: &Server) -> Result<String, String> {
    let mut connection = Connection::open(okno.address)
        .await
        .map_err(|error| error.to_string())?;
    file_on(&mut connection).await
}

async fn file_on(connection: &mut Connection) -> Result<String, String> {
    let answer = connection
        .fetch(&request_bytes("/api/v1/cases"))
        .await
        .map_err(|error| error.to_string())?;
    let told = || String::from_utf8_lossy(&answer.body).into_owned();
    if answer.status != 201 {
        return Err(format!("filing answers {}: {}", answer.status, told()));
    }
    let body: Value = serde_json::from_slice(&answer.body).map_err(|error| error.to_string())?;
    body["links"]["self"]
        .as_str()
        .and_then(|link| link.rsplit('/').next())
        .map(str::to_owned)
        .ok_or_else(told)
}

/// Measures filing at each number of connections; the part of the report. The database of ours and
/// that of the baseline are on the same disk or cluster.
pub(crate) async fn measure(
    options: &Options,
    okno: &Server,
    folder: &Path,
    cluster: Option<&str>,
) -> Result<String, String> {
    let database = match cluster {
        Some(cluster) => Some(Database::make(cluster, "bare")?),
        None => None,
    };
    let place = folder.join("bare.db");
    let place = place.to_string_lossy();
    let url = database.as_ref().map(Database::url);
    let bare = match &url {
        Some(url) => Server::baseline(&["filing-baseline", "--database-url", url])?,
        None => Server::baseline(&["filing-baseline", "--file", &place])?,
    };
    let mut text = String::from(compare::HEAD);
    let mut missed = false;
    for connections in CONNECTIONS {
        let ours = load(okno, "/api/v1/cases", connections, options.seconds);
        let theirs = load(&bare, "/", connections, options.seconds);
        let bare = [("one bare row", theirs)];
        let name = format!("filing, {connections} at once");
        let rows = Comparison::run(name, options.rounds, &ours, &bare).await;
        let goal = if connections == 1 {
            ""
        } else {
            "≥ 0.50, ≥ 6000/s"
        };
        text.push_str(&rows.rows(goal));
        missed |= connections > 1 && (rows.ratio() < 0.5 || rows.rate() < 6_000.0);
    }
    if missed && options.profile > 0.0 {
        let most = CONNECTIONS.into_iter().max().unwrap_or(1);
        let load = load(
            okno,
            "/api/v1/cases",
            most,
            options.profile + profile::SLACK,
        );
        let load = load::put_on(&load);
        let what = format!("filing, {most} at once");
        text.push_str(&profile::during(&what, okno.pid(), options.profile, folder, load).await);
    }
    Ok(text)
}

fn load(server: &Server, path: &str, connections: usize, seconds: f64) -> Load {
    Load {
        address: server.address,
        pid: server.pid(),
        request: request_bytes(path).into(),
        expected: 201,
        connections,
        seconds,
    }
}
