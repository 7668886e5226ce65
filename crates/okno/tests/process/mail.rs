//! The mail server in all its moods, and the server that is never restarted for them: well, away and
//! back, slow, refusing for now, refusing for ever, hanging up. No notice is lost and none is told
//! twice; the one thing that SMTP cannot prevent, a letter taken by a server that hangs up before it
//! says so, comes again under the same Message-ID. Needs aiosmtpd, a mail server of somebody else's.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{Filed, House, Server, filing, on_both};

/// How long letters may take on a busy machine; the first pauses are 5 and 10 seconds.
const PATIENCE: Duration = Duration::from_secs(150);

/// A mail server with moods.
struct Post {
    folder: PathBuf,
    python: PathBuf,
    port: u16,
    running: Option<Child>,
}

/// An interpreter that has aiosmtpd.
fn python() -> Option<PathBuf> {
    let named = std::env::var_os("OKNO_TEST_PYTHON").map(PathBuf::from);
    let usual = ["/usr/bin/python3", "python3"].map(PathBuf::from);
    named.into_iter().chain(usual).find(|python| {
        Command::new(python)
            .args(["-c", "import aiosmtpd"])
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    })
}

impl Post {
    fn new(house: &House) -> Option<Self> {
        let Some(python) = python() else {
            println!("skipped: no aiosmtpd here");
            return None;
        };
        let folder = house.path("post");
        fs::create_dir_all(&folder).unwrap();
        let mut post = Self {
            folder,
            python,
            port: 0,
            running: None,
        };
        post.is("well");
        post.open();
        Some(post)
    }

    fn open(&mut self) {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/process/support/smtp.py");
        let mut child = Command::new(&self.python)
            .arg(script)
            .arg(&self.folder)
            .arg(self.port.to_string())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        self.port = line.trim().parse().expect("the port of the mail server");
        self.running = Some(child);
    }

    fn shut(&mut self) {
        if let Some(mut child) = self.running.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    fn is(&self, mood: &str) {
        fs::write(self.folder.join("mood"), mood).unwrap();
    }

    fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// Every letter that was taken, in order.
    fn letters(&self) -> Vec<Value> {
        fs::read_to_string(self.folder.join("letters"))
            .unwrap_or_default()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// Letters by Message-ID, with how often each came.
    fn counted(&self) -> BTreeMap<String, usize> {
        let mut counted = BTreeMap::new();
        for letter in self.letters() {
            *counted
                .entry(letter["id"].as_str().unwrap().to_owned())
                .or_default() += 1;
        }
        counted
    }

    /// How often somebody tried to send to an address.
    fn asked_for(&self, address: &str) -> usize {
        fs::read_to_string(self.folder.join("asked"))
            .unwrap_or_default()
            .lines()
            .filter(|line| *line == address)
            .count()
    }

    /// Waits until so many different letters were taken and none is under way.
    fn awaits(&self, house: &House, server: &Server, different: usize) {
        let began = Instant::now();
        loop {
            let waiting = house
                .raw()
                .number("SELECT count(*) FROM job WHERE kind = 'mail.send' AND state = 'waiting'");
            let come = self.counted().len();
            if come >= different && waiting == 0 {
                return;
            }
            assert!(
                began.elapsed() < PATIENCE,
                "{}: {come} of {different} letters came, {waiting} wait: {}",
                house.name(),
                server.problems()
            );
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

impl Drop for Post {
    fn drop(&mut self) {
        self.shut();
    }
}

/// Files a complaint as somebody with this address.
fn file(server: &Server, n: u64, email: &str) -> Filed {
    let mut body: Value = serde_json::from_str(&filing(n)).unwrap();
    body["applicant"]["email"] = email.into();
    let answer = server
        .client()
        .file(&body.to_string(), &format!("mail-{n}"));
    Filed::of(&answer.unwrap())
}

#[test]
fn no_letter_is_lost_and_none_comes_twice_whatever_the_mail_server_does() {
    on_both(|house| {
        let Some(mut post) = Post::new(house) else {
            return;
        };
        let url = post.url();
        let server = house.start_with(&[("OKNO_SMTP_URL", &url)]);

        // Well: the acknowledgement of receipt.
        let first = file(&server, 1, "petr@example.org");
        post.awaits(house, &server, 1);
        let letter = &post.letters()[0];
        assert_eq!(letter["to"][0], "petr@example.org");
        assert!(letter["subject"].as_str().unwrap().contains(&first.number));
        assert!(letter["text"].as_str().unwrap().contains(&first.number));
        let headers = letter["headers"].to_string();
        assert!(headers.contains("auto-submitted"), "{headers}");

        // Away, and back.
        post.shut();
        for n in 2..5 {
            file(&server, n, "petr@example.org");
        }
        std::thread::sleep(Duration::from_secs(2));
        assert_eq!(post.counted().len(), 1);
        post.open();
        post.awaits(house, &server, 4);

        // Refusing for now.
        post.is("later");
        for n in 5..7 {
            file(&server, n, "petr@example.org");
        }
        std::thread::sleep(Duration::from_secs(2));
        assert_eq!(post.counted().len(), 4);
        post.is("well");
        post.awaits(house, &server, 6);

        // Slow, and the server's own work goes on meanwhile.
        post.is("slow 3");
        for n in 7..9 {
            file(&server, n, "petr@example.org");
        }
        let asked = Instant::now();
        assert_eq!(server.client().get("/register").unwrap().status, 200);
        assert!(
            asked.elapsed() < Duration::from_secs(3),
            "pages do not wait"
        );
        post.awaits(house, &server, 8);
        assert!(
            post.counted().values().all(|times| *times == 1),
            "{}: {:?}",
            house.name(),
            post.counted()
        );

        // Refusing for ever: one try, and then the administrator's list.
        post.is("nobody");
        file(&server, 9, "nobody@example.org");
        file(&server, 10, "petr@example.org");
        post.awaits(house, &server, 9);
        std::thread::sleep(Duration::from_secs(7));
        assert_eq!(post.asked_for("nobody@example.org"), 1, "{}", house.name());
        let dead = "SELECT count(*) FROM job WHERE kind = 'mail.send' AND state = 'dead'";
        assert_eq!(house.raw().number(dead), 1, "{}", house.name());

        // Hanging up after it has taken the letter: it comes again, and can be told to be the same.
        post.is("drop");
        file(&server, 11, "petr@example.org");
        let began = Instant::now();
        while post.letters().len() < 10 && began.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_millis(100));
        }
        post.is("well");
        post.awaits(house, &server, 10);
        let counted = post.counted();
        assert_eq!(counted.len(), 10, "{}: {counted:?}", house.name());
        let again: Vec<usize> = counted
            .values()
            .copied()
            .filter(|times| *times > 1)
            .collect();
        assert_eq!(
            again.len(),
            1,
            "one letter came again, under its own name: {counted:?}"
        );

        // Nobody's address is in the log.
        let log = server.log();
        for address in ["petr@example.org", "nobody@example.org"] {
            assert!(!log.contains(address), "an address in the log: {log}");
        }
        assert!(server.stop().success());
        house.assert_sound("after the moods of the mail server");
    });
}

/// The answer of a specialist, agreed to and signed by a head.
fn answer(server: &Server, case: &Filed) {
    let password = House::demo_password(server);
    let as_staff = |email: &str, page: &str, fields: &[(&str, &str)]| {
        let mut client = server.client();
        client.sign_in(email, &password);
        let answer = client
            .post_form(&format!("/desk/{}/{page}", case.latin), fields)
            .unwrap();
        assert_eq!(answer.status, 303, "{page}: {}", answer.text());
    };
    as_staff("roads@okno.example", "take", &[]);
    let written = [
        ("outcome", "satisfied"),
        ("answer", "Яма заделана, покрытие проверено."),
        ("kind", "final"),
        ("then", "agreement"),
    ];
    as_staff("roads@okno.example", "answer", &written);
    as_staff("roads.head@okno.example", "agree", &[]);
}

#[test]
fn an_answer_comes_by_mail_with_its_paper_when_it_was_asked_for() {
    on_both(|house| {
        let Some(mut post) = Post::new(house) else {
            return;
        };
        let url = post.url();
        let server = house.start_with(&[("OKNO_SMTP_URL", &url)]);
        let file = |n: u64, answer_by: &str| {
            let mut body: Value = serde_json::from_str(&filing(n)).unwrap();
            body["fields"]["answer_by"] = answer_by.into();
            let answer = server
                .client()
                .file(&body.to_string(), &format!("paper-{n}"));
            Filed::of(&answer.unwrap())
        };
        let (asked, unasked) = (file(1, "email"), file(2, "page"));
        post.awaits(house, &server, 2);
        // The mail server is away while the answers are given.
        post.shut();
        answer(&server, &asked);
        answer(&server, &unasked);
        post.open();
        // Receipt, executor, two states and the answer, for each.
        post.awaits(house, &server, 8);
        let letters = post.letters();
        let of = |case: &Filed| {
            let subject = format!("Ответ на обращение {}", case.number);
            let mut found = letters.iter().filter(|letter| {
                let said = letter["subject"].as_str().unwrap_or_default();
                said.starts_with(&subject)
            });
            let letter = found.next().unwrap_or_else(|| panic!("{letters:#?}"));
            assert!(found.next().is_none(), "told once");
            letter.clone()
        };
        let letter = of(&asked);
        let words = "Яма заделана, покрытие проверено.";
        for form in ["text", "html"] {
            assert!(letter[form].as_str().unwrap().contains(words), "{letter:#}");
        }
        let way = "/status?number=";
        assert!(letter["html"].as_str().unwrap().contains(way), "{letter:#}");
        assert_eq!(letter["papers"].as_array().unwrap().len(), 1, "{letter:#}");
        let paper = &letter["papers"][0];
        assert_eq!(paper["kind"], "application/pdf");
        assert_eq!(paper["name"], format!("{}-1.pdf", asked.latin).as_str());
        // The very file of the page, which anybody can check.
        let hash = paper["sha256"].as_str().unwrap();
        let genuine = format!("/genuine?sha256={hash}");
        let told = server.client().get(&genuine).unwrap().text();
        assert!(told.contains("Да, такой ответ выдан"), "{told}");

        let letter = of(&unasked);
        assert_eq!(letter["papers"], Value::Array(Vec::new()), "{letter:#}");
        assert!(!letter["text"].as_str().unwrap().contains(words));
        assert!(letter["text"].as_str().unwrap().contains(way), "{letter:#}");
        assert!(server.stop().success());
        house.assert_sound("after answers by mail");
    });
}

#[test]
fn a_letter_queued_before_a_crash_is_sent_after_it() {
    on_both(|house| {
        let Some(mut post) = Post::new(house) else {
            return;
        };
        let url = post.url();
        post.shut();
        let server = house.start_with(&[("OKNO_SMTP_URL", &url)]);
        for n in 1..4 {
            file(&server, n, "petr@example.org");
        }
        server.kill();
        post.open();
        let server = house.start_with(&[("OKNO_SMTP_URL", &url)]);
        post.awaits(house, &server, 3);
        assert!(post.counted().values().all(|times| *times == 1));
        assert!(server.stop().success());
        house.assert_sound("after a crash with letters under way");
    });
}
