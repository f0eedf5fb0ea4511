//! One change somewhere in a tree.

use super::{Node, quoted, scalar};
use crate::random::Random;
use crate::text;

/// Most copies of an item.
const MAX_COPIES: usize = 64;
/// Once in so many copies, more than a request may hold.
const TOO_MANY: usize = 5_001;
/// Bytes that copies of one item take at most: more says nothing of the server, and needs the memory here.
const MAX_COPIED_BYTES: usize = 16 << 20;

/// Changes one node of the tree, each as likely as the others.
pub fn change(random: &mut Random, root: &mut Node) {
    let target = random.below(count(root));
    let mut at = 0;
    visit(root, &mut at, target, random);
}

fn count(node: &Node) -> usize {
    1 + match node {
        Node::Raw(_) => 0,
        Node::Array(items) => items.iter().map(count).sum(),
        Node::Object(members) => members.iter().map(|(_, value)| count(value)).sum(),
    }
}

fn visit(node: &mut Node, at: &mut usize, target: usize, random: &mut Random) {
    if *at > target {
        return;
    }
    *at += 1;
    if *at > target {
        once(random, node);
        return;
    }
    match node {
        Node::Raw(_) => {}
        Node::Array(items) => {
            for item in items {
                visit(item, at, target, random);
            }
        }
        Node::Object(members) => {
            for (_, value) in members {
                visit(value, at, target, random);
            }
        }
    }
}

fn once(random: &mut Random, node: &mut Node) {
    if random.one_in(4) {
        *node = scalar::any(random);
        return;
    }
    match node {
        Node::Raw(_) if random.one_in(4) => {
            let inner = std::mem::replace(node, Node::Raw(Vec::new()));
            *node = if random.one_in(2) {
                Node::Array(vec![inner])
            } else {
                Node::Object(vec![(quoted("a"), inner)])
            };
        }
        Node::Raw(_) => *node = scalar::any(random),
        Node::Array(items) => array(random, items),
        Node::Object(members) => object(random, members),
    }
}

fn array(random: &mut Random, items: &mut Vec<Node>) {
    if items.is_empty() || random.one_in(4) {
        items.push(scalar::any(random));
        return;
    }
    let at = random.below(items.len());
    match random.below(3) {
        0 => drop(items.remove(at)),
        1 => items.reverse(),
        _ => {
            let copies = if random.one_in(50) { TOO_MANY } else { random.small(MAX_COPIES) };
            let item = items[at].clone();
            let room = MAX_COPIED_BYTES / item.write().len().max(1);
            items.splice(at..at, std::iter::repeat_n(item, copies.min(room)));
        }
    }
}

fn object(random: &mut Random, members: &mut Vec<(Vec<u8>, Node)>) {
    if members.is_empty() || random.one_in(5) {
        members.push((quoted(&text::any(random)), scalar::any(random)));
        return;
    }
    let at = random.below(members.len());
    match random.below(5) {
        0 => drop(members.remove(at)),
        // The key twice, with the same value or another.
        1 => {
            let mut again = members[at].clone();
            if random.one_in(2) {
                again.1 = scalar::any(random);
            }
            members.push(again);
        }
        2 => members[at].0.make_ascii_uppercase(),
        3 => members[at].0 = quoted(&text::any(random)),
        _ => {
            let other = random.below(members.len());
            members[at].1 = members[other].1.clone();
        }
    }
}
