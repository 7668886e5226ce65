//! How an appeal came that an operator writes down for somebody, in words.

use web::{Choice, Request};

use crate::model::{Heard, Intake, Source, TakenIn};

/// What the pages of a form say when it is filled in for somebody.
pub(super) struct IntakeView {
    /// «Письмо, получено 20 ноября 2026 г., исходящий № 15».
    pub(super) came: String,
    /// In which order the appeal is handled.
    pub(super) order: String,
    /// What the operator confirms before the number is given.
    pub(super) confirm: String,
}

impl IntakeView {
    pub(super) fn of(request: &Request, intake: &Intake) -> Self {
        let word = |of: &str| {
            let key = format!("reception-{of}-{}", intake.way.code());
            request.t(&key).into_owned()
        };
        let came = came(request, intake);
        Self {
            came: match late(request, intake) {
                Some(late) => sentences(&came, &late),
                None => came,
            },
            order: word("order"),
            confirm: word("confirm"),
        }
    }
}

/// What the operator is told of a letter for which the law's days of registration are over.
fn late(request: &Request, intake: &Intake) -> Option<String> {
    let came_on = intake.came_on.filter(|_| intake.way.is_formal())?;
    let limit = crate::term::register_by(came_on)?;
    let today = request.now().date(&request.shell().settings().zone);
    let days = today.since(limit).map_or(0, |span| span.get_days());
    (days > 0).then(|| {
        let date = request.shell().words().date_long(request.language, limit);
        let args = [("date", date.into()), ("days", days.into())];
        request.ta("reception-late", &args)
    })
}

/// What a way is called.
pub(super) fn way(request: &Request, way: Source) -> String {
    let key = format!("reception-way-{}", way.code());
    request.t(&key).into_owned()
}

/// The ways by which a caller or visitor adds to a case.
pub(super) fn heard_by(request: &Request, ways: &[Source]) -> Vec<Choice> {
    ways.iter()
        .map(|source| {
            let key = format!("reception-heard-{}", source.code());
            Choice::new(source.code(), request.t(&key).into_owned())
        })
        .collect()
}

/// How it came, with the day and the sender's number of a letter.
pub(super) fn came(request: &Request, intake: &Intake) -> String {
    let words = request.shell().words();
    let day = intake.came_on.map(|day| {
        let date = words.date_long(request.language, day);
        request.ta("reception-came-on", &[("date", date.into())])
    });
    let outgoing = Some(intake.outgoing.as_str()).filter(|number| !number.is_empty());
    let outgoing =
        outgoing.map(|number| request.ta("reception-outgoing-no", &[("number", number.into())]));
    let others = Some(intake.others.join(", ")).filter(|names| !names.is_empty());
    let others = others.map(|names| request.ta("reception-with", &[("names", names.into())]));
    std::iter::once(way(request, intake.way))
        .chain(day)
        .chain(outgoing)
        .chain(others)
        .collect::<Vec<_>>()
        .join(", ")
}

/// The same with who wrote it down.
pub(super) fn taken(request: &Request, taken: &TakenIn) -> String {
    let by = request.ta(
        "reception-taken-by",
        &[("name", taken.operator.as_str().into())],
    );
    sentences(&came(request, &taken.intake), &by)
}

/// One sentence after another. The first may end with a name, whose initials bring the full stop.
fn sentences(first: &str, second: &str) -> String {
    format!("{}. {second}", first.strip_suffix('.').unwrap_or(first))
}

/// How words of the applicant reached us that an operator wrote down.
pub(super) fn heard(request: &Request, heard: &Heard) -> String {
    let args = [
        ("source", heard.way.code().into()),
        ("name", heard.operator.as_str().into()),
    ];
    let said = request.ta("case-message-heard", &args);
    if heard.handed.is_empty() {
        return said;
    }
    let handed = [("what", heard.handed.as_str().into())];
    format!(
        "{said} \u{b7} {}",
        request.ta("case-message-handed", &handed)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_bring_the_full_stop_of_their_sentence() {
        assert_eq!(sentences("с: Король А.", "Записал"), "с: Король А. Записал");
        assert_eq!(sentences("Звонок", "Записал"), "Звонок. Записал");
    }
}
