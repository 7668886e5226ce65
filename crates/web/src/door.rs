//! The door: takes a place in the [`Room`] for each request, and turns away whoever finds none before
//! anything else is done for them. In a crowd most are turned away, and what each of them costs is
//! taken from those inside; so what they are told is made once and then only sent.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request as HttpRequest, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use base::Language;

use crate::layers::{Counted, dress};
use crate::request::{self, Request};
use crate::room::Room;
use crate::shell::Shell;
use crate::waiting;

/// Whose session or token a request bears, as [`Room::sign`] says it; left in the request.
#[derive(Clone, Copy)]
pub(crate) struct Sign(pub(crate) Option<u64>);

/// Puts the door around everything that takes a place in `room`.
pub(crate) fn layer(router: Router, shell: &Shell, room: &Room) -> Router {
    let door = Door(Arc::new(Inner {
        shell: shell.clone(),
        room: room.clone(),
        told: RwLock::default(),
    }));
    router.layer(from_fn_with_state(door, admit))
}

#[derive(Clone)]
struct Door(Arc<Inner>);

struct Inner {
    shell: Shell,
    room: Room,
    told: RwLock<HashMap<Occasion, Arc<Told>>>,
}

/// What an answer to somebody who is turned away depends on. There are a few hundred at the most:
/// the seconds are bounded.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Occasion {
    language: Language,
    wants_json: bool,
    /// Whether asking again changes nothing.
    repeats: bool,
    seconds: u32,
}

/// An answer as it was made the first time.
struct Told {
    headers: HeaderMap,
    before: Bytes,
    /// What follows the request's id, when the answer says it.
    after: Option<Bytes>,
}

async fn admit(State(door): State<Door>, mut http: HttpRequest, next: Next) -> Response {
    let Inner { shell, room, .. } = &*door.0;
    let sign = room.sign(shell, http.headers());
    http.extensions_mut().insert(Sign(sign));
    if needs_no_place(http.uri().path()) {
        return next.run(http).await;
    }
    match room.enter(room.part(sign), !is_with_files(http.headers())) {
        Ok(place) => {
            let response = next.run(http).await;
            drop(place);
            response
        }
        Err(seconds) => {
            let counted = Counted::begin(&http);
            let id = request::id_of(shell, &http);
            let occasion = Occasion::of(shell, &http, seconds);
            let told = match door.told(occasion) {
                Some(told) => told,
                None => door.tell(Request::gather(shell, &http), occasion).await,
            };
            counted.end(StatusCode::SERVICE_UNAVAILABLE);
            told.response(&id)
        }
    }
}

/// What is answered from memory however full the house is: the waiting page needs its style, and
/// whoever watches has to see that the house stands.
fn needs_no_place(path: &str) -> bool {
    path.starts_with("/assets/") || ["/healthz", "/readyz", "/metrics"].contains(&path)
}

/// Whether a form with files comes in.
pub(crate) fn is_with_files(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|kind| {
        let kind = kind.as_bytes();
        kind.starts_with(b"multipart/form-data")
            || kind.starts_with(b"application/offset+octet-stream")
    })
}

impl Occasion {
    fn of(shell: &Shell, http: &HttpRequest, seconds: u32) -> Self {
        Self {
            language: request::language_of(shell, http.headers()),
            wants_json: request::wants_json(http.uri().path(), http.headers()),
            repeats: [Method::GET, Method::HEAD].contains(http.method()),
            seconds,
        }
    }
}

impl Door {
    fn told(&self, occasion: Occasion) -> Option<Arc<Told>> {
        let told = self.0.told.read().unwrap_or_else(PoisonError::into_inner);
        told.get(&occasion).cloned()
    }

    /// Makes an answer for the first time.
    async fn tell(&self, request: Request, occasion: Occasion) -> Arc<Told> {
        let mut response = waiting::respond(&request, occasion.repeats, occasion.seconds);
        dress(&mut response, &request);
        let (parts, body) = response.into_parts();
        // It was rendered whole: there is nothing to wait for, and nothing that may fail.
        let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
        let id = request.id.as_bytes();
        let place = body.windows(id.len()).position(|piece| piece == id);
        let told = Arc::new(Told {
            headers: parts.headers,
            before: body.slice(..place.unwrap_or(body.len())),
            after: place.map(|place| body.slice(place + id.len()..)),
        });
        let mut known = self.0.told.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(occasion, told.clone());
        told
    }
}

impl Told {
    fn response(&self, id: &str) -> Response {
        let body = match &self.after {
            None => Body::from(self.before.clone()),
            Some(after) => Body::from([&self.before, id.as_bytes(), after].concat()),
        };
        let mut response = Response::new(body);
        *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
        *response.headers_mut() = self.headers.clone();
        if let Ok(id) = HeaderValue::from_str(id) {
            response.headers_mut().insert("x-request-id", id);
        }
        response
    }
}
