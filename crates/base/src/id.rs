//! Typed identifiers: UUIDv7 made in code, so that an identifier exists before its row does and
//! sorts by the moment it was made.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Moment;

/// Makes a UUIDv7 whose time part is `now`; the other 74 bits are random.
pub fn new_uuid(now: Moment) -> Uuid {
    let mut random = [0u8; 10];
    fill_random(&mut random);
    uuid::Builder::from_unix_timestamp_millis(now.millis().unsigned_abs(), &random).into_uuid()
}

/// Fills `bytes` from the operating system's generator.
///
/// # Panics
/// When the operating system has no randomness to give: nothing that Okno does is safe then.
pub fn fill_random(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the operating system gives random bytes");
}

/// `N` random bytes from the operating system's generator.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0u8; N];
    fill_random(&mut bytes);
    bytes
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new identifier, made at `now`.
            pub fn new(now: Moment) -> Self {
                Self(new_uuid(now))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    )*};
}

ids! {
    /// A case (дело).
    CaseId;
    /// A draft of a case that has no number yet.
    DraftId;
    /// An entry of the journal.
    EntryId;
    /// A human's profile; exists without an account too (a caller, a letter-writer).
    PersonId;
    /// A sign-in: credentials of one person.
    AccountId;
    /// An agency or a unit inside one.
    UnitId;
    /// A subject of cases, a node of the tree of categories.
    CategoryId;
    /// A service, or a kind of appeal.
    ServiceId;
    /// A district, municipality or settlement.
    TerritoryId;
    /// A message inside a case.
    MessageId;
    /// An answer to a case, interim or final.
    AnswerId;
    /// A piece of work given to a unit and a person.
    AssignmentId;
    /// One running term of a case.
    ClockId;
    /// Work to be done once, with retries.
    JobId;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_sort_by_the_moment_they_were_made() {
        let early = CaseId::new(Moment::from_micros(1_000_000_000));
        let late = CaseId::new(Moment::from_micros(2_000_000_000));
        assert!(early < late);
        assert_eq!(early.to_string().parse::<CaseId>().unwrap(), early);
    }
}
