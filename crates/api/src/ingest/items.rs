//! The items of a batch, read as far as one request may hold them.

use std::fmt;

use domain::limits::MAX_EVENTS_PER_REQUEST;
use serde::de::{Deserialize, Deserializer, IgnoredAny, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// The items of an array; of one that is too long, its count alone: `[1,1,…]` would otherwise take eight
/// times its bytes.
#[derive(Debug, Default)]
pub(super) struct RawItems<'a> {
    items: Vec<&'a RawValue>,
    count: usize,
}

impl<'a> RawItems<'a> {
    /// One item.
    pub(super) fn one(item: &'a RawValue) -> Self {
        Self { items: vec![item], count: 1 }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// All of them, if a request may hold so many; none of them otherwise.
    pub(super) fn as_slice(&self) -> &[&'a RawValue] {
        &self.items
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for RawItems<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ItemsVisitor;
        impl<'de> Visitor<'de> for ItemsVisitor {
            type Value = RawItems<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an array")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<RawItems<'de>, A::Error> {
                let mut items = Vec::new();
                while items.len() < MAX_EVENTS_PER_REQUEST {
                    let Some(item) = array.next_element()? else {
                        return Ok(RawItems { count: items.len(), items });
                    };
                    items.push(item);
                }
                let mut count = items.len();
                while array.next_element::<IgnoredAny>()?.is_some() {
                    count += 1;
                }
                if count > items.len() {
                    items = Vec::new();
                }
                Ok(RawItems { items, count })
            }
        }
        deserializer.deserialize_seq(ItemsVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_items_are_kept_as_a_request_may_hold_and_all_are_counted() {
        for (count, kept) in [(0, 0), (1, 1), (5_000, 5_000), (5_001, 0), (100_000, 0)] {
            let json = format!("[{}]", vec!["1"; count].join(","));
            let items: RawItems<'_> = serde_json::from_str(&json).expect("items");
            assert_eq!((items.count(), items.as_slice().len()), (count, kept));
        }
        let broken = format!("[{}1,", "1,".repeat(6_000));
        for json in ["{}", "1", "null", &broken] {
            assert!(serde_json::from_str::<RawItems<'_>>(json).is_err(), "{json:.20}");
        }
    }
}
