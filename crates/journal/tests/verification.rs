//! What a citizen's verifier says of proofs and receipts, told from outside the crate.

use std::convert::Infallible;

use journal::checkpoint::Checkpoint;
use journal::disclosure::Disclosure;
use journal::entry::{Draft, Field, Record};
use journal::merkle::{Frontier, Hash, inclusion_path, leaf_hash};
use journal::note::{NoteKey, Verifier};
use journal::proof::{PROOF_V1, Part, proof_file};
use journal::receipt::Receipt;
use journal::verdict::{Reason, Verdict};
use journal::verify::{FileKind, verify_file, verify_with_vkey};
use proptest::prelude::*;
use uuid::Uuid;

const ORIGIN: &str = "okno.example/log";

/// A case of three entries in a log of eleven leaves.
struct Case {
    key: NoteKey,
    records: Vec<Record>,
    parts: Vec<Part>,
    checkpoint: String,
}

fn case() -> Case {
    let key = NoteKey::new(ORIGIN, &[1; 32]).expect("a fit name");
    let mut records: Vec<Record> = Vec::new();
    for version in 1..=3_u64 {
        let field = |name: &str, value: &str| Field {
            name: name.into(),
            value: value.into(),
        };
        let draft = Draft {
            origin: ORIGIN.into(),
            id: Uuid::from_u128(version.into()),
            recorded_at: 1_790_000_000_000_000 + version,
            occurred_at: 1_790_000_000_000_000,
            action: "case.moved".into(),
            kind: "case".into(),
            entity: Uuid::from_u128(77),
            version,
            prev: records.last().map(Record::commitment),
            actor: "person:5".into(),
            rows: Vec::new(),
            fields: vec![field("state", "in_work"), field("name", "Анна")],
        };
        records.push(Record::new([7; 32], draft).expect("within the grammar"));
    }
    let places = [2_usize, 5, 9];
    let mut leaves: Vec<Hash> = (0..11_u8).map(|n| leaf_hash(&[n])).collect();
    for (place, record) in places.iter().zip(&records) {
        leaves[*place] = record.leaf_hash();
    }
    let mut frontier = Frontier::default();
    let mut levels = vec![Vec::new(); 4];
    for leaf in leaves {
        frontier.append_with(leaf, |level, _, hash| levels[usize::from(level)].push(hash));
    }
    let hash_of = |level: u8, index: u64| {
        Ok::<_, Infallible>(
            levels[usize::from(level)][usize::try_from(index).expect("a small tree")],
        )
    };
    let part = |(place, record): (&usize, &Record)| Part {
        disclosure: Disclosure::of(record, |field| field.name == "state"),
        index: *place as u64,
        path: inclusion_path(*place as u64, 11, hash_of).expect("within the tree"),
    };
    let parts = places.iter().zip(&records).map(part).collect();
    let checkpoint = Checkpoint {
        origin: ORIGIN.into(),
        size: 11,
        root: frontier.root(),
    }
    .sign(&key);
    Case {
        key,
        records,
        parts,
        checkpoint,
    }
}

impl Case {
    fn file(&self) -> String {
        proof_file(&self.parts, &self.checkpoint)
    }

    fn keys(&self) -> [Verifier; 1] {
        [self.key.verifier().clone()]
    }

    fn receipt(&self) -> String {
        let receipt = Receipt {
            origin: ORIGIN.into(),
            number: "А-2026-00000042-7".into(),
            commitment: self.records[0].commitment(),
            recorded_at: 1_790_000_000_000_001,
            id: Uuid::from_u128(1),
        };
        receipt.sign(&self.key)
    }

    fn reason(&self, parts: &[Part]) -> Option<Reason> {
        verify_file(proof_file(parts, &self.checkpoint).as_bytes(), &self.keys()).reason
    }
}

#[test]
fn citizen_sees_all_entries_and_only_the_fields_shown() {
    let case = case();
    let answer = verify_file(case.file().as_bytes(), &case.keys());
    assert_eq!(
        (answer.verdict, answer.kind, answer.reason),
        (Verdict::Valid, Some(FileKind::Proof), None)
    );
    assert_eq!(
        answer
            .entries
            .iter()
            .map(|e| (e.version, e.index))
            .collect::<Vec<_>>(),
        [(1, 2), (2, 5), (3, 9)]
    );
    assert_eq!(
        (answer.checkpoint_size, answer.entries[0].field_count),
        (Some(11), 2)
    );
    assert_eq!(
        answer.entries[0].fields,
        [Field {
            name: "state".into(),
            value: "in_work".into()
        }]
    );
    assert_eq!(answer.fingerprint, Some(case.key.verifier().fingerprint()));
    assert!(!case.file().contains("Анна"));
}

#[test]
fn without_a_key_the_verdict_is_never_valid() {
    let case = case();
    assert_eq!(
        verify_file(case.file().as_bytes(), &[]).verdict,
        Verdict::Unsigned
    );
    assert_eq!(
        verify_file(case.receipt().as_bytes(), &[]).verdict,
        Verdict::Unsigned
    );
}

#[test]
fn consistent_forgery_under_another_key_is_invalid_and_tells_nothing() {
    let case = case();
    let ours = NoteKey::new(ORIGIN, &[2; 32]).unwrap();
    let answer = verify_with_vkey(case.file().as_bytes(), Some(&ours.vkey()));
    assert_eq!(
        (answer.verdict, answer.reason),
        (Verdict::Invalid, Some(Reason::UnknownKey))
    );
    assert!(answer.entries.is_empty() && answer.origin.is_none());
}

#[test]
fn any_of_the_accepted_keys_is_enough() {
    let case = case();
    let other = NoteKey::new(ORIGIN, &[2; 32]).unwrap();
    let keys = [other.verifier().clone(), case.key.verifier().clone()];
    assert_eq!(
        verify_file(case.file().as_bytes(), &keys).verdict,
        Verdict::Valid
    );
}

#[test]
fn missing_and_moved_entries_are_found() {
    let case = case();
    let parts = &case.parts;
    let of = |places: &[usize]| places.iter().map(|n| parts[*n].clone()).collect::<Vec<_>>();
    assert_eq!(case.reason(&of(&[0, 1])), None);
    assert_eq!(case.reason(&of(&[0, 2])), Some(Reason::Version));
    assert_eq!(case.reason(&of(&[1, 2])), Some(Reason::Version));
    assert_eq!(case.reason(&of(&[0, 0])), Some(Reason::Version));
    assert_eq!(case.reason(&of(&[1, 0])), Some(Reason::Version));
}

#[test]
fn edited_entries_are_found_with_their_part() {
    let case = case();
    let edited = |edit: fn(&mut Part)| {
        let mut parts = case.parts.clone();
        edit(&mut parts[1]);
        let answer = verify_file(
            proof_file(&parts, &case.checkpoint).as_bytes(),
            &case.keys(),
        );
        assert_eq!((answer.verdict, answer.part), (Verdict::Invalid, Some(2)));
        answer.reason.unwrap()
    };
    assert_eq!(
        edited(|p| p.disclosure.fields[0].field.value = "closed".into()),
        Reason::Field
    );
    assert_eq!(edited(|p| p.disclosure.hashes[1] = [0; 32]), Reason::Fields);
    assert_eq!(
        edited(|p| p.disclosure.header.recorded_at += 1),
        Reason::Inclusion
    );
    assert_eq!(
        edited(|p| p.disclosure.header_salt[0] ^= 1),
        Reason::Inclusion
    );
    assert_eq!(edited(|p| p.index = 4), Reason::Inclusion);
    assert_eq!(edited(|p| p.path[0][0] ^= 1), Reason::Inclusion);
}

#[test]
fn parts_under_different_checkpoints_are_found() {
    let case = case();
    let other = case
        .key
        .sign(&(case.checkpoint.split("\n\n").next().unwrap().to_owned() + "\nextension\n"));
    let file = case.parts[0].text(&case.checkpoint) + &case.parts[1].text(&other);
    assert_eq!(
        verify_file(file.as_bytes(), &case.keys()).reason,
        Some(Reason::CheckpointDiffers)
    );
}

#[test]
fn malformed_part_wins_over_a_wrong_one() {
    let case = case();
    let mut parts = case.parts.clone();
    parts[0].index += 1;
    let file = proof_file(&parts, &case.checkpoint) + PROOF_V1 + "\nrubbish\n";
    let answer = verify_file(file.as_bytes(), &case.keys());
    assert_eq!((answer.reason, answer.part), (Some(Reason::Part), Some(4)));
}

#[test]
fn receipt_holds_only_under_its_key() {
    let case = case();
    let answer = verify_file(case.receipt().as_bytes(), &case.keys());
    assert_eq!(
        (answer.verdict, answer.kind),
        (Verdict::Valid, Some(FileKind::Receipt))
    );
    assert_eq!(
        answer.receipt.unwrap().commitment,
        case.records[0].commitment()
    );
    let changed = case.receipt().replace("42-7", "43-7");
    assert_eq!(
        verify_file(changed.as_bytes(), &case.keys()).reason,
        Some(Reason::Signature)
    );
}

#[test]
fn unreadable_key_makes_no_verdict() {
    let case = case();
    let answer = verify_with_vkey(case.file().as_bytes(), Some("key"));
    assert_eq!(
        (answer.verdict, answer.reason),
        (Verdict::Unreadable, Some(Reason::Key))
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_damaged_file_passes(
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..4),
        of_receipt in any::<bool>(),
    ) {
        let case = case();
        let good = if of_receipt { case.receipt() } else { case.file() };
        let mut file = good.clone().into_bytes();
        for (at, byte, way) in damage {
            let at = at.index(file.len());
            match way {
                0 => file[at] = byte,
                1 => drop(file.splice(at..=at, [])),
                _ => file.insert(at, byte),
            }
        }
        let answer = verify_file(&file, &case.keys());
        prop_assert!(file == good.as_bytes() || matches!(answer.verdict, Verdict::Invalid | Verdict::Unreadable));
    }

    #[test]
    fn any_bytes_are_judged_without_panic(mut bytes in any::<Vec<u8>>(), begin in 0..3_u8) {
        let case = case();
        let head: &[u8] = match begin {
            0 => b"",
            1 => b"okno.receipt.v1\n",
            _ => b"c2sp.org/tlog-proof@v1\nextra ",
        };
        bytes.splice(0..0, head.iter().copied());
        prop_assert_eq!(verify_file(&bytes, &case.keys()).verdict, Verdict::Unreadable);
    }
}
