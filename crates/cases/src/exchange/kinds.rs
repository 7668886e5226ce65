//! The kinds of things that an exchange holds, a file each, in the order in which each can name what
//! stands before it; and the lists inside their rows.

use catalog::exchange as catalogue;
use people::exchange as people;
use store::forms::Form;

use crate::sql::exchange as cases;

/// A kind.
pub(super) struct Kind {
    /// One of it, as entries and references name it.
    pub(super) one: &'static str,
    /// How its rows stand; the file is called as the form.
    pub(super) form: &'static Form,
    /// The lists inside a row.
    pub(super) lists: &'static [List],
}

/// A list inside a row.
pub(super) struct List {
    pub(super) form: &'static Form,
    /// The column that names the parent.
    pub(super) by: &'static str,
    /// The parent is not the row but the account among its lists.
    pub(super) of_account: bool,
}

const fn list(form: &'static Form, by: &'static str) -> List {
    List {
        form,
        by,
        of_account: false,
    }
}

const fn of_account(form: &'static Form) -> List {
    List {
        form,
        by: "account_id",
        of_account: true,
    }
}

/// People are the last kind but one, cases the last.
pub(super) const PERSON: Kind = Kind {
    one: "person",
    form: &people::PERSONS,
    lists: &[
        list(&people::ACCOUNTS, "person_id"),
        of_account(&people::GRANTS),
        of_account(&people::CONFIRMED),
        list(&people::CONSENTS, "person_id"),
    ],
};

/// Cases.
pub(super) const CASE: Kind = Kind {
    one: "case",
    form: &cases::CASES,
    lists: &[
        list(&cases::MESSAGES, "case_id"),
        list(&cases::ANSWERS, "case_id"),
        list(&cases::SIGNATURES, "case_id"),
        list(&cases::PAPERS, "case_id"),
        list(&cases::ASSIGNMENTS, "case_id"),
        list(&cases::WAITS, "case_id"),
        list(&cases::EXTENSIONS, "case_id"),
        list(&cases::PARTS, "case_id"),
        list(&cases::PARTIES, "case_id"),
        list(&cases::TURNS, "case_id"),
        list(&cases::RATINGS, "case_id"),
        list(&cases::LINKS, "case_id"),
        list(&cases::NOTES, "case_id"),
        list(&cases::STAGES, "case_id"),
        list(&cases::MARKS, "case_id"),
        list(&cases::CLOCK_MARKS, "case_id"),
        list(&cases::DOCUMENTS, "case_id"),
        list(&cases::INTAKES, "case_id"),
    ],
};

/// What the rows of people and cases name.
pub(super) const NAMED: [Kind; 7] = [
    Kind {
        one: "territory",
        form: &people::TERRITORIES,
        lists: &[],
    },
    Kind {
        one: "unit",
        form: &people::UNITS,
        lists: &[
            list(&people::UNIT_TERRITORIES, "unit_id"),
            list(&people::UNIT_DETAILS, "unit_id"),
        ],
    },
    Kind {
        one: "service",
        form: &catalogue::SERVICES,
        lists: &[
            list(&catalogue::VERSIONS, "service_id"),
            list(&catalogue::ORIGINS, "service_id"),
        ],
    },
    Kind {
        one: "category",
        form: &catalogue::CATEGORIES,
        lists: &[list(&catalogue::PROCESSING, "category_id")],
    },
    Kind {
        one: "route",
        form: &catalogue::ROUTES,
        lists: &[],
    },
    Kind {
        one: "official",
        form: &catalogue::OFFICIALS,
        lists: &[],
    },
    Kind {
        one: "consent_text",
        form: &people::CONSENT_TEXTS,
        lists: &[],
    },
];

/// Every kind in the order of the files.
pub(super) fn all() -> impl Iterator<Item = &'static Kind> {
    NAMED.iter().chain([&PERSON, &CASE])
}
