//! The workplace of a specialist and a head: plans, notes, priorities, control of every kind of term,
//! the journal of services, figures, stages.

use base::{Actor, Error, Number};
use cases::control::{FinishedFilter, TermKind};
use cases::model::{AnswerDraft, Outcome, RegisterFilter, State};
use cases::states::Action;
use cases::{Narrowed, NewPart, QueueFilter, QueueView, listening};
use catalog::Priority;
use futures_util::StreamExt as _;
use jiff::civil::date;

use crate::house::{House, TEXT, both, filing, guest, none, wrong};

const DAY: i64 = 86_400;

#[test]
fn a_plan_is_within_the_term_and_the_applicant_knows_of_it() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let number = house.taken(&anna, &olga).await;
        let cases = &house.cases;
        let due_on = house.card(&anna, number).await.case.due_on.unwrap();
        let late = due_on.tomorrow().unwrap();
        assert_eq!(wrong(cases.plan(&olga, number, late).await), ["planned_on"]);
        let past = date(2026, 11, 19);
        assert_eq!(wrong(cases.plan(&olga, number, past).await), ["planned_on"]);
        let other = house.specialist("roads").await;
        assert!(
            cases.plan(&other, number, due_on).await.is_err(),
            "the case is another's"
        );
        let day = date(2026, 12, 4);
        cases.plan(&olga, number, day).await.unwrap();
        let card = house.card(&anna, number).await;
        assert_eq!(card.case.clocks.planned_on, Some(day));
        assert_eq!(card.case.due_on, Some(due_on), "the term by law stays");
        let told = house.last(&anna, number).await;
        assert_eq!(told.action, "case.planned");
        assert_eq!(told.field("planned_on"), Some("2026-12-04"));
        // The plan was Olga's: nobody else is bound by it.
        cases.release(&olga, number).await.unwrap();
        let card = house.card(&anna, number).await;
        assert_eq!(card.case.clocks.planned_on, None);
    });
}

#[test]
fn a_note_is_for_colleagues_alone_and_leaves_an_entry_without_its_words() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let number = house.taken(&anna, &olga).await;
        let cases = &house.cases;
        let words = "Позвонить в подрядную организацию.";
        assert_eq!(wrong(cases.note(&olga, number, " ").await), ["text"]);
        assert!(matches!(
            cases.note(&anna, number, words).await,
            Err(Error::Forbidden)
        ));
        cases.note(&olga, number, words).await.unwrap();
        let colleague = house.specialist("roads").await;
        house.clock.advance_seconds(1);
        cases
            .note(&colleague, number, "Уже звонили.")
            .await
            .unwrap();
        let seen = house.card(&colleague, number).await;
        let texts: Vec<_> = seen.course.notes.iter().map(|note| &*note.text).collect();
        assert_eq!(texts, [words, "Уже звонили."]);
        let own = house.card(&anna, number).await;
        assert!(own.course.notes.is_empty());
        let told: Vec<_> = own
            .history
            .iter()
            .filter(|told| told.action == "case.noted")
            .collect();
        assert_eq!(told.len(), 2);
        let said = format!("{told:?}");
        assert!(!said.contains("подрядную"), "{said}");
        assert!(!house.may(&anna, number, Action::Note).await);
        // A note closes and opens nothing.
        let number = house
            .answered(&anna, &olga, &house.head("roads").await)
            .await;
        cases.close(&olga, number).await.unwrap();
        cases.note(&olga, number, words).await.unwrap();
        assert_eq!(house.state(&olga, number).await, State::Closed);
    });
}

#[test]
fn what_a_head_calls_urgent_stands_in_a_view_of_its_own() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let head = house.head("roads").await;
        let cases = &house.cases;
        let (usual, urgent) = (
            house.taken(&anna, &olga).await,
            house.file(&anna).await.number,
        );
        assert!(matches!(
            cases.prioritise(&olga, urgent, Priority::Urgent).await,
            Err(Error::Forbidden)
        ));
        cases
            .prioritise(&head, urgent, Priority::Urgent)
            .await
            .unwrap();
        let filter = QueueFilter {
            view: QueueView::Urgent,
            ..QueueFilter::default()
        };
        let listed = cases.queue(&olga, filter, None).await.unwrap().items;
        let numbers: Vec<_> = listed.iter().map(|row| row.case.number).collect();
        assert_eq!(numbers, [urgent]);
        assert_eq!(cases.queue_counts(&olga).await.unwrap().urgent, 1);
        assert_ne!(usual, urgent);
        let told = house.last(&head, urgent).await;
        assert_eq!(told.field("priority"), Some("urgent"));
    });
}

fn of(control: &cases::control::Control, kind: TermKind) -> (i64, i64, i64, Option<i64>) {
    let mut kinds = control.kinds.iter();
    let known = kinds.find(|count| count.kind == kind).unwrap();
    (known.running, known.soon, known.overdue, known.broken)
}

#[test]
fn terms_of_every_kind_are_counted_and_listed() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let head = house.head("city").await;
        let cases = &house.cases;
        let begun = house.taken(&anna, &olga).await;
        let waiting = house.file(&anna).await.number;
        cases.plan(&olga, begun, date(2026, 11, 22)).await.unwrap();
        let part = NewPart {
            unit: house.schools,
            account: None,
            task: "Проверить двор школы".to_owned(),
            due_on: Some(date(2026, 11, 23)),
        };
        cases.add_part(&head, begun, part).await.unwrap();
        let asked = house.taken(&anna, &olga).await;
        let items = ["Фотография".to_owned()];
        let send_by = Some(date(2026, 12, 1));
        cases
            .request_documents_by(&olga, asked, &items, "", send_by)
            .await
            .unwrap();
        let control = cases.control(&head).await.unwrap();
        assert_eq!(of(&control, TermKind::Answer), (3, 0, 0, Some(0)));
        assert_eq!(of(&control, TermKind::WorkStart), (1, 0, 0, Some(0)));
        assert_eq!(of(&control, TermKind::Forward), (1, 0, 0, Some(0)));
        assert_eq!(of(&control, TermKind::Part), (1, 1, 0, None));
        assert_eq!(of(&control, TermKind::Documents), (1, 0, 0, None));
        assert_eq!(of(&control, TermKind::Aim), (3, 0, 0, Some(0)));
        assert_eq!(of(&control, TermKind::Plan), (1, 1, 0, None));
        assert_eq!((control.received, control.registered_late), (3, 0));
        // A week and a day later the work on one has still not begun.
        house.clock.advance_seconds(8 * DAY);
        let control = cases.control(&head).await.unwrap();
        assert_eq!(of(&control, TermKind::WorkStart), (1, 0, 1, Some(1)));
        assert_eq!(of(&control, TermKind::Plan), (1, 0, 1, None));
        let listed = cases
            .running_terms(&head, TermKind::WorkStart, None, None)
            .await
            .unwrap();
        assert_eq!(listed.items.len(), 1);
        assert_eq!(listed.items[0].row.case.number, waiting);
        assert_eq!(listed.items[0].day, date(2026, 11, 27));
        // Whoever has no unit controls nothing; other units are not seen.
        assert!(cases.control(&anna).await.is_err());
        let schools = house.specialist("schools").await;
        let control = cases.control(&schools).await.unwrap();
        assert_eq!(of(&control, TermKind::Answer), (0, 0, 0, Some(0)));
        assert_eq!(
            of(&control, TermKind::Part).0,
            1,
            "its own part of another's case"
        );
    });
}

fn month() -> FinishedFilter {
    FinishedFilter {
        unit: None,
        service: None,
        from: date(2026, 11, 1),
        until: date(2027, 1, 31),
    }
}

#[test]
fn the_journal_of_services_tells_what_was_finished_and_whether_in_term() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let head = house.head("roads").await;
        let cases = &house.cases;
        let prompt = house.answered(&anna, &olga, &head).await;
        let taken_back = house.file(&anna).await.number;
        cases
            .cancel(&anna, &none(), taken_back, "Уже убрали")
            .await
            .unwrap();
        let open = house.file(&anna).await.number;
        house.clock.advance_seconds(40 * DAY);
        cases.take(&olga, open).await.unwrap();
        let draft = cases::model::AnswerDraft::plain(cases::model::Outcome::Explained, TEXT);
        cases.send_answer(&olga, open, draft).await.unwrap();
        cases.agree(&head, open).await.unwrap();
        let page = cases.finished(&head, month(), None, 2).await.unwrap();
        let listed: Vec<_> = page
            .items
            .iter()
            .map(|case| (case.number, case.in_term()))
            .collect();
        assert_eq!(listed[0], (open, Some(false)), "the newest first, late");
        let rest = page.next.unwrap();
        let rest = cases
            .finished(&head, month(), Some(rest.as_str()), 2)
            .await
            .unwrap();
        let all: Vec<_> = listed
            .into_iter()
            .chain(rest.items.iter().map(|case| (case.number, case.in_term())))
            .collect();
        assert_eq!(all.len(), 3);
        assert!(all.contains(&(prompt, Some(true))));
        assert!(all.contains(&(taken_back, None)));
        let totals = cases.totals(&head, month()).await.unwrap();
        assert_eq!((totals.all, totals.in_term, totals.late), (3, 1, 1));
        assert_eq!((totals.share(), totals.median_days), (Some(50), Some(0)));
        let early = FinishedFilter {
            until: date(2026, 11, 30),
            ..month()
        };
        assert_eq!(cases.totals(&head, early).await.unwrap().all, 2);
        let schools = house.head("schools").await;
        assert_eq!(cases.totals(&schools, month()).await.unwrap().all, 0);
        assert!(cases.finished(&anna, month(), None, 2).await.is_err());
        // The same as figures: two by Olga, one that nobody had.
        let figures = cases
            .statistics(&head, None, date(2026, 11, 1))
            .await
            .unwrap();
        assert!(figures.open.is_empty());
        assert_eq!(figures.finished, totals);
        let by_olga = figures
            .by_person
            .iter()
            .find(|(person, _)| *person == olga.account())
            .unwrap();
        assert_eq!((by_olga.1.all, by_olga.1.late), (2, 1));
        // Control counts what was broken in the last thirty days.
        let control = cases.control(&head).await.unwrap();
        assert_eq!(of(&control, TermKind::Answer).3, Some(1));
    });
}

#[test]
fn each_stage_is_kept_with_its_unit_and_its_time() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let head = house.head("city").await;
        let cases = &house.cases;
        let number = house.file(&anna).await.number;
        house.clock.advance_seconds(2 * DAY);
        cases.take(&olga, number).await.unwrap();
        house.clock.advance_seconds(3 * DAY);
        let reason = "Этим занимаются школы.";
        cases
            .redirect(&olga, number, house.schools, reason)
            .await
            .unwrap();
        house.clock.advance_seconds(DAY);
        let by_unit = cases.stages_by_unit(&head).await.unwrap();
        let roads = by_unit
            .iter()
            .find(|unit| unit.unit == house.roads)
            .unwrap();
        assert_eq!(
            roads.stages,
            [(State::Registered, 2 * DAY, 1), (State::InWork, 3 * DAY, 1)]
        );
        let by_case = cases.stages_by_case(&head, None, None, None).await.unwrap();
        assert_eq!(by_case.items[0].case.number, number);
        assert_eq!(
            by_case.items[0].stages,
            [(State::Registered, 2 * DAY), (State::InWork, 4 * DAY)],
            "the stage that it is in counts too"
        );
        assert!(
            cases.stages_by_unit(&olga).await.is_err(),
            "for heads alone"
        );
    });
}

#[test]
fn the_register_tells_when_the_work_began() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let number = house.file(&anna).await.number;
        let cases = &house.cases;
        assert_eq!(cases.status(number).await.unwrap().begun_on, None);
        house.clock.advance_seconds(3 * DAY);
        cases.start_check(&olga, number).await.unwrap();
        assert_eq!(cases.status(number).await.unwrap().begun_on, None);
        cases.begin_work(&olga, number).await.unwrap();
        let begun_on = Some(date(2026, 11, 23));
        assert_eq!(cases.status(number).await.unwrap().begun_on, begun_on);
        // Whatever happens later, it began then.
        house.clock.advance_seconds(DAY);
        cases.release(&olga, number).await.unwrap();
        cases.take(&olga, number).await.unwrap();
        let page = cases.register(RegisterFilter::default(), None, 10).await;
        assert_eq!(page.unwrap().items[0].begun_on, begun_on);
    });
}

#[test]
fn a_guests_message_and_a_signed_appeal_have_the_clocks_of_their_orders() {
    both(async |house| {
        let anna = house.anna().await;
        let head = house.head("roads").await;
        let appeal = house.file(&anna).await.number;
        let clocks = house.card(&head, appeal).await.case.clocks;
        assert_eq!(clocks.begin_by, Some(date(2026, 11, 27)));
        assert_eq!(clocks.forward_by, Some(date(2026, 11, 27)));
        assert_eq!(clocks.register_by, Some(date(2026, 11, 23)));
        assert!(clocks.aim_on.is_some_and(|aim| aim < date(2026, 12, 21)));
        let message = house.file(&guest()).await.number;
        let clocks = house.card(&head, message).await.case.clocks;
        assert_eq!(clocks.begin_by, Some(date(2026, 11, 27)));
        assert_eq!(
            clocks.forward_by, None,
            "the order of messages knows no forwarding"
        );
    });
}

#[test]
fn the_desks_of_the_unit_and_of_a_part_hear_of_a_case_and_no_others() {
    both(async |house| {
        let live = web::live::Live::default();
        let listen = |unit| {
            let topics = vec![listening::desk_topic(unit)];
            let page = live.stream_all(topics).unwrap();
            page.into_body().into_data_stream()
        };
        let desks = [house.roads, house.schools, house.city].map(listen);
        let [mut roads, mut schools, mut city] = desks;
        let filed = house.file(&house.anna().await).await;
        let head = house.head("roads").await;
        let specialist = house.specialist("roads").await;
        house.cases.take(&specialist, filed.number).await.unwrap();
        let part = NewPart {
            unit: house.schools,
            account: None,
            task: "Уточнить".to_owned(),
            due_on: None,
        };
        let given = house.cases.add_part(&head, filed.number, part);
        given.await.unwrap();
        let (tell, told) = tokio::sync::mpsc::channel(4);
        let telling = listening::tell_desks(house.cases.clone(), live.clone(), told);
        let telling = tokio::spawn(telling);
        tell.send((filed.id, 6)).await.unwrap();
        tell.send((filed.id, 7)).await.unwrap();
        for desk in [&mut roads, &mut schools] {
            let event = desk.next().await.unwrap().unwrap();
            assert_eq!(&event[..], b"event: change\nid: 7\ndata: 7\n\n");
        }
        drop(tell);
        telling.await.unwrap();
        live.close();
        assert!(city.next().await.is_none(), "it has nothing to do with it");
    });
}

#[test]
fn what_applicants_think_and_how_each_unit_stands_is_shown_to_the_head() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let (head, above) = (house.head("roads").await, house.head("city").await);
        let cases = &house.cases;
        let mut answered = Vec::new();
        for (stars, words) in [(5, "Спасибо"), (1, "Снег так и лежит"), (2, "")]
        {
            let number = house.answered(&anna, &olga, &head).await;
            let pass = none();
            let rated = cases.rate(&anna, &pass, number, stars, words);
            rated.await.unwrap();
            answered.push(number);
        }
        house.answered(&anna, &olga, &head).await;
        house.file(&anna).await;
        let since = date(2026, 11, 1);
        let figures = cases.statistics(&head, None, since).await.unwrap();
        assert_eq!(figures.ratings.by_stars, [1, 1, 0, 0, 1]);
        // Eight stars by three people: 2.67.
        assert_eq!(figures.ratings.mean_in_tenths(), Some(27));
        let low = |figures: &cases::control::Statistics| {
            let mut low: Vec<_> = figures
                .low
                .iter()
                .map(|low| (low.number, low.stars, low.comment.clone(), low.replied))
                .collect();
            low.sort_unstable();
            low
        };
        let (worst, bad) = (answered[1], answered[2]);
        let said = || "Снег так и лежит".to_owned();
        assert_eq!(
            low(&figures),
            [(worst, 1, said(), false), (bad, 2, String::new(), false)]
        );
        assert!(figures.by_unit.is_empty(), "one unit is no table of units");
        cases
            .reply_to_rating(&olga, worst, "Вывезем завтра.")
            .await
            .unwrap();

        let figures = cases.statistics(&above, None, since).await.unwrap();
        assert_eq!(low(&figures)[0], (worst, 1, said(), true));
        let [roads] = &figures.by_unit[..] else {
            panic!("{:?}", figures.by_unit)
        };
        assert_eq!(roads.unit, house.roads);
        assert_eq!((roads.open, roads.overdue), (1, 0));
        assert_eq!((roads.finished.all, roads.finished.in_term), (4, 4));
        assert_eq!(roads.ratings.all(), 3);
        // A year later what is still open is overdue, and nothing was finished of late.
        house.clock.advance_seconds(365 * 24 * 3600);
        let since = date(2027, 11, 1);
        let figures = cases.statistics(&above, None, since).await.unwrap();
        assert_eq!(
            (figures.by_unit[0].open, figures.by_unit[0].overdue),
            (1, 1)
        );
        assert_eq!(figures.ratings.mean_in_tenths(), None);
        let stranger = house.head("schools").await;
        let theirs = cases.statistics(&stranger, None, since).await.unwrap();
        assert_eq!((theirs.low.len(), theirs.overdue), (0, 0));
    });
}

/// The unit's queue as it is narrowed, page by page to its end.
async fn narrowed(house: &House, reader: &Actor, narrowed: Narrowed) -> Vec<Number> {
    let filter = QueueFilter {
        view: QueueView::Unit,
        narrowed,
        limit: Some(3),
        ..QueueFilter::default()
    };
    let mut all = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let page = house.cases.queue(reader, filter.clone(), after.as_deref());
        let page = page.await.unwrap();
        all.extend(page.items.iter().map(|row| row.case.number));
        match page.next {
            Some(next) => after = Some(next.as_str().to_owned()),
            None => return all,
        }
    }
}

#[test]
fn the_queue_is_narrowed_and_put_in_order_and_its_pages_go_on() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let head = house.head("roads").await;
        let cases = &house.cases;
        let contents = cases.catalog().contents().await.unwrap();
        let snow = contents.categories().by_code("snow").unwrap().id;
        let complaint = contents.service("complaint").unwrap().id;
        let mut numbers = Vec::new();
        for _ in 0..4 {
            numbers.push(house.file(&anna).await.number);
            house.clock.advance_seconds(60);
        }
        let (mine, waiting) = (numbers[0], numbers[1]);
        cases.take(&olga, mine).await.unwrap();
        cases.take(&olga, waiting).await.unwrap();
        cases
            .write_as_staff(&olga, waiting, "Какой это дом?", true)
            .await
            .unwrap();
        let list = async |by| narrowed(house, &head, by).await;
        let all = Narrowed::default();
        assert_eq!(list(all).await.len(), 4);
        let newest = Narrowed {
            newest: true,
            ..all
        };
        let mut backwards = numbers.clone();
        backwards.reverse();
        assert_eq!(list(newest).await, backwards);
        let state = |state| Narrowed {
            state: Some(state),
            newest: true,
            ..all
        };
        assert_eq!(list(state(State::InWork)).await, [waiting, mine]);
        assert_eq!(list(state(State::Registered)).await, backwards[..2]);
        let free = Narrowed {
            free: true,
            ..newest
        };
        assert_eq!(list(free).await, backwards[..2]);
        let roads = house.cases.people().units().await.unwrap();
        let roads = roads.by_code("roads").unwrap().id;
        let unit = |unit| Narrowed {
            unit: Some(unit),
            ..all
        };
        assert_eq!(list(unit(roads)).await.len(), 4);
        assert_eq!(list(unit(base::id::UnitId(uuid::Uuid::nil()))).await, []);
        for (by, found) in [
            (
                Narrowed {
                    category: Some(snow),
                    ..all
                },
                4,
            ),
            (
                Narrowed {
                    service: Some(complaint),
                    ..all
                },
                4,
            ),
            (
                Narrowed {
                    category: Some(snow),
                    free: true,
                    ..all
                },
                2,
            ),
            (
                Narrowed {
                    service: Some(base::id::ServiceId(uuid::Uuid::nil())),
                    ..all
                },
                0,
            ),
        ] {
            assert_eq!(list(by).await.len(), found, "{by:?}");
        }
        let wrong = QueueFilter {
            narrowed: newest,
            ..QueueFilter::default()
        };
        let cursor = cases.queue(&head, wrong, Some("2026-11-20.x")).await;
        assert!(cursor.is_err(), "a cursor of the other order is none");
    });
}

#[test]
fn a_danger_is_marked_while_its_case_is_open() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let cases = &house.cases;
        let calm = house.file(&anna).await.number;
        let mut told = filing();
        told.answers["description"] = "Открытый люк у школы, дети чуть не упали.".into();
        let told = cases.file(&anna, told).await.unwrap().number;
        let filter = QueueFilter {
            view: QueueView::Unit,
            ..QueueFilter::default()
        };
        let rows = cases.queue(&olga, filter, None).await.unwrap().items;
        let danger = |number| {
            rows.iter()
                .find(|row| row.case.number == number)
                .unwrap()
                .danger
        };
        assert!(danger(told) && !danger(calm));
    });
}

#[test]
fn what_the_applicant_says_stands_out_until_somebody_reacts() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let head = house.head("roads").await;
        let cases = &house.cases;
        let for_us = Narrowed {
            for_us: true,
            ..Narrowed::default()
        };
        let wrote = async || {
            let filter = QueueFilter {
                view: QueueView::Words,
                ..QueueFilter::default()
            };
            let rows = cases.queue(&olga, filter, None).await.unwrap().items;
            let counts = cases.queue_counts(&olga).await.unwrap();
            assert_eq!(counts.words, i64::try_from(rows.len()).unwrap());
            rows.iter().map(|row| row.case.number).collect::<Vec<_>>()
        };
        let say = async |number| {
            let written = cases.write(&anna, &none(), number, "Когда?", false).await;
            written.unwrap();
        };
        let number = house.file(&anna).await.number;
        say(number).await;
        assert_eq!(wrote().await, [], "it is read with the case");
        cases.take(&olga, number).await.unwrap();
        assert_eq!(wrote().await, [], "nobody has said anything since");
        say(number).await;
        assert_eq!(wrote().await, [number]);
        assert_eq!(narrowed(house, &head, for_us).await, [number]);
        let since = house.card(&olga, number).await.case.words_since;
        house.clock.advance_seconds(60);
        say(number).await;
        let still = house.card(&olga, number).await.case.words_since;
        assert!(since.is_some() && since == still, "since the first of them");
        cases
            .note(&olga, number, "Позвонила, объяснила")
            .await
            .unwrap();
        assert_eq!(wrote().await, []);
        say(number).await;
        let reply = cases.write_as_staff(&olga, number, "Завтра", false).await;
        reply.unwrap();
        assert_eq!(wrote().await, []);

        // After the answer, too, until the case is closed.
        let draft = AnswerDraft::plain(Outcome::Explained, TEXT);
        cases.send_answer(&olga, number, draft).await.unwrap();
        house.clock.advance_seconds(60);
        say(number).await;
        cases.agree(&head, number).await.unwrap();
        assert_eq!(wrote().await, [number], "the answer was written before");
        cases.close(&olga, number).await.unwrap();
        assert_eq!(wrote().await, []);
    });
}
