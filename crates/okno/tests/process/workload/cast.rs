//! Who plays: the demo's staff with what they reach, and a person at a browser or a program, whose
//! requests come from an address of their own.

use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};

use super::model::Verdict;
use crate::support::{Answer, Client, form};

/// What somebody is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Role {
    Specialist,
    Head,
    Administrator,
}

/// A member of staff.
pub(super) struct Staff {
    pub(super) email: &'static str,
    pub(super) role: Role,
    /// The unit that they are in; what is below it is theirs too.
    pub(super) unit: &'static str,
    /// The last name, with which a line of a list begins.
    pub(super) shown: &'static str,
}

const fn staff(email: &'static str, role: Role, unit: &'static str, shown: &'static str) -> Staff {
    Staff {
        email,
        role,
        unit,
        shown,
    }
}

/// Who is not in the demo and joins at the beginning.
pub(super) const JOINS: &str = "second@okno.example";

/// The password of who joins.
pub(super) const JOINS_PASSWORD: &str = "a long enough secret 71";

/// Everybody on the staff who plays.
pub(super) const STAFF: [Staff; 8] = [
    staff(
        "roads@okno.example",
        Role::Specialist,
        "roads.repair",
        "Кузнецов",
    ),
    staff(JOINS, Role::Specialist, "roads.repair", "Вторая"),
    staff(
        "improvement@okno.example",
        Role::Specialist,
        "roads.improvement",
        "Никитина",
    ),
    staff(
        "housing@okno.example",
        Role::Specialist,
        "housing.utilities",
        "Зайцева",
    ),
    staff("roads.head@okno.example", Role::Head, "roads", "Громов"),
    staff("housing.head@okno.example", Role::Head, "housing", "Крылов"),
    staff("head@okno.example", Role::Head, "government", "Афанасьев"),
    staff("admin@okno.example", Role::Administrator, "", ""),
];

/// Who sees every case.
pub(super) const OVER_ALL: usize = 6;

/// Who runs the installation and sees none.
pub(super) const ADMINISTRATOR: usize = 7;

/// Subject, territory, and the unit that they lead to.
pub(super) const TOPICS: [(&str, &str, &str); 4] = [
    ("roads.surface", "severny", "roads.repair"),
    ("roads.pavements", "lesnoy", "roads.repair"),
    ("roads.lighting", "severny", "roads.improvement"),
    ("housing.water", "zarechny", "housing.utilities"),
];

/// Whether a unit is another, or is below it.
pub(super) fn within(unit: &str, above: &str) -> bool {
    let below = unit
        .strip_prefix(above)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    !above.is_empty() && !unit.is_empty() && (above == "government" || below)
}

/// Whether a member of staff has to do with a unit's cases.
pub(super) fn reaches(who: usize, unit: &str) -> bool {
    STAFF[who].role != Role::Administrator && within(unit, STAFF[who].unit)
}

/// Requests that were answered.
pub(super) static ANSWERED: AtomicU64 = AtomicU64::new(0);

/// Somebody with a connection, cookies and an address.
pub(super) struct Person {
    client: Client,
    from: String,
}

impl Person {
    /// Somebody at the address that the number names.
    pub(super) fn new(server: SocketAddr, number: u64) -> Self {
        let [_, .., a, b, c] = number.to_be_bytes();
        Self {
            client: Client::new(server),
            from: format!("10.{a}.{b}.{c}"),
        }
    }

    /// # Panics
    /// When the answer tells of a fault of ours.
    pub(super) fn ask(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> io::Result<Answer> {
        let from = self.from.clone();
        let mut all = vec![
            ("x-forwarded-for", &*from),
            ("sec-fetch-site", "same-origin"),
        ];
        all.extend_from_slice(headers);
        let answer = self.client.ask(method, path, &all, body.as_bytes())?;
        ANSWERED.fetch_add(1, Ordering::Relaxed);
        let ours = answer.status >= 500 && answer.status != 503;
        assert!(!ours, "{method} {path} {body}: {answer:?}");
        Ok(answer)
    }

    pub(super) fn get(&mut self, path: &str) -> io::Result<Answer> {
        self.ask("GET", path, &[], "")
    }

    pub(super) fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> io::Result<Answer> {
        let kind = [("content-type", "application/x-www-form-urlencoded")];
        self.ask("POST", path, &kind, &form(fields))
    }

    pub(super) fn file(&mut self, body: &str, key: &str) -> io::Result<Answer> {
        let headers = [
            ("content-type", "application/json"),
            ("idempotency-key", key),
        ];
        self.ask("POST", "/api/v1/cases", &headers, body)
    }
}

/// What a page tells of an act; none when it leaves open whether it was done.
pub(super) fn verdict(answer: &Answer) -> Option<Verdict> {
    match answer.status {
        303 if answer
            .header("location")
            .is_some_and(|to| to.contains("/sign-in")) =>
        {
            Some(Verdict::Barred)
        }
        // What a case has outgrown has no page to be refused on any more.
        303 if answer
            .header("set-cookie")
            .is_some_and(|said| said.contains("case-error")) =>
        {
            Some(Verdict::Refused)
        }
        303 => Some(Verdict::Done),
        422 => Some(Verdict::Refused),
        401 | 403 | 404 => Some(Verdict::Barred),
        503 => None,
        _ => panic!("nobody expects {answer:?}"),
    }
}
