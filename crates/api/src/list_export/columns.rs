//! The columns of a list's file, from the schema of its rows in the OpenAPI document, and a row's cells.
//!
//! An object in a row becomes a column for each of its members, an amount of money one of the amount and one
//! of its currency. The items of an array share a cell; an object without named members is its JSON.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use domain::time::Timestamp;
use domain::zone::Zone;
use serde_json::value::RawValue;
use utoipa::openapi::schema::{ArrayItems, Schema};
use utoipa::openapi::{KnownFormat, SchemaFormat};
use utoipa::openapi::{OpenApi, RefOr};

/// A row of an answer, or an object in it: its members as they were written.
pub(super) type JsonObject<'a> = HashMap<Cow<'a, str>, &'a RawValue>;

/// The schema of an amount of money, and the members of it that a file shows.
const AMOUNT: &str = "Amount";
const AMOUNT_MEMBERS: [&str; 2] = ["amount", "currency"];
/// Between the items of an array.
const BETWEEN_ITEMS: &str = " | ";

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: String,
    /// The member of the row, the member of that, …
    path: Vec<String>,
    /// For an array of objects: the members of an item that are shown.
    item_members: Vec<String>,
    /// Whether its texts are instants.
    is_instant: bool,
}

/// The value of a cell.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Value {
    Null,
    /// A number, `true` or `false`.
    Plain(String),
    Text(String),
}

impl Column {
    /// The value of a row; an instant has the offset of `zone`.
    pub(super) fn value(&self, row: &JsonObject<'_>, zone: Zone) -> Value {
        let Some((first, rest)) = self.path.split_first() else { return Value::Null };
        let mut found = row.get(first.as_str()).copied();
        for member in rest {
            let object =
                found.and_then(|raw| serde_json::from_str::<JsonObject<'_>>(raw.get()).ok());
            found = object.and_then(|members| members.get(member.as_str()).copied());
        }
        match found.map_or(Value::Null, |raw| self.shown(raw.get())) {
            Value::Text(text) if self.is_instant => Value::Text(in_zone(text, zone)),
            value => value,
        }
    }

    /// Whether a row has the column's member at all.
    pub(super) fn is_in(&self, row: &JsonObject<'_>) -> bool {
        self.path.first().is_some_and(|member| row.contains_key(member.as_str()))
    }

    fn shown(&self, json: &str) -> Value {
        match json.as_bytes().first() {
            Some(b'"') => Value::Text(serde_json::from_str(json).unwrap_or_default()),
            Some(b'[') => match self.items(json) {
                none if none.is_empty() => Value::Null,
                items => Value::Text(items),
            },
            Some(b'{') => Value::Text(json.to_owned()),
            None | Some(b'n') => Value::Null,
            Some(_) => Value::Plain(json.to_owned()),
        }
    }

    fn items(&self, json: &str) -> String {
        let items: Vec<&RawValue> = serde_json::from_str(json).unwrap_or_default();
        let texts: Vec<String> = items.iter().map(|item| self.item(item.get())).collect();
        texts.join(BETWEEN_ITEMS)
    }

    fn item(&self, json: &str) -> String {
        let members: JsonObject<'_> = serde_json::from_str(json).unwrap_or_default();
        let shown = self.item_members.iter().filter_map(|name| members.get(name.as_str()));
        let texts: Vec<String> = shown.map(|raw| plain(raw.get())).collect();
        if texts.is_empty() { plain(json) } else { texts.join(" ") }
    }
}

/// The same instant with the offset of a zone; UTC stays as it is written.
fn in_zone(instant: String, zone: Zone) -> String {
    match Timestamp::parse(&instant) {
        Ok(at) if zone != Zone::UTC => zone.to_rfc3339(at),
        _ => instant,
    }
}

/// A value as text: a string as it is, anything else as JSON.
fn plain(json: &str) -> String {
    serde_json::from_str::<String>(json).unwrap_or_else(|_| json.to_owned())
}

/// The columns of the rows that `member` of the schema `answer` holds, without the member `omitted`.
pub(super) fn of_rows(
    document: &OpenApi,
    answer: &RefOr<Schema>,
    member: &str,
    omitted: Option<&str>,
) -> Vec<Column> {
    let reader = SchemaReader { document };
    let members = reader.members(answer);
    let rows = members.iter().find(|(name, _)| *name == member).map(|(_, schema)| *schema);
    let Some(row) = rows.and_then(|rows| reader.item(rows)) else { return Vec::new() };
    let mut columns = Vec::new();
    let shown = reader.members(row).into_iter().filter(|(name, _)| Some(*name) != omitted);
    for (name, schema) in shown {
        reader.push(name, schema, &Prefix::default(), &mut columns);
    }
    let mut seen = HashSet::new();
    columns.retain(|column| seen.insert(column.name.clone()));
    columns
}

/// Whether an object of this schema has a member of this name.
#[cfg(test)]
pub(super) fn has_member(document: &OpenApi, schema: &RefOr<Schema>, name: &str) -> bool {
    SchemaReader { document }.members(schema).iter().any(|(member, _)| *member == name)
}

struct SchemaReader<'a> {
    document: &'a OpenApi,
}

/// Where in a row a schema stands.
#[derive(Debug, Clone, Default)]
struct Prefix {
    name: String,
    path: Vec<String>,
}

impl<'a> SchemaReader<'a> {
    fn push(&self, member: &str, schema: &'a RefOr<Schema>, at: &Prefix, into: &mut Vec<Column>) {
        let name =
            if at.name.is_empty() { member.to_owned() } else { format!("{}_{member}", at.name) };
        let path = [at.path.clone(), vec![member.to_owned()]].concat();
        if reference(schema) == Some(AMOUNT) {
            for part in AMOUNT_MEMBERS {
                let name =
                    if part == AMOUNT_MEMBERS[0] { name.clone() } else { format!("{name}_{part}") };
                let path = [path.clone(), vec![part.to_owned()]].concat();
                into.push(Column { name, path, item_members: Vec::new(), is_instant: false });
            }
            return;
        }
        let members = self.members(schema);
        if members.is_empty() {
            let item_members =
                self.item(schema).map(|item| self.item_members(item)).unwrap_or_default();
            let is_instant = self.is_instant(schema);
            into.push(Column { name, path, item_members, is_instant });
            return;
        }
        let at = Prefix { name, path };
        for (member, schema) in members {
            self.push(member, schema, &at, into);
        }
    }

    fn item_members(&self, item: &'a RefOr<Schema>) -> Vec<String> {
        if reference(item) == Some(AMOUNT) {
            return AMOUNT_MEMBERS.map(str::to_owned).to_vec();
        }
        self.members(item).into_iter().map(|(name, _)| name.to_owned()).collect()
    }

    /// The members of an object, its own first, then the flattened ones.
    fn members(&self, schema: &'a RefOr<Schema>) -> Vec<(&'a str, &'a RefOr<Schema>)> {
        match self.resolved(schema) {
            Some(Schema::Object(object)) => {
                object.properties.iter().map(|(name, schema)| (name.as_str(), schema)).collect()
            }
            Some(Schema::AllOf(all)) => {
                let is_own = |part: &&RefOr<Schema>| matches!(part, RefOr::T(_));
                let own = all.items.iter().filter(is_own);
                let flattened = all.items.iter().filter(|part| !is_own(part));
                own.chain(flattened).flat_map(|part| self.members(part)).collect()
            }
            _ => Vec::new(),
        }
    }

    fn is_instant(&self, schema: &'a RefOr<Schema>) -> bool {
        let instant = SchemaFormat::KnownFormat(KnownFormat::DateTime);
        matches!(self.resolved(schema), Some(Schema::Object(object)) if object.format.as_ref() == Some(&instant))
    }

    /// The schema of an array's items.
    fn item(&self, schema: &'a RefOr<Schema>) -> Option<&'a RefOr<Schema>> {
        match self.resolved(schema)? {
            Schema::Array(array) => match &array.items {
                ArrayItems::RefOrSchema(item) => Some(item),
                ArrayItems::False => None,
            },
            _ => None,
        }
    }

    /// Resolves a reference, or a union with null, to the schema of the value.
    fn resolved(&self, schema: &'a RefOr<Schema>) -> Option<&'a Schema> {
        match schema {
            RefOr::T(Schema::OneOf(one)) => {
                let named = one.items.iter().find(|item| matches!(item, RefOr::Ref(_)))?;
                self.resolved(named)
            }
            RefOr::T(schema) => Some(schema),
            RefOr::Ref(_) => {
                let schemas = &self.document.components.as_ref()?.schemas;
                self.resolved(schemas.get(reference(schema)?)?)
            }
        }
    }
}

/// The name of the schema that is referred to.
fn reference(schema: &RefOr<Schema>) -> Option<&str> {
    match schema {
        RefOr::Ref(to) => to.ref_location.rsplit('/').next(),
        RefOr::T(Schema::OneOf(one)) => one.items.iter().find_map(reference),
        RefOr::T(_) => None,
    }
}
