//! Values that pages write in more than one way, and texts that are left where they were written.

use std::borrow::Cow;

use domain::time::Timestamp;
use serde::Deserialize;
use serde::de::{self, Deserializer, Visitor};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, SchemaType, Type};
use utoipa::{PartialSchema, ToSchema};

/// RFC 3339 or milliseconds since 1970.
pub(super) struct LenientTime(pub(super) Timestamp);

impl<'de> Deserialize<'de> for LenientTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TimeVisitor;
        impl Visitor<'_> for TimeVisitor {
            type Value = LenientTime;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("an RFC 3339 time or milliseconds since 1970")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<LenientTime, E> {
                Timestamp::parse(text).map(LenientTime).map_err(E::custom)
            }

            fn visit_f64<E: de::Error>(self, millis: f64) -> Result<LenientTime, E> {
                Timestamp::from_millis_f64(millis).map(LenientTime).map_err(E::custom)
            }

            #[expect(clippy::cast_precision_loss, reason = "milliseconds of our era fit in 2^52")]
            fn visit_i64<E: de::Error>(self, millis: i64) -> Result<LenientTime, E> {
                self.visit_f64(millis as f64)
            }

            #[expect(clippy::cast_precision_loss, reason = "milliseconds of our era fit in 2^52")]
            fn visit_u64<E: de::Error>(self, millis: u64) -> Result<LenientTime, E> {
                self.visit_f64(millis as f64)
            }
        }
        deserializer.deserialize_any(TimeVisitor)
    }
}

impl PartialSchema for LenientTime {
    fn schema() -> RefOr<Schema> {
        either(Type::String, Type::Number, "RFC 3339, or milliseconds since 1970.")
    }
}

impl ToSchema for LenientTime {}

/// A text, borrowed from the request where that wrote it without escapes.
pub(super) struct Str<'a>(pub(super) Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Str<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct StrVisitor;
        impl<'de> Visitor<'de> for StrVisitor {
            type Value = Str<'de>;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("a string")
            }

            fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Str<'de>, E> {
                Ok(Str(Cow::Borrowed(text)))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Str<'de>, E> {
                Ok(Str(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(StrVisitor)
    }
}

/// A text of its own; see [`LenientTextRef`].
pub(super) struct LenientText(pub(super) String);

impl<'de> Deserialize<'de> for LenientText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        LenientTextRef::deserialize(deserializer)
            .map(|LenientTextRef(text)| Self(text.into_owned()))
    }
}

/// A text; numbers are taken for their digits, since shops number their users. Borrowed from the request
/// where that wrote it without escapes.
pub(super) struct LenientTextRef<'a>(pub(super) Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for LenientTextRef<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;
        impl<'de> Visitor<'de> for TextVisitor {
            type Value = LenientTextRef<'de>;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("a string")
            }

            fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(LenientTextRef(Cow::Borrowed(text)))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(LenientTextRef(Cow::Owned(text.to_owned())))
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Self::Value, E> {
                Ok(LenientTextRef(Cow::Owned(number.to_string())))
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Self::Value, E> {
                Ok(LenientTextRef(Cow::Owned(number.to_string())))
            }
        }
        deserializer.deserialize_any(TextVisitor)
    }
}

impl PartialSchema for LenientText {
    fn schema() -> RefOr<Schema> {
        either(Type::String, Type::Integer, "A text; an integer is taken for its digits.")
    }
}

impl ToSchema for LenientText {}

/// The schema of a value of two types.
fn either(one: Type, other: Type, description: &str) -> RefOr<Schema> {
    let types = SchemaType::Array(vec![one, other]);
    ObjectBuilder::new().schema_type(types).description(Some(description)).into()
}
