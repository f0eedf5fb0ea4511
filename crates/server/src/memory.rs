//! How the system gives the process its memory.

/// Has the system hand out small pages only. In huge ones, which some systems give unasked, a server at
/// rest takes twice its memory: much of each is never touched.
pub(crate) fn prefer_small_pages() {
    #[cfg(target_os = "linux")]
    {
        // SAFETY: takes numbers only, and changes how pages are chosen, not what is in them. Where it is
        // refused, memory is as it would have been.
        #[expect(unsafe_code, reason = "neither the standard library nor the allocator's has it")]
        unsafe {
            libc::prctl(libc::PR_SET_THP_DISABLE, 1, 0, 0, 0);
        }
    }
}
