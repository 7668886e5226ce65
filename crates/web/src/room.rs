//! Room at the window: how many requests are worked on at once, and whose.
//!
//! The room is as large as the machine is quick: ten times a second it shrinks by a tenth when most
//! requests took longer than they should, and grows by a twentieth, up to its bound, when they did
//! not. Guests, those who are signed in and staff each have a part of it that nobody else can fill,
//! so that a crowd at one window keeps nobody from working at another. Who finds no place is told
//! so at once, and when to come back, reckoned from how many were served and turned away lately.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{Duration, Instant};

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;

use crate::cookies;
use crate::shell::Shell;

/// How long a request may take while there is room enough. Pages take a few milliseconds; what
/// takes longer than this was waiting.
const SLOW: Duration = Duration::from_millis(300);
/// How often the size is thought over.
const WINDOW: Duration = Duration::from_millis(100);
/// Fewer finished requests than this say nothing about the machine.
const ENOUGH: u32 = 8;
/// The room never gets smaller than this.
const LEAST: usize = 16;
/// Most people who are remembered with their part.
const MOST_KNOWN: usize = 50_000;
/// The longest that anybody is asked to wait, seconds.
const LONGEST_WAIT: u32 = 30;

/// Whose requests share a part of the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Everybody who is not signed in, and whoever was not met before.
    Guests,
    /// People with an account.
    Applicants,
    /// People who work for an authority.
    Staff,
}

impl Part {
    /// Its share of the room that nobody else can fill, in hundredths; the rest is anybody's.
    const fn share(self) -> usize {
        match self {
            Self::Guests => 30,
            Self::Applicants | Self::Staff => 25,
        }
    }

    /// Its name in measures.
    const fn name(self) -> &'static str {
        match self {
            Self::Guests => "guests",
            Self::Applicants => "applicants",
            Self::Staff => "staff",
        }
    }
}

/// The room; cloning costs a counter.
#[derive(Clone)]
pub(crate) struct Room(Arc<Inner>);

struct Inner {
    most: usize,
    size: AtomicUsize,
    taken: [AtomicUsize; 3],
    window: Mutex<Window>,
    known: RwLock<HashMap<u64, Part>>,
    hasher: RandomState,
}

/// What happened since the size was last thought over.
struct Window {
    began: Instant,
    quick: u32,
    slow: u32,
    refused: u32,
    /// Served and refused in the last whole second.
    last: (u32, u32),
    /// The running second: since when, served, refused.
    second: (Instant, u32, u32),
}

/// A place in the room, given back when it is dropped.
pub(crate) struct Place {
    room: Room,
    part: Part,
    began: Instant,
    /// Whether how long it took says anything about the machine.
    tells: bool,
}

impl Room {
    /// A room of at most `most` places.
    pub(crate) fn new(most: usize) -> Self {
        let now = Instant::now();
        let most = most.max(1);
        Self(Arc::new(Inner {
            most,
            size: AtomicUsize::new(most),
            taken: Default::default(),
            window: Mutex::new(Window {
                began: now,
                quick: 0,
                slow: 0,
                refused: 0,
                last: (0, 0),
                second: (now, 0, 0),
            }),
            known: RwLock::default(),
            hasher: RandomState::new(),
        }))
    }

    /// Takes a place, or says in how many seconds to come back. `tells` is false for what is slow
    /// by nature, as files that come over a slow line.
    pub(crate) fn enter(&self, part: Part, tells: bool) -> Result<Place, u32> {
        let room = &self.0;
        let size = room.size.load(Relaxed);
        let all: usize = room.taken.iter().map(|taken| taken.load(Relaxed)).sum();
        let mine = &room.taken[part as usize];
        // One place at least, however small the room.
        let share = (size * part.share()).div_ceil(100);
        if all >= size && mine.load(Relaxed) >= share {
            let mut window = self.window();
            window.refused += 1;
            metrics::counter!("http_requests_refused_total", "part" => part.name()).increment(1);
            return Err(window.wait());
        }
        mine.fetch_add(1, Relaxed);
        Ok(Place {
            room: self.clone(),
            part,
            began: Instant::now(),
            tells,
        })
    }

    /// What names the session or token of a request, as a keyed hash: nothing that could be used
    /// is kept. None for guests.
    pub(crate) fn sign(&self, shell: &Shell, headers: &HeaderMap) -> Option<u64> {
        let named = match headers.get(AUTHORIZATION) {
            Some(token) => token.as_bytes(),
            None => cookies::read(shell, headers, cookies::SESSION)?.as_bytes(),
        };
        Some(self.0.hasher.hash_one(named))
    }

    /// Whose request this is, as far as is known before anything is read: whoever was recognised
    /// under the same session or token before.
    pub(crate) fn part(&self, sign: Option<u64>) -> Part {
        let known = self.0.known.read().unwrap_or_else(PoisonError::into_inner);
        sign.and_then(|sign| known.get(&sign).copied())
            .unwrap_or(Part::Guests)
    }

    /// Remembers who was recognised.
    pub(crate) fn remember(&self, sign: Option<u64>, part: Part) {
        let Some(sign) = sign.filter(|_| self.part(sign) != part) else {
            return;
        };
        let mut known = self.0.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST_KNOWN {
            known.clear();
        }
        known.insert(sign, part);
    }

    fn window(&self) -> MutexGuard<'_, Window> {
        self.0.window.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn left(&self, took: Duration, tells: bool) {
        let mut window = self.window();
        window.second.1 += 1;
        if tells && took > SLOW {
            window.slow += 1;
        } else if tells {
            window.quick += 1;
        }
        if window.began.elapsed() < WINDOW {
            return;
        }
        let size = self.0.size.load(Relaxed);
        let next = window.close(size, self.0.most);
        drop(window);
        if next != size {
            self.0.size.store(next, Relaxed);
        }
        #[expect(clippy::cast_precision_loss, reason = "a few hundred places")]
        metrics::gauge!("http_room").set(next as f64);
    }
}

impl Window {
    /// Begins anew and says how large the room is from now on.
    fn close(&mut self, size: usize, most: usize) -> usize {
        let least = LEAST.min(most);
        let next = if self.quick + self.slow < ENOUGH {
            size
        } else if self.slow > self.quick {
            (size - size.div_ceil(10)).max(least)
        } else {
            (size + size.div_ceil(20)).min(most)
        };
        self.second.2 += self.refused;
        (self.quick, self.slow, self.refused) = (0, 0, 0);
        self.began = Instant::now();
        if self.second.0.elapsed() >= Duration::from_secs(1) {
            self.last = (self.second.1, self.second.2);
            self.second = (self.began, 0, 0);
        }
        next
    }

    /// In how many seconds those who were turned away will have been served.
    fn wait(&self) -> u32 {
        let (served, refused) = self.last;
        let served = served.max(self.second.1).max(1);
        let refused = refused.max(self.second.2 + self.refused);
        (1 + refused / served).min(LONGEST_WAIT)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.room.0.taken[self.part as usize].fetch_sub(1, Relaxed);
        self.room.left(self.began.elapsed(), self.tells);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_comes_to_a_full_room_is_told_when_to_come_back() {
        let room = Room::new(2);
        let places = [
            room.enter(Part::Guests, true),
            room.enter(Part::Guests, true),
        ];
        assert!(places.iter().all(Result::is_ok));
        let wait = room.enter(Part::Guests, true).err().unwrap();
        assert!((1..=LONGEST_WAIT).contains(&wait), "{wait}");
        drop(places);
        assert!(room.enter(Part::Guests, true).is_ok());
    }

    #[test]
    fn a_crowd_of_guests_leaves_the_parts_of_others_free() {
        let room = Room::new(100);
        let crowd: Vec<_> = (0..500).map(|_| room.enter(Part::Guests, true)).collect();
        assert_eq!(crowd.iter().filter(|place| place.is_ok()).count(), 100);
        for part in [Part::Applicants, Part::Staff] {
            let inside: Vec<_> = (0..40).map(|_| room.enter(part, true)).collect();
            assert_eq!(
                inside.iter().filter(|place| place.is_ok()).count(),
                25,
                "{part:?}"
            );
        }
    }

    #[test]
    fn nobody_is_of_a_part_who_was_not_recognised() {
        let room = Room::new(10);
        assert_eq!(room.part(Some(7)), Part::Guests);
        room.remember(Some(7), Part::Staff);
        assert_eq!(room.part(Some(7)), Part::Staff);
        assert_eq!(room.part(None), Part::Guests);
        for sign in 0..=MOST_KNOWN as u64 {
            room.remember(Some(sign), Part::Applicants);
        }
        assert!(room.0.known.read().unwrap().len() <= MOST_KNOWN);
    }

    fn window(quick: u32, slow: u32) -> Window {
        let now = Instant::now();
        Window {
            began: now,
            quick,
            slow,
            refused: 0,
            last: (0, 0),
            second: (now, 0, 0),
        }
    }

    #[test]
    fn the_room_follows_the_machine_and_stays_within_its_bounds() {
        let mut size = 512;
        for _ in 0..100 {
            size = window(10, 30).close(size, 512);
        }
        assert_eq!(size, LEAST, "slow answers make it small");
        for _ in 0..100 {
            size = window(40, 3).close(size, 512);
        }
        assert_eq!(size, 512, "a few slow ones among many do not");
        assert_eq!(
            window(0, ENOUGH - 1).close(512, 512),
            512,
            "too few say nothing"
        );
        assert_eq!(window(0, 100).close(1, 1), 1, "a room of one stays");
    }

    #[test]
    fn the_wait_grows_with_those_who_were_turned_away() {
        let mut window = window(0, 0);
        window.last = (1_000, 0);
        assert_eq!(window.wait(), 1);
        window.last = (1_000, 4_000);
        assert_eq!(window.wait(), 5);
        window.last = (1, 1_000_000);
        assert_eq!(window.wait(), LONGEST_WAIT);
    }
}
