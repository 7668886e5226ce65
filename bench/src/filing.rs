//! Filing (P3, P8): a case over the API beside the same body inserted as one row through the same
//! writer, and how long it takes from the answer until the public proof is there.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::client::{Connection, request};
use crate::compare::{self, Comparison, middle};
use crate::load::Load;
use crate::options::Options;
use crate::process::Server;
use crate::sql::Database;

/// What is filed.
const BODY: &[u8] = include_bytes!("../filing.json");
const KIND: &str = "content-type: application/json";
/// Connections at once.
const CONNECTIONS: [usize; 3] = [1, 32, 128];
/// Cases whose proof is waited for.
const SAMPLE: usize = 50;

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
    place: &Path,
    cluster: Option<&str>,
) -> Result<String, String> {
    let database = match cluster {
        Some(cluster) => Some(Database::make(cluster, "bare")?),
        None => None,
    };
    let place = place.join("bare.db");
    let place = place.to_string_lossy();
    let url = database.as_ref().map(Database::url);
    let bare = match &url {
        Some(url) => Server::baseline(&["filing-baseline", "--database-url", url])?,
        None => Server::baseline(&["filing-baseline", "--file", &place])?,
    };
    let mut text = String::from(compare::HEAD);
    for connections in CONNECTIONS {
        let load = |server: &Server, path: &str| Load {
            address: server.address,
            pid: server.pid(),
            request: request_bytes(path).into(),
            expected: 201,
            connections,
            seconds: options.seconds,
        };
        let ours = load(okno, "/api/v1/cases");
        let bare = [("one bare row", load(&bare, "/"))];
        let name = format!("filing, {connections} at once");
        let rows = Comparison::run(name, options.rounds, &ours, &bare).await;
        let goal = if connections == 1 {
            ""
        } else {
            "≥ 0.50, ≥ 6000/s"
        };
        text.push_str(&rows.rows(goal));
    }
    Ok(text)
}

/// Measures the time from the answer to the proof; the part of the report.
pub(crate) async fn proofs(okno: &Server) -> Result<String, String> {
    const EVERY: Duration = Duration::from_millis(50);
    const LOOK: Duration = Duration::from_millis(10);
    const PATIENCE: Duration = Duration::from_secs(15);
    let address = okno.address;
    let others = tokio::spawn(async move {
        let request: Arc<[u8]> = request_bytes("/api/v1/cases").into();
        while let Ok(mut connection) = Connection::open(address).await {
            while connection.ask(&request).await.is_ok() {
                tokio::time::sleep(EVERY).await;
            }
        }
    });
    let mut waits = Vec::with_capacity(SAMPLE);
    for turn in 0..SAMPLE {
        // Not in step with the seconds in which the log is sealed.
        tokio::time::sleep(Duration::from_millis(turn as u64 * 137 % 1000)).await;
        let mut connection = Connection::open(address)
            .await
            .map_err(|error| error.to_string())?;
        let number = file_on(&mut connection).await?;
        let answered = Instant::now();
        let ask = request("GET", &format!("/proofs/{number}.tlog-proof"), &[], b"");
        while connection
            .ask(&ask)
            .await
            .map_err(|error| error.to_string())?
            != 200
        {
            if answered.elapsed() > PATIENCE {
                return Err("a proof did not come in time".to_owned());
            }
            tokio::time::sleep(LOOK).await;
        }
        waits.push(answered.elapsed().as_secs_f64());
    }
    others.abort();
    let (least, most) = compare::bounds(&waits);
    Ok(format!(
        "{SAMPLE} cases, each asked for its proof every 10 ms, while 20 others a second are filed: \
         from the answer to the proof {least:.2} s at least, **{:.2} s** in the middle, \
         {most:.2} s at most. Target: p99 ≤ 1 s (at 3,000 changes/s).\n",
        middle(&waits)
    ))
}
