//! Pages kept as the bytes that were last sent: those that everybody is shown alike (the home page,
//! a service, the register), and those of somebody's own (the desk, the cabinet, a case). A kept page
//! is given out again only while the store stands as it stood when the page was made, and for two
//! seconds at most, because other nodes write too and because pages tell the time.
//!
//! Whoever brings a cookie that says more than language and look gets a shelf apart: a page of it is
//! given to exactly the cookies that it was made for. So nobody is ever given what they have not been
//! sent within those two seconds, and a session that ends, a right that is taken or a case that is
//! opened is a commit, after which nothing kept is given any more.
//!
//! After a commit a crowd comes for the same page at once. One of them makes it, and all who wait for
//! it are told together; whoever came after that making began waits for the next. They wait before
//! the door and take no place in the room.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, AUTHORIZATION, COOKIE, RANGE};
use axum::http::header::{CONTENT_LENGTH, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;

use sha2::{Digest as _, Sha256};
use tokio::sync::watch;

use crate::cookies;
use crate::errors::PageResult;
use crate::shell::Shell;

/// How long a page is given out again while nothing is written here.
const FRESH: Duration = Duration::from_secs(2);
/// Most pages at once on one shelf.
const MOST_PAGES: usize = 256;
/// Longest page that is kept, bytes as sent.
const LONGEST: usize = 64 * 1024;
/// Longest address and longest value of a header that a kept page may depend on, bytes.
const LONGEST_KEY: usize = 256;

/// Left in the answer of a page that may be kept: whom it may be given to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum For {
    /// It depends on nothing but its address, language and look.
    Everybody,
    /// It depends on who asks, beside that.
    WhoeverAsked,
}

/// Says that a page depends on nothing but its address, the language and the look: not on who asks.
///
/// # Errors
/// Those of the page itself.
pub fn for_everybody(page: PageResult) -> PageResult {
    marked(page, For::Everybody)
}

/// Says that a page depends on its address, the language, the look, who asks and what the store
/// holds, and on nothing else: not on an index, on the address of the visitor, or on chance.
///
/// # Errors
/// Those of the page itself.
pub fn for_whoever_asked(page: PageResult) -> PageResult {
    marked(page, For::WhoeverAsked)
}

fn marked(page: PageResult, whom: For) -> PageResult {
    page.map(|mut response| {
        response.extensions_mut().insert(whom);
        response
    })
}

/// Puts the kept pages around everything else. `generation` grows with every commit of the store.
pub fn layer(
    router: Router,
    shell: &Shell,
    generation: impl Fn() -> u64 + Send + Sync + 'static,
) -> Router {
    let kept = Kept(Arc::new(Inner {
        shell: shell.clone(),
        generation: Box::new(generation),
        everybody: Shelf::default(),
        own: Shelf::default(),
    }));
    router.layer(from_fn_with_state(kept, give))
}

#[derive(Clone)]
struct Kept(Arc<Inner>);

struct Inner {
    shell: Shell,
    generation: Box<dyn Fn() -> u64 + Send + Sync>,
    everybody: Shelf,
    own: Shelf,
}

/// What a request asks for, when a kept page may be the answer.
struct Asked {
    key: Vec<u8>,
    whom: For,
}

/// Pages that were made while the store stood alike, and those that are being made.
#[derive(Default)]
struct Shelf {
    pages: RwLock<Pages>,
    turns: Mutex<HashMap<Vec<u8>, watch::Receiver<Made>>>,
}

#[derive(Default)]
struct Pages {
    generation: u64,
    by_request: HashMap<Vec<u8>, Arc<KeptPage>>,
    /// The routes whose pages were ever kept: others are made by each for themselves.
    routes: HashSet<String>,
}

/// What came of making a page; none until then.
type Made = Option<Arc<KeptPage>>;

/// Who makes a page that several want.
enum Turn<'a> {
    Mine(Making<'a>),
    Theirs(watch::Receiver<Made>),
}

/// The making of a page. It ends when this is dropped, so that nobody waits for a request that was
/// broken off.
struct Making<'a> {
    shelf: &'a Shelf,
    key: &'a [u8],
    told: watch::Sender<Made>,
}

struct KeptPage {
    /// The store's generation when its making began.
    generation: u64,
    made: Instant,
    headers: HeaderMap,
    body: Bytes,
    answers: metrics::Counter,
    seconds: metrics::Histogram,
}

async fn give(State(kept): State<Kept>, request: Request, next: Next) -> Response {
    let Some(asked) = asked(&kept.0.shell, &request) else {
        return next.run(request).await;
    };
    let started = Instant::now();
    let generation = (kept.0.generation)();
    let shelf = kept.shelf(asked.whom);
    if let Some(page) = shelf.find(&asked.key, generation) {
        return page.given(&kept.0.shell, started);
    }
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.map_or_else(|| "none".to_owned(), |route| route.as_str().to_owned());
    let making = if shelf.keeps(&route) {
        match shelf.made_since(&asked.key, generation).await {
            Ok(page) => return page.given(&kept.0.shell, started),
            Err(making) => making,
        }
    } else {
        None
    };
    let begins = (kept.0.generation)();
    let response = next.run(request).await;
    let (response, page) = kept.keep(&asked, begins, route, response).await;
    if let (Some(making), Some(page)) = (making, page) {
        making.told.send_replace(Some(page));
    }
    response
}

/// What a page may depend on, when the request asks for nothing else.
fn asked(shell: &Shell, request: &Request) -> Option<Asked> {
    let headers = request.headers();
    let asks_for_more = request.method() != Method::GET
        || [AUTHORIZATION, RANGE]
            .iter()
            .any(|name| headers.contains_key(name));
    let address = request.uri().path_and_query()?.as_str();
    if asks_for_more || address.len() > LONGEST_KEY {
        return None;
    }
    let mut key = String::with_capacity(address.len() + 64);
    key.push_str(address);
    for name in [ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE] {
        key.push('\n');
        for value in headers.get_all(name) {
            let value = value
                .to_str()
                .ok()
                .filter(|value| value.len() <= LONGEST_KEY)?;
            key.push_str(value);
            key.push(',');
        }
    }
    let mut whom = For::Everybody;
    for line in headers.get_all(COOKIE) {
        let line = line
            .to_str()
            .ok()
            .filter(|line| line.len() <= LONGEST_KEY)?;
        let harmless = line
            .split(';')
            .all(|pair| cookies::is_of_looks(shell, pair.trim()));
        if !harmless {
            whom = For::WhoeverAsked;
        }
        key.push('\n');
        key.push_str(line);
    }
    let key = match whom {
        For::Everybody => key.into_bytes(),
        // A cookie may open an account: what is kept for it does not say it.
        For::WhoeverAsked => Sha256::digest(key).to_vec(),
    };
    Some(Asked { key, whom })
}

impl Shelf {
    fn find(&self, key: &[u8], generation: u64) -> Option<Arc<KeptPage>> {
        let held = self.pages.read().unwrap_or_else(PoisonError::into_inner);
        (held.generation == generation)
            .then(|| held.by_request.get(key))
            .flatten()
            .filter(|page| page.made.elapsed() < FRESH)
            .cloned()
    }

    fn keeps(&self, route: &str) -> bool {
        let held = self.pages.read().unwrap_or_else(PoisonError::into_inner);
        held.routes.contains(route)
    }

    fn put(&self, key: &[u8], route: &str, page: &Arc<KeptPage>) {
        let mut held = self.pages.write().unwrap_or_else(PoisonError::into_inner);
        if !held.routes.contains(route) {
            held.routes.insert(route.to_owned());
        }
        if page.generation > held.generation {
            held.by_request.clear();
            held.generation = page.generation;
        }
        if page.generation < held.generation {
            return;
        }
        if held.by_request.len() >= MOST_PAGES {
            held.by_request
                .retain(|_, page| page.made.elapsed() < FRESH);
        }
        if held.by_request.len() < MOST_PAGES {
            held.by_request.insert(key.to_owned(), page.clone());
        }
    }

    /// The page as another makes it, if that is begun at `generation` or later. Otherwise the page is
    /// to be made: for all who want it, or by everybody for themselves where the other had none to
    /// share.
    async fn made_since<'a>(
        &'a self,
        key: &'a [u8],
        generation: u64,
    ) -> Result<Arc<KeptPage>, Option<Making<'a>>> {
        loop {
            let mut told = match self.turn(key) {
                Turn::Mine(making) => return Err(Some(making)),
                Turn::Theirs(told) => told,
            };
            let made = told.wait_for(Option::is_some).await;
            match made.ok().and_then(|made| made.clone()) {
                Some(page) if page.generation >= generation => return Ok(page),
                // The next one begins after this request has come: there is no third.
                Some(_) => {}
                None => return Err(None),
            }
        }
    }

    fn turn<'a>(&'a self, key: &'a [u8]) -> Turn<'a> {
        let mut turns = self.turns();
        if let Some(told) = turns.get(key) {
            return Turn::Theirs(told.clone());
        }
        let (told, heard) = watch::channel(None);
        turns.insert(key.to_owned(), heard);
        Turn::Mine(Making {
            shelf: self,
            key,
            told,
        })
    }

    fn turns(&self) -> MutexGuard<'_, HashMap<Vec<u8>, watch::Receiver<Made>>> {
        self.turns.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Making<'_> {
    fn drop(&mut self) {
        self.shelf.turns().remove(self.key);
    }
}

impl Kept {
    fn shelf(&self, whom: For) -> &Shelf {
        match whom {
            For::Everybody => &self.0.everybody,
            For::WhoeverAsked => &self.0.own,
        }
    }

    /// Keeps an answer that may be kept, and passes it on as it came.
    async fn keep(
        &self,
        asked: &Asked,
        generation: u64,
        route: String,
        response: Response,
    ) -> (Response, Option<Arc<KeptPage>>) {
        let marked = response.extensions().get::<For>();
        let may = response.status() == StatusCode::OK
            && marked.is_some_and(|whom| *whom == For::Everybody || *whom == asked.whom)
            && !response.headers().contains_key(SET_COOKIE);
        if !may {
            return (response, None);
        }
        let made = Instant::now();
        let (parts, body) = response.into_parts();
        // Pages are rendered whole before they are sent, so that there is nothing to wait for; the
        // bound is that of the memory kept, not of what may be sent.
        let Ok(body) = to_bytes(body, usize::MAX).await else {
            return (Response::from_parts(parts, Body::empty()), None);
        };
        let mut kept = None;
        if body.len() <= LONGEST {
            let mut headers = parts.headers.clone();
            headers.remove("x-request-id");
            headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
            let page = Arc::new(KeptPage {
                generation,
                made,
                headers,
                body: body.clone(),
                answers: metrics::counter!("http_requests_total", "route" => route.clone(), "method" => "GET", "status" => "2xx"),
                seconds: metrics::histogram!("http_request_duration_seconds", "route" => route.clone(), "method" => "GET"),
            });
            self.shelf(asked.whom).put(&asked.key, &route, &page);
            kept = Some(page);
        }
        (Response::from_parts(parts, Body::from(body)), kept)
    }
}

impl KeptPage {
    /// The answer, counted as such.
    fn given(&self, shell: &Shell, started: Instant) -> Response {
        let response = self.answer(shell);
        self.answers.increment(1);
        self.seconds.record(started.elapsed().as_secs_f64());
        response
    }

    fn answer(&self, shell: &Shell) -> Response {
        let mut response = Response::new(Body::from(self.body.clone()));
        *response.headers_mut() = self.headers.clone();
        let id = base::id::new_uuid(shell.clock().now()).to_string();
        if let Ok(id) = HeaderValue::from_str(&id) {
            response.headers_mut().insert("x-request-id", id);
        }
        response
    }
}
