//! What is done beside requests, on one node under a lease: notices go out when their hour comes,
//! what came is judged, authors are told, and the network is asked what we may have missed. A slow
//! network holds up these rounds and nothing else.

use std::time::{Duration, Instant};

use base::{Actor, Language, Moment, Result};
use store::Lease;
use tokio::sync::watch;
use uuid::Uuid;
use web::Shell;

use super::sql::{self, ItemRow, PostRow};
use super::vk::{Met, PAGE, Trouble, Vk};
use super::{Heard, Networks};

const LEASE: &str = "networks";
const LEASE_SECONDS: u32 = 60;
const GLANCE: Duration = Duration::from_secs(1);
/// The most of each kind that one round does.
const AT_ONCE: usize = 20;
/// Notices that are looked at anew, the newest ones.
const LOOKED_AT: usize = 30;
/// Pages of comments of one notice in one round.
const MOST_PAGES: usize = 20;
/// Tries to tell somebody before it is given up.
const MOST_TRIES: i64 = journal::jobs::MOST_ATTEMPTS;
/// Days that are kept after the answer was told.
const DAYS_AFTER: i64 = 30;

/// Whether the round goes on.
type GoesOn = Result<bool>;

impl Networks {
    /// Runs until `stop` says so; does nothing where no community is set.
    pub async fn run(self, shell: Shell, mut stop: watch::Receiver<bool>) {
        if !self.is_configured() {
            return;
        }
        let holder = Uuid::from_bytes(base::id::random()).to_string();
        let mut looked: Option<Instant> = None;
        while !*stop.borrow() {
            if let Err(error) = self.round(&shell, &holder, &mut looked).await {
                tracing::warn!(%error, "a round through the networks stumbled and will come again");
            }
            tokio::select! {
                () = tokio::time::sleep(GLANCE) => {}
                () = self.0.woken.notified() => {}
                _ = stop.changed() => {}
            }
        }
        let released = self
            .store()
            .housekeeping(move |tx| Lease::release(tx, LEASE, &holder))
            .await;
        if let Err(error) = released {
            tracing::warn!(%error, "the lease of the networks stays until it runs out");
        }
    }

    async fn round(&self, shell: &Shell, holder: &str, looked: &mut Option<Instant>) -> Result<()> {
        let Some(vk) = &self.0.vk else { return Ok(()) };
        let on = self.hold(holder).await?
            && self.publish_due(vk, holder).await?
            && self.judge_new(vk, holder).await?
            && self.tell_due(vk, shell, holder).await?;
        let pause = self.settings().map_or(60, |settings| settings.poll_seconds);
        let is_time = looked.is_none_or(|at| at.elapsed().as_secs() >= u64::from(pause));
        if on && is_time {
            *looked = Some(Instant::now());
            self.look_anew(vk, holder).await?;
            self.store().housekeeping(sql::forget).await?;
        }
        Ok(())
    }

    /// Takes or prolongs the right to do this.
    async fn hold(&self, holder: &str) -> GoesOn {
        let holder = holder.to_owned();
        self.store()
            .housekeeping(move |tx| Lease::try_acquire(tx, LEASE, &holder, LEASE_SECONDS))
            .await
    }

    async fn publish_due(&self, vk: &Vk, holder: &str) -> GoesOn {
        let now = self.store().now();
        let due = self
            .store()
            .read(move |db| sql::due_posts(db, now, AT_ONCE))
            .await?;
        for post in due {
            if !self.hold(holder).await? {
                return Ok(false);
            }
            let id = post.id;
            match vk.post(&id.to_string(), &post.words).await {
                Ok(outer) => {
                    let system = Actor::system("networks");
                    let fields = vec![("outer", outer.to_string())];
                    let action = "network_post.published";
                    self.record_of(&system, id, action, fields, move |tx| {
                        sql::publish_post(tx, id, outer)
                    })
                    .await?;
                    let met = post.met;
                    self.store()
                        .housekeeping(move |tx| sql::met(tx, id, met))
                        .await?;
                }
                Err(trouble) => {
                    let code = trouble.code();
                    tracing::warn!(post = %id, code, "a notice was not taken by the network");
                    self.store()
                        .housekeeping(move |tx| sql::try_again(tx, id, &code))
                        .await?;
                    if trouble.ends_the_round() {
                        return Ok(false);
                    }
                }
            }
        }
        Ok(true)
    }

    async fn judge_new(&self, vk: &Vk, holder: &str) -> GoesOn {
        let now = self.store().now();
        let new = self
            .store()
            .read(move |db| sql::new_items(db, now, AT_ONCE))
            .await?;
        for row in new {
            if !self.hold(holder).await? {
                return Ok(false);
            }
            let Some(mut heard) = self.opened(&row)? else {
                continue;
            };
            if heard.name.is_empty() {
                // A message without a name is still a message: it does not wait for one.
                let name = vk.name(heard.author).await.unwrap_or_default();
                if !name.is_empty() {
                    self.keep_name(row.id, &mut heard, &name).await?;
                }
            }
            if let Err(error) = self.decide(&row, &heard).await {
                tracing::warn!(item = %row.id, %error, "what came out of a network was not filed");
                self.put_off(&row).await?;
            }
        }
        Ok(true)
    }

    async fn tell_due(&self, vk: &Vk, shell: &Shell, holder: &str) -> GoesOn {
        let now = self.store().now();
        let due = self
            .store()
            .read(move |db| sql::items_to_tell(db, now, AT_ONCE))
            .await?;
        for row in due {
            if !self.hold(holder).await? {
                return Ok(false);
            }
            let id = row.id;
            let Some(heard) = self.opened(&row)? else {
                let stop = move |tx: &mut store::Tx<'_>| sql::stop_telling(tx, id);
                self.store().housekeeping(stop).await?;
                continue;
            };
            match tell(vk, shell, &row, &heard).await {
                Ok(()) => self.told(&row).await?,
                Err(trouble) => {
                    let code = trouble.code();
                    tracing::warn!(item = %id, code, "an author in the network was not told");
                    self.put_off(&row).await?;
                    if trouble.ends_the_round() {
                        return Ok(false);
                    }
                }
            }
        }
        Ok(true)
    }

    async fn told(&self, row: &ItemRow) -> Result<()> {
        let (id, due) = (row.id, row.told.clone());
        let now = self.store().now();
        let (told, days) = if due == "due_answer" {
            ("answer", DAYS_AFTER)
        } else {
            ("number", 400)
        };
        let until = now.plus_seconds(days * 24 * 3600);
        self.store()
            .housekeeping(move |tx| sql::was_told(tx, id, (&due, told), until))
            .await?;
        Ok(())
    }

    async fn put_off(&self, row: &ItemRow) -> Result<()> {
        let (id, attempts) = (row.id, row.attempts + 1);
        let is_over = attempts >= MOST_TRIES && row.state == "filed";
        let next: Moment = self
            .store()
            .now()
            .plus_seconds(journal::jobs::pause_seconds(attempts));
        self.store()
            .housekeeping(move |tx| {
                if is_over {
                    return sql::stop_telling(tx, id);
                }
                sql::put_item_off(tx, id, attempts, next)
            })
            .await?;
        Ok(())
    }

    /// Asks the network for what its events may not have told, and how notices are met.
    async fn look_anew(&self, vk: &Vk, holder: &str) -> Result<()> {
        let posts = self
            .store()
            .read(|db| sql::published_posts(db, LOOKED_AT))
            .await?;
        for post in &posts {
            if !self.hold(holder).await? {
                return Ok(());
            }
            if let Err(trouble) = self.look_at(vk, post).await? {
                tracing::warn!(post = %post.id, code = trouble.code(), "the network was not looked at");
                if trouble.ends_the_round() {
                    return Ok(());
                }
            }
        }
        let outer: Vec<i64> = posts.iter().filter_map(|post| post.outer).collect();
        if outer.is_empty() {
            return Ok(());
        }
        let Ok(found) = vk.met(&outer).await else {
            return Ok(());
        };
        let news: Vec<(Uuid, Met)> = posts
            .iter()
            .filter_map(|post| {
                let known = found.iter().find(|one| Some(one.id) == post.outer)?;
                (known.met() != post.met).then(|| (post.id, known.met()))
            })
            .collect();
        if !news.is_empty() {
            self.store()
                .housekeeping(move |tx| {
                    for (id, met) in &news {
                        sql::met(tx, *id, *met)?;
                    }
                    Ok(())
                })
                .await?;
        }
        Ok(())
    }

    async fn look_at(&self, vk: &Vk, post: &PostRow) -> Result<std::result::Result<(), Trouble>> {
        let Some(outer) = post.outer else {
            return Ok(Ok(()));
        };
        // The newest first, until a page brings nothing that we do not know: events tell the rest.
        let mut offset = 0;
        for _ in 0..MOST_PAGES {
            let (heard, came) = match vk.comments(outer, offset).await {
                Ok(page) => page,
                Err(trouble) => return Ok(Err(trouble)),
            };
            let news = self.take_missed(heard).await?;
            if came < PAGE || news == 0 {
                break;
            }
            offset += came;
        }
        match vk.reposts(outer).await {
            Ok(heard) => {
                self.take_missed(heard).await?;
            }
            Err(trouble) => return Ok(Err(trouble)),
        }
        Ok(Ok(()))
    }

    /// Takes down what is not known; how much that was.
    async fn take_missed(&self, heard: Vec<Heard>) -> Result<usize> {
        let mut news = 0;
        for one in heard {
            if !self.knows(&one).await? && self.take_in(one).await? {
                news += 1;
            }
        }
        Ok(news)
    }
}

/// Tells an author the number or that the answer is there: nothing of what it says, for everybody
/// reads it.
async fn tell(
    vk: &Vk,
    shell: &Shell,
    row: &ItemRow,
    heard: &Heard,
) -> std::result::Result<(), Trouble> {
    let number = row.case_number.clone().unwrap_or_default();
    let link = format!("{}/status", shell.settings().origin);
    let key = if row.told == "due_answer" {
        "network-say-answer"
    } else {
        "network-say-number"
    };
    let words = shell.words().text(
        Language::Ru,
        key,
        &[
            ("number", number.as_str().into()),
            ("link", link.as_str().into()),
        ],
    );
    // Whoever writes of a danger must not wait for the number to be looked at.
    let words = if row.told != "due_answer" && base::danger::is_told(&heard.text) {
        let danger = shell.words().plain(Language::Ru, "dialogue-emergency");
        format!("{danger}\n{words}")
    } else {
        words
    };
    // Words of pages hold marks around what is put in; a wall shows them as boxes.
    let words: String = words
        .chars()
        .filter(|c| !('\u{2066}'..='\u{2069}').contains(c))
        .collect();
    vk.say(heard, &format!("{}-{}", row.id, row.told), &words)
        .await
}
