//! The embedded files, each under an address that holds a part of its hash, so that browsers may
//! keep them for ever. Compressed once for each encoding, not once for each request.

use std::collections::HashMap;

use axum::body::{Body, to_bytes};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Request, Response};
use bytes::Bytes;
use sha2::{Digest, Sha256};
use tokio::sync::OnceCell;
use tower::{Layer, ServiceExt, service_fn};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

const FILES: &[(&str, &str, &[u8])] = &[
    (
        "style.css",
        "text/css; charset=utf-8",
        include_bytes!("../assets/style.css"),
    ),
    (
        "okno.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../assets/okno.js"),
    ),
    (
        "logo.svg",
        "image/svg+xml",
        include_bytes!("../assets/logo.svg"),
    ),
    (
        "app.js",
        "text/javascript; charset=utf-8",
        concat!(
            include_str!("../assets/device.js"),
            include_str!("../assets/app.js")
        )
        .as_bytes(),
    ),
    (
        "icon-192.png",
        "image/png",
        include_bytes!("../assets/icon-192.png"),
    ),
    (
        "icon-512.png",
        "image/png",
        include_bytes!("../assets/icon-512.png"),
    ),
    (
        "icon-maskable.png",
        "image/png",
        include_bytes!("../assets/icon-maskable.png"),
    ),
];

/// One embedded file.
#[derive(Debug)]
pub struct Asset {
    address: String,
    kind: &'static str,
    etag: HeaderValue,
    plain: Bytes,
    gzip: OnceCell<Bytes>,
    brotli: OnceCell<Bytes>,
}

/// Every embedded file.
#[derive(Debug)]
pub struct Assets {
    by_name: HashMap<&'static str, Asset>,
    by_address: HashMap<String, &'static str>,
}

impl Assets {
    pub(crate) fn embedded() -> Self {
        let mut by_name = HashMap::new();
        let mut by_address = HashMap::new();
        for (name, kind, bytes) in FILES {
            let hash = short_hash(bytes);
            let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
            let address = format!("/assets/{stem}.{hash}.{ending}");
            by_address.insert(address.clone(), *name);
            let etag = HeaderValue::from_str(&format!("\"{hash}\""))
                .expect("hexadecimal digits in quotes are a header value");
            by_name.insert(
                *name,
                Asset {
                    address,
                    kind,
                    etag,
                    plain: Bytes::from_static(bytes),
                    gzip: OnceCell::new(),
                    brotli: OnceCell::new(),
                },
            );
        }
        Self {
            by_name,
            by_address,
        }
    }

    /// The address of the file `name`; the name itself under `/assets/` when there is none.
    pub fn address<'a>(&'a self, name: &'a str) -> &'a str {
        self.by_name
            .get(name)
            .map_or(name, |asset| asset.address.as_str())
    }

    /// The file at `address`, whose content never changes.
    pub(crate) fn at(&self, address: &str) -> Option<&Asset> {
        self.by_name.get(self.by_address.get(address)?)
    }

    /// The file called `name`.
    pub(crate) fn named(&self, name: &str) -> Option<&Asset> {
        self.by_name.get(name)
    }
}

impl Asset {
    /// The file as the browser can read it. `forever` when its address holds its hash.
    pub(crate) async fn response(&self, headers: &HeaderMap, forever: bool) -> Response<Body> {
        let accepted = headers
            .get_all(ACCEPT_ENCODING)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .collect::<Vec<_>>()
            .join(",");
        let takes = |coding: &str| {
            accepted.split(',').any(|item| {
                let mut parts = item.split(';').map(str::trim);
                parts.next() == Some(coding) && !parts.any(|part| part == "q=0")
            })
        };
        let (coding, bytes) = if takes("br") {
            (
                "br",
                self.brotli.get_or_init(|| self.compressed("br")).await,
            )
        } else if takes("gzip") {
            (
                "gzip",
                self.gzip.get_or_init(|| self.compressed("gzip")).await,
            )
        } else {
            ("", &self.plain)
        };
        let mut response = Response::new(Body::from(bytes.clone()));
        let out = response.headers_mut();
        out.insert(CONTENT_TYPE, HeaderValue::from_static(self.kind));
        out.insert(VARY, HeaderValue::from_static("accept-encoding"));
        out.insert(ETAG, self.etag.clone());
        out.insert(
            CACHE_CONTROL,
            HeaderValue::from_static(if forever {
                "public, max-age=31536000, immutable"
            } else {
                "public, max-age=3600"
            }),
        );
        if !coding.is_empty() {
            out.insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
        response
    }

    /// The bytes in `coding`, at the best level: it is done once.
    async fn compressed(&self, coding: &'static str) -> Bytes {
        let plain = self.plain.clone();
        let kind = self.kind;
        let service = CompressionLayer::new()
            .quality(CompressionLevel::Best)
            .compress_when(tower_http::compression::predicate::SizeAbove::new(0))
            .layer(service_fn(move |_: Request<Body>| {
                let plain = plain.clone();
                async move {
                    let mut response = Response::new(Body::from(plain));
                    response
                        .headers_mut()
                        .insert(CONTENT_TYPE, HeaderValue::from_static(kind));
                    Ok::<_, std::convert::Infallible>(response)
                }
            }));
        let mut request = Request::new(Body::empty());
        request
            .headers_mut()
            .insert(ACCEPT_ENCODING, HeaderValue::from_static(coding));
        let Ok(response) = service.oneshot(request).await;
        to_bytes(Body::new(response.into_body()), usize::MAX)
            .await
            .unwrap_or_else(|_| self.plain.clone())
    }
}

/// The first eight hexadecimal digits of the content's SHA-256.
pub(crate) fn short_hash(bytes: &[u8]) -> String {
    let digest: [u8; 32] = Sha256::digest(bytes).into();
    let first = [digest[0], digest[1], digest[2], digest[3]];
    format!("{:08x}", u32::from_be_bytes(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_hold_the_hash_of_the_content() {
        let assets = Assets::embedded();
        let address = assets.address("style.css");
        let hash = short_hash(include_bytes!("../assets/style.css"));
        assert_eq!(address, format!("/assets/style.{hash}.css"));
        assert_eq!(short_hash(b""), "e3b0c442");
        assert!(assets.at(address).is_some());
        assert!(assets.at("/assets/style.00000000.css").is_none());
    }

    #[tokio::test]
    async fn style_and_script_stay_within_their_budget() {
        let assets = Assets::embedded();
        for (name, most) in [
            ("style.css", 20_000),
            ("okno.js", 10_000),
            ("app.js", 5_000),
        ] {
            let asset = assets.named(name).unwrap();
            for coding in ["gzip", "br"] {
                let size = asset.compressed(coding).await.len();
                assert!(size < most, "{name} takes {size} bytes in {coding}");
                assert!(size < asset.plain.len(), "{name} is not compressed");
            }
        }
    }

    #[tokio::test]
    async fn a_browser_gets_the_encoding_that_it_takes() {
        let assets = Assets::embedded();
        let asset = assets.named("style.css").unwrap();
        for (accepts, coding) in [
            ("gzip, deflate, br", Some("br")),
            ("gzip", Some("gzip")),
            ("br;q=0, gzip", Some("gzip")),
            ("identity", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(accepts));
            let response = asset.response(&headers, true).await;
            assert_eq!(
                response
                    .headers()
                    .get(CONTENT_ENCODING)
                    .map(|value| value.to_str().unwrap()),
                coding,
                "{accepts}"
            );
        }
    }
}
