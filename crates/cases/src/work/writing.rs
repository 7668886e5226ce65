//! Correspondence inside a case, either way.

use base::id::MessageId;
use base::{Actor, Number, Result};
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use store::Tx;

use super::{At, MESSAGE_MOST, Told, checked};
use crate::Cases;
use crate::answers::MessageBody;
use crate::filing::hex;
use crate::model::{Side, State};
use crate::pass::Pass;
use crate::sql::{self, Moved};
use crate::states::Action;

/// Until when a reply is awaited: with what was asked for before, or within the window in which the
/// house asks for documents; never after the day of the answer itself.
fn reply_by(tx: &mut Tx<'_>, at: &At<'_>) -> Result<Option<Date>> {
    let waits = sql::waits(tx, at.row.id)?;
    let open = waits.iter().rev().find(|wait| wait.ended_at.is_none());
    let asked = open.and_then(|wait| wait.send_by);
    let today = at.cases.day(tx.now());
    let window = asked.or_else(|| Cases::documents_window(today));
    let due_on = at.row.due_on.filter(|due_on| *due_on >= today);
    Ok(window.map(|day| due_on.map_or(day, |due_on| day.min(due_on))))
}

impl Cases {
    /// Either side writes; the other side is waited for then when `expects_reply` says so, and
    /// always when the applicant writes. The applicant's words end a wait for documents.
    pub async fn write(
        &self,
        actor: &Actor,
        pass: &Pass,
        number: Number,
        words: &str,
        expects_reply: bool,
    ) -> Result<()> {
        let pass = Some(pass);
        self.write_on(actor, pass, number, words, expects_reply)
            .await
    }

    /// Staff write to the applicant, whoever the actor is beside that.
    pub async fn write_as_staff(
        &self,
        actor: &Actor,
        number: Number,
        words: &str,
        expects_reply: bool,
    ) -> Result<()> {
        self.write_on(actor, None, number, words, expects_reply)
            .await
    }

    async fn write_on(
        &self,
        actor: &Actor,
        pass: Option<&Pass>,
        number: Number,
        words: &str,
        expects_reply: bool,
    ) -> Result<()> {
        let words = checked("text", words, 1, MESSAGE_MOST)?;
        let work = move |tx: &mut Tx<'_>, at: &At<'_>| {
            let id = MessageId::new(tx.now());
            let body = MessageBody {
                author: at.name.clone(),
                text: words.clone(),
                heard: None,
            };
            let sealed = body.seal(&at.key, at.row.id, id)?;
            sql::insert_message(tx, id, at.row.id, at.side, at.account, &sealed)?;
            let (state, action) = match at.side {
                Side::Applicant if at.row.state == State::Waiting => {
                    (at.cases.end_waiting(tx, &at.row)?, "case.applicant_wrote")
                }
                Side::Applicant => (at.row.state, "case.applicant_wrote"),
                Side::Staff => (at.row.state, "case.staff_wrote"),
            };
            let moved = Moved {
                state,
                ..at.moved()
            };
            let moved = match at.side {
                Side::Applicant => moved.spoken(tx.now()),
                Side::Staff if expects_reply => Moved {
                    waits_for: Some(Side::Applicant),
                    ..moved.heeded()
                },
                Side::Staff => moved.heeded(),
            };
            let mut told = Told::new(action)
                .with("expects_reply", expects_reply.to_string())
                .with("text_sha256", hex(&Sha256::digest(words.as_bytes())));
            if at.side == Side::Staff
                && expects_reply
                && let Some(day) = reply_by(tx, at)?
            {
                told = told.with("reply_by", day.to_string());
            }
            Ok(Some((moved, told)))
        };
        self.act_on(actor, pass, number, Action::Write, work).await
    }
}
