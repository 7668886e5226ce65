//! Papers in words: what a letter, a receipt and a history say, as the templates of `paper` read
//! it. The same paper is made for whoever prints it, so that its hash is the same.

use base::id::UnitId;
use base::{Moment, Result};
use jiff::civil::Date;
use people::letterheads::InUse;
use serde_json::{Value, json};
use web::Request;

use super::case_view::{regime, topic};
use super::history_view::HistoryLine;
use super::names::{self, Names};
use super::{Line, address, rule_view, term};
use crate::Cases;
use crate::model::{Answer, AnswerKind, Card};
use crate::printing::{Kind, Paper, answer_code, outgoing};

/// The most lines of a printed history.
const MOST_LINES: usize = 500;

/// What papers are made with.
pub(super) struct Clerk<'a> {
    pub(super) request: &'a Request,
    pub(super) names: &'a Names,
    pub(super) cases: &'a Cases,
    /// The letterhead of the unit whose paper it is.
    pub(super) letterhead: Option<InUse>,
}

impl Clerk<'_> {
    /// The letter with an answer, the `place`th of its case.
    pub(super) fn answer(&self, card: &Card, answer: &Answer, place: usize) -> Result<Paper> {
        let row = &card.case;
        let number = row.number.to_string();
        let delivered = answer.delivered_at.unwrap_or(answer.written_at);
        let applicant = &card.content.applicant;
        let reached_at = if applicant.postal_address.is_empty() {
            &applicant.email
        } else {
            &applicant.postal_address
        };
        let topic = topic(card, self.names, self.request);
        let (heading, decision) = match answer.kind {
            AnswerKind::Final => ("paper-answer-about", self.decision(answer)),
            AnswerKind::Interim => ("paper-interim-about", String::new()),
        };
        let signer = [answer.signer.as_ref(), answer.head.as_ref()]
            .into_iter()
            .flatten()
            .next()
            .unwrap_or(&answer.author);
        let ruled = answer.rule.as_ref().filter(|rule| rule.decided);
        let code = answer_code(self.cases.journal().keys(), answer.id);
        let on = self.day(delivered);
        let outgoing = outgoing(row.number, place);
        let data = json!({
            "lang": self.request.language.tag(),
            "title": self.with("paper-answer-title", "number", &outgoing),
            "agency": self.agency(card.case.unit),
            "date_line": self.words("paper-date-number", &[("date", self.long(on)), ("number", outgoing.clone())]),
            "reply_to": self.reply_to(card),
            "to": {
                "label": self.word("paper-to"),
                "name": self.addressee(card),
                "lines": signatory(card).into_iter().chain(lines(reached_at)).collect::<Vec<_>>(),
            },
            "heading": self.with(heading, "topic", &topic),
            "decision": decision,
            "paragraphs": lines(&answer.text),
            "sections": self.sections(answer),
            "signed": {
                "post": match ruled {
                    Some(_) => self.word("paper-by-rule"),
                    None => self.post(&answer.post),
                },
                "name": match ruled {
                    Some(rule) => self.words("paper-rule-name", &[
                        ("place", rule.place.to_string()),
                        ("version", rule.version.to_string()),
                    ]),
                    None => signer.clone(),
                },
                "line": self.words("paper-signed-line", &[("date", self.moment(delivered)), ("title", self.product())]),
            },
            "performer": match ruled {
                Some(_) => String::new(),
                None => self.with("paper-performer", "name", &answer.author),
            },
            "footer": self.with("paper-answer-title", "number", &outgoing),
            "check": self.check("answer", &[
                ("paper-check-page", self.at("/genuine")),
                ("paper-check-number", number.clone()),
                ("paper-check-code", code.clone()),
            ])?,
        });
        Ok(Paper {
            kind: Kind::Answer,
            data,
            code: self.at(&format!(
                "/genuine/{}/{code}",
                super::case::latin(row.number)
            )),
            mark: self.mark(),
            date: on,
        })
    }

    /// What is answered: the sender's own number when the letter bore one, and ours.
    fn reply_to(&self, card: &Card) -> String {
        let row = &card.case;
        let ours = self.words(
            "paper-reply-to",
            &[
                ("number", row.number.to_string()),
                ("date", self.long(self.day(row.received_at))),
            ],
        );
        let theirs = card.taken.as_ref().map(|taken| &taken.intake.outgoing);
        match theirs.filter(|number| !number.is_empty()) {
            Some(number) => self.words(
                "paper-reply-to-theirs",
                &[("outgoing", number.clone()), ("ours", ours)],
            ),
            None => ours,
        }
    }

    /// To whom a letter goes: an organisation, a sole trader or a person.
    fn addressee(&self, card: &Card) -> String {
        let applicant = &card.content.applicant;
        if card.content.text("applicant_kind") == "entrepreneur" {
            self.with("paper-to-entrepreneur", "name", &applicant.full_name())
        } else if applicant.organisation.is_empty() {
            applicant.full_name()
        } else {
            applicant.organisation.clone()
        }
    }

    /// How the answer decides, with the item of law where no answer on the merits is due.
    fn decision(&self, answer: &Answer) -> String {
        let outcome = names::outcome(self.request, answer.outcome);
        let decision = self.with("paper-decision", "outcome", &outcome);
        match answer.parts.item {
            Some(item) => {
                let ground = self.word(&format!("case-item-told-{}", item.code()));
                format!("{decision} {ground}.")
            }
            None => decision,
        }
    }

    fn sections(&self, answer: &Answer) -> Vec<Value> {
        let parts = &answer.parts;
        let promises: Vec<String> = parts
            .promises
            .iter()
            .map(|promise| {
                let day = self.long(promise.on);
                self.words(
                    "paper-promise",
                    &[("date", day), ("text", promise.text.clone())],
                )
            })
            .collect();
        [
            ("paper-measures", lines(&parts.measures)),
            ("paper-grounds", lines(&parts.grounds)),
            ("paper-to-correct", lines(&parts.to_correct)),
            ("paper-promises", promises),
            ("paper-next-steps", lines(&parts.next_steps)),
        ]
        .into_iter()
        .chain([("paper-rule", self.ruling(answer))])
        .filter(|(_, paragraphs)| !paragraphs.is_empty())
        .map(|(key, paragraphs)| json!({"title": self.word(key), "paragraphs": paragraphs}))
        .collect()
    }

    /// By which rule it came about, and that a person reviews it.
    fn ruling(&self, answer: &Answer) -> Vec<String> {
        let Some(rule) = &answer.rule else {
            return Vec::new();
        };
        let mut said = vec![rule_view::sentence(self.request, rule)];
        if rule.decided {
            said.push(self.word("case-rule-review"));
        }
        said
    }

    /// The receipt. The return code is for the one who filed as a guest and for nobody else.
    pub(super) fn receipt(&self, card: &Card, return_code: Option<String>) -> Result<Paper> {
        let row = &card.case;
        let number = row.number.to_string();
        let received = self.day(row.received_at);
        // A letter that was brought is received on the day of its stamp, whenever it is entered.
        let came_on = card.taken.as_ref().and_then(|taken| taken.intake.came_on);
        let came_on = came_on.map(|day| self.long(day));
        let due = row
            .due_on
            .map_or_else(|| self.word("paper-no-term"), |due| self.long(due));
        let law = card
            .term
            .as_ref()
            .map(|term| regime(self.request, &term.due.rule.regime));
        let topic = breakable(&topic(card, self.names, self.request));
        let registered = if row.registered_on > received {
            "case-fact-will-register"
        } else {
            "case-fact-registered"
        };
        let rows = [
            (
                "paper-received",
                came_on.unwrap_or_else(|| self.moment(row.received_at)),
            ),
            (registered, self.long(row.registered_on)),
            ("paper-service", self.names.service(row.service)),
            ("paper-topic", topic),
            ("case-fact-unit", self.names.unit(row.unit)),
            ("case-fact-regime", law.unwrap_or_default()),
            ("paper-applicant", card.content.applicant.title()),
            ("paper-return-code", return_code.unwrap_or_default()),
        ];
        let steps = card
            .term
            .as_ref()
            .map(|term| term::steps(self.request, term))
            .unwrap_or_default();
        let sections: Vec<Value> = if steps.is_empty() {
            Vec::new()
        } else {
            vec![json!({"title": self.word("paper-term-counted"), "paragraphs": steps})]
        };
        let data = json!({
            "lang": self.request.language.tag(),
            "title": self.with("paper-receipt-title", "number", &number),
            "agency": self.agency(card.case.unit),
            "heading": self.word("paper-receipt-heading"),
            "paragraphs": [self.word("paper-receipt-text")],
            "large": [[self.word("case-receipt-number"), number], [self.word("paper-due"), due]],
            "rows": self.rows(&rows),
            "sections": sections,
            "footer": self.with("paper-receipt-title", "number", &number),
            "check": self.check("receipt", &[("paper-check-page", self.at("/status"))])?,
        });
        Ok(Paper {
            kind: Kind::Receipt,
            data,
            code: self.at(&address("/status", &[("number", &number)])),
            mark: self.mark(),
            date: received,
        })
    }

    /// The history.
    pub(super) fn history(&self, card: &Card, told: &[HistoryLine]) -> Result<Paper> {
        let row = &card.case;
        let number = row.number.to_string();
        let newest = told.last().map_or(row.received_at, |line| line.at);
        let topic = breakable(&topic(card, self.names, self.request));
        let rows = [
            ("paper-topic", topic),
            ("register-kind", self.names.service(row.service)),
            ("case-fact-unit", self.names.unit(row.unit)),
            ("paper-state", names::state(self.request, row.state)),
        ];
        let carried = self.word("case-carried-over");
        let shown: Vec<Value> = told
            .iter()
            .skip(told.len().saturating_sub(MOST_LINES))
            .map(|line| {
                let what = [line.what.as_str(), line.detail.as_str()];
                let what: Vec<_> = what.into_iter().filter(|part| !part.is_empty()).collect();
                let at = match line.written {
                    Some(_) => format!("{} ({})", self.moment(line.at), carried),
                    None => self.moment(line.at),
                };
                // A paper is read by others too.
                let who = if line.who == self.word("case-you") {
                    self.word("case-side-applicant")
                } else {
                    line.who.clone()
                };
                json!([at, what.join(". "), who])
            })
            .collect();
        let title = self.with("paper-history-title", "number", &number);
        let data = json!({
            "lang": self.request.language.tag(),
            "title": title,
            "agency": self.agency(card.case.unit),
            "heading": title,
            "rows": self.rows(&rows),
            "list": {
                "title": self.word("paper-history-list"),
                "heads": [self.word("case-history-when"), self.word("case-history-what"), self.word("case-history-who")],
                "lines": shown,
            },
            "footer": title,
            "check": self.check("history", &[("paper-check-page", self.at("/verify"))])?,
        });
        Ok(Paper {
            kind: Kind::History,
            data,
            code: self.at(&format!(
                "/proofs/{}.tlog-proof",
                super::case::latin(row.number)
            )),
            mark: self.mark(),
            date: self.day(newest),
        })
    }

    /// The head of the letter: the letterhead in use with the units below it, or, where there is
    /// none, the authority, what stands above it, and the unit inside it.
    pub(super) fn agency(&self, unit: UnitId) -> Value {
        let path = self.names.units().path(unit);
        let language = self.request.language;
        let joined = |units: &[&people::Unit]| {
            let names: Vec<_> = units.iter().map(|unit| unit.name(language)).collect();
            names.join(" · ")
        };
        if let Some(used) = &self.letterhead {
            let at = path.iter().position(|unit| unit.id == used.unit);
            let name = at.and_then(|at| path.get(at));
            let name = name.map(|unit| unit.name(language)).unwrap_or_default();
            let below = at.and_then(|at| path.get(at + 1..)).unwrap_or_default();
            let reached = &used.details;
            let contacts: Vec<&str> = [
                &reached.address,
                &reached.phone,
                &reached.email,
                &reached.site,
            ]
            .into_iter()
            .map(String::as_str)
            .filter(|text| !text.is_empty())
            .collect();
            let mark = match used.letterhead.mark {
                Some(_) => self.with("paper-mark", "name", name),
                None => String::new(),
            };
            return json!({
                "above": "",
                "name": name,
                "lines": used.letterhead.head(language),
                "below": joined(below),
                "contacts": contacts.join(" · "),
                "foot": used.letterhead.foot(language),
                "mark": mark,
            });
        }
        let at = path
            .iter()
            .rposition(|unit| unit.kind == people::UnitKind::Agency)
            .unwrap_or(0);
        let operator = self
            .request
            .shell()
            .settings()
            .operator_in(language)
            .to_owned();
        let above = match joined(path.get(..at).unwrap_or_default()) {
            above if above.is_empty() => operator,
            above => above,
        };
        json!({
            "above": above,
            "name": path.get(at).map(|unit| unit.name(language)).unwrap_or_default(),
            "below": joined(path.get(at + 1..).unwrap_or_default()),
        })
    }

    /// The mark of the letterhead in use.
    pub(super) fn mark(&self) -> Option<Vec<u8>> {
        self.letterhead.as_ref()?.letterhead.mark.clone()
    }

    /// What stands above the signer's name.
    fn post(&self, post: &str) -> String {
        if post.is_empty() {
            return self.word("paper-signed-post");
        }
        let mut letters = post.chars();
        letters.next().map_or_else(String::new, |first| {
            first.to_uppercase().chain(letters).collect()
        })
    }

    /// A letter that nobody gets, on the letterhead of a unit: what an administrator looks at.
    pub(super) fn sample(&self, unit: UnitId, today: Date) -> Result<Paper> {
        let number = self.word("letterhead-sample-number");
        let title = self.word("letterhead-sample-title");
        let data = json!({
            "lang": self.request.language.tag(),
            "title": title,
            "agency": self.agency(unit),
            "date_line": self.words("paper-date-number", &[("date", self.long(today)), ("number", number.clone())]),
            "reply_to": self.words("paper-reply-to", &[("number", number.clone()), ("date", self.long(today))]),
            "to": {
                "label": self.word("paper-to"),
                "name": self.word("letterhead-sample-to"),
                "lines": [],
            },
            "heading": title,
            "decision": "",
            "paragraphs": [self.word("letterhead-sample-text"), self.word("letterhead-sample-more")],
            "sections": [],
            "signed": {
                "post": self.word("letterhead-sample-post"),
                "name": self.word("letterhead-sample-signer"),
                "line": self.word("letterhead-sample-line"),
            },
            "performer": "",
            "footer": title,
            "check": self.check("answer", &[("paper-check-page", self.at("/genuine"))])?,
        });
        Ok(Paper {
            kind: Kind::Answer,
            data,
            code: self.at("/genuine"),
            mark: self.mark(),
            date: today,
        })
    }

    /// How to check a paper; the newest key of the log is named on each.
    fn check(&self, kind: &str, rows: &[(&str, String)]) -> Result<Value> {
        let journal = self.cases.journal();
        let key = journal
            .keys()
            .note_key(journal.epoch())
            .map_err(base::Error::internal)?;
        let key = ("paper-check-key", key.verifier().fingerprint());
        let rows: Vec<_> = rows.iter().cloned().chain([key]).collect();
        Ok(json!({
            "title": self.word(&format!("paper-check-{kind}-title")),
            "text": self.word(&format!("paper-check-{kind}-text")),
            "alt": self.word(&format!("paper-check-{kind}-alt")),
            "rows": self.rows(&rows),
        }))
    }

    /// Names and values; those without a value are left out.
    fn rows(&self, rows: &[(&str, String)]) -> Vec<Value> {
        rows.iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(key, value)| Line::new(self.word(key), value))
            .map(|line| json!([line.label, line.value]))
            .collect()
    }

    fn word(&self, key: &str) -> String {
        self.request.t(key).into_owned()
    }

    fn with(&self, key: &str, name: &str, value: &str) -> String {
        self.request.ta(key, &[(name, value.into())])
    }

    fn words(&self, key: &str, args: &[(&str, String)]) -> String {
        let args: Vec<_> = args
            .iter()
            .map(|(name, value)| (*name, value.as_str().into()))
            .collect();
        self.request.ta(key, &args)
    }

    fn product(&self) -> String {
        self.request.page(String::new()).product().into_owned()
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.request.shell().settings().origin)
    }

    fn day(&self, moment: Moment) -> Date {
        moment.date(&self.request.shell().settings().zone)
    }

    fn long(&self, date: Date) -> String {
        let words = self.request.shell().words();
        words.date_long(self.request.language, date)
    }

    /// With its year: a paper is read in other years too.
    fn moment(&self, moment: Moment) -> String {
        let shell = self.request.shell();
        let zone = &shell.settings().zone;
        shell
            .words()
            .moment(self.request.language, moment, zone, Some(0))
    }
}

/// Who signed for an organisation: the post and the name, under the organisation's own.
fn signatory(card: &Card) -> Option<String> {
    let content = &card.content;
    let organisation = content.answers.get("organisation")?;
    let post = organisation.get("post").and_then(Value::as_str);
    let name = content.applicant.full_name();
    let said: Vec<&str> = post.into_iter().chain([name.as_str()]).collect();
    (!content.applicant.organisation.is_empty()).then(|| said.join(", "))
}

/// The paragraphs of a text.
fn lines(text: &str) -> Vec<String> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A text whose long words, like addresses of pages, may be broken at the end of a line.
fn breakable(text: &str) -> String {
    const UNBROKEN_MOST: usize = 24;
    let mut out = String::with_capacity(text.len());
    let mut run = 0;
    for c in text.chars() {
        run = if c.is_whitespace() { 0 } else { run + 1 };
        if run > UNBROKEN_MOST {
            out.push('\u{200b}');
            run = 1;
        }
        out.push(c);
    }
    out
}
