//! Figures that are counted in memory are those that the database counts: beside one another through
//! a random walk of everything that can be done to cases, with entries placed and not placed yet, on
//! two nodes, after being counted anew, and when a year has gone by.

use std::collections::{BTreeMap, HashMap};
use std::io::Write as _;

use base::id::{AccountId, UnitId};
use base::{Actor, Number, Result};
use cases::control::{Control, FinishedFilter, Statistics, TermKind, Totals};
use cases::import::{Import, Options};
use cases::model::{AnswerDraft, Outcome};
use cases::workplace::Load;
use cases::{Cases, NewPart};
use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Span;
use jiff::civil::Date;
use journal::Placer;

use crate::house::{House, REASON, TEXT, both, guest, none};

const DAY: i64 = 86_400;
/// Deeds of a walk.
const STEPS: u32 = 240;
/// What is asked about both ways is asked after so many deeds.
const LOOK: u32 = 12;

/// Draws that are the same in every run.
struct Draws(u64);

impl Draws {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % most
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        let place = self.below(u64::try_from(all.len()).unwrap());
        &all[usize::try_from(place).unwrap()]
    }
}

/// Who plays, and what there is to play with.
struct Town<'h> {
    house: &'h House,
    anna: Actor,
    specialists: Vec<Actor>,
    heads: Vec<Actor>,
    numbers: Vec<Number>,
    done: BTreeMap<&'static str, u32>,
}

impl<'h> Town<'h> {
    async fn new(house: &'h House) -> Self {
        Self {
            house,
            anna: house.anna().await,
            specialists: vec![
                house.specialist("roads").await,
                house.specialist("schools").await,
            ],
            heads: vec![
                house.head("roads").await,
                house.head("schools").await,
                house.head("city").await,
            ],
            numbers: Vec::new(),
            done: BTreeMap::new(),
        }
    }

    /// One thing that somebody does, after as many as they are refused.
    async fn deed(&mut self, draws: &mut Draws) {
        for _ in 0..100 {
            if self.attempt(draws).await {
                return;
            }
        }
        panic!("nobody can do anything any more");
    }

    async fn attempt(&mut self, draws: &mut Draws) -> bool {
        let (name, done) = if self.numbers.len() < 4 || draws.below(40) == 0 {
            self.file(draws).await
        } else {
            let number = *draws.of(&self.numbers);
            let who = draws.of(&self.specialists).clone();
            let head = draws.of(&self.heads).clone();
            if draws.below(2) == 0 {
                self.of_specialist(draws, number, &who).await
            } else {
                self.of_others(draws, number, &head).await
            }
        };
        match done {
            Ok(()) => *self.done.entry(name).or_default() += 1,
            Err(error) => {
                assert!(
                    !matches!(error, base::Error::Internal(_)),
                    "{name}: {error}"
                );
                return false;
            }
        }
        true
    }

    async fn file(&mut self, draws: &mut Draws) -> (&'static str, Result<()>) {
        let (name, who) = if draws.below(3) == 0 {
            ("file as a guest", guest())
        } else {
            ("file", self.anna.clone())
        };
        self.numbers.push(self.house.file(&who).await.number);
        (name, Ok(()))
    }

    async fn of_specialist(
        &self,
        draws: &mut Draws,
        number: Number,
        who: &Actor,
    ) -> (&'static str, Result<()>) {
        let cases = &self.house.cases;
        let day = self.in_days(draws.below(12));
        let draft = AnswerDraft::plain(Outcome::Explained, TEXT);
        match draws.below(13) {
            0 | 1 => ("take", cases.take(who, number).await),
            2 => ("check", cases.start_check(who, number).await),
            3 => ("begin", cases.begin_work(who, number).await),
            4 => ("release", cases.release(who, number).await),
            5 => ("plan", cases.plan(who, number, day).await),
            6 => {
                let items = ["Фотография".to_owned()];
                let by = (draws.below(3) > 0).then_some(day);
                let asked = cases.request_documents_by(who, number, &items, "", by);
                ("ask for documents", asked.await)
            }
            7 => ("go on without", cases.resume(who, number).await),
            8..=10 => ("answer", cases.send_answer(who, number, draft).await),
            11 => ("close", cases.close(who, number).await),
            _ => {
                let to = *draws.of(&[self.house.schools, self.house.roads]);
                let gone = cases.redirect(who, number, to, REASON).await;
                ("redirect", gone)
            }
        }
    }

    async fn of_others(
        &self,
        draws: &mut Draws,
        number: Number,
        head: &Actor,
    ) -> (&'static str, Result<()>) {
        let (cases, anna, pass) = (&self.house.cases, &self.anna, none());
        let day = self.in_days(draws.below(12));
        match draws.below(15) {
            0..=3 => ("agree", cases.agree(head, number).await),
            4 => {
                let to = draws.of(&self.specialists).account().unwrap();
                ("assign", cases.assign(head, number, to).await)
            }
            5 => {
                let days = u32::try_from(draws.below(20) + 1).unwrap();
                let longer = cases.extend(head, number, days, "request", REASON);
                ("extend", longer.await)
            }
            6 | 7 => {
                let part = NewPart {
                    unit: *draws.of(&[self.house.schools, self.house.roads]),
                    account: None,
                    task: "Уточнить".to_owned(),
                    due_on: (draws.below(4) > 0).then_some(day),
                };
                ("give a part", cases.add_part(head, number, part).await)
            }
            8 => ("report a part", self.report(draws, number).await),
            9 => ("reopen", cases.reopen(head, number, REASON).await),
            // What ends a case for good is rare, so that there is something to do.
            10 if draws.below(6) == 0 => {
                let gone = cases.forward(head, number, "Прокуратура", "", REASON);
                ("forward", gone.await)
            }
            11 if draws.below(6) == 0 => {
                let back = cases.cancel(anna, &pass, number, "Уже не нужно");
                ("take back", back.await)
            }
            10..=12 => {
                let stars = u8::try_from(draws.below(5) + 1).unwrap();
                let rated = cases.rate(anna, &pass, number, stars, "Так себе");
                ("rate", rated.await)
            }
            13 => {
                let reply = cases.reply_to_rating(draws.of(&self.specialists), number, "Исправим");
                ("reply to a rating", reply.await)
            }
            _ => {
                let words = cases.write(anna, &pass, number, "Вот, что вы просили.", false);
                ("write", words.await)
            }
        }
    }

    async fn report(&self, draws: &mut Draws, number: Number) -> Result<()> {
        let who = draws.of(&self.specialists);
        let card = self.house.cases.card(who, &none(), number).await?;
        let Some(part) = card.course.parts.last() else {
            return Err(base::Error::NotFound);
        };
        self.house
            .cases
            .report_part(who, number, part.id, "Уточнили")
            .await
    }

    fn in_days(&self, days: u64) -> Date {
        let days = i64::try_from(days).unwrap();
        self.house
            .cases
            .today()
            .saturating_add(Span::new().days(days))
    }

    /// Everything that is asked of one face, by everybody and about everything.
    async fn figures(&self, cases: &Cases) -> Vec<Figures> {
        let mut all = Vec::new();
        for reader in self.specialists.iter().chain(&self.heads) {
            all.push(Figures::of(cases, reader, self.house).await);
        }
        all
    }
}

/// The figures that somebody is shown.
#[derive(Debug, PartialEq)]
struct Figures {
    control: Control,
    loads: Option<HashMap<Option<AccountId>, Load>>,
    statistics: Vec<Statistics>,
    totals: Vec<Totals>,
    running: Vec<(TermKind, Vec<(Number, Date)>)>,
}

impl Figures {
    async fn of(cases: &Cases, reader: &Actor, house: &House) -> Self {
        let today = cases.today();
        let ago = |days: i64| today.saturating_sub(Span::new().days(days));
        let mut statistics = Vec::new();
        let mut totals = Vec::new();
        let service = cases.catalog().contents().await.unwrap();
        let service = service.service("complaint").unwrap().id;
        let units: [Option<UnitId>; 3] = [None, Some(house.roads), Some(house.city)];
        for (unit, days) in units
            .into_iter()
            .zip([30, 90, 365])
            .chain([(None, 7), (None, 900)])
        {
            statistics.push(cases.statistics(reader, unit, ago(days)).await.unwrap());
            for service in [None, Some(service)] {
                let filter = FinishedFilter {
                    unit,
                    service,
                    from: ago(days),
                    until: ago(3),
                };
                totals.push(cases.totals(reader, filter).await.unwrap());
            }
        }
        let mut running = Vec::new();
        for kind in TermKind::ALL {
            running.push((kind, pages(cases, reader, kind).await));
        }
        Self {
            control: cases.control(reader).await.unwrap(),
            loads: cases.loads(reader).await.ok(),
            statistics,
            totals,
            running,
        }
    }
}

/// The terms of a kind that run, three by three to the end.
async fn pages(cases: &Cases, reader: &Actor, kind: TermKind) -> Vec<(Number, Date)> {
    let mut all = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let page = cases.running_terms(reader, kind, after.as_deref(), Some(3));
        let page = page.await.unwrap();
        let lines = page.items.iter();
        all.extend(lines.map(|term| (term.row.case.number, term.day)));
        match page.next {
            Some(next) => after = Some(next.as_str().to_owned()),
            None => return all,
        }
    }
}

async fn place_all(house: &House) {
    let placer = Placer::new(house.store.clone()).unwrap();
    tokio::task::spawn_blocking(move || placer.place_all_blocking())
        .await
        .unwrap()
        .unwrap();
}

/// Cases of another system, some of them open, come in.
async fn import(cases: &Cases) {
    let set = tempfile::tempdir().unwrap();
    let row = |id: u32, end: &str| {
        format!(
            "{id},2026-10-18T14:50:40,Озёрный,Заречье,\"Лесная, 12\",59.99,30.19,Дом,Дома,Кровля,\
             Дороги,Течёт,0,1,{end}\n"
        )
    };
    let mut appeals = "id,created,district,municipality,address,lat,lon,object,category,reason,\
         executor,text,photos,n_answers,answered,final_status\n"
        .to_owned();
    appeals += &row(1, "2026-11-02T16:33:46,Завершено: Автоматически");
    appeals += &row(2, "2026-11-12T10:00:00,Получен ответ");
    appeals += &row(3, ",Рассмотрение");
    for (name, text) in [("appeals", &*appeals), ("answers", "id,answer\n1,Готово\n")] {
        let file = std::fs::File::create(set.path().join(format!("{name}.csv.gz"))).unwrap();
        let mut gzip = GzEncoder::new(file, Compression::fast());
        gzip.write_all(text.as_bytes()).unwrap();
        gzip.finish().unwrap();
    }
    let importing = Import::new(cases.clone(), set.path(), Options::default());
    let carried = tokio::task::spawn_blocking(move || importing.run_blocking(|_| (), || false));
    let report = carried.await.unwrap().unwrap();
    assert_eq!(report.progress.carried_over, 3, "{report:?}");
}

#[test]
fn figures_from_memory_are_those_that_the_database_counts_whatever_was_done() {
    both(async |house| {
        let mut draws = Draws(0x5eed_0f0c_a5e5);
        let mut town = Town::new(house).await;
        // One node counts when it is told to, another one by itself while all this happens.
        let (counted, following) = (house.node(), house.node());
        assert_eq!(counted.count_anew().await.unwrap(), 0);
        let placer = Placer::new(house.store.clone()).unwrap();
        let (stop, stopping) = tokio::sync::watch::channel(false);
        let keeping = tokio::spawn(following.clone().keep_tally(placer.size(), stopping));
        for step in 0..STEPS {
            town.deed(&mut draws).await;
            if draws.below(4) == 0 {
                let seconds = i64::try_from(draws.below(3 * 86_400)).unwrap();
                house.clock.advance_seconds(seconds);
            }
            if draws.below(5) == 0 {
                place_all(house).await;
            }
            if step == STEPS / 2 {
                import(&house.cases).await;
            }
            if step % LOOK == 0 {
                let must = town.figures(&house.cases).await;
                assert_eq!(town.figures(&counted).await, must, "after {step} deeds");
                assert_eq!(town.figures(&following).await, must, "after {step} deeds");
            }
        }
        let names = town.done.len();
        assert_eq!(names, 23, "not everything was done: {:?}", town.done);
        let must = town.figures(&house.cases).await;
        assert!(
            must.iter()
                .any(|of| of.statistics.iter().any(|of| !of.low.is_empty()))
        );
        // Thrown away and counted anew, whether placed or not.
        let anew = house.node();
        assert!(anew.count_anew().await.unwrap() > town.numbers.len());
        assert_eq!(town.figures(&anew).await, must);
        place_all(house).await;
        for node in [&anew, &counted, &following] {
            assert_eq!(town.figures(node).await, must);
        }
        stop.send_replace(true);
        keeping.await.unwrap();
        // What was finished more than a year ago is let go of, and still told truly.
        house.clock.advance_seconds(500 * DAY);
        let must = town.figures(&house.cases).await;
        assert_eq!(town.figures(&counted).await, must);
        let anew = house.node();
        anew.count_anew().await.unwrap();
        assert_eq!(town.figures(&anew).await, must);
    });
}

#[test]
fn figures_tell_what_was_done_a_moment_ago() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let head = house.head("roads").await;
        let node = house.node();
        node.count_anew().await.unwrap();
        let open = async || node.loads(&head).await.unwrap();
        assert!(open().await.is_empty());
        // Nobody has placed any of these entries, and nobody follows the log.
        let number = house.file(&anna).await.number;
        assert_eq!(open().await[&None].open, 1);
        house.cases.take(&olga, number).await.unwrap();
        let loads = open().await;
        assert_eq!(loads[&olga.account()].open, 1);
        assert_eq!(loads.get(&None), None);
        house.answered(&anna, &olga, &head).await;
        place_all(house).await;
        assert_eq!(open().await[&olga.account()].open, 1);
    });
}
