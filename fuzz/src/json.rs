//! JSON with everything that JSON allows and a little more: trees from valid documents, changed in
//! types, depth, size and keys, and written with what no well-meaning writer writes.

mod change;
mod scalar;

use serde_json::Value;

use crate::random::Random;

pub use change::change;

/// A tree that can be written: also what no value can be, such as a key twice or half a surrogate.
#[derive(Debug, Clone)]
pub enum Node {
    /// A token, or anything in the place of one.
    Raw(Vec<u8>),
    /// `[…]`
    Array(Vec<Node>),
    /// `{…}`, with the keys as they are written, quotes included.
    Object(Vec<(Vec<u8>, Node)>),
}

impl From<&Value> for Node {
    fn from(value: &Value) -> Self {
        match value {
            Value::Array(items) => Self::Array(items.iter().map(Self::from).collect()),
            Value::Object(members) => {
                let member = |(key, value): (&String, &Value)| (quoted(key), Self::from(value));
                Self::Object(members.iter().map(member).collect())
            }
            scalar => Self::Raw(scalar.to_string().into_bytes()),
        }
    }
}

fn quoted(text: &str) -> Vec<u8> {
    Value::from(text).to_string().into_bytes()
}

impl Node {
    /// The tree as text.
    pub fn write(&self) -> Vec<u8> {
        let mut text = Vec::new();
        self.write_to(&mut text);
        text
    }

    fn write_to(&self, text: &mut Vec<u8>) {
        match self {
            Self::Raw(token) => text.extend_from_slice(token),
            Self::Array(items) => {
                text.push(b'[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        text.push(b',');
                    }
                    item.write_to(text);
                }
                text.push(b']');
            }
            Self::Object(members) => {
                text.push(b'{');
                for (index, (key, value)) in members.iter().enumerate() {
                    if index > 0 {
                        text.push(b',');
                    }
                    text.extend_from_slice(key);
                    text.push(b':');
                    value.write_to(text);
                }
                text.push(b'}');
            }
        }
    }
}

/// A document like `seed`, with up to a handful of changes; often none.
pub fn like(random: &mut Random, seed: &Value) -> Vec<u8> {
    let mut node = Node::from(seed);
    for _ in 0..random.small(6) {
        change(random, &mut node);
    }
    node.write()
}
