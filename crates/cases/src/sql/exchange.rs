//! How cases stand in an exchange with other systems, and what an exchange asks of the store.

use base::id::CaseId;
use base::{Number, Result};
use store::forms::{Column, Form};
use store::{Db, ToArg, args};
use uuid::Uuid;

use super::{
    ANSWER, ASSIGNMENT, CASE, CLOCK_MARK, DOCUMENT, EXTENSION, INTAKE, LINK, MARK, MESSAGE, NOTE,
    PAPER, PART, PARTY, RATING, SIGNATURE, STAGE, TURN, WAIT,
};

const CODE: usize = 100;
const SIDES: &[&str] = &["applicant", "staff"];
const STATES: &[&str] = &[
    "registered",
    "checking",
    "in_work",
    "waiting",
    "in_agreement",
    "decided",
    "closed",
    "forwarded",
    "cancelled",
];
const OUTCOMES: &[&str] = &[
    "satisfied",
    "partly",
    "explained",
    "refused",
    "forwarded",
    "no_answer_due",
    "returned",
    "stopped",
    "withdrawn",
];

/// Cases.
pub(crate) const CASES: Form = Form {
    table: &CASE,
    name: "cases",
    columns: &[
        Column::id("id"),
        Column::text("number", 40).or_none(),
        Column::own("data_key_id"),
        Column::of("service_id", "service").told("service"),
        Column::number("service_version", 1, 1_000_000),
        Column::of("category_id", "category")
            .told("category")
            .or_none(),
        Column::of("unit_id", "unit").told("unit"),
        Column::of("territory_id", "territory")
            .told("territory")
            .or_none(),
        Column::id("person_id").told("person").or_none().personal(),
        Column::code("state", STATES),
        Column::own("public_state"),
        Column::code("outcome", OUTCOMES).or_none(),
        Column::code(
            "source",
            &[
                "web",
                "api",
                "phone",
                "paper",
                "visit",
                "email",
                "mailbox",
                "messenger",
                "network",
                "voice",
                "import",
            ],
        ),
        Column::text("outside_number", 64).or_none(),
        Column::moment("received_at"),
        Column::day("registered_on"),
        Column::day("due_on").or_none(),
        Column::moment("answered_at").or_none(),
        Column::moment("closed_at").or_none(),
        Column::id("assignee_id").told("assignee").or_none(),
        Column::code("waits_for", SIDES).or_none(),
        Column::sealed("content", "content"),
        Column::json("term", 1 << 20).or_none(),
        Column::json("route", 1 << 20),
        Column::day("register_by").or_none(),
        Column::day("begin_by").or_none(),
        Column::day("forward_by").or_none(),
        Column::day("aim_on").or_none(),
        Column::day("planned_on").or_none(),
        Column::day("begun_on").or_none(),
        Column::code("priority", &["low", "usual", "high", "urgent"]).or_none(),
        Column::own("carried_at"),
        Column::moment("paper_since").or_none(),
        Column::number("code_turn", 1, 1_000_000).or_none(),
    ],
    order: "id",
    only: "",
    personal: false,
};

/// The place of the number among the columns of [`CASES`].
pub(crate) const NUMBER_PLACE: usize = 1;
/// The place of the outside number.
pub(crate) const OUTSIDE_PLACE: usize = 13;

macro_rules! of_case {
    ($($(#[$doc:meta])* $form:ident = $table:ident $name:literal by $order:literal
        $personal:literal: [$($column:expr),* $(,)?];)*) => {$(
        $(#[$doc])*
        pub(crate) const $form: Form = Form {
            table: &$table,
            name: $name,
            columns: &[$($column),*],
            order: $order,
            only: "",
            personal: $personal,
        };
    )*};
}
of_case! {
    /// Messages.
    MESSAGES = MESSAGE "messages" by "sent_at, id" true: [
        Column::id("id"),
        Column::own("case_id"),
        Column::code("side", SIDES),
        Column::id("author_id").told("author").or_none(),
        Column::moment("sent_at"),
        Column::sealed("body", "message"),
    ];
    /// Answers.
    ANSWERS = ANSWER "answers" by "written_at, id" true: [
        Column::id("id"),
        Column::own("case_id"),
        Column::code("state", &["draft", "in_agreement", "returned", "agreed", "delivered"]),
        Column::code("outcome", OUTCOMES),
        Column::id("author_id").told("author"),
        Column::id("head_id").told("head").or_none(),
        Column::moment("written_at"),
        Column::moment("delivered_at").or_none(),
        Column::sealed("body", "answer"),
    ];
    /// Who signed an answer, and what exactly.
    SIGNATURES = SIGNATURE "signatures" by "answer_id" true: [
        Column::id("answer_id").told("answer"),
        Column::own("case_id"),
        Column::id("account_id").told("account"),
        Column::moment("signed_at"),
        Column::text("answer_sha256", CODE),
    ];
    /// Answers as they were printed.
    PAPERS = PAPER "papers" by "sha256" true: [
        Column::text("sha256", CODE),
        Column::own("case_id"),
        Column::id("answer_id").told("answer"),
        Column::moment("printed_at"),
    ];
    /// Who worked on it, and when.
    ASSIGNMENTS = ASSIGNMENT "assignments" by "assigned_at, id" false: [
        Column::id("id"),
        Column::own("case_id"),
        Column::of("unit_id", "unit").told("unit"),
        Column::id("account_id").told("account"),
        Column::id("assigned_by"),
        Column::moment("assigned_at"),
        Column::moment("ended_at").or_none(),
    ];
    /// Requests for documents.
    WAITS = WAIT "requests" by "asked_at, id" true: [
        Column::id("id"),
        Column::own("case_id"),
        Column::id("asked_by"),
        Column::moment("asked_at"),
        Column::code("returns_to", STATES),
        Column::text("ground", CODE).or_none(),
        Column::moment("ended_at").or_none(),
        Column::day("send_by").or_none(),
        Column::sealed("body", "wait"),
    ];
    /// Terms that were lengthened.
    EXTENSIONS = EXTENSION "extensions" by "decided_at, id" true: [
        Column::id("id"),
        Column::own("case_id"),
        Column::id("decided_by"),
        Column::moment("decided_at"),
        Column::day("decided_on"),
        Column::number("days", 1, 10_000),
        Column::text("ground", CODE),
        Column::day("due_before"),
        Column::day("due_on"),
        Column::sealed("body", "extension"),
    ];
    /// Parts of the work.
    PARTS = PART "parts" by "asked_at, id" true: [
        Column::id("id"),
        Column::own("case_id"),
        Column::of("unit_id", "unit").told("unit"),
        Column::id("account_id").told("account").or_none(),
        Column::id("asked_by"),
        Column::moment("asked_at"),
        Column::day("due_on").or_none(),
        Column::code("state", &["open", "done", "withdrawn"]),
        Column::moment("ended_at").or_none(),
        Column::sealed("body", "part"),
    ];
    /// Who stands beside the one who filed.
    PARTIES = PARTY "parties" by "added_at, id" true: [
        Column::id("id"),
        Column::own("case_id"),
        Column::code("role", &["co_applicant", "representative", "other_side"]),
        Column::id("person_id").told("person").or_none(),
        Column::id("added_by").or_none(),
        Column::moment("added_at"),
        Column::moment("ended_at").or_none(),
        Column::moment("agreed_at").or_none(),
        Column::moment("declined_at").or_none(),
        Column::sealed("body", "party"),
    ];
    /// Turns that it took.
    TURNS = TURN "turns" by "made_at, id" true: [
        Column::id("id"),
        Column::own("case_id"),
        Column::code(
            "kind",
            &["redirected", "forwarded", "cancelled", "reopened", "delayed", "corrected", "posted", "ready"],
        ),
        Column::code("side", SIDES),
        Column::id("made_by").or_none(),
        Column::moment("made_at"),
        Column::sealed("body", "turn"),
    ];
    /// What the applicant thinks of the work.
    RATINGS = RATING "ratings" by "case_id" true: [
        Column::own("case_id"),
        Column::number("stars", 1, 5),
        Column::moment("rated_at"),
        Column::id("replied_by").or_none(),
        Column::moment("replied_at").or_none(),
        Column::sealed("body", "rating"),
    ];
    /// Cases that belong together.
    LINKS = LINK "links" by "other_id" false: [
        Column::own("case_id"),
        Column::id("other_id").told("other"),
        Column::code("kind", &["objection"]),
        Column::moment("linked_at"),
    ];
    /// Notes among colleagues.
    NOTES = NOTE "notes" by "written_at, id" true: [
        Column::id("id"),
        Column::own("case_id"),
        Column::id("author_id").told("author"),
        Column::moment("written_at"),
        Column::sealed("body", "note"),
    ];
    /// Stages that it has left.
    STAGES = STAGE "stages" by "left_at, id" false: [
        Column::id("id"),
        Column::own("case_id"),
        Column::of("unit_id", "unit").told("unit"),
        Column::code("state", STATES),
        Column::moment("entered_at"),
        Column::moment("left_at"),
    ];
    /// What the clock has said of its term.
    MARKS = MARK "marks" by "made_at, id" false: [
        Column::id("id"),
        Column::own("case_id"),
        Column::code("kind", &["reminded", "escalated", "overdue"]),
        Column::number("mark", -1_000_000, 1_000_000),
        Column::day("due_on"),
        Column::moment("made_at"),
    ];
    /// What the clock has said of its other terms.
    CLOCK_MARKS = CLOCK_MARK "clock_marks" by "made_at, id" false: [
        Column::id("id"),
        Column::own("case_id"),
        Column::text("clock", CODE),
        Column::number("mark", -1_000_000, 1_000_000),
        Column::day("due_on"),
        Column::moment("made_at"),
    ];
    /// Documents; their bytes stand beside the rows.
    DOCUMENTS = DOCUMENT "documents" by "added_at, id" true: [
        Column::id("id"),
        Column::own("case_id"),
        Column::text("slot", CODE).or_none(),
        Column::text("kind", CODE),
        Column::number("size", 0, 1 << 40),
        Column::file("original"),
        Column::file("cleaned"),
        Column::file("thumbnail").or_none(),
        Column::code("side", SIDES),
        Column::id("author_id").told("author").or_none(),
        Column::moment("added_at"),
        Column::text("state", CODE),
        Column::sealed("body", "document"),
    ];
    /// How it came that an operator took in.
    INTAKES = INTAKE "intake" by "case_id" true: [
        Column::own("case_id"),
        Column::id("operator_id").told("operator"),
        Column::moment("taken_at"),
        Column::sealed("body", "intake"),
    ];
}

/// Something with a key of its own: its identifier, the key's, and the key as it is wrapped; none
/// where it was destroyed.
pub(crate) type Keyed = (Uuid, Uuid, Option<Vec<u8>>);

const CASE_KEYS: &str = "SELECT t.id, t.data_key_id, k.wrapped FROM case_file t \
     LEFT JOIN data_key k ON k.id = t.data_key_id WHERE t.id > $1 ORDER BY t.id LIMIT $2";
const PERSON_KEYS: &str = "SELECT t.id, t.data_key_id, k.wrapped FROM person t \
     LEFT JOIN data_key k ON k.id = t.data_key_id WHERE t.id > $1 ORDER BY t.id LIMIT $2";

/// The next cases, or people, with their keys.
pub(crate) fn keyed_after(
    db: &mut Db<'_>,
    cases: bool,
    after: Option<Uuid>,
    limit: usize,
) -> Result<Vec<Keyed>> {
    let text = if cases { CASE_KEYS } else { PERSON_KEYS };
    db.query(text, args![after.unwrap_or_default(), limit], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })
}

const CODES: [(&str, &str); 5] = [
    ("unit", "SELECT id, code FROM unit"),
    ("territory", "SELECT id, code FROM territory"),
    ("category", "SELECT id, code FROM category"),
    ("service", "SELECT id, code FROM service"),
    ("official", "SELECT id, code FROM official"),
];

/// Everything that an exchange names by its code: kind, identifier, code. All of these are bounded
/// where they are made.
pub(crate) fn each_code(
    db: &mut Db<'_>,
    mut f: impl FnMut(&'static str, Uuid, String),
) -> Result<()> {
    for (kind, text) in CODES {
        db.each(text, &[], |row| {
            f(kind, row.get(0)?, row.get(1)?);
            Ok(())
        })?;
    }
    Ok(())
}

const SERVICE_VERSIONS: &str = "SELECT service_id, version FROM service_version";

/// Every version of every service.
pub(crate) fn service_versions(db: &mut Db<'_>) -> Result<Vec<(Uuid, i64)>> {
    db.query(SERVICE_VERSIONS, &[], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Which of these rows of a table are there.
pub(crate) fn known_ids(db: &mut Db<'_>, form: &Form, ids: &[Uuid]) -> Result<Vec<Uuid>> {
    let mut known = Vec::new();
    for some in ids.chunks(200) {
        let places: Vec<String> = (1..=some.len()).map(|n| format!("${n}")).collect();
        let text = format!(
            "SELECT id FROM {} WHERE id IN ({})",
            form.table.name,
            places.join(",")
        );
        let args: Vec<_> = some.iter().map(ToArg::to_arg).collect();
        known.extend(db.query(&text, &args, |row| row.get::<Uuid>(0))?);
    }
    Ok(known)
}

/// Whether a number belongs to a case already.
pub(crate) fn number_is_taken(db: &mut Db<'_>, number: Number) -> Result<bool> {
    let found = db.first(
        "SELECT 1 FROM case_file WHERE number = $1",
        args![number.to_string()],
        |_| Ok(()),
    )?;
    Ok(found.is_some())
}

/// Whether a case is there.
pub(crate) fn case_is_there(db: &mut Db<'_>, id: CaseId) -> Result<bool> {
    let found = db.first("SELECT 1 FROM case_file WHERE id = $1", args![id], |_| {
        Ok(())
    })?;
    Ok(found.is_some())
}
