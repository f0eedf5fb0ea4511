//! PostgreSQL's names for columns whose type Arrow does not have: `uuid` and `json` are texts, and money has
//! more digits than `numeric(10,2)`, so that sums fit. The name travels with the field.

use datafusion::arrow::datatypes::{DataType, Field, Schema};

/// The key of the name in a field's metadata.
const KEY: &str = "footfall.type";

/// The columns of the views that are no plain texts, by their names, which mean the same in all of them.
const UUIDS: [&str; 2] = ["id", "widget_id"];
const JSON: [&str; 3] = ["filters", "metadata", "properties"];

/// A field with the name of its type.
pub(super) fn named(field: Field, name: &str) -> Field {
    field.with_metadata([(KEY.to_owned(), name.to_owned())].into())
}

/// A view's schema with the names of its types.
pub(super) fn of_view(schema: &Schema) -> Schema {
    let fields = schema.fields().iter().map(|field| {
        let field = field.as_ref().clone();
        match &**field.name() {
            name if UUIDS.contains(&name) => named(field, "uuid"),
            name if JSON.contains(&name) => named(field, "json"),
            _ => field,
        }
    });
    Schema::new(fields.collect::<Vec<_>>())
}

/// The name of a field's type, where it has one that still fits: a cast keeps the metadata.
pub(super) fn of_field(field: &Field) -> Option<&str> {
    let name = field.metadata().get(KEY)?;
    let is_text = matches!(field.data_type(), DataType::Utf8View | DataType::Utf8);
    let is_money = field.data_type().is_decimal();
    let fits = if name.starts_with("numeric") { is_money } else { is_text };
    fits.then_some(name)
}
