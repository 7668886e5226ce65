//! MAX, by its Bot API (schema of 1 July 2026): `GET /updates` with a marker, or `POST /subscriptions`
//! and each update as a request to our address; `POST /messages` with an inline keyboard, `POST
//! /answers` to the press of a button. The token goes in `Authorization`.

use base::Language;
use serde_json::{Value, json};

use super::http::{Answer, Base, Http};
use super::{Batch, Outgoing, Trouble, Update, Webhooks, cut};
use crate::dialogue::talk::Said;

/// How long one look waits for something to come, in seconds; 90 is the most.
const POLL: u64 = 20;
/// How long everything else may take.
const USUAL: u64 = 15;
/// The longest text of a message.
const MOST_TEXT: usize = 4000;
/// What is asked for; the rest is nothing to a dialogue.
const TYPES: [&str; 3] = ["message_created", "message_callback", "bot_started"];
/// The header that brings the secret of a webhook.
pub(super) const SECRET: &str = "x-max-bot-api-secret";
/// The ports to which updates are brought.
pub(super) const PORTS: &[u16] = &[443];

/// The way to MAX.
#[derive(Clone)]
pub(crate) struct Max {
    http: Http,
}

fn sound(answer: Answer) -> Result<Answer, Trouble> {
    match answer.trouble(None) {
        Some(trouble) => Err(trouble),
        None => Ok(answer),
    }
}

impl Max {
    pub(super) fn new(base: Base, token: &str) -> Result<Self, String> {
        Ok(Self {
            http: Http::new(base, Some(token))?,
        })
    }

    pub(super) async fn updates(&self, position: Option<&str>) -> Result<Batch, Trouble> {
        let marker = position.and_then(|text| text.parse::<i64>().ok());
        let marker = marker.map_or_else(String::new, |marker| format!("&marker={marker}"));
        let path = format!(
            "/updates?limit=100&timeout={POLL}&types={}{marker}",
            TYPES.join(",")
        );
        let answer = sound(self.http.ask(&path, None, POLL + 10).await?)?;
        Ok(read(&answer.body))
    }

    /// Where updates are brought just now.
    pub(super) async fn webhooks(&self) -> Result<Webhooks, Trouble> {
        let answer = sound(self.http.ask("/subscriptions", None, USUAL).await?)?;
        let known = answer.body["subscriptions"].as_array();
        let known = known.ok_or_else(|| Trouble::Away("it names no subscriptions".to_owned()))?;
        let addresses = known.iter().filter_map(|one| one["url"].as_str());
        Ok(Webhooks {
            addresses: addresses.map(str::to_owned).collect(),
            problem: None,
        })
    }

    /// Has updates brought to an address, with a secret that shows who brings them.
    pub(super) async fn subscribe(&self, address: &str, secret: &str) -> Result<(), Trouble> {
        let body = json!({ "url": address, "update_types": TYPES, "secret": secret });
        let asked = self.http.ask("/subscriptions", Some(&body), USUAL).await;
        done(&sound(asked?)?)
    }

    /// Has no more updates brought there.
    pub(super) async fn unsubscribe(&self, address: &str) -> Result<(), Trouble> {
        let known = self.webhooks().await?.addresses;
        if !known.iter().any(|one| one == address) {
            return Ok(());
        }
        let path = format!("/subscriptions?url={}", encoded(address));
        done(&sound(self.http.delete(&path, USUAL).await?)?)
    }

    pub(super) async fn fetch(&self, picture: &str) -> Result<Vec<u8>, Trouble> {
        self.http.file_at(picture).await
    }

    pub(super) async fn send(&self, out: &Outgoing) -> Result<(), Trouble> {
        if let Some(callback) = &out.callback {
            let path = format!("/answers?callback_id={}", encoded(callback));
            // The empty sign takes the waiting off the button; the reply is a message of its own.
            let body = json!({ "notification": "\u{2713}" });
            match self
                .http
                .ask(&path, Some(&body), USUAL)
                .await
                .and_then(sound)
            {
                // A press of long ago needs no sign any more.
                Ok(_) | Err(Trouble::Refused(_)) => {}
                Err(trouble) => return Err(trouble),
            }
        }
        let user = out.chat.parse::<i64>().unwrap_or_default();
        let path = format!("/messages?user_id={user}&disable_link_preview=true");
        sound(self.http.ask(&path, Some(&message(out)), USUAL).await?)?;
        Ok(())
    }
}

/// Whether it says that what was asked is done: that stands beside the status.
fn done(answer: &Answer) -> Result<(), Trouble> {
    if answer.body["success"] == json!(true) {
        Ok(())
    } else {
        Err(Trouble::Refused("it does not take the address".to_owned()))
    }
}

/// `text` as a value inside a query.
fn encoded(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _infallible = write!(out, "%{byte:02X}");
        }
        out
    })
}

/// A reply as MAX takes it: each button in a row of its own, so that its words are read whole.
fn message(out: &Outgoing) -> Value {
    let pressed = out.told.choices.iter();
    let mut rows: Vec<Value> = pressed
        .map(|(code, label)| {
            json!([{ "type": "callback", "text": cut(label, 128), "payload": code }])
        })
        .collect();
    if let Some(label) = &out.told.point {
        rows.insert(
            0,
            json!([{ "type": "request_geo_location", "text": cut(label, 128) }]),
        );
    }
    let links = out.told.links.iter();
    rows.extend(
        links.map(|(label, url)| json!([{ "type": "link", "text": cut(label, 128), "url": url }])),
    );
    let mut attachments = Vec::new();
    if !rows.is_empty() {
        attachments.push(json!({ "type": "inline_keyboard", "payload": { "buttons": rows } }));
    }
    let text = out.told.lines.join("\n\n");
    json!({ "text": cut(&text, MOST_TEXT), "attachments": attachments, "link": null })
}

/// The updates of an answer. What is not for us is passed over.
fn read(body: &Value) -> Batch {
    let updates = body["updates"].as_array().into_iter().flatten();
    Batch {
        updates: updates.filter_map(update).collect(),
        position: body["marker"].as_i64().map(|marker| marker.to_string()),
    }
}

/// What one update says; nothing when it is not for us.
pub(super) fn update(update: &Value) -> Option<Update> {
    let at = update["timestamp"].as_i64().unwrap_or_default();
    let (who, mark, said, callback) = match update["update_type"].as_str()? {
        "bot_started" => {
            let who = &update["user"];
            (who, format!("s:{}:{at}", who["user_id"]), Said::Begin, None)
        }
        "message_callback" => {
            let callback = &update["callback"];
            let id = callback["callback_id"].as_str()?;
            let pressed_at = callback["timestamp"].as_i64().unwrap_or(at);
            let code = callback["payload"].as_str()?.to_owned();
            let mark = format!("c:{id}:{pressed_at}");
            (
                &callback["user"],
                mark,
                Said::Pressed(code),
                Some(id.to_owned()),
            )
        }
        "message_created" => {
            let message = &update["message"];
            if message["recipient"]["chat_type"] != "dialog" {
                return None;
            }
            let mark = format!("m:{}", message["body"]["mid"].as_str()?);
            (&message["sender"], mark, said_in(&message["body"]), None)
        }
        _ => return None,
    };
    if who["is_bot"] == json!(true) {
        return None;
    }
    Some(Update {
        mark,
        place: at,
        chat: who["user_id"].as_i64()?.to_string(),
        said,
        language: update["user_locale"].as_str().and_then(Language::from_tag),
        callback,
    })
}

fn said_in(body: &Value) -> Said {
    let attached = body["attachments"].as_array().into_iter().flatten();
    let mut picture = None;
    for attachment in attached {
        let (north, east) = (&attachment["latitude"], &attachment["longitude"]);
        if attachment["type"] == "location"
            && let (Some(north), Some(east)) = (north.as_f64(), east.as_f64())
        {
            return Said::Point { north, east };
        }
        if attachment["type"] == "image"
            && let Some(address) = attachment["payload"]["url"].as_str()
        {
            picture = Some(address.to_owned());
        }
    }
    if let Some(picture) = picture {
        return Said::Picture(picture);
    }
    match body["text"].as_str().filter(|text| !text.trim().is_empty()) {
        Some(text) => Said::Words(text.to_owned()),
        None => Said::Unreadable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialogue::saying::Told;
    use crate::dialogue::session::Way;

    #[test]
    fn starts_messages_presses_and_places_are_read_and_the_rest_is_passed_over() {
        let user = json!({ "user_id": 7, "first_name": "Анна", "is_bot": false });
        let written = |chat_type: &str, mid: &str, text: Value, attachments: Value| {
            json!({ "update_type": "message_created", "timestamp": 5, "user_locale": "ru", "message": {
                "sender": user, "recipient": { "chat_id": 3, "chat_type": chat_type, "user_id": 1 },
                "timestamp": 5, "body": { "mid": mid, "seq": 1, "text": text, "attachments": attachments } } })
        };
        let body = json!({ "marker": 42, "updates": [
            { "update_type": "bot_started", "timestamp": 1, "chat_id": 3, "user": user, "user_locale": "en" },
            written("dialog", "mid.1", json!("Не горит фонарь"), json!(null)),
            written("chat", "mid.2", json!("noise"), json!(null)),
            written("dialog", "mid.3", json!(null), json!([{ "type": "location", "latitude": 57.5, "longitude": 39.5 }])),
            { "update_type": "message_callback", "timestamp": 9, "message": null,
              "callback": { "timestamp": 9, "callback_id": "cb", "payload": "send", "user": user } },
            { "update_type": "message_removed", "timestamp": 9 },
            {},
        ]});
        let batch = read(&body);
        assert_eq!(batch.position.as_deref(), Some("42"));
        let marks: Vec<&str> = batch
            .updates
            .iter()
            .map(|update| update.mark.as_str())
            .collect();
        assert_eq!(marks, ["s:7:1", "m:mid.1", "m:mid.3", "c:cb:9"]);
        assert_eq!(
            batch.updates[2].said,
            Said::Point {
                north: 57.5,
                east: 39.5
            }
        );
        assert_eq!(batch.updates[3].callback.as_deref(), Some("cb"));
        assert!(batch.updates.iter().all(|update| update.chat == "7"));
        assert_eq!(read(&json!([])), Batch::default());
    }

    #[test]
    fn a_reply_has_rows_of_buttons_and_a_way_to_send_a_place() {
        let out = Outgoing {
            way: Way::Max,
            chat: "7".to_owned(),
            told: Told {
                lines: vec!["Где это?".to_owned()],
                choices: vec![("cancel".to_owned(), "Отмена".to_owned())],
                point: Some("Отправить место".to_owned()),
                ..Told::default()
            },
            callback: None,
        };
        let body = message(&out);
        let buttons = &body["attachments"][0]["payload"]["buttons"];
        assert_eq!(buttons[0][0]["type"], "request_geo_location");
        assert_eq!(
            buttons[1][0],
            json!({ "type": "callback", "text": "Отмена", "payload": "cancel" })
        );
        assert!(body.get("link").is_some_and(Value::is_null));
        assert_eq!(encoded("a b&"), "a%20b%26");
    }
}
