//! Forms: how the rows of a table stand in an exchange with other systems, column by column, under
//! names for people and with values that mean something elsewhere: codes instead of identifiers,
//! RFC 3339 instead of microseconds, opened texts instead of sealed ones. From a form come the
//! statements, the JSON of a row, and the row of a JSON, refused with the field and a sentence when
//! it is not what the form says.

use base::{Error, Moment, Result};
use jiff::civil::Date;
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use crate::db::Db;
use crate::row::Row;
use crate::sql;
use crate::tx::{Table, Tx};
use crate::value::{Arg, ToArg, Value};

/// How a table stands in an exchange.
#[derive(Debug)]
pub struct Form {
    /// The table.
    pub table: &'static Table,
    /// Its name there: of the file, or of the list inside another row.
    pub name: &'static str,
    /// The columns.
    pub columns: &'static [Column],
    /// The columns by which rows are ordered.
    pub order: &'static str,
    /// A condition that rows must meet to be told; empty for none.
    pub only: &'static str,
    /// Whether rows are left out where no personal data may be told.
    pub personal: bool,
}

/// A column of a form.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    name: &'static str,
    told: &'static str,
    kind: Kind,
    must: bool,
    personal: bool,
}

/// What a column holds.
#[derive(Clone, Copy, Debug)]
enum Kind {
    /// What the reader supplies; it is never told.
    Own,
    /// An identifier.
    Id,
    /// A text of at most so many characters.
    Text(usize),
    /// One of these codes.
    Code(&'static [&'static str]),
    /// A whole number within bounds.
    Number(i64, i64),
    /// 0 or 1.
    Flag,
    /// A moment.
    Moment,
    /// A day.
    Day,
    /// A JSON of at most so many bytes.
    Json(usize),
    /// A reference to something of this kind by its code.
    Of(&'static str),
    /// A text that is sealed under this name.
    Sealed(&'static str),
    /// An address of an object; told as the hash of what it holds.
    File,
    /// At most so many bytes, told in hexadecimal.
    Bytes(usize),
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident($($arg:ident: $type:ty),*) => $kind:expr;)*) => {
        impl Column {$(
            $(#[$doc])*
            pub const fn $name(name: &'static str $(, $arg: $type)*) -> Self {
                Self { name, told: name, kind: $kind, must: true, personal: false }
            }
        )*}
    };
}
kinds! {
    /// What the reader supplies; it is never told.
    own() => Kind::Own;
    /// An identifier.
    id() => Kind::Id;
    /// A text of at most `most` characters.
    text(most: usize) => Kind::Text(most);
    /// One of these codes.
    code(codes: &'static [&'static str]) => Kind::Code(codes);
    /// A whole number within bounds.
    number(least: i64, most: i64) => Kind::Number(least, most);
    /// A truth, kept as 0 or 1.
    flag() => Kind::Flag;
    /// A moment.
    moment() => Kind::Moment;
    /// A day.
    day() => Kind::Day;
    /// A JSON of at most `most` bytes.
    json(most: usize) => Kind::Json(most);
    /// A reference to something of the kind `of` by its code.
    of(of: &'static str) => Kind::Of(of);
    /// What is sealed under the name `what`.
    sealed(what: &'static str) => Kind::Sealed(what);
    /// The address of an object.
    file() => Kind::File;
    /// At most `most` bytes.
    bytes(most: usize) => Kind::Bytes(most);
}

impl Column {
    /// The same under another name in the exchange.
    #[must_use]
    pub const fn told(mut self, told: &'static str) -> Self {
        self.told = told;
        self
    }

    /// The same where it may be empty.
    #[must_use]
    pub const fn or_none(mut self) -> Self {
        self.must = false;
        self
    }

    /// The same as personal data: left out where none may be told.
    #[must_use]
    pub const fn personal(mut self) -> Self {
        self.personal = true;
        self
    }

    /// The column's name in its table.
    pub(crate) fn name(&self) -> &'static str {
        self.name
    }
}

/// What a writer of an exchange knows.
pub trait Teller {
    /// Whether personal data may be told.
    fn personal(&self) -> bool;
    /// The code of something by its identifier.
    fn code(&self, kind: &str, id: Uuid) -> Option<String>;
    /// Opens what is sealed as `what` in the row `id` under `parent`; none where its key was
    /// destroyed or it may not be told.
    fn open(&self, what: &str, parent: Uuid, id: Uuid, sealed: &[u8]) -> Result<Option<Json>>;
    /// The hash of the object at an address, once it is put beside the rows.
    fn file(&self, parent: Uuid, address: &[u8]) -> Result<Option<String>>;
}

/// What a reader of an exchange knows.
pub trait Reader {
    /// The moment of reading.
    fn now(&self) -> Moment;
    /// The identifier of something by its code.
    fn id(&self, kind: &str, code: &str) -> Option<Uuid>;
    /// Seals a value as `what` in the row `id`, or says what is wrong with it.
    fn seal(&self, what: &str, id: Uuid, value: Json) -> std::result::Result<Vec<u8>, String>;
    /// What the reader supplies for a column.
    fn own(&self, column: &str) -> Cell;
    /// The address under which the object of a hash was put away.
    fn address(&self, hash: &str) -> Option<Vec<u8>>;
}

/// What is wrong with a row that was read, in a sentence for whoever sent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The field.
    pub field: String,
    /// What is wrong with it; never a repetition of what it holds.
    pub why: String,
}

impl Wrong {
    /// A field with what is wrong with it.
    pub fn new(field: impl Into<String>, why: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            why: why.into(),
        }
    }

    /// The same of a row inside a list.
    #[must_use]
    pub fn inside(self, list: &str, place: usize) -> Self {
        Self {
            field: format!("{list}[{place}].{}", self.field),
            why: self.why,
        }
    }
}

/// A value on its way into a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// NULL.
    Null,
    /// A whole number or a moment.
    Int(i64),
    /// A text, a code, a day or a JSON.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// An identifier.
    Id(Uuid),
}

impl ToArg for Cell {
    fn to_arg(&self) -> Arg<'_> {
        match self {
            Cell::Null => Arg::Null,
            Cell::Int(int) => Arg::Int(*int),
            Cell::Text(text) => Arg::Text(text),
            Cell::Bytes(bytes) => Arg::Bytes(bytes),
            Cell::Id(id) => Arg::Uuid(*id),
        }
    }
}

/// The year before which no system kept anything that is exchanged today.
const FIRST_YEAR: i16 = 1900;
const LAST_YEAR: i16 = 2200;

impl Form {
    /// The row's identifier: the first column of the table's key.
    fn key_place(&self) -> Option<usize> {
        let key = self.table.key.first()?;
        self.columns.iter().position(|column| column.name == *key)
    }

    /// Whether rows are told to `teller`.
    pub fn is_told(&self, teller: &impl Teller) -> bool {
        !self.personal || teller.personal()
    }

    /// Every row under one of `parents`, which the column `by` names, in their order: the parent
    /// and the row as JSON.
    pub fn rows_of(
        &self,
        db: &mut Db<'_>,
        by: &'static str,
        parents: &[Uuid],
        teller: &impl Teller,
    ) -> Result<Vec<(Uuid, Map<String, Json>)>> {
        let mut rows = Vec::new();
        for some in parents.chunks(sql::FORM_PARENTS) {
            let text = sql::form_rows(self, by, some.len());
            let args: Vec<Arg<'_>> = some.iter().map(ToArg::to_arg).collect();
            db.each(&text, &args, |row| {
                // The parent stands after the columns of the form.
                let parent: Uuid = row.get(self.columns.len())?;
                rows.push((parent, self.tell(row, parent, teller)?));
                Ok(())
            })?;
        }
        Ok(rows)
    }

    /// The keys of the next rows of the table, in their order.
    pub fn keys_after(
        &self,
        db: &mut Db<'_>,
        after: Option<Uuid>,
        limit: usize,
    ) -> Result<Vec<Uuid>> {
        let text = sql::form_keys(self, after.is_some());
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let args: Vec<Arg<'_>> = after
            .iter()
            .map(ToArg::to_arg)
            .chain([limit.to_arg()])
            .collect();
        db.query(&text, &args, |row| row.get(0))
    }

    /// A row as JSON.
    fn tell(&self, row: &Row<'_>, parent: Uuid, teller: &impl Teller) -> Result<Map<String, Json>> {
        let mut told = Map::new();
        let key = match self.key_place() {
            Some(place) => row.get::<Option<Uuid>>(place).unwrap_or_default(),
            None => None,
        };
        for (place, column) in self.columns.iter().enumerate() {
            if column.personal && !teller.personal() {
                continue;
            }
            let value = row.value(place)?;
            if matches!(value, Value::Null) {
                continue;
            }
            let json = match column.kind {
                Kind::Own => continue,
                Kind::Bytes(_) => Json::from(hex(&row.get::<Vec<u8>>(place)?)),
                Kind::Id => Json::from(row.get::<Uuid>(place)?.to_string()),
                Kind::Text(_) | Kind::Code(_) | Kind::Day => Json::from(row.get::<String>(place)?),
                Kind::Number(..) => Json::from(row.get::<i64>(place)?),
                Kind::Flag => Json::from(row.get::<bool>(place)?),
                Kind::Moment => Json::from(row.get::<Moment>(place)?.rfc3339()),
                Kind::Json(_) => {
                    serde_json::from_str(&row.get::<String>(place)?).map_err(Error::internal)?
                }
                Kind::Of(kind) => match teller.code(kind, row.get(place)?) {
                    Some(code) => Json::from(code),
                    None => continue,
                },
                Kind::Sealed(what) => {
                    let sealed: Vec<u8> = row.get(place)?;
                    match teller.open(what, parent, key.unwrap_or_default(), &sealed)? {
                        Some(opened) => opened,
                        None => continue,
                    }
                }
                Kind::File => match teller.file(parent, &row.get::<Vec<u8>>(place)?)? {
                    Some(hash) => Json::from(hash),
                    None => continue,
                },
            };
            told.insert(column.told.to_owned(), json);
        }
        Ok(told)
    }

    /// Takes the columns of the form out of a JSON; what is left is not the form's.
    pub fn read(
        &self,
        told: &mut Map<String, Json>,
        reader: &impl Reader,
    ) -> std::result::Result<Vec<Cell>, Wrong> {
        let key = match self.key_place().and_then(|place| self.columns.get(place)) {
            Some(column) if matches!(column.kind, Kind::Own) => match reader.own(column.name) {
                Cell::Id(id) => id,
                _ => Uuid::nil(),
            },
            Some(column) => told
                .get(column.told)
                .and_then(Json::as_str)
                .and_then(|text| Uuid::try_parse(text).ok())
                .unwrap_or_default(),
            None => Uuid::nil(),
        };
        self.columns
            .iter()
            .map(|column| {
                if matches!(column.kind, Kind::Own) {
                    return Ok(reader.own(column.name));
                }
                let value = match told.remove(column.told) {
                    None | Some(Json::Null) if column.must => {
                        return Err(Wrong::new(column.told, "is missing"));
                    }
                    None | Some(Json::Null) => return Ok(Cell::Null),
                    Some(value) => value,
                };
                column
                    .cell(value, key, reader)
                    .map_err(|why| Wrong::new(column.told, why))
            })
            .collect()
    }

    /// Writes a row.
    pub fn insert(&self, tx: &mut Tx<'_>, cells: &[Cell]) -> Result<()> {
        let args: Vec<Arg<'_>> = cells.iter().map(ToArg::to_arg).collect();
        tx.write(self.table, &sql::form_insert(self), &args)?;
        Ok(())
    }
}

impl Column {
    /// A value of the exchange as one of the table. Texts are taken for numbers and truths too:
    /// lists as CSV know nothing else.
    fn cell(
        &self,
        value: Json,
        key: Uuid,
        reader: &impl Reader,
    ) -> std::result::Result<Cell, String> {
        let said = |why: &str| Err(why.to_owned());
        Ok(match (self.kind, value) {
            (Kind::Own, _) => Cell::Null,
            (Kind::Id, Json::String(text)) => match Uuid::try_parse(&text) {
                Ok(id) => Cell::Id(id),
                Err(_) => return said("is no identifier (UUID)"),
            },
            (Kind::Text(most), Json::String(text)) => {
                if text.chars().nth(most).is_some() {
                    return Err(format!("is longer than {most} characters"));
                }
                if text.contains('\0') {
                    return said("holds a character that no text has");
                }
                Cell::Text(text)
            }
            (Kind::Code(codes), Json::String(text)) => {
                if !codes.contains(&text.as_str()) {
                    return Err(format!("is none of: {}", codes.join(", ")));
                }
                Cell::Text(text)
            }
            (Kind::Number(least, most), value) => {
                let number = match &value {
                    Json::String(text) => text.parse().ok(),
                    other => other.as_i64(),
                };
                match number.filter(|number| (least..=most).contains(number)) {
                    Some(number) => Cell::Int(number),
                    None => return Err(format!("is no whole number from {least} to {most}")),
                }
            }
            (Kind::Flag, Json::Bool(flag)) => Cell::Int(i64::from(flag)),
            (Kind::Flag, Json::String(text)) => match text.as_str() {
                "true" => Cell::Int(1),
                "false" => Cell::Int(0),
                _ => return said("is neither true nor false"),
            },
            (Kind::Moment, Json::String(text)) => Cell::Int(moment(&text, reader.now())?.micros()),
            (Kind::Day, Json::String(text)) => {
                let day = text.parse::<Date>().ok().filter(|day| {
                    day.to_string() == text && (FIRST_YEAR..=LAST_YEAR).contains(&day.year())
                });
                match day {
                    Some(_) => Cell::Text(text),
                    None => return said("is no day like 2026-11-22"),
                }
            }
            (Kind::Json(most), value) => {
                let text = value.to_string();
                if text.len() > most {
                    return Err(format!("is longer than {most} bytes"));
                }
                Cell::Text(text)
            }
            (Kind::Of(kind), Json::String(code)) => match reader.id(kind, &code) {
                Some(id) => Cell::Id(id),
                None => return Err(format!("names no {kind} that is here")),
            },
            (Kind::Sealed(what), value) => Cell::Bytes(reader.seal(what, key, value)?),
            (Kind::File, Json::String(hash)) => match reader.address(&hash) {
                Some(address) => Cell::Bytes(address),
                None => return said("names no file of the folder"),
            },
            (Kind::Bytes(most), Json::String(text)) => match unhex(&text) {
                Some(bytes) if bytes.len() <= most => Cell::Bytes(bytes),
                _ => return Err(format!("is not at most {most} bytes in hexadecimal")),
            },
            _ => return said("is not of the right kind"),
        })
    }
}

/// A moment of an exchange: RFC 3339 with an offset, neither before anybody kept anything nor in
/// the future.
pub fn moment(text: &str, now: Moment) -> std::result::Result<Moment, String> {
    let timestamp: jiff::Timestamp = text
        .parse()
        .map_err(|_| "is no moment like 2026-11-22T12:00:00Z".to_owned())?;
    let moment = Moment::from(timestamp);
    if timestamp.to_zoned(jiff::tz::TimeZone::UTC).year() < FIRST_YEAR {
        return Err(format!("is before {FIRST_YEAR}"));
    }
    if moment > now {
        return Err("is in the future".to_owned());
    }
    Ok(moment)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        text.push(char::from(b"0123456789abcdef"[usize::from(byte >> 4)]));
        text.push(char::from(b"0123456789abcdef"[usize::from(byte & 15)]));
        text
    })
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |digit: u8| char::from(digit).to_digit(16);
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs
        .iter()
        .map(|[high, low]| u8::try_from(digit(*high)? * 16 + digit(*low)?).ok())
        .collect()
}
