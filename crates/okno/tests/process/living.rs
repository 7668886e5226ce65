//! What a house does beside plain appeals: works on the ground with problems, tasks, photographs and
//! «Не сделано», decisions by rule, letters to a mailbox, notices for a social network. For the tests
//! that want rows in every table.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::{APPLICANT, Answer, Client, Filed, House, Server};

const JPEG: &[u8] = include_bytes!("support/small.jpg");
const BOUNDARY: &str = "----okno-life";
/// How long what happens by itself may take on a busy machine.
const PATIENCE: Duration = Duration::from_mins(2);
const SAID: &str = "Покрытие уложено заново, яма заделана на всю ширину.";
/// A day that no test will see.
const LATER: &str = "2099-12-30";

fn done(client: &mut Client, path: &str, fields: &[(&str, &str)]) -> Answer {
    let answer = client.post_form(path, fields).unwrap();
    assert_eq!(answer.status, 303, "{path}: {}", answer.text());
    answer
}

/// A form with a photograph.
fn shown(client: &mut Client, path: &str, fields: &[(&str, &str)]) {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!(
            "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
        body.extend(part.into_bytes());
    }
    let head = format!(
        "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"photo.jpg\"\r\n\
         content-type: image/jpeg\r\n\r\n"
    );
    body.extend(head.into_bytes());
    body.extend(JPEG);
    body.extend(format!("\r\n--{BOUNDARY}--\r\n").into_bytes());
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let headers = [
        ("content-type", kind.as_str()),
        ("sec-fetch-site", "same-origin"),
    ];
    let answer = client.ask("POST", path, &headers, &body).unwrap();
    assert_eq!(answer.status, 303, "{path}: {}", answer.text());
}

/// The number at the end of the address that somebody is led to.
fn led_to(answer: &Answer) -> String {
    let place = answer.header("location").expect("a place to go on");
    let number = place.rsplit('/').next().unwrap();
    assert!(number.parse::<i64>().is_ok(), "{place}");
    number.to_owned()
}

/// Who works on the ground, and those who filed.
struct Ground {
    guest: Client,
    specialist: Client,
    head: Client,
    today: String,
}

impl Ground {
    /// A task of a problem or a case; its number.
    fn task(&mut self, from: &str, title: &str) -> String {
        let fields = [
            ("title", title),
            (
                "todo",
                "Заделать яму на всю ширину дороги и убрать за собой.",
            ),
            ("unit", "roads.repair"),
            ("account", ""),
            ("due_on", LATER),
        ];
        let set = done(&mut self.head, &format!("/desk/tasks/new?{from}"), &fields);
        led_to(&set)
    }

    fn begun(&mut self, task: &str) {
        for deed in ["take", "begin"] {
            done(
                &mut self.specialist,
                &format!("/desk/tasks/{task}/do/{deed}"),
                &[],
            );
        }
    }

    /// Told as done by the specialist, with a photograph.
    fn reported(&mut self, task: &str) {
        let page = format!("/desk/tasks/{task}/do/report");
        let form = self.specialist.get(&page).unwrap().text();
        let at = form
            .find("value=\"20")
            .expect("the day of today in the form");
        form[at + 7..at + 17].clone_into(&mut self.today);
        let fields = [("done_on", self.today.as_str()), ("said", SAID)];
        shown(
            &mut self.specialist,
            &format!("/desk/tasks/{task}/files/report"),
            &fields,
        );
    }

    fn by_the_head(&mut self, task: &str, deed: &str, fields: &[(&str, &str)]) {
        done(
            &mut self.head,
            &format!("/desk/tasks/{task}/do/{deed}"),
            fields,
        );
    }

    /// A guest comes back to their case and says that it is not done.
    fn disputed(&mut self, case: &Filed, task: &str) {
        let typed = [
            ("number", case.number.as_str()),
            ("code", case.return_code.as_str()),
        ];
        done(&mut self.guest, "/status", &typed);
        let page = format!("/cases/{}/works/{task}", case.latin);
        shown(
            &mut self.guest,
            &page,
            &[("text", "Яма на месте, я сегодня проезжал.")],
        );
    }

    fn problem(&mut self, title: &str, cases: &[&Filed]) -> String {
        let numbers: Vec<&str> = cases.iter().map(|case| case.latin.as_str()).collect();
        let page = format!("/desk/problems/new?case={}", numbers.join(","));
        let fields = [
            ("title", title),
            ("about", "На улице разрушено покрытие, ямы на всю ширину."),
            ("place", "улица Лесная"),
        ];
        led_to(&done(&mut self.head, &page, &fields))
    }
}

/// Problems, tasks in every state, stages, photographs and «Не сделано»: one looked at, one not.
pub(crate) fn works(house: &House, server: &Server, password: &str) {
    let mut guest = server.client();
    let cases: Vec<Filed> = (0..7)
        .map(|n| Filed::file(&mut guest, 7_000 + n, &format!("works-{n}")))
        .collect();
    let (mut specialist, mut head) = (server.client(), server.client());
    specialist.sign_in("roads@okno.example", password);
    head.sign_in("roads.head@okno.example", password);
    let mut ground = Ground {
        guest,
        specialist,
        head,
        today: String::new(),
    };

    let problem = ground.problem("Ямы на улице Лесной", &[&cases[0], &cases[1], &cases[2]]);
    let more = format!("/desk/problems/new?case={}", cases[3].latin);
    done(&mut ground.head, &more, &[("problem", &problem)]);
    let leave = format!("/desk/problems/{problem}/leave?case={}", cases[2].latin);
    done(
        &mut ground.head,
        &leave,
        &[("reason", "Это яма на другой улице.")],
    );

    let from = format!("source=problem&problem={problem}");
    let whole = ground.task(&from, "Ямочный ремонт");
    ground.begun(&whole);
    for stage in ["Снять старое покрытие", "Уложить новое покрытие"]
    {
        let page = format!("/desk/tasks/{whole}/do/plan_stage");
        done(
            &mut ground.specialist,
            &page,
            &[("stage", stage), ("until_on", LATER)],
        );
    }
    let stage = house
        .raw()
        .rows("SELECT id FROM task_stage ORDER BY place LIMIT 1")
        .remove(0)
        .remove(0)
        .unwrap();
    let show = format!("/desk/tasks/{whole}/files/show");
    shown(
        &mut ground.specialist,
        &show,
        &[("shows", "before"), ("stage", &stage)],
    );
    ground.reported(&whole);
    ground.disputed(&cases[0], &whole);
    ground.by_the_head(
        &whole,
        "uphold",
        &[("said", "Проверено на месте, яма заделана.")],
    );
    ground.by_the_head(&whole, "confirm", &[]);

    let waits = ground.task(&from, "Разметка после ремонта");
    ground.begun(&waits);
    let page = format!("/desk/tasks/{waits}/do/plan_stage");
    done(
        &mut ground.specialist,
        &page,
        &[
            ("stage", "Нанести разметку"),
            ("from_on", "2099-12-01"),
            ("until_on", LATER),
        ],
    );
    let stage = house
        .raw()
        .rows("SELECT id FROM task_stage ORDER BY id DESC LIMIT 1")
        .remove(0)
        .remove(0)
        .unwrap();
    let finish = format!("/desk/tasks/{waits}/do/finish_stage?stage={stage}");
    let today = ground.today.clone();
    done(
        &mut ground.specialist,
        &finish,
        &[("done_on", &today), ("note", "Нанесена")],
    );
    ground.reported(&waits);
    ground.disputed(&cases[1], &waits);

    let off = ground.task(&from, "Замена бордюра");
    let fields = [
        ("said", "Ждём тепла: зимой бордюр не кладут."),
        ("due_on", "2099-12-31"),
    ];
    ground.by_the_head(&off, "put_off", &fields);
    let dropped = ground.task(&from, "Новый тротуар");
    ground.by_the_head(
        &dropped,
        "drop",
        &[("said", "Тротуар здесь уже строит застройщик.")],
    );
    ground.task(&from, "Полив газона");

    ended_well(&mut ground, &cases[4..]);
}

/// A problem that is solved, and a task of a case that was decided for the applicant.
fn ended_well(ground: &mut Ground, cases: &[Filed]) {
    let solved = ground.problem("Яма у школы", &[&cases[0], &cases[1]]);
    let last = ground.task(&format!("source=problem&problem={solved}"), "Яма у школы");
    ground.begun(&last);
    ground.reported(&last);
    ground.by_the_head(&last, "confirm", &[]);
    let close = format!("/desk/problems/{solved}/close");
    done(
        &mut ground.head,
        &close,
        &[("closing", "Яма у школы заделана.")],
    );
    let at = |what: &str| format!("/desk/{}/{what}", cases[2].latin);
    done(&mut ground.specialist, &at("take"), &[]);
    let answer = [
        ("outcome", "satisfied"),
        (
            "answer",
            "Яма будет заделана до конца недели, работы уже начаты.",
        ),
        ("then", "agreement"),
    ];
    done(&mut ground.specialist, &at("answer"), &answer);
    done(&mut ground.head, &at("agree"), &[]);
    ground.task(
        &format!("source=proposal&case={}", cases[2].latin),
        "То, что обещано",
    );
}

/// Questions that rules decide, leave to people, and one that a person reviews; a draft of rules.
pub(crate) fn rulings(house: &House, server: &Server, password: &str) {
    let mut guest = server.client();
    let ask = |guest: &mut Client, n: usize, question: &str, details: &str| {
        let body = json!({
            "service": "reference",
            "fields": { "about": "complaint", "question": question, "description": details },
            "applicant": { "last_name": APPLICANT, "first_name": "Пётр",
                           "email": "petr@example.org" },
            "consent": true,
        });
        Filed::of(
            &guest
                .file(&body.to_string(), &format!("ruled-{n}"))
                .unwrap(),
        )
    };
    let ruled = ask(&mut guest, 0, "what", "");
    ask(&mut guest, 1, "needed", "");
    ask(&mut guest, 2, "other", "Можно ли прийти с собакой?");
    let began = Instant::now();
    let waiting = "SELECT count(*) FROM case_ruling WHERE state = 'waiting'";
    while house.raw().number(waiting) > 0 {
        assert!(began.elapsed() < PATIENCE, "rules do not decide");
        sleep(Duration::from_millis(50));
    }
    let typed = [
        ("number", ruled.number.as_str()),
        ("code", ruled.return_code.as_str()),
    ];
    done(&mut guest, "/status", &typed);
    let page = format!("/cases/{}/do/ask_person", ruled.latin);
    done(
        &mut guest,
        &page,
        &[("reason", "Ответ не о том, прошу прочитать вопрос.")],
    );
    for (state, least) in [("decided", 1), ("left", 1), ("reviewed", 1)] {
        let sql = format!("SELECT count(*) FROM case_ruling WHERE state = '{state}'");
        assert!(house.raw().number(&sql) >= least, "{state}");
    }
    let mut admin = server.client();
    admin.sign_in("admin@okno.example", password);
    let text = include_str!("../../../catalog/services/rules/reference.toml");
    let written = format!("{text}\n# Переписано здесь.\n");
    let page = "/admin/services/reference/rules/edit";
    done(
        &mut admin,
        page,
        &[("written", &written), ("seen", ""), ("do", "save")],
    );
}

/// A mailbox of this machine with some letters in it.
pub(crate) struct Mailbox {
    child: Child,
    url: String,
    _folder: tempfile::TempDir,
}

impl Mailbox {
    pub(crate) fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let letters = [
            ("Не горит фонарь", "У дома 7 темно.", ""),
            ("Новости клуба", "Просим принять нас.", "List-Id: <a.b>\n"),
            ("Скидки", "Всё дешевле.", "Precedence: bulk\n"),
            ("Распродажа", "Ещё дешевле.", "Precedence: bulk\n"),
        ];
        for (n, (subject, text, head)) in letters.iter().enumerate() {
            let letter = format!(
                "From: anna{n}@example.ru\nSubject: {subject}\nMessage-ID: <{n}@example.ru>\n\
                 Content-Type: text/plain; charset=utf-8\n{head}\n{text}\n"
            );
            fs::write(folder.path().join(format!("{n}.eml")), letter).unwrap();
        }
        let script =
            PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/emulators/imap.py");
        let mut child = Command::new("python3")
            .arg(script)
            .arg(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let said = child.stdout.take().unwrap();
        BufReader::new(said).read_line(&mut line).unwrap();
        let port = line.trim();
        Self {
            child,
            url: format!("imap://mail%40region.example:secret@127.0.0.1:{port}/INBOX"),
            _folder: folder,
        }
    }

    /// The settings of a house that reads it, and that has a community which nobody reaches.
    pub(crate) fn settings(&self) -> String {
        format!(
            "api_burst = 1000000\nmailbox_url = \"{}\"\n[vk]\nurl = \"http://127.0.0.1:9\"\n\
             group = 7\ntoken = \"token\"\nsecret = \"a-secret\"\n",
            self.url
        )
    }
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The letters become a case or are set aside; an operator files one of these and leaves another. An
/// administrator makes two notices for the community and takes one back.
pub(crate) fn channels(house: &House, server: &Server, password: &str) {
    let began = Instant::now();
    while house.raw().number("SELECT count(*) FROM mailbox_letter") < 4 {
        assert!(
            began.elapsed() < PATIENCE,
            "letters do not come: {}",
            server.problems()
        );
        sleep(Duration::from_millis(100));
    }
    let mut operator = server.client();
    operator.sign_in("operator@okno.example", password);
    let aside = "SELECT id FROM mailbox_letter WHERE fate = 'aside' ORDER BY id";
    let letters = house.raw().rows(aside);
    let id = |n: usize| letters[n][0].clone().unwrap();
    done(
        &mut operator,
        &format!("/reception/mailbox/{}/file", id(0)),
        &[],
    );
    let leave = format!("/reception/mailbox/{}/leave", id(1));
    done(
        &mut operator,
        &leave,
        &[("reason", "Это реклама магазина.")],
    );

    let mut admin = server.client();
    admin.sign_in("admin@okno.example", password);
    for words in [
        "Принимаем предложения о дворах.",
        "Это объявление мы уберём.",
    ] {
        let fields = [("service", "proposal"), ("words", words), ("act", "make")];
        done(&mut admin, "/admin/networks", &fields);
    }
    let newest = "SELECT id FROM network_post ORDER BY id DESC LIMIT 1";
    let post = house.raw().rows(newest).remove(0).remove(0).unwrap();
    done(&mut admin, &format!("/admin/networks/{post}/withdraw"), &[]);
}
