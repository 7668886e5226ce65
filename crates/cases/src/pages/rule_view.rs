//! A decision by rule in words: who approved the rule, and every condition with what it found.

use catalog::Phrase;
use catalog::decisions::Tested;
use web::Request;

use super::case_view::WhyLine;
use crate::ByRule;

/// By which rule an answer came about. `reference` questions are marked as answered automatically.
pub(super) fn sentence(request: &Request, rule: &ByRule) -> String {
    let key = match (rule.decided, rule.reference) {
        (true, true) => "case-rule-reference",
        (true, false) => "case-rule-decided",
        (false, _) => "case-rule-proposed",
    };
    let place = i64::try_from(rule.place).unwrap_or_default();
    let facts = [
        ("place", place.into()),
        ("version", i64::from(rule.version).into()),
        ("title", rule.title.text(request.language).into()),
        ("officer", rule.approved_by.as_str().into()),
        (
            "date",
            request
                .shell()
                .words()
                .date_long(request.language, rule.approved_on)
                .into(),
        ),
    ];
    request.ta(key, &facts)
}

/// How long something took: minutes, hours or days.
pub(super) fn time(request: &Request, minutes: i64) -> String {
    match minutes {
        ..120 => request.ta("case-time-minutes", &[("count", minutes.into())]),
        120..2_880 => request.ta("case-time-hours", &[("count", (minutes / 60).into())]),
        _ => request.ta("desk-time-days", &[("days", (minutes / 1_440).into())]),
    }
}

/// Every rule that was weighed, with its conditions.
pub(super) fn why(request: &Request, rule: &ByRule) -> Vec<WhyLine> {
    let mut lines = Vec::new();
    for weighed in &rule.judged.weighed {
        let title = weighed.title.text(request.language);
        let key = if weighed.fits {
            "case-rule-fits"
        } else {
            "case-rule-passed"
        };
        lines.push(WhyLine {
            text: request.ta(key, &[("title", title.into())]),
            holds: weighed.fits,
            rule: true,
        });
        for tested in &weighed.tests {
            add(request, tested, &mut lines);
        }
    }
    lines
}

fn add(request: &Request, tested: &Tested, lines: &mut Vec<WhyLine>) {
    let said = |phrase: &Phrase| phrase.text(request.language).to_owned();
    let had = said(&tested.had);
    let nothing = had.is_empty();
    let had = if nothing {
        request.t("case-rule-nothing").into_owned()
    } else {
        had
    };
    let bounds = match (tested.from.is_empty(), tested.to.is_empty()) {
        (false, true) => "-from",
        (true, false) => "-to",
        (false, false) => "-between",
        (true, true) => "",
    };
    let facts = [
        ("label", said(&tested.label).into()),
        ("wanted", said(&tested.wanted).into()),
        ("from", tested.from.as_str().into()),
        ("to", tested.to.as_str().into()),
        ("had", had.into()),
    ];
    lines.push(WhyLine {
        text: request.ta(&format!("case-rule-test-{}{bounds}", tested.kind), &facts),
        holds: tested.holds,
        rule: false,
    });
    for inside in &tested.inside {
        add(request, inside, lines);
    }
}
