//! Whether JSON holds anything to mask, found out without building its values.

use std::borrow::Cow;
use std::fmt;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::{is_id, is_number_of_card, is_plain_id_text, personal};
use crate::privacy::QueryParameters;
use crate::privacy::mask;

/// Whether masking would change nothing; none where `text` is not the JSON of an object.
pub(super) fn is_clean(text: &str, parameters: &QueryParameters, skipped: &[&str]) -> Option<bool> {
    if !text.trim_ascii_start().starts_with('{') {
        return None;
    }
    let mut scan = Scan { parameters, skipped, is_clean: true };
    let mut reader = serde_json::Deserializer::from_str(text);
    scan.value(Rule::Text).deserialize(&mut reader).ok()?;
    reader.end().ok()?;
    Some(scan.is_clean)
}

struct Scan<'s> {
    parameters: &'s QueryParameters,
    /// Members of the outermost object that stay.
    skipped: &'s [&'s str],
    is_clean: bool,
}

/// The check for a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    /// It holds no personal data.
    Text,
    /// The same, of a member in whose place this word stands whatever it looks like.
    Personal(&'static str),
    /// The same, of an id: only an address is none.
    Id,
}

struct Value<'v, 's> {
    scan: &'v mut Scan<'s>,
    rule: Rule,
}

impl<'s> Scan<'s> {
    fn value<'v>(&'v mut self, rule: Rule) -> Value<'v, 's> {
        Value { scan: self, rule }
    }

    fn text(&mut self, text: &str) {
        self.is_clean &= matches!(mask::text(text, self.parameters), Cow::Borrowed(_));
    }
}

impl<'de> DeserializeSeed<'de> for Value<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        self.scan.is_clean &= !matches!(self.rule, Rule::Personal(_));
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        self.scan.is_clean &= !matches!(self.rule, Rule::Personal(_));
        Ok(())
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        self.scan.is_clean &= match self.rule {
            Rule::Text => !is_number_of_card(number),
            Rule::Personal(_) => false,
            Rule::Id => true,
        };
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        match self.rule {
            Rule::Personal(word) => self.scan.is_clean &= text.is_empty() || text == word,
            Rule::Id if is_plain_id_text(text) => {}
            Rule::Text | Rule::Id => self.scan.text(text),
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<(), A::Error> {
        if self.rule == Rule::Id {
            while values.next_element::<IgnoredAny>()?.is_some() {}
        } else {
            while values.next_element_seed(self.scan.value(Rule::Text))?.is_some() {}
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        if self.rule == Rule::Id {
            while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            return Ok(());
        }
        let scan = self.scan;
        let skipped = std::mem::take(&mut scan.skipped);
        while let Some(MemberName(name)) = members.next_key()? {
            // Names are data where a page counts by them.
            scan.text(&name);
            if skipped.contains(&&*name) {
                members.next_value::<IgnoredAny>()?;
                continue;
            }
            let rule = if is_id(&name) {
                Rule::Id
            } else {
                personal(&name).map_or(Rule::Text, Rule::Personal)
            };
            members.next_value_seed(scan.value(rule))?;
        }
        Ok(())
    }
}

/// The name of a member, borrowed where it holds no escapes.
struct MemberName<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for MemberName<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameVisitor;
        impl<'de> Visitor<'de> for NameVisitor {
            type Value = MemberName<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a name")
            }

            fn visit_borrowed_str<E>(self, name: &'de str) -> Result<MemberName<'de>, E> {
                Ok(MemberName(Cow::Borrowed(name)))
            }

            fn visit_str<E>(self, name: &str) -> Result<MemberName<'de>, E> {
                Ok(MemberName(Cow::Owned(name.to_owned())))
            }
        }
        deserializer.deserialize_str(NameVisitor)
    }
}
