//! An import that is killed goes on: the process is ended at random moments with `kill -9` and by
//! Ctrl-C, run again each time, and what is there at the end is what an import that nobody disturbed
//! leaves: every case once, with its whole history.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::support::{Dice, House, long, on_both};

fn pack(folder: &Path, name: &str, text: &str) {
    let file = File::create(folder.join(name)).unwrap();
    let mut gzip = GzEncoder::new(file, Compression::fast());
    gzip.write_all(text.as_bytes()).unwrap();
    gzip.finish().unwrap();
}

/// A set of so many appeals with their histories.
pub(crate) fn set(folder: &Path, appeals: u32) {
    let mut rows = String::from(
        "id,created,district,municipality,address,lat,lon,object,category,reason,executor,text,\
         photos,n_answers,answered,final_status\n",
    );
    let mut answers = String::from("id,answer\n");
    let mut timeline = String::from("id,at,status\n");
    let mut reroutes = String::from("id,at,from,to,old_deadline,new_deadline\n");
    let mut subjects = String::from("id,at,old,new\n");
    for id in 1000..1000 + appeals {
        let (district, executor, day) = (id % 7, id % 23, 1 + id % 20);
        rows.push_str(&format!(
            "{id},2020-11-{day:02}T10:00:00,Район {district},Округ {district},\"Лесная, {id}\",59.9,\
             30.1,Дом,Дома,Протечка {district},ЖКС № {executor},Течёт {id}.,0,1,\
             2020-11-{day:02}T20:00:00,Завершено: Автоматически\n"
        ));
        answers.push_str(&format!("{id},Починили {id}.\n"));
        for (hour, status) in [
            (10, "Модерация"),
            (11, "Рассмотрение"),
            (12, "Промежуточный ответ"),
            (20, "Получен ответ"),
            (23, "Завершено: Автоматически"),
        ] {
            timeline.push_str(&format!("{id},2020-11-{day:02}T{hour}:00:01,{status}\n"));
        }
        if id % 3 == 0 {
            reroutes.push_str(&format!(
                "{id},2020-11-{day:02}T11:30:00,Район,ЖКС № {executor},13.12.2020,19.12.2020\n"
            ));
        }
        if id % 5 == 0 {
            subjects.push_str(&format!(
                "{id},2020-11-{day:02}T10:30:00,Двор/Иное/Прочее,Дом/Дома/Протечка {district}\n"
            ));
        }
    }
    pack(folder, "appeals.csv.gz", &rows);
    pack(folder, "answers.csv.gz", &answers);
    pack(folder, "timeline.csv.gz", &timeline);
    pack(folder, "reroutes.csv.gz", &reroutes);
    pack(folder, "reclassified.csv.gz", &subjects);
}

/// Every case with every entry of its history, without what each house makes for itself.
fn left(house: &House) -> Vec<Vec<Option<String>>> {
    house.raw().rows(
        "SELECT f.outside_number, f.state, f.received_at, f.answered_at, f.closed_at, u.code, \
         c.code, t.code, j.entity_version, j.action, j.occurred_at FROM case_file f \
         JOIN unit u ON u.id = f.unit_id LEFT JOIN category c ON c.id = f.category_id \
         LEFT JOIN territory t ON t.id = f.territory_id JOIN journal j ON j.entity_id = f.id \
         ORDER BY f.outside_number, j.entity_version",
    )
}

fn killed(house: &House, undisturbed: &House, folder: &Path, appeals: u32, kills: u32) {
    let words = ["import", "appeals", folder.to_str().unwrap()];
    let said = undisturbed.run(&words);
    assert_eq!(said.code, 0, "{said:?}");
    let carried = format!("carried over {appeals}, already there 0, refused 0");
    assert!(said.out.contains(&carried), "{said:?}");

    let (mut dice, mut done) = (Dice(20_261_122), 0);
    for round in 0..kills {
        let mut child = house
            .command(&words)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Once more cases are there than before, at a random moment after that.
        let began = Instant::now();
        loop {
            let now =
                std::panic::catch_unwind(|| house.raw().number("SELECT count(*) FROM case_file"));
            match now {
                Ok(now) if now > done => break,
                _ if child.try_wait().unwrap().is_some() => break,
                _ => {}
            }
            assert!(began.elapsed() < Duration::from_mins(2), "nothing comes in");
            sleep(Duration::from_millis(10));
        }
        sleep(Duration::from_millis(dice.roll() % 150));
        if round % 4 == 3 {
            let pid = child.id().to_string();
            // It may have ended by itself.
            let _ = Command::new("kill").args(["-INT", &pid]).status().unwrap();
            assert!(
                child.wait().unwrap().success(),
                "stopped between two batches"
            );
        } else {
            child.kill().unwrap();
            child.wait().unwrap();
        }
        done = house.raw().number("SELECT count(*) FROM case_file");
        println!("{}: {done} cases after {} ends", house.name(), round + 1);
        house.assert_sound("after an import was ended");
    }
    assert!(done > 0, "something came in before the last end");
    let said = house.run(&words);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.out.contains("refused 0"), "{said:?}");
    house.assert_sound("after the import");
    let (ours, theirs) = (left(house), left(undisturbed));
    assert_eq!(ours.len(), theirs.len(), "entries");
    assert!(ours == theirs, "{}: what came in differs", house.name());
    let again = house.run(&words);
    let nothing = format!("carried over 0, already there {appeals}, refused 0");
    assert!(again.out.contains(&nothing), "{again:?}");
}

#[test]
fn a_killed_import_goes_on_and_comes_to_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let (appeals, kills) = if long() { (6_000, 24) } else { (900, 4) };
    set(folder.path(), appeals);
    on_both(|house| {
        let undisturbed = House::sqlite();
        killed(house, &undisturbed, folder.path(), appeals, kills);
    });
}
