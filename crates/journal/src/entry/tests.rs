//! Headers, commitments and stored records.

use proptest::prelude::*;

use super::*;

fn draft() -> Draft {
    let field = |name: &str, value: &str| Field {
        name: name.into(),
        value: value.into(),
    };
    Draft {
        origin: "okno.example/log".into(),
        id: Uuid::from_u128(1),
        recorded_at: 1_790_000_000_000_000,
        occurred_at: 1_789_000_000_000_000,
        action: "case.filed".into(),
        kind: "case".into(),
        entity: Uuid::from_u128(2),
        version: 1,
        prev: None,
        actor: "person:42".into(),
        rows: Vec::new(),
        fields: vec![field("title", "Яма"), field("text", "во дворе")],
    }
}

#[test]
fn header_reads_back_only_in_its_one_spelling() {
    let record = Record::new([3; 32], draft()).unwrap();
    let text = record.header().text();
    assert_eq!(text.lines().count(), 13);
    assert_eq!(Header::parse(&text).as_ref(), Some(record.header()));
    for wrong in [
        text.trim_end().to_owned(),
        text.clone() + "\n",
        text.replace('\n', "\r\n"),
        text.replace("version 1", "version 01"),
        text.replace("version 1", "version 0"),
        text.replace("kind case", "kind Case"),
        text.replace("action case", "action  case"),
        text.replace("-0000-", "0000"),
        text.replace("prev -", "prev "),
        text.replace("fields 2", "fields two"),
    ] {
        assert_eq!(Header::parse(&wrong), None, "{wrong}");
    }
}

#[test]
fn commitment_changes_with_everything_it_covers() {
    let base = Record::new([3; 32], draft()).unwrap().commitment();
    let changed = |change: fn(&mut Draft)| {
        let mut draft = draft();
        change(&mut draft);
        Record::new([3; 32], draft).unwrap().commitment()
    };
    let row = |d: &mut Draft| {
        d.rows.push(TouchedRow {
            table: "t".into(),
            key: "1".into(),
            digest: None,
        });
    };
    for change in [
        (|d| d.recorded_at += 1) as fn(&mut Draft),
        |d| d.occurred_at += 1,
        |d| d.action = "case.other".into(),
        |d| d.entity = Uuid::from_u128(3),
        |d| d.actor = "person:43".into(),
        |d| d.fields[1].value.push('.'),
        |d| d.fields.swap(0, 1),
        |d| d.fields.truncate(1),
        row,
    ] {
        assert_ne!(changed(change), base);
    }
    assert_ne!(Record::new([4; 32], draft()).unwrap().commitment(), base);
}

#[test]
fn record_outside_the_grammar_is_not_made() {
    let refused = |change: fn(&mut Draft)| {
        let mut draft = draft();
        change(&mut draft);
        Record::new([3; 32], draft).is_err()
    };
    assert!(refused(|d| d.action = "Case filed".into()));
    assert!(refused(|d| d.kind = "case\nversion 7".into()));
    assert!(refused(|d| d.origin = String::new()));
    assert!(refused(|d| d.version = 2));
    assert!(refused(|d| d.prev = Some([0; 32])));
    assert!(refused(|d| d.recorded_at = u64::MAX));
    assert!(refused(
        |d| d.fields = vec![d.fields[0].clone(); MAX_FIELDS + 1]
    ));
}

#[test]
fn rows_count_whatever_their_order() {
    let row = |key: &str, digest| TouchedRow {
        table: "cases".into(),
        key: key.into(),
        digest,
    };
    let (a, b) = (row("1", Some([1; 32])), row("2", None));
    assert_eq!(
        rows_digest(&[a.clone(), b.clone()]),
        rows_digest(&[b.clone(), a.clone()])
    );
    assert_ne!(rows_digest(std::slice::from_ref(&a)), rows_digest(&[a, b]));
}

#[test]
fn actor_is_recognised_only_with_the_salt() {
    let record = Record::new([3; 32], draft()).unwrap();
    assert!(record.is_by("person:42") && !record.is_by("person:43"));
    assert_ne!(
        actor_commitment(&[4; 32], "person:42"),
        record.header().actor
    );
}

proptest! {
    #[test]
    fn stored_records_read_back(
        salt in any::<[u8; 32]>(),
        fields in prop::collection::vec((any::<String>(), any::<String>()), 0..6),
        flip in any::<usize>(),
    ) {
        let fields = fields.into_iter().map(|(name, value)| Field { name, value }).collect();
        let record = Record::new(salt, Draft { fields, ..draft() }).unwrap();
        let mut bytes = record.to_bytes();
        prop_assert_eq!(Record::from_bytes(&bytes).unwrap(), record.clone());
        let told = record.fields().iter().map(|field| (field.name.clone(), field.value.clone()));
        prop_assert_eq!(Record::fields_of(&bytes).unwrap(), told.collect::<Vec<_>>());
        prop_assert!(Record::fields_of(&bytes[..bytes.len() - 1]).is_err());
        let place = flip % bytes.len();
        bytes[place] ^= 1;
        prop_assert!(Record::from_bytes(&bytes).map(|r| r.commitment()) != Ok(record.commitment()));
    }

    #[test]
    fn any_text_is_read_without_panic(text in any::<String>(), bytes in any::<Vec<u8>>()) {
        let _ = Header::parse(&text);
        let _ = Record::from_bytes(&bytes);
        let _ = Record::fields_of(&bytes);
    }
}
