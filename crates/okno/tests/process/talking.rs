//! Messengers and a voice assistant beside the real process, each an emulator of its own that speaks
//! the real protocol over a socket: a whole talk files a case, a kill in the middle of the filing loses
//! no reply and makes no second case, messages that come twice are heard once, and a messenger that is
//! down, slow or wants to be left alone is answered later. All of it twice: with messages that are asked
//! for, and with messages that are brought to our address, many at once and in no order.

use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{Client, House, Server, on_both, on_postgres_or_both, on_sqlite_or_both};

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

    fn does(&self, deed: &str, content: &Value) -> Value {
        let mut client = Client::new(self.address);
        let body = content.to_string();
        let kind = [("content-type", "application/json")];
        let path = format!("/test/{deed}");
        let answer = client.ask("POST", &path, &kind, body.as_bytes()).unwrap();
        assert_eq!(answer.status, 200, "{deed}: {}", answer.text());
        answer.json()
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

    /// Where it brings messages, and what it was answered each time.
    fn hooks(&self) -> (Vec<String>, Vec<u64>) {
        let told = Client::new(self.address).get("/test/hooks").unwrap().json();
        let hooks = told["hooks"].as_array().unwrap().iter();
        let tries = told["tries"].as_array().unwrap().iter();
        (
            hooks.map(|one| one.as_str().unwrap().to_owned()).collect(),
            tries.map(|one| one.as_u64().unwrap()).collect(),
        )
    }

    /// Waits until it brings messages to these addresses and no others.
    fn awaits_hooks(&self, addresses: &[&str], server: &Server) {
        let began = Instant::now();
        while self.hooks().0 != addresses {
            assert!(
                began.elapsed() < PATIENCE,
                "not {addresses:?} but {:?}: {}",
                self.hooks().0,
                server.problems()
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// A message of somebody who does not know the secret; what they are answered.
    fn forges(&self, secret: Option<&str>) -> u64 {
        let mut message = json!({ self.who: 78, "text": "/start" });
        if let Some(secret) = secret {
            message["secret"] = secret.into();
        }
        self.does("forge", &message)["statuses"][0]
            .as_u64()
            .unwrap()
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

/// How messages get here.
#[derive(Clone, Copy, PartialEq)]
enum By {
    /// They are asked for.
    Asking,
    /// They are brought to the public address.
    Origin,
    /// They are brought to an address of their own.
    Address,
}

/// A house beside an emulator. Its socket is held here and stays when the process is gone: whoever
/// connects meanwhile waits, as behind a service manager.
struct Town<'a> {
    house: &'a House,
    bot: Bot,
    socket: TcpListener,
    name: &'static str,
}

impl<'a> Town<'a> {
    fn new(house: &'a House, name: &'static str, by: By) -> Self {
        let who = if name == "max" { "user" } else { "chat" };
        let town = Self {
            house,
            bot: Bot::start(&format!("{name}.py"), who),
            socket: TcpListener::bind("127.0.0.1:0").unwrap(),
            name,
        };
        town.configure(by);
        town
    }

    fn configure(&self, by: By) {
        let webhook = match by {
            By::Asking => String::new(),
            By::Origin => "webhook = true\n".to_owned(),
            By::Address => format!("webhook = \"{}\"\n", self.address()),
        };
        let origin = match by {
            By::Origin => format!("origin = \"http://{}\"\n", self.here()),
            By::Asking | By::Address => String::new(),
        };
        self.house.configure(&format!(
            "api_burst = 1000000\n{origin}[messengers.{}]\nurl = \"http://{}\"\n{webhook}",
            self.name, self.bot.address
        ));
    }

    fn here(&self) -> SocketAddr {
        self.socket.local_addr().unwrap()
    }

    /// Where messages are brought.
    fn address(&self) -> String {
        format!("http://{}/channels/{}", self.here(), self.name)
    }

    fn start(&self) -> Server {
        let variable = format!("OKNO_{}_TOKEN", self.name.to_uppercase());
        self.house
            .start_on_with(&self.socket, &[(variable.as_str(), TOKEN)])
    }
}

/// Nobody but the messenger is listened to: what others bring is refused and leaves nothing.
fn strangers_are_refused(town: &Town<'_>) {
    let known = "dialogue_incoming";
    for secret in [None, Some(""), Some("wrong"), Some(TOKEN)] {
        assert_eq!(town.bot.forges(secret), 403, "{secret:?}");
    }
    assert_eq!(count(town.house, known), 0);
    assert_eq!(count(town.house, "dialogue"), 0);
    assert_eq!(town.bot.sent(), [""; 0]);
}

fn story(house: &House, name: &'static str, by: By) {
    let town = Town::new(house, name, by);
    let bot = &town.bot;
    let server = town.start();
    if by != By::Asking {
        bot.awaits_hooks(&[&town.address()], &server);
        strangers_are_refused(&town);
    }
    told(bot, &server);

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
    if by != By::Asking {
        // What is said to a house that is down comes when it is up, the last first.
        bot.does("hold", &json!({}));
        bot.says("узнать статус");
        bot.says("4242");
        bot.does("release", &json!({}));
    }
    bot.is("slow");
    let server = town.start();
    let receipt = bot.awaits(before, "Принято", &server);
    bot.is("well");
    if by != By::Asking {
        bot.awaits(before, "номер обращения", &server);
        // What lies here together is heard in its order; what was brought after its answer had been
        // heard cannot be, and is said again.
        let puzzled = |text: &String| text.contains("Не получилось понять");
        if bot.sent().iter().skip(before).any(puzzled) {
            bot.says("4242");
        }
        bot.awaits(before, "код возврата", &server);
        bot.says("без кода");
        bot.awaits(before, "с таким номером нет", &server);
        bot.says("меню");
        bot.awaits(before, "Здравствуйте", &server);
        // Everything that ever came comes once more.
        let sent = bot.sent().len();
        bot.does("again", &json!({}));
        std::thread::sleep(Duration::from_secs(2));
        assert_eq!(bot.sent().len(), sent, "{:#?}", bot.sent());
        assert!(!server.log().contains("cannot be read"), "{}", server.log());
    }
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

    assert_eq!(count(house, "dialogue_incoming"), 0, "all was heard");
    let log = server.log();
    assert!(!log.contains(TOKEN), "no token in the log");
    assert!(!log.contains("Подснежникова"), "nobody in the log");
    assert!(server.stop().success());
    house.assert_sound("after a talk in a messenger");
}

#[test]
fn a_talk_in_telegram_files_one_case_through_every_fall() {
    on_sqlite_or_both(|house| story(house, "telegram", By::Asking));
}

#[test]
fn a_talk_in_max_files_one_case_through_every_fall() {
    on_postgres_or_both(|house| story(house, "max", By::Asking));
}

#[test]
fn a_talk_that_telegram_brings_files_one_case_through_every_fall() {
    on_postgres_or_both(|house| story(house, "telegram", By::Address));
}

#[test]
fn a_talk_that_max_brings_files_one_case_through_every_fall() {
    on_sqlite_or_both(|house| story(house, "max", By::Origin));
}

#[test]
fn a_message_is_called_taken_when_it_is_kept_and_not_before() {
    on_both(|house| {
        let town = Town::new(house, "max", By::Origin);
        let server = town.start();
        town.bot.awaits_hooks(&[&town.address()], &server);
        // Nothing can be written: somebody else holds the store.
        let mut raw = house.raw();
        let hold = match house.database() {
            None => "BEGIN IMMEDIATE",
            Some(_) => "BEGIN; LOCK TABLE dialogue_incoming IN SHARE ROW EXCLUSIVE MODE",
        };
        raw.run(hold).unwrap();
        town.bot.says("/start");
        std::thread::sleep(Duration::from_secs(5));
        let (_, tries) = town.bot.hooks();
        assert!(
            !tries.is_empty() && tries.iter().all(|status| [0, 503].contains(status)),
            "{}: answered {tries:?} before it was kept",
            house.name()
        );
        server.kill();
        raw.run("ROLLBACK").unwrap();
        assert_eq!(count(house, "dialogue_incoming"), 0);
        // It is brought again, and heard.
        let server = town.start();
        town.bot.awaits(0, "Здравствуйте", &server);
        assert!(town.bot.hooks().1.contains(&200));
        assert_eq!(town.bot.sent().len(), 1);
        assert!(server.stop().success());
        house.assert_sound("after a message that could not be kept");
    });
}

#[test]
fn a_messenger_is_told_where_to_bring_messages_and_told_when_not_to() {
    on_both(|house| {
        let town = Town::new(house, "max", By::Origin);
        let server = town.start();
        let address = town.address();
        town.bot.awaits_hooks(&[&address], &server);
        // It forgets, as it does when it could not reach the address for hours: within a minute it is
        // told again.
        town.bot.does("forget", &json!({}));
        town.bot.awaits_hooks(&[&address], &server);
        assert!(server.log().contains("told the address again"));
        assert!(server.stop().success());

        // Without the setting it is told to stop, and messages are asked for.
        town.configure(By::Asking);
        let server = town.start();
        town.bot.awaits_hooks(&[], &server);
        town.bot.says("/start");
        town.bot.awaits(0, "Здравствуйте", &server);
        let mut stranger = server.client();
        let kind = [("content-type", "application/json")];
        let path = "/channels/max";
        let refused = stranger.ask("POST", path, &kind, b"{}").unwrap();
        assert_eq!(refused.status, 404, "nothing is taken there any more");
        assert!(server.stop().success());

        // And back, with what was said in between heard once.
        town.configure(By::Address);
        let server = town.start();
        town.bot.awaits_hooks(&[&address], &server);
        town.bot.says("узнать статус");
        town.bot.awaits(1, "номер обращения", &server);
        assert_eq!(town.bot.sent().len(), 2);
        assert!(server.stop().success());
        house.assert_sound("after the way of messages has changed");
    });
}

#[test]
fn a_webhook_that_no_messenger_reaches_ends_the_start_with_a_sentence() {
    let house = House::sqlite();
    house.configure("[messengers.max]\nwebhook = true\n");
    let said = house.run(&["serve"]);
    assert_ne!(said.code, 0, "{said:?}");
    assert!(
        said.err.contains("messengers.max.webhook") && said.err.contains("set `origin`"),
        "{said:?}"
    );
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
