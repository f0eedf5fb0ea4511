//! File permissions (umask) of everything the program writes.

/// What the group and all others may not do with files the process makes.
#[cfg(unix)]
const MASK: libc::mode_t = 0o077;

/// Makes every file and folder the process creates its user's alone, wherever it lies and whichever
/// library creates it: stores hold what visitors did, and password hashes. Call before threads exist.
pub(crate) fn keep_private() {
    #[cfg(unix)]
    {
        // SAFETY: takes a number only, and cannot fail.
        #[expect(unsafe_code, reason = "neither the standard library nor a crate of ours has it")]
        unsafe {
            libc::umask(MASK);
        }
    }
}
