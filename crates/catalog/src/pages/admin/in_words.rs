//! A set of rules in words, for those who approve it: each rule with its conditions, its answer and
//! what the answer rests on. What is filled in for each case stands in square brackets.

use base::Language;
use people::Units;
use web::Request;

use crate::catalog::Contents;
use crate::decisions::{Blank, Decisions, Facts, Mode, Tested, Verdict, judge, outline};
use crate::form::{Answers, Form};
use crate::phrase::Phrase;

/// A set of rules in words.
pub(super) struct InWords {
    /// Whether the rules decide or propose.
    pub(super) mode: String,
    pub(super) advisory: bool,
    pub(super) rules: Vec<RuleInWords>,
    /// How many examples hold them to it.
    pub(super) examples: String,
}

/// One rule in words.
pub(super) struct RuleInWords {
    pub(super) title: String,
    pub(super) verdict: String,
    pub(super) tone: &'static str,
    /// Its conditions; none when it fits every case.
    pub(super) conditions: Vec<String>,
    pub(super) answer: String,
    pub(super) to_correct: String,
    pub(super) next_steps: String,
    pub(super) grounds: String,
    /// Where the act can be read; may be empty.
    pub(super) link: String,
}

/// What a rule says is done with a case.
pub(super) const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Granted => "catalog-rules-verdict-granted",
        Verdict::Explained => "catalog-rules-verdict-explained",
        Verdict::Refused => "catalog-rules-verdict-refused",
    }
}

impl InWords {
    /// The rules of a text; none when it cannot be read.
    pub(super) fn of(
        request: &Request,
        (contents, units): (&Contents, &Units),
        form: &Form,
        text: &str,
    ) -> Option<Self> {
        let decisions = Decisions::from_toml(text).ok()?;
        let answers = Answers::new();
        let today = request.now().date(&request.shell().settings().zone);
        let facts = Facts::of(
            form,
            &answers,
            (contents.categories(), units),
            ("", false),
            today,
        );
        let mode = match decisions.mode {
            Mode::Automatic => "catalog-rules-mode-automatic",
            Mode::Advisory => "catalog-rules-mode-advisory",
        };
        let examples = i64::try_from(decisions.examples.len()).unwrap_or(i64::MAX);
        let rules = decisions.rules.iter().map(|rule| {
            let language = request.language;
            // Judged alone and over no answers at all: what is wanted, without what was found.
            let alone = Decisions {
                rules: vec![rule.clone()],
                ..decisions.clone()
            };
            let weighed = judge(&alone, &facts).weighed;
            let tests = weighed.iter().flat_map(|weighed| &weighed.tests);
            let said = |phrase: Option<&Phrase>| {
                let text = phrase.map_or("", |phrase| phrase.text(language));
                outline(text, form, language, &|blank| {
                    request.t(of_blank(blank)).into_owned()
                })
            };
            let grounds = rule.grounds.as_ref();
            RuleInWords {
                title: rule.title.text(language).to_owned(),
                verdict: request.t(verdict(rule.outcome)).into_owned(),
                tone: match rule.outcome {
                    Verdict::Granted => "good",
                    Verdict::Explained => "calm",
                    Verdict::Refused => "bad",
                },
                conditions: tests.map(|tested| condition(request, tested)).collect(),
                answer: said(Some(&rule.answer)),
                to_correct: said(rule.to_correct.as_ref()),
                next_steps: said(rule.next_steps.as_ref()),
                grounds: grounds
                    .map(|grounds| grounds.text.text(language).to_owned())
                    .unwrap_or_default(),
                link: grounds
                    .map(|grounds| grounds.link.clone())
                    .unwrap_or_default(),
            }
        });
        Some(Self {
            mode: request.t(mode).into_owned(),
            advisory: decisions.mode == Mode::Advisory,
            rules: rules.collect(),
            examples: request.ta("catalog-rules-examples", &[("count", examples.into())]),
        })
    }
}

const fn of_blank(blank: Blank) -> &'static str {
    match blank {
        Blank::Name => "catalog-rules-blank-name",
        Blank::Summary => "catalog-rules-blank-summary",
        Blank::Who => "catalog-rules-blank-who",
        Blank::Needed => "catalog-rules-blank-needed",
        Blank::Happens => "catalog-rules-blank-happens",
        Blank::Term => "catalog-rules-blank-term",
        Blank::Article => "catalog-rules-blank-article",
        Blank::Address => "catalog-rules-blank-address",
        Blank::Number => "catalog-rules-blank-number",
        Blank::FiledOn => "catalog-rules-blank-filed_on",
    }
}

/// A condition with those inside it.
fn condition(request: &Request, tested: &Tested) -> String {
    let language = request.language;
    let inside = |between: &str| {
        let inside = tested.inside.iter().map(|one| condition(request, one));
        inside.collect::<Vec<_>>().join(between)
    };
    let key = match (tested.kind.as_str(), tested.inside.as_slice()) {
        ("not", [one]) if one.kind == "given" => {
            let facts = [("label", one.label.text(language).into())];
            return request.ta("catalog-rules-when-not_given", &facts);
        }
        ("not", _) => {
            let facts = [("inside", inside("").into())];
            return request.ta("catalog-rules-when-not", &facts);
        }
        ("any", _) => {
            let facts = [("inside", inside("; ").into())];
            return request.ta("catalog-rules-when-any", &facts);
        }
        ("channel", _) => {
            let ways = tested.wanted.text(Language::En).split(", ");
            let ways: Vec<_> = ways.map(|way| request.t(of_channel(way))).collect();
            let facts = [("wanted", ways.join(", ").into())];
            return request.ta("catalog-rules-when-channel", &facts);
        }
        ("equals", _) => "catalog-rules-when-equals",
        ("one_of", _) => "catalog-rules-when-one_of",
        ("yes", _) => "catalog-rules-when-yes",
        ("category", _) => "catalog-rules-when-category",
        ("territory", _) => "catalog-rules-when-territory",
        ("identified", _) => "catalog-rules-when-identified",
        ("not_identified", _) => "catalog-rules-when-not_identified",
        ("number", _) => "catalog-rules-when-number",
        ("date", _) => "catalog-rules-when-date",
        ("age", _) => "catalog-rules-when-age",
        ("days", _) => "catalog-rules-when-days",
        _ => "catalog-rules-when-given",
    };
    let bounds = bounds(request, &tested.from, &tested.to);
    let facts = [
        ("label", tested.label.text(language).into()),
        ("wanted", tested.wanted.text(language).into()),
        ("bounds", bounds.into()),
    ];
    request.ta(key, &facts)
}

/// From where to where.
fn bounds(request: &Request, from: &str, to: &str) -> String {
    let key = match (from.is_empty(), to.is_empty()) {
        (true, true) => return String::new(),
        (false, true) => "catalog-rules-bounds-from",
        (true, false) => "catalog-rules-bounds-to",
        (false, false) => "catalog-rules-bounds-between",
    };
    request.ta(key, &[("from", from.into()), ("to", to.into())])
}

/// The way by which a case came, in words.
fn of_channel(code: &str) -> &'static str {
    match code {
        "api" => "catalog-rules-channel-api",
        "phone" => "catalog-rules-channel-phone",
        "paper" => "catalog-rules-channel-paper",
        "visit" => "catalog-rules-channel-visit",
        "email" => "catalog-rules-channel-email",
        _ => "catalog-rules-channel-web",
    }
}
