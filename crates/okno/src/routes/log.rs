//! The published log (C2SP tlog-tiles): checkpoint, tiles, entry bundles, and the public key.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base::Error;
use journal::sealer::{FOLDER, tile_is_published};
use journal::tile::TileName;
use journal::{Journal, Sealed};
use store::Blobs;
use tokio::sync::watch;
use web::PageError;

use crate::house::House;

const FOR_EVER: &str = "public, max-age=31536000, immutable";
const BRIEFLY: &str = "public, max-age=1";

#[derive(Clone)]
struct Log {
    journal: Journal,
    blobs: Blobs,
    sealed: watch::Receiver<Sealed>,
}

/// The addresses.
pub(crate) fn router(house: &House, sealed: watch::Receiver<Sealed>) -> Router {
    Router::new()
        .route("/log/checkpoint", get(checkpoint))
        .route("/log/vkey", get(vkey))
        .route("/log/tile/entries/{*place}", get(entries))
        .route("/log/tile/{level}/{*place}", get(tile))
        .with_state(Log {
            journal: house.journal.clone(),
            blobs: house.blobs.clone(),
            sealed,
        })
}

async fn checkpoint(State(log): State<Log>) -> Result<Response, PageError> {
    let note = log.sealed.borrow().note.clone();
    if note.is_empty() {
        return Err(Error::NotFound.into());
    }
    Ok(text(note))
}

async fn vkey(State(log): State<Log>) -> Result<Response, PageError> {
    let key = log
        .journal
        .keys()
        .note_key(log.journal.epoch())
        .map_err(|error| PageError::from(Error::internal(error)))?;
    Ok(text(format!("{}\n", key.vkey())))
}

fn text(body: String) -> Response {
    let kind = (CONTENT_TYPE, "text/plain; charset=utf-8");
    ([kind, (CACHE_CONTROL, BRIEFLY)], body).into_response()
}

async fn tile(
    State(log): State<Log>,
    Path((level, place)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let level: u8 = level.parse().map_err(|_| Error::NotFound)?;
    let name = TileName::parse(level, &place).ok_or(Error::NotFound)?;
    published(&log, &name, name.path()).await
}

async fn entries(State(log): State<Log>, Path(place): Path<String>) -> Result<Response, PageError> {
    let name = TileName::parse(0, &place).ok_or(Error::NotFound)?;
    published(&log, &name, name.entries_path()).await
}

/// The bytes of a tile as they were published; a partial tile that was never published by that
/// width is not there.
async fn published(log: &Log, name: &TileName, path: String) -> Result<Response, PageError> {
    let size = log.sealed.borrow().size;
    if !tile_is_published(name, size) {
        return Err(Error::NotFound.into());
    }
    let bytes = log.blobs.get(&format!("{FOLDER}/{path}")).await?;
    let bytes = bytes.ok_or(Error::NotFound)?;
    let kind = (CONTENT_TYPE, "application/octet-stream");
    Ok((StatusCode::OK, [kind, (CACHE_CONTROL, FOR_EVER)], bytes).into_response())
}
