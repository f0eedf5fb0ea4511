//! A whole body in one piece.

use axum::body::Body;
use bytes::Bytes;
use http_body_util::BodyExt as _;
use hyper::body::Body as _;

use super::budget::{BodyBudgetExceeded, Reservation};

/// Buffers begin with room for this.
const FIRST_BYTES: usize = 4 * 1024;

/// Why a body is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CollectError {
    /// Larger than it may be. What follows is unread.
    TooLarge,
    /// It ended early or took too long.
    Incomplete,
    /// There is no memory for it now. What follows is unread.
    BudgetExceeded,
}

/// Everything `body` holds, if that is `max_bytes` at most.
pub(crate) async fn collect(
    body: &mut Body,
    max_bytes: usize,
    reservation: &mut Reservation,
) -> Result<Bytes, CollectError> {
    let hint = body.size_hint();
    if hint.lower() > max_bytes as u64 {
        return Err(CollectError::TooLarge);
    }
    let most = hint.upper().and_then(|most| usize::try_from(most).ok());
    let mut buffer = Buffer::new(most.unwrap_or(max_bytes).min(max_bytes), reservation);
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| CollectError::Incomplete)?.into_data() else { continue };
        if buffer.len() + data.len() > max_bytes {
            return Err(CollectError::TooLarge);
        }
        buffer.push(&data).map_err(|BodyBudgetExceeded| CollectError::BudgetExceeded)?;
    }
    Ok(buffer.into_bytes())
}

/// Bytes that grow only where there is room for them.
pub(crate) struct Buffer<'a> {
    bytes: Vec<u8>,
    /// What the reservation holds for it.
    room: usize,
    /// More is not expected.
    most: usize,
    held: &'a mut Reservation,
}

impl<'a> Buffer<'a> {
    /// An empty buffer for `most` bytes.
    pub(crate) fn new(most: usize, reservation: &'a mut Reservation) -> Self {
        Self { bytes: Vec::new(), room: 0, most, held: reservation }
    }

    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Appends a piece.
    pub(crate) fn push(&mut self, piece: &[u8]) -> Result<(), BodyBudgetExceeded> {
        let length = self.bytes.len() + piece.len();
        if length > self.room {
            let wanted = (2 * self.room).max(FIRST_BYTES).min(self.most).max(length);
            self.held.grow(wanted - self.room)?;
            self.room = wanted;
            self.bytes.reserve_exact(wanted - self.bytes.len());
        }
        self.bytes.extend_from_slice(piece);
        Ok(())
    }

    /// What was appended. Its room stays reserved.
    pub(crate) fn into_bytes(mut self) -> Bytes {
        self.room = 0;
        Bytes::from(std::mem::take(&mut self.bytes))
    }
}

impl Drop for Buffer<'_> {
    fn drop(&mut self) {
        self.held.shrink(self.room);
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use super::super::budget::{BodyBudget, Trust};
    use super::*;

    const MAX: usize = 1024 * 1024;

    fn reservation(budget: &BodyBudget) -> Reservation {
        budget.reservation(IpAddr::V4(Ipv4Addr::LOCALHOST), Trust::Proven)
    }

    #[test]
    fn a_buffer_holds_what_it_has_and_frees_what_is_thrown_away() {
        let budget = BodyBudget::new(MAX);
        let mut memory = reservation(&budget);
        let mut buffer = Buffer::new(100_000, &mut memory);
        for _ in 0..10 {
            buffer.push(&[7; 10_000]).expect("room");
        }
        assert_eq!(buffer.bytes.capacity(), 100_000, "no more than it needs");
        drop(buffer);
        reservation(&budget).grow(MAX / 2).expect("everything is free again");
        let mut buffer = Buffer::new(MAX, &mut memory);
        buffer.push(&vec![7; MAX / 2]).expect("room");
        let bytes = buffer.into_bytes();
        assert_eq!(bytes.len(), MAX / 2);
        assert_eq!(reservation(&budget).grow(MAX / 2), Err(BodyBudgetExceeded));
    }

    #[tokio::test]
    async fn a_body_that_is_too_large_or_finds_no_room_is_not_collected() {
        let budget = BodyBudget::new(MAX);
        let mut memory = reservation(&budget);
        let body = || Body::from(vec![7; 300_000]);
        let collected = collect(&mut body(), 299_999, &mut memory).await;
        assert_eq!(collected, Err(CollectError::TooLarge));
        let collected = collect(&mut body(), MAX, &mut memory).await.expect("room");
        assert_eq!(collected.len(), 300_000);
        let again = collect(&mut body(), MAX, &mut reservation(&budget)).await;
        assert_eq!(again, Err(CollectError::BudgetExceeded));
    }
}
