//! A step as its template shows it. Only choosing is done here; the marks stand in
//! `templates/form_step.html`.

use base::FieldError;
use base::id::CategoryId;
use serde_json::Value;
use web::Page;
use web::form::Choice as Offered;

use super::check::{EARLIEST, EMAIL_MAX, PHONE_MAX};
use super::map_view::MapView;
use super::summary::Shown;
use super::tree::{Answers, Condition, Field, FieldKind, Form, Step};
use crate::categories::Category;
use crate::territories;

/// The most territories in one list; where there are more, the innermost are left out and the
/// address tells the rest.
const MOST_TERRITORIES: usize = 1_000;

/// With more options than this a choice is a list instead of buttons.
pub(super) const FEW: usize = 6;

/// One step of a form.
#[derive(Clone, Debug)]
pub struct StepView {
    /// Name of the step in addresses.
    pub id: String,
    /// Heading.
    pub title: String,
    /// What helps to answer; may be empty.
    pub hint: String,
    /// Advice beside the questions.
    pub tips: Vec<String>,
    /// The questions, those of one group together.
    pub groups: Vec<GroupView>,
}

/// Questions that stand together.
#[derive(Clone, Debug)]
pub struct GroupView {
    /// Their common name; empty when they have none.
    pub legend: String,
    /// The questions.
    pub items: Vec<ItemView>,
    /// The number, from 1, of the option of its page's choice that it is asked under; 0 when it is
    /// asked in any case. Such a group is drawn always and shown with its option.
    pub case: usize,
}

/// What every question has.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Name of the input.
    pub name: String,
    /// The question.
    pub label: String,
    /// What prevents a mistake; may be empty.
    pub hint: String,
    /// Whether it must be answered.
    pub required: bool,
    /// The answer so far; empty when there is none.
    pub value: String,
}

/// One question with what its kind needs.
#[derive(Clone, Debug)]
pub enum ItemView {
    /// One line.
    Line {
        /// The question.
        asked: Asked,
        /// Type of the input.
        kind: &'static str,
        /// The most characters.
        max: usize,
        /// The `autocomplete` token; may be empty.
        complete: String,
        /// The `inputmode`; may be empty.
        mode: &'static str,
    },
    /// Several lines.
    Area {
        /// The question.
        asked: Asked,
        /// The most characters.
        max: usize,
        /// Height in lines.
        rows: usize,
    },
    /// A date.
    Date {
        /// The question.
        asked: Asked,
        /// The earliest.
        min: String,
        /// The latest; may be empty.
        max: String,
    },
    /// One of a few, all of them seen.
    Radios {
        /// The question.
        asked: Asked,
        /// The options.
        options: Vec<Offered>,
        /// Whether groups of the same page are shown by what is chosen.
        governs: bool,
    },
    /// One of many.
    Select {
        /// The question.
        asked: Asked,
        /// The options.
        options: Vec<Offered>,
    },
    /// A statement.
    Yes {
        /// The question.
        asked: Asked,
        /// Whether it was made.
        checked: bool,
    },
    /// A category.
    Category {
        /// The question.
        asked: Asked,
        /// The sections with their subjects.
        sections: Vec<OptionView>,
    },
    /// A place.
    Place(Box<PlaceView>),
    /// People who file together.
    People {
        /// The question.
        asked: Asked,
        /// Those who are named so far.
        people: Vec<PersonView>,
        /// Whether another can be added.
        more: bool,
    },
}

/// One of the people who file together.
#[derive(Clone, Debug)]
pub struct PersonView {
    /// What this one is called in the list.
    pub legend: String,
    /// The place in the list, from 0.
    pub at: usize,
    /// Their name.
    pub name: Asked,
    /// Their e-mail.
    pub email: Asked,
    /// Their postal address.
    pub address: Asked,
}

/// A section of categories with its subjects.
#[derive(Clone, Debug)]
pub struct OptionView {
    /// Name of the section.
    pub label: String,
    /// Its subjects.
    pub options: Vec<Offered>,
    /// Whether the chosen subject is among them.
    pub open: bool,
}

/// The two questions of a place.
#[derive(Clone, Debug)]
pub struct PlaceView {
    /// The territory.
    pub territory: Asked,
    /// The territories to choose from.
    pub territories: Vec<Offered>,
    /// The address.
    pub address: Asked,
    /// The most characters of the address.
    pub address_max: usize,
    /// The point on the map, as it is posted.
    pub point: Asked,
    /// The map, where there is one.
    pub map: Option<MapView>,
}

impl StepView {
    /// The view of `step` with `answers` so far (of any step). `today` bounds dates.
    pub fn new(
        form: &Form,
        step: &Step,
        answers: &Answers,
        today: jiff::civil::Date,
        shown: &Shown<'_>,
    ) -> Self {
        let painter = Painter { today, shown };
        let mut groups: Vec<GroupView> = Vec::new();
        let mut open = false;
        let governor = step.governor().map(|(_, field)| field);
        for field in &step.fields {
            let case = governor.map_or(0, |governor| case_of(governor, field));
            if case == 0 && !form.asks(field, answers, shown.categories) {
                continue;
            }
            let answer = answers.get(&field.name);
            if let FieldKind::Group { fields } = &field.kind {
                let inner = fields.iter();
                groups.push(GroupView {
                    legend: field.label.text(shown.language).to_owned(),
                    items: inner
                        .filter_map(|part| {
                            let path = format!("{}.{}", field.name, part.name);
                            painter.item(
                                part,
                                path,
                                answer.and_then(|object| object.get(&part.name)),
                            )
                        })
                        .collect(),
                    case,
                });
                open = false;
                continue;
            }
            let item = if matches!(field.kind, FieldKind::Category) {
                let roots = form.offered(field, answers, shown.categories);
                Some(painter.category(field, answer, roots.as_deref()))
            } else {
                painter.item(field, field.name.clone(), answer)
            };
            let Some(mut item) = item else {
                continue;
            };
            if governor.is_some_and(|governor| governor.name == field.name) {
                item.govern();
            }
            match groups.last_mut().filter(|_| open) {
                Some(group) => group.items.push(item),
                None => groups.push(GroupView {
                    legend: String::new(),
                    items: vec![item],
                    case: 0,
                }),
            }
            open = true;
        }
        let text = |phrase: &crate::phrase::Phrase| phrase.text(shown.language).to_owned();
        Self {
            id: step.id.clone(),
            title: text(&step.title),
            hint: step.hint.as_ref().map(text).unwrap_or_default(),
            tips: step.tips.iter().map(text).collect(),
            groups,
        }
    }

    /// Gives `page` the mistakes of this step and the names of its fields for the summary.
    #[must_use]
    pub fn dress(&self, page: Page, errors: Vec<FieldError>) -> Page {
        let asked = self
            .groups
            .iter()
            .flat_map(|group| &group.items)
            .flat_map(ItemView::asked);
        let page = asked.fold(page.with_errors(errors), |page, asked| {
            page.with_label(asked.name.clone(), asked.label.clone())
        });
        // An e-mail of one of several people says whose it is.
        let items = self.groups.iter().flat_map(|group| &group.items);
        let people = items.flat_map(|item| match item {
            ItemView::People { people, .. } => people.as_slice(),
            _ => &[],
        });
        people.fold(page, |page, person| {
            let asked = [&person.name, &person.email, &person.address];
            asked.into_iter().fold(page, |page, asked| {
                let label = format!("{}, {}", person.legend, asked.label);
                page.with_label(asked.name.clone(), label)
            })
        })
    }
}

/// The number of the option that `field` is asked under, 0 when it does not hang on the choice.
fn case_of(governor: &Field, field: &Field) -> usize {
    let (FieldKind::Choice { options }, Some(Condition::Equals { field: at, value })) =
        (&governor.kind, &field.when)
    else {
        return 0;
    };
    let mut values = options.iter();
    let place = values.position(|option| option.value == *value);
    place
        .filter(|_| *at == governor.name)
        .map_or(0, |place| place + 1)
}

impl ItemView {
    /// A choice that shows groups of its page begins at its first option.
    fn govern(&mut self) {
        if let Self::Radios {
            asked,
            options,
            governs,
        } = self
        {
            *governs = true;
            asked.required = true;
            if let Some(first) = options.first().filter(|_| asked.value.is_empty()) {
                asked.value.clone_from(&first.value);
            }
        }
    }

    fn asked(&self) -> Vec<&Asked> {
        match self {
            Self::Line { asked, .. }
            | Self::Area { asked, .. }
            | Self::Date { asked, .. }
            | Self::Radios { asked, .. }
            | Self::Select { asked, .. }
            | Self::Yes { asked, .. }
            | Self::Category { asked, .. }
            | Self::People { asked, .. } => vec![asked],
            Self::Place(place) => vec![&place.territory, &place.address, &place.point],
        }
    }
}

struct Painter<'a> {
    today: jiff::civil::Date,
    shown: &'a Shown<'a>,
}

impl Painter<'_> {
    fn asked(&self, field: &Field, name: String, answer: Option<&Value>) -> Asked {
        let language = self.shown.language;
        Asked {
            name,
            label: field.label.text(language).to_owned(),
            hint: field
                .hint
                .as_ref()
                .map(|hint| hint.text(language).to_owned())
                .unwrap_or_default(),
            required: field.required,
            value: plain(answer),
        }
    }

    /// The subjects, section by section; with roots, only what lies at or below them.
    fn category(
        &self,
        field: &Field,
        answer: Option<&Value>,
        roots: Option<&[CategoryId]>,
    ) -> ItemView {
        let asked = self.asked(field, field.name.clone(), answer);
        ItemView::Category {
            sections: self.sections(&asked.value, roots),
            asked,
        }
    }

    /// The question; none for a group, which has no inputs of its own.
    fn item(&self, field: &Field, name: String, answer: Option<&Value>) -> Option<ItemView> {
        let language = self.shown.language;
        let asked = self.asked(field, name, answer);
        let complete = field.autocomplete.clone().unwrap_or_default();
        let line = |asked, kind, max: u32, mode| ItemView::Line {
            asked,
            kind,
            max: max as usize,
            complete,
            mode,
        };
        Some(match &field.kind {
            FieldKind::Text {
                max, lines: false, ..
            } => line(asked, "text", *max, ""),
            FieldKind::Text { max, .. } => ItemView::Area {
                asked,
                max: *max as usize,
                rows: if *max > 1_000 { 8 } else { 3 },
            },
            FieldKind::Email => line(asked, "email", EMAIL_MAX, "email"),
            FieldKind::Phone => line(asked, "tel", PHONE_MAX, "tel"),
            FieldKind::Number { max, .. } => {
                let digits = u32::try_from(max.to_string().len()).unwrap_or(20);
                line(asked, "text", digits, "numeric")
            }
            FieldKind::CaseNumber => line(asked, "text", 40, ""),
            // Room for spaces between groups of digits.
            FieldKind::Registered(register) => {
                line(asked, "text", register.digits() * 2, "numeric")
            }
            FieldKind::People { most } => self.people(asked, *most, answer),
            FieldKind::Date {
                past_only,
                future_only,
            } => ItemView::Date {
                asked,
                min: if *future_only {
                    self.today.to_string()
                } else {
                    EARLIEST.to_string()
                },
                max: if *past_only {
                    self.today.to_string()
                } else {
                    String::new()
                },
            },
            FieldKind::Choice { options } => {
                let few = options.len() <= FEW;
                let options = options
                    .iter()
                    .map(|option| Offered::new(option.value.as_str(), option.label.text(language)))
                    .collect();
                if few {
                    ItemView::Radios {
                        asked,
                        options,
                        governs: false,
                    }
                } else {
                    ItemView::Select { asked, options }
                }
            }
            FieldKind::Yes => ItemView::Yes {
                asked,
                checked: answer == Some(&Value::Bool(true)),
            },
            FieldKind::Official => ItemView::Select {
                asked,
                options: self.officials(),
            },
            FieldKind::Category => self.category(field, answer, None),
            FieldKind::Place { address_max } => self.place(&asked, *address_max, answer),
            FieldKind::Group { .. } => return None,
        })
    }

    fn people(&self, asked: Asked, most: u32, answer: Option<&Value>) -> ItemView {
        let given = answer.and_then(Value::as_array);
        let given = given.map(Vec::as_slice).unwrap_or_default();
        let part = |at: usize, person: &Value, part: &str, key: &str, required| Asked {
            name: format!("{}.{at}.{part}", asked.name),
            label: self.say(key),
            hint: String::new(),
            required,
            value: plain(person.get(part)),
        };
        let people: Vec<PersonView> = given
            .iter()
            .enumerate()
            .map(|(at, person)| PersonView {
                legend: self.shown.nth_person(at),
                at,
                name: part(at, person, "name", "catalog-person-name", true),
                email: Asked {
                    hint: self.say("catalog-person-contact"),
                    ..part(at, person, "email", "catalog-person-email", false)
                },
                address: part(at, person, "address", "catalog-person-address", false),
            })
            .collect();
        ItemView::People {
            asked,
            more: people.len() < most as usize,
            people,
        }
    }

    fn place(&self, asked: &Asked, address_max: u32, answer: Option<&Value>) -> ItemView {
        let part = |name: &str, label: &str, hint: &str, required| Asked {
            name: format!("{}.{name}", asked.name),
            label: self.say(label),
            hint: self.say(hint),
            required,
            value: plain(answer.and_then(|place| place.get(name))),
        };
        let point = Asked {
            hint: String::new(),
            ..part("point", "catalog-place-point", "catalog-place-point", false)
        };
        ItemView::Place(Box::new(PlaceView {
            territory: part(
                "territory",
                "catalog-place-territory",
                "catalog-place-territory-hint",
                asked.required,
            ),
            territories: self.territories(),
            address: part(
                "address",
                "catalog-place-address",
                "catalog-place-address-hint",
                false,
            ),
            address_max: address_max as usize,
            map: MapView::of(self.shown, &asked.name, &point.value),
            point,
        }))
    }

    fn territories(&self) -> Vec<Offered> {
        let all = territories::in_order(self.shown.units);
        let deepest = (0..)
            .take(16)
            .take_while(|depth| {
                all.iter().filter(|(of, _)| of <= depth).count() <= MOST_TERRITORIES
            })
            .last()
            .unwrap_or(0);
        all.into_iter()
            .filter(|(depth, _)| *depth <= deepest)
            .take(MOST_TERRITORIES)
            .map(|(depth, territory)| {
                let indent = "\u{a0}\u{a0}\u{a0}".repeat(depth);
                Offered::new(
                    territory.code.as_str(),
                    format!("{indent}{}", territory.name(self.shown.language)),
                )
            })
            .collect()
    }

    fn officials(&self) -> Vec<Offered> {
        let language = self.shown.language;
        let offered = self.shown.officials.offered();
        offered
            .map(|official| Offered::new(official.code.as_str(), official.name(language)))
            .collect()
    }

    fn sections(&self, chosen: &str, roots: Option<&[CategoryId]>) -> Vec<OptionView> {
        let categories = self.shown.categories;
        let chosen = categories.by_code(chosen).map(|category| category.id);
        let given: Vec<&Category> = match roots {
            Some(roots) => roots
                .iter()
                .filter_map(|id| categories.by_id(*id))
                .collect(),
            None => categories.roots().filter(|root| root.active).collect(),
        };
        let mut sections: Vec<OptionView> = given
            .into_iter()
            .map(|root| OptionView {
                label: self.heading(root).name.text(self.shown.language).to_owned(),
                options: self.subjects(root),
                open: chosen.is_some_and(|id| categories.is_within(id, root.id)),
            })
            .filter(|section| !section.options.is_empty())
            .collect();
        // A single section has nothing to hide.
        if let [only] = sections.as_mut_slice() {
            only.open = true;
        }
        sections
    }

    /// What stands over the subjects of a section: the section, or what is above it when it is
    /// itself the only subject, which would else stand under its own name.
    fn heading<'c>(&'c self, root: &'c Category) -> &'c Category {
        let categories = self.shown.categories;
        let is_alone = !categories.children(root.id).any(|below| below.active);
        match root.parent.and_then(|above| categories.by_id(above)) {
            Some(above) if is_alone => above,
            _ => root,
        }
    }

    /// The subjects of a section: what has nothing open below it; the section itself when that is
    /// all there is.
    fn subjects(&self, root: &Category) -> Vec<Offered> {
        let categories = self.shown.categories;
        let language = self.shown.language;
        let mut found = Vec::new();
        let mut waiting = vec![(root, String::new())];
        while let Some((category, path)) = waiting.pop() {
            let below: Vec<&Category> = categories
                .children(category.id)
                .filter(|c| c.active)
                .collect();
            if below.is_empty() {
                let label = if path.is_empty() {
                    category.name.text(language)
                } else {
                    &path
                };
                found.push(Offered::new(category.code.as_str(), label));
            }
            if found.len() + waiting.len() > MOST_TERRITORIES {
                break;
            }
            waiting.extend(below.into_iter().rev().map(|inner| {
                let name = inner.name.text(language);
                let path = if path.is_empty() {
                    name.to_owned()
                } else {
                    format!("{path} › {name}")
                };
                (inner, path)
            }));
        }
        found
    }

    fn say(&self, key: &str) -> String {
        self.shown.words.text(self.shown.language, key, &[])
    }
}

/// An answer as the value of an input; what is no text or number is not shown.
pub(super) fn plain(answer: Option<&Value>) -> String {
    match answer {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}
