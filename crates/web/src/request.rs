//! What every handler needs to know of its request, gathered once by the outermost layer: the
//! language, who asks, from where, under which request id. Handlers take [`Request`]; it also
//! follows the task, so that an error can be rendered wherever `?` returns it.

use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::ops::Deref;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use axum::extract::{ConnectInfo, FromRequestParts, MatchedPath};
use axum::http::header::{ACCEPT, ACCEPT_LANGUAGE, COOKIE, LOCATION, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use base::id::AccountId;
use base::{Actor, Error, Language, Moment};

use crate::errors::PageError;
use crate::page::Page;
use crate::shell::Shell;
use crate::words::WordArg;
use crate::{client, cookies};

/// How the signed-in person is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says whether a part of the house is open to them"
)]
pub struct Viewer {
    /// The name in the top bar.
    pub name: String,
    /// Whether they work for an authority.
    pub staff: bool,
    /// Whether they have cases to work on.
    pub works_on_cases: bool,
    /// Whether they register what comes by phone, on paper and in person.
    pub receives: bool,
    /// Whether they manage the installation.
    pub administrator: bool,
    /// How much waits for them in the cabinet or the queue.
    pub unread: u32,
}

/// What a guest has begun in this browser and not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// Where it is gone on with.
    pub href: String,
    /// The name of the service.
    pub service: String,
    /// When it was last saved.
    pub saved_at: base::Moment,
}

/// The facts of one request.
#[derive(Debug)]
pub struct Facts {
    /// The language of the answer.
    pub language: Language,
    /// The request id: in the answer's headers, in the log, and on error pages.
    pub id: String,
    /// The address of the client behind the operator's proxies.
    pub client: IpAddr,
    /// The path of the address.
    pub path: String,
    /// The route that the address belongs to, as the router was told it; empty when none does.
    pub route: String,
    /// The query of the address without its question mark.
    pub query: String,
    /// Whether the client is a program rather than a browser.
    pub wants_json: bool,
    cookies: HeaderMap,
    shell: Shell,
    known: OnceLock<(Actor, Option<Viewer>)>,
    /// What was typed by somebody whose sign-in has ended meanwhile.
    typed: OnceLock<Vec<(String, String)>>,
    begun: OnceLock<Begun>,
    flash_shown: AtomicBool,
}

/// The extractor: needs no state, only [`layers`](crate::layers()) around the router.
#[derive(Clone, Debug)]
pub struct Request(Arc<Facts>);

tokio::task_local! {
    static CURRENT: Request;
}

impl Deref for Request {
    type Target = Facts;
    fn deref(&self) -> &Facts {
        &self.0
    }
}

impl<S: Sync> FromRequestParts<S> for Request {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, PageError> {
        parts
            .extensions
            .get::<Request>()
            .cloned()
            .ok_or_else(|| Error::internal("the router lacks web::layers").into())
    }
}

/// Tells the request who asks. Called once, by the layer that reads sessions and tokens.
pub fn know(extensions: &Extensions, actor: Actor, viewer: Option<Viewer>) {
    if let Some(request) = extensions.get::<Request>() {
        let _already_known = request.known.set((actor, viewer));
    }
}

/// The request that the running task serves.
pub(crate) fn current() -> Option<Request> {
    CURRENT.try_with(Clone::clone).ok()
}

impl Request {
    /// Gathers the facts of a request.
    pub(crate) fn gather(shell: &Shell, request: &axum::extract::Request) -> Self {
        let headers = request.headers();
        let peer = peer(request);
        let proxies = &shell.settings().proxies;
        let forwarded: Vec<&str> = headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .collect();
        let mut kept = HeaderMap::new();
        for value in headers.get_all(COOKIE) {
            kept.append(COOKIE, value.clone());
        }
        let path = request.uri().path().to_owned();
        Self(Arc::new(Facts {
            language: language_of(shell, headers),
            id: id_of(shell, request),
            client: client::address(peer, forwarded.into_iter(), proxies),
            wants_json: wants_json(&path, headers),
            route: request
                .extensions()
                .get::<MatchedPath>()
                .map(|route| route.as_str().to_owned())
                .unwrap_or_default(),
            query: request.uri().query().unwrap_or_default().to_owned(),
            path,
            cookies: kept,
            shell: shell.clone(),
            known: OnceLock::new(),
            typed: OnceLock::new(),
            begun: OnceLock::new(),
            flash_shown: AtomicBool::new(false),
        }))
    }

    /// The facts of no request: for what is written outside of one, like a paper that goes with a
    /// letter. Nobody asks, in this language, from nowhere.
    pub fn apart(shell: &Shell, language: Language) -> Self {
        Self(Arc::new(Facts {
            language,
            id: String::new(),
            client: IpAddr::V4(Ipv4Addr::UNSPECIFIED),
            path: String::new(),
            route: String::new(),
            query: String::new(),
            wants_json: false,
            cookies: HeaderMap::new(),
            shell: shell.clone(),
            known: OnceLock::new(),
            typed: OnceLock::new(),
            begun: OnceLock::new(),
            flash_shown: AtomicBool::new(false),
        }))
    }

    /// Runs `work` as the work of this request: for layers that hand it to a task of its own.
    pub async fn during<F: Future>(self, work: F) -> F::Output {
        CURRENT.scope(self, work).await
    }

    /// A page of this request under `title`.
    pub fn page(&self, title: impl Into<String>) -> Page {
        Page::new(self.clone(), title.into())
    }
}

impl Facts {
    /// What the installation shares with every page.
    pub fn shell(&self) -> &Shell {
        &self.shell
    }

    /// Who asks.
    pub fn actor(&self) -> Actor {
        match self.known.get() {
            Some((actor, _)) => actor.clone(),
            None => Actor::guest(self.language),
        }
    }

    /// The account of whoever asks; none for a guest.
    pub fn account(&self) -> Option<AccountId> {
        self.known.get()?.0.account()
    }

    /// How the signed-in person is shown; none for a guest.
    pub fn viewer(&self) -> Option<&Viewer> {
        self.known.get()?.1.as_ref()
    }

    /// Whether the browser still holds a session that is good no more: its owner was signed in and
    /// may not know yet that this has ended.
    pub fn has_ended(&self) -> bool {
        self.viewer().is_none() && self.cookie(cookies::SESSION).is_some()
    }

    /// Tells the page what its reader has begun.
    pub fn offer(&self, begun: Begun) {
        let _already_offered = self.begun.set(begun);
    }

    /// What the reader has begun and not sent.
    pub fn begun(&self) -> Option<&Begun> {
        self.begun.get()
    }

    /// Keeps what a form held, for the page that says that the sign-in has ended.
    pub(crate) fn keep_typed(&self, fields: Vec<(String, String)>) {
        let _already_kept = self.typed.set(fields);
    }

    /// What a form held that came after the sign-in had ended.
    pub(crate) fn typed(&self) -> &[(String, String)] {
        self.typed.get().map(Vec::as_slice).unwrap_or_default()
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        cookies::read(&self.shell, &self.cookies, name)
    }

    /// Now, by the one clock.
    pub fn now(&self) -> Moment {
        self.shell.clock().now()
    }

    /// The sentence of a key that takes no arguments.
    pub fn t(&self, key: &str) -> Cow<'_, str> {
        self.shell.words().plain(self.language, key)
    }

    /// Whether there is a sentence for a key that came from outside.
    pub fn knows(&self, key: &str) -> bool {
        self.shell.words().has(self.language, key)
    }

    /// The sentence of a key with its arguments.
    pub fn ta(&self, key: &str, args: &[(&str, WordArg<'_>)]) -> String {
        self.shell.words().text(self.language, key, args)
    }

    /// Sends the browser to `path` of this site with GET.
    pub fn redirect(&self, path: &str) -> Response {
        let location = HeaderValue::from_str(&percent_encoded(local_path(path)))
            .unwrap_or_else(|_| HeaderValue::from_static("/"));
        (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response()
    }

    /// Sends the browser to `path` and shows the sentence of `key` there, once.
    pub fn redirect_saying(&self, path: &str, key: &str) -> Response {
        let mut response = self.redirect(path);
        response.headers_mut().append(
            SET_COOKIE,
            cookies::set(&self.shell, cookies::FLASH, key, 60),
        );
        response
    }

    /// The sentence that the page before asked to show, with the tone of it; it is shown once.
    pub(crate) fn take_flash(&self) -> Option<(String, &'static str)> {
        // The worker fetches this page to keep it: nobody reads it now, and what it said would be
        // said again whenever the network fails.
        if self.path == "/app/kept" {
            return None;
        }
        let key = self.cookie(cookies::FLASH)?;
        self.flash_shown.store(true, Ordering::Relaxed);
        let words = self.shell.words();
        let tone = if key.contains("-error-") {
            "warn"
        } else {
            "good"
        };
        words
            .has(self.language, key)
            .then(|| (words.text(self.language, key, &[]), tone))
    }

    pub(crate) fn flash_was_shown(&self) -> bool {
        self.flash_shown.load(Ordering::Relaxed)
    }
}

/// `path` when it stays on this site, `/` otherwise.
pub fn local_path(path: &str) -> &str {
    let stays = path.starts_with('/')
        && !path.starts_with("//")
        && path.len() <= 2000
        && path
            .chars()
            .all(|c| !c.is_whitespace() && !c.is_control() && c != '\\');
    if stays { path } else { "/" }
}

/// Letters outside ASCII, as in the number of a case, as addresses in headers want them.
fn percent_encoded(path: &str) -> String {
    use std::fmt::Write;
    let mut encoded = String::with_capacity(path.len());
    for c in path.chars() {
        if c.is_ascii() {
            encoded.push(c);
            continue;
        }
        for byte in c.encode_utf8(&mut [0; 4]).bytes() {
            write!(encoded, "%{byte:02X}").expect("a String takes every text");
        }
    }
    encoded
}

/// The language to answer in: what was chosen, else what the browser prefers, else the default.
/// The address that a request came from: a client or a proxy.
fn peer(request: &axum::extract::Request) -> IpAddr {
    request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip())
}

/// The id of a request: the one that the operator's proxy gave it, or one of our own.
pub(crate) fn id_of(shell: &Shell, request: &axum::extract::Request) -> String {
    let given = request
        .headers()
        .get("x-request-id")
        .and_then(|value| value.to_str().ok())
        .filter(|id| is_request_id(id))
        .filter(|_| client::is_proxy(peer(request), &shell.settings().proxies));
    given.map_or_else(
        || base::id::new_uuid(shell.clock().now()).to_string(),
        str::to_owned,
    )
}

/// Whether the client is a program rather than a browser.
pub(crate) fn wants_json(path: &str, headers: &HeaderMap) -> bool {
    let accept = text_of(headers, ACCEPT.as_str());
    path.starts_with("/api/") || (accept.contains("json") && !accept.contains("text/html"))
}

/// The language of the answer: the one that was chosen, or that the browser likes best.
pub(crate) fn language_of(shell: &Shell, headers: &HeaderMap) -> Language {
    language(
        cookies::read(shell, headers, cookies::LANGUAGE),
        text_of(headers, ACCEPT_LANGUAGE.as_str()),
        shell.settings().language,
    )
}

fn language(cookie: Option<&str>, accepts: &str, default: Language) -> Language {
    cookie
        .and_then(Language::from_tag)
        .or_else(|| preferred(accepts))
        .unwrap_or(default)
}

/// The language of ours that `Accept-Language` (RFC 9110 section 12.5.4) likes best; the earlier
/// one of two equal wishes.
fn preferred(accepts: &str) -> Option<Language> {
    let mut best: Option<(u16, Language)> = None;
    for wish in accepts.split(',').take(20) {
        let mut parts = wish.split(';').map(str::trim);
        let Some(language) = parts.next().and_then(Language::from_tag) else {
            continue;
        };
        let weight = parts
            .find_map(|part| part.strip_prefix("q="))
            .map_or(1000, thousandths);
        if weight > best.map_or(0, |(known, _)| known) {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language)
}

/// A weight `0.8` as 800; what cannot be read counts as 0.
fn thousandths(text: &str) -> u16 {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits: String = fraction.chars().take(3).collect();
    match (whole.parse::<u16>(), format!("{digits:0<3}").parse::<u16>()) {
        (Ok(0), Ok(rest)) => rest,
        (Ok(1), Ok(0)) => 1000,
        _ => 0,
    }
}

fn is_request_id(text: &str) -> bool {
    (8..=64).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

fn text_of<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_the_chosen_one_then_the_browsers_then_the_default() {
        for (cookie, accepts, expected) in [
            (Some("en"), "ru", Language::En),
            (Some("xx"), "en", Language::En),
            (None, "de, en;q=0.8, ru;q=0.9", Language::Ru),
            (None, "en-GB,en;q=0.9,ru;q=0.8", Language::En),
            (None, "ru;q=0, en;q=0.1", Language::En),
            (None, "ru;q=0.5, en;q=0.5", Language::Ru),
            (None, "en;q=nonsense, ru;q=0.001", Language::Ru),
            (None, "de", Language::Ru),
            (None, "", Language::Ru),
        ] {
            assert_eq!(
                language(cookie, accepts, Language::Ru),
                expected,
                "{cookie:?} {accepts}"
            );
        }
    }

    #[test]
    fn redirects_stay_on_this_site() {
        for (path, expected) in [
            ("/cases/1?x=1", "/cases/1?x=1"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("https://evil.example", "/"),
            ("/a\r\nset-cookie: x", "/"),
            ("/cases/\u{410}-2026", "/cases/\u{410}-2026"),
            ("/\t/evil.example", "/"),
            ("", "/"),
        ] {
            assert_eq!(local_path(path), expected, "{path:?}");
        }
        assert_eq!(percent_encoded("/\u{410}-1?x=%20"), "/%D0%90-1?x=%20");
    }
}
