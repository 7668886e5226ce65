//! The map on the page of a place: drawn by the server, pressed like a button, so that it works
//! without scripts. A press chooses the territory under it and keeps the point beside the address.

use std::fmt::Write as _;

use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use base::Language;
use people::{People, Units};
use serde_json::Value;
use web::{Fields, PageError, Request};

use crate::catalog::{Catalog, Contents};
use crate::form::{Answers, FieldKind, Step};
use crate::map::{Map, Point, SIDE, View, point_in, point_of, written};

/// Where a map stands after something was pressed on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pressed {
    /// What it shows now.
    pub view: View,
    /// The point that was chosen.
    pub mark: Option<Point>,
}

/// Takes what was pressed on the map of a step: the answers get the point and its territory. None
/// when no map was pressed, so that the page was sent as usual.
pub fn press(
    step: &Step,
    fields: &Fields,
    contents: &Contents,
    units: &Units,
    answers: &mut Answers,
) -> Option<Pressed> {
    let place = step
        .fields
        .iter()
        .find(|field| matches!(field.kind, FieldKind::Place { .. }))?;
    let posted = |part: &str| fields.get(&format!("{}.map.{part}", place.name));
    let view = posted("view").and_then(|text| text.parse().ok());
    let view: View = view.unwrap_or_else(|| contents.map().whole());
    let parts = answers.get_mut(&place.name).and_then(Value::as_object_mut);
    if posted("drop").is_some() {
        if let Some(parts) = parts {
            parts.remove("point");
        }
        return Some(Pressed { view, mark: None });
    }
    let mark = parts.and_then(|parts| point_of(parts.get("point")?.as_str()?));
    match posted("zoom") {
        Some("in") => {
            return Some(Pressed {
                view: view.around(mark.unwrap_or(view.centre)).nearer(),
                mark,
            });
        }
        Some(_) => {
            let view = view.farther();
            let view = if view.closer == 0 {
                contents.map().whole()
            } else {
                view
            };
            return Some(Pressed { view, mark });
        }
        None => {}
    }
    let pixel = |part: &str| posted(part).and_then(|text| text.parse::<f64>().ok());
    let (x, y) = (pixel("x")?, pixel("y")?);
    // The Enter key presses the first button of a form, which is the map, at its very corner.
    if (x == 0.0 && y == 0.0) || !(0.0..=f64::from(SIDE)).contains(&x.max(y)) {
        return None;
    }
    let point = view.point((x, y));
    if let Some(territory) = contents
        .map()
        .at(point, units)
        .and_then(|id| units.territory(id))
    {
        let answer = answers
            .entry(place.name.clone())
            .or_insert_with(|| Value::Object(Answers::new()));
        if let Some(parts) = answer.as_object_mut() {
            parts.insert("territory".to_owned(), territory.code.clone().into());
            parts.insert("point".to_owned(), written(point).into());
            // Earlier presses stood in the place of an address.
            let address = parts.get("address").and_then(Value::as_str);
            if address.is_some_and(|address| point_of(address).is_some()) {
                parts.remove("address");
            }
        }
    }
    Some(Pressed {
        view,
        mark: Some(point),
    })
}

/// The drawing for a view and a mark.
pub(super) async fn draw(
    request: Request,
    State(catalog): State<Catalog>,
    Extension(people): Extension<People>,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let contents = catalog.contents().await?;
    let units = people.units().await?;
    let fields = Fields(query);
    let view = fields.text("view").parse();
    let view = view.unwrap_or_else(|_| contents.map().whole());
    let mark = point_in(fields.text("mark")).ok();
    let language = Language::from_tag(fields.text("lang")).unwrap_or(request.language);
    let drawing = drawing(contents.map(), &units, view, mark, language);
    let svg = drawing.render().map_err(base::Error::internal)?;
    let head = [
        (CONTENT_TYPE, "image/svg+xml"),
        (CACHE_CONTROL, "public, max-age=300"),
    ];
    Ok((head, svg).into_response())
}

/// The drawing as the template has it: numbers are made short, names are escaped there.
#[derive(Template)]
#[template(path = "map.svg")]
struct Drawing {
    side: u16,
    areas: Vec<Area>,
    names: Vec<Name>,
    mark: Option<(String, String)>,
}

/// A territory as a closed way and its colour, the deeper the darker.
struct Area {
    way: String,
    fill: &'static str,
}

/// A territory's name in its middle.
struct Name {
    x: String,
    y: String,
    text: String,
}

fn drawing(
    map: &Map,
    units: &Units,
    view: View,
    mark: Option<Point>,
    language: Language,
) -> Drawing {
    let depth = |id| units.territory_path(id).len();
    let mut outlines: Vec<_> = map.outlines().iter().collect();
    outlines.sort_by_key(|(id, _)| depth(*id));
    let areas = outlines
        .iter()
        .map(|(id, outline)| Area {
            way: way(outline, view),
            fill: ["#ffffff", "#eaf1fc", "#d3e2f8"][depth(*id).saturating_sub(1).min(2)],
        })
        .collect();
    let side = f64::from(SIDE);
    let wanted: Vec<(f64, f64, &str)> = outlines
        .iter()
        .filter(|(id, _)| depth(*id) > 1)
        .filter_map(|(id, outline)| {
            let (x, y) = view.pixel(middle(outline));
            let inside = (0.0..=side).contains(&x) && (0.0..=side).contains(&y);
            let territory = units.territory(*id).filter(|_| inside)?;
            Some((x, y, territory.name(language)))
        })
        .collect();
    let names = apart(wanted);
    Drawing {
        side: SIDE,
        areas,
        names,
        mark: mark.map(|mark| {
            let (x, y) = view.pixel(mark);
            (format!("{x:.1}"), format!("{y:.1}"))
        }),
    }
}

/// Names moved off the edges and off each other; the widest territories stand first and stay where
/// they are. A name that finds no room near its place is left out: pressing tells it.
fn apart(wanted: Vec<(f64, f64, &str)>) -> Vec<Name> {
    /// How wide a letter of the drawing is, and how high a line, in pixels.
    const LETTER: f64 = 7.0;
    const LINE: f64 = 13.0;
    let side = f64::from(SIDE);
    let mut taken: Vec<(f64, f64, f64)> = Vec::new();
    let mut names = Vec::new();
    for (x, y, text) in wanted {
        let letters = u16::try_from(text.chars().count()).unwrap_or(u16::MAX);
        let half = (f64::from(letters) * LETTER / 2.0).min(side / 2.0);
        let x = x.clamp(half, side - half);
        let free = [0.0, 1.0, -1.0, 2.0, -2.0]
            .map(|lines| (y + lines * LINE).clamp(LINE, side - 2.0))
            .into_iter()
            .find(|y| {
                taken.iter().all(|(other, line, width)| {
                    (x - other).abs() > half + width || (y - line).abs() >= LINE
                })
            });
        let Some(y) = free else {
            continue;
        };
        taken.push((x, y, half));
        names.push(Name {
            x: format!("{x:.0}"),
            y: format!("{y:.0}"),
            text: text.to_owned(),
        });
    }
    names
}

fn way(outline: &crate::map::Outline, view: View) -> String {
    let mut way = String::new();
    for ring in &outline.0 {
        for (at, point) in ring.iter().enumerate() {
            let (x, y) = view.pixel(*point);
            let step = if at == 0 { 'M' } else { 'L' };
            // Writing to a String cannot fail.
            _ = write!(way, "{step}{x:.1} {y:.1}");
        }
        way.push('Z');
    }
    way
}

/// The middle of an outline's corners.
fn middle(outline: &crate::map::Outline) -> Point {
    #[expect(
        clippy::cast_precision_loss,
        reason = "an outline has a few thousand points"
    )]
    let count = outline.points().max(1) as f64;
    let points = outline.0.iter().flatten();
    let (x, y) = points.fold((0.0, 0.0), |(x, y), (px, py)| (x + px, y + py));
    (x / count, y / count)
}

#[cfg(test)]
mod tests {
    use super::apart;

    #[test]
    fn names_on_a_map_do_not_lie_on_each_other() {
        let wanted = vec![
            (80.0, 150.0, "Лесной район"),
            (84.0, 152.0, "село Сосновка"),
            (150.0, 150.0, "Заречный район"),
            (250.0, 20.0, "Край"),
        ];
        let names = apart(wanted);
        assert_eq!(names.len(), 4);
        let y: Vec<&str> = names.iter().map(|name| &*name.y).collect();
        assert_eq!(y, ["150", "165", "137", "20"]);
        assert_eq!(names[3].x, "242", "it is not cut off at the edge");
        // Where there is no room at all a name is left out.
        assert_eq!(apart(vec![(128.0, 128.0, "Район"); 9]).len(), 5);
    }
}
