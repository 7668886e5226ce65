//! Alice of Yandex, by the protocol 1.0 of Yandex Dialogs: a request names a session and what was said,
//! the answer holds a text for eyes, a text for ears and buttons. It has to come within three seconds.
//! Who does not know the secret of this address is told that there is none.

use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use base::{Actor, Error, Language, Result};
use serde::Deserialize;
use serde_json::{Value, json};
use web::{ApiError, Request};

use crate::Channels;
use crate::dialogue::saying::Told;
use crate::dialogue::session::{Kept, Talker, Way, counted_at, id_of};
use crate::dialogue::sql;
use crate::dialogue::talk::Said;
use crate::messengers::cut;

/// The most bytes of a request.
const MOST: usize = 128 * 1024;
/// Yandex waits three seconds; the way back takes its part of them.
const WITHIN: Duration = Duration::from_millis(2_500);
/// The longest text, for eyes and for ears.
const MOST_TEXT: usize = 1024;
/// The longest words on a button.
const MOST_TITLE: usize = 64;
/// The header that brings the secret.
const SECRET: &str = "x-okno-secret";

/// What Yandex asks; what is not named here is not looked at.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    meta: Meta,
    request: Spoken,
    session: Session,
    version: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Meta {
    locale: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Spoken {
    command: String,
    original_utterance: String,
    #[serde(rename = "type")]
    kind: String,
    payload: Value,
    markup: Markup,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Markup {
    dangerous_context: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Session {
    new: bool,
    message_id: i64,
    #[serde(rename = "session_id")]
    id: String,
}

impl Asked {
    /// What was said, as the dialogue hears it.
    fn said(&self) -> Said {
        let spoken = &self.request;
        if spoken.kind == "ButtonPressed"
            && let Some(code) = spoken.payload["code"].as_str()
        {
            return Said::Pressed(code.to_owned());
        }
        // The words by which the skill was called are no words to it.
        if self.session.new && spoken.command.is_empty() {
            return Said::Begin;
        }
        let words = match spoken.original_utterance.trim() {
            "" => spoken.command.trim(),
            words => words,
        };
        Said::Words(words.to_owned())
    }
}

/// Answers a request whose secret stands in a header.
pub(super) async fn answer(
    State(channels): State<Channels>,
    request: Request,
    headers: HeaderMap,
    body: Bytes,
) -> std::result::Result<Response, ApiError> {
    let secret = headers.get(SECRET).and_then(|value| value.to_str().ok());
    let secret = secret.or_else(|| web::api::bearer(&headers));
    respond(&channels, &request, secret.unwrap_or_default(), &body).await
}

/// Answers a request whose secret stands in its address.
pub(super) async fn answer_at(
    State(channels): State<Channels>,
    request: Request,
    Path(secret): Path<String>,
    body: Bytes,
) -> std::result::Result<Response, ApiError> {
    respond(&channels, &request, &secret, &body).await
}

async fn respond(
    channels: &Channels,
    request: &Request,
    secret: &str,
    body: &[u8],
) -> std::result::Result<Response, ApiError> {
    if !channels.knows_alice(secret) {
        return Err(Error::NotFound.into());
    }
    if body.len() > MOST {
        return Err(Error::Malformed("error-too-large-do").into());
    }
    let asked: Asked = serde_json::from_slice(body).map_err(|_| Error::Malformed("error-json"))?;
    if asked.session.id.is_empty() || asked.session.id.len() > 200 {
        return Err(Error::Malformed("error-json").into());
    }
    let version = match asked.version.as_str() {
        "" => "1.0",
        version => version,
    };
    // By this they look whether we are here.
    if asked.request.original_utterance == "ping" {
        let pong =
            json!({ "response": { "text": "pong", "end_session": true }, "version": version });
        return Ok(json_of(&pong));
    }
    let language = Language::from_tag(&asked.meta.locale);
    let language = language.unwrap_or(request.shell().settings().language);
    let told = match tokio::time::timeout(WITHIN, take(channels, request, &asked, language)).await {
        Ok(Ok(told)) => told,
        // What was begun is tried again by the same name, so that saying it again does no harm.
        Ok(Err(Error::Busy | Error::ReadOnly | Error::TooMany(_))) | Err(_) => {
            later(request, language)
        }
        Ok(Err(error)) => return Err(error.into()),
    };
    let answer = json!({ "response": response(&told), "session_state": {}, "version": version });
    Ok(json_of(&answer))
}

fn json_of(value: &Value) -> Response {
    (StatusCode::OK, axum::Json(value)).into_response()
}

fn later(request: &Request, language: Language) -> Told {
    let words = request.shell().words().plain(language, "dialogue-later");
    Told {
        lines: vec![words.clone().into_owned()],
        aloud: words.into_owned(),
        ..Told::default()
    }
}

/// Takes what was said and keeps the dialogue. A request that comes again gets the same answer.
async fn take(
    channels: &Channels,
    request: &Request,
    asked: &Asked,
    language: Language,
) -> Result<Told> {
    let session = &asked.session;
    let journal = channels.cases.journal();
    let id = id_of(journal.keys(), Way::Alice, &session.id);
    let client = counted_at(id);
    let kept: Kept = channels.kept(id).await?;
    let mark = format!("{}:{}", session.id, session.message_id);
    if kept.mark == mark {
        return Ok(kept.told);
    }
    channels.limits.said.check(&client.to_string())?;
    let talker = Talker {
        way: Way::Alice,
        key: &session.id,
        actor: Actor::guest(language),
        shell: request.shell(),
        client,
        mark: &mark,
        danger: asked.request.markup.dangerous_context,
    };
    let taken = channels.take(&talker, kept, &asked.said()).await?;
    let sealed = channels.sealed(id, &taken.kept)?;
    journal
        .store()
        .housekeeping(move |tx| sql::put_dialogue(tx, id, Way::Alice.code(), &sealed))
        .await?;
    Ok(taken.kept.told)
}

/// A reply as Yandex takes it.
fn response(told: &Told) -> Value {
    let pressed = told.choices.iter().map(|(code, label)| {
        json!({ "title": cut(label, MOST_TITLE), "payload": { "code": code }, "hide": true })
    });
    let pages = told
        .links
        .iter()
        .filter(|(_, url)| url.starts_with("https://"));
    let pages = pages
        .map(|(label, url)| json!({ "title": cut(label, MOST_TITLE), "url": url, "hide": false }));
    let buttons: Vec<Value> = pressed.chain(pages).collect();
    json!({
        "text": cut(&told.lines.join("\n"), MOST_TEXT),
        "tts": cut(&told.aloud, MOST_TEXT),
        "buttons": buttons,
        "end_session": told.ends,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(json: &Value) -> Asked {
        serde_json::from_value(json.clone()).unwrap()
    }

    #[test]
    fn words_buttons_and_the_call_of_the_skill_are_told_apart() {
        let words = asked(&json!({
            "meta": { "locale": "ru-RU", "interfaces": { "screen": {} } },
            "request": { "command": "не горит фонарь", "original_utterance": "Не горит фонарь",
                "type": "SimpleUtterance", "nlu": { "tokens": ["не"] }, "markup": { "dangerous_context": false } },
            "session": { "new": false, "message_id": 3, "session_id": "s", "skill_id": "k", "user_id": "u" },
            "version": "1.0",
        }));
        assert_eq!(words.said(), Said::Words("Не горит фонарь".to_owned()));
        let called = asked(&json!({
            "request": { "command": "", "original_utterance": "запусти навык окно", "type": "SimpleUtterance" },
            "session": { "new": true, "session_id": "s" },
        }));
        assert_eq!(called.said(), Said::Begin);
        let pressed = asked(&json!({
            "request": { "type": "ButtonPressed", "payload": { "code": "send" } },
            "session": { "session_id": "s" },
        }));
        assert_eq!(pressed.said(), Said::Pressed("send".to_owned()));
    }

    #[test]
    fn an_answer_fits_and_no_address_is_read_aloud() {
        let told = Told {
            lines: vec!["\u{44b}".repeat(3000)],
            aloud: "Готово.".to_owned(),
            choices: vec![("cancel".to_owned(), "о".repeat(200))],
            links: vec![("Open".to_owned(), "https://okno.example/status".to_owned())],
            ..Told::default()
        };
        let response = response(&told);
        assert_eq!(
            response["text"].as_str().unwrap().chars().count(),
            MOST_TEXT
        );
        assert!(!response["tts"].as_str().unwrap().contains("http"));
        assert_eq!(
            response["buttons"][0]["title"]
                .as_str()
                .unwrap()
                .chars()
                .count(),
            MOST_TITLE
        );
        assert_eq!(response["buttons"][1]["url"], "https://okno.example/status");
        assert_eq!(response["end_session"], false);
    }
}
