//! Territories in the order in which forms offer them: each followed by what lies inside it. The
//! tree itself belongs to the crate `people`.

use people::{Territory, Units};

/// Deeper than any real tree; a ring in the data ends here too.
const DEEPEST: usize = 16;

/// Every territory with its depth, from the widest inwards.
pub fn in_order(units: &Units) -> Vec<(usize, &Territory)> {
    let mut ordered = Vec::new();
    let mut waiting: Vec<(usize, &Territory)> =
        units.territory_roots().map(|root| (0, root)).collect();
    waiting.reverse();
    while let Some((depth, territory)) = waiting.pop() {
        ordered.push((depth, territory));
        if depth < DEEPEST && ordered.len() < people::units::MOST {
            let at = waiting.len();
            waiting.extend(
                units
                    .territory_children(territory.id)
                    .map(|inner| (depth + 1, inner)),
            );
            waiting[at..].reverse();
        }
    }
    ordered
}

#[cfg(test)]
mod tests {
    use base::id::TerritoryId;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_lies_inside_follows_its_surroundings() {
        let place = |n: u128, parent: Option<u128>, code: &str| Territory {
            id: TerritoryId(Uuid::from_u128(n)),
            parent: parent.map(|n| TerritoryId(Uuid::from_u128(n))),
            code: code.to_owned(),
            name_ru: code.to_owned(),
            name_en: code.to_owned(),
        };
        let units = Units::new(
            Vec::new(),
            vec![
                place(4, Some(2), "b-village"),
                place(3, Some(1), "c-south"),
                place(1, None, "a-region"),
                place(2, Some(1), "b-north"),
            ],
            [],
        );
        let found: Vec<(usize, &str)> = in_order(&units)
            .iter()
            .map(|(depth, t)| (*depth, t.code.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                (0, "a-region"),
                (1, "b-north"),
                (2, "b-village"),
                (1, "c-south")
            ]
        );
    }
}
