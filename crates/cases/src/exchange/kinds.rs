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

/// People; cases name them.
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
        list(&cases::RULINGS, "case_id"),
    ],
};

/// Problems; they name cases.
pub(super) const PROBLEM: Kind = Kind {
    one: crate::works::PROBLEM,
    form: &cases::PROBLEMS,
    lists: &[list(&cases::PROBLEM_CASES, "problem_id")],
};

/// Tasks; they name problems and cases.
pub(super) const TASK: Kind = Kind {
    one: crate::works::TASK,
    form: &cases::TASKS,
    lists: &[
        list(&cases::TASK_STAGES, "task_id"),
        list(&cases::TASK_DOCUMENTS, "task_id"),
        list(&cases::TASK_DISPUTES, "task_id"),
    ],
};

/// What the rows of people and cases name.
pub(super) const NAMED: [Kind; 8] = [
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
        one: RULES,
        form: &catalogue::RULES,
        lists: &[],
    },
    Kind {
        one: "consent_text",
        form: &people::CONSENT_TEXTS,
        lists: &[],
    },
];

/// One version of rules.
pub(super) const RULES: &str = catalog::rulings::KIND;

/// Every kind in the order of the files.
pub(super) fn all() -> impl Iterator<Item = &'static Kind> {
    NAMED.iter().chain([&PERSON, &CASE, &PROBLEM, &TASK])
}

/// Whether lines of a kind tell what happened to it.
pub(super) fn has_history(kind: &Kind) -> bool {
    [CASE.one, PROBLEM.one, TASK.one].contains(&kind.one)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Protected tables of these slices that no exchange holds, and why.
    const LEFT_OUT: &[(&str, &str)] = &[
        (
            "second_factor",
            "opens an account; whoever moves sets up a new one",
        ),
        ("recovery_code", "the same"),
        ("personal_token", "a program asks for a new one"),
        ("admin_act", "what was done to that house, not to this one"),
        (
            "service_proposal",
            "made again from what comes with the product",
        ),
        (
            "law_setting",
            "an administrator's reading of the law, to be decided anew",
        ),
        ("territory_outline", "drawn from a map of the house's own"),
        (
            "answer_template",
            "the words of one house, as its letters are; heads write them anew",
        ),
    ];

    #[test]
    fn every_protected_table_is_in_an_exchange_or_left_out_with_a_reason() {
        let told: BTreeSet<&str> = all()
            .flat_map(|kind| {
                [kind.form]
                    .into_iter()
                    .chain(kind.lists.iter().map(|list| list.form))
            })
            .map(|form| form.table.name)
            .collect();
        let left: BTreeSet<&str> = LEFT_OUT.iter().map(|(table, _)| *table).collect();
        let all = [::people::TABLES, catalog::TABLES, crate::TABLES].concat();
        let all: BTreeSet<&str> = all.iter().map(|table| table.name).collect();
        let forgotten: Vec<_> = all
            .iter()
            .filter(|table| told.contains(**table) == left.contains(**table))
            .collect();
        assert!(forgotten.is_empty(), "{forgotten:?}");
        assert!(left.is_subset(&all), "no longer tables: {left:?}");
    }
}
