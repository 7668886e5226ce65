//! The codes that shapes of staff's operations name: those of the domain, told to the document.

use utoipa::openapi::schema::{Array, ArrayBuilder, Object};

use crate::api::shapes::one_of;
use crate::documents::Checked;
use crate::model::{PartState, PartyRole, Source};
use crate::states::{Action, TRANSITIONS, Transition};

/// What staff may do with a case, each once.
pub(in crate::api) fn deeds() -> Array {
    each_once(deed())
}

/// Everything that either side may do with a case, each once.
pub(in crate::api) fn actions() -> Array {
    each_once(done_by(|_| true))
}

fn each_once(one: Object) -> Array {
    ArrayBuilder::new().items(one).unique_items(true).build()
}

/// What staff do.
pub(in crate::api) fn deed() -> Object {
    done_by(|line| line.permission.is_some())
}

/// The deeds of the lines of the table that fit; what follows of itself is no deed.
fn done_by(fits: impl Fn(&Transition) -> bool) -> Object {
    let mut codes: Vec<&str> = Vec::new();
    for line in TRANSITIONS.iter().filter(|line| fits(line)) {
        let code = line.action.code();
        if !line.action.is_a_consequence() && !codes.contains(&code) {
            codes.push(code);
        }
    }
    one_of(codes)
}

pub(in crate::api) fn sources() -> Object {
    one_of(Source::ALL.map(Source::code))
}

pub(in crate::api) fn priorities() -> Object {
    one_of(catalog::Priority::ALL.map(catalog::Priority::code))
}

pub(in crate::api) fn tones() -> Object {
    one_of(["good", "warn", "bad"])
}

pub(in crate::api) fn checked() -> Object {
    use Checked::{Faulty, Good, Received, Required};
    one_of([Required, Received, Good, Faulty].map(Checked::code))
}

pub(in crate::api) fn part_states() -> Object {
    one_of(PartState::ALL.map(PartState::code))
}

pub(in crate::api) fn roles() -> Object {
    one_of(PartyRole::ALL.map(PartyRole::code))
}

pub(in crate::api) fn turn_kinds() -> Object {
    one_of([
        "redirected",
        "forwarded",
        "cancelled",
        "reopened",
        "delayed",
        "corrected",
        "posted",
        "ready",
    ])
}

/// Codes of what may be done.
pub(in crate::api) fn codes(deeds: &[Action]) -> Vec<&'static str> {
    deeds.iter().map(|deed| deed.code()).collect()
}
