//! What a verification found, in words: for the page without scripts, and as the list of sentences
//! from which the script makes the same.

use base::Moment;
use jiff::civil::Date;
use journal::verdict::{Reason, Verdict};
use journal::verify::{FileKind, Verification, VerifiedEntry};
use web::Request;

use super::Line;
use crate::model::{Outcome, Source, State};

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
const FIELDS: [&str; 14] = [
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
    "outgoing",
    "paper_sha256",
];

/// The values that are codes, by field, with the word for each: whoever opens a proof is no
/// programmer. Codes of subjects and units belong to an installation and stay codes.
fn value_key(field: &str, value: &str) -> Option<String> {
    let known = match field {
        "state" => State::from_code(value).is_some().then_some("case-state"),
        "outcome" => Outcome::from_code(value)
            .is_some()
            .then_some("case-outcome"),
        "service" => SERVICES.contains(&value).then_some("verify-service"),
        "source" => SOURCES
            .iter()
            .any(|source| source.code() == value)
            .then_some("verify-source"),
        "regime" => REGIMES.contains(&value).then_some("law-regime"),
        _ => None,
    };
    known.map(|key| format!("{key}-{value}"))
}

/// The services that come with the product.
const SERVICES: [&str; 13] = [
    "complaint",
    "online",
    "information",
    "status",
    "programme",
    "proposal",
    "official",
    "application",
    "certificate",
    "details",
    "works",
    "payment",
    "other",
];
/// Where cases come from.
const SOURCES: [Source; 11] = Source::ALL;
/// The orders by law.
const REGIMES: [&str; 7] = [
    "fz59",
    "fz59_proposal",
    "fz8",
    "fz210",
    "service",
    "pos",
    "signal",
];

/// Every coded value that has a word.
fn known_values() -> impl Iterator<Item = (&'static str, &'static str)> {
    let states = State::ALL.map(|state| ("state", state.code()));
    let outcomes = Outcome::ALL.map(|outcome| ("outcome", outcome.code()));
    let services = SERVICES.map(|service| ("service", service));
    let sources = SOURCES.map(|source| ("source", source.code()));
    let regimes = REGIMES.map(|regime| ("regime", regime));
    (states.into_iter().chain(outcomes).chain(services))
        .chain(sources)
        .chain(regimes)
}

/// The fields that are days.
const DAYS: [&str; 2] = ["registered_on", "due_on"];
/// The fields that are numbers, said as they are.
const NUMBERS: [&str; 2] = ["number", "outside_number"];

/// A fact of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fact {
    pub(super) label: String,
    pub(super) value: String,
    /// Whether the value is no word but a code of the program.
    pub(super) is_code: bool,
}

/// What can happen to a case, as entries name it.
pub(crate) const ACTIONS: [&str; 80] = [
    "case.filed",
    "case.carried_over",
    "case.taken",
    "case.assigned",
    "case.applicant_wrote",
    "case.caller_heard",
    "case.staff_wrote",
    "case.answer_drafted",
    "case.sent_for_agreement",
    "case.answer_returned",
    "case.answer_recalled",
    "case.answered",
    "case.answer_printed",
    "case.answer_posted",
    "case.answer_ready",
    "case.closed",
    "case.code_renewed",
    "case.check_started",
    "case.work_begun",
    "case.released",
    "case.documents_requested",
    "case.resumed",
    "case.redirected",
    "case.forwarded",
    "case.cancelled",
    "case.reopened",
    "case.extended",
    "case.term_moved",
    "case.delay_explained",
    "case.corrected",
    "case.recategorised",
    "case.part_added",
    "case.part_done",
    "case.part_withdrawn",
    "case.party_added",
    "case.party_removed",
    "case.party_agreed",
    "case.party_declined",
    "case.answer_agreed",
    "case.interim_answered",
    "case.objected",
    "case.rated",
    "case.rating_replied",
    "case.reminded",
    "case.escalated",
    "case.overdue",
    "case.document_added",
    "case.document_checked",
    "case.document_faulty",
    "case.document_sent",
    "case.documents_reminded",
    "case.noted",
    "case.original_opened",
    "case.part_overdue",
    "case.part_reminded",
    "case.plan_overdue",
    "case.plan_reminded",
    "case.planned",
    "case.prioritised",
    "case.decision_proposed",
    "case.left_to_people",
    "case.review_asked",
    "case.scan_added",
    "case.start_overdue",
    "case.start_reminded",
    "case.problem_joined",
    "case.problem_left",
    "case.problem_closed",
    "case.task_set",
    "case.works_begun",
    "case.works_stage_done",
    "case.works_done",
    "case.works_confirmed",
    "case.works_upheld",
    "case.works_sent_back",
    "case.works_put_off",
    "case.works_dropped",
    "case.works_disputed",
    "case.task_reminded",
    "case.task_overdue",
];

/// One entry of a proof.
pub(super) struct EntryLine {
    pub(super) what: String,
    pub(super) at: Moment,
    /// That it was carried over and when it was written down, where that was later.
    pub(super) written: String,
    pub(super) place: String,
    pub(super) fields: Vec<Fact>,
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
    let name = match found.kind {
        // A receipt is a signed promise: that the entry stands in the log, a proof alone shows.
        Some(FileKind::Receipt) if matches!(found.verdict, Verdict::Valid) => "receipt",
        _ => verdict_name(found.verdict),
    };
    let title = match found.reason {
        Some(Reason::Key) => "verify-no-key".to_owned(),
        _ => format!("verify-{name}"),
    };
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
        title: request.t(&title).into_owned(),
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
        written: if entry.recorded_at == entry.occurred_at {
            String::new()
        } else {
            let written = moment(request, micros(entry.recorded_at));
            request.ta("verify-carried", &[("moment", written.into())])
        },
        place: request.ta("verify-place", &[("index", entry.index.to_string().into())]),
        fields: entry
            .fields
            .iter()
            .filter(|field| !field.value.is_empty())
            .map(|field| fact(request, &field.name, &field.value))
            .collect(),
    }
}

/// A field of an entry in words.
pub(super) fn fact(request: &Request, name: &str, value: &str) -> Fact {
    let words = request.shell().words();
    let key = field_key(name);
    let label = if words.has(request.language, &key) {
        request.t(&key).into_owned()
    } else {
        name.to_owned()
    };
    let day: Option<Date> = DAYS
        .contains(&name)
        .then(|| value.parse().ok())
        .flatten()
        .filter(|day: &Date| day.to_string() == value);
    let said = match (value_key(name, value), day) {
        (Some(key), _) => Some(request.t(&key).into_owned()),
        (None, Some(day)) => Some(words.date_long(request.language, day)),
        (None, None) => None,
    };
    Fact {
        label,
        is_code: said.is_none() && !NUMBERS.contains(&name),
        value: said.unwrap_or_else(|| value.to_owned()),
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
    for (name, key) in [
        ("title-receipt", "verify-receipt"),
        ("text-receipt", "verify-receipt-text"),
        ("title-key", "verify-no-key"),
    ] {
        add(name.to_owned(), key);
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
    for (field, value) in known_values() {
        if let Some(key) = value_key(field, value) {
            add(format!("value-{field}-{value}"), &key);
        }
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
    // The script puts the value where `#` stands.
    let with_value = [
        ("part", "verify-part", "part"),
        ("place", "verify-place", "index"),
        ("carried", "verify-carried", "moment"),
    ];
    for (name, key, argument) in with_value {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_code_has_a_key_and_others_have_none() {
        for (field, value) in known_values() {
            assert!(value_key(field, value).is_some(), "{field} {value}");
        }
        for (field, value) in [
            ("state", "nothing"),
            ("state", "complaint"),
            ("category", "roads.snow"),
            ("service", "<script>"),
            ("number", "registered"),
        ] {
            assert_eq!(value_key(field, value), None, "{field} {value}");
        }
    }

    #[test]
    fn every_action_that_the_slice_writes_down_has_its_sentence() {
        let mut written = Vec::new();
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut folders = vec![root];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let source = std::fs::read_to_string(&path).unwrap_or_default();
                let named = source.split("\"case.").skip(1);
                let named = named.filter_map(|rest| rest.split_once('"'));
                written.extend(named.map(|(name, _)| format!("case.{name}")));
            }
        }
        written.retain(|name| {
            name[5..]
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b == b'_')
        });
        written.retain(|name| name.len() > 5);
        assert!(written.iter().any(|name| name == "case.document_sent"));
        for action in written {
            let known = ACTIONS.contains(&action.as_str());
            assert!(known, "{action} has no sentence in a verification");
        }
    }
}
