//! Works on the ground: tasks with their stages and proofs, problems of several cases, what those who
//! filed are told of them, and what stops a head from agreeing too early.

use base::{Actor, Error, Number};
use cases::control::TasksCount;
use cases::documents::{NotKept, Upload};
use cases::model::{
    AnswerDraft, NewProblem, NewStage, NewTask, Outcome, ProblemFilter, ProblemState, Shows,
    TaskSource, TaskState, TasksView,
};
use cases::works::{MOVES, TaskAction};
use jiff::civil::{Date, date};

use crate::house::{House, NOON, TEXT, both, guest, is_conflict, none, wrong};

const DUE: Date = date(2026, 12, 4);
const TODAY: Date = date(2026, 11, 20);

pub(crate) fn photo() -> Upload {
    Upload {
        name: "Двор Семёновой.jpg".into(),
        bytes: include_bytes!("../documents/yard.jpg").as_slice().into(),
    }
}

fn problem(cases: &[Number]) -> NewProblem {
    NewProblem {
        title: "Не убирают снег на Лесной".into(),
        about: "Дворы домов 10–14 не чистят вторую неделю.".into(),
        place: "Лесная улица".into(),
        cases: cases.to_vec(),
    }
}

fn of_problem(house: &House, problem: i64) -> NewTask {
    NewTask {
        source: TaskSource::Problem,
        problem: Some(problem),
        case: None,
        title: "Очистить дворы".into(),
        todo: "Вывезти снег из дворов домов 10–14.".into(),
        unit: house.roads,
        owner: None,
        due_on: DUE,
    }
}

fn of_case(house: &House, source: TaskSource, case: Number) -> NewTask {
    NewTask {
        source,
        problem: None,
        case: Some(case),
        ..of_problem(house, 0)
    }
}

fn stage(title: &str, until_on: Date) -> NewStage {
    NewStage {
        title: title.into(),
        from_on: Some(TODAY),
        until_on,
    }
}

async fn state(house: &House, task: i64) -> TaskState {
    house.cases.works(task).await.unwrap().task.state
}

/// A task taken by Olga whose works have begun.
async fn begun(house: &House, head: &Actor, olga: &Actor, new: NewTask) -> i64 {
    let task = house.cases.set_task(head, new).await.unwrap();
    house.cases.take_task(olga, task).await.unwrap();
    house.cases.begin_works(olga, task).await.unwrap();
    task
}

/// The same, told as done with a photograph.
async fn reported(house: &House, head: &Actor, olga: &Actor, new: NewTask) -> i64 {
    let task = begun(house, head, olga, new).await;
    let cases = &house.cases;
    cases
        .show_works(olga, task, Shows::Proof, None, &photo())
        .await
        .unwrap();
    cases
        .report_works(olga, task, TODAY, "Снег вывезен.")
        .await
        .unwrap();
    task
}

fn refused<T>(done: Result<T, NotKept>) -> Result<T, Error> {
    done.map_err(|why| match why {
        NotKept::Refused(error) => Error::Invalid(vec![error]),
        NotKept::Down => Error::Busy,
        NotKept::Other(error) => error,
    })
}

/// What everybody reads of a solved problem names nobody: neither an applicant nor what a file was
/// called.
async fn names_nobody(house: &House, number: i64, task: i64) {
    let cases = &house.cases;
    let page = cases.problem(number).await.unwrap();
    assert_eq!(page.problem.state, ProblemState::Closed);
    assert_eq!((page.problem.cases, page.works.len()), (3, 1));
    assert_eq!(page.works[0].documents.len(), 2);
    let public = format!("{page:?}");
    assert!(!public.contains("Семёнов") && !public.contains("Двор Сем"));
    let file = cases
        .open_works(task, page.works[0].documents[0].id, false)
        .await;
    assert_eq!(refused(file).unwrap().name, format!("task-{task}.jpg"));
}

#[test]
fn three_cases_become_a_problem_its_task_is_done_in_stages_and_everybody_is_told() {
    both(async |house| {
        let (anna, boris) = (house.anna().await, house.anna().await);
        let (olga, head) = (house.specialist("roads").await, house.head("roads").await);
        let cases = &house.cases;
        let mut numbers = Vec::new();
        for who in [&anna, &boris, &anna] {
            numbers.push(house.file(who).await.number);
        }
        let opened = cases.open_problem(&olga, problem(&numbers)).await;
        assert!(matches!(opened, Err(Error::Forbidden)), "a head joins");
        let number = cases.open_problem(&head, problem(&numbers)).await.unwrap();
        for case in &numbers {
            let told = house.last(&head, *case).await;
            assert_eq!(told.action, "case.problem_joined");
            assert_eq!(told.field("works"), Some("Не убирают снег на Лесной"));
        }
        let again = cases.join_problem(&head, number, &numbers[..1]).await;
        assert!(is_conflict(&again, "problem-error-joined"));
        let early = cases.close_problem(&head, number, "Снег вывезен.").await;
        assert!(is_conflict(&early, "problem-error-not-done"));

        let task = cases
            .set_task(&head, of_problem(house, number))
            .await
            .unwrap();
        assert_eq!(house.last(&boris, numbers[1]).await.action, "case.task_set");
        cases.take_task(&olga, task).await.unwrap();
        let taken = cases.take_task(&head, task).await;
        assert!(is_conflict(&taken, "task-error-state"));
        for (title, day) in [("Вывоз снега", TODAY), ("Посыпка", DUE)] {
            cases
                .plan_stage(&olga, task, None, stage(title, day))
                .await
                .unwrap();
        }
        cases.begin_works(&olga, task).await.unwrap();
        assert_eq!(
            house.last(&anna, numbers[0]).await.action,
            "case.works_begun"
        );
        let works = cases.works(task).await.unwrap();
        assert_eq!(
            (works.percent(), works.task.begun_on),
            (Some(0), Some(TODAY))
        );
        let first = works.stages[0].id;
        let late = cases.finish_stage(&olga, task, first, DUE, "").await;
        assert_eq!(wrong(late), ["done_on"]);
        cases
            .show_works(&olga, task, Shows::Works, Some(first), &photo())
            .await
            .unwrap();
        cases
            .finish_stage(&olga, task, first, TODAY, "Вывезли 40 т.")
            .await
            .unwrap();
        let told = house.last(&boris, numbers[1]).await;
        assert_eq!(told.action, "case.works_stage_done");
        assert_eq!(told.field("stage"), Some("Вывоз снега"));
        assert_eq!(cases.works(task).await.unwrap().percent(), Some(50));

        let unproved = cases
            .report_works(&olga, task, TODAY, "Снег вывезен.")
            .await;
        assert_eq!(
            wrong(unproved),
            ["file"],
            "a photograph of a stage proves nothing"
        );
        cases
            .show_works(&olga, task, Shows::Proof, None, &photo())
            .await
            .unwrap();
        cases
            .report_works(&olga, task, TODAY, "Снег вывезен.")
            .await
            .unwrap();
        let own = cases.confirm_works(&olga, task).await;
        assert!(matches!(own, Err(Error::Forbidden)));
        let early = cases.close_problem(&head, number, "Снег вывезен.").await;
        assert!(
            is_conflict(&early, "problem-error-not-done"),
            "told is not confirmed"
        );
        cases.confirm_works(&head, task).await.unwrap();
        cases
            .close_problem(&head, number, "Снег вывезен, дворы посыпаны.")
            .await
            .unwrap();
        for case in &numbers {
            assert_eq!(house.last(&head, *case).await.action, "case.problem_closed");
        }
        names_nobody(house, number, task).await;
        let more = cases.join_problem(&head, number, &numbers).await;
        assert!(is_conflict(&more, "problem-error-closed"));
    });
}

#[test]
fn a_problem_is_closed_when_nothing_of_it_goes_on_and_something_was_done() {
    both(async |house| {
        let anna = house.anna().await;
        let (olga, head) = (house.specialist("roads").await, house.head("roads").await);
        let cases = &house.cases;
        let number = house.file(&anna).await.number;
        let about = cases.open_problem(&head, problem(&[number])).await.unwrap();
        let close = async || cases.close_problem(&head, about, "Снег вывезен.").await;
        let dropped = of_problem(house, about);
        let dropped = cases.set_task(&head, dropped).await.unwrap();
        cases.drop_works(&head, dropped, "Не нужно.").await.unwrap();
        assert!(
            is_conflict(&close().await, "problem-error-not-done"),
            "what was dropped solves nothing"
        );
        let done = reported(house, &head, &olga, of_problem(house, about)).await;
        cases.confirm_works(&head, done).await.unwrap();
        let other = of_problem(house, about);
        let other = cases.set_task(&head, other).await.unwrap();
        assert!(
            is_conflict(&close().await, "problem-error-not-done"),
            "another task goes on"
        );
        cases.drop_works(&head, other, "Не нужно.").await.unwrap();
        close().await.unwrap();

        // One that was opened by mistake is closed once no case is about it.
        let other = house.file(&anna).await.number;
        let mistaken = cases.open_problem(&head, problem(&[other])).await.unwrap();
        let close = async || cases.close_problem(&head, mistaken, "Речь о другом.").await;
        assert!(is_conflict(&close().await, "problem-error-not-done"));
        let left = cases.leave_problem(&head, mistaken, other, "Здесь речь о яме.");
        left.await.unwrap();
        close().await.unwrap();
    });
}

#[test]
fn a_task_is_done_by_those_of_its_unit_and_confirmed_by_another() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let (head, other) = (house.head("roads").await, house.head("schools").await);
        let (colleague, stranger) = (
            house.specialist("roads").await,
            house.specialist("schools").await,
        );
        let cases = &house.cases;
        let number = house.taken(&anna, &olga).await;
        let proposal = of_case(house, TaskSource::Proposal, number);
        let early = cases.set_task(&head, proposal.clone()).await;
        assert!(
            is_conflict(&early, "task-error-source"),
            "nothing is decided yet"
        );
        let draft = AnswerDraft::plain(Outcome::Satisfied, TEXT);
        cases.send_answer(&olga, number, draft).await.unwrap();
        cases.agree(&head, number).await.unwrap();
        for source in [TaskSource::Review, TaskSource::Promise] {
            let none = cases.set_task(&head, of_case(house, source, number)).await;
            assert!(is_conflict(&none, "task-error-source"), "{source:?}");
        }
        for who in [&olga, &other, &anna] {
            let set = cases.set_task(who, proposal.clone()).await;
            assert!(matches!(set, Err(Error::Forbidden | Error::NotFound)));
        }
        let past = NewTask {
            due_on: date(2026, 11, 19),
            ..proposal.clone()
        };
        assert_eq!(wrong(cases.set_task(&head, past).await), ["due_on"]);
        let strange = NewTask {
            owner: stranger.account(),
            ..proposal.clone()
        };
        assert_eq!(wrong(cases.set_task(&head, strange).await), ["account"]);
        let named = NewTask {
            todo: "Позвонить Семёновой, +7 900 123-45-67".into(),
            ..proposal.clone()
        };
        assert_eq!(wrong(cases.set_task(&head, named).await), ["todo"]);

        let task = cases.set_task(&head, proposal).await.unwrap();
        assert!(matches!(
            cases.task(&stranger, task).await,
            Err(Error::NotFound)
        ));
        assert!(matches!(
            cases.take_task(&stranger, task).await,
            Err(Error::Forbidden)
        ));
        let free = cases.begin_works(&olga, task).await;
        assert!(is_conflict(&free, "task-error-state"), "nobody has it");
        cases
            .give_task(&head, task, olga.account().unwrap())
            .await
            .unwrap();
        let anothers = cases.begin_works(&colleague, task).await;
        assert!(is_conflict(&anothers, "task-error-anothers"));
        cases.begin_works(&olga, task).await.unwrap();
        // The head may do it in the owner's place, and then does not confirm it.
        cases
            .show_works(&head, task, Shows::Proof, None, &photo())
            .await
            .unwrap();
        cases
            .report_works(&head, task, TODAY, "Сделано.")
            .await
            .unwrap();
        let card = cases.task(&head, task).await.unwrap();
        assert!(!card.may.contains(&TaskAction::Confirm));
        let own = cases.confirm_works(&head, task).await;
        assert!(is_conflict(&own, "task-error-own"));
        let deputy = house.head("city").await;
        cases.confirm_works(&deputy, task).await.unwrap();
        assert_eq!(state(house, task).await, TaskState::Confirmed);
        assert_eq!(
            house.last(&anna, number).await.action,
            "case.works_confirmed"
        );
        let dropped = cases.drop_works(&head, task, "Передумали.").await;
        assert!(
            is_conflict(&dropped, "task-error-state"),
            "an end is an end"
        );
    });
}

#[test]
fn not_done_stops_the_confirming_until_a_head_has_looked() {
    both(async |house| {
        let (anna, boris) = (house.anna().await, house.anna().await);
        let (olga, head) = (house.specialist("roads").await, house.head("roads").await);
        let cases = &house.cases;
        let (number, other) = (
            house.file(&anna).await.number,
            house.file(&boris).await.number,
        );
        let about = cases.open_problem(&head, problem(&[number])).await.unwrap();
        let task = begun(house, &head, &olga, of_problem(house, about)).await;
        let pass = none();
        let say = async |who: &Actor, case: Number, file: Option<&Upload>| {
            refused(
                cases
                    .dispute_works(who, &pass, case, task, "Снег лежит.", file)
                    .await,
            )
        };
        let early = say(&anna, number, None).await;
        assert!(is_conflict(&early, "task-error-not-told-done"));
        cases
            .show_works(&olga, task, Shows::Proof, None, &photo())
            .await
            .unwrap();
        cases
            .report_works(&olga, task, TODAY, "Снег вывезен.")
            .await
            .unwrap();
        assert!(matches!(
            say(&boris, other, None).await,
            Err(Error::NotFound)
        ));
        assert!(matches!(
            say(&olga, number, None).await,
            Err(Error::Forbidden)
        ));
        assert!(say(&guest(), number, None).await.is_err());
        say(&anna, number, Some(&photo())).await.unwrap();
        let twice = say(&anna, number, None).await;
        assert!(is_conflict(&twice, "task-error-said"));
        assert_eq!(
            house.last(&anna, number).await.action,
            "case.works_disputed"
        );

        let stopped = cases.confirm_works(&head, task).await;
        assert!(is_conflict(&stopped, "task-error-disputed"));
        let card = cases.task(&olga, task).await.unwrap();
        let case = cases.status(number).await.unwrap().id;
        let beside = cases.works_of_case(case).await.unwrap();
        assert_eq!(
            beside.disputed,
            [task],
            "the applicant sees that they have said so"
        );
        assert_eq!(card.disputes[0].text, "Снег лежит.");
        assert_eq!(card.disputes[0].case, number);
        assert!(card.disputes[0].document.is_some());
        // Nobody outside reads what an applicant said.
        assert!(!format!("{:?}", cases.problem(about).await.unwrap()).contains("лежит"));
        cases
            .send_works_back(&head, task, DUE, "Убрать у дома 12.")
            .await
            .unwrap();
        assert_eq!(state(house, task).await, TaskState::UnderWay);
        assert_eq!(
            house.last(&anna, number).await.action,
            "case.works_sent_back"
        );
        cases
            .report_works(&olga, task, TODAY, "Теперь вывезен.")
            .await
            .unwrap();
        say(&anna, number, None).await.unwrap();
        cases
            .uphold_works(&head, task, "Снег вывезли вечером, снимок приложен.")
            .await
            .unwrap();
        cases.confirm_works(&head, task).await.unwrap();
        let over = say(&anna, number, None).await;
        assert!(is_conflict(&over, "task-error-not-told-done"));
    });
}

#[test]
fn what_is_put_off_tells_why_and_until_when_and_a_case_leaves_a_problem_with_a_reason() {
    both(async |house| {
        let anna = house.anna().await;
        let (olga, head) = (house.specialist("roads").await, house.head("roads").await);
        let cases = &house.cases;
        let (number, other) = (
            house.file(&anna).await.number,
            house.file(&anna).await.number,
        );
        let about = cases.open_problem(&head, problem(&[number])).await.unwrap();
        cases.join_problem(&head, about, &[other]).await.unwrap();
        assert_eq!(cases.problem(about).await.unwrap().problem.cases, 2);
        let left = cases
            .leave_problem(&head, about, other, "Здесь речь о яме.")
            .await;
        left.unwrap();
        assert_eq!(cases.problem(about).await.unwrap().problem.cases, 1);
        let told = house.last(&anna, other).await;
        assert_eq!(told.field("reason"), Some("Здесь речь о яме."));
        cases.join_problem(&head, about, &[other]).await.unwrap();
        cases
            .leave_problem(&head, about, other, "Снова не о том.")
            .await
            .unwrap();

        let task = begun(house, &head, &olga, of_problem(house, about)).await;
        let by_her = cases
            .put_works_off(&olga, task, date(2026, 12, 10), "Метель.")
            .await;
        assert!(matches!(by_her, Err(Error::Forbidden)));
        let sooner = cases.put_works_off(&head, task, TODAY, "Метель.").await;
        assert_eq!(wrong(sooner), ["due_on"]);
        cases
            .put_works_off(&head, task, date(2026, 12, 10), "Метель до десятого.")
            .await
            .unwrap();
        let told = house.last(&anna, number).await;
        assert_eq!(told.action, "case.works_put_off");
        assert_eq!(told.field("task_due_on"), Some("2026-12-10"));
        assert_ne!(house.last(&anna, other).await.action, "case.works_put_off");
        let works = cases
            .works_of_case(house.card(&anna, number).await.case.id)
            .await
            .unwrap();
        assert_eq!(works.works[0].task.said, "Метель до десятого.");
        assert_eq!(works.problem.unwrap().number, about);
        cases.begin_works(&olga, task).await.unwrap();
        assert_eq!(state(house, task).await, TaskState::UnderWay);
        cases
            .drop_works(&head, task, "Двор передан другой организации.")
            .await
            .unwrap();
        assert_eq!(house.last(&anna, number).await.action, "case.works_dropped");
    });
}

#[test]
fn lists_go_by_the_day_and_the_clock_speaks_before_and_after_it() {
    both(async |house| {
        let anna = house.anna().await;
        let (olga, head) = (house.specialist("roads").await, house.head("roads").await);
        let cases = &house.cases;
        let number = house.file(&anna).await.number;
        let about = cases.open_problem(&head, problem(&[number])).await.unwrap();
        let mut tasks = Vec::new();
        for due_on in [date(2026, 12, 9), DUE, date(2026, 12, 7)] {
            let new = NewTask {
                due_on,
                ..of_problem(house, about)
            };
            tasks.push(cases.set_task(&head, new).await.unwrap());
        }
        let list = async |who: &Actor, view| {
            let mut all = Vec::new();
            let mut after: Option<String> = None;
            loop {
                let page = cases
                    .tasks(who, view, after.as_deref(), Some(2))
                    .await
                    .unwrap();
                all.extend(page.items.iter().map(|task| task.number));
                match page.next {
                    Some(next) => after = Some(next.as_str().to_owned()),
                    None => break all,
                }
            }
        };
        assert_eq!(
            list(&olga, TasksView::Unit).await,
            [tasks[1], tasks[2], tasks[0]]
        );
        assert!(list(&olga, TasksView::Mine).await.is_empty());
        cases.take_task(&olga, tasks[2]).await.unwrap();
        assert_eq!(list(&olga, TasksView::Mine).await, [tasks[2]]);
        assert!(
            list(&house.specialist("schools").await, TasksView::Unit)
                .await
                .is_empty()
        );
        for task in [tasks[0], tasks[2]] {
            cases.drop_works(&head, task, "Не нужно.").await.unwrap();
            house.clock.advance_seconds(1);
        }
        assert_eq!(list(&head, TasksView::Ended).await, [tasks[2], tasks[0]]);

        let filter = ProblemFilter {
            unit: Some(house.city),
            state: Some(ProblemState::Open),
            category: None,
        };
        let found = cases.problems(filter.clone(), None, None).await.unwrap();
        assert_eq!(found.items[0].number, about);
        let elsewhere = ProblemFilter {
            unit: Some(house.schools),
            ..filter
        };
        assert!(
            cases
                .problems(elsewhere, None, None)
                .await
                .unwrap()
                .items
                .is_empty()
        );

        let marks = cases::Marks::default();
        cases.watch_terms(&marks).await.unwrap();
        assert_ne!(house.last(&head, number).await.action, "case.task_reminded");
        let days = |day: Date| i64::from((day - TODAY).get_days()) * 24 * 3600;
        let go_to = |day: Date| {
            let to = base::Moment::from_micros(NOON.micros() + days(day) * 1_000_000);
            house
                .clock
                .advance_seconds(to.seconds_since(house.clock.now()));
        };
        let spoken = async |action: &str| {
            let card = house.card(&head, number).await;
            card.history
                .iter()
                .filter(|told| told.action == action)
                .count()
        };
        go_to(date(2026, 12, 3));
        for _ in 0..2 {
            cases.watch_terms(&marks).await.unwrap();
        }
        assert_eq!(spoken("case.task_reminded").await, 1);
        go_to(date(2026, 12, 5));
        for _ in 0..2 {
            cases.watch_terms(&marks).await.unwrap();
        }
        assert_eq!(
            (
                spoken("case.task_reminded").await,
                spoken("case.task_overdue").await
            ),
            (1, 1)
        );
    });
}

#[test]
fn tasks_stand_among_the_terms_of_those_who_answer_for_them() {
    both(async |house| {
        let anna = house.anna().await;
        let (olga, head) = (house.specialist("roads").await, house.head("roads").await);
        let cases = &house.cases;
        let number = house.file(&anna).await.number;
        let about = cases.open_problem(&head, problem(&[number])).await.unwrap();
        let due = |due_on| NewTask {
            due_on,
            ..of_problem(house, about)
        };
        let count = async |who: &Actor| cases.control(who).await.unwrap().tasks;
        let soon = cases
            .set_task(&head, due(date(2026, 11, 23)))
            .await
            .unwrap();
        let later = cases
            .set_task(&head, due(date(2026, 11, 24)))
            .await
            .unwrap();
        let told = reported(house, &head, &olga, due(date(2026, 11, 23))).await;
        let counted = |running, overdue, soon, to_confirm, broken| TasksCount {
            running,
            overdue,
            soon,
            to_confirm,
            broken,
        };
        // What was told as done binds nobody until a head has looked.
        assert_eq!(count(&head).await, counted(2, 0, 1, 1, 0));
        assert_eq!(
            count(&house.specialist("schools").await).await,
            TasksCount::default()
        );
        assert!(cases.running_tasks(&anna, None, None).await.is_err());
        let waiting = cases.tasks(&head, TasksView::ToConfirm, None, None);
        let waiting = waiting.await.unwrap().items;
        assert_eq!(waiting.len(), 1);
        assert_eq!(waiting[0].number, told);
        house.clock.advance_seconds(4 * 86_400);
        cases
            .send_works_back(&head, told, date(2026, 11, 25), "У дома 12 снег лежит.")
            .await
            .unwrap();
        assert_eq!(count(&head).await, counted(3, 1, 2, 0, 0));
        let mut listed = Vec::new();
        let mut after: Option<String> = None;
        loop {
            let page = cases.running_tasks(&head, after.as_deref(), Some(2));
            let page = page.await.unwrap();
            listed.extend(page.items.iter().map(|task| task.number));
            match page.next {
                Some(next) => after = Some(next.as_str().to_owned()),
                None => break,
            }
        }
        assert_eq!(listed, [soon, later, told]);
        assert!(cases.running_tasks(&head, Some("tea"), None).await.is_err());
        // Done a day after its day and confirmed: a term that was broken, for thirty days.
        house.clock.advance_seconds(2 * 86_400);
        cases
            .report_works(&olga, told, date(2026, 11, 26), "Снег вывезен.")
            .await
            .unwrap();
        cases.confirm_works(&head, told).await.unwrap();
        assert_eq!(count(&head).await, counted(2, 2, 0, 0, 1));
        house.clock.advance_seconds(40 * 86_400);
        assert_eq!(count(&head).await, counted(2, 2, 0, 0, 0));
    });
}

#[test]
fn a_deed_that_the_table_does_not_name_is_refused_and_one_that_it_names_is_offered() {
    both(async |house| {
        let anna = house.anna().await;
        let (olga, head) = (house.specialist("roads").await, house.head("roads").await);
        let cases = &house.cases;
        let number = house.file(&anna).await.number;
        let about = cases.open_problem(&head, problem(&[number])).await.unwrap();
        let task = cases
            .set_task(&head, of_problem(house, about))
            .await
            .unwrap();
        for early in [
            cases.confirm_works(&head, task).await,
            cases.uphold_works(&head, task, "Посмотрели.").await,
            cases.report_works(&head, task, TODAY, "Сделано.").await,
            cases.begin_works(&head, task).await,
        ] {
            assert!(is_conflict(&early, "task-error-state"));
        }
        let offered = cases.task(&olga, task).await.unwrap().may;
        assert_eq!(
            offered,
            [TaskAction::Take],
            "what is another's to do is not offered"
        );
        let offered = cases.task(&head, task).await.unwrap().may;
        let all = MOVES.iter().filter(|line| line.from == TaskState::Set);
        assert_eq!(offered, all.map(|line| line.action).collect::<Vec<_>>());
        let done = reported(house, &head, &olga, of_problem(house, about)).await;
        let offered = cases.task(&head, done).await.unwrap().may;
        assert_eq!(offered, [TaskAction::Confirm, TaskAction::SendBack]);
    });
}

#[test]
fn a_task_stands_among_the_loads_and_its_heads_are_told_with_its_first_case() {
    both(async |house| {
        let (head, olga) = (house.head("roads").await, house.specialist("roads").await);
        let cases = &house.cases;
        let filed = [house.file(&guest()).await, house.file(&guest()).await];
        let joined = [filed[0].number, filed[1].number];
        let problem = cases.open_problem(&head, problem(&joined)).await.unwrap();
        let tasks = async || {
            let loads = cases.loads(&head).await.unwrap();
            let own = loads.get(&olga.account()).copied().unwrap_or_default();
            (own.tasks, own.tasks_overdue)
        };
        assert_eq!(tasks().await, (0, 0));
        let task = begun(house, &head, &olga, of_problem(house, problem)).await;
        assert_eq!(tasks().await, (1, 0));
        cases
            .show_works(&olga, task, Shows::Proof, None, &photo())
            .await
            .unwrap();
        cases
            .report_works(&olga, task, TODAY, "Снег вывезен.")
            .await
            .unwrap();
        assert_eq!(tasks().await, (0, 0), "it waits for a head now");
        let told = house
            .store
            .read(move |db| cases::Cases::told_task(db, task))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(told.first, filed.iter().map(|one| one.id).min());
        assert_eq!(told.told_by, olga.account());
    });
}
