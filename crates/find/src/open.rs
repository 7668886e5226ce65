//! Opening an index: a new one in memory, or the one of a folder, which is made anew when it cannot
//! be read or was made by another version.

use std::path::Path;
use std::sync::Mutex;

use base::{Error, Result};
use tantivy::directory::MmapDirectory;
use tantivy::schema::{
    FAST, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::{IndexSettings, ReloadPolicy};

use crate::index::{Fields, Index, RECEIVED, UNITS, broken};
use crate::words;
use crate::writer::Writer;

impl Index {
    /// An empty index in memory, for texts that must never lie on a disk. Its words are never
    /// offered to anybody: they may be names.
    pub fn in_memory() -> Result<Self> {
        let (schema, fields) = schema();
        let index = tantivy::Index::create_in_ram(schema);
        Self::over(&index, fields, false)
    }

    /// The index of a folder, for what anybody may read. One that cannot be read is thrown away and
    /// begun anew: it holds nothing that cannot be told again.
    pub fn in_folder(folder: &Path) -> Result<Self> {
        match Self::open(folder) {
            Ok(index) => Ok(index),
            Err(error) => {
                tracing::info!(%error, "the search index cannot be read and is begun anew");
                if folder.exists() {
                    std::fs::remove_dir_all(folder).map_err(Error::internal)?;
                }
                Self::open(folder)
            }
        }
    }

    fn open(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder).map_err(Error::internal)?;
        let directory = MmapDirectory::open(folder).map_err(Error::internal)?;
        let (schema, fields) = schema();
        let index = tantivy::Index::builder()
            .schema(schema)
            .settings(IndexSettings::default())
            .open_or_create(directory)
            .map_err(broken)?;
        Self::over(&index, fields, true)
    }

    fn over(index: &tantivy::Index, fields: Fields, open_to_all: bool) -> Result<Self> {
        index.tokenizers().register(words::STEMS, words::stems());
        index.tokenizers().register(words::WORDS, words::written());
        let kept = index.load_metas().map_err(broken)?.payload;
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .map_err(broken)?;
        Ok(Self {
            fields,
            reader,
            writer: Mutex::new(Writer::of(index)),
            open_to_all,
            kept,
        })
    }
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let text = |tokenizer: &str, option: IndexRecordOption| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(tokenizer)
                .set_index_option(option),
        )
    };
    let stems = text(words::STEMS, IndexRecordOption::WithFreqsAndPositions);
    let fields = Fields {
        id: schema.add_text_field("id", STRING | STORED),
        kind: schema.add_text_field("kind", STORED),
        title: schema.add_text_field("title", stems.clone()),
        text: schema.add_text_field("text", stems),
        words: schema.add_text_field("words", text(words::WORDS, IndexRecordOption::Basic)),
        marks: schema.add_text_field("marks", STRING),
        units: schema.add_u64_field(UNITS, FAST),
        received: schema.add_i64_field(RECEIVED, FAST),
    };
    (schema.build(), fields)
}
