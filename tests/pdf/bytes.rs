//! The same sources give the same bytes, however many threads there are and whatever was made before.

use super::made::{all, hostile, made};

#[test]
fn the_same_sources_give_the_same_bytes() {
    let threads = |count| rayon::ThreadPoolBuilder::new().num_threads(count).build().expect("threads");
    for compiled in all() {
        let alone = threads(1).install(|| made(&compiled));
        let others = made(&hostile());
        assert!(!others.is_empty());
        let together = threads(4).install(|| made(&compiled));
        assert_eq!(alone.len(), compiled.collection.policies.len());
        for (path, bytes) in &alone {
            assert!(bytes.starts_with(b"%PDF-1.7"), "{path}");
            assert!(&together[path] == bytes, "{path} differs between two runs");
        }
    }
}

#[test]
fn no_document_knows_what_day_it_is() {
    for (path, bytes) in made(&hostile()) {
        let text = String::from_utf8_lossy(&bytes);
        for word in ["CreationDate", "ModDate", "xmp:CreateDate", "xmp:ModifyDate"] {
            assert!(!text.contains(word), "{path} has {word}");
        }
    }
}
