//! The bare baselines, each a process of its own: the same bytes of a page sent from memory, and
//! the same body parsed and inserted as one row through the same writer. They do nothing else.

use std::fs;
use std::path::Path;

use axum::Json;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::routing::{get, post};
use base::Clock;
use bytes::Bytes;
use serde_json::{Value, json};
use store::{Settings, Store};
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;

use crate::client::Answer;

/// What begins the line that tells where a baseline listens.
pub(crate) const LISTENS: &str = "listens on ";

/// Headers that the server below the handler makes anew.
const MADE_BELOW: &[&str] = &[
    "content-length",
    "transfer-encoding",
    "date",
    "content-encoding",
    "connection",
];

/// Keeps a page for the baseline: its headers and bytes as they came.
pub(crate) fn keep_page(folder: &Path, name: &str, page: &Answer) -> std::io::Result<()> {
    let kept: Vec<(&str, &str)> = page
        .headers
        .iter()
        .filter(|(name, _)| !MADE_BELOW.contains(&name.as_str()))
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    fs::write(folder.join(format!("{name}.head")), json!(kept).to_string())?;
    fs::write(folder.join(format!("{name}.body")), &page.body)
}

/// Sends the pages of a folder: as they are under `/plain/`, through the compression that the
/// server uses under `/squeezed/`.
pub(crate) fn pages(folder: &Path) -> Result<(), String> {
    let mut plain = Router::new();
    let files = fs::read_dir(folder).map_err(|error| error.to_string())?;
    for file in files {
        let path = file.map_err(|error| error.to_string())?.path();
        if path.extension().is_none_or(|ending| ending != "body") {
            continue;
        }
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let body: Bytes = fs::read(&path).map_err(|error| error.to_string())?.into();
        let headers = headers(&path.with_extension("head"), name.ends_with("-gzip"))?;
        plain = plain.route(
            &format!("/{name}"),
            get(move || {
                let mut response = Response::new(Body::from(body.clone()));
                *response.headers_mut() = headers.clone();
                std::future::ready(response)
            }),
        );
    }
    let squeezed = plain.clone().layer(CompressionLayer::new());
    serve(
        Router::new()
            .nest("/plain", plain)
            .nest("/squeezed", squeezed),
        async {},
    )
}

fn headers(file: &Path, packed: bool) -> Result<HeaderMap, String> {
    let text = fs::read_to_string(file).map_err(|error| error.to_string())?;
    let kept: Vec<(String, String)> =
        serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let mut headers = HeaderMap::new();
    for (name, value) in kept {
        let name = HeaderName::try_from(name).map_err(|error| error.to_string())?;
        let value = HeaderValue::try_from(value).map_err(|error| error.to_string())?;
        headers.append(name, value);
    }
    if packed {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    Ok(headers)
}

/// Inserts each body as one row.
pub(crate) fn filing(settings: &Settings) -> Result<(), String> {
    let store = Store::open(settings, Clock::system(), &[crate::sql::MIGRATIONS])
        .map_err(|error| error.to_string())?;
    serve(
        Router::new().route("/", post(insert)).with_state(store),
        async {},
    )
}

async fn insert(
    State(store): State<Store>,
    Json(body): Json<Value>,
) -> Result<(StatusCode, Json<Value>), StatusCode> {
    let body = body.to_string();
    let inserted = store
        .housekeeping(move |tx| crate::sql::insert(tx, &body))
        .await;
    match inserted {
        Ok(id) => Ok((StatusCode::CREATED, Json(json!({ "id": id })))),
        Err(base::Error::Busy) => Err(StatusCode::SERVICE_UNAVAILABLE),
        Err(_) => Err(StatusCode::INTERNAL_SERVER_ERROR),
    }
}

/// Serves until the process is ended; `beside` runs meanwhile.
pub(crate) fn serve(
    router: Router,
    beside: impl Future<Output = ()> + Send + 'static,
) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .map_err(|error| error.to_string())?;
        let address = listener.local_addr().map_err(|error| error.to_string())?;
        tokio::spawn(beside);
        println!("{LISTENS}{address}");
        axum::serve(listener, router)
            .await
            .map_err(|error| error.to_string())
    })
}
