//! What a proof shows of an entry: its header, some fields in clear, the hashes of all.
//!
//! It travels as JSON in the `extra` line of a proof part. JSON has many spellings, verifiers must
//! not; so the text is accepted only if writing it again gives the same bytes: keys in fixed
//! order, no spaces, only the escapes that are needed.

use serde::{Deserialize, Serialize};

use crate::entry::{Field, Header, MAX_FIELDS, Record, field_salt, fields_root, header_salt};
use crate::merkle::Hash;
use crate::verdict::Reason;
use crate::wire::{hash_from_base64, to_base64};

/// An entry as far as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disclosure {
    /// The header.
    pub header: Header,
    /// Salt of the commitment over the header.
    pub header_salt: Hash,
    /// The fields shown, by place.
    pub fields: Vec<DisclosedField>,
    /// Hashes of all fields.
    pub hashes: Vec<Hash>,
}

/// A field shown in clear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisclosedField {
    /// Its place in the entry, from 0.
    pub index: u32,
    /// Name and value.
    pub field: Field,
    /// Its own salt.
    pub salt: Hash,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Extra {
    header: String,
    header_salt: String,
    fields: Vec<ExtraField>,
    hashes: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExtraField {
    i: u32,
    name: String,
    value: String,
    salt: String,
}

impl Disclosure {
    /// Shows an entry with those fields that `show` lets through.
    pub fn of(record: &Record, show: impl Fn(&Field) -> bool) -> Self {
        let salt = record.salt();
        let shown = (0_u32..)
            .zip(record.fields())
            .filter(|(_, field)| show(field));
        Self {
            header: record.header().clone(),
            header_salt: header_salt(salt),
            fields: shown
                .map(|(index, field)| DisclosedField {
                    index,
                    field: field.clone(),
                    salt: field_salt(salt, index),
                })
                .collect(),
            hashes: record.field_hashes(),
        }
    }

    /// The canonical JSON.
    pub fn to_json(&self) -> String {
        let field = |f: &DisclosedField| ExtraField {
            i: f.index,
            name: f.field.name.clone(),
            value: f.field.value.clone(),
            salt: to_base64(&f.salt),
        };
        let extra = Extra {
            header: self.header.text(),
            header_salt: to_base64(&self.header_salt),
            fields: self.fields.iter().map(field).collect(),
            hashes: self.hashes.iter().map(|hash| to_base64(hash)).collect(),
        };
        serde_json::to_string(&extra).expect("strings and numbers always have a JSON form")
    }

    /// Reads the canonical JSON; fields stand by rising place, each within the list of hashes.
    pub fn parse(json: &[u8]) -> Result<Self, Reason> {
        let extra: Extra = serde_json::from_slice(json).map_err(|_| Reason::Extra)?;
        let canonical = serde_json::to_vec(&extra).is_ok_and(|written| written == json);
        if !canonical || extra.hashes.len() > MAX_FIELDS {
            return Err(Reason::Extra);
        }
        let header = Header::parse(&extra.header).ok_or(Reason::Header)?;
        let disclosure = Self::from_extra(header, extra).ok_or(Reason::Extra)?;
        let rising = disclosure
            .fields
            .windows(2)
            .all(|pair| pair[0].index < pair[1].index);
        let within = disclosure
            .fields
            .last()
            .is_none_or(|f| (f.index as usize) < disclosure.hashes.len());
        if rising && within {
            Ok(disclosure)
        } else {
            Err(Reason::Extra)
        }
    }

    fn from_extra(header: Header, extra: Extra) -> Option<Self> {
        let field = |f: ExtraField| {
            let salt = hash_from_base64(&f.salt)?;
            Some(DisclosedField {
                index: f.i,
                field: Field {
                    name: f.name,
                    value: f.value,
                },
                salt,
            })
        };
        Some(Self {
            header,
            header_salt: hash_from_base64(&extra.header_salt)?,
            fields: extra.fields.into_iter().map(field).collect::<Option<_>>()?,
            hashes: extra
                .hashes
                .iter()
                .map(|hash| hash_from_base64(hash))
                .collect::<Option<_>>()?,
        })
    }

    /// Checks the fields against the header and gives the commitment of the entry.
    pub fn commitment(&self) -> Result<Hash, Reason> {
        for shown in &self.fields {
            if self.hashes.get(shown.index as usize)
                != Some(&shown.field.hash(shown.index, &shown.salt))
            {
                return Err(Reason::Field);
            }
        }
        if self.header.fields != self.hashes.len() as u64
            || self.header.fields_root != fields_root(&self.hashes)
        {
            return Err(Reason::Fields);
        }
        Ok(self.header.commitment(&self.header_salt))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::entry::Draft;

    fn record(fields: Vec<Field>) -> Record {
        let draft = Draft {
            origin: "okno.example".into(),
            id: Uuid::from_u128(1),
            recorded_at: 1,
            occurred_at: 1,
            action: "case.filed".into(),
            kind: "case".into(),
            entity: Uuid::from_u128(2),
            version: 1,
            prev: None,
            actor: "person:1".into(),
            rows: Vec::new(),
            fields,
        };
        Record::new([9; 32], draft).unwrap()
    }

    fn field(name: &str, value: &str) -> Field {
        Field {
            name: name.into(),
            value: value.into(),
        }
    }

    #[test]
    fn hidden_fields_stay_hidden_and_shown_ones_hold() {
        let record = record(vec![
            field("title", "Яма"),
            field("name", "Анна"),
            field("state", "new"),
        ]);
        let shown = Disclosure::of(&record, |f| f.name != "name");
        let json = shown.to_json();
        assert!(json.contains("Яма") && !json.contains("Анна"));
        assert_eq!(
            Disclosure::parse(json.as_bytes()).unwrap().commitment(),
            Ok(record.commitment())
        );
    }

    #[test]
    fn edited_field_is_found() {
        let mut shown = Disclosure::of(&record(vec![field("title", "Яма")]), |_| true);
        shown.fields[0].field.value.push('!');
        assert_eq!(shown.commitment(), Err(Reason::Field));
        shown.hashes[0] = shown.fields[0].field.hash(0, &shown.fields[0].salt);
        assert_eq!(shown.commitment(), Err(Reason::Fields));
    }

    #[test]
    fn json_has_one_spelling() {
        let json = Disclosure::of(
            &record(vec![field("a\"\\/\n\u{1}\u{7f}\u{2028}", "Я")]),
            |_| true,
        )
        .to_json();
        assert!(json.contains(r#""a\"\\/\n\u0001"#));
        assert!(Disclosure::parse(json.as_bytes()).is_ok());
        for wrong in [
            json.replacen(':', ": ", 1),
            json.clone() + "\n",
            format!("\u{feff}{json}"),
            json.replace(r"\u0001", r"\u0001".to_uppercase().as_str()),
            json.replace('Я', r"\u042f"),
            json.replace('Я', r"\ud800"),
            json.replace('/', r"\/"),
            json.replace("\"i\":0", "\"i\":-0"),
            json.replace("\"i\":0", "\"i\":0.0"),
            json.replace("\"i\":0", "\"i\":00"),
            json.replace("\"i\":0", "\"i\":1"),
            json.replace("\"i\":0", "\"i\":0,\"i\":0"),
            json.replace("\"i\":0", "\"i\":0,\"j\":0"),
            json.replacen('{', "{\"x\":1,", 1),
            json.replacen("\"header\"", "\"Header\"", 1),
            "null".into(),
            "[\"\",\"\",[],[]]".into(),
            "[".repeat(100_000),
        ] {
            assert!(Disclosure::parse(wrong.as_bytes()).is_err(), "{wrong}");
        }
        assert!(Disclosure::parse(b"\xff").is_err());
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_panic(bytes in any::<Vec<u8>>()) {
            let _ = Disclosure::parse(&bytes);
        }

        #[test]
        fn every_disclosure_reads_back(name in any::<String>(), value in any::<String>(), shown in any::<bool>()) {
            let disclosure = Disclosure::of(&record(vec![field(&name, &value)]), |_| shown);
            prop_assert_eq!(Disclosure::parse(disclosure.to_json().as_bytes()), Ok(disclosure));
        }
    }
}
