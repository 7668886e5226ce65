//! The form of a service as questions, one after the other: what is asked next, how an answer is read
//! out of what was said, and whether the form takes it. The form's own validator has the word.

use catalog::form::{Field, FieldKind, Form};
use catalog::{Answers, Definition, Question};
use people::Territory;
use serde_json::Value;

use super::hearing::{self, Short};
use super::talk::{Choice, Line, Reply, Said, Step, Talk, World};

/// Subjects that are offered at once by what was written.
const MOST_SUBJECTS: usize = 5;
/// Buttons of a list that is looked through.
const MOST_LISTED: usize = 20;
/// The field that says a matter in a few words; here it is made of the matter itself.
const BRIEF: &str = "subject";
/// The group of who asks.
const APPLICANT: &str = "applicant";
/// What the form says of words that are too few.
const TOO_SHORT: &str = "catalog-error-too-short";
/// The longest code of a button, in bytes.
const MOST_CODE: usize = 60;

/// What is asked next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ask {
    /// A field, by its path.
    Field(String),
    /// The subject, by the name of its field.
    Subject(String),
    /// The place, by the name of its field.
    Place(String),
    /// Something that has to be asked on a page.
    Elsewhere,
}

/// The field that takes the matter in people's own words.
pub(super) fn main(form: &Form) -> Option<&Field> {
    let long = |field: &&Field| matches!(field.kind, FieldKind::Text { lines: true, .. });
    let named = form
        .fields()
        .filter(long)
        .find(|field| field.name == "description");
    named.or_else(|| form.fields().filter(long).find(|field| field.required))
}

fn text_at<'a>(answers: &'a Answers, path: &str) -> Option<&'a Value> {
    match path.split_once('.') {
        None => answers.get(path),
        Some((group, part)) => answers.get(group)?.get(part),
    }
}

fn put(answers: &mut Answers, path: &str, value: Value) {
    match path.split_once('.') {
        None => {
            answers.insert(path.to_owned(), value);
        }
        Some((group, part)) => {
            let group = answers
                .entry(group.to_owned())
                .or_insert_with(|| Value::Object(Answers::new()));
            if let Some(parts) = group.as_object_mut() {
                parts.insert(part.to_owned(), value);
            }
        }
    }
}

/// What the profile knows, as far as a form asks for it: nobody is asked for it again.
pub(super) fn known(form: &Form, known: &Answers) -> Answers {
    let mut answers = Answers::new();
    for (part, value) in known {
        let path = format!("{APPLICANT}.{part}");
        if form.field_at(&path).is_some() {
            put(&mut answers, &path, value.clone());
        }
    }
    answers
}

/// Takes an answer away, so that it is asked anew.
pub(super) fn forget(talk: &mut Talk, path: &str) {
    talk.passed.retain(|passed| passed != path);
    talk.begun = String::new();
    match path.split_once('.') {
        Some((group, part)) => {
            if let Some(parts) = talk.answers.get_mut(group).and_then(Value::as_object_mut) {
                parts.remove(part);
            }
        }
        None => {
            talk.answers.remove(path);
        }
    }
}

/// The next question; none when everything was asked.
pub(super) fn next(talk: &Talk, definition: &Definition, world: &World<'_>) -> Option<Ask> {
    let form = &definition.form;
    let categories = world.contents.categories();
    let first = main(form).map(|field| field.name.clone());
    let of_first = form
        .fields()
        .filter(|field| Some(&field.name) == first.as_ref());
    let subject = form
        .fields()
        .filter(|field| matches!(field.kind, FieldKind::Category));
    let rest = form.fields().filter(|field| {
        Some(&field.name) != first.as_ref() && !matches!(field.kind, FieldKind::Category)
    });
    of_first
        .chain(subject)
        .chain(rest)
        .filter(|field| form.asks(field, &talk.answers, categories))
        .find_map(|field| ask(talk, field, world))
}

/// What is still to be asked of a field of the first level.
fn ask(talk: &Talk, field: &Field, world: &World<'_>) -> Option<Ask> {
    let open = |path: &str| {
        text_at(&talk.answers, path).is_none() && !talk.passed.iter().any(|passed| passed == path)
    };
    match &field.kind {
        FieldKind::Place { .. } => open(&field.name).then(|| Ask::Place(field.name.clone())),
        FieldKind::Group { fields } => {
            let aloud = world.aloud && field.name == APPLICANT;
            if !field.required && !aloud {
                return None;
            }
            let asked =
                |inner: &&Field| inner.required || aloud && matches!(inner.kind, FieldKind::Phone);
            let mut paths = fields
                .iter()
                .filter(asked)
                .map(|inner| format!("{}.{}", field.name, inner.name));
            paths.find(|path| open(path)).map(Ask::Field)
        }
        _ if !field.required => None,
        FieldKind::Category => open(&field.name).then(|| Ask::Subject(field.name.clone())),
        FieldKind::Official | FieldKind::People { .. } => Some(Ask::Elsewhere),
        _ => open(&field.name).then(|| Ask::Field(field.name.clone())),
    }
}

/// Where an answer is asked; none for what has no question here.
pub(super) fn step_of(form: &Form, path: &str) -> Option<Step> {
    let name = path.split('.').next()?;
    let field = form.field(name)?;
    match &field.kind {
        FieldKind::Category => Some(Step::Subject(name.to_owned())),
        FieldKind::Place { .. } => Some(Step::Place(name.to_owned())),
        FieldKind::Official | FieldKind::People { .. } => None,
        FieldKind::Group { fields } => {
            let part = path.split_once('.').map(|(_, part)| part);
            let inner = part.and_then(|part| fields.iter().find(|field| field.name == part));
            let inner = inner.or_else(|| fields.iter().find(|field| field.required))?;
            Some(Step::Field(format!("{name}.{}", inner.name)))
        }
        _ => Some(Step::Field(name.to_owned())),
    }
}

/// What was answered, as buttons that ask for it anew.
pub(super) fn answered(form: &Form, answers: &Answers) -> Vec<Choice> {
    let mut found = Vec::new();
    for field in form
        .fields()
        .filter(|field| answers.contains_key(&field.name))
    {
        let FieldKind::Group { fields } = &field.kind else {
            let label = Line::Phrase(field.label.clone());
            found.push(Choice::new(format!("e:{}", field.name), label));
            continue;
        };
        for inner in fields {
            let path = format!("{}.{}", field.name, inner.name);
            if text_at(answers, &path).is_some() {
                let label = Line::Phrase(inner.label.clone());
                found.push(Choice::new(format!("e:{path}"), label));
            }
        }
    }
    found.retain(|choice| choice.code.len() <= MOST_CODE);
    found.truncate(MOST_LISTED);
    found
}

/// The question of a step.
pub(super) fn question(
    talk: &Talk,
    step: &Step,
    definition: &Definition,
    world: &World<'_>,
) -> Reply {
    let form = &definition.form;
    let mut reply = Reply::default();
    match step {
        Step::Subject(name) => subjects(talk, name, definition, world, &mut reply),
        Step::Place(name) => {
            reply.lines.push(Line::word(if world.points || world.aloud {
                "dialogue-ask-place"
            } else {
                "dialogue-ask-address"
            }));
            reply.wants_point = true;
            if form.field(name).is_some_and(|field| !field.required) {
                reply.choices.push(Choice::word("skip", "dialogue-skip"));
            }
        }
        Step::Territory(_) => {
            reply.lines.push(Line::word("dialogue-ask-territory"));
            let listed = world.units.territories_in_order();
            for (_, territory) in listed.into_iter().take(MOST_LISTED) {
                let label = Line::Phrase(named(territory));
                let code = format!("p:{}", territory.code);
                if code.len() <= MOST_CODE {
                    reply.choices.push(Choice::new(code, label));
                }
            }
        }
        Step::Field(path) => field_question(path, form, &mut reply),
        _ => reply.lines.push(Line::word("dialogue-menu")),
    }
    reply
        .choices
        .push(Choice::word("cancel", "dialogue-cancel"));
    reply
}

fn field_question(path: &str, form: &Form, reply: &mut Reply) {
    let Some(field) = form.field_at(path) else {
        reply.lines.push(Line::word("dialogue-menu"));
        return;
    };
    if main(form).is_some_and(|main| main.name == path) {
        reply.lines.push(Line::word("dialogue-ask-story"));
    } else if path == "applicant.last_name" {
        reply.lines.push(Line::word("dialogue-ask-name"));
        return;
    } else {
        let label = Line::Phrase(field.label.clone());
        reply.lines.push(label);
    }
    if let Some(hint) = &field.hint {
        reply.lines.push(Line::Hint(hint.clone()));
    }
    match &field.kind {
        FieldKind::Choice { options } => {
            for option in options.iter().take(MOST_LISTED) {
                let code = format!("v:{}", option.value);
                if code.len() <= MOST_CODE {
                    let label = Line::Phrase(option.label.clone());
                    reply.choices.push(Choice::new(code, label));
                }
            }
        }
        FieldKind::Yes => reply.choices.push(Choice::word("yes", "dialogue-yes")),
        _ => {}
    }
}

fn named(territory: &Territory) -> catalog::Phrase {
    catalog::Phrase::new(&territory.name_ru, &territory.name_en)
}

/// The subjects that the words of the matter may mean, or the sections of the catalogue.
fn subjects(
    talk: &Talk,
    name: &str,
    definition: &Definition,
    world: &World<'_>,
    reply: &mut Reply,
) {
    let tree = world.contents.categories();
    let section = talk
        .passed
        .iter()
        .rev()
        .find_map(|passed| passed.strip_prefix("section:"));
    let words = talk
        .passed
        .iter()
        .rev()
        .find_map(|passed| passed.strip_prefix("words:"));
    let button = |category: &catalog::Category, leaf: bool| {
        let code = format!("{}:{}", if leaf { "c" } else { "s" }, category.code);
        let label = Line::Phrase(category.name.clone());
        (code.len() <= MOST_CODE).then(|| Choice::new(code, label))
    };
    let takes = |category: &&catalog::Category| world.contents.takes(definition, &category.code);
    let is_leaf = |category: &catalog::Category| tree.leaf(&category.code).is_some();
    if section.is_none() {
        let story = main(&definition.form).and_then(|main| talk.answers.get(&main.name));
        let story = words
            .or_else(|| story.and_then(Value::as_str))
            .unwrap_or_default();
        let found: Vec<Choice> = Question::new(story)
            .subjects(tree)
            .into_iter()
            .filter(takes)
            .filter_map(|category| button(category, true))
            .take(MOST_SUBJECTS)
            .collect();
        if !found.is_empty() {
            reply.lines.push(Line::word("dialogue-ask-subject"));
            reply.choices.extend(found);
            reply
                .choices
                .push(Choice::word("other", "dialogue-other-subject"));
            return;
        }
    }
    let inside = section.and_then(|code| tree.by_code(code));
    let listed: Vec<&catalog::Category> = match inside {
        Some(section) => tree.children(section.id).collect(),
        None => tree.roots().collect(),
    };
    reply.lines.push(Line::word(match inside {
        Some(_) => "dialogue-ask-subject",
        None => "dialogue-ask-section",
    }));
    let has_leaves = |category: &&catalog::Category| {
        let within = tree.within(category.id);
        let mut leaves = within.iter().filter_map(|id| tree.by_id(*id));
        leaves.any(|leaf| is_leaf(leaf) && world.contents.takes(definition, &leaf.code))
    };
    let offered = listed
        .into_iter()
        .filter(|category| category.active && has_leaves(category));
    let buttons = offered.filter_map(|category| button(category, is_leaf(category)));
    reply.choices.extend(buttons.take(MOST_LISTED));
    if inside.is_some() {
        reply
            .choices
            .push(Choice::word("other", "dialogue-other-subject"));
    }
    debug_assert!(!name.is_empty(), "a subject has a field");
}

/// Reads an answer out of what was said. What is wrong with it comes back as lines.
pub(super) fn answer(
    talk: &mut Talk,
    step: &Step,
    said: &Said,
    definition: &Definition,
    world: &World<'_>,
) -> Result<(), Vec<Line>> {
    match step {
        Step::Subject(name) => subject_answer(talk, name, said, definition, world),
        Step::Place(name) => place_answer(talk, name, said, definition, world),
        Step::Territory(name) => territory_answer(talk, name, said, definition, world),
        Step::Field(path) => field_answer(talk, path, said, definition, world),
        _ => Err(Vec::new()),
    }
}

/// Keeps an answer that the form takes.
fn take(
    talk: &mut Talk,
    path: &str,
    value: Value,
    definition: &Definition,
    world: &World<'_>,
) -> Result<(), Vec<Line>> {
    let mut answers = talk.answers.clone();
    put(&mut answers, path, value);
    let below = format!("{path}.");
    if let Err(errors) = definition.form.check_part(&answers, &world.context()) {
        let own = errors
            .into_iter()
            .filter(|error| error.field == path || error.field.starts_with(&below));
        let wrong: Vec<Line> = own.map(Line::Wrong).collect();
        if !wrong.is_empty() {
            return Err(wrong);
        }
    }
    talk.answers = answers;
    Ok(())
}

fn field_answer(
    talk: &mut Talk,
    path: &str,
    said: &Said,
    definition: &Definition,
    world: &World<'_>,
) -> Result<(), Vec<Line>> {
    let form = &definition.form;
    let Some(field) = form.field_at(path) else {
        return Ok(());
    };
    let value = match (said, &field.kind) {
        (Said::Pressed(code), FieldKind::Choice { .. }) => {
            Value::from(code.strip_prefix("v:").ok_or_else(Vec::new)?)
        }
        (Said::Pressed(code), FieldKind::Yes) if code == "yes" => Value::Bool(true),
        (Said::Words(words), kind) => read(words, kind, world).ok_or_else(Vec::new)?,
        _ => return Err(Vec::new()),
    };
    if path == "applicant.last_name" {
        return name_answer(talk, &value, definition, world);
    }
    let is_main = main(form).is_some_and(|main| main.name == path);
    let value = match value.as_str() {
        Some(words) if is_main => joined(&talk.begun, words).into(),
        _ => value,
    };
    if let Err(wrong) = take(talk, path, value.clone(), definition, world) {
        // People tell in pieces: what was too short goes on with what comes next.
        let is_short = |line: &Line| matches!(line, Line::Wrong(error) if error.key == TOO_SHORT);
        if is_main && wrong.iter().any(is_short) {
            value
                .as_str()
                .unwrap_or_default()
                .clone_into(&mut talk.begun);
        }
        return Err(wrong);
    }
    if is_main {
        talk.begun = String::new();
        // New words may mean another subject.
        talk.passed
            .retain(|passed| !passed.starts_with("section:") && !passed.starts_with("words:"));
        brief(talk, path, form);
    }
    Ok(())
}

/// What was begun, with what came next.
fn joined(begun: &str, next: &str) -> String {
    match begun {
        "" => next.to_owned(),
        begun if begun.ends_with(['.', '!', '?', ',', ':', '\u{2026}']) => {
            format!("{begun} {next}")
        }
        begun => format!("{begun}. {next}"),
    }
}

/// The matter in brief, where the form asks for it: how the matter begins.
fn brief(talk: &mut Talk, main: &str, form: &Form) {
    let Some(FieldKind::Text { max, .. }) = form.field(BRIEF).map(|field| &field.kind) else {
        return;
    };
    let story = talk
        .answers
        .get(main)
        .and_then(Value::as_str)
        .unwrap_or_default();
    let line = base::text::clean_line(story);
    let end = line.char_indices().find(|(at, c)| {
        ".!?".contains(*c) && line[at + c.len_utf8()..].starts_with([' ']) && *at > 10
    });
    let sentence = end.map_or(line.as_str(), |(at, _)| &line[..at]);
    let most = *max as usize;
    let mut short: String = sentence.chars().take(most).collect();
    if sentence.chars().count() > most {
        short = short.chars().take(most.saturating_sub(1)).collect();
        if let Some((whole, _)) = short.rsplit_once(' ') {
            let end = whole.len();
            short.truncate(end);
        }
        short.push('\u{2026}');
    }
    put(&mut talk.answers, BRIEF, short.into());
}

/// Last name, first name and patronymic are said in one breath.
fn name_answer(
    talk: &mut Talk,
    value: &Value,
    definition: &Definition,
    world: &World<'_>,
) -> Result<(), Vec<Line>> {
    let said = base::text::clean_line(value.as_str().unwrap_or_default());
    let mut names = said.splitn(3, ' ').filter(|name| !name.is_empty());
    let parts = ["last_name", "first_name", "middle_name"];
    for part in parts {
        let path = format!("{APPLICANT}.{part}");
        let Some(name) = names.next() else {
            break;
        };
        if definition.form.field_at(&path).is_none() {
            continue;
        }
        let mut letters = name.chars();
        // What is heard comes in small letters.
        let written: String = match letters.next() {
            Some(first) if world.aloud => first.to_uppercase().chain(letters).collect(),
            _ => name.to_owned(),
        };
        take(talk, &path, written.into(), definition, world)?;
    }
    Ok(())
}

/// The value that words mean for a kind of field; none when they cannot be one.
fn read(words: &str, kind: &FieldKind, world: &World<'_>) -> Option<Value> {
    Some(match kind {
        FieldKind::Choice { options } => {
            let said = hearing::plain(words);
            let meant = |phrase: &catalog::Phrase| {
                [&phrase.ru, &phrase.en]
                    .into_iter()
                    .any(|label| hearing::plain(label) == said)
            };
            let option = options.iter().find(|option| meant(&option.label));
            option?.value.clone().into()
        }
        FieldKind::Yes if hearing::is(words, Short::Yes) => Value::Bool(true),
        FieldKind::Yes => return None,
        FieldKind::Number { .. } => {
            let digits = hearing::digits(words).concat();
            match digits.parse::<i64>() {
                Ok(number) => number.into(),
                Err(_) => words.into(),
            }
        }
        FieldKind::Phone => hearing::phone(words).into(),
        FieldKind::Date { .. } => date(words, world).into(),
        _ => words.into(),
    })
}

/// A day as forms hold it, where the words name one.
fn date(words: &str, world: &World<'_>) -> String {
    if hearing::is(words, Short::Today) {
        return world.today.to_string();
    }
    if hearing::is(words, Short::Yesterday) {
        return world.today.yesterday().unwrap_or(world.today).to_string();
    }
    let parts: Vec<&str> = words.trim().split(['.', '/']).collect();
    match parts.as_slice() {
        [day, month, year] => format!("{year:0>4}-{month:0>2}-{day:0>2}"),
        _ => words.trim().to_owned(),
    }
}

fn subject_answer(
    talk: &mut Talk,
    name: &str,
    said: &Said,
    definition: &Definition,
    world: &World<'_>,
) -> Result<(), Vec<Line>> {
    let looks_elsewhere = |talk: &mut Talk, mark: Option<String>| {
        talk.passed
            .retain(|passed| !passed.starts_with("section:") && !passed.starts_with("words:"));
        talk.passed.extend(mark);
        Err(Vec::new())
    };
    match said {
        Said::Pressed(code) if code == "other" => {
            looks_elsewhere(talk, Some("section:".to_owned()))
        }
        Said::Pressed(code) => {
            if let Some(section) = code.strip_prefix("s:") {
                return looks_elsewhere(talk, Some(format!("section:{section}")));
            }
            let code = code.strip_prefix("c:").ok_or_else(Vec::new)?;
            if !world.contents.takes(definition, code) {
                return Err(Vec::new());
            }
            take(talk, name, code.into(), definition, world)
        }
        Said::Words(words) if hearing::is(words, Short::Other) => {
            looks_elsewhere(talk, Some("section:".to_owned()))
        }
        Said::Words(words) => {
            let words: String = words.chars().take(200).collect();
            let tree = world.contents.categories();
            let nothing = Question::new(&words).subjects(tree).is_empty();
            let _again = looks_elsewhere(talk, Some(format!("words:{words}")));
            Err(nothing
                .then(|| Line::word("dialogue-no-subject"))
                .into_iter()
                .collect())
        }
        _ => Err(Vec::new()),
    }
}

fn place_answer(
    talk: &mut Talk,
    name: &str,
    said: &Said,
    definition: &Definition,
    world: &World<'_>,
) -> Result<(), Vec<Line>> {
    let required = definition
        .form
        .field(name)
        .is_some_and(|field| field.required);
    let mut place = Answers::new();
    let territory = match said {
        Said::Pressed(code) if code == "skip" && !required => {
            talk.passed.push(name.to_owned());
            return Ok(());
        }
        Said::Words(words) if hearing::is(words, Short::Skip) && !required => {
            talk.passed.push(name.to_owned());
            return Ok(());
        }
        Said::Words(words) => {
            place.insert("address".to_owned(), base::text::clean_line(words).into());
            meant(words, world)
        }
        Said::Point { north, east } => {
            if !(north.abs() <= 85.0 && east.abs() <= 180.0) {
                return Err(Vec::new());
            }
            let point = catalog::map::written((*east, *north));
            place.insert("point".to_owned(), point.into());
            let found = world.contents.map().at((*east, *north), world.units);
            found.and_then(|id| world.units.territory(id))
        }
        _ => return Err(Vec::new()),
    };
    if let Some(territory) = territory {
        place.insert("territory".to_owned(), territory.code.clone().into());
    }
    let lacks = territory.is_none() && required;
    take(talk, name, Value::Object(place), definition, world)?;
    if lacks {
        talk.step = Step::Territory(name.to_owned());
        return Err(Vec::new());
    }
    Ok(())
}

/// The territory whose name stands in words, the innermost of several.
fn meant<'w>(words: &str, world: &World<'w>) -> Option<&'w Territory> {
    let said = hearing::plain(words);
    let said: Vec<&str> = said.split(' ').collect();
    let found = world
        .units
        .territories_in_order()
        .into_iter()
        .filter(|(_, territory)| {
            [&territory.name_ru, &territory.name_en]
                .into_iter()
                .any(|name| {
                    let name = hearing::plain(name);
                    // A name bends: its first letters stay.
                    name.split(' ').any(|word| {
                        let stem: String = word
                            .chars()
                            .take(word.chars().count().saturating_sub(2))
                            .collect();
                        let is_name = word.chars().count() >= 6 && !hearing::is_kind_of_place(word);
                        let is_said = |said: &&str| {
                            said.starts_with(&stem) && !hearing::is_feminine_of(said, word)
                        };
                        is_name && said.iter().any(is_said)
                    })
                })
        });
    found
        .max_by_key(|(depth, _)| *depth)
        .map(|(_, territory)| territory)
}

fn territory_answer(
    talk: &mut Talk,
    name: &str,
    said: &Said,
    definition: &Definition,
    world: &World<'_>,
) -> Result<(), Vec<Line>> {
    let code = match said {
        Said::Pressed(code) => code.strip_prefix("p:").map(str::to_owned),
        Said::Words(words) => meant(words, world).map(|territory| territory.code.clone()),
        _ => None,
    };
    let mut place = talk
        .answers
        .get(name)
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default();
    place.insert("territory".to_owned(), code.ok_or_else(Vec::new)?.into());
    take(talk, name, Value::Object(place), definition, world)
}
