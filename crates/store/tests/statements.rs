//! One SQL text for two engines: placeholders, literals, types, rows.

#[expect(dead_code, reason = "each file of tests uses a part")]
mod common;

use base::{Error, Moment, id::CaseId};
use common::{ACTOR, TABLES, record};
use jiff::civil::date;
use store::{args, testing::both};

#[test]
fn placeholders_may_come_in_any_order() {
    both(|open| {
        let store = open(&[TABLES]);
        let got: (String, i64, String) = store
            .read_blocking(|db| {
                db.one(
                    "SELECT CAST($2 AS TEXT), CAST($1 AS BIGINT), CAST($3 AS TEXT) WHERE CAST($2 AS TEXT) = CAST($2 AS TEXT)",
                    args![7i64, "second", "third"],
                    |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
                )
            })
            .unwrap();
        assert_eq!(got, ("second".to_owned(), 7, "third".to_owned()));
    });
}

#[test]
fn question_marks_and_dollars_in_literals_are_only_text() {
    both(|open| {
        let store = open(&[]);
        let got: String = store
            .read_blocking(|db| {
                db.one(
                    "SELECT 'цена $1, it''s ok? ' || CAST($1 AS TEXT) -- $2?\n",
                    args!["да?"],
                    |row| row.get(0),
                )
            })
            .unwrap();
        assert_eq!(got, "цена $1, it's ok? да?");
    });
}

#[test]
fn a_wrong_number_of_arguments_is_an_error_on_both() {
    both(|open| {
        let store = open(&[]);
        for args in [args![].as_slice(), args![1i64, 2i64]] {
            let numbers: Vec<i64> = (0..).take(args.len()).collect();
            let got = store.read_blocking(move |db| {
                let args: Vec<store::Arg<'_>> = numbers.iter().map(store::ToArg::to_arg).collect();
                db.one("SELECT CAST($1 AS BIGINT)", &args, |row| row.get::<i64>(0))
            });
            assert!(matches!(got, Err(Error::Internal(_))));
        }
    });
}

#[test]
fn every_type_comes_back_as_it_went() {
    both(|open| {
        let store = open(&[TABLES]);
        let owner = CaseId::new(Moment::from_micros(1_000_000));
        let made = Moment::from_micros(-5);
        let day = date(2026, 2, 28);
        store
            .change_blocking(&ACTOR, move |tx| {
                tx.write(
                    &common::NOTE,
                    "INSERT INTO note (id, owner, body, seal, made, small) VALUES ($1, $2, $3, $4, $5, $6)",
                    args![i64::MIN, owner, day, [9u8; 32], made, true],
                )?;
                record(tx)
            })
            .unwrap();
        store
            .read_blocking(move |db| {
                db.one("SELECT * FROM note", &[], |row| {
                    assert_eq!(row.named::<i64>("id")?, i64::MIN);
                    assert_eq!(row.named::<CaseId>("owner")?, owner);
                    assert_eq!(row.named::<jiff::civil::Date>("body")?, day);
                    assert_eq!(row.named::<[u8; 32]>("seal")?, [9; 32]);
                    assert_eq!(row.named::<Moment>("made")?, made);
                    assert_eq!(row.named::<Option<Moment>>("made")?, Some(made));
                    assert!(row.named::<bool>("small")?);
                    assert!(row.named::<bool>("nothing").is_err());
                    assert!(row.get::<String>(0).is_err());
                    assert!(row.get::<String>(99).is_err());
                    Ok(())
                })
            })
            .unwrap();
    });
}

#[test]
fn none_found_is_not_found_and_long_walks_stream() {
    both(|open| {
        let store = open(&[TABLES]);
        store
            .housekeeping_blocking(|tx| {
                for id in 0..500i64 {
                    tx.execute(
                        "INSERT INTO plain (id, body) VALUES ($1, $2)",
                        args![id, "x"],
                    )?;
                }
                Ok(())
            })
            .unwrap();
        let missing = store.read_blocking(|db| {
            db.one("SELECT id FROM plain WHERE id = $1", args![-1i64], |row| {
                row.get::<i64>(0)
            })
        });
        assert!(matches!(missing, Err(Error::NotFound)));
        let sum = store
            .read_blocking(|db| {
                let mut sum = 0;
                db.each("SELECT id FROM plain ORDER BY id", &[], |row| {
                    sum += row.get::<i64>(0)?;
                    Ok(())
                })?;
                let stopped = db.each("SELECT id FROM plain ORDER BY id", &[], |row| {
                    match row.get::<i64>(0)? {
                        3 => Err(Error::Forbidden),
                        _ => Ok(()),
                    }
                });
                assert!(matches!(stopped, Err(Error::Forbidden)));
                // The connection is as good as before.
                let first = db.first("SELECT id FROM plain ORDER BY id", &[], |row| {
                    row.get::<i64>(0)
                })?;
                assert_eq!(first, Some(0));
                Ok(sum)
            })
            .unwrap();
        assert_eq!(sum, 499 * 250);
    });
}

#[test]
fn a_reading_cannot_write() {
    both(|open| {
        let store = open(&[TABLES]);
        let wrote = store.read_blocking(|db| {
            db.query(
                "INSERT INTO plain (id, body) VALUES (1, 'x') RETURNING id",
                &[],
                |row| row.get::<i64>(0),
            )
        });
        assert!(wrote.is_err());
        let count: i64 = store
            .read_blocking(|db| db.one("SELECT COUNT(*) FROM plain", &[], |row| row.get(0)))
            .unwrap();
        assert_eq!(count, 0);
        assert_eq!(store.health(), store::Health::ReadWrite);
    });
}
