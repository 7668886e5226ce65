//! Passwords: which are taken, and how they are hashed and checked.
//!
//! The rules follow NIST SP 800-63B: length counts, composition does not, and what everybody
//! tries first is refused. Hashing is argon2id with 19 MiB, two passes, one lane; it runs on two
//! plain threads behind a queue of 64, so that neither the request threads nor the memory of the
//! machine can be taken by sign-ins.

use std::cell::RefCell;
use std::collections::HashSet;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use argon2::password_hash::PasswordHasher;
use argon2::password_hash::phc::{Output, PasswordHash};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use base::{Error, FieldError, Result};
use tokio::sync::oneshot;
use unicode_normalization::UnicodeNormalization;

use crate::model::Email;

/// The shortest password, in characters.
pub const PASSWORD_LEAST: usize = 12;

/// The longest password, in characters.
pub const PASSWORD_MOST: usize = 200;

/// Bytes of memory that one hashing takes, in KiB.
const MEMORY_KIB: u32 = 19 * 1024;

/// Threads that hash.
const THREADS: usize = 2;

/// Passwords that may wait for a thread.
const QUEUE: usize = 64;

static COMMON: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../data/common_passwords.txt")
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .collect()
});

/// Rows of characters whose parts are nobody's secret, in either direction.
const ROWS: [&str; 5] = [
    "012345678901234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop[]asdfghjkl;'zxcvbnm,./",
    "`1234567890-=qwertyuiop[]asdfghjkl",
    "!@#$%^&*()_+",
];

/// Says what is wrong with a password for this e-mail; the field is `password`.
pub fn check(password: &str, email: Option<&Email>) -> Vec<FieldError> {
    // The bytes are bounded before anything is done with them.
    if password.len() > PASSWORD_MOST * 4 {
        return vec![too_long()];
    }
    let length = normalise(password).chars().count();
    if length == 0 {
        vec![FieldError::new("password", "people-error-password-missing")]
    } else if length < PASSWORD_LEAST {
        vec![
            FieldError::new("password", "people-error-password-short")
                .with("least", PASSWORD_LEAST),
        ]
    } else if length > PASSWORD_MOST {
        vec![too_long()]
    } else if is_common(password) || email.is_some_and(|email| is_made_of(password, email)) {
        vec![FieldError::new("password", "people-error-password-common")]
    } else {
        Vec::new()
    }
}

fn too_long() -> FieldError {
    FieldError::new("password", "people-error-password-long").with("most", PASSWORD_MOST)
}

/// One password has one form, on whichever keyboard it is typed (SP 800-63B section 5.1.1.2).
fn normalise(password: &str) -> String {
    password.nfkc().collect()
}

/// Whether a password is what everybody tries: a word of the list, repeated or with figures and
/// signs around it, or a row of neighbouring keys.
fn is_common(password: &str) -> bool {
    let folded = normalise(password).to_lowercase();
    let squeezed: String = folded.chars().filter(|c| !c.is_whitespace()).collect();
    let core = squeezed.trim_matches(|c: char| !c.is_alphabetic());
    // Figures and signs alone leave no core; they are looked at as rows and repeats.
    [squeezed.as_str(), core].into_iter().any(|text| {
        let unit = repeated_unit(text);
        COMMON.contains(text) || COMMON.contains(unit) || is_row(text)
    }) || repeated_unit(&squeezed).chars().count() <= 4
        || is_row(repeated_unit(&squeezed))
}

/// The shortest text that `text` is a repetition of (the last one may be cut short).
fn repeated_unit(text: &str) -> &str {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    for period in 1..=chars.len() / 2 {
        if (period..chars.len()).all(|at| chars[at].1 == chars[at - period].1) {
            return &text[..chars[period].0];
        }
    }
    text
}

fn is_row(text: &str) -> bool {
    let backwards: String = text.chars().rev().collect();
    text.chars().count() >= 3
        && ROWS
            .iter()
            .any(|row| row.contains(text) || row.contains(&backwards))
}

/// Whether a password is the person's own address, or its first part with figures around.
fn is_made_of(password: &str, email: &Email) -> bool {
    let folded = normalise(password).to_lowercase();
    let core = folded.trim_matches(|c: char| !c.is_alphanumeric());
    let letters = folded.trim_matches(|c: char| !c.is_alphabetic());
    [folded.as_str(), core, letters].into_iter().any(|text| {
        text == email.normalised() || text == email.local() || repeated_unit(text) == email.local()
    })
}

/// Hashes and checks passwords on its own threads. Clones share them.
#[derive(Clone, Debug)]
pub struct Hasher {
    queue: SyncSender<Job>,
}

enum Job {
    Hash {
        password: String,
        answer: oneshot::Sender<Result<String>>,
    },
    Check {
        password: String,
        hash: Option<String>,
        answer: oneshot::Sender<Result<bool>>,
    },
}

impl Hasher {
    /// Starts the threads. They end when the last clone is gone.
    pub fn start() -> Self {
        let (queue, jobs) = sync_channel(QUEUE);
        let jobs = Arc::new(Mutex::new(jobs));
        for number in 0..THREADS {
            let jobs = Arc::clone(&jobs);
            let started = std::thread::Builder::new()
                .name(format!("passwords-{number}"))
                .spawn(move || work(&jobs));
            if let Err(error) = started {
                // Without any thread every sign-in answers an internal error, the rest works on.
                tracing::error!(%error, "a thread that hashes passwords did not start");
            }
        }
        Self { queue }
    }

    /// The PHC text of a password; [`Error::Busy`] when too many wait already.
    pub async fn hash(&self, password: &str) -> Result<String> {
        let (answer, answered) = oneshot::channel();
        self.send(Job::Hash {
            password: password.to_owned(),
            answer,
        })?;
        answered.await.map_err(|_| gone())?
    }

    /// Whether `password` is the one of `hash`. Without a hash a stand-in is checked and the
    /// answer is no, after the same time.
    pub async fn check(&self, password: &str, hash: Option<String>) -> Result<bool> {
        let (answer, answered) = oneshot::channel();
        self.send(Job::Check {
            password: password.to_owned(),
            hash,
            answer,
        })?;
        answered.await.map_err(|_| gone())?
    }

    fn send(&self, job: Job) -> Result<()> {
        self.queue.try_send(job).map_err(|refused| match refused {
            TrySendError::Full(_) => Error::Busy,
            TrySendError::Disconnected(_) => gone(),
        })
    }
}

fn gone() -> Error {
    Error::internal("the threads that hash passwords have ended")
}

fn work(jobs: &Mutex<Receiver<Job>>) {
    // The stand-in is made before anybody asks for it: the first sign-in with an unknown e-mail
    // must not take twice as long.
    let _ = check_now("", None);
    loop {
        // The lock is held while waiting: one thread waits for the next job, the other for the lock.
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        // Whoever has gone away meanwhile needs no answer.
        match job {
            Ok(Job::Hash { password, answer }) if !answer.is_closed() => {
                let _ = answer.send(hash_now(&password));
            }
            Ok(Job::Check {
                password,
                hash,
                answer,
            }) if !answer.is_closed() => {
                let _ = answer.send(check_now(&password, hash.as_deref()));
            }
            Ok(_) => {}
            Err(_) => return,
        }
    }
}

fn argon2() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, 2, 1, None).map_err(Error::internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Hashes on the calling thread: for commands, which have no request threads to spare.
pub(crate) fn hash_now(password: &str) -> Result<String> {
    argon2()?
        .hash_password(normalise(password).as_bytes())
        .map(|hash| hash.to_string())
        .map_err(Error::internal)
}

fn check_now(password: &str, hash: Option<&str>) -> Result<bool> {
    /// What a sign-in with an unknown e-mail is checked against; made once with the same costs.
    static STAND_IN: LazyLock<Option<String>> =
        LazyLock::new(|| hash_now("a sign-in that does not exist").ok());

    let known = hash.is_some();
    let text = match hash {
        Some(hash) => hash,
        None => STAND_IN
            .as_deref()
            .ok_or_else(|| Error::internal("no stand-in hash"))?,
    };
    let parsed = PasswordHash::new(text).map_err(Error::internal)?;
    // A password too long to be anybody's is not worth normalising.
    let typed = if password.len() > PASSWORD_MOST * 4 {
        String::new()
    } else {
        normalise(password)
    };
    Ok(matches(typed.as_bytes(), &parsed)? && known)
}

thread_local! {
    /// What a thread hashes in. Allocated anew for each password it would stay with the allocator
    /// of the thread, some 19 MiB for every few sign-ins.
    static ROOM: RefCell<Vec<Block>> = const { RefCell::new(Vec::new()) };
}

/// Whether a password is the one of a hash, by the costs that the hash names.
fn matches(password: &[u8], hash: &PasswordHash) -> Result<bool> {
    let (Some(salt), Some(expected)) = (&hash.salt, &hash.hash) else {
        return Err(Error::internal("a password hash without salt or output"));
    };
    let params = Params::try_from(hash).map_err(Error::internal)?;
    let blocks = params.block_count();
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut out = vec![0; expected.as_bytes().len()];
    ROOM.with_borrow_mut(|room| {
        if room.len() < blocks {
            room.resize(blocks, Block::new());
        }
        argon2
            .hash_password_into_with_memory(password, salt, &mut out, &mut room[..blocks])
            .map_err(Error::internal)
    })?;
    // Outputs are compared in constant time.
    Ok(Output::new(&out).map_err(Error::internal)? == *expected)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(password: &str) -> Option<&'static str> {
        check(password, None).first().map(|error| error.key)
    }

    #[test]
    fn length_counts_and_composition_does_not() {
        assert_eq!(key(""), Some("people-error-password-missing"));
        assert_eq!(key("эльф7!Qz"), Some("people-error-password-short"));
        assert_eq!(key("три зелёных чайника"), None);
        assert_eq!(key(&"кот и пёс ".repeat(20)), None);
        assert_eq!(
            key(&"длинный пароль".repeat(15)),
            Some("people-error-password-long")
        );
        assert_eq!(
            key(&"я".repeat(100_000)),
            Some("people-error-password-long")
        );
    }

    #[test]
    fn what_everybody_tries_is_refused() {
        for common in [
            "password1234",
            "Password2026!",
            "passwordpassword",
            "123456789012",
            "098765432109",
            "111111111111",
            "qwertyuiop[]",
            "QwertyQwerty1",
            "йцукенгшщзхъ",
            "abcdefghijklm",
            "abcabcabcabc",
            "парольпароль",
            "Пароль 123456",
            "gfhjkmgfhjkm",
            "1q2w3e4r5t6y",
            "!!!!!!!!!!!!",
            "Администратор",
        ] {
            assert_eq!(
                key(common),
                Some("people-error-password-common"),
                "{common}"
            );
        }
        for own in [
            "прыжок через лужу",
            "blue lamp on the roof",
            "кот5-лампа9-море",
        ] {
            assert_eq!(key(own), None, "{own}");
        }
    }

    #[test]
    fn ones_own_address_is_no_password() {
        let email = Email::parse("anna.smirnova@example.ru").unwrap();
        for own in [
            "anna.smirnova@example.ru",
            "Anna.Smirnova1990",
            "anna.smirnova!",
        ] {
            assert_eq!(check(own, Some(&email)).len(), 1, "{own}");
        }
        assert!(check("прыжок через лужу", Some(&email)).is_empty());
    }

    #[test]
    fn repeats_are_seen_whole() {
        assert_eq!(repeated_unit("ababab"), "ab");
        assert_eq!(repeated_unit("abababa"), "ab");
        assert_eq!(repeated_unit("абвг"), "абвг");
        assert_eq!(repeated_unit(""), "");
    }

    #[tokio::test]
    async fn a_password_is_known_again_and_another_is_not() {
        let hasher = Hasher::start();
        let hash = hasher.hash("три зелёных чайника").await.unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        let known = |typed: &'static str| hasher.check(typed, Some(hash.clone()));
        assert!(known("три зелёных чайника").await.unwrap());
        // The same letters typed as base letter and combining mark.
        assert!(known("три зеле\u{308}ных чаи\u{306}ника").await.unwrap());
        assert!(!known("три зелёных чайник").await.unwrap());
        assert_ne!(hash, hasher.hash("три зелёных чайника").await.unwrap());
    }

    #[tokio::test]
    async fn nobody_signs_in_through_the_stand_in() {
        let hasher = Hasher::start();
        assert!(
            !hasher
                .check("a sign-in that does not exist", None)
                .await
                .unwrap()
        );
    }

    #[tokio::test]
    async fn a_full_queue_answers_busy_at_once() {
        let hasher = Hasher::start();
        let mut waiting = Vec::new();
        let mut busy = 0;
        for _ in 0..QUEUE + THREADS + 20 {
            let hasher = hasher.clone();
            waiting.push(tokio::spawn(async move { hasher.check("x", None).await }));
        }
        for answer in waiting {
            if matches!(answer.await.unwrap(), Err(Error::Busy)) {
                busy += 1;
            }
        }
        assert!(busy > 0, "more than the queue holds was taken");
    }
}
