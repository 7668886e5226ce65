//! Who gets a case. Pure: rules, trees and a question in; a unit and the reason out.
//!
//! Rules are tried in order of their position and the first that matches wins. A rule on a
//! category covers what lies below it, a rule on a territory what lies inside it; a rule whose
//! unit takes no cases any more is passed over. When none matches, the installation's default unit
//! gets the case: nothing ever has no owner.

use base::Language;
use base::id::{CategoryId, ServiceId, TerritoryId, UnitId};
use people::{Unit, Units};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::{WordArg, Words};

use crate::categories::{Categories, Category};
use crate::officials::Official;
use crate::phrase::Phrase;

/// One rule; an absent part means any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteRule {
    /// Identifier.
    pub id: Uuid,
    /// Place in the order.
    pub position: i64,
    /// The category, with all below it.
    pub category: Option<CategoryId>,
    /// The territory, with all inside it.
    pub territory: Option<TerritoryId>,
    /// The service.
    pub service: Option<ServiceId>,
    /// Who gets the case.
    pub unit: UnitId,
    /// Why, for people.
    pub reason: Phrase,
}

impl RouteRule {
    /// Whether nothing is asked of a case.
    pub fn takes_everything(&self) -> bool {
        self.category.is_none() && self.territory.is_none() && self.service.is_none()
    }
}

/// What a case is about, as far as routing goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asking {
    /// The service.
    pub service: ServiceId,
    /// The category, when one is known.
    pub category: Option<CategoryId>,
    /// The territory, when one is known.
    pub territory: Option<TerritoryId>,
}

/// Who gets the case, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Routed {
    /// The unit.
    pub unit: UnitId,
    /// The reason, kept with the case.
    pub reason: RouteReason,
}

/// Why a case went where it went: a sentence of the word files with its arguments, as they were
/// when it happened, in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RouteReason {
    /// The rule; none when the default unit took the case.
    pub rule: Option<Uuid>,
    /// Key of the sentence.
    pub key: String,
    /// Its arguments.
    pub args: Vec<(String, String)>,
}

impl RouteReason {
    /// The reason in words.
    pub fn text(&self, words: &Words, language: Language) -> String {
        let args: Vec<(&str, WordArg<'_>)> = self
            .args
            .iter()
            .map(|(name, value)| (name.as_str(), value.into()))
            .collect();
        words.text(language, &self.key, &args)
    }
}

/// The unit that takes what no rule covers, because the subject is bound to it.
#[derive(Clone, Copy, Debug)]
pub struct Bound<'a> {
    /// The category that says so.
    pub category: &'a Category,
    /// The unit.
    pub unit: UnitId,
}

/// Finds the unit for `asking`. `rules` are in order; what none of them covers goes to the unit
/// that the subject is bound to; `default` is the code of the unit that takes
/// what no rule covers, otherwise the first agency that has nobody above it does. None only when
/// the installation has no unit at all.
pub fn route(
    rules: &[RouteRule],
    categories: &Categories,
    units: &Units,
    bound: Option<Bound<'_>>,
    default: Option<&str>,
    asking: Asking,
) -> Option<Routed> {
    let categories_above: Vec<CategoryId> = asking
        .category
        .map(|id| {
            categories
                .line(id)
                .iter()
                .map(|category| category.id)
                .collect()
        })
        .unwrap_or_default();
    let territories_around: Vec<TerritoryId> = asking
        .territory
        .map(|id| {
            units
                .territory_path(id)
                .iter()
                .map(|territory| territory.id)
                .collect()
        })
        .unwrap_or_default();
    let found = rules.iter().find(|rule| {
        rule.service.is_none_or(|service| service == asking.service)
            && rule
                .category
                .is_none_or(|id| categories_above.contains(&id))
            && rule
                .territory
                .is_none_or(|id| territories_around.contains(&id))
            && takes_cases(units.unit(rule.unit))
    });
    if let Some(rule) = found {
        return Some(Routed {
            unit: rule.unit,
            reason: reason(rule, categories, units),
        });
    }
    if let Some(bound) = bound
        && let Some(unit) = units.unit(bound.unit).filter(|unit| unit.active)
    {
        let mut args = pair("unit", &unit.name_ru, &unit.name_en);
        let name = &bound.category.name;
        args.append(&mut pair("category", &name.ru, &name.en));
        return Some(Routed {
            unit: unit.id,
            reason: RouteReason {
                rule: None,
                key: "catalog-route-bound".to_owned(),
                args,
            },
        });
    }
    let unit = default
        .and_then(|code| units.by_code(code))
        .filter(|unit| unit.active)
        .or_else(|| units.roots().find(|unit| unit.active))
        .or_else(|| units.roots().next())?;
    Some(Routed {
        unit: unit.id,
        reason: RouteReason {
            rule: None,
            key: "catalog-route-default".to_owned(),
            args: pair("unit", &unit.name_ru, &unit.name_en),
        },
    })
}

/// For each rule the place in the order of an earlier one that takes every case of it, so that it
/// never applies; none for the others. What stands below a rule that takes everything is left out:
/// the list says that of the rule itself. `rules` are in order.
pub(crate) fn overshadowed(
    rules: &[RouteRule],
    categories: &Categories,
    units: &Units,
) -> Vec<Option<i64>> {
    let earlier_of = |place: usize, rule: &RouteRule| {
        let above: Vec<CategoryId> = rule
            .category
            .map(|id| categories.line(id).iter().map(|one| one.id).collect())
            .unwrap_or_default();
        let around: Vec<TerritoryId> = rule
            .territory
            .map(|id| units.territory_path(id).iter().map(|one| one.id).collect())
            .unwrap_or_default();
        let earlier = rules.iter().take(place).find(|earlier| {
            !earlier.takes_everything()
                && earlier.category.is_none_or(|id| above.contains(&id))
                && earlier.territory.is_none_or(|id| around.contains(&id))
                && earlier.service.is_none_or(|id| rule.service == Some(id))
                && takes_cases(units.unit(earlier.unit))
        });
        earlier.map(|earlier| earlier.position)
    };
    let placed = rules.iter().enumerate();
    placed
        .map(|(place, rule)| earlier_of(place, rule))
        .collect()
}

/// An appeal that names an official goes to the unit that works for them, while it takes cases.
pub fn addressed(official: &Official, units: &Units) -> Option<Routed> {
    let unit = units.unit(official.unit).filter(|unit| unit.active)?;
    let names = Language::ALL.map(|language| official.name(language));
    let [ru, en] = &names;
    let mut args = pair("official", ru, en);
    args.append(&mut pair("unit", &unit.name_ru, &unit.name_en));
    Some(Routed {
        unit: unit.id,
        reason: RouteReason {
            rule: None,
            key: "catalog-route-official".to_owned(),
            args,
        },
    })
}

fn takes_cases(unit: Option<&Unit>) -> bool {
    unit.is_some_and(|unit| unit.active)
}

fn reason(rule: &RouteRule, categories: &Categories, units: &Units) -> RouteReason {
    let category = rule.category.and_then(|id| categories.by_id(id));
    let territory = rule.territory.and_then(|id| units.territory(id));
    let key = match (category, territory) {
        (Some(_), Some(_)) => "catalog-route-both",
        (Some(_), None) => "catalog-route-category",
        (None, Some(_)) => "catalog-route-territory",
        (None, None) => "catalog-route-rule",
    };
    let mut args = pair("reason", &rule.reason.ru, &rule.reason.en);
    if let Some(category) = category {
        args.append(&mut pair("category", &category.name.ru, &category.name.en));
    }
    if let Some(territory) = territory {
        args.append(&mut pair(
            "territory",
            &territory.name_ru,
            &territory.name_en,
        ));
    }
    RouteReason {
        rule: Some(rule.id),
        key: key.to_owned(),
        args,
    }
}

fn pair(name: &str, ru: &str, en: &str) -> Vec<(String, String)> {
    vec![
        (format!("{name}_ru"), ru.to_owned()),
        (format!("{name}_en"), en.to_owned()),
    ]
}

#[cfg(test)]
mod tests {
    use people::{Territory, UnitKind};
    use proptest::prelude::*;

    use super::*;

    const SERVICE: ServiceId = ServiceId(Uuid::from_u128(900));

    fn unit_id(n: u128) -> UnitId {
        UnitId(Uuid::from_u128(n))
    }

    fn category_id(n: u128) -> CategoryId {
        CategoryId(Uuid::from_u128(n))
    }

    fn place_id(n: u128) -> TerritoryId {
        TerritoryId(Uuid::from_u128(n))
    }

    /// Units 1 (agency) → 2, 3 (closed); places 10 → 11, 12.
    fn units() -> Units {
        let unit = |n: u128, parent: Option<u128>, active| Unit {
            id: unit_id(n),
            parent: parent.map(unit_id),
            kind: UnitKind::Agency,
            code: format!("u{n}"),
            name_ru: format!("Отдел {n}"),
            name_en: format!("Unit {n}"),
            active,
        };
        let place = |n: u128, parent: Option<u128>| Territory {
            id: place_id(n),
            parent: parent.map(place_id),
            code: format!("t{n}"),
            name_ru: format!("Район {n}"),
            name_en: format!("District {n}"),
        };
        Units::new(
            vec![
                unit(1, None, true),
                unit(2, Some(1), true),
                unit(3, Some(1), false),
            ],
            vec![place(10, None), place(11, Some(10)), place(12, Some(10))],
            [],
        )
    }

    /// Categories 20 → 21, 22; 30.
    fn categories() -> Categories {
        let category = |n: u128, parent: Option<u128>| Category {
            id: category_id(n),
            parent: parent.map(category_id),
            code: format!("c{n}"),
            name: Phrase::new(format!("Тема {n}"), format!("Subject {n}")),
            active: true,
        };
        Categories::new(vec![
            category(20, None),
            category(21, Some(20)),
            category(22, Some(20)),
            category(30, None),
        ])
    }

    fn rule(
        position: i64,
        category: Option<u128>,
        territory: Option<u128>,
        unit: u128,
    ) -> RouteRule {
        RouteRule {
            id: Uuid::from_u128(1000 + u128::from(position.unsigned_abs())),
            position,
            category: category.map(category_id),
            territory: territory.map(place_id),
            service: None,
            unit: unit_id(unit),
            reason: Phrase::new("потому", "because"),
        }
    }

    fn asking(category: Option<u128>, territory: Option<u128>) -> Asking {
        Asking {
            service: SERVICE,
            category: category.map(category_id),
            territory: territory.map(place_id),
        }
    }

    fn routed(rules: &[RouteRule], asking: Asking) -> Routed {
        route(rules, &categories(), &units(), None, None, asking).unwrap()
    }

    #[test]
    fn the_first_rule_that_matches_wins() {
        let rules = [rule(1, Some(21), Some(11), 2), rule(2, Some(20), None, 1)];
        assert_eq!(routed(&rules, asking(Some(21), Some(11))).unit, unit_id(2));
        assert_eq!(routed(&rules, asking(Some(21), Some(12))).unit, unit_id(1));
        let turned = [rule(1, Some(20), None, 1), rule(2, Some(21), Some(11), 2)];
        assert_eq!(routed(&turned, asking(Some(21), Some(11))).unit, unit_id(1));
    }

    #[test]
    fn a_rule_behind_a_wider_one_never_applies() {
        let found = |rules: &[RouteRule]| overshadowed(rules, &categories(), &units());
        let wide = rule(1, Some(20), None, 1);
        let narrow = rule(2, Some(21), Some(11), 2);
        assert_eq!(found(&[wide.clone(), narrow.clone()]), [None, Some(1)]);
        assert_eq!(found(&[narrow, wide.clone()]), [None::<i64>, None]);
        let elsewhere = rule(2, Some(30), Some(11), 2);
        assert_eq!(found(&[wide, elsewhere]), [None::<i64>, None]);
        // One whose unit is closed is passed over; of one that takes everything the list speaks itself.
        let closed = rule(1, Some(20), None, 3);
        let all = rule(2, None, None, 1);
        let last = rule(3, Some(20), None, 2);
        assert_eq!(found(&[closed, all, last]), [None::<i64>, None, None]);
    }

    #[test]
    fn a_rule_covers_what_lies_below_and_inside() {
        let rules = [rule(1, Some(20), Some(10), 2)];
        let found = routed(&rules, asking(Some(22), Some(12)));
        assert_eq!(found.unit, unit_id(2));
        assert_eq!(found.reason.key, "catalog-route-both");
        assert_eq!(
            found.reason.args[2],
            ("category_ru".to_owned(), "Тема 20".to_owned())
        );
        assert_eq!(routed(&rules, asking(Some(30), Some(12))).reason.rule, None);
        assert_eq!(routed(&rules, asking(Some(22), None)).reason.rule, None);
    }

    #[test]
    fn a_closed_unit_gets_nothing() {
        let rules = [rule(1, Some(20), None, 3), rule(2, Some(20), None, 2)];
        assert_eq!(routed(&rules, asking(Some(21), None)).unit, unit_id(2));
        assert_eq!(routed(&rules[..1], asking(Some(21), None)).unit, unit_id(1));
    }

    #[test]
    fn the_default_unit_takes_the_rest() {
        let found = route(
            &[],
            &categories(),
            &units(),
            None,
            Some("u2"),
            asking(None, None),
        )
        .unwrap();
        assert_eq!(found.unit, unit_id(2));
        assert_eq!(found.reason.key, "catalog-route-default");
        assert_eq!(
            route(
                &[],
                &categories(),
                &units(),
                None,
                Some("u3"),
                asking(None, None)
            )
            .map(|r| r.unit),
            Some(unit_id(1))
        );
        assert_eq!(
            route(
                &[],
                &categories(),
                &Units::default(),
                None,
                None,
                asking(None, None)
            ),
            None
        );
    }

    #[test]
    fn what_no_rule_covers_goes_where_its_subject_is_bound() {
        let tree = categories();
        let find = |rules: &[RouteRule], unit| {
            let bound = Bound {
                category: tree.by_id(category_id(20)).unwrap(),
                unit: unit_id(unit),
            };
            let asked = asking(Some(21), None);
            route(rules, &tree, &units(), Some(bound), None, asked).unwrap()
        };
        let found = find(&[], 2);
        assert_eq!(found.unit, unit_id(2));
        assert_eq!(found.reason.key, "catalog-route-bound");
        let ruled = find(&[rule(1, Some(21), None, 1)], 2);
        assert_eq!(ruled.reason.key, "catalog-route-category");
        assert_eq!(find(&[], 3).reason.key, "catalog-route-default");
    }

    #[test]
    fn a_letter_goes_to_the_unit_of_its_official() {
        let official = |unit| Official {
            id: Uuid::nil(),
            code: "minister".to_owned(),
            unit: unit_id(unit),
            position: 1,
            post: Phrase::new("Министр", "Minister"),
            holder: Phrase::new("Орлов", "Orlov"),
            active: true,
        };
        let found = addressed(&official(2), &units()).unwrap();
        assert_eq!(found.unit, unit_id(2));
        assert_eq!(found.reason.args[0].1, "Министр — Орлов");
        assert_eq!(addressed(&official(3), &units()), None);
    }

    #[test]
    fn a_rule_of_another_service_does_not_count() {
        let mut other = rule(1, None, None, 2);
        other.service = Some(ServiceId(Uuid::from_u128(901)));
        assert_eq!(routed(&[other], asking(Some(21), None)).unit, unit_id(1));
    }

    proptest! {
        #[test]
        fn nothing_ever_has_no_owner(
            rules in prop::collection::vec(
                (prop::option::of(19u128..32), prop::option::of(9u128..14), 0u128..5), 0..12),
            category in prop::option::of(19u128..32),
            territory in prop::option::of(9u128..14),
        ) {
            let rules: Vec<RouteRule> = rules
                .into_iter()
                .zip(0i64..)
                .map(|((category, territory, unit), at)| rule(at, category, territory, unit))
                .collect();
            let found = routed(&rules, asking(category, territory));
            prop_assert!(units().unit(found.unit).unwrap().active);
        }
    }
}
