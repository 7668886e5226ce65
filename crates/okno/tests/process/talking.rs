//! Messengers and a voice assistant beside the real process, each an emulator of its own that speaks
//! the real protocol over a socket: a whole talk files a case, a kill in the middle of the filing loses
//! no reply and makes no second case, messages that come twice are heard once, and a messenger that is
//! down, slow or wants to be left alone is answered later.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{Client, House, Server, on_both};

/// How long a reply may take on a busy machine, pauses after failures among it.
const PATIENCE: Duration = Duration::from_mins(3);
const TOKEN: &str = "123:secret-token";
const SECRET: &str = "a-secret-of-sixteen-signs";

/// One emulator, running.
struct Bot {
    child: Child,
    address: SocketAddr,
    /// What names a person there.
    who: &'static str,
}

fn script(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/emulators")
        .join(name)
}

impl Bot {
    fn start(name: &str, who: &'static str) -> Self {
        let mut child = Command::new("python3")
            .arg(script(name))
            .arg(TOKEN)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let said = child.stdout.take().unwrap();
        BufReader::new(said).read_line(&mut line).unwrap();
        let port: u16 = line.trim().parse().expect("the port of the emulator");
        Self {
            child,
            address: SocketAddr::from(([127, 0, 0, 1], port)),
            who,
        }
    }

    fn does(&self, deed: &str, content: &Value) {
        let mut client = Client::new(self.address);
        let body = content.to_string();
        let kind = [("content-type", "application/json")];
        let path = format!("/test/{deed}");
        let answer = client.ask("POST", &path, &kind, body.as_bytes()).unwrap();
        assert_eq!(answer.status, 200, "{deed}: {}", answer.text());
    }

    fn says(&self, text: &str) {
        self.does("say", &json!({ self.who: 77, "text": text }));
    }

    fn presses(&self, code: &str) {
        self.does("press", &json!({ self.who: 77, "code": code }));
    }

    fn is(&self, mood: &str) {
        self.does("mood", &json!({ "mood": mood, "retry_after": 2 }));
    }

    /// What the bot has sent so far.
    fn sent(&self) -> Vec<String> {
        let answer = Client::new(self.address).get("/test/sent").unwrap().json();
        let sent = answer["sent"].as_array().unwrap().iter();
        sent.map(|one| one["text"].as_str().unwrap().to_owned())
            .collect()
    }

    /// Waits for a reply with these words among those after the first `before`.
    fn awaits(&self, before: usize, words: &str, server: &Server) -> String {
        let began = Instant::now();
        loop {
            let sent = self.sent();
            if let Some(found) = sent.iter().skip(before).find(|text| text.contains(words)) {
                return found.clone();
            }
            assert!(
                began.elapsed() < PATIENCE,
                "«{words}» did not come: {sent:#?} {}",
                server.problems()
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn count(house: &House, what: &str) -> u64 {
    house.raw().number(&format!("SELECT count(*) FROM {what}"))
}

fn number_in(text: &str) -> String {
    let at = text
        .find("А-20")
        .unwrap_or_else(|| panic!("no number in {text}"));
    text[at..].chars().take(17).collect()
}

/// A talk up to the last question.
fn told(bot: &Bot, server: &Server) {
    for (words, reply) in [
        ("/start", "Здравствуйте"),
        (
            "Во дворе дома семь третий день не убирают снег, не пройти.",
            "О чём это",
        ),
    ] {
        let before = bot.sent().len();
        bot.says(words);
        bot.awaits(before, reply, server);
    }
    bot.presses("c:roads.snow");
    bot.awaits(2, "результата", server);
    for (words, reply) in [
        ("Расчистить двор", "Где это"),
        ("Северный район, улица Садовая, 7", "Как вас зовут"),
        ("Подснежникова Клавдия", "Электронная почта"),
        ("klavdia@example.ru", "Проверьте"),
    ] {
        let before = bot.sent().len();
        bot.says(words);
        bot.awaits(before, reply, server);
    }
}

fn story(house: &House, name: &str, script: &str, who: &'static str) {
    let bot = Bot::start(script, who);
    house.configure(&format!(
        "api_burst = 1000000\n[messengers.{name}]\nurl = \"http://{}\"\n",
        bot.address
    ));
    let variable = format!("OKNO_{}_TOKEN", name.to_uppercase());
    let environment = [(variable.as_str(), TOKEN)];
    let server = house.start_with(&environment);
    told(&bot, &server);

    // The filing is done while no reply gets out; then the process is gone.
    let before = bot.sent().len();
    bot.presses("send");
    let began = Instant::now();
    bot.is("broken");
    let filed = "case_file WHERE source = 'messenger'";
    while count(house, filed) == 0 {
        if began.elapsed() > Duration::from_secs(3) && count(house, filed) == 0 {
            // The press did not get through before the fall of the messenger.
            bot.is("well");
        }
        assert!(began.elapsed() < PATIENCE, "no case: {}", server.problems());
        std::thread::sleep(Duration::from_millis(10));
    }
    server.kill();
    bot.does("repeat", &json!({}));
    bot.is("slow");
    let server = house.start_with(&environment);
    let receipt = bot.awaits(before, "Принято", &server);
    bot.is("well");
    let number = number_in(&receipt);
    assert!(receipt.contains("Код возврата"), "{receipt}");
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(
        count(house, filed),
        1,
        "{}: one case of one talk",
        house.name()
    );

    // It is an ordinary case of the register.
    let page = server
        .client()
        .get(&format!("/register/{}", number.replace('А', "A")))
        .unwrap();
    assert_eq!(page.status, 200, "{}", page.text());

    // A messenger that wants to be left alone is answered when the time has come.
    let before = bot.sent().len();
    bot.says("узнать статус");
    bot.is("busy");
    std::thread::sleep(Duration::from_secs(1));
    bot.is("well");
    bot.awaits(before, "номер обращения", &server);
    let before = bot.sent().len();
    bot.says(&number);
    bot.awaits(before, "Принято", &server);

    // A picture goes to the case.
    let before = bot.sent().len();
    bot.does("picture", &json!({ bot.who: 77 }));
    let there = bot.awaits(before, "приложен", &server);
    assert!(there.contains(&number), "{there}");
    assert_eq!(count(house, "case_document"), 1);

    // What becomes of the case is told there, without anybody's words.
    let before = bot.sent().len();
    let mut staff = server.client();
    staff.sign_in("improvement@okno.example", &House::demo_password(&server));
    let page = format!("/desk/{}/take", number.replace('А', "A"));
    let taken = staff.post_form(&page, &[]).unwrap();
    assert_eq!(taken.status, 303, "{}", taken.text());
    let moved = bot.awaits(before, "В работе", &server);
    assert!(
        moved.contains(&number) && !moved.contains("снег"),
        "{moved}"
    );

    let log = server.log();
    assert!(!log.contains(TOKEN), "no token in the log");
    assert!(!log.contains("Подснежникова"), "nobody in the log");
    assert!(server.stop().success());
    house.assert_sound("after a talk in a messenger");
}

#[test]
fn a_talk_in_telegram_files_one_case_through_every_fall() {
    on_both(|house| story(house, "telegram", "telegram.py", "chat"));
}

#[test]
fn a_talk_in_max_files_one_case_through_every_fall() {
    on_both(|house| story(house, "max", "max.py", "user"));
}

#[test]
fn alice_files_and_tells_within_three_seconds() {
    on_both(|house| {
        let server = house.start_with(&[("OKNO_ALICE_SECRET", SECRET)]);
        let url = format!("http://{}/channels/alice/{SECRET}", server.address);
        let mut child = Command::new("python3")
            .arg(script("alice.py"))
            .arg(url)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut ask = |asked: Value| -> Value {
            use std::io::Write;
            writeln!(input, "{asked}").unwrap();
            let mut line = String::new();
            output.read_line(&mut line).unwrap();
            serde_json::from_str(&line).expect("an answer that keeps the protocol")
        };
        let mut last = Value::Null;
        for words in [
            "запусти навык окно",
            "во дворе дома семь третий день не убирают снег совсем",
            "снег и гололёд",
            "северный район улица садовая дом семь",
            "подснежникова клавдия",
            "восемь девятьсот двенадцать триста сорок пять шестьдесят семь восемьдесят девять",
            "да",
        ] {
            last = ask(json!({ "say": words }));
        }
        assert!(last["text"].as_str().unwrap().contains("Принято"), "{last}");
        let again = ask(json!({ "again": true }));
        assert_eq!(again["text"], last["text"]);
        assert_eq!(count(house, "case_file WHERE source = 'voice'"), 1);
        ask(json!({ "press": "Узнать, что с обращением" }));
        let number = number_in(last["text"].as_str().unwrap());
        let sequence = number
            .split('-')
            .nth(2)
            .unwrap()
            .trim_start_matches('0')
            .to_owned();
        let standing = ask(json!({ "say": sequence }));
        assert!(
            standing["text"].as_str().unwrap().contains("Принято"),
            "{standing}"
        );
        assert_eq!(ask(json!({ "ping": true }))["text"], "pong");
        let mut stranger = server.client();
        let kind = [("content-type", "application/json")];
        let refused = stranger
            .ask("POST", "/channels/alice", &kind, b"{}")
            .unwrap();
        assert_eq!(refused.status, 404);
        let _ = child.kill();
        let _ = child.wait();
        assert!(!server.log().contains(SECRET), "no secret in the log");
        assert!(server.stop().success());
        house.assert_sound("after a talk with a voice assistant");
    });
}
