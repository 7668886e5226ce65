//! Start and idle memory (P15), and the weight of the first page (P16).

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use crate::client::{Answer, Connection, request};
use crate::compare::{bounds, middle};
use crate::machine;
use crate::process::Server;

const STARTS: usize = 10;
const IDLE: Duration = Duration::from_secs(10);
/// The most assets that one page may name before the bench gives up counting.
const MOST_ASSETS: usize = 50;

/// Measures starts and memory; the part of the report.
pub(crate) fn measure(binary: &Path, place: &Path) -> Result<String, String> {
    let mut starts = Vec::new();
    for start in 0..STARTS {
        let server = Server::okno(binary, &place.join(format!("start{start}")), true, None)?;
        starts.push(server.ready.as_secs_f64());
    }
    let (least, most) = bounds(&starts);
    let mut text = format!(
        "| what | measured | target |\n|---|---|---|\n\
         | start to ready, empty store, `--bare`, {STARTS} times | {least:.3} / **{:.3}** / {most:.3} s | ≤ 0.3 s |\n",
        middle(&starts)
    );
    for (name, bare) in [("`--bare`", true), ("demo", false)] {
        let server = Server::okno(binary, &place.join(format!("idle-{bare}")), bare, None)?;
        std::thread::sleep(IDLE);
        let (all, own) = machine::memory_of(server.pid());
        let ready = server.ready.as_secs_f64();
        text.push_str(&format!(
            "| idle memory after {} s, {name} (ready in {ready:.2} s) | **{all:.1} MB**, of which {own:.1} MB are its own and the rest pages of the program's file | ≤ 60 MB |\n",
            IDLE.as_secs()
        ));
    }
    Ok(text)
}

/// Weighs the home page with everything that it names; the part of the report.
pub(crate) async fn weigh(okno: &Server) -> Result<String, String> {
    let mut text = String::from(
        "| coding | HTML | CSS | JS | other | HTML + CSS | all | target |\n|---|---|---|---|---|---|---|---|\n",
    );
    for coding in ["gzip", "br"] {
        let home = fetch(okno, "/", "identity").await?;
        let html = fetch(okno, "/", coding).await?.body.len();
        let (mut css, mut js, mut other) = (0, 0, 0);
        for asset in named(&String::from_utf8_lossy(&home.body)) {
            let size = fetch(okno, &asset, coding).await?.body.len();
            match asset.rsplit('.').next() {
                Some("css") => css += size,
                Some("js") => js += size,
                _ => other += size,
            }
        }
        text.push_str(&format!(
            "| {coding} | {html} | {css} | {js} | {other} | **{}** | **{}** | ≤ 20,000 and ≤ 50,000 B |\n",
            html + css,
            html + css + js + other
        ));
    }
    Ok(text)
}

async fn fetch(okno: &Server, path: &str, coding: &str) -> Result<Answer, String> {
    let mut connection = Connection::open(okno.address)
        .await
        .map_err(|error| error.to_string())?;
    let request = request("GET", path, &[&format!("accept-encoding: {coding}")], b"");
    let answer = connection
        .fetch(&request)
        .await
        .map_err(|error| error.to_string())?;
    match answer.status {
        200 => Ok(answer),
        status => Err(format!("{path} answers {status}")),
    }
}

/// The addresses of our own files that a page names: what a browser fetches with it.
fn named(html: &str) -> BTreeSet<String> {
    html.split(['"', '\''])
        .filter(|text| text.starts_with("/assets/") || *text == "/favicon.svg")
        .map(|text| text.split('#').next().unwrap_or(text).to_owned())
        .take(MOST_ASSETS)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_asset_is_weighed_once() {
        let html = r#"<link href="/assets/a.css"><img src="/assets/b.svg#x"><img src='/assets/b.svg'><a href="/x">"#;
        let found: Vec<String> = named(html).into_iter().collect();
        assert_eq!(found, ["/assets/a.css", "/assets/b.svg"]);
    }
}
