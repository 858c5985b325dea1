//! Layer 4: the published overview: a library as a folder of pages that any web host can serve.
//!
//! Invariants: everything is made from what [`public`] lets through; the same input gives the same
//! bytes; no clock, no disk: today's date and what was published before come in as values, and the
//! pages go out as paths and bytes ([`site::Site`]). References and other programs' formats are
//! made elsewhere and handed in ([`site::Given`]).

pub mod edition;
pub mod feed;
pub mod link;
pub mod machine;
pub mod manifest;
pub mod outline;
pub mod page;
pub mod piece;
pub mod plan;
pub mod public;
pub mod reference;
pub mod search;
pub mod settings;
pub mod site;
pub mod slug;
pub mod template;
pub mod words;
pub mod work;
