//! Every command: what a keymap calls it, where it belongs. Its words stand in the catalogues as
//! `command.NAME` (short, for hints) and `command.NAME.about` (a sentence, for help and palette).
//! Help, hints, palette and `docs/keys.md` are made from this table and the keymap.

/// What is in front, and so decides what a press means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// Everywhere.
    Any,
    /// The list of entries.
    List,
    /// The line in which a query is typed.
    Search,
    /// The side bar of facets.
    Facets,
    /// The preview of the entry.
    Preview,
    /// Anything in which text is typed.
    Text,
    /// A list in a popup from which one is chosen by typing: palette, help, styles.
    Choice,
    /// A line that asks for one text.
    Prompt,
    /// A question that is answered with yes or no.
    Confirm,
    /// A page to read: tutorial, a difference, a preview of an export.
    Page,
    /// An entry as a form.
    Form,
    /// The value of a field that is being edited.
    Field,
    /// Records that come in, or duplicates, side by side.
    Review,
    /// What the rules found.
    Problems,
}

use Context::{
    Any, Choice, Confirm, Facets, Field, Form, List, Page, Preview, Problems, Prompt, Review,
    Search, Text,
};

impl Context {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Any, List, Search, Facets, Preview, Text, Choice, Prompt, Confirm, Page, Form, Field,
        Review, Problems,
    ];

    /// The name a keymap uses.
    pub fn name(self) -> &'static str {
        match self {
            Any => "any",
            List => "list",
            Search => "search",
            Facets => "facets",
            Preview => "preview",
            Text => "text",
            Choice => "choice",
            Prompt => "prompt",
            Confirm => "confirm",
            Page => "page",
            Form => "form",
            Field => "field",
            Review => "review",
            Problems => "problems",
        }
    }

    /// The context with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|context| context.name() == name)
    }

    /// Where a press is looked up, nearest first.
    pub fn chain(self) -> &'static [Self] {
        match self {
            Any => &[Any],
            List => &[List, Any],
            Search => &[Search, Text, Any],
            Facets => &[Facets, List, Any],
            Preview => &[Preview, List, Any],
            Text => &[Text, Any],
            Choice => &[Choice, Text, Any],
            Prompt => &[Prompt, Text, Any],
            Confirm => &[Confirm, Any],
            Page => &[Page, Any],
            Form => &[Form, Any],
            Field => &[Field, Text, Any],
            Review => &[Review, Any],
            Problems => &[Problems, Any],
        }
    }

    /// Whether letters are typed there.
    pub fn is_text(self) -> bool {
        self.chain().contains(&Text)
    }
}

/// What a command is about; the order of help and palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// Finding.
    Find,
    /// Marking.
    Mark,
    /// Taking out: copy, export, open.
    Take,
    /// Changing entries.
    Change,
    /// Bringing in.
    Bring,
    /// What is shown and how.
    View,
    /// The program.
    Program,
    /// Moving about.
    Move,
    /// Typing text.
    Type,
}

impl Section {
    /// The id of its name.
    pub fn id(self) -> &'static str {
        match self {
            Self::Find => "tui.section.find",
            Self::Mark => "tui.section.mark",
            Self::Take => "tui.section.take",
            Self::Change => "tui.section.change",
            Self::Bring => "tui.section.bring",
            Self::View => "tui.section.view",
            Self::Program => "tui.section.program",
            Self::Move => "tui.section.move",
            Self::Type => "tui.section.type",
        }
    }
}

macro_rules! commands {
    ($($section:ident { $($variant:ident $name:literal,)* })*) => {
        /// What the interface can be told to do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "the catalogues say what each does, in three languages")]
        pub enum Command { $($($variant,)*)* }

        impl Command {
            /// All of them, in the order of the table.
            pub const ALL: &'static [Self] = &[$($(Self::$variant,)*)*];

            /// What a keymap calls it.
            pub fn name(self) -> &'static str {
                match self { $($(Self::$variant => $name,)*)* }
            }

            /// The id of its short name.
            pub fn id(self) -> &'static str {
                match self { $($(Self::$variant => concat!("command.", $name),)*)* }
            }

            /// The id of the sentence that says what it does.
            pub fn about(self) -> &'static str {
                match self { $($(Self::$variant => concat!("command.", $name, ".about"),)*)* }
            }

            /// What it is about.
            pub fn section(self) -> Section {
                match self { $($(Self::$variant => Section::$section,)*)* }
            }
        }
    };
}

commands! {
    Find {
        Search "search",
        ClearSearch "clear-search",
        LastSearch "last-search",
        Widening "widening",
        Alike "alike",
        SaveSearch "save-search",
        SavedSearches "saved-searches",
        ForgetSearch "forget-search",
        SearchHistory "search-history",
        Saved1 "saved-1",
        Saved2 "saved-2",
        Saved3 "saved-3",
        Saved4 "saved-4",
        Saved5 "saved-5",
        Saved6 "saved-6",
        Saved7 "saved-7",
        Saved8 "saved-8",
        Saved9 "saved-9",
        Facets "facets",
        ToggleFacet "toggle-facet",
        ExcludeFacet "exclude-facet",
        ClearFacets "clear-facets",
    }
    Mark {
        Mark "mark",
        MarkRange "mark-range",
        MarkAll "mark-all",
        MarkInvert "mark-invert",
        MarkNone "mark-none",
        OnlyMarked "only-marked",
    }
    Take {
        YankReference "yank-reference",
        YankHtml "yank-html",
        YankCitation "yank-citation",
        YankKey "yank-key",
        YankBib "yank-bib",
        YankDoi "yank-doi",
        YankUrl "yank-url",
        Export "export",
        OpenFullText "open-full-text",
        OpenDoi "open-doi",
        OpenUrl "open-url",
    }
    Change {
        Edit "edit",
        EditText "edit-text",
        SetField "set-field",
        Tag "tag",
        Status "status",
        Rename "rename",
        Remove "remove",
        NewEntry "new-entry",
        Undo "undo",
        Redo "redo",
        AddField "add-field",
        RemoveField "remove-field",
        ChangeType "change-type",
        AddItem "add-item",
        MoveUp "move-up",
        MoveDown "move-down",
    }
    Bring {
        Add "add",
        Duplicates "duplicates",
        Decide "decide",
        TakeAsNew "take-as-new",
        MergeInto "merge-into",
        LeaveOut "leave-out",
        Reject "reject",
        AcceptSure "accept-sure",
        KeepOther "keep-other",
        KeepApart "keep-apart",
        Problems "problems",
        Fix "fix",
        FixAll "fix-all",
        FixThis "fix-this",
        FixRule "fix-rule",
        OnlyRule "only-rule",
        Excerpt "excerpt",
    }
    View {
        NextStyle "next-style",
        PreviousStyle "previous-style",
        ChooseStyle "choose-style",
        SortAuthor "sort-author",
        SortYear "sort-year",
        SortTitle "sort-title",
        SortRelevance "sort-relevance",
        TogglePreview "toggle-preview",
        Widen "widen",
        Narrow "narrow",
        Zoom "zoom",
        NextLanguage "next-language",
        NextTheme "next-theme",
        Redraw "redraw",
    }
    Program {
        Help "help",
        Palette "palette",
        Tutorial "tutorial",
        Cancel "cancel",
        Suspend "suspend",
        Quit "quit",
        Back "back",
        Accept "accept",
        Yes "yes",
    }
    Move {
        Down "down",
        Up "up",
        HalfPageDown "half-page-down",
        HalfPageUp "half-page-up",
        PageDown "page-down",
        PageUp "page-up",
        First "first",
        Last "last",
        Right "right",
        Left "left",
        ScrollDown "scroll-down",
        ScrollUp "scroll-up",
        NextPane "next-pane",
        PreviousPane "previous-pane",
        Open "open",
    }
    Type {
        TextLeft "text-left",
        TextRight "text-right",
        TextStart "text-start",
        TextEnd "text-end",
        TextBackspace "text-backspace",
        TextDelete "text-delete",
        TextDeleteWord "text-delete-word",
        TextDeleteLine "text-delete-line",
        TextUndo "text-undo",
        TextRedo "text-redo",
        NewLine "new-line",
        TextPrevious "text-previous",
        TextNext "text-next",
        Complete "complete",
    }
}

impl Command {
    /// The command a keymap calls `name`.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|command| command.name() == name)
    }

    /// For the commands that run a saved search: which, from 0.
    pub fn number(self) -> Option<usize> {
        let digit = self.name().strip_prefix("saved-")?.parse::<usize>().ok()?;
        digit.checked_sub(1)
    }

    /// Whether the palette offers it: what only moves or types is left out.
    pub fn in_palette(self) -> bool {
        self.number().is_none()
            && !matches!(self.section(), Section::Move | Section::Type)
            && !matches!(
                self,
                Self::Accept
                    | Self::Yes
                    | Self::Palette
                    | Self::ToggleFacet
                    | Self::ExcludeFacet
                    | Self::AddField
                    | Self::RemoveField
                    | Self::ChangeType
                    | Self::ForgetSearch
                    | Self::AddItem
                    | Self::MoveUp
                    | Self::MoveDown
                    | Self::Decide
                    | Self::TakeAsNew
                    | Self::MergeInto
                    | Self::LeaveOut
                    | Self::Reject
                    | Self::AcceptSure
                    | Self::KeepOther
                    | Self::KeepApart
                    | Self::FixThis
                    | Self::FixRule
                    | Self::OnlyRule
                    | Self::Excerpt
            )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::said::{Language, plain};

    #[test]
    fn every_command_has_a_name_and_a_description_in_three_languages() {
        for language in Language::ALL {
            for command in Command::ALL {
                assert!(plain(command.id(), language).is_some(), "{language:?} {}", command.id());
                let about = plain(command.about(), language);
                assert!(about.is_some(), "{language:?} {}", command.about());
            }
        }
    }

    #[test]
    fn a_command_is_found_by_its_name() {
        for command in Command::ALL {
            assert_eq!(Command::named(command.name()), Some(*command));
        }
    }
}
