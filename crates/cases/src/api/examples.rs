//! The examples of the document. They stand in files of their own, and tests send them.

use serde_json::Value;

macro_rules! examples {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        pub(super) fn $name() -> Value {
            // A test reads every file, so an example that cannot be read never ships.
            serde_json::from_str(include_str!(concat!("examples/", stringify!($name), ".json"))).unwrap_or_default()
        }
    )*

        #[cfg(test)]
        #[test]
        fn every_example_can_be_read() {
            $(assert!($name().is_object(), stringify!($name));)*
        }
    };
}

examples! {
    /// Works: `works`.
    works;
    /// Works: `problem`.
    problem;
    /// Works: `problems`.
    problems;
    /// Works: `task`.
    task;
    /// Works: `tasks`.
    tasks;
    /// Works: `new problem`.
    new_problem;
    /// Works: `joining`.
    joining;
    /// Works: `leaving`.
    leaving;
    /// Works: `closing`.
    closing;
    /// Works: `disputing`.
    disputing;
    /// Works: `new task`.
    new_task;
    /// Works: `owner`.
    owner;
    /// Works: `new stage`.
    new_stage;
    /// Works: `stage done`.
    stage_done;
    /// Works: `new works file`.
    new_works_file;
    /// Works: `works done`.
    works_done;
    /// Works: `said`.
    said;
    /// Works: `new day`.
    new_day;
    /// A filing.
    filing;
    /// What its sender is told.
    filed;
    /// A case as its applicant reads it.
    case;
    /// The answer of somebody who was named.
    participation;
    /// A page of the register.
    register;
    /// The services.
    services;
    /// A service with its schema.
    service;
    /// Who calls.
    caller;
    /// Their cases.
    callers_cases;
    /// Words of a letterhead.
    letterhead_words;
    /// Terms of a service.
    service_terms;
    /// Subjects.
    categories;
    /// Units.
    units;
    /// Territories.
    territories;
    /// A template of answers.
    answer_template;
    /// Templates of answers.
    answer_templates;
    /// A template of answers to be made.
    new_answer_template;
    /// A template of answers as it is to be.
    answer_template_wish;
    /// The templates that a case may use.
    case_templates;
    /// A template filled in for a case.
    filled_template;
    /// At the desk: `assignment`.
    assignment;
    /// At the desk: `batch`.
    batch;
    /// At the desk: `batch result`.
    batch_result;
    /// At the desk: `card`.
    card;
    /// At the desk: `card answers`.
    card_answers;
    /// At the desk: `cards`.
    cards;
    /// At the desk: `case stages`.
    case_stages;
    /// At the desk: `category`.
    category;
    /// At the desk: `colleagues`.
    colleagues;
    /// At the desk: `counts`.
    counts;
    /// At the desk: `delay`.
    delay;
    /// At the desk: `desk case`.
    desk_case;
    /// At the desk: `document request`.
    document_request;
    /// At the desk: `draft`.
    draft;
    /// At the desk: `findings`.
    findings;
    /// At the desk: `finished`.
    finished;
    /// At the desk: `forwarding`.
    forwarding;
    /// At the desk: `history`.
    history;
    /// At the desk: `lengthening`.
    lengthening;
    /// At the desk: `letter`.
    letter;
    /// At the desk: `loads`.
    loads;
    /// At the desk: `look`.
    look;
    /// At the desk: what an original is needed for.
    purpose;
    /// At the desk: `new card`.
    new_card;
    /// At the desk: `note`.
    note;
    /// At the desk: `part`.
    part;
    /// At the desk: `party`.
    party;
    /// At the desk: `plan`.
    plan;
    /// Why a new return code is given.
    renewal;
    /// A new return code.
    new_code;
    /// At the desk: `posting`.
    posting;
    /// At the desk: `priority`.
    priority;
    /// At the desk: `queue`.
    queue;
    /// At the desk: `reception case`.
    reception_case;
    /// At the desk: `redirection`.
    redirection;
    /// At the desk: `registration`.
    registration;
    /// At the desk: `remark`.
    remark;
    /// At the desk: `reopening`.
    reopening;
    /// At the desk: `reply`.
    reply;
    /// At the desk: `report`.
    report;
    /// At the desk: `running terms`.
    running_terms;
    /// At the desk: `statistics`.
    statistics;
    /// At the desk: `terms`.
    terms;
    /// At the desk: `totals`.
    totals;
    /// At the desk: `undo`.
    undo;
    /// At the desk: `unit stages`.
    unit_stages;
    /// At the desk: `words`.
    words;
    /// A message of the applicant.
    new_message;
    /// Why a case is taken back.
    withdrawal;
    /// What is put right.
    correction;
    /// That a person is to review.
    review_wish;
    /// What the applicant thinks.
    new_rating;
    /// Why the applicant does not agree.
    objection;
    /// Somebody beside the applicant.
    new_party;
    /// An upload that becomes a document.
    uploaded;
    /// The documents of a case.
    folder;
    /// A draft to be begun.
    new_draft;
    /// A draft written anew.
    draft_answers;
    /// A draft.
    own_draft;
    /// Drafts.
    drafts;
    /// Consent to a filing.
    file_draft;
    /// One's own cases.
    own_cases;
    /// What was found.
    found;
    /// What is known of a paper.
    genuine;
}
