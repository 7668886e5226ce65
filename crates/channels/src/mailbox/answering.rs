//! What the sender of a letter is told: that it is registered, under which number, until when it is
//! answered, by which code it is found again, what was not kept of it, and that an appeal under the law
//! needs a sign-in. A machine answers none of these letters, and none of them answers a machine.

use base::{Language, Number};
use cases::model::Filed;
use jiff::civil::Date;
use mail::Letter;
use web::Shell;

/// A letter that became a case.
pub(super) struct Registered<'a> {
    pub(super) filed: &'a Filed,
    pub(super) today: Date,
    pub(super) refused: &'a [String],
    pub(super) is_cut: bool,
    /// Whether it tells of a danger just now.
    pub(super) is_danger: bool,
}

/// A letter that became a message in a case, when there is something to say about it.
pub(super) struct Added<'a> {
    pub(super) number: Number,
    pub(super) refused: &'a [String],
    pub(super) is_cut: bool,
}

impl Registered<'_> {
    pub(super) fn letter(&self, shell: &Shell, language: Language, to: &str) -> Letter {
        let words = shell.words();
        let settings = shell.settings();
        let number = self.filed.number.to_string();
        let numbered = [("number", number.as_str().into())];
        let line = |key: &str, name: &'static str, value: &str| {
            words.text(language, key, &[(name, value.into())])
        };
        let today = words.date_long(language, self.today);
        let mut lines = vec![words.plain(language, "mailbox-ack-greeting").into_owned()];
        if self.is_danger {
            lines.push(words.plain(language, "dialogue-emergency").into_owned());
        }
        lines.push(words.text(
            language,
            "mailbox-ack-registered",
            &[
                ("day", today.as_str().into()),
                ("number", number.as_str().into()),
            ],
        ));
        if let Some(due) = self.filed.due_on {
            let due = words.date_long(language, due);
            lines.push(line("mailbox-ack-due", "day", &due));
        }
        let page = format!("{}/status?number={}", settings.origin, latin(&number));
        lines.push(line("mailbox-ack-where", "link", &page));
        if let Some(code) = &self.filed.return_code {
            lines.push(line("mailbox-ack-code", "code", code));
        }
        lines.extend(not_kept(shell, language, self.refused, self.is_cut));
        let sign_in = format!("{}/sign-in", settings.origin);
        lines.push(line("mailbox-ack-law", "link", &sign_in));
        lines.push(words.plain(language, "mailbox-ack-reply").into_owned());
        lines.push(settings.operator_in(language).to_owned());
        written(
            to,
            words.text(language, "mailbox-ack-subject", &numbered),
            &lines,
            shell,
        )
    }
}

impl Added<'_> {
    pub(super) fn letter(&self, shell: &Shell, language: Language, to: &str) -> Letter {
        let words = shell.words();
        let number = self.number.to_string();
        let numbered = [("number", number.as_str().into())];
        let mut lines = vec![
            words.plain(language, "mailbox-ack-greeting").into_owned(),
            words.text(language, "mailbox-ack-added", &numbered),
        ];
        lines.extend(not_kept(shell, language, self.refused, self.is_cut));
        lines.push(shell.settings().operator_in(language).to_owned());
        written(
            to,
            words.text(language, "mailbox-ack-added-subject", &numbered),
            &lines,
            shell,
        )
    }
}

/// With a Latin letter the address can be read, and the number is understood all the same.
fn latin(number: &str) -> String {
    number.replacen('\u{410}', "A", 1)
}

fn not_kept(shell: &Shell, language: Language, refused: &[String], is_cut: bool) -> Vec<String> {
    let words = shell.words();
    let mut lines = Vec::new();
    if is_cut {
        lines.push(words.plain(language, "mailbox-ack-cut").into_owned());
    }
    if !refused.is_empty() {
        let list: Vec<String> = refused
            .iter()
            .map(|line| format!("\u{2014} {line}"))
            .collect();
        let heading = words.plain(language, "mailbox-ack-refused");
        lines.push(format!("{heading}\n{}", list.join("\n")));
    }
    lines
}

fn written(to: &str, subject: String, lines: &[String], shell: &Shell) -> Letter {
    let lines = lines.iter().filter(|line| !line.is_empty());
    let text: Vec<&str> = lines.map(String::as_str).collect();
    Letter {
        to: to.to_owned(),
        subject,
        text: text.join("\n\n"),
        id: base::id::new_uuid(shell.clock().now()),
        automatic: true,
        ..Letter::default()
    }
}
