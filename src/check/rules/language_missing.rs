//! Without `langid` a style cannot know whose hyphenation and capitals to use.

use super::{Look, Rule, rule};
use crate::check::{EntryView, Report};

// A library in one language needs none: off unless the library asks for it.
rule!("language-missing", None, None, Look::Entry(look), "@book{lie2021, title = {Groups}}", None);

fn look(entry: &EntryView<'_>, report: &mut Report) {
    let without = ["langid", "language", "hyphenation"].iter().all(|name| !entry.entry.has(name));
    if without && entry.entry.has("title") {
        report.entry(entry, entry.head(), &[], Vec::new());
    }
}
