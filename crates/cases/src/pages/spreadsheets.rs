//! Lists as files for spreadsheets and programs. A file is written as it is read, a batch after
//! another, so that neither its length nor a slow reader takes memory.

use async_stream::stream;
use axum::body::Body;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use base::{Language, Page, Result};

/// The mark in front by which spreadsheets know UTF-8.
const MARK: &str = "\u{feff}";

/// The most rows of a file.
const MOST_ROWS: usize = 100_000;

/// How the cells of a line are parted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spreadsheet {
    /// By commas, as the format says and programs expect.
    Comma,
    /// By semicolons, as spreadsheets of Russian systems expect.
    Semicolon,
}

impl Spreadsheet {
    /// What a spreadsheet of this language opens.
    pub(super) const fn of(language: Language) -> Self {
        match language {
            Language::Ru => Self::Semicolon,
            Language::En => Self::Comma,
        }
    }

    /// A line of the file.
    pub(super) fn line(self, cells: &[String]) -> Vec<u8> {
        let mut line = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .delimiter(match self {
                Self::Comma => b',',
                Self::Semicolon => b';',
            })
            .from_writer(Vec::new());
        // Writing into memory does not fail; what could not be written would be an empty line.
        let _ = line.write_record(cells.iter().map(|cell| harmless(cell)));
        line.into_inner().unwrap_or_default()
    }

    /// The first line, with the mark in front of it.
    pub(super) fn marked_head(self, cells: &[String]) -> Vec<u8> {
        let mut first = MARK.as_bytes().to_vec();
        first.extend(self.line(cells));
        first
    }
}

/// Some lines of a file.
#[derive(Default)]
pub(super) struct Batch {
    lines: Vec<u8>,
    rows: usize,
    next: Option<String>,
}

impl Batch {
    /// A page of a list, a line for each of its items.
    pub(super) fn of<T>(page: &Page<T>, line: impl Fn(&T) -> Vec<u8>) -> Self {
        Self {
            lines: page.items.iter().flat_map(line).collect(),
            rows: page.items.len(),
            next: page.next.as_ref().map(|next| next.as_str().to_owned()),
        }
    }
}

/// The file `name`: its `first` line, and what `read` gives after a cursor, so many rows at the most.
pub(super) fn file<R, B>(name: &str, first: Vec<u8>, mut read: R) -> Response
where
    R: FnMut(Option<String>, usize) -> B + Send + 'static,
    B: Future<Output = Result<Batch>> + Send + 'static,
{
    let rows = stream! {
        yield Ok::<_, std::io::Error>(first);
        let (mut after, mut left) = (None, MOST_ROWS);
        while left > 0 {
            let batch = match read(after, left.min(base::page::MOST)).await {
                Ok(batch) => batch,
                // The file ends torn, which its reader notices; a short one would look whole.
                Err(error) => {
                    yield Err(std::io::Error::other(error.to_string()));
                    return;
                }
            };
            left -= batch.rows.min(left);
            yield Ok(batch.lines);
            if batch.next.is_none() {
                return;
            }
            after = batch.next;
        }
    };
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    (headers, Body::from_stream(rows)).into_response()
}

/// A text that no spreadsheet takes for a formula.
fn harmless(text: &str) -> String {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{text}"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_none_breaks_its_line() {
        for text in ["=1+1", "+7", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert!(harmless(text).starts_with('\''), "{text:?}");
        }
        let written =
            Spreadsheet::Comma.line(&["а,б".to_owned(), "\"=1\"\n".to_owned(), "дом".to_owned()]);
        let mut read = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(&written[..]);
        let rows: Vec<csv::StringRecord> = read.records().map(|row| row.unwrap()).collect();
        assert_eq!(rows.len(), 1);
        assert_eq!(&rows[0][1], "\"=1\"\n");
    }

    #[test]
    fn a_russian_spreadsheet_parts_cells_by_semicolons() {
        let cells = ["а".to_owned(), "б;в".to_owned()];
        let written = Spreadsheet::of(Language::Ru).line(&cells);
        assert_eq!(String::from_utf8(written).unwrap(), "а;\"б;в\"\r\n");
        let written = Spreadsheet::of(Language::En).line(&cells);
        assert_eq!(String::from_utf8(written).unwrap(), "а,б;в\r\n");
    }
}
