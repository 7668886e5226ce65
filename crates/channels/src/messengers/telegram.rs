//! Telegram, by its Bot API: `getUpdates` with an offset, or `setWebhook` and each update as a request
//! to our address; `sendMessage` with an inline keyboard, `answerCallbackQuery`. The token stands in
//! the path, so no address is ever logged.

use base::Language;
use serde_json::{Value, json};

use super::http::{Answer, Base, Http};
use super::{Batch, Outgoing, Trouble, Update, Webhooks, cut};
use crate::dialogue::talk::Said;

/// How long one look waits for something to come, in seconds.
const POLL: u64 = 20;
/// How long everything else may take.
const USUAL: u64 = 15;
/// The longest text of a message.
const MOST_TEXT: usize = 4096;
/// What is asked for; the rest is nothing to a dialogue.
const TYPES: [&str; 2] = ["message", "callback_query"];
/// The header that brings the secret of a webhook.
pub(super) const SECRET: &str = "x-telegram-bot-api-secret-token";
/// The ports to which updates are brought.
pub(super) const PORTS: &[u16] = &[443, 80, 88, 8443];
/// How many updates are brought at once.
const AT_ONCE: u32 = 20;

/// The way to Telegram.
#[derive(Clone)]
pub(crate) struct Telegram {
    http: Http,
    /// `/bot<token>/`.
    bot: String,
}

impl Telegram {
    pub(super) fn new(base: Base, token: &str) -> Result<Self, String> {
        Ok(Self {
            http: Http::new(base, None)?,
            bot: format!("/bot{token}/"),
        })
    }

    async fn call(&self, method: &str, body: &Value, seconds: u64) -> Result<Answer, Trouble> {
        let path = format!("{}{method}", self.bot);
        let answer = self.http.ask(&path, Some(body), seconds).await?;
        let wait = answer.body["parameters"]["retry_after"].as_u64();
        let wait = wait.and_then(|seconds| u32::try_from(seconds).ok());
        match answer.trouble(wait) {
            Some(trouble) => Err(trouble),
            None if answer.body["ok"] == json!(true) => Ok(answer),
            None => Err(Trouble::Away("it says that it is not ok".to_owned())),
        }
    }

    pub(super) async fn updates(&self, position: Option<&str>) -> Result<Batch, Trouble> {
        let mut body = json!({
            "timeout": POLL,
            "limit": 100,
            "allowed_updates": TYPES,
        });
        if let Some(offset) = position.and_then(|text| text.parse::<i64>().ok()) {
            body["offset"] = offset.into();
        }
        let answer = self.call("getUpdates", &body, POLL + 10).await?;
        Ok(read(&answer.body))
    }

    /// Where updates are brought just now, and what went wrong there last.
    pub(super) async fn webhooks(&self) -> Result<Webhooks, Trouble> {
        let answer = self.call("getWebhookInfo", &json!({}), USUAL).await?;
        let told = &answer.body["result"];
        let address = told["url"].as_str().filter(|url| !url.is_empty());
        let problem = told["last_error_date"].as_i64().map(|at| {
            let words = told["last_error_message"].as_str().unwrap_or_default();
            (at, cut(words, 200))
        });
        Ok(Webhooks {
            addresses: address.map(str::to_owned).into_iter().collect(),
            problem,
        })
    }

    /// Has updates brought to an address, with a secret that shows who brings them.
    pub(super) async fn subscribe(&self, address: &str, secret: &str) -> Result<(), Trouble> {
        let body = json!({
            "url": address,
            "secret_token": secret,
            "allowed_updates": TYPES,
            "max_connections": AT_ONCE,
        });
        self.call("setWebhook", &body, USUAL).await.map(drop)
    }

    /// Has no more updates brought there; where they are brought elsewhere that stays.
    pub(super) async fn unsubscribe(&self, address: &str) -> Result<(), Trouble> {
        let known = self.webhooks().await?.addresses;
        if !known.iter().any(|one| one == address) {
            return Ok(());
        }
        let body = json!({ "drop_pending_updates": false });
        self.call("deleteWebhook", &body, USUAL).await.map(drop)
    }

    pub(super) async fn fetch(&self, picture: &str) -> Result<Vec<u8>, Trouble> {
        let body = json!({ "file_id": picture });
        let answer = self.call("getFile", &body, USUAL).await?;
        let path = answer.body["result"]["file_path"]
            .as_str()
            .unwrap_or_default();
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte);
        if path.is_empty() || path.contains("..") || !path.bytes().all(is_plain) {
            return Err(Trouble::Refused("the picture has no path".to_owned()));
        }
        self.http.file(&format!("/file{}{path}", self.bot)).await
    }

    pub(super) async fn send(&self, out: &Outgoing) -> Result<(), Trouble> {
        if let Some(callback) = &out.callback {
            let body = json!({ "callback_query_id": callback });
            match self.call("answerCallbackQuery", &body, USUAL).await {
                // A press of long ago needs no sign any more.
                Ok(_) | Err(Trouble::Refused(_)) => {}
                Err(trouble) => return Err(trouble),
            }
        }
        self.call("sendMessage", &message(out), USUAL).await?;
        Ok(())
    }
}

/// A reply as Telegram takes it: each button in a row of its own, so that its words are read whole.
fn message(out: &Outgoing) -> Value {
    let pressed = out.told.choices.iter();
    let mut rows: Vec<Value> = pressed
        .map(|(code, label)| json!([{ "text": cut(label, 128), "callback_data": code }]))
        .collect();
    let links = out.told.links.iter();
    // Telegram refuses a button whose address no phone can open.
    rows.extend(
        links
            .filter(|(_, url)| url.starts_with("https://"))
            .map(|(label, url)| json!([{ "text": cut(label, 128), "url": url }])),
    );
    let mut text = out.told.lines.join("\n\n");
    for (label, url) in out
        .told
        .links
        .iter()
        .filter(|(_, url)| !url.starts_with("https://"))
    {
        text = format!("{text}\n\n{label}: {url}");
    }
    let chat = out.chat.parse::<i64>().unwrap_or_default();
    let mut body = json!({ "chat_id": chat, "text": cut(&text, MOST_TEXT) });
    if !rows.is_empty() {
        body["reply_markup"] = json!({ "inline_keyboard": rows });
    }
    body
}

/// The updates of an answer. What is not for us is passed over, and not asked for again.
fn read(body: &Value) -> Batch {
    let mut batch = Batch::default();
    for one in body["result"].as_array().into_iter().flatten() {
        if let Some(id) = one["update_id"].as_i64() {
            batch.position = Some(id.saturating_add(1).to_string());
            batch.updates.extend(update(one));
        }
    }
    batch
}

/// What one update says: nothing when it is not for us, two things when it is a picture with words.
pub(super) fn update(update: &Value) -> Vec<Update> {
    let mut found = Vec::new();
    let pressed = &update["callback_query"];
    let (message, from) = if pressed.is_object() {
        (&pressed["message"], &pressed["from"])
    } else {
        (&update["message"], &update["message"]["from"])
    };
    let (Some(id), Some(chat)) = (update["update_id"].as_i64(), message["chat"]["id"].as_i64())
    else {
        return found;
    };
    if message["chat"]["type"] != "private" || from["is_bot"] == json!(true) {
        return found;
    }
    let said = match pressed["data"].as_str() {
        Some(code) => Said::Pressed(code.to_owned()),
        None if pressed.is_object() => return found,
        None => said_in(message),
    };
    let language = from["language_code"].as_str().and_then(Language::from_tag);
    let place = id.saturating_mul(2);
    // The largest of its sizes comes last; what is written under it is said after it.
    let sizes = message["photo"].as_array().filter(|_| !pressed.is_object());
    let largest = sizes.and_then(|sizes| sizes.last()?["file_id"].as_str());
    if let Some(picture) = largest {
        found.push(Update {
            mark: format!("{id}:photo"),
            place,
            chat: chat.to_string(),
            said: Said::Picture(picture.to_owned()),
            language,
            callback: None,
        });
        if said == Said::Unreadable {
            return found;
        }
    }
    found.push(Update {
        mark: id.to_string(),
        place: place.saturating_add(1),
        chat: chat.to_string(),
        said,
        language,
        callback: pressed["id"].as_str().map(str::to_owned),
    });
    found
}

fn said_in(message: &Value) -> Said {
    if let Some(text) = message["text"].as_str() {
        return match text.split([' ', '@']).next() {
            Some("/start") => Said::Begin,
            _ => Said::Words(text.to_owned()),
        };
    }
    let point = &message["location"];
    if let (Some(north), Some(east)) = (point["latitude"].as_f64(), point["longitude"].as_f64()) {
        return Said::Point { north, east };
    }
    if let Some(phone) = message["contact"]["phone_number"].as_str() {
        return Said::Words(phone.to_owned());
    }
    match message["caption"].as_str() {
        Some(caption) => Said::Words(caption.to_owned()),
        None => Said::Unreadable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialogue::saying::Told;
    use crate::dialogue::session::Way;

    #[test]
    fn messages_presses_and_places_are_read_and_the_rest_is_passed_over() {
        let chat = json!({ "id": 7, "type": "private" });
        let from = json!({ "id": 7, "is_bot": false, "language_code": "en-GB" });
        let body = json!({ "ok": true, "result": [
            { "update_id": 10, "message": { "message_id": 1, "from": from, "chat": chat, "text": "/start" } },
            { "update_id": 11, "message": { "from": from, "chat": chat, "location": { "latitude": 57.5, "longitude": 39.5 } } },
            { "update_id": 12, "callback_query": { "id": "q", "from": from, "message": { "chat": chat }, "data": "tell" } },
            { "update_id": 13, "message": { "from": from, "chat": { "id": -5, "type": "group" }, "text": "noise" } },
            { "update_id": 14, "message": { "from": from, "chat": chat, "photo": [{ "file_id": "small" }, { "file_id": "big" }] } },
            { "update_id": 15, "my_chat_member": {} },
            { "nothing": true },
        ]});
        let batch = read(&body);
        assert_eq!(batch.position.as_deref(), Some("16"));
        let said: Vec<&Said> = batch.updates.iter().map(|update| &update.said).collect();
        let point = Said::Point {
            north: 57.5,
            east: 39.5,
        };
        assert_eq!(
            said,
            [
                &Said::Begin,
                &point,
                &Said::Pressed("tell".to_owned()),
                &Said::Picture("big".to_owned())
            ]
        );
        assert_eq!(batch.updates[2].callback.as_deref(), Some("q"));
        assert_eq!(batch.updates[0].language, Some(Language::En));
        assert_eq!(read(&json!({ "result": "no list" })), Batch::default());
    }

    #[test]
    fn a_reply_has_its_buttons_and_no_text_is_too_long() {
        let out = Outgoing {
            way: Way::Telegram,
            chat: "7".to_owned(),
            told: Told {
                lines: vec!["\u{44b}".repeat(5000)],
                choices: vec![("cancel".to_owned(), "Отмена".to_owned())],
                links: vec![("Open".to_owned(), "https://okno.example/".to_owned())],
                ..Told::default()
            },
            callback: None,
        };
        let body = message(&out);
        assert_eq!(body["chat_id"], 7);
        assert_eq!(body["text"].as_str().unwrap().chars().count(), MOST_TEXT);
        assert_eq!(
            body["reply_markup"]["inline_keyboard"][0][0]["callback_data"],
            "cancel"
        );
        assert_eq!(
            body["reply_markup"]["inline_keyboard"][1][0]["url"],
            "https://okno.example/"
        );
    }
}
