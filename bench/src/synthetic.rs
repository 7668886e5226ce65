//! A made-up city of any size. Each case takes its shape from a case of the real set, drawn with a
//! seed: category, unit, place, hours, how often and when it was passed on, how long its texts are.
//! Its words are made of syllables, so that no sentence of anybody comes along. What is written has
//! the columns of the real set and is read by `okno import appeals`.

use std::collections::HashMap;
use std::fs::File;
use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use jiff::SignedDuration;
use jiff::civil::DateTime;

use crate::language::{Dice, Language};

/// Numbers begin here, above those of the real set, so that both can stand in one store.
const FIRST_ID: u64 = 100_000_000;
/// Weeks around the real months over which cases are spread: the hour and the day of the week stay.
const WEEKS_BEFORE: i64 = 100;
const WEEKS: u64 = 350;

/// A file of the set: names of its columns and its rows, or the file that is written.
struct Columns {
    names: Vec<String>,
    rows: Vec<csv::StringRecord>,
}

impl Columns {
    fn read(folder: &Path, name: &str) -> Result<Self, String> {
        let path = folder.join(format!("{name}.csv.gz"));
        let told = |error: String| format!("{}: {error}", path.display());
        let file = File::open(&path).map_err(|error| told(error.to_string()))?;
        let mut reader = csv::Reader::from_reader(GzDecoder::new(file));
        let names = reader.headers().map_err(|error| told(error.to_string()))?;
        let names = names.iter().map(str::to_owned).collect();
        let rows = reader.records().collect::<Result<_, _>>();
        Ok(Self {
            names,
            rows: rows.map_err(|error| told(error.to_string()))?,
        })
    }

    fn place(&self, name: &str) -> Result<usize, String> {
        let found = self.names.iter().position(|known| known == name);
        found.ok_or_else(|| format!("no column {name}"))
    }

    /// The rows of each appeal, in their order.
    fn by_id(&self) -> Result<HashMap<&str, Vec<&csv::StringRecord>>, String> {
        let id = self.place("id")?;
        let mut found: HashMap<&str, Vec<_>> = HashMap::new();
        for row in &self.rows {
            found.entry(&row[id]).or_default().push(row);
        }
        Ok(found)
    }

    fn writer(&self, folder: &Path, name: &str) -> Result<Writer, String> {
        let path = folder.join(format!("{name}.csv.gz"));
        let file = File::create(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let mut writer = csv::Writer::from_writer(GzEncoder::new(file, Compression::fast()));
        writer.write_record(&self.names).map_err(told)?;
        Ok(Writer(writer))
    }
}

struct Writer(csv::Writer<GzEncoder<File>>);

impl Writer {
    fn write(&mut self, row: &[String]) -> Result<(), String> {
        self.0.write_record(row).map_err(told)
    }

    fn end(self) -> Result<(), String> {
        let inner = self.0.into_inner().map_err(|error| error.to_string())?;
        let mut file = inner.finish().map_err(told)?;
        file.flush().map_err(told)
    }
}

fn told(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// A moment of the real set, `weeks` later.
fn moved(text: &str, weeks: i64) -> String {
    match text.parse::<DateTime>() {
        Ok(moment) => moment
            .checked_add(SignedDuration::from_hours(weeks * 7 * 24))
            .map_or_else(|_| text.to_owned(), |moment| moment.to_string()),
        Err(_) => text.to_owned(),
    }
}

/// Writes `cases` made-up cases into `out`.
pub(crate) fn write(from: &Path, out: &Path, cases: u64, seed: u64) -> Result<(), String> {
    std::fs::create_dir_all(out).map_err(told)?;
    let appeals = Columns::read(from, "appeals")?;
    let answers = Columns::read(from, "answers")?;
    let beside = ["timeline", "reroutes", "reclassified"]
        .map(|name| Columns::read(from, name).map(|columns| (name, columns)));
    let beside = beside.into_iter().collect::<Result<Vec<_>, _>>()?;
    let histories = beside
        .iter()
        .map(|(name, columns)| Ok((columns, columns.by_id()?, columns.writer(out, name)?)))
        .collect::<Result<Vec<_>, String>>();
    let mut histories = histories?;
    let (answer_of, answer) = (answers.by_id()?, answers.place("answer")?);
    let (mut appeal_file, mut answer_file) = (
        appeals.writer(out, "appeals")?,
        answers.writer(out, "answers")?,
    );
    let place = |name: &str| appeals.place(name);
    let (id, text, address) = (place("id")?, place("text")?, place("address")?);
    let (lat, lon) = (place("lat")?, place("lon")?);
    let subject = [place("category")?, place("reason")?];
    let times = [place("created")?, place("answered")?];

    let mut dice = Dice(seed);
    let mut language = Language::new(&mut dice);
    for number in 0..cases {
        let shape = dice.one_of(&appeals.rows);
        let weeks = dice.below(WEEKS).cast_signed() - WEEKS_BEFORE;
        let new_id = (FIRST_ID + number).to_string();
        let about = subject.map(|column| &shape[column]).join(" ");
        let mut row: Vec<String> = shape.iter().map(str::to_owned).collect();
        let length = shape[text].chars().count();
        row[text] = language.appeal(&mut dice, &about, length);
        let street = dice.one_of(&language.words).clone();
        row[address] = format!("улица {street}, {}", 1 + dice.below(120));
        for column in [lat, lon] {
            if let Ok(degrees) = row[column].parse::<f64>() {
                row[column] = format!("{:.6}", degrees + (dice.part() - 0.5) / 50.0);
            }
        }
        for column in times {
            row[column] = moved(&row[column], weeks);
        }
        row[id].clone_from(&new_id);
        appeal_file.write(&row)?;
        if let Some(known) = answer_of.get(&shape[id]) {
            for known in known {
                let mut row: Vec<String> = known.iter().map(str::to_owned).collect();
                row[answer] = language.text(&mut dice, &about, known[answer].chars().count());
                row[0].clone_from(&new_id);
                answer_file.write(&row)?;
            }
        }
        for (columns, rows, file) in &mut histories {
            for known in rows.get(&shape[id]).into_iter().flatten() {
                let mut row: Vec<String> = known.iter().map(str::to_owned).collect();
                for (name, value) in columns.names.iter().zip(&mut row) {
                    match name.as_str() {
                        "id" => value.clone_from(&new_id),
                        "at" | "old_deadline" | "new_deadline" => *value = moved(value, weeks),
                        _ => {}
                    }
                }
                file.write(&row)?;
            }
        }
    }
    appeal_file.end()?;
    answer_file.end()?;
    for (_, _, file) in histories {
        file.end()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hour_and_the_day_of_the_week_stay() {
        assert_eq!(
            moved("2020-10-18T14:50:40.817676", 2),
            "2020-11-01T14:50:40.817676"
        );
        assert_eq!(moved("", 2), "", "what is no moment stays as it is");
    }
}
