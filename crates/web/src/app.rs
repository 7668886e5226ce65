//! The installable application of the portal: its manifest, its worker, the page that says how to put
//! it on a telephone, and the page of what is kept on the device, which stands for every page while
//! there is no network. Without scripts the portal works as it does without any of this.

use askama::Template;
use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::json;

use crate::assets::{Assets, short_hash};
use crate::errors::PageResult;
use crate::kept::for_everybody;
use crate::page::{Page, html};
use crate::request::Request;

/// Where a proposal is written on one page.
pub const PROPOSAL: &str = "/app/proposal";
/// Where a telephone brings what is shared with the application.
pub const SHARE: &str = "/app/share";
/// What the worker keeps from the beginning; everything else as it is visited.
const SHELL: [&str; 3] = ["style.css", "okno.js", "app.js"];

pub(crate) fn router() -> Router {
    Router::new()
        .route("/app", get(install))
        .route("/app/kept", get(kept))
        .route("/app.webmanifest", get(manifest))
        .route("/worker.js", get(worker))
}

#[derive(Template)]
#[template(path = "app.html")]
struct Install {
    page: Page,
}

#[derive(Template)]
#[template(path = "app-kept.html")]
struct Kept {
    page: Page,
}

async fn install(request: Request) -> PageResult {
    for_everybody(html(&Install {
        page: request.page(request.t("app-title")),
    }))
}

async fn kept(request: Request) -> PageResult {
    for_everybody(html(&Kept {
        page: request.page(request.t("app-kept-title")),
    }))
}

/// The manifest (W3C Web Application Manifest), with the installation's own name.
async fn manifest(request: Request) -> Response {
    let assets = request.shell().assets();
    let page = request.page("");
    let name = page.product().into_owned();
    let icon = |file: &str, side: u32, purpose: &str| {
        json!({
            "src": assets.address(file),
            "sizes": format!("{side}x{side}"),
            "type": "image/png",
            "purpose": purpose,
        })
    };
    let shortcut = |key: &str, url: &str| {
        json!({
            "name": request.t(key),
            "url": url,
            "icons": [icon("icon-192.png", 192, "any")],
        })
    };
    let manifest = json!({
        "id": "/",
        "name": name,
        "short_name": name.chars().take(12).collect::<String>().trim_end(),
        "description": request.t("app-description"),
        "lang": request.language.tag(),
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#0a58ca",
        "categories": ["government"],
        "icons": [
            icon("icon-192.png", 192, "any"),
            icon("icon-512.png", 512, "any"),
            icon("icon-maskable.png", 512, "maskable"),
        ],
        "shortcuts": [
            shortcut("app-send-proposal", PROPOSAL),
            shortcut("app-send-appeal", "/services"),
            shortcut("app-my-cases", "/cabinet"),
        ],
        "share_target": {
            "action": SHARE,
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {
                "title": "title",
                "text": "text",
                "files": [{
                    "name": "file",
                    "accept": ["image/jpeg", "image/png", "application/pdf", ".jpg", ".jpeg", ".png", ".pdf"],
                }],
            },
        },
    });
    let kind = HeaderValue::from_static("application/manifest+json; charset=utf-8");
    ([(CONTENT_TYPE, kind)], manifest.to_string()).into_response()
}

/// The worker. Its bytes change with any file of the shell and with itself, and browsers then take it
/// anew and throw away what the one before has kept.
async fn worker(request: Request) -> Response {
    (
        [
            (
                CONTENT_TYPE,
                HeaderValue::from_static("text/javascript; charset=utf-8"),
            ),
            (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
            (
                HeaderName::from_static("service-worker-allowed"),
                HeaderValue::from_static("/"),
            ),
        ],
        worker_of(request.shell().assets()),
    )
        .into_response()
}

fn worker_of(assets: &Assets) -> String {
    let code = concat!(
        include_str!("../assets/device.js"),
        include_str!("../assets/worker.js")
    );
    let shell = SHELL.map(|name| assets.address(name));
    let version = short_hash(format!("{shell:?}{code}").as_bytes());
    format!("const VERSION = \"{version}\";\nconst SHELL = {shell:?};\n{code}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worker_names_the_shell_by_its_hashes_and_is_small() {
        let assets = Assets::embedded();
        let worker = worker_of(&assets);
        for name in SHELL {
            assert!(assets.address(name).starts_with("/assets/"));
            assert!(worker.contains(assets.address(name)), "{name}");
        }
        assert!(worker.len() < 12_000, "{} bytes", worker.len());
    }
}
