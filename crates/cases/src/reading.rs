//! Reading: what each reader is shown of a case, and the lists.

use std::net::IpAddr;

use base::id::{AccountId, CaseId, CategoryId, PersonId, ServiceId, UnitId};
use base::page::Page;
use base::{Actor, Cursor, Error, Moment, Number, Result, Role};
use catalog::form::Answers;
use journal::DataKey;
use people::{People, Permission, Subject};
use store::Db;

use crate::answers::mark_beside;
use crate::colleagues::{call_as_colleagues, forget_colleagues};
use crate::model::{
    Answer, AnswerState, Card, CaseRow, Content, Figures, PartyRole, QueueRow, RegisterFilter,
    RegisterRow, Side, State, Term,
};
use crate::pass::{self, Opened, Pass};
use crate::sql::{self, AtHand, Beside, Inside, ListRow, QueueAfter, QueueNarrow, QueuePart};
use crate::standing::without_contacts;
use crate::states::{Action, TRANSITIONS, is_of_service, transition};
use crate::{Cases, DISCLOSED, content_context};

/// Rows of a page of any list here.
pub(crate) const ROWS: usize = 30;
const MOST_MESSAGES: i64 = 500;
const MOST_ANSWERS: i64 = 200;
/// Up to here the queue is counted; beyond it «more than».
pub(crate) const COUNTED: i64 = 1_000;

/// Which part of the work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum QueueView {
    /// What the specialist has taken or was given.
    #[default]
    Mine,
    /// Everything of the actor's units that is not answered.
    Unit,
    /// What waits for a head.
    Agreement,
    /// Cases of other units that the actor's units do a part of.
    Parts,
    /// What of the units goes before others.
    Urgent,
    /// Answers of the units that wait to go out on paper.
    Posting,
    /// Where applicants have written since anybody of the units reacted.
    Words,
}

impl QueueView {
    /// Every part.
    pub const ALL: [QueueView; 7] = [
        QueueView::Mine,
        QueueView::Unit,
        QueueView::Agreement,
        QueueView::Parts,
        QueueView::Urgent,
        QueueView::Posting,
        QueueView::Words,
    ];

    /// The code in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            QueueView::Mine => "mine",
            QueueView::Unit => "unit",
            QueueView::Agreement => "agreement",
            QueueView::Parts => "parts",
            QueueView::Urgent => "urgent",
            QueueView::Posting => "posting",
            QueueView::Words => "words",
        }
    }

    /// The part of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.code() == code)
    }
}

/// What the queue shows.
#[derive(Clone, Debug, Default)]
pub struct QueueFilter {
    /// Which part.
    pub view: QueueView,
    /// A number that was looked for.
    pub number: Option<Number>,
    /// What this specialist has, instead of a part: for those who give out work.
    pub holder: Option<AccountId>,
    /// What nobody has taken, instead of a part.
    pub free: bool,
    /// What it is narrowed by.
    pub narrowed: Narrowed,
    /// Rows of a page; as many as pages have when nobody says.
    pub limit: Option<usize>,
}

/// What a part of the queue is narrowed by, and in which order it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Narrowed {
    /// A subject with those below it.
    pub category: Option<CategoryId>,
    /// Kind of service.
    pub service: Option<ServiceId>,
    /// One of the units.
    pub unit: Option<UnitId>,
    /// State.
    pub state: Option<State>,
    /// What nobody has taken.
    pub free: bool,
    /// Where the applicant has written since anybody reacted.
    pub for_us: bool,
    /// The newest first, instead of what runs out first.
    pub newest: bool,
}

impl Narrowed {
    /// Whether anything is left out.
    pub fn leaves_out(&self) -> bool {
        let order_alone = Self {
            newest: self.newest,
            ..Self::default()
        };
        *self != order_alone
    }
}

/// How much there is in each part, counted up to [`COUNTED`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QueueCounts {
    /// One's own.
    pub mine: i64,
    /// The units'.
    pub unit: i64,
    /// Waiting for a head.
    pub agreement: i64,
    /// Parts of other units' cases.
    pub parts: i64,
    /// What goes before others.
    pub urgent: i64,
    /// Answers to go out on paper.
    pub posting: i64,
    /// Where applicants wait for a reply.
    pub words: i64,
}

/// Which of their own cases somebody wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OwnFilter {
    /// Those that are still worked on, or those that are not.
    pub open: Option<bool>,
    /// Those in one state.
    pub state: Option<State>,
}

/// The most cases whose codes are given out at once.
const MOST_WAYS_BACK: usize = 100;

impl OwnFilter {
    /// The states that fit, between bars.
    fn states(self) -> String {
        let fits = |state: &State| {
            self.open.is_none_or(|open| state.is_open() == open)
                && self.state.is_none_or(|wanted| *state == wanted)
        };
        let codes: Vec<&str> = State::ALL
            .into_iter()
            .filter(fits)
            .map(State::code)
            .collect();
        format!("|{}|", codes.join("|"))
    }
}

impl Cases {
    /// A case with everything that this reader may see. A reading by staff is written down, durable
    /// before the card is given out.
    pub async fn card(&self, actor: &Actor, pass: &Pass, number: Number) -> Result<Card> {
        let this = self.clone();
        let (reader, pass) = (actor.clone(), pass.clone());
        let (card, logged) = self
            .0
            .journal
            .store()
            .read(move |db| {
                let found = sql::case_to_open(db, number)?.ok_or(Error::NotFound)?;
                let (AtHand { case: row, wrapped }, inside) = found;
                let side = Self::side(&reader, &pass, &row)?;
                let logged = match (side, reader.account()) {
                    (Side::Staff, Some(account)) => {
                        let quarter = sql::quarter(this.0.journal.store().now());
                        sql::reading_known(db, account, row.id, quarter)?
                    }
                    _ => true,
                };
                let definition = this.service_of(db, &row)?;
                let key = this.key_beside(db, &row, wrapped.as_deref())?;
                let mut card = this.lay_open(db, &reader, row, side, (key, inside))?;
                if let Some(service) = definition {
                    let from = card.case.state;
                    card.actions.retain(|action| {
                        transition(from, *action, side)
                            .is_some_and(|line| is_of_service(line, &service.states))
                    });
                }
                Ok((card, logged))
            })
            .await?;
        if !logged && let Some(account) = actor.account() {
            self.log_reading(account, card.case.id).await?;
        }
        Ok(card)
    }

    /// A case as its applicant sees it, for a paper that goes to them with a letter. Nobody reads
    /// it, so no reading is written down.
    pub(crate) async fn card_for_letter(&self, actor: &Actor, case: CaseId) -> Result<Card> {
        let (this, actor) = (self.clone(), actor.clone());
        self.0
            .journal
            .store()
            .read(move |db| {
                let row = sql::case_by_id(db, case)?.ok_or(Error::NotFound)?;
                this.open_card(db, &actor, row, Side::Applicant)
            })
            .await
    }

    pub(crate) fn open_card(
        &self,
        db: &mut Db<'_>,
        actor: &Actor,
        case: CaseRow,
        side: Side,
    ) -> Result<Card> {
        let key = self.0.journal.keys().load(db, case.data_key)?;
        let inside = sql::inside(db, case.id)?;
        self.lay_open(db, actor, case, side, (key, inside))
    }

    /// The card of a case whose key and sealed parts were read already.
    fn lay_open(
        &self,
        db: &mut Db<'_>,
        actor: &Actor,
        case: CaseRow,
        side: Side,
        (key, inside): (DataKey, Inside),
    ) -> Result<Card> {
        let content = Self::open_content(&key, case.id, &inside.content)?;
        // Who came with a return code holds the code of the one who filed.
        let is_owner =
            side == Side::Applicant && (actor.person().is_none() || case.person == actor.person());
        let there = sql::there(db, case.id)?;
        let messages = (there.read(Beside::Messages, || {
            sql::messages(db, case.id, MOST_MESSAGES)
        })?)
        .iter()
        .map(|row| crate::answers::message(&key, case.id, row, actor.account(), is_owner))
        .collect::<Result<_>>()?;
        let answers = (there.read(Beside::Answers, || sql::answers(db, case.id, MOST_ANSWERS))?)
            .iter()
            .filter(|row| side == Side::Staff || row.state == AnswerState::Delivered)
            .map(|row| crate::answers::answer(&key, case.id, row, actor.account()))
            .collect::<Result<_>>()?;
        let answers = Self::marked(db, case.id, answers)?;
        let term = inside
            .term
            .map(|json| serde_json::from_str::<Term>(&json).map_err(Error::internal))
            .transpose()?;
        let party = match side {
            Side::Applicant => Self::stands_as(actor, &case),
            Side::Staff => None,
        };
        let mut content = content;
        let mut course = crate::course::course(db, &key, case.id, side, there)?;
        if party == Some(PartyRole::CoApplicant) {
            without_contacts(&mut content, &mut course);
        }
        let (history, version) = self.0.journal.history_and_version(db, case.id.0)?;
        let actions = if self.rests(db, &case)? {
            Vec::new()
        } else {
            Self::actions(actor, &case, side)
        };
        let mut card = Card {
            there,
            taken: there.read(Beside::Intake, || Self::open_intake(db, &key, case.id))?,
            term,
            route: serde_json::from_str(&inside.route).map_err(Error::internal)?,
            messages,
            answers,
            course,
            history,
            version,
            actions,
            content,
            side,
            is_owner,
            party,
            reader: actor.account(),
            case,
        };
        if !self.may_ask_person(&card, self.0.journal.store().now()) {
            card.actions.retain(|action| *action != Action::AskPerson);
        }
        match side {
            Side::Staff => call_as_colleagues(&mut card),
            Side::Applicant => forget_colleagues(&mut card),
        }
        Ok(card)
    }

    /// Answers that wait for a head with the marks by which they are agreed to and signed.
    fn marked(db: &mut Db<'_>, case: CaseId, mut answers: Vec<Answer>) -> Result<Vec<Answer>> {
        use AnswerState::{Agreed, InAgreement};
        for answer in &mut answers {
            if [InAgreement, Agreed].contains(&answer.state) {
                answer.mark = mark_beside(&answer.mark, sql::wrote_at(db, case)?);
            }
        }
        Ok(answers)
    }

    /// What this actor can do with the case now, in the order of the table.
    fn actions(actor: &Actor, case: &CaseRow, side: Side) -> Vec<crate::states::Action> {
        TRANSITIONS
            .iter()
            .filter(|t| t.from == case.state && t.side == side && !t.action.is_a_consequence())
            .filter(|t| match (side, t.permission) {
                (Side::Staff, Some(permission)) => {
                    Self::is_theirs(actor, case, t.action)
                        && Self::reaches(actor, permission, case, t.action)
                }
                _ => Self::speaks_for(actor, case, t.action),
            })
            .filter(|t| t.action != Action::Take || case.assignee.is_none())
            .map(|t| t.action)
            .collect()
    }

    /// Which side the actor is on for this case; [`Error::NotFound`] when on neither, so that
    /// nobody learns that a number exists from what they may not read. (That it exists is in the
    /// public register anyway, which they are shown instead.)
    pub(crate) fn side(actor: &Actor, pass: &Pass, case: &CaseRow) -> Result<Side> {
        if case.person.is_some() && case.person == actor.person() {
            return Ok(Side::Applicant);
        }
        let reads = |unit: &UnitId| {
            let subject = Subject {
                owner: case.person,
                unit: Some(*unit),
            };
            people::allows(actor, Permission::ReadUnitCases, &subject)
        };
        if actor.is_staff() && (reads(&case.unit) || case.shared.units.iter().any(reads)) {
            return Ok(Side::Staff);
        }
        let stands_in =
            |(who, role): &(PersonId, PartyRole)| Some(*who) == actor.person() && role.reads();
        if case.shared.persons.iter().any(stands_in) {
            return Ok(Side::Applicant);
        }
        // A pass names what was filed without an account, or opened with its return code.
        if pass.opens(case) {
            return Ok(Side::Applicant);
        }
        Err(Error::NotFound)
    }

    pub(crate) fn open_content(key: &DataKey, id: CaseId, sealed: &[u8]) -> Result<Content> {
        let json = key.open(&content_context(id), sealed)?;
        serde_json::from_slice(&json).map_err(Error::internal)
    }

    /// What the public sees of a number.
    pub async fn status(&self, number: Number) -> Result<RegisterRow> {
        self.0
            .journal
            .store()
            .read(move |db| sql::register_entry(db, number)?.ok_or(Error::NotFound))
            .await
    }

    /// The case of a number, when whoever asks is on its applicant's side: has filed it, stands in it,
    /// or holds a pass to it. Nothing of it is read.
    pub async fn own_case(
        &self,
        actor: &Actor,
        pass: &Pass,
        number: Number,
    ) -> Result<Option<Opened>> {
        let (actor, pass) = (actor.clone(), pass.clone());
        self.0
            .journal
            .store()
            .read(move |db| {
                let row = match Self::row(db, number) {
                    Err(Error::NotFound) => return Ok(None),
                    row => row?,
                };
                let own = matches!(Self::side(&actor, &pass, &row), Ok(Side::Applicant));
                Ok(own.then_some(Opened {
                    case: row.id,
                    turn: row.code_turn,
                }))
            })
            .await
    }

    /// The way back of somebody who filed without an account. Guessing is slowed down for each
    /// address and for each number.
    pub async fn return_with_code(
        &self,
        number: Number,
        code: &str,
        client: IpAddr,
    ) -> Result<Opened> {
        self.0.guesses.check(&format!("address:{client}"))?;
        self.0.guesses.check(&format!("number:{number}"))?;
        let row = self
            .0
            .journal
            .store()
            .read(move |db| {
                let Some(row) = sql::case_by_number(db, number)? else {
                    return Ok(None);
                };
                // An account is the way back of its owner while there is one.
                let by_code = match row.person {
                    Some(person) => People::has_left(db, person)?,
                    None => true,
                };
                Ok(by_code.then_some(row))
            })
            .await?;
        let wrong = || Error::field("code", "case-error-wrong-code");
        let row = row.ok_or_else(wrong)?;
        if pass::is_return_code(self.0.journal.keys(), &row, code) {
            Ok(Opened {
                case: row.id,
                turn: row.code_turn,
            })
        } else {
            Err(wrong())
        }
    }

    /// The newest cases that a person filed, each with its return code: what they take along when
    /// they close their account.
    pub fn ways_back(
        db: &mut Db<'_>,
        keys: &journal::Keys,
        person: PersonId,
    ) -> Result<Vec<people::WayBack>> {
        let states = OwnFilter::default().states();
        let rows = sql::own(db, person, &states, None, MOST_WAYS_BACK)?;
        Ok(rows
            .into_iter()
            .filter(|row| row.case.person == Some(person))
            .map(|row| people::WayBack {
                number: row.case.number.to_string(),
                code: pass::return_code(keys, &row.case),
            })
            .collect())
    }

    /// A page of the public register, newest first.
    pub async fn register(
        &self,
        filter: RegisterFilter,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<RegisterRow>> {
        let limit = limit.clamp(1, base::page::MOST);
        let after = after.map(read_moment_cursor).transpose()?;
        let contents = self.0.catalog.contents().await?;
        let units = self.0.people.units().await?;
        let categories = filter
            .category
            .map_or_else(Vec::new, |id| contents.categories().within(id));
        let units: Vec<UnitId> = filter.unit.map_or_else(Vec::new, |id| units.within(id));
        let unpublished = contents.unpublished();
        let rows = self
            .0
            .journal
            .store()
            .read(move |db| {
                sql::register(
                    db,
                    &filter,
                    &categories,
                    &units,
                    &unpublished,
                    after,
                    limit + 1,
                )
            })
            .await?;
        Ok(Page::of(rows, limit, |row| {
            moment_cursor(row.received_at, row.id)
        }))
    }

    /// The actor's own cases, newest first.
    pub async fn own(&self, actor: &Actor, after: Option<&str>) -> Result<Page<QueueRow>> {
        self.own_cases(actor, OwnFilter::default(), after, ROWS)
            .await
    }

    /// Those of the actor's own cases that fit, newest first.
    pub async fn own_cases(
        &self,
        actor: &Actor,
        filter: OwnFilter,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<QueueRow>> {
        let person = actor.person().ok_or(Error::Unauthenticated)?;
        let after = after.map(read_moment_cursor).transpose()?;
        let states = filter.states();
        let rows = self
            .0
            .journal
            .store()
            .read(move |db| sql::own(db, person, &states, after, limit + 1))
            .await?;
        let page = Page::of(rows, limit, |row| {
            moment_cursor(row.case.received_at, row.case.id)
        });
        self.listed(page)
    }

    /// A page of the specialist's queue: what runs out first.
    pub async fn queue(
        &self,
        actor: &Actor,
        filter: QueueFilter,
        after: Option<&str>,
    ) -> Result<Page<QueueRow>> {
        let permission = match filter.holder {
            Some(_) => Permission::AssignCase,
            None => Permission::ReadUnitCases,
        };
        people::require_somewhere(actor, permission)?;
        let by = filter.narrowed;
        let after = match (after, by.newest) {
            (None, _) => None,
            (Some(after), false) => {
                let (day, id) = read_queue_cursor(after)?;
                Some(QueueAfter::Due(day, id))
            }
            (Some(after), true) => {
                let (moment, id) = read_moment_cursor(after)?;
                Some(QueueAfter::Received(moment, id))
            }
        };
        let limit = limit_of(filter.limit);
        let actor = actor.clone();
        let categories = match by.category {
            Some(category) => {
                let contents = self.0.catalog.contents().await?;
                Some(contents.categories().within(category))
            }
            None => None,
        };
        let narrow = QueueNarrow {
            categories,
            service: by.service,
            unit: by.unit,
            state: by.state,
            free: by.free,
            for_us: by.for_us,
            newest: by.newest,
        };
        let rows = self
            .0
            .journal
            .store()
            .read(move |db| {
                if let Some(number) = filter.number {
                    return Self::found(db, &actor, number);
                }
                if let Some(holder) = filter.holder {
                    let units = crate::workplace::units_given_out(&actor);
                    let part = QueuePart::HeldBy(holder, &units);
                    return sql::queue(db, &part, &narrow, after.as_ref(), limit + 1);
                }
                let part = if filter.free {
                    QueuePart::Free(actor.units())
                } else {
                    Self::part(&actor, filter.view)?
                };
                sql::queue(db, &part, &narrow, after.as_ref(), limit + 1)
            })
            .await?;
        let page = Page::of(rows, limit, |row| {
            if by.newest {
                return moment_cursor(row.case.received_at, row.case.id);
            }
            let due_on = row
                .case
                .due_on
                .map_or_else(|| "9999-12-31".to_owned(), |date| date.to_string());
            Cursor::of(&[&due_on, &row.case.id.to_string()])
        });
        self.listed(page)
    }

    fn found(db: &mut Db<'_>, actor: &Actor, number: Number) -> Result<Vec<ListRow>> {
        let row = sql::list_row_by_number(db, number)?;
        Ok(row
            .filter(|row| {
                people::allows(
                    actor,
                    Permission::ReadUnitCases,
                    &Subject::in_unit(row.case.unit),
                )
            })
            .into_iter()
            .collect())
    }

    fn part(actor: &Actor, view: QueueView) -> Result<QueuePart<'_>> {
        Ok(match view {
            QueueView::Mine => QueuePart::Mine(actor.account().ok_or(Error::Unauthenticated)?),
            QueueView::Unit => QueuePart::Units(actor.units()),
            QueueView::Agreement => QueuePart::Agreement(actor.units()),
            QueueView::Parts => QueuePart::Parts(actor.units()),
            QueueView::Urgent => QueuePart::Urgent(actor.units()),
            QueueView::Posting => QueuePart::Posting(actor.units()),
            QueueView::Words => QueuePart::Words(actor.units()),
        })
    }

    /// How much there is in each part of the queue.
    pub async fn queue_counts(&self, actor: &Actor) -> Result<QueueCounts> {
        people::require_somewhere(actor, Permission::ReadUnitCases)?;
        let actor = actor.clone();
        self.0
            .journal
            .store()
            .read(move |db| {
                let mut count = |view| {
                    let part = Self::part(&actor, view)?;
                    sql::count_queue(db, &part, COUNTED)
                };
                Ok(QueueCounts {
                    mine: count(QueueView::Mine)?,
                    unit: count(QueueView::Unit)?,
                    parts: count(QueueView::Parts)?,
                    urgent: count(QueueView::Urgent)?,
                    posting: count(QueueView::Posting)?,
                    words: count(QueueView::Words)?,
                    agreement: if actor.has_role(Role::Head) {
                        count(QueueView::Agreement)?
                    } else {
                        0
                    },
                })
            })
            .await
    }

    /// What a row of a list says; a destroyed key leaves it without its words.
    pub(crate) fn content_of(&self, row: &ListRow) -> Result<Content> {
        match &row.wrapped {
            Some(wrapped) => {
                let key = self.0.journal.keys();
                let key = key.open_wrapped(row.case.data_key, wrapped)?;
                Self::open_content(&key, row.case.id, &row.content)
            }
            None => Ok(Content::default()),
        }
    }

    /// Opens what a list shows of each row; the keys came with the rows.
    pub(crate) fn listed(&self, page: Page<ListRow>) -> Result<Page<QueueRow>> {
        let items = page
            .items
            .into_iter()
            .map(|row| {
                let content = self.content_of(&row)?;
                let topic = content.text("subject").to_owned();
                Ok(QueueRow {
                    danger: content.tells_of_danger(),
                    answers: if topic.is_empty() {
                        content.answers
                    } else {
                        Answers::default()
                    },
                    topic,
                    applicant: content.applicant.masked_name(),
                    place: content.address,
                    case: row.case,
                })
            })
            .collect::<Result<Vec<_>>>()?;
        Ok(Page {
            items,
            next: page.next,
        })
    }

    /// The public proof of a case; none while its newest entry is not sealed yet.
    pub async fn proof(&self, number: Number) -> Result<Option<String>> {
        let journal = self.0.journal.clone();
        self.0
            .journal
            .store()
            .read(move |db| {
                let row = Self::row(db, number)?;
                journal.proof(db, row.id.0, DISCLOSED)
            })
            .await
    }

    /// The signed receipt of a case, for those who may read the case.
    pub async fn receipt(&self, actor: &Actor, pass: &Pass, number: Number) -> Result<String> {
        let this = self.clone();
        let (actor, pass) = (actor.clone(), pass.clone());
        let recorded = self
            .0
            .journal
            .store()
            .read(move |db| {
                let row = Self::row(db, number)?;
                Self::side(&actor, &pass, &row)?;
                this.0.journal.first_entry(db, row.id.0)
            })
            .await?;
        self.0.journal.receipt(&number.to_string(), &recorded)
    }

    /// Figures of the last thirty days, from kept counts.
    pub async fn figures(&self) -> Result<Figures> {
        let since = self.today().saturating_sub(jiff::Span::new().days(30));
        let rows = self
            .0
            .journal
            .store()
            .read(move |db| sql::figures(db, since))
            .await?;
        Ok(crate::figures::of(&rows))
    }
}

/// The rows of a page when so many are asked for.
pub(crate) fn limit_of(asked: Option<usize>) -> usize {
    asked.map_or(ROWS, |asked| asked.clamp(1, base::page::MOST))
}

fn read_queue_cursor(cursor: &str) -> Result<(String, CaseId)> {
    let wrong = || Error::Malformed("error-cursor");
    let parts = Cursor::read(cursor, 2).ok_or_else(wrong)?;
    let day: jiff::civil::Date = parts[0].parse().map_err(|_| wrong())?;
    let id = parts[1].parse().map_err(|_| wrong())?;
    Ok((day.to_string(), id))
}

pub(crate) fn moment_cursor(moment: Moment, id: CaseId) -> Cursor {
    Cursor::of(&[&moment.micros().to_string(), &id.to_string()])
}

pub(crate) fn read_moment_cursor(cursor: &str) -> Result<(Moment, CaseId)> {
    let wrong = || Error::Malformed("error-cursor");
    let parts = Cursor::read(cursor, 2).ok_or_else(wrong)?;
    let micros = parts[0].parse().map_err(|_| wrong())?;
    let id = parts[1].parse().map_err(|_| wrong())?;
    Ok((Moment::from_micros(micros), id))
}
