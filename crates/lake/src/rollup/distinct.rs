//! Counting distinct ids by their hashes: exactly while they are few, by a theta sketch beyond.

use datasketches::theta::{CompactThetaSketch, ThetaSketchBuilder, ThetaUnion, ThetaUnionBuilder};

/// The binary logarithm of the hashes a sketch keeps.
const LG_K: u8 = 13;
/// Up to this many distinct ids a count is exact.
pub(crate) const EXACT_UP_TO: usize = 1 << LG_K;
/// Standard deviations within which 95 % of estimates lie.
const DEVIATIONS: f64 = 1.96;

/// Distinct ids, to which more can be added.
pub(crate) struct Distinct(ThetaUnion);

impl Default for Distinct {
    fn default() -> Self {
        let union = ThetaUnionBuilder::default().lg_k(LG_K).build();
        #[expect(clippy::expect_used, reason = "the size is a constant the library allows")]
        Self(union.expect("a sketch of this size"))
    }
}

impl Distinct {
    /// Adds what a rollup holds; false, and nothing is added, when it is no sketch of ours.
    pub(crate) fn add_encoded(&mut self, bytes: &[u8]) -> bool {
        // An empty one is left out of rollups.
        bytes.is_empty()
            || CompactThetaSketch::deserialize(bytes)
                .is_ok_and(|sketch| self.0.update(&sketch).is_ok())
    }

    /// Adds ids by their hashes.
    pub(crate) fn add_hashes(&mut self, hashes: &[u64]) {
        if let Some(sketch) = sketch_of(hashes) {
            // Fails for sketches of another seed only.
            let _ = self.0.update(&sketch);
        }
    }

    /// How many there are.
    pub(crate) fn count(&self) -> u64 {
        let estimate = self.0.to_sketch(false).estimate().round();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a count of ids is neither negative nor near 2^64"
        )]
        let count = estimate as u64;
        count
    }

    /// By which share of the count 95 % of such estimates are off at most; 0 for an exact count.
    pub(crate) fn relative_error(&self) -> f64 {
        if !self.0.to_sketch(false).is_estimation_mode() {
            return 0.0;
        }
        #[expect(clippy::cast_precision_loss, reason = "a few thousand")]
        let kept = EXACT_UP_TO as f64;
        DEVIATIONS / (kept - 1.0).sqrt()
    }
}

/// Distinct ids being collected for a rollup, in little memory while they are few.
#[derive(Debug, Default)]
pub(super) struct Collected {
    hashes: Vec<u64>,
    /// How many of them, from the first on, are sorted and without repetition.
    sorted: usize,
    rest: Option<Box<Overflowed>>,
}

/// Too many for a list.
#[derive(Debug)]
struct Overflowed(datasketches::theta::ThetaSketch);

impl Collected {
    /// Adds an id by its hash.
    pub(super) fn add(&mut self, hash: u64) {
        if let Some(sketch) = &mut self.rest {
            sketch.0.update(hash);
            return;
        }
        // Neighbouring events are mostly of one session.
        if self.hashes.last() == Some(&hash) {
            return;
        }
        self.hashes.push(hash);
        if self.hashes.len() > 2 * self.sorted.max(16) {
            self.deduplicate();
        }
    }

    /// Sorts out repetitions; a list that has grown too long becomes a sketch.
    fn deduplicate(&mut self) {
        self.hashes.sort_unstable();
        self.hashes.dedup();
        self.sorted = self.hashes.len();
        if self.sorted > EXACT_UP_TO {
            let hashes = std::mem::take(&mut self.hashes);
            self.rest = updated(&hashes).map(|sketch| Box::new(Overflowed(sketch)));
            self.sorted = 0;
        }
    }

    /// As a rollup holds it: empty for none.
    pub(super) fn encode(mut self) -> Vec<u8> {
        if self.rest.is_none() {
            self.deduplicate();
        }
        let sketch = match self.rest {
            Some(sketch) => Some(sketch.0.compact(true)),
            None => sketch_of(&self.hashes),
        };
        sketch.map(|sketch| sketch.serialize_compressed()).unwrap_or_default()
    }
}

fn updated(hashes: &[u64]) -> Option<datasketches::theta::ThetaSketch> {
    let mut sketch = ThetaSketchBuilder::default().lg_k(LG_K).build().ok()?;
    for hash in hashes {
        sketch.update(*hash);
    }
    Some(sketch)
}

fn sketch_of(hashes: &[u64]) -> Option<CompactThetaSketch> {
    (!hashes.is_empty()).then(|| updated(hashes))?.map(|sketch| sketch.compact(true))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(id: u64) -> u64 {
        crate::id_hash::hash_id(&id.to_be_bytes()).cast_unsigned()
    }

    fn collected(ids: impl Iterator<Item = u64>) -> Vec<u8> {
        let mut collected = Collected::default();
        ids.for_each(|id| collected.add(hash(id)));
        collected.encode()
    }

    #[test]
    fn few_are_counted_exactly_however_they_come() {
        let most = EXACT_UP_TO as u64;
        let parts = [
            collected(0..5_000),
            collected((0..most).chain(0..most)),
            collected([7].into_iter().cycle().take(100)),
            collected(std::iter::empty()),
        ];
        let mut all = Distinct::default();
        for part in parts {
            assert!(all.add_encoded(&part));
        }
        all.add_hashes(&[hash(3), hash(most - 1)]);
        assert_eq!((all.count(), all.relative_error()), (most, 0.0));
    }

    #[test]
    fn many_are_estimated_within_the_stated_error() {
        for count in [20_000_u64, 300_000] {
            let mut all = Distinct::default();
            for part in 0..4 {
                // Each part shares half of its ids with the next one.
                let from = part * count / 5;
                assert!(all.add_encoded(&collected(from..from + 2 * count / 5)));
            }
            let error = all.relative_error();
            assert!((0.01..0.03).contains(&error), "{error}");
            #[expect(clippy::cast_precision_loss, reason = "small")]
            let off = (all.count() as f64 - count as f64).abs() / count as f64;
            assert!(off < 2.0 * error, "{off} of {count}");
        }
    }

    #[test]
    fn what_is_no_sketch_is_refused() {
        let mut all = Distinct::default();
        let mut damaged = collected(0..100);
        damaged.truncate(10);
        assert!(!all.add_encoded(&damaged));
        assert!(!all.add_encoded(b"no sketch at all"));
        assert_eq!(all.count(), 0);
    }
}
