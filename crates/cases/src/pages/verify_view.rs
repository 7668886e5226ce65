//! What a verification found, in words: for the page without scripts, and as the list of sentences
//! from which the script makes the same.

use base::Moment;
use journal::verdict::{Reason, Verdict};
use journal::verify::{FileKind, Verification, VerifiedEntry};
use web::Request;

use super::Line;

/// Every reason, so that the script can say each of them.
const REASONS: [Reason; 19] = [
    Reason::TooLarge,
    Reason::Text,
    Reason::Part,
    Reason::Extra,
    Reason::Header,
    Reason::Checkpoint,
    Reason::Receipt,
    Reason::Key,
    Reason::Field,
    Reason::Fields,
    Reason::Inclusion,
    Reason::CheckpointDiffers,
    Reason::Origin,
    Reason::Version,
    Reason::Entity,
    Reason::Chain,
    Reason::Order,
    Reason::UnknownKey,
    Reason::Signature,
];

/// The fields that a public proof may disclose, with names of their own.
const FIELDS: [&str; 12] = [
    "number",
    "service",
    "regime",
    "category",
    "unit",
    "state",
    "registered_on",
    "due_on",
    "outcome",
    "source",
    "outside_number",
    "source_sha256",
];

/// What can happen to a case, as entries name it.
pub(super) const ACTIONS: [&str; 11] = [
    "case.filed",
    "case.carried_over",
    "case.taken",
    "case.assigned",
    "case.applicant_wrote",
    "case.staff_wrote",
    "case.answer_drafted",
    "case.sent_for_agreement",
    "case.answer_returned",
    "case.answered",
    "case.closed",
];

/// One entry of a proof.
pub(super) struct EntryLine {
    pub(super) what: String,
    pub(super) at: Moment,
    pub(super) place: String,
    pub(super) fields: Vec<Line>,
}

/// The outcome of a verification.
pub(super) struct ResultView {
    pub(super) tone: &'static str,
    pub(super) title: String,
    pub(super) text: String,
    pub(super) facts: Vec<Line>,
    pub(super) entries: Vec<EntryLine>,
}

/// `found` in words.
pub(super) fn view(request: &Request, found: &Verification) -> ResultView {
    let name = verdict_name(found.verdict);
    let mut text = match found.reason {
        Some(reason) => request
            .t(&format!("verify-reason-{}", reason.code()))
            .into_owned(),
        None => request.t(&format!("verify-{name}-text")).into_owned(),
    };
    if let Some(part) = found.part {
        text.push(' ');
        text.push_str(&request.ta("verify-part", &[("part", part.into())]));
    }
    ResultView {
        tone: match found.verdict {
            Verdict::Valid => "good",
            Verdict::Invalid => "bad",
            Verdict::Unreadable | Verdict::Unsigned => "warn",
        },
        title: request.t(&format!("verify-{name}")).into_owned(),
        text,
        facts: facts(request, found),
        entries: found
            .entries
            .iter()
            .map(|entry| line(request, entry))
            .collect(),
    }
}

fn facts(request: &Request, found: &Verification) -> Vec<Line> {
    let mut facts = Vec::new();
    let mut add = |key: &str, value: String| {
        if !value.is_empty() {
            facts.push(Line::new(request.t(key), value));
        }
    };
    if found.origin.is_some() {
        let kind = match found.kind {
            Some(FileKind::Proof) => request.t("verify-kind-proof").into_owned(),
            Some(FileKind::Receipt) => request.t("verify-kind-receipt").into_owned(),
            None => String::new(),
        };
        add("verify-kind", kind);
    }
    if let Some(receipt) = &found.receipt {
        add("verify-number", receipt.number.clone());
        add(
            "verify-recorded",
            moment(request, micros(receipt.recorded_at)),
        );
    }
    add("verify-origin", found.origin.clone().unwrap_or_default());
    let size = found.checkpoint_size.map(|size| size.to_string());
    add("verify-size", size.unwrap_or_default());
    add(
        "verify-fingerprint",
        found.fingerprint.clone().unwrap_or_default(),
    );
    facts
}

fn line(request: &Request, entry: &VerifiedEntry) -> EntryLine {
    let has = |key: &str| request.shell().words().has(request.language, key);
    let key = action_key(&entry.action);
    EntryLine {
        what: if has(&key) {
            request.t(&key).into_owned()
        } else {
            entry.action.clone()
        },
        at: micros(entry.occurred_at),
        place: request.ta("verify-place", &[("index", entry.index.to_string().into())]),
        fields: entry
            .fields
            .iter()
            .map(|field| {
                let key = field_key(&field.name);
                let label = if has(&key) {
                    request.t(&key).into_owned()
                } else {
                    field.name.clone()
                };
                Line::new(label, field.value.clone())
            })
            .filter(|line| !line.value.is_empty())
            .collect(),
    }
}

/// Every sentence that the script may need, under the name by which it asks.
pub(super) fn words(request: &Request) -> Vec<Line> {
    let mut words = Vec::new();
    let mut add = |name: String, key: &str| words.push(Line::new(name, request.t(key)));
    for verdict in [
        Verdict::Valid,
        Verdict::Invalid,
        Verdict::Unreadable,
        Verdict::Unsigned,
    ] {
        let name = verdict_name(verdict);
        add(
            format!("title-{}", verdict.code()),
            &format!("verify-{name}"),
        );
        add(
            format!("text-{}", verdict.code()),
            &format!("verify-{name}-text"),
        );
    }
    for reason in REASONS {
        let code = reason.code();
        add(format!("reason-{code}"), &format!("verify-reason-{code}"));
    }
    for action in ACTIONS {
        add(format!("did-{action}"), &action_key(action));
    }
    for field in FIELDS {
        add(format!("field-{field}"), &field_key(field));
    }
    for name in [
        "kind",
        "kind-proof",
        "kind-receipt",
        "number",
        "recorded",
        "origin",
        "size",
        "fingerprint",
        "entries",
        "no-file",
        "working",
        "failed",
    ] {
        add(name.to_owned(), &format!("verify-{name}"));
    }
    // The script puts the number where `#` stands.
    let with_number = [
        ("part", "verify-part", "part"),
        ("place", "verify-place", "index"),
    ];
    for (name, key, argument) in with_number {
        words.push(Line::new(name, request.ta(key, &[(argument, "#".into())])));
    }
    words
}

const fn verdict_name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Valid => "valid",
        Verdict::Invalid => "invalid",
        Verdict::Unreadable => "unreadable",
        Verdict::Unsigned => "unsigned",
    }
}

fn action_key(action: &str) -> String {
    format!("verify-did-{}", action.replace('.', "-"))
}

fn field_key(field: &str) -> String {
    format!("verify-field-{field}")
}

fn micros(micros: u64) -> Moment {
    Moment::from_micros(i64::try_from(micros).unwrap_or(i64::MAX))
}

fn moment(request: &Request, moment: Moment) -> String {
    let shell = request.shell();
    let zone = &shell.settings().zone;
    shell.words().moment(request.language, moment, zone, None)
}
