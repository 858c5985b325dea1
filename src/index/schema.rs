//! The fields of the index.

use super::chain::{Chain, Steps};
use super::tokenizer::{ByField, Everything, Exact, Trigrams};
use crate::query::compound::Lexicon;
use std::sync::Arc;
use tantivy::Index;
use tantivy::schema::{
    BytesOptions, FAST, Field, INDEXED, IndexRecordOption, NumericOptions, STORED, STRING, Schema,
    SchemaBuilder, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::TextAnalyzer;

/// Changes when the fields or what is put in them change: an older index is made anew.
pub const VERSION: u32 = 2;

/// Fields with long texts: of these `by_field` holds the words as they stand and no other forms, which
/// would be most of the index.
pub const LONG: [&str; 3] = ["abstract", "annotation", "annote"];

/// The fields by name.
#[derive(Debug, Clone)]
pub struct Fields {
    /// Every form of every word of the entry: what a search without a field looks in.
    pub all: Field,
    /// The words as they stand.
    pub exact: Field,
    /// Every form of every word with its field's name before it.
    pub by_field: Field,
    /// Runs of three letters of title, names, keywords and the like.
    pub trigram: Field,
    /// Citation key, as written and in lower case, and aliases.
    pub key: Field,
    /// DOI, ISBN, numbers of series in their one spelling.
    pub identifier: Field,
    /// Names of the fields that are there.
    pub has: Field,
    /// The entry's own number: a hash of what it says.
    pub id: Field,
    /// Year of publication.
    pub year: Field,
    /// When it was added, as a number that grows with time.
    pub added: Field,
    /// Entry type in the words of queries, and degree.
    pub entry_type: Field,
    /// Entry type as BibLaTeX calls it, for counting.
    pub counted_type: Field,
    /// Language tag.
    pub language: Field,
    /// Project.
    pub project: Field,
    /// Keywords as written.
    pub keyword: Field,
    /// Names, family name first.
    pub author: Field,
    /// Status of publication or screening.
    pub status: Field,
    /// Norwegian collation key of what the entry is filed under.
    pub sort_author: Field,
    /// Norwegian collation key of the title.
    pub sort_title: Field,
    /// What a row of the list shows.
    pub row: Field,
    /// The rest of the text, for highlights.
    pub text: Field,
}

/// The schema and its fields.
pub fn schema() -> (Schema, Fields) {
    let mut b = SchemaBuilder::default();
    let text = |tokenizer: &str, record| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(record),
        )
    };
    let positions = IndexRecordOption::WithFreqsAndPositions;
    let number = || NumericOptions::default().set_fast();
    let sorted = || BytesOptions::default().set_fast();
    let fields = Fields {
        all: b.add_text_field("all", text("everything", positions)),
        exact: b.add_text_field("exact", text("exact", IndexRecordOption::Basic)),
        by_field: b.add_text_field("by_field", text("by_field", positions)),
        trigram: b.add_text_field("trigram", text("trigram", IndexRecordOption::WithFreqs)),
        key: b.add_text_field("key", STRING),
        identifier: b.add_text_field("identifier", STRING),
        has: b.add_text_field("has", STRING),
        id: b.add_u64_field("id", INDEXED),
        year: b.add_i64_field("year", number()),
        added: b.add_i64_field("added", number()),
        entry_type: b.add_text_field("entry_type", STRING),
        counted_type: b.add_text_field("counted_type", FAST),
        language: b.add_text_field("language", STRING | FAST),
        project: b.add_text_field("project", STRING | FAST),
        keyword: b.add_text_field("keyword", STRING | FAST),
        author: b.add_text_field("author", STRING | FAST),
        status: b.add_text_field("status", STRING | FAST),
        sort_author: b.add_bytes_field("sort_author", sorted()),
        sort_title: b.add_bytes_field("sort_title", sorted()),
        row: b.add_bytes_field("row", STORED),
        text: b.add_bytes_field("text", STORED),
    };
    (b.build(), fields)
}

/// Tells `index` how text becomes terms; must be done at every opening.
pub fn register(index: &Index, lexicon: &Arc<Lexicon>, steps: Steps) {
    let chain = || Chain::new(Arc::clone(lexicon), steps);
    let tokenizers = index.tokenizers();
    tokenizers.register("everything", TextAnalyzer::from(Everything::new(chain())));
    tokenizers.register("by_field", TextAnalyzer::from(ByField::new(chain())));
    tokenizers.register("exact", TextAnalyzer::from(Exact::default()));
    tokenizers.register("trigram", TextAnalyzer::from(Trigrams::default()));
}
