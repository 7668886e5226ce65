//! What a messenger brings to our address. Whoever does not know the secret is refused before a byte
//! of the body is read; everything else is answered 200 when it stands in the store and not before,
//! so that the messenger brings it again until then. It is heard afterwards, in `listening`.

use std::fmt::Write;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::routing::post;
use base::{Error, Result};
use journal::Keys;
use serde_json::Value;
use store::Tx;
use web::ApiError;

use super::{Door, Update};
use crate::Channels;
use crate::dialogue::session::Way;
use crate::dialogue::sql;

/// The most bytes of an update: the longest message with everything about it takes a tenth.
const MOST: usize = 256 * 1024;
/// What lies between two looks is sealed as.
pub(super) const CONTEXT: &str = "channels.incoming";

/// Where messengers bring what comes.
pub(crate) fn router() -> Router<Channels> {
    Router::new()
        .route("/channels/max", post(from_max))
        .route("/channels/telegram", post(from_telegram))
}

async fn from_max(
    State(channels): State<Channels>,
    request: Request,
) -> std::result::Result<StatusCode, ApiError> {
    Ok(brought(&channels, Way::Max, request).await?)
}

async fn from_telegram(
    State(channels): State<Channels>,
    request: Request,
) -> std::result::Result<StatusCode, ApiError> {
    Ok(brought(&channels, Way::Telegram, request).await?)
}

async fn brought(channels: &Channels, way: Way, request: Request) -> Result<StatusCode> {
    let door = channels.door(way).filter(|door| door.webhook.is_some());
    let door = door.ok_or(Error::NotFound)?;
    let secret = request.headers().get(door.secret_header());
    let secret = secret.and_then(|value| value.to_str().ok());
    if !door.knows(channels.cases.journal().keys(), secret.unwrap_or_default()) {
        counted(way, "refused");
        return Err(Error::Forbidden);
    }
    let body = to_bytes(request.into_body(), MOST).await;
    let body = body.map_err(|_| Error::Malformed("error-too-large-do"))?;
    let update: Value =
        serde_json::from_slice(&body).map_err(|_| Error::Malformed("error-json"))?;
    let news = channels.take_down(door, &door.read(&update)).await?;
    counted(way, if news == 0 { "known" } else { "taken" });
    Ok(StatusCode::OK)
}

fn counted(way: Way, outcome: &'static str) {
    metrics::counter!("okno_messenger_updates_total", "messenger" => way.code(), "outcome" => outcome)
        .increment(1);
}

impl Door {
    /// The secret of the webhook: made from the installation's key and the bot's token, so that nobody
    /// has to keep it, and another token is another secret.
    pub(super) fn secret(&self, keys: &Keys) -> String {
        let named = format!("{}:{}", self.way().code(), self.token);
        let hash = keys.blind("channels.webhook", &named);
        hash.iter().fold(String::new(), |mut text, byte| {
            let _infallible = write!(text, "{byte:02x}");
            text
        })
    }

    /// Whether this is the secret. Keyed hashes are compared, so that the time of the comparison tells
    /// nothing.
    fn knows(&self, keys: &Keys, secret: &str) -> bool {
        let blurred = |secret: &str| keys.blind("channels.webhook.told", secret);
        blurred(secret) == blurred(&self.secret(keys))
    }
}

/// Something to be taken down.
pub(super) struct Incoming {
    mark: [u8; 32],
    place: i64,
    said: Vec<u8>,
}

impl Incoming {
    /// Takes it down; false when it is known.
    pub(super) fn put(&self, tx: &mut Tx<'_>, way: Way) -> Result<bool> {
        sql::take_down(tx, way.code(), &self.mark, self.place, &self.said)
    }
}

impl Channels {
    /// Updates as they are taken down.
    pub(super) fn incoming(&self, updates: &[Update]) -> Result<Vec<Incoming>> {
        let keys = self.cases.journal().keys();
        let sealed = updates.iter().map(|update| {
            let plain = serde_json::to_vec(update).map_err(Error::internal)?;
            Ok(Incoming {
                mark: keys.blind("channels.seen", &update.mark),
                place: update.place,
                said: keys.installation().seal(CONTEXT, &plain)?,
            })
        });
        sealed.collect()
    }

    /// Takes down what was brought, in one commit, and wakes whoever hears it; how much of it is new.
    async fn take_down(&self, door: &Door, updates: &[Update]) -> Result<usize> {
        if updates.is_empty() {
            return Ok(0);
        }
        let (way, incoming) = (door.way(), self.incoming(updates)?);
        let store = self.cases.journal().store();
        let news = store
            .housekeeping(move |tx| {
                let mut news = 0;
                for one in &incoming {
                    news += usize::from(one.put(tx, way)?);
                }
                Ok(news)
            })
            .await?;
        door.came.notify_one();
        Ok(news)
    }
}
