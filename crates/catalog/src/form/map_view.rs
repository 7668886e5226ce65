//! The map beside the questions of a place, as its template shows it.

use super::summary::Shown;
use crate::map::point_of;

/// A map to press on.
#[derive(Clone, Debug)]
pub struct MapView {
    /// Begin of the names of its inputs: `place.map`.
    pub name: String,
    /// Address of the drawing.
    pub src: String,
    /// What it shows, as it is posted.
    pub view: String,
    /// Side in pixels.
    pub side: u16,
    /// Whether it can be looked at from nearer.
    pub can_near: bool,
    /// Whether it can be looked at from farther away.
    pub can_far: bool,
}

impl MapView {
    /// The map beside the place called `name`, with the point that was chosen before; none where
    /// there are no outlines.
    pub(super) fn of(shown: &Shown<'_>, name: &str, point: &str) -> Option<Self> {
        let drawn = shown.map.filter(|drawn| !drawn.map.is_empty())?;
        let view = drawn
            .pressed
            .map_or_else(|| drawn.map.whole(), |pressed| pressed.view);
        let mark = drawn
            .pressed
            .and_then(|pressed| pressed.mark)
            .or_else(|| point_of(point))
            .map(|(x, y)| format!("{x:.6},{y:.6}"))
            .unwrap_or_default();
        let language = shown.language.tag();
        Some(Self {
            name: format!("{name}.map"),
            src: format!("/map.svg?view={view}&mark={mark}&lang={language}"),
            view: view.to_string(),
            side: crate::map::SIDE,
            can_near: view.can_near(),
            can_far: view.closer > 0,
        })
    }
}
