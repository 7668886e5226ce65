//! The report: one section for each measure in a fixed order, each with when and how it was taken. A
//! run writes the sections that it measured and leaves the others as they are, so that long measures
//! need not be taken all at once; what was never measured says so.

use std::fs;
use std::path::PathBuf;

use base::Clock;
use jiff::tz::TimeZone;

use crate::machine;
use crate::options::Options;

/// Titles of the sections in their order. A title may go on with the name of a store.
const TITLES: [&str; 13] = [
    "P15 Start and idle memory",
    "P16 Weight of the home page, bytes",
    "P1 and P2 Pages, one case filed every second",
    "P3 Filing on SQLite",
    "P3 Filing on PostgreSQL",
    "P4 and P5 Whole lives of cases",
    "P6 Latency at 70 % of capacity",
    "P7 Burst",
    "P8 From the entry to the proof",
    "P8 Catching up on SQLite",
    "P8 Catching up on PostgreSQL",
    "P9 What the journal costs",
    "P10 Search",
];

/// Titles that earlier reports had.
const ONCE: [(&str, &str); 1] = [("P8 From the answer to the proof", TITLES[8])];

/// The report of all runs so far.
pub(crate) struct Report {
    file: PathBuf,
    head: String,
    taken: String,
    sections: Vec<(String, String)>,
}

impl Report {
    /// Goes on with what stands in the file. `taken` says when and how sections of this run are
    /// measured.
    pub(crate) fn open(file: PathBuf, head: String, taken: String) -> Self {
        let sections = sections(&fs::read_to_string(&file).unwrap_or_default());
        Self {
            file,
            head,
            taken,
            sections,
        }
    }

    /// Puts a section into its place.
    pub(crate) fn put(&mut self, title: &str, text: &str) -> Result<(), String> {
        self.sections.retain(|(known, _)| known != title);
        let text = format!("{}\n\n{}\n", self.taken, text.trim());
        self.sections.push((title.to_owned(), text));
        fs::write(&self.file, self.text()).map_err(|error| error.to_string())
    }

    /// The whole of it.
    pub(crate) fn text(&self) -> String {
        let mut text = self.head.clone();
        let place = |title: &str| TITLES.iter().position(|known| title.starts_with(known));
        for (number, title) in TITLES.iter().enumerate() {
            let mut of_it: Vec<_> = self
                .sections
                .iter()
                .filter(|(known, _)| place(known) == Some(number))
                .collect();
            of_it.sort();
            if of_it.is_empty() {
                text.push_str(&format!("\n## {title}\n\nNot measured yet.\n"));
            }
            for (title, body) in of_it {
                text.push_str(&format!("\n## {title}\n\n{body}"));
            }
        }
        text
    }
}

/// The sections of a report that say something.
fn sections(report: &str) -> Vec<(String, String)> {
    let mut parts = report.split("\n## ");
    let head = parts.next().unwrap_or_default();
    let of_head = |name: &str| {
        let mut lines = head.lines();
        let line = lines.find_map(|line| line.strip_prefix(name));
        line.unwrap_or("unknown")
            .trim()
            .trim_end_matches('.')
            .to_owned()
    };
    let earlier = format!(
        "Measured {} at commit {}.",
        of_head("- Date:"),
        of_head("- Commit:")
    );
    parts
        .filter_map(|part| {
            let (title, body) = part.split_once('\n')?;
            let renamed = ONCE.iter().find(|(once, _)| *once == title);
            let title = renamed.map_or(title, |(_, now)| now);
            let known = TITLES.iter().any(|known| title.starts_with(known));
            let body = body.trim();
            let measured = known && !body.starts_with("Not measured");
            let body = if body.starts_with("Measured ") {
                format!("{body}\n")
            } else {
                format!("{earlier}\n\n{body}\n")
            };
            measured.then(|| (title.to_owned(), body))
        })
        .collect()
}

/// When, where and how the sections of this run are taken; `durable` is how many times a second 4 kB
/// are appended and made durable there.
pub(crate) fn taken(options: &Options, durable: f64) -> String {
    let today = Clock::system().now().date(&TimeZone::UTC);
    let database = options
        .database_url
        .as_ref()
        .map_or("", |_| " --database-url …");
    let store = options.store.as_ref().map_or("", |_| " --store …");
    let load = machine::load();
    format!(
        "Measured {today} at commit {} on {} ({durable:.0} durable appends of 4 kB a second), load of the machine before {load}: `--seconds {} --connections {} --rounds {} --burst-seconds {} --backlog {}{database}{store}`.",
        machine::commit(),
        machine::described(),
        options.seconds,
        options.connections,
        options.rounds,
        options.burst_seconds,
        options.backlog,
    )
}

/// What stands above all sections.
pub(crate) fn head() -> &'static str {
    "# What was measured\n\n\
         - Command: `cargo run --release -p bench -- …`; each section names its machine, its options, its day and its commit: figures of two machines are not to be compared, ratios are. [README.md](README.md) tells what the figures mean. The import stands in [import.md](import.md)\n\
         - Other work ran on the machine where “other CPU” is above a few per cent (it also \
         holds the databases' own processes and the kernel's network work); therefore ours and the \
         baseline took turns within the same minute, and the ratios count.\n\n\
         Generator and servers share the processor. The generator costs the same for both, which \
         flatters a ratio of rates; the ratio of the server's own processor time per answer (bare \
         baseline over ours) does not hide it and stands beside. “Settling” is the time that the \
         server went on working after the last answer (placing and sealing entries); its processor \
         time is counted to its answers.\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_leaves_the_sections_of_others() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("RESULTS.md");
        let before = "# What was measured\n\n- Date: yesterday\n- Commit: abc. And more\n\n## P10 Search\n\nquick\n\n## P7 Burst\n\nNot measured yet.\n";
        fs::write(&file, before).unwrap();
        let open = || {
            Report::open(
                file.clone(),
                "# Head\n".to_owned(),
                "Measured today.".to_owned(),
            )
        };
        let mut report = open();
        report.put("P7 Burst, store 10k", "| a |").unwrap();
        report.put("P10 Search, store 10k", "slow").unwrap();
        let text = fs::read_to_string(&file).unwrap();
        assert!(
            text.contains(
                "\n## P10 Search\n\nMeasured yesterday at commit abc. And more.\n\nquick\n"
            ),
            "{text}"
        );
        assert!(
            text.contains("\n## P7 Burst, store 10k\n\nMeasured today.\n\n| a |\n"),
            "{text}"
        );
        assert!(
            text.contains("\n## P15 Start and idle memory\n\nNot measured yet.\n"),
            "{text}"
        );
        assert_eq!(open().text(), text);
    }
}
