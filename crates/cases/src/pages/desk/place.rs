//! The place in the queue: its view, what is looked for, and what the list is narrowed by.

use people::Visitor;
use serde::Deserialize;
use web::Choice;

use crate::model::State;
use crate::pages::names::{self, Names};
use crate::pages::{address, parameter};
use crate::reading::{Narrowed, QueueView};

/// The place in the queue.
#[derive(Clone, Default, Deserialize)]
pub(in crate::pages) struct Place {
    pub(in crate::pages) view: Option<String>,
    q: Option<String>,
    after: Option<String>,
    category: Option<String>,
    service: Option<String>,
    unit: Option<String>,
    state: Option<String>,
    free: Option<String>,
    for_us: Option<String>,
    order: Option<String>,
}

/// What the list can be narrowed by, and what it is.
#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a mark of its own; a template can ask nothing else"
)]
pub(in crate::pages) struct Narrowing {
    pub(in crate::pages) categories: Vec<Choice>,
    pub(in crate::pages) category: String,
    pub(in crate::pages) services: Vec<Choice>,
    pub(in crate::pages) service: String,
    /// The reader's units, where they are several.
    pub(in crate::pages) units: Vec<Choice>,
    pub(in crate::pages) unit: String,
    pub(in crate::pages) states: Vec<Choice>,
    pub(in crate::pages) state: String,
    pub(in crate::pages) free: bool,
    pub(in crate::pages) for_us: bool,
    pub(in crate::pages) newest: bool,
    /// Whether anything is left out.
    pub(in crate::pages) any: bool,
}

impl Place {
    pub(in crate::pages) fn search(&self) -> String {
        parameter(self.q.as_deref())
    }

    /// The part of the queue that it names.
    pub(in crate::pages) fn view(&self) -> Option<QueueView> {
        self.view.as_deref().and_then(QueueView::from_code)
    }

    /// The same part of the queue from another row on.
    pub(in crate::pages) fn on_page_after(&self, after: &str) -> Self {
        Self {
            after: Some(after.to_owned()),
            ..self.clone()
        }
    }

    /// Whether only cases are shown that nobody has taken.
    pub(in crate::pages) fn only_free(&self) -> bool {
        self.free.as_deref() == Some("yes")
    }

    pub(in crate::pages) fn after(&self) -> Option<&str> {
        self.after.as_deref().filter(|after| !after.is_empty())
    }

    /// What the list is narrowed by; what names nothing that there is narrows nothing.
    pub(in crate::pages) fn narrowed(&self, names: &Names) -> Narrowed {
        let [category, service, unit, state, free, for_us, order] =
            self.by().map(|(_, value)| value);
        let contents = names.contents();
        Narrowed {
            category: contents
                .categories()
                .by_code(&category)
                .map(|known| known.id),
            service: contents.service(&service).map(|known| known.id),
            unit: names.units().by_code(&unit).map(|known| known.id),
            state: State::from_code(&state).filter(|state| state.is_in_queue()),
            free: free == "yes",
            for_us: for_us == "yes",
            newest: order == "newest",
        }
    }

    /// What it is narrowed by, as the address says.
    fn by(&self) -> [(&'static str, String); 7] {
        [
            ("category", &self.category),
            ("service", &self.service),
            ("unit", &self.unit),
            ("state", &self.state),
            ("free", &self.free),
            ("for_us", &self.for_us),
            ("order", &self.order),
        ]
        .map(|(name, value)| (name, parameter(value.as_deref())))
    }

    fn at(&self, path: &str, view: &str, after: &str) -> String {
        let (search, by) = (self.search(), self.by());
        let place = [("view", view), ("q", &*search)];
        let by = by.iter().map(|(name, value)| (*name, &**value));
        let all = place.into_iter().chain(by).chain([("after", after)]);
        address(path, &all.collect::<Vec<_>>())
    }

    /// The address `path` with this place as it was asked for.
    pub(in crate::pages) fn kept(&self, path: &str) -> String {
        let view = self.view().map_or("", QueueView::code);
        self.at(path, view, self.after().unwrap_or_default())
    }

    /// The address `path` with this place; `after` only when it is wanted.
    pub(in crate::pages) fn address(
        &self,
        path: &str,
        view: QueueView,
        after: Option<&str>,
    ) -> String {
        self.at(path, view.code(), after.unwrap_or_default())
    }
}

impl Narrowing {
    pub(super) fn of(visitor: &Visitor, names: &Names, place: &Place) -> Self {
        let request = &visitor.request;
        let by = place.narrowed(names);
        let [category, service, unit, state, ..] = place.by().map(|(_, value)| value);
        let states = State::ALL.into_iter().filter(|state| state.is_in_queue());
        let services = names.services().map(|service| {
            let definition = &service.definition;
            Choice::new(&definition.code, definition.name(request.language))
        });
        let own = visitor.actor.units();
        let units = own.iter().filter_map(|id| names.units().unit(*id));
        let units = units.map(|unit| Choice::new(&unit.code, unit.name(request.language)));
        Self {
            units: if own.len() > 1 {
                units.collect()
            } else {
                Vec::new()
            },
            unit,
            categories: names.category_choices(&category),
            category,
            services: services.collect(),
            service,
            states: states
                .map(|state| Choice::new(state.code(), names::state(request, state)))
                .collect(),
            state,
            free: by.free,
            for_us: by.for_us,
            newest: by.newest,
            any: by.leaves_out(),
        }
    }
}
