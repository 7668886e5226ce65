//! `VKontakte` as it speaks: methods of its API 5.199, called by POST with a form and answered with
//! `response` or `error`, and the events of its Callback API. Nothing else of the house knows these
//! shapes.

use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Heard, Kind, Settings};

const VERSION: &str = "5.199";
/// The longest answer that is read, bytes.
const LONGEST: usize = 4 * 1024 * 1024;
const PATIENCE: Duration = Duration::from_secs(10);
/// The most comments of one page.
pub(crate) const PAGE: i64 = 100;

/// Why a call came to nothing; a code that pages have words for. No text of the answer is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// Nobody answered, or not in this protocol.
    Away,
    /// Too many calls (6, 9, 29): later.
    Busy,
    /// The token is not good, or not for this (5, 15, 17, 27, 210 … 214).
    Refused,
    /// A captcha is asked for (14): a person has to look.
    Captcha,
    /// Something else, with its number.
    Other(i64),
}

impl Trouble {
    /// Its name beside the notice.
    pub(crate) fn code(self) -> String {
        match self {
            Self::Away => "away".to_owned(),
            Self::Busy => "busy".to_owned(),
            Self::Refused => "refused".to_owned(),
            Self::Captcha => "captcha".to_owned(),
            Self::Other(code) => format!("code-{code}"),
        }
    }

    /// Whether nothing else can be expected of the network just now.
    pub(crate) const fn ends_the_round(self) -> bool {
        !matches!(self, Self::Other(_))
    }
}

/// The way to the network.
pub(crate) struct Vk {
    client: reqwest::Client,
    url: String,
    token: String,
    group: i64,
}

#[derive(Deserialize)]
struct Answer<T> {
    response: Option<T>,
    error: Option<Refusal>,
}

#[derive(Deserialize)]
struct Refusal {
    error_code: i64,
}

/// A list with what belongs to it.
#[derive(Deserialize)]
pub(crate) struct Listed<T> {
    pub(crate) items: Vec<T>,
    #[serde(default)]
    profiles: Vec<Profile>,
}

#[derive(Deserialize)]
struct Profile {
    id: i64,
    #[serde(default)]
    first_name: String,
    #[serde(default)]
    last_name: String,
}

/// A comment.
#[derive(Deserialize)]
pub(crate) struct Comment {
    id: i64,
    #[serde(default)]
    from_id: i64,
    #[serde(default)]
    text: String,
    #[serde(default)]
    deleted: bool,
    post_id: Option<i64>,
    post_owner_id: Option<i64>,
    thread: Option<Thread>,
}

#[derive(Deserialize)]
struct Thread {
    #[serde(default)]
    items: Vec<Comment>,
}

/// A post of a wall.
#[derive(Deserialize)]
pub(crate) struct Post {
    pub(crate) id: i64,
    owner_id: Option<i64>,
    /// So it is called where reposts are listed.
    to_id: Option<i64>,
    #[serde(default)]
    from_id: i64,
    #[serde(default)]
    text: String,
    #[serde(default)]
    copy_history: Vec<Copied>,
    comments: Option<Count>,
    likes: Option<Count>,
    reposts: Option<Count>,
    views: Option<Count>,
}

#[derive(Deserialize)]
struct Copied {
    id: i64,
    owner_id: Option<i64>,
}

#[derive(Deserialize)]
struct Count {
    count: i64,
}

/// How a post is met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Met {
    pub(crate) comments: i64,
    pub(crate) reposts: i64,
    pub(crate) likes: i64,
    pub(crate) views: i64,
}

impl Post {
    pub(crate) fn met(&self) -> Met {
        let of = |count: &Option<Count>| count.as_ref().map_or(0, |count| count.count.max(0));
        Met {
            comments: of(&self.comments),
            reposts: of(&self.reposts),
            likes: of(&self.likes),
            views: of(&self.views),
        }
    }

    /// Somebody's copy of our post, when it is one.
    fn repost(&self, group: i64, name: String) -> Option<Heard> {
        let copied = self.copy_history.first()?;
        (copied.owner_id == Some(-group)).then(|| Heard {
            kind: Kind::Repost,
            owner: self.owner_id.or(self.to_id).unwrap_or(self.from_id),
            post: copied.id,
            item: self.id,
            author: self.from_id,
            name,
            text: self.text.clone(),
        })
    }
}

/// What the Callback API brings.
#[derive(Deserialize)]
pub(crate) struct Event {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) group_id: i64,
    #[serde(default)]
    pub(crate) secret: String,
    #[serde(default)]
    object: Value,
}

#[derive(Deserialize)]
struct NewMessage {
    message: Message,
}

#[derive(Deserialize)]
struct Message {
    peer_id: i64,
    from_id: i64,
    #[serde(default)]
    conversation_message_id: i64,
    #[serde(default)]
    id: i64,
    #[serde(default)]
    text: String,
}

impl Event {
    /// What there is to take in of it; nothing of kinds that we do not look at and of our own words.
    pub(crate) fn heard(&self, group: i64) -> Option<Heard> {
        let object = self.object.clone();
        let heard = match self.kind.as_str() {
            "wall_reply_new" => {
                let comment: Comment = serde_json::from_value(object).ok()?;
                let post = comment.post_id?;
                (comment.post_owner_id.unwrap_or(-group) == -group)
                    .then(|| comment.heard(group, post, ""))?
            }
            "wall_repost" => {
                let post: Post = serde_json::from_value(object).ok()?;
                post.repost(group, String::new())?
            }
            "wall_post_new" => {
                let post: Post = serde_json::from_value(object).ok()?;
                Heard {
                    kind: Kind::Post,
                    owner: -group,
                    post: post.id,
                    item: 0,
                    author: post.from_id,
                    name: String::new(),
                    text: post.text,
                }
            }
            "message_new" => {
                let NewMessage { message } = serde_json::from_value(object).ok()?;
                Heard {
                    kind: Kind::Message,
                    owner: message.peer_id,
                    post: 0,
                    item: message.conversation_message_id.max(message.id),
                    author: message.from_id,
                    name: String::new(),
                    text: message.text,
                }
            }
            _ => return None,
        };
        (heard.author != -group).then_some(heard)
    }
}

impl Comment {
    fn heard(&self, group: i64, post: i64, name: &str) -> Heard {
        Heard {
            kind: Kind::Comment,
            owner: -group,
            post,
            item: self.id,
            author: self.from_id,
            name: name.to_owned(),
            text: self.text.clone(),
        }
    }
}

impl Vk {
    /// The way that the settings name; nothing is asked yet.
    pub(crate) fn new(settings: &Settings) -> Result<Self, reqwest::Error> {
        Ok(Self {
            client: reqwest::Client::builder()
                .timeout(PATIENCE)
                .redirect(reqwest::redirect::Policy::none())
                .no_proxy()
                .build()?,
            url: settings.url.clone(),
            token: settings.token.clone(),
            group: settings.group,
        })
    }

    /// Puts a notice on the wall; its number there. The same `guid` again is the same notice.
    pub(crate) async fn post(&self, guid: &str, words: &str) -> Result<i64, Trouble> {
        #[derive(Deserialize)]
        struct Posted {
            post_id: i64,
        }
        let owner = (-self.group).to_string();
        let form = [
            ("owner_id", owner.as_str()),
            ("from_group", "1"),
            ("message", words),
            ("guid", guid),
        ];
        let posted: Posted = self.call("wall.post", &form).await?;
        Ok(posted.post_id)
    }

    /// Says something under what was written. The same `guid` again is the same saying.
    pub(crate) async fn say(&self, to: &Heard, guid: &str, words: &str) -> Result<(), Trouble> {
        let (owner, post) = (to.owner.to_string(), to.post.to_string());
        let item = to.item.to_string();
        if to.kind == Kind::Message {
            // VK drops a second message with the same number of the sender (int32).
            let number = guid.bytes().fold(7_i32, |sum, byte| {
                sum.wrapping_mul(31).wrapping_add(i32::from(byte))
            });
            let number = number.to_string();
            let form = [
                ("peer_id", owner.as_str()),
                ("random_id", number.as_str()),
                ("message", words),
            ];
            return self.call::<Value>("messages.send", &form).await.map(drop);
        }
        let group = self.group.to_string();
        let mut form = vec![
            ("owner_id", owner.as_str()),
            ("post_id", post.as_str()),
            ("from_group", group.as_str()),
            ("message", words),
            ("guid", guid),
        ];
        if to.kind == Kind::Comment {
            form.push(("reply_to_comment", item.as_str()));
        }
        self.call::<Value>("wall.createComment", &form)
            .await
            .map(drop)
    }

    /// Comments of a post, the newest first from `offset` on, with answers to each, and how many came.
    pub(crate) async fn comments(
        &self,
        post: i64,
        offset: i64,
    ) -> Result<(Vec<Heard>, i64), Trouble> {
        let (owner, id) = ((-self.group).to_string(), post.to_string());
        let (offset, count) = (offset.to_string(), PAGE.to_string());
        let form = [
            ("owner_id", owner.as_str()),
            ("post_id", id.as_str()),
            ("offset", offset.as_str()),
            ("count", count.as_str()),
            ("sort", "desc"),
            ("thread_items_count", "10"),
            ("extended", "1"),
        ];
        let listed: Listed<Comment> = self.call("wall.getComments", &form).await?;
        let came = i64::try_from(listed.items.len()).unwrap_or(PAGE);
        let mut heard = Vec::with_capacity(listed.items.len());
        for comment in &listed.items {
            let thread = comment
                .thread
                .as_ref()
                .map_or(&[][..], |thread| &thread.items);
            for one in std::iter::once(comment).chain(thread) {
                if !one.deleted && one.from_id != -self.group {
                    heard.push(one.heard(self.group, post, &listed.name_of(one.from_id)));
                }
            }
        }
        Ok((heard, came))
    }

    /// The newest copies of a post that others made.
    pub(crate) async fn reposts(&self, post: i64) -> Result<Vec<Heard>, Trouble> {
        let (owner, id) = ((-self.group).to_string(), post.to_string());
        let count = PAGE.to_string();
        let form = [
            ("owner_id", owner.as_str()),
            ("post_id", id.as_str()),
            ("count", count.as_str()),
        ];
        let listed: Listed<Post> = self.call("wall.getReposts", &form).await?;
        let name = |post: &Post| listed.name_of(post.from_id);
        let copies = listed.items.iter();
        Ok(copies
            .filter_map(|post| post.repost(self.group, name(post)))
            .collect())
    }

    /// How posts are met.
    pub(crate) async fn met(&self, posts: &[i64]) -> Result<Vec<Post>, Trouble> {
        let names: Vec<String> = posts
            .iter()
            .map(|id| format!("-{}_{id}", self.group))
            .collect();
        let names = names.join(",");
        let listed: Listed<Post> = self
            .call("wall.getById", &[("posts", names.as_str())])
            .await?;
        Ok(listed.items)
    }

    /// The name of somebody; empty when it is not told.
    pub(crate) async fn name(&self, person: i64) -> Result<String, Trouble> {
        if person <= 0 {
            return Ok(String::new());
        }
        let id = person.to_string();
        let found: Vec<Profile> = self.call("users.get", &[("user_ids", id.as_str())]).await?;
        Ok(found.first().map(Profile::name).unwrap_or_default())
    }

    async fn call<T: DeserializeOwned>(
        &self,
        method: &str,
        form: &[(&str, &str)],
    ) -> Result<T, Trouble> {
        let own = [("access_token", self.token.as_str()), ("v", VERSION)];
        let body: Vec<String> = form
            .iter()
            .chain(&own)
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect();
        let answer = self
            .client
            .post(format!("{}/method/{method}", self.url))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body.join("&"))
            .send()
            .await;
        let mut answer = answer.map_err(|_| Trouble::Away)?;
        let mut bytes = Vec::new();
        while let Some(part) = answer.chunk().await.map_err(|_| Trouble::Away)? {
            if bytes.len() + part.len() > LONGEST {
                return Err(Trouble::Away);
            }
            bytes.extend_from_slice(&part);
        }
        let answer: Answer<T> = serde_json::from_slice(&bytes).map_err(|_| Trouble::Away)?;
        match (answer.response, answer.error.map(|error| error.error_code)) {
            (_, Some(6 | 9 | 29)) => Err(Trouble::Busy),
            (_, Some(5 | 15 | 17 | 27 | 28 | 210..=214)) => Err(Trouble::Refused),
            (_, Some(14)) => Err(Trouble::Captcha),
            (_, Some(1 | 10)) | (None, None) => Err(Trouble::Away),
            (_, Some(code)) => Err(Trouble::Other(code)),
            (Some(response), None) => Ok(response),
        }
    }
}

impl<T> Listed<T> {
    fn name_of(&self, person: i64) -> String {
        let known = self.profiles.iter().find(|one| one.id == person);
        known.map(Profile::name).unwrap_or_default()
    }
}

impl Profile {
    fn name(&self) -> String {
        let whole = format!("{} {}", self.first_name, self.last_name);
        base::text::clean_line(&whole)
    }
}

/// `text` as a value of a form.
fn encoded(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("a String takes every text");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn event(kind: &str, object: &Value) -> Event {
        serde_json::from_value(json!({
            "type": kind, "group_id": 7, "event_id": "e", "v": "5.199", "object": object,
        }))
        .unwrap()
    }

    #[test]
    fn events_are_read_and_our_own_words_are_passed_over() {
        let comment =
            json!({"id": 5, "from_id": 11, "text": "Привет", "post_id": 3, "post_owner_id": -7});
        let heard = event("wall_reply_new", &comment).heard(7).unwrap();
        assert_eq!((heard.kind, heard.post, heard.item), (Kind::Comment, 3, 5));
        let mut own = comment.clone();
        own["from_id"] = json!(-7);
        assert!(event("wall_reply_new", &own).heard(7).is_none());
        let mut foreign = comment;
        foreign["post_owner_id"] = json!(-8);
        assert!(event("wall_reply_new", &foreign).heard(7).is_none());

        let copy = json!({"id": 9, "owner_id": 11, "from_id": 11, "text": "", "copy_history": [{"id": 3, "owner_id": -7}]});
        let heard = event("wall_repost", &copy).heard(7).unwrap();
        assert_eq!((heard.kind, heard.owner, heard.post), (Kind::Repost, 11, 3));

        let message = json!({"message": {"id": 0, "peer_id": 11, "from_id": 11, "conversation_message_id": 4, "text": "Здравствуйте"}, "client_info": {}});
        let heard = event("message_new", &message).heard(7).unwrap();
        assert_eq!(
            (heard.kind, heard.owner, heard.item),
            (Kind::Message, 11, 4)
        );
        assert!(
            event("group_join", &json!({"user_id": 1}))
                .heard(7)
                .is_none()
        );
        assert!(
            event("wall_reply_new", &json!("no object"))
                .heard(7)
                .is_none()
        );
    }
}
