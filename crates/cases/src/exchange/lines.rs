//! Files of rows: JSON Lines, or CSV for plain lists under the same names. A line is bounded before
//! it is read, and whatever cannot be a row is told with its line; nothing of it is repeated.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use serde_json::{Map, Value as Json};
use sha2::{Digest, Sha256};
use store::forms::Wrong;

use super::{ExchangeError, at};
use crate::filing::hex;

/// The longest line, in bytes.
const LINE_MOST: usize = 16 << 20;
/// The most columns of a list.
const COLUMNS_MOST: usize = 200;

/// A line that was read: its number, and its row or what is wrong with it.
pub(super) struct Line {
    pub(super) number: u64,
    pub(super) row: Result<Map<String, Json>, Wrong>,
}

/// The lines of a file.
pub(super) struct Lines {
    path: std::path::PathBuf,
    file: BufReader<File>,
    number: u64,
    /// The heading and the sign between columns, of a CSV.
    heading: Option<(Vec<String>, u8)>,
}

impl Lines {
    /// Opens a file: a CSV when it is called one.
    pub(super) fn open(path: &Path) -> Result<Self, ExchangeError> {
        let file = File::open(path).map_err(at(path))?;
        let mut lines = Self {
            path: path.to_owned(),
            file: BufReader::with_capacity(1 << 16, file),
            number: 0,
            heading: None,
        };
        if path.extension().is_some_and(|name| name == "csv") {
            lines.read_heading()?;
        }
        Ok(lines)
    }

    fn read_heading(&mut self) -> Result<(), ExchangeError> {
        let wrong = |path: &Path| {
            ExchangeError::Folder(format!("{}: the heading cannot be read", path.display()))
        };
        let record = self.raw(true)?.and_then(Result::ok);
        let text = record.and_then(|bytes| String::from_utf8(bytes).ok());
        let text = text.ok_or_else(|| wrong(&self.path))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let sign = if text.contains(';') && !text.contains(',') {
            b';'
        } else {
            b','
        };
        let names = cells(text.as_bytes(), sign)
            .and_then(|cells| {
                cells
                    .into_iter()
                    .map(|cell| String::from_utf8(cell).ok())
                    .collect::<Option<Vec<_>>>()
            })
            .filter(|names| names.len() <= COLUMNS_MOST)
            .ok_or_else(|| wrong(&self.path))?;
        self.heading = Some((
            names.iter().map(|name| name.trim().to_owned()).collect(),
            sign,
        ));
        Ok(())
    }

    /// The next line that is not empty.
    pub(super) fn next(&mut self) -> Result<Option<Line>, ExchangeError> {
        loop {
            let begins = self.number + 1;
            let Some(raw) = self.raw(self.heading.is_some())? else {
                return Ok(None);
            };
            let row = match raw {
                Err(wrong) => Err(wrong),
                Ok(bytes) if bytes.trim_ascii().is_empty() => continue,
                Ok(bytes) => match &self.heading {
                    Some((heading, sign)) => listed(&bytes, heading, *sign),
                    None => object(&bytes),
                },
            };
            return Ok(Some(Line {
                number: begins,
                row,
            }));
        }
    }

    /// The bytes of the next record without the end of its line; with `quoted`, quotation marks
    /// keep a record together over several lines. A record that is too long is read past and given
    /// as wrong, never held.
    fn raw(&mut self, quoted: bool) -> Result<Option<Result<Vec<u8>, Wrong>>, ExchangeError> {
        // Whether a quotation mark is open.
        let (mut record, mut too_long, mut open) = (Vec::new(), false, false);
        let mut anything = false;
        loop {
            let available = self.file.fill_buf().map_err(at(&self.path))?;
            if available.is_empty() {
                break;
            }
            anything = true;
            let end = available.iter().position(|byte| *byte == b'\n');
            let part = &available[..end.unwrap_or(available.len())];
            for byte in part {
                open ^= *byte == b'"';
            }
            if record.len() + part.len() > LINE_MOST {
                too_long = true;
                record.clear();
            }
            if !too_long {
                record.extend_from_slice(part);
            }
            let used = end.map_or(part.len(), |end| end + 1);
            self.file.consume(used);
            if end.is_some() {
                self.number += 1;
                // A mark that is never closed must not swallow the rest of the file.
                if quoted && open && !too_long {
                    record.push(b'\n');
                    continue;
                }
                break;
            }
        }
        if !anything {
            return Ok(None);
        }
        if too_long {
            let why = format!("is longer than {LINE_MOST} bytes");
            return Ok(Some(Err(Wrong::new("", why))));
        }
        if record.last() == Some(&b'\r') {
            record.pop();
        }
        Ok(Some(Ok(record)))
    }
}

/// A line of JSON Lines.
fn object(bytes: &[u8]) -> Result<Map<String, Json>, Wrong> {
    let text = std::str::from_utf8(bytes).map_err(|_| Wrong::new("", "is not UTF-8"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match serde_json::from_str(text) {
        Ok(Json::Object(row)) => Ok(row),
        Ok(_) => Err(Wrong::new("", "is no JSON object")),
        Err(error) => {
            let why = format!("is no JSON from column {} on", error.column());
            Err(Wrong::new("", why))
        }
    }
}

/// A line of a CSV: what is empty is absent.
fn listed(bytes: &[u8], heading: &[String], sign: u8) -> Result<Map<String, Json>, Wrong> {
    let cells = cells(bytes, sign).ok_or_else(|| Wrong::new("", "is no row of a CSV"))?;
    if cells.len() != heading.len() {
        let why = format!("has {} columns instead of {}", cells.len(), heading.len());
        return Err(Wrong::new("", why));
    }
    let mut row = Map::new();
    for (name, cell) in heading.iter().zip(cells) {
        let text = String::from_utf8(cell).map_err(|_| Wrong::new(name, "is not UTF-8"))?;
        let text = text.trim();
        if text.is_empty() || name.is_empty() {
            continue;
        }
        // A spreadsheet would run it, here or wherever the list goes next.
        if text.starts_with(['=', '@']) {
            return Err(Wrong::new(
                name,
                "begins like a formula; write such a text in JSON Lines",
            ));
        }
        row.insert(name.clone(), Json::from(text));
    }
    Ok(row)
}

fn cells(bytes: &[u8], sign: u8) -> Option<Vec<Vec<u8>>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(sign)
        .from_reader(bytes);
    let mut record = csv::ByteRecord::new();
    let read = reader.read_byte_record(&mut record).ok()?;
    read.then(|| record.iter().map(<[u8]>::to_vec).collect())
}

/// The SHA-256 of a file.
pub(super) fn digest(path: &Path) -> Result<String, ExchangeError> {
    let mut file = BufReader::with_capacity(1 << 16, File::open(path).map_err(at(path))?);
    let mut hash = Sha256::new();
    loop {
        let some = file.fill_buf().map_err(at(path))?;
        if some.is_empty() {
            return Ok(hex(&hash.finalize()));
        }
        hash.update(some);
        let read = some.len();
        file.consume(read);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, bytes: &[u8]) -> Vec<Line> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let mut lines = Lines::open(&path).unwrap();
        let mut all = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            all.push(line);
        }
        all
    }

    #[test]
    fn what_is_no_row_is_told_with_its_line_and_the_next_one_is_read() {
        let mut bytes = b"{\"a\":1}\n\n[1]\n{\"a\"\n\xff\xfe\n".to_vec();
        bytes.extend(std::iter::repeat_n(b'x', LINE_MOST + 1));
        bytes.extend(b"\n{\"b\":2}");
        let all = read("x.jsonl", &bytes);
        let lines: Vec<u64> = all.iter().map(|line| line.number).collect();
        assert_eq!(lines, [1, 3, 4, 5, 6, 7]);
        let sound: Vec<bool> = all.iter().map(|line| line.row.is_ok()).collect();
        assert_eq!(sound, [true, false, false, false, false, true]);
    }

    #[test]
    fn a_list_is_read_under_its_heading() {
        let text = "\u{feff}id;name\r\n1;\"два\nстрока\"\r\n2;=HYPERLINK(1)\r\n3\r\n4;\r\n";
        let all = read("x.csv", text.as_bytes());
        assert_eq!(all[0].row.as_ref().unwrap()["name"], "два\nстрока");
        assert_eq!(
            (
                all[1].number,
                all[1].row.as_ref().unwrap_err().field.as_str()
            ),
            (4, "name")
        );
        assert!(all[2].row.as_ref().unwrap_err().why.contains("columns"));
        assert_eq!(all[3].row.as_ref().unwrap().len(), 1);
    }
}
