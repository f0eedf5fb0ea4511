//! Scores by the present weights and by others, side by side.

use super::Score;

/// Scores of one bar of a distribution: 0 to 9, 10 to 19, …; the last holds 100, too.
const BAR: u8 = 10;
/// Bars of a distribution.
pub const BARS: usize = 10;
/// The customers whose scores differ most that are listed.
const MAX_MOVERS: usize = 10;

/// A customer whose score differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mover {
    /// Whose.
    pub user_id: String,
    /// By the present weights.
    pub before: u8,
    /// By the others.
    pub after: u8,
}

/// Scores of many customers by two sets of weights.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScoreComparison {
    /// Customers by their score under the present weights, a bar of ten points each.
    pub before: [u64; BARS],
    /// The same under the others.
    pub after: [u64; BARS],
    /// Customers compared.
    pub customers: u64,
    /// Those whose score differs.
    pub changed: u64,
    /// Those whose scores differ most, the largest difference first, ties by id; 10 at most.
    pub movers: Vec<Mover>,
}

impl ScoreComparison {
    /// Adds a customer.
    pub fn add(&mut self, user_id: &str, before: &Score, after: &Score) {
        self.customers += 1;
        self.before[bar(before.score)] += 1;
        self.after[bar(after.score)] += 1;
        if before.score == after.score {
            return;
        }
        self.changed += 1;
        let (user_id, before, after) = (user_id.to_owned(), before.score, after.score);
        self.movers.push(Mover { user_id, before, after });
        let moved = |mover: &Mover| mover.before.abs_diff(mover.after);
        self.movers.sort_by(|a, b| moved(b).cmp(&moved(a)).then_with(|| a.user_id.cmp(&b.user_id)));
        self.movers.truncate(MAX_MOVERS);
    }
}

fn bar(score: u8) -> usize {
    usize::from(score / BAR).min(BARS - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;

    fn score(score: u8) -> Score {
        Score {
            score,
            engagement: 0.0,
            fit: 0.0,
            as_of: Timestamp::EPOCH,
            groups: Vec::new(),
            contributions: Vec::new(),
        }
    }

    #[test]
    fn customers_are_counted_in_bars_of_ten_and_the_largest_moves_are_listed() {
        let mut compared = ScoreComparison::default();
        for (user, before, after) in [("a", 9, 10), ("b", 50, 90), ("c", 100, 0), ("d", 7, 7)] {
            compared.add(user, &score(before), &score(after));
        }
        assert_eq!(compared.before, [2, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
        assert_eq!(compared.after, [2, 1, 0, 0, 0, 0, 0, 0, 0, 1]);
        assert_eq!((compared.customers, compared.changed), (4, 3));
        let movers: Vec<_> = compared.movers.iter().map(|mover| &*mover.user_id).collect();
        assert_eq!(movers, ["c", "b", "a"]);
        for number in 0..20 {
            compared.add(&format!("e{number:02}"), &score(0), &score(20));
        }
        let movers: Vec<_> = compared.movers.iter().map(|mover| &*mover.user_id).collect();
        assert_eq!(movers[..4], ["c", "b", "e00", "e01"]);
        assert_eq!(movers.len(), 10);
    }
}
