//! News: the texts that pages follow, read once for everybody who waits for them.

use std::{collections::BTreeMap, future::Future, sync::Arc, time::Duration};

use tokio::{
    sync::Mutex,
    time::{Instant, sleep_until},
};

/// Between one reading and the next, however much happens meanwhile.
const PAUSE: Duration = Duration::from_secs(1);

/// Texts by the names under which pages show them.
pub type Texts = BTreeMap<String, String>;

/// The last reading; cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct News(Arc<Mutex<Option<Reading>>>);

/// Texts, and when they were begun to be read.
#[derive(Debug)]
struct Reading {
    at: Instant,
    texts: Arc<Texts>,
}

impl News {
    /// A reading that was begun at this time or later: somebody else's, or a new one.
    ///
    /// # Errors
    /// Those of the reading.
    pub async fn since<E, F>(
        &self,
        time: Instant,
        read: impl FnOnce() -> F + Send,
    ) -> Result<Arc<Texts>, E>
    where
        F: Future<Output = Result<Texts, E>> + Send,
    {
        let mut last = self.0.lock().await;
        if let Some(Reading { at, texts }) = &*last {
            if *at >= time {
                return Ok(Arc::clone(texts));
            }
            sleep_until(*at + PAUSE).await;
        }
        let at = Instant::now();
        let texts = Arc::new(read().await?);
        *last = Some(Reading {
            at,
            texts: Arc::clone(&texts),
        });
        Ok(texts)
    }
}
