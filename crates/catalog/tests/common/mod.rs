//! What the tests of this slice share: the demo region in memory, without a database.
#![expect(
    clippy::unwrap_used,
    reason = "a sample that cannot be read is a failed test"
)]

use std::sync::LazyLock;

use base::Moment;
use base::id::{CategoryId, TerritoryId, UnitId};
use catalog::demo::{Demo, DemoCategory};
use catalog::{
    Answers, BUILT_IN, Categories, Category, CheckContext, Definition, Official, Officials,
};
use jiff::civil::{Date, date};
use people::{Territory, Units};
use serde_json::{Value, json};

pub(crate) const TODAY: Date = date(2026, 11, 22);

pub(crate) struct World {
    pub(crate) categories: Categories,
    pub(crate) units: Units,
    pub(crate) officials: Officials,
}

impl World {
    /// The demo region, read once.
    pub(crate) fn demo() -> &'static Self {
        static DEMO: LazyLock<World> = LazyLock::new(World::read);
        &DEMO
    }

    fn read() -> Self {
        let demo = Demo::built_in().unwrap();
        let mut rows = Vec::new();
        for section in &demo.categories {
            add(&mut rows, section, None);
        }
        let mut places: Vec<Territory> = Vec::new();
        for territory in &demo.territories {
            let inside = |code: &String| places.iter().find(|t| t.code == *code).map(|t| t.id);
            places.push(Territory {
                id: TerritoryId::new(Moment::from_micros(0)),
                parent: territory.inside.as_ref().and_then(inside),
                code: territory.code.clone(),
                name_ru: territory.name.ru.clone(),
                name_en: territory.name.en.clone(),
            });
        }
        let officials = demo
            .officials
            .iter()
            .map(|official| Official {
                id: uuid::Uuid::nil(),
                code: official.code.clone(),
                unit: UnitId::new(Moment::from_micros(0)),
                position: 1,
                post: official.post.clone(),
                holder: official.holder.clone(),
                active: true,
            })
            .collect();
        Self {
            categories: Categories::new(rows),
            units: Units::new(Vec::new(), places, []),
            officials: Officials::new(officials),
        }
    }

    pub(crate) fn context(&self) -> CheckContext<'_> {
        CheckContext {
            today: TODAY,
            categories: &self.categories,
            units: &self.units,
            officials: &self.officials,
        }
    }
}

fn add(rows: &mut Vec<Category>, from: &DemoCategory, parent: Option<CategoryId>) {
    let id = CategoryId::new(Moment::from_micros(0));
    rows.push(Category {
        id,
        parent,
        code: from.code.clone(),
        name: from.name.clone(),
        active: true,
    });
    for below in &from.below {
        add(rows, below, Some(id));
    }
}

pub(crate) fn definition(code: &str) -> Definition {
    BUILT_IN
        .iter()
        .map(|text| Definition::from_toml(text).unwrap())
        .find(|definition| definition.code == code)
        .unwrap()
}

pub(crate) fn object(value: Value) -> Answers {
    match value {
        Value::Object(object) => object,
        other => panic!("{other} is no object"),
    }
}

/// A complaint that holds.
pub(crate) fn complaint() -> Answers {
    object(json!({
        "category": "roads.snow",
        "subject": "Не убирают снег",
        "description": "Третий день не убирают снег во дворе дома 12.",
        "happened_on": "2026-11-20",
        "expected": "Очистить двор",
        "place": { "territory": "ozernoye", "address": "Лесная, 12" },
        "applicant": { "last_name": "Смирнова", "first_name": "Анна", "email": "anna@example.ru" },
    }))
}
