//! The map of the territory: outlines as rings of longitude and latitude, which territory a point
//! lies in, and what a view of the map shows. Pure; drawing stands in `pages/map.rs`.

use std::fmt;
use std::str::FromStr;

use base::id::TerritoryId;
use people::Units;
use serde::{Deserialize, Serialize};

/// A point: longitude and latitude in degrees.
pub type Point = (f64, f64);

/// The most points of one outline.
pub const MOST_POINTS: usize = 5_000;

/// Side of the drawn map in pixels: it fits the narrowest screen, and is never scaled, so that a
/// press tells a place.
pub const SIDE: u16 = 256;

/// How often the view can be halved.
const CLOSEST: u8 = 6;

/// The outline of a territory: each ring is closed from its last point to its first; what lies
/// inside an odd number of rings is inside, so a hole is a ring too.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Outline(pub Vec<Vec<Point>>);

impl Outline {
    /// How many points it has.
    pub fn points(&self) -> usize {
        self.0.iter().map(Vec::len).sum()
    }

    /// Whether it can be drawn: rings of three points or more, on the globe, within the bound.
    pub fn is_sound(&self) -> bool {
        let on_globe = |(x, y): &Point| x.abs() <= 180.0 && y.abs() <= 85.0;
        !self.0.is_empty()
            && self.points() <= MOST_POINTS
            && self
                .0
                .iter()
                .all(|ring| ring.len() >= 3 && ring.iter().all(on_globe))
    }

    /// Whether a point lies inside.
    pub fn holds(&self, (x, y): Point) -> bool {
        let mut inside = false;
        for ring in &self.0 {
            for ((ax, ay), (bx, by)) in sides(ring) {
                // A ray to the right crosses the side once, ends counted by the half-open rule.
                if (ay > y) != (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax {
                    inside = !inside;
                }
            }
        }
        inside
    }

    /// Twice the area in square degrees: enough to tell the smaller of two.
    fn extent(&self) -> f64 {
        let ring = |ring: &Vec<Point>| -> f64 {
            sides(ring)
                .map(|((ax, ay), (bx, by))| ax * by - bx * ay)
                .sum::<f64>()
                .abs()
        };
        self.0.iter().map(ring).sum()
    }
}

fn sides(ring: &[Point]) -> impl Iterator<Item = (Point, Point)> + '_ {
    let ends = ring.iter().cycle().skip(1);
    ring.iter().copied().zip(ends.copied())
}

/// Every outline.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Map(Vec<(TerritoryId, Outline)>);

impl Map {
    /// The outlines that can be drawn.
    pub fn new(outlines: Vec<(TerritoryId, Outline)>) -> Self {
        let sound = outlines
            .into_iter()
            .filter(|(_, outline)| outline.is_sound());
        Self(sound.collect())
    }

    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each territory with its outline.
    pub fn outlines(&self) -> &[(TerritoryId, Outline)] {
        &self.0
    }

    /// The innermost territory that a point lies in; of equals the smallest.
    pub fn at(&self, point: Point, units: &Units) -> Option<TerritoryId> {
        let holding = self.0.iter().filter(|(_, outline)| outline.holds(point));
        holding
            .map(|(id, outline)| (units.territory_path(*id).len(), outline.extent(), *id))
            .max_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)))
            .map(|(_, _, id)| id)
    }

    /// The view of everything.
    pub fn whole(&self) -> View {
        let points = || {
            self.0
                .iter()
                .flat_map(|(_, outline)| outline.0.iter().flatten().copied())
        };
        let bounds = |of: fn(Point) -> f64| {
            let low = points().map(of).fold(f64::INFINITY, f64::min);
            let high = points().map(of).fold(f64::NEG_INFINITY, f64::max);
            (low, high)
        };
        let ((west, east), (south, north)) = (bounds(|p| p.0), bounds(|p| p.1));
        if !(west <= east && south <= north) {
            return View::default();
        }
        let centre = (f64::midpoint(west, east), f64::midpoint(south, north));
        let wide = (east - west) * shrink(centre.1);
        View {
            centre,
            span: ((north - south).max(wide) * 1.08).clamp(0.001, 180.0),
            closer: 0,
        }
    }
}

/// How much shorter a degree of longitude is than one of latitude.
fn shrink(latitude: f64) -> f64 {
    latitude.to_radians().cos().max(0.05)
}

/// What a map shows: where its middle is and how much of the land fits into its height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// The middle.
    pub centre: Point,
    /// Degrees of latitude from top to bottom of the whole map.
    pub span: f64,
    /// How often it is halved.
    pub closer: u8,
}

impl Default for View {
    fn default() -> Self {
        Self {
            centre: (0.0, 0.0),
            span: 90.0,
            closer: 0,
        }
    }
}

impl View {
    fn scale(&self) -> f64 {
        self.span / f64::from(1u16 << self.closer.min(CLOSEST)) / f64::from(SIDE)
    }

    /// The place of a point in pixels from the upper left corner.
    pub fn pixel(&self, (x, y): Point) -> Point {
        let middle = f64::from(SIDE) / 2.0;
        (
            middle + (x - self.centre.0) * shrink(self.centre.1) / self.scale(),
            middle - (y - self.centre.1) / self.scale(),
        )
    }

    /// The point under a pixel.
    pub fn point(&self, (x, y): Point) -> Point {
        let middle = f64::from(SIDE) / 2.0;
        (
            self.centre.0 + (x - middle) * self.scale() / shrink(self.centre.1),
            self.centre.1 - (y - middle) * self.scale(),
        )
    }

    /// The view around a point.
    #[must_use]
    pub fn around(self, centre: Point) -> Self {
        Self { centre, ..self }
    }

    /// The view from nearer.
    #[must_use]
    pub fn nearer(self) -> Self {
        Self {
            closer: (self.closer + 1).min(CLOSEST),
            ..self
        }
    }

    /// The view from farther away.
    #[must_use]
    pub fn farther(self) -> Self {
        Self {
            closer: self.closer.saturating_sub(1),
            ..self
        }
    }

    /// Whether it can be looked at from nearer.
    pub const fn can_near(&self) -> bool {
        self.closer < CLOSEST
    }
}

impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (x, y) = self.centre;
        write!(f, "{x:.6},{y:.6},{:.6},{}", self.span, self.closer)
    }
}

/// A point as answers hold it and people read it, north before east.
pub fn written((x, y): Point) -> String {
    format!("{y:.5}, {x:.5}")
}

/// The point that an answer holds.
pub fn point_of(written: &str) -> Option<Point> {
    let (y, x) = written.split_once(", ")?;
    point_in(&format!("{x},{y}")).ok()
}

/// Why a text names no view or point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this names no place on a map")]
pub struct NoPlace;

impl FromStr for View {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let parts: Vec<&str> = text.split(',').collect();
        let [x, y, span, closer] = parts.as_slice() else {
            return Err(NoPlace);
        };
        let span: f64 = span.parse().map_err(|_| NoPlace)?;
        let closer: u8 = closer.parse().map_err(|_| NoPlace)?;
        if !(0.000_1..=180.0).contains(&span) || closer > CLOSEST {
            return Err(NoPlace);
        }
        let centre = point_in(&format!("{x},{y}"))?;
        Ok(Self {
            centre,
            span,
            closer,
        })
    }
}

/// A point written `longitude,latitude`.
pub fn point_in(text: &str) -> Result<Point, NoPlace> {
    let (x, y) = text.split_once(',').ok_or(NoPlace)?;
    let (x, y): (f64, f64) = (
        x.parse().map_err(|_| NoPlace)?,
        y.parse().map_err(|_| NoPlace)?,
    );
    if x.abs() <= 180.0 && y.abs() <= 85.0 {
        Ok((x, y))
    } else {
        Err(NoPlace)
    }
}

#[cfg(test)]
mod tests {
    use base::Moment;
    use people::Territory;
    use proptest::prelude::*;

    use super::*;

    fn square(west: f64, south: f64, side: f64) -> Vec<Point> {
        vec![
            (west, south),
            (west + side, south),
            (west + side, south + side),
            (west, south + side),
        ]
    }

    #[test]
    fn a_hole_is_outside() {
        let ring = Outline(vec![square(0.0, 0.0, 10.0), square(4.0, 4.0, 2.0)]);
        assert!(ring.holds((1.0, 1.0)) && !ring.holds((5.0, 5.0)) && !ring.holds((11.0, 1.0)));
    }

    #[test]
    fn the_innermost_territory_is_meant() {
        let place = |parent, code: &str| Territory {
            id: TerritoryId::new(Moment::from_micros(0)),
            parent,
            code: code.to_owned(),
            name_ru: code.to_owned(),
            name_en: code.to_owned(),
        };
        let region = place(None, "region");
        let district = place(Some(region.id), "district");
        let town = place(Some(region.id), "town");
        let map = Map::new(vec![
            (region.id, Outline(vec![square(0.0, 0.0, 10.0)])),
            (district.id, Outline(vec![square(0.0, 0.0, 5.0)])),
            (town.id, Outline(vec![square(2.0, 2.0, 1.0)])),
        ]);
        let (whole, part, inner) = (region.id, district.id, town.id);
        let units = Units::new(Vec::new(), vec![region, district, town], []);
        assert_eq!(map.at((9.0, 9.0), &units), Some(whole));
        assert_eq!(map.at((1.0, 1.0), &units), Some(part));
        assert_eq!(map.at((2.5, 2.5), &units), Some(inner));
        assert_eq!(map.at((11.0, 1.0), &units), None);
        assert!((map.whole().centre.0 - 5.0).abs() < 1e-9);
    }

    #[test]
    fn what_names_no_place_is_refused() {
        for text in [
            "",
            "1",
            "1,2,3",
            "nan,1,1,0",
            "1,2,inf,0",
            "1,2,3,99",
            "200,1,3,0",
            "1,2,3,0,4",
        ] {
            assert_eq!(text.parse::<View>(), Err(NoPlace), "{text}");
        }
        assert!(point_in("39.9,57.6").is_ok() && point_in("NaN,1").is_err());
        assert!(!Outline(vec![vec![(0.0, 0.0)]]).is_sound() && !Outline::default().is_sound());
        assert_eq!(Map::default().whole(), View::default());
    }

    proptest! {
        /// A convex outline holds what lies between its middle and its points, and nothing farther.
        #[test]
        fn inside_is_what_lies_nearer_than_the_border(
            corners in 3usize..40, turn in 0.0f64..6.3, near in 0.0f64..0.49, far in 1.01f64..3.0,
        ) {
            let angle = |at: f64| at / 40.0 * std::f64::consts::TAU;
            #[expect(clippy::cast_precision_loss, reason = "a few corners")]
            let ring: Vec<Point> = (0..corners)
                .map(|at| at as f64 / corners as f64 * 40.0)
                .map(|at| (angle(at).cos() * 7.0 + 40.0, angle(at).sin() * 7.0 + 50.0))
                .collect();
            let outline = Outline(vec![ring]);
            let on_ray = |part: f64| (turn.cos() * 7.0 * part + 40.0, turn.sin() * 7.0 * part + 50.0);
            // The inscribed circle of any such polygon has at least half the radius.
            prop_assert!(outline.holds(on_ray(near)));
            prop_assert!(!outline.holds(on_ray(far)));
        }

        #[test]
        fn a_press_tells_the_point_that_was_drawn_there(
            x in -170.0f64..170.0, y in -80.0f64..80.0, span in 0.1f64..20.0, closer in 0u8..6,
            px in 0.0f64..256.0, py in 0.0f64..256.0,
        ) {
            let view = View { centre: (x, y), span, closer };
            let read: View = view.to_string().parse().unwrap();
            let (ax, ay) = read.pixel(read.point((px, py)));
            prop_assert!((ax - px).abs() < 1e-6 && (ay - py).abs() < 1e-6);
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,60}") {
            let _ = text.parse::<View>();
            let _ = point_in(&text);
        }
    }
}
