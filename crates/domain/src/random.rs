//! Where randomness comes from: a parameter, never a global.

/// A source of unpredictable bytes, fit for secrets. Production asks the operating system.
pub trait RandomSource: Send + Sync + std::fmt::Debug {
    /// 64 fresh bytes.
    fn bytes(&self) -> [u8; 64];
}
