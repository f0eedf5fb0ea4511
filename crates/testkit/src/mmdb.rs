//! Writes databases in the `MaxMind` DB format, version 2.0 (<https://maxmind.github.io/MaxMind-DB/>): a
//! search tree over the bits of addresses, and the values its leaves point to.

use std::collections::HashMap;
use std::net::IpAddr;

/// Bytes of a node: two records of 24 bits.
const RECORD_BITS: u16 = 24;
/// Zero bytes between the tree and the values.
const SEPARATOR: [u8; 16] = [0; 16];
const METADATA_MARKER: &[u8] = b"\xab\xcd\xefMaxMind.com";

/// A value of a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// UTF-8.
    Text(String),
    /// 16 bits.
    U16(u16),
    /// 32 bits.
    U32(u32),
    /// 64 bits.
    U64(u64),
    /// Values in order.
    List(Vec<Value>),
    /// Values by name, written in this order.
    Map(Vec<(&'static str, Value)>),
}

impl Value {
    /// A text.
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// A child of a node.
#[derive(Debug, Clone, Copy)]
enum Child {
    Nothing,
    Node(usize),
    /// Where the value begins among the values.
    Leaf(usize),
}

/// A database of networks; none of them may contain another.
#[derive(Debug)]
pub struct Database {
    nodes: Vec<[Child; 2]>,
    values: Vec<u8>,
    /// Where each value begins: equal ones are written once.
    known: HashMap<Vec<u8>, usize>,
}

impl Default for Database {
    fn default() -> Self {
        Self { nodes: vec![[Child::Nothing; 2]], values: Vec::new(), known: HashMap::new() }
    }
}

impl Database {
    /// Adds a network by its first address and the length of its prefix.
    pub fn add(&mut self, first: IpAddr, prefix: u8, value: &Value) {
        let bits = match first {
            IpAddr::V4(address) => u128::from(u32::from(address)),
            IpAddr::V6(address) => u128::from(address),
        };
        let length = usize::from(prefix) + if first.is_ipv4() { 96 } else { 0 };
        assert!((1..=128).contains(&length), "a prefix of {prefix} bits");
        let leaf = Child::Leaf(self.offset_of(value));
        let side = |depth: usize| usize::from(bits >> (127 - depth) & 1 == 1);
        let mut node = 0;
        for depth in 0..length - 1 {
            node = match self.nodes[node][side(depth)] {
                Child::Node(next) => next,
                Child::Nothing => {
                    self.nodes.push([Child::Nothing; 2]);
                    let next = self.nodes.len() - 1;
                    self.nodes[node][side(depth)] = Child::Node(next);
                    next
                }
                Child::Leaf(_) => panic!("{first}/{prefix} lies within another network"),
            };
        }
        let place = &mut self.nodes[node][side(length - 1)];
        assert!(matches!(place, Child::Nothing), "{first}/{prefix} contains another network");
        *place = leaf;
    }

    fn offset_of(&mut self, value: &Value) -> usize {
        let mut bytes = Vec::new();
        encode(value, &mut bytes);
        if let Some(offset) = self.known.get(&bytes) {
            return *offset;
        }
        let offset = self.values.len();
        self.values.extend_from_slice(&bytes);
        self.known.insert(bytes, offset);
        offset
    }

    /// The file's bytes. `built_at` is in seconds since 1970.
    pub fn to_bytes(&self, database_type: &str, description: &str, built_at: u64) -> Vec<u8> {
        let count = self.nodes.len();
        let mut bytes = Vec::new();
        for child in self.nodes.iter().flatten() {
            let record = match *child {
                Child::Nothing => count,
                Child::Node(node) => node,
                Child::Leaf(offset) => count + SEPARATOR.len() + offset,
            };
            assert!(record < 1 << RECORD_BITS, "too large for records of 24 bits");
            bytes.extend_from_slice(&record.to_be_bytes()[size_of::<usize>() - 3..]);
        }
        bytes.extend_from_slice(&SEPARATOR);
        bytes.extend_from_slice(&self.values);
        bytes.extend_from_slice(METADATA_MARKER);
        let metadata = Value::Map(vec![
            ("binary_format_major_version", Value::U16(2)),
            ("binary_format_minor_version", Value::U16(0)),
            ("build_epoch", Value::U64(built_at)),
            ("database_type", Value::text(database_type)),
            ("description", Value::Map(vec![("en", Value::text(description))])),
            ("ip_version", Value::U16(6)),
            ("languages", Value::List(vec![Value::text("en")])),
            ("node_count", Value::U32(u32::try_from(count).expect("below 2^24"))),
            ("record_size", Value::U16(RECORD_BITS)),
        ]);
        encode(&metadata, &mut bytes);
        bytes
    }
}

fn encode(value: &Value, bytes: &mut Vec<u8>) {
    match value {
        Value::Text(text) => {
            control(2, text.len(), bytes);
            bytes.extend_from_slice(text.as_bytes());
        }
        Value::U16(number) => unsigned(5, u64::from(*number), bytes),
        Value::U32(number) => unsigned(6, u64::from(*number), bytes),
        Value::U64(number) => unsigned(9, *number, bytes),
        Value::List(values) => {
            control(11, values.len(), bytes);
            for value in values {
                encode(value, bytes);
            }
        }
        Value::Map(entries) => {
            control(7, entries.len(), bytes);
            for (name, value) in entries {
                encode(&Value::text(name), bytes);
                encode(value, bytes);
            }
        }
    }
}

/// A number without its leading zero bytes.
fn unsigned(kind: u8, number: u64, bytes: &mut Vec<u8>) {
    let digits = number.to_be_bytes();
    let digits = &digits[number.leading_zeros() as usize / 8..];
    control(kind, digits.len(), bytes);
    bytes.extend_from_slice(digits);
}

/// The type and size before a value. Types from 8 on have a byte of their own.
fn control(kind: u8, size: usize, bytes: &mut Vec<u8>) {
    assert!(size < 285, "larger values are not written here");
    let (short, extra) = match u8::try_from(size).ok().filter(|size| *size < 29) {
        Some(size) => (size, None),
        None => (29, u8::try_from(size - 29).ok()),
    };
    if kind < 8 {
        bytes.push(kind << 5 | short);
    } else {
        bytes.extend([short, kind - 7]);
    }
    bytes.extend(extra);
}
