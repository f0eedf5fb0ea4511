//! Conformance suite of blob stores: one test per sentence of `engine::ports::blobs`.

use bytes::Bytes;
use domain::id::{ProjectId, RecordingId, ScreenshotId, SourceMapId};
use engine::ports::blobs::{BlobGroup, BlobName, BlobStore};
use uuid::Uuid;

const PROJECT: ProjectId = ProjectId(Uuid::from_u128(1));
const ANOTHER: ProjectId = ProjectId(Uuid::from_u128(2));
const RECORDING: RecordingId = RecordingId(Uuid::from_u128(3));
const PICTURE: ScreenshotId = ScreenshotId(Uuid::from_u128(4));
const SCRIPT: SourceMapId = SourceMapId(Uuid::from_u128(4));

const FIRST: BlobName = BlobName::Chunk(PROJECT, RECORDING, 0);
const SECOND: BlobName = BlobName::Chunk(PROJECT, RECORDING, 1);
const FOREIGN: BlobName = BlobName::Chunk(ANOTHER, RECORDING, 0);
const IMAGE: BlobName = BlobName::Screenshot(PROJECT, PICTURE);
const MAP: BlobName = BlobName::SourceMap(PROJECT, SCRIPT);
const ALL: [BlobName; 5] = [FIRST, SECOND, FOREIGN, IMAGE, MAP];

async fn read(blobs: &dyn BlobStore, name: BlobName) -> Option<Bytes> {
    blobs.get(name).await.expect("reads")
}

/// Puts a blob of each kind; returns what deletes them.
pub async fn fill(blobs: &dyn BlobStore) -> [BlobGroup; 4] {
    for name in ALL {
        blobs.put(name, name.to_string().into()).await.expect("puts");
    }
    [
        BlobGroup::Recording(PROJECT, RECORDING),
        BlobGroup::Recording(ANOTHER, RECORDING),
        BlobGroup::Screenshot(PROJECT, PICTURE),
        BlobGroup::SourceMap(PROJECT, SCRIPT),
    ]
}

/// What [`fill`] put is there.
pub async fn check_filled(blobs: &dyn BlobStore) {
    for name in ALL {
        assert_eq!(read(blobs, name).await, Some(name.to_string().into()));
    }
}

/// And nothing else goes with it.
pub async fn what_is_put_is_there_until_it_is_deleted(blobs: &dyn BlobStore) {
    for name in ALL {
        assert_eq!(read(blobs, name).await, None);
    }
    let [recording, foreign, picture, map] = fill(blobs).await;
    check_filled(blobs).await;
    blobs.delete(recording).await.expect("deletes");
    let left = [(FIRST, false), (SECOND, false), (FOREIGN, true), (IMAGE, true), (MAP, true)];
    for (name, is_there) in left {
        assert_eq!(read(blobs, name).await.is_some(), is_there, "{name}");
    }
    for group in [recording, picture, picture, foreign, map] {
        blobs.delete(group).await.expect("deletes what may be gone");
    }
    for name in ALL {
        assert_eq!(read(blobs, name).await, None);
    }
}

/// Whole: also by something shorter.
pub async fn a_name_put_again_is_replaced(blobs: &dyn BlobStore) {
    for text in ["long before", "short", ""] {
        blobs.put(IMAGE, Bytes::from_static(text.as_bytes())).await.expect("puts");
        assert_eq!(read(blobs, IMAGE).await.as_deref(), Some(text.as_bytes()));
    }
}
