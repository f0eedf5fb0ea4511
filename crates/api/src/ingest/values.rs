//! Values that pages write in more than one way.

use domain::time::Timestamp;
use serde::Deserialize;
use serde::de::{self, Deserializer, Visitor};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, SchemaType, Type};
use utoipa::{PartialSchema, ToSchema};

/// RFC 3339 or milliseconds since 1970.
pub(super) struct Time(pub(super) Timestamp);

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TimeVisitor;
        impl Visitor<'_> for TimeVisitor {
            type Value = Time;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("an RFC 3339 time or milliseconds since 1970")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Time, E> {
                Timestamp::parse(text).map(Time).map_err(E::custom)
            }

            fn visit_f64<E: de::Error>(self, millis: f64) -> Result<Time, E> {
                Timestamp::from_millis_f64(millis).map(Time).map_err(E::custom)
            }

            #[expect(clippy::cast_precision_loss, reason = "milliseconds of our era fit in 2^52")]
            fn visit_i64<E: de::Error>(self, millis: i64) -> Result<Time, E> {
                self.visit_f64(millis as f64)
            }

            #[expect(clippy::cast_precision_loss, reason = "milliseconds of our era fit in 2^52")]
            fn visit_u64<E: de::Error>(self, millis: u64) -> Result<Time, E> {
                self.visit_f64(millis as f64)
            }
        }
        deserializer.deserialize_any(TimeVisitor)
    }
}

impl PartialSchema for Time {
    fn schema() -> RefOr<Schema> {
        either(Type::String, Type::Number, "RFC 3339, or milliseconds since 1970.")
    }
}

impl ToSchema for Time {}

/// A text; numbers are taken for their digits, since shops number their users.
pub(super) struct Text(pub(super) String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;
        impl Visitor<'_> for TextVisitor {
            type Value = Text;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("a string")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Text, E> {
                Ok(Text(text.to_owned()))
            }

            fn visit_string<E: de::Error>(self, text: String) -> Result<Text, E> {
                Ok(Text(text))
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Text, E> {
                Ok(Text(number.to_string()))
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Text, E> {
                Ok(Text(number.to_string()))
            }
        }
        deserializer.deserialize_any(TextVisitor)
    }
}

impl PartialSchema for Text {
    fn schema() -> RefOr<Schema> {
        either(Type::String, Type::Integer, "A text; an integer is taken for its digits.")
    }
}

impl ToSchema for Text {}

/// The schema of a value of two types.
fn either(one: Type, other: Type, description: &str) -> RefOr<Schema> {
    let types = SchemaType::Array(vec![one, other]);
    ObjectBuilder::new().schema_type(types).description(Some(description)).into()
}
