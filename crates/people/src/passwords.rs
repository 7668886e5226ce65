//! Passwords: which are taken, and how they are hashed and checked.
//!
//! The rules follow NIST SP 800-63B: length counts, composition does not, and what everybody
//! tries first is refused. Hashing is argon2id with 19 MiB, two passes, one lane; it runs on two
//! plain threads behind a queue of 64, so that neither the request threads nor the memory of the
//! machine can be taken by sign-ins. A thread that has nothing to hash gives its memory back.

use std::collections::HashSet;
use std::sync::LazyLock;
use std::time::Duration;

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use base::{Error, FieldError, Result};
use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
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

/// How long a thread without work keeps the memory that it hashes in. Made anew for each password
/// of a busy hour it would cost some ten milliseconds beside the thirty of hashing.
const LINGER: Duration = Duration::from_millis(250);

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
    queue: Sender<Job>,
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
        let (queue, jobs) = bounded(QUEUE);
        for number in 0..THREADS {
            let jobs = jobs.clone();
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

fn work(jobs: &Receiver<Job>) {
    // The stand-in is made before anybody asks for it: the first sign-in with an unknown e-mail
    // must not take twice as long.
    LazyLock::force(&STAND_IN);
    let mut room = Room::default();
    while let Some(job) = next(jobs, &mut room) {
        // Whoever has gone away meanwhile needs no answer.
        match job {
            Job::Hash { password, answer } if !answer.is_closed() => {
                let _ = answer.send(hash_in(&mut room, &password));
            }
            Job::Check {
                password,
                hash,
                answer,
            } if !answer.is_closed() => {
                let _ = answer.send(check_in(&mut room, &password, hash.as_deref()));
            }
            _ => {}
        }
    }
}

/// The next job; none when nobody can send one any more. The room is given back when none comes
/// for a while.
fn next(jobs: &Receiver<Job>, room: &mut Room) -> Option<Job> {
    if let Ok(job) = jobs.recv_timeout(LINGER) {
        return Some(job);
    }
    room.give_back();
    jobs.recv().ok()
}

/// Hashes on the calling thread: for commands, which have no request threads to spare.
pub(crate) fn hash_now(password: &str) -> Result<String> {
    hash_in(&mut Room::default(), password)
}

fn hash_in(room: &mut Room, password: &str) -> Result<String> {
    let params = Params::new(MEMORY_KIB, 2, 1, None).map_err(Error::internal)?;
    let written = ParamsString::try_from(&params).map_err(Error::internal)?;
    let salt = Salt::new(&base::id::random::<{ Salt::RECOMMENDED_LENGTH }>());
    let salt = salt.map_err(Error::internal)?;
    let mut out = [0; Params::DEFAULT_OUTPUT_LEN];
    room.hash(params, normalise(password).as_bytes(), &salt, &mut out)?;
    let hash = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: written,
        salt: Some(salt),
        hash: Some(Output::new(&out).map_err(Error::internal)?),
    };
    Ok(hash.to_string())
}

/// What a sign-in with an unknown e-mail is checked against; made once with the same costs.
static STAND_IN: LazyLock<Option<String>> =
    LazyLock::new(|| hash_now("a sign-in that does not exist").ok());

fn check_in(room: &mut Room, password: &str, hash: Option<&str>) -> Result<bool> {
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
    Ok(matches(room, typed.as_bytes(), &parsed)? && known)
}

/// Whether a password is the one of a hash, by the costs that the hash names.
fn matches(room: &mut Room, password: &[u8], hash: &PasswordHash) -> Result<bool> {
    let (Some(salt), Some(expected)) = (&hash.salt, &hash.hash) else {
        return Err(Error::internal("a password hash without salt or output"));
    };
    let params = Params::try_from(hash).map_err(Error::internal)?;
    let mut out = vec![0; expected.as_bytes().len()];
    room.hash(params, password, salt, &mut out)?;
    // Outputs are compared in constant time.
    Ok(Output::new(&out).map_err(Error::internal)? == *expected)
}

/// Blocks of 1 KiB that a room has place for at the least. More than 32 MiB are always mapped apart
/// and unmapped when they are given back. Fewer are so for the first time only: then glibc takes
/// their size for a common one, and keeps for later what is freed, theirs and everybody's, up to
/// twice that size. What is not written to takes no memory.
const ROOM_LEAST: usize = 33 * 1024;

/// What passwords are hashed in, one after the other.
#[derive(Default)]
struct Room(Vec<Block>);

impl Room {
    /// Hashes by these costs into `out`.
    fn hash(&mut self, params: Params, password: &[u8], salt: &[u8], out: &mut [u8]) -> Result<()> {
        let blocks = params.block_count();
        if self.0.capacity() < blocks {
            self.0 = Vec::with_capacity(blocks.max(ROOM_LEAST));
        }
        if self.0.len() < blocks {
            self.0.resize(blocks, Block::new());
        }
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into_with_memory(password, salt, out, &mut self.0[..blocks])
            .map_err(Error::internal)
    }

    fn give_back(&mut self) {
        self.0 = Vec::new();
    }
}

#[cfg(test)]
mod tests {
    use argon2::PasswordVerifier as _;

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
        // The library reads it as one of its own.
        let typed = normalise("три зелёных чайника");
        let read = PasswordHash::new(&hash).unwrap();
        let verified = Argon2::default().verify_password(typed.as_bytes(), &read);
        assert!(verified.is_ok());
    }

    #[test]
    fn memory_stays_from_password_to_password_and_is_given_back_when_none_comes() {
        let (queue, jobs) = bounded(1);
        let mut room = Room::default();
        hash_in(&mut room, "три зелёных чайника").unwrap();
        let (answer, _answered) = oneshot::channel();
        let password = String::new();
        queue.send(Job::Hash { password, answer }).unwrap();
        assert!(next(&jobs, &mut room).is_some());
        assert!(!room.0.is_empty(), "one waited");
        drop(queue);
        assert!(next(&jobs, &mut room).is_none());
        assert_eq!(room.0.capacity(), 0, "none did");
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
