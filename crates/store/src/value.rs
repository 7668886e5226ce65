//! What goes into a statement and what comes out of a row: four kinds of values that both
//! engines hold alike, and how the domain's types are made of them.

use base::{Error, Moment, Result};
use jiff::civil::Date;
use uuid::Uuid;

/// A value bound to a placeholder.
#[derive(Clone, Copy, Debug)]
pub enum Arg<'a> {
    /// NULL of any type.
    Null,
    /// A whole number, a boolean as 0 or 1, a moment as microseconds.
    Int(i64),
    /// A text.
    Text(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
    /// An identifier: 16 bytes on SQLite, `uuid` on PostgreSQL.
    Uuid(Uuid),
    /// A calendar date, kept as its ISO 8601 text.
    Date(Date),
}

/// A value of a row as stored. Identifiers come as their 16 bytes from both engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// NULL.
    Null,
    /// A whole number.
    Int(i64),
    /// A text.
    Text(&'a str),
    /// Bytes, or the 16 bytes of an identifier.
    Bytes(&'a [u8]),
}

/// The arguments of a statement, in the order of `$1`, `$2`, …: `args![id, name, None::<i64>]`.
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => {
        &[$($crate::ToArg::to_arg(&$value)),*]
    };
}

/// A type that can be bound to a placeholder.
pub trait ToArg {
    /// The value, borrowed where it is long.
    fn to_arg(&self) -> Arg<'_>;
}

impl ToArg for Arg<'_> {
    fn to_arg(&self) -> Arg<'_> {
        *self
    }
}

impl<T: ToArg + ?Sized> ToArg for &T {
    fn to_arg(&self) -> Arg<'_> {
        (**self).to_arg()
    }
}

impl<T: ToArg> ToArg for Option<T> {
    fn to_arg(&self) -> Arg<'_> {
        self.as_ref().map_or(Arg::Null, ToArg::to_arg)
    }
}

macro_rules! ints_in {
    ($($type:ty),*) => {$(
        impl ToArg for $type {
            fn to_arg(&self) -> Arg<'_> {
                Arg::Int(i64::from(*self))
            }
        }
    )*};
}
ints_in!(i64, i32, i16, u32, u16, u8, bool);

impl ToArg for usize {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Int(i64::try_from(*self).unwrap_or(i64::MAX))
    }
}

impl ToArg for u64 {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Int(i64::try_from(*self).unwrap_or(i64::MAX))
    }
}

impl ToArg for str {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(self)
    }
}

impl ToArg for String {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(self)
    }
}

impl ToArg for [u8] {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Bytes(self)
    }
}

impl ToArg for Vec<u8> {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Bytes(self)
    }
}

impl<const N: usize> ToArg for [u8; N] {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Bytes(self)
    }
}

impl ToArg for Uuid {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Uuid(*self)
    }
}

impl ToArg for Moment {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Int(self.micros())
    }
}

impl ToArg for Date {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Date(*self)
    }
}

/// A type that can be read from a column.
pub trait FromValue: Sized {
    /// The value as this type; an internal error when the column holds something else.
    fn from_value(value: Value<'_>) -> Result<Self>;
}

fn wrong<T>(wanted: &str, value: Value<'_>) -> Result<T> {
    let held = match value {
        Value::Null => "NULL",
        Value::Int(_) => "a number",
        Value::Text(_) => "a text",
        Value::Bytes(_) => "bytes",
    };
    Err(Error::internal(format_args!(
        "a column holds {held} where {wanted} was expected"
    )))
}

impl FromValue for i64 {
    fn from_value(value: Value<'_>) -> Result<Self> {
        match value {
            Value::Int(int) => Ok(int),
            other => wrong("a number", other),
        }
    }
}

macro_rules! ints_out {
    ($($type:ty),*) => {$(
        impl FromValue for $type {
            fn from_value(value: Value<'_>) -> Result<Self> {
                <$type>::try_from(i64::from_value(value)?)
                    .map_err(|_| Error::internal("a column holds a number out of its range"))
            }
        }
    )*};
}
ints_out!(i32, i16, u32, u16, u8, u64, usize);

impl FromValue for bool {
    fn from_value(value: Value<'_>) -> Result<Self> {
        match value {
            Value::Int(0) => Ok(false),
            Value::Int(1) => Ok(true),
            other => wrong("0 or 1", other),
        }
    }
}

impl FromValue for String {
    fn from_value(value: Value<'_>) -> Result<Self> {
        match value {
            Value::Text(text) => Ok(text.to_owned()),
            other => wrong("a text", other),
        }
    }
}

impl FromValue for Vec<u8> {
    fn from_value(value: Value<'_>) -> Result<Self> {
        match value {
            Value::Bytes(bytes) => Ok(bytes.to_vec()),
            other => wrong("bytes", other),
        }
    }
}

impl<const N: usize> FromValue for [u8; N] {
    fn from_value(value: Value<'_>) -> Result<Self> {
        match value {
            Value::Bytes(bytes) => bytes
                .try_into()
                .map_err(|_| Error::internal("a column holds bytes of another length")),
            other => wrong("bytes", other),
        }
    }
}

impl FromValue for Uuid {
    fn from_value(value: Value<'_>) -> Result<Self> {
        <[u8; 16]>::from_value(value).map(Uuid::from_bytes)
    }
}

impl FromValue for Moment {
    fn from_value(value: Value<'_>) -> Result<Self> {
        i64::from_value(value).map(Moment::from_micros)
    }
}

impl FromValue for Date {
    fn from_value(value: Value<'_>) -> Result<Self> {
        match value {
            Value::Text(text) => text
                .parse()
                .map_err(|_| Error::internal("a column holds a text that is not a date")),
            other => wrong("a date", other),
        }
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: Value<'_>) -> Result<Self> {
        match value {
            Value::Null => Ok(None),
            other => T::from_value(other).map(Some),
        }
    }
}

macro_rules! ids {
    ($($id:ident),* $(,)?) => {$(
        impl ToArg for base::id::$id {
            fn to_arg(&self) -> Arg<'_> {
                Arg::Uuid(self.0)
            }
        }

        impl FromValue for base::id::$id {
            fn from_value(value: Value<'_>) -> Result<Self> {
                Uuid::from_value(value).map(Self)
            }
        }
    )*};
}
ids!(
    CaseId,
    DraftId,
    EntryId,
    PersonId,
    AccountId,
    UnitId,
    CategoryId,
    ServiceId,
    TerritoryId,
    MessageId,
    AnswerId,
    AssignmentId,
    ClockId,
    JobId,
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_made_of_everything_the_domain_binds() {
        let name = String::from("Анна");
        let borrowed: &str = &name;
        let none: Option<i64> = None;
        let some = Some(&name);
        let args: &[Arg<'_>] = args![name, borrowed, none, true, [1u8, 2], some];
        assert!(matches!(args[0], Arg::Text("Анна")));
        assert!(matches!(args[1], Arg::Text("Анна")));
        assert!(matches!(args[2], Arg::Null));
        assert!(matches!(args[3], Arg::Int(1)));
        assert!(matches!(args[4], Arg::Bytes([1, 2])));
        assert!(matches!(args[5], Arg::Text("Анна")));
    }

    #[test]
    fn a_column_of_another_type_is_an_error_and_no_panic() {
        assert!(i64::from_value(Value::Text("1")).is_err());
        assert!(u8::from_value(Value::Int(256)).is_err());
        assert!(Uuid::from_value(Value::Bytes(&[1; 15])).is_err());
        assert!(bool::from_value(Value::Int(2)).is_err());
        assert_eq!(Option::<i64>::from_value(Value::Null).unwrap(), None);
    }
}
