//! Work on a case: taking, assigning, writing, answering, agreeing. Every action asks the table of
//! states, locks the case, and is one change with one entry.

use base::id::{AccountId, AnswerId, MessageId};
use base::{Actor, Error, Number, Result, text};
use journal::{DataKey, NewEntry};
use people::{People, Permission, Subject};
use sha2::{Digest, Sha256};
use store::Tx;

use crate::answers::{AnswerBody, MessageBody};
use crate::model::{AnswerState, CaseRow, Outcome, Side, State};
use crate::pass::Pass;
use crate::sql::{self, AnswerRow, Moved};
use crate::states::{Action, transition};
use crate::{Cases, KIND, filing};

const MESSAGE_MOST: usize = 4_000;
const ANSWER_LEAST: usize = 20;
const ANSWER_MOST: usize = 20_000;
const MOST_ANSWERS: i64 = 200;

/// What an action does beyond moving the case: the entry's name and fields.
struct Told {
    action: &'static str,
    fields: Vec<(&'static str, String)>,
}

impl Cases {
    /// A specialist takes a case that nobody has.
    pub async fn take(&self, actor: &Actor, number: Number) -> Result<()> {
        let account = actor.account().ok_or(Error::Unauthenticated)?;
        self.act(actor, number, Action::Take, move |cases, tx, row, _| {
            sql::insert_assignment(tx, row.id, row.unit, account, account)?;
            let name = cases.staff_name(tx)?;
            let moved = Moved {
                assignee: Some(account),
                ..moved(row, State::InWork)
            };
            Ok((
                moved,
                Told {
                    action: "case.taken",
                    fields: vec![("specialist", name)],
                },
            ))
        })
        .await
    }

    /// A head gives a case to a specialist of a unit that the head is over.
    pub async fn assign(&self, actor: &Actor, number: Number, to: AccountId) -> Result<()> {
        let by = actor.account().ok_or(Error::Unauthenticated)?;
        let staff = self.0.people.staff(actor).await?;
        let chosen = staff
            .into_iter()
            .find(|member| member.account == to)
            .ok_or_else(|| Error::field("account", "case-error-no-specialist"))?;
        let name = chosen.name.short();
        let reaches = self.0.people.units().await?.within(chosen.unit);
        self.act(
            actor,
            number,
            Action::Assign,
            move |_, tx, row, to_state| {
                // Whoever cannot open the case must not get it.
                if !reaches.contains(&row.unit) {
                    return Err(Error::field("account", "case-error-no-specialist"));
                }
                sql::end_assignments(tx, row.id)?;
                sql::insert_assignment(tx, row.id, row.unit, to, by)?;
                let moved = Moved {
                    assignee: Some(to),
                    ..moved(row, to_state)
                };
                Ok((
                    moved,
                    Told {
                        action: "case.assigned",
                        fields: vec![("specialist", name.clone())],
                    },
                ))
            },
        )
        .await
    }

    /// Either side writes; the other side is waited for then when `expects_reply` says so, and
    /// always when the applicant writes.
    pub async fn write(
        &self,
        actor: &Actor,
        pass: &Pass,
        number: Number,
        words: &str,
        expects_reply: bool,
    ) -> Result<()> {
        let words = checked("text", words, 1, MESSAGE_MOST)?;
        let pass = pass.clone();
        let this = self.clone();
        let author = actor.account();
        self.0
            .journal
            .store()
            .change(actor, move |tx| {
                let row = Self::locked(tx, number)?;
                let side = Self::side(tx.actor(), &pass, &row)?;
                Self::permit(tx.actor(), &row, Action::Write, side)?;
                let key = this.0.journal.keys().load(tx, row.data_key)?;
                let name = match side {
                    Side::Staff => this.staff_name(tx)?,
                    Side::Applicant => Self::applicant_name(tx, &row, &key)?,
                };
                let id = MessageId::new(tx.now());
                let body = MessageBody {
                    author: name,
                    text: words.clone(),
                };
                sql::insert_message(tx, id, row.id, side, author, &body.seal(&key, row.id, id)?)?;
                let waits_for = match side {
                    Side::Applicant => Some(Side::Staff),
                    Side::Staff if expects_reply => Some(Side::Applicant),
                    Side::Staff => row.waits_for,
                };
                sql::move_case(
                    tx,
                    row.id,
                    &Moved {
                        waits_for,
                        ..moved(&row, row.state)
                    },
                )?;
                let told = Told {
                    action: match side {
                        Side::Applicant => "case.applicant_wrote",
                        Side::Staff => "case.staff_wrote",
                    },
                    fields: vec![
                        ("expects_reply", expects_reply.to_string()),
                        (
                            "text_sha256",
                            filing::hex(&Sha256::digest(words.as_bytes())),
                        ),
                    ],
                };
                this.tell(tx, &row, row.state, key, told)
            })
            .await
    }

    /// A specialist writes the draft of the answer, or writes it anew.
    pub async fn draft_answer(
        &self,
        actor: &Actor,
        number: Number,
        outcome: Outcome,
        words: &str,
    ) -> Result<()> {
        let words = checked("text", words, ANSWER_LEAST, ANSWER_MOST)?;
        let author = actor.account().ok_or(Error::Unauthenticated)?;
        self.act(
            actor,
            number,
            Action::DraftAnswer,
            move |cases, tx, row, to| {
                let key = cases.0.journal.keys().load(tx, row.data_key)?;
                let open = Cases::open_answer(tx, row)?;
                let id = open.map_or_else(|| AnswerId::new(tx.now()), |open| open.id);
                let body = AnswerBody {
                    author: cases.staff_name(tx)?,
                    text: words.clone(),
                    head: None,
                    remark: String::new(),
                };
                let answer = AnswerRow {
                    id,
                    state: AnswerState::Draft,
                    outcome,
                    author,
                    head: None,
                    written_at: tx.now(),
                    delivered_at: None,
                    body: body.seal(&key, row.id, id)?,
                };
                sql::put_answer(tx, row.id, &answer)?;
                Ok((
                    moved(row, to),
                    Told {
                        action: "case.answer_drafted",
                        fields: vec![("proposed_outcome", outcome.code().to_owned())],
                    },
                ))
            },
        )
        .await
    }

    /// The draft goes to a head.
    pub async fn send_for_agreement(&self, actor: &Actor, number: Number) -> Result<()> {
        self.act(
            actor,
            number,
            Action::SendForAgreement,
            move |_, tx, row, to| {
                let mut answer =
                    Cases::open_answer(tx, row)?.ok_or(Error::Conflict("case-error-no-draft"))?;
                if answer.state == AnswerState::Returned {
                    return Err(Error::Conflict("case-error-draft-returned"));
                }
                answer.state = AnswerState::InAgreement;
                sql::put_answer(tx, row.id, &answer)?;
                Ok((
                    moved(row, to),
                    Told {
                        action: "case.sent_for_agreement",
                        fields: Vec::new(),
                    },
                ))
            },
        )
        .await
    }

    /// A head agrees: the answer is delivered to the applicant's page and the clock stops. Nobody
    /// agrees to an answer of their own.
    pub async fn agree(&self, actor: &Actor, number: Number) -> Result<()> {
        let head = actor.account().ok_or(Error::Unauthenticated)?;
        self.act(actor, number, Action::Agree, move |cases, tx, row, to| {
            let mut answer =
                Cases::open_answer(tx, row)?.ok_or(Error::Conflict("case-error-no-draft"))?;
            if answer.author == head {
                return Err(Error::Conflict("case-error-own-answer"));
            }
            let key = cases.0.journal.keys().load(tx, row.data_key)?;
            let mut body = AnswerBody::open(&key, row.id, &answer)?;
            body.head = Some(cases.staff_name(tx)?);
            let digest = filing::hex(&Sha256::digest(body.text.as_bytes()));
            let now = tx.now();
            answer.state = AnswerState::Delivered;
            answer.head = Some(head);
            answer.delivered_at = Some(now);
            answer.body = body.seal(&key, row.id, answer.id)?;
            sql::put_answer(tx, row.id, &answer)?;
            let moved = Moved {
                outcome: Some(answer.outcome),
                answered_at: Some(now),
                waits_for: None,
                ..moved(row, to)
            };
            Ok((
                moved,
                Told {
                    action: "case.answered",
                    fields: vec![
                        ("outcome", answer.outcome.code().to_owned()),
                        ("text_sha256", digest),
                    ],
                },
            ))
        })
        .await
    }

    /// A head sends the draft back with a remark.
    pub async fn return_answer(&self, actor: &Actor, number: Number, remark: &str) -> Result<()> {
        let remark = checked("remark", remark, 3, MESSAGE_MOST)?;
        let head = actor.account().ok_or(Error::Unauthenticated)?;
        self.act(actor, number, Action::Return, move |cases, tx, row, to| {
            let mut answer =
                Cases::open_answer(tx, row)?.ok_or(Error::Conflict("case-error-no-draft"))?;
            let key = cases.0.journal.keys().load(tx, row.data_key)?;
            let mut body = AnswerBody::open(&key, row.id, &answer)?;
            body.head = Some(cases.staff_name(tx)?);
            body.remark.clone_from(&remark);
            answer.state = AnswerState::Returned;
            answer.head = Some(head);
            answer.body = body.seal(&key, row.id, answer.id)?;
            sql::put_answer(tx, row.id, &answer)?;
            Ok((
                moved(row, to),
                Told {
                    action: "case.answer_returned",
                    fields: vec![("remark", remark.clone())],
                },
            ))
        })
        .await
    }

    /// The case is put away after its answer.
    pub async fn close(&self, actor: &Actor, number: Number) -> Result<()> {
        self.act(actor, number, Action::Close, move |_, tx, row, to| {
            sql::end_assignments(tx, row.id)?;
            let closed = Moved {
                closed_at: Some(tx.now()),
                ..moved(row, to)
            };
            Ok((
                closed,
                Told {
                    action: "case.closed",
                    fields: Vec::new(),
                },
            ))
        })
        .await
    }

    /// One staff action: lock, ask the table, do, move, tell.
    async fn act(
        &self,
        actor: &Actor,
        number: Number,
        action: Action,
        work: impl Fn(&Cases, &mut Tx<'_>, &CaseRow, State) -> Result<(Moved, Told)> + Send + 'static,
    ) -> Result<()> {
        let this = self.clone();
        self.0
            .journal
            .store()
            .change(actor, move |tx| {
                let row = Self::locked(tx, number)?;
                let to = Self::permit(tx.actor(), &row, action, Side::Staff)?;
                let (moved, told) = work(&this, tx, &row, to)?;
                let state = moved.state;
                let mut told = told;
                told.fields.push(("by", this.staff_name(tx)?));
                sql::move_case(tx, row.id, &moved)?;
                let key = this.0.journal.keys().load(tx, row.data_key)?;
                this.tell(tx, &row, state, key, told)
            })
            .await
    }

    /// The case's row, locked until the change ends.
    fn locked(tx: &mut Tx<'_>, number: Number) -> Result<CaseRow> {
        let row = Self::row(tx, number)?;
        tx.lock(KIND, row.id.0)?;
        // Read again under the lock: somebody may have acted in between.
        Self::row(tx, number)
    }

    /// Whether the actor may do this now; where it leads. Permission comes before state, so that
    /// nobody learns the state of a case that is not for them.
    fn permit(actor: &Actor, row: &CaseRow, action: Action, side: Side) -> Result<State> {
        if side == Side::Staff {
            let permission = action.permission().ok_or(Error::Forbidden)?;
            people::require(actor, permission, &Subject::in_unit(row.unit))?;
        }
        if row.is_carried_over() && !row.state.is_open() {
            return Err(Error::Conflict("case-error-carried-over"));
        }
        if action == Action::Take && row.assignee.is_some() {
            return Err(Error::Conflict("case-error-taken"));
        }
        let to = transition(row.state, action, side)
            .map(|t| t.to)
            .ok_or(Error::Conflict("case-error-state"))?;
        if side == Side::Staff && !Self::is_theirs(actor, row, action) {
            return Err(Error::Conflict("case-error-taken"));
        }
        Ok(to)
    }

    /// Whether a member of staff may do this to a case that somebody has.
    pub(crate) fn is_theirs(actor: &Actor, row: &CaseRow, action: Action) -> bool {
        !action.is_the_assignees()
            || row.assignee == actor.account()
            || people::allows(actor, Permission::AssignCase, &Subject::in_unit(row.unit))
    }

    /// The answer that is not delivered yet, when there is one.
    fn open_answer(tx: &mut Tx<'_>, row: &CaseRow) -> Result<Option<AnswerRow>> {
        let answers = sql::answers(tx, row.id, MOST_ANSWERS)?;
        Ok(answers
            .into_iter()
            .find(|answer| answer.state != AnswerState::Delivered))
    }

    /// The name under which the acting member of staff is shown.
    fn staff_name(&self, tx: &mut Tx<'_>) -> Result<String> {
        let person = tx.actor().person().ok_or(Error::Unauthenticated)?;
        Ok(People::name_of(tx, &self.0.journal, person)?.short())
    }

    fn applicant_name(tx: &mut Tx<'_>, row: &CaseRow, key: &DataKey) -> Result<String> {
        let inside = sql::inside(tx, row.id)?;
        Ok(Self::open_content(key, row.id, &inside.content)?
            .applicant
            .full_name())
    }

    fn tell(
        &self,
        tx: &mut Tx<'_>,
        row: &CaseRow,
        state: State,
        key: DataKey,
        told: Told,
    ) -> Result<()> {
        let mut fields = told.fields;
        fields.push(("state", state.code().to_owned()));
        self.0.journal.record(
            tx,
            NewEntry {
                action: told.action,
                kind: KIND,
                id: row.id.0,
                fields,
                occurred_at: None,
                key,
                first: false,
            },
        )?;
        Ok(())
    }
}

/// The row as it is, moved to a state.
fn moved(row: &CaseRow, state: State) -> Moved {
    Moved {
        state,
        outcome: row.outcome,
        answered_at: row.answered_at,
        closed_at: None,
        assignee: row.assignee,
        waits_for: row.waits_for,
    }
}

/// A text made clean and held to its bounds.
fn checked(field: &'static str, words: &str, least: usize, most: usize) -> Result<String> {
    if words.len() > most * 8 {
        return Err(too_long(field, most));
    }
    let clean = text::clean_text(words);
    let length = text::length(&clean);
    if length == 0 {
        return Err(Error::field(field, "error-required"));
    }
    if length < least {
        let error = base::FieldError::new(field, "error-too-short").with("min", least);
        return Err(Error::Invalid(vec![error]));
    }
    if length > most {
        return Err(too_long(field, most));
    }
    Ok(clean)
}

fn too_long(field: &'static str, most: usize) -> Error {
    Error::Invalid(vec![
        base::FieldError::new(field, "error-too-long").with("max", most),
    ])
}
