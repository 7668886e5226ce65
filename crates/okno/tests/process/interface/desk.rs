//! What staff do on pages, and the operation that does it for programs.

use super::Covered::{self, By, Not};

/// Forms and pages between, which programs do not pass.
const FORM: &str =
    "the form or the question before a deed; `inside.allowed` of a case says what may be done";

#[rustfmt::skip] // a table is read by its columns
pub(super) const COVERED: &[(&str, Covered)] = &[
    ("GET /desk", By("list_queue")),
    ("GET /desk/journal", By("list_finished_cases")),
    ("GET /desk/journal.csv", By("list_finished_cases")),
    ("GET /desk/load", By("list_loads")),
    ("GET /desk/search", By("search_cases")),
    ("GET /desk/several", By("list_queue")),
    ("POST /desk/several", By("make_batch")),
    ("GET /desk/several/undo", Not(FORM)),
    ("POST /desk/several/undo", By("undo_batch")),
    ("GET /desk/stages", By("list_unit_stages")),
    ("GET /desk/statistics", By("read_statistics")),
    ("GET /desk/terms", By("read_terms")),
    ("GET /desk/{number}", By("read_desk_case")),
    ("GET /desk/{number}/agree", Not(FORM)),
    ("POST /desk/{number}/agree", By("agree_answer")),
    ("GET /desk/{number}/agreement", Not(FORM)),
    ("POST /desk/{number}/agreement", By("send_for_agreement")),
    ("GET /desk/{number}/answer", Not(FORM)),
    ("POST /desk/{number}/answer", By("draft_answer")),
    ("GET /desk/{number}/assign", Not(FORM)),
    ("POST /desk/{number}/assign", By("assign_case")),
    ("GET /desk/{number}/close", Not(FORM)),
    ("POST /desk/{number}/close", By("close_case")),
    ("GET /desk/{number}/do/{deed}", Not(FORM)),
    // One of many: that each deed of the table has its operation is a test beside the operations.
    ("POST /desk/{number}/do/{deed}", By("redirect_case")),
    ("GET /desk/{number}/messages", Not(FORM)),
    ("POST /desk/{number}/messages", By("write_to_applicant")),
    ("GET /desk/{number}/return", Not(FORM)),
    ("POST /desk/{number}/return", By("return_answer")),
    ("GET /desk/{number}/take", Not(FORM)),
    ("POST /desk/{number}/take", By("take_case")),
    ("GET /reception", By("list_received")),
    ("GET /reception/new/{way}", Not(FORM)),
    ("POST /reception/new/{way}", By("begin_card")),
    ("GET /reception/{number}", By("read_received")),
    ("GET /reception/{number}/coupon", By("read_received")),
    ("GET /reception/{number}/words", Not(FORM)),
    ("POST /reception/{number}/words", By("hear_caller")),
];
