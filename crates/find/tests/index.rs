//! An index as its users see it: what is found, in which order, under which filters, and that
//! nothing which anybody types is an error.
#![expect(clippy::unwrap_used, reason = "what cannot be set up is a failed test")]

use base::Moment;
use find::{Document, Filters, Index, Need, Question};
use proptest::prelude::*;

fn document(id: &str, title: &str, text: &str) -> Document {
    Document {
        id: id.to_owned(),
        kind: "case".to_owned(),
        title: title.to_owned(),
        text: text.to_owned(),
        ..Document::default()
    }
}

fn filled(documents: &[Document]) -> Index {
    let index = Index::in_memory().unwrap();
    for document in documents {
        index.put(document).unwrap();
    }
    index.commit(None).unwrap();
    index
}

fn ids(index: &Index, question: &Question) -> Vec<String> {
    let found = index.search(question, None, 50).unwrap();
    found.items.into_iter().map(|hit| hit.id).collect()
}

#[test]
fn a_word_is_found_in_whatever_form_and_a_title_counts_for_more() {
    let index = filled(&[
        document(
            "text",
            "Двор",
            "Весь двор в снегу, дети играют, соседи ходят мимо",
        ),
        document("title", "Уборка снега", "Просим убрать двор"),
        document("other", "Фонарь", "Не горит фонарь"),
    ]);
    assert_eq!(ids(&index, &Question::new("СНЕГ")), ["title", "text"]);
    assert_eq!(ids(&index, &Question::new("фонари")), ["other"]);
    assert!(ids(&index, &Question::new("вертолёт")).is_empty());
}

#[test]
fn a_reader_of_many_units_finds_what_a_reader_of_few_does() {
    let names: Vec<String> = (0..40).map(|unit| format!("unit-{unit}")).collect();
    let mut documents: Vec<Document> = names
        .iter()
        .map(|unit| Document {
            units: vec![unit.clone()],
            ..document(&format!("of-{unit}"), "", "яма на дороге")
        })
        .collect();
    documents.push(Document {
        units: vec!["elsewhere".to_owned(), names[3].clone()],
        ..document("of-two", "", "яма на дороге")
    });
    documents.push(document("of-none", "", "яма на дороге"));
    let index = filled(&documents);
    // A commit of its own, in which nothing has a unit.
    index.put(&document("alone", "", "яма на дороге")).unwrap();
    index.commit(None).unwrap();
    let among = |units: &[String]| {
        let filters = Filters {
            units: Some(units.to_vec()),
            ..Filters::default()
        };
        let mut found = ids(&index, &Question::new("яма").among(filters));
        found.sort();
        found
    };
    assert_eq!(among(&names[3..4]), ["of-two", "of-unit-3"]);
    let many = among(&names[..20]);
    let mut one_by_one: Vec<String> = names[..20]
        .iter()
        .flat_map(|name| among(std::slice::from_ref(name)))
        .collect();
    one_by_one.sort();
    assert_eq!(many, one_by_one);
    assert_eq!(many.len(), 21);
    assert!(!many.contains(&"of-none".to_owned()));
}

#[test]
fn a_phrase_is_found_only_as_it_stands() {
    let index = filled(&[
        document("as-it-stands", "", "глубокая яма на дороге у школы"),
        document("torn", "", "на яма школы дороге"),
    ]);
    assert_eq!(
        ids(&index, &Question::new("«яма на дороге»")),
        ["as-it-stands"]
    );
    assert_eq!(ids(&index, &Question::new("яма на дороге")).len(), 2);
}

#[test]
fn a_third_of_the_words_may_be_missing_unless_all_or_any_are_asked_for() {
    let index = filled(&[
        document("two", "", "снег двор"),
        document("one", "", "снег"),
        document("three", "", "снег двор школа"),
    ]);
    let asked = Question::new("снег двор школа");
    assert_eq!(ids(&index, &asked), ["three", "two"]);
    assert_eq!(ids(&index, &asked.clone().needing(Need::All)), ["three"]);
    assert_eq!(ids(&index, &asked.needing(Need::Any)).len(), 3);
}

#[test]
fn filters_narrow_and_a_scope_of_nothing_finds_nothing() {
    let in_unit = |id: &str, unit: &str, day: i64| Document {
        units: vec!["city".to_owned(), unit.to_owned()],
        state: "in_work".to_owned(),
        received: Some(Moment::from_micros(day)),
        ..document(id, "снег", "")
    };
    let index = filled(&[in_unit("a", "roads", 1), in_unit("b", "parks", 2)]);
    let among = |filters: Filters| ids(&index, &Question::new("снег").among(filters));
    let units = |units: &[&str]| Filters {
        units: Some(units.iter().map(|unit| (*unit).to_owned()).collect()),
        ..Filters::default()
    };
    assert_eq!(
        among(Filters::default()),
        ["b", "a"],
        "the newest comes first among equals"
    );
    assert_eq!(among(units(&["roads"])), ["a"]);
    assert_eq!(among(units(&["city"])).len(), 2);
    assert!(among(units(&[])).is_empty());
    let from = Some(Moment::from_micros(2));
    assert_eq!(
        among(Filters {
            from,
            ..Filters::default()
        }),
        ["b"]
    );
    let until = Some(Moment::from_micros(2));
    assert_eq!(
        among(Filters {
            until,
            ..Filters::default()
        }),
        ["a"]
    );
    let states = vec!["closed".to_owned()];
    assert!(
        among(Filters {
            states,
            ..Filters::default()
        })
        .is_empty()
    );
}

#[test]
fn a_wanted_subject_fits_without_the_words() {
    let about = |id: &str, category: &str, title: &str| Document {
        categories: vec![category.to_owned()],
        ..document(id, title, "")
    };
    let index = filled(&[
        about("lights", "lighting", "Освещение"),
        about("roads", "surface", "Дорога"),
    ]);
    let asked = Question::new("фонари").about(vec!["lighting".to_owned()]);
    assert_eq!(ids(&index, &asked), ["lights"]);
}

#[test]
fn a_document_given_again_replaces_the_first_and_can_be_taken_out() {
    let index = filled(&[document("a", "снег", ""), document("a", "лес", "")]);
    assert!(ids(&index, &Question::new("снег")).is_empty());
    assert_eq!(ids(&index, &Question::new("лес")), ["a"]);
    index.take_out("a").unwrap();
    index.commit(None).unwrap();
    assert!(index.is_empty());
}

#[test]
fn an_index_that_rests_can_be_asked_and_written_again() {
    let index = filled(&[document("a", "снег", "")]);
    index.put(&document("b", "снег", "")).unwrap();
    index.rest().unwrap();
    let question = Question::new("снег");
    assert_eq!(ids(&index, &question), ["a"]);
    // What was not committed is forgotten.
    index.put(&document("c", "снег", "")).unwrap();
    index.commit(None).unwrap();
    let mut found = ids(&index, &question);
    found.sort_unstable();
    assert_eq!(found, ["a", "c"]);
    index.rest().unwrap();
    index.rest().unwrap();
}

#[test]
fn pages_follow_each_other_and_end() {
    let many: Vec<Document> = (0..25)
        .map(|n| Document {
            received: Some(Moment::from_micros(n)),
            ..document(&n.to_string(), "снег", "")
        })
        .collect();
    let index = filled(&many);
    let question = Question::new("снег");
    let (mut seen, mut after) = (Vec::new(), None::<String>);
    loop {
        let page = index.search(&question, after.as_deref(), 10).unwrap();
        seen.extend(page.items.into_iter().map(|hit| hit.id));
        match page.next {
            Some(next) => after = Some(next.as_str().to_owned()),
            None => break,
        }
    }
    let expected: Vec<String> = (0..25).rev().map(|n: i32| n.to_string()).collect();
    assert_eq!(seen, expected);
    let odd = index
        .search(&question, Some("no cursor of ours"), 10)
        .unwrap();
    assert_eq!(odd.items.len(), 10);
}

#[test]
fn a_folder_keeps_its_place_and_a_broken_one_is_begun_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("find");
    {
        let index = Index::in_folder(&path).unwrap();
        assert_eq!(index.kept(), None);
        index.put(&document("a", "снег", "")).unwrap();
        index.commit(Some("17")).unwrap();
    }
    {
        let index = Index::in_folder(&path).unwrap();
        assert_eq!(index.kept(), Some("17"));
        assert_eq!(ids(&index, &Question::new("снег")), ["a"]);
    }
    std::fs::write(path.join("meta.json"), "{ broken").unwrap();
    let index = Index::in_folder(&path).unwrap();
    assert!(index.is_empty() && index.kept().is_none());
}

#[test]
fn the_nearest_words_are_offered_and_never_from_an_index_of_personal_texts() {
    let folder = tempfile::tempdir().unwrap();
    let open = Index::in_folder(&folder.path().join("find")).unwrap();
    let closed = filled(&[document("a", "Гололёд на дорогах", "")]);
    open.put(&document("a", "Гололёд на дорогах", "снег"))
        .unwrap();
    open.commit(None).unwrap();
    assert_eq!(
        open.did_you_mean("галолед, снег").as_deref(),
        Some("гололед, снег")
    );
    assert_eq!(open.did_you_mean("гололёд"), None);
    assert_eq!(
        open.did_you_mean("снега на дороге"),
        None,
        "forms are no mistakes"
    );
    assert_eq!(open.did_you_mean("ы"), None);
    assert_eq!(open.completions("на дор"), ["на дорогах"]);
    assert!(open.completions("на дор ").is_empty());
    assert_eq!(closed.did_you_mean("галолед"), None);
    assert!(closed.completions("гол").is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn nothing_that_anybody_types_is_an_error(typed in "\\PC{0,200}", more in any::<String>()) {
        use std::sync::LazyLock;
        static INDEX: LazyLock<(tempfile::TempDir, Index)> = LazyLock::new(|| {
            let folder = tempfile::tempdir().unwrap();
            let index = Index::in_folder(&folder.path().join("find")).unwrap();
            index.put(&document("a", "снег и гололёд", "яма на дороге")).unwrap();
            index.commit(None).unwrap();
            (folder, index)
        });
        let index = &INDEX.1;
        for text in [typed.as_str(), more.as_str(), &format!("\"{typed}\" «{more}")] {
            for need in [Need::Any, Need::Most, Need::All] {
                let question = Question::new(text).needing(need);
                prop_assert!(index.search(&question, Some(text), 10).is_ok());
                let whole: String = find::mark(&question, text, 10_000).iter().map(|p| p.text.as_str()).collect();
                prop_assert_eq!(&whole, text);
                let _ = find::mark(&question, text, 20);
            }
            let _ = index.did_you_mean(text);
            let _ = index.completions(text);
        }
    }
}
