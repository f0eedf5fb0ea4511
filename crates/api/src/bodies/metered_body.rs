//! A body that others read piece by piece and keep.

use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Body;
use bytes::Bytes;
use futures::StreamExt as _;

use super::budget::{BodyBudgetExceeded, Reservation};

/// A form's reader holds a piece twice: as it came, and in its field.
const COPIES: usize = 2;

/// What a metered body holds; free again when it and the body are dropped.
#[derive(Clone)]
pub(crate) struct Meter(Arc<Mutex<State>>);

struct State {
    reservation: Reservation,
    is_exhausted: bool,
}

impl Meter {
    /// Whether the body ended because there was no room for it.
    pub(crate) fn is_exhausted(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_exhausted
    }

    fn take(&self, bytes: usize) -> Result<(), BodyBudgetExceeded> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = state.reservation.grow(bytes);
        state.is_exhausted |= taken.is_err();
        taken
    }
}

/// The same body, which ends with an error where there is no room for more of it.
pub(crate) fn metered(body: Body, reservation: Reservation) -> (Body, Meter) {
    let meter = Meter(Arc::new(Mutex::new(State { reservation, is_exhausted: false })));
    let taking = meter.clone();
    let weighed = body.into_data_stream().map(move |data| {
        let data = data?;
        taking.take(COPIES * data.len()).map_err(axum::Error::new)?;
        Ok::<Bytes, axum::Error>(data)
    });
    (Body::from_stream(weighed), meter)
}
