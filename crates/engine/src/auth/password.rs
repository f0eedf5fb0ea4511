//! Hashing passwords with Argon2id, on threads of its own: few, since each hash takes 19 MiB, and with a
//! queue that ends, so that a flood of attempts takes neither memory nor the threads that serve.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::oneshot;

use super::validate::MAX_PASSWORD_BYTES;
use crate::Error;
use crate::ports::catalog::PasswordHash as StoredHash;

/// Hashes computed at once.
const THREADS: usize = 2;
/// Hashes that wait; one more is refused.
const QUEUE: usize = 128;
/// Bytes of salt.
const SALT_BYTES: usize = 16;

type HashJob = Box<dyn FnOnce() + Send>;

/// Hashes and compares passwords. The threads end with it.
pub(super) struct Passwords {
    queue: SyncSender<HashJob>,
}

impl Passwords {
    /// Starts the threads.
    pub(super) fn start() -> std::io::Result<Self> {
        Self::with(THREADS, QUEUE)
    }

    fn with(threads: usize, queue: usize) -> std::io::Result<Self> {
        let (queue, jobs) = sync_channel(queue);
        let jobs = Arc::new(Mutex::new(jobs));
        for number in 0..threads {
            let jobs = jobs.clone();
            let name = format!("passwords-{number}");
            std::thread::Builder::new().name(name).spawn(move || work(&jobs))?;
        }
        Ok(Self { queue })
    }

    /// The PHC string of a password.
    pub(super) async fn hash(
        &self,
        password: SecretString,
        random: [u8; 64],
    ) -> Result<StoredHash, Error> {
        self.run(move || salted_hash(&password, &random)).await
    }

    /// Whether `password` matches. Without a hash it takes as long and never matches.
    pub(super) async fn verify(
        &self,
        password: SecretString,
        hash: Option<StoredHash>,
        random: [u8; 64],
    ) -> Result<bool, Error> {
        if password.expose_secret().len() > MAX_PASSWORD_BYTES {
            return Ok(false);
        }
        self.run(move || match hash {
            Some(hash) => {
                let password = password.expose_secret().as_bytes();
                Ok(Argon2::default().verify_password(password, hash.expose_secret()).is_ok())
            }
            None => salted_hash(&password, &random).map(|_| false),
        })
        .await
    }

    /// Runs a job on one of the threads, if the queue has room for it.
    async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (done, awaited) = oneshot::channel();
        let job = Box::new(move || {
            // The caller may have gone.
            if !done.is_closed() {
                let _ = done.send(job());
            }
        });
        self.queue.try_send(job).map_err(|_| Error::Unavailable {
            what: "checking passwords",
            cause: "too many of them wait already".into(),
        })?;
        awaited.await.map_err(Error::internal)?
    }
}

fn work(jobs: &Mutex<Receiver<HashJob>>) {
    loop {
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = job else { return };
        // The next job is done whatever becomes of this one, whose caller learns of it.
        let _ = catch_unwind(AssertUnwindSafe(job));
    }
}

fn salted_hash(password: &SecretString, random: &[u8; 64]) -> Result<StoredHash, Error> {
    let hash: PasswordHash = Argon2::default()
        .hash_password_with_salt(password.expose_secret().as_bytes(), &random[..SALT_BYTES])
        .map_err(|error| Error::internal(error.to_string()))?;
    Ok(hash.to_string().into())
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::sync::mpsc;

    use super::*;
    use crate::Kind;

    /// A pool of one thread, which waits until it is let go.
    async fn busy(queue: usize) -> (Arc<Passwords>, mpsc::Sender<()>) {
        let passwords = Arc::new(Passwords::with(1, queue).expect("threads"));
        let (go, wait) = mpsc::channel::<()>();
        let (begun, has_begun) = oneshot::channel();
        let pool = passwords.clone();
        tokio::spawn(async move {
            let job = move || {
                let _ = begun.send(());
                let _ = wait.recv();
                Ok(())
            };
            pool.run(job).await
        });
        has_begun.await.expect("begun");
        (passwords, go)
    }

    #[tokio::test]
    async fn more_than_the_queue_holds_is_refused_and_the_rest_is_done() {
        let (passwords, go) = busy(2).await;
        let mut one = pin!(passwords.run(|| Ok(1)));
        let mut two = pin!(passwords.run(|| Ok(2)));
        assert!(futures::poll!(&mut one).is_pending());
        assert!(futures::poll!(&mut two).is_pending());
        let refused = passwords.run(|| Ok(3)).await.expect_err("the queue is full");
        assert_eq!(refused.kind(), Kind::Unavailable);
        drop(go);
        assert_eq!((one.await.expect("done"), two.await.expect("done")), (1, 2));
        assert_eq!(passwords.run(|| Ok(4)).await.expect("done"), 4);
    }

    #[tokio::test]
    async fn hashes_are_computed_on_threads_of_their_own() {
        let passwords = Passwords::start().expect("threads");
        let name = passwords.run(|| Ok(std::thread::current().name().map(str::to_owned))).await;
        assert!(name.expect("done").is_some_and(|name| name.starts_with("passwords-")));
        let hash = passwords.hash("correct horse".into(), [7; 64]).await.expect("hashed");
        let verify = async |password: &str, hash| {
            passwords.verify(password.into(), hash, [8; 64]).await.expect("compared")
        };
        assert!(verify("correct horse", Some(hash.clone())).await);
        assert!(!verify("correct horsE", Some(hash)).await);
        assert!(!verify("correct horse", None).await);
    }

    #[tokio::test]
    async fn a_panic_ends_one_job_and_not_its_thread() {
        let passwords = Passwords::with(1, 2).expect("threads");
        let failed = passwords.run(|| -> Result<(), Error> { panic!("as a fault would") }).await;
        assert_eq!(failed.expect_err("failed").kind(), Kind::Internal);
        assert_eq!(passwords.run(|| Ok(5)).await.expect("done"), 5);
    }
}
