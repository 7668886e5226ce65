//! The answer: draft, agreement, signature, delivery; interim and final. Nobody agrees to or signs
//! an answer of their own.

use base::id::{AccountId, AnswerId, CaseId};
use base::{Actor, Error, FieldError, Number, Result};
use jiff::civil::Date;
use people::{People, Permission, Subject};
use serde::Serialize;
use sha2::{Digest, Sha256};
use store::Tx;

use super::{At, Done, MESSAGE_MOST, Told, checked};
use crate::Cases;
use crate::answers::AnswerBody;
use crate::filing::hex;
use crate::model::{
    AnswerDraft, AnswerKind, AnswerParts, AnswerState, CaseRow, Outcome, Promised, SentBack, Side,
};
use crate::sql::{self, AnswerRow, Moved};
use crate::states::{Action, transition};
use crate::templates;

const ANSWER_LEAST: usize = 20;
const ANSWER_MOST: usize = 20_000;
const MOST_ANSWERS: i64 = 200;
const MOST_PROMISES: usize = 20;

/// What a signature is over: everything that the applicant is told.
#[derive(Serialize)]
pub(crate) struct Signed<'a> {
    kind: AnswerKind,
    outcome: Outcome,
    text: &'a str,
    parts: &'a AnswerParts,
}

impl<'a> Signed<'a> {
    /// Of an answer that decides so.
    pub(crate) fn of(body: &'a AnswerBody, outcome: Outcome) -> Self {
        Self {
            kind: body.kind,
            outcome,
            text: &body.text,
            parts: &body.parts,
        }
    }

    /// The bytes that are hashed.
    pub(crate) fn bytes(&self) -> Result<Vec<u8>> {
        serde_json::to_vec(self).map_err(Error::internal)
    }
}

impl Cases {
    /// A specialist writes the draft of the answer, or writes it anew. A draft that says what it
    /// has said before leaves no entry.
    pub async fn draft_answer(
        &self,
        actor: &Actor,
        number: Number,
        draft: AnswerDraft,
    ) -> Result<()> {
        let draft = sound(&draft, self.today())?;
        self.write_draft(actor, number, draft, true).await
    }

    /// A specialist puts away what they have written so far, however little; whether it is whole is
    /// asked when it goes to a head. `decided` says that the outcome was chosen.
    pub async fn keep_draft(
        &self,
        actor: &Actor,
        number: Number,
        draft: AnswerDraft,
        decided: bool,
    ) -> Result<()> {
        let draft = bounded(&draft)?;
        self.write_draft(actor, number, draft, decided).await
    }

    async fn write_draft(
        &self,
        actor: &Actor,
        number: Number,
        draft: AnswerDraft,
        decided: bool,
    ) -> Result<()> {
        let author = actor.account().ok_or(Error::Unauthenticated)?;
        let work = move |tx: &mut Tx<'_>, at: &At<'_>| {
            if !put_draft(tx, at, author, (&draft, decided), AnswerState::Draft)? {
                return Ok(None);
            }
            let mut told = Told::new("case.answer_drafted").with("kind", draft.kind.code());
            if decided {
                told = told.with("proposed_outcome", draft.outcome.code());
            }
            Ok(Some((at.moved(), told)))
        };
        self.act_on(actor, None, number, Action::DraftAnswer, work)
            .await
    }

    /// The draft goes to a head.
    pub async fn send_for_agreement(&self, actor: &Actor, number: Number) -> Result<()> {
        self.act(actor, number, Action::SendForAgreement, |tx, at| {
            let mut answer = the_open_answer(tx, &at.row)?;
            if answer.state == AnswerState::Returned {
                return Err(Error::Conflict("case-error-draft-returned"));
            }
            at.cases.expect_answer(Some(&answer))?;
            let body = AnswerBody::open(&at.key, at.row.id, &answer)?;
            if body.undecided {
                return Err(Error::field("outcome", "error-choose-one"));
            }
            let kept = AnswerDraft {
                kind: body.kind,
                outcome: answer.outcome,
                text: body.text,
                parts: body.parts,
            };
            without_gaps(&sound(&kept, at.cases.day(tx.now()))?)?;
            answer.state = AnswerState::InAgreement;
            sql::put_answer(tx, at.row.id, &answer)?;
            let told = Told::new("case.sent_for_agreement")
                .with("proposed_outcome", answer.outcome.code());
            Ok((at.moved(), told))
        })
        .await
    }

    /// A specialist writes the answer and sends it to a head, in one change with one entry.
    pub async fn send_answer(
        &self,
        actor: &Actor,
        number: Number,
        draft: AnswerDraft,
    ) -> Result<()> {
        let draft = sound(&draft, self.today())?;
        without_gaps(&draft)?;
        let author = actor.account().ok_or(Error::Unauthenticated)?;
        self.act(actor, number, Action::SendForAgreement, move |tx, at| {
            put_draft(tx, at, author, (&draft, true), AnswerState::InAgreement)?;
            let told = Told::new("case.sent_for_agreement")
                .with("proposed_outcome", draft.outcome.code())
                .with("kind", draft.kind.code());
            Ok((at.moved(), told))
        })
        .await
    }

    /// A head agrees and signs at once: the answer is delivered to the applicant's page, and the
    /// clock stops unless the answer is interim.
    pub async fn agree(&self, actor: &Actor, number: Number) -> Result<()> {
        self.act(actor, number, Action::Agree, move |tx, at| {
            let subject = Subject::in_unit(at.row.unit);
            people::require(tx.actor(), Permission::AgreeAnswer, &subject)?;
            let answer = the_open_answer(tx, &at.row)?;
            at.cases.expect_read(tx, at.row.id, &answer)?;
            deliver(tx, at, answer, true)
        })
        .await
    }

    /// A head agrees and leaves the signature to whoever may sign.
    pub async fn approve(&self, actor: &Actor, number: Number) -> Result<()> {
        let head = actor.account().ok_or(Error::Unauthenticated)?;
        self.act(actor, number, Action::Approve, move |tx, at| {
            let mut answer = the_open_answer(tx, &at.row)?;
            if answer.author == head {
                return Err(Error::Conflict("case-error-own-answer"));
            }
            if answer.state != AnswerState::InAgreement {
                return Err(Error::Conflict("case-error-agreed-already"));
            }
            at.cases.expect_read(tx, at.row.id, &answer)?;
            let mut body = AnswerBody::open(&at.key, at.row.id, &answer)?;
            body.head = Some(at.signing(tx)?);
            answer.state = AnswerState::Agreed;
            answer.head = Some(head);
            answer.body = body.seal(&at.key, at.row.id, answer.id)?;
            sql::put_answer(tx, at.row.id, &answer)?;
            Ok((at.moved(), at.done_by(Told::new("case.answer_agreed"))))
        })
        .await
    }

    /// Somebody who may sign signs what was agreed: the answer is delivered.
    pub async fn sign(&self, actor: &Actor, number: Number) -> Result<()> {
        self.act(actor, number, Action::Sign, move |tx, at| {
            let answer = the_open_answer(tx, &at.row)?;
            if answer.state != AnswerState::Agreed {
                return Err(Error::Conflict("case-error-not-agreed"));
            }
            at.cases.expect_read(tx, at.row.id, &answer)?;
            deliver(tx, at, answer, false)
        })
        .await
    }

    /// A head sends the draft back with a remark.
    pub async fn return_answer(&self, actor: &Actor, number: Number, remark: &str) -> Result<()> {
        let remark = checked("remark", remark, 3, MESSAGE_MOST)?;
        let head = actor.account().ok_or(Error::Unauthenticated)?;
        self.act(actor, number, Action::Return, move |tx, at| {
            let mut answer = the_open_answer(tx, &at.row)?;
            at.cases.expect_read(tx, at.row.id, &answer)?;
            let mut body = AnswerBody::open(&at.key, at.row.id, &answer)?;
            body.head = Some(at.signing(tx)?);
            body.remark.clone_from(&remark);
            answer.state = AnswerState::Returned;
            answer.head = Some(head);
            answer.body = body.seal(&at.key, at.row.id, answer.id)?;
            sql::put_answer(tx, at.row.id, &answer)?;
            let told = Told::new("case.answer_returned").with("remark", remark.clone());
            Ok((at.moved(), told))
        })
        .await
    }

    /// Who wrote the draft takes it back to write on, as long as no head has agreed.
    pub async fn recall_answer(&self, actor: &Actor, number: Number) -> Result<()> {
        self.act(actor, number, Action::Recall, move |tx, at| {
            let mut answer = the_open_answer(tx, &at.row)?;
            if Some(answer.author) != at.account {
                return Err(Error::Conflict("case-error-recall-anothers"));
            }
            if answer.state != AnswerState::InAgreement {
                return Err(Error::Conflict("case-error-agreed-already"));
            }
            answer.state = AnswerState::Draft;
            sql::put_answer(tx, at.row.id, &answer)?;
            Ok((at.moved(), Told::new("case.answer_recalled")))
        })
        .await
    }

    /// The case is put away after its answer.
    pub async fn close(&self, actor: &Actor, number: Number) -> Result<()> {
        self.act(actor, number, Action::Close, |tx, at| {
            sql::end_assignments(tx, at.row.id)?;
            let closed = Moved {
                closed_at: Some(tx.now()),
                waits_for: None,
                ..at.moved()
            }
            .heeded();
            Ok((closed, Told::new("case.closed")))
        })
        .await
    }
}

impl Cases {
    /// Who wrote the answer that waits for a head, within a change that has its own right to know.
    pub fn author_of_waiting(tx: &mut Tx<'_>, case: CaseId) -> Result<Option<AccountId>> {
        let waiting = sql::answers(tx, case, MOST_ANSWERS)?
            .into_iter()
            .find(|answer| answer.state == AnswerState::InAgreement);
        Ok(waiting.map(|answer| answer.author))
    }
}

/// Writes the draft; false when it says what it has said before.
fn put_draft(
    tx: &mut Tx<'_>,
    at: &At<'_>,
    author: AccountId,
    (draft, decided): (&AnswerDraft, bool),
    state: AnswerState,
) -> Result<bool> {
    let open = open_answer(tx, &at.row)?;
    let (mut before, mut rule) = (None, None);
    let mut written_by = (author, None);
    if let Some(open) = &open {
        let known = AnswerBody::open(&at.key, at.row.id, open)?;
        let same = known.text == draft.text
            && known.kind == draft.kind
            && known.parts == draft.parts
            && open.outcome == draft.outcome;
        if same && known.undecided != decided && open.state == state {
            return Ok(false);
        }
        // Whoever saves or sends the words of another unchanged has not written them.
        if same && known.rule.is_none() {
            written_by = (open.author, Some(known.author));
        }
        // Whoever decides otherwise has decided: the answer is no longer what the rule proposed.
        if decided && known.kind == draft.kind && open.outcome == draft.outcome {
            rule.clone_from(&known.rule);
        }
        before = match open.state {
            AnswerState::Returned => Some(SentBack {
                remark: known.remark,
                head: known.head.unwrap_or_default(),
                text: known.text,
            }),
            _ => known.before,
        };
    }
    at.cases.expect_answer(open.as_ref())?;
    let id = open.map_or_else(|| AnswerId::new(tx.now()), |open| open.id);
    let (author, name) = match written_by {
        (author, Some(name)) => (author, name),
        (author, None) => (author, at.signing(tx)?),
    };
    let body = AnswerBody {
        author: name,
        text: draft.text.clone(),
        head: None,
        remark: String::new(),
        kind: draft.kind,
        parts: draft.parts.clone(),
        signer: None,
        post: String::new(),
        before,
        undecided: !decided,
        rule,
    };
    let answer = AnswerRow {
        id,
        state,
        outcome: draft.outcome,
        author,
        head: None,
        written_at: tx.now(),
        delivered_at: None,
        body: body.seal(&at.key, at.row.id, id)?,
    };
    sql::put_answer(tx, at.row.id, &answer)?;
    Ok(true)
}

/// Signs an answer and puts it on the applicant's page. `agrees` says that the one who signs is
/// the one who agrees, too.
fn deliver(tx: &mut Tx<'_>, at: &At<'_>, mut answer: AnswerRow, agrees: bool) -> Result<Done> {
    let signer = at.account.ok_or(Error::Unauthenticated)?;
    if answer.author == signer {
        return Err(Error::Conflict("case-error-own-answer"));
    }
    let mut body = AnswerBody::open(&at.key, at.row.id, &answer)?;
    let name = at.signing(tx)?;
    if agrees && answer.state == AnswerState::InAgreement {
        body.head = Some(name.clone());
        answer.head = Some(signer);
    }
    body.signer = Some(name);
    body.before = None;
    body.post = People::post_in(tx, signer, at.row.unit)?;
    let bytes = Signed::of(&body, answer.outcome).bytes()?;
    let digest = hex(&Sha256::digest(&bytes));
    let now = tx.now();
    answer.state = AnswerState::Delivered;
    answer.delivered_at = Some(now);
    answer.body = body.seal(&at.key, at.row.id, answer.id)?;
    sql::put_answer(tx, at.row.id, &answer)?;
    sql::insert_signature(tx, answer.id, at.row.id, signer, &digest)?;
    at.lay_out(tx)?;
    let text_digest = hex(&Sha256::digest(body.text.as_bytes()));
    // What was said after the answer was written is not in it.
    let unheeded = (at.row.words_since).filter(|since| *since > answer.written_at);
    let (moved, told) = match body.kind {
        AnswerKind::Final => (
            Moved {
                outcome: Some(answer.outcome),
                answered_at: Some(now),
                waits_for: None,
                words_since: unheeded,
                ..at.moved()
            },
            Told::new("case.answered").with("outcome", answer.outcome.code()),
        ),
        AnswerKind::Interim => {
            let line = transition(at.row.state, Action::DeliverInterim, Side::Staff)
                .ok_or(Error::Conflict("case-error-state"))?;
            (
                Moved {
                    state: line.to,
                    words_since: unheeded,
                    ..at.moved()
                },
                Told::new("case.interim_answered"),
            )
        }
    };
    let told = match body.parts.item {
        Some(item) => told.with("item", item.code()),
        None => told,
    };
    let told = told
        .with("text_sha256", text_digest)
        .with("answer_sha256", digest);
    Ok((moved, told))
}

/// The answer that is not delivered yet, when there is one.
fn open_answer(tx: &mut Tx<'_>, row: &CaseRow) -> Result<Option<AnswerRow>> {
    let answers = sql::answers(tx, row.id, MOST_ANSWERS)?;
    Ok(answers
        .into_iter()
        .find(|answer| answer.state != AnswerState::Delivered))
}

fn the_open_answer(tx: &mut Tx<'_>, row: &CaseRow) -> Result<AnswerRow> {
    open_answer(tx, row)?.ok_or(Error::Conflict("case-error-no-draft"))
}

/// A draft made clean; what it lacks is named field by field. A refusal names its reasons and what
/// can be put right, a case of article 11 the item; what is promised lies ahead.
fn sound(draft: &AnswerDraft, today: Date) -> Result<AnswerDraft> {
    let clean = cleaned(draft, true)?;
    if clean
        .parts
        .promises
        .iter()
        .any(|promise| promise.on < today)
    {
        return Err(Error::field("promises", "case-error-past-day"));
    }
    Ok(clean)
}

/// Refuses to send words in which a place of a template still stands empty.
fn without_gaps(draft: &AnswerDraft) -> Result<()> {
    let parts = &draft.parts;
    let texts = [
        ("text", &draft.text),
        ("grounds", &parts.grounds),
        ("measures", &parts.measures),
        ("next_steps", &parts.next_steps),
        ("to_correct", &parts.to_correct),
    ];
    let errors: Vec<FieldError> = texts
        .into_iter()
        .filter_map(|(field, words)| {
            let gap = templates::gap_in(words)?;
            Some(FieldError::new(field, "case-error-gap").with("gap", gap))
        })
        .collect();
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Error::Invalid(errors))
    }
}

/// A draft made clean and held to what can be kept, whole or not.
fn bounded(draft: &AnswerDraft) -> Result<AnswerDraft> {
    cleaned(draft, false)
}

fn cleaned(draft: &AnswerDraft, whole: bool) -> Result<AnswerDraft> {
    let mut errors = Vec::new();
    let mut part = |field: &'static str, words: &str, least: usize, most: usize| {
        checked(field, words, least, most).unwrap_or_else(|error| {
            if let Error::Invalid(wrong) = error {
                errors.extend(wrong);
            }
            String::new()
        })
    };
    let least = if whole { ANSWER_LEAST } else { 0 };
    let text = part("text", &draft.text, least, ANSWER_MOST);
    let refused = whole && draft.outcome == Outcome::Refused && draft.kind == AnswerKind::Final;
    let needed = if refused { 3 } else { 0 };
    let grounds = part("grounds", &draft.parts.grounds, needed, MESSAGE_MOST);
    let to_correct = part("to_correct", &draft.parts.to_correct, needed, MESSAGE_MOST);
    let measures = part("measures", &draft.parts.measures, 0, MESSAGE_MOST);
    let next_steps = part("next_steps", &draft.parts.next_steps, 0, MESSAGE_MOST);
    let mut promises = Vec::new();
    for promise in &draft.parts.promises {
        let text = part("promises", &promise.text, 3, MESSAGE_MOST);
        promises.push(Promised {
            text,
            on: promise.on,
        });
    }
    if promises.len() > MOST_PROMISES {
        let error = FieldError::new("promises", "case-error-many-items");
        errors.push(error.with("most", MOST_PROMISES));
    }
    if !Outcome::OF_ANSWERS.contains(&draft.outcome) {
        errors.push(FieldError::new("outcome", "error-choose-one"));
    }
    let wants_item = matches!(
        draft.outcome,
        Outcome::NoAnswerDue | Outcome::Returned | Outcome::Stopped
    );
    let fits = |item: crate::model::NoAnswerItem| item.outcome() == draft.outcome;
    match draft.parts.item {
        None if whole && wants_item && draft.kind == AnswerKind::Final => {
            errors.push(FieldError::new("item", "error-choose-one"));
        }
        Some(item) if whole && !fits(item) => {
            errors.push(FieldError::new("item", "case-error-item"));
        }
        _ => {}
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    Ok(AnswerDraft {
        kind: draft.kind,
        outcome: draft.outcome,
        text,
        parts: AnswerParts {
            grounds,
            measures,
            next_steps,
            to_correct,
            promises,
            item: draft.parts.item,
        },
    })
}
