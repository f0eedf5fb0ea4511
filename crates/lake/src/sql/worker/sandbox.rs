//! The sandbox: resource limits, Landlock and seccomp.
//!
//! Resource limits hold on every Unix. On Linux, Landlock takes files and network away, and seccomp
//! every system call that computing a statement does not need. Where the kernel lacks one of the two,
//! the process runs without it and says so.

use std::io;

use rustix::process::{Resource, Rlimit};

use crate::sql::wire::{Limits, SandboxReport};

/// Files open at once: the socket, and what is spilled.
const OPEN_FILES: u64 = 256;
/// Yields to the server's threads; 19 yields most.
const PRIORITY: i32 = 10;

/// Confines the process. `stacks` is what the threads to come reserve for their stacks, in bytes.
pub(super) fn enter(limits: &Limits, stacks: u64) -> io::Result<SandboxReport> {
    let most = |most: u64| Rlimit { current: Some(most), maximum: Some(most) };
    let address_space = reserved_bytes()? + stacks + limits.memory_bytes;
    rustix::process::setrlimit(Resource::As, most(address_space))?;
    rustix::process::setrlimit(Resource::Fsize, most(limits.spill_bytes))?;
    rustix::process::setrlimit(Resource::Nofile, most(OPEN_FILES))?;
    rustix::process::setrlimit(Resource::Core, most(0))?;
    let _ = rustix::process::setpriority_process(None, PRIORITY);
    // When the machine runs out of memory, this process goes first. Not every system has the file.
    let _ = std::fs::write("/proc/self/oom_score_adj", "1000");
    Ok(confine(limits))
}

/// Lets the process use so many more seconds of processor time.
pub(super) fn allow_processor_time(seconds: u64) {
    let used = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime).tv_sec;
    let current = u64::try_from(used).unwrap_or_default().saturating_add(seconds);
    let maximum = rustix::process::getrlimit(Resource::Cpu).maximum;
    let limit = Rlimit { current: Some(current), maximum };
    // The server ends the statement at its deadline, should this one be refused.
    let _ = rustix::process::setrlimit(Resource::Cpu, limit);
}

/// The address space the process has already.
fn reserved_bytes() -> io::Result<u64> {
    let text = std::fs::read_to_string("/proc/self/statm")?;
    let pages = text.split(' ').next().and_then(|pages| pages.parse::<u64>().ok());
    let pages = pages.ok_or_else(|| io::Error::other("/proc/self/statm cannot be read"))?;
    Ok(pages * rustix::param::page_size() as u64)
}

#[cfg(not(target_os = "linux"))]
fn confine(_: &Limits) -> SandboxReport {
    SandboxReport { landlock: false, seccomp: false }
}

#[cfg(target_os = "linux")]
fn confine(limits: &Limits) -> SandboxReport {
    SandboxReport {
        landlock: landlock::restrict(&limits.spill_folder).unwrap_or(false),
        seccomp: seccomp::restrict().is_ok(),
    }
}

#[cfg(target_os = "linux")]
mod landlock {
    use std::path::Path;

    use ::landlock::{
        ABI, Access as _, AccessFs, AccessNet, PathBeneath, PathFd, Ruleset, RulesetAttr as _,
        RulesetCreatedAttr as _, RulesetStatus, Scope,
    };

    /// The newest rules of the kernel that are known here; an older kernel holds to those it knows.
    const ABI: ABI = ABI::V7;

    /// Takes away every file outside of the folder, the network, and signals to other processes.
    /// Whether anything of it is enforced.
    pub(super) fn restrict(folder: &Path) -> Result<bool, Box<dyn std::error::Error>> {
        let rules = Ruleset::default()
            .handle_access(AccessFs::from_all(ABI))?
            .handle_access(AccessNet::from_all(ABI))?
            .scope(Scope::from_all(ABI))?
            .create()?
            .add_rule(PathBeneath::new(PathFd::new(folder)?, AccessFs::from_all(ABI)))?;
        let status = rules.restrict_self()?;
        Ok(status.ruleset != RulesetStatus::NotEnforced)
    }
}

#[cfg(target_os = "linux")]
mod seccomp {
    use std::collections::BTreeMap;

    use seccompiler::{
        BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
        SeccompRule,
    };

    type SyscallRules = BTreeMap<i64, Vec<SeccompRule>>;

    /// System calls that take no part in computing are refused with `EPERM`.
    ///
    /// Left are those for memory, threads, time and randomness; for the socket that is there already;
    /// and for files, of which Landlock leaves those of one folder.
    const ALLOWED: &[libc::c_long] = &[
        libc::SYS_brk,
        libc::SYS_mmap,
        libc::SYS_munmap,
        libc::SYS_mremap,
        libc::SYS_mprotect,
        libc::SYS_madvise,
        libc::SYS_membarrier,
        libc::SYS_futex,
        libc::SYS_clone3,
        libc::SYS_set_robust_list,
        libc::SYS_get_robust_list,
        libc::SYS_rseq,
        libc::SYS_set_tid_address,
        libc::SYS_gettid,
        libc::SYS_getpid,
        libc::SYS_exit,
        libc::SYS_exit_group,
        libc::SYS_sched_yield,
        libc::SYS_sched_getaffinity,
        libc::SYS_sched_getparam,
        libc::SYS_sched_getscheduler,
        libc::SYS_getcpu,
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigreturn,
        libc::SYS_sigaltstack,
        libc::SYS_restart_syscall,
        libc::SYS_clock_gettime,
        libc::SYS_clock_getres,
        libc::SYS_clock_nanosleep,
        libc::SYS_nanosleep,
        libc::SYS_gettimeofday,
        libc::SYS_getrandom,
        libc::SYS_getrlimit,
        libc::SYS_setrlimit,
        libc::SYS_prlimit64,
        libc::SYS_getrusage,
        libc::SYS_sysinfo,
        libc::SYS_uname,
        libc::SYS_getuid,
        libc::SYS_geteuid,
        libc::SYS_getgid,
        libc::SYS_getegid,
        libc::SYS_read,
        libc::SYS_readv,
        libc::SYS_pread64,
        libc::SYS_preadv,
        libc::SYS_write,
        libc::SYS_writev,
        libc::SYS_pwrite64,
        libc::SYS_pwritev,
        libc::SYS_recvfrom,
        libc::SYS_recvmsg,
        libc::SYS_sendto,
        libc::SYS_sendmsg,
        libc::SYS_shutdown,
        // A pair within the process, by which its runtime wakes itself; no socket to anywhere else.
        libc::SYS_socketpair,
        libc::SYS_getsockopt,
        libc::SYS_close,
        libc::SYS_dup,
        libc::SYS_fcntl,
        libc::SYS_ppoll,
        libc::SYS_epoll_create1,
        libc::SYS_epoll_ctl,
        libc::SYS_epoll_pwait,
        libc::SYS_eventfd2,
        libc::SYS_pipe2,
        libc::SYS_openat,
        libc::SYS_lseek,
        libc::SYS_fstat,
        libc::SYS_newfstatat,
        libc::SYS_statx,
        libc::SYS_faccessat,
        libc::SYS_faccessat2,
        libc::SYS_readlinkat,
        libc::SYS_getdents64,
        libc::SYS_getcwd,
        libc::SYS_ftruncate,
        libc::SYS_fallocate,
        libc::SYS_fsync,
        libc::SYS_fdatasync,
        libc::SYS_unlinkat,
        libc::SYS_mkdirat,
        libc::SYS_renameat,
        libc::SYS_renameat2,
        libc::SYS_fchmod,
    ];

    /// Older spellings, which the C library of this architecture still uses.
    #[cfg(target_arch = "x86_64")]
    const ALLOWED_LEGACY: &[libc::c_long] = &[
        libc::SYS_arch_prctl,
        libc::SYS_open,
        libc::SYS_stat,
        libc::SYS_lstat,
        libc::SYS_access,
        libc::SYS_readlink,
        libc::SYS_getdents,
        libc::SYS_unlink,
        libc::SYS_mkdir,
        libc::SYS_rmdir,
        libc::SYS_rename,
        libc::SYS_poll,
        libc::SYS_epoll_wait,
        libc::SYS_pipe,
        libc::SYS_dup2,
        libc::SYS_time,
    ];
    #[cfg(not(target_arch = "x86_64"))]
    const ALLOWED_LEGACY: &[libc::c_long] = &[];

    /// Names of memory and threads, for those who debug. Everything else of `prctl` is refused.
    const NAMING: [libc::c_int; 2] = [libc::PR_SET_NAME, libc::PR_SET_VMA];

    pub(super) fn restrict() -> Result<(), Box<dyn std::error::Error>> {
        // The C library first tries `clone3`, whose flags a filter cannot read. After the error
        // that the call does not exist, it asks by `clone`.
        let without_clone3 = compile(
            [(libc::SYS_clone3, Vec::new())].into(),
            SeccompAction::Allow,
            SeccompAction::Errno(libc::ENOSYS.unsigned_abs()),
        )?;
        let allowed = compile(
            rules()?,
            SeccompAction::Errno(libc::EPERM.unsigned_abs()),
            SeccompAction::Allow,
        )?;
        seccompiler::apply_filter_all_threads(&without_clone3)?;
        seccompiler::apply_filter_all_threads(&allowed)?;
        Ok(())
    }

    fn rules() -> Result<SyscallRules, Box<dyn std::error::Error>> {
        let mut rules: SyscallRules =
            ALLOWED.iter().chain(ALLOWED_LEGACY).map(|call| (*call, Vec::new())).collect();
        // Threads of this process, not processes.
        let thread = u64::from(libc::CLONE_THREAD.unsigned_abs());
        let is_thread = condition(0, SeccompCmpOp::MaskedEq(thread), thread)?;
        rules.insert(libc::SYS_clone, vec![SeccompRule::new(vec![is_thread])?]);
        let own = u64::from(std::process::id());
        let to_itself = condition(0, SeccompCmpOp::Eq, own)?;
        rules.insert(libc::SYS_tgkill, vec![SeccompRule::new(vec![to_itself])?]);
        let naming = NAMING.map(|name| {
            let name = condition(0, SeccompCmpOp::Eq, u64::from(name.unsigned_abs()))?;
            SeccompRule::new(vec![name])
        });
        let naming = naming.into_iter().collect::<Result<Vec<_>, _>>()?;
        rules.insert(libc::SYS_prctl, naming);
        Ok(rules)
    }

    fn condition(
        argument: u8,
        operator: SeccompCmpOp,
        value: u64,
    ) -> Result<SeccompCondition, seccompiler::BackendError> {
        SeccompCondition::new(argument, SeccompCmpArgLen::Dword, operator, value)
    }

    fn compile(
        rules: SyscallRules,
        otherwise: SeccompAction,
        matched: SeccompAction,
    ) -> Result<BpfProgram, Box<dyn std::error::Error>> {
        let architecture = std::env::consts::ARCH.try_into()?;
        Ok(SeccompFilter::new(rules, otherwise, matched, architecture)?.try_into()?)
    }
}
