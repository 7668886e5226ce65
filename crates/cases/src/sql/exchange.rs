//! How cases stand in an exchange with other systems, and what an exchange asks of the store.

use base::id::CaseId;
use base::{Number, Result};
use store::forms::{Column, Form};
use store::{Db, ToArg, args};
use uuid::Uuid;

use super::{
    ANSWER, ASSIGNMENT, CASE, CLOCK_MARK, DOCUMENT, EXTENSION, INTAKE, LINK, MARK, MESSAGE,
    MOST_CASES, MOST_STAGES, NOTE, PAPER, PART, PARTY, PROBLEM, PROBLEM_CASE, RATING, RULING,
    SIGNATURE, STAGE, TASK, TASK_DISPUTE, TASK_DOCUMENT, TASK_STAGE, TURN, WAIT,
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
        Column::moment("words_since").or_none(),
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

/// By which rules it was to be decided, and what came of it.
pub(crate) const RULINGS: Form = Form {
    table: &RULING,
    name: "ruling",
    columns: &[
        Column::own("case_id"),
        Column::number("rules_version", 1, (1 << 31) - 1),
        Column::flag("identified"),
        Column::code("language", &["ru", "en"]),
        Column::code(
            "state",
            &["waiting", "decided", "proposed", "left", "reviewed"],
        ),
        Column::text("rule", CODE).or_none(),
        Column::moment("ruled_at").or_none(),
    ],
    order: "case_id",
    only: "",
    personal: true,
};

/// The longest title of works, in characters.
const TITLE: usize = 200;
/// The longest of their texts.
const WORDS: usize = 4_000;
/// The highest number of a problem or a task.
const WORKS_MOST: i64 = 10_000_000;

/// Problems.
pub(crate) const PROBLEMS: Form = Form {
    table: &PROBLEM,
    name: "problems",
    columns: &[
        Column::id("id"),
        Column::number("number", 1, WORKS_MOST).or_none(),
        Column::own("data_key_id"),
        Column::text("title", TITLE),
        Column::text("about", WORDS),
        Column::text("place", TITLE),
        Column::of("category_id", "category")
            .told("category")
            .or_none(),
        Column::of("territory_id", "territory")
            .told("territory")
            .or_none(),
        Column::of("unit_id", "unit").told("unit"),
        Column::code("state", &["open", "closed"]),
        Column::number("cases", 0, MOST_CASES).told("case_count"),
        Column::moment("opened_at"),
        Column::moment("closed_at").or_none(),
        Column::text("closing", WORDS),
    ],
    order: "id",
    only: "",
    personal: false,
};

/// Which cases are about a problem, or were.
pub(crate) const PROBLEM_CASES: Form = Form {
    table: &PROBLEM_CASE,
    name: "cases",
    columns: &[
        Column::own("problem_id"),
        Column::id("case_id").told("case"),
        Column::moment("joined_at"),
        Column::id("joined_by"),
        Column::moment("left_at").or_none(),
    ],
    order: "joined_at, case_id",
    only: "",
    personal: true,
};

/// Tasks. What they say is for everybody; of which case one came is not.
pub(crate) const TASKS: Form = Form {
    table: &TASK,
    name: "tasks",
    columns: &[
        Column::id("id"),
        Column::number("number", 1, WORKS_MOST).or_none(),
        Column::own("data_key_id"),
        Column::code("source", &["problem", "proposal", "review", "promise"]),
        Column::id("problem_id").told("problem").or_none(),
        Column::id("case_id").told("case").or_none().personal(),
        Column::text("title", TITLE),
        Column::text("todo", WORDS),
        Column::of("unit_id", "unit").told("unit"),
        Column::id("owner_id").told("owner").or_none(),
        Column::id("set_by"),
        Column::moment("set_at"),
        Column::day("due_on"),
        Column::code(
            "state",
            &[
                "set",
                "taken",
                "under_way",
                "done",
                "confirmed",
                "put_off",
                "dropped",
            ],
        ),
        Column::day("begun_on").or_none(),
        Column::day("done_on").or_none(),
        Column::id("done_by").or_none(),
        Column::text("said", WORDS),
        Column::moment("ended_at").or_none(),
        Column::day("speak_on").or_none(),
    ],
    order: "id",
    only: "",
    personal: false,
};

/// The place of the number among the columns of [`PROBLEMS`] and of [`TASKS`].
pub(crate) const WORKS_NUMBER_PLACE: usize = 1;

/// Stages of works.
pub(crate) const TASK_STAGES: Form = Form {
    table: &TASK_STAGE,
    name: "stages",
    columns: &[
        Column::id("id"),
        Column::own("task_id"),
        Column::number("place", 0, MOST_STAGES - 1),
        Column::text("title", TITLE),
        Column::day("from_on").or_none(),
        Column::day("until_on"),
        Column::day("done_on").or_none(),
        Column::text("note", WORDS),
    ],
    order: "place, id",
    only: "",
    personal: false,
};

/// Photographs and papers of works; their bytes stand beside the rows.
pub(crate) const TASK_DOCUMENTS: Form = Form {
    table: &TASK_DOCUMENT,
    name: "documents",
    columns: &[
        Column::id("id"),
        Column::own("task_id"),
        Column::id("stage_id").told("stage").or_none(),
        Column::code("shows", &["before", "works", "proof"]),
        Column::text("kind", CODE),
        Column::number("size", 0, 1 << 40),
        Column::file("original"),
        Column::file("cleaned"),
        Column::file("thumbnail").or_none(),
        Column::id("author_id").told("author"),
        Column::moment("added_at"),
        Column::sealed("body", "works_document"),
    ],
    order: "added_at, id",
    only: "",
    personal: true,
};

/// What applicants say against works told as done; each is sealed under its case's key.
pub(crate) const TASK_DISPUTES: Form = Form {
    table: &TASK_DISPUTE,
    name: "disputes",
    columns: &[
        Column::id("id"),
        Column::own("task_id"),
        Column::id("case_id").told("case"),
        Column::id("document_id").told("document").or_none(),
        Column::moment("made_at"),
        Column::moment("looked_at").or_none(),
        Column::id("looked_by").or_none(),
        Column::sealed("body", "dispute"),
    ],
    order: "made_at, id",
    // Of a case whose key was destroyed nobody can say any more what it said.
    only: "EXISTS (SELECT 1 FROM case_file c JOIN data_key k ON k.id = c.data_key_id \
           WHERE c.id = task_dispute.case_id)",
    personal: true,
};

/// Something with a key of its own: its identifier, the key's, and the key as it is wrapped; none
/// where it was destroyed.
pub(crate) type Keyed = (Uuid, Uuid, Option<Vec<u8>>);

const CASE_KEYS: &str = "SELECT t.id, t.data_key_id, k.wrapped FROM case_file t \
     LEFT JOIN data_key k ON k.id = t.data_key_id WHERE t.id > $1 ORDER BY t.id LIMIT $2";
const PERSON_KEYS: &str = "SELECT t.id, t.data_key_id, k.wrapped FROM person t \
     LEFT JOIN data_key k ON k.id = t.data_key_id WHERE t.id > $1 ORDER BY t.id LIMIT $2";

const PROBLEM_KEYS: &str = "SELECT t.id, t.data_key_id, k.wrapped FROM problem t \
     LEFT JOIN data_key k ON k.id = t.data_key_id WHERE t.id > $1 ORDER BY t.id LIMIT $2";
const TASK_KEYS: &str = "SELECT t.id, t.data_key_id, k.wrapped FROM task t \
     LEFT JOIN data_key k ON k.id = t.data_key_id WHERE t.id > $1 ORDER BY t.id LIMIT $2";

/// Whether things of a kind have keys of their own.
pub(crate) fn is_keyed(form: &Form) -> bool {
    keys_of(form).is_some()
}

fn keys_of(form: &Form) -> Option<&'static str> {
    match form.table.name {
        "case_file" => Some(CASE_KEYS),
        "person" => Some(PERSON_KEYS),
        "problem" => Some(PROBLEM_KEYS),
        "task" => Some(TASK_KEYS),
        _ => None,
    }
}

/// The next people, cases, problems or tasks with their keys.
pub(crate) fn keyed_after(
    db: &mut Db<'_>,
    form: &Form,
    after: Option<Uuid>,
    limit: usize,
) -> Result<Vec<Keyed>> {
    let text = keys_of(form).ok_or_else(|| base::Error::internal("a kind without keys"))?;
    db.query(text, args![after.unwrap_or_default(), limit], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })
}

/// Something that is said against works, the case that it is said in, and the key of that case.
pub(crate) type DisputeKey = (Uuid, Uuid, Uuid, Vec<u8>);

/// What is said against some tasks.
pub(crate) fn keys_of_disputes(db: &mut Db<'_>, tasks: &[Uuid]) -> Result<Vec<DisputeKey>> {
    let text = format!(
        "SELECT d.id, d.case_id, k.id, k.wrapped FROM task_dispute d \
         JOIN case_file c ON c.id = d.case_id JOIN data_key k ON k.id = c.data_key_id \
         WHERE d.task_id IN ({})",
        places(tasks.len())
    );
    let args: Vec<_> = tasks.iter().map(ToArg::to_arg).collect();
    db.query(&text, &args, |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
    })
}

/// Those of some cases that are here, with their keys.
pub(crate) fn keys_of_cases(db: &mut Db<'_>, cases: &[Uuid]) -> Result<Vec<(Uuid, Uuid, Vec<u8>)>> {
    let mut found = Vec::new();
    for some in cases.chunks(200) {
        let text = format!(
            "SELECT c.id, k.id, k.wrapped FROM case_file c JOIN data_key k ON k.id = c.data_key_id \
             WHERE c.id IN ({})",
            places(some.len())
        );
        let args: Vec<_> = some.iter().map(ToArg::to_arg).collect();
        found.extend(db.query(&text, &args, |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?);
    }
    Ok(found)
}

fn places(n: usize) -> String {
    let places: Vec<String> = (1..=n).map(|n| format!("${n}")).collect();
    places.join(",")
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
        let text = format!(
            "SELECT id FROM {} WHERE id IN ({})",
            form.table.name,
            places(some.len())
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

/// Whether a number belongs to a problem or a task already.
pub(crate) fn works_number_is_taken(db: &mut Db<'_>, form: &Form, number: i64) -> Result<bool> {
    let text = format!("SELECT 1 FROM {} WHERE number = $1", form.table.name);
    Ok(db.first(&text, args![number], |_| Ok(()))?.is_some())
}
