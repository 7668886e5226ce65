//! What writes an index. It takes a good deal of memory while it is there, so it is made when
//! something is to be written and let go when there was nothing for a while.

use std::sync::MutexGuard;

use base::Result;
use tantivy::IndexWriter;
use tantivy::merge_policy::LogMergePolicy;

use crate::index::broken;

/// What a writer that takes everything in may use before it writes a segment.
const MUCH: usize = 50_000_000;
/// The same for one that is told of changes: the least that there is.
const LITTLE: usize = 15_000_000;

/// Segments with fewer documents than this are as good as equal, and eight equal ones are merged.
/// Where it is large, one segment that has nearly grown to it is written again with every seventh
/// commit for the sake of a handful of documents; where it is small, a search walks through more
/// segments: up to seven for each step to the next size.
const SMALL: u32 = 1_000;

/// A place for one writer.
pub(crate) struct Writer {
    index: tantivy::Index,
    bytes: usize,
    present: Option<IndexWriter>,
}

impl Writer {
    /// None is made yet.
    pub(crate) fn of(index: &tantivy::Index) -> Self {
        Self {
            index: index.clone(),
            bytes: LITTLE,
            present: None,
        }
    }

    /// The next one that is made takes a great many in.
    pub(crate) fn brace(&mut self) {
        self.bytes = MUCH;
    }

    /// The writer, made now if it has to be.
    pub(crate) fn present(&mut self) -> Result<&mut IndexWriter> {
        let writer = match self.present.take() {
            Some(writer) => writer,
            None => made(&self.index, self.bytes)?,
        };
        Ok(self.present.insert(writer))
    }

    /// Lets the writer go once it has tidied up; whatever was not committed is gone with it.
    pub(crate) fn rest(mut held: MutexGuard<'_, Self>) -> Result<()> {
        held.bytes = LITTLE;
        let present = held.present.take();
        // Nobody makes another before this one has gone: there may be one alone.
        present.map_or(Ok(()), |writer| {
            writer.wait_merging_threads().map_err(broken)
        })
    }
}

fn made(index: &tantivy::Index, bytes: usize) -> Result<IndexWriter> {
    let writer: IndexWriter = index.writer_with_num_threads(1, bytes).map_err(broken)?;
    let mut merging = LogMergePolicy::default();
    merging.set_min_layer_size(SMALL);
    writer.set_merge_policy(Box::new(merging));
    Ok(writer)
}
