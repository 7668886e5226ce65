//! The files of a set: gzip CSV, read row by row. Each is first read through to the end, so that a
//! torn file is refused before anything of it is carried over; then the others are read beside the
//! appeals, and only rows that stand in another order than the appeals wait in memory.

use std::cell::Cell;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use csv::ByteRecord;
use flate2::bufread::MultiGzDecoder;
use sha2::{Digest, Sha256};

use super::ImportError;
use super::report::{Reason, Refusal};
use super::row::{self, TEXT_MOST};
use crate::filing::hex;

/// The file of appeals.
pub(super) const APPEALS: &str = "appeals.csv.gz";
/// The file of answers.
pub(super) const ANSWERS: &str = "answers.csv.gz";

/// Its columns.
pub(super) const ANSWER_COLUMNS: [&str; 2] = ["id", "answer"];

/// A row may have so many bytes; a quotation mark that is never closed ends here and not in all of
/// the memory.
const ROW_MOST: usize = 4 << 20;

/// A file that was read through once.
pub(super) struct Checked {
    /// SHA-256 of the file as it lies in the folder.
    pub(super) sha256: String,
    /// Rows below the heading.
    pub(super) rows: u64,
    /// No identifier is smaller than the one before it, as numbers go.
    ascending: bool,
}

/// Reads a file through: is it whole, how long is it, is it in order.
pub(super) fn check(path: &Path, columns: &[&str]) -> Result<Checked, ImportError> {
    let hash = Rc::new(std::cell::RefCell::new(Sha256::new()));
    let source = Hashing {
        inner: open(path)?,
        hash: Rc::clone(&hash),
    };
    let mut rows = Rows::start(source, path, columns)?;
    let mut last: Option<(usize, Vec<u8>)> = None;
    let (mut count, mut ascending) = (0, true);
    while rows.advance()? {
        count += 1;
        let id = row::id_bytes(rows.field(0));
        let key = (id.len(), id.to_vec());
        ascending &= last.as_ref().is_none_or(|last| *last <= key);
        last = Some(key);
    }
    drop(rows);
    let digest = hash.borrow_mut().finalize_reset();
    Ok(Checked {
        sha256: hex(&digest),
        rows: count,
        ascending,
    })
}

fn open(path: &Path) -> Result<File, ImportError> {
    File::open(path).map_err(|source| ImportError::File {
        path: path.to_owned(),
        source,
    })
}

/// The rows of a file under the columns that were asked for.
pub(super) struct Rows<R: Read> {
    path: PathBuf,
    reader: csv::Reader<Bounded<MultiGzDecoder<BufReader<R>>>>,
    left: Rc<Cell<usize>>,
    record: ByteRecord,
    width: usize,
    places: Vec<usize>,
}

impl Rows<File> {
    /// Opens the file for reading.
    pub(super) fn open(path: &Path, columns: &[&str]) -> Result<Self, ImportError> {
        Self::start(open(path)?, path, columns)
    }
}

impl<R: Read> Rows<R> {
    fn start(source: R, path: &Path, columns: &[&str]) -> Result<Self, ImportError> {
        let left = Rc::new(Cell::new(ROW_MOST));
        let plain = MultiGzDecoder::new(BufReader::with_capacity(1 << 16, source));
        let bounded = Bounded {
            inner: plain,
            left: Rc::clone(&left),
        };
        let reader = csv::ReaderBuilder::new()
            .flexible(true)
            .has_headers(false)
            .from_reader(bounded);
        let mut rows = Self {
            path: path.to_owned(),
            reader,
            left,
            record: ByteRecord::new(),
            width: 0,
            places: Vec::new(),
        };
        rows.advance()?;
        rows.width = rows.record.len();
        for column in columns {
            let named = |(place, name): (usize, &[u8])| {
                let name = name.strip_prefix("\u{feff}".as_bytes()).unwrap_or(name);
                (name == column.as_bytes()).then_some(place)
            };
            let place = rows.record.iter().enumerate().find_map(named);
            rows.places.push(place.ok_or_else(|| ImportError::Heading {
                path: path.to_owned(),
                column: (*column).to_owned(),
            })?);
        }
        Ok(rows)
    }

    /// Goes to the next row; false at the end.
    pub(super) fn advance(&mut self) -> Result<bool, ImportError> {
        self.left.set(ROW_MOST);
        self.reader
            .read_byte_record(&mut self.record)
            .map_err(|error| ImportError::Content {
                path: self.path.clone(),
                line: self.reader.position().line(),
                detail: error.to_string(),
            })
    }

    /// The line on which the row begins.
    pub(super) fn line(&self) -> u64 {
        self.record.position().map_or(0, csv::Position::line)
    }

    /// Bytes of the column at `place` among those asked for.
    fn field(&self, place: usize) -> &[u8] {
        self.places
            .get(place)
            .and_then(|at| self.record.get(*at))
            .unwrap_or_default()
    }

    /// The columns that were asked for, as text.
    pub(super) fn texts<const N: usize>(&self) -> Result<[&str; N], Reason> {
        if self.record.len() != self.width {
            return Err(Reason::Columns {
                found: self.record.len(),
                expected: self.width,
            });
        }
        let mut texts = [""; N];
        for (place, text) in texts.iter_mut().enumerate() {
            *text = std::str::from_utf8(self.field(place)).map_err(|_| Reason::Encoding)?;
        }
        Ok(texts)
    }

    /// The identifier as far as it can be shown.
    pub(super) fn id(&self) -> Option<String> {
        std::str::from_utf8(self.field(0)).ok().and_then(row::id)
    }
}

/// A file whose rows belong to appeals, read beside them.
pub(super) struct Beside<const N: usize> {
    name: &'static str,
    rows: Rows<File>,
    ascending: bool,
    ended: bool,
    last: (usize, Vec<u8>),
    held: HashMap<String, Vec<Side<N>>>,
}

/// A row of such a file: its line, and its columns or why they cannot be used.
pub(super) struct Side<const N: usize> {
    pub(super) line: u64,
    pub(super) columns: Result<[String; N], Reason>,
}

impl<const N: usize> Beside<N> {
    /// Reads the file through and opens it. The first column names the appeal.
    pub(super) fn open(
        folder: &Path,
        name: &'static str,
        columns: &[&str; N],
    ) -> Result<Self, ImportError> {
        let path = folder.join(name);
        let checked = check(&path, columns)?;
        Ok(Self {
            name,
            rows: Rows::open(&path, columns)?,
            ascending: checked.ascending,
            ended: false,
            last: (0, Vec::new()),
            held: HashMap::new(),
        })
    }

    /// The same for a file that may be missing.
    pub(super) fn open_if_there(
        folder: &Path,
        name: &'static str,
        columns: &[&str; N],
    ) -> Result<Option<Self>, ImportError> {
        folder
            .join(name)
            .exists()
            .then(|| Self::open(folder, name, columns))
            .transpose()
    }

    /// Takes the rows of an appeal, in their order. Rows that belong to nobody are given to
    /// `refuse`.
    pub(super) fn take(
        &mut self,
        id: &str,
        refuse: &mut dyn FnMut(Refusal),
    ) -> Result<Vec<Side<N>>, ImportError> {
        let wanted = (id.len(), id.as_bytes());
        // In an ordered file the rows of an appeal are all read once a greater one was seen.
        let passed = |last: &(usize, Vec<u8>)| (last.0, last.1.as_slice()) > wanted;
        while !(self.ended || self.ascending && passed(&self.last)) {
            self.read_on(refuse)?;
        }
        Ok(self.held.remove(id).unwrap_or_default())
    }

    /// How many appeals that were not among the appeals have rows here, once all of those were
    /// read.
    pub(super) fn left_over(
        &mut self,
        refuse: &mut dyn FnMut(Refusal),
    ) -> Result<u64, ImportError> {
        let mut left = 0;
        while !self.ended {
            self.read_on(refuse)?;
            // The last one held may have more rows to come.
            if self.held.len() > 1 {
                let last = self.rows.id().unwrap_or_default();
                let before = self.held.len();
                self.held.retain(|id, _| *id == last);
                left += (before - self.held.len()) as u64;
            }
        }
        Ok(left + self.held.len() as u64)
    }

    fn read_on(&mut self, refuse: &mut dyn FnMut(Refusal)) -> Result<(), ImportError> {
        if !self.rows.advance()? {
            self.ended = true;
            return Ok(());
        }
        let line = self.rows.line();
        let key = row::id_bytes(self.rows.field(0));
        self.last = (key.len(), key.to_vec());
        let id = self.rows.id();
        let columns = self.rows.texts::<N>().map(|texts| texts.map(str::to_owned));
        match id {
            Some(id) => self
                .held
                .entry(id)
                .or_default()
                .push(Side { line, columns }),
            None => refuse(Refusal {
                file: self.name,
                line,
                id: String::new(),
                reason: columns.err().unwrap_or(Reason::Id),
            }),
        }
        Ok(())
    }
}

/// The last answer among the rows of an appeal.
pub(super) fn answer(rows: Vec<Side<2>>) -> Result<Option<String>, Reason> {
    let Some(row) = rows.into_iter().next_back() else {
        return Ok(None);
    };
    let [_, answer] = row.columns?;
    let answer = base::text::clean_text(&answer);
    if base::text::length(&answer) > TEXT_MOST {
        return Err(Reason::TooLong("answer"));
    }
    Ok(Some(answer))
}

/// Hashes what is read.
struct Hashing<R> {
    inner: R,
    hash: Rc<std::cell::RefCell<Sha256>>,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.hash.borrow_mut().update(&buffer[..read]);
        Ok(read)
    }
}

/// Stops when a single row takes more than its share.
struct Bounded<R> {
    inner: R,
    left: Rc<Cell<usize>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left.get() == 0 {
            return Err(io::Error::other("a row without an end"));
        }
        let read = self.inner.read(buffer)?;
        self.left.set(self.left.get().saturating_sub(read));
        Ok(read)
    }
}
