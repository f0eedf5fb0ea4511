//! Quantiles of durations, interpolated between neighbours as by PostgreSQL's `percentile_cont`.

/// The quantile of durations in milliseconds, in ascending order: in seconds, to the millisecond; none of none.
pub(super) fn seconds(sorted: &[u32], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    #[expect(clippy::cast_precision_loss, reason = "there are far fewer than 2^52")]
    let place = share * last as f64;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of the last index"
    )]
    let below = place.floor() as usize;
    let value = |index: usize| sorted.get(index).copied().map(f64::from);
    let low = value(below)?;
    let high = value(below + 1).unwrap_or(low);
    Some((low + (high - low) * place.fract()).round() / 1_000.0)
}
